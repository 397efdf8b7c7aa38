//! A heading and the paragraph below it: "Eight months without water", over "from 1 January to 30 June".
//!
//! Only lengths are held against each other. A heading's number of people is not: short lines above a paragraph are as often
//! the headings of other reports.

use crate::draft::Draft;
use crate::passage::{Item, Passage};

/// How many times as long as a period a length may be and still be meant by it.
const NEAR: f64 = 2.0;

/// The only length of a heading, which ends where the body starts, against the only period of the body.
pub(super) fn check(passage: &Passage, body: usize) -> Option<Draft> {
    let mut lengths = (0..body).filter_map(|at| match &passage.atoms[at].item {
        Item::Length(length, unit) => Some((length, *unit)),
        _ => None,
    });
    let (length, unit) = lengths.next().filter(|_| lengths.next().is_none())?;
    let mut periods = (body..passage.atoms.len()).filter_map(|at| passage.period_at(at));
    let period = periods.next().filter(|period| periods.next().is_none() && period.date.is_none())?;
    let told = (body..passage.atoms.len()).any(|at| matches!(passage.symbol(at), "D" | "t"));
    let whole = period.length(unit);
    let near = length.stated < whole.high * NEAR && whole.low < length.stated * NEAR;
    let wrong = !told && near && !length.is_vague() && !whole.meets(length.bounds);
    wrong.then(|| Draft::length(period, unit, length))
}
