//! Notices: after a form was sent, which figures read otherwise. It is read from the log alone: a batch of entries has
//! a position before it and one after it, and a figure can be asked as of both.

use sijil_page::view::{Link, Moved, Notice, Shown, StandsIn};

use super::sums::sum;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::work::Answered;

impl Viewing<'_> {
    /// What the page says on top of itself: that the entry in its address is saved, and what it moved.
    pub fn notice(&self) -> Result<Option<Notice>> {
        let Some(position) = self.visit.number("saved").filter(|position| (1..=self.at).contains(position))
        else {
            return Ok(None);
        };
        let archive = self.register().archive();
        let batches = archive.batches(archive.origin())?;
        let Some(batch) = batches.iter().find(|batch| batch.contains(&(position - 1))) else {
            return Ok(None);
        };
        let (before, after) = (self.answered_at(batch.start)?, self.answered_at(batch.end)?);
        let moved = before.iter().zip(after.iter()).filter(|(before, after)| is_moved(before, after));
        let moved = moved.map(|(before, after)| Moved {
            figure: self.figure_link(after),
            before: sum(&before.figure.inside),
            after: sum(&after.figure.inside),
        });
        Ok(Some(Notice::Saved { entry: self.entry_link(position), moved: moved.collect() }))
    }

    /// A link to a figure, in the words of its question.
    pub(in crate::desk) fn figure_link(&self, answered: &Answered) -> Link {
        Link {
            text: Shown::Open(self.speech().question(&self.question(&answered.question))),
            href: Some(self.figure_address(answered)),
        }
    }

    /// Where a figure stands.
    pub(in crate::desk) fn figure_address(&self, answered: &Answered) -> String {
        match &answered.id {
            Some(id) => self.links.figure(id),
            None => {
                self.question_address(&answered.question, &[]).unwrap_or_else(|| self.links.page("figure"))
            }
        }
    }

    /// The figures in which records stand, with the claims of theirs that each uses.
    pub fn stands_in(
        &self,
        records: &[String],
        claims: Option<&sijil_model::ClaimId>,
    ) -> Result<Vec<StandsIn>> {
        let mut lines = Vec::new();
        for answered in self.answered()?.iter() {
            let own = answered
                .figure
                .records
                .iter()
                .filter(|record| records.iter().any(|id| id == record.id.as_str()));
            let own: Vec<_> = own.collect();
            if own.is_empty() {
                continue;
            }
            let used = own
                .iter()
                .flat_map(|record| &record.claims)
                .filter(|used| claims.is_none_or(|claim| *used == claim));
            lines.push(StandsIn {
                figure: self.figure_link(answered),
                sum: sum(&answered.figure.inside),
                claims: self.claim_links(used),
            });
        }
        Ok(lines)
    }
}

fn is_moved(before: &Answered, after: &Answered) -> bool {
    before.figure.inside != after.figure.inside
        || before.figure.possibly_inside != after.figure.possibly_inside
}
