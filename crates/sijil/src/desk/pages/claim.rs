//! One claim: its words, what it was read as, and what rests on it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use sijil_model::IncidentId;
use sijil_page::view::ClaimPage;

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::stages::setting;

/// `GET /claim/{id}`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    desk.page(visit, None, move |viewing| page(viewing, &id)).await
}

/// The page of a claim.
pub fn page(viewing: &Viewing<'_>, id: &str) -> Result<ClaimPage> {
    let row = viewing.view().claim(id)?;
    let document = viewing.view().document(row.claim.document.as_str())?;
    let records = viewing.records_of([&row.claim])?;
    let (mut incidents, mut people) = (Vec::new(), Vec::new());
    for record in &records {
        match record.starts_with('p') {
            true => people.push(viewing.person_line(&viewing.view().person(record)?)?),
            false => incidents.extend(viewing.incident_by_id(&IncidentId::new(record.as_str())?)?),
        }
    }
    let above: Vec<String> = people_incidents(viewing, &records)?;
    let about = row
        .claim
        .about
        .as_ref()
        .map(|about| viewing.record_link(&viewing.view().claim(about.as_str())?))
        .transpose()?;
    let read_by = match viewing.view().entry_of_made(&row)? {
        Some(entry) => entry.author,
        None => viewing.view().setting(setting::EXTRACTOR, None)?,
    };
    Ok(ClaimPage {
        claim: viewing.claim_line(&row)?,
        about,
        incidents,
        people,
        figures: viewing.stands_in(&above, Some(&row.claim.id))?,
        read_by: read_by.into_iter().collect(),
        downloads: viewing.downloads(&document)?,
        proof: Some(viewing.proof(&viewing.view().entry_of_document(&document.id)?)?),
        reject: viewing.reject_form().filter(|_| row.valid_to.is_none()),
        notice: viewing.notice()?,
    })
}

/// The incidents among records, and those of the people among them.
fn people_incidents(viewing: &Viewing<'_>, records: &[String]) -> Result<Vec<String>> {
    let mut incidents = Vec::new();
    for record in records {
        let incident = if record.starts_with('p') {
            viewing.view().person(record)?.incident
        } else {
            Some(record.clone())
        };
        incidents.extend(incident.filter(|incident| !incidents.contains(incident)));
    }
    Ok(incidents)
}
