//! Reads a time as said against what the document's dates are: an EDTF date where it is fixed, bounds all the same.
//!
//! Nothing is fixed that the anchors do not fix: "a few days ago" in a document without a date has no date, and
//! bounds only as far as the document dates itself.

mod calendar;
pub mod hijri;
mod relative;

use sijil_model::codebook::{DatePrecision, TimeOfDay};
use sijil_model::date::Edtf;
use sijil_model::{Anchor, Basis, Bounds, Day, TimeExpression, When};

/// What the times of a document are read against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    /// When it was published: a day, a month, an interval.
    pub published: Option<Edtf>,
    /// When it was captured; it was published no later.
    pub captured: Option<Edtf>,
    /// The latest day that the document itself dates as past: it was written on or after it.
    pub not_before: Option<Day>,
    /// The year that the text gives elsewhere to a date without one.
    pub year_from_text: Option<i16>,
    /// The first day of the campaign that the document is about: what "recently" can mean at most.
    pub campaign_start: Option<Day>,
}

/// Reads a time as said.
pub fn read_time(time: &TimeExpression, time_of_day: Option<TimeOfDay>, anchors: &Anchors) -> When {
    let mut when = match time {
        TimeExpression::Calendar(edtf) => calendar::read(edtf, anchors),
        TimeExpression::Weekday { weekday, direction } => {
            relative::read_weekday(*weekday, *direction, anchors)
        }
        TimeExpression::Relative(said) => relative::read(said, anchors),
        TimeExpression::Hijri(said) => hijri::read(said, anchors),
    };
    when.time_of_day = time_of_day;
    when
}

/// Reads the period of a claim about many incidents: what goes on "since April" ends for that claim when it was made, since
/// nobody counts what comes after.
pub fn read_period(period: &TimeExpression, anchors: &Anchors) -> When {
    let when = read_time(period, None, anchors);
    let (Some(first), None, Some(written)) = (
        when.bounds.earliest,
        when.bounds.latest,
        anchors.published_bounds().latest.filter(|_| anchors.is_published_known()),
    ) else {
        return when;
    };
    if written < first {
        return when;
    }
    let bounds = Bounds { earliest: Some(first), latest: Some(written) };
    When {
        edtf: edtf_of(bounds),
        bounds,
        precision: precision_of(bounds),
        anchor: Anchor::DocumentPublished,
        basis: Basis::inferred("until-publication"),
        time_of_day: None,
    }
}

/// The day of a post that names no time for its event; inferred by a rule, never stated (codebook §5).
pub fn same_day_post(anchors: &Anchors) -> When {
    let bounds = anchors.published_bounds();
    let edtf = edtf_of(bounds);
    When {
        precision: if edtf.is_some() { precision_of(bounds) } else { DatePrecision::Unknown },
        edtf,
        bounds,
        anchor: Anchor::DocumentPublished,
        time_of_day: None,
        basis: Basis::inferred("same-day-post"),
    }
}

impl Anchors {
    /// The days on which the document may have been published.
    pub fn published_bounds(&self) -> Bounds {
        let captured =
            Bounds { earliest: None, latest: self.captured.as_ref().and_then(|date| date.bounds().latest) };
        let written = Bounds { earliest: self.not_before, latest: None };
        let published = self.published.as_ref().map(Edtf::bounds).unwrap_or_default();
        // What contradicts the published date is left out: a document may carry a wrong date, and a reviewer sees it.
        let narrowed = published.narrowed_by(captured).unwrap_or(published);
        narrowed.narrowed_by(written).unwrap_or(narrowed)
    }

    /// Whether a date of publication is known, however coarse.
    pub(crate) fn is_published_known(&self) -> bool {
        let published = self.published.as_ref().map(Edtf::bounds).unwrap_or_default();
        published.earliest.is_some() && published.latest.is_some()
    }
}

/// A day, or an interval of days; nothing where an end is open.
fn edtf_of(bounds: Bounds) -> Option<Edtf> {
    let (earliest, latest) = (bounds.earliest?, bounds.latest?);
    if earliest == latest {
        Some(Edtf::day(earliest))
    } else {
        Edtf::new(&format!("{earliest}/{latest}")).ok()
    }
}

/// The precision of codebook §5 by the length of the bounds: up to a day, 6 days, two weeks, a month, a year, more.
fn precision_of(bounds: Bounds) -> DatePrecision {
    let (Some(earliest), Some(latest)) = (bounds.earliest, bounds.latest) else {
        return DatePrecision::LongerOrOpen;
    };
    match days_between(earliest, latest) + 1 {
        ..=1 => DatePrecision::Day,
        2..=6 => DatePrecision::WithinDays,
        7..=14 => DatePrecision::Week,
        15..=31 => DatePrecision::Month,
        32..=366 => DatePrecision::Year,
        _ => DatePrecision::LongerOrOpen,
    }
}

fn days_between(first: Day, last: Day) -> i32 {
    first.until(last).map_or(i32::MAX, |span| span.get_days())
}
