//! The first page: the saved figures as they stand, and a form to ask.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_model::FigureId;
use sijil_page::Section;
use sijil_page::view::{FigureLine, FiguresPage, Holdings, Notice};

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::parts::sums::sum;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// `GET /`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Figures), |viewing| page(viewing, viewing.notice()?)).await
}

/// The page with what happened on top of it.
pub fn page(viewing: &Viewing<'_>, notice: Option<Notice>) -> Result<FiguresPage> {
    let answered = viewing.answered()?;
    let line = |one: &crate::desk::work::Answered| -> Result<FigureLine> {
        Ok(FigureLine {
            id: one.id.clone().map_or_else(|| FigureId::new("all-killed"), Ok)?,
            href: viewing.figure_address(one),
            title: one.titles[viewing.language as usize].clone(),
            question: viewing.question(&one.question),
            sum: sum(&one.figure.inside),
            possibly: sum(&one.figure.possibly_inside),
            position: viewing.at,
            rules: one.figure.rules.clone(),
        })
    };
    Ok(FiguresPage {
        figures: answered.iter().map(line).collect::<Result<_>>()?,
        form: viewing.question_form()?,
        holdings: holdings(viewing)?,
        notice,
    })
}

fn holdings(viewing: &Viewing<'_>) -> Result<Holdings> {
    let held = viewing.view().holdings()?;
    Ok(Holdings {
        documents: held.documents,
        documents_href: viewing.links.page("documents"),
        incidents: held.incidents,
        incidents_href: viewing.links.page("incidents"),
        people: held.people,
        people_href: viewing.links.page("people"),
    })
}
