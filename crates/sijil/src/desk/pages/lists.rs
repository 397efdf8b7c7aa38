//! Plain lists of what the register holds: documents, incidents, people.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_page::view::{Found, ListLine, ListPage, TroubleKind};

use crate::desk::Desk;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// Records on a page.
const PAGE: u64 = 50;

/// `GET /documents`, `GET /documents?source=ID`
pub async fn documents(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    let make = |viewing: &Viewing<'_>| {
        let source = viewing.visit.get("source");
        let first = viewing.visit.number("from").unwrap_or(0) / PAGE * PAGE;
        let (rows, total) = viewing.view().document_page(source, first, PAGE)?;
        let records = rows.iter().map(|row| Ok(ListLine::Document(viewing.document_link(row, 0, None)?)));
        Ok(ListPage {
            kind: Found::Document,
            records: records.collect::<Result<_>>()?,
            paging: viewing.visit.paging(PAGE, total),
        })
    };
    desk.page(visit, None, make).await
}

/// `GET /incidents`
pub async fn incidents(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    let make = |viewing: &Viewing<'_>| {
        let paging = viewing.visit.paging(PAGE, viewing.view().holdings()?.incidents);
        let rows = viewing.view().incident_page(paging.from.saturating_sub(1), PAGE)?;
        let records = rows.iter().map(|row| Ok(ListLine::Incident(viewing.incident_title(row)?)));
        Ok(ListPage { kind: Found::Incident, records: records.collect::<Result<_>>()?, paging })
    };
    desk.page(visit, None, make).await
}

/// `GET /people`
pub async fn people(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    let make = |viewing: &Viewing<'_>| {
        let paging = viewing.visit.paging(PAGE, viewing.view().holdings()?.people);
        let rows = viewing.view().people_page(paging.from.saturating_sub(1), PAGE)?;
        let records = rows.iter().map(|row| Ok(ListLine::Person(viewing.person_line(row)?)));
        Ok(ListPage { kind: Found::Person, records: records.collect::<Result<_>>()?, paging })
    };
    desk.page(visit, None, make).await
}

/// Any other address.
pub async fn nothing(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    let thing = visit.here();
    let path = thing.split('?').next().unwrap_or_default().to_owned();
    desk.refuse(visit, Refusal::new(TroubleKind::NotFound, &path)).await
}
