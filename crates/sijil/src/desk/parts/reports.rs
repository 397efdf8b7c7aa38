//! Reports: what each document says of an incident.

use sijil_model::{Claim, Content};
use sijil_register::ask::ClaimRow;

use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

/// What one document says of an incident: the claim that it happened, and the claims about that.
pub struct Report {
    /// The claim that it happened.
    pub founder: ClaimRow,
    /// The claims about it, in their own order, rejected ones too.
    pub about: Vec<ClaimRow>,
}

impl Report {
    /// The claims that say something of a kind, rejected ones left out.
    pub fn said<'r, T: 'r>(
        &'r self,
        kind: impl Fn(&'r Content) -> Option<T> + 'r,
    ) -> impl Iterator<Item = (&'r ClaimRow, T)> + 'r {
        self.about
            .iter()
            .filter(|row| row.rejection.is_none())
            .filter_map(move |row| Some((row, kind(&row.claim.content)?)))
    }

    /// The claims that may date the incident: those that say a time, and the post itself, whose day may stand for it.
    pub fn times(&self) -> impl Iterator<Item = (&ClaimRow, ())> {
        let said = self.said(|content| matches!(content, Content::Time { .. }).then_some(()));
        said.chain(std::iter::once((&self.founder, ())))
    }

    /// Every claim of the report.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimRow> {
        std::iter::once(&self.founder).chain(&self.about)
    }

    /// The document's part, as links name it.
    pub fn part_name(&self) -> String {
        format!("{}:{}", self.founder.claim.document, self.founder.part)
    }
}

impl Viewing<'_> {
    /// The reports of an incident, in the order of the register.
    pub fn reports(&self, incident: &str) -> Result<Vec<Report>> {
        let members = self.view().members(incident)?;
        let report = |claim: &str| -> Result<Report> {
            Ok(Report { founder: self.view().claim(claim)?, about: self.view().claims_about(claim)? })
        };
        members.iter().map(|member| report(&member.claim)).collect()
    }

    /// The incidents and people to which claims belong, each once, in order of appearance.
    pub fn records_of<'c>(&self, claims: impl IntoIterator<Item = &'c Claim>) -> Result<Vec<String>> {
        let mut records = Vec::new();
        for claim in claims {
            let own = self.view().record_of(claim.id.as_str())?;
            let about = match (&own, &claim.about) {
                (None, Some(about)) => self.record_above(about.as_str())?,
                _ => None,
            };
            for record in own.into_iter().chain(about) {
                if !records.contains(&record) {
                    records.push(record);
                }
            }
        }
        Ok(records)
    }

    /// The record of a claim, or of what that claim is about.
    fn record_above(&self, claim: &str) -> Result<Option<String>> {
        if let Some(record) = self.view().record_of(claim)? {
            return Ok(Some(record));
        }
        match self.view().claim(claim)?.claim.about {
            Some(about) => Ok(self.view().record_of(about.as_str())?),
            None => Ok(None),
        }
    }
}
