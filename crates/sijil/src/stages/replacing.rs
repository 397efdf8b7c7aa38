//! Doing a stage again over what the register holds: times when a date is learned, everything when a program is newer.

use sijil_model::{Claim, DocumentId, Edtf};
use sijil_read::Tables;
use sijil_register::Register;
use sijil_register::ask::PartRow;

use super::placing::{Answers, PartFacts, Seen};
use super::{Stages, coding};
use crate::failure::Failure;

/// Places and dates the claims of a document again, as if it had been published on that day.
///
/// Of a document of several parts only those without a date of their own move.
pub fn times_of(
    register: &Register,
    stages: &Stages,
    document: &str,
    published: Option<Edtf>,
) -> Result<Answers, Failure> {
    let view = register.view();
    let rows = view.claims_of_document(document)?;
    let mut answers = Answers::default();
    for part in view.parts(document)? {
        let claims: Vec<Claim> =
            rows.iter().filter(|row| row.part == part.number).map(|row| row.claim.clone()).collect();
        let facts = PartFacts {
            published: published.clone().or(view.published(document, part.number)?),
            ..facts(register, document, &part)?
        };
        answers.add_part(stages, &claims, &facts);
        answers.add_listed(stages, &claims, &mut Seen::default());
    }
    Ok(answers)
}

/// Places and dates the claims of one part, with what the register knows of it.
pub fn answer_part(
    register: &Register,
    stages: &Stages,
    document: &str,
    number: u32,
    claims: &[Claim],
    answers: &mut Answers,
) -> Result<(), Failure> {
    if let Some(part) = register.view().parts(document)?.iter().find(|part| part.number == number) {
        answers.add_part(stages, claims, &facts(register, document, part)?);
    }
    answers.add_listed(stages, claims, &mut Seen::default());
    Ok(())
}

fn facts(register: &Register, document: &str, part: &PartRow) -> Result<PartFacts, Failure> {
    let view = register.view();
    let source = view.source_of(document)?.map(|source| source.source_kind);
    Ok(PartFacts {
        published: view.published(document, part.number)?,
        country: part.country.clone(),
        is_post: PartFacts::is_post(source, part.ends - part.starts),
    })
}

/// The claims of a document as the stages read it now, part by part.
pub fn claims_of(
    register: &Register,
    stages: &Stages,
    document: &DocumentId,
) -> Result<Vec<(u32, Vec<Claim>)>, Failure> {
    let view = register.view();
    let Some(reading) = view.reading(document.as_str())? else { return Ok(Vec::new()) };
    let text = stored_text(register, &reading.text)?;
    if reading.form == "table" {
        let tables = Tables::from_text(&text).map_err(|error| {
            Failure::Refused(format!(
                "the stored list {} cannot be read: {error}; run `sijil verify`",
                reading.text
            ))
        })?;
        let mut pieces = Vec::new();
        let keep = |claims| {
            pieces.push((0, claims));
            Ok::<(), Failure>(())
        };
        coding::list(document, &tables, |claims| claims, keep)?;
        return Ok(pieces);
    }
    let parts = view.parts(document.as_str())?;
    Ok(parts
        .iter()
        .map(|part| (part.number, coding::part(stages, document, &text, part.number, &as_read(part)).claims))
        .collect())
}

fn stored_text(register: &Register, digest: &str) -> Result<String, Failure> {
    String::from_utf8(register.blob(digest)?)
        .map_err(|_| Failure::Refused(format!("the stored text {digest} is not UTF-8; run `sijil verify`")))
}

fn as_read(part: &PartRow) -> sijil_read::Part {
    sijil_read::Part {
        id: part.label.clone(),
        start: part.starts,
        end: part.ends,
        byte_start: part.byte_start,
        byte_end: part.byte_end,
        lang: part.language.clone(),
        country: part.country.clone(),
        ..sijil_read::Part::default()
    }
}
