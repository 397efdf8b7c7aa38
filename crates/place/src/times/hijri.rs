//! Hijri dates by the Umm al-Qura calendar, both ways.
//!
//! The calendar is Saudi Arabia's, and what is printed elsewhere may be a day off, for the month is sighted. So a Hijri
//! day is read as three days, never one, and the rule says by which calendar. The months are those of its almanacs from
//! 1343 to 1500 AH (`data/umm_al_qura.csv`: from 1356 after R. H. van Gent, "The Umm al-Qura Calendar of Saudi Arabia",
//! before after hijridate of PyPI). No almanac of earlier years is kept, and what others compute for them (ICU, Java)
//! is up to two days off the printed ones where there are any, so a date before 1343 stays unread.

use std::sync::LazyLock;

use sijil_model::codebook::DatePrecision;
use sijil_model::date::HijriDate;
use sijil_model::{Anchor, Basis, Bounds, Day, When};

use super::calendar::days_from;
use super::{Anchors, days_between, edtf_of, precision_of};

/// The first year of the table.
const FIRST_YEAR: u16 = 1343;
/// The civil day on which it begins.
const FIRST_DAY: Day = jiff::civil::date(1924, 8, 1);
/// Days that another country's calendar may lie beside this one.
const BESIDE: i64 = 1;

/// Days from [`FIRST_DAY`] to the first of each month, and to the day after the last.
static MONTHS: LazyLock<Vec<i64>> = LazyLock::new(|| {
    // A test reads every line.
    let lines =
        include_str!("../../data/umm_al_qura.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    let lengths =
        lines.flat_map(|(_, months)| months.split(' ')).map(|days| days.parse::<i64>().unwrap_or(0));
    let ends = lengths.scan(0, |end, days| {
        *end += days;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
});

/// The civil day of a Hijri day; `None` for a day that the calendar does not have.
pub fn to_civil(year: u16, month: u8, day: u8) -> Option<Day> {
    let (first, next) = month_of(year, month)?;
    let (first, day) = (first + i64::from(day) - 1, i64::from(day));
    (day >= 1 && first < next).then(|| days_from(FIRST_DAY, first))
}

/// The Hijri day of a civil day; `None` outside the years of the table.
pub fn from_civil(day: Day) -> Option<HijriDate> {
    let days = i64::from(days_between(FIRST_DAY, day));
    let month = MONTHS.partition_point(|first| *first <= days).checked_sub(1)?;
    let first = MONTHS.get(month).filter(|_| month + 1 < MONTHS.len())?;
    Some(HijriDate {
        year: Some(FIRST_YEAR + u16::try_from(month / 12).ok()?),
        month: u8::try_from(month % 12).ok()? + 1,
        day: u8::try_from(days - first + 1).ok(),
    })
}

/// Where a month and the next one begin, in days from [`FIRST_DAY`].
fn month_of(year: u16, month: u8) -> Option<(i64, i64)> {
    let months = usize::from(year.checked_sub(FIRST_YEAR)?) * 12 + usize::from(month.checked_sub(1)?);
    let known = (1..=12).contains(&month);
    known.then(|| Some((*MONTHS.get(months)?, *MONTHS.get(months + 1)?))).flatten()
}

/// Reads a Hijri date: with its year as it is, without one as the last that had begun when the document was published.
pub(super) fn read(said: &HijriDate, anchors: &Anchors) -> When {
    if let Some(year) = said.year {
        return match days(said, year) {
            Some(bounds) => fixed(bounds, "hijri-umm-al-qura", Anchor::Unknown),
            None => unresolved(Bounds::default()),
        };
    }
    let published = anchors.published_bounds();
    let latest = published.latest.and_then(|day| last_begun_by(said, day));
    let earliest = published.earliest.and_then(|day| last_begun_by(said, day));
    match (earliest, latest) {
        (Some(first), Some(last)) if first == last && anchors.is_published_known() => {
            fixed(last, "hijri-year-before-publication", Anchor::DocumentPublished)
        }
        (Some(first), Some(last)) if anchors.is_published_known() => {
            unresolved(Bounds { earliest: first.earliest, latest: last.latest })
        }
        (_, last) => unresolved(Bounds { earliest: None, latest: last.and_then(|bounds| bounds.latest) }),
    }
}

/// The civil days that a date may mean in this Hijri year.
fn days(said: &HijriDate, year: u16) -> Option<Bounds> {
    let (first, last) = match said.day {
        Some(day) => to_civil(year, said.month, day).map(|day| (day, day))?,
        None => {
            let (first, next) = month_of(year, said.month)?;
            (days_from(FIRST_DAY, first), days_from(FIRST_DAY, next - 1))
        }
    };
    Some(Bounds { earliest: Some(days_from(first, -BESIDE)), latest: Some(days_from(last, BESIDE)) })
}

fn last_begun_by(said: &HijriDate, day: Day) -> Option<Bounds> {
    let year = from_civil(day)?.year?;
    let has_begun = |bounds: &Bounds| bounds.earliest.is_some_and(|first| days_from(first, BESIDE) <= day);
    // A thirtieth that a month lacks one year comes within the next few.
    (0..8).filter_map(|back| days(said, year - back)).find(has_begun)
}

fn fixed(bounds: Bounds, rule: &str, anchor: Anchor) -> When {
    When {
        edtf: edtf_of(bounds),
        bounds,
        precision: precision_of(bounds),
        anchor,
        time_of_day: None,
        basis: Basis::inferred(rule),
    }
}

fn unresolved(bounds: Bounds) -> When {
    When {
        edtf: None,
        bounds,
        precision: DatePrecision::Unknown,
        anchor: Anchor::Unknown,
        time_of_day: None,
        basis: Basis::Stated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_of_the_table_has_twelve_months() {
        let years: Vec<(u16, Vec<u8>)> = include_str!("../../data/umm_al_qura.csv")
            .lines()
            .skip(1)
            .map(|line| line.split_once(',').unwrap())
            .map(|(year, months)| {
                (year.parse().unwrap(), months.split(' ').map(|days| days.parse().unwrap()).collect())
            })
            .collect();
        assert!(years.iter().map(|(year, _)| *year).eq(FIRST_YEAR..=1500));
        assert!(years.iter().all(|(_, months)| months.len() == 12));
        // A month of 28 or 31 days is an almanac's correction.
        assert!(years.iter().flat_map(|(_, months)| months).all(|days| (28..=31).contains(days)));
    }

    #[test]
    fn known_days() {
        for (hijri, civil) in
            [((1436, 9, 1), "2015-06-18"), ((1446, 6, 1), "2024-12-02"), ((1500, 12, 30), "2077-11-16")]
        {
            let day: Day = civil.parse().unwrap();
            assert_eq!(to_civil(hijri.0, hijri.1, hijri.2), Some(day));
            let back = HijriDate { year: Some(hijri.0), month: hijri.1, day: Some(hijri.2) };
            assert_eq!(from_civil(day), Some(back));
        }
        for (year, month, day) in
            [(1342, 12, 29), (1501, 1, 1), (1436, 13, 1), (1436, 0, 1), (1436, 9, 31), (1436, 9, 0)]
        {
            assert_eq!(to_civil(year, month, day), None, "{year}-{month}-{day}");
        }
        assert_eq!(from_civil("1924-07-31".parse().unwrap()), None);
        assert_eq!(from_civil("2077-11-17".parse().unwrap()), None);
    }

    #[test]
    fn every_day_leads_back() {
        let mut day = FIRST_DAY;
        let mut last = None;
        while let Some(hijri) = from_civil(day) {
            let key = (hijri.year, hijri.month, hijri.day);
            assert!(last < Some(key));
            assert_eq!(to_civil(hijri.year.unwrap(), hijri.month, hijri.day.unwrap()), Some(day));
            (last, day) = (Some(key), days_from(day, 1));
        }
        assert_eq!(day, "2077-11-17".parse().unwrap());
    }
}
