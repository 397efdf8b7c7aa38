//! Units that are said once for two numbers: "from 40 to 50 per cent", «من 25 إلى 30 في المئة», "from 118 hours in May to 63
//! in June".

use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::passage::{Atom, Item};

/// How many symbols may stand between a number and the one that it goes to.
const REACH: usize = 8;
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

/// A count as a share that is rounded to its last digit.
fn as_share(number: &Amount) -> Amount {
    let half = if number.stated.fract() == 0.0 { 0.5 } else { 0.05 };
    let bounds = Bounds::new(number.bounds.low - half, number.bounds.high + half);
    Amount { bounds, ..number.clone() }
}
