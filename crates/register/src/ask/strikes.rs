//! Incidents that may be one strike, and a figure that says what it comes to if they are.

use std::collections::BTreeSet;

use sijil_count::{Counting, Figure, Incident};
use sijil_model::IncidentId;

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
