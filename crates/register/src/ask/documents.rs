//! Documents: what was received, what was read of it, and when it was published.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use sijil_model::Edtf;

use super::one;
use crate::event::SourceRecord;
use crate::{RegisterError, Result, View, records};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// SHA-256 of its bytes.
    pub id: String,
    /// Its file's name.
    pub name: Option<String>,
    /// What its bytes are.
    pub media_type: String,
    /// How many bytes.
    pub size: u64,
    /// Who said it.
    pub source: Option<String>,
    /// The container it came out of.
    pub container: Option<String>,
    /// The log position at which it was added.
    pub added: u64,
}

/// What was read of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// SHA-256 of the text or the table's stored form.
    pub text: String,
    /// `text` or `table`.
    pub form: String,
    /// The reader's name.
    pub reader: String,
    /// The reader's version.
    pub version: String,
    /// Whether it was laid out again from a page.
    pub layout_derived: bool,
}

/// One report within a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// Counted from 0.
    pub number: u32,
    /// Its own name, where it has one.
    pub label: Option<String>,
    /// Code points, half-open.
    pub starts: u32,
    /// One past the last code point.
    pub ends: u32,
    /// Bytes, half-open.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// `en` or `ar`.
    pub language: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

pub(super) const DOCUMENT: &str = "SELECT id, name, media_type, size, source, container, added FROM document";

pub(super) fn document_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        size: row.get(3)?,
        source: row.get(4)?,
        container: row.get(5)?,
        added: row.get(6)?,
    })
}

impl View {
    /// Whether rows of this document found incidents: it is a spreadsheet of them that was imported.
    ///
    /// # Errors
    /// Those of the database.
    pub fn founds_incidents(&self, document: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM claim WHERE document = ?1 AND row IS NOT NULL AND kind = 'incident' AND valid_to IS NULL";
        Ok(self.db.prepare_cached(sql)?.exists([document])?)
    }

    /// A document by its id.
    ///
    /// # Errors
    /// No such document.
    pub fn document(&self, id: &str) -> Result<DocumentRow> {
        one("document", id, self.rows(&format!("{DOCUMENT} WHERE id = ?1"), [id], document_row)?)
    }

    /// Whether the bytes were received before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_document(&self, id: &str) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM document WHERE id = ?1")?.exists([id])?)
    }

    /// Documents, the latest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn documents(&self, first: u64, number: u64) -> Result<Vec<DocumentRow>> {
        self.rows(
            &format!("{DOCUMENT} ORDER BY added DESC, id LIMIT ?2 OFFSET ?1"),
            [first, number],
            document_row,
        )
    }

    /// Every document's id, the earliest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn document_ids(&self) -> Result<Vec<String>> {
        self.column("SELECT id FROM document ORDER BY added, id", [])
    }

    /// What a reader made of a document; none for images and other bytes without words.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reading(&self, document: &str) -> Result<Option<ReadingRow>> {
        Ok(self
            .rows(
                "SELECT text, form, reader, version, layout_derived FROM reading WHERE document = ?1 AND valid_to IS NULL",
                [document],
                |row| {
                    Ok(ReadingRow {
                        text: row.get(0)?,
                        form: row.get(1)?,
                        reader: row.get(2)?,
                        version: row.get(3)?,
                        layout_derived: row.get(4)?,
                    })
                },
            )?
            .pop())
    }

    /// The reports within a document.
    ///
    /// # Errors
    /// Those of the database.
    pub fn parts(&self, document: &str) -> Result<Vec<PartRow>> {
        self.rows(
            "SELECT number, label, starts, ends, byte_start, byte_end, language, country FROM part WHERE document = ?1 AND valid_to IS NULL ORDER BY number",
            [document],
            |row| {
                Ok(PartRow {
                    number: row.get(0)?,
                    label: row.get(1)?,
                    starts: row.get(2)?,
                    ends: row.get(3)?,
                    byte_start: row.get(4)?,
                    byte_end: row.get(5)?,
                    language: row.get(6)?,
                    country: row.get(7)?,
                })
            },
        )
    }

    /// When a part of a document was published: by decision, by its own line, or by its document.
    ///
    /// # Errors
    /// Those of the database.
    pub fn published(&self, document: &str, part: u32) -> Result<Option<Edtf>> {
        records::published(&self.db, document, part)
    }

    /// Who said a document, as the register describes them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn source_of(&self, document: &str) -> Result<Option<SourceRecord>> {
        let source: Option<Option<String>> = self
            .db
            .prepare_cached("SELECT source FROM document WHERE id = ?1")?
            .query_row([document], |row| row.get(0))
            .optional()?;
        source.flatten().map_or(Ok(None), |source| self.source(&source))
    }

    /// The first part with the same folded words as these, if there is one: `document:part`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn part_with_words(&self, repost_key: &str) -> Result<Option<(String, u32)>> {
        Ok(self
            .rows(
                "SELECT document, part.number FROM part JOIN document ON document.id = part.document \
                 WHERE repost_key = ?1 AND valid_to IS NULL ORDER BY document.added, document.id, part.number LIMIT 1",
                [repost_key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?
            .pop())
    }

    /// The blob that now stands for this one: itself, or what an erasure put in its place.
    ///
    /// # Errors
    /// The blob was destroyed and nothing stands in its place.
    pub fn current_blob(&self, digest: &str) -> Result<String> {
        let mut current = digest.to_owned();
        let mut passed = BTreeSet::new();
        loop {
            let next: Option<(Option<String>, u64)> = self
                .db
                .prepare_cached(
                    "SELECT replacement, entry.position FROM redaction JOIN entry USING (sequence) WHERE blob = ?1 ORDER BY sequence DESC LIMIT 1",
                )?
                .query_row([&current], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match next {
                None => return Ok(current),
                // Another register may say that two blobs stand for each other; then neither is there.
                Some((Some(replacement), _))
                    if passed.insert(current.clone()) && !passed.contains(&replacement) =>
                {
                    current = replacement
                }
                Some((_, position)) => {
                    return Err(RegisterError::Refused(format!(
                        "{digest} was erased by entry {position}; `sijil show entry:{position}` says who and why"
                    )));
                }
            }
        }
    }
}
