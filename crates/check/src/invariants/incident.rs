//! One incident record: its numbers, the people named, its dates, its grade, its place, and why it is left out.

use std::collections::BTreeSet;

use jiff::ToSpan;
use sijil_count::{CasualtyRow, Contradiction, Decisions, Incident, RuleSet, Telling, casualties};
use sijil_model::Upper;
use sijil_model::codebook::{AttributionStatus, Class, Coded, Grading, Harm};
use sijil_model::date::Day;

use super::Breach;
use super::numbers::{self, Number};

/// Whether a party that is named for an incident accepted harm to civilians in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conceded {
    /// One did.
    Yes,
    /// None did.
    No,
}

/// Everything about one incident that cannot be right (invariants 1–4, 7, 8, 10, 20), under a rule set.
pub fn incident(incident: &Incident, rules: &RuleSet, conceded: Conceded) -> Vec<Breach> {
    let id = incident.id.to_string();
    let rows = incident.casualties(rules);
    let mut breaches = numbers::check(&id, &rows.iter().map(number).collect::<Vec<_>>());
    let totals = rows.iter().filter(|row| row.status.is_none());
    breaches.extend(totals.filter_map(|row| named_above(incident, row)));
    if !breaches.iter().any(|breach| matches!(breach.invariant, 2 | 4)) {
        breaches.extend(incident.tellings.iter().flat_map(|telling| parts_above(&id, telling, rules)));
    }
    breaches.extend(told_before(incident));
    breaches.extend(ends_before_it_starts(incident));
    breaches.extend(outside_its_governorate(incident));
    breaches.extend(grade(incident, conceded));
    breaches.extend(left_out(incident));
    breaches
}

fn number(row: &CasualtyRow) -> Number<'_> {
    let max = match row.interval.max() {
        Upper::Known(most) => Some(most),
        Upper::Open | Upper::Unknown => None,
    };
    let status = row.status.map(Coded::code);
    let (harm, class) = (row.harm.code(), row.class.code());
    let (min, highest) = (row.interval.min(), row.interval.highest_reported());
    Number { harm, class, status, min, highest, max }
}

/// Parts of one document that come to more than its own total (2 and 4). Where documents disagree, the number is contested,
/// and holds both.
fn parts_above(incident: &str, telling: &Telling, rules: &RuleSet) -> Vec<Breach> {
    let rows = casualties(std::slice::from_ref(telling), &[], rules, &Decisions::default());
    let above = |row: &CasualtyRow| match row.contradiction? {
        Contradiction::PartsAboveTotal { parts, total } => {
            let invariant = if (row.harm, row.class) == (Harm::Killed, Class::Total) { 4 } else { 2 };
            let explain =
                format!("{} {}: at most {total}, and its parts are at least {parts}", row.harm, row.class);
            Some(Breach::error(invariant, [incident.to_owned()], explain))
        }
        _ => None,
    };
    rows.iter().filter_map(above).collect()
}

/// More people named than anybody counts (3).
fn named_above(incident: &Incident, row: &CasualtyRow) -> Option<Breach> {
    let (named, most, who) = match row.contradiction? {
        Contradiction::NamedAboveReports { named, reports } => (named, reports, "reports count"),
        Contradiction::NamedAboveDecision { named, decided } => (named, decided, "a decision says"),
        Contradiction::PartsAboveTotal { .. } | Contradiction::ConflictingDecisions { .. } => return None,
    };
    let people = incident.named.iter().filter(|person| person.harm == row.harm && person.is_of(row.class));
    let records = std::iter::once(incident.id.to_string()).chain(people.map(|one| one.person.to_string()));
    let explain = format!("{} {}: {named} people are listed and {who} at most {most}", row.harm, row.class);
    Some(Breach::error(3, records, explain))
}

/// A report that was published before what it tells (7). One day is left to time zones.
fn told_before(incident: &Incident) -> Vec<Breach> {
    let Some(first) = incident.when.earliest else { return Vec::new() };
    let early = incident.tellings.iter().filter_map(|telling| {
        let published = published(telling.order)?;
        let limit = published.checked_add(1.day()).ok()?;
        (first > limit).then(|| {
            let explain =
                format!("it was on {first} or later, and a report of it was published on {published}");
            Breach::error(7, [incident.id.to_string(), telling.document.to_string()], explain)
        })
    });
    early.collect()
}

/// The day on which a telling was published, of its order; none where that is not known.
fn published(order: i64) -> Option<Day> {
    let epoch = Day::new(1970, 1, 1).ok()?;
    if order == 0 { None } else { epoch.checked_add(order.days()).ok() }
}

fn ends_before_it_starts(incident: &Incident) -> Option<Breach> {
    let (first, last) = (incident.when.earliest?, incident.when.latest?);
    let explain = || format!("its first possible day is {first} and its last {last}");
    (first > last).then(|| Breach::error(7, [incident.id.to_string()], explain()))
}

/// A place whose governorate is none of the places around it (8).
fn outside_its_governorate(incident: &Incident) -> Vec<Breach> {
    let outside = incident.places.iter().filter_map(|place| {
        let governorate = place.governorate.as_ref()?;
        let here = place.chain.first().filter(|_| !place.chain.contains(governorate))?;
        let explain =
            format!("{here} is said to be in {governorate}, which is not one of the places around it");
        Some(Breach::warning(8, [incident.id.to_string()], explain))
    });
    outside.collect()
}

/// A grade whose precondition fails (10); reports of one origin are one source (19).
fn grade(incident: &Incident, conceded: Conceded) -> Option<Breach> {
    let reliable = incident.tellings.iter().filter(|telling| telling.reliable);
    let origins: BTreeSet<&str> = reliable.map(|telling| telling.origin.as_str()).collect();
    let actors: BTreeSet<&str> = incident
        .actors
        .iter()
        .filter(|by| !matches!(by.status, AttributionStatus::Denied | AttributionStatus::RuledOut))
        .map(|by| by.actor.as_str())
        .collect();
    let why = match incident.grading {
        Grading::Confirmed if conceded == Conceded::No => {
            "no claim says that a party which it is attributed to accepts responsibility".to_owned()
        }
        Grading::Fair if origins.len() < 2 => {
            format!("it needs two independent sources that are not unreliable, and has {}", origins.len())
        }
        Grading::Weak if origins.is_empty() => "it has no source that is not unreliable".to_owned(),
        Grading::Contested if actors.len() < 2 => {
            format!(
                "it needs two attributions that contradict each other, and {} parties are named",
                actors.len()
            )
        }
        _ => return None,
    };
    let explain = format!("it is graded {}: {why}", incident.grading);
    Some(Breach::error(10, [incident.id.to_string()], explain))
}

/// An incident that is in no figure without a reason, an author or a date (20).
fn left_out(incident: &Incident) -> Option<Breach> {
    let left_out = incident.left_out.as_ref()?;
    let reason = left_out.reason.trim().is_empty().then_some("reason");
    let lacks = [reason, left_out.by.is_none().then_some("author"), left_out.at.is_none().then_some("date")];
    let lacks: Vec<&str> = lacks.into_iter().flatten().collect();
    let explain = || format!("it is left out of every figure without {}", lacks.join(", "));
    (!lacks.is_empty()).then(|| Breach::error(20, [incident.id.to_string()], explain()))
}
