//! Every word of every name once, with what is needed to compare it: its skeleton, its letters, how often it stands where.
//!
//! Words are numbered in the order of their letters, so that numbers do not depend on the order of rows.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::names::{Closeness, closeness, is_arabic, skeleton};

/// A word's number; 0 is no word.
pub type WordId = u32;

/// The places of a name that are counted apart: given names (of the person), names of fathers, families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The person's own given name.
    Given,
    /// Father's and grandfather's.
    Father,
    /// Family name.
    Family,
}

/// Words while rows come in.
#[derive(Debug, Default, Clone)]
pub(super) struct Gathering {
    numbers: FxHashMap<Box<str>, WordId>,
    words: Vec<Box<str>>,
}

impl Gathering {
    /// The number of a folded word, in order of arrival; 0 for none.
    pub(super) fn number(&mut self, word: &str) -> WordId {
        if word.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.words.push(word.into());
        let number = WordId::try_from(self.words.len()).unwrap_or(WordId::MAX);
        self.numbers.insert(word.into(), number);
        number
    }

    /// The words in order of their letters, and the new number of each old one.
    pub(super) fn finish(self) -> (Vec<Box<str>>, Vec<WordId>) {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_unstable_by(|a, b| self.words[*a].cmp(&self.words[*b]));
        let mut renumbered = vec![0; self.words.len() + 1];
        let mut words: Vec<Box<str>> = Vec::with_capacity(order.len() + 1);
        words.push("".into());
        for old in order {
            renumbered[old + 1] = WordId::try_from(words.len()).unwrap_or(WordId::MAX);
            words.push(self.words[old].clone());
        }
        (words, renumbered)
    }
}

/// How often words stand where: counted on the lists themselves, or as a run that is kept counted them.
#[derive(Debug, Clone)]
pub(super) struct Frequencies {
    /// By place and word.
    pub(super) counts: [Vec<u32>; 3],
    /// By place: all names in Latin letters, and all in Arabic ones.
    pub(super) totals: [[u64; 2]; 3],
    /// By place: the chance that two names of one script agree.
    pub(super) agreement: [f32; 3],
}

impl Frequencies {
    /// Of counts by place and word.
    pub(super) fn of(counts: [Vec<u32>; 3], words: &[Box<str>]) -> Frequencies {
        let arabic: Vec<bool> = words.iter().map(|word| is_arabic(word)).collect();
        let mut all = Frequencies { counts, totals: [[0; 2]; 3], agreement: [1.0; 3] };
        for place in 0..3 {
            for (count, arabic) in all.counts[place].iter().zip(&arabic).skip(1) {
                all.totals[place][usize::from(*arabic)] += u64::from(*count);
            }
            let (mut squares, mut weight) = (0.0, 0.0);
            for (at, count) in all.counts[place].iter().enumerate().skip(1) {
                squares += all.share(place, at, arabic[at]) * f64::from(*count);
                weight += f64::from(*count);
            }
            if weight > 0.0 {
                all.agreement[place] = (squares / weight) as f32;
            }
        }
        all
    }

    /// Share of a word within its script, smoothed so that a word that was seen once is not held for unique.
    fn share(&self, place: usize, word: usize, arabic: bool) -> f64 {
        (f64::from(self.counts[place][word]) + 0.5) / (self.totals[place][usize::from(arabic)] as f64 + 200.0)
    }
}

/// Every word of the names, numbered by their letters; number 0 is the empty word.
#[derive(Debug)]
pub struct Vocabulary {
    words: Vec<Box<str>>,
    skeletons: Vec<u32>,
    arabic: Vec<bool>,
    /// A bit for each letter that is in the word, and for each sound of its skeleton.
    letters: Vec<(u32, u32)>,
    /// Share of the names in the word's script that have it, by place.
    shares: [Vec<f32>; 3],
    frequencies: Frequencies,
    /// Words that stand for each other on these lists, and whether a word is one of such.
    learnt: FxHashSet<(WordId, WordId)>,
    is_learnt: Vec<bool>,
}

impl Vocabulary {
    /// Of folded words in order, with how often each stands where; `learnt` are words that stand for each other, the lower
    /// number first.
    pub(super) fn new(
        words: Vec<Box<str>>,
        frequencies: Frequencies,
        learnt: &[(WordId, WordId)],
    ) -> Vocabulary {
        let arabic: Vec<bool> = words.iter().map(|word| is_arabic(word)).collect();
        let keys: Vec<String> = words.iter().map(|word| skeleton(word)).collect();
        let mut distinct: Vec<&str> = keys.iter().map(String::as_str).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut skeletons: Vec<u32> =
            keys.iter().map(|key| distinct.binary_search(&key.as_str()).map_or(0, |at| at as u32)).collect();
        let letters = words.iter().zip(&keys).map(|(word, key)| (bits(word), bits(key))).collect();
        let shares = [0, 1, 2].map(|place| {
            let share = |(at, arabic): (usize, &bool)| frequencies.share(place, at, *arabic) as f32;
            arabic.iter().enumerate().map(share).collect()
        });
        let mut is_learnt = vec![false; words.len()];
        let times = |word: WordId| frequencies.counts.iter().map(|of| of[word as usize]).sum::<u32>();
        for (a, b) in learnt {
            let (rarer, commoner) = if times(*a) < times(*b) { (*a, *b) } else { (*b, *a) };
            // The damaged word is found where the whole one is.
            skeletons[rarer as usize] = skeletons[commoner as usize];
            is_learnt[*a as usize] = true;
            is_learnt[*b as usize] = true;
        }
        let learnt = learnt.iter().copied().collect();
        Vocabulary { skeletons, letters, shares, frequencies, arabic, learnt, is_learnt, words }
    }

    /// The word itself.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", |word| word)
    }

    /// The number of its skeleton; words that sound alike share it. 0 for no word.
    pub fn skeleton(&self, id: WordId) -> u32 {
        self.skeletons[id as usize]
    }

    /// Whether it is in Arabic letters.
    pub fn is_arabic(&self, id: WordId) -> bool {
        self.arabic[id as usize]
    }

    /// Share of names that have the word in a place.
    pub fn share(&self, place: Place, id: WordId) -> f32 {
        self.shares[place as usize][id as usize]
    }

    /// Chance that two people have the same word in a place.
    pub fn agreement(&self, place: Place) -> f32 {
        self.frequencies.agreement[place as usize]
    }

    /// All words in order, number 0 the empty one.
    pub(super) fn words(&self) -> &[Box<str>] {
        &self.words
    }

    pub(super) fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// Words that stand for each other on these lists, in order, the lower number first.
    pub(super) fn spellings(&self) -> Vec<(WordId, WordId)> {
        let mut pairs: Vec<(WordId, WordId)> = self.learnt.iter().copied().collect();
        pairs.sort_unstable();
        pairs
    }

    fn stand_for_each_other(&self, a: WordId, b: WordId) -> bool {
        self.is_learnt[a as usize]
            && self.is_learnt[b as usize]
            && self.learnt.contains(&(a.min(b), a.max(b)))
    }

    /// How close two words are.
    pub fn closeness(&self, a: WordId, b: WordId) -> Closeness {
        if a == b {
            return Closeness::Same;
        }
        let ((letters_a, sounds_a), (letters_b, sounds_b)) =
            (self.letters[a as usize], self.letters[b as usize]);
        let apart = match (self.arabic[a as usize], self.arabic[b as usize]) {
            (true, true) => (letters_a ^ letters_b).count_ones() > 4,
            _ => (sounds_a ^ sounds_b).count_ones() > 4,
        };
        let close = if apart { Closeness::Other } else { closeness(self.word(a), self.word(b)) };
        if close == Closeness::Other && self.stand_for_each_other(a, b) { Closeness::Near } else { close }
    }
}

fn bits(word: &str) -> u32 {
    word.chars().fold(0, |bits, letter| bits | 1 << (letter as u32 % 32))
}
