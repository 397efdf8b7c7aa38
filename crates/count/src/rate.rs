//! Rates: a figure per 100,000 people of a place, where somebody sourced how many people those were; else none.
//!
//! A rate carries the doubt of both of its numbers: the least over the most people, to the most over the fewest. Sources
//! that differ about the people widen it, an open upper end stays open, and nobody's number is guessed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sijil_model::codebook::Class;
use sijil_model::date::{Edtf, Membership};
use sijil_model::{Coded, Interval, Language, PlaceId, Upper};

use crate::error::CountError;
use crate::figure::Tally;
use crate::question::Question;
use crate::reconcile::Area;

/// Per how many people rates are.
pub const PER: u64 = 100_000;

/// Parts of one of [`PER`] that are kept: rates are whole thousandths, the lower end rounded down and the upper one up.
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

/// The people by whom a question's rate is divided: whose they are, how many, and who says so.
#[derive(Debug, Clone)]
pub(crate) struct Denominator<'q> {
    of: Class,
    people: Interval,
    populations: Vec<&'q Population>,
}

impl<'q> Denominator<'q> {
    /// The people of a question's places in its period; none where no rate is asked for.
    ///
    /// # Errors
    /// A question without a place or a period, whom the people asked for do not include, and a place of which no number
    /// with a source is noted for that time: the error says what to note.
    pub(crate) fn of(
        question: &Question,
        areas: &[Area],
        populations: &'q [Population],
    ) -> Result<Option<Self>, CountError> {
        let Some(of) = question.per else { return Ok(None) };
        let refused = |conflict: &str, instead: &str| CountError::Impossible {
            understood: question.in_words(Language::En),
            conflict: conflict.to_owned(),
            instead: instead.to_owned(),
        };
        if !holds(of, question.class) {
            return Err(refused(
                "a rate divides people by a population that they belong to",
                &format!("--per {}, or --per total for everybody", question.class),
            ));
        }
        if question.places.is_empty() {
            return Err(refused("a rate is of the people of a place", "--place too"));
        }
        if question.period.is_none() {
            return Err(refused("a rate is of a time: the number of people changes", "--period too"));
        }
        let mut found = Self { of, people: Interval::exactly(0), populations: Vec::new() };
        for place in outermost(&question.places, areas) {
            found.add(question, place, populations)?;
        }
        Ok(Some(found))
    }

    /// Adds the people of one place: where sources differ, from the fewest to the most that they say.
    fn add(
        &mut self,
        question: &Question,
        place: &PlaceId,
        populations: &'q [Population],
    ) -> Result<(), CountError> {
        let here = |one: &&Population| one.place == *place && one.class == self.of;
        let then =
            |one: &&Population| one.period.bounds().within(question.period_bounds()) != Membership::Outside;
        let noted: Vec<&Population> = populations.iter().filter(here).filter(then).collect();
        let people = noted.iter().map(|one| one.people).reduce(crate::combine::envelope);
        let Some(people) = people else {
            let others = populations.iter().filter(|one| one.place == *place);
            let others: Vec<String> =
                others.map(|one| format!("{} of {} ({})", one.class, one.period, one.id)).collect();
            return Err(CountError::NoPopulation {
                whom: whom_in_words(self.of).to_owned(),
                place: place.clone(),
                period: question.period.as_ref().map(ToString::to_string).unwrap_or_default(),
                noted: if others.is_empty() { "nothing".to_owned() } else { others.join(", ") },
                class: if self.of == Class::Total { String::new() } else { format!(" --class {}", self.of) },
            });
        };
        self.people = crate::combine::added(self.people, people);
        self.populations.extend(noted);
        Ok(())
    }

    /// The rate of a figure's sums.
    pub(crate) fn rate(self, inside: &Tally, possibly_inside: &Tally) -> Rate {
        Rate {
            per: PER,
            of: self.of,
            inside: divided(inside, self.people),
            possibly_inside: divided(possibly_inside, self.people),
            people: self.people,
            populations: self.populations.into_iter().cloned().collect(),
        }
    }
}

/// Whether a class counts everybody of another.
fn holds(of: Class, counted: Class) -> bool {
    of == Class::Total || of == counted || (of == Class::Children && counted.is_children())
}

/// The places of a question that lie in no other of its places: nobody is counted twice.
fn outermost<'p>(places: &'p [PlaceId], areas: &'p [Area]) -> impl Iterator<Item = &'p PlaceId> {
    let lies_in_another = |place: &PlaceId| {
        let around = areas.iter().find(|area| area.place == *place);
        around.is_some_and(|area| area.within.iter().any(|outer| outer != place && places.contains(outer)))
    };
    let first = |(at, place): &(usize, &PlaceId)| !places[..*at].contains(place);
    places
        .iter()
        .enumerate()
        .filter(first)
        .map(|(_, place)| place)
        .filter(move |place| !lies_in_another(place))
}

/// The least over the most people, to the most over the fewest.
fn divided(tally: &Tally, people: Interval) -> Ends {
    let thousandths = |number: u64, of: u64, up: bool| {
        let whole = u128::from(number) * u128::from(PER * PARTS);
        let of = u128::from(of.max(1));
        let parts = if up { whole.div_ceil(of) } else { whole / of };
        parts as f64 / PARTS as f64
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
    Ends { min, max }
}

impl Ends {
    /// The two ends as they are printed, rounded away from each other to three digits or so; `None` where an end is no
    /// number. Ends that differ by rounding alone are one.
    pub fn printed(self) -> (Option<String>, Option<String>) {
        let max = if let End::Known(max) = self.max { Some(max) } else { None };
        match (self.min, max) {
            (Some(min), Some(max)) if max - min < 1.5 / PARTS as f64 => {
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
fn whom_in_words(of: Class) -> &'static str {
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
        (Language::En, of) => format!("per 100,000 {}", whom_in_words(of)),
        (Language::Ar, Class::Total) => "لكل 100,000 شخص".to_owned(),
        (Language::Ar, of) => format!("لكل 100,000 من {}", of.label(language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> PlaceId {
        PlaceId::new(text).unwrap()
    }

    fn noted(place: &str, period: &str, people: Interval) -> Population {
        Population {
            id: "entry:7".into(),
            place: id(place),
            class: Class::Total,
            period: Edtf::new(period).unwrap(),
            people,
            source: "census".into(),
            cited: None,
        }
    }

    fn asked(places: &[&str]) -> Question {
        Question {
            per: Some(Class::Total),
            places: places.iter().map(|place| id(place)).collect(),
            period: Some(Edtf::new("2031-10").unwrap()),
            ..Question::default()
        }
    }

    fn areas() -> [Area; 2] {
        [
            Area { place: id("xm:sahel"), within: vec![id("xm")] },
            Area { place: id("xm:port-amal"), within: vec![id("xm:sahel"), id("xm")] },
        ]
    }

    fn people(question: &Question, populations: &[Population]) -> Result<Interval, String> {
        let found = Denominator::of(question, &areas(), populations).map_err(|error| error.to_string())?;
        Ok(found.unwrap().people)
    }

    fn tally(min: Option<u64>, max: Upper) -> Tally {
        let mut adder = crate::counting::Adder::default();
        let interval = Interval::new(min, None, max).unwrap();
        adder.add(interval, std::iter::empty::<&crate::NamedPerson>());
        adder.tally()
    }

    #[test]
    fn sources_that_differ_widen_and_other_times_do_not_count() {
        let range = Interval::new(Some(90_000), None, Upper::Known(95_000)).unwrap();
        let populations = [
            noted("xm:sahel", "2031", Interval::exactly(100_000)),
            noted("xm:sahel", "2031-10-15", range),
            noted("xm:sahel", "2024", Interval::exactly(50_000)),
        ];
        let people = people(&asked(&["xm:sahel"]), &populations).unwrap();
        assert_eq!((people.min(), people.max()), (Some(90_000), Upper::Known(100_000)));
    }

    #[test]
    fn a_place_within_another_is_not_divided_by_twice() {
        let populations = [noted("xm:sahel", "2031", Interval::exactly(100_000))];
        let people = people(&asked(&["xm:port-amal", "xm:sahel"]), &populations).unwrap();
        assert_eq!(people.min(), Some(100_000));
    }

    #[test]
    fn without_a_number_for_that_place_and_time_the_rate_is_refused() {
        let populations = [noted("xm:sahel", "2024", Interval::exactly(50_000))];
        let error = people(&asked(&["xm:sahel"]), &populations).unwrap_err();
        for part in ["2031-10", "total of 2024 (entry:7)", "sijil population", "--source"] {
            assert!(error.contains(part), "{part}: {error}");
        }
        let nowhere = people(&Question { places: Vec::new(), ..asked(&[]) }, &populations).unwrap_err();
        assert!(nowhere.contains("--place"), "{nowhere}");
        let women = Question { class: Class::Women, per: Some(Class::Children), ..asked(&["xm:sahel"]) };
        assert!(people(&women, &populations).unwrap_err().contains("--per women"));
    }

    #[test]
    fn the_ends_carry_both_doubts_and_open_ends_stay_open() {
        let people = Interval::new(Some(80_000), None, Upper::Known(120_000)).unwrap();
        let rate = divided(&tally(Some(14), Upper::Known(20)), people);
        assert_eq!((rate.min, rate.max), (Some(11.666), End::Known(25.0)));
        assert_eq!(rate.text(Language::En), "11.6 to 25.0");
        let open = divided(&tally(Some(14), Upper::Open), people);
        assert_eq!((open.max, open.text(Language::Ar).as_str()), (End::Open, "11.6 على الأقل"));
        let unbounded = divided(&tally(Some(14), Upper::Known(14)), Interval::at_least(80_000));
        assert_eq!(unbounded.text(Language::En), "at most 17.5");
        assert_eq!(divided(&tally(None, Upper::Unknown), people).text(Language::En), "not known");
    }

    #[test]
    fn exact_numbers_give_one_rate() {
        let rate = divided(&tally(Some(1), Upper::Known(1)), Interval::exactly(300_000));
        assert_eq!(rate.text(Language::En), "0.333");
        let large = divided(&tally(Some(41), Upper::Known(41)), Interval::exactly(99_000));
        assert_eq!(large.text(Language::En), "41.4");
    }

    #[test]
    fn an_end_survives_json() {
        for end in [End::Known(1.25), End::Open, End::Unknown] {
            let json = serde_json::to_string(&end).unwrap();
            assert_eq!(serde_json::from_str::<End>(&json).unwrap(), end);
        }
    }
}
