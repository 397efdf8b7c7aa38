//! What remains: "Of the 30 killed, 12 were women and the remaining 17 men".

use std::sync::LazyLock;

use regex::Regex;

use super::siblings;
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Passage, pattern};

static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<mark>rest|other) (?:n |w |the |is |of |them |, |and |min |in |skip |except ){0,4}?(?P<rest>N) ",
    )
});
/// «السبعة الباقون»: the number stands before the word.
static REST_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<rest>N) (?:n )?(?P<mark>rest) "));

/// Findings about remainders.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let found = [&*REST, &*REST_AFTER].into_iter().flat_map(|regex| passage.matches(regex));
    found.filter_map(|found| remainder(passage, &found)).collect()
}

/// "Of the 30 killed, 12 were women and the remaining 17 men".
fn remainder(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let rest_at = passage.place(found, "rest")?;
    let rest = passage.count_at(rest_at)?;
    let sentence = passage.sentence(rest_at);
    let mark = passage.place(found, "mark")?;
    // «والأربعة الباقية تشترك في بئر واحدة»: the number that stands before is the remainder.
    let before = mark.wrapping_sub(if passage.symbol(mark.wrapping_sub(1)) == "n" { 2 } else { 1 });
    if mark < rest_at && passage.symbol(before) == "N" && passage.atoms[mark].word.starts_with("ال") {
        return None;
    }
    let strong = found.name("mark")?.as_str() == "rest";
    let of_share = matches!(passage.symbol(mark.wrapping_sub(1)), "of" | "min");
    if of_share && passage.has(sentence.start..mark, &["P"]) {
        return None; // "three quarters of the rest".
    }
    let start = if siblings(passage, sentence.start..rest_at, rest).len() >= 2 {
        sentence.start
    } else {
        sentence.start.checked_sub(2).map_or(0, |at| passage.sentence(at).start)
    };
    // "And 54 others were wounded": only what is said to be of a whole leaves others.
    let said_of = |at: usize| passage.has(at.saturating_sub(3)..at, &["of"]);
    let of_whole = passage.counts(start..rest_at).iter().any(|(at, _)| said_of(*at));
    let bound = of_whole || passage.symbol(start) == "min";
    // The whole may be said at the start of the paragraph, and its parts one by one.
    let start = if strong && passage.counts(start..rest_at).len() < 2 { 0 } else { start };
    let counts: Vec<&Amount> = passage
        .counts(start..rest_at)
        .into_iter()
        .map(|(_, amount)| amount)
        .filter(|amount| amount.goes_with(rest))
        .collect();
    if counts.len() < 2
        || rest.is_vague()
        || !(strong || bound)
        || passage.has(start..rest_at, &["nor", "each"])
    {
        return None;
    }
    let left = |whole: &Amount, parts: &[&Amount]| {
        whole.bounds.minus(Bounds::sum(parts.iter().map(|part| part.bounds)))
    };
    let wholes = || counts.iter().enumerate();
    let fits = wholes().any(|(at, whole)| {
        let others = counts.len() - at - 1;
        (0..=others).any(|skip| {
            (skip + 1..=others).any(|to| left(whole, &counts[at + 1 + skip..at + 1 + to]).meets(rest.bounds))
        }) || (0..at).any(|from| left(whole, &counts[from..at]).meets(rest.bounds))
    });
    // The whole may have been said earlier, and divided in another way since.
    let earlier = passage.counts(0..start);
    let fits_earlier = earlier.iter().any(|(_, whole)| {
        let mut runs = (0..counts.len()).flat_map(|from| (from + 1..=counts.len()).map(move |to| from..to));
        runs.any(|run| left(whole, &counts[run]).meets(rest.bounds))
    });
    if fits || fits_earlier {
        return None;
    }
    let whole = largest(&counts)?;
    let parts: Vec<&Amount> = counts.iter().copied().filter(|part| !std::ptr::eq(*part, whole)).collect();
    let taken: f64 = parts.iter().map(|part| part.stated).sum();
    let terms: Vec<String> = parts.iter().map(|part| shown(part.stated)).collect();
    let computed = whole.stated - taken;
    let explain = format!(
        "{} - {} = {}, not {}",
        shown(whole.stated),
        terms.join(" - "),
        shown(computed),
        shown(rest.stated)
    );
    let all: Vec<&Amount> = counts.iter().copied().chain([rest]).collect();
    Some(Draft::over(Kind::Difference, &all, rest.stated, computed, explain))
}

fn largest<'p>(counts: &[&'p Amount]) -> Option<&'p Amount> {
    counts.iter().copied().max_by(|one, two| one.stated.total_cmp(&two.stated))
}
