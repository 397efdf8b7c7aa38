//! One log-linear model by iteratively reweighted least squares. Sums over supersets take the place of a design matrix:
//! the product of two terms' columns is the column of their union.

use libm::{exp, log, sqrt};

use super::cells::{CellCounts, sum_over_subsets, sum_over_supersets};
use super::linear::{cholesky, solve};
use super::model::Model;
use crate::special::ln_gamma;

const MOST_ITERATIONS: usize = 60;

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Which model.
    pub model: Model,
    /// The estimate of everybody, on a list or not.
    pub population: f64,
    /// Its standard error: Poisson variation of the missing cell and that of the parameters.
    pub standard_error: f64,
    /// The deviance from the saturated model.
    pub deviance: f64,
    /// Degrees of freedom: cells less parameters.
    pub freedom: f64,
    /// Akaike's criterion, of the Poisson likelihood.
    pub aic: f64,
    /// The Bayesian criterion, with the people observed as the sample's size.
    pub bic: f64,
    /// Parameters, the constant first, then the model's terms in their order.
    pub parameters: Vec<f64>,
    /// Fitted counts by history; that of 0 is the missing cell.
    pub fitted: Vec<f64>,
    /// Whether the iterations came to rest.
    pub converged: bool,
}

/// Fits a model. Cells in which a term's lists share nobody are structural zeros where `extended` is set: the term's
/// parameter is then minus infinity (the extended maximum likelihood estimate) and leaves the model.
pub fn fit(cells: &CellCounts, model: &Model, extended: bool) -> Fit {
    let (terms, open) = free_terms(cells, model, extended);
    let mut work = Work::new(cells, &terms, &open);
    let mut deviance = f64::INFINITY;
    let mut converged = false;
    // A deviance is a difference of sums as large as the counts, and known no better than they.
    let rounding = 1e-14 * cells.observed();
    for _ in 0..MOST_ITERATIONS {
        if !work.step(cells, &terms, &open) {
            break;
        }
        let now = deviance_of(cells.counts(), &work.fitted, &open);
        if (deviance - now).abs() <= 1e-12 * (now.abs() + 0.1) + rounding {
            converged = true;
            deviance = now;
            break;
        }
        deviance = now;
    }
    finish(cells, model, &terms, &open, work, deviance, converged)
}

/// The terms that have a finite parameter, the constant first, and which cells take part.
pub(super) fn free_terms(cells: &CellCounts, model: &Model, extended: bool) -> (Vec<u32>, Vec<bool>) {
    let mut terms = vec![0_u32];
    let mut open = vec![true; cells.counts().len()];
    open[0] = false;
    let margins = cells.margins();
    for term in model.terms() {
        if extended && margins[*term as usize] == 0.0 {
            for (history, open) in open.iter_mut().enumerate() {
                *open &= history as u32 & term != *term;
            }
        } else {
            terms.push(*term);
        }
    }
    (terms, open)
}

struct Work {
    eta: Vec<f64>,
    fitted: Vec<f64>,
    beta: Vec<f64>,
    factor: Vec<f64>,
}

impl Work {
    fn new(cells: &CellCounts, terms: &[u32], open: &[bool]) -> Self {
        let start = |(count, open): (&f64, &bool)| if *open { count + 0.1 } else { 0.0 };
        let fitted: Vec<f64> = cells.counts().iter().zip(open).map(start).collect();
        let eta = fitted.iter().map(|mean| if *mean > 0.0 { log(*mean) } else { 0.0 }).collect();
        Work { eta, fitted, beta: vec![0.0; terms.len()], factor: vec![0.0; terms.len() * terms.len()] }
    }

    /// One reweighted least squares step; false where the equations cannot be solved.
    fn step(&mut self, cells: &CellCounts, terms: &[u32], open: &[bool]) -> bool {
        let counts = cells.counts();
        let mut weighted: Vec<f64> = (0..counts.len())
            .map(|h| if open[h] { self.fitted[h] * self.eta[h] + counts[h] - self.fitted[h] } else { 0.0 })
            .collect();
        let mut weights = self.fitted.clone();
        weights[0] = 0.0;
        sum_over_supersets(&mut weights, cells.lists());
        sum_over_supersets(&mut weighted, cells.lists());
        let size = terms.len();
        for row in 0..size {
            for column in 0..=row {
                self.factor[row * size + column] = weights[(terms[row] | terms[column]) as usize];
            }
        }
        if !cholesky(&mut self.factor, size) {
            return false;
        }
        for (at, term) in terms.iter().enumerate() {
            self.beta[at] = weighted[*term as usize];
        }
        solve(&self.factor, size, &mut self.beta);
        let mut eta = vec![0.0; counts.len()];
        for (term, beta) in terms.iter().zip(&self.beta) {
            eta[*term as usize] = *beta;
        }
        sum_over_subsets(&mut eta, cells.lists());
        for h in 0..counts.len() {
            self.eta[h] = eta[h].clamp(-60.0, 60.0);
            self.fitted[h] = if open[h] || h == 0 { exp(self.eta[h]) } else { 0.0 };
        }
        self.beta.iter().all(|beta| beta.is_finite())
    }
}

fn finish(
    cells: &CellCounts,
    model: &Model,
    terms: &[u32],
    open: &[bool],
    work: Work,
    deviance: f64,
    converged: bool,
) -> Fit {
    let size = terms.len();
    let missing = exp(work.beta[0]);
    let mut unit = vec![0.0; size];
    unit[0] = 1.0;
    solve(&work.factor, size, &mut unit);
    let mut log_likelihood = 0.0;
    for (h, count) in cells.counts().iter().enumerate().filter(|(h, _)| open[*h]) {
        let term = if *count > 0.0 { count * log(work.fitted[h]) } else { 0.0 };
        log_likelihood += term - work.fitted[h] - ln_gamma(count + 1.0);
    }
    let parameters = model.parameters() as f64;
    let observed = cells.observed();
    let beta_of =
        |term: &u32| terms.iter().position(|free| free == term).map_or(f64::NEG_INFINITY, |at| work.beta[at]);
    Fit {
        model: model.clone(),
        population: observed + missing,
        standard_error: sqrt(missing + missing * missing * unit[0]),
        deviance,
        freedom: (cells.counts().len() - 1) as f64 - parameters,
        aic: -2.0 * log_likelihood + 2.0 * parameters,
        bic: -2.0 * log_likelihood + parameters * log(observed),
        parameters: std::iter::once(&0).chain(model.terms()).map(beta_of).collect(),
        fitted: work.fitted,
        converged,
    }
}

fn deviance_of(counts: &[f64], fitted: &[f64], open: &[bool]) -> f64 {
    let mut sum = 0.0;
    for h in (1..counts.len()).filter(|h| open[*h]) {
        let (count, mean) = (counts[h], fitted[h]);
        sum += if count > 0.0 { count * log(count / mean) - (count - mean) } else { mean };
    }
    2.0 * sum
}
