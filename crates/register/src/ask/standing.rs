//! What is in force: settings, rules, accounts, sources, saved figures, notes and runs.

use crate::event::{MonitoringNote, SourceRecord};
use crate::{RegisterError, Result, View};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The pseudonym.
    pub id: String,
    /// What it may do.
    pub roles: Vec<String>,
}

/// A saved figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Its name.
    pub id: String,
    /// The question, as JSON.
    pub question: String,
    /// Title in English.
    pub title_en: String,
    /// Title in Arabic.
    pub title_ar: String,
}

/// A monitoring note.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteRow {
    /// The entry's position.
    pub position: u64,
    /// Who noted it.
    pub author: Option<String>,
    /// What was watched.
    pub note: MonitoringNote,
}

/// A run of extraction, placing or linking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The position of its entry: its name.
    pub position: u64,
    /// `extraction`, `placing` or `link`.
    pub kind: String,
    /// The program's name.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The result's hash.
    pub result: String,
    /// The position at which it was adopted; none while it is a proposal.
    pub adopted: Option<u64>,
}

impl View {
    /// A setting's value, now or as of a position.
    ///
    /// # Errors
    /// Those of the database.
    pub fn setting(&self, key: &str, at: Option<u64>) -> Result<Option<String>> {
        let at = at.unwrap_or(i64::MAX as u64);
        let sql = "SELECT value FROM setting WHERE key = ?1 AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?2)";
        Ok(self.column(sql, rusqlite::params![key, at])?.pop())
    }

    /// Every setting that is in force.
    ///
    /// # Errors
    /// Those of the database.
    pub fn settings(&self) -> Result<Vec<(String, String)>> {
        self.rows("SELECT key, value FROM setting WHERE valid_to IS NULL ORDER BY key", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Every account.
    ///
    /// # Errors
    /// Those of the database.
    pub fn accounts(&self) -> Result<Vec<AccountRow>> {
        self.rows("SELECT id, roles FROM account WHERE valid_to IS NULL ORDER BY id", [], |row| {
            let roles: String = row.get(1)?;
            Ok(AccountRow { id: row.get(0)?, roles: roles.split(',').map(str::to_owned).collect() })
        })
    }

    /// A source by its short code.
    ///
    /// # Errors
    /// Those of the database.
    pub fn source(&self, id: &str) -> Result<Option<SourceRecord>> {
        let records: Vec<String> =
            self.column("SELECT record FROM source WHERE id = ?1 AND valid_to IS NULL", [id])?;
        records.into_iter().next().map(|record| read("source", id, &record)).transpose()
    }

    /// Every source.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sources(&self) -> Result<Vec<SourceRecord>> {
        let records: Vec<String> =
            self.column("SELECT record FROM source WHERE valid_to IS NULL ORDER BY id", [])?;
        records.iter().map(|record| read("source", "", record)).collect()
    }

    /// Saved figures.
    ///
    /// # Errors
    /// Those of the database.
    pub fn figures(&self) -> Result<Vec<FigureRow>> {
        self.rows("SELECT id, question, title_en, title_ar FROM figure WHERE valid_to IS NULL ORDER BY valid_from, id", [], |row| {
            Ok(FigureRow { id: row.get(0)?, question: row.get(1)?, title_en: row.get(2)?, title_ar: row.get(3)? })
        })
    }

    /// Monitoring notes up to a position.
    ///
    /// # Errors
    /// Those of the database.
    pub fn notes(&self, at: u64) -> Result<Vec<NoteRow>> {
        let rows: Vec<(u64, Option<String>, String)> = self.rows(
            "SELECT valid_from, author, record FROM note WHERE valid_from <= ?1 ORDER BY sequence",
            [at],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        rows.into_iter()
            .map(|(position, author, record)| {
                Ok(NoteRow { position, author, note: read("note", "", &record)? })
            })
            .collect()
    }

    /// Runs, the newest first; with `proposed` only those that nobody adopted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn runs(&self, proposed: bool) -> Result<Vec<RunRow>> {
        self.rows(
            "SELECT position, run.kind, program, version, result, adopted FROM run JOIN entry USING (sequence) WHERE ?1 = 0 OR adopted IS NULL ORDER BY sequence DESC",
            [proposed],
            |row| {
                Ok(RunRow {
                    position: row.get(0)?,
                    kind: row.get(1)?,
                    program: row.get(2)?,
                    version: row.get(3)?,
                    result: row.get(4)?,
                    adopted: row.get(5)?,
                })
            },
        )
    }

    /// Whether our own entry at a position is a run.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_run(&self, position: u64) -> Result<bool> {
        // Our own entry comes before those that it reveals.
        let sql = "SELECT 1 FROM run WHERE sequence = (SELECT min(sequence) FROM entry WHERE position = ?1)";
        Ok(self.db.prepare_cached(sql)?.exists([position])?)
    }

    /// Who cleared a target, and who signed it, now: accounts.
    ///
    /// # Errors
    /// Those of the database.
    pub fn cleared_and_signed(&self, target: &str) -> Result<(Option<String>, Vec<String>)> {
        let cleared = self
            .column("SELECT author FROM clearing WHERE target = ?1 AND valid_to IS NULL", [target])?
            .pop();
        let signed = self.column(
            "SELECT author FROM signature WHERE target = ?1 AND valid_to IS NULL ORDER BY author",
            [target],
        )?;
        Ok((cleared, signed))
    }

    /// Whether a family objects to a person's name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_objection(&self, person: &str) -> Result<bool> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM objection WHERE person = ?1 AND valid_to IS NULL")?
            .exists([person])?)
    }
}

/// A record of the view from its JSON.
pub(super) fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    name: &str,
    record: &str,
) -> Result<T> {
    serde_json::from_str(record).map_err(|cause| RegisterError::BadBlob {
        what,
        name: name.to_owned(),
        cause: cause.to_string(),
    })
}
