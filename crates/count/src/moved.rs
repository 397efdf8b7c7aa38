//! What a step of the log moved in a figure: the incidents that changed, counted before and after.
//!
//! Sums are additive, so the step is told by the incidents that it touched alone: everything else is the same on both
//! sides. Steps from one position to another add up to the whole difference.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sijil_model::IncidentId;

use crate::error::CountError;
use crate::figure::{Beside, Excluded, Figure, Record, Tally, count};
use crate::incident::Incident;
use crate::question::Question;
use crate::reconcile::Area;
use crate::rules::RuleSet;

/// What a step moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The touched incidents before the step.
    pub before: Sums,
    /// The touched incidents after it.
    pub after: Sums,
    /// Each incident whose number or place in the figure moved, by id.
    pub records: Vec<MovedRecord>,
}

/// The two sums of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are the figure's")]
pub struct Sums {
    pub inside: Tally,
    pub possibly_inside: Tally,
}

/// An incident before and after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedRecord {
    /// The incident.
    pub id: IncidentId,
    /// As it was counted before; none where it was not there or outside.
    pub before: Option<Record>,
    /// As it is counted after; none where it is gone, outside or left out.
    pub after: Option<Record>,
    /// Why it is left out after the step, where it is.
    pub left_out: Option<Excluded>,
}

/// Counts the touched incidents before and after a step. Empty `records` say that the figure did not move.
///
/// # Errors
/// Those of [`count`].
pub fn moved(
    question: &Question,
    rules: &RuleSet,
    before: &[Incident],
    after: &[Incident],
    areas: &[Area],
) -> Result<Moved, CountError> {
    let whole = Question { by: Vec::new(), ..question.clone() };
    let beside = Beside { areas, ..Beside::default() };
    let before = count(&whole, rules, before.iter(), &beside)?;
    let after = count(&whole, rules, after.iter(), &beside)?;
    let touched: BTreeSet<&IncidentId> =
        before.records.iter().chain(&after.records).map(|record| &record.id).collect();
    let records = touched.into_iter().filter_map(|id| moved_record(id, &before, &after)).collect();
    Ok(Moved { records, before: Sums::of(before), after: Sums::of(after) })
}

fn moved_record(id: &IncidentId, before: &Figure, after: &Figure) -> Option<MovedRecord> {
    let of = |figure: &Figure| figure.records.iter().find(|record| record.id == *id).cloned();
    let (was, is) = (of(before), of(after));
    let number =
        |record: &Option<Record>| record.as_ref().map(|r| (r.membership, r.min, r.highest_reported, r.max));
    (number(&was) != number(&is)).then(|| MovedRecord {
        id: id.clone(),
        left_out: after.excluded.iter().find(|excluded| excluded.id == *id).cloned(),
        before: was,
        after: is,
    })
}

impl Sums {
    /// Those of a figure.
    pub fn of(figure: Figure) -> Self {
        Self { inside: figure.inside, possibly_inside: figure.possibly_inside }
    }
}
