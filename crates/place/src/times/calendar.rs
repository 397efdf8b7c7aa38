//! Calendar dates: as they are where the year is said, else with a year inferred from the text or the publication.

use jiff::ToSpan;
use sijil_model::codebook::DatePrecision;
use sijil_model::date::Edtf;
use sijil_model::{Anchor, Basis, Bounds, Day, When};

use super::{Anchors, precision_of};

/// The mark of a year that is not said.
const NO_YEAR: &str = "XXXX";
/// A leap day recurs after at most so many years.
const LEAP_CYCLE: i16 = 8;

/// Reads a calendar date.
pub(super) fn read(edtf: &Edtf, anchors: &Anchors) -> When {
    if !edtf.as_str().contains(NO_YEAR) {
        let bounds = edtf.bounds();
        let precision =
            if edtf.as_str().contains('T') { DatePrecision::TimeKnown } else { precision_of(bounds) };
        return when(Some(edtf.clone()), bounds, precision, Basis::Stated, Anchor::Unknown);
    }
    let Some(yearless) = Yearless::new(edtf.as_str()) else { return unresolved(edtf, Bounds::default()) };
    if let Some(dated) = anchors.year_from_text.and_then(|year| yearless.starting_in(year)) {
        return dated.when("year-from-text", Anchor::Unknown);
    }
    let published = anchors.published_bounds();
    let latest = published.latest.and_then(|day| yearless.last_begun_by(day));
    let earliest = published.earliest.and_then(|day| yearless.last_begun_by(day));
    match (earliest, latest) {
        (Some(first), Some(last)) if anchors.is_published_known() && first == last => {
            last.when("year-before-publication", Anchor::DocumentPublished)
        }
        (Some(first), Some(last)) if anchors.is_published_known() => {
            unresolved(edtf, Bounds { earliest: first.bounds().earliest, latest: last.bounds().latest })
        }
        (_, last) => {
            unresolved(edtf, Bounds { earliest: None, latest: last.and_then(|dated| dated.bounds().latest) })
        }
    }
}

/// A date whose year stays open; the EDTF keeps its `XXXX`.
fn unresolved(edtf: &Edtf, bounds: Bounds) -> When {
    when(Some(edtf.clone()), bounds, DatePrecision::Unknown, Basis::Stated, Anchor::Unknown)
}

fn when(edtf: Option<Edtf>, bounds: Bounds, precision: DatePrecision, basis: Basis, anchor: Anchor) -> When {
    When { edtf, bounds, precision, anchor, time_of_day: None, basis }
}

/// A date or a range without a year: `XXXX-09-30`, `XXXX-12`, `XXXX-11-30/XXXX-01-05`.
struct Yearless<'a> {
    start: &'a str,
    end: Option<&'a str>,
}

/// The same with its years.
#[derive(Debug, Clone, PartialEq)]
struct Dated(Edtf);

impl<'a> Yearless<'a> {
    fn new(edtf: &'a str) -> Option<Self> {
        let (start, end) = edtf.split_once('/').map_or((edtf, None), |(start, end)| (start, Some(end)));
        start.starts_with(NO_YEAR).then_some(Self { start, end })
    }

    /// With this year at its start; a range whose end comes earlier in the year ends in the next.
    fn starting_in(&self, year: i16) -> Option<Dated> {
        let start = in_year(self.start, year)?;
        let text = match self.end {
            None => start.as_str().to_owned(),
            Some(open @ (".." | "")) => format!("{start}/{open}"),
            Some(end) => {
                let same = in_year(end, year)?;
                let turns = same.bounds().latest < start.bounds().earliest;
                let end = if turns { in_year(end, year + 1)? } else { same };
                format!("{start}/{end}")
            }
        };
        Edtf::new(&text).ok().map(Dated)
    }

    /// The last such date that had begun by a day, the end of a range included: news tells what was.
    fn last_begun_by(&self, day: Day) -> Option<Dated> {
        (0..=LEAP_CYCLE).filter_map(|back| self.starting_in(day.year() - back)).find(|dated| {
            let bounds = dated.bounds();
            let begun = |edge: Option<Day>| edge.is_none_or(|edge| edge <= day);
            // Of a range of days the end must have been; of a month its first day is enough.
            match self.end.and_then(|end| in_year_of(end, bounds.latest)) {
                Some(end) => begun(end.bounds().earliest),
                None => begun(bounds.earliest),
            }
        })
    }
}

impl Dated {
    fn bounds(&self) -> Bounds {
        self.0.bounds()
    }

    fn when(self, rule: &str, anchor: Anchor) -> When {
        let bounds = self.bounds();
        when(Some(self.0), bounds, precision_of(bounds), Basis::inferred(rule), anchor)
    }
}

fn in_year(text: &str, year: i16) -> Option<Edtf> {
    Edtf::new(&text.replacen(NO_YEAR, &format!("{year:04}"), 1)).ok()
}

fn in_year_of(text: &str, day: Option<Day>) -> Option<Edtf> {
    in_year(text, day?.year())
}

/// The day so many days away; at the ends of the calendar the day itself.
pub(super) fn days_from(day: Day, days: i64) -> Day {
    day.checked_add(days.days()).unwrap_or(day)
}
