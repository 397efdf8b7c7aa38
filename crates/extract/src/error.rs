//! What can be wrong with a lexicon.

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
