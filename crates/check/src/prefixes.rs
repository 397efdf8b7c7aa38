//! Arabic words that are written as one with a particle before them: وثلاثة is «و» and ثلاثة.

use crate::lexicon::{Lexicon, Sense};
use crate::tokens::{Kind, Token};

/// Cuts «و» and «ف» from words that are known without it, «ب», «ل» and «ال» from number words and counted words.
pub(crate) fn cut(tokens: Vec<Token>) -> Vec<Token> {
    let mut list = Vec::with_capacity(tokens.len());
    for token in tokens {
        push(&mut list, token);
    }
    list
}

fn push(list: &mut Vec<Token>, token: Token) {
    let known = Lexicon::get().knows(&token.word);
    let Some((prefix, length, rest)) =
        (!known && token.kind == Kind::Word).then(|| cut_from(&token)).flatten()
    else {
        list.push(token);
        return;
    };
    let middle = token.points.start + length;
    list.push(Token { word: prefix.to_owned(), points: token.points.start..middle, ..token.clone() });
    let rest = Token { word: rest, points: middle..token.points.end, glued: true, ..token };
    push(list, rest);
}

fn cut_from(token: &Token) -> Option<(&'static str, u32, String)> {
    let lexicon = Lexicon::get();
    for prefix in ["و", "ف"] {
        if let Some(rest) = token.word.strip_prefix(prefix)
            && (lexicon.knows(rest) || cut_from(&Token { word: rest.to_owned(), ..token.clone() }).is_some())
        {
            return Some(("و", 1, rest.to_owned()));
        }
    }
    for (prefix, length) in [("لل", 2), ("ال", 2), ("ب", 1), ("ل", 1)] {
        if let Some(rest) = token.word.strip_prefix(prefix)
            && rest.chars().count() > 1
            && counts(rest)
        {
            let particle = if prefix == "ال" || prefix == "لل" { "هذه" } else { "ب" };
            return Some((particle, length, rest.to_owned()));
        }
    }
    None
}

/// Whether a word is a number word, a counted thing or a stretch of time.
fn counts(word: &str) -> bool {
    let token = Token { kind: Kind::Word, word: word.to_owned(), points: 0..0, glued: false, capital: false };
    let pick = |sense| {
        matches!(sense, Sense::Number(..) | Sense::Noun(..) | Sense::Time(..) | Sense::Factor(..))
            .then_some(())
    };
    Lexicon::get().find(&[token], 0, pick).is_some()
}
