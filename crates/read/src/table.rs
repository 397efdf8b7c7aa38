//! Lists: rows of cells under a header, kept compactly, so that a million rows are one value in memory.
//!
//! Rows are numbered from 1, headers not counted, and run on from sheet to sheet: row and column name a cell of
//! a document, as spans do.

mod build;
mod form;

use serde::{Deserialize, Serialize};

pub(crate) use self::build::{RowsError, TableBuilder};
use crate::columns::{Field, FoundBy};

/// The lists of one document: one of a CSV file, one a sheet of a workbook. There is at least one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    tables: Vec<Table>,
}

/// A list: a header, and rows under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name, in a workbook.
    pub sheet: Option<String>,
    /// What stands above the header, a row each, cells joined by tabs.
    pub titles: Vec<String>,
    /// The columns of the header.
    pub columns: Vec<Column>,
    first_row: u32,
    cells: Cells,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The header as printed; empty where the list has none.
    pub header: String,
    /// What it holds, and how that was found.
    pub found: Option<Found>,
}

/// A field that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The field.
    pub field: Field,
    /// How it was recognised.
    pub by: FoundBy,
}

/// A row of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Tables {
    /// Numbers the rows of `tables` on; tables without rows are left out. `None` where no row is left.
    pub(crate) fn new(tables: Vec<Table>) -> Option<Tables> {
        let mut next = 1;
        let mut tables: Vec<Table> = tables.into_iter().filter(|table| table.row_count() > 0).collect();
        for table in &mut tables {
            table.first_row = next;
            next += table.row_count();
        }
        (!tables.is_empty()).then_some(Tables { tables })
    }

    /// The lists, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter()
    }

    /// How many lists.
    pub fn len(&self) -> usize {
        self.tables.len()
    }

    /// Never: a document without rows is refused.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Rows of all lists together.
    pub fn row_count(&self) -> u32 {
        self.tables.iter().map(Table::row_count).sum()
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.tables.iter().flat_map(Table::rows)
    }

    /// The row of this number, from 1.
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        let after = self.tables.partition_point(|table| table.first_row <= number);
        self.tables.get(after.checked_sub(1)?)?.row(number)
    }

    /// A cell's words: row from 1, column from 0; empty where the row ends before the column.
    pub fn cell(&self, row: u32, column: usize) -> Option<&str> {
        self.row(row)?.cell(column)
    }
}

impl Table {
    /// Number of the first row.
    pub fn first_row(&self) -> u32 {
        self.first_row
    }

    /// How many rows.
    pub fn row_count(&self) -> u32 {
        u32::try_from(self.cells.rows()).unwrap_or(u32::MAX)
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.cells.rows()).map(|index| Row { table: self, index })
    }

    /// The row of this number of the document.
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        let index = number.checked_sub(self.first_row)? as usize;
        (index < self.cells.rows()).then_some(Row { table: self, index })
    }

    /// The column that holds a field.
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field() == Some(field))
    }

    /// Says what a column holds, over what was recognised; another column with that field loses it.
    pub fn set_field(&mut self, column: usize, field: Option<Field>) {
        if let Some(earlier) = field.and_then(|field| self.column_of(field)) {
            self.columns[earlier].found = None;
        }
        if let Some(column) = self.columns.get_mut(column) {
            column.found = field.map(|field| Found { field, by: FoundBy::Caller });
        }
    }
}

impl Column {
    /// The field that it holds.
    pub fn field(&self) -> Option<Field> {
        self.found.map(|found| found.field)
    }
}

impl<'a> Row<'a> {
    /// Its number in the document, from 1.
    pub fn number(&self) -> u32 {
        self.table.first_row + u32::try_from(self.index).unwrap_or(u32::MAX)
    }

    /// The list that it stands in.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// The words of a column, verbatim; empty where the row ends before it, `None` past header and row.
    pub fn cell(&self, column: usize) -> Option<&'a str> {
        match self.table.cells.cell(self.index, column) {
            None if column < self.table.columns.len() => Some(""),
            cell => cell,
        }
    }

    /// The words of the column that holds a field.
    pub fn field(&self, field: Field) -> Option<&'a str> {
        self.cell(self.table.column_of(field)?)
    }

    /// The cells that the row has; it may have fewer or more than the header.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> {
        let (table, index) = (self.table, self.index);
        table.cells.range(index).map(move |cell| table.cells.words(cell))
    }
}

/// Cells of many rows in one string; rows may differ in length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Cells {
    letters: String,
    /// Where each cell ends in `letters`.
    cell_ends: Vec<u32>,
    /// How many cells there are up to the end of each row.
    row_ends: Vec<u32>,
}

impl Cells {
    fn rows(&self) -> usize {
        self.row_ends.len()
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.row_ends[before]);
        start as usize..self.row_ends[row] as usize
    }

    fn words(&self, cell: usize) -> &str {
        let start = cell.checked_sub(1).map_or(0, |before| self.cell_ends[before]);
        &self.letters[start as usize..self.cell_ends[cell] as usize]
    }

    fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let range = self.range(row);
        (column < range.len()).then(|| self.words(range.start + column))
    }

    /// Adds a cell to the row that is being written; false where 32-bit offsets are used up.
    fn push_cell(&mut self, words: &str) -> bool {
        let Ok(end) = u32::try_from(self.letters.len() + words.len()) else { return false };
        self.letters.push_str(words);
        self.cell_ends.push(end);
        true
    }

    /// Ends the row that is being written; false where 32-bit counts are used up.
    fn end_row(&mut self) -> bool {
        let Ok(end) = u32::try_from(self.cell_ends.len()) else { return false };
        self.row_ends.push(end);
        true
    }
}
