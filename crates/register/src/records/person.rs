//! A person record: one human being harmed, from all the claims that name them, and the decisions on them.

use rusqlite::{OptionalExtension, Transaction, params};
use sijil_model::Content;
use sijil_model::codebook::{AgeClass, Coded, Fate, Sex, Status};
use sijil_model::fold::fold;

use super::answers::Known;
use super::{decisions, members};
use crate::results::StoredClaim;
use crate::view::index;
use crate::{RegisterError, Result};

/// A person as the claims and decisions together say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PersonRow {
    name: Option<String>,
    sex: Option<&'static str>,
    age: Option<u16>,
    age_class: Option<&'static str>,
    fate: Option<Fate>,
    status: Option<&'static str>,
    incident: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    place: Option<String>,
}

/// Makes a person record again; returns the incidents that it belonged and belongs to.
pub(super) fn remake(tx: &Transaction<'_>, at: u64, record: &str, known: &mut Known) -> Result<Vec<String>> {
    let claims = members::claims_of_record(tx, record)?;
    let former: Option<Option<String>> = tx
        .prepare_cached("SELECT incident FROM person WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([record], |row| row.get(0))
        .optional()?;
    if former.is_some() {
        tx.prepare_cached("UPDATE person SET valid_to = ?2 WHERE id = ?1 AND valid_to IS NULL")?
            .execute(params![record, at])?;
    }
    let mut incidents: Vec<String> = former.clone().flatten().into_iter().collect();
    if claims.is_empty() {
        if former.is_some() {
            index::forget(tx, record)?;
        }
        return Ok(incidents);
    }
    let mut person = PersonRow::default();
    for claim in &claims {
        add_claim(tx, claim, known, &mut person)?;
    }
    decide(tx, &claims, &mut person)?;
    write(tx, at, record, &person)?;
    if former.is_some() {
        index::forget(tx, record)?;
    }
    if let Some(name) = &person.name {
        index::put(tx, "person", record, None, name)?;
    }
    incidents.extend(person.incident);
    Ok(incidents)
}

fn write(tx: &Transaction<'_>, at: u64, record: &str, person: &PersonRow) -> Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO person (id, name, name_key, sex, age, age_class, fate, status, incident, earliest, latest, place, valid_from) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        record,
        person.name,
        person.name.as_deref().map(fold),
        person.sex,
        person.age,
        person.age_class,
        person.fate.map(Coded::code),
        person.status,
        person.incident,
        person.earliest,
        person.latest,
        person.place,
        at
    ])?;
    Ok(())
}

fn add_claim(tx: &Transaction<'_>, claim: &str, known: &mut Known, person: &mut PersonRow) -> Result<()> {
    let (body, about): (String, Option<String>) = tx
        .prepare_cached("SELECT body, about FROM claim WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Content::Person(said) = parse::<StoredClaim>("claim", claim, &body)?.content else { return Ok(()) };
    person.name = person.name.take().or(said.name);
    person.sex = person.sex.or(said.sex.map(|known| known.value.code()));
    person.age = person.age.or(said.age);
    person.age_class = person.age_class.or(said.age_class.map(|known| known.value.code()));
    person.status = person.status.or(said.status.map(|known| known.value.code()));
    person.fate = said.fate.map(|fate| graver(person.fate, fate)).or(person.fate);
    if person.incident.is_none()
        && let Some(about) = about
    {
        person.incident = members::record_of(tx, &about)?;
    }
    if person.earliest.is_none() && person.latest.is_none() {
        (person.earliest, person.latest) = known.days(tx, claim)?;
    }
    if person.place.is_none() {
        person.place = known.chain(tx, claim)?;
    }
    Ok(())
}

/// Who was missing and is found dead is dead; who died of wounds was killed.
fn graver(known: Option<Fate>, said: Fate) -> Fate {
    const ORDER: [Fate; 4] = [Fate::Killed, Fate::DiedOfWounds, Fate::Injured, Fate::Missing];
    let rank = |fate: Fate| ORDER.iter().position(|listed| *listed == fate).unwrap_or(ORDER.len());
    match known {
        Some(known) if rank(known) <= rank(said) => known,
        _ => said,
    }
}

fn decide(tx: &Transaction<'_>, claims: &[String], person: &mut PersonRow) -> Result<()> {
    let standing = decisions::standing(tx, 'p', claims)?;
    for (field, decision) in decisions::agreed(&standing) {
        let value = decision.value.as_str();
        match field {
            // Of a name that was erased the decision stays, empty.
            "name" => person.name = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "sex" => person.sex = Some(Sex::from_code(value)?.code()),
            // What class of age is decided of itself stands: its field comes after this one.
            "age" => {
                person.age = value.parse().ok();
                person.age_class = person.age.map(|years| AgeClass::of_years(years).code());
            }
            "age_class" => person.age_class = Some(AgeClass::from_code(value)?.code()),
            "fate" => person.fate = Some(Fate::from_code(value)?),
            // A claim of an incident, so that it stays in it where records are joined or parted; or none.
            "incident" => person.incident = members::record_of(tx, value)?,
            "status" => person.status = Some(Status::from_code(value)?.code()),
            _ => {}
        }
    }
    Ok(())
}

/// Reads a stored body.
pub(super) fn parse<T: serde::de::DeserializeOwned>(what: &'static str, name: &str, body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|cause| RegisterError::BadBlob {
        what,
        name: name.to_owned(),
        cause: cause.to_string(),
    })
}
