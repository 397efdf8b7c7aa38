//! Every word of every name once, with what is needed to compare it: its skeleton, its letters, how often it stands where.
//!
//! Words are numbered in the order of their letters, so that numbers do not depend on the order of rows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::remembered::Remembered;
use crate::Joined;
use crate::names::{Closeness, Shape, closeness, is_arabic, skeleton};

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
    /// All skeletons, by number.
    skeletons: Vec<String>,
    known: Vec<Known>,
    frequencies: Frequencies,
    /// ln of the chance that two names agree, by place.
    ln_agreement: [f32; 3],
    /// Words that stand for each other on these lists.
    learnt: FxHashSet<(WordId, WordId)>,
    remembered: Remembered,
}

/// What is asked of a word in every comparison, side by side in memory.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// ln of the share of names in the word's script that have it, by place.
    shares: [f32; 3],
    skeleton: u32,
    shape: Shape,
    /// Whether it stands for another word on these lists.
    learnt: bool,
}

impl Vocabulary {
    /// Of folded words in order, with how often each stands where; `learnt` are words that stand for each other, the lower
    /// number first.
    pub(super) fn new(
        words: Vec<Box<str>>,
        frequencies: Frequencies,
        learnt: &[(WordId, WordId)],
    ) -> Vocabulary {
        let keys: Vec<String> = words.iter().map(|word| skeleton(word)).collect();
        let mut skeletons = keys.clone();
        skeletons.sort_unstable();
        skeletons.dedup();
        let known = |(at, (word, key)): (usize, (&str, &String))| {
            let shape = Shape::of(word, key);
            Known {
                shares: [0, 1, 2].map(|place| frequencies.share(place, at, shape.is_arabic()).ln() as f32),
                skeleton: skeletons.binary_search(key).map_or(0, |at| at as u32),
                shape,
                learnt: false,
            }
        };
        let mut known: Vec<Known> =
            words.iter().map(AsRef::as_ref).zip(&keys).enumerate().map(known).collect();
        stand_for_each_other(&mut known, &frequencies, learnt);
        let learnt = learnt.iter().copied().collect();
        let remembered = Remembered::nothing(words.len());
        let ln_agreement = frequencies.agreement.map(f32::ln);
        Vocabulary { words, skeletons, known, frequencies, ln_agreement, learnt, remembered }
    }

    /// The word itself.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", |word| word)
    }

    /// The number of its skeleton; words that sound alike share it. 0 for no word.
    pub fn skeleton(&self, id: WordId) -> u32 {
        self.known[id as usize].skeleton
    }

    /// A skeleton by its number.
    pub(super) fn letters_of_skeleton(&self, number: u32) -> &str {
        &self.skeletons[number as usize]
    }

    /// What tells at a glance that another word is not close to it.
    pub fn shape(&self, id: WordId) -> Shape {
        self.known[id as usize].shape
    }

    /// ln of the share of names that have the word in a place.
    pub fn ln_share(&self, place: Place, id: WordId) -> f32 {
        self.known[id as usize].shares[place as usize]
    }

    /// Chance that two people have the same word in a place.
    pub fn agreement(&self, place: Place) -> f32 {
        self.frequencies.agreement[place as usize]
    }

    /// ln of it.
    pub fn ln_agreement(&self, place: Place) -> f32 {
        self.ln_agreement[place as usize]
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

    /// How close two words are.
    pub fn closeness(&self, a: WordId, b: WordId) -> Closeness {
        if a == b {
            return Closeness::Same;
        }
        let (known_a, known_b) = (&self.known[a as usize], &self.known[b as usize]);
        let close = if known_a.shape.may_be_close(known_b.shape) {
            self.remembered.or_reckon(a, b, || closeness(self.word(a), self.word(b)))
        } else {
            Closeness::Other
        };
        let stand_for_each_other =
            || known_a.learnt && known_b.learnt && self.learnt.contains(&(a.min(b), a.max(b)));
        if close == Closeness::Other && stand_for_each_other() { Closeness::Near } else { close }
    }
}

/// Damaged words are found where the whole one is: words that stand for each other, also through others, share the
/// skeleton of the one that most bear.
fn stand_for_each_other(known: &mut [Known], frequencies: &Frequencies, learnt: &[(WordId, WordId)]) {
    let times = |word: usize| frequencies.counts.iter().map(|of| of[word]).sum::<u32>();
    let mut groups = Joined::apart(known.len());
    for (a, b) in learnt {
        groups.join(*a as usize, *b as usize);
        known[*a as usize].learnt = true;
        known[*b as usize].learnt = true;
    }
    let learnt: Vec<usize> = (0..known.len()).filter(|word| known[*word].learnt).collect();
    // By their group, the lowest of its words.
    let mut commonest: FxHashMap<usize, usize> = FxHashMap::default();
    for word in &learnt {
        let common = commonest.entry(groups.first(*word)).or_insert(*word);
        if times(*word) > times(*common) {
            *common = *word;
        }
    }
    let skeletons: Vec<u32> =
        learnt.iter().map(|word| known[commonest[&groups.first(*word)]].skeleton).collect();
    for (word, skeleton) in learnt.into_iter().zip(skeletons) {
        known[word].skeleton = skeleton;
    }
}
