//! Entering what a document says and no program read in it.

use serde::Deserialize;
use sijil_page::view::{EnterForm, EnterTyped, Trouble};

use super::{Form, Refused, page_of};
use crate::arguments;
use crate::commands::enter::enter_in;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::work::Work;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Enter {
    id: String,
    #[serde(flatten)]
    typed: EnterTyped,
    back: String,
    token: String,
}

impl Form for Enter {
    fn token(&self) -> &str {
        &self.token
    }

    fn back(&self) -> &str {
        &self.back
    }

    fn act(&self, work: &mut Work) -> Result<u64> {
        let typed = self.typed.clone();
        let enter = arguments::Enter {
            document: self.id.clone(),
            words: typed.words,
            incident: Some(typed.incident),
            date: Some(typed.date),
            place: Some(typed.place),
            killed: Some(typed.killed),
            injured: Some(typed.injured),
            class: Some(typed.class),
            person: Some(typed.person),
            fate: Some(typed.fate),
            sex: Some(typed.sex),
            age: Some(typed.age),
        };
        work.remember()?;
        let (position, _) = enter_in(&mut work.session, &work.stages, &enter)
            .map_err(|failure| Refusal::from(failure).about(&self.typed.words))?;
        Ok(position)
    }

    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused> {
        let mut page = page_of(viewing, &self.id, trouble)?;
        if let Refused::Document(page) = &mut page {
            let fill = |form: EnterForm| EnterForm { typed: self.typed.clone(), ..form };
            page.enter = page.enter.take().map(fill);
        }
        Ok(page)
    }
}
