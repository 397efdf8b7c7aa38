//! The content of the view, table by table, for comparing two of them.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use sijil_archive::Digest;

use crate::{Result, View};

impl View {
    /// Every row of every table, ordered; the search index's own tables aside, and what is kept beside the log
    /// (`reach`). Equal content gives equal lines.
    ///
    /// # Errors
    /// Those of the database.
    pub fn content(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for table in self.tables()? {
            let first = lines.len();
            self.rows_of(&table, |row| lines.push(format!("{table}|{row}")))?;
            lines[first..].sort();
        }
        Ok(lines)
    }

    /// The SHA-256 of every table's rows, in no order of theirs: two views of one log have the same.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn digests(&self) -> Result<BTreeMap<String, Digest>> {
        let mut digests = BTreeMap::new();
        for table in self.tables()? {
            let mut rows: Vec<[u8; 32]> = Vec::new();
            self.rows_of(&table, |row| rows.push(*Digest::of(row.as_bytes()).as_bytes()))?;
            rows.sort_unstable();
            digests.insert(table, Digest::of(rows.as_flattened()));
        }
        Ok(digests)
    }

    /// Tables that follow from the log alone; `reach` is kept beside it.
    fn tables(&self) -> Result<Vec<String>> {
        self.column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND name NOT LIKE 'reach%' ORDER BY name",
            [],
        )
    }

    fn rows_of(&self, table: &str, mut take: impl FnMut(String)) -> Result<()> {
        let mut statement = self.db.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let cells =
                (0..columns).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<Vec<_>>>()?;
            take(cells.join("|"));
        }
        Ok(())
    }
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
