//! The profile likelihood interval of a model's estimate (Cormack 1992): which numbers of people the multinomial
//! likelihood, made as large as it can be at each of them, does not speak against.

use libm::log;

use super::cells::{CellCounts, sum_over_subsets, sum_over_supersets};
use super::fit::Fit;
use super::linear::{cholesky, solve};
use crate::special::ln_gamma;

/// A profile likelihood interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// Where the likelihood is largest.
    pub population: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end; infinite where the likelihood does not fall far enough.
    pub high: f64,
}

/// The 95 % interval around a fitted model.
pub fn profile_interval(cells: &CellCounts, fit: &Fit) -> Profile {
    let missing = (fit.population - cells.observed()).max(1e-9);
    let start = Start { missing, eta: eta_of(cells, fit) };
    let height = |missing: f64| profile(cells, fit, &start, missing);
    let top = peak(&height, missing);
    let floor = height(top) - 0.5 * 3.841_458_820_694_124;
    let low = if height(0.0) >= floor { 0.0 } else { crossing(&height, floor, top, 0.0) };
    let mut far = 2.0 * top + 10.0;
    while height(far) > floor && far < 1e6 * (missing + cells.observed()) {
        far *= 2.0;
    }
    let high = if height(far) > floor { f64::INFINITY } else { crossing(&height, floor, top, far) };
    let observed = cells.observed();
    Profile { population: observed + top, low: observed + low, high: observed + high }
}

struct Start {
    missing: f64,
    eta: Vec<f64>,
}

fn eta_of(cells: &CellCounts, fit: &Fit) -> Vec<f64> {
    let mut eta = vec![0.0; cells.counts().len()];
    eta[0] = fit.parameters[0];
    for (term, beta) in fit.model.terms().iter().zip(&fit.parameters[1..]) {
        eta[*term as usize] = *beta;
    }
    sum_over_subsets(&mut eta, cells.lists());
    eta
}

/// The multinomial log-likelihood at `missing` people on no list, largest over the model's parameters.
fn profile(cells: &CellCounts, fit: &Fit, start: &Start, missing: f64) -> f64 {
    let mut counts = cells.counts().to_vec();
    counts[0] = missing;
    let terms: Vec<u32> = std::iter::once(0).chain(fit.model.terms().iter().copied()).collect();
    let size = terms.len();
    let mut eta = start.eta.clone();
    eta[0] += log((missing + 1e-6) / (start.missing + 1e-6)) * 0.5;
    let mut before = f64::NEG_INFINITY;
    let mut column = Vec::new();
    let total = cells.observed() + missing;
    for _ in 0..60 {
        let fitted: Vec<f64> = eta.iter().map(|eta| libm::exp(eta.clamp(-60.0, 60.0))).collect();
        let mut weights = fitted.clone();
        let mut weighted: Vec<f64> =
            (0..counts.len()).map(|h| fitted[h] * eta[h] + counts[h] - fitted[h]).collect();
        sum_over_supersets(&mut weights, cells.lists());
        sum_over_supersets(&mut weighted, cells.lists());
        let mut matrix = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                matrix[row * size + column] = weights[(terms[row] | terms[column]) as usize];
            }
        }
        if !cholesky(&mut matrix, size, &mut column) {
            return f64::NEG_INFINITY;
        }
        let mut beta: Vec<f64> = terms.iter().map(|term| weighted[*term as usize]).collect();
        solve(&matrix, size, &mut beta);
        eta = vec![0.0; counts.len()];
        terms.iter().zip(&beta).for_each(|(term, beta)| eta[*term as usize] = *beta);
        sum_over_subsets(&mut eta, cells.lists());
        let parts = counts.iter().zip(&eta).filter(|(count, _)| **count > 0.0);
        let now = parts.map(|(count, eta)| count * (eta - log(total))).sum::<f64>();
        if (now - before).abs() <= 1e-11 * now.abs() {
            before = now;
            break;
        }
        before = now;
    }
    before + ln_gamma(total + 1.0) - ln_gamma(missing + 1.0)
}

/// The place of the largest value near `start`, by golden section over a widening bracket.
fn peak(height: &impl Fn(f64) -> f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, 2.0 * start + 10.0);
    while height(high) > height(0.5 * (low + high)) && high < 1e9 * (start + 1.0) {
        high *= 2.0;
    }
    let ratio = 0.618_033_988_749_894_9;
    for _ in 0..120 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if height(a) > height(b) {
            high = b
        } else {
            low = a
        }
        if high - low < 1e-7 * (1.0 + high) {
            break;
        }
    }
    0.5 * (low + high)
}

/// Where the likelihood falls through `floor` between the peak and a place beyond.
fn crossing(height: &impl Fn(f64) -> f64, floor: f64, peak: f64, beyond: f64) -> f64 {
    let (mut inside, mut outside) = (peak, beyond);
    for _ in 0..80 {
        let middle = 0.5 * (inside + outside);
        if height(middle) >= floor {
            inside = middle
        } else {
            outside = middle
        }
        if (inside - outside).abs() < 1e-7 * (1.0 + inside) {
            break;
        }
    }
    0.5 * (inside + outside)
}
