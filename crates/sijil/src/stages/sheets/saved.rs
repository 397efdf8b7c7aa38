//! Saving spreadsheets: their bytes, one run each of extraction, placing and linking, and their coders' decisions, as one
//! batch. Who imports wants it to count, so the runs are adopted at once.

use std::collections::BTreeMap;

use sijil_archive::{AccountId, SystemClock};
use sijil_model::{ClaimId, Coded, SourceId};
use sijil_register::event::Decision;
use sijil_register::results::{ExtractedLine, LinkKind, LinkedLine, StoredClaim};
use sijil_register::{Event, Register, Writing};

use super::Sheet;
use crate::failure::{Failure, into_register};
use crate::stages::saving::{self, ResultSpool, Said};
use crate::stages::{Program, Stages, placing, setting};

/// How many grades one import decides: each is an entry, and a batch of the log holds 65,536.
const MOST_GRADES: usize = 65_000;

/// Saves the sheets that the register does not have yet; says of each whether it had it.
///
/// # Errors
/// Those of the register; then nothing is saved.
pub fn save(
    register: &mut Register,
    stages: &Stages,
    author: &AccountId,
    sheets: Vec<Sheet>,
    source: Option<SourceId>,
) -> Result<Vec<bool>, Failure> {
    let grades: usize = sheets.iter().map(Sheet::grades).sum();
    if grades > MOST_GRADES {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        return Err(Failure::Refused(format!(
            "{}: {grades} grades; one import decides at most {MOST_GRADES}, so that all of it is saved or nothing: split the \
             sheet, or import it without its grades",
            names.join(", ")
        )));
    }
    let links = same_codes(&sheets);
    register
        .write(author, &SystemClock, |writing| {
            let known = sheets.iter().map(|sheet| writing.view().founds_incidents(sheet.document.as_str()));
            let known = known.collect::<sijil_register::Result<Vec<bool>>>()?;
            let fresh = sheets.into_iter().zip(&known).filter(|(_, known)| !**known).map(|(sheet, _)| sheet);
            save_all(writing, stages, fresh.collect(), &links, source).map_err(into_register)?;
            Ok(known)
        })
        .map_err(Failure::from)
}

fn save_all(
    writing: &mut Writing<'_, '_>,
    stages: &Stages,
    mut sheets: Vec<Sheet>,
    links: &[LinkedLine],
    source: Option<SourceId>,
) -> Result<(), Failure> {
    if sheets.is_empty() {
        return Ok(());
    }
    // The oldest claim names a record: an incident's row, not its people's.
    sheets.sort_by_key(|sheet| sheet.of_people);
    let said = Said { source, ..Said::default() };
    let mut answers = placing::Answers::default();
    let mut extraction = ResultSpool::new()?;
    for sheet in &mut sheets {
        for received in std::mem::take(&mut sheet.documents) {
            if !writing.view().has_document(received.document.as_str())? {
                saving::keep_document(writing, &saving::prepare_known(received, &said))?;
            }
        }
        answers.extend(std::mem::take(&mut sheet.answers));
        let claims = sheet.claims.iter().cloned().map(StoredClaim::from).collect();
        extraction.line(&ExtractedLine { document: sheet.document.clone(), part: 0, claims })?;
    }
    let documents = sheets.len() as u64;
    let result = writing.keep_from(extraction.finish()?)?;
    adopted(writing, setting::EXTRACTOR, result, None, documents)?;
    if !answers.is_empty() {
        let result = writing.keep_from(spooled(answers.lines())?)?;
        adopted(writing, setting::PLACER, result, stages.gazetteer_data.clone(), documents)?;
    }
    if !links.is_empty() {
        let result = writing.keep_from(spooled(links.iter())?)?;
        adopted(writing, setting::LINKER, result, None, documents)?;
    }
    sheets.iter().try_for_each(|sheet| decide(writing, sheet))
}

/// The import's own program: what it read is told apart from what the stages read.
fn adopted(
    writing: &mut Writing<'_, '_>,
    stage: &str,
    result: String,
    data: Option<String>,
    documents: u64,
) -> Result<(), Failure> {
    let program = Program { name: "sijil-import".into(), version: "1".into() };
    let run = saving::propose_run(writing, stage, program, result, data, documents)?;
    saving::adopt_run(writing, stage, run)
}

fn spooled(lines: impl Iterator<Item = impl serde::Serialize>) -> Result<std::fs::File, Failure> {
    let mut out = ResultSpool::new()?;
    for line in lines {
        out.line(&line)?;
    }
    out.finish()
}

/// The grades that the sheet's coders decided.
fn decide(writing: &mut Writing<'_, '_>, sheet: &Sheet) -> Result<(), Failure> {
    for (row, incident, grading) in &sheet.gradings {
        writing.say(Event::DecisionMade(Decision {
            target: record_of(incident),
            field: "grading".into(),
            value: grading.code().into(),
            why: format!("so coded in row {row} of {}", sheet.name),
            used: vec![incident.to_string()],
            rejected: Vec::new(),
            supersedes: Vec::new(),
        }))?;
    }
    Ok(())
}

/// The record that an incident's claim founds.
fn record_of(incident: &ClaimId) -> String {
    let claim = incident.as_str();
    format!("i{}", claim.strip_prefix('c').unwrap_or(claim))
}

/// The incidents of sheets of people are those of the same code in sheets of incidents of the same import.
fn same_codes(sheets: &[Sheet]) -> Vec<LinkedLine> {
    let mut incidents: BTreeMap<&str, &ClaimId> = BTreeMap::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.of_people) {
        for (code, incident) in &sheet.codes {
            incidents.entry(code).or_insert(incident);
        }
    }
    let of_people = sheets.iter().filter(|sheet| sheet.of_people).flat_map(|sheet| &sheet.codes);
    of_people
        .filter_map(|(code, right)| {
            let left = incidents.get(code.as_str())?;
            let (left, right) = (left.to_string(), right.to_string());
            Some(LinkedLine {
                kind: LinkKind::Incident,
                left,
                right,
                why: "the same code in both spreadsheets".into(),
            })
        })
        .collect()
}
