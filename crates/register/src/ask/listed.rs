//! People of lists who are of no incident: counted apart, by question and by list.

use rusqlite::types::Value;

use super::records::AS_OF;
use crate::{Result, View};

/// Of whom is asked: fates, first and last day, and places of which any will do.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'q> {
    /// The codes of their fates.
    pub fates: &'q [&'q str],
    /// The days between which it happened; none is no limit.
    pub days: (Option<&'q str>, Option<&'q str>),
    /// Ids of places; none is everywhere.
    pub places: &'q [String],
}

impl Listed<'_> {
    /// Their fates as SQL has a set.
    fn fates(&self) -> String {
        self.fates.iter().map(|fate| format!("'{fate}'")).collect::<Vec<_>>().join(", ")
    }

    /// The ids and fates of people of those days and places, as a query with its values; the position is its first.
    fn query(&self, at: u64) -> (String, Vec<Value>) {
        let mut sql = format!(
            "SELECT id, fate FROM person WHERE {AS_OF} AND incident IS NULL \
             AND (?2 IS NULL OR earliest >= ?2) AND (?3 IS NULL OR latest <= ?3)"
        );
        let mut values: Vec<Value> = vec![
            i64::try_from(at).unwrap_or(i64::MAX).into(),
            self.days.0.map(str::to_owned).into(),
            self.days.1.map(str::to_owned).into(),
        ];
        let place = |place: &String| {
            values.push(format!(" {place} ").into());
            format!("instr(place, ?{}) > 0", values.len())
        };
        let any: Vec<String> = self.places.iter().map(place).collect();
        if !any.is_empty() {
            sql.push_str(&format!(" AND ({})", any.join(" OR ")));
        }
        (sql, values)
    }
}

impl View {
    /// How many people the register holds who are not of any incident.
    ///
    /// # Errors
    /// Those of the database.
    pub fn listed_people(&self, asked: Listed<'_>, at: u64) -> Result<u64> {
        let (people, values) = asked.query(at);
        let sql = format!("SELECT count(*) FROM ({people}) WHERE fate IN ({})", asked.fates());
        Ok(self.column(&sql, rusqlite::params_from_iter(values))?.pop().unwrap_or(0))
    }

    /// The same by list, as that list alone tells it: a source's code, or of a document without a described source its id.
    /// Whoever is on several lists is in the number of each that says so; one list's wounded may be another's dead.
    ///
    /// # Errors
    /// Those of the database.
    pub fn listed_people_by_list(&self, asked: Listed<'_>, at: u64) -> Result<Vec<(String, u64)>> {
        let (people, values) = asked.query(at);
        let then = |table: &str| {
            format!("{table}.valid_from <= ?1 AND ({table}.valid_to IS NULL OR {table}.valid_to > ?1)")
        };
        let sql = format!(
            "SELECT coalesce(source.id, claim.document), count(DISTINCT asked.id) FROM ({people}) AS asked \
             JOIN member ON member.record = asked.id AND {} JOIN claim ON claim.id = member.claim AND {} \
             LEFT JOIN document ON document.id = claim.document \
             LEFT JOIN source ON source.id = document.source AND {} \
             WHERE coalesce(nullif(claim.body ->> 'fate', 'unknown'), asked.fate) IN ({}) GROUP BY 1 ORDER BY 1",
            then("member"),
            then("claim"),
            then("source"),
            asked.fates()
        );
        self.rows(&sql, rusqlite::params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
