//! The built-in example: a register about a country that does not exist, with the decisions of two made-up recorders.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sijil_archive::Settings;
use sijil_model::codebook::{Coded, ReleaseLevel, Reliability, SourceKind, Verdict};
use sijil_model::fold::fold;
use sijil_model::{AccountId, Content, Edtf, FigureId, SourceId, Span};
use sijil_register::ask::ClaimRow;
use sijil_register::event::{MonitoringNote, SourceRecord};
use sijil_register::{Event, View};

use crate::arguments::{Count, Decide};
use crate::asking;
use crate::commands::{decide, init, judge, reject};
use crate::failure::{Failure, file};
use crate::session::Session;
use crate::stages::saving::{self, Said};
use crate::stages::{Stages, intake, setting, strikes};

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

#[derive(Deserialize)]
struct Manifest {
    country: String,
    gazetteer: String,
    actors: String,
    sources: Vec<SourceLine>,
    documents: Vec<DocumentLine>,
}

#[derive(Deserialize)]
struct SourceLine {
    id: String,
    name_en: String,
    name_ar: String,
    kind: String,
    reliability: String,
    release_level: u8,
    independence_group: Option<String>,
}

#[derive(Deserialize)]
struct DocumentLine {
    file: String,
    source: Option<String>,
    published: Option<String>,
}

#[derive(Deserialize)]
struct Decisions {
    accounts: Vec<AccountLine>,
    decisions: Vec<Line>,
}

#[derive(Deserialize)]
struct AccountLine {
    account: String,
}

/// One decision of a recorder; which fields it has depends on its kind.
#[derive(Deserialize)]
struct Line {
    n: u32,
    by: String,
    kind: String,
    what: String,
    why: String,
    refers_to: Vec<Reference>,
    verdict: Option<Verdict>,
    value: Option<String>,
    document: Option<String>,
    period: Option<String>,
    dark: Option<Vec<Dark>>,
    persons: Option<u32>,
    question: Option<BTreeMap<String, String>>,
    title_en: Option<String>,
    title_ar: Option<String>,
}

/// The words that a decision is about.
#[derive(Deserialize)]
struct Reference {
    document: String,
    quote: String,
    line: Option<String>,
    row: Option<u32>,
}

#[derive(Deserialize)]
struct Dark {
    period: String,
    place: String,
    why: String,
}

/// What came of making the example.
pub struct Made {
    /// The register.
    pub session: Session,
    /// Decisions whose words were not read as the recorder read them: none, if the extractor is as good as it was.
    pub missed: Vec<String>,
}

/// Makes the example in a new folder.
pub fn make(dir: &Path) -> Result<Made, Failure> {
    let manifest: Manifest = parse("manifest.json")?;
    let register = init::make(dir, &Settings::default(), Some(&manifest.country))?;
    let mut session = Session { register, account: init::OWNER.parse()? };
    prepare(&mut session, &manifest)?;
    let stages = Stages::of(&session.register)?;
    let documents = add_documents(&mut session, &stages, &manifest)?;
    let decisions: Decisions = parse("decisions.json")?;
    for line in &decisions.accounts {
        let account = AccountId::new(line.account.as_str())?;
        let roles = ["recorder", "reviewer", "publisher"].map(str::to_owned).to_vec();
        session.write(|writing| writing.say(Event::AccountMade { account, roles }))?;
    }
    let mut missed = Vec::new();
    for line in &decisions.decisions {
        session.account = line.by.parse()?;
        if !take(&mut session, &stages, &documents, line)? {
            missed.push(format!("{} {}: {}", line.n, line.kind, line.what));
        }
    }
    release_figures(&mut session)?;
    session.account = init::OWNER.parse()?;
    strikes::compare(&mut session.register, &session.account)?;
    Ok(Made { session, missed })
}

fn text_of(name: &str) -> Result<&'static str, Failure> {
    let found = EXAMPLE.get_file(name).and_then(|file| file.contents_utf8());
    found.ok_or_else(|| Failure::Internal(format!("the built-in example lacks {name}")))
}

fn parse<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, Failure> {
    serde_json::from_str(text_of(name)?)
        .map_err(|cause| Failure::Internal(format!("the built-in example's {name}: {cause}")))
}

/// Puts the country's places, parties and sources in force.
fn prepare(session: &mut Session, manifest: &Manifest) -> Result<(), Failure> {
    let tables =
        [(setting::GAZETTEER, text_of(&manifest.gazetteer)?), (setting::ACTORS, text_of(&manifest.actors)?)];
    let sources = manifest.sources.iter().map(described).collect::<Result<Vec<_>, _>>()?;
    session.write(|writing| {
        for (key, table) in tables {
            let value = writing.keep(table.as_bytes())?;
            writing.say(Event::SettingChanged { key: key.into(), value })?;
        }
        for source in sources {
            writing.say(Event::SourceDescribed(source))?;
        }
        Ok(())
    })
}

fn described(line: &SourceLine) -> Result<SourceRecord, Failure> {
    Ok(SourceRecord {
        source: SourceId::new(line.id.as_str())?,
        source_kind: SourceKind::from_code(&line.kind)?,
        name_en: line.name_en.clone(),
        name_ar: line.name_ar.clone(),
        reliability: Reliability::from_code(&line.reliability)?,
        release_level: ReleaseLevel::from_code(&line.release_level.to_string())?,
        independence: line.independence_group.clone(),
        derived_from: Vec::new(),
    })
}

/// Adds the documents as their files would be, in the manifest's order; returns their ids by file name.
fn add_documents(
    session: &mut Session,
    stages: &Stages,
    manifest: &Manifest,
) -> Result<BTreeMap<String, String>, Failure> {
    let folder = tempfile::tempdir()
        .map_err(|cause| Failure::Refused(format!("no temporary folder can be made: {cause}")))?;
    let mut ids = BTreeMap::new();
    let mut batch = Vec::new();
    for line in &manifest.documents {
        let path = folder.path().join(&line.file);
        let bytes = EXAMPLE.get_file(format!("documents/{}", line.file)).map(include_dir::File::contents);
        let bytes =
            bytes.ok_or_else(|| Failure::Internal(format!("the built-in example lacks {}", line.file)))?;
        std::fs::write(&path, bytes).map_err(|cause| file(&path, &cause))?;
        let source = line.source.as_deref().map(SourceId::new).transpose()?;
        let kind = manifest.sources.iter().find(|known| Some(&known.id) == line.source.as_ref());
        let said = Said {
            source,
            source_kind: kind.map(|known| SourceKind::from_code(&known.kind)).transpose()?,
            published: line.published.as_deref().map(Edtf::new).transpose()?,
        };
        match intake::take(&path, crate::session::today()) {
            intake::Taken::Documents(documents, _) => {
                ids.extend(documents.first().map(|first| (line.file.clone(), first.document.to_string())));
                batch.extend(documents.into_iter().map(|received| saving::prepare(stages, received, &said)));
            }
            intake::Taken::Refused(message) => return Err(Failure::Internal(message)),
        }
    }
    saving::save(&mut session.register, stages, &session.account, batch)?;
    Ok(ids)
}

/// Takes one decision; `false` where its words were not read as the recorder read them.
fn take(
    session: &mut Session,
    stages: &Stages,
    documents: &BTreeMap<String, String>,
    line: &Line,
) -> Result<bool, Failure> {
    let found = |session: &Session, kind: &'static str| -> Result<Vec<String>, Failure> {
        let view = session.register.view();
        let claims = line.refers_to.iter().map(|reference| anchor(session, documents, reference, kind));
        let claims = claims.collect::<Result<Vec<_>, _>>()?.into_iter().flatten();
        let mut ids = Vec::new();
        for claim in claims {
            ids.extend(if kind == "casualty" { Some(claim) } else { view.record_of(&claim)? });
        }
        Ok(ids)
    };
    match line.kind.as_str() {
        "monitoring_note" => note(session, line)?,
        "published" => {
            let document =
                line.document.as_ref().and_then(|name| documents.get(name)).cloned().unwrap_or_default();
            let value = line.value.as_deref().unwrap_or_default();
            decide(session, stages, line, (&document, "published", value), Vec::new())?;
        }
        "judge_incidents" | "judge_persons" => {
            let kind = if line.kind == "judge_incidents" { "incident" } else { "person" };
            let anchors = line
                .refers_to
                .iter()
                .map(|reference| anchor(session, documents, reference, kind))
                .collect::<Result<Vec<_>, _>>()?;
            let [Some(left), Some(right)] = anchors.as_slice() else { return Ok(false) };
            if left == right {
                return Ok(false);
            }
            judge::say_in(session, left, right, line.verdict.unwrap_or(Verdict::Unsure), &line.why)?;
        }
        "reject" => {
            let claims = found(session, "casualty")?;
            // Nothing was read where the recorder feared a misreading: there is nothing to reject.
            let Some(claim) = claims.first() else { return Ok(true) };
            reject::reject_in(session, claim, false, &line.why)?;
        }
        "grading" | "status" => {
            let records = found(session, "incident")?;
            let Some(record) = records.first() else { return Ok(false) };
            let (field, value) = match line.persons {
                Some(persons) => ("disputed.killed", persons.to_string()),
                None => ("grading", line.value.clone().unwrap_or_default()),
            };
            // Who concedes the dead of a confirmed incident says how many.
            let used = if value == "confirmed" { found(session, "casualty")? } else { Vec::new() };
            decide(session, stages, line, (record, field, &value), used)?;
        }
        "clear" | "sign" => {
            let records = found(session, "incident")?;
            let Some(record) = records.first() else { return Ok(false) };
            let mut targets = vec![record.clone()];
            targets.extend(
                line.refers_to.iter().filter_map(|reference| documents.get(&reference.document).cloned()),
            );
            let event =
                if line.kind == "clear" { Event::Cleared { targets } } else { Event::Signed { targets } };
            session.write(|writing| writing.say(event))?;
        }
        "figure" => figure(session, stages, line)?,
        other => {
            return Err(Failure::Internal(format!(
                "the built-in example has a decision of the kind {other}"
            )));
        }
    }
    Ok(true)
}

fn decide(
    session: &mut Session,
    stages: &Stages,
    line: &Line,
    (id, field, value): (&str, &str, &str),
    used: Vec<String>,
) -> Result<(), Failure> {
    let decide = Decide {
        id: id.to_owned(),
        field: field.to_owned(),
        value: value.to_owned(),
        why: line.why.clone(),
        used,
        rejected: Vec::new(),
    };
    decide::decide_in(session, stages, &decide).map(|_| ())
}

fn note(session: &mut Session, line: &Line) -> Result<(), Failure> {
    let dark: Vec<String> = line
        .dark
        .iter()
        .flatten()
        .map(|dark| format!("{} {}: {}", dark.period, dark.place, dark.why))
        .collect();
    let note = MonitoringNote {
        chains: Vec::new(),
        period: line.period.clone().unwrap_or_default(),
        places: Vec::new(),
        searched: line.what.clone(),
        dark: (!dark.is_empty()).then(|| dark.join("; ")),
    };
    session.write(|writing| writing.say(Event::MonitoringNoted(note)))?;
    Ok(())
}

fn figure(session: &mut Session, stages: &Stages, line: &Line) -> Result<(), Failure> {
    let asked = line.question.clone().unwrap_or_default();
    let word = |key: &str| asked.get(key).cloned();
    let count = Count {
        harm: word("harm"),
        class: word("class"),
        status: word("status"),
        actor: word("actor").into_iter().collect(),
        place: word("place").into_iter().collect(),
        period: word("period"),
        grading: word("grading"),
        by: word("by"),
        ..Count::default()
    };
    let question = serde_json::to_string(&asking::question(session.register.view(), stages, &count)?)?;
    let figure = FigureId::new(line.what.as_str())?;
    let title_en = line.title_en.clone().unwrap_or_else(|| line.what.clone());
    let title_ar = line.title_ar.clone().unwrap_or_else(|| title_en.clone());
    session.write(|writing| writing.say(Event::FigureDefined { figure, question, title_en, title_ar }))?;
    Ok(())
}

/// The recorders stand behind every saved figure: one clears it, the other signs.
fn release_figures(session: &mut Session) -> Result<(), Failure> {
    let figures: Vec<String> =
        session.register.view().figures()?.into_iter().map(|figure| figure.id).collect();
    for (account, event) in [
        ("recorder-a", Event::Cleared { targets: figures.clone() }),
        ("recorder-b", Event::Signed { targets: figures }),
    ] {
        session.account = account.parse()?;
        session.write(|writing| writing.say(event))?;
    }
    Ok(())
}

/// The claim that says what the quoted words say: of the wanted kind, and nearest to them.
fn anchor(
    session: &Session,
    documents: &BTreeMap<String, String>,
    reference: &Reference,
    kind: &str,
) -> Result<Option<String>, Failure> {
    let view = session.register.view();
    let Some(document) = documents.get(&reference.document) else { return Ok(None) };
    let rows = view.claims_of_document(document)?;
    if let Some(row) = reference.row {
        let of_row = rows.iter().find(|claim| matches!(claim.claim.spans.first().map(|quoted| quoted.span), Some(Span::Cell { row: here, .. }) if here == row));
        return Ok(of_row.map(|row| row.claim.id.to_string()));
    }
    let Some((part, start, end)) = place_of(session, view, document, reference)? else { return Ok(None) };
    let in_part = |row: &&ClaimRow| row.part == part;
    let named = |row: &&ClaimRow| match &row.claim.content {
        Content::Person(person) => {
            person.name.as_deref().is_some_and(|name| fold(&reference.quote).contains(&fold(name)))
        }
        _ => row.claim.content.kind() == kind,
    };
    let founders = rows.iter().filter(in_part).filter(|row| row.claim.content.kind() == kind).filter(named);
    let nearest = founders
        .map(|row| {
            let about = rows.iter().filter(|other| other.claim.about.as_ref() == Some(&row.claim.id));
            (
                about.chain([row]).map(|claim| gap(claim, start, end)).min().unwrap_or(u32::MAX),
                row.claim.id.to_string(),
            )
        })
        .min();
    // A misreading is of these very words; an incident or a person may be told in the words around them.
    Ok(nearest.filter(|(gap, _)| *gap == 0 || kind != "casualty").map(|(_, id)| id))
}

/// How many bytes lie between a claim's words and a stretch of text.
fn gap(row: &ClaimRow, start: u32, end: u32) -> u32 {
    let gaps = row.claim.spans.iter().map(|quoted| match quoted.span {
        Span::Text { byte_start, byte_end, .. } => {
            byte_start.saturating_sub(end).max(start.saturating_sub(byte_end))
        }
        Span::Cell { .. } => u32::MAX,
    });
    gaps.min().unwrap_or(u32::MAX)
}

/// Part and bytes of the quoted words in a document's text.
fn place_of(
    session: &Session,
    view: &View,
    document: &str,
    reference: &Reference,
) -> Result<Option<(u32, u32, u32)>, Failure> {
    let Some(reading) = view.reading(document)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&session.register.blob(&reading.text)?).into_owned();
    for part in view.parts(document)? {
        if reference.line.is_some() && part.label != reference.line {
            continue;
        }
        let words = text.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default();
        if let Some(at) = words.find(&reference.quote) {
            let start = part.byte_start + u32::try_from(at).unwrap_or(u32::MAX);
            let length = u32::try_from(reference.quote.len()).unwrap_or(u32::MAX);
            return Ok(Some((part.number, start, start.saturating_add(length))));
        }
    }
    Ok(None)
}
