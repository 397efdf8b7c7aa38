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
    Fitting::new(cells).fit(model, extended)
}

/// The terms that have a finite parameter, the constant first, and which cells take part.
pub(super) fn free_terms(cells: &CellCounts, model: &Model, extended: bool) -> (Vec<u32>, Vec<bool>) {
    let mut fitting = Fitting::new(cells);
    fitting.free(model, extended);
    (fitting.terms, fitting.open)
}

/// What all models of a table share, and room to fit them in one after the other.
pub(super) struct Fitting<'a> {
    cells: &'a CellCounts,
    margins: Vec<f64>,
    observed: f64,
    /// `Σ ln(count!)`, of which a likelihood is short.
    ln_factorials: f64,
    /// The deviance's part that no model moves.
    saturated: f64,
    terms: Vec<u32>,
    open: Vec<bool>,
    eta: Vec<f64>,
    fitted: Vec<f64>,
    weights: Vec<f64>,
    weighted: Vec<f64>,
    beta: Vec<f64>,
    factor: Vec<f64>,
    column: Vec<f64>,
}

impl<'a> Fitting<'a> {
    /// Room to fit models of these cells.
    pub fn new(cells: &'a CellCounts) -> Self {
        let counts = cells.counts();
        let histories = counts.len();
        let seen = || counts.iter().filter(|count| **count > 0.0);
        Fitting {
            cells,
            margins: cells.margins(),
            observed: cells.observed(),
            ln_factorials: seen().map(|count| ln_gamma(count + 1.0)).sum(),
            saturated: seen().map(|count| count * log(*count) - count).sum(),
            terms: Vec::new(),
            open: vec![true; histories],
            eta: vec![0.0; histories],
            fitted: vec![0.0; histories],
            weights: vec![0.0; histories],
            weighted: vec![0.0; histories],
            beta: Vec::new(),
            factor: Vec::new(),
            column: Vec::new(),
        }
    }

    /// Fits a model by Newton steps, which are reweighted least squares.
    pub fn fit(&mut self, model: &Model, extended: bool) -> Fit {
        self.free(model, extended);
        self.start();
        let mut deviance = f64::INFINITY;
        let mut converged = false;
        // A deviance is a difference of sums as large as the counts, and known no better than they.
        let rounding = 1e-14 * self.observed;
        for _ in 0..MOST_ITERATIONS {
            if !self.step() {
                break;
            }
            let now = self.deviance();
            // Each step squares what the last one left: after a change as small as this nothing is left to see.
            converged = (deviance - now).abs() <= 1e-9 * (now.abs() + 0.1) + rounding;
            deviance = now;
            if converged {
                break;
            }
        }
        self.finish(model, converged)
    }

    /// Which terms have a finite parameter, and which cells take part.
    fn free(&mut self, model: &Model, extended: bool) {
        self.terms.clear();
        self.terms.push(0);
        self.open.fill(true);
        self.open[0] = false;
        for term in model.terms() {
            if extended && self.margins[*term as usize] == 0.0 {
                for (history, open) in (0_u32..).zip(&mut self.open) {
                    *open &= history & term != *term;
                }
            } else {
                self.terms.push(*term);
            }
        }
    }

    fn start(&mut self) {
        for (h, count) in self.cells.counts().iter().enumerate() {
            self.fitted[h] = if self.open[h] { count + 0.1 } else { 0.0 };
            self.eta[h] = if self.open[h] { log(self.fitted[h]) } else { 0.0 };
        }
        let size = self.terms.len();
        self.beta.clear();
        self.beta.resize(size, 0.0);
        self.factor.clear();
        self.factor.resize(size * size, 0.0);
    }

    /// One step; false where its equations cannot be solved.
    fn step(&mut self) -> bool {
        let lists = self.cells.lists();
        self.weights.copy_from_slice(&self.fitted);
        self.weights[0] = 0.0;
        for (h, count) in self.cells.counts().iter().enumerate() {
            let mean = self.fitted[h];
            self.weighted[h] = if self.open[h] { mean * self.eta[h] + count - mean } else { 0.0 };
        }
        sum_over_supersets(&mut self.weights, lists);
        sum_over_supersets(&mut self.weighted, lists);
        let size = self.terms.len();
        for (row, term) in self.factor.chunks_exact_mut(size).zip(&self.terms) {
            for (value, other) in row.iter_mut().zip(&self.terms) {
                *value = self.weights[(term | other) as usize];
            }
        }
        if !cholesky(&mut self.factor, size, &mut self.column) {
            return false;
        }
        for (beta, term) in self.beta.iter_mut().zip(&self.terms) {
            *beta = self.weighted[*term as usize];
        }
        solve(&self.factor, size, &mut self.beta);
        self.eta.fill(0.0);
        for (term, beta) in self.terms.iter().zip(&self.beta) {
            self.eta[*term as usize] = *beta;
        }
        sum_over_subsets(&mut self.eta, lists);
        for h in 0..self.eta.len() {
            self.eta[h] = self.eta[h].clamp(-60.0, 60.0);
            self.fitted[h] = if self.open[h] || h == 0 { exp(self.eta[h]) } else { 0.0 };
        }
        self.beta.iter().all(|beta| beta.is_finite())
    }

    /// `Σ count·η − mean` over the cells that take part.
    fn fit_of_cells(&self) -> f64 {
        let parts = self.cells.counts().iter().zip(&self.eta).zip(&self.fitted).skip(1);
        parts.map(|((count, eta), mean)| count * eta - mean).sum()
    }

    fn deviance(&self) -> f64 {
        2.0 * (self.saturated - self.fit_of_cells())
    }

    fn finish(&self, model: &Model, converged: bool) -> Fit {
        let size = self.terms.len();
        let missing = exp(self.beta[0]);
        let mut unit = vec![0.0; size];
        unit[0] = 1.0;
        solve(&self.factor, size, &mut unit);
        let log_likelihood = self.fit_of_cells() - self.ln_factorials;
        let parameters = model.parameters() as f64;
        let mut free = self.terms.iter().zip(&self.beta).peekable();
        // The free terms are the model's own, in their order, some left out.
        let of =
            |term: &u32| free.next_if(|(own, _)| *own == term).map_or(f64::NEG_INFINITY, |(_, beta)| *beta);
        Fit {
            parameters: std::iter::once(&0).chain(model.terms()).map(of).collect(),
            model: model.clone(),
            population: self.observed + missing,
            standard_error: sqrt(missing + missing * missing * unit[0]),
            deviance: deviance_of(self.cells.counts(), &self.fitted, &self.open),
            freedom: (self.cells.counts().len() - 1) as f64 - parameters,
            aic: -2.0 * log_likelihood + 2.0 * parameters,
            bic: -2.0 * log_likelihood + parameters * log(self.observed),
            fitted: self.fitted.clone(),
            converged,
        }
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
