//! Pages of long lists: what a person turns over page by page, with how many there are.

use super::claims::{CLAIM, claim_row, raw};
use super::documents::{DOCUMENT, document_row};
use super::log::{ENTRY, entry_row};
use super::records::{PERSON, incident_row, person_row};
use super::{ClaimRow, DocumentRow, EntryRow, Hit, IncidentRow, PersonRow, find, one};
use crate::{Result, View};

/// How much a register holds now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Documents.
    pub documents: u64,
    /// Incident records.
    pub incidents: u64,
    /// Person records.
    pub people: u64,
}

impl View {
    /// How much the register holds now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn holdings(&self) -> Result<Holdings> {
        let rows = self.rows(
            "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM incident WHERE valid_to IS NULL), \
             (SELECT count(*) FROM person WHERE valid_to IS NULL)",
            [],
            |row| Ok(Holdings { documents: row.get(0)?, incidents: row.get(1)?, people: row.get(2)? }),
        )?;
        one("register", "", rows)
    }

    /// How many entries there are, ours and others'.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entry_count(&self) -> Result<u64> {
        Ok(self.column("SELECT count(*) FROM entry", [])?.pop().unwrap_or(0))
    }

    /// Documents of a source, or of all, the latest first, and how many there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn document_page(
        &self,
        source: Option<&str>,
        first: u64,
        number: u64,
    ) -> Result<(Vec<DocumentRow>, u64)> {
        let of_source = "(?1 IS NULL OR source = ?1)";
        let sql = format!("{DOCUMENT} WHERE {of_source} ORDER BY added DESC, id LIMIT ?3 OFFSET ?2");
        let rows = self.rows(&sql, rusqlite::params![source, first, number], document_row)?;
        let total = self.column(&format!("SELECT count(*) FROM document WHERE {of_source}"), [source])?;
        Ok((rows, total.into_iter().next().unwrap_or(0)))
    }

    /// Incidents as they stand, those that changed last first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn incident_page(&self, first: u64, number: u64) -> Result<Vec<IncidentRow>> {
        let sql = "SELECT id, view, title, valid_from FROM incident WHERE valid_to IS NULL ORDER BY valid_from DESC, id LIMIT ?2 OFFSET ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([first, number])?;
        let mut incidents = Vec::new();
        while let Some(row) = rows.next()? {
            incidents.push(incident_row(row)?);
        }
        Ok(incidents)
    }

    /// People as they stand, by name; those without one last.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people_page(&self, first: u64, number: u64) -> Result<Vec<PersonRow>> {
        let sql = format!(
            "{PERSON} WHERE valid_to IS NULL ORDER BY name_key IS NULL, name_key, id LIMIT ?2 OFFSET ?1"
        );
        self.rows(&sql, [first, number], person_row)
    }

    /// The claims of one part of a document that hold now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_of_part(&self, document: &str, part: u32) -> Result<Vec<ClaimRow>> {
        let sql = format!(
            "{CLAIM} WHERE claim.document = ?1 AND claim.part = ?2 AND claim.valid_to IS NULL ORDER BY claim.key"
        );
        self.rows(&sql, rusqlite::params![document, part], raw)?.into_iter().map(claim_row).collect()
    }

    /// The claims of a list's rows from `first` to `last` that hold now, counted from 1.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_of_rows(&self, document: &str, first: u32, last: u32) -> Result<Vec<ClaimRow>> {
        let sql = format!(
            "{CLAIM} WHERE claim.document = ?1 AND claim.part = 0 AND claim.row BETWEEN ?2 AND ?3 AND claim.valid_to IS NULL \
             ORDER BY claim.row, claim.key"
        );
        self.rows(&sql, rusqlite::params![document, first, last], raw)?.into_iter().map(claim_row).collect()
    }

    /// The entry by which a document came into the register.
    ///
    /// # Errors
    /// No such document.
    pub fn entry_of_document(&self, document: &str) -> Result<EntryRow> {
        let added = self.document(document)?.added;
        let rows = self.rows(
            &format!("{ENTRY} WHERE position = ?1 AND kind = 'document.added' ORDER BY sequence"),
            [added],
            entry_row,
        )?;
        let of_document = |entry: &EntryRow| {
            entry.body.as_ref().and_then(|body| body.get("document")?.as_str()) == Some(document)
        };
        // A foreign log comes in at one position; an erased body does not say which document it was.
        let at = rows.iter().position(of_document).unwrap_or(0);
        one("document", document, rows.into_iter().skip(at).take(1).collect())
    }

    /// A page of documents and people in which one spelling of every word stands, and how many there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search_page(&self, words: &[Vec<String>], first: u64, number: u64) -> Result<(Vec<Hit>, u64)> {
        let Some(wanted) = find::wanted(words) else { return Ok((Vec::new(), 0)) };
        let hits = self.rows(
            "SELECT kind, id, part FROM search JOIN found ON found.key = search.rowid WHERE search MATCH ?1 ORDER BY rank, found.key LIMIT ?3 OFFSET ?2",
            rusqlite::params![wanted, first, number],
            |row| Ok(Hit { kind: row.get(0)?, id: row.get(1)?, part: row.get(2)? }),
        )?;
        let total = self.column("SELECT count(*) FROM search WHERE search MATCH ?1", [&wanted])?;
        Ok((hits, total.into_iter().next().unwrap_or(0)))
    }
}
