//! An interval in words that never close an open end.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::CountUnit;
use sijil_model::units::Place;
use sijil_model::{Interval, Language, Upper};

use crate::figure::Tally;

/// What is to be printed of a number; `ends` says in how many of how many incidents the upper end is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are the ends of the interval")]
pub enum Printed {
    /// No incident is counted.
    NoIncident,
    /// No incident has a number.
    Unknown { ends: Option<Ends> },
    /// A number.
    Exactly { n: u64 },
    /// From one number to another.
    Range { min: u64, max: u64 },
    /// A number and nobody knows how many more.
    AtLeast { min: u64, ends: Option<Ends> },
}

/// In how many of how many incidents the upper end is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the type says it")]
pub struct Ends {
    pub not_known: u64,
    pub incidents: u64,
}

impl Printed {
    /// One incident's number.
    pub fn of_interval(interval: Interval) -> Self {
        match (interval.min(), interval.max()) {
            (None, _) => Printed::Unknown { ends: None },
            (Some(min), Upper::Known(max)) if min == max => Printed::Exactly { n: min },
            (Some(min), Upper::Known(max)) => Printed::Range { min, max },
            (Some(min), Upper::Open | Upper::Unknown) => Printed::AtLeast { min, ends: None },
        }
    }

    /// A figure's number.
    pub fn of_tally(tally: &Tally) -> Self {
        let ends = Ends { not_known: tally.open_ends + tally.unknown, incidents: tally.incidents };
        match (tally.min, tally.max) {
            _ if tally.incidents == 0 => Printed::NoIncident,
            (None, _) => Printed::Unknown { ends: Some(ends) },
            (Some(min), Upper::Known(max)) if min == max => Printed::Exactly { n: min },
            (Some(min), Upper::Known(max)) => Printed::Range { min, max },
            (Some(min), Upper::Open | Upper::Unknown) => Printed::AtLeast { min, ends: Some(ends) },
        }
    }

    /// The key of the message, for pages that have their own words.
    pub fn key(self) -> &'static str {
        match self {
            Printed::NoIncident => "figure-no-incident",
            Printed::Unknown { .. } => "figure-unknown",
            Printed::Exactly { .. } => "figure-exactly",
            Printed::Range { .. } => "figure-range",
            Printed::AtLeast { .. } => "figure-at-least",
        }
    }

    /// The words: "at least 14; upper end not known in 2 of 3 incidents".
    pub fn text(self, language: Language) -> String {
        let en = language == Language::En;
        let tail = |ends: Option<Ends>| ends.map(|ends| ends.text(language)).unwrap_or_default();
        match self {
            Printed::NoIncident if en => "no incident".to_owned(),
            Printed::NoIncident => "لا حوادث".to_owned(),
            Printed::Unknown { ends: None } if en => "not known".to_owned(),
            Printed::Unknown { ends: None } => "غير معروف".to_owned(),
            Printed::Unknown { ends: Some(ends) } if en => {
                format!("not known: no number in {}", incidents(ends.incidents, language))
            }
            Printed::Unknown { ends: Some(ends) } => {
                format!("غير معروف: لا رقم في {}", incidents(ends.incidents, language))
            }
            Printed::Exactly { n } => n.to_string(),
            Printed::Range { min, max } if en => format!("{min} to {max}"),
            Printed::Range { min, max } => format!("من {min} إلى {max}"),
            Printed::AtLeast { min, ends } if en => format!("at least {min}{}", tail(ends)),
            Printed::AtLeast { min, ends } => format!("{min} على الأقل{}", tail(ends)),
        }
    }
}

impl Ends {
    fn text(self, language: Language) -> String {
        let Ends { not_known, incidents: of } = self;
        match language {
            Language::En if of == 1 => "; upper end not known".to_owned(),
            Language::En => format!("; upper end not known in {not_known} of {}", incidents(of, language)),
            Language::Ar if of == 1 => "؛ الحد الأعلى غير معروف".to_owned(),
            Language::Ar if of == not_known => {
                format!("؛ الحد الأعلى غير معروف في {}", incidents(of, language))
            }
            Language::Ar => {
                format!("؛ الحد الأعلى غير معروف في {not_known} من أصل {}", incidents(of, language))
            }
        }
    }
}

/// So many incidents, as they stand after "in" or "of".
fn incidents(n: u64, language: Language) -> String {
    CountUnit::Incidents.counted(n, &n.to_string(), language, Place::After)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::Adder;

    fn printed(intervals: &[Interval]) -> Printed {
        let mut adder = Adder::default();
        intervals.iter().for_each(|interval| adder.add(*interval, std::iter::empty::<&crate::NamedPerson>()));
        Printed::of_tally(&adder.tally())
    }

    #[test]
    fn an_open_end_is_never_closed() {
        let open = Interval::new(Some(10), Some(10), Upper::Open).unwrap();
        let seed = printed(&[Interval::exactly(4), open, Interval::UNKNOWN]);
        assert_eq!(seed.text(Language::En), "at least 14; upper end not known in 2 of 3 incidents");
        assert_eq!(seed.text(Language::Ar), "14 على الأقل؛ الحد الأعلى غير معروف في 2 من أصل 3 حوادث");
        assert_eq!(
            printed(&[Interval::exactly(4), Interval::UNKNOWN]).text(Language::En),
            "at least 4; upper end not known in 1 of 2 incidents"
        );
    }

    #[test]
    fn no_number_is_not_zero() {
        assert_eq!(printed(&[]).text(Language::En), "no incident");
        assert_eq!(printed(&[Interval::UNKNOWN]).text(Language::En), "not known: no number in 1 incident");
        assert_eq!(printed(&[Interval::exactly(0)]).text(Language::En), "0");
        assert_eq!(Printed::of_interval(Interval::UNKNOWN).text(Language::Ar), "غير معروف");
    }

    #[test]
    fn arabic_counts_its_nouns() {
        let forms: Vec<String> = [1, 2, 3, 10, 11, 100, 103].map(|n| incidents(n, Language::Ar)).into();
        assert_eq!(
            forms,
            ["حادثة واحدة", "حادثتين", "3 حوادث", "10 حوادث", "11 حادثة", "100 حادثة", "103 حوادث"]
        );
    }
}
