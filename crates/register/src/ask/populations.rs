//! How many people there were, by sources: what rates are divided by.

use sijil_count::Population;
use sijil_model::{Edtf, PlaceId};

use super::records::AS_OF;
use super::standing::read;
use crate::event::PopulationNote;
use crate::records::parse_interval;
use crate::{RegisterError, Result, View};

impl PopulationNote {
    /// The note as it is counted with, by the position of its entry.
    ///
    /// # Errors
    /// A place, a time or a number that is none, a number that may be nobody, and no source.
    pub fn to_population(&self, position: u64) -> Result<Population> {
        let people = parse_interval(&self.people)?;
        if people.min().is_none_or(|fewest| fewest == 0) {
            return Err(RegisterError::Refused(format!(
                "`{}` may be nobody, and nothing is divided by that; write how many there were at least",
                self.people
            )));
        }
        if self.source.trim().is_empty() {
            return Err(RegisterError::Refused(
                "a number of people without a source can be checked by nobody; name who says so".into(),
            ));
        }
        Ok(Population {
            id: format!("entry:{position}"),
            place: PlaceId::new(self.place.as_str())?,
            class: self.class,
            period: Edtf::new(&self.period)?,
            people,
            source: self.source.clone(),
            cited: self.cited.clone(),
        })
    }
}

impl View {
    /// Every number of people that stood at a position, in the order in which they were noted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn populations(&self, at: u64) -> Result<Vec<Population>> {
        let sql = format!("SELECT valid_from, record FROM population WHERE {AS_OF} ORDER BY sequence");
        let rows: Vec<(u64, String)> = self.rows(&sql, [at], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let note = |(position, record): (u64, String)| {
            read::<PopulationNote>("population", &position.to_string(), &record)?.to_population(position)
        };
        rows.into_iter().map(note).collect()
    }
}
