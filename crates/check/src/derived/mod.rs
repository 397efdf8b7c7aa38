//! Numbers that are said to follow from the numbers beside them, whatever is counted.
//!
//! Every way in which the paragraph's own counts can give such a number is tried. Where none does, and the words tie the
//! number to two counts, it is a finding: the text may always mean what explains it.

mod lengths;
mod means;
mod multiples;
mod recounts;
mod shares;

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::draft::Draft;
use crate::passage::{Item, Passage};

/// How many numbers a paragraph may have: with more, some of them always give any other, and every way is tried.
const MOST_NUMBERS: usize = 32;

/// Findings about numbers that follow from others.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    let mut drafts = shares::check(passage);
    drafts.extend(multiples::check(passage));
    drafts.extend(means::check(passage));
    drafts.extend(lengths::check(passage));
    drafts.extend(recounts::check(passage));
    drafts.extend(recounts::left_over(passage, &["numbering"]));
    drafts
}

/// A note, read after the paragraph that it belongs to: "203 complaints. … Fourteen were set aside; the other 198 …".
pub(crate) fn noted(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) { Vec::new() } else { recounts::left_over(passage, &[]) }
}

/// "Deaths have doubled", a heading, over the paragraph with the numbers.
pub(crate) fn headed(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) { Vec::new() } else { multiples::check(passage) }
}

fn has_too_many(passage: &Passage) -> bool {
    let numbers = passage.atoms.iter().filter(|atom| !matches!(atom.item, Item::Word | Item::Noun(_)));
    numbers.take(MOST_NUMBERS + 1).count() > MOST_NUMBERS
}

/// The counts of a stretch but the one at a place, without nothing and without those that are open above.
fn plain(passage: &Passage, within: Range<usize>, but: usize) -> Vec<(usize, &Amount)> {
    passage
        .counts(within)
        .into_iter()
        .filter(|(at, count)| *at != but && count.bounds.high.is_finite() && count.stated > 0.0)
        .collect()
}

/// All counts of the paragraph but the one at a place.
fn all(passage: &Passage, but: usize) -> Vec<&Amount> {
    plain(passage, 0..passage.atoms.len(), but).into_iter().map(|(_, count)| count).collect()
}

/// The two counts that a number at a place is nearest to: of its sentence, else with those of the sentence before, else
/// the only two of the paragraph so far.
fn pair(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let sentence = passage.sentence(at);
    let ranges = [sentence.clone(), passage.before(at)..sentence.end, 0..sentence.end];
    let mut found = Vec::new();
    for (number, range) in ranges.into_iter().enumerate() {
        found = plain(passage, range, at);
        if found.len() >= 2 {
            if number == 2 && found.len() > 2 {
                return None;
            }
            break;
        }
    }
    found.sort_by_key(|(place, _)| place.abs_diff(at));
    found.truncate(2);
    found.sort_by_key(|(place, _)| *place);
    let [(_, first), (_, second)] = found.as_slice() else { return None };
    Some((first, second))
}

/// The smaller and the larger of two.
fn ordered<'p>((first, second): (&'p Amount, &'p Amount)) -> (&'p Amount, &'p Amount) {
    if first.stated <= second.stated { (first, second) } else { (second, first) }
}

/// Every ratio that counts can give: of two of them, of their difference or sum to one, of one to the sum of all.
fn ratios<'a>(counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    let total = Bounds::sum(counts.iter().map(|count| count.bounds));
    counts.iter().enumerate().flat_map(move |(at, one)| {
        let others = counts.iter().enumerate().filter(move |(other, _)| *other != at);
        others.flat_map(move |(_, other)| {
            let (one, other) = (one.bounds, other.bounds);
            [one.over(other), distance(one, other).over(other), one.over(one.plus(other)), one.over(total)]
        })
    })
}

/// How far two numbers are apart, whichever is larger.
fn distance(one: Bounds, other: Bounds) -> Bounds {
    if one.low >= other.low { one.minus(other) } else { other.minus(one) }
}

/// Whether two words are forms of one, by their first letters: "letter" and "letters", ملف and ملفات.
fn same_thing(one: &str, other: &str) -> bool {
    let letters = if one.is_ascii() { 4 } else { 3 };
    let begin = |word: &str| word.chars().take(letters).collect::<String>();
    one.chars().count() >= letters && begin(one) == begin(other)
}
