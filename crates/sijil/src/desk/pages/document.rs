//! A document: its words with the claims marked in them, where it came from, its bytes, and the proof of its entry.

mod body;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use sijil_model::{ClaimId, DocumentId, IncidentId};
use sijil_page::view::{
    Body, Choice, DocumentPage, EnterForm, EnterTyped, IncidentTitle, Link, Origin, Shown, TroubleKind,
};
use sijil_register::ask::{ClaimRow, DocumentRow};

use self::body::Part;
use super::incident::decide_form;
use crate::desk::Desk;
use crate::desk::answer::{Refusal, Result, attachment};
use crate::desk::parts::shelf::Words;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// What can be decided of a document.
const FIELDS: [&str; 2] = ["published", "source"];

/// `GET /document/{id}`, `GET /document/{id}?claim=ID`, `GET /document/{id}?from=LETTER`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    desk.page(visit, None, move |viewing| page(viewing, &id)).await
}

/// `GET /document/{id}/bytes`: the bytes as received, to be saved and never shown.
pub async fn bytes(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let row = viewing.view().document(&id)?;
        let bytes = viewing.register().blob(&row.id).map_err(|error| erased(error.into(), &row.id))?;
        // Only plain text is named as such: it cannot run anything, and whoever opens it sees the letters.
        let is_text = row.media_type == "text/plain" && std::str::from_utf8(&bytes).is_ok();
        let media_type = if is_text { "text/plain; charset=utf-8" } else { "application/octet-stream" };
        Ok(attachment(row.name.as_deref().unwrap_or(&row.id), media_type, bytes))
    };
    desk.file(visit, make).await
}

/// `GET /document/{id}/txt`: the text or list as a reader made it.
pub async fn text(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let row = viewing.view().document(&id)?;
        let reading =
            viewing.view().reading(&row.id)?.ok_or_else(|| Refusal::new(TroubleKind::NotFound, &row.id))?;
        let bytes = viewing.register().blob(&reading.text).map_err(|error| erased(error.into(), &row.id))?;
        Ok(attachment(&format!("{}.txt", row.id), "text/plain; charset=utf-8", bytes))
    };
    desk.file(visit, make).await
}

/// A blob that is refused was erased.
fn erased(refusal: Refusal, id: &str) -> Refusal {
    refusal.or_kind(TroubleKind::Erased).about(id)
}

/// The page of a document.
pub fn page(viewing: &Viewing<'_>, id: &str) -> Result<DocumentPage> {
    let row = viewing.view().document(id)?;
    let part = viewing.part_shown(&row)?;
    let claims = part.claims.iter().map(|row| &row.claim);
    let (mut incidents, mut people) = (Vec::new(), Vec::new());
    for record in viewing.records_of(claims)? {
        match record.starts_with('p') {
            true => people.push(viewing.person_line(&viewing.view().person(&record)?)?),
            false => incidents.extend(viewing.incident_by_id(&IncidentId::new(record)?)?),
        }
    }
    let title = viewing.document_link(&row, part.number, None)?;
    let enter = matches!(part.body, Body::Text { .. }).then(|| enter_form(viewing, &row.id, &incidents));
    Ok(DocumentPage {
        enter,
        id: DocumentId::new(row.id.as_str())?,
        title: title.title,
        wanted: viewing.visit.get("claim").and_then(|id| ClaimId::new(id).ok()),
        language: title.language,
        origin: origin(viewing, &row, &part)?,
        reposts: reposts(viewing, &row, part.number)?,
        incidents,
        people,
        claims: part
            .claims
            .iter()
            .map(|row: &ClaimRow| viewing.claim_in_place(row))
            .collect::<Result<_>>()?,
        proof: Some(viewing.proof(&viewing.view().entry_of_document(&row.id)?)?),
        downloads: viewing.downloads(&row)?,
        decide: Some(decide_form(viewing, &row.id, &FIELDS)),
        reject: viewing.reject_form(),
        notice: viewing.notice()?,
        body: part.body,
    })
}

/// The form by which somebody enters what no program read.
fn enter_form(viewing: &Viewing<'_>, id: &str, incidents: &[IncidentTitle]) -> EnterForm {
    let choice =
        |title: &IncidentTitle| Choice { value: title.id.to_string(), label: viewing.title_in_words(title) };
    EnterForm {
        action: viewing.links.form("enter-claim"),
        id: id.to_owned(),
        incidents: incidents.iter().map(choice).collect(),
        back: viewing.visit.here(),
        typed: EnterTyped::default(),
    }
}

fn origin(viewing: &Viewing<'_>, row: &DocumentRow, part: &Part) -> Result<Origin> {
    let link = viewing.document_link(row, part.number, None)?;
    let reading = match viewing.words_of(&row.id)? {
        Words::Kept(_, reading) => Some(reading),
        Words::Erased | Words::None => None,
    };
    Ok(Origin {
        source: link.source.map(|text| Link { text, href: Some(viewing.links.page("sources")) }),
        file_name: row.name.clone().map(Shown::Open),
        address: None,
        media_type: Some(row.media_type.clone()),
        bytes: Some(row.size),
        published: link.published,
        received: Some(viewing.act(&viewing.view().entry_of_document(&row.id)?)),
        reader: reading.as_ref().map(|reading| format!("{} {}", reading.reader, reading.version)),
        text_hash: reading.map(|reading| reading.text),
    })
}

/// Other documents with the same words as this part.
fn reposts(
    viewing: &Viewing<'_>,
    row: &DocumentRow,
    part: u32,
) -> Result<Vec<sijil_page::view::DocumentLink>> {
    let own = format!("{}:{part}", row.id);
    let mut links = Vec::new();
    for link in viewing.view().links_of(&own)? {
        let other = if link.left == own { &link.right } else { &link.left };
        let Some((document, part)) = other.split_once(':') else { continue };
        let document = viewing.view().document(document)?;
        links.push(viewing.document_link(&document, part.parse().unwrap_or(0), None)?);
    }
    Ok(links)
}
