//! What search finds: folded words, each leading to what they stand in.

use rusqlite::{Transaction, params};
use sijil_model::fold::fold;

use crate::Result;
use crate::event::Part;

/// Puts the parts of a text into the index.
pub(crate) fn text(tx: &Transaction<'_>, document: &str, text: &[u8], parts: &[Part]) -> Result<()> {
    forget(tx, document)?;
    for (number, part) in parts.iter().enumerate() {
        let words = text.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default();
        put(tx, "document", document, Some(number), &String::from_utf8_lossy(words))?;
    }
    Ok(())
}

/// Puts words into the index under an id.
pub(crate) fn put(
    tx: &Transaction<'_>,
    kind: &str,
    id: &str,
    part: Option<usize>,
    words: &str,
) -> Result<()> {
    tx.prepare_cached("INSERT INTO found (kind, id, part) VALUES (?1, ?2, ?3)")?
        .execute(params![kind, id, part])?;
    let key = tx.last_insert_rowid();
    tx.prepare_cached("INSERT INTO search (rowid, folded) VALUES (?1, ?2)")?
        .execute(params![key, fold(words)])?;
    Ok(())
}

/// Takes whatever stands under an id out of the index.
pub(crate) fn forget(tx: &Transaction<'_>, id: &str) -> Result<()> {
    let keys: Vec<i64> = tx
        .prepare_cached("SELECT key FROM found WHERE id = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for key in keys {
        tx.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([key])?;
        tx.prepare_cached("DELETE FROM found WHERE key = ?1")?.execute([key])?;
    }
    Ok(())
}
