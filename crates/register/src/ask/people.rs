//! What linking needs of the people that documents name: what is said of each, and when and where it happened. All of it
//! comes from claims and their answers and nothing from records, so that it does not depend on what was linked before.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use serde::de::DeserializeOwned;
use sijil_model::claim::PersonSaid;
use sijil_model::{Bounds, Content, When};

use crate::results::{ClaimLink, Found, LinkKind, StoredClaim};
use crate::{RegisterError, Result, View};

/// Somebody harmed whom a document names.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonClaim {
    /// The claim.
    pub claim: String,
    /// Its number in the view: that of what it says now.
    pub number: i64,
    /// The document.
    pub document: String,
    /// The part of it.
    pub part: u32,
    /// What is said.
    pub said: PersonSaid,
    /// When it happened, by the claim or its incident's.
    pub when: Option<Bounds>,
    /// Where, by the claim or its incident's.
    pub place: Option<Found>,
}

/// By claim the component of those who were drawn together, and for each draw the number of its person within that.
pub type Draws = BTreeMap<String, (String, Vec<u16>)>;

/// Of which incident claim, and the key of an answer.
type OfIncidents = BTreeMap<String, i64>;

impl View {
    /// Everybody harmed whom a document names, by claim; claims that were rejected are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn named_claims(&self) -> Result<Vec<PersonClaim>> {
        self.named("", [])
    }

    /// The same of some claims.
    ///
    /// # Errors
    /// Those of the database.
    pub fn named_among(&self, claims: &BTreeSet<String>) -> Result<Vec<PersonClaim>> {
        self.named("AND claim.id IN (SELECT value FROM json_each(?1))", [serde_json::to_string(claims)?])
    }

    fn named(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<PersonClaim>> {
        let sql = format!(
            "SELECT claim.id, claim.key, claim.document, claim.part, claim.about, claim.body, timed.answer, placed.answer FROM claim \
             LEFT JOIN timed ON timed.claim = claim.id AND timed.valid_to IS NULL \
             LEFT JOIN placed ON placed.claim = claim.id AND placed.valid_to IS NULL \
             WHERE claim.kind = 'person' AND claim.valid_to IS NULL AND claim.body ->> 'name' IS NOT NULL AND claim.body ->> 'fate' IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM rejection WHERE rejection.claim = claim.id AND rejection.valid_to IS NULL) {condition} ORDER BY claim.id"
        );
        let rows = self.rows(&sql, params, |row| {
            Ok((
                (row.get::<_, String>(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, u32>(3)?),
                row.get::<_, Option<String>>(4)?,
                row.get::<_, String>(5)?,
                (row.get::<_, Option<i64>>(6)?, row.get::<_, Option<i64>>(7)?),
            ))
        })?;
        let incidents: BTreeSet<&str> = rows.iter().filter_map(|(_, about, ..)| about.as_deref()).collect();
        let among = if condition.is_empty() { None } else { Some(serde_json::to_string(&incidents)?) };
        let times = self.answers_about("time", "timed", among.as_deref())?;
        let places = self.answers_about("place", "placed", among.as_deref())?;
        let (mut whens, mut founds) = (Answers::<When>::new(), Answers::<Found>::new());
        let mut people = Vec::with_capacity(rows.len());
        for ((claim, number, document, part), about, body, (time, place)) in rows {
            let stored: StoredClaim = parse("claim", &claim, &body)?;
            let Content::Person(said) = stored.content else { continue };
            let of_incident = |answers: &OfIncidents| about.as_ref().and_then(|id| answers.get(id).copied());
            let when = time.or_else(|| of_incident(&times)).map(|key| self.answered(&mut whens, key));
            let place = place.or_else(|| of_incident(&places)).map(|key| self.answered(&mut founds, key));
            people.push(PersonClaim {
                claim,
                number,
                document,
                part,
                said,
                when: when.transpose()?.map(|when| when.bounds).filter(|bounds| *bounds != Bounds::default()),
                place: place.transpose()?.filter(|found| !found.chain.is_empty()),
            });
        }
        Ok(people)
    }

    /// Whether a document names somebody harmed: whom linking compares.
    ///
    /// # Errors
    /// Those of the database.
    pub fn names_somebody(&self, document: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM claim WHERE document = ?1 AND kind = 'person' AND valid_to IS NULL \
             AND body ->> 'name' IS NOT NULL AND body ->> 'fate' IS NOT NULL";
        Ok(self.db.prepare_cached(sql)?.exists([document])?)
    }

    /// The answers to the claims of a kind about incidents, of all or `among` some, as JSON: of each incident the first in
    /// the document's order, of places a primary one before all others.
    fn answers_about(&self, kind: &str, table: &str, among: Option<&str>) -> Result<OfIncidents> {
        let about = match among {
            Some(_) => "claim.about IN (SELECT value FROM json_each(?2))",
            None => "claim.about IS NOT NULL AND ?2 IS NULL",
        };
        let sql = format!(
            "SELECT claim.about, {table}.answer FROM claim JOIN {table} ON {table}.claim = claim.id AND {table}.valid_to IS NULL \
             WHERE claim.kind = ?1 AND claim.valid_to IS NULL AND {about} ORDER BY claim.body ->> 'role' IS NOT 'primary', claim.key"
        );
        let mut first = OfIncidents::new();
        for (incident, answer) in
            self.rows(&sql, params![kind, among], |row| Ok((row.get(0)?, row.get(1)?)))?
        {
            first.entry(incident).or_insert(answer);
        }
        Ok(first)
    }

    fn answered<T: DeserializeOwned + Clone>(&self, known: &mut Answers<T>, key: i64) -> Result<T> {
        if let Some(answer) = known.get(&key) {
            return Ok(answer.clone());
        }
        let bodies: Vec<String> = self.column("SELECT body FROM answer WHERE key = ?1", [key])?;
        let name = key.to_string();
        let answer: T = parse("answer", &name, bodies.first().map_or("", String::as_str))?;
        known.insert(key, answer.clone());
        Ok(answer)
    }

    /// The machines' links of a kind, now, by claim: what a new linking is compared with.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_links(&self, kind: LinkKind) -> Result<Vec<ClaimLink>> {
        self.links_where("kind = ?1", [kind.code()])
    }

    /// Parts of documents with the same words as some, as `document:part`: the earlier, then the copy.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reposts_among(&self, parts: &BTreeSet<String>) -> Result<Vec<(String, String)>> {
        self.rows(
            "WITH given AS MATERIALIZED (SELECT value AS id FROM json_each(?1)) \
             SELECT left_id, right_id FROM given CROSS JOIN link ON left_id = id WHERE kind = 'repost' AND valid_to IS NULL \
             UNION SELECT left_id, right_id FROM given CROSS JOIN link ON right_id = id WHERE kind = 'repost' AND valid_to IS NULL",
            [serde_json::to_string(parts)?],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The claims of people in a part of a document; or only those that show by age and birth on which day ages were true.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people_in_part(&self, document: &str, part: u32, that_show_days: bool) -> Result<Vec<String>> {
        let sql = "SELECT id FROM claim WHERE document = ?1 AND part = ?2 AND kind = 'person' AND valid_to IS NULL \
             AND (NOT ?3 OR body ->> '$.listed.birth_date' IS NOT NULL AND (body ->> 'age' IS NOT NULL OR body ->> 'age_months' IS NOT NULL))";
        self.column(sql, params![document, part, that_show_days])
    }

    /// The machines' links of a kind that lead from some claims, now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn links_from(&self, kind: LinkKind, claims: &BTreeSet<String>) -> Result<Vec<ClaimLink>> {
        self.links_where(
            "kind = ?2 AND left_id IN (SELECT value FROM json_each(?1))",
            params![serde_json::to_string(claims)?, kind.code()],
        )
    }

    fn links_where(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<ClaimLink>> {
        let sql = format!(
            "SELECT left_id, right_id, why, coalesce(permille, 1000) FROM link WHERE {condition} AND valid_to IS NULL ORDER BY left_id, right_id"
        );
        self.rows(&sql, params, |row| {
            Ok(ClaimLink { left: row.get(0)?, right: row.get(1)?, why: row.get(2)?, permille: row.get(3)? })
        })
    }

    // What is given is gone through, and the tables asked about it: `CROSS JOIN` holds SQLite to that order.

    /// The claims that machines linked or drew together with some, or that somebody judged with them, now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn tied_to(&self, claims: &BTreeSet<String>) -> Result<Vec<String>> {
        self.column(
            "WITH given AS MATERIALIZED (SELECT value AS id FROM json_each(?1)) \
             SELECT right_id FROM given CROSS JOIN link ON left_id = id WHERE kind = 'person' AND valid_to IS NULL \
             UNION SELECT left_id FROM given CROSS JOIN link ON right_id = id WHERE kind = 'person' AND valid_to IS NULL \
             UNION SELECT right_id FROM given CROSS JOIN judgement ON left_id = id WHERE valid_to IS NULL \
             UNION SELECT left_id FROM given CROSS JOIN judgement ON right_id = id WHERE valid_to IS NULL \
             UNION SELECT other.claim FROM given CROSS JOIN drawn ON drawn.claim = id AND drawn.valid_to IS NULL \
             CROSS JOIN drawn AS other ON other.component = drawn.component AND other.valid_to IS NULL",
            [serde_json::to_string(claims)?],
        )
    }

    /// Who is who in the draws that stand.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drawn(&self) -> Result<Draws> {
        self.draws_where("", [])
    }

    /// Who is who in the draws of some claims.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drawn_among(&self, claims: &BTreeSet<String>) -> Result<Draws> {
        self.draws_where("AND claim IN (SELECT value FROM json_each(?1))", [serde_json::to_string(claims)?])
    }

    /// Who is who in the draws of those who were drawn together with a record.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drawn_with(&self, record: &str) -> Result<Draws> {
        let with = "AND component IN (SELECT component FROM member JOIN drawn USING (claim) \
             WHERE member.record = ?1 AND member.valid_to IS NULL AND drawn.valid_to IS NULL)";
        self.draws_where(with, [record])
    }

    fn draws_where(&self, condition: &str, params: impl rusqlite::Params) -> Result<Draws> {
        let sql = format!("SELECT claim, component, people FROM drawn WHERE valid_to IS NULL {condition}");
        let rows = self.rows(&sql, params, |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        let numbers =
            |bytes: Vec<u8>| bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
        Ok(rows.into_iter().map(|(claim, component, people)| (claim, (component, numbers(people)))).collect())
    }

    /// SHA-256 of what the linking in force learnt: the data of the last run of this origin that was adopted and had any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn linking_learnt(&self, origin: &str) -> Result<Option<String>> {
        let found: Vec<String> = self.column(
            "SELECT entry.body ->> 'data' FROM run JOIN entry USING (sequence) WHERE run.kind = 'link' AND adopted IS NOT NULL \
             AND entry.origin = ?1 AND entry.body ->> 'data' IS NOT NULL ORDER BY adopted DESC, sequence DESC LIMIT 1",
            [origin],
        )?;
        Ok(found.into_iter().next())
    }
}

/// Answers that were read already: a list repeats the same ones by the thousand.
type Answers<T> = BTreeMap<i64, T>;

fn parse<T: DeserializeOwned>(what: &'static str, name: &str, body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|cause| RegisterError::BadBlob {
        what,
        name: name.to_owned(),
        cause: cause.to_string(),
    })
}
