//! What search finds: folded words, each leading to what they stand in.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use rusqlite::{Transaction, params};
use serde::Deserialize;
use sijil_model::fold::fold;

use super::Blobs;
use crate::event::Part;
use crate::{RegisterError, Result};

/// Puts the parts of a text into the index.
pub(crate) fn text(tx: &Transaction<'_>, document: &str, text: &[u8], parts: &[Part]) -> Result<()> {
    forget(tx, document)?;
    for (number, part) in parts.iter().enumerate() {
        let words = text.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default();
        put(tx, "document", document, Some(number), &String::from_utf8_lossy(words))?;
    }
    Ok(())
}

/// Puts what is said in the cells of a document's lists, and over their columns, into the index; each word once, however
/// long they are.
pub(crate) fn lists(tx: &Transaction<'_>, document: &str, digest: &str, blobs: &dyn Blobs) -> Result<()> {
    forget(tx, document)?;
    let mut words: BTreeSet<String> = BTreeSet::new();
    for line in BufReader::new(blobs.open(digest)?).lines() {
        let line = line.map_err(|cause| RegisterError::File { path: format!("evidence {digest}"), cause })?;
        // A row, or the head of a list: its title, and what its columns are called.
        match serde_json::from_str(&line) {
            Ok(Line::Row(cells)) => cells.iter().for_each(|cell| add(&mut words, cell)),
            Ok(Line::Head { titles, columns }) => {
                titles
                    .iter()
                    .chain(columns.iter().map(|column| &column.header))
                    .for_each(|said| add(&mut words, said));
            }
            Err(_) => {}
        }
    }
    put(tx, "document", document, Some(0), &Vec::from_iter(words).join(" "))
}

/// A line of lists in their text form, as far as it is searched.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<String>),
    Head { titles: Vec<String>, columns: Vec<Column> },
}

#[derive(Deserialize)]
struct Column {
    header: String,
}

fn add(words: &mut BTreeSet<String>, said: &str) {
    for word in fold(said).split(' ').filter(|word| !word.is_empty()) {
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    }
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
