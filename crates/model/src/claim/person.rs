//! A person as a document says them: what is stated and what is inferred are kept apart.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::codebook::{AgeClass, Fate, Role, Sex, Status};

/// A person as said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonSaid {
    /// The whole name in a normal form; none where the person is known only by kin or role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name as it stands, without a surname that is shared with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_as_printed: Option<String>,
    /// Stated or inferred sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Known<Sex>>,
    /// Age in whole years, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u16>,
    /// Age in months, as stated of infants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_months: Option<u16>,
    /// Stated or inferred age class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_class: Option<Known<AgeClass>>,
    /// What became of them; none for people who are not harmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
    /// Civilian or not, where said or clear from age or kin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Known<Status>>,
    /// What they did, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Where a list says that it happened, and when, as it stands in the cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<ListedDetails>,
}

/// What else a row of a list says of a person, cell by cell, as it stands there; days of a column that writes the month
/// first are turned to `YYYY-MM-DD`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDetails {
    /// Date of death or harm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Governorate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub governorate: Option<String>,
    /// The list's own number for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_id: Option<String>,
}

/// A value with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Stated or inferred.
    #[serde(flatten)]
    pub basis: Basis,
}

impl<T> Known<T> {
    /// A value that the document states.
    pub fn stated(value: T) -> Self {
        Self { value, basis: Basis::Stated }
    }

    /// A value that a rule concluded.
    pub fn inferred(value: T, rule: &str) -> Self {
        Self { value, basis: Basis::inferred(rule) }
    }
}
