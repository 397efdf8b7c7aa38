//! How many people there were, by sources: noted, and replaced by later notes that say so.

use rusqlite::{Transaction, params};

use crate::Result;
use crate::event::PopulationNote;

/// Takes a note in. One that cannot be divided by is refused here, so that another register's cannot stop a question.
pub(super) fn noted(tx: &Transaction<'_>, sequence: i64, at: u64, note: &PopulationNote) -> Result<()> {
    note.to_population(at)?;
    if let Some(former) = &note.replaces {
        tx.execute(
            "UPDATE population SET valid_to = ?3 WHERE valid_to IS NULL AND sequence = \
             (SELECT sequence FROM entry WHERE origin = ?1 AND number = ?2)",
            params![former.origin, former.number, at],
        )?;
    }
    tx.execute(
        "INSERT INTO population (sequence, record, valid_from) VALUES (?1, ?2, ?3)",
        params![sequence, serde_json::to_string(note)?, at],
    )?;
    Ok(())
}
