//! Saving: what the stages found, as one batch of entries. Nothing is acknowledged before it is durable.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Seek};

use sijil_archive::{AccountId, SystemClock};
use sijil_model::codebook::SourceKind;
use sijil_model::{DocumentId, Edtf, Language, SourceId};
use sijil_read::{Content, Part, Reading, Tables, Text};
use sijil_register::event::{Adopted, DocumentAdded, Form, Part as EventPart, Run, TextRead};
use sijil_register::results::{ExtractedLine, LinkedLine, ResultWriter, StoredClaim};
use sijil_register::{Event, Register, Writing};

use super::coding::{self, CodedPart};
use super::intake::{Bytes, Received};
use super::linking::{self, Linking};
use super::placing::{self, Answers, PartFacts, Seen};
use super::{Program, Stages, setting};
use crate::failure::Failure;

/// What the person says of the documents that they add.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Who said it.
    pub source: Option<SourceId>,
    /// What kind of source that is.
    pub source_kind: Option<SourceKind>,
    /// When it was published.
    pub published: Option<Edtf>,
}

/// A document that is coded and ready to be saved.
pub struct Prepared {
    received: Received,
    parts: Vec<CodedPart>,
    said: Said,
}

/// What became of one document of a batch.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Its id.
    pub document: DocumentId,
    /// Its file's name.
    pub name: Option<String>,
    /// Whether the register had it already.
    pub known: bool,
    /// How many claims were read in it.
    pub claims: u64,
}

/// Codes a document: the slow part, done without the register, so that both cores can work.
pub fn prepare(stages: &Stages, received: Received, said: &Said) -> Prepared {
    let parts = match &received.reading.content {
        Content::Text(text) => (0..)
            .zip(&text.parts)
            .map(|(number, part)| coding::part(stages, &received.document, &text.content, number, part))
            .collect(),
        _ => Vec::new(),
    };
    Prepared { received, parts, said: said.clone() }
}

/// A document that the register has already: nothing of it is coded or kept again.
pub fn prepare_known(received: Received, said: &Said) -> Prepared {
    Prepared { received, parts: Vec::new(), said: said.clone() }
}

/// Saves a batch; what is returned is durable.
pub fn save(
    register: &mut Register,
    stages: &Stages,
    author: &AccountId,
    batch: Vec<Prepared>,
) -> Result<Vec<Saved>, Failure> {
    let mut failure = None;
    let result = register.write(author, &SystemClock, |writing| {
        save_batch(writing, stages, batch).map_err(|error| {
            let message = error.message().to_owned();
            failure = Some(error);
            sijil_register::RegisterError::Refused(message)
        })
    });
    match (result, failure) {
        (_, Some(failure)) => Err(failure),
        (result, None) => Ok(result?),
    }
}

fn save_batch(
    writing: &mut Writing<'_, '_>,
    stages: &Stages,
    batch: Vec<Prepared>,
) -> Result<Vec<Saved>, Failure> {
    let mut saved = Vec::new();
    let mut fresh = Vec::new();
    let mut seen = BTreeSet::new();
    for prepared in batch {
        let document = prepared.received.document.clone();
        let known = writing.view().has_document(document.as_str())? || !seen.insert(document.clone());
        saved.push(Saved { document, name: prepared.received.name.clone(), known, claims: 0 });
        if !known {
            keep_document(writing, &prepared)?;
            fresh.push(prepared);
        }
    }
    let with_words: Vec<&Prepared> = fresh.iter().filter(|prepared| prepared.has_words()).collect();
    if !with_words.is_empty() {
        run_stages(writing, stages, &with_words, &mut saved)?;
    }
    Ok(saved)
}

/// Keeps a document's bytes, and the text or table that was read of it.
pub fn keep_document(writing: &mut Writing<'_, '_>, prepared: &Prepared) -> Result<(), Failure> {
    let Received { document, name, bytes, size, reading, published, container } = &prepared.received;
    let kept = match bytes {
        Bytes::Held(bytes) => writing.keep(bytes)?,
        Bytes::At(path) => {
            let file = File::open(path).map_err(|cause| crate::failure::file(path, &cause))?;
            writing.keep_from(file)?
        }
    };
    if kept != document.as_str() {
        let shown = name.as_deref().unwrap_or("the file");
        return Err(Failure::Refused(format!(
            "{shown}: it was changed while it was being read; add it again"
        )));
    }
    writing.say(Event::DocumentAdded(DocumentAdded {
        document: document.clone(),
        name: name.clone(),
        media_type: reading.media_type.to_owned(),
        size: *size,
        source: prepared.said.source.clone(),
        published: prepared.said.published.clone().map(String::from).or_else(|| published.clone()),
        container: container.clone(),
    }))?;
    match &reading.content {
        Content::Text(text) => keep_text(writing, prepared, reading, text),
        Content::Tables(tables) => keep_tables(writing, document, reading, tables),
        Content::Container(_) | Content::Opaque => Ok(()),
    }
}

fn keep_text(
    writing: &mut Writing<'_, '_>,
    prepared: &Prepared,
    reading: &Reading,
    text: &Text,
) -> Result<(), Failure> {
    let digest = writing.keep(text.content.as_bytes())?;
    let parts: Vec<EventPart> = text
        .parts
        .iter()
        .zip(&prepared.parts)
        .map(|(part, coded)| event_part(text, part, coded.language))
        .collect();
    let single = match parts.as_slice() {
        [only] if text.parts[0].id.is_none() => Some(only.clone()),
        _ => None,
    };
    let parts = match &single {
        Some(_) => None,
        None => Some(writing.keep(&serde_json::to_vec(&parts)?)?),
    };
    let (language, repost_key) = single.map_or((None, None), |part| (part.language, part.repost_key));
    writing.say(Event::TextRead(TextRead {
        document: prepared.received.document.clone(),
        text: digest,
        form: Form::Text,
        reader: reading.reader.to_owned(),
        version: reading.version.clone(),
        layout_derived: reading.layout_derived,
        parts,
        language,
        repost_key,
        length: text.parts.last().map_or(0, |part| u64::from(part.end)),
        bytes: text.content.len() as u64,
    }))?;
    Ok(())
}

fn keep_tables(
    writing: &mut Writing<'_, '_>,
    document: &DocumentId,
    reading: &Reading,
    tables: &Tables,
) -> Result<(), Failure> {
    let text = tables.to_text();
    let digest = writing.keep(text.as_bytes())?;
    writing.say(Event::TextRead(TextRead {
        document: document.clone(),
        text: digest,
        form: Form::Table,
        reader: reading.reader.to_owned(),
        version: reading.version.clone(),
        layout_derived: reading.layout_derived,
        parts: None,
        language: None,
        repost_key: None,
        length: u64::from(tables.row_count()),
        bytes: text.len() as u64,
    }))?;
    Ok(())
}

fn event_part(text: &Text, part: &Part, language: Language) -> EventPart {
    EventPart {
        label: part.id.clone(),
        starts: part.start,
        ends: part.end,
        byte_start: part.byte_start,
        byte_end: part.byte_end,
        published: part.published.as_deref().and_then(day_of).map(String::from),
        language: Some(language.code().to_owned()),
        country: part.country.clone(),
        repost_key: sijil_link::repost_key(text.words(part)),
    }
}

/// The day of a date or time as inputs write it; EDTF as it is.
pub fn day_of(written: &str) -> Option<Edtf> {
    [written, written.get(..10)?].into_iter().find_map(|text| Edtf::new(text).ok())
}

/// Writes the results of extraction, placing and linking as runs, adopted where their version is in force.
fn run_stages(
    writing: &mut Writing<'_, '_>,
    stages: &Stages,
    batch: &[&Prepared],
    saved: &mut [Saved],
) -> Result<(), Failure> {
    let mut extraction = ResultSpool::new()?;
    let mut answers = Answers::default();
    let mut looked_up = Seen::default();
    let mut linking = Linking::new(writing)?;
    for prepared in batch {
        let mut claims = 0;
        let document = &prepared.received.document;
        match &prepared.received.reading.content {
            Content::Text(text) => {
                for (part, coded) in text.parts.iter().zip(&prepared.parts) {
                    answers.add_part(stages, &coded.claims, &prepared.facts(part));
                    let key = sijil_link::repost_key(text.words(part));
                    linking.add_part(document.as_str(), coded.number, key.as_deref(), &coded.claims)?;
                    claims += coded.claims.len() as u64;
                    extraction.line(&extracted(document, coded.number, &coded.claims))?;
                }
            }
            Content::Tables(tables) => {
                let pack = |found: Vec<sijil_model::Claim>| (packed(document, &found), found);
                coding::list(document, tables, pack, |(lines, found)| {
                    answers.add_listed(stages, &found, &mut looked_up);
                    linking.add_people(document.as_str(), &found)?;
                    claims += found.len() as u64;
                    extraction.packed(&lines?)
                })?;
            }
            Content::Container(_) | Content::Opaque => {}
        }
        if let Some(row) = saved.iter_mut().find(|row| row.document == *document && !row.known) {
            row.claims = claims;
        }
    }
    let links = linking.lines();
    let documents = batch.len() as u64;
    let result = writing.keep_from(extraction.finish()?)?;
    say_run(writing, setting::EXTRACTOR, stages.coder.program(), result, None, documents)?;
    say_answers(writing, stages, answers, documents)?;
    say_links(writing, links, documents)
}

fn extracted(document: &DocumentId, part: u32, claims: &[sijil_model::Claim]) -> ExtractedLine {
    let claims = claims.iter().cloned().map(StoredClaim::from).collect();
    ExtractedLine { document: document.clone(), part, claims }
}

/// A piece of a list as it lies in a result. Packing takes longer than all else, so every core does some of it.
fn packed(document: &DocumentId, claims: &[sijil_model::Claim]) -> sijil_register::Result<Vec<u8>> {
    let mut out = ResultWriter::new(Vec::new());
    out.line(&extracted(document, 0, claims))?;
    out.finish()
}

/// Says what was placed and dated.
pub fn say_answers(
    writing: &mut Writing<'_, '_>,
    stages: &Stages,
    answers: Answers,
    documents: u64,
) -> Result<(), Failure> {
    if answers.is_empty() {
        return Ok(());
    }
    let mut placing = ResultSpool::new()?;
    for line in answers.lines() {
        placing.line(&line)?;
    }
    let result = writing.keep_from(placing.finish()?)?;
    say_run(writing, setting::PLACER, placing::program(), result, stages.gazetteer_data.clone(), documents)?;
    Ok(())
}

fn say_links(writing: &mut Writing<'_, '_>, links: Vec<LinkedLine>, documents: u64) -> Result<(), Failure> {
    if links.is_empty() {
        return Ok(());
    }
    let mut out = ResultSpool::new()?;
    for line in &links {
        out.line(line)?;
    }
    let result = writing.keep_from(out.finish()?)?;
    say_run(writing, setting::LINKER, linking::program(), result, None, documents)?;
    Ok(())
}

/// Says a run, and that it counts where its program's version is the one in force; another version's is a proposal.
/// Returns the run's log position.
pub fn say_run(
    writing: &mut Writing<'_, '_>,
    in_force: &str,
    program: Program,
    result: String,
    data: Option<String>,
    documents: u64,
) -> Result<u64, Failure> {
    let adopted = writing.view().setting(in_force, None)?.is_none_or(|version| version == program.in_force());
    let run = propose_run(writing, in_force, program, result, data, documents)?;
    if adopted {
        adopt_run(writing, in_force, run)?;
    }
    Ok(run)
}

/// Says a run of a stage, named by its setting. Returns the run's log position.
pub fn propose_run(
    writing: &mut Writing<'_, '_>,
    stage: &str,
    program: Program,
    result: String,
    data: Option<String>,
    documents: u64,
) -> Result<u64, Failure> {
    let Program { name, version } = program;
    let run = Run { program: name, version, result, data, documents };
    Ok(writing.say(match stage {
        setting::EXTRACTOR => Event::ExtractionRun(run),
        setting::PLACER => Event::PlacingRun(run),
        _ => Event::LinkRun(run),
    })?)
}

/// Says that a run counts from here on.
pub fn adopt_run(writing: &mut Writing<'_, '_>, stage: &str, run: u64) -> Result<(), Failure> {
    let adopted = Adopted { run };
    writing.say(match stage {
        setting::EXTRACTOR => Event::ExtractionAdopted(adopted),
        setting::PLACER => Event::PlacingAdopted(adopted),
        _ => Event::LinkAdopted(adopted),
    })?;
    Ok(())
}

/// A result on its way, in a file that vanishes with the program: results of long lists do not fit in memory.
pub struct ResultSpool(ResultWriter<BufWriter<File>>);

impl ResultSpool {
    /// Starts a result.
    pub fn new() -> Result<Self, Failure> {
        let file = tempfile::tempfile().map_err(|cause| Self::failed(&cause))?;
        Ok(Self(ResultWriter::new(BufWriter::with_capacity(1 << 16, file))))
    }

    /// Appends one line.
    pub fn line(&mut self, line: &impl serde::Serialize) -> Result<(), Failure> {
        Ok(self.0.line(line)?)
    }

    /// Appends lines that were packed before.
    pub fn packed(&mut self, lines: &[u8]) -> Result<(), Failure> {
        Ok(self.0.packed(lines)?)
    }

    /// The whole result, ready to be read from its beginning.
    pub fn finish(self) -> Result<File, Failure> {
        let mut file = self.0.finish()?.into_inner().map_err(|error| Self::failed(&error.into_error()))?;
        file.rewind().map_err(|cause| Self::failed(&cause))?;
        Ok(file)
    }

    fn failed(cause: &std::io::Error) -> Failure {
        Failure::Refused(format!("a temporary file cannot be written: {cause}; free some disk"))
    }
}

impl Prepared {
    fn has_words(&self) -> bool {
        matches!(self.received.reading.content, Content::Text(_) | Content::Tables(_))
    }

    fn facts(&self, part: &Part) -> PartFacts {
        let document = self.said.published.clone().or_else(|| day_of(self.received.published.as_deref()?));
        PartFacts {
            published: part.published.as_deref().and_then(day_of).or(document),
            country: part.country.clone(),
            is_post: PartFacts::is_post(self.said.source_kind, part.end - part.start),
        }
    }
}
