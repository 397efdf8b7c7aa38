//! Quantities as said: the form of words, before any rule set turns them into numbers.

use serde::{Deserialize, Serialize};

use crate::ModelError;

/// How many, in the form in which it was said (codebook §12).
///
/// A quantity is never a pair of bounds: "dozens" stays *dozens* until a rule set reads it.
/// Arabic examples: طفلان is [`Quantity::Dual`], عشرات is [`Quantity::Tens`] (not dozens), جرحى is [`Quantity::Plural`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each form is the codebook's phrase of the same name")]
pub enum Quantity {
    Exact {
        n: u64,
    },
    AtLeast {
        n: u64,
    },
    AtMost {
        n: u64,
    },
    MoreThan {
        n: u64,
    },
    /// "fewer than 20"
    LessThan {
        n: u64,
    },
    About {
        n: u64,
    },
    Between {
        n: u64,
        to: u64,
    },
    /// "a few", بضعة
    Few,
    /// "several", عدة, عدد من
    Several,
    Many,
    /// عشرات
    Tens,
    /// "dozens"
    Dozens,
    Hundreds,
    Thousands,
    /// A plural noun without a number: "women and children", جرحى
    Plural,
    /// An Arabic dual: طفلان
    Dual,
    /// A singular noun, or "a", "one": استشهاد مدني
    Singular,
    /// "the X family was killed", عائلة بأكملها: members unknown
    Family,
    /// A share of a whole, in thousandths from `low` to `high` ("about 40%" is 400 to 400, approximate).
    Share {
        low: u32,
        high: u32,
        approximate: bool,
    },
}

impl Quantity {
    /// A range, refused when it runs backwards.
    pub fn between(n: u64, to: u64) -> Result<Self, ModelError> {
        if n <= to {
            Ok(Self::Between { n, to })
        } else {
            Err(ModelError::BackwardsRange { min: n, max: to })
        }
    }

    /// The form's name as in the contract: `exact`, `at_least`, `dozens`, …
    pub fn form(self) -> &'static str {
        match self {
            Self::Exact { .. } => "exact",
            Self::AtLeast { .. } => "at_least",
            Self::AtMost { .. } => "at_most",
            Self::MoreThan { .. } => "more_than",
            Self::LessThan { .. } => "less_than",
            Self::About { .. } => "about",
            Self::Between { .. } => "between",
            Self::Few => "few",
            Self::Several => "several",
            Self::Many => "many",
            Self::Tens => "tens",
            Self::Dozens => "dozens",
            Self::Hundreds => "hundreds",
            Self::Thousands => "thousands",
            Self::Plural => "plural",
            Self::Dual => "dual",
            Self::Singular => "singular",
            Self::Family => "family",
            Self::Share { .. } => "share",
        }
    }

    /// The largest number that was actually said, where one was.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Exact { n }
            | Self::AtLeast { n }
            | Self::AtMost { n }
            | Self::MoreThan { n }
            | Self::LessThan { n }
            | Self::About { n } => Some(n),
            Self::Between { to, .. } => Some(to),
            Self::Dual => Some(2),
            Self::Singular => Some(1),
            _ => None,
        }
    }

    /// Whether the words fix no single number or closed range ("many", "at least 4").
    pub fn is_vague(self) -> bool {
        !matches!(
            self,
            Self::Exact { .. }
                | Self::About { .. }
                | Self::Between { .. }
                | Self::Dual
                | Self::Singular
                | Self::AtMost { .. }
        )
    }
}

/// A quantity with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The form.
    #[serde(flatten)]
    pub quantity: Quantity,
    /// The words, verbatim: "three", "عشرات".
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backwards_range_is_refused() {
        assert!(Quantity::between(5, 3).is_err());
    }

    #[test]
    fn json_is_the_contract_s() {
        let said = Said { quantity: Quantity::Exact { n: 3 }, text: "three".into() };
        assert_eq!(serde_json::to_string(&said).unwrap(), r#"{"form":"exact","n":3,"text":"three"}"#);
        let dozens = Said { quantity: Quantity::Dozens, text: "dozens".into() };
        assert_eq!(serde_json::to_string(&dozens).unwrap(), r#"{"form":"dozens","text":"dozens"}"#);
    }
}
