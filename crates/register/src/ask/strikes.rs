//! Incidents that may be one strike, and a figure that says what it comes to if they are.

use std::collections::BTreeSet;

use sijil_count::{Counting, Figure, Incident};
use sijil_model::IncidentId;

use super::claims;
use super::records::AS_OF;
use crate::{Result, View, records};

/// Incidents that may be one strike.
#[derive(Debug, Clone, PartialEq)]
pub struct Strike {
    /// What they come to as one; it has the id of the oldest.
    pub as_one: Incident,
    /// The records, by id.
    pub incidents: Vec<IncidentId>,
}

impl View {
    /// The incidents that may have been one strike at a position, as a machine found and nobody had judged, by id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn strikes(&self, at: u64) -> Result<Vec<Strike>> {
        let sql = format!("SELECT id, view FROM strike WHERE {AS_OF} ORDER BY id");
        let stored: Vec<(String, Vec<u8>)> = self.rows(&sql, [at], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let of_strike =
            format!("SELECT incident FROM of_strike WHERE {AS_OF} AND strike = ?2 ORDER BY incident");
        let strike = |(id, view): (String, Vec<u8>)| {
            let incidents: Vec<String> = self.column(&of_strike, rusqlite::params![at, id])?;
            let incidents =
                incidents.into_iter().map(IncidentId::new).collect::<std::result::Result<_, _>>()?;
            Ok(Strike { as_one: records::decode(&id, &view)?, incidents })
        };
        stored.into_iter().map(strike).collect()
    }

    /// The incidents that documents date within three days of some days, which are given as `YYYY-MM-DD`: each by its claim,
    /// with the document and its part. What is dated more vaguely is not among them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn incidents_near(&self, first: &str, last: &str) -> Result<Vec<(String, String, u32)>> {
        self.rows(
            "SELECT DISTINCT iif(claim.kind = 'time', claim.about, claim.id), claim.document, claim.part FROM answer \
             CROSS JOIN timed ON timed.answer = answer.key AND timed.valid_to IS NULL \
             CROSS JOIN claim ON claim.id = timed.claim AND claim.valid_to IS NULL AND claim.kind IN ('time', 'incident') \
             WHERE answer.body ->> '$.bounds[0]' BETWEEN date(?1, '-3 days') AND date(?2, '+3 days') \
             AND answer.body ->> '$.bounds[1]' <= date(?2, '+3 days') AND iif(claim.kind = 'time', claim.about, claim.id) IS NOT NULL ORDER BY 1",
            [first, last],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// The document and the part of it in which a claim stands that holds now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn part_of_claim(&self, claim: &str) -> Result<Option<(String, u32)>> {
        let sql = "SELECT document, part FROM claim WHERE id = ?1 AND valid_to IS NULL";
        Ok(self.rows(sql, [claim], |row| Ok((row.get(0)?, row.get(1)?)))?.pop())
    }

    /// The governorates of the places that documents give an incident, by its claim.
    ///
    /// # Errors
    /// Those of the database.
    pub fn governorates_of(&self, incident: &str) -> Result<BTreeSet<String>> {
        let found: Vec<String> = self.column(
            "SELECT answer.body ->> 'governorate' FROM claim JOIN placed ON placed.claim = claim.id AND placed.valid_to IS NULL \
             JOIN answer ON answer.key = placed.answer WHERE claim.about = ?1 AND claim.kind = 'place' AND claim.valid_to IS NULL \
             AND answer.body ->> 'governorate' IS NOT NULL",
            [incident],
        )?;
        Ok(found.into_iter().collect())
    }

    /// The parts of documents that told of incidents last, so many incidents.
    ///
    /// # Errors
    /// Those of the database.
    pub fn newest_incidents(&self, number: usize) -> Result<Vec<(String, u32)>> {
        let sql = format!(
            "SELECT document, part FROM claim INDEXED BY claim_by_kind WHERE {} kind = 'incident' AND valid_to IS NULL ORDER BY key DESC LIMIT ?1",
            claims::few()
        );
        self.rows(&sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Adds every incident as it was at a position, and finishes the figure; where some incidents may be one strike, it
    /// says what it comes to if they are.
    pub(super) fn finished(&self, counting: Counting<'_>, at: u64) -> Result<Figure> {
        let strikes = self.strikes(at)?;
        let in_doubt: BTreeSet<&str> =
            strikes.iter().flat_map(|strike| &strike.incidents).map(IncidentId::as_str).collect();
        let mut apart = self.counted(counting, at, &in_doubt)?;
        if strikes.is_empty() {
            return Ok(apart.finish());
        }
        let as_one = apart.tallies_with(strikes.iter().map(|strike| &strike.as_one));
        for id in &in_doubt {
            apart.add(&self.incident(id, at)?.incident);
        }
        let groups = strikes.into_iter().map(|strike| strike.incidents);
        Ok(apart.finish().or_as_one(as_one, groups))
    }
}
