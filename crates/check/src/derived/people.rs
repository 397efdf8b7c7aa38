//! People whom no number counts, in what they are said to be together: "a father, a mother and six children: eight people",
//! «ممرضة وسائقان وأربعة مرضى، أي سبعة أشخاص».
//!
//! A list is what commas and "and" part; each item must tell how many it is, by its number or by one word for one person or
//! a pair, or nothing is said of the list.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};

/// How far from what a list comes to its number may be and still be a slip.
const SLIP: f64 = 2.0;
/// How many symbols "a pilot" and "a young guard" have.
const SHORT: usize = 4;
/// How many symbols an item may have.
const LONG: usize = 12;

/// Findings about lists of people that are not all counted.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage
        .counts(0..passage.atoms.len())
        .into_iter()
        .filter(|(at, whole)| (is_of_people(whole) || is_of_members(passage, *at)) && whole.bounds.is_exact())
        .filter_map(|(at, whole)| {
            let together = after(passage, at).or_else(|| before(passage, at))?;
            let apart = (together - whole.stated).abs();
            let explain =
                format!("those who are listed are {}, not {}", shown(together), shown(whole.stated));
            (apart > 0.0 && apart <= SLIP)
                .then(|| Draft::over(Kind::Sum, &[whole], whole.stated, together, explain))
        })
        .collect()
}

/// Whether things or people without a number, told beside those that have one, may be what a number has more: "two bombs,
/// five grenades and a shell, eight in all".
pub(super) fn may_come_to(passage: &Passage, stated: f64, computed: f64, at: usize) -> bool {
    if let Some(together) = after(passage, at).or_else(|| before(passage, at)) {
        return together == stated;
    }
    let start = passage.sentence(at).start;
    let first = (start..at).find(|at| passage.count_at(*at).is_some()).unwrap_or(at);
    let parts = |at: usize| matches!(passage.symbol(at), "," | "and" | ":" | ";" | "(");
    let starts = (start..at).filter(|at| *at == start || parts(at - 1) || begins_with_and(passage, *at));
    let single = |item: &usize| {
        let end = (*item..at).find(|at| parts(*at)).unwrap_or(at);
        // «ثلاثة أطباء وأربع ممرضات وسائقاً»: a word of one, by its ending.
        let word = passage.atoms[*item].word.as_str();
        let indefinite = *item > first && !word.is_ascii() && word.ends_with('ا') && word.chars().count() > 3;
        let people = |at: usize| people_at(passage, at) == Some(1.0);
        let a = |at: usize| matches!(passage.atoms[at].word.as_str(), "a" | "an");
        // "On board were a pilot, a nurse and three patients".
        let article = a(*item) && *item > first || (end.saturating_sub(SHORT).max(*item)..end).any(a);
        passage.counts(*item..end).is_empty() && (article || indefinite || (*item..end).any(people))
    };
    stated > computed && stated - computed <= starts.filter(single).count() as f64
}

/// How many people a word at a place stands for, where it is one of them and no "civilian building".
fn people_at(passage: &Passage, at: usize) -> Option<f64> {
    let word = passage.word(at);
    let led = |word: &str| {
        matches!(word, "a" | "an" | "the" | "his" | "her" | "their" | "its" | "my" | "our" | "one" | "both")
    };
    let article = (at.saturating_sub(2)..at).any(|at| led(&passage.atoms[at].word));
    Lexicon::get().people(word).filter(|_| (!word.is_ascii() || article) && passage.count_at(at).is_none())
}

fn is_of_people(whole: &Amount) -> bool {
    matches!(whole.class(), Some("people" | "killed" | "casualties" | "civilians" | "injured"))
}

/// «ستة من أفرادها», "six of its members".
fn is_of_members(passage: &Passage, at: usize) -> bool {
    let word = |at: usize| passage.word(at);
    let owned = usize::from(matches!(word(at + 2), "its" | "his" | "her" | "their" | "the"));
    matches!(passage.symbol(at + 1), "of" | "min")
        && (word(at + 2).starts_with("افراد") || word(at + 2 + owned) == "members")
}

/// What the list before a number comes to: "a couple and their five children, seven people in all".
fn after(passage: &Passage, at: usize) -> Option<f64> {
    let sentence = passage.sentence(at);
    let mark = at.checked_sub(1)?;
    let tied = match passage.symbol(mark) {
        "," | ":" | "-" | "(" => mark,
        "is" | "thus" | "all" => {
            mark.checked_sub(1).filter(|at| matches!(passage.symbol(*at), "," | ":" | "-"))?
        }
        _ => return None,
    };
    // What a colon leads to is no list before it.
    let start = (sentence.start..tied).rev().find(|at| matches!(passage.symbol(*at), ";" | ":" | "("));
    come_to(passage, start.map_or(sentence.start, |mark| mark + 1)..tied, false)
}

/// What the list after a number comes to: "Four people were named: Adel, his wife Hana, their son Sami and a neighbour".
fn before(passage: &Passage, at: usize) -> Option<f64> {
    let end = passage.sentence(at).end;
    let leads_on = |at: usize| passage.symbol(at) == "," && passage.symbol(at + 1) == "all";
    let mark = |at: &usize| matches!(passage.symbol(*at), ":" | "all" | "," | "N") && !leads_on(*at);
    let colon = (at + 1..end).find(mark)?;
    (passage.symbol(colon) == ":" || passage.symbol(colon) == "all")
        .then(|| come_to(passage, colon + 1..end, true))
        .flatten()
}

/// How many the items of a list are, among which `names` may stand alone, if each tells it and one at least does so without a number.
fn come_to(passage: &Passage, within: Range<usize>, names: bool) -> Option<f64> {
    let mut total = 0.0;
    let mut uncounted = false;
    let mut start = within.start;
    let mut items = 0;
    for at in within.clone().chain([within.end]) {
        let parted = at == within.end || matches!(passage.symbol(at), "," | "and");
        // «وأطفالهما الخمسة»: «و» is not cut from words that are not ours.
        let begins = at < within.end && at > within.start && begins_with_and(passage, at);
        if !parted && !begins {
            continue;
        }
        let item = start..at;
        start = if parted { at + 1 } else { at };
        if item.is_empty() {
            continue;
        }
        let (many, counted) = how_many(passage, item, names)?;
        total += many;
        uncounted |= !counted;
        items += 1;
    }
    (uncounted && items > 1).then_some(total)
}

/// Whether a word begins with «و» that joins it to what was told.
pub(super) fn begins_with_and(passage: &Passage, at: usize) -> bool {
    let word = passage.atoms[at].word.as_str();
    word.starts_with('و') && word.chars().count() > 3 && !Lexicon::get().begins_with_waw(word)
}

/// How many people an item of a list is, and whether a number says so.
fn how_many(passage: &Passage, item: Range<usize>, names: bool) -> Option<(f64, bool)> {
    let other = |at: usize| {
        let plain = matches!(passage.atoms[at].item, Item::Word | Item::Noun(_) | Item::Age(_));
        !plain && passage.count_at(at).is_none()
            || matches!(passage.symbol(at), "other" | "rest" | "incl" | "them")
    };
    if item.len() > LONG || item.clone().any(other) {
        return None;
    }
    let counts = passage.counts(item.clone());
    let singles: Vec<f64> = item.clone().filter_map(|at| people_at(passage, at)).collect();
    match (counts.as_slice(), singles.as_slice()) {
        ([(at, count)], []) if count.bounds.is_exact() => {
            let bare =
                matches!(passage.word(*at), "a" | "an") || Lexicon::get().people(passage.word(*at)).is_some();
            Some((count.stated, !bare))
        }
        ([], [people]) => Some((*people, false)),
        // "Adel", in a list of names.
        ([], []) if names && item.len() <= 2 && passage.atoms[item.start].capital => Some((1.0, false)),
        _ => None,
    }
}
