//! Rates: a figure per 100,000 people of a place, where somebody sourced how many people those were; else none.
//!
//! A rate carries the doubt of both of its numbers: the least over the most people, to the most over the fewest. Sources
//! that differ about the people widen it, an open upper end stays open, and nobody's number is guessed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sijil_model::codebook::Class;
use sijil_model::date::Edtf;
use sijil_model::{Coded, Interval, Language, PlaceId, Upper};

use crate::figure::Tally;

/// Per how many people rates are.
pub const PER: u64 = 100_000;

/// Parts of one of [`PER`] that are kept: rates are whole thousandths, the lower end rounded down and the upper one up, and
/// a rate of exact numbers to the nearest.
const PARTS: u64 = 1000;

/// How many people there were, by a source: an entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// The entry by which it was noted.
    pub id: String,
    /// Where.
    pub place: PlaceId,
    /// Whom it counts; total is everybody.
    pub class: Class,
    /// The time for which the source gives it.
    pub period: Edtf,
    /// How many.
    pub people: Interval,
    /// Who says so: a source of the register by its code, or a document by its id.
    pub source: String,
    /// Where in the source, in the recorder's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cited: Option<String>,
}

/// A figure per so many people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Per how many people.
    pub per: u64,
    /// Of whom.
    pub of: Class,
    /// Of what is certainly inside.
    #[serde(flatten)]
    pub inside: Ends,
    /// Of what is possibly inside, apart.
    pub possibly_inside: Ends,
    /// How many people there are by all sources together, the places of the question added up.
    pub people: Interval,
    /// What that rests on.
    pub populations: Vec<Population>,
}

/// The ends of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ends {
    /// The lower end; `None` is not known.
    pub min: Option<f64>,
    /// The upper end.
    pub max: End,
}

/// The upper end of a rate: in JSON a number, `"open"` or null.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// A number.
    Known(f64),
    /// More is possible, and nobody says how much.
    Open,
    /// Not known.
    Unknown,
}

impl Serialize for End {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            End::Known(number) => out.serialize_f64(*number),
            End::Open => out.serialize_str("open"),
            End::Unknown => out.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for End {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Number(f64),
            Word(String),
        }
        match Option::<Said>::deserialize(input)? {
            None => Ok(End::Unknown),
            Some(Said::Number(number)) => Ok(End::Known(number)),
            Some(Said::Word(word)) if word == "open" => Ok(End::Open),
            Some(Said::Word(word)) => Err(serde::de::Error::custom(format!("`{word}` is no end of a rate"))),
        }
    }
}

impl Rate {
    /// The sums of what is inside and of what is possibly inside over a number of people.
    pub(crate) fn of(
        of: Class,
        (inside, possibly_inside): (&Tally, &Tally),
        people: Interval,
        populations: Vec<&Population>,
    ) -> Self {
        Self {
            per: PER,
            of,
            inside: Ends::of(inside, people),
            possibly_inside: Ends::of(possibly_inside, people),
            people,
            populations: populations.into_iter().cloned().collect(),
        }
    }
}

impl Ends {
    /// The least over the most people, to the most over the fewest; one number where both are exact.
    fn of(tally: &Tally, people: Interval) -> Self {
        let exact = tally.min.map(Upper::Known) == Some(tally.max)
            && people.min().map(Upper::Known) == Some(people.max());
        let thousandths = |number: u64, of: u64, up: bool| {
            let of = u128::from(of.max(1));
            let parts = u128::from(number) * u128::from(PER * PARTS);
            let whole = match (exact, up) {
                (true, _) => (parts + of / 2) / of,
                (false, true) => parts.div_ceil(of),
                (false, false) => parts / of,
            };
            whole as f64 / PARTS as f64
        };
        let min = match (tally.min, people.max()) {
            (Some(min), Upper::Known(most)) => Some(thousandths(min, most, false)),
            _ => None,
        };
        let max = match (tally.max, people.min()) {
            (Upper::Known(max), Some(fewest)) if fewest > 0 => End::Known(thousandths(max, fewest, true)),
            (Upper::Known(_) | Upper::Open, _) => End::Open,
            (Upper::Unknown, _) => End::Unknown,
        };
        Self { min, max }
    }

    /// The two ends as they are printed, rounded away from each other to three digits or so; `None` where an end is no
    /// number.
    pub fn printed(self) -> (Option<String>, Option<String>) {
        let max = if let End::Known(max) = self.max { Some(max) } else { None };
        match (self.min, max) {
            (Some(min), Some(max)) if min == max => {
                let one = Some(rounded(min, f64::round));
                (one.clone(), one)
            }
            (min, max) => (min.map(|min| rounded(min, f64::floor)), max.map(|max| rounded(max, f64::ceil))),
        }
    }

    /// The rate in words: "12.3 to 15.6", "at least 12.3".
    pub fn text(self, language: Language) -> String {
        match (self.printed(), language) {
            ((Some(low), Some(high)), _) if low == high => low,
            ((Some(low), Some(high)), Language::En) => format!("{low} to {high}"),
            ((Some(low), Some(high)), Language::Ar) => format!("من {low} إلى {high}"),
            ((Some(low), None), Language::En) => format!("at least {low}"),
            ((Some(low), None), Language::Ar) => format!("{low} على الأقل"),
            ((None, Some(high)), Language::En) => format!("at most {high}"),
            ((None, Some(high)), Language::Ar) => format!("{high} على الأكثر"),
            ((None, None), Language::En) => "not known".to_owned(),
            ((None, None), Language::Ar) => "غير معروف".to_owned(),
        }
    }
}

/// One digit behind the point from 10 on, two from 1 on, else three.
fn rounded(rate: f64, round: fn(f64) -> f64) -> String {
    let digits = if rate >= 10.0 {
        1
    } else if rate >= 1.0 {
        2
    } else {
        3
    };
    let scale = 10_f64.powi(digits as i32);
    // A whole number of thousandths: what lies beyond them is the error of binary fractions.
    let thousandths = (rate * PARTS as f64).round();
    format!("{:.digits$}", round(thousandths * scale / PARTS as f64) / scale)
}

/// The people of a class as a noun in English.
pub(crate) fn people_in_words(of: Class) -> &'static str {
    match of {
        Class::Total | Class::PersonsUnspecified => "people",
        Class::Men => "men",
        Class::Women => "women",
        Class::Children => "children",
        Class::Boys => "boys",
        Class::Girls => "girls",
        Class::Infants => "infants",
        Class::OlderPersons => "older people",
    }
}

/// "per 100,000 people", in the reader's language.
pub fn per_in_words(of: Class, language: Language) -> String {
    match (language, of) {
        (Language::En, of) => format!("per 100,000 {}", people_in_words(of)),
        (Language::Ar, Class::Total) => "لكل 100,000 شخص".to_owned(),
        (Language::Ar, of) => format!("لكل 100,000 من {}", of.label(language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(min: Option<u64>, max: Upper) -> Tally {
        let mut adder = crate::counting::Adder::default();
        let interval = Interval::new(min, None, max).unwrap();
        adder.add(interval, std::iter::empty::<&crate::NamedPerson>());
        adder.tally()
    }

    #[test]
    fn the_ends_carry_both_doubts_and_open_ends_stay_open() {
        let people = Interval::new(Some(80_000), None, Upper::Known(120_000)).unwrap();
        let rate = Ends::of(&tally(Some(14), Upper::Known(20)), people);
        assert_eq!((rate.min, rate.max), (Some(11.666), End::Known(25.0)));
        assert_eq!(rate.text(Language::En), "11.6 to 25.0");
        let open = Ends::of(&tally(Some(14), Upper::Open), people);
        assert_eq!((open.max, open.text(Language::Ar).as_str()), (End::Open, "11.6 على الأقل"));
        let unbounded = Ends::of(&tally(Some(14), Upper::Known(14)), Interval::at_least(80_000));
        assert_eq!(unbounded.text(Language::En), "at most 17.5");
        assert_eq!(Ends::of(&tally(None, Upper::Unknown), people).text(Language::En), "not known");
    }

    #[test]
    fn exact_numbers_give_one_rate() {
        let rate = Ends::of(&tally(Some(1), Upper::Known(1)), Interval::exactly(300_000));
        assert_eq!(rate.text(Language::En), "0.333");
        let large = Ends::of(&tally(Some(41), Upper::Known(41)), Interval::exactly(99_000));
        assert_eq!(large.text(Language::En), "41.4");
        let range = Ends::of(&tally(Some(1), Upper::Known(2)), Interval::exactly(100_000_000));
        assert_eq!(range.text(Language::En), "0.001 to 0.002");
    }

    #[test]
    fn an_end_survives_json() {
        for end in [End::Known(1.25), End::Open, End::Unknown] {
            let json = serde_json::to_string(&end).unwrap();
            assert_eq!(serde_json::from_str::<End>(&json).unwrap(), end);
        }
    }
}
