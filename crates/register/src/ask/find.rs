//! Finding: a thing by the beginning of its id, and words in both scripts.

use std::collections::BTreeSet;

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

    /// The folded words of which names of people and of incidents' places are made, each once.
    ///
    /// # Errors
    /// Those of the database.
    pub fn name_words(&self) -> Result<BTreeSet<String>> {
        let people = "SELECT DISTINCT name FROM person WHERE valid_to IS NULL AND name IS NOT NULL";
        let people: Vec<String> = self.column(people, [])?;
        let places = self.names_of_incidents()?.into_iter().flat_map(|(_, names)| names);
        let mut words = BTreeSet::new();
        for name in people.into_iter().chain(places) {
            words.extend(fold(&name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned));
        }
        Ok(words)
    }

    /// What the places of the incidents that hold now are called: as they are titled and, where they were found, in both
    /// languages; those that changed last first. An incident stands once for each of its places.
    ///
    /// # Errors
    /// Those of the database.
    pub fn names_of_incidents(&self) -> Result<Vec<(String, Vec<String>)>> {
        let sql = "SELECT incident.id, incident.title, answer.body ->> '$.name_en', answer.body ->> '$.name_ar' FROM incident \
                   LEFT JOIN member ON member.record = incident.id AND member.valid_to IS NULL \
                   LEFT JOIN claim ON claim.about = member.claim AND claim.kind = 'place' AND claim.valid_to IS NULL \
                   LEFT JOIN placed ON placed.claim = claim.id AND placed.valid_to IS NULL \
                   LEFT JOIN answer ON answer.key = placed.answer \
                   WHERE incident.valid_to IS NULL GROUP BY incident.id, incident.title, answer.key \
                   ORDER BY incident.valid_from DESC, incident.id, answer.key";
        self.rows(sql, [], |row| {
            let names: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
            Ok((row.get(0)?, names.into_iter().flatten().filter(|name| !name.is_empty()).collect()))
        })
    }

    /// Documents and people in which all these words stand, in any spelling that folds to the same; at most `number`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search(&self, words: &str, number: u64) -> Result<Vec<Hit>> {
        let Some(wanted) = wanted(&[vec![words.to_owned()]]) else { return Ok(Vec::new()) };
        self.rows(
            "SELECT kind, id, part FROM search JOIN found ON found.key = search.rowid WHERE search MATCH ?1 ORDER BY rank, found.key LIMIT ?2",
            rusqlite::params![wanted, number],
            |row| Ok(Hit { kind: row.get(0)?, id: row.get(1)?, part: row.get(2)? }),
        )
    }
}

/// The words as the index is asked for them, each in any of its spellings; none where there is none.
pub(super) fn wanted(words: &[Vec<String>]) -> Option<String> {
    let joined =
        |asked: Vec<String>, with: &str| (!asked.is_empty()).then(|| format!("({})", asked.join(with)));
    // What folding leaves has nothing in it that the index would take for its own language.
    let spelling = |one: &String| {
        let folded = fold(one);
        let words = folded.split(' ').filter(|word| !word.is_empty());
        joined(words.map(|word| format!("\"{word}\"")).collect(), " AND ")
    };
    let word = |spellings: &Vec<String>| joined(spellings.iter().filter_map(spelling).collect(), " OR ");
    joined(words.iter().filter_map(word).collect(), " AND ")
}
