//! Times: as said in a text ([`TimeExpression`]), and as read with an anchor ([`When`]).

use std::fmt;
use std::str::FromStr;

use edtf_core::{Bound, Edtf as Parsed};
use serde::{Deserialize, Serialize};

use crate::ModelError;
use crate::codebook::{DatePrecision, TimeOfDay};

/// A civil day.
pub type Day = jiff::civil::Date;

/// A date in EDTF (ISO 8601-2, level 1 with parts of level 2), checked when it is made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf(String);

impl Edtf {
    /// Checks and keeps an EDTF text.
    pub fn new(text: &str) -> Result<Self, ModelError> {
        match Parsed::parse(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(cause) => Err(ModelError::BadDate { text: text.to_owned(), cause: cause.to_string() }),
        }
    }

    /// One whole day.
    pub fn day(day: Day) -> Self {
        Self(day.to_string())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last day that the date may mean; an end is `None` where it is open or its year is not known.
    pub fn bounds(&self) -> Bounds {
        let Ok(parsed) = Parsed::parse(&self.0) else { return Bounds::default() };
        let bounds = parsed.bounds();
        Bounds { earliest: day_of(bounds.earliest), latest: day_of(bounds.latest) }
    }
}

fn day_of(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(date) => Day::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok(),
        _ => None,
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Edtf {
    type Err = ModelError;
    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::new(text)
    }
}

impl TryFrom<String> for Edtf {
    type Error = ModelError;
    fn try_from(text: String) -> Result<Self, ModelError> {
        Self::new(&text)
    }
}

impl From<Edtf> for String {
    fn from(edtf: Edtf) -> String {
        edtf.0
    }
}

/// The first and the last day on which something may have happened; `None` where there is no such limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Not before this day.
    pub earliest: Option<Day>,
    /// Not after this day.
    pub latest: Option<Day>,
}

/// Whether something lies in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Certainly.
    Inside,
    /// It cannot be told.
    PossiblyInside,
    /// Certainly not.
    Outside,
}

/// Which of two times came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeOrder {
    /// The first came before the second, certainly.
    Before,
    /// The first came after the second, certainly.
    After,
    /// They may overlap, or nobody can tell.
    MayOverlap,
}

impl Bounds {
    /// A single day.
    pub fn on(day: Day) -> Self {
        Self { earliest: Some(day), latest: Some(day) }
    }

    /// Where these bounds lie against a period: inside, possibly inside or outside.
    pub fn within(self, period: Bounds) -> Membership {
        let before = matches!((self.latest, period.earliest), (Some(last), Some(first)) if last < first);
        let after = matches!((self.earliest, period.latest), (Some(first), Some(last)) if first > last);
        if before || after {
            return Membership::Outside;
        }
        let starts_inside = match (self.earliest, period.earliest) {
            (_, None) => true,
            (Some(first), Some(limit)) => first >= limit,
            (None, Some(_)) => false,
        };
        let ends_inside = match (self.latest, period.latest) {
            (_, None) => true,
            (Some(last), Some(limit)) => last <= limit,
            (None, Some(_)) => false,
        };
        if starts_inside && ends_inside { Membership::Inside } else { Membership::PossiblyInside }
    }

    /// Which came first, where the bounds tell.
    pub fn order(self, other: Bounds) -> TimeOrder {
        let ends_before = |one: Bounds, other: Bounds| matches!((one.latest, other.earliest), (Some(last), Some(first)) if last < first);
        match (ends_before(self, other), ends_before(other, self)) {
            (true, _) => TimeOrder::Before,
            (_, true) => TimeOrder::After,
            _ => TimeOrder::MayOverlap,
        }
    }

    /// The days that both allow; `None` where they contradict each other.
    pub fn narrowed_by(self, other: Bounds) -> Option<Bounds> {
        let earliest = self.earliest.max(other.earliest);
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (earliest, latest) {
            (Some(first), Some(last)) if first > last => None,
            _ => Some(Bounds { earliest, latest }),
        }
    }
}

impl Serialize for Bounds {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let days = [self.earliest, self.latest];
        if out.is_human_readable() {
            days.serialize(out)
        } else {
            days.map(|day| day.map(packed)).serialize(out)
        }
    }
}

impl<'de> Deserialize<'de> for Bounds {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let [earliest, latest] = if input.is_human_readable() {
            <[Option<Day>; 2]>::deserialize(input)?
        } else {
            let [first, last] = <[Option<i32>; 2]>::deserialize(input)?;
            let day =
                |packed: Option<i32>| packed.map(unpacked).transpose().map_err(serde::de::Error::custom);
            [day(first)?, day(last)?]
        };
        Ok(Bounds { earliest, latest })
    }
}

/// A day as one number for formats that nobody reads: 512 a year, 32 a month. Large registers read days by the ten thousand.
fn packed(day: Day) -> i32 {
    i32::from(day.year()) * 512 + i32::from(day.month()) * 32 + i32::from(day.day())
}

fn unpacked(packed: i32) -> Result<Day, jiff::Error> {
    let (year, rest) = (packed.div_euclid(512), packed.rem_euclid(512));
    // A year that no calendar holds is refused below; months and days are below 16 and 32.
    Day::new(i16::try_from(year).unwrap_or(i16::MAX), (rest / 32) as i8, (rest % 32) as i8)
}

/// What a relative date counts from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The day on which the document was published.
    DocumentPublished,
    /// The day on which it was captured.
    DocumentCaptured,
    /// Another event that the text names ("two days after the strike").
    OtherEvent,
    /// The date needs no anchor, or it is not known which it has.
    #[default]
    Unknown,
}

/// A unit of relative time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the units speak for themselves")]
pub enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// How many units, as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Amount {
    /// "two days ago", "yesterday" (1), "today" (0)
    Exact {
        /// How many.
        n: u32,
    },
    /// "a few days ago"
    Few,
    /// "several weeks ago"
    Several,
    /// "recently", "lately": no amount at all.
    Unsaid,
}

/// Which way from the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Before the anchor.
    Past,
    /// After the anchor.
    Future,
}

/// A time told by its distance from an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relative {
    /// Days, weeks, …
    pub unit: Unit,
    /// How many of them.
    #[serde(flatten)]
    pub amount: Amount,
    /// Before or after the anchor.
    pub direction: Direction,
    /// Whether the whole stretch up to the anchor is meant ("in the past month") and not a moment that far away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_stretch: bool,
}

/// A date of the Hijri calendar as said; what day it is depends on the calendar in force where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HijriDate {
    /// Anno Hegirae, where it is said.
    pub year: Option<u16>,
    /// 1 Muharram … 12 Dhu al-Hijja.
    pub month: u8,
    /// 1 to 30; none where only the month is said.
    pub day: Option<u8>,
}

/// A time as said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeExpression {
    /// A day, month, year or range; `X` stands for what is not said: `XXXX-09-30/XXXX-11-25`.
    Calendar(Edtf),
    /// A weekday, 1 Monday to 7 Sunday, in the week that the direction says.
    Weekday {
        /// 1 Monday … 7 Sunday.
        weekday: u8,
        /// "last Monday" or plain "on Monday" is past; "next Monday" is future.
        direction: Direction,
    },
    /// "few days ago", أمس
    Relative(Relative),
    /// ١٢ رمضان ١٤٣٦ هـ, "12 Ramadan 1436".
    Hijri(HijriDate),
}

/// A time as read: what is known of it, from what, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The date, where it is fixed; a date that cannot be anchored has none.
    pub edtf: Option<Edtf>,
    /// What the document allows all the same.
    pub bounds: Bounds,
    /// How fine it is.
    pub precision: DatePrecision,
    /// What a relative date counts from.
    pub anchor: Anchor,
    /// Part of the day, where one is said.
    pub time_of_day: Option<TimeOfDay>,
    /// Stated, or inferred and by which rule, or decided.
    pub basis: crate::claim::Basis,
}

impl When {
    /// Nothing is known of the time.
    pub fn unknown() -> Self {
        Self {
            edtf: None,
            bounds: Bounds::default(),
            precision: DatePrecision::Unknown,
            anchor: Anchor::Unknown,
            time_of_day: None,
            basis: crate::claim::Basis::Stated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> Bounds {
        Edtf::new(text).unwrap().bounds()
    }

    fn day(text: &str) -> Option<Day> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_day_is_one_number_and_comes_back() {
        for text in ["2031-10-05", "0000-01-01", "-0044-03-15", "9999-12-31", "-9999-01-01"] {
            let day: Day = text.parse().unwrap_or(Day::MIN);
            assert_eq!(unpacked(packed(day)).unwrap(), day, "{text}");
        }
        for nonsense in [i32::MAX, i32::MIN, 2031 * 512, 2031 * 512 + 13 * 32 + 1] {
            assert!(unpacked(nonsense).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn bounds_of_partial_and_open_dates() {
        assert_eq!(bounds("2031-10"), Bounds { earliest: day("2031-10-01"), latest: day("2031-10-31") });
        assert_eq!(bounds("2031/.."), Bounds { earliest: day("2031-01-01"), latest: None });
        assert_eq!(
            bounds("2031-09-30/2031-11-25"),
            Bounds { earliest: day("2031-09-30"), latest: day("2031-11-25") }
        );
    }

    #[test]
    fn a_date_without_a_year_has_no_bounds_of_use() {
        let unbounded = bounds("XXXX-09-30");
        assert!(unbounded.within(bounds("2031-09")) == Membership::PossiblyInside, "{unbounded:?}");
    }

    #[test]
    fn membership_has_three_answers() {
        let october = bounds("2031-10");
        assert_eq!(bounds("2031-10-05").within(october), Membership::Inside);
        assert_eq!(bounds("2031-09-28/2031-10-02").within(october), Membership::PossiblyInside);
        assert_eq!(bounds("2031-11-01").within(october), Membership::Outside);
        assert_eq!(Bounds::default().within(october), Membership::PossiblyInside);
        assert_eq!(Bounds::default().within(Bounds::default()), Membership::Inside);
    }

    #[test]
    fn bounds_narrow_or_contradict() {
        assert_eq!(
            bounds("2031-10").narrowed_by(bounds("2031-10-05/..")).unwrap().earliest,
            day("2031-10-05")
        );
        assert_eq!(bounds("2031-10").narrowed_by(bounds("2031-11")), None);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(Edtf::new("yesterday").is_err());
        assert!(Edtf::new("2031-13-01").is_err());
    }
}
