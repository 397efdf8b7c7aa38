//! Search: incidents, documents and people, by words in any spelling and either script.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_model::{Claim, DocumentId};
use sijil_page::view::{Found, Link, SearchPage, SearchResult, Shown};
use sijil_page::{Piece, Section, snippet};
use sijil_register::ask::{Hit, Target};

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::parts::shelf::{Kept, Words};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::searching::Sought;

/// Results on a page.
const PAGE: u64 = 20;

/// Letters shown around the first hit.
const SNIPPET: usize = 240;

/// The most letters of a query that are looked at.
const QUERY: usize = 200;

/// `GET /search?q=`
pub async fn find(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Search), page).await
}

fn page(viewing: &Viewing<'_>) -> Result<SearchPage> {
    let query: String = viewing.visit.get("q").unwrap_or_default().chars().take(QUERY).collect();
    let first = viewing.visit.number("from").unwrap_or(0) / PAGE * PAGE;
    let sought = Sought::of(viewing.view(), &query)?;
    let (hits, total) = sought.page(viewing.view(), first, PAGE)?;
    let by_id = (first == 0 && !query.is_empty()).then(|| named_by_id(viewing, &query)).flatten();
    let words = sought.words();
    let found = hits.iter().map(|hit| result(viewing, hit, &words)).collect::<Result<Vec<_>>>()?;
    Ok(SearchPage {
        action: "/search".to_owned(),
        results: by_id.into_iter().chain(found).collect(),
        paging: viewing.visit.paging(PAGE, total),
        query,
    })
}

/// What the query names by its id, or by the beginning of one.
fn named_by_id(viewing: &Viewing<'_>, query: &str) -> Option<SearchResult> {
    let target = viewing.view().find(query).ok()?;
    let kind = match target {
        Target::Document(_) => Found::Document,
        Target::Person(_) => Found::Person,
        Target::Incident(_) => Found::Incident,
        Target::Claim(_) => Found::Claim,
        Target::Figure(_) => Found::Figure,
        Target::Entry(_) | Target::Source(_) => return None,
    };
    Some(SearchResult { kind, title: viewing.link_to(&target.id()).ok()?, snippet: Vec::new() })
}

fn result(viewing: &Viewing<'_>, hit: &Hit, query: &str) -> Result<SearchResult> {
    if hit.kind != "document" {
        let kind = if hit.kind == "person" { Found::Person } else { Found::Incident };
        return Ok(SearchResult { kind, title: viewing.link_to(&hit.id)?, snippet: Vec::new() });
    }
    let part = hit.part.unwrap_or(0);
    let row = viewing.view().document(&hit.id)?;
    let title = Shown::Open(viewing.document_title(&row, part)?);
    let first = viewing.view().claims_of_part(&hit.id, part)?.into_iter().next();
    let href = address(viewing, &hit.id, part, first.as_ref().map(|row| &row.claim))?;
    Ok(SearchResult {
        kind: Found::Document,
        title: Link { text: title, href: Some(href) },
        snippet: words(viewing, &hit.id, part, query)?,
    })
}

/// Where the part of a document that was found opens.
fn address(viewing: &Viewing<'_>, document: &str, part: u32, claim: Option<&Claim>) -> Result<String> {
    let id = DocumentId::new(document)?;
    let parts = viewing.view().parts(document)?;
    let start = parts.iter().find(|own| own.number == part && part > 0).map(|own| own.starts);
    Ok(match (start, claim) {
        (None, _) => viewing.links.document(&id),
        (Some(_), Some(claim)) => viewing.links.claim_in_document(&id, &claim.id),
        (Some(start), None) => format!("{}&from={start}", viewing.links.document(&id)),
    })
}

fn words(viewing: &Viewing<'_>, document: &str, part: u32, query: &str) -> Result<Vec<Piece>> {
    let Words::Kept(kept, _) = viewing.words_of(document)? else { return Ok(Vec::new()) };
    let Kept::Text(text) = &*kept else { return Ok(Vec::new()) };
    let parts = viewing.view().parts(document)?;
    let own = parts.iter().find(|own| own.number == part);
    let words = own.and_then(|own| text.get(own.byte_start as usize..own.byte_end as usize)).unwrap_or(text);
    Ok(snippet(words, query, SNIPPET))
}
