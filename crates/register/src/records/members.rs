//! Which claims belong to which record: what is the *same*, with every *different* of a person's respected.
//!
//! Two claims that a person judged different are never in one record, however many links lead from one to the other:
//! edges are taken in order, people's judgements before machines' links and older ones first, and an edge that would
//! bring such a pair together is passed over.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};

use super::parted;
use crate::Result;

/// Groups the claims anew, with all that hangs on them, and returns the records that changed or may have.
pub(super) fn regroup(
    tx: &Transaction<'_>,
    at: u64,
    mut pending: BTreeSet<String>,
) -> Result<BTreeSet<String>> {
    let mut touched = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(claim) = pending.pop_first() {
        if seen.contains(&claim) {
            continue;
        }
        let Some(founder) = standing(tx, &claim)? else {
            if let Some(record) = leave(tx, at, &claim)? {
                pending.extend(claims_of_record(tx, &record)?);
                pending.extend(people_about(tx, &claim)?);
                touched.insert(record);
            }
            seen.insert(claim);
            continue;
        };
        let claims = component(founder, claim, |id| standing(tx, id), |id| neighbours(tx, id))?;
        for group in parted::apart(tx, &claims, &parted::CERTAIN)? {
            let Some(first) = group.iter().filter_map(|id| claims.get(id).map(|founder| (founder, id))).min()
            else {
                continue;
            };
            let record = record_named_for(founder.kind, first.1);
            for claim in &group {
                let former = join(tx, at, claim, &record)?;
                if former.as_ref() != Some(&record) {
                    if founder.kind == Kind::Incident {
                        pending.extend(people_about(tx, claim)?);
                    }
                    if let Some(record) = former {
                        pending.extend(claims_of_record(tx, &record)?);
                        touched.insert(record);
                    }
                }
            }
            seen.extend(group);
            touched.insert(record);
        }
    }
    Ok(touched)
}

/// A record's id: that of its oldest claim, by its kind.
pub(super) fn record_named_for(kind: Kind, claim: &str) -> String {
    format!("{}{}", kind.prefix(), claim.strip_prefix('c').unwrap_or(claim))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Incident,
    Person,
}

impl Kind {
    fn prefix(self) -> char {
        match self {
            Kind::Incident => 'i',
            Kind::Person => 'p',
        }
    }
}

/// A claim that founds a record, by its age in the register: the oldest gives a record its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Founder {
    key: i64,
    pub(super) kind: Kind,
}

/// The claim, if it holds now, was not rejected, and founds records. Its age is that of its first appearance: what a
/// newer extraction says differently of the same words is the same claim.
pub(super) fn standing(tx: &Transaction<'_>, claim: &str) -> Result<Option<Founder>> {
    let row = tx
        .prepare_cached(
            "SELECT (SELECT min(key) FROM claim AS ever WHERE ever.id = claim.id), kind FROM claim WHERE id = ?1 AND valid_to IS NULL AND kind IN ('incident', 'person') \
             AND NOT EXISTS (SELECT 1 FROM rejection WHERE rejection.claim = claim.id AND rejection.valid_to IS NULL)",
        )?
        .query_row([claim], |row| {
            let kind = if row.get_ref(1)?.as_str()? == "incident" { Kind::Incident } else { Kind::Person };
            Ok(Founder { key: row.get(0)?, kind })
        })
        .optional()?;
    Ok(row)
}

/// Everything of a claim's kind that is reached from it through others.
pub(super) fn component(
    founder: Founder,
    claim: String,
    standing: impl Fn(&str) -> Result<Option<Founder>>,
    neighbours: impl Fn(&str) -> Result<Vec<String>>,
) -> Result<BTreeMap<String, Founder>> {
    let mut group = BTreeMap::from([(claim.clone(), founder)]);
    let mut open = vec![claim];
    while let Some(here) = open.pop() {
        for other in neighbours(&here)? {
            if group.contains_key(&other) {
                continue;
            }
            if let Some(found) = standing(&other)?.filter(|found| found.kind == founder.kind) {
                group.insert(other.clone(), found);
                open.push(other);
            }
        }
    }
    Ok(group)
}

/// What links and judgements say is the same as a claim, unless a judgement also says otherwise.
fn neighbours(tx: &Transaction<'_>, claim: &str) -> Result<Vec<String>> {
    undoubted(tx, claim, ids(tx, SAME, claim)?)
}

/// The same, and what a machine found so alike that it may be one with it.
pub(super) fn neighbours_and_alike(tx: &Transaction<'_>, claim: &str) -> Result<Vec<String>> {
    let mut same = ids(tx, SAME, claim)?;
    same.extend(ids(tx, ALIKE, claim)?);
    undoubted(tx, claim, same)
}

fn undoubted(tx: &Transaction<'_>, claim: &str, mut same: Vec<String>) -> Result<Vec<String>> {
    // Almost every claim has none, and then there is nothing to doubt.
    if !same.is_empty() {
        let doubted = ids(tx, DOUBTED, claim)?;
        same.retain(|other| !doubted.contains(other));
    }
    Ok(same)
}

const SAME: &str = "SELECT right_id FROM link WHERE left_id = ?1 AND kind IN ('incident', 'person') AND valid_to IS NULL
     UNION ALL SELECT left_id FROM link WHERE right_id = ?1 AND kind IN ('incident', 'person') AND valid_to IS NULL
     UNION ALL SELECT right_id FROM judgement WHERE left_id = ?1 AND verdict = 'same' AND valid_to IS NULL
     UNION ALL SELECT left_id FROM judgement WHERE right_id = ?1 AND verdict = 'same' AND valid_to IS NULL";

const ALIKE: &str = "SELECT right_id FROM link WHERE left_id = ?1 AND kind = 'alike' AND valid_to IS NULL
     UNION ALL SELECT left_id FROM link WHERE right_id = ?1 AND kind = 'alike' AND valid_to IS NULL";

const DOUBTED: &str =
    "SELECT right_id FROM judgement WHERE left_id = ?1 AND verdict <> 'same' AND valid_to IS NULL
     UNION ALL SELECT left_id FROM judgement WHERE right_id = ?1 AND verdict <> 'same' AND valid_to IS NULL";

/// The first column of a query about one id.
pub(super) fn ids(tx: &Transaction<'_>, sql: &str, about: &str) -> Result<Vec<String>> {
    let mut statement = tx.prepare_cached(sql)?;
    let ids = statement.query_map([about], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Ends a claim's membership; returns the record that it leaves.
fn leave(tx: &Transaction<'_>, at: u64, claim: &str) -> Result<Option<String>> {
    let record = record_of(tx, claim)?;
    if record.is_some() {
        tx.prepare_cached("UPDATE member SET valid_to = ?2 WHERE claim = ?1 AND valid_to IS NULL")?
            .execute(params![claim, at])?;
    }
    Ok(record)
}

/// Makes a claim a member of a record; returns the record that it was a member of.
fn join(tx: &Transaction<'_>, at: u64, claim: &str, record: &str) -> Result<Option<String>> {
    let former = record_of(tx, claim)?;
    if former.as_deref() == Some(record) {
        return Ok(former);
    }
    leave(tx, at, claim)?;
    tx.prepare_cached("INSERT OR REPLACE INTO member (claim, record, valid_from) VALUES (?1, ?2, ?3)")?
        .execute(params![claim, record, at])?;
    Ok(former)
}

/// The record of which a claim is a member now.
pub(super) fn record_of(tx: &Transaction<'_>, claim: &str) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached("SELECT record FROM member WHERE claim = ?1 AND valid_to IS NULL")?
        .query_row([claim], |row| row.get(0))
        .optional()?)
}

/// The claims that are members of a record now.
pub(super) fn claims_of_record(tx: &Transaction<'_>, record: &str) -> Result<Vec<String>> {
    ids(tx, "SELECT claim FROM member WHERE record = ?1 AND valid_to IS NULL ORDER BY claim", record)
}

/// The claims of people whom a document tells of with an incident, or whom somebody put into it.
fn people_about(tx: &Transaction<'_>, incident: &str) -> Result<Vec<String>> {
    let sql = "SELECT id FROM claim WHERE about = ?1 AND kind = 'person' AND valid_to IS NULL
         UNION SELECT 'c' || substr(target, 2) FROM decision WHERE field = 'incident' AND value = ?1 AND valid_to IS NULL";
    ids(tx, sql, incident)
}
