//! What stands between people and only says who one of them is: a clause, or what somebody does.

use super::is_harm;
use crate::window::Window;
use crate::word_lists::Words;

/// ", who taught the second grade,": a clause about whoever stands before it, that tells of no harm; where it ends.
pub(super) fn relative_clause(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    if !window.tokens.is_mark(at, ',') || window.tokens.word(at + 1) != "who" {
        return None;
    }
    let close = (at + 2..end).find(|at| window.tokens.is_mark(*at, ','))?;
    (!(at + 2..close).any(|at| is_harm(window, at))).then_some(close + 1)
}

/// "and her interpreter, Daud Rahimzai": by what somebody is known who is named right after it.
pub(super) fn by_what_they_are(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    // "and the guard of the clinic, Karim Warraq"
    let listed = window.tokens.word(at) == "the"
        && at > 0
        && matches!(window.tokens.word(at - 1), "and" | "of")
        && window.tokens.is_mark(end - 1, ',');
    let own = matches!(window.tokens.word(at), "his" | "her" | "their");
    if !(own || listed) || window.name_at(end).is_none() {
        return None;
    }
    let last = end - usize::from(window.tokens.is_mark(end - 1, ','));
    let noun = |at: usize| {
        window.tokens.is_word(at)
            && !window.tokens.is_capital(at)
            && (window.tokens.word(at) == "of" || !window.tokens.is_on(Words::EndsAPhrase, at))
            && !is_harm(window, at)
    };
    ((at + 1..=at + LONGEST).contains(&(last - 1)) && (at + 1..last).all(noun)).then_some(end)
}
