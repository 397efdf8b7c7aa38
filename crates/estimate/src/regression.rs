//! Poisson regression with a design of any columns, for models that are not about sets of lists alone.

use libm::{exp, log};

use crate::loglinear::linear::{cholesky, solve};

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// Parameters, in the order of columns.
    pub parameters: Vec<f64>,
    /// The variance of the first parameter.
    pub first_variance: f64,
    /// The deviance from the saturated model.
    pub deviance: f64,
    /// Rows less columns.
    pub freedom: f64,
}

/// Fits counts to a design; `None` where the equations cannot be solved.
pub fn poisson_regression(design: &[Vec<f64>], counts: &[f64]) -> Option<Regression> {
    let size = design.first()?.len();
    let mut eta: Vec<f64> = counts.iter().map(|count| log(count + 0.1)).collect();
    let mut before = f64::INFINITY;
    let rounding = 1e-14 * counts.iter().sum::<f64>();
    for _ in 0..200 {
        let mut matrix = vec![0.0; size * size];
        let mut values = vec![0.0; size];
        for ((row, eta), count) in design.iter().zip(&eta).zip(counts) {
            let mean = exp(*eta);
            for a in 0..size {
                values[a] += row[a] * (mean * eta + count - mean);
                for b in 0..=a {
                    matrix[a * size + b] += mean * row[a] * row[b];
                }
            }
        }
        if !cholesky(&mut matrix, size, &mut Vec::new()) {
            return None;
        }
        solve(&matrix, size, &mut values);
        let product = |row: &Vec<f64>| row.iter().zip(&values).map(|(x, beta)| x * beta).sum::<f64>();
        eta = design.iter().map(|row| product(row).clamp(-60.0, 60.0)).collect();
        let deviance = deviance(counts, &eta);
        if (before - deviance).abs() <= 1e-12 * (deviance.abs() + 0.1) + rounding {
            let mut unit = vec![0.0; size];
            unit[0] = 1.0;
            solve(&matrix, size, &mut unit);
            let freedom = (design.len() - size) as f64;
            return Some(Regression { parameters: values, first_variance: unit[0], deviance, freedom });
        }
        before = deviance;
    }
    None
}

fn deviance(counts: &[f64], eta: &[f64]) -> f64 {
    let part = |(count, eta): (&f64, &f64)| {
        let mean = exp(*eta);
        if *count > 0.0 { count * (log(*count) - eta) - (count - mean) } else { mean }
    };
    2.0 * counts.iter().zip(eta).map(part).sum::<f64>()
}
