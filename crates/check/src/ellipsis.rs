//! Units that are said once for two numbers: "from 40 to 50 per cent", «من 25 إلى 30 في المئة», "from 118 hours in May to 63
//! in June".

use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::passage::{Atom, Item};

/// How many symbols may stand between a number and the one that it goes to.
const REACH: usize = 8;
/// What numbers are told in, and how many times as large the second of two must be for the first to be told in that too.
const SCALES: [f64; 3] = [1e9, 1e6, 1e3];
const FAR: f64 = 200.0;
/// The largest number that is a share where its unit is said later.
const MOST: f64 = 100.0;

/// What a number at a place stands for by the unit of the number that it is joined to, with its symbol.
pub(crate) fn shared_unit(atoms: &[Atom], symbols: &[&str], at: usize) -> Option<(&'static str, Item)> {
    let Item::Count(number) = &atoms[at].item else { return None };
    let symbol = |at: usize| symbols.get(at).copied().unwrap_or("");
    if !number.nouns.is_empty() || number.is_vague() {
        return None;
    }
    // "From 40 to 50 per cent": the unit follows the second.
    let led = at.checked_sub(1).map_or("", symbol);
    let joined = match led {
        "from" | "min" => symbol(at + 1) == "to",
        "between" => matches!(symbol(at + 1), "and" | "to"),
        _ => false,
    };
    if joined && symbol(at + 2) == "P" && number.stated <= MOST {
        return Some(("P", Item::Share(as_share(number))));
    }
    // "From 6.0 to 3.8 million": the scale follows the second.
    let next = atoms.get(at + 2).map(|atom| &atom.item);
    if let (true, Some(Item::Count(other))) = (joined, next)
        && let Some(scaled) = as_scaled(number, other)
    {
        return Some(("N", Item::Count(scaled)));
    }
    // "From 90 to 360 dinars": what is counted follows the second.
    if let (true, Some(Item::Count(other))) = (joined, next)
        && !other.nouns.is_empty()
    {
        return Some(("N", Item::Count(Amount { nouns: other.nouns.clone(), ..number.clone() })));
    }
    // "From 118 hours in May to 63": the unit follows the first.
    let bare = matches!(symbol(at + 1), "in" | "," | "." | ";" | ")" | "" | "M" | "and");
    let first = (at.saturating_sub(REACH)..at)
        .rev()
        .find(|at| !matches!(symbol(*at), "to" | "in" | "M" | "t" | "the"))?;
    let from = first.checked_sub(1).map_or("", symbol);
    match &atoms[first].item {
        Item::Length(_, unit) if bare && led == "to" && matches!(from, "from" | "min") => {
            Some(("D", Item::Length(number.clone(), *unit)))
        }
        _ => None,
    }
}

/// A count in the thousands or millions of the one that it goes to, where it is far too small without them.
fn as_scaled(number: &Amount, other: &Amount) -> Option<Amount> {
    let scale = SCALES.into_iter().find(|scale| other.stated >= *scale)?;
    let far = number.stated > 0.0 && number.stated < 1000.0 && other.stated / number.stated > FAR;
    let near = (number.stated * scale / other.stated).log10().abs() <= 1.0;
    let half = if number.bounds.is_exact() { 0.5 } else { 0.0 };
    let bounds = Bounds::new((number.bounds.low - half) * scale, (number.bounds.high + half) * scale);
    (far && near).then(|| Amount { stated: number.stated * scale, bounds, ..number.clone() })
}

/// A count as a share that is rounded to its last digit.
fn as_share(number: &Amount) -> Amount {
    let half = if number.stated.fract() == 0.0 { 0.5 } else { 0.05 };
    let bounds = Bounds::new(number.bounds.low - half, number.bounds.high + half);
    Amount { bounds, ..number.clone() }
}
