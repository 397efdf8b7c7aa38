//! Sparse vectors of words and phrases, by number and in order, and what two of them have in common.

use std::collections::BTreeMap;

use super::word_shares::Missing;
use super::words::{numbered, spread};

/// Items with their weights, in the order of the items.
pub type Row = Vec<(u32, f32)>;

/// Texts as vectors of words: ln(reports / reports that have it), and how many reports have each word.
pub struct Words {
    rows: Vec<Row>,
    lengths: Vec<f32>,
    spread: Vec<u32>,
    numbers: BTreeMap<String, u32>,
    texts: f32,
}

/// Two texts beside each other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Common {
    /// Cosine of the angle between them.
    pub cosine: f32,
    /// Squared weights of the words in common.
    pub sum: f32,
    /// Words in common that at most [`RARE`] reports have.
    pub rare: u32,
    /// Words in common that at most [`UNCOMMON`] have.
    pub uncommon: u32,
}

/// Reports that have a rare word, at most.
pub const RARE: u32 = 10;
/// Reports that have an uncommon word, at most.
pub const UNCOMMON: u32 = 30;

impl Words {
    /// Of the words of texts; words of one text only, and of more than half of them, are left out.
    pub fn new(texts: &[Vec<String>]) -> Words {
        let numbers = numbered(texts.iter().flatten().map(String::as_str));
        let sets: Vec<Vec<u32>> =
            texts.iter().map(|text| set(text.iter().map(|word| numbers[word.as_str()]))).collect();
        let missing = Missing::beside(texts.len());
        let spread = spread_at_large(&sets, &numbers, missing);
        let numbers = numbers.into_iter().map(|(word, number)| (word.to_owned(), number)).collect();
        let mut words =
            Words { rows: Vec::new(), lengths: Vec::new(), spread, numbers, texts: missing.all() };
        words.rows = sets.iter().map(|set| words.weighted(set)).collect();
        words.lengths = words.rows.iter().map(|row| length(row).max(1e-6)).collect();
        words
    }

    /// A part of a text as a vector.
    pub fn row(&self, part: &[String]) -> Row {
        self.weighted(&set(part.iter().filter_map(|word| self.numbers.get(word).copied())))
    }

    fn weighted(&self, words: &[u32]) -> Row {
        let weight = |word: &u32| {
            let of = self.spread[*word as usize];
            (of >= 2 && of as f32 <= self.texts * 0.5 + 1.0).then(|| (*word, (self.texts / of as f32).ln()))
        };
        words.iter().filter_map(weight).collect()
    }

    /// The words of each text that are weighed.
    pub fn sets(&self) -> Vec<Vec<u32>> {
        self.rows.iter().map(|row| row.iter().map(|(word, _)| *word).collect()).collect()
    }

    /// What two texts have in common.
    pub fn common(&self, a: usize, b: usize) -> Common {
        let mut common = Common::default();
        for (word, one, other) in matches(&self.rows[a], &self.rows[b]) {
            common.sum += one * other;
            common.rare += u32::from(self.spread[word as usize] <= RARE);
            common.uncommon += u32::from(self.spread[word as usize] <= UNCOMMON);
        }
        common.cosine = common.sum / (self.lengths[a] * self.lengths[b]);
        common
    }
}

/// Rare pairs of neighbouring words, weighted: those that two to `most` reports have. In a text of Arabic letters only
/// Arabic words count: the rest is the page's furniture.
pub fn phrases(texts: &[Vec<String>], most: u32) -> Vec<Row> {
    let of = |words: &Vec<String>| -> Vec<String> {
        let arabic = words.iter().filter(|word| !word.is_ascii()).count() * 3 > words.len();
        let kept: Vec<&String> = words.iter().filter(|word| !arabic || !word.is_ascii()).collect();
        kept.windows(2).map(|pair| format!("{} {}", pair[0], pair[1])).collect()
    };
    let phrases: Vec<Vec<String>> = texts.iter().map(of).collect();
    let numbers = numbered(phrases.iter().flatten().map(String::as_str));
    let sets: Vec<Vec<u32>> =
        phrases.iter().map(|row| set(row.iter().map(|phrase| numbers[phrase.as_str()]))).collect();
    let missing = Missing::beside(texts.len());
    let spread = spread_at_large(&sets, &numbers, missing);
    let weight = |item: &u32| {
        let of = spread[*item as usize];
        (2..=most).contains(&of).then(|| (*item, (missing.all() / of as f32).ln()))
    };
    sets.iter().map(|set| set.iter().filter_map(weight).collect()).collect()
}

/// How many reports have each of some words or phrases: those compared, and those missing beside them.
fn spread_at_large(sets: &[Vec<u32>], numbers: &BTreeMap<&str, u32>, missing: Missing) -> Vec<u32> {
    let mut spread = spread(sets.iter().map(Vec::as_slice), numbers.len());
    for (said, number) in numbers {
        let of = &mut spread[*number as usize];
        *of += missing.with(said, *of);
    }
    spread
}

/// Each item once, in order.
pub fn set<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// The length of a vector.
pub fn length(row: &[(u32, f32)]) -> f32 {
    row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt()
}

/// The product of two vectors.
pub fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    matches(a, b).map(|(_, one, other)| one * other).sum()
}

/// Items of both rows, with both weights.
pub fn matches<'a>(a: &'a [(u32, f32)], b: &'a [(u32, f32)]) -> impl Iterator<Item = (u32, f32, f32)> + 'a {
    let mut from = 0;
    a.iter().filter_map(move |(item, one)| {
        while from < b.len() && b[from].0 < *item {
            from += 1;
        }
        b.get(from).filter(|(other, _)| other == item).map(|(_, other)| (*item, *one, *other))
    })
}

/// Items of both sets.
pub fn common<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> + 'a {
    a.iter().filter(|item| b.binary_search(item).is_ok())
}

/// Pairs of reports that share an item which at most `most` reports have.
pub fn share<T: Ord + Copy>(sets: &[Vec<T>], most: usize, pairs: &mut Vec<(u32, u32)>) {
    let mut by: Vec<(T, u32)> =
        sets.iter().zip(0..).flat_map(|(set, report)| set.iter().map(move |item| (*item, report))).collect();
    by.sort_unstable();
    for group in by.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= most) {
        for (at, (_, left)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|(_, right)| (*left, *right)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
}
