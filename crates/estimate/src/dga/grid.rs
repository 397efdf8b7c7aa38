//! Numbers of missing people at which a posterior is worked out: every one where it changes fast, few where it is smooth,
//! as far out as it has mass.

use libm::exp;

/// A number of missing people, and how many numbers it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knot {
    /// Missing people.
    pub missing: f64,
    /// How many whole numbers it stands for.
    pub width: f64,
    /// The logarithm of the posterior there, up to a constant.
    pub height: f64,
}

const COARSE: f64 = 1.02;
const MOST_SHARE: f64 = 2e-4;
const MOST_KNOTS: usize = 40_000;

/// Knots from 0 to `far`, closer where more of the mass is, until no gap holds more than one part in five thousand.
pub fn adaptive(far: f64, heights: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Knot> {
    let mut missing: Vec<f64> = (0..50).map(f64::from).collect();
    let mut next = 50.0_f64;
    while next < far {
        missing.push(next.floor());
        next *= COARSE;
    }
    missing.push(far.floor());
    let mut height = heights(&missing);
    loop {
        let knots = knots(&missing, &height);
        let most = height.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = knots.iter().map(|knot| knot.width * exp(knot.height - most)).sum();
        let added: Vec<f64> = (1..missing.len())
            .filter(|at| missing[*at] - missing[at - 1] > 1.0)
            .filter(|at| {
                let gap = missing[*at] - missing[at - 1];
                gap * exp(height[*at].max(height[at - 1]) - most) > MOST_SHARE * total
            })
            .map(|at| (0.5 * (missing[at] + missing[at - 1])).floor())
            .collect();
        if added.is_empty() || missing.len() + added.len() > MOST_KNOTS {
            return knots;
        }
        let more = heights(&added);
        let mut both: Vec<(f64, f64)> =
            missing.into_iter().zip(height).chain(added.into_iter().zip(more)).collect();
        both.sort_by(|a, b| a.0.total_cmp(&b.0));
        (missing, height) = both.into_iter().unzip();
    }
}

fn knots(missing: &[f64], height: &[f64]) -> Vec<Knot> {
    let last = missing.len() - 1;
    (0..=last)
        .map(|at| {
            let before = if at > 0 { 0.5 * (missing[at] - missing[at - 1]) } else { 0.5 };
            let after = if at < last { 0.5 * (missing[at + 1] - missing[at]) } else { 0.5 };
            Knot { missing: missing[at], width: before + after, height: height[at] }
        })
        .collect()
}
