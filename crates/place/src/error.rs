//! What can be wrong with a gazetteer or a table of places.

use thiserror::Error;

/// Why places could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// The bytes are not a gazetteer file of this version.
    #[error("not a gazetteer file: {cause}; build one with `sijil place import`")]
    BadGazetteer {
        /// What does not fit.
        cause: String,
    },
    /// A table without a column that it needs.
    #[error("the table of places has no column `{column}`; its header must have: {expected}")]
    MissingColumn {
        /// The missing column.
        column: &'static str,
        /// All columns.
        expected: &'static str,
    },
    /// A file that holds no places.
    #[error("{name} holds no places that can be read; a table of places has a header of: {expected}")]
    NoSource {
        /// The file.
        name: String,
        /// All columns of a table of one's own.
        expected: &'static str,
    },
    /// A file of JSON ends before it should.
    #[error("its JSON breaks off ({cause}); copy or download the file again")]
    BrokenOff {
        /// Where it ends.
        cause: String,
    },
    /// The header or the whole table cannot be read.
    #[error("the table of places cannot be read: {cause}; save it as CSV in UTF-8")]
    BadTable {
        /// What the reader says.
        cause: String,
    },
    /// Places cannot be written as a gazetteer.
    #[error("the places cannot be written as a gazetteer: {cause}")]
    Unwritable {
        /// What the writer says.
        cause: String,
    },
}

/// A row of a table of places, or of confirmed places, that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("row {row} of the table of places was left out: {cause}")]
pub struct RowError {
    /// Counted from 1, the header not counted.
    pub row: usize,
    /// What is wrong with it.
    pub cause: String,
}
