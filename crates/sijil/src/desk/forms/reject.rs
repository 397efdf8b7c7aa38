//! Rejecting a claim as a misreading, and taking that back.

use serde::Deserialize;
use sijil_page::view::Trouble;

use super::{Form, Refused, page_of, reason};
use crate::commands::reject::reject_in;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::work::Work;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reject {
    claim: String,
    undo: bool,
    why: String,
    back: String,
    token: String,
}

impl Form for Reject {
    fn token(&self) -> &str {
        &self.token
    }

    fn back(&self) -> &str {
        &self.back
    }

    fn act(&self, work: &mut Work) -> Result<u64> {
        let why = reason(&self.why, &self.claim)?;
        reject_in(&mut work.session, &self.claim, self.undo, why)
            .map_err(|failure| Refusal::from(failure).about(&self.claim))
    }

    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused> {
        page_of(viewing, &self.claim, trouble)
    }
}
