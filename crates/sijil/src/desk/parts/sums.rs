//! From counting's numbers to those that pages print.

use sijil_count::{Reconciled, Record, Tally};
use sijil_model::{Interval, Sum};

/// A tally as a sum; where no incident has a number the sum's own gaps say so.
pub fn sum(tally: &Tally) -> Sum {
    Sum {
        min: tally.min.unwrap_or(0),
        highest_reported: tally.highest_reported.unwrap_or(0),
        max: tally.max,
        open_ends: tally.open_ends,
        unknown: tally.unknown,
        incidents: tally.incidents,
    }
}

/// What an incident adds to a figure.
pub fn interval(record: &Record) -> Interval {
    Interval::new(record.min, record.highest_reported, record.max).unwrap_or(Interval::UNKNOWN)
}

/// What a claim about many incidents claims.
pub fn claimed(reconciled: &Reconciled) -> Interval {
    let (low, high) = reconciled.claimed;
    Interval::new(low, None, high).unwrap_or(Interval::UNKNOWN)
}
