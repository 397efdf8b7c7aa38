//! The forms: each says one thing in the log and leads back to the page that it was sent from, which tells what moved.
//!
//! A form that is refused comes back on the page of what it was about, with what was typed and the reason.

mod decide;
mod enter;
mod judge;
mod note;
mod reject;
pub mod save;

pub use decide::Decide;
pub use enter::Enter;
pub use judge::Judge;
pub use note::Note;
pub use reject::Reject;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::de::DeserializeOwned;
use sijil_page::Section;
use sijil_page::view::{Notice, Trouble, TroubleKind};
use sijil_register::ask::Target;

use super::answer::{self, Refusal, Result};
use super::pages::{claim, document, incident, person, review};
use super::viewing::Viewing;
use super::visit::Visit;
use super::work::{Desk, Work};

/// What became of a form.
enum Outcome {
    /// It is saved by this entry.
    Saved(u64),
    /// It is refused, and this page says so.
    Refused(StatusCode, String),
}

/// A form that was sent; its fields are its own.
pub trait Form: DeserializeOwned + Send + 'static {
    /// The word that only our pages know.
    fn token(&self) -> &str;
    /// The page to return to.
    fn back(&self) -> &str;
    /// The page to go to when it is saved: the one to return to, unless it made a page of its own.
    fn after(&self) -> String {
        own_page(self.back())
    }
    /// Says it in the log; returns the entry's position.
    fn act(&self, work: &mut Work) -> Result<u64>;
    /// The page on which the form comes back with what was typed and why it was refused; none where there is no such page.
    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused>;
}

/// A page on which a form comes back.
pub enum Refused {
    Incident(Box<sijil_page::view::IncidentPage>),
    Person(Box<sijil_page::view::PersonPage>),
    Document(Box<sijil_page::view::DocumentPage>),
    Claim(Box<sijil_page::view::ClaimPage>),
    Review(Box<sijil_page::view::ReviewPage>),
    Sources(Box<sijil_page::view::SourcesPage>),
}

/// `POST` of a form.
pub async fn send<F: Form>(
    State(desk): State<Arc<Desk>>,
    visit: Visit,
    axum::Form(form): axum::Form<F>,
) -> Response {
    desk.take(visit, form).await
}

impl Desk {
    /// Takes a form.
    async fn take(self: Arc<Self>, visit: Visit, form: impl Form) -> Response {
        if !self.door.knows_form(form.token()) {
            return self.refuse(visit, Refusal::new(TroubleKind::Stale, "form")).await;
        }
        let asked = Visit::to(&own_page(form.back()), visit.language);
        let after = form.after();
        let done = self.on_work(move |work, door| match form.act(work) {
            Ok(position) => Ok(Outcome::Saved(position)),
            Err(refusal) => {
                let viewing = Viewing::new(work, &asked)?;
                let status = refusal.status();
                // Where even the page cannot be made, the refusal itself is the answer.
                let Ok(page) = form.refused(&viewing, refusal.told(viewing.language)) else {
                    return Err(refusal);
                };
                let page = match page {
                    Refused::Incident(page) => work.render(&viewing, None, &*page, door),
                    Refused::Person(page) => work.render(&viewing, None, &*page, door),
                    Refused::Document(page) => work.render(&viewing, None, &*page, door),
                    Refused::Claim(page) => work.render(&viewing, None, &*page, door),
                    Refused::Review(page) => work.render(&viewing, Some(Section::Review), &*page, door),
                    Refused::Sources(page) => work.render(&viewing, Some(Section::Sources), &*page, door),
                }?;
                Ok(Outcome::Refused(status, page))
            }
        });
        match done.await {
            Ok(Outcome::Saved(position)) => {
                let address =
                    Visit::to(&after, visit.language).with(&[("saved", Some(&position.to_string()))]);
                Redirect::to(&address).into_response()
            }
            Ok(Outcome::Refused(status, page)) => answer::html(status, page, &visit),
            Err(refusal) => self.refuse(visit, refusal).await,
        }
    }
}

/// A page of this desk; the first page for whatever else a form names.
fn own_page(address: &str) -> String {
    let is_own = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains('\\')
        && !address.chars().any(char::is_control);
    if is_own { address.to_owned() } else { "/".to_owned() }
}

/// A reason is never empty.
fn reason<'r>(why: &'r str, thing: &str) -> Result<&'r str> {
    let why = why.trim();
    if why.is_empty() { Err(Refusal::new(TroubleKind::ReasonMissing, thing)) } else { Ok(why) }
}

/// The name of the queue among the pages on which a form comes back.
const QUEUE: &str = "review";

/// The page of a record or document, or of the queue, with a refusal on top.
fn page_of(viewing: &Viewing<'_>, id: &str, trouble: Trouble) -> Result<Refused> {
    let notice = Some(Notice::Refused(trouble));
    if id == QUEUE {
        let page = sijil_page::view::ReviewPage { notice, ..review::page(viewing)? };
        return Ok(Refused::Review(Box::new(page)));
    }
    Ok(match viewing.view().find(id)? {
        Target::Incident(id) => Refused::Incident(Box::new(sijil_page::view::IncidentPage {
            notice,
            ..incident::page(viewing, &id)?
        })),
        Target::Person(id) => {
            Refused::Person(Box::new(sijil_page::view::PersonPage { notice, ..person::page(viewing, &id)? }))
        }
        Target::Document(id) => Refused::Document(Box::new(sijil_page::view::DocumentPage {
            notice,
            ..document::page(viewing, &id)?
        })),
        Target::Claim(id) => {
            Refused::Claim(Box::new(sijil_page::view::ClaimPage { notice, ..claim::page(viewing, &id)? }))
        }
        Target::Figure(id) | Target::Source(id) => return Err(Refusal::new(TroubleKind::NotFound, &id)),
        Target::Entry(position) => return Err(Refusal::new(TroubleKind::NotFound, &position.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_this_desk_only() {
        assert_eq!(own_page("/incident/i1?lang=ar"), "/incident/i1?lang=ar");
        for foreign in ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/a\nb"] {
            assert_eq!(own_page(foreign), "/", "{foreign:?}");
        }
    }
}
