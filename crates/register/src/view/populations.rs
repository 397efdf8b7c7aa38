//! How many people there were, by sources: noted, and replaced by later notes that say so.

use rusqlite::{Transaction, params};

use super::Incoming;
use crate::Result;
use crate::event::PopulationNote;

/// Takes a note in. One that cannot be divided by is refused here, so that another register's cannot stop a question.
pub(super) fn noted(
    tx: &Transaction<'_>,
    sequence: i64,
    entry: &Incoming,
    note: &PopulationNote,
) -> Result<()> {
    let at = entry.position;
    note.to_population(at)?;
    // What another register replaces is its own: nobody's denominators are taken away from elsewhere.
    let replaced = note.replaces.as_ref().filter(|former| entry.own || former.origin == entry.origin);
    if let Some(former) = replaced {
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
