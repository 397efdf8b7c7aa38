//! A figure's breakdown: by governorate, month, actor and so on, alone or crossed.
//!
//! An incident whose place was not found or whose date lies in no single month has a row of its own, without a value.
//! An incident by several actors is in the row of each; one in several governorates is in each only possibly. In the row of
//! a list an incident is as that list alone tells it, with the people whom it names: whoever is on three lists is in three.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sijil_model::codebook::Class;
use sijil_model::date::Membership;
use sijil_model::{Bounds, Coded, Day, IncidentId, Interval, PlaceId};

use crate::counting::{Adder, counted_people, evidence};
use crate::figure::{Record, Tally};
use crate::incident::{Incident, Placed, Telling};
use crate::membership::{attributed, primary};
use crate::question::{By, Question};
use crate::rules::RuleSet;

/// One row of a breakdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The value of each part of the breakdown; `None` where the incidents have none (undated, unplaced, nobody said).
    pub key: BTreeMap<By, Option<String>>,
    /// What is certainly in the row.
    #[serde(flatten)]
    pub inside: Tally,
    /// What is possibly in the row.
    pub possibly_inside: Tally,
    /// The incidents of the row, by id.
    pub records: Vec<IncidentId>,
}

/// The values of a row in the order of the question.
type Key = Vec<Value>;

/// One value; a missing one sorts last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Text(String),
    Month(i16, i8),
    Week(i16, i8),
    Class(Class),
    List(String),
    Missing,
}

impl Value {
    fn text(self) -> Option<String> {
        match self {
            Value::Text(text) | Value::List(text) => Some(text),
            Value::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            Value::Week(year, week) => Some(format!("{year:04}-W{week:02}")),
            Value::Class(class) => Some(class.code().to_owned()),
            Value::Missing => None,
        }
    }
}

/// A row in the making: what is certainly in it, what possibly, and which of the figure's records.
#[derive(Debug, Clone, Default)]
struct Making {
    inside: Adder,
    possibly: Adder,
    records: Vec<usize>,
}

/// A breakdown in the making.
#[derive(Clone)]
pub(crate) struct Breakdown<'q> {
    question: &'q Question,
    rules: &'q RuleSet,
    rows: BTreeMap<Key, Making>,
    overlap: bool,
}

impl<'q> Breakdown<'q> {
    pub(crate) fn new(question: &'q Question, rules: &'q RuleSet) -> Self {
        Self { question, rules, rows: BTreeMap::new(), overlap: false }
    }

    /// Adds an incident that is in the figure as its record of this number; `apart` where it is only possibly.
    pub(crate) fn add<T: AsRef<str> + PartialEq + Clone>(
        &mut self,
        incident: &Incident<T>,
        interval: Interval,
        apart: bool,
        record: usize,
    ) {
        if self.question.by.is_empty() {
            return;
        }
        let mut keys: Vec<(Key, bool)> = vec![(Vec::new(), apart)];
        for by in &self.question.by {
            keys = crossed(keys, values(*by, incident));
        }
        // A list's row is what it says by itself: decisions, and what other lists say, are in none.
        self.overlap |= keys.len() > 1 || self.question.by.contains(&By::List);
        for (key, apart) in keys {
            self.add_to(key, incident, interval, apart, record);
        }
    }

    fn add_to<T: AsRef<str> + PartialEq + Clone>(
        &mut self,
        key: Key,
        incident: &Incident<T>,
        interval: Interval,
        apart: bool,
        record: usize,
    ) {
        let asked = self.question;
        let (mut class, mut list) = (asked.class, None);
        for value in &key {
            match value {
                Value::Class(of) => class = *of,
                Value::List(name) => list = Some(name.as_str()),
                _ => {}
            }
        }
        // A list's row says what that list says; all other rows share the incident's own number.
        let told = list.map(|list| incident.as_told_by(list));
        let incident = told.as_ref().unwrap_or(incident);
        let interval = if list.is_none() && class == asked.class {
            interval
        } else {
            let cell = evidence(incident, self.rules).untraced().answer(asked.harm, class, asked.status);
            cell.map_or(Interval::UNKNOWN, |cell| cell.interval)
        };
        let row = self.rows.entry(key).or_default();
        let tally = if apart { &mut row.possibly } else { &mut row.inside };
        tally.add(interval, counted_people(incident, asked.harm, class, asked.status));
        row.records.push(record);
    }

    /// Takes in another part of the same breakdown, whose records come after so many.
    pub(crate) fn join(&mut self, other: Self, after: usize) {
        self.overlap |= other.overlap;
        for (key, making) in other.rows {
            let row = self.rows.entry(key).or_default();
            row.inside.join(making.inside);
            row.possibly.join(making.possibly);
            row.records.extend(making.records.iter().map(|record| after + record));
        }
    }

    /// The rows by key, and whether any incident is in several. `records` are the figure's, and `places` says where each
    /// that was added has its place among them.
    pub(crate) fn finish(self, records: &[Record], places: &[usize]) -> (Vec<Row>, bool) {
        let by = &self.question.by;
        let row = |(key, making): (Key, Making)| {
            let mut own: Vec<usize> = making.records.iter().map(|record| places[*record]).collect();
            own.sort_unstable();
            Row {
                key: by.iter().copied().zip(key.into_iter().map(Value::text)).collect(),
                inside: making.inside.tally(),
                possibly_inside: making.possibly.tally(),
                records: own.into_iter().map(|place| records[place].id.clone()).collect(),
            }
        };
        (self.rows.into_iter().map(row).collect(), self.overlap)
    }
}

/// Every key with every value; there is at least one.
fn crossed(mut keys: Vec<(Key, bool)>, mut values: Vec<(Value, Membership)>) -> Vec<(Key, bool)> {
    let Some((last, surest)) = values.pop() else { return keys };
    let mut longer: Vec<(Key, bool)> = Vec::new();
    for (value, membership) in values {
        longer.extend(keys.iter().map(|(key, apart)| {
            let key = key.iter().chain([&value]).cloned().collect();
            (key, *apart || membership == Membership::PossiblyInside)
        }));
    }
    for (key, apart) in &mut keys {
        key.push(last.clone());
        *apart |= surest == Membership::PossiblyInside;
    }
    keys.append(&mut longer);
    keys
}

/// The values of one part of a breakdown for an incident, each with whether it certainly has it; never empty.
fn values<T: AsRef<str>>(by: By, incident: &Incident<T>) -> Vec<(Value, Membership)> {
    let certain = |code: &'static str| (Value::Text(code.to_owned()), Membership::Inside);
    match by {
        By::Governorate => of_places(incident, |place| place.governorate.as_ref()),
        By::District => of_places(incident, |place| place.district.as_ref()),
        By::Month => of_days(incident, |day| Value::Month(day.year(), day.month())),
        By::Week => of_days(incident, |day| {
            let week = day.iso_week_date();
            Value::Week(week.year(), week.week())
        }),
        By::Actor => distinct(
            attributed(&incident.actors).map(|(actor, sure)| (Value::Text(actor.as_str().to_owned()), sure)),
        ),
        By::Class => Class::ALL.iter().map(|class| (Value::Class(*class), Membership::Inside)).collect(),
        By::Grading => vec![certain(incident.grading.code())],
        By::Means => distinct(incident.means.iter().map(|means| certain(means.code()))),
        By::Site => distinct(incident.sites.iter().map(|site| certain(site.code()))),
        By::List => {
            let reports = incident.tellings.iter().map(Telling::list);
            let named = incident.named.iter().flat_map(|person| &person.lists).map(|own| own.list.as_ref());
            distinct(reports.chain(named).map(|list| (Value::List(list.to_owned()), Membership::Inside)))
        }
    }
}

/// Each value once, with its surest membership; one missing value where there is none.
fn distinct(said: impl Iterator<Item = (Value, Membership)>) -> Vec<(Value, Membership)> {
    let mut values: Vec<(Value, Membership)> = Vec::new();
    for (value, membership) in said {
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, surest)) => *surest = membership.min(*surest),
            None => values.push((value, membership)),
        }
    }
    if values.is_empty() { vec![(Value::Missing, Membership::Inside)] } else { values }
}

/// The areas of the primary places. In several areas at once the incident is in each only possibly: nobody says how
/// many of its people are where.
fn of_places<T: AsRef<str>>(
    incident: &Incident<T>,
    area: impl Fn(&Placed<T>) -> Option<&PlaceId<T>>,
) -> Vec<(Value, Membership)> {
    let value = |place| area(place).map_or(Value::Missing, |area| Value::Text(area.as_str().to_owned()));
    let mut areas = distinct(primary(&incident.places).map(|place| (value(place), Membership::Inside)));
    if areas.len() > 1 {
        areas.iter_mut().for_each(|(_, membership)| *membership = Membership::PossiblyInside);
    }
    areas
}

/// The stretch of time that holds the whole of a dated incident.
fn of_days<T>(incident: &Incident<T>, stretch: impl Fn(Day) -> Value) -> Vec<(Value, Membership)> {
    let value = match incident.when {
        Bounds { earliest: Some(first), latest: Some(last) }
            if incident.dated && stretch(first) == stretch(last) =>
        {
            stretch(first)
        }
        _ => Value::Missing,
    };
    vec![(value, Membership::Inside)]
}
