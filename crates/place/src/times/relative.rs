//! Relative dates and weekdays, counted from the day of publication or from what bounds it.
//!
//! An anchor may itself be a month or have one open end; then so has the result. "n units ago" covers both readings,
//! by length and by calendar: "last week" and "a week ago" both lie one to thirteen days back.

use jiff::ToSpan;
use sijil_model::codebook::DatePrecision;
use sijil_model::date::{Amount, Direction, Edtf, Relative, Unit};
use sijil_model::{Anchor, Basis, Bounds, Day, When};

use super::calendar::days_from;
use super::{Anchors, edtf_of, precision_of};

/// "A few" and "several" units of time, fewest and most (codebook §5 for days).
const FEW: (u32, u32) = (2, 7);
/// As [`FEW`], for "several".
const SEVERAL: (u32, u32) = (2, 10);

/// Reads a relative date.
pub(super) fn read(said: &Relative, anchors: &Anchors) -> When {
    if said.amount == Amount::Unsaid {
        return read_unsaid(said.direction, anchors);
    }
    let (nearest, farthest) = reach(said);
    let anchor = anchors.published_bounds();
    let bounds = match said.direction {
        Direction::Past => Bounds {
            earliest: anchor.earliest.map(|day| farthest.before(day)),
            latest: anchor.latest.map(|day| nearest.before(day)),
        },
        Direction::Future => Bounds {
            earliest: anchor.earliest.map(|day| nearest.after(day)),
            latest: anchor.latest.map(|day| farthest.after(day)),
        },
    };
    let when = finish(bounds, "relative-to-publication", anchors);
    match (anchor.earliest, anchor.latest) {
        // "Two hours ago" is of the same day more often than of the one before, which the bounds keep.
        (Some(day), Some(latest)) if when.edtf.is_some() && day == latest && is_hours_ago(said) => {
            When { edtf: Some(Edtf::day(day)), ..when }
        }
        _ => when,
    }
}

/// Fewer hours than half a day.
fn is_hours_ago(said: &Relative) -> bool {
    let most = match said.amount {
        Amount::Exact { n } => n,
        Amount::Few => FEW.1,
        Amount::Several => SEVERAL.1,
        Amount::Unsaid => return false,
    };
    said.unit == Unit::Hour && said.direction == Direction::Past && !said.whole_stretch && most < 12
}

/// Reads a weekday: the last one up to the day of publication, or the next one after it.
pub(super) fn read_weekday(weekday: u8, direction: Direction, anchors: &Anchors) -> When {
    let anchor = anchors.published_bounds();
    let (rule, moved): (_, fn(u8, Day) -> Day) = match direction {
        Direction::Past => ("weekday-before-publication", last_weekday),
        Direction::Future => ("weekday-after-publication", next_weekday),
    };
    let bounds = Bounds {
        earliest: anchor.earliest.map(|day| moved(weekday, day)),
        latest: anchor.latest.map(|day| moved(weekday, day)),
    };
    finish(bounds, rule, anchors)
}

/// "Recently": since the campaign began at most, up to the publication; never a date.
fn read_unsaid(direction: Direction, anchors: &Anchors) -> When {
    let published = anchors.published_bounds();
    let (bounds, rule) = match (direction, anchors.campaign_start) {
        (Direction::Past, Some(start)) => {
            (Bounds { earliest: Some(start), latest: published.latest }, "since-campaign-start")
        }
        (Direction::Past, None) => {
            (Bounds { earliest: None, latest: published.latest }, "before-publication")
        }
        (Direction::Future, _) => {
            (Bounds { earliest: published.earliest, latest: None }, "after-publication")
        }
    };
    When {
        edtf: None,
        bounds,
        precision: DatePrecision::Unknown,
        anchor: Anchor::DocumentPublished,
        time_of_day: None,
        basis: Basis::inferred(rule),
    }
}

/// A date where the publication is known; else only bounds, from what the document or its capture dates.
fn finish(bounds: Bounds, rule: &str, anchors: &Anchors) -> When {
    let is_known = anchors.is_published_known();
    let edtf = if is_known { edtf_of(bounds) } else { None };
    When {
        precision: if edtf.is_some() { precision_of(bounds) } else { DatePrecision::Unknown },
        edtf,
        bounds,
        anchor: Anchor::DocumentPublished,
        time_of_day: None,
        basis: Basis::inferred(if is_known { rule } else { "relative-without-anchor" }),
    }
}

/// A distance in time: months by the calendar, then days.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reach {
    months: i64,
    days: i64,
}

impl Reach {
    const NONE: Reach = Reach { months: 0, days: 0 };

    fn before(self, day: Day) -> Day {
        days_from(months_from(day, -self.months), -self.days)
    }

    fn after(self, day: Day) -> Day {
        days_from(months_from(day, self.months), self.days)
    }
}

/// The nearest and the farthest distance that the words allow.
fn reach(said: &Relative) -> (Reach, Reach) {
    let (fewest, most) = match said.amount {
        Amount::Exact { n } => (n, n),
        Amount::Few => FEW,
        Amount::Several => SEVERAL,
        Amount::Unsaid => (0, 0),
    };
    if said.unit == Unit::Hour {
        let (fewest, most) = (i64::from(fewest), i64::from(most));
        let nearest = if said.whole_stretch { 0 } else { fewest / 24 };
        return (Reach { months: 0, days: nearest }, Reach { months: 0, days: most.div_euclid(24) + 1 });
    }
    if said.whole_stretch {
        return (Reach::NONE, units(said.unit, most));
    }
    match said.amount {
        Amount::Exact { n: 0 } => (Reach::NONE, one_less_day(units(said.unit, 1))),
        // By calendar "n units ago" begins and ends up to a unit away from its length.
        Amount::Exact { n } => {
            (one_more_day(units(said.unit, n - 1)), one_less_day(units(said.unit, n.saturating_add(1))))
        }
        _ => (units(said.unit, fewest), units(said.unit, most)),
    }
}

fn units(unit: Unit, n: u32) -> Reach {
    let n = i64::from(n);
    match unit {
        Unit::Hour => Reach { months: 0, days: n / 24 },
        Unit::Day => Reach { months: 0, days: n },
        Unit::Week => Reach { months: 0, days: n.saturating_mul(7) },
        Unit::Month => Reach { months: n, days: 0 },
        Unit::Year => Reach { months: n.saturating_mul(12), days: 0 },
    }
}

fn one_less_day(reach: Reach) -> Reach {
    Reach { days: reach.days - 1, ..reach }
}

fn one_more_day(reach: Reach) -> Reach {
    Reach { days: reach.days + 1, ..reach }
}

/// The day so many months away, the last of its month where there is no such day; beyond the calendar the day itself.
fn months_from(day: Day, months: i64) -> Day {
    if months.abs() > 12 * 9_999 { day } else { day.checked_add(months.months()).unwrap_or(day) }
}

fn last_weekday(weekday: u8, day: Day) -> Day {
    let back = (i64::from(day.weekday().to_monday_one_offset()) - i64::from(weekday)).rem_euclid(7);
    days_from(day, -back)
}

fn next_weekday(weekday: u8, day: Day) -> Day {
    let ahead = (i64::from(weekday) - i64::from(day.weekday().to_monday_one_offset()) - 1).rem_euclid(7) + 1;
    days_from(day, ahead)
}
