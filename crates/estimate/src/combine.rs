//! Estimates of several replicates of one table, combined into one by the published rule on the logarithm of the missing.

use libm::{exp, log, sqrt};

use crate::special::t_quantile;
use crate::summary::{mean, variance};

/// A combined estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Combined {
    /// The mean of the replicates' means.
    pub mean: f64,
    /// 2.5 %.
    pub low: f64,
    /// 97.5 %.
    pub high: f64,
}

/// Combines draws of everybody's number by replicate: variance of the logarithm of the missing within and between
/// replicates, and Student's t (Rubin 1987). `None` for fewer than two replicates, or where a draw misses nobody.
pub fn log_t(observed: f64, replicates: &[Vec<f64>]) -> Option<Combined> {
    let missing = |draws: &Vec<f64>| draws.iter().map(|draw| log(draw - observed)).collect::<Vec<f64>>();
    let logs: Vec<Vec<f64>> = replicates.iter().map(missing).collect();
    if logs.len() < 2 || logs.iter().flatten().any(|log| !log.is_finite()) {
        return None;
    }
    let count = logs.len() as f64;
    let means: Vec<f64> = logs.iter().map(|logs| mean(logs)).collect();
    let within = mean(&logs.iter().map(|logs| variance(logs)).collect::<Vec<_>>());
    let between = variance(&means);
    let ratio = 1.0 + count * within / ((count + 1.0) * between);
    let spread =
        t_quantile(0.975, (count - 1.0) * ratio * ratio) * sqrt(within + (1.0 + 1.0 / count) * between);
    let centre = mean(&means);
    Some(Combined {
        mean: mean(&replicates.iter().map(|draws| mean(draws)).collect::<Vec<_>>()),
        low: observed + exp(centre - spread),
        high: observed + exp(centre + spread),
    })
}
