//! Two lengths of time that are compared: "14 hours, twice as long as the seven hours before", «6 ساعات، أي أقل بـ11 ساعة».

use super::{distance, lead, tail};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage};

/// How far before or after a length "fewer" may stand.
const REACH: usize = 3;
/// How far a length that is a whole number may be rounded, as a part of it.
const ROUNDED: f64 = 0.04;
/// How many times as large a factor may be as that of the lengths and still be said of them.
const FAR: f64 = 4.0;

/// Findings about lengths of time and how they compare.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Factor(times) => multiple(passage, at, times),
            Item::Length(length, unit) => apart(passage, at, length, *unit),
            _ => None,
        })
        .collect()
}

/// The only two lengths of a place's sentence and the one before it, but for one at the place itself.
fn two(passage: &Passage, at: usize) -> Option<[(&Amount, Unit); 2]> {
    let lengths: Vec<(&Amount, Unit)> = (passage.before(at)..passage.sentence(at).end)
        .filter(|place| *place != at)
        .filter_map(|place| match &passage.atoms[place].item {
            Item::Length(length, unit) => Some((length, *unit)),
            _ => None,
        })
        .collect();
    let lengths = match lengths.as_slice() {
        [only] => [*only, (bare(passage, at)?, only.1)].to_vec(),
        _ => lengths,
    };
    let [first, second] = lengths.as_slice() else { return None };
    (!first.0.is_vague() && !second.0.is_vague()).then_some([*first, *second])
}

/// "17 hours a day. Now it is eight": the only number right before a length that counts nothing.
fn bare(passage: &Passage, at: usize) -> Option<&Amount> {
    let counts = passage.counts(passage.sentence(at).start..at);
    let [(place, only)] = counts.as_slice() else { return None };
    let alone = matches!(passage.symbol(place + 1), "," | "-" | ";" | "(");
    (alone && only.nouns.is_empty()).then_some(only)
}

/// "Three times as long as the seven hours that it took before".
fn multiple(passage: &Passage, at: usize, times: &Amount) -> Option<Draft> {
    let long = |at: usize| matches!(passage.word(at), "long" | "longer" | "time" | "مده" | "وقت" | "زمن");
    let said = (at + 1..at + 1 + REACH).any(long)
        || passage.symbol(at + 1) == "the" && passage.symbol(at + 2) == "D"
        || passage.symbol(at + 1) == "D";
    // "Three times as long as usual, and six hours more at the bridge": what it is compared with is not told.
    let length = |at: &usize| matches!(passage.atoms[*at].item, Item::Length(..));
    let end = passage.sentence(at).end;
    let next = (at + 1..end).find(length);
    let told = next.is_none_or(|next| !passage.has(at..next, &[","]));
    let [first, second] = two(passage, at).filter(|_| said && told)?;
    let days = |(length, unit): (&Amount, Unit)| length.bounds.times(unit.mean_days());
    let wide = |one: Bounds| Bounds::new(one.low * (1.0 - ROUNDED), one.high * (1.0 + ROUNDED));
    let (one, other) = (wide(days(first)), wide(days(second)));
    let counts = passage.counts(passage.before(at)..passage.sentence(at).end);
    let counted = counts.iter().any(|(_, one)| {
        counts
            .iter()
            .any(|(_, other)| one.stated > other.stated && one.bounds.over(other.bounds).meets(times.bounds))
    });
    let exact = first.0.stated * first.1.mean_days() / (second.0.stated * second.1.mean_days());
    let exact = exact.max(exact.recip());
    let far = exact > times.stated * FAR || times.stated > exact * FAR;
    if counted
        || far
        || times.stated < 1.0
        || [one.over(other), other.over(one)].iter().any(|way| way.meets(times.bounds))
    {
        return None;
    }
    let explain = format!(
        "between {} {}s and {} {}s lies a factor of {}, not {}",
        shown(first.0.stated),
        first.1.name(),
        shown(second.0.stated),
        second.1.name(),
        shown(exact),
        shown(times.stated)
    );
    Some(Draft::over(Kind::Multiple, &[times], times.stated, exact, explain))
}

/// "17 hours a day; now 6 hours, that is 11 hours fewer".
fn apart(passage: &Passage, at: usize, stated: &Amount, unit: Unit) -> Option<Draft> {
    let words = ["fewer", "more", "loss", "gain", "diff"];
    let before = lead(passage, at);
    let near = before.start.max(at.saturating_sub(REACH))..at;
    let after = tail(passage, at);
    let after = after.start..after.end.min(after.start + REACH);
    // "More than three hours" is a hedge, and no difference.
    let than = |within: std::ops::Range<usize>| {
        within.into_iter().any(|at| passage.symbol(at) == "than" || matches!(passage.word(at), "من" | "than"))
    };
    let said = passage.has(near.clone(), &words) && passage.has(near.clone(), &["by", "diff"])
        || passage.has(after, &words);
    let [first, second] = two(passage, at).filter(|_| said && !than(near))?;
    let same = first.1 == unit && second.1 == unit;
    let computed = distance(first.0.bounds, second.0.bounds);
    let larger = stated.stated > first.0.stated.max(second.0.stated);
    let summed = first.0.bounds.plus(stated.bounds).meets(second.0.bounds)
        || second.0.bounds.plus(stated.bounds).meets(first.0.bounds);
    if !same || larger || summed || stated.is_vague() || computed.meets(stated.bounds) {
        return None;
    }
    let (low, high) =
        if first.0.stated < second.0.stated { (first.0, second.0) } else { (second.0, first.0) };
    Some(Draft::left_of(Kind::Difference, high, low, stated, false))
}
