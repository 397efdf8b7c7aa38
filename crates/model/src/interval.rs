//! Intervals with a memory, and how they add up.
//!
//! Unknown is not zero, and an open end stays open through every sum.

use serde::{Deserialize, Serialize, Serializer};

use crate::ModelError;

/// The upper end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upper {
    /// A number: nobody credible says more.
    Known(u64),
    /// Certainly at least the minimum, and nobody knows how many more ("at least 14").
    Open,
    /// Nothing was said.
    Unknown,
}

impl Upper {
    /// A sum's upper end: a number only if both are, open if either is open, else unknown.
    pub fn plus(self, other: Upper) -> Upper {
        match (self, other) {
            (Upper::Known(a), Upper::Known(b)) => Upper::Known(a.saturating_add(b)),
            (Upper::Open, _) | (_, Upper::Open) => Upper::Open,
            _ => Upper::Unknown,
        }
    }
}

impl Serialize for Upper {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Upper::Known(n) => out.serialize_u64(*n),
            Upper::Open => out.serialize_str("open"),
            Upper::Unknown => out.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Upper {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Number(u64),
            Word(String),
        }
        match Option::<Raw>::deserialize(input)? {
            None => Ok(Upper::Unknown),
            Some(Raw::Number(n)) => Ok(Upper::Known(n)),
            Some(Raw::Word(word)) if word == "open" => Ok(Upper::Open),
            Some(Raw::Word(word)) => Err(serde::de::Error::custom(format!("`{word}` is no upper end"))),
        }
    }
}

/// How many, from what was said: `min` to `max`, and the largest number that anybody stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    min: Option<u64>,
    highest_reported: Option<u64>,
    max: Upper,
}

impl Interval {
    /// Nothing was said.
    pub const UNKNOWN: Interval = Interval { min: None, highest_reported: None, max: Upper::Unknown };

    /// An interval; refused when it runs backwards. Nobody's largest number is below the lower end: "more than ten" is
    /// eleven at least.
    pub fn new(min: Option<u64>, highest_reported: Option<u64>, max: Upper) -> Result<Self, ModelError> {
        if let (Some(low), Upper::Known(high)) = (min, max)
            && low > high
        {
            return Err(ModelError::BackwardsRange { min: low, max: high });
        }
        Ok(Self { min, highest_reported: highest_reported.max(highest_reported.and(min)), max })
    }

    /// Exactly `n`.
    pub fn exactly(n: u64) -> Self {
        Self { min: Some(n), highest_reported: Some(n), max: Upper::Known(n) }
    }

    /// At least `n`, the upper end open.
    pub fn at_least(n: u64) -> Self {
        Self { min: Some(n), highest_reported: None, max: Upper::Open }
    }

    /// The lower end; `None` is unknown, which is not zero.
    pub fn min(self) -> Option<u64> {
        self.min
    }

    /// The largest number that anybody stated; `None` where nobody stated one.
    pub fn highest_reported(self) -> Option<u64> {
        self.highest_reported
    }

    /// The upper end.
    pub fn max(self) -> Upper {
        self.max
    }

    /// Raises the lower end to `floor` where it is lower, and the upper end with it.
    ///
    /// Returns whether a known upper end had to move: the records then contradict each other and a check must say so.
    pub fn raised_to(self, floor: u64) -> (Self, bool) {
        if floor == 0 || self.min.is_some_and(|min| min >= floor) {
            return (self, false);
        }
        let (max, moved) = match self.max {
            Upper::Known(high) if high < floor => (Upper::Known(floor), true),
            Upper::Unknown => (Upper::Open, false),
            other => (other, false),
        };
        let highest_reported = self.highest_reported.map(|highest| highest.max(floor));
        (Self { min: Some(floor), highest_reported, max }, moved)
    }
}

/// The sum of intervals, with the ends that are not known counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Sum of the lower ends that are known.
    pub min: u64,
    /// Sum of the largest stated numbers; an interval's minimum where nobody stated more.
    pub highest_reported: u64,
    /// A number only if all are, open if any is open, else unknown.
    pub max: Upper,
    /// How many upper ends are open.
    pub open_ends: u64,
    /// How many intervals have no number at all.
    pub unknown: u64,
    /// How many intervals were added.
    pub incidents: u64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { min: 0, highest_reported: 0, max: Upper::Known(0), open_ends: 0, unknown: 0, incidents: 0 }
    }
}

impl Sum {
    /// Adds one interval.
    pub fn add(&mut self, interval: Interval) {
        let low = interval.min.unwrap_or(0);
        self.min = self.min.saturating_add(low);
        self.highest_reported =
            self.highest_reported.saturating_add(interval.highest_reported.unwrap_or(low).max(low));
        self.max = self.max.plus(interval.max);
        self.open_ends += u64::from(interval.max == Upper::Open);
        self.unknown += u64::from(interval.min.is_none());
        self.incidents += 1;
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: Sum) {
        self.min = self.min.saturating_add(other.min);
        self.highest_reported = self.highest_reported.saturating_add(other.highest_reported);
        self.max = self.max.plus(other.max);
        self.open_ends += other.open_ends;
        self.unknown += other.unknown;
        self.incidents += other.incidents;
    }
}

impl FromIterator<Interval> for Sum {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        let mut sum = Sum::default();
        for interval in intervals {
            sum.add(interval);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The design's table: what the upper end of a sum is, for every pair.
    #[test]
    fn the_sum_table() {
        use Upper::{Known, Open, Unknown};
        for (a, b, sum) in [
            (Known(1), Known(2), Known(3)),
            (Known(1), Open, Open),
            (Known(1), Unknown, Unknown),
            (Open, Open, Open),
            (Open, Unknown, Open),
            (Unknown, Unknown, Unknown),
        ] {
            assert_eq!(a.plus(b), sum, "{a:?} + {b:?}");
            assert_eq!(b.plus(a), sum, "{b:?} + {a:?}");
        }
    }

    #[test]
    fn an_incident_without_a_number_adds_nothing_and_is_counted() {
        let sum: Sum = [
            Interval::exactly(4),
            Interval::new(Some(10), Some(10), Upper::Open).unwrap(),
            Interval::UNKNOWN,
        ]
        .into_iter()
        .collect();
        assert_eq!((sum.min, sum.highest_reported, sum.max), (14, 14, Upper::Open));
        assert_eq!((sum.open_ends, sum.unknown, sum.incidents), (1, 1, 3));
    }

    #[test]
    fn a_floor_above_the_known_end_is_a_contradiction_that_is_told() {
        assert!(Interval::exactly(2).raised_to(3).1);
        assert_eq!(
            Interval::UNKNOWN.raised_to(3),
            (Interval { min: Some(3), highest_reported: None, max: Upper::Open }, false)
        );
    }

    #[test]
    fn open_and_unknown_are_told_apart_in_json() {
        let json = serde_json::to_string(&Interval::at_least(4)).unwrap();
        assert_eq!(json, r#"{"min":4,"highest_reported":null,"max":"open"}"#);
        assert_eq!(serde_json::from_str::<Interval>(&json).unwrap(), Interval::at_least(4));
        assert_eq!(serde_json::to_value(Interval::UNKNOWN).unwrap()["max"], serde_json::Value::Null);
    }
}
