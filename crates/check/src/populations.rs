//! Rates over people and occasions: "12 per 100,000 inhabitants", «54 قضية في الجلسة».

use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Passage, pattern};

/// "12 per 100,000".
static PER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<rate>N) (?:n |w |, |min |of ){0,3}per (?P<base>N) "));
/// "360 cases in 20 sessions, or 18 cases a session".
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<count>N) (?:n |w )in (?P<units>N) (?:n |w ){1,2}(?:, )?is (?P<each>N) (?:n |w )?(?:in |skip |per |every )(?P<unit>w|n) ",
    )
});
/// How far a rate may be rounded, as a part of it.
const ROUNDED: f64 = 0.05;

/// Findings about rates that are not over time.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = passage.matches(&PER).filter_map(|found| per(passage, &found)).collect();
    drafts.extend(passage.matches(&EACH).filter_map(|found| each(passage, &found)));
    drafts
}

/// A rate against the only two other numbers of its sentence, a count and a population.
fn per(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (rate_at, base_at) = (passage.place(found, "rate")?, passage.place(found, "base")?);
    let (rate, base) = (passage.amount(found, "rate")?, passage.amount(found, "base")?);
    let sentence = passage.sentence(rate_at);
    let others: Vec<&Amount> = passage
        .counts(sentence)
        .into_iter()
        .filter(|(at, _)| *at != rate_at && *at != base_at)
        .map(|(_, count)| count)
        .filter(|count| count.stated > 1.0) // "In one year": a length of time, not a count.
        .collect();
    let [one, two] = others.as_slice() else { return None };
    let (count, population) = if one.stated < two.stated { (one, two) } else { (two, one) };
    let powers = [100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0];
    let people = population.kind() == Some("person") || population.class().is_none();
    let computed = count.bounds.over(population.bounds).times(base.stated);
    let said = Bounds::new(rate.bounds.low - 0.5, rate.bounds.high + 0.5);
    let slack = Bounds::new(said.low * (1.0 - ROUNDED), said.high * (1.0 + ROUNDED));
    if !powers.contains(&base.stated)
        || !people
        || population.stated < count.stated * 10.0
        || [rate, *count, *population].iter().any(|amount| amount.is_vague())
        || computed.meets(slack)
        || !passage.has(rate_at.saturating_sub(3)..rate_at, &["is", "avg", "(", "="])
        || !passage.counts(base_at + 1..passage.sentence(rate_at).end).is_empty()
        || passage.has(rate_at.saturating_sub(3)..rate_at, &["from", "up", "down", "cmp"])
    {
        return None;
    }
    let exact = count.stated / population.stated * base.stated;
    let explain = format!(
        "{} of {} is {} per {}, not {}",
        shown(count.stated),
        shown(population.stated),
        shown(exact),
        shown(base.stated),
        shown(rate.stated)
    );
    Some(Draft::over(Kind::Rate, &[count, population, rate], rate.stated, exact, explain))
}

/// So many at each of the occasions that are counted beside them.
fn each(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (count, units) = (passage.amount(found, "count")?, passage.amount(found, "units")?);
    let each = passage.amount(found, "each")?;
    let unit = passage.word(passage.place(found, "unit")?);
    let units_word = units.word.strip_suffix('s').unwrap_or(&units.word);
    let computed = count.bounds.over(units.bounds);
    let said = Bounds::new(each.bounds.low - 0.5, each.bounds.high + 0.5);
    if unit.is_empty() || unit != units_word || units.is_vague() || count.is_vague() || computed.meets(said) {
        return None;
    }
    let exact = count.stated / units.stated;
    let explain = format!(
        "{} in {} is {} each, not {}",
        shown(count.stated),
        shown(units.stated),
        shown(exact),
        shown(each.stated)
    );
    Some(Draft::over(Kind::Rate, &[count, units, each], each.stated, exact, explain))
}
