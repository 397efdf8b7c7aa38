//! Incidents that may be one strike: what a machine found alike is put together beside the records, so that a figure can
//! say what it comes to if they are one. Nothing is joined; judgements and decisions are respected as for records.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, params};
use sijil_model::codebook::Grading;

use super::members::{self, Founder, Kind};
use super::{incident, parted};
use crate::Result;

/// Puts the incidents that a batch touched together anew, with those that they may be one with.
pub(super) fn remake(tx: &Transaction<'_>, at: u64, mut pending: BTreeSet<String>) -> Result<()> {
    if !tx.prepare_cached("SELECT 1 FROM link WHERE kind = 'alike' AND left_id > '' LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let (mut seen, mut touched) = (BTreeSet::new(), BTreeSet::new());
    while let Some(record) = pending.pop_first() {
        if !seen.insert(record.clone()) {
            continue;
        }
        let former = strike_of(tx, &record)?;
        let now = found(tx, &record)?;
        for strike in [&former, &now.as_ref().map(|(strike, _)| strike.clone())].into_iter().flatten() {
            pending.extend(incidents_of(tx, strike)?);
            touched.insert(strike.clone());
        }
        let (strike, others) = now.unzip();
        pending.extend(others.into_iter().flatten());
        pending.retain(|record| !seen.contains(record));
        if strike != former {
            put(tx, at, &record, strike.as_deref())?;
        }
    }
    touched.iter().try_for_each(|strike| keep(tx, at, strike))
}

/// The strike that a record may be, and all records that may be it; none where it may be no other.
fn found(tx: &Transaction<'_>, record: &str) -> Result<Option<(String, BTreeSet<String>)>> {
    let Some(first) = members::claims_of_record(tx, record)?.into_iter().next() else { return Ok(None) };
    let Some(founder) = counted(tx, &first)? else { return Ok(None) };
    let claims = members::component(
        founder,
        first.clone(),
        |claim| counted(tx, claim),
        |claim| members::neighbours_and_alike(tx, claim),
    )?;
    let groups = parted::apart(tx, &claims, &parted::WITH_ALIKE)?;
    let Some(own) = groups.into_iter().find(|group| group.contains(&first)) else { return Ok(None) };
    let mut records = BTreeSet::new();
    for claim in &own {
        records.extend(members::record_of(tx, claim)?);
    }
    let oldest = own.iter().filter_map(|id| Some((claims.get(id)?, id))).min();
    let strike = oldest.map(|(_, claim)| members::record_named_for(Kind::Incident, claim));
    Ok(strike.filter(|_| records.len() > 1).map(|strike| (strike, records)))
}

/// A claim that founds an incident which some figure may count: what was left out is not counted twice either.
fn counted(tx: &Transaction<'_>, claim: &str) -> Result<Option<Founder>> {
    let Some(founder) = members::standing(tx, claim)?.filter(|found| found.kind == Kind::Incident) else {
        return Ok(None);
    };
    let Some(record) = members::record_of(tx, claim)? else { return Ok(None) };
    let view: Option<Vec<u8>> = tx
        .prepare_cached("SELECT view FROM incident WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([&record], |row| row.get(0))
        .optional()?;
    let Some(view) = view else { return Ok(None) };
    let incident = incident::decode(&record, &view)?;
    let is_left_out = incident.left_out.is_some() || incident.grading == Grading::Discounted;
    Ok((!is_left_out).then_some(founder))
}

fn strike_of(tx: &Transaction<'_>, incident: &str) -> Result<Option<String>> {
    let sql = "SELECT strike FROM of_strike WHERE incident = ?1 AND valid_to IS NULL";
    Ok(tx.prepare_cached(sql)?.query_row([incident], |row| row.get(0)).optional()?)
}

fn incidents_of(tx: &Transaction<'_>, strike: &str) -> Result<Vec<String>> {
    members::ids(
        tx,
        "SELECT incident FROM of_strike WHERE strike = ?1 AND valid_to IS NULL ORDER BY incident",
        strike,
    )
}

/// Says which strike an incident may be from here on; none ends it.
fn put(tx: &Transaction<'_>, at: u64, incident: &str, strike: Option<&str>) -> Result<()> {
    tx.prepare_cached("UPDATE of_strike SET valid_to = ?2 WHERE incident = ?1 AND valid_to IS NULL")?
        .execute(params![incident, at])?;
    if let Some(strike) = strike {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO of_strike (incident, strike, valid_from) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![incident, strike, at])?;
    }
    Ok(())
}

/// Makes what the incidents of a strike come to as one; nothing is written where nothing changed.
fn keep(tx: &Transaction<'_>, at: u64, strike: &str) -> Result<()> {
    let records = incidents_of(tx, strike)?;
    let former: Option<Vec<u8>> = tx
        .prepare_cached("SELECT view FROM strike WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([strike], |row| row.get(0))
        .optional()?;
    let now = if records.is_empty() { None } else { Some(as_one(tx, strike, &records)?) };
    if now == former {
        return Ok(());
    }
    tx.prepare_cached("UPDATE strike SET valid_to = ?2 WHERE id = ?1 AND valid_to IS NULL")?
        .execute(params![strike, at])?;
    if let Some(view) = now {
        tx.prepare_cached("INSERT OR REPLACE INTO strike (id, view, valid_from) VALUES (?1, ?2, ?3)")?
            .execute(params![strike, view, at])?;
    }
    Ok(())
}

fn as_one(tx: &Transaction<'_>, strike: &str, records: &[String]) -> Result<Vec<u8>> {
    let mut claims = Vec::new();
    for record in records {
        claims.extend(members::claims_of_record(tx, record)?);
    }
    claims.sort();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    incident::encode(&incident::assemble(tx, strike, &records, &claims)?.incident)
}
