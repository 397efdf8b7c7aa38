//! Queries: what the register holds, now or as of an earlier position.

mod captured;
mod claims;
mod clearing;
mod content;
mod counted;
mod crossing;
mod diff;
mod documents;
mod figure;
mod find;
mod history;
mod listed;
mod lists;
mod log;
mod people;
mod populations;
pub(crate) mod reach;
mod records;
mod standing;
mod strikes;

pub use captured::CapturedPerson;
pub use claims::{ClaimRow, Rejection};
pub use clearing::Clearing;
pub use diff::Step;
pub use documents::{DocumentRow, PartRow, ReadingRow};
pub use figure::area;
pub use find::{Hit, Target};
pub use history::Passage;
pub use listed::Listed;
pub use lists::Holdings;
pub use log::EntryRow;
pub use people::{Draws, PersonClaim};
pub use reach::ReachOf;
pub use records::{DecisionRow, IncidentRow, JudgementRow, LinkRow, PersonRow, RecordClaim};
pub use standing::{AccountRow, FigureRow, NoteRow, RunRow};
pub use strikes::Strike;

use rusqlite::types::FromSql;

use crate::{RegisterError, Result, View};

impl View {
    /// The first column of every row.
    fn column<T: FromSql>(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<T>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every row, made into a value.
    fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        each: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params, each)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The one row that was asked for by id.
fn one<T>(what: &'static str, id: &str, rows: Vec<T>) -> Result<T> {
    rows.into_iter().next().ok_or_else(|| RegisterError::NotFound { what, id: id.to_owned() })
}
