//! What people decided about a record: read in the form of its field, and only where the heads agree.

use std::collections::BTreeMap;

use rusqlite::Transaction;
use sijil_model::codebook::{AgeClass, Coded, Fate, Grading, Sex, Status};
use sijil_model::{AccountId, ClaimId, Edtf};

use super::incident::minute;
use super::numbers::{Field, parse_interval};
use super::person::parse;
use crate::event::Decision;
use crate::results::Found;
use crate::{RegisterError, Result};

/// The value of a person's `incident` that says: of none.
pub const NO_INCIDENT: &str = "none";

/// A decision that holds now.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) field: String,
    pub(super) value: String,
    pub(super) why: String,
    pub(super) used: Vec<ClaimId>,
    pub(super) rejected: Vec<ClaimId>,
    pub(super) author: Option<AccountId>,
    pub(super) at: String,
}

/// Refuses a value that its field cannot hold. An entry stays in the log for good: this is the last moment.
///
/// # Errors
/// What the field takes instead.
pub(crate) fn check(decision: &Decision) -> Result<()> {
    let Decision { target, field, value, .. } = decision;
    match (target.as_bytes().first(), field.as_str()) {
        (_, "published") => Edtf::new(value).map(drop).map_err(RegisterError::from),
        (Some(b'i'), field) => check_incident(field, value),
        (Some(b'p'), field) => check_person(field, value),
        _ => Ok(()),
    }
}

fn check_incident(field: &str, value: &str) -> Result<()> {
    match field {
        "date" => drop(Edtf::new(value)?),
        "place" => drop(parse::<Found>("decided place", field, value)?),
        "grading" => drop(Grading::from_code(value)?),
        _ => match Field::parse(field) {
            Some(Field::Disputed { .. }) if value == "all" => {}
            Some(_) => drop(parse_interval(value)?),
            None => {}
        },
    }
    Ok(())
}

fn check_person(field: &str, value: &str) -> Result<()> {
    match field {
        "sex" => drop(Sex::from_code(value)?),
        "age" => drop(
            value
                .parse::<u16>()
                .map_err(|_| RegisterError::Refused(format!("`{value}` is no age in years")))?,
        ),
        "age_class" => drop(AgeClass::from_code(value)?),
        "fate" => drop(Fate::from_code(value)?),
        "status" => drop(Status::from_code(value)?),
        "incident" if value != NO_INCIDENT => drop(ClaimId::new(value)?),
        _ => {}
    }
    Ok(())
}

/// The decisions in force on a record that its claims make, the oldest first.
///
/// A decision binds to the claim that founded the record it was made on, and follows that claim: linking two records
/// takes nothing from what people decided about either. A value that cannot be read (another register's) does not count.
pub(super) fn standing(tx: &Transaction<'_>, prefix: char, claims: &[String]) -> Result<Vec<Standing>> {
    let mut statement = tx.prepare_cached(
        "SELECT sequence, field, value, why, used, rejected, decision.author, entry.time FROM decision JOIN entry USING (sequence) \
         WHERE target = ?1 AND valid_to IS NULL",
    )?;
    let mut found = BTreeMap::new();
    for claim in claims {
        let target = format!("{prefix}{}", claim.strip_prefix('c').unwrap_or(claim));
        let mut rows = statement.query([&target])?;
        while let Some(row) = rows.next()? {
            let (used, rejected): (String, String) = (row.get(4)?, row.get(5)?);
            let author: Option<String> = row.get(6)?;
            let standing = Standing {
                field: row.get(1)?,
                value: row.get(2)?,
                why: row.get(3)?,
                used: parse("decision", &target, &used)?,
                rejected: parse("decision", &target, &rejected)?,
                author: author.and_then(|author| AccountId::new(author).ok()),
                at: minute(row.get(7)?),
            };
            let readable = match prefix {
                'i' => check_incident(&standing.field, &standing.value),
                _ => check_person(&standing.field, &standing.value),
            };
            if readable.is_ok() {
                found.insert(row.get::<_, i64>(0)?, standing);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// The value of every field on which all heads agree: conflicting heads do not count until somebody supersedes one.
pub(super) fn agreed(standing: &[Standing]) -> BTreeMap<&str, &Standing> {
    let mut fields: BTreeMap<&str, Option<&Standing>> = BTreeMap::new();
    for decision in standing {
        fields
            .entry(&decision.field)
            .and_modify(|held| *held = held.filter(|held| held.value == decision.value))
            .or_insert(Some(decision));
    }
    fields.into_iter().filter_map(|(field, held)| Some((field, held?))).collect()
}
