//! Writing down what somebody told: a document of its own, on whose page the rest is entered.

use serde::Deserialize;
use sijil_page::view::{NoteForm, NoteTyped, Notice, SourcesPage, Trouble, TroubleKind};

use super::{Form, Refused};
use crate::arguments;
use crate::commands::add::note_in;
use crate::desk::answer::{Refusal, Result};
use crate::desk::pages::sources;
use crate::desk::viewing::Viewing;
use crate::desk::work::Work;
use crate::stages::intake::document_id;
use crate::typed;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Note {
    #[serde(flatten)]
    typed: NoteTyped,
    back: String,
    token: String,
}

impl Form for Note {
    fn token(&self) -> &str {
        &self.token
    }

    fn back(&self) -> &str {
        &self.back
    }

    /// The page of the note itself.
    fn after(&self) -> String {
        format!("/document/{}", document_id(self.typed.text.as_bytes()))
    }

    fn act(&self, work: &mut Work) -> Result<u64> {
        if self.typed.source.trim().is_empty() {
            return Err(Refusal::new(TroubleKind::BadValue, "source")
                .with("what was told is kept under who told it; choose a source"));
        }
        let published = Some(self.typed.published.trim()).filter(|date| !date.is_empty());
        let published = published.map(typed::date).transpose();
        let add = arguments::Add {
            paths: Vec::new(),
            note: None,
            source: Some(self.typed.source.clone()),
            published: published
                .map_err(|failure| Refusal::from(failure).about(&self.typed.published))?
                .map(String::from),
            strict: false,
            json: false,
        };
        let saved = note_in(&mut work.session, &work.stages, &self.typed.text, &add)
            .map_err(|failure| Refusal::from(failure).about(&self.typed.text))?;
        Ok(work.session.register.view().entry_of_document(saved.document.as_str())?.position)
    }

    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused> {
        let page = sources::page(viewing)?;
        let fill = |form: NoteForm| NoteForm { typed: self.typed.clone(), ..form };
        let (note, notice) = (page.note.map(fill), Some(Notice::Refused(trouble)));
        Ok(Refused::Sources(Box::new(SourcesPage { note, notice, ..page })))
    }
}
