//! Arithmetic of intervals within one incident: sums of parts, envelopes, what contains what.

use sijil_model::{Interval, Upper};

/// An interval from ends that may have met the wrong way round: the lower end gives way.
pub(crate) fn interval(min: Option<u64>, highest: Option<u64>, max: Upper) -> Interval {
    let min = match max {
        Upper::Known(high) => min.map(|low| low.min(high)),
        Upper::Open | Upper::Unknown => min,
    };
    Interval::new(min, highest, max).unwrap_or(Interval::UNKNOWN)
}

/// One number besides another: ends add, and so do the numbers that were stated.
pub(crate) fn added(a: Interval, b: Interval) -> Interval {
    let sum = |x: Option<u64>, y: Option<u64>| match (x, y) {
        (Some(x), Some(y)) => Some(x.saturating_add(y)),
        (one, other) => one.or(other),
    };
    interval(sum(a.min(), b.min()), sum(a.highest_reported(), b.highest_reported()), a.max().plus(b.max()))
}

/// A number that lies within or besides the interval, nobody can tell: the minimum stays, the upper end makes room.
pub(crate) fn widened(a: Interval, by: Upper) -> Interval {
    interval(a.min(), a.highest_reported(), a.max().plus(by))
}

/// From the lowest minimum to the highest maximum.
pub(crate) fn envelope(a: Interval, b: Interval) -> Interval {
    let min = match (a.min(), b.min()) {
        (Some(x), Some(y)) => Some(x.min(y)),
        (one, other) => one.or(other),
    };
    interval(min, a.highest_reported().max(b.highest_reported()), higher(a.max(), b.max()))
}

/// Several parts of one number: at least the largest, at most all together; the same part said twice is one part.
pub(crate) fn parts_of_one(mut parts: Vec<Interval>) -> Option<Interval> {
    parts.sort_by_key(|part| (part.min(), part.highest_reported(), upper_key(part.max())));
    parts.dedup();
    parts.into_iter().reduce(|a, b| {
        interval(a.min().max(b.min()), a.highest_reported().max(b.highest_reported()), a.max().plus(b.max()))
    })
}

/// Whether `wide` allows everything that `narrow` allows and something more.
pub(crate) fn contains(wide: Interval, narrow: Interval) -> bool {
    let (Some(low), Some(inner)) = (wide.min(), narrow.min()) else { return false };
    let (high, inner_high) = (upper_key(wide.max()), upper_key(narrow.max()));
    low <= inner && high >= inner_high && (low, high) != (inner, inner_high)
}

/// Whether two numbers cannot both be true: one ends below the other. An end that is no number rules nothing out.
pub(crate) fn excludes(a: Interval, b: Interval) -> bool {
    let below = |a: Interval, b: Interval| matches!((a.max(), b.min()), (Upper::Known(high), Some(low)) if high < low);
    below(a, b) || below(b, a)
}

/// The higher of two upper ends: open is above every number, and one that is not known makes the end not known.
fn higher(a: Upper, b: Upper) -> Upper {
    match (a, b) {
        (Upper::Open, _) | (_, Upper::Open) => Upper::Open,
        (Upper::Known(x), Upper::Known(y)) => Upper::Known(x.max(y)),
        _ => Upper::Unknown,
    }
}

/// A number that is stated of killed and injured people together, beside the sum of both. An open one that merely
/// contains the sum, and one that is below it, give way; any other is raised to it.
pub(crate) fn no_fewer_than(stated: Interval, sum: Interval) -> Interval {
    let gives_way = match stated.max() {
        Upper::Known(most) => sum.min().is_some_and(|least| least > most),
        Upper::Open | Upper::Unknown => contains(stated, sum),
    };
    let number = if gives_way { sum } else { stated.raised_to(sum.min().unwrap_or(0)).0 };
    interval(number.min(), number.highest_reported().max(stated.highest_reported()), number.max())
}

/// What is left of an upper end when so many are certainly others.
pub(crate) fn less(upper: Upper, others: u64) -> Upper {
    match upper {
        Upper::Known(high) => Upper::Known(high.saturating_sub(others)),
        end => end,
    }
}

/// The lower of two upper ends, where one is known.
pub(crate) fn lower(a: Upper, b: Upper) -> Upper {
    match (a, b) {
        (Upper::Known(x), Upper::Known(y)) => Upper::Known(x.min(y)),
        (Upper::Known(x), _) | (_, Upper::Known(x)) => Upper::Known(x),
        (Upper::Open, _) | (_, Upper::Open) => Upper::Open,
        _ => Upper::Unknown,
    }
}

/// A number for ordering upper ends: every end that is no number is above all numbers.
fn upper_key(upper: Upper) -> (u8, u64) {
    match upper {
        Upper::Known(high) => (0, high),
        Upper::Open => (1, 0),
        Upper::Unknown => (2, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(min: u64, max: u64) -> Interval {
        Interval::new(Some(min), None, Upper::Known(max)).unwrap()
    }

    #[test]
    fn ends_that_are_open_stay_open() {
        assert_eq!(added(Interval::exactly(10), Interval::at_least(2)).max(), Upper::Open);
        assert_eq!(widened(Interval::exactly(10), Upper::Open), interval(Some(10), Some(10), Upper::Open));
        assert_eq!(
            envelope(range(3, 5), Interval::at_least(4)),
            Interval::new(Some(3), None, Upper::Open).unwrap()
        );
    }

    #[test]
    fn at_least_four_contains_ten_and_dozens_does_not() {
        assert!(contains(Interval::at_least(4), Interval::exactly(10)));
        assert!(!contains(Interval::at_least(12), Interval::exactly(10)));
        assert!(!contains(Interval::at_least(4), Interval::at_least(4)));
        assert!(contains(Interval::at_least(2), Interval::at_least(4)));
    }

    #[test]
    fn numbers_that_have_one_in_common_do_not_exclude_each_other() {
        assert!(excludes(Interval::exactly(8), Interval::exactly(9)));
        assert!(excludes(Interval::at_least(12), range(6, 10)));
        assert!(!excludes(Interval::at_least(8), Interval::exactly(8)));
        assert!(!excludes(range(7, 9), range(9, 12)));
        assert!(!excludes(Interval::UNKNOWN, Interval::exactly(8)));
    }

    #[test]
    fn parts_are_at_least_the_largest_and_at_most_all() {
        assert_eq!(parts_of_one(vec![range(2, 2), range(1, 1)]), Some(range(2, 3)));
        assert_eq!(parts_of_one(vec![range(3, 3), range(3, 3)]), Some(range(3, 3)));
        assert_eq!(parts_of_one(vec![]), None);
    }
}
