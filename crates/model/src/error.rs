//! What can be wrong with a value before it becomes one of our words.

use thiserror::Error;

/// A value that no type of this crate can hold, with what was expected instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// A code that is not in the codebook.
    #[error("`{code}` is not a code of {vocabulary}; write one of: {known}")]
    UnknownCode {
        /// The vocabulary that was asked.
        vocabulary: &'static str,
        /// What was written.
        code: String,
        /// The codes that exist, separated by commas.
        known: String,
    },
    /// A text that is not an identifier of the kind.
    #[error("`{text}` is not {kind}: {expected}")]
    BadId {
        /// The kind of identifier, with its article.
        kind: &'static str,
        /// What was written.
        text: String,
        /// The form that is expected.
        expected: &'static str,
    },
    /// A lower end above its upper end.
    #[error("a range from {min} to {max} is backwards")]
    BackwardsRange {
        /// The stated lower end.
        min: u64,
        /// The stated upper end.
        max: u64,
    },
    /// A date that EDTF does not know.
    #[error(
        "`{text}` is not an EDTF date: {cause}; write for example 2031-10-05, 2031-10 or 2031-10-05/2031-10-09"
    )]
    BadDate {
        /// What was written.
        text: String,
        /// Why it is not a date.
        cause: String,
    },
}
