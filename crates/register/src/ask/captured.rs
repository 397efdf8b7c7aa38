//! Who is on which list: person records with the parts of documents that tell of them, and what documents take from others.

use rusqlite::params;
use sijil_model::Content;

use crate::{Result, View};

/// A person record, and where its claims stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapturedPerson {
    /// The record.
    pub id: String,
    /// Whether it has a name, by which it can be found on another list.
    pub named: bool,
    /// Sex, age class and status, as the codebook's codes.
    pub sex: Option<String>,
    /// Age class.
    pub age_class: Option<String>,
    /// Civilian or not.
    pub status: Option<String>,
    /// The first and the last day that its time may mean.
    pub days: (Option<String>, Option<String>),
    /// Its place and those around it, innermost first.
    pub places: Vec<String>,
    /// Its incident.
    pub incident: Option<String>,
    /// The documents and parts that tell of it; one that tells of it twice stands here twice.
    pub told_in: Vec<(String, u32)>,
    /// The claims that do, in the same order.
    pub claims: Vec<String>,
}

impl View {
    /// Everybody with one of these fates, as of a position, by id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn captured_people(&self, fates: &[&str], at: u64) -> Result<Vec<CapturedPerson>> {
        let at = self.settled(at)?;
        let fates = fates.iter().map(|fate| format!("'{fate}'")).collect::<Vec<_>>().join(", ");
        let then = |table: &str| {
            format!("{table}.valid_from <= ?1 AND ({table}.valid_to IS NULL OR {table}.valid_to > ?1)")
        };
        let sql = format!(
            "SELECT person.id, person.name IS NOT NULL, person.sex, person.age_class, person.status, person.earliest, person.latest, \
             person.place, person.incident, claim.document, claim.part, claim.id \
             FROM person JOIN member ON member.record = person.id AND {} JOIN claim ON claim.id = member.claim AND {} \
             WHERE {} AND person.fate IN ({fates}) ORDER BY person.id, claim.key",
            then("member"),
            then("claim"),
            then("person")
        );
        let rows = self.rows(&sql, [at], |row| {
            let chain: Option<String> = row.get(7)?;
            Ok(CapturedPerson {
                id: row.get(0)?,
                named: row.get(1)?,
                sex: row.get(2)?,
                age_class: row.get(3)?,
                status: row.get(4)?,
                days: (row.get(5)?, row.get(6)?),
                places: chain.iter().flat_map(|chain| chain.split_whitespace()).map(String::from).collect(),
                incident: row.get(8)?,
                told_in: vec![(row.get(9)?, row.get(10)?)],
                claims: vec![row.get(11)?],
            })
        })?;
        let mut people: Vec<CapturedPerson> = Vec::new();
        for row in rows {
            match people.last_mut().filter(|last| last.id == row.id) {
                Some(last) => {
                    last.told_in.extend(row.told_in);
                    last.claims.extend(row.claims);
                }
                None => people.push(row),
            }
        }
        Ok(people)
    }

    /// Parts of documents with the same words as an earlier one: the earlier, then the copy, as `document:part`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reposts(&self, at: u64) -> Result<Vec<(String, String)>> {
        let sql = "SELECT left_id, right_id FROM link WHERE kind = 'repost' AND valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1) \
             ORDER BY left_id, right_id";
        self.rows(sql, params![at], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Whom documents give as their source: the document, and a name or an organisation.
    ///
    /// # Errors
    /// Those of the database.
    pub fn named_sources(&self, at: u64) -> Result<Vec<(String, String)>> {
        let rows = self.claims_of_kind("source", at)?;
        let named = rows.into_iter().filter(|row| row.rejection.is_none()).flat_map(|row| {
            let Content::Source(said) = row.claim.content else { return Vec::new() };
            let document = row.claim.document.to_string();
            said.name.into_iter().chain(said.organisation).map(|name| (document.clone(), name)).collect()
        });
        Ok(named.collect())
    }
}
