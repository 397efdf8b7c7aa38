//! The sparse stepwise two-way model (Chan, Silverman and Vincent 2021): from independent lists on, the pair whose overlap
//! speaks most against the model is added, as long as it speaks clearly enough; pairs that share nobody have a parameter
//! of minus infinity.

use super::cells::{CellCounts, sum_over_supersets};
use super::exists::existence;
use super::fit::{Fit, fit};
use super::model::Model;
use crate::special::poisson_at_most;
use crate::table::pairs;

/// A model built step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct Stepwise {
    /// The model where the steps ended, fitted.
    pub fit: Fit,
    /// The pairs in the order in which they were added, as positions of lists.
    pub added: Vec<(usize, usize)>,
}

/// Builds the model; `threshold` is the largest probability at which a pair is added (0.02 in the paper).
pub fn stepwise(cells: &CellCounts, threshold: f64) -> Stepwise {
    let margins = cells.margins();
    let mut model = Model::independence(cells.lists());
    let mut current = fit(cells, &model, true);
    let mut added = Vec::new();
    loop {
        let mut expected = current.fitted.clone();
        expected[0] = 0.0;
        sum_over_supersets(&mut expected, cells.lists());
        let mut candidates: Vec<(f64, (usize, usize), u32)> = pairs(cells.lists())
            .into_iter()
            .map(|(one, other)| (one, other, 1_u32 << one | 1 << other))
            .filter(|(_, _, pair)| !model.terms().contains(pair))
            .map(|(one, other, pair)| {
                (surprise(margins[pair as usize], expected[pair as usize]), (one, other), pair)
            })
            .filter(|(probability, _, _)| *probability < threshold)
            .collect();
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
        let next = candidates.iter().find(|(_, _, pair)| existence(cells, &model.with(*pair), true).holds());
        let Some((_, lists, pair)) = next else {
            return Stepwise { fit: current, added };
        };
        model = model.with(*pair);
        current = fit(cells, &model, true);
        added.push(*lists);
    }
}

/// The probability of an overlap as far out on its own side, given what the model expects.
fn surprise(observed: f64, expected: f64) -> f64 {
    let count = observed as u64;
    if observed <= expected {
        poisson_at_most(count, expected)
    } else if count == 0 {
        1.0
    } else {
        1.0 - poisson_at_most(count - 1, expected)
    }
}
