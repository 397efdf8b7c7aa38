//! Cells of a list that were not read, or cannot be so, said by column and row.
//!
//! What stands in them is not repeated: where columns have slipped it is somebody's name.

use std::collections::BTreeMap;

use sijil_extract::{Doubt, ListRow, doubts_in_row, is_looked_at};
use sijil_model::Day;
use sijil_read::{Table, Tables};

use super::coding::columns_of;

/// Cells of one column that are to be looked at again for one reason.
pub struct Doubted {
    /// The rows, the column's header, what was expected and what became of the cell, in a sentence.
    pub text: String,
    /// Why.
    pub doubt: Doubt,
    /// How many cells.
    pub cells: u64,
}

/// The cells of lists that say something of a person and could not be read or cannot be so, a column at a time.
pub fn in_tables(tables: &Tables, last: Day) -> Vec<Doubted> {
    tables.iter().flat_map(|table| in_table(table, last)).collect()
}

fn in_table(table: &Table, last: Day) -> Vec<Doubted> {
    let mut fields = table.columns.iter().filter_map(|column| column.field());
    if !fields.any(|field| is_looked_at(field.code())) {
        return Vec::new();
    }
    let columns = columns_of(table);
    let mut doubted: BTreeMap<(usize, Doubt), Vec<u32>> = BTreeMap::new();
    for row in table.rows() {
        let row = ListRow { number: row.number(), cells: row.cells().collect() };
        for cell in doubts_in_row(&columns, &row, last) {
            doubted.entry(cell).or_default().push(row.number);
        }
    }
    let one = |((column, doubt), rows): ((usize, Doubt), Vec<u32>)| {
        let header = table.columns.get(column).map_or("", |column| column.header.trim());
        let text = format!("{}, {header}: {}", said(&rows), matter(doubt));
        Doubted { text, doubt, cells: rows.len() as u64 }
    };
    doubted.into_iter().map(one).collect()
}

/// What was expected, and what becomes of a cell that is something else.
fn matter(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoAge => {
            "it is no age; write years up to 130, such as 34 or ٣٤, or “8 months”, «٨ شهور»; the person is taken without an age"
        }
        Doubt::NoDay => {
            "it is no date; write 2031-05-17, 17/05/2031, 2031-05 or 2031; the person is taken, dated by nothing"
        }
        Doubt::TwoDays => {
            "nobody can tell its day from its month: other rows have the day first, and others the month; write 2031-05-17; the person is taken, dated by nothing"
        }
        Doubt::DayFirst => {
            "no row of the column tells whether the day or the month comes first; read with the day first; where that is wrong, write 2031-05-17"
        }
        Doubt::OtherOrder => {
            "its day and month stand in the other order than in the column's other rows; compare it with the list; it is taken as it stands"
        }
        Doubt::NoFate => {
            "it says no fate that is known here; write killed, injured, missing, detained or released, «قتيل»، «جريح»، «مفقود»، «محتجز»، «مفرج عنه»; the person is taken, and counted with none of these"
        }
        Doubt::InFuture => {
            "it is after the day on which the list was published, or after today; compare it with the list; it is taken as it stands"
        }
        Doubt::BornAfter => {
            "the birth is after the date of the same row; compare both with the list; they are taken as they stand"
        }
    }
}

/// Runs of rows that are named at most: a column that is wrong from top to bottom needs no list of its rows.
const NAMED: usize = 40;

/// Rows in order, runs of them shortened: `row 3`, `rows 3, 7–9, 12`; of very many the first, and how many more there are.
pub fn said(rows: &[u32]) -> String {
    let runs: Vec<&[u32]> = rows.chunk_by(|row, next| row + 1 == *next).collect();
    let (named, more) = runs.split_at(runs.len().min(NAMED));
    let named = named.iter().filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    });
    let kind = if rows.len() == 1 { "row" } else { "rows" };
    let said = format!("{kind} {}", named.collect::<Vec<_>>().join(", "));
    match more.iter().map(|run| run.len()).sum() {
        0 => said,
        more => format!("{said} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_and_runs_are_short() {
        assert_eq!(said(&[3]), "row 3");
        assert_eq!(said(&[3, 7, 8, 9, 12]), "rows 3, 7–9, 12");
    }

    #[test]
    fn of_very_many_rows_it_is_said_how_many_more_there_are() {
        let odd: Vec<u32> = (0..50).map(|at| 2 * at + 1).collect();
        let said = said(&odd);
        assert!(said.starts_with("rows 1, 3, 5,") && said.ends_with(", 79 and 10 more"), "{said}");
    }
}
