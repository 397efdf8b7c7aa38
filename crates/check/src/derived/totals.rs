//! Totals that a text draws from the numbers before them: "so that the number of … is twenty", «فصار عدد المحالين عشرين».

use std::ops::Range;

use super::{added_and_struck_off, lead, made_of, plain, tail};
use crate::amounts::Amount;
use crate::classes::some_overlap;
use crate::draft::Draft;
use crate::passage::Passage;
use crate::sums;

/// How far a number may be from the sum of those before it and still be meant as their total, where a word such as
/// "total" says so, and where the text only goes on to count.
const SAID: f64 = 1.6;
const COUNTED: f64 = 1.34;
/// The same where more may have come to the numbers than the text tells.
const STILL: f64 = 1.15;
/// Words for how many there are.
const NUMBER: [&str; 19] = [
    "number",
    "numbers",
    "toll",
    "tally",
    "count",
    "figure",
    "عدد",
    "عددهم",
    "عددها",
    "عددهن",
    "حصيله",
    "حصيلتها",
    "حصيلتهم",
    "كلها",
    "كلهم",
    "كلهن",
    "جميعا",
    "جميعها",
    "جميعهم",
];
/// Words that draw a conclusion.
const THEREFORE: [&str; 16] = [
    "so",
    "therefore",
    "hence",
    "thus",
    "accordingly",
    "making",
    "makes",
    "meaning",
    "means",
    "giving",
    "عليه",
    "بذلك",
    "بهذا",
    "اي",
    "يعني",
    "تكون",
];
/// What stands for one more.
const ORDINALS: [&str; 20] = [
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "ثان",
    "ثالث",
    "ثالثه",
    "رابع",
    "رابعه",
    "خامس",
    "خامسه",
    "سادس",
    "سابع",
    "ثامن",
    "تاسع",
];

/// Findings about totals.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage
        .counts(0..passage.atoms.len())
        .iter()
        .filter_map(|(at, stated)| total(passage, *at, stated))
        .collect()
}

fn total(passage: &Passage, at: usize, stated: &Amount) -> Option<Draft> {
    let reach = announced(passage, at)?;
    let parts = summands(passage, at, stated);
    let counts: Vec<&Amount> =
        plain(passage, 0..passage.atoms.len(), at).into_iter().map(|(_, count)| count).collect();
    let sum: f64 = parts.iter().map(|part| part.stated).sum();
    let largest = parts.iter().map(|part| part.stated).fold(0.0, f64::max);
    let near = stated.stated > largest && stated.stated < sum * reach && stated.stated * reach > sum;
    if stated.is_vague()
        || parts.len() < 2
        || !near
        || some_overlap(&parts) && stated.stated < sum
        || stated.stated == parts.len() as f64
        || made_of(stated.bounds, &counts)
        || added_and_struck_off(stated.bounds, &parts)
        || has_ordinal(passage, passage.before(at)..at)
    {
        return None;
    }
    sums::total(stated, &parts)
}

/// How far a number may be from the sum of those before it, where it is said to be a total.
fn announced(passage: &Passage, at: usize) -> Option<f64> {
    let (before, after) = (lead(passage, at), tail(passage, at));
    let says = |words: &[&str]| {
        before.clone().any(|at| {
            let word = passage.word(at);
            // «وعليه»: the particle is not always cut off.
            words.contains(&word) || word.strip_prefix(['و', 'ف']).is_some_and(|word| words.contains(&word))
        })
    };
    let other = [
        "incl", "them", "from", "nor", "more", "fewer", "down", "gain", "loss", "cmp", "diff", "rest",
        "prior", "avg", "every", "each", "x", "X",
    ];
    let rate = ["R", "per", "every", "each", "of", "them", "more", "fewer", "incl"];
    let of = matches!(passage.symbol(at.wrapping_sub(1)), "of" | "min");
    let rises = passage.has(before.clone(), &["up"]) && !passage.has(before.clone(), &["to"]);
    if rises || passage.has(before.clone(), &other) || passage.has(after.clone(), &rate) || of {
        return None;
    }
    let total = passage.has(before.clone(), &["total", "thus"])
        || passage.has(after, &["total"])
        || passage.has(before.clone(), &["bring"]) && passage.has(before.clone(), &["to"]);
    let therefore = says(&THEREFORE);
    let signs = [says(&NUMBER), therefore, passage.has(before.clone(), &["reach", "is", "up"])];
    let signs = signs.into_iter().filter(|sign| *sign).count();
    match (total, signs) {
        // What has come to the number since the last one may be all that the text tells.
        (true, _) if passage.has(before.clone(), &["sofar", "other", "up"]) => Some(STILL),
        (true, _) => Some(SAID),
        (_, 2..) => Some(COUNTED),
        (_, 1) if therefore => Some(STILL),
        _ => None,
    }
}

/// The numbers before a place that may make a total: of its sentence, else of those before it too.
fn summands<'p>(passage: &'p Passage, at: usize, stated: &Amount) -> Vec<&'p Amount> {
    let sentence = passage.sentence(at);
    let mut parts = alike(passage, sentence.start..at, stated);
    let mut start = sentence.start;
    while parts.len() < 2 || start < sentence.start {
        let Some(end) = start.checked_sub(2) else { break };
        let earlier = passage.sentence(end);
        let more = alike(passage, earlier.clone(), stated);
        if more.is_empty() || passage.has(earlier.clone(), &["total"]) {
            break;
        }
        parts.splice(0..0, more);
        start = earlier.start;
    }
    parts
}

/// The counts of a stretch that count what a total counts, without those that are some of another.
fn alike<'p>(passage: &'p Passage, within: Range<usize>, stated: &Amount) -> Vec<&'p Amount> {
    sums::siblings(passage, within, stated)
}

/// Whether somebody is counted without a number: "a fourth pupil died", «وتوفي تلميذ رابع».
fn has_ordinal(passage: &Passage, within: Range<usize>) -> bool {
    within.into_iter().any(|at| {
        let word = passage.atoms[at].word.as_str();
        let one = at > 0 && passage.atoms[at - 1].word == "a";
        ORDINALS.contains(&word) && (!word.is_ascii() || one) || word == "a" && passage.symbol(at) == "P"
    })
}
