//! Erasing a person: where their name stands, and the same without it. Offsets stay, so every other claim keeps its words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;
use sijil_archive::{Destruction, Digest, EntryRef, Erasure};
use sijil_model::{Content, Span};
use sijil_register::results::{ExtractedLine, ResultWriter, StoredClaim, read_lines};
use sijil_register::{Event, Register};

use crate::failure::Failure;

mod names;

pub use names::{Names, Namesakes};

use names::fill;

/// What is put in the place of what was erased.
#[derive(Default)]
pub struct Plan {
    /// Blobs that go, each with the bytes that stand in its place.
    pub blobs: BTreeMap<String, Option<Vec<u8>>>,
    /// Bodies that go, each with what stands in its place.
    pub bodies: Vec<Erasure>,
    /// The documents in which the name stood.
    pub documents: BTreeSet<String>,
    /// Documents that name somebody so, of whom nobody knows whether the person or a namesake is meant; they stay.
    pub unclear: BTreeSet<String>,
}

/// Everything in the register in which the names stand, with the same without them.
///
/// # Errors
/// Those of the register.
pub fn plan(register: &Register, names: &mut Names) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    for document in documents(register, names)? {
        plan_document(register, names, &document, &mut plan)?;
    }
    plan_results(register, names, &mut plan)?;
    plan_bodies(register, names, &mut plan)?;
    Ok(plan)
}

fn documents(register: &Register, names: &Names) -> Result<BTreeSet<String>, Failure> {
    let mut documents = names.documents.clone();
    for name in &names.folded {
        let hits = register.view().search(name, u64::from(u32::MAX))?;
        documents.extend(hits.into_iter().filter(|hit| hit.kind == "document").map(|hit| hit.id));
    }
    Ok(documents)
}

fn plan_document(
    register: &Register,
    names: &mut Names,
    document: &str,
    plan: &mut Plan,
) -> Result<(), Failure> {
    let view = register.view();
    let Some(reading) = view.reading(document)? else { return Ok(()) };
    let text = String::from_utf8_lossy(&register.blob(&reading.text)?).into_owned();
    let ranges = names.ranges_in(document, &reading.form, &text);
    if ranges.is_empty() {
        return Ok(());
    }
    if !names.reaches(document) {
        if !names.namesakes.documents.contains(document) {
            plan.unclear.insert(document.to_owned());
        }
        return Ok(());
    }
    let current = view.current_blob(&reading.text)?;
    plan.blobs.insert(current.clone(), Some(fill(&text, &ranges).into_bytes()));
    if reading.form == "text" {
        names.spans.insert(document.to_owned(), ranges);
    }
    // The original holds the name in a form of its own; of plain text it is the text itself.
    let original = view.current_blob(document)?;
    if original != current {
        plan.blobs.insert(original, None);
    }
    plan.documents.insert(document.to_owned());
    Ok(())
}

fn plan_results(register: &Register, names: &Names, plan: &mut Plan) -> Result<(), Failure> {
    let view = register.view();
    for run in view.runs(false)?.into_iter().filter(|run| run.kind == "extraction") {
        let current = view.current_blob(&run.result)?;
        let bytes = register.blob(&run.result)?;
        let mut out = ResultWriter::new(Vec::new());
        let mut changed = false;
        read_lines(&current, bytes.as_slice(), |mut line: ExtractedLine| {
            changed |= redact_line(names, &mut line)?;
            out.line(&line)
        })?;
        if changed {
            plan.blobs.insert(current, Some(out.finish()?));
        }
    }
    Ok(())
}

/// Takes a person's own words out of their claims, and their name out of everybody's; of namesakes nothing is touched.
fn redact_line(names: &Names, line: &mut ExtractedLine) -> sijil_register::Result<bool> {
    let document = line.document.as_str().to_owned();
    if !names.reaches(&document) {
        return Ok(false);
    }
    let mut changed = false;
    for stored in &mut line.claims {
        let claim = stored.clone().of(&line.document);
        if names.namesakes.claims.contains(claim.id.as_str()) {
            continue;
        }
        if names.claims.contains(claim.id.as_str()) {
            if let Content::Person(said) = &mut stored.content {
                (said.name, said.name_as_printed) = (None, None);
                changed = true;
            }
            for quoted in &mut stored.spans {
                let whole = 0..quoted.quote.len();
                quoted.quote = fill(&quoted.quote, std::slice::from_ref(&whole));
            }
        }
        changed |= redact_quotes(names, &document, stored);
        // What is quoted reads as the text does; the rest is words by themselves.
        let spans = stored.spans.clone();
        let mut value = serde_json::to_value(&*stored)?;
        if names.redacted_value(Some(&document), &mut value) {
            changed = true;
            *stored = serde_json::from_value(value)?;
        }
        stored.spans = spans;
    }
    Ok(changed)
}

/// Takes what goes from a text out of the quotes that lie over it, and the name out of the cells of a list.
fn redact_quotes(names: &Names, document: &str, stored: &mut StoredClaim) -> bool {
    let mut changed = false;
    for quoted in &mut stored.spans {
        let without = match quoted.span {
            Span::Text { byte_start, .. } => {
                let start = byte_start as usize;
                let inside: Vec<Range<usize>> = names
                    .spans
                    .get(document)
                    .into_iter()
                    .flatten()
                    .filter(|range| range.end > start && range.start < start + quoted.quote.len())
                    .map(|range| range.start.saturating_sub(start)..range.end - start)
                    .collect();
                fill(&quoted.quote, &inside)
            }
            Span::Cell { row, .. } if names.goes_from_row(document, row) => names.redacted(&quoted.quote),
            Span::Cell { .. } => continue,
        };
        changed |= without != quoted.quote;
        quoted.quote = without;
    }
    changed
}

fn plan_bodies(register: &Register, names: &Names, plan: &mut Plan) -> Result<(), Failure> {
    for entry in register.view().entries(0, i64::MAX.unsigned_abs())? {
        let Some(mut body) = entry.body else { continue };
        let Some(event) = Event::from_entry(entry.position, &entry.kind, &body)? else { continue };
        if names.is_of_a_namesake(&event) {
            continue;
        }
        let changed = match &event {
            Event::ClaimsMade(line) => {
                let mut line = line.clone();
                let changed = redact_line(names, &mut line)?;
                body = serde_json::to_value(line)?;
                changed
            }
            _ => names.redacted_value(None, &mut body),
        };
        if changed {
            // A name that somebody decided is nothing but the name: what stands in its place is empty.
            if matches!(event, Event::DecisionMade(decision) if decision.field == "name") {
                body["value"] = Value::from("");
            }
            let reference = EntryRef::new(&entry.origin.parse()?, entry.number);
            plan.bodies.push(Erasure { entry: reference, replacement: Some(body) });
        }
    }
    Ok(())
}

impl Plan {
    /// Stores what stands in the place of blobs, and says which goes.
    pub fn destructions(
        &self,
        mut keep: impl FnMut(&[u8]) -> Result<Digest, sijil_register::RegisterError>,
    ) -> sijil_register::Result<Vec<Destruction>> {
        self.blobs
            .iter()
            .map(|(old, new)| {
                let new = new.as_deref().map(&mut keep).transpose()?;
                Ok(Destruction { old: old.parse::<Digest>()?, new })
            })
            .collect()
    }
}
