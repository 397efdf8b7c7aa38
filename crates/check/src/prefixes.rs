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
    let Some((cut, length, rest)) = (!known && token.kind == Kind::Word).then(|| cut_from(&token)).flatten()
    else {
        list.push(token);
        return;
    };
    let middle = token.points.start + length;
    let (before, after) = (token.points.start..middle, middle..token.points.end);
    match cut {
        Cut::Prefix(prefix) => {
            list.push(Token { word: prefix.to_owned(), points: before, ..token });
            push(list, Token { word: rest, points: after, glued: true, ..token });
        }
        Cut::Suffix => {
            list.push(Token { word: rest, points: before, ..token });
            list.push(Token { word: "منهم".to_owned(), points: after, glued: true, ..token });
        }
    }
}

/// What is cut off a word.
enum Cut {
    /// A particle before it, as the word that it stands for.
    Prefix(&'static str),
    /// "of them" after it.
    Suffix,
}

/// What is cut off, the length of the first part in code points, and the word that is left.
fn cut_from(token: &Token) -> Option<(Cut, u32, String)> {
    let lexicon = Lexicon::get();
    for prefix in ["و", "ف"] {
        if let Some(rest) = token.word.strip_prefix(prefix)
            && (lexicon.knows(rest)
                || is_in_a_row(rest)
                || cut_from(&Token { word: rest.to_owned(), ..token.clone() }).is_some())
        {
            return Some((Cut::Prefix(prefix), 1, rest.to_owned()));
        }
    }
    // نصفهم: half of them.
    for suffix in ["هم", "هن", "ها"] {
        if let Some(share) = token.word.strip_suffix(suffix)
            && (is_share(share) || matches!(share, "ارباع" | "اخماس" | "اسداس" | "اعشار"))
        {
            let length = token.points.len() as u32 - suffix.chars().count() as u32;
            return Some((Cut::Suffix, length, share.to_owned()));
        }
    }
    for (prefix, length) in [("بال", 3), ("كال", 3), ("لل", 2), ("ال", 2), ("ب", 1), ("ل", 1)] {
        if let Some(rest) = token.word.strip_prefix(prefix)
            && rest.chars().count() > 1
            && counts(rest)
        {
            let particle = match prefix {
                "ال" | "لل" | "بال" | "كال" => "هذه",
                other => other,
            };
            return Some((Cut::Prefix(particle), length, rest.to_owned()));
        }
    }
    None
}

/// «التاسعة» of «والتاسعة»: a place in a row with its article.
fn is_in_a_row(word: &str) -> bool {
    word.strip_prefix("ال").is_some_and(|word| Lexicon::get().is_ordinal(word))
}

fn is_share(word: &str) -> bool {
    has_sense(word, |sense| matches!(sense, Sense::Share(..) | Sense::Fraction(_)))
}

/// Whether a word is a number word, a counted thing or a stretch of time.
fn counts(word: &str) -> bool {
    has_sense(word, |sense| {
        matches!(sense, Sense::Number(..) | Sense::Noun(..) | Sense::Time(..) | Sense::Factor(..))
    })
}

fn has_sense(word: &str, is: impl Fn(Sense) -> bool) -> bool {
    let (kind, word) = (Kind::Word, word.to_owned());
    let token = Token { kind, word, points: 0..0, glued: false, capital: false };
    Lexicon::get().find(&[token], 0, |sense| is(sense).then_some(())).is_some()
}
