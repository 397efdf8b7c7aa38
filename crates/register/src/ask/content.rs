//! The content of the view, row by row, for comparing two of them.

use rusqlite::types::ValueRef;

use crate::{Result, View};

impl View {
    /// Every row of every table, ordered; the search index's own tables aside, and what is kept beside the log (`reach`). Equal content gives equal lines.
    ///
    /// # Errors
    /// Those of the database.
    pub fn content(&self) -> Result<Vec<String>> {
        let tables: Vec<String> = self.column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND name NOT LIKE 'reach%' ORDER BY name",
            [],
        )?;
        let mut lines = Vec::new();
        for table in tables {
            let mut statement = self.db.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            let first = lines.len();
            while let Some(row) = rows.next()? {
                let cells =
                    (0..columns).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<Vec<_>>>()?;
                lines.push(format!("{table}|{}", cells.join("|")));
            }
            lines[first..].sort();
        }
        Ok(lines)
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
