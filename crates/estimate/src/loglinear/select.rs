//! Which model: all of them fitted, the best by a criterion among those that have an estimate, and the average of all.

use libm::exp;
use rayon::prelude::*;

use super::cells::CellCounts;
use super::exists::existing;
use super::fit::{Fit, Fitting};
use super::model::Model;

/// By what models are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// Akaike's.
    Aic,
    /// The Bayesian one.
    Bic,
}

impl Criterion {
    fn of(self, fit: &Fit) -> f64 {
        match self {
            Criterion::Aic => fit.aic,
            Criterion::Bic => fit.bic,
        }
    }
}

/// Fitted models, and which of them have an estimate.
#[derive(Debug, Clone)]
pub struct Selection {
    fits: Vec<Fit>,
    exists: Vec<bool>,
}

/// An estimate averaged over models by their weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// The average of the models' estimates.
    pub population: f64,
    /// The standard error, that between models included (Burnham and Anderson 2002).
    pub standard_error: f64,
    /// The share of all models' weight that lies on models without an estimate, which are left out.
    pub weight_without_estimate: f64,
    /// The lowest and the highest estimate of models within 2 of the best.
    pub range: (f64, f64),
}

/// Fits models in parallel.
pub fn select(cells: &CellCounts, models: &[Model]) -> Selection {
    let work = || Fitting::new(cells);
    selection(cells, models.par_iter().map_init(work, |work, model| work.fit(model, false)).collect())
}

/// Fits models one after the other, for callers that are parallel themselves.
pub fn select_among(cells: &CellCounts, models: &[Model]) -> Selection {
    let mut work = Fitting::new(cells);
    selection(cells, models.iter().map(|model| work.fit(model, false)).collect())
}

fn selection(cells: &CellCounts, fits: Vec<Fit>) -> Selection {
    let best = |criterion: Criterion| fits.iter().map(|fit| criterion.of(fit)).fold(f64::INFINITY, f64::min);
    let (aic, bic) = (best(Criterion::Aic), best(Criterion::Bic));
    // A model whose weight cannot be seen in any printed digit need not be proved to exist.
    let matters = |fit: &Fit| fit.aic - aic < 40.0 || fit.bic - bic < 40.0;
    let exists = existing(cells, &fits, matters);
    Selection { fits, exists }
}

impl Selection {
    /// All fits, in the order of the models.
    pub fn fits(&self) -> &[Fit] {
        &self.fits
    }

    /// Fits that have an estimate, the best first.
    pub fn ranked(&self, criterion: Criterion) -> Vec<&Fit> {
        let mut fits: Vec<&Fit> =
            self.fits.iter().zip(&self.exists).filter(|(_, exists)| **exists).map(|(fit, _)| fit).collect();
        fits.sort_by(|a, b| criterion.of(a).total_cmp(&criterion.of(b)));
        fits
    }

    /// The best model that has an estimate.
    pub fn best(&self, criterion: Criterion) -> Option<&Fit> {
        self.ranked(criterion).first().copied()
    }

    /// Models that have an estimate with their weights `exp(−Δ/2)`, the best first: shares of the weight of all models, those
    /// without an estimate among them.
    pub fn weighted(&self, criterion: Criterion) -> Vec<(&Fit, f64)> {
        let least = self.fits.iter().map(|fit| criterion.of(fit)).fold(f64::INFINITY, f64::min);
        let weight = |fit: &Fit| exp(-0.5 * (criterion.of(fit) - least));
        let all: f64 = self.fits.iter().map(weight).filter(|weight| weight.is_finite()).sum();
        self.ranked(criterion).into_iter().map(|fit| (fit, weight(fit) / all)).collect()
    }

    /// The average over models that have an estimate, by their weights.
    pub fn average(&self, criterion: Criterion) -> Option<Average> {
        let weighted = self.weighted(criterion);
        let kept: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let (best, _) = weighted.first()?;
        let mean = |value: &dyn Fn(&Fit) -> f64| {
            weighted.iter().map(|(fit, weight)| weight * value(fit)).sum::<f64>() / kept
        };
        let population = mean(&|fit| fit.population);
        let standard_error = mean(&|fit| {
            libm::sqrt(fit.standard_error * fit.standard_error + (fit.population - population).powi(2))
        });
        let close = weighted.iter().filter(|(fit, _)| criterion.of(fit) - criterion.of(best) <= 2.0);
        let range = close.map(|(fit, _)| fit).fold((f64::INFINITY, 0.0_f64), |(low, high), fit| {
            (low.min(fit.population), high.max(fit.population))
        });
        Some(Average { population, standard_error, weight_without_estimate: (1.0 - kept).max(0.0), range })
    }
}
