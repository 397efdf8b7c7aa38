//! Actors: parties to a conflict, as data with names and aliases in both languages.

use serde::{Deserialize, Serialize};

use crate::ModelError;
use crate::codebook::{ActorKind, Language};
use crate::date::Edtf;

/// An actor's code, lower_snake ASCII: `russia`, `northern_front`. As `ActorCode<&str>` it borrows its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorCode<T = String>(T);

impl ActorCode {
    /// Takes a text as a code: lower-case ASCII letters, digits and `_`, not empty.
    pub fn new(text: &str) -> Result<Self, ModelError> {
        let fits = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(ModelError::BadId {
                kind: "an actor code",
                text: text.to_owned(),
                expected: "lower-case letters, digits and _",
            })
        }
    }
}

impl<T: AsRef<str>> ActorCode<T> {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// The same code with a text of its own.
    pub fn owned(&self) -> ActorCode {
        ActorCode(self.as_str().to_owned())
    }
}

impl<T: AsRef<str>> std::fmt::Display for ActorCode<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A party: its code, kind, labels, and the words by which texts name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The code.
    pub code: ActorCode,
    /// What kind of party.
    pub kind: ActorKind,
    /// English label.
    pub label_en: String,
    /// Arabic label.
    pub label_ar: String,
    /// Words that name it in English: nouns and adjectives ("Russian", "Russia's").
    pub aliases_en: Vec<String>,
    /// Words that name it in Arabic, without prefixes.
    pub aliases_ar: Vec<String>,
    /// The days between which it was a party to a war under these names, where that is known; ends may be open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<Edtf>,
}

impl Actor {
    /// The label for a reader.
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::En => &self.label_en,
            Language::Ar => &self.label_ar,
        }
    }
}

#[derive(Deserialize)]
struct Row {
    code: String,
    kind: ActorKind,
    label_en: String,
    label_ar: String,
    aliases_en: String,
    aliases_ar: String,
    #[serde(default)]
    active: Option<String>,
}

/// Reads a table of actors: `code,kind,label_en,label_ar,aliases_en,aliases_ar` and perhaps `active`, aliases separated
/// by `|`, what it was active in an EDTF interval (`2011-03-15/2024-12-08`).
pub fn read_actors(table: &str) -> Result<Vec<Actor>, ActorTableError> {
    let mut actors = Vec::new();
    for (at, row) in csv::Reader::from_reader(table.as_bytes()).deserialize::<Row>().enumerate() {
        let row = row.map_err(|cause| ActorTableError { row: at + 1, cause: cause.to_string() })?;
        let code = ActorCode::new(&row.code)
            .map_err(|cause| ActorTableError { row: at + 1, cause: cause.to_string() })?;
        let active = row.active.as_deref().filter(|text| !text.is_empty()).map(Edtf::new).transpose();
        let active = active.map_err(|cause| ActorTableError { row: at + 1, cause: cause.to_string() })?;
        actors.push(Actor {
            code,
            kind: row.kind,
            label_en: row.label_en,
            label_ar: row.label_ar,
            aliases_en: aliases(&row.aliases_en),
            aliases_ar: aliases(&row.aliases_ar),
            active,
        });
    }
    Ok(actors)
}

/// The actors that every register starts with.
pub fn known_actors() -> Vec<Actor> {
    // Part of the program, and a test reads it: it cannot be shipped broken.
    read_actors(include_str!("../data/actors.csv")).unwrap_or_default()
}

fn aliases(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

/// A row of a table of actors that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row} of the table of actors: {cause}")]
pub struct ActorTableError {
    /// Counted from 1, the header not counted.
    pub row: usize,
    /// What is wrong.
    pub cause: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_reads_and_speaks_both_languages() {
        let actors = read_actors(include_str!("../data/actors.csv")).unwrap();
        assert!(actors.iter().any(|a| a.code.as_str() == "russia"));
        for actor in &actors {
            assert!(
                !actor.aliases_en.is_empty() && !actor.aliases_ar.is_empty(),
                "{} lacks aliases",
                actor.code
            );
        }
    }
}
