//! Claims: what documents say, whole, with what stands around them.

use sijil_model::{Claim, DocumentId};

use super::one;
use crate::results::StoredClaim;
use crate::{RegisterError, Result, View};

/// A claim with its place in the register.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The claim.
    pub claim: Claim,
    /// The part of the document that it stands in.
    pub part: u32,
    /// The position from which it holds.
    pub valid_from: u64,
    /// The position at which it ended, if it did.
    pub valid_to: Option<u64>,
    /// That it was a misreading, if somebody said so.
    pub rejection: Option<Rejection>,
}

/// That a claim was a misreading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Why.
    pub why: String,
    /// Who said so.
    pub author: Option<String>,
}

pub(super) const CLAIM: &str = "SELECT claim.id, claim.document, claim.part, claim.body, claim.valid_from, claim.valid_to, rejection.why, rejection.author \
     FROM claim LEFT JOIN rejection ON rejection.claim = claim.id AND rejection.valid_to IS NULL";

/// [`CLAIM`] as of position `?2`: what is rejected now may not have been then.
fn claim_then() -> String {
    CLAIM.replace(
        "rejection.valid_to IS NULL",
        "rejection.valid_from <= ?2 AND (rejection.valid_to IS NULL OR rejection.valid_to > ?2)",
    )
}

/// The kinds of which a register holds few enough to read them all; `claim_by_kind` lists them.
const FEW: [&str; 5] = ["incident", "aggregate", "position", "source", "quote"];

/// The words of that index: SQLite uses a partial one only where it sees them again.
pub(super) fn few() -> String {
    format!("claim.kind IN ('{}') AND", FEW.join("', '"))
}

pub(super) type Raw = (String, String, u32, String, u64, Option<u64>, Option<String>, Option<String>);

pub(super) fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

pub(super) fn claim_row(
    (id, document, part, body, valid_from, valid_to, why, author): Raw,
) -> Result<ClaimRow> {
    let stored: StoredClaim = serde_json::from_str(&body).map_err(|cause| RegisterError::BadBlob {
        what: "claim",
        name: id,
        cause: cause.to_string(),
    })?;
    let claim = stored.of(&DocumentId::new(document)?);
    Ok(ClaimRow { claim, part, valid_from, valid_to, rejection: why.map(|why| Rejection { why, author }) })
}

impl View {
    /// A claim by its id, the version that holds now or held last.
    ///
    /// # Errors
    /// No such claim.
    pub fn claim(&self, id: &str) -> Result<ClaimRow> {
        let rows = self.rows(
            &format!("{CLAIM} WHERE claim.id = ?1 ORDER BY claim.valid_from DESC LIMIT 1"),
            [id],
            raw,
        )?;
        claim_row(one("claim", id, rows)?)
    }

    /// The claims of a document that hold now, in its own order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_of_document(&self, document: &str) -> Result<Vec<ClaimRow>> {
        self.rows(
            &format!("{CLAIM} WHERE claim.document = ?1 AND claim.valid_to IS NULL ORDER BY claim.key"),
            [document],
            raw,
        )?
        .into_iter()
        .map(claim_row)
        .collect()
    }

    /// The claims of one row of a list, or of a window of rows, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_of_document_page(&self, document: &str, first: u64, number: u64) -> Result<Vec<ClaimRow>> {
        self.rows(
            &format!("{CLAIM} WHERE claim.document = ?1 AND claim.valid_to IS NULL ORDER BY claim.key LIMIT ?3 OFFSET ?2"),
            rusqlite::params![document, first, number],
            raw,
        )?
        .into_iter()
        .map(claim_row)
        .collect()
    }

    /// The claims about a claim that hold now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_about(&self, id: &str) -> Result<Vec<ClaimRow>> {
        self.rows(
            &format!("{CLAIM} WHERE claim.about = ?1 AND claim.valid_to IS NULL ORDER BY claim.key"),
            [id],
            raw,
        )?
        .into_iter()
        .map(claim_row)
        .collect()
    }

    /// All claims of a kind that held at a position.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_of_kind(&self, kind: &str, at: u64) -> Result<Vec<ClaimRow>> {
        let then = claim_then();
        let few = if FEW.contains(&kind) { few() } else { String::new() };
        let sql = format!(
            "{then} WHERE {few} claim.kind = ?1 AND claim.valid_from <= ?2 AND (claim.valid_to IS NULL OR claim.valid_to > ?2) ORDER BY claim.key"
        );
        self.rows(&sql, rusqlite::params![kind, at], raw)?.into_iter().map(claim_row).collect()
    }

    /// What a document said of sites at a position.
    pub(super) fn sites_of_document(&self, document: &str, at: u64) -> Result<Vec<ClaimRow>> {
        let sql = format!(
            "{} WHERE claim.document = ?1 AND claim.kind = 'site' AND claim.valid_from <= ?2 AND (claim.valid_to IS NULL OR claim.valid_to > ?2) ORDER BY claim.key",
            claim_then()
        );
        self.rows(&sql, rusqlite::params![document, at], raw)?.into_iter().map(claim_row).collect()
    }

    /// The claims that people said something about, with what: a judgement, a decision or a rejection.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_bound(&self) -> Result<Vec<(String, String)>> {
        self.rows(
            "SELECT id, what FROM (
               SELECT left_id AS id, 'judgement' AS what FROM judgement WHERE valid_to IS NULL
               UNION SELECT right_id, 'judgement' FROM judgement WHERE valid_to IS NULL
               UNION SELECT claim, 'rejection' FROM rejection WHERE valid_to IS NULL
               UNION SELECT 'c' || substr(target, 2), 'decision' FROM decision WHERE valid_to IS NULL AND substr(target, 1, 1) IN ('i', 'p', 'c')
             ) WHERE id IN (SELECT id FROM claim) ORDER BY id, what",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// How many claims hold now, and how many documents they are from.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sizes(&self) -> Result<(u64, u64)> {
        let rows = self.rows(
            "SELECT (SELECT count(*) FROM claim WHERE valid_to IS NULL), (SELECT count(*) FROM document)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        one("register", "", rows)
    }
}
