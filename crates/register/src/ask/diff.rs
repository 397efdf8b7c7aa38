//! What moved a figure between two positions: each batch that touched it, with its entries; and what choices move.

use std::collections::BTreeMap;

use rusqlite::params;
use sijil_count::reconcile::Area;
use sijil_count::{Choice, Incident, Moved, Question, RuleSet, moved, sensitivity};

use super::log::{ENTRY, EntryRow, entry_row};
use super::records::incident_row;
use crate::{RegisterError, Result, View};

/// One batch of the log that moved a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The position at which the batch ends.
    pub position: u64,
    /// Its entries that can move a figure, in order.
    pub entries: Vec<EntryRow>,
    /// What it moved.
    pub moved: Moved,
}

/// Entries that never move a number.
const STILL: &str = "('text.read', 'extraction.run', 'placing.run', 'link.run', 'account.made', 'figure.defined', \
     'monitoring.noted', 'cleared', 'signed', 'objection.made', 'release.made', 'custody.noted', 'log.seen', 'evidence.kept', 'origin.made', 'key.made', 'key.revoked')";

/// An incident as it was in the log positions from the first number on, until the second.
type Version = (u64, Option<u64>, Incident);

impl View {
    /// What moved the answer to a question after position `from`, up to and with `to`; batches that did not are left out.
    ///
    /// # Errors
    /// A question that its rule set does not answer, and those of the database.
    pub fn diff(&self, question: &Question, areas: &[Area], from: u64, to: u64) -> Result<Vec<Step>> {
        let rules = RuleSet::named(&question.rules).map_err(refused)?;
        let _look = self.db.unchecked_transaction()?;
        let (from, to) = (self.settled(from)?, self.settled(to)?);
        let mut touched: BTreeMap<u64, (Vec<Incident>, Vec<Incident>)> = BTreeMap::new();
        for (starts, ends, incident) in self.versions(from, to)? {
            if starts > from {
                touched.entry(starts).or_default().1.push(incident.clone());
            }
            if let Some(ends) = ends.filter(|ends| *ends <= to) {
                touched.entry(ends).or_default().0.push(incident);
            }
        }
        let mut steps = Vec::new();
        for (position, (before, after)) in touched {
            let moved = moved(question, &rules, &before, &after, areas).map_err(refused)?;
            if !moved.records.is_empty() {
                steps.push(Step { position, entries: self.entries_of_batch(position)?, moved });
            }
        }
        Ok(steps)
    }

    /// Incidents with the positions from and until which they stood, where one of the two is in the range.
    fn versions(&self, from: u64, to: u64) -> Result<Vec<Version>> {
        let sql = "SELECT id, view, title, valid_from, valid_to FROM incident \
             WHERE (valid_from > ?1 AND valid_from <= ?2) OR (valid_from <= ?2 AND valid_to > ?1 AND valid_to <= ?2) ORDER BY id, valid_from";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([from, to])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push((row.get(3)?, row.get(4)?, incident_row(row)?.incident));
        }
        Ok(versions)
    }

    /// The entries of the batch that ends at a position, without those that never move a number.
    fn entries_of_batch(&self, ends: u64) -> Result<Vec<EntryRow>> {
        let sql = format!(
            "{ENTRY} WHERE position <= ?1 AND position > coalesce((SELECT max(ends) FROM batch WHERE ends < ?1), 0) \
             AND kind NOT IN {STILL} ORDER BY sequence"
        );
        self.rows(&sql, params![ends], entry_row)
    }

    /// What each choice of a question moves, as of a position.
    ///
    /// # Errors
    /// A question that cannot be answered, and those of the database.
    pub fn sensitivity(&self, question: &Question, areas: &[Area], at: u64) -> Result<Vec<Choice>> {
        let at = self.settled(at)?;
        let incidents = self.all_incidents(at)?;
        sensitivity(question, incidents.iter(), areas).map_err(refused)
    }
}

fn refused(error: sijil_count::CountError) -> RegisterError {
    RegisterError::Refused(error.to_string())
}
