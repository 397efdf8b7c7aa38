//! What a run learnt of all lists together: how common names are, which spellings stand for each other, on which day ages
//! were true, which lists hold nobody twice, and the fitted weights.
//!
//! Kept with the run, it links later records as that run linked: whoever is not near a new record stays as they are, and
//! the answer is that of linking all at once under the same. Words that fewer than five records bear are not kept: they
//! would tell of single people.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::linking::Linked;
use super::model::Weights;
use super::rows::{AgesOf, People, median};
use super::vocabulary::{Frequencies, Vocabulary, WordId};

/// Records that must bear a word for it to be kept.
const FEWEST: u32 = 5;
/// How often a word that was not kept is taken to stand in each place.
const RARELY: u32 = 1;

/// What a run learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// The linker's version, under which the rest means something.
    linker: String,
    /// How often a word stands as a given name, a father's or grandfather's, a family name.
    words: BTreeMap<String, [u32; 3]>,
    totals: [[u64; 2]; 3],
    agreement: [f32; 3],
    spellings: Vec<(String, String)>,
    /// By list, the day on which its ages were true, counted from 1970.
    ages_of: BTreeMap<String, Option<i32>>,
    /// That of lists that came later and show none.
    ages_of_others: Option<i32>,
    nobody_twice_on: BTreeSet<String>,
    lists: usize,
    weights: Weights,
}

impl Learnt {
    /// Of people who were linked; `names` are those of the lists, in order.
    pub fn of(people: &People, linked: &Linked, names: &[String]) -> Learnt {
        let words = &people.vocabulary;
        let frequencies = words.frequencies();
        let borne = |at: usize| [0, 1, 2].map(|place| frequencies.counts[place][at]);
        let named = |one: &WordId| words.word(*one).to_owned();
        let twice = |list: &usize| linked.once.get(*list).copied().unwrap_or_default();
        Learnt {
            linker: crate::VERSION.to_owned(),
            words: words
                .words()
                .iter()
                .enumerate()
                .skip(1)
                .map(|(at, word)| (word.to_string(), borne(at)))
                .filter(|(_, borne)| borne.iter().sum::<u32>() >= FEWEST)
                .collect(),
            totals: frequencies.totals,
            agreement: frequencies.agreement,
            spellings: words.spellings().iter().map(|(a, b)| (named(a), named(b))).collect(),
            ages_of: names.iter().cloned().zip(people.ages_of.lists.iter().copied()).collect(),
            ages_of_others: people.ages_of.others,
            nobody_twice_on: (0..names.len()).filter(twice).map(|list| names[list].clone()).collect(),
            lists: people.lists,
            weights: linked.weights.clone(),
        }
    }

    /// Whether it was learnt by the linker that is built in, and so means the same.
    pub fn is_of_this_linker(&self) -> bool {
        self.linker == crate::VERSION
    }

    /// Words that stand for others.
    pub(super) fn spelt(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().flat_map(|(a, b)| [a.as_str(), b.as_str()])
    }

    /// Whether it knows on which day a list's ages were true; a list that came later shows it by its own rows.
    pub fn knows(&self, list: &str) -> bool {
        self.ages_of.contains_key(list)
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// How many lists there were.
    pub(super) fn lists(&self) -> usize {
        self.lists
    }

    /// Whether each of these lists holds nobody twice; of lists that came later nothing is known.
    pub(super) fn once(&self, names: &[String]) -> Vec<bool> {
        names.iter().map(|name| self.nobody_twice_on.contains(name)).collect()
    }

    /// The days of ages: a list that came later shows its own, or is taken as the others.
    pub(super) fn ages_of(&self, shown: &[Vec<i32>], names: &[String]) -> AgesOf {
        let of_list = |(name, shown): (&String, &Vec<i32>)| match self.ages_of.get(name) {
            Some(day) => *day,
            None => median(&mut shown.clone()).or(self.ages_of_others),
        };
        AgesOf { lists: names.iter().zip(shown).map(of_list).collect(), others: self.ages_of_others }
    }

    /// These words, as common and as alike as they were then.
    pub(super) fn vocabulary(&self, words: Vec<Box<str>>) -> Vocabulary {
        let borne = |word: &str| self.words.get(word).copied().unwrap_or([RARELY; 3]);
        let mut counts = [vec![0], vec![0], vec![0]];
        for word in words.iter().skip(1) {
            counts.iter_mut().zip(borne(word)).for_each(|(of_place, borne)| of_place.push(borne));
        }
        let numbers: FxHashMap<&str, WordId> = words.iter().map(|word| word.as_ref()).zip(0..).collect();
        let number = |word: &String| numbers.get(word.as_str()).copied();
        let mut learnt: Vec<(WordId, WordId)> = self
            .spellings
            .iter()
            .filter_map(|(a, b)| Some((number(a)?, number(b)?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        learnt.sort_unstable();
        let frequencies = Frequencies { counts, totals: self.totals, agreement: self.agreement };
        Vocabulary::new(words, frequencies, &learnt)
    }
}
