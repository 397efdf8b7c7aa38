//! The counts of all histories that a table can have, zeros too, and sums over sets of lists.

use crate::CaptureTable;

/// A count for each history from 0 to 2^J − 1; that of 0, which nobody sees, is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct CellCounts {
    lists: usize,
    counts: Vec<f64>,
}

impl CellCounts {
    /// The cells of a table.
    pub fn new(table: &CaptureTable) -> Self {
        let mut counts = vec![0.0; 1 << table.width()];
        for (history, count) in table.cells() {
            counts[*history as usize] = *count as f64;
        }
        CellCounts { lists: table.width(), counts }
    }

    /// Cells with these counts, in the order of histories.
    pub fn of(lists: usize, counts: Vec<f64>) -> Self {
        CellCounts { lists, counts }
    }

    /// How many lists there are.
    pub fn lists(&self) -> usize {
        self.lists
    }

    /// The counts, by history.
    pub fn counts(&self) -> &[f64] {
        &self.counts
    }

    /// How many people are in all cells.
    pub fn observed(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// How many people are on all lists of each set: a sum over supersets.
    pub fn margins(&self) -> Vec<f64> {
        let mut sums = self.counts.clone();
        sum_over_supersets(&mut sums, self.lists);
        sums
    }
}

/// Turns values of sets into sums over the supersets of each, in place.
pub fn sum_over_supersets(values: &mut [f64], lists: usize) {
    for list in 0..lists {
        for pair in values.chunks_exact_mut(2 << list) {
            let (without, with) = pair.split_at_mut(1 << list);
            without.iter_mut().zip(with).for_each(|(sum, value)| *sum += *value);
        }
    }
}

/// Turns values of sets into sums over the subsets of each, in place.
pub fn sum_over_subsets(values: &mut [f64], lists: usize) {
    for list in 0..lists {
        for pair in values.chunks_exact_mut(2 << list) {
            let (without, with) = pair.split_at_mut(1 << list);
            with.iter_mut().zip(without).for_each(|(sum, value)| *sum += *value);
        }
    }
}
