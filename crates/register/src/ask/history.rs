//! What became of a record: which claims came to it from other records and went from it to others, through merges and
//! splits. A record that is no more says where its claims are now.

use crate::{Result, View};

/// Claims that went from one record to another at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The position from which they stand there.
    pub at: u64,
    /// The record that they left.
    pub from: String,
    /// The record that they joined.
    pub to: String,
    /// How many.
    pub claims: u64,
}

impl View {
    /// Every passage of claims to a record and from it, the oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn passages(&self, record: &str) -> Result<Vec<Passage>> {
        let moved = "SELECT later.valid_from, earlier.record, later.record, count(*) FROM member AS earlier \
             JOIN member AS later ON later.claim = earlier.claim AND later.valid_from = earlier.valid_to";
        self.rows(
            &format!(
                "{moved} WHERE earlier.record = ?1 AND later.record <> ?1 GROUP BY 1, 2, 3 \
                 UNION ALL {moved} WHERE later.record = ?1 AND earlier.record <> ?1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            ),
            [record],
            |row| Ok(Passage { at: row.get(0)?, from: row.get(1)?, to: row.get(2)?, claims: row.get(3)? }),
        )
    }

    /// The records in which the claims that once made a record are now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn now_in(&self, record: &str) -> Result<Vec<String>> {
        self.column(
            "SELECT DISTINCT now.record FROM member AS once JOIN member AS now ON now.claim = once.claim AND now.valid_to IS NULL \
             WHERE once.record = ?1 ORDER BY 1",
            [record],
        )
    }
}
