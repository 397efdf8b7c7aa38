//! A figure's breakdown: by governorate, month, actor and so on, alone or crossed.
//!
//! An incident whose place was not found or whose date lies in no single month has a row of its own, without a value.
//! An incident by several actors is in the row of each; one in several governorates is in each only possibly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sijil_model::codebook::Class;
use sijil_model::date::Membership;
use sijil_model::{Bounds, Coded, Day, IncidentId, Interval, PlaceId};

use crate::figure::{Adder, Tally, counted_people, evidence};
use crate::incident::{Incident, Placed};
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
type Key<'a> = Vec<Value<'a>>;

/// One value, borrowed; a missing one sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value<'a> {
    Text(&'a str),
    Month(i16, i8),
    Week(i16, i8),
    Class(Class),
    Missing,
}

impl Value<'_> {
    fn text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.to_owned()),
            Value::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            Value::Week(year, week) => Some(format!("{year:04}-W{week:02}")),
            Value::Class(class) => Some(class.code().to_owned()),
            Value::Missing => None,
        }
    }
}

/// A row in the making: what is certainly in it, what possibly, and whose.
type Making<'a> = (Adder, Adder, Vec<&'a IncidentId>);

/// A breakdown in the making.
pub(crate) struct Breakdown<'q, 'a> {
    question: &'q Question,
    rules: &'q RuleSet,
    rows: BTreeMap<Key<'a>, Making<'a>>,
    overlap: bool,
}

impl<'q, 'a> Breakdown<'q, 'a> {
    pub(crate) fn new(question: &'q Question, rules: &'q RuleSet) -> Self {
        Self { question, rules, rows: BTreeMap::new(), overlap: false }
    }

    /// Adds an incident that is in the figure; `apart` where it is only possibly.
    pub(crate) fn add(&mut self, incident: &'a Incident, interval: Interval, apart: bool) {
        if self.question.by.is_empty() {
            return;
        }
        let mut keys: Vec<(Key<'a>, bool)> = vec![(Vec::new(), apart)];
        for by in &self.question.by {
            let values = values(*by, incident);
            if let [(value, membership)] = values.as_slice() {
                for (key, apart) in &mut keys {
                    key.push(*value);
                    *apart |= *membership == Membership::PossiblyInside;
                }
            } else {
                keys = crossed(&keys, &values);
            }
        }
        self.overlap |= keys.len() > 1;
        for (key, apart) in keys {
            self.add_to(key, incident, interval, apart);
        }
    }

    fn add_to(&mut self, key: Key<'a>, incident: &'a Incident, interval: Interval, apart: bool) {
        let asked = self.question;
        let of_class =
            key.iter().find_map(|value| if let Value::Class(class) = value { Some(*class) } else { None });
        let interval = match of_class {
            None => interval,
            Some(class) => {
                let cell = evidence(incident, self.rules).untraced().answer(asked.harm, class, asked.status);
                cell.map_or(Interval::UNKNOWN, |cell| cell.interval)
            }
        };
        let (inside, possibly, records) = self.rows.entry(key).or_default();
        let tally = if apart { possibly } else { inside };
        tally.add(
            interval,
            counted_people(incident, asked.harm, of_class.unwrap_or(asked.class), asked.status),
        );
        records.push(&incident.id);
    }

    /// The rows by key, and whether any incident is in several.
    pub(crate) fn finish(self) -> (Vec<Row>, bool) {
        let by = &self.question.by;
        let row = |(key, (inside, possibly, mut records)): (Key<'a>, Making<'a>)| {
            records.sort();
            Row {
                key: by.iter().copied().zip(key.into_iter().map(Value::text)).collect(),
                inside: inside.tally(),
                possibly_inside: possibly.tally(),
                records: records.into_iter().cloned().collect(),
            }
        };
        (self.rows.into_iter().map(row).collect(), self.overlap)
    }
}

/// Every key with every value.
fn crossed<'a>(keys: &[(Key<'a>, bool)], values: &[(Value<'a>, Membership)]) -> Vec<(Key<'a>, bool)> {
    let longer = |key: &Key<'a>, value| key.iter().copied().chain([value]).collect();
    keys.iter()
        .flat_map(|(key, apart)| {
            values.iter().map(move |(value, membership)| {
                (longer(key, *value), *apart || *membership == Membership::PossiblyInside)
            })
        })
        .collect()
}

/// The values of one part of a breakdown for an incident, each with whether it certainly has it; never empty.
fn values(by: By, incident: &Incident) -> Vec<(Value<'_>, Membership)> {
    let certain = |code: &'static str| (Value::Text(code), Membership::Inside);
    match by {
        By::Governorate => of_places(incident, |place| place.governorate.as_ref()),
        By::District => of_places(incident, |place| place.district.as_ref()),
        By::Month => of_days(incident, |day| Value::Month(day.year(), day.month())),
        By::Week => of_days(incident, |day| {
            let week = day.iso_week_date();
            Value::Week(week.year(), week.week())
        }),
        By::Actor => {
            distinct(attributed(&incident.actors).map(|(actor, sure)| (Value::Text(actor.as_str()), sure)))
        }
        By::Class => Class::ALL.iter().map(|class| (Value::Class(*class), Membership::Inside)).collect(),
        By::Grading => vec![certain(incident.grading.code())],
        By::Means => distinct(incident.means.iter().map(|means| certain(means.code()))),
        By::Site => distinct(incident.sites.iter().map(|site| certain(site.code()))),
    }
}

/// Each value once, with its surest membership; one missing value where there is none.
fn distinct<'a>(said: impl Iterator<Item = (Value<'a>, Membership)>) -> Vec<(Value<'a>, Membership)> {
    let mut values: Vec<(Value<'a>, Membership)> = Vec::new();
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
fn of_places<'a>(
    incident: &'a Incident,
    area: impl Fn(&'a Placed) -> Option<&'a PlaceId>,
) -> Vec<(Value<'a>, Membership)> {
    let value = |place| area(place).map_or(Value::Missing, |area| Value::Text(area.as_str()));
    let mut areas = distinct(primary(&incident.places).map(|place| (value(place), Membership::Inside)));
    if areas.len() > 1 {
        areas.iter_mut().for_each(|(_, membership)| *membership = Membership::PossiblyInside);
    }
    areas
}

/// The stretch of time that holds the whole of a dated incident.
fn of_days<'a>(incident: &Incident, stretch: impl Fn(Day) -> Value<'a>) -> Vec<(Value<'a>, Membership)> {
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
