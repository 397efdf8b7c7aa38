//! A register's own lists as capture histories: which people each chosen list has, inside what is asked.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sijil_count::incident::{Incident, NamedPerson};
use sijil_count::{Area, DRAWS, Question};
use sijil_estimate::{CaptureTable, MOST_LISTS, Weighted};
use sijil_model::codebook::{AgeClass, Class, Coded, Harm, Sex, Status};
use sijil_model::date::Membership;
use sijil_model::{Bounds, Day, PersonId, PlaceId};
use sijil_register::View;
use sijil_register::ask::{CapturedPerson, DocumentRow};
use sijil_register::event::SourceRecord;

use crate::failure::Failure;

/// A list: the documents of a source, or one document.
pub struct List {
    /// What it was asked for by.
    pub name: String,
    /// Its documents.
    pub documents: BTreeSet<String>,
    /// Whose they are.
    pub source: Option<SourceRecord>,
}

/// Somebody who is inside what is asked, and on at least one of the lists.
pub struct Listed {
    /// Bit `j` is set where list `j` has them.
    pub history: u32,
    /// The month of their time, where it is one month.
    pub month: Option<String>,
    /// Their place and those around it, innermost first.
    pub places: Vec<String>,
    /// Whether the draws of the linking have them otherwise.
    in_doubt: bool,
}

/// A claim about somebody of whom the draws of the linking differ.
struct Drawn {
    /// The lists that have it.
    history: u32,
    component: String,
    /// In each draw the number of its person within the component.
    people: Vec<u16>,
}

/// Who is on the lists.
#[derive(Default)]
pub struct People {
    /// Those who can be found on other lists.
    pub listed: Vec<Listed>,
    /// The claims about those of them who are in doubt.
    drawn: Vec<Drawn>,
    /// Records of these lists without a name, which nobody can link.
    pub without_name: u64,
    /// People of whom it cannot be told whether they are inside what is asked.
    pub possibly_inside: u64,
}

/// The lists that names mean.
pub fn named(view: &View, names: &[String]) -> Result<Vec<List>, Failure> {
    if names.len() > MOST_LISTS {
        return Err(Failure::Refused(format!("{} lists are too many; {MOST_LISTS} at most", names.len())));
    }
    let documents = view.documents(0, i64::MAX as u64)?;
    names.iter().map(|name| one(view, &documents, name)).collect()
}

fn one(view: &View, documents: &[DocumentRow], name: &str) -> Result<List, Failure> {
    let list = |documents: BTreeSet<String>, source| List { name: name.to_owned(), documents, source };
    if let Some(source) = view.source(name)? {
        let own = documents.iter().filter(|document| document.source.as_deref() == Some(name));
        return Ok(list(own.map(|document| document.id.clone()).collect(), Some(source)));
    }
    let is_meant = |document: &&DocumentRow| {
        let file = document.name.as_deref().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        document.id == name
            || (name.len() >= 8 && document.id.starts_with(name))
            || file == name
            || stem == name
    };
    let found: Vec<&DocumentRow> = documents.iter().filter(is_meant).collect();
    match found[..] {
        [document] => {
            let source = document.source.as_deref().map(|source| view.source(source)).transpose()?.flatten();
            Ok(list(BTreeSet::from([document.id.clone()]), source))
        }
        [] => Err(Failure::Refused(format!(
            "`{name}` is no file here, and no source and no document of this register; `sijil source` lists the sources"
        ))),
        _ => Err(Failure::Refused(format!(
            "{} documents are called {name}; write the id of one, as `sijil show` has it",
            found.len()
        ))),
    }
}

/// The people of the lists who are inside a question.
pub fn people(
    view: &View,
    lists: &[List],
    question: &Question,
    areas: &[Area],
    at: u64,
) -> Result<People, Failure> {
    let incidents: BTreeMap<String, Incident> =
        view.incidents(at)?.into_iter().map(|row| (row.incident.id.to_string(), row.incident)).collect();
    let draws = view.drawn()?;
    let mut found = People::default();
    for person in view.captured_people(fates(question.harm), at)? {
        let bits = |document: &String| {
            let on = lists.iter().map(|list| u32::from(list.documents.contains(document)));
            on.enumerate().map(|(list, on)| on << list).sum::<u32>()
        };
        let history = person.told_in.iter().fold(0, |history, (document, _)| history | bits(document));
        if history == 0 {
            continue;
        }
        let about = Surroundings::of(&person, &incidents);
        match about.inside(&person, question, areas) {
            Membership::Outside => {}
            Membership::PossiblyInside => found.possibly_inside += 1,
            Membership::Inside if !person.named => {
                let records = person.told_in.iter().filter(|(document, _)| bits(document) != 0);
                found.without_name += records.count() as u64;
            }
            Membership::Inside => {
                let drawn = person.told_in.iter().zip(&person.claims).filter_map(|((document, _), claim)| {
                    let (component, people) = draws.get(claim).cloned()?;
                    Some(Drawn { history: bits(document), component, people })
                });
                let before = found.drawn.len();
                found.drawn.extend(drawn);
                let in_doubt = found.drawn.len() > before;
                if let Some(first) = found.drawn.get_mut(before) {
                    // What hangs on them without being drawn, as a reviewer joined it, is of their first person.
                    let undrawn = person
                        .told_in
                        .iter()
                        .zip(&person.claims)
                        .filter(|(_, claim)| !draws.contains_key(*claim));
                    first.history |= undrawn.fold(0, |history, ((document, _), _)| history | bits(document));
                }
                found.listed.push(Listed { history, month: about.month(), places: about.places, in_doubt });
            }
        }
    }
    Ok(found)
}

impl People {
    /// The tables of the lists: one, or where who is who is in doubt one a draw.
    pub fn table(&self, lists: &[List]) -> Result<Weighted, Failure> {
        let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
        let table = |cells: BTreeMap<u32, u64>| {
            CaptureTable::new(names.clone(), cells).map_err(|error| Failure::Refused(error.to_string()))
        };
        let mut certain: BTreeMap<u32, u64> = BTreeMap::new();
        for person in self.listed.iter().filter(|person| !person.in_doubt) {
            *certain.entry(person.history).or_default() += 1;
        }
        if self.drawn.is_empty() {
            return Ok(Weighted::one(table(certain)?));
        }
        let of_draw = |draw: usize| {
            let mut people: BTreeMap<(&str, Option<u16>), u32> = BTreeMap::new();
            for claim in &self.drawn {
                let person = (claim.component.as_str(), claim.people.get(draw).copied());
                *people.entry(person).or_default() |= claim.history;
            }
            let mut cells = certain.clone();
            people
                .into_values()
                .filter(|history| *history != 0)
                .for_each(|history| *cells.entry(history).or_default() += 1);
            table(cells)
        };
        Ok(Weighted::of_draws((0..DRAWS).map(of_draw).collect::<Result<Vec<_>, Failure>>()?))
    }

    /// How many there are, for JSON.
    pub fn said(&self) -> Value {
        json!({
            "people": self.listed.len(),
            "records_without_name": self.without_name,
            "possibly_inside": self.possibly_inside,
        })
    }
}

fn fates(harm: Harm) -> &'static [&'static str] {
    match harm {
        Harm::Killed => &["killed", "died_of_wounds"],
        Harm::Injured => &["injured"],
        Harm::Missing => &["missing"],
        Harm::Detained => &["detained"],
        Harm::KilledOrInjured => &["killed", "died_of_wounds", "injured"],
    }
}

/// When and where somebody was harmed: as their own records say, else as their incident's do.
struct Surroundings {
    when: Bounds,
    places: Vec<String>,
}

impl Surroundings {
    fn of(person: &CapturedPerson, incidents: &BTreeMap<String, Incident>) -> Self {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Day>().ok());
        let own = Bounds { earliest: day(&person.days.0), latest: day(&person.days.1) };
        let incident = person.incident.as_ref().and_then(|id| incidents.get(id));
        let when =
            if own == Bounds::default() { incident.map_or(own, |incident| incident.when) } else { own };
        let chain = |incident: &Incident| {
            let first = incident.places.first();
            first.map(|placed| placed.chain.iter().map(PlaceId::to_string).collect()).unwrap_or_default()
        };
        let places = match (person.places.is_empty(), incident) {
            (true, Some(incident)) => chain(incident),
            _ => person.places.clone(),
        };
        Surroundings { when, places }
    }

    fn inside(&self, person: &CapturedPerson, question: &Question, areas: &[Area]) -> Membership {
        let period = match &question.period {
            Some(_) => self.when.within(question.period_bounds()),
            None => Membership::Inside,
        };
        period.max(self.in_place(areas)).max(in_class(person, question.class))
    }

    fn in_place(&self, areas: &[Area]) -> Membership {
        let Some(finest) = self.places.first() else {
            return if areas.is_empty() { Membership::Inside } else { Membership::PossiblyInside };
        };
        let is_in = |area: &Area| self.places.contains(&area.place.to_string());
        if areas.is_empty() || areas.iter().any(is_in) {
            Membership::Inside
        } else if areas.iter().any(|area| area.within.iter().any(|outer| outer.as_str() == finest)) {
            Membership::PossiblyInside
        } else {
            Membership::Outside
        }
    }

    /// The month, where the whole time lies in one.
    fn month(&self) -> Option<String> {
        let month = |day: Day| day.to_string().get(..7).map(str::to_owned);
        let (first, last) = (month(self.when.earliest?)?, month(self.when.latest?)?);
        (first == last).then_some(first)
    }
}

fn in_class(person: &CapturedPerson, class: Class) -> Membership {
    let code = |text: &Option<String>| text.clone().unwrap_or_default();
    let (sex, age_class) =
        (Sex::from_code(&code(&person.sex)).ok(), AgeClass::from_code(&code(&person.age_class)).ok());
    let Ok(id) = PersonId::new(person.id.as_str()) else { return Membership::Outside };
    let named = NamedPerson {
        person: id,
        harm: Harm::Killed,
        sex,
        age_class,
        status: Status::from_code(&code(&person.status)).ok(),
        claims: Vec::new(),
        lists: Vec::new(),
        doubt: None,
    };
    if named.is_of(class) {
        Membership::Inside
    } else if age_class.is_none() || sex.is_none() && named.is_of(Class::Children) {
        Membership::PossiblyInside
    } else {
        Membership::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_who_is_who_is_in_doubt_each_draw_is_a_table() {
        let list = |name: &str| List { name: name.to_owned(), documents: BTreeSet::new(), source: None };
        let listed = |history, in_doubt| Listed { history, month: None, places: Vec::new(), in_doubt };
        let one_in = |one: usize| (0..DRAWS).map(|draw| u16::from(draw >= one)).collect();
        let drawn = |history, people| Drawn { history, component: "c1".to_owned(), people };
        let people = People {
            listed: vec![listed(1, false), listed(3, false), listed(1, true), listed(2, true)],
            drawn: vec![drawn(1, vec![0; DRAWS]), drawn(2, one_in(64))],
            ..People::default()
        };
        let tables = people.table(&[list("hospital"), list("court")]).unwrap();
        let cells: Vec<(&[(u32, u64)], u64)> =
            tables.tables().iter().map(|(table, weight)| (table.cells(), *weight)).collect();
        assert_eq!(cells, [(&[(1, 2), (2, 1), (3, 1)][..], 192), (&[(1, 1), (3, 2)][..], 64)]);
    }
}
