//! Measures of weight, volume, area and length, from `data/measures.csv`: how much one is, and which stands after a number.

use std::sync::OnceLock;

use sijil_model::fold::fold;

use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::passage::{Item, Passage};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Mass,
    Volume,
    Area,
    Length,
}

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    pub dimension: Dimension,
    /// How much it is in kilograms, litres, square metres or metres.
    pub factor: f64,
}

/// A number with its measure.
#[derive(Debug, Clone)]
pub(crate) struct Quantity<'p> {
    /// Where its number stands, and where its measure ends.
    pub at: usize,
    pub end: usize,
    pub amount: &'p Amount,
    pub measure: Measure,
}

impl Quantity<'_> {
    /// Everything that it may be, in the plainest measure of its dimension.
    pub(crate) fn bounds(&self) -> Bounds {
        self.amount.bounds.times(self.measure.factor)
    }
}

/// All numbers of a passage that have a measure.
pub(crate) fn quantities(passage: &Passage) -> Vec<Quantity<'_>> {
    (0..passage.atoms.len()).filter_map(|at| quantity(passage, at)).collect()
}

fn quantity(passage: &Passage, at: usize) -> Option<Quantity<'_>> {
    let (Item::Count(amount) | Item::Measured(amount)) = &passage.atoms[at].item else { return None };
    // "25-kilo sacks".
    let hyphen = usize::from(passage.symbol(at + 1) == "-" && passage.atoms[at + 1].glued);
    let (measure, length) = measure(passage, at + 1 + hyphen)?;
    (!amount.is_vague()).then_some(Quantity { at, end: at + 1 + hyphen + length, amount, measure })
}

/// The measure whose words start at a place, the longest of them, with how many symbols they take.
pub(crate) fn measure(passage: &Passage, at: usize) -> Option<(Measure, usize)> {
    let told =
        |words: &Vec<String>| words.iter().enumerate().all(|(ahead, word)| passage.word(at + ahead) == word);
    let found = phrases().iter().filter(|(words, _)| told(words)).max_by_key(|(words, _)| words.len());
    found.map(|(words, measure)| (*measure, words.len()))
}

fn phrases() -> &'static [(Vec<String>, Measure)] {
    static PHRASES: OnceLock<Vec<(Vec<String>, Measure)>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let rows = include_str!("../data/measures.csv").lines().skip(1);
        let measures = rows.filter_map(|row| {
            let mut cells = row.split(',');
            let dimension = match cells.next()? {
                "mass" => Dimension::Mass,
                "volume" => Dimension::Volume,
                "area" => Dimension::Area,
                _ => Dimension::Length,
            };
            let measure = Measure { dimension, factor: cells.next()?.parse().ok()? };
            Some((measure, cells.next()?.split('|')))
        });
        let words = |phrase: &str| phrase.split(' ').map(fold).collect();
        measures.flat_map(|(measure, list)| list.map(move |phrase| (words(phrase), measure))).collect()
    })
}
