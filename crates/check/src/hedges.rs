//! What softens a number: "at least", «نحو», "or so", and the signs that stand for them.

use crate::lexicon::{Hedge, Lexicon, Sense};
use crate::numbers::number;
use crate::tokens::{Kind, Token};

fn find_hedge(tokens: &[Token], at: usize) -> Option<(Hedge, usize)> {
    let pick = |sense| if let Sense::Hedge(hedge) = sense { Some(hedge) } else { None };
    Lexicon::get().find(tokens, at, pick)
}

/// The hedge before a number, and where the number starts.
pub(crate) fn hedge_before(tokens: &[Token], at: usize) -> (Option<Hedge>, usize) {
    let sign = match tokens[at].kind {
        Kind::Mark('~' | '≈') => Some(Hedge::About),
        Kind::Mark('≥') => Some(Hedge::AtLeast),
        Kind::Mark('>') => Some(Hedge::MoreThan),
        Kind::Mark('≤') => Some(Hedge::AtMost),
        Kind::Mark('<') => Some(Hedge::LessThan),
        _ => None,
    };
    if sign.is_some() {
        return (sign, at + 1);
    }
    let Some((hedge, length)) = find_hedge(tokens, at).filter(|_| !is_number_of(tokens, at)) else {
        return (None, at);
    };
    let mut here = at + length;
    // "at least some 30": the first hedge says more.
    if let Some((Hedge::About, more)) = find_hedge(tokens, here) {
        here += more;
    }
    let of = tokens.get(here).is_some_and(|token| token.word == "عن" || token.word == "من");
    (Some(hedge), here + usize::from(of && number(tokens, here + 1).is_some()))
}

/// «فبلغ عدد من فقدتهم 21»: the number of those whom it lost, and not "a number of".
fn is_number_of(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| tokens[at].word.as_str());
    tokens[at].word == "عدد"
        && matches!(
            before,
            "بلغ"
                | "يبلغ"
                | "ليبلغ"
                | "وصل"
                | "صار"
                | "اصبح"
                | "ارتفع"
                | "كان"
                | "ان"
                | "مجموع"
        )
}

/// The hedge after a number, where none stands before it, with its tokens.
pub(crate) fn hedge_after(tokens: &[Token], at: usize, before: Option<Hedge>) -> (Option<Hedge>, usize) {
    if before.is_some() {
        return (before, 0);
    }
    if tokens.get(at).is_some_and(|token| token.is_mark('+') && token.glued) {
        return (Some(Hedge::AtLeast), 1);
    }
    let words = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.word.as_str());
    match (words(0), words(1)) {
        ("or", "more") | ("او", "اكثر") | ("علي", "الاقل") => (Some(Hedge::AtLeast), 2),
        ("at", "least") if number(tokens, at + 2).is_none() => (Some(Hedge::AtLeast), 2),
        ("or", "so") | ("or", "thereabouts") => (Some(Hedge::About), 2),
        ("or", "fewer" | "less") | ("علي", "الاكثر") => (Some(Hedge::AtMost), 2),
        ("تقريبا", _) => (Some(Hedge::About), 1),
        _ => (None, 0),
    }
}
