//! Stage 6: claims about many incidents at once: totals over a period, ratios, shares, comparisons, homes and
//! displacement, bare allegations, each kind in a file of its own. None of them is ever added to an incident.

use std::ops::Range;

use sijil_model::Said;
use sijil_model::codebook::{AggregateKind, Class, CountUnit, Harm, OtherHarm, Status};

use crate::groups::Group;
use crate::harm::{Hit, Who};
use crate::numbers::Amount;
use crate::window::Window;

mod comparisons;
mod harms;
mod ratios;
mod shares;

pub(crate) use harms::other_harms;

/// Whether a number within a run is a percentage: "45 per cent", «45 في المئة».
pub(crate) fn is_percentage(window: &Window<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| shares::percent(window, at).is_some())
}

/// An aggregate, before it is a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Total {
    pub kind: AggregateKind,
    pub run: Range<usize>,
    pub harm: Option<Harm>,
    pub other: Option<OtherHarm>,
    pub class: Option<Class>,
    pub status: Option<Status>,
    pub unit: CountUnit,
    pub count: Option<Said>,
    pub of: Option<Said>,
    pub rule: &'static str,
}

impl Total {
    fn new(kind: AggregateKind, run: Range<usize>, unit: CountUnit, rule: &'static str) -> Self {
        Total {
            kind,
            run,
            harm: None,
            other: None,
            class: None,
            status: None,
            unit,
            count: None,
            of: None,
            rule,
        }
    }
}

/// The aggregates of a sentence that need no word of period to be seen.
pub(crate) fn find(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    let mut found = Vec::new();
    found.extend(ratios::find(window, run));
    found.extend(shares::find(window, run));
    found.extend(comparisons::find(window, run));
    found.extend(harms::allegation(window, run));
    found
}

/// A casualty number of a sentence that speaks of a period: a total.
pub(crate) fn total(window: &Window<'_>, hit: &Hit, rule: &'static str) -> Option<Total> {
    let Who::Group(index) = hit.who else { return None };
    Some(people(&window.groups[index], hit.run.clone(), hit.harm, rule))
}

/// A number of people as a total.
pub(crate) fn people(group: &Group, run: Range<usize>, harm: Harm, rule: &'static str) -> Total {
    Total {
        harm: Some(harm),
        class: Some(group.class),
        status: group.status,
        count: Some(group.said.clone()),
        ..Total::new(AggregateKind::Total, run, CountUnit::Persons, rule)
    }
}

/// The number of a line of a table as a total.
pub(crate) fn line(amount: Amount, harm: Harm) -> Total {
    Total {
        harm: Some(harm),
        class: Some(Class::Total),
        count: Some(amount.said),
        ..Total::new(AggregateKind::Total, amount.run, CountUnit::Persons, "line-of-a-table")
    }
}
