//! What may go out: who cleared a thing, who signed it off, and where the log speaks of it.

use crate::{Result, View};

/// That a thing is cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearing {
    /// Who cleared it; unknown where the entry was erased.
    pub by: Option<String>,
    /// The position of the entry.
    pub position: u64,
    /// Who signed it, each with the position of the entry, by account.
    pub signed: Vec<(String, u64)>,
}

impl View {
    /// The clearing of a target that holds now, with its signatures.
    ///
    /// # Errors
    /// Those of the database.
    pub fn clearing(&self, target: &str) -> Result<Option<Clearing>> {
        let cleared: Vec<(Option<String>, u64)> = self.rows(
            "SELECT author, valid_from FROM clearing WHERE target = ?1 AND valid_to IS NULL",
            [target],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let Some((by, position)) = cleared.into_iter().next() else { return Ok(None) };
        let signed = self.rows(
            "SELECT author, valid_from FROM signature WHERE target = ?1 AND valid_to IS NULL ORDER BY author",
            [target],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(Some(Clearing { by, position, signed }))
    }

    /// The position of the entry that defined a saved figure as it stands.
    ///
    /// # Errors
    /// Those of the database.
    pub fn figure_since(&self, figure: &str) -> Result<Option<u64>> {
        Ok(self.column("SELECT valid_from FROM figure WHERE id = ?1 AND valid_to IS NULL", [figure])?.pop())
    }

    /// Every person whom the register knows, with a name or without.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people(&self) -> Result<Vec<super::PersonRow>> {
        self.people_where("valid_to IS NULL ORDER BY id")
    }

    /// Every name that claims give, with the person record that each belongs to; none where the claim belongs to none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn names_said(&self) -> Result<Vec<(Option<String>, String)>> {
        self.rows(
            "SELECT member.record, name.value FROM claim LEFT JOIN member ON member.claim = claim.id AND member.valid_to IS NULL \
             JOIN json_each(json_array(json_extract(claim.body, '$.name'), json_extract(claim.body, '$.name_as_printed'))) AS name \
             WHERE claim.kind = 'person' AND claim.valid_to IS NULL AND name.value IS NOT NULL ORDER BY claim.key",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The people whose families object.
    ///
    /// # Errors
    /// Those of the database.
    pub fn objections(&self) -> Result<Vec<String>> {
        self.column("SELECT person FROM objection WHERE valid_to IS NULL ORDER BY person", [])
    }
}
