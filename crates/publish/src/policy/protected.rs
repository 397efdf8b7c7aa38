//! Names and words that must not go out, and finding them in a text whatever their spelling.
//!
//! A name is a sequence of folded words; speech is every run of [`RUN`] folded words of it. Both are looked for by
//! words, so line ends, punctuation, tashkeel, tatweel and Arabic prefixes do not hide them.

use std::collections::BTreeMap;
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
    /// By length in words, the hash of the words.
    speech: BTreeMap<usize, BTreeMap<u64, Withheld>>,
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
        let mut found = self.find_names(&words);
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

    /// Whether a name of two words or more stands in a text: the last look at a file before it goes out.
    pub fn names_somebody(&self, text: &str) -> Option<Withheld> {
        let words = words(text);
        (0..words.len()).find_map(|at| {
            self.at(&words[at..]).find(|(sequence, _)| sequence.len() > 1).map(|(_, why)| *why)
        })
    }

    fn find_names(&self, words: &[Word]) -> Vec<(Range<usize>, Withheld)> {
        let mut found = Vec::new();
        for at in 0..words.len() {
            let here = self.at(&words[at..]);
            found.extend(
                here.map(|(sequence, why)| (words[at].start..words[at + sequence.len() - 1].end, *why)),
            );
        }
        found
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
    fn six_words_in_a_row_are_somebody_s_own() {
        let mut protected = Protected::default();
        protected
            .add_speech("I saw the roof fall on the three children next door", Withheld::ProtectedWitness);
        assert!(!found(&protected, "He says: saw the roof — fall on THE wall").is_empty());
        assert!(found(&protected, "the roof fell on three children").is_empty());
    }
}
