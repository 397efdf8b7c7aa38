//! Judging whether two records are the same.

use serde::Deserialize;
use sijil_model::codebook::{Coded, Verdict};
use sijil_page::view::{JudgeForm, Trouble, Typed};

use super::{Form, QUEUE, Refused, page_of, reason};
use crate::commands::judge::judge_in;
use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;
use crate::desk::work::Work;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Judge {
    a: String,
    b: String,
    verdict: String,
    why: String,
    back: String,
    token: String,
}

impl Judge {
    /// What the form was sent from: the queue, the page of a record, or that of the claim which it judges.
    fn sent_from(&self) -> String {
        let path = self.back.split(['?', '#']).next().unwrap_or_default();
        match path.trim_matches('/').split('/').collect::<Vec<_>>()[..] {
            ["review"] => QUEUE.to_owned(),
            ["incident" | "person", id] => id.to_owned(),
            _ => self.a.clone(),
        }
    }
}

impl Form for Judge {
    fn token(&self) -> &str {
        &self.token
    }

    fn back(&self) -> &str {
        &self.back
    }

    fn act(&self, work: &mut Work) -> Result<u64> {
        let why = reason(&self.why, &self.b)?;
        let verdict =
            Verdict::from_code(&self.verdict).map_err(|error| Refusal::from(error).about(&self.verdict))?;
        judge_in(&mut work.session, &self.a, self.b.trim(), verdict, why)
            .map_err(|failure| Refusal::from(failure).about(&self.b))
    }

    fn refused(&self, viewing: &Viewing<'_>, trouble: Trouble) -> Result<Refused> {
        let typed = Typed { field: String::new(), value: self.b.clone(), why: self.why.clone() };
        let fill = |form: Option<JudgeForm>| form.map(|form| JudgeForm { typed: typed.clone(), ..form });
        Ok(match page_of(viewing, &self.sent_from(), trouble)? {
            Refused::Incident(mut page) => {
                page.judge = fill(page.judge.take());
                Refused::Incident(page)
            }
            Refused::Person(mut page) => {
                page.judge = fill(page.judge.take());
                Refused::Person(page)
            }
            other => other,
        })
    }
}
