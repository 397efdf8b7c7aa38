//! Finding: a thing by the beginning of its id, and words in both scripts.

use sijil_model::fold::fold;

use crate::{RegisterError, Result, View};

/// What an id names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A saved figure.
    Figure(String),
    /// An incident record.
    Incident(String),
    /// A person record.
    Person(String),
    /// A claim.
    Claim(String),
    /// A document.
    Document(String),
    /// A log entry, by position.
    Entry(u64),
    /// A source.
    Source(String),
}

impl Target {
    /// The whole id.
    pub fn id(&self) -> String {
        match self {
            Target::Figure(id)
            | Target::Incident(id)
            | Target::Person(id)
            | Target::Claim(id)
            | Target::Document(id)
            | Target::Source(id) => id.clone(),
            Target::Entry(position) => format!("entry:{position}"),
        }
    }
}

/// Something that search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// `document` or `person`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The part of the document.
    pub part: Option<u32>,
}

/// A query for at most three ids that begin so, and what they name.
type Place = (&'static str, fn(String) -> Target);

/// Where ids are kept.
const PLACES: [Place; 6] = [
    ("SELECT DISTINCT id FROM figure WHERE id = ?1 AND valid_to IS NULL AND ?2 IS NOT NULL", Target::Figure),
    ("SELECT DISTINCT id FROM source WHERE id = ?1 AND valid_to IS NULL AND ?2 IS NOT NULL", Target::Source),
    ("SELECT DISTINCT id FROM incident WHERE id >= ?1 AND id < ?2 LIMIT 3", Target::Incident),
    ("SELECT DISTINCT id FROM person WHERE id >= ?1 AND id < ?2 LIMIT 3", Target::Person),
    ("SELECT DISTINCT id FROM claim WHERE id >= ?1 AND id < ?2 LIMIT 3", Target::Claim),
    ("SELECT DISTINCT id FROM document WHERE id >= ?1 AND id < ?2 LIMIT 3", Target::Document),
];

impl View {
    /// What an id, or the beginning of one, names.
    ///
    /// # Errors
    /// Nothing, or more than one thing, begins so.
    pub fn find(&self, id: &str) -> Result<Target> {
        let position =
            id.strip_prefix("entry:").or_else(|| id.strip_prefix('#')).and_then(|number| number.parse().ok());
        if let Some(position) = position {
            self.entry(position)?;
            return Ok(Target::Entry(position));
        }
        // `g` and `~` come after every letter and digit that ids of their kinds are made of.
        let beyond = format!("{id}~");
        let mut found = Vec::new();
        for (sql, target) in PLACES {
            let ids: Vec<String> = self.column(sql, [id, &beyond])?;
            found.extend(ids.into_iter().map(target));
        }
        if let Some(whole) = found.iter().find(|target| target.id() == id) {
            return Ok(whole.clone());
        }
        match found.len() {
            0 => Err(RegisterError::NotFound {
                what: "figure, record, claim, document or source",
                id: id.to_owned(),
            }),
            1 => Ok(found.remove(0)),
            _ => Err(RegisterError::Ambiguous {
                id: id.to_owned(),
                examples: found.iter().take(3).map(Target::id).collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// Documents and people in which all these words stand, in any spelling that folds to the same; at most `number`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search(&self, words: &str, number: u64) -> Result<Vec<Hit>> {
        let Some(wanted) = wanted(words) else { return Ok(Vec::new()) };
        self.rows(
            "SELECT kind, id, part FROM search JOIN found ON found.key = search.rowid WHERE search MATCH ?1 ORDER BY rank, found.key LIMIT ?2",
            rusqlite::params![wanted, number],
            |row| Ok(Hit { kind: row.get(0)?, id: row.get(1)?, part: row.get(2)? }),
        )
    }
}

/// The words as the index is asked for them; none where there is none.
pub(super) fn wanted(words: &str) -> Option<String> {
    let folded = fold(words);
    let quoted: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).map(|word| format!("\"{word}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}
