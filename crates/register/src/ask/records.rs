//! Records: incidents and people, with the claims, links, judgements and decisions that make them.

use rayon::prelude::*;
use rusqlite::params;
use sijil_count::Incident;
use sijil_model::When;

use super::one;
use crate::event::EntryName;
use crate::results::Found;
use crate::{RegisterError, Result, View, records};

/// An incident record as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentRow {
    /// What counting sees.
    pub incident: Incident,
    /// The place as a report names it, or as decided.
    pub title: String,
    /// The position from which it has stood so.
    pub valid_from: u64,
}

/// A person record as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns carry the codebook's names")]
pub struct PersonRow {
    pub id: String,
    pub name: Option<String>,
    pub sex: Option<String>,
    pub age: Option<u16>,
    pub age_class: Option<String>,
    pub fate: Option<String>,
    pub status: Option<String>,
    pub incident: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
}

/// A claim that is a member of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordClaim {
    /// The claim.
    pub claim: String,
    /// The position from which it has been a member.
    pub valid_from: u64,
}

/// A machine's link.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns carry the words of the design")]
pub struct LinkRow {
    pub left: String,
    pub right: String,
    pub why: String,
    /// The chance that the two are one, in thousandths, where it was reckoned.
    pub permille: Option<u16>,
}

/// A person's judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns carry the words of the design")]
pub struct JudgementRow {
    pub position: u64,
    pub entry: EntryName,
    pub left: String,
    pub right: String,
    pub verdict: String,
    pub why: String,
    pub author: Option<String>,
}

/// A decision, in force or superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns carry the words of the design")]
pub struct DecisionRow {
    pub position: u64,
    pub entry: EntryName,
    pub field: String,
    pub value: String,
    pub why: String,
    pub author: Option<String>,
    pub time: String,
    pub in_force: bool,
    /// The claims that it names as what it rests on.
    pub used: Vec<String>,
}

pub(super) const AS_OF: &str = "valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)";
pub(super) const PERSON: &str =
    "SELECT id, name, sex, age, age_class, fate, status, incident, earliest, latest FROM person";

pub(super) fn person_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: row.get(0)?,
        name: row.get(1)?,
        sex: row.get(2)?,
        age: row.get(3)?,
        age_class: row.get(4)?,
        fate: row.get(5)?,
        status: row.get(6)?,
        incident: row.get(7)?,
        earliest: row.get(8)?,
        latest: row.get(9)?,
    })
}

impl View {
    /// Every incident as it was at a position, by id, with its title.
    ///
    /// # Errors
    /// Those of the database.
    pub fn incidents(&self, at: u64) -> Result<Vec<IncidentRow>> {
        let sql = format!("SELECT id, view, title, valid_from FROM incident WHERE {AS_OF} ORDER BY id");
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query([at])?;
        let mut incidents = Vec::new();
        while let Some(row) = rows.next()? {
            incidents.push(incident_row(row)?);
        }
        Ok(incidents)
    }

    /// All incidents as they were at a position, in no order, decoded on all cores.
    pub(super) fn all_incidents(&self, at: u64) -> Result<Vec<Incident>> {
        let stored = self.rows(&format!("SELECT id, view FROM incident WHERE {AS_OF}"), [at], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        stored.into_par_iter().map(|(id, view)| records::decode(&id, &view)).collect()
    }

    /// An incident as it was at a position.
    ///
    /// # Errors
    /// No such incident then.
    pub fn incident(&self, id: &str, at: u64) -> Result<IncidentRow> {
        let sql = format!("SELECT id, view, title, valid_from FROM incident WHERE {AS_OF} AND id = ?2");
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![at, id])?;
        match rows.next()? {
            Some(row) => incident_row(row),
            None => Err(RegisterError::NotFound { what: "incident", id: id.to_owned() }),
        }
    }

    /// A person as the register has them now.
    ///
    /// # Errors
    /// No such person.
    pub fn person(&self, id: &str) -> Result<PersonRow> {
        one(
            "person",
            id,
            self.rows(&format!("{PERSON} WHERE id = ?1 AND valid_to IS NULL"), [id], person_row)?,
        )
    }

    pub(super) fn people_where(&self, condition: &str) -> Result<Vec<PersonRow>> {
        self.rows(&format!("{PERSON} WHERE {condition}"), [], person_row)
    }

    /// The people of an incident.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people_of(&self, incident: &str) -> Result<Vec<PersonRow>> {
        self.rows(
            &format!("{PERSON} WHERE incident = ?1 AND valid_to IS NULL ORDER BY name, id"),
            [incident],
            person_row,
        )
    }

    /// People with this folded name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people_named(&self, name_key: &str) -> Result<Vec<PersonRow>> {
        self.rows(
            &format!("{PERSON} WHERE name_key = ?1 AND valid_to IS NULL ORDER BY id"),
            [name_key],
            person_row,
        )
    }

    /// The claims that make a record.
    ///
    /// # Errors
    /// Those of the database.
    pub fn members(&self, record: &str) -> Result<Vec<RecordClaim>> {
        self.rows(
            "SELECT claim, member.valid_from FROM member JOIN claim ON claim.id = member.claim AND claim.valid_to IS NULL \
             WHERE record = ?1 AND member.valid_to IS NULL ORDER BY claim.key",
            [record],
            |row| Ok(RecordClaim { claim: row.get(0)?, valid_from: row.get(1)? }),
        )
    }

    /// The record of which a claim is a member now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn record_of(&self, claim: &str) -> Result<Option<String>> {
        Ok(self.column("SELECT record FROM member WHERE claim = ?1 AND valid_to IS NULL", [claim])?.pop())
    }

    /// Machine links that touch a claim and join it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn links_of(&self, claim: &str) -> Result<Vec<LinkRow>> {
        self.rows(
            "SELECT left_id, right_id, why, permille FROM link WHERE (left_id = ?1 OR right_id = ?1) \
             AND kind NOT IN ('alike', 'look_alike') AND valid_to IS NULL ORDER BY left_id, right_id",
            [claim],
            |row| {
                Ok(LinkRow { left: row.get(0)?, right: row.get(1)?, why: row.get(2)?, permille: row.get(3)? })
            },
        )
    }

    /// Judgements in force that touch a claim.
    ///
    /// # Errors
    /// Those of the database.
    pub fn judgements_of(&self, claim: &str) -> Result<Vec<JudgementRow>> {
        self.rows(
            "SELECT position, left_id, right_id, verdict, why, judgement.author, entry.origin, entry.number FROM judgement JOIN entry USING (sequence) \
             WHERE (left_id = ?1 OR right_id = ?1) AND valid_to IS NULL ORDER BY sequence",
            [claim],
            judgement_row,
        )
    }

    /// Every judgement in force.
    ///
    /// # Errors
    /// Those of the database.
    pub fn judgements(&self) -> Result<Vec<JudgementRow>> {
        self.rows(
            "SELECT position, left_id, right_id, verdict, why, judgement.author, entry.origin, entry.number FROM judgement JOIN entry USING (sequence) \
             WHERE valid_to IS NULL ORDER BY sequence",
            [],
            judgement_row,
        )
    }

    /// The decisions in force on one field of a target, the newest first; on a record also those on records that became part
    /// of it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decisions_in_force(&self, target: &str, field: &str) -> Result<Vec<DecisionRow>> {
        let mut rows = self.decisions_on(target)?;
        rows.retain(|row| row.in_force && row.field == field);
        Ok(rows)
    }

    /// Every decision on a target, the newest first; on a record also those on records that became part of it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decisions_on(&self, target: &str) -> Result<Vec<DecisionRow>> {
        self.rows(
            "SELECT position, field, value, why, decision.author, entry.time, valid_to IS NULL, entry.origin, entry.number, used FROM decision JOIN entry USING (sequence) \
             WHERE target IN (SELECT ?1 UNION SELECT substr(?1, 1, 1) || substr(claim, 2) FROM member WHERE record = ?1 AND member.valid_to IS NULL) \
             ORDER BY sequence DESC",
            [target],
            |row| {
                Ok(DecisionRow {
                    position: row.get(0)?,
                    entry: EntryName { origin: row.get(7)?, number: row.get(8)? },
                    field: row.get(1)?,
                    value: row.get(2)?,
                    why: row.get(3)?,
                    author: row.get(4)?,
                    time: records::minute(row.get(5)?),
                    in_force: row.get(6)?,
                    used: serde_json::from_str(&row.get::<_, String>(9)?).map_err(|cause| {
                        rusqlite::Error::FromSqlConversionFailure(9, rusqlite::types::Type::Text, cause.into())
                    })?,
                })
            },
        )
    }

    /// The places that were decided and stand, in the order of their decisions: position, record, value.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decided_places(&self) -> Result<Vec<(u64, String, String)>> {
        self.rows(
            "SELECT position, target, value FROM decision JOIN entry USING (sequence) \
             WHERE field = 'place' AND valid_to IS NULL ORDER BY sequence",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// What placing found for a claim, as of a position.
    ///
    /// # Errors
    /// Those of the database.
    pub fn place_of(&self, claim: &str, at: u64) -> Result<Option<Found>> {
        self.answer("placed", claim, at)
    }

    /// What was read of a claim's time, as of a position.
    ///
    /// # Errors
    /// Those of the database.
    pub fn time_of(&self, claim: &str, at: u64) -> Result<Option<When>> {
        self.answer("timed", claim, at)
    }

    fn answer<T: serde::de::DeserializeOwned>(
        &self,
        table: &'static str,
        claim: &str,
        at: u64,
    ) -> Result<Option<T>> {
        let sql = format!(
            "SELECT body FROM answer JOIN {table} ON answer.key = {table}.answer WHERE {AS_OF} AND claim = ?2"
        );
        let bodies: Vec<String> = self.column(&sql, params![at, claim])?;
        bodies.into_iter().next().map(|body| serde_json::from_str(&body)).transpose().map_err(|cause| {
            RegisterError::BadBlob { what: "answer", name: claim.to_owned(), cause: cause.to_string() }
        })
    }
}

pub(super) fn incident_row(row: &rusqlite::Row<'_>) -> Result<IncidentRow> {
    let id: String = row.get(0)?;
    let incident = records::decode(&id, row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
    Ok(IncidentRow { incident, title: row.get(2)?, valid_from: row.get(3)? })
}

fn judgement_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<JudgementRow> {
    Ok(JudgementRow {
        position: row.get(0)?,
        entry: EntryName { origin: row.get(6)?, number: row.get(7)? },
        left: row.get(1)?,
        right: row.get(2)?,
        verdict: row.get(3)?,
        why: row.get(4)?,
        author: row.get(5)?,
    })
}
