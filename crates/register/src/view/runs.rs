//! Adopting runs: what they found becomes what holds, and what no longer holds is ended, never overwritten.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};
use sijil_model::{Basis, Claim, Span};

use super::{Blobs, Dirty};
use crate::results::{ExtractedLine, PlacedLine, StoredClaim, read_lines};
use crate::{RegisterError, Result};

/// Makes an extraction count: new claims begin, vanished ones end, those with the same anchor go on.
pub(crate) fn adopt_extraction(
    tx: &Transaction<'_>,
    at: u64,
    run: &Named<'_>,
    blobs: &dyn Blobs,
    dirty: &mut Dirty,
) -> Result<()> {
    let result = adopt(tx, at, run)?;
    // Claims that hold before the run and were not seen again by it; a list spreads over many lines of the result.
    let mut standing: BTreeMap<String, BTreeMap<String, (i64, String)>> = BTreeMap::new();
    let mut passed_over = BTreeSet::new();
    read_lines(&result.clone(), blobs.open(&result)?, |line: ExtractedLine| {
        let document = line.document.as_str();
        if passed_over.contains(document) {
            return Ok(());
        }
        if !standing.contains_key(document) {
            super::apply::stand_in(tx, document, at)?;
            if !codes(tx, document, run.own)? {
                passed_over.insert(document.to_owned());
                return Ok(());
            }
            standing.insert(document.to_owned(), claims_of(tx, document)?);
        }
        for stored in line.claims {
            let body = serde_json::to_string(&stored)?;
            let claim = stored.of(&line.document);
            let id = claim.id.as_str();
            match standing.get_mut(document).and_then(|claims| claims.remove(id)) {
                Some((_, same)) if same == body => continue,
                Some((key, _)) => {
                    // What it was about until now loses it.
                    mark_claim(tx, id, dirty)?;
                    end_claim(tx, key, at)?;
                }
                None => {}
            }
            keep_claim(tx, at, line.part, &claim, &body, dirty)?;
        }
        Ok(())
    })?;
    for (_, vanished) in standing {
        for (id, (key, _)) in vanished {
            mark_claim(tx, &id, dirty)?;
            end_claim(tx, key, at)?;
        }
    }
    Ok(())
}

/// Refuses claims as a person's that are not marked as such: a program's next run would end them.
pub(crate) fn check_made(line: &ExtractedLine) -> Result<()> {
    let is_made = |stored: &StoredClaim| stored.id.is_some() && stored.basis == Basis::Decided;
    if line.claims.iter().all(|stored| is_made(stored) && !stored.spans.is_empty()) {
        return Ok(());
    }
    Err(RegisterError::Refused("a claim that a person makes has an id, words and the basis `decided`".into()))
}

/// Takes in what a person read in a part of a document.
pub(super) fn made(tx: &Transaction<'_>, at: u64, line: ExtractedLine, dirty: &mut Dirty) -> Result<()> {
    check_made(&line)?;
    super::apply::stand_in(tx, line.document.as_str(), at)?;
    for stored in line.claims {
        let body = serde_json::to_string(&stored)?;
        keep_claim(tx, at, line.part, &stored.of(&line.document), &body, dirty)?;
    }
    Ok(())
}

/// A claim begins to hold. Of two of one run with the same anchor the first one counts.
fn keep_claim(
    tx: &Transaction<'_>,
    at: u64,
    part: u32,
    claim: &Claim,
    body: &str,
    dirty: &mut Dirty,
) -> Result<()> {
    let (id, kind, about) = (claim.id.as_str(), claim.content.kind(), claim.about.as_ref());
    tx.prepare_cached(
        "INSERT INTO claim (id, document, part, kind, about, body, row, valid_from) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 \
         WHERE NOT EXISTS (SELECT 1 FROM claim WHERE id = ?1 AND valid_to IS NULL)",
    )?
    .execute(params![
        id,
        claim.document.as_str(),
        part,
        kind,
        about.map(sijil_model::ClaimId::as_str),
        body,
        row_of(claim),
        at
    ])?;
    if matches!(kind, "incident" | "person") {
        dirty.claims.insert(id.to_owned());
    }
    dirty.claims.extend(about.map(ToString::to_string));
    Ok(())
}

/// Makes a placing count.
pub(crate) fn adopt_placing(
    tx: &Transaction<'_>,
    at: u64,
    run: &Named<'_>,
    blobs: &dyn Blobs,
    dirty: &mut Dirty,
) -> Result<()> {
    let result = adopt(tx, at, run)?;
    read_lines(&result.clone(), blobs.open(&result)?, |line: PlacedLine| {
        let (table, body, claims) = match line {
            PlacedLine::Where { claims, found } => ("placed", serde_json::to_string(&found)?, claims),
            PlacedLine::When { claims, read } => ("timed", serde_json::to_string(&read)?, claims),
        };
        let answer = answer_key(tx, &body)?;
        for claim in claims {
            upsert(tx, table, claim.as_str(), answer, (at, run.own), dirty)?;
        }
        Ok(())
    })
}

/// Marks the record that a claim is part of, or says something about.
pub(crate) fn mark_claim(tx: &Transaction<'_>, claim: &str, dirty: &mut Dirty) -> Result<()> {
    let row = tx
        .prepare_cached("SELECT kind, about FROM claim WHERE id = ?1 ORDER BY valid_from DESC LIMIT 1")?
        .query_row([claim], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))
        .optional()?;
    if let Some((kind, about)) = row {
        if kind == "incident" || kind == "person" {
            dirty.claims.insert(claim.to_owned());
        }
        dirty.claims.extend(about);
    }
    Ok(())
}

/// An entry by its place in its own log.
pub(super) struct Named<'a> {
    pub(super) origin: &'a str,
    pub(super) number: u64,
    /// Whether that log is ours.
    pub(super) own: bool,
}

pub(super) fn adopt(tx: &Transaction<'_>, at: u64, run: &Named<'_>) -> Result<String> {
    let (sequence, result): (i64, String) = tx
        .query_row(
            "SELECT run.sequence, result FROM run JOIN entry USING (sequence) WHERE origin = ?1 AND number = ?2",
            params![run.origin, run.number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?
        .ok_or_else(|| RegisterError::NotFound { what: "run", id: (run.number + 1).to_string() })?;
    tx.execute("UPDATE run SET adopted = ?2 WHERE sequence = ?1", params![sequence, at])?;
    Ok(result)
}

/// Whether this extraction is to be in force for a document; from then on it is. Ours goes before all others.
fn codes(tx: &Transaction<'_>, document: &str, own: bool) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "INSERT INTO coded (document, own) VALUES (?1, ?2) ON CONFLICT (document) DO UPDATE SET own = excluded.own WHERE excluded.own >= coded.own",
        )?
        .execute(params![document, own])?;
    Ok(changed > 0)
}

/// The claims of a document that programs read; those that people made stand on their own.
fn claims_of(tx: &Transaction<'_>, document: &str) -> Result<BTreeMap<String, (i64, String)>> {
    let mut statement = tx.prepare_cached(
        "SELECT id, key, body FROM claim WHERE document = ?1 AND valid_to IS NULL AND body ->> 'basis' <> 'decided'",
    )?;
    let rows = statement.query_map([document], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The row of a list in which a claim stands.
fn row_of(claim: &Claim) -> Option<u32> {
    match claim.spans.first()?.span {
        Span::Cell { row, .. } => Some(row),
        Span::Text { .. } => None,
    }
}

/// Ends a claim. One that began at the same position never held: another register's log comes in at one position.
fn end_claim(tx: &Transaction<'_>, key: i64, at: u64) -> Result<()> {
    tx.prepare_cached("DELETE FROM claim WHERE key = ?1 AND valid_from = ?2")?.execute(params![key, at])?;
    tx.prepare_cached("UPDATE claim SET valid_to = ?2 WHERE key = ?1")?.execute(params![key, at])?;
    Ok(())
}

fn answer_key(tx: &Transaction<'_>, body: &str) -> Result<i64> {
    tx.prepare_cached("INSERT OR IGNORE INTO answer (body) VALUES (?1)")?.execute([body])?;
    Ok(tx.prepare_cached("SELECT key FROM answer WHERE body = ?1")?.query_row([body], |row| row.get(0))?)
}

fn upsert(
    tx: &Transaction<'_>,
    table: &'static str,
    claim: &str,
    answer: i64,
    (at, own): (u64, bool),
    dirty: &mut Dirty,
) -> Result<()> {
    let standing: Option<(i64, bool)> = tx
        .prepare_cached(&format!("SELECT answer, own FROM {table} WHERE claim = ?1 AND valid_to IS NULL"))?
        .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // Ours goes before what another register's gazetteer and dates say.
    if standing.is_some_and(|(held, ours)| ours && !own || held == answer && ours == own) {
        return Ok(());
    }
    if standing.is_some() {
        tx.prepare_cached(&format!(
            "UPDATE {table} SET valid_to = ?2 WHERE claim = ?1 AND valid_to IS NULL"
        ))?
        .execute(params![claim, at])?;
    }
    tx.prepare_cached(&format!(
        "INSERT OR REPLACE INTO {table} (claim, answer, own, valid_from) VALUES (?1, ?2, ?3, ?4)"
    ))?
    .execute(params![claim, answer, own, at])?;
    // A record that is made again anyway needs no looking up: so it is for every row of a list that was just added.
    if dirty.claims.contains(claim) { Ok(()) } else { mark_claim(tx, claim, dirty) }
}
