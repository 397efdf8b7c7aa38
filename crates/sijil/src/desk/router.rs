//! Every address of the desk on one screen: who may ask, and who answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::pages::{
    aggregates, claim, document, entry, figure, figures, incident, lists, log, person, review, search,
    sources,
};
use super::{Desk, door, forms};

/// The largest form, in bytes: a reason of some pages.
const FORM_LIMIT: usize = 64 << 10;

/// `GET /style.css`: the same for everybody, so that a browser may keep it for a while.
async fn stylesheet() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=600")],
        sijil_page::STYLESHEET,
    )
}

/// The desk's addresses.
pub fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(figures::list))
        .route("/figure", get(figure::ask))
        .route("/figure/{name}", get(figure::show))
        .route("/figure/{name}/json", get(figure::json))
        .route("/incident/{id}", get(incident::show))
        .route("/person/{id}", get(person::show))
        .route("/document/{id}", get(document::show))
        .route("/document/{id}/bytes", get(document::bytes))
        .route("/document/{id}/txt", get(document::text))
        .route("/claim/{id}", get(claim::show))
        .route("/log", get(log::list))
        .route("/entry/{position}", get(entry::show))
        .route("/checkpoint/{origin}", get(entry::checkpoint))
        .route("/search", get(search::find))
        .route("/review", get(review::list))
        .route("/sources", get(sources::list))
        .route("/aggregates", get(aggregates::list))
        .route("/documents", get(lists::documents))
        .route("/incidents", get(lists::incidents))
        .route("/people", get(lists::people))
        .route("/decide", post(forms::send::<forms::Decide>))
        .route("/enter-claim", post(forms::send::<forms::Enter>))
        .route("/note", post(forms::send::<forms::Note>))
        .route("/judge", post(forms::send::<forms::Judge>))
        .route("/reject", post(forms::send::<forms::Reject>))
        .route("/save", post(forms::save::send))
        .fallback(lists::nothing)
        // Everything above is for whoever opened the link.
        .layer(from_fn_with_state(Arc::clone(&desk), door::check_entry))
        .route("/enter", get(door::enter))
        .route("/style.css", get(stylesheet))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&desk), door::check_host))
        .layer(from_fn(door::guard_answer))
        .with_state(desk)
}
