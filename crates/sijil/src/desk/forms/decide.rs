//! Deciding a value of a record or document.

use serde::Deserialize;
use sijil_page::view::{DecideForm, Trouble, Typed};

use super::{Form, Refused, page_of, reason};
use crate::arguments;
use crate::commands::decide::decide_in;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::work::Work;

/// The fields of the form.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Decide {
    id: String,
    field: String,
    value: String,
    why: String,
    back: String,
    token: String,
}

impl Form for Decide {
    fn token(&self) -> &str {
        &self.token
    }

    fn back(&self) -> &str {
        &self.back
    }

    fn act(&self, work: &mut Work) -> Result<u64> {
        let decide = arguments::Decide {
            id: self.id.clone(),
            field: self.field.clone(),
            value: self.value.trim().to_owned(),
            why: reason(&self.why, &self.field)?.to_owned(),
            used: Vec::new(),
            rejected: Vec::new(),
        };
        work.remember()?;
        decide_in(&mut work.session, &work.stages, &decide)
            .map_err(|failure| Refusal::from(failure).about(&decide.value))
    }

    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused> {
        let typed = Typed { field: self.field.clone(), value: self.value.clone(), why: self.why.clone() };
        let fill = |form: Option<DecideForm>| form.map(|form| DecideForm { typed: typed.clone(), ..form });
        Ok(match page_of(viewing, &self.id, trouble)? {
            Refused::Incident(mut page) => {
                page.decide = fill(page.decide.take());
                Refused::Incident(page)
            }
            Refused::Person(mut page) => {
                page.decide = fill(page.decide.take());
                Refused::Person(page)
            }
            Refused::Document(mut page) => {
                page.decide = fill(page.decide.take());
                Refused::Document(page)
            }
            other => other,
        })
    }
}
