//! What people say about claims and records: rejections, judgements and decisions, ours and other registers'.
//!
//! Our own word comes after all that we had seen, so it replaces it. Another register's word replaces only what was said
//! there: where ours differs, both stand against each other until somebody here says more.

use rusqlite::{Transaction, params};
use sijil_model::codebook::{Coded, Verdict};

use super::apply::{Dirty, founder, replace};
use super::{Incoming, linked, runs};
use crate::Result;
use crate::event::Decision;

/// A claim was a misreading. One that is rejected already stays rejected for the first reason, unless we say another.
pub(super) fn rejected(
    tx: &Transaction<'_>,
    entry: &Incoming,
    sequence: i64,
    claim: &str,
    why: &str,
    dirty: &mut Dirty,
) -> Result<()> {
    let standing = "SELECT 1 FROM rejection WHERE claim = ?1 AND valid_to IS NULL";
    if !entry.own && tx.prepare_cached(standing)?.exists([claim])? {
        return Ok(());
    }
    replace(tx, "rejection", "claim", claim, entry.position)?;
    tx.execute(
        "INSERT INTO rejection (claim, sequence, why, author, valid_from) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![claim, sequence, why, entry.author, entry.position],
    )?;
    runs::mark_claim(tx, claim, dirty)
}

/// A rejected claim was read right after all.
pub(super) fn restored(tx: &Transaction<'_>, entry: &Incoming, claim: &str, dirty: &mut Dirty) -> Result<()> {
    let theirs = "SELECT 1 FROM rejection JOIN entry USING (sequence) WHERE claim = ?1 AND valid_to IS NULL AND origin = ?2";
    if entry.own || tx.prepare_cached(theirs)?.exists(params![claim, entry.origin])? {
        replace(tx, "rejection", "claim", claim, entry.position)?;
    }
    runs::mark_claim(tx, claim, dirty)
}

/// Two things are the same, different, or nobody can tell.
pub(super) fn judged(
    tx: &Transaction<'_>,
    entry: &Incoming,
    sequence: i64,
    (left, right): (String, String),
    (verdict, why): (Verdict, &str),
    dirty: &mut Dirty,
) -> Result<()> {
    tx.execute(
        "UPDATE judgement SET valid_to = ?3 WHERE valid_to IS NULL \
         AND ((left_id = ?1 AND right_id = ?2) OR (left_id = ?2 AND right_id = ?1)) \
         AND (?4 OR sequence IN (SELECT sequence FROM entry WHERE origin = ?5))",
        params![left, right, entry.position, entry.own, entry.origin],
    )?;
    tx.execute(
        "INSERT INTO judgement (sequence, left_id, right_id, verdict, why, author, valid_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![sequence, left, right, verdict.code(), why, entry.author, entry.position],
    )?;
    for claim in [&left, &right] {
        linked::end_draws_with(tx, claim, entry.position, dirty)?;
        runs::mark_claim(tx, claim, dirty)?;
    }
    Ok(())
}

/// A value was chosen: it ends the decisions that it names, of whichever log.
pub(super) fn decided(
    tx: &Transaction<'_>,
    entry: &Incoming,
    sequence: i64,
    decision: &Decision,
    dirty: &mut Dirty,
) -> Result<()> {
    let (at, author) = (entry.position, entry.author.as_deref());
    for earlier in &decision.supersedes {
        tx.execute(
            "UPDATE decision SET valid_to = ?3 WHERE valid_to IS NULL AND sequence IN (SELECT sequence FROM entry WHERE origin = ?1 AND number = ?2)",
            params![earlier.origin, earlier.number, at],
        )?;
    }
    tx.execute(
        "INSERT INTO decision (sequence, target, field, value, why, used, rejected, author, valid_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            sequence,
            decision.target,
            decision.field,
            decision.value,
            decision.why,
            serde_json::to_string(&decision.used)?,
            serde_json::to_string(&decision.rejected)?,
            author,
            at
        ],
    )?;
    match (decision.target.as_bytes().first(), decision.field.as_str()) {
        (_, "published") => {
            dirty.documents.insert(decision.target.clone());
        }
        (_, "source") => {
            tx.execute(
                "UPDATE document SET source = ?2 WHERE id = ?1",
                params![decision.target, decision.value],
            )?;
            dirty.documents.insert(decision.target.clone());
        }
        _ => runs::mark_claim(tx, &founder(&decision.target), dirty)?,
    }
    Ok(())
}
