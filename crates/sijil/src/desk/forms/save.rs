//! Saving a question under a name.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sijil_model::{FigureId, Language};
use sijil_page::view::TroubleKind;
use sijil_register::Event;

use crate::asking;
use crate::desk::Desk;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::desk::work::Work;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Save {
    name: String,
    title_en: String,
    title_ar: String,
    query: String,
    token: String,
}

/// `POST /save`
pub async fn send(
    State(desk): State<Arc<Desk>>,
    visit: Visit,
    axum::Form(form): axum::Form<Save>,
) -> Response {
    if !desk.door.knows_form(&form.token) {
        return desk.refuse(visit, Refusal::new(TroubleKind::Stale, "form")).await;
    }
    let language = visit.language;
    match desk.on_work(move |work, _| save(work, &form, language)).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(refusal) => desk.refuse(visit, refusal).await,
    }
}

/// Says the figure in the log; returns where it stands.
fn save(work: &mut Work, form: &Save, language: Language) -> Result<String> {
    let asked = Visit::to(&form.query, language);
    let name = form.name.trim();
    let figure = FigureId::new(name).map_err(|error| Refusal::from(error).about(&form.name))?;
    let viewing = Viewing::new(work, &asked)?;
    let question =
        viewing.asked().map_err(|refusal| refusal.or_kind(TroubleKind::BadQuestion).about("question"))?;
    // A rate that is refused is not saved.
    if question.per.is_some() {
        asking::answer_with_rate(viewing.view(), viewing.stages(), &question, viewing.at)
            .map_err(|failure| Refusal::from(failure).or_kind(TroubleKind::BadQuestion).about("question"))?;
    }
    let address = viewing.links.figure(&figure);
    let titled = |title: &str, language| match title.trim() {
        "" => question.in_words(language),
        title => title.to_owned(),
    };
    let (title_en, title_ar) = (titled(&form.title_en, Language::En), titled(&form.title_ar, Language::Ar));
    let question = serde_json::to_string(&question)
        .map_err(|cause| Refusal::new(TroubleKind::Internal, &form.name).with(cause.to_string()))?;
    asking::refuse_to_replace(work.session.register.view(), name, &question)
        .map_err(|failure| Refusal::from(failure).about(&form.name))?;
    let position = work
        .session
        .write(|writing| writing.say(Event::FigureDefined { figure, question, title_en, title_ar }))?;
    Ok(format!("{address}&saved={position}"))
}
