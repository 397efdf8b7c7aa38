//! What can be wrong with what linking is given.

use thiserror::Error;

/// Why something could not be linked.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// A line of a file of chances.
    #[error("chances, line {line}: “{text}” is no class,feature,level,probability; see docs/linking.md")]
    Priors {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A table of chances is missing.
    #[error(
        "chances: nothing is said about {feature} of class “{class}”; copy the shipped file and change that"
    )]
    PriorMissing {
        /// The class.
        class: String,
        /// The feature.
        feature: &'static str,
    },
}
