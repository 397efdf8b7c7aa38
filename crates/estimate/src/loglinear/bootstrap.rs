//! The bootstrap that repeats everything, the choice of the model too, and its bias-corrected accelerated interval
//! (Efron 1987).

use libm::sqrt;
use rayon::prelude::*;

use super::cells::CellCounts;
use crate::random::RandomStream;
use crate::special::{normal_cdf, normal_quantile};

/// Estimates of resampled tables, and the interval from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The interval's lower end, 2.5 %.
    pub low: f64,
    /// The interval's upper end, 97.5 %.
    pub high: f64,
    /// How many resampled tables gave no estimate.
    pub without_estimate: usize,
    /// The estimates, ascending.
    pub estimates: Vec<f64>,
}

/// A table of as many people drawn from this one with replacement.
pub fn resampled(cells: &CellCounts, random: &mut RandomStream) -> CellCounts {
    let mut drawn = vec![0; cells.counts().len()];
    let people = cells.observed();
    random.multinomial(people as u64, cells.counts(), people, &mut drawn);
    CellCounts::of(cells.lists(), drawn.into_iter().map(|count| count as f64).collect())
}

/// Resamples `times` tables, each from a stream of its own, and estimates from each; `None` where fewer than half of
/// them, or the table itself, give an estimate.
pub fn bias_corrected(
    cells: &CellCounts,
    seed: u64,
    label: &str,
    times: usize,
    estimate: impl Fn(&CellCounts) -> Option<f64> + Sync,
) -> Option<Bootstrap> {
    let point = estimate(cells)?;
    let mut estimates: Vec<f64> = (0..times)
        .into_par_iter()
        .map(|number| {
            let mut random = RandomStream::new(seed, label, number as u64);
            estimate(&resampled(cells, &mut random)).filter(|population| population.is_finite())
        })
        .collect::<Vec<_>>()
        .into_iter()
        .flatten()
        .collect();
    if estimates.len() * 2 < times {
        return None;
    }
    estimates.sort_by(f64::total_cmp);
    let acceleration = acceleration(cells, point, &estimate);
    let (low, high) = ends(&estimates, point, acceleration);
    Some(Bootstrap { low, high, without_estimate: times - estimates.len(), estimates })
}

fn ends(estimates: &[f64], point: f64, acceleration: f64) -> (f64, f64) {
    let count = estimates.len() as f64;
    let below = estimates.iter().filter(|estimate| **estimate < point).count() as f64;
    let equal = estimates.iter().filter(|estimate| **estimate == point).count() as f64;
    let share = ((below + 0.5 * equal) / count).clamp(0.5 / count, 1.0 - 0.5 / count);
    let bias = normal_quantile(share);
    let end = |p: f64| {
        let z = bias + normal_quantile(p);
        crate::summary::quantile(estimates, normal_cdf(bias + z / (1.0 - acceleration * z)))
    };
    (end(0.025), end(0.975))
}

/// The acceleration, from leaving out one person of each history in turn.
fn acceleration(
    cells: &CellCounts,
    point: f64,
    estimate: &(impl Fn(&CellCounts) -> Option<f64> + Sync),
) -> f64 {
    let occupied: Vec<usize> = (1..cells.counts().len()).filter(|h| cells.counts()[*h] > 0.0).collect();
    let left_out: Vec<(f64, f64)> = occupied
        .par_iter()
        .map(|h| {
            let mut counts = cells.counts().to_vec();
            counts[*h] -= 1.0;
            let without = estimate(&CellCounts::of(cells.lists(), counts));
            (cells.counts()[*h], without.filter(|value| value.is_finite()).unwrap_or(point))
        })
        .collect();
    let total: f64 = left_out.iter().map(|(weight, _)| weight).sum();
    let mean = left_out.iter().map(|(weight, value)| weight * value).sum::<f64>() / total;
    let moment = |power: i32| -> f64 {
        left_out.iter().map(|(weight, value)| weight * (mean - value).powi(power)).sum()
    };
    let squares = moment(2);
    if squares > 0.0 { moment(3) / (6.0 * squares * sqrt(squares)) } else { 0.0 }
}
