//! Stage 1b: tokens into sentences, each of bounded length, with what its lines say of the page around it.

use std::ops::Range;

use crate::tokens::{Kind, Tokens};
use crate::word_lists::Words;

/// The longest sentence, in tokens: a text without sentence ends is cut here, so that every stage stays linear.
pub(crate) const LONGEST: usize = 160;

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its tokens.
    pub run: Range<usize>,
    /// Whether it begins a line.
    pub opens_line: bool,
    /// Whether an empty line stands before it.
    pub opens_paragraph: bool,
    /// Whether it ends as sentences do, by a mark.
    pub ended: bool,
    /// Whether most of its words begin with capitals, so that capitals say nothing.
    pub capitals: bool,
    /// Whether it is furniture of a web page and no part of the report.
    pub chrome: bool,
}

/// Cuts a window of tokens into sentences.
pub(crate) fn sentences(tokens: &Tokens<'_>) -> Vec<Sentence> {
    let mut list = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        let next = at + 1;
        let end = next == tokens.len()
            || ends_line(tokens, start, next)
            || ends_sentence(tokens, at)
            || crate::chrome::is_edge(tokens, next)
            || opens_list(tokens, next)
            || next - start >= LONGEST;
        if end {
            push(tokens, &mut list, start..next);
            start = next;
        }
    }
    list
}

fn push(tokens: &Tokens<'_>, list: &mut Vec<Sentence>, run: Range<usize>) {
    let lines = tokens.get(run.start).map_or(0, |token| token.lines);
    let last = (run.start..run.end).rev().find_map(|at| tokens.mark(at).map(Some).unwrap_or(Some(' ')));
    let ended = matches!(last, Some('.' | '!' | '?' | ':' | '”' | '"' | ';' | '…'));
    let capitals = is_in_capitals(tokens, &run);
    list.push(Sentence {
        run,
        opens_line: lines > 0,
        opens_paragraph: lines > 1,
        ended,
        capitals,
        chrome: false,
    });
}

/// Whether most of its longer words begin with capitals, as in a headline.
fn is_in_capitals(tokens: &Tokens<'_>, run: &Range<usize>) -> bool {
    const LONGEST_HEADLINE: usize = 30;
    if run.len() > LONGEST_HEADLINE {
        return false;
    }
    let is_long = |at: &usize| {
        tokens.get(*at).is_some_and(|token| token.kind == Kind::Latin) && tokens.word(*at).len() > 3
    };
    let (mut long, mut capitals) = (0, 0);
    for at in run.clone().filter(is_long) {
        long += 1;
        capitals += usize::from(tokens.is_capital(at));
    }
    long >= 5 && capitals * 10 >= long * 8
}

/// A line end ends a sentence, but for a long line that goes on in small letters: a text that was wrapped.
fn ends_line(tokens: &Tokens<'_>, start: usize, next: usize) -> bool {
    let Some(token) = tokens.get(next) else { return true };
    match token.lines {
        0 => false,
        1 => {
            let bytes = tokens.bytes(&(start..next));
            let wrapped = bytes.len() >= 60 && token.kind == Kind::Latin && !token.capital;
            let comma = tokens.is_mark(next - 1, ',');
            !(wrapped || (comma && bytes.len() >= 60))
        }
        _ => true,
    }
}

/// «#الجرحى: 1- … #الشهداء: 1- …»: the heading of a list inside a line.
pub(crate) fn opens_list(tokens: &Tokens<'_>, at: usize) -> bool {
    let heading = at + usize::from(tokens.is_mark(at, '#'));
    let word = tokens.word(heading);
    let of_people = matches!(
        word.strip_prefix('و').unwrap_or(word),
        "الشهداء" | "القتلي" | "الضحايا" | "الجرحي" | "المصابون" | "المصابين" | "الاصابات"
    );
    let before = at.checked_sub(1).map_or("", |before| tokens.word(before));
    let counts = matches!(before, "عدد" | "حصيله" | "اسماء" | "مجموع" | "وعدد" | "واسماء");
    of_people && !counts && tokens.is_mark(heading + 1, ':')
}

/// Whether a token is the number of an item, «2- سليم», beside one that goes on with it on the same line or near.
pub(crate) fn is_item(tokens: &Tokens<'_>, at: usize) -> bool {
    const NEAR: usize = 12;
    let item = |at: usize| -> Option<u32> {
        let marked = matches!(tokens.mark(at + 1), Some('-' | '_' | '.' | ')')) && tokens.is_glued(at + 1);
        (marked && tokens.is_arabic(at + 2) && tokens.is_number(at)).then(|| tokens.word(at).parse().ok())?
    };
    let Some(number) = item(at) else { return false };
    (at + 2..at + NEAR).any(|next| item(next) == number.checked_add(1))
        || (at.saturating_sub(NEAR)..at)
            .any(|last| item(last).and_then(|last| last.checked_add(1)) == Some(number))
}

fn ends_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    let closes =
        |at: usize| matches!(tokens.mark(at), Some('”' | '"' | '\'' | ')' | ']')) && tokens.is_glued(at);
    let end = match tokens.mark(at) {
        Some('.') => {
            !abbreviates(tokens, at)
                && (!tokens.is_glued(at + 1)
                    || closes(at + 1)
                    || tokens.mark(at + 1).is_some()
                    || is_between_arabic_words(tokens, at))
        }
        Some('!' | '?') => true,
        Some('”' | '"' | ')') if at > 0 && tokens.is_glued(at) => {
            matches!(tokens.mark(at - 1), Some('.' | '!' | '?')) && !tokens.is_glued(at + 1)
        }
        _ => false,
    };
    end && !closes(at + 1) && !matches!(tokens.mark(at + 1), Some('.' | ','))
}

/// «في القرية.وقال شهود»: a full stop without its space.
fn is_between_arabic_words(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = |at: usize| tokens.is_arabic(at) && tokens.word(at).chars().count() >= 3;
    at > 0 && word(at - 1) && word(at + 1)
}

/// Whether a full stop belongs to the word before it: "Dr.", "U.S.", an initial.
fn abbreviates(tokens: &Tokens<'_>, at: usize) -> bool {
    if at == 0 || !tokens.is_glued(at) {
        return false;
    }
    let word = tokens.word(at - 1);
    let known = Words::Abbreviation.has(word);
    let initial = word.chars().count() == 1 && tokens.is_capital(at - 1);
    let acronym = at > 2 && tokens.is_mark(at - 2, '.') && tokens.is_glued(at - 1);
    let arabic = |word: usize| {
        tokens.is_arabic(word) && tokens.word(word).chars().count() == 1 && tokens.is_mark(word + 1, '.')
    };
    // «ه. ن.»: the initials of somebody whose name is kept back.
    let initials = arabic(at - 1) && (arabic(at + 1) || at > 2 && arabic(at - 3));
    known && !tokens.is_number(at + 1)
        || initials
        || initial && (tokens.is_capital(at + 1) || tokens.is_glued(at + 1) || acronym)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text);
        sentences(&tokens).iter().map(|sentence| tokens.quote(&sentence.run)).collect()
    }

    #[test]
    fn sentences_of_both_languages() {
        assert_eq!(
            cut("Ten died. Dr. Salim said so. He left."),
            ["Ten died.", "Dr. Salim said so.", "He left."]
        );
        assert_eq!(cut("“Ten died.” He left."), ["“Ten died.”", "He left."]);
        assert_eq!(cut("قُتل عشرة. وأصيب خمسة؟ نعم"), ["قُتل عشرة.", "وأصيب خمسة؟", "نعم"]);
        assert_eq!(cut("قُتل عشرة في القرية.وقال شهود"), ["قُتل عشرة في القرية.", "وقال شهود"]);
        assert_eq!(cut("Menu\nHome\n\nTen died"), ["Menu", "Home", "Ten died"]);
        assert_eq!(cut("the U.S. forces left. See a.b.c now"), ["the U.S. forces left.", "See a.b.c now"]);
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let text = "A long line of a wrapped text that goes on and on until its margin\nand goes on below.";
        assert_eq!(cut(text).len(), 1);
    }

    #[test]
    fn no_sentence_is_longer_than_the_limit() {
        let text = "the ".repeat(5_000);
        let tokens = Tokens::of(&text);
        assert!(sentences(&tokens).iter().all(|sentence| sentence.run.len() <= LONGEST));
    }
}
