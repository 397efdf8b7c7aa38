//! Sources: who said it, how far they are trusted, and how far their name may go.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_model::Language;
use sijil_page::Section;
use sijil_page::view::{Choice, NoteForm, NoteTyped, Shown, SourceLine, SourcesPage};
use sijil_register::event::SourceRecord;

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// Sources on a page.
const PAGE: u64 = 100;

/// `GET /sources`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Sources), page).await
}

/// The page of the sources.
pub fn page(viewing: &Viewing<'_>) -> Result<SourcesPage> {
    let all = viewing.view().sources()?;
    let note = note_form(viewing, &all);
    let paging = viewing.visit.paging(PAGE, all.len() as u64);
    let shown = all.into_iter().skip(paging.from.saturating_sub(1) as usize).take(PAGE as usize);
    let sources = shown.map(|source| line(viewing, source)).collect::<Result<_>>()?;
    Ok(SourcesPage { sources, paging, note, notice: viewing.notice()? })
}

/// The form by which somebody writes down what a source told; none where no source is described.
fn note_form(viewing: &Viewing<'_>, all: &[SourceRecord]) -> Option<NoteForm> {
    let choice = |source: &SourceRecord| Choice {
        value: source.source.to_string(),
        label: format!("{} · {}", name(source, viewing.language), source.source),
    };
    (!all.is_empty()).then(|| NoteForm {
        action: viewing.links.form("note"),
        sources: all.iter().map(choice).collect(),
        back: viewing.visit.here(),
        typed: NoteTyped::default(),
    })
}

fn name(source: &SourceRecord, language: Language) -> &str {
    match language {
        Language::En => &source.name_en,
        Language::Ar => &source.name_ar,
    }
}

fn line(viewing: &Viewing<'_>, source: SourceRecord) -> Result<SourceLine> {
    let (_, documents) = viewing.view().document_page(Some(source.source.as_str()), 0, 0)?;
    let listed = Visit::to("/documents", viewing.language).with(&[("source", Some(source.source.as_str()))]);
    Ok(SourceLine {
        id: source.source.to_string(),
        name: Shown::Open(name(&source, viewing.language).to_owned()),
        kind: source.source_kind,
        reliability: source.reliability,
        level: source.release_level,
        independent: source.independence.map(|group| group == source.source.as_str()),
        documents,
        href: (documents > 0).then_some(listed),
    })
}
