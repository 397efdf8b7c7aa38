//! The log's entries, as the view keeps them.

use sijil_model::Basis;

use super::{ClaimRow, one};
use crate::event::EntryName;
use crate::{Result, View, records};

/// An entry.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// Size of our log with it.
    pub position: u64,
    /// Whose log it is in.
    pub origin: String,
    /// Its index there.
    pub number: u64,
    /// Its kind.
    pub kind: String,
    /// When, to the minute.
    pub time: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it says, or what was put in its place.
    pub body: Option<serde_json::Value>,
    /// The position of the entry that erased it.
    pub erased_by: Option<u64>,
    /// Why another register's entry does not count here, where it makes no sense.
    pub unread: Option<String>,
}

pub(super) const ENTRY: &str =
    "SELECT position, origin, number, kind, time, author, body, erased_by, unread FROM entry";

pub(super) fn entry_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntryRow> {
    let body: Option<String> = row.get(6)?;
    Ok(EntryRow {
        position: row.get(0)?,
        origin: row.get(1)?,
        number: row.get(2)?,
        kind: row.get(3)?,
        time: records::minute(row.get(4)?),
        author: row.get(5)?,
        body: body.and_then(|body| serde_json::from_str(&body).ok()),
        erased_by: row.get(7)?,
        unread: row.get(8)?,
    })
}

impl View {
    /// Entries, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entries(&self, first: u64, number: u64) -> Result<Vec<EntryRow>> {
        self.rows(&format!("{ENTRY} ORDER BY sequence DESC LIMIT ?2 OFFSET ?1"), [first, number], entry_row)
    }

    /// The entry that made our log this long.
    ///
    /// # Errors
    /// No such entry.
    pub fn entry(&self, position: u64) -> Result<EntryRow> {
        let rows = self.rows(
            &format!("{ENTRY} WHERE position = ?1 ORDER BY sequence LIMIT 1"),
            [position],
            entry_row,
        )?;
        one("entry", &format!("entry:{position}"), rows)
    }

    /// An entry of any log by its place there. Another log's entries all have the position at which ours saw them.
    ///
    /// # Errors
    /// No such entry.
    pub fn entry_named(&self, name: &EntryName) -> Result<EntryRow> {
        let rows = self.rows(
            &format!("{ENTRY} WHERE origin = ?1 AND number = ?2"),
            rusqlite::params![name.origin, name.number],
            entry_row,
        )?;
        one("entry", &format!("{} of {}", name.number, name.origin), rows)
    }

    /// The entry by which a person entered a claim; none for what a program read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entry_of_made(&self, row: &ClaimRow) -> Result<Option<EntryRow>> {
        if row.claim.basis != Basis::Decided {
            return Ok(None);
        }
        let rows = self.rows(
            &format!("{ENTRY} WHERE position = ?1 AND kind = 'claim.made' AND instr(body, ?2) > 0 ORDER BY sequence"),
            rusqlite::params![row.valid_from, row.claim.id.as_str()],
            entry_row,
        )?;
        Ok(rows.into_iter().next())
    }

    /// Entries whose body names an id, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entries_naming(&self, id: &str) -> Result<Vec<EntryRow>> {
        self.rows(
            &format!("{ENTRY} WHERE instr(body, ?1) > 0 ORDER BY sequence DESC LIMIT 200"),
            [id],
            entry_row,
        )
    }
}
