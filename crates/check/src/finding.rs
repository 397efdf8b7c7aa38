//! What the checker found, with the arithmetic shown.

use serde::{Deserialize, Serialize, Serializer};

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A share that its parts do not give: "54 of 130 (4.2 %)".
    Percentage,
    /// A total that its parts do not give.
    Sum,
    /// A difference, a rise or a remainder.
    Difference,
    /// So many a day, a week, a month.
    Rate,
    /// A part that is larger than its whole.
    NOfM,
    /// "Doubled", "three times as many", تضاعف.
    Multiple,
    /// The length of a period between two dates.
    Period,
    /// A total of a table or list against its rows.
    Table,
    /// A figure quoted from a register that no longer says so.
    Figure,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// To be looked at.
    Warning,
    /// Cannot be right.
    Error,
}

/// One place of a text that cannot be right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Code points of the text, half-open.
    #[serde(rename = "where")]
    pub span: (u32, u32),
    /// The words there, byte for byte.
    pub quote: String,
    /// What was checked.
    pub finding: Kind,
    /// The number as the text states it.
    #[serde(serialize_with = "plain")]
    pub stated: f64,
    /// The number that the text's other numbers give, to two digits after the point.
    #[serde(serialize_with = "plain")]
    pub computed: f64,
    /// How bad it is.
    pub severity: Severity,
    /// The arithmetic, in a sentence.
    pub explain: String,
}

/// Whole numbers without a point.
fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if *value == value.trunc() && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}
