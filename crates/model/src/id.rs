//! Identifiers, one type each, so that a claim can never stand where a document is meant.
//!
//! Each owns its text, or, as `ClaimId<&str>`, borrows it from stored bytes: what reads a hundred thousand records to add
//! them up makes no copies.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::ModelError;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<T = String>(T);

        impl $name {
            /// Takes a text as an identifier: ASCII letters, digits and `-_.:`, at most 128 of them, not empty.
            pub fn new(text: impl Into<String>) -> Result<Self, ModelError> {
                let text = text.into();
                let fits = !text.is_empty()
                    && text.len() <= 128
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
                if fits {
                    Ok(Self(text))
                } else {
                    Err(ModelError::BadId { kind: $kind, text, expected: "letters, digits and -_.: only" })
                }
            }
        }

        impl<T: AsRef<str>> $name<T> {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                self.0.as_ref()
            }

            /// The same identifier with a text of its own.
            pub fn owned(&self) -> $name {
                $name(self.as_str().to_owned())
            }
        }

        impl<T: AsRef<str>> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = ModelError;
            fn from_str(text: &str) -> Result<Self, ModelError> {
                Self::new(text)
            }
        }
    };
}

id!(
    /// A document: the SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    DocumentId,
    "a document id"
);
id!(
    /// A claim: see [`crate::claim::claim_id`]. Starts with `c`.
    ClaimId,
    "a claim id"
);
id!(
    /// An incident record. Starts with `i`, and goes on with the claim that founded it.
    IncidentId,
    "an incident id"
);
id!(
    /// A person record. Starts with `p`, and goes on with the claim that founded it.
    PersonId,
    "a person id"
);
id!(
    /// A source: a person, outlet, organisation or party, named by the register's own short code.
    SourceId,
    "a source id"
);
id!(
    /// A pseudonymous account of somebody who works in the register.
    AccountId,
    "an account id"
);
id!(
    /// A run of extraction, placing or linking.
    RunId,
    "a run id"
);
id!(
    /// A saved figure's name.
    FigureId,
    "a figure name"
);
id!(
    /// A place of a gazetteer, for example `gn:173576` or `xm:port-amal`.
    PlaceId,
    "a place id"
);
id!(
    /// A rule that turned words into a value, for example `sum-of-parts`.
    RuleId,
    "a rule id"
);
