//! Cells of a list that were not read, said by column and row.
//!
//! What stands in them is not repeated: where columns have slipped it is somebody's name.

use std::collections::BTreeMap;

use sijil_extract::{Expected, ListRow, unread_in_row};
use sijil_read::{Field, Table, Tables};

/// Cells of one column that are not what the column is of.
pub struct Unread {
    /// The column's header, and what was expected, in a sentence that names the rows.
    pub text: String,
    /// How many cells.
    pub cells: u64,
}

/// The cells of lists that say something of a person and could not be read, a column at a time.
pub fn in_tables(tables: &Tables) -> Vec<Unread> {
    tables.iter().flat_map(in_table).collect()
}

fn in_table(table: &Table) -> Vec<Unread> {
    let fields: Vec<Option<&str>> =
        table.columns.iter().map(|column| column.field().map(Field::code)).collect();
    if !fields.iter().flatten().any(|field| Expected::of_field(field).is_some()) {
        return Vec::new();
    }
    let mut unread: BTreeMap<(usize, Expected), Vec<u32>> = BTreeMap::new();
    for row in table.rows() {
        let row = ListRow { number: row.number(), cells: row.cells().collect() };
        for cell in unread_in_row(&fields, &row) {
            unread.entry(cell).or_default().push(row.number);
        }
    }
    let one = |((column, expected), rows): ((usize, Expected), Vec<u32>)| {
        let header = table.columns.get(column).map_or("", |column| column.header.trim());
        Unread { text: format!("{}, {header}: {}", said(&rows), matter(expected)), cells: rows.len() as u64 }
    };
    unread.into_iter().map(one).collect()
}

/// What was expected, and what becomes of a cell that is something else.
fn matter(expected: Expected) -> &'static str {
    match expected {
        Expected::Age => {
            "it is no age; write years up to 130, such as 34 or ٣٤, or “8 months”, «٨ شهور»; the person is taken without an age"
        }
        Expected::Day => {
            "it is no date; write 2031-05-17, 17/05/2031, 2031-05 or 2031; the person is taken, dated by nothing"
        }
    }
}

/// Rows in order, runs of them shortened: `row 3`, `rows 3, 7–9, 12`.
pub fn said(rows: &[u32]) -> String {
    let runs = rows.chunk_by(|row, next| row + 1 == *next).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    });
    let kind = if rows.len() == 1 { "row" } else { "rows" };
    format!("{kind} {}", runs.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_named_and_runs_are_short() {
        assert_eq!(said(&[3]), "row 3");
        assert_eq!(said(&[3, 7, 8, 9, 12]), "rows 3, 7–9, 12");
    }
}
