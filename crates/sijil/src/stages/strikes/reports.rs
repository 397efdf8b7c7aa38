//! From claims to the reports that the engine compares: one for each incident that a document tells of.

use std::collections::BTreeMap;

use sijil_count::RuleSet;
use sijil_link::incidents;
use sijil_model::claim::Polarity;
use sijil_model::codebook::{Class, Harm, PlaceRole};
use sijil_model::{Content, Language, Span};
use sijil_register::Register;
use sijil_register::ask::ClaimRow;

use crate::failure::Failure;

/// What one document says of one incident.
pub struct Told {
    /// The claim that it happened.
    pub claim: String,
    /// `document:part`.
    pub part: String,
    /// The record that the claim is of.
    pub record: String,
    /// As it is compared.
    pub report: incidents::Report,
}

/// All that the documents of a register tell of incidents, by claim; what was rejected is left out.
///
/// # Errors
/// Those of the register.
pub fn all(register: &Register) -> Result<Vec<Told>, Failure> {
    let view = register.view();
    let rules = RuleSet::named("open")?;
    let mut of_parts: BTreeMap<(String, u32), Vec<ClaimRow>> = BTreeMap::new();
    for row in view.claims_of_kind("incident", view.position()?)? {
        if row.rejection.is_none() {
            of_parts.entry((row.claim.document.to_string(), row.part)).or_default().push(row);
        }
    }
    let mut told = Vec::new();
    let mut text = (String::new(), None);
    for ((document, part), incidents) in of_parts {
        if text.0 != document {
            text = (document.clone(), words_of(register, &document)?);
        }
        for row in &incidents {
            let claim = row.claim.id.to_string();
            let Some(record) = view.record_of(&claim)? else { continue };
            let about: Vec<ClaimRow> =
                view.claims_about(&claim)?.into_iter().filter(|row| row.rejection.is_none()).collect();
            let is_alone = incidents.len() == 1;
            let words = match &text.1 {
                Some(words) if is_alone => part_of(register, words, &document, part)?,
                words => passage(words.as_deref(), row, &about),
            };
            let report = report(register, &rules, words, row, &about)?;
            told.push(Told { claim, part: format!("{document}:{part}"), record, report });
        }
    }
    told.sort_by(|a, b| a.claim.cmp(&b.claim));
    Ok(told)
}

/// A document's text; none of a list, and none where it was destroyed.
fn words_of(register: &Register, document: &str) -> Result<Option<String>, Failure> {
    let reading = register.view().reading(document)?.filter(|reading| reading.form == "text");
    let Some(reading) = reading else { return Ok(None) };
    if register.view().current_blob(&reading.text).is_err() {
        return Ok(None);
    }
    Ok(String::from_utf8(register.blob(&reading.text)?).ok())
}

fn part_of(register: &Register, words: &str, document: &str, number: u32) -> Result<String, Failure> {
    let parts = register.view().parts(document)?;
    let part = parts.iter().find(|part| part.number == number);
    let bytes = part.map_or(0..words.len(), |part| part.byte_start as usize..part.byte_end as usize);
    Ok(words.get(bytes).unwrap_or(words).to_owned())
}

/// Of a text that tells of several incidents the lines that say something of this one; of a list its cells.
fn passage(words: Option<&str>, incident: &ClaimRow, about: &[ClaimRow]) -> String {
    let quoted = || std::iter::once(incident).chain(about).flat_map(|row| &row.claim.spans);
    let Some(words) = words else {
        let mut cells: Vec<&str> = quoted().map(|quoted| quoted.quote.as_str()).collect();
        cells.dedup();
        return cells.join(" ");
    };
    let bytes = quoted().filter_map(|quoted| match quoted.span {
        Span::Text { byte_start, byte_end, .. } => Some((byte_start as usize, byte_end as usize)),
        Span::Cell { .. } => None,
    });
    let ends = bytes.reduce(|(first, last), (start, end)| (first.min(start), last.max(end)));
    let Some((first, last)) = ends else { return String::new() };
    let (Some(before), Some(after)) = (words.get(..first), words.get(last..)) else { return String::new() };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(words.len(), |at| last + at);
    words[start..end].to_owned()
}

fn report(
    register: &Register,
    rules: &RuleSet,
    text: String,
    incident: &ClaimRow,
    about: &[ClaimRow],
) -> Result<incidents::Report, Failure> {
    let view = register.view();
    let at = view.position()?;
    let published = view.published(incident.claim.document.as_str(), incident.part)?;
    let mut report = incidents::Report {
        text,
        published: published.map(|day| day.as_str().to_owned()),
        ..incidents::Report::default()
    };
    let mut days = Vec::new();
    for row in about {
        let id = row.claim.id.as_str();
        match &row.claim.content {
            Content::Time { .. } => days.extend(view.time_of(id, at)?.and_then(|when| when.edtf)),
            Content::Place(phrase) => {
                report.places.push(phrase.text.clone());
                let found = view.place_of(id, at)?.filter(|_| phrase.role == PlaceRole::Primary);
                if let Some(place) = found.map(|found| found.place) {
                    report.points.extend(place.lat.zip(place.lon));
                    report.governorates.extend(place.governorate.map(|id| id.to_string()));
                }
            }
            Content::Person(said) => report.names.extend(said.name.clone()),
            Content::Attribution { actor, .. } => report.actors.push(actor.to_string()),
            Content::Casualty(said) if row.claim.polarity == Polarity::Affirmed => {
                let place = COUNTED.iter().position(|counted| *counted == (said.harm, said.class));
                let Some(number) = place.map(|at| &mut report.counts[at]) else { continue };
                let read = rules.read(said.count.quantity, said.harm, Language::En).interval.min();
                *number = number.or(read.and_then(|min| u32::try_from(min).ok()));
            }
            _ => {}
        }
    }
    if days.is_empty() {
        days.extend(view.time_of(incident.claim.id.as_str(), at)?.and_then(|when| when.edtf));
    }
    report.day = days.first().map(|day| day.as_str().to_owned());
    Ok(report)
}

/// The numbers that are compared.
const COUNTED: [(Harm, Class); 3] =
    [(Harm::Killed, Class::Total), (Harm::Injured, Class::Total), (Harm::Killed, Class::Children)];
