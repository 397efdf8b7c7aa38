//! Whom a rate is divided by: the people of a question's places in its period, as far as sources say how many they were.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::Class;
use sijil_model::date::{Edtf, Membership};
use sijil_model::{Interval, PlaceId};

use crate::combine::{added, envelope};
use crate::figure::Tally;
use crate::question::Question;
use crate::rate::{Population, Rate, people_in_words};
use crate::reconcile::Area;

/// Why there is no rate: of one of the places nobody noted with a source how many people there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoRate {
    /// Of whom a number is missing.
    pub of: Class,
    /// Where.
    pub place: PlaceId,
    /// In which time.
    pub period: Edtf,
    /// What is noted of the place for other times or of other people.
    pub noted: Vec<Population>,
}

impl NoRate {
    /// What is missing, what is noted instead, and how to note it, in English.
    pub fn text(&self) -> String {
        let Self { of, place, period, noted } = self;
        let noted: Vec<String> =
            noted.iter().map(|one| format!("{} of {} ({})", one.class, one.period, one.id)).collect();
        let noted = if noted.is_empty() { "nothing".to_owned() } else { noted.join(", ") };
        let (whom, command) = (people_in_words(*of), self.command());
        format!(
            "nobody noted with a source how many {whom} there were in {place} in {period} (noted of this place: {noted}), so there is no rate; note it: {command}"
        )
    }

    /// The command that notes the number.
    pub fn command(&self) -> String {
        let Self { of, place, period, .. } = self;
        let class = if *of == Class::Total { String::new() } else { format!(" --class {of}") };
        format!("sijil population NUMBER --place {place} --period {period}{class} --source SOURCE")
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
    /// The people of a question's places in its period, or why their number is not known; none where no rate is asked for.
    /// The question was checked.
    pub fn of(
        question: &'q Question,
        areas: &'q [Area],
        populations: &'q [Population],
    ) -> Option<Result<Self, NoRate>> {
        let (of, period) = (question.per?, question.period.as_ref()?);
        let mut parts = Vec::new();
        let mut found = Vec::new();
        for place in outermost(&question.places, areas) {
            let here: Vec<&Population> = populations.iter().filter(|one| one.place == *place).collect();
            let then = |one: &&Population| {
                one.class == of && one.period.bounds().within(period.bounds()) != Membership::Outside
            };
            let noted: Vec<&Population> = here.iter().copied().filter(then).collect();
            // Where sources differ, from the fewest to the most that they say.
            let Some(people) = noted.iter().map(|one| one.people).reduce(envelope) else {
                let noted = here.into_iter().cloned().collect();
                return Some(Err(NoRate { of, place: place.clone(), period: period.clone(), noted }));
            };
            parts.push(people);
            found.extend(noted);
        }
        let people = parts.into_iter().reduce(added)?;
        Some(Ok(Self { of, people, populations: found }))
    }

    /// The rate of a figure's sums.
    pub fn rate(self, inside: &Tally, possibly_inside: &Tally) -> Rate {
        Rate::of(self.of, (inside, possibly_inside), self.people, self.populations)
    }
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

#[cfg(test)]
mod tests {
    use sijil_model::Upper;

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

    fn areas() -> [Area; 3] {
        [
            Area { place: id("xm:sahel"), within: vec![id("xm")] },
            Area { place: id("xm:port-amal"), within: vec![id("xm:sahel"), id("xm")] },
            Area { place: id("xm:nahran"), within: vec![id("xm")] },
        ]
    }

    fn people(places: &[&str], populations: &[Population]) -> Result<Interval, String> {
        let question = Question {
            per: Some(Class::Total),
            places: places.iter().map(|place| id(place)).collect(),
            period: Some(Edtf::new("2031-10").unwrap()),
            ..Question::default()
        };
        let areas = areas();
        let found = Denominator::of(&question, &areas, populations).unwrap();
        found.map(|found| found.people).map_err(|none| none.text())
    }

    #[test]
    fn sources_that_differ_widen_and_other_times_do_not_count() {
        let range = Interval::new(Some(90_000), None, Upper::Known(95_000)).unwrap();
        let populations = [
            noted("xm:sahel", "2031", Interval::exactly(100_000)),
            noted("xm:sahel", "2031-10-15", range),
            noted("xm:sahel", "2024", Interval::exactly(50_000)),
        ];
        let people = people(&["xm:sahel"], &populations).unwrap();
        assert_eq!((people.min(), people.max()), (Some(90_000), Upper::Known(100_000)));
    }

    #[test]
    fn a_place_within_another_is_not_divided_by_twice_and_others_add_up() {
        let populations = [
            noted("xm:sahel", "2031", Interval::exactly(100_000)),
            noted("xm:nahran", "2031", Interval::exactly(20_000)),
        ];
        assert_eq!(people(&["xm:port-amal", "xm:sahel"], &populations), Ok(Interval::exactly(100_000)));
        assert_eq!(people(&["xm:nahran", "xm:sahel"], &populations), Ok(Interval::exactly(120_000)));
    }

    #[test]
    fn without_a_number_for_that_place_and_time_there_is_no_rate() {
        let populations = [noted("xm:sahel", "2024", Interval::exactly(50_000))];
        let why = people(&["xm:sahel"], &populations).unwrap_err();
        for part in ["2031-10", "total of 2024 (entry:7)", "sijil population", "--source"] {
            assert!(why.contains(part), "{part}: {why}");
        }
    }
}
