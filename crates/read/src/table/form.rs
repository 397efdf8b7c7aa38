//! The text form of lists, stored by hash: JSON Lines, a head for the document, a head and rows for each list.
//!
//! ```text
//! {"sijil_tables":1}
//! {"sheet":null,"titles":[],"columns":[{"header":"الاسم","found":{"field":"name","by":"header"}}],"rows":1}
//! ["نديم الأملي"]
//! ```
//! The same lists give the same bytes, and the bytes give the same lists.

use std::io;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{Cells, Column, Table, Tables};
use crate::error::TextFormError;

/// Version of the form, in its first line.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentHead {
    sijil_tables: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableHead {
    sheet: Option<String>,
    titles: Vec<String>,
    columns: Vec<Column>,
    rows: u32,
}

impl Tables {
    /// Writes the text form; each line ends with a line feed.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_text(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer(&mut out, &DocumentHead { sijil_tables: FORM })?;
        out.write_all(b"\n")?;
        for table in &self.tables {
            let head = TableHead {
                sheet: table.sheet.clone(),
                titles: table.titles.clone(),
                columns: table.columns.clone(),
                rows: table.row_count(),
            };
            serde_json::to_writer(&mut out, &head)?;
            out.write_all(b"\n")?;
            for row in table.rows() {
                write_row(&mut out, row.cells())?;
            }
        }
        Ok(())
    }

    /// The text form as a string.
    pub fn to_text(&self) -> String {
        let letters: usize = self.tables.iter().map(|table| table.cells.letters.len()).sum();
        let cells: usize = self.tables.iter().map(|table| table.cells.cell_ends.len()).sum();
        let mut bytes =
            Vec::with_capacity(letters + letters / 16 + 3 * cells + 3 * self.row_count() as usize + 4096);
        // Writing to memory does not fail, and JSON is UTF-8.
        let written = self.write_text(&mut bytes);
        debug_assert!(written.is_ok());
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads the text form back.
    ///
    /// # Errors
    /// Where the text is not what [`Tables::write_text`] wrote.
    pub fn from_text(text: &str) -> Result<Tables, TextFormError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line)).peekable();
        let head = |line: usize, cause: String| TextFormError::Head { line, cause };
        let (_, first) = lines.next().ok_or_else(|| head(1, "it is missing".to_owned()))?;
        let document: DocumentHead =
            serde_json::from_str(first).map_err(|error| head(1, error.to_string()))?;
        if document.sijil_tables != FORM {
            return Err(head(1, format!("form {} is not known", document.sijil_tables)));
        }
        let mut tables = Vec::new();
        while let Some((number, line)) = lines.next() {
            let table: TableHead =
                serde_json::from_str(line).map_err(|error| head(number, error.to_string()))?;
            let mut cells = Cells::default();
            while let Some((number, line)) = lines.next_if(|(_, line)| line.starts_with('[')) {
                read_row(line, &mut cells).map_err(|cause| TextFormError::Row { line: number, cause })?;
            }
            let found = u32::try_from(cells.rows()).unwrap_or(u32::MAX);
            if found != table.rows {
                return Err(TextFormError::RowCount { expected: table.rows, found });
            }
            let TableHead { sheet, titles, columns, .. } = table;
            tables.push(Table { sheet, titles, columns, first_row: 1, cells });
        }
        Tables::new(tables).ok_or(TextFormError::RowCount { expected: 1, found: 0 })
    }
}

fn write_row<'a>(out: &mut impl io::Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, cell)?;
    }
    out.write_all(b"]\n")
}

fn read_row(line: &str, cells: &mut Cells) -> Result<(), String> {
    let mut json = serde_json::Deserializer::from_str(line);
    RowInto(cells).deserialize(&mut json).and_then(|()| json.end()).map_err(|error| error.to_string())
}

/// Reads a JSON array of strings straight into the cells, without a vector for each row.
struct RowInto<'a>(&'a mut Cells);

impl<'de> DeserializeSeed<'de> for RowInto<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowInto<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an array of strings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        let full = || serde::de::Error::custom("more cells than a list can hold");
        while sequence.next_element_seed(CellInto(self.0))?.is_some() {}
        if self.0.end_row() { Ok(()) } else { Err(full()) }
    }
}

struct CellInto<'a>(&'a mut Cells);

impl<'de> DeserializeSeed<'de> for CellInto<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for CellInto<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, words: &str) -> Result<(), E> {
        if self.0.push_cell(words) { Ok(()) } else { Err(E::custom("more letters than a list can hold")) }
    }
}
