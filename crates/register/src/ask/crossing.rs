//! What crosses records: people in several incidents, reports with the same words.

use std::collections::BTreeMap;

use crate::{Result, View};

impl View {
    /// People killed whose claims are about several incident records, each with those, by id.
    ///
    /// # Errors
    /// Those of the database.
    pub fn killed_in_several(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let pairs: Vec<(String, String)> = self.rows(
            "SELECT DISTINCT person.id, incident.record FROM person \
             JOIN member ON member.record = person.id AND member.valid_to IS NULL \
             JOIN claim ON claim.id = member.claim AND claim.valid_to IS NULL \
             JOIN member AS incident ON incident.claim = claim.about AND incident.valid_to IS NULL \
             WHERE person.valid_to IS NULL AND person.fate IN ('killed', 'died_of_wounds') \
             AND NOT EXISTS (SELECT 1 FROM rejection WHERE rejection.claim = claim.id AND rejection.valid_to IS NULL) \
             ORDER BY 1, 2",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut several: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (person, incident) in pairs {
            several.entry(person).or_default().push(incident);
        }
        several.retain(|_, incidents| incidents.len() > 1);
        Ok(several)
    }

    /// Of documents that share the words of a part with another document, what those words are known by.
    ///
    /// # Errors
    /// Those of the database.
    pub fn words_shared(&self) -> Result<Vec<(String, String)>> {
        self.rows(
            "SELECT DISTINCT document, repost_key FROM part WHERE valid_to IS NULL AND repost_key IN \
             (SELECT repost_key FROM part WHERE valid_to IS NULL AND repost_key IS NOT NULL \
              GROUP BY repost_key HAVING count(DISTINCT document) > 1) ORDER BY document, repost_key",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}
