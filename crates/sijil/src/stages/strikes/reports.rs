//! From claims to the reports that the engine compares: one for each incident that a document tells of.

use std::collections::BTreeSet;

use sijil_count::RuleSet;
use sijil_link::incidents;
use sijil_model::claim::Polarity;
use sijil_model::codebook::{Class, Harm, PlaceRole};
use sijil_model::{Content, Edtf, Language, Span};
use sijil_register::ask::{ClaimRow, PartRow};
use sijil_register::{Register, View};

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

/// A part of a document: its id and the number of the part.
pub type PartOf = (String, u32);

/// The parts of all documents that tell of incidents.
///
/// # Errors
/// Those of the register.
pub fn parts(view: &View) -> Result<BTreeSet<PartOf>, Failure> {
    let incidents = view.claims_of_kind("incident", view.position()?)?;
    Ok(incidents.into_iter().map(|row| (row.claim.document.to_string(), row.part)).collect())
}

/// All that the texts of some parts tell of incidents, by claim. What was rejected is left out; so are rows of a
/// spreadsheet, which are no reports, and texts that were destroyed.
///
/// # Errors
/// Those of the register.
pub fn of(register: &Register, parts: &BTreeSet<PartOf>) -> Result<Vec<Told>, Failure> {
    let view = register.view();
    let rules = RuleSet::named("open")?;
    let mut told = Vec::new();
    let mut read = (String::new(), None);
    for (document, part) in parts {
        if read.0 != *document {
            read = (document.clone(), Text::of(register, document)?);
        }
        let Some(text) = &read.1 else { continue };
        let mut incidents = view.claims_of_part(document, *part)?;
        incidents
            .retain(|row| row.rejection.is_none() && matches!(row.claim.content, Content::Incident { .. }));
        for row in &incidents {
            let claim = row.claim.id.to_string();
            let Some(record) = view.record_of(&claim)? else { continue };
            let about: Vec<ClaimRow> =
                view.claims_about(&claim)?.into_iter().filter(|row| row.rejection.is_none()).collect();
            let own = match incidents.len() {
                1 => text.part(*part).to_owned(),
                _ => passage(&text.words, row, &about),
            };
            let report = report(register, &rules, own, row, &about)?;
            told.push(Told { claim, part: format!("{document}:{part}"), record, report });
        }
    }
    told.sort_by(|a, b| a.claim.cmp(&b.claim));
    Ok(told)
}

/// What was read of a document, and where its parts stand in it.
struct Text {
    words: String,
    parts: Vec<PartRow>,
}

impl Text {
    /// None of a list, and none where the text was destroyed.
    fn of(register: &Register, document: &str) -> Result<Option<Text>, Failure> {
        let view = register.view();
        let Some(reading) = view.reading(document)?.filter(|reading| reading.form == "text") else {
            return Ok(None);
        };
        if view.current_blob(&reading.text).is_err() {
            return Ok(None);
        }
        let words = String::from_utf8(register.blob(&reading.text)?).ok();
        let parts = view.parts(document)?;
        Ok(words.map(|words| Text { words, parts }))
    }

    /// The words of a part, whose numbers ascend.
    fn part(&self, number: u32) -> &str {
        let found = self.parts.binary_search_by_key(&number, |part| part.number);
        let bytes = found.map(|at| self.parts[at].byte_start as usize..self.parts[at].byte_end as usize);
        bytes.ok().and_then(|bytes| self.words.get(bytes)).unwrap_or(&self.words)
    }
}

/// Of a text that tells of several incidents the lines that say something of this one.
fn passage(words: &str, incident: &ClaimRow, about: &[ClaimRow]) -> String {
    let spans = std::iter::once(incident).chain(about).flat_map(|row| &row.claim.spans);
    lines_with(words, spans.map(|quoted| &quoted.span))
}

/// The lines of a text in which spans stand, each once and in order.
fn lines_with<'s>(words: &str, spans: impl Iterator<Item = &'s Span>) -> String {
    let around = |span: &Span| {
        let Span::Text { byte_start, byte_end, .. } = span else { return None };
        let (before, after) = (words.get(..*byte_start as usize)?, words.get(*byte_end as usize..)?);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(words.len(), |at| *byte_end as usize + at);
        Some((start, end))
    };
    let lines: BTreeSet<(usize, usize)> = spans.filter_map(around).collect();
    let lines: Vec<&str> = lines.into_iter().map(|(start, end)| &words[start..end]).collect();
    lines.join("\n")
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
    let day = day(register, incident, about)?;
    let published = view.published(incident.claim.document.as_str(), incident.part)?;
    let mut report = incidents::Report {
        text,
        published: published.map(|day| day.as_str().to_owned()),
        day_is_told: day.as_ref().is_some_and(|(_, told)| *told),
        day: day.map(|(day, _)| day.as_str().to_owned()),
        ..incidents::Report::default()
    };
    for row in about {
        let id = row.claim.id.as_str();
        match &row.claim.content {
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
    Ok(report)
}

/// The first time of an incident that is fixed, or that of its post; and whether the text tells of it.
fn day(
    register: &Register,
    incident: &ClaimRow,
    about: &[ClaimRow],
) -> Result<Option<(Edtf, bool)>, Failure> {
    let view = register.view();
    let at = view.position()?;
    let times = about.iter().filter(|row| matches!(row.claim.content, Content::Time { .. }));
    for (row, told) in times.map(|row| (row, true)).chain(std::iter::once((incident, false))) {
        let day = view.time_of(row.claim.id.as_str(), at)?.and_then(|when| when.edtf);
        if let Some(day) = day {
            return Ok(Some((day, told)));
        }
    }
    Ok(None)
}

/// The numbers of a report that are compared.
pub const COUNTED: [(Harm, Class); 3] =
    [(Harm::Killed, Class::Total), (Harm::Injured, Class::Total), (Harm::Killed, Class::Children)];

#[cfg(test)]
mod tests {
    use super::*;

    /// The heading over several entries is each one's, and no entry another's.
    #[test]
    fn an_entry_has_its_heading_and_not_its_neighbours() {
        let text = "Qasr Nahr:\nA raid killed two.\nA shell killed five.\n";
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            Span::of_bytes(text, at..at + words.len()).unwrap()
        };
        let spans = [span("killed five"), span("Qasr Nahr"), span("A shell")];
        assert_eq!(lines_with(text, spans.iter()), "Qasr Nahr:\nA shell killed five.");
    }
}
