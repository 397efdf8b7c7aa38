//! The invariants of a register, from its records, its documents and its saved figures.

use std::collections::{BTreeMap, BTreeSet};

use sijil_check::invariants::{Breach, Conceded, aggregates, incident};
use sijil_count::{Incident, RuleSet};
use sijil_model::codebook::{Coded, entries};
use sijil_model::date::Day;
use sijil_register::{Register, View};

use super::{places, texts};
use crate::asking;
use crate::failure::Failure;
use crate::stages::Stages;

/// Every invariant that does not hold, by its number and then by record.
pub fn register(register: &Register) -> Result<Vec<Breach>, Failure> {
    let view = register.view();
    let stages = Stages::of(register)?;
    let at = view.position()?;
    let standard = asking::standard(view)?;
    let rules = RuleSet::named(&standard.rules)?;
    let incidents: Vec<Incident> = view.incidents(at)?.into_iter().map(|row| row.incident).collect();
    let mut breaches = Vec::new();
    for one in &incidents {
        breaches.extend(incident(one, &rules, conceded(view, one)?));
    }
    breaches.extend(killed_twice(view)?);
    breaches.extend(saved_figures(view, &stages, at)?);
    breaches.extend(published_after_receipt(view)?);
    let reconciled = asking::answer(view, &stages, &standard, at)?.reconciled;
    breaches.extend(aggregates(&view.aggregates(at)?, &reconciled, &rules));
    breaches.extend(unlabelled(&stages, &incidents));
    breaches.extend(same_words(view, &incidents)?);
    breaches.extend(places::places(view, &stages, &incidents, at)?);
    breaches.extend(texts::texts(register)?);
    breaches.sort_by(|one, two| (one.invariant, &one.records).cmp(&(two.invariant, &two.records)));
    Ok(breaches)
}

/// The checks that one incident does not pass by itself: its numbers, dates, grade and place.
pub fn of_incident(view: &View, id: &str) -> Result<Vec<Breach>, Failure> {
    let rules = RuleSet::named(&asking::standard(view)?.rules)?;
    let one = view.incident(id, view.position()?)?.incident;
    let conceded = conceded(view, &one)?;
    Ok(incident(&one, &rules, conceded))
}

/// Whether a report of an incident says that a party which it is attributed to accepts responsibility.
fn conceded(view: &View, incident: &Incident) -> Result<Conceded, Failure> {
    if incident.grading.code() != "confirmed" {
        return Ok(Conceded::No); // Nobody asks.
    }
    // No program reads every way to accept it: a recorder who grades so can name the words. The row of a sheet that says
    // "confirmed" is no such words.
    let graded = view.decisions_in_force(incident.id.as_str(), "grading")?;
    let words = |id: &String| {
        view.claim(id).is_ok_and(|row| !matches!(row.claim.content, sijil_model::Content::Incident { .. }))
    };
    let named = graded.iter().flat_map(|row| &row.used).any(words);
    Ok(if named || crate::grading::conceded(view, incident)? { Conceded::Yes } else { Conceded::No })
}

/// A person killed in several incidents (5).
fn killed_twice(view: &View) -> Result<Vec<Breach>, Failure> {
    let several = view.killed_in_several()?;
    Ok(several
        .into_iter()
        .map(|(person, incidents)| {
            let explain = format!("a person is killed in {} incidents", incidents.len());
            Breach::error(5, std::iter::once(person).chain(incidents), explain)
        })
        .collect())
}

/// A saved figure that counts an incident twice, or both counts it and leaves it out (6).
fn saved_figures(view: &View, stages: &Stages, at: u64) -> Result<Vec<Breach>, Failure> {
    let mut breaches = Vec::new();
    for saved in asking::saved(view)? {
        let figure = asking::answer(view, stages, &saved.question, at)?;
        let mut seen = BTreeSet::new();
        let excluded = figure.excluded.iter().map(|out| &out.id);
        let twice =
            figure.records.iter().map(|record| &record.id).chain(excluded).filter(|id| !seen.insert(*id));
        breaches.extend(twice.map(|id| {
            let explain = "a figure counts an incident twice, or counts it and leaves it out".to_owned();
            Breach::error(6, [saved.id.clone(), id.to_string()], explain)
        }));
    }
    Ok(breaches)
}

/// A document that was received before it was published (7). One day is left to time zones.
fn published_after_receipt(view: &View) -> Result<Vec<Breach>, Failure> {
    let mut breaches = Vec::new();
    for id in view.document_ids()? {
        let received = received(view, &id)?;
        let days = view.parts(&id)?;
        let parts = days.iter().map(|part| part.number).chain([0]).collect::<BTreeSet<_>>();
        for part in parts {
            let published = view.published(&id, part)?.and_then(|edtf| edtf.bounds().earliest);
            let (Some(published), Some(received)) = (published, received) else { continue };
            if received.tomorrow().is_ok_and(|limit| published > limit) {
                let explain = format!("it was published on {published} and received on {received}");
                breaches.push(Breach::error(7, [id.clone()], explain));
                break;
            }
        }
    }
    Ok(breaches)
}

/// The day on which a document was added.
fn received(view: &View, document: &str) -> Result<Option<Day>, Failure> {
    let entry = view.entry(view.document(document)?.added)?;
    Ok(entry.time.get(..10).and_then(|day| day.parse().ok()))
}

/// Codes and parties without a label in both languages (18).
fn unlabelled(stages: &Stages, incidents: &[Incident]) -> Vec<Breach> {
    let bare = |en: &str, ar: &str| en.trim().is_empty() || ar.trim().is_empty();
    let codes = entries().iter().filter(|entry| bare(&entry.label_en, &entry.label_ar));
    let codes = codes.map(|entry| entry.code.clone());
    let named: BTreeSet<_> = incidents.iter().flat_map(|one| &one.actors).map(|by| &by.actor).collect();
    let known = |code| stages.actors.get(code).is_some_and(|actor| !bare(&actor.label_en, &actor.label_ar));
    let actors = named.into_iter().filter(|code| !known(*code)).map(ToString::to_string);
    codes
        .chain(actors)
        .map(|code| {
            let explain = format!("`{code}` has no label in both languages");
            Breach::error(18, [code], explain)
        })
        .collect()
}

/// Documents with the same words that count as independent in one incident (19).
fn same_words(view: &View, incidents: &[Incident]) -> Result<Vec<Breach>, Failure> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (document, key) in view.words_shared()? {
        keys.entry(document).or_default().insert(key);
    }
    let mut breaches = Vec::new();
    for incident in incidents {
        let tellings = &incident.tellings;
        let pairs = tellings
            .iter()
            .enumerate()
            .flat_map(|(at, one)| tellings[at + 1..].iter().map(move |two| (one, two)));
        for (one, two) in pairs.filter(|(one, two)| one.origin != two.origin) {
            let of = |id: &str| keys.get(id);
            let (Some(a), Some(b)) = (of(one.document.as_str()), of(two.document.as_str())) else { continue };
            if !a.is_disjoint(b) {
                let records = [incident.id.to_string(), one.document.to_string(), two.document.to_string()];
                let explain = "two reports with the same words count as two sources".to_owned();
                breaches.push(Breach::error(19, records, explain));
            }
        }
    }
    Ok(breaches)
}
