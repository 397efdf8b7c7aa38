//! Names and words that must not go out, and finding them in a text whatever their spelling.
//!
//! A name is a sequence of folded words; speech is every run of [`RUN`] folded words of it. Both are looked for by
//! words, so line ends, punctuation, tashkeel, tatweel and Arabic prefixes do not hide them.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

#[cfg(test)]
use sijil_model::words::name_words;
use sijil_model::words::{Word, may_be, readings, words};
use sijil_page::view::Withheld;

/// So many words in a row are somebody's own words.
const RUN: usize = 6;

/// Shorter speech is looked for whole, down to this many words.
const SHORTEST: usize = 3;

/// Names and speech to be kept back.
#[derive(Debug, Clone, Default)]
pub(crate) struct Protected {
    /// By the first word.
    names: BTreeMap<String, Vec<(Vec<String>, Withheld)>>,
    /// Names that may be shown, by their second word: a father's name within his daughter's is hers.
    open: BTreeMap<String, Vec<Vec<String>>>,
    /// The records that bear a name.
    bearers: BTreeMap<Vec<String>, BTreeSet<Bearer>>,
    /// By length in words, the hash of the words.
    speech: BTreeMap<usize, BTreeMap<u64, Withheld>>,
}

/// A record whose name is kept back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bearer {
    /// Its kind and id: `person p81…`.
    pub record: String,
    /// What would have to be cleared for the name to be public; none where nothing makes it so.
    pub clear: Option<String>,
}

/// A protected name that stands in a text: why it is kept back, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leak {
    pub why: Withheld,
    pub bearers: BTreeSet<Bearer>,
}

impl Protected {
    /// Keeps back a name, all its words in a row.
    #[cfg(test)]
    pub fn add_name(&mut self, name: &str, why: Withheld) {
        self.add_words(name_words(name), why);
    }

    /// Keeps back a name as bare words.
    pub fn add_words(&mut self, sequence: Vec<String>, why: Withheld) {
        let Some(first) = sequence.first() else { return };
        let known = self.names.entry(first.clone()).or_default();
        if !known.iter().any(|(same, _)| *same == sequence) {
            known.push((sequence, why));
        }
    }

    /// Says whose a name is that is kept back.
    pub fn is_borne(&mut self, sequence: Vec<String>, by: Bearer) {
        self.bearers.entry(sequence).or_default().insert(by);
    }

    /// Lets a name be shown as a whole, with whatever shorter name stands within it.
    pub fn open(&mut self, sequence: Vec<String>) {
        let Some(second) = sequence.get(1) else { return };
        self.open.entry(second.clone()).or_default().push(sequence);
    }

    /// Keeps back words that somebody spoke.
    pub fn add_speech(&mut self, text: &str, why: Withheld) {
        let words = words(text);
        let length = words.len().min(RUN);
        if length < SHORTEST {
            return;
        }
        let known = self.speech.entry(length).or_default();
        for run in words.windows(length) {
            known.entry(hash(run)).or_insert(why);
        }
    }

    /// Where in a text something is to be kept back, in order, bytes; neighbouring places are not joined.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, Withheld)> {
        let words = words(text);
        let mut found = self.find_names(text, &words);
        for (length, runs) in &self.speech {
            for run in words.windows(*length) {
                if let Some(why) = runs.get(&hash(run)) {
                    found.push((run[0].start..run[length - 1].end, *why));
                }
            }
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found
    }

    /// A name of two words or more that stands in a text: the last look at a file before it goes out.
    pub fn names_somebody(&self, text: &str) -> Option<Leak> {
        let words = words(text);
        let (_, sequence, why) = self.named(text, &words).find(|(_, sequence, _)| sequence.len() > 1)?;
        Some(Leak { why, bearers: self.bearers.get(sequence).cloned().unwrap_or_default() })
    }

    fn find_names(&self, text: &str, words: &[Word]) -> Vec<(Range<usize>, Withheld)> {
        let bytes = |at: usize, length: usize| words[at].start..words[at + length - 1].end;
        self.named(text, words).map(|(at, sequence, why)| (bytes(at, sequence.len()), why)).collect()
    }

    /// The names that are kept back, each with the place of its first word; none that is only a part of an open one.
    fn named<'a>(
        &'a self,
        text: &str,
        words: &'a [Word],
    ) -> impl Iterator<Item = (usize, &'a Vec<String>, Withheld)> {
        let open = self.open_names(text, words);
        let is_within = move |at: usize, length: usize| {
            open.iter().any(|name| name.start <= at && at + length <= name.end && length < name.len())
        };
        (0..words.len())
            .flat_map(|at| self.at(&words[at..]).map(move |(sequence, why)| (at, sequence, *why)))
            .filter(move |(at, sequence, _)| !is_within(*at, sequence.len()))
    }

    /// Where names stand that may be shown, by their words.
    fn open_names(&self, text: &str, words: &[Word]) -> Vec<Range<usize>> {
        if self.open.is_empty() {
            return Vec::new();
        }
        let at = |first: usize| {
            let names = itself(&words[first + 1].folded).filter_map(|second| self.open.get(second)).flatten();
            let whole = names.filter(move |name| {
                words.get(first..first + name.len()).is_some_and(|words| is_one_name(text, words, name))
            });
            whole.map(move |name| first..first + name.len())
        };
        (0..words.len().saturating_sub(1)).flat_map(at).collect()
    }

    /// The names that begin with the first of these words.
    fn at<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = &'a (Vec<String>, Withheld)> {
        let first = words.first().map(|word| word.folded.as_str()).unwrap_or_default();
        readings(first).filter_map(|reading| self.names.get(reading)).flatten().filter(
            move |(sequence, _)| {
                sequence.len() <= words.len()
                    && sequence.iter().zip(words).all(|(name, word)| may_be(&word.folded, name))
            },
        )
    }
}

/// The bare words of a name that a word within it may be: no other word is one with it.
fn itself(word: &str) -> impl Iterator<Item = &str> {
    [Some(word), word.strip_prefix("ال"), word.strip_suffix('s')].into_iter().flatten()
}

/// Whether words are one name here: «وردة وتيم الرملي» and «وردة، تيم الرملي» are two people. What stands before the first
/// may be one with it: «ووردة», and whatever a page without its tags runs together.
fn is_one_name(text: &str, words: &[Word], name: &[String]) -> bool {
    let joins =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '\u{a0}' | '-' | '\'' | '’');
    words
        .iter()
        .zip(name)
        .take(1)
        .all(|(word, name)| itself(&word.folded).any(|word| word.ends_with(name.as_str())))
        && words.iter().zip(name).skip(1).all(|(word, name)| itself(&word.folded).any(|word| word == name))
        && words.windows(2).all(|two| text[two[0].end..two[1].start].chars().all(joins))
}

fn hash(run: &[Word]) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.iter().for_each(|word| word.folded.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(protected: &Protected, text: &'a str) -> Vec<&'a str> {
        protected.find(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn names_are_found_in_every_spelling() {
        let mut protected = Protected::default();
        protected.add_name("خالد النورس", Withheld::Reporter);
        protected.add_name("Taim Al-Ramli", Withheld::Reporter);
        assert_eq!(found(&protected, "وقال لخالد النَّـورس"), ["لخالد النَّـورس"]);
        assert_eq!(found(&protected, "TAIM\nal-Ramli’s camera"), ["TAIM\nal-Ramli’s"]);
        assert_eq!(found(&protected, "Taim said"), Vec::<&str>::new());
        assert!(protected.names_somebody("<p>Taim Al Ramli").is_some());
    }

    #[test]
    fn a_name_within_an_open_one_is_that_one() {
        let mut protected = Protected::default();
        protected.add_name("تيم الرملي", Withheld::NameNotCleared);
        protected.add_name("وردة تيم", Withheld::Living);
        protected.open(name_words("وردة تيم الرملي"));
        for text in ["قُتلت وردة تيم الرملي", "ووردة تيم الرَّملي", "34وردة تيم الرملي"]
        {
            assert_eq!(found(&protected, text), Vec::<&str>::new(), "{text}");
            assert_eq!(protected.names_somebody(text), None);
        }
        assert_eq!(found(&protected, "وردة تيم الرملي وتيم الرملي"), ["وتيم الرملي"]);
        for two in ["وردة وتيم الرملي", "وردة، تيم الرملي", "وردة\nتيم الرملي"]
        {
            assert!(found(&protected, two).iter().any(|name| name.ends_with("تيم الرملي")), "{two}");
        }
        // Who has the whole name of somebody protected is kept back.
        protected.add_name("وردة تيم الرملي", Withheld::Living);
        assert_eq!(found(&protected, "قُتلت وردة تيم الرملي"), ["وردة تيم الرملي"]);
    }

    #[test]
    fn six_words_in_a_row_are_somebody_s_own() {
        let mut protected = Protected::default();
        protected
            .add_speech("I saw the roof fall on the three children next door", Withheld::ProtectedWitness);
        assert!(!found(&protected, "He says: saw the roof — fall on THE wall").is_empty());
        assert!(found(&protected, "the roof fell on three children").is_empty());
    }
}
