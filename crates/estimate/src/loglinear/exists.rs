//! Whether a model has an estimate: sparse tables can drive parameters to infinity, and then a program prints a number
//! that means nothing (Fienberg and Rinaldo 2012).

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::cells::CellCounts;
use super::fit::{Fit, free_terms};
use super::model::Model;

/// Whether the extended maximum likelihood estimate exists and is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Existence {
    /// No positive table has the same sufficient sums: there is no estimate.
    pub none: bool,
    /// The parameters that are left are more than the cells that are left can tell.
    pub unidentified: bool,
}

impl Existence {
    /// Whether there is exactly one estimate.
    pub fn holds(self) -> bool {
        !self.none && !self.unidentified
    }

    /// The status that sparse-table programs of this field print: 0 exists, 1 none, 2 not identified, 3 both.
    pub fn status(self) -> u8 {
        u8::from(self.none) + 2 * u8::from(self.unidentified)
    }
}

/// Checks a model. Terms whose lists share nobody are taken out first, with their cells, where `extended` is set.
///
/// The estimate exists where some direction leaves every sufficient sum as it is and makes every empty cell positive:
/// a linear programme without any scale, so counts of a thousand million are as good as counts of one.
pub fn existence(cells: &CellCounts, model: &Model, extended: bool) -> Existence {
    let (terms, open) = free_terms(cells, model, extended);
    let histories: Vec<usize> = (1..cells.counts().len()).filter(|h| open[*h]).collect();
    Existence {
        none: !direction_exists(cells, &terms, &histories),
        unidentified: rank(&terms, &histories) < terms.len(),
    }
}

/// Which of the fitted models that matter have an estimate. A fit at rest with no cell driven towards zero is the proof
/// itself. A model without one passes that on to the models around it, which ask for more: the programme is solved for
/// small models first, and only where nothing within them has failed.
pub(super) fn existing(cells: &CellCounts, fits: &[Fit], matters: impl Fn(&Fit) -> bool) -> Vec<bool> {
    let mut exists: Vec<bool> = fits.iter().map(|fit| matters(fit) && at_rest(cells, fit)).collect();
    let mut open: Vec<usize> = (0..fits.len()).filter(|at| !exists[*at] && matters(&fits[*at])).collect();
    open.sort_by_key(|at| fits[*at].model.terms().len());
    let mut without: Vec<&Model> = Vec::new();
    for at in open {
        let model = &fits[at].model;
        if without.iter().any(|inside| inside.is_within(model)) {
            continue;
        }
        exists[at] = existence(cells, model, false).holds();
        if !exists[at] {
            without.push(model);
        }
    }
    exists
}

fn at_rest(cells: &CellCounts, fit: &Fit) -> bool {
    let driven = |h: usize| cells.counts()[h] == 0.0 && fit.fitted[h] < 1e-3;
    fit.converged && fit.population.is_finite() && !(1..cells.counts().len()).any(driven)
}

fn direction_exists(cells: &CellCounts, terms: &[u32], histories: &[usize]) -> bool {
    if histories.iter().all(|h| cells.counts()[*h] > 0.0) {
        return true;
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variables: Vec<_> = histories
        .iter()
        .map(|h| {
            let least = if cells.counts()[*h] == 0.0 { 1.0 } else { f64::NEG_INFINITY };
            problem.add_var(0.0, (least, f64::INFINITY))
        })
        .collect();
    for term in terms {
        let sum: Vec<_> = histories
            .iter()
            .zip(&variables)
            .filter(|(h, _)| **h as u32 & term == *term)
            .map(|(_, variable)| (*variable, 1.0))
            .collect();
        if !sum.is_empty() {
            problem.add_constraint(sum, ComparisonOp::Eq, 0.0);
        }
    }
    problem.solve().is_ok()
}

/// The rank of the design over the given cells, by elimination; its entries are 0 and 1.
fn rank(terms: &[u32], histories: &[usize]) -> usize {
    let mut rows: Vec<Vec<f64>> = histories
        .iter()
        .map(|h| terms.iter().map(|term| f64::from(u8::from(*h as u32 & term == *term))).collect())
        .collect();
    let mut rank = 0;
    for column in 0..terms.len() {
        let Some(pivot) =
            (rank..rows.len()).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
        else {
            break;
        };
        if rows[pivot][column].abs() < 1e-9 {
            continue;
        }
        rows.swap(rank, pivot);
        let (done, below) = rows.split_at_mut(rank + 1);
        let leading = &done[rank];
        for row in below {
            let ratio = row[column] / leading[column];
            if ratio != 0.0 {
                row.iter_mut().zip(leading).for_each(|(value, lead)| *value -= ratio * lead);
            }
        }
        rank += 1;
    }
    rank
}
