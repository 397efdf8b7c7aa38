//! Erasing a person: where their name stands, and the same without it. Offsets stay, so every other claim keeps its words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;
use sijil_archive::{Destruction, Digest, EntryRef, Erasure};
use sijil_model::fold::{fold, fold_letter};
use sijil_model::{Content, Span};
use sijil_register::results::{ExtractedLine, ResultWriter, read_lines};
use sijil_register::{Event, Register};

use crate::failure::Failure;

/// What has to go of one person.
pub struct Names {
    /// Every spelling, folded.
    folded: BTreeSet<String>,
    /// The claims that name them.
    claims: BTreeSet<String>,
    /// Where those claims stand in texts: bytes, by document.
    spans: BTreeMap<String, Vec<Range<usize>>>,
}

/// What is put in the place of what was erased.
pub struct Plan {
    /// Blobs that go, each with the bytes that stand in its place.
    pub blobs: BTreeMap<String, Option<Vec<u8>>>,
    /// Bodies that go, each with what stands in its place.
    pub bodies: Vec<Erasure>,
    /// The documents in which the name stood.
    pub documents: BTreeSet<String>,
}

impl Names {
    /// Everything by which the register names a person.
    pub fn of(register: &Register, person: &str) -> Result<Self, Failure> {
        let view = register.view();
        let mut names = Self { folded: BTreeSet::new(), claims: BTreeSet::new(), spans: BTreeMap::new() };
        let mut add = |name: Option<&String>| {
            names.folded.extend(name.map(|name| fold(name)).filter(|folded| !folded.is_empty()))
        };
        add(view.person(person)?.name.as_ref());
        for member in view.members(person)? {
            let row = view.claim(&member.claim)?;
            let Content::Person(said) = &row.claim.content else { continue };
            add(said.name.as_ref());
            for quoted in
                said.name_as_printed.as_ref().map_or(&[][..], |_| row.claim.spans.as_slice()).iter().take(1)
            {
                if let Span::Text { byte_start, byte_end, .. } = quoted.span {
                    let document = row.claim.document.to_string();
                    names.spans.entry(document).or_default().push(byte_start as usize..byte_end as usize);
                }
            }
            names.claims.insert(member.claim);
        }
        if names.folded.is_empty() {
            return Err(Failure::Refused(format!(
                "{person} is not named anywhere in this register; there is nothing to erase"
            )));
        }
        Ok(names)
    }

    /// A text without the names, of the same length in bytes and code points.
    pub fn redacted(&self, text: &str) -> String {
        let mut ranges: Vec<Range<usize>> =
            self.folded.iter().flat_map(|name| occurrences(text, name)).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        fill(text, &ranges)
    }

    fn redacted_document(&self, document: &str, text: &str) -> String {
        let spans = self.spans.get(document).map(Vec::as_slice).unwrap_or_default();
        self.redacted(&fill(text, spans))
    }

    fn redacted_value(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => {
                let without = self.redacted(text);
                let changed = without != *text;
                *text = without;
                changed
            }
            Value::Array(values) => {
                values.iter_mut().fold(false, |changed, value| self.redacted_value(value) | changed)
            }
            Value::Object(map) => {
                map.values_mut().fold(false, |changed, value| self.redacted_value(value) | changed)
            }
            _ => false,
        }
    }
}

/// Where a folded name stands in a text, in any spelling that folds to it: byte ranges.
fn occurrences(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut folded = String::with_capacity(text.len());
    // For each byte of the folded text where its letter begins and ends in the text.
    let mut origin: Vec<(usize, usize)> = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        fold_letter(letter, &mut folded);
        origin.resize(folded.len(), (at, at + letter.len_utf8()));
    }
    let one_word = !name.contains(' ');
    let borders = |start: usize, end: usize| {
        let before = folded[..start].chars().next_back().is_none_or(|letter| letter == ' ');
        let after = folded[end..].chars().next().is_none_or(|letter| letter == ' ');
        before && after
    };
    folded
        .match_indices(name)
        .filter(|(start, _)| !one_word || borders(*start, start + name.len()))
        .map(|(start, _)| origin[start].0..origin[start + name.len() - 1].1)
        .collect()
}

/// Puts marks over ranges of a text, letter by letter as wide in bytes as what they cover.
fn fill(text: &str, ranges: &[Range<usize>]) -> String {
    let covered = |at: usize| ranges.iter().any(|range| range.contains(&at));
    text.char_indices()
        .map(|(at, letter)| match (covered(at) && !letter.is_whitespace(), letter.len_utf8()) {
            (false, _) => letter,
            (true, 1) => '_',
            (true, 2) => '\u{00b7}',
            (true, 3) => '\u{2588}',
            (true, _) => '\u{1f7eb}',
        })
        .collect()
}

/// Everything in the register in which the names stand, with the same without them.
pub fn plan(register: &Register, names: &Names) -> Result<Plan, Failure> {
    let mut plan = Plan { blobs: BTreeMap::new(), bodies: Vec::new(), documents: BTreeSet::new() };
    for document in documents(register, names)? {
        plan_document(register, names, &document, &mut plan)?;
    }
    plan_results(register, names, &mut plan)?;
    plan_bodies(register, names, &mut plan)?;
    Ok(plan)
}

fn documents(register: &Register, names: &Names) -> Result<BTreeSet<String>, Failure> {
    let view = register.view();
    let mut documents = BTreeSet::new();
    for claim in &names.claims {
        documents.insert(view.claim(claim)?.claim.document.to_string());
    }
    for name in &names.folded {
        let hits = view.search(name, u64::from(u32::MAX))?;
        documents.extend(hits.into_iter().filter(|hit| hit.kind == "document").map(|hit| hit.id));
    }
    Ok(documents)
}

fn plan_document(register: &Register, names: &Names, document: &str, plan: &mut Plan) -> Result<(), Failure> {
    let view = register.view();
    let Some(reading) = view.reading(document)? else { return Ok(()) };
    let text = String::from_utf8_lossy(&register.blob(&reading.text)?).into_owned();
    let without = names.redacted_document(document, &text);
    if without == text {
        return Ok(());
    }
    let current = view.current_blob(&reading.text)?;
    plan.blobs.insert(current.clone(), Some(without.into_bytes()));
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

/// Takes a person's own words out of their claims, and their name out of everybody's quotes.
fn redact_line(names: &Names, line: &mut ExtractedLine) -> sijil_register::Result<bool> {
    let mut changed = false;
    for stored in &mut line.claims {
        let claim = stored.clone().of(&line.document);
        let mut value = serde_json::to_value(&*stored)?;
        if names.claims.contains(claim.id.as_str()) {
            if let Content::Person(said) = &mut stored.content {
                (said.name, said.name_as_printed) = (None, None);
                changed = true;
            }
            for quoted in &mut stored.spans {
                let whole = 0..quoted.quote.len();
                quoted.quote = fill(&quoted.quote, std::slice::from_ref(&whole));
            }
            value = serde_json::to_value(&*stored)?;
        }
        let quotes = redact_quotes(names, line.document.as_str(), stored);
        if quotes {
            value = serde_json::to_value(&*stored)?;
        }
        if names.redacted_value(&mut value) | quotes {
            changed = true;
            *stored = serde_json::from_value(value)?;
        }
    }
    Ok(changed)
}

/// Takes the spans of the person's names out of quotes that lie over them.
fn redact_quotes(names: &Names, document: &str, stored: &mut sijil_register::results::StoredClaim) -> bool {
    let mut changed = false;
    for quoted in &mut stored.spans {
        let Span::Text { byte_start, .. } = quoted.span else { continue };
        let start = byte_start as usize;
        let inside: Vec<Range<usize>> = names
            .spans
            .get(document)
            .into_iter()
            .flatten()
            .filter(|range| range.end > start && range.start < start + quoted.quote.len())
            .map(|range| range.start.saturating_sub(start)..range.end - start)
            .collect();
        let without = fill(&quoted.quote, &inside);
        changed |= without != quoted.quote;
        quoted.quote = without;
    }
    changed
}

fn plan_bodies(register: &Register, names: &Names, plan: &mut Plan) -> Result<(), Failure> {
    for entry in register.view().entries(0, i64::MAX.unsigned_abs())? {
        let Some(mut body) = entry.body else { continue };
        let Some(event) = Event::from_entry(entry.position, &entry.kind, &body)? else { continue };
        let mut redacted = false;
        if let Event::ClaimsMade(line) = &event {
            let mut line = line.clone();
            redacted = redact_line(names, &mut line)?;
            body = serde_json::to_value(line)?;
        }
        if names.redacted_value(&mut body) || redacted {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folded: &[&str]) -> Names {
        Names {
            folded: folded.iter().map(|name| fold(name)).collect(),
            claims: BTreeSet::new(),
            spans: BTreeMap::new(),
        }
    }

    #[test]
    fn a_name_goes_in_every_spelling_and_the_length_stays() {
        let text = "قُتل نَديـم رائد القصّار ونديم رائد القصار، وNadim Raed  al-Qassar";
        let without = names(&["نديم رائد القصار", "Nadim Raed al-Qassar"]).redacted(text);
        assert!(!fold(&without).contains("القصار") && !without.contains("Qassar"), "{without}");
        assert_eq!((without.len(), without.chars().count()), (text.len(), text.chars().count()));
        assert!(without.starts_with("قُتل "), "{without}");
    }

    #[test]
    fn one_word_goes_only_as_a_word() {
        let without = names(&["Amal"]).redacted("Amal of Port Amalia");
        assert_eq!(without, "____ of Port Amalia");
    }
}
