//! Why a table or a request is refused before anything is estimated.

/// What is wrong with an input or a setting; each says where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EstimateError {
    /// A table cannot be read.
    #[error("{place}: {cause}; {next}")]
    Input {
        /// Where: a line, a column, a cell.
        place: String,
        /// What is wrong there.
        cause: String,
        /// What to do about it.
        next: String,
    },
    /// More lists than a history can hold.
    #[error(
        "{found} lists, and at most {most} can be estimated from; merge lists, or leave some columns out"
    )]
    TooManyLists {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A setting is out of its range.
    #[error("{setting} is {value}; write {allowed}")]
    Setting {
        /// Which setting.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        allowed: &'static str,
    },
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, EstimateError>;
