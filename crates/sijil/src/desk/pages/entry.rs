//! One entry of the log: what it says, what was hashed, and the proof; and the log's signed checkpoint.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use sijil_page::Section;
use sijil_page::view::{EntryPage, Shown, TroubleKind, Withheld};

use crate::desk::Desk;
use crate::desk::answer::{Refusal, Result, attachment};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// `GET /entry/{position}`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(position): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let number = position.parse().map_err(|_| Refusal::new(TroubleKind::NotFound, &position))?;
        page(viewing, number)
    };
    desk.page(visit, Some(Section::Log), make).await
}

fn page(viewing: &Viewing<'_>, position: u64) -> Result<EntryPage> {
    let entry = viewing.view().entry(position)?;
    let leaf = viewing.register().archive().leaf(&entry.origin.parse()?, entry.number)?;
    let body = entry.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok());
    Ok(EntryPage {
        line: viewing.entry_line(&entry)?,
        leaf: String::from_utf8_lossy(&leaf).into_owned(),
        body: body.map_or(Shown::Withheld(Withheld::Erased), Shown::Open),
        erased_by: entry.erased_by.map(|by| viewing.entry_link(by)),
        proof: Some(viewing.proof(&entry)?),
        previous: (position > 1).then(|| viewing.links.entry(position - 1)),
        next: (position < viewing.at).then(|| viewing.links.entry(position + 1)),
    })
}

/// `GET /checkpoint/{origin}`: the signed note, as it lies in the folder.
pub async fn checkpoint(State(desk): State<Arc<Desk>>, visit: Visit, Path(origin): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let not_found = |_| Refusal::new(TroubleKind::NotFound, &origin);
        let text = &viewing.register().archive().checkpoint(&origin.parse().map_err(not_found)?)?.text;
        Ok(attachment("checkpoint", "text/plain; charset=utf-8", text.clone().into_bytes()))
    };
    desk.file(visit, make).await
}
