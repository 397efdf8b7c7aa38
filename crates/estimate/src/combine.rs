//! Estimates of several replicates of one table, combined into one by the published rule on the logarithm of the missing.

use libm::{exp, log, sqrt};
use serde::Serialize;

use crate::special::t_quantile;
use crate::summary::{mean, variance};

/// A replicate in short: what the rule asks of its draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replicate {
    /// People on any list.
    pub observed: f64,
    /// The mean of everybody's number.
    pub mean: f64,
    /// The mean of the logarithm of the missing.
    pub ln_mean: f64,
    /// Its variance.
    pub ln_variance: f64,
}

impl Replicate {
    /// A replicate's draws of everybody's number in short; `None` for fewer than two, or where one of them misses nobody.
    pub fn of(observed: f64, draws: &[f64]) -> Option<Self> {
        let logs: Vec<f64> = draws.iter().map(|draw| log(draw - observed)).collect();
        let known = logs.len() > 1 && logs.iter().all(|log| log.is_finite());
        known.then(|| Replicate {
            observed,
            mean: mean(draws),
            ln_mean: mean(&logs),
            ln_variance: variance(&logs),
        })
    }
}

/// A combined estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Combined {
    /// How many replicates there are.
    pub replicates: usize,
    /// The mean of the replicates' means.
    pub mean: f64,
    /// 2.5 %.
    pub low: f64,
    /// 97.5 %.
    pub high: f64,
    /// The variance of the logarithm within replicates.
    pub within: f64,
    /// That between them.
    pub between: f64,
    /// Degrees of freedom of Student's t.
    pub freedom: f64,
}

/// Combines replicates by the rule with which the Colombian truth commission's replicates were combined (HRDAG's verdata): the
/// variance of the logarithm of the missing within and between them, Student's t, and the mean of the people observed. Its
/// degrees of freedom are `(m − 1)(1 + W / ((m + 1) B))²`; Rubin (1987) has `(1 + 1/m) B` for `(m + 1) B`. `None` for fewer
/// than two replicates.
pub fn log_t(replicates: &[Replicate]) -> Option<Combined> {
    if replicates.len() < 2 {
        return None;
    }
    let of = |value: fn(&Replicate) -> f64| replicates.iter().map(value).collect::<Vec<f64>>();
    let count = replicates.len() as f64;
    let ln_means = of(|replicate| replicate.ln_mean);
    let within = mean(&of(|replicate| replicate.ln_variance));
    let between = variance(&ln_means);
    let ratio = 1.0 + within / ((count + 1.0) * between);
    let freedom = (count - 1.0) * ratio * ratio;
    // Replicates that are all alike leave only the variance within: Student's t is then the normal distribution.
    let spread = t_quantile(0.975, freedom.min(1e9)) * sqrt(within + (1.0 + 1.0 / count) * between);
    let (centre, observed) = (mean(&ln_means), mean(&of(|replicate| replicate.observed)));
    Some(Combined {
        replicates: replicates.len(),
        mean: mean(&of(|replicate| replicate.mean)),
        low: observed + exp(centre - spread),
        high: observed + exp(centre + spread),
        within,
        between,
        freedom,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People seen in each of the published test's twenty replicates.
    const OBSERVED: [f64; 20] = [
        982.0, 1045.0, 1026.0, 1125.0, 1040.0, 1073.0, 1056.0, 1025.0, 1088.0, 1025.0, 921.0, 931.0, 934.0,
        937.0, 942.0, 932.0, 927.0, 937.0, 936.0, 938.0,
    ];

    /// The published combination (1,593; 1,266 to 2,148) of twenty replicates whose variances within and between are the
    /// published ones. Their centre is not printed; the two ends are met by one centre only if the rule is the same.
    #[test]
    fn the_published_combination_is_met() {
        let (within, between) = (0.084_814, 0.034_659);
        let offset = sqrt(between * 19.0 / 20.0);
        let replicates: Vec<Replicate> = OBSERVED
            .iter()
            .enumerate()
            .map(|(at, observed)| Replicate {
                observed: *observed,
                mean: 1593.0,
                ln_mean: 6.334_7 + if at % 2 == 0 { offset } else { -offset },
                ln_variance: within,
            })
            .collect();
        let found = log_t(&replicates).unwrap();
        assert!((found.within - within).abs() < 1e-12 && (found.between - between).abs() < 1e-12);
        assert!((found.freedom - 23.686).abs() < 5e-4, "{}", found.freedom);
        let rounded = [found.low, found.mean, found.high].map(f64::round);
        assert_eq!(rounded, [1266.0, 1593.0, 2148.0], "{found:?}");
    }

    #[test]
    fn draws_are_worked_out_before_they_are_combined() {
        let missing = [[20.0, 40.0, 80.0], [10.0, 40.0, 160.0]];
        let replicates: Vec<Replicate> = missing
            .iter()
            .map(|missing| Replicate::of(100.0, &missing.map(|missing| 100.0 + missing)).unwrap())
            .collect();
        let found = log_t(&replicates).unwrap();
        // Both have ln 40 as their centre; the variances are ln²2 and ln²4.
        let within = 2.5 * std::f64::consts::LN_2.powi(2);
        assert!((found.within - within).abs() < 1e-12 && found.between.abs() < 1e-12);
        let spread = crate::special::normal_quantile(0.975) * within.sqrt();
        assert!((found.high - (100.0 + 40.0 * spread.exp())).abs() < 1e-2, "{}", found.high);
        assert_eq!(Replicate::of(100.0, &[100.0, 120.0]), None, "a draw that misses nobody has no logarithm");
        assert_eq!(log_t(&replicates[..1]), None);
    }

    /// Three replicates' draws, as a folder keeps them, against `bench/log_t.py`, which works the rule out by itself.
    #[test]
    fn draws_of_replicates_are_combined_as_worked_out_apart() {
        let replicates =
            [(120.0, 20.0, 3.0), (130.0, 25.0, 2.5), (125.0, 18.0, 4.0)].map(|(observed, from, by)| {
                let draws: Vec<f64> = (0..50).map(|at| observed + from + by * f64::from(at)).collect();
                Replicate::of(observed, &draws).unwrap()
            });
        let found = log_t(&replicates).unwrap();
        let expected = [151.175_879_302_107_2, 223.583_333_333_333_34, 402.157_425_649_547_4];
        for (found, expected) in [found.low, found.mean, found.high].iter().zip(expected) {
            assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
        }
    }
}
