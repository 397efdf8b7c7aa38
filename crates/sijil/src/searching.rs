//! Search by words in either script: «سليم» finds “Saleem”, and the other way, as linking takes the two for one name.
//!
//! The index holds words as they stand. Which other spellings of a word stand in names is asked of the names themselves.

use sijil_link::names::{Closeness, closeness};
use sijil_model::fold::fold;
use sijil_register::View;
use sijil_register::ask::Hit;

use crate::failure::Failure;

/// The fewest letters that are left of a word without its article.
const FEWEST_LETTERS: usize = 2;

/// What was searched for: each word with the spellings of it that stand in names of people and places, itself first.
pub struct Sought(Vec<Vec<String>>);

impl Sought {
    /// The words of a query, with their spellings in the register's names.
    ///
    /// # Errors
    /// Those of the register.
    pub fn of(view: &View, query: &str) -> Result<Self, Failure> {
        let folded = fold(query);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        // An article that stands by itself in one script is glued to its word in the other.
        let telling: Vec<&str> = words.iter().copied().filter(|word| !is_article(word)).collect();
        let words = if telling.is_empty() { words } else { telling };
        if words.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let names = view.name_words()?;
        let spellings = |word: &str| {
            let others = names.iter().filter(|name| *name != word && is_spelling(word, name)).cloned();
            std::iter::once(word.to_owned()).chain(others).collect()
        };
        Ok(Self(words.into_iter().map(spellings).collect()))
    }

    /// Incidents whose place is called so, then documents and people in which all the words stand: so many from the
    /// `first` on, and how many there are in all.
    ///
    /// # Errors
    /// Those of the register.
    pub fn page(&self, view: &View, first: u64, number: u64) -> Result<(Vec<Hit>, u64), Failure> {
        let incidents = self.incidents(view)?;
        let before = incidents.len() as u64;
        let shown = incidents.into_iter().skip(first as usize).take(number as usize);
        let mut hits: Vec<Hit> =
            shown.map(|id| Hit { kind: "incident".to_owned(), id, part: None }).collect();
        let left = number - hits.len() as u64;
        let (others, total) = view.search_page(&self.0, first.saturating_sub(before), left)?;
        hits.extend(others);
        Ok((hits, before + total))
    }

    /// All spellings in one line, for whoever marks them in a text.
    pub fn words(&self) -> String {
        self.0.concat().join(" ")
    }

    fn incidents(&self, view: &View) -> Result<Vec<String>, Failure> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let is_sought = |name: &String| {
            let name = fold(name);
            let has =
                |spellings: &Vec<String>| name.split(' ').any(|own| spellings.iter().any(|one| one == own));
            self.0.iter().all(has)
        };
        let mut found: Vec<String> = Vec::new();
        for (incident, names) in view.names_of_incidents()? {
            if names.iter().any(is_sought) && !found.contains(&incident) {
                found.push(incident);
            }
        }
        Ok(found)
    }
}

/// Whether two words are spellings of one name, with or without the article.
fn is_spelling(a: &str, b: &str) -> bool {
    closeness(bare(a), bare(b)) == Closeness::Same
}

/// A word without the Arabic article.
fn bare(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= FEWEST_LETTERS).unwrap_or(word)
}

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ال")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_spelling_in_the_other_script() {
        for (a, b) in
            [("سليم", "saleem"), ("الزمردي", "zumurrudi"), ("yusuf", "يوسف"), ("mohammed", "mohamed")]
        {
            assert!(is_spelling(&fold(a), &fold(b)), "{a} {b}");
        }
        for (a, b) in [("سليم", "salma"), ("سليم", "سلمي"), ("karim", "كمال")] {
            assert!(!is_spelling(&fold(a), &fold(b)), "{a} {b}");
        }
    }
}
