//! What remains: "Of the 30 killed, 12 were women and the remaining 17 men", «بقية الشاحنات، وعددها 34».

use super::{added_and_struck_off, lead, plain, tail};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

/// How far from what remains a number may be and still be meant as that.
const REACH: f64 = 2.5;

/// Findings about remainders.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage
        .counts(0..passage.atoms.len())
        .iter()
        .filter_map(|(at, rest)| remainder(passage, *at, rest))
        .collect()
}

fn remainder(passage: &Passage, at: usize, rest: &Amount) -> Option<Draft> {
    let strong = said(passage, at)?;
    let before = plain(passage, 0..at, at);
    let sentence = passage.sentence(at);
    let own =
        before.iter().filter(|(place, count)| *place >= sentence.start && count.goes_with(rest)).count();
    // The whole may be said at the start of the paragraph, and its parts one by one.
    let start = if own >= 2 {
        sentence.start
    } else if strong {
        0
    } else {
        passage.before(at)
    };
    let counts: Vec<&Amount> = before
        .iter()
        .filter(|(place, count)| *place >= start && count.goes_with(rest))
        .map(|(_, count)| *count)
        .collect();
    let all: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // All that is taken from the largest; or the last one from all before it: "27 files and 88 more; 70 closed".
    let (largest, _) = counts.iter().enumerate().max_by(|one, two| one.1.stated.total_cmp(&two.1.stated))?;
    let taken = |from: usize, wholes: usize| {
        let sum = |counts: &[&Amount]| counts.iter().map(|count| count.stated).sum::<f64>();
        (from, wholes, sum(&counts[from..wholes]) - sum(&counts[wholes..]))
    };
    let near = |left: f64| left > 0.0 && rest.stated < left * REACH && left < rest.stated * REACH;
    let ways = [taken(largest, largest + 1), taken(0, counts.len() - 1)];
    let (from, wholes, left) = ways
        .into_iter()
        .find(|(from, wholes, left)| from < wholes && *wholes < counts.len() && near(*left))?;
    if rest.is_vague() || passage.has(start..at, &["nor", "each"]) || leaves(rest, &all) {
        return None;
    }
    let terms = |counts: &[&Amount], sign: &str| {
        counts.iter().map(|count| shown(count.stated)).collect::<Vec<_>>().join(sign)
    };
    let explain = format!(
        "{} - {} = {}, not {}",
        terms(&counts[from..wholes], " + "),
        terms(&counts[wholes..], " - "),
        shown(left),
        shown(rest.stated)
    );
    let amounts: Vec<&Amount> = counts.iter().copied().chain([rest]).collect();
    Some(Draft::over(Kind::Difference, &amounts, rest.stated, left, explain))
}

/// Whether a number is said to be what remains; `true` where no others can be meant.
fn said(passage: &Passage, at: usize) -> Option<bool> {
    let (before, after) = (lead(passage, at), tail(passage, at));
    let of_share = |mark: usize| {
        matches!(passage.symbol(mark.wrapping_sub(1)), "of" | "min") && passage.has(0..mark, &["P"])
    };
    let mark = before.clone().rev().find(|at| passage.symbol(*at) == "rest");
    let follows =
        (after.start..after.start + 2).any(|at| passage.symbol(at) == "rest" && after.contains(&at));
    if mark.is_some_and(|mark| !of_share(mark)) || follows {
        return Some(true);
    }
    // "The other 12", of a whole; "and 54 others were wounded" leaves nothing.
    let the_other = before.clone().any(|at| {
        passage.symbol(at) == "other"
            && matches!(passage.atoms[at].word.as_str(), "the" | "الاخرون" | "الاخرين" | "الاخري" | "الاخريات")
    });
    the_other.then_some(false)
}

/// Whether some way of adding and taking away leaves a number.
fn leaves(rest: &Amount, counts: &[&Amount]) -> bool {
    let mut runs = (0..counts.len()).flat_map(|from| (from + 1..=counts.len()).map(move |to| from..to));
    added_and_struck_off(rest.bounds, counts)
        || runs.any(|run| {
            let taken = crate::arithmetic::Bounds::sum(counts[run].iter().map(|part| part.bounds));
            counts.iter().any(|whole| whole.bounds.minus(taken).meets(rest.bounds))
        })
}
