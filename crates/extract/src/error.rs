//! What can be wrong with a lexicon, and with a spreadsheet.

use thiserror::Error;

/// A row of a lexicon that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("lexicon {file}, row {row}: {cause}; correct the row, or remove it")]
pub struct LexiconError {
    /// The data file.
    pub file: &'static str,
    /// Counted from 1, the header not counted.
    pub row: usize,
    /// What is wrong.
    pub cause: String,
}

/// A spreadsheet that is none of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// Its columns are not those of a shape.
    #[error(
        "the columns are not those of a spreadsheet of incidents ({said}): {headers}; it needs a code, date or place, and numbers of people, under headers that docs/importing.md lists"
    )]
    NoShape {
        /// What was tried.
        said: &'static str,
        /// The columns as printed.
        headers: String,
    },
}
