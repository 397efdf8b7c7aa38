//! The log: every entry, newest first.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;
use sijil_page::Section;
use sijil_page::view::{EntryLine, Link, LogPage, Shown};
use sijil_register::ask::EntryRow;

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// Entries on a page.
const PAGE: u64 = 50;

/// Where bodies name what they are about.
const NAMES: [&str; 8] = ["document", "claim", "target", "left", "right", "person", "figure", "source"];

/// `GET /log`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Log), page).await
}

fn page(viewing: &Viewing<'_>) -> Result<LogPage> {
    let archive = viewing.register().archive();
    let checkpoint = archive.checkpoint(archive.origin())?;
    let paging = viewing.visit.paging(PAGE, viewing.view().entry_count()?);
    let entries = viewing.view().entries(paging.from.saturating_sub(1), PAGE)?;
    Ok(LogPage {
        origin: archive.origin().to_string(),
        entries: entries.iter().map(|entry| viewing.entry_line(entry)).collect::<Result<_>>()?,
        paging,
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
    })
}

impl Viewing<'_> {
    /// An entry in short.
    pub fn entry_line(&self, entry: &EntryRow) -> Result<EntryLine> {
        let body = entry.body.as_ref();
        let text = |name: &str| body.and_then(|body| body.get(name)?.as_str());
        let mut about: Vec<Link> = Vec::new();
        for id in NAMES.iter().filter_map(|name| text(name)).chain(targets(body)) {
            // What was erased or joined to another has no page.
            about.extend(self.link_to(id).ok().filter(|link| !about.contains(link)));
        }
        Ok(EntryLine {
            entry: self.entry_link(entry.position),
            kind: entry.kind.clone(),
            at: entry.time.clone(),
            by: entry.author.clone(),
            about,
            why: text("why").map(|why| Shown::Open(why.to_owned())),
        })
    }
}

/// What an entry that clears or signs names.
fn targets(body: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = body.and_then(|body| body.get("targets")?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str)
}
