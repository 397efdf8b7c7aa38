//! What can be wrong with a question or a rule set, with what to write instead.

use sijil_model::PlaceId;
use thiserror::Error;

/// A question that cannot be answered as it was put, or data that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CountError {
    /// A rule set that does not exist.
    #[error("`{id}` is no rule set; write one of: {known}")]
    UnknownRules {
        /// What was written.
        id: String,
        /// Those that exist.
        known: String,
    },
    /// A row of the rule data that cannot be read.
    #[error("row {row} of {file}: {cause}")]
    BadRuleData {
        /// The file.
        file: &'static str,
        /// Counted from 1, the header not counted.
        row: usize,
        /// What is wrong.
        cause: String,
    },
    /// A word of a question that is not understood.
    #[error("{part} `{text}` is not understood; write {instead}")]
    NotUnderstood {
        /// The part of the question: `the harm`, `the grading`.
        part: &'static str,
        /// What was written.
        text: String,
        /// What can be written.
        instead: String,
    },
    /// An actor that the register does not know.
    #[error("`{text}` is no actor of this register; {instead}")]
    UnknownActor {
        /// What was written.
        text: String,
        /// The nearest known, or all.
        instead: String,
    },
    /// A place of the question of which the caller did not say what contains it.
    #[error(
        "it is not known what contains the place {place}, so nothing can be told to lie inside it; look it up in the gazetteer first"
    )]
    UnknownPlace {
        /// The place.
        place: PlaceId,
    },
    /// A period that ends before it begins.
    #[error("the period {text} runs backwards; write {instead}")]
    BackwardsPeriod {
        /// What was written.
        text: String,
        /// The same period forwards.
        instead: String,
    },
    /// A question that a rule set does not answer.
    #[error(
        "the rule set {rules} counts only the total of the killed, and the question is for {asked}; ask without that, or with --rules open"
    )]
    Refused {
        /// The rule set.
        rules: String,
        /// What it does not count.
        asked: String,
    },
    /// Words that contradict each other.
    #[error("the question was understood as: {understood}; {conflict}; write {instead}")]
    Impossible {
        /// What was understood.
        understood: String,
        /// What does not fit.
        conflict: String,
        /// What to write instead.
        instead: String,
    },
}
