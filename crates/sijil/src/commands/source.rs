//! `sijil source`: lists sources, or describes one.

use sijil_model::SourceId;
use sijil_model::codebook::{Coded, ReleaseLevel, Reliability, SourceKind};
use sijil_register::Event;
use sijil_register::event::SourceRecord;

use crate::arguments::{Arguments, Source};
use crate::failure::{Failure, Outcome};
use crate::grading;
use crate::session::Session;
use crate::terminal::{say, table};

pub fn run(arguments: &Arguments, source: &Source) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Some(id) = &source.id else { return list(&session) };
    let record = described(&session, &SourceId::new(id.as_str())?, source)?;
    let stays = record.release_level == ReleaseLevel::NeverLeavesDevice;
    let position = session.write(|writing| writing.say(Event::SourceDescribed(record)))?;
    say(&format!("entry:{position}  source.described  {id}"));
    if stays {
        say(
            "  level 5 never leaves this device: no other register can receive this one now, and a backup of it holds the source",
        );
    }
    Ok(())
}

fn list(session: &Session) -> Outcome {
    let rows: Vec<Vec<String>> = session
        .register
        .view()
        .sources()?
        .into_iter()
        .map(|row| {
            let name = if row.release_level >= ReleaseLevel::NamedKeys {
                "(protected)".to_owned()
            } else {
                row.name_en
            };
            vec![
                row.source.to_string(),
                row.source_kind.to_string(),
                row.reliability.to_string(),
                row.release_level.to_string(),
                name,
            ]
        })
        .collect();
    table(&rows);
    Ok(())
}

/// The source with what is said now, and the rest as it was.
fn described(session: &Session, id: &SourceId, said: &Source) -> Result<SourceRecord, Failure> {
    let known = session.register.view().source(id.as_str())?;
    let kind = match (&said.kind, &known) {
        (Some(code), _) => SourceKind::from_code(code)?,
        (None, Some(known)) => known.source_kind,
        (None, None) => {
            return Err(Failure::Usage(format!("a new source needs --kind; write one of: {}", codes())));
        }
    };
    let name_en = said
        .name_en
        .clone()
        .or(known.as_ref().map(|known| known.name_en.clone()))
        .unwrap_or_else(|| id.to_string());
    let name_ar = said
        .name_ar
        .clone()
        .or(known.as_ref().map(|known| known.name_ar.clone()))
        .unwrap_or_else(|| name_en.clone());
    let level = said.level.as_deref().map(ReleaseLevel::from_code).transpose()?;
    let reliability = said.reliability.as_deref().map(Reliability::from_code).transpose()?;
    Ok(SourceRecord {
        source: id.clone(),
        source_kind: kind,
        name_en,
        name_ar,
        reliability: reliability
            .or(known.as_ref().map(|known| known.reliability))
            .unwrap_or(Reliability::Unknown),
        release_level: level
            .or(known.as_ref().map(|known| known.release_level))
            .unwrap_or_else(|| default_level(kind)),
        independence: said
            .independence
            .clone()
            .or(known.as_ref().and_then(|known| known.independence.clone())),
        derived_from: match said.derived_from.as_slice() {
            [] => known.map(|known| known.derived_from).unwrap_or_default(),
            named => named.iter().map(|other| derived_from(session, id, other)).collect::<Result<_, _>>()?,
        },
    })
}

/// A source that another one takes what it says from; nothing is derived from itself, on whatever way.
fn derived_from(session: &Session, id: &SourceId, other: &str) -> Result<SourceId, Failure> {
    let other = SourceId::new(other)?;
    let sources = session.register.view().sources()?;
    if !sources.iter().any(|source| source.source == other) {
        return Err(Failure::Refused(format!(
            "there is no source `{other}`; describe it first: sijil source {other} --kind … (`sijil source` lists them)"
        )));
    }
    if grading::roots(&sources, &other).contains(id) || other == *id {
        return Err(Failure::Refused(format!(
            "`{other}` is itself derived from `{id}`; say of only one of them that it repeats the other"
        )));
    }
    Ok(other)
}

/// Reporters and witnesses are protected unless a person says otherwise (codebook §13).
pub fn default_level(kind: SourceKind) -> ReleaseLevel {
    match kind {
        SourceKind::VictimTestimony
        | SourceKind::WitnessTestimony
        | SourceKind::RelativeTestimony
        | SourceKind::FieldReporter
        | SourceKind::MedicalRecord => ReleaseLevel::NamedKeys,
        _ => ReleaseLevel::Public,
    }
}

fn codes() -> String {
    SourceKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ")
}
