//! What is left when some are taken away: "all but five of the 23", «بقي منهم 1440، أي أن 540 تركوا».

use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::derived::{WHO, concludes, says_again};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Passage, pattern};

/// "All but five of the 23 families".
static ALL_BUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"except (?:the )?(?P<less>N) (?:n |w |the )?of (?:the |all ){0,3}(?P<whole>N) ")
});
/// «وعددها 32 عائلة، ما عدا ستاً».
static BUT_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"numbering (?P<whole>N) (?:n |w |, ){0,5}except (?P<less>N) "));
/// «كانوا 1980 … وبقي منهم 1440 … أي أن 540 تركوا».
static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<whole>N) [^NPDR.;]{0,40}rest (?:w |them |except |in |n |the ){0,4}(?P<rest>N) [^NPDRT;]{0,24}?(?P<so>is) (?:w |the ){0,2}(?P<gone>N) ",
    )
});
/// How far from the right number a number may be that means the same ones, as a part of it.
const NEAR: f64 = 0.2;

/// Findings about exceptions and those who left.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for regex in [&*ALL_BUT, &*BUT_AFTER] {
        drafts.extend(passage.matches(regex).filter_map(|found| {
            let after = passage.place(&found, "less")?.max(passage.place(&found, "whole")?);
            all_but(passage, passage.amount(&found, "whole")?, passage.amount(&found, "less")?, after)
        }));
    }
    drafts.extend(passage.matches(&LEFT).filter_map(|found| gone(passage, &found)));
    drafts
}

/// The first number after an exception that takes up those who are left.
fn all_but(passage: &Passage, whole: &Amount, less: &Amount, after: usize) -> Option<Draft> {
    let end = passage.sentence(after).end;
    let next = passage.sentence(end + 1).end.max(end);
    let left = whole.stated - less.stated;
    if !whole.bounds.is_exact() || !less.bounds.is_exact() || left <= 0.0 {
        return None;
    }
    let takes_up = |(at, count): &(usize, &Amount)| {
        let who = (at + 1..at + 5).any(|at| word_is(passage, at, &WHO));
        let again = passage.symbol(at + 1) == "w"
            && passage.symbol(at + 2) == "n"
            && (after..*at).any(|earlier| passage.word(earlier) == passage.word(at + 1));
        (who || again) && count.goes_with(whole) && count.bounds.is_exact()
    };
    let (at, stated) = passage.counts(after + 1..next).into_iter().find(takes_up)?;
    let near = (stated.stated - left).abs() <= (left * NEAR).max(1.0);
    // Fewer may be some of them, unless the same words say what they did.
    let same = stated.stated > left || says_again(passage, after + 1..at, at + 1..at + 5);
    if stated.stated == left
        || stated.stated == whole.stated
        || stated.stated == less.stated
        || !near
        || !same
    {
        return None;
    }
    Some(Draft::left_of(Kind::NOfM, whole, less, stated, true))
}

fn word_is(passage: &Passage, at: usize, words: &[&str]) -> bool {
    passage.atoms.get(at).is_some_and(|atom| words.contains(&atom.word.as_str()))
}

/// How many left, by how many there were and how many stayed.
fn gone(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (whole, rest) = (passage.amount(found, "whole")?, passage.amount(found, "rest")?);
    let gone = passage.amount(found, "gone")?;
    let (so, gone_at) = (passage.place(found, "so")?, passage.place(found, "gone")?);
    let therefore = concludes(passage, so..so + 1);
    let vague = [whole, rest, gone].iter().any(|amount| amount.is_vague());
    let left = whole.bounds.minus(rest.bounds);
    if vague
        || is_first_of_several(passage, gone_at)
        || !therefore
        || !gone.goes_with(whole)
        || left.low < 0.0
        || left.meets(gone.bounds)
    {
        return None;
    }
    Some(Draft::left_of(Kind::Difference, whole, rest, gone, true))
}

/// Whether more numbers of the same thing follow, so that the first is only some of them.
fn is_first_of_several(passage: &Passage, at: usize) -> bool {
    let first = passage.count_at(at);
    passage.counts(at + 1..passage.sentence(at).end).iter().any(|(_, other)| {
        first.is_some_and(|first| first.class() == other.class() && first.class().is_some())
    })
}
