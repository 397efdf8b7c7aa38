//! What must hold in a register and in a release: the invariants of the codebook, numbered as there.
//!
//! [`incident`] looks at one incident record, [`aggregates`] at claims about many incidents, [`release`] at the tables
//! of a release. What only a database or a text can show (a person in two incidents, words that are not where they
//! are said to be) is looked at by the program, which says it as a [`Breach`] too.

mod aggregates;
mod incident;
mod numbers;
mod release;

pub use aggregates::aggregates;
pub use incident::{Conceded, incident};
pub use release::{Tables, release};

use serde::{Deserialize, Serialize};

use crate::Severity;

/// An invariant that does not hold, with the records and the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Its number in the codebook, 1 to 20.
    pub invariant: u8,
    /// The records: incidents, people, claims, documents, figures or codes.
    pub records: Vec<String>,
    /// What is said and what contradicts it, in a sentence.
    pub explain: String,
    /// How bad it is.
    pub severity: Severity,
}

impl Breach {
    /// Something that cannot be right.
    pub fn error(invariant: u8, records: impl IntoIterator<Item = String>, explain: String) -> Self {
        Self { invariant, records: records.into_iter().collect(), explain, severity: Severity::Error }
    }

    /// Something to be looked at.
    pub fn warning(invariant: u8, records: impl IntoIterator<Item = String>, explain: String) -> Self {
        Self { severity: Severity::Warning, ..Self::error(invariant, records, explain) }
    }
}
