//! The texts of a register: words that are not where claims say, and arithmetic that the sources get wrong.

use sijil_check::invariants::Breach;
use sijil_check::{Finding, Kind, check};
use sijil_model::{Quoted, Span};
use sijil_read::Tables;
use sijil_register::Register;

use crate::failure::Failure;

/// What was read of a document.
enum Words {
    Text(String),
    Table(Tables),
}

/// Claims whose words do not read again (9), and what sources' own numbers contradict (11–13, 16), as warnings.
pub fn texts(register: &Register) -> Result<Vec<Breach>, Failure> {
    let view = register.view();
    let mut breaches = Vec::new();
    for id in view.document_ids()? {
        let claims = view.claims_of_document(&id)?;
        breaches.extend(claims.iter().filter(|row| row.claim.spans.is_empty()).map(|row| {
            Breach::error(9, [row.claim.id.to_string(), id.clone()], "it rests on no words".to_owned())
        }));
        let Some(words) = words(register, &id)? else { continue };
        for row in &claims {
            let lost = row.claim.spans.iter().find(|quoted| !reads(&words, quoted));
            breaches.extend(lost.map(|quoted| {
                let explain = format!("other words stand at {} than those that it rests on", quoted.span);
                Breach::error(9, [row.claim.id.to_string(), id.clone()], explain)
            }));
        }
        if let Words::Text(text) = &words {
            breaches.extend(check(text).iter().map(|finding| source_slip(&id, finding)));
        }
    }
    Ok(breaches)
}

/// The words of a document; none where it has none, or where they were erased or redacted since.
fn words(register: &Register, document: &str) -> Result<Option<Words>, Failure> {
    let view = register.view();
    let Some(reading) = view.reading(document)? else { return Ok(None) };
    let Ok(digest) = view.current_blob(&reading.text) else { return Ok(None) };
    if digest != reading.text {
        return Ok(None);
    }
    let damaged = |cause: String| Failure::Refused(format!("the text of {document} is damaged: {cause}"));
    let text = String::from_utf8(register.blob(&digest)?).map_err(|cause| damaged(cause.to_string()))?;
    let words = match reading.form.as_str() {
        "table" => Words::Table(Tables::from_text(&text).map_err(|cause| damaged(cause.to_string()))?),
        _ => Words::Text(text),
    };
    Ok(Some(words))
}

/// Whether the quoted words stand at their place. Of a whole row its place is enough.
fn reads(words: &Words, quoted: &Quoted) -> bool {
    match (words, quoted.span) {
        (Words::Text(text), span @ Span::Text { .. }) => span.quote(text) == Some(&quoted.quote),
        (Words::Table(tables), Span::Cell { row, column: Some(column) }) => {
            tables.row(row).and_then(|row| row.cell(usize::from(column))) == Some(&quoted.quote)
        }
        (Words::Table(tables), Span::Cell { row, column: None }) => tables.row(row).is_some(),
        _ => false,
    }
}

fn source_slip(document: &str, finding: &Finding) -> Breach {
    let invariant = match finding.finding {
        Kind::Percentage => 11,
        Kind::NOfM => 13,
        Kind::Period => 16,
        _ => 12,
    };
    let (start, end) = finding.span;
    Breach::warning(
        invariant,
        [document.to_owned()],
        format!("the source's own numbers at [{start},{end}): {}", finding.explain),
    )
}
