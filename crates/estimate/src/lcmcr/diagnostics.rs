//! Whether chains have found the same, and how much their draws are worth: rank-normalised split R̂, bulk and tail
//! effective sample sizes (Vehtari and others 2021), and every pair of chains against each other.

use libm::{log, sqrt};

use crate::special::normal_quantile;
use crate::summary::{mean, quantile, variance};

/// What is known of how well chains have mixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diagnostics {
    /// The larger of R̂ of ranks and of folded ranks.
    pub rhat: f64,
    /// Effective draws for the middle of the distribution.
    pub bulk: f64,
    /// Effective draws for its tails.
    pub tail: f64,
    /// The largest difference between the means of two chains, in standard errors of that difference.
    pub furthest_pair: f64,
}

/// The diagnostics of chains of equal length.
pub fn diagnose(chains: &[Vec<f64>]) -> Diagnostics {
    let mut all: Vec<f64> = chains.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let tail = [0.05, 0.95].map(|p| {
        let edge = quantile(&all, p);
        let below =
            chains.iter().map(|chain| chain.iter().map(|x| f64::from(u8::from(*x <= edge))).collect());
        effective(&split(&below.collect::<Vec<_>>()))
    });
    Diagnostics {
        rhat: rank_rhat(chains),
        bulk: bulk_ess(chains),
        tail: tail[0].min(tail[1]),
        furthest_pair: furthest_pair(chains),
    }
}

/// Rank-normalised split R̂, the larger of that of values and of distances from the median.
pub fn rank_rhat(chains: &[Vec<f64>]) -> f64 {
    let mut all: Vec<f64> = chains.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let middle = quantile(&all, 0.5);
    let folded: Vec<Vec<f64>> =
        chains.iter().map(|chain| chain.iter().map(|x| (x - middle).abs()).collect()).collect();
    rhat(&split(&normal_scores(chains))).max(rhat(&split(&normal_scores(&folded))))
}

/// Effective draws for the middle of the distribution.
pub fn bulk_ess(chains: &[Vec<f64>]) -> f64 {
    effective(&split(&normal_scores(chains)))
}

fn furthest_pair(chains: &[Vec<f64>]) -> f64 {
    let of = |chain: &Vec<f64>| {
        let logs: Vec<f64> = chain.iter().map(|x| log(*x)).collect();
        let worth = effective(&split(std::slice::from_ref(&logs))).max(2.0);
        (mean(&logs), variance(&logs) / worth)
    };
    let summaries: Vec<(f64, f64)> = chains.iter().map(of).collect();
    let mut furthest: f64 = 0.0;
    for (one, other) in crate::pairs(summaries.len()) {
        let difference = (summaries[one].0 - summaries[other].0).abs();
        let error = sqrt(summaries[one].1 + summaries[other].1);
        furthest = furthest.max(if difference == 0.0 { 0.0 } else { difference / error });
    }
    furthest
}

fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let half = chains[0].len() / 2;
    chains.iter().flat_map(|chain| [chain[..half].to_vec(), chain[chain.len() - half..].to_vec()]).collect()
}

/// Normal quantiles of ranks over all chains; equal values share the mean of their ranks.
fn normal_scores(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let length = chains[0].len();
    let mut order: Vec<usize> = (0..chains.len() * length).collect();
    let value = |at: usize| chains[at / length][at % length];
    order.sort_by(|a, b| value(*a).total_cmp(&value(*b)).then(a.cmp(b)));
    let mut scores = vec![vec![0.0; length]; chains.len()];
    let count = order.len() as f64;
    let mut first = 0;
    while first < order.len() {
        let mut last = first;
        while last + 1 < order.len() && value(order[last + 1]) == value(order[first]) {
            last += 1;
        }
        let rank = 0.5 * (first + last) as f64 + 1.0;
        let score = quick_quantile((rank - 0.375) / (count + 0.25));
        for at in &order[first..=last] {
            scores[at / length][at % length] = score;
        }
        first = last + 1;
    }
    scores
}

/// A normal quantile good to nine digits (Acklam's form), which is enough for ranks; the exact one is a bisection.
fn quick_quantile(p: f64) -> f64 {
    if !(1e-10..=1.0 - 1e-10).contains(&p) {
        return normal_quantile(p.clamp(1e-300, 1.0 - 1e-16));
    }
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let horner = |terms: &[f64], x: f64| terms.iter().fold(0.0, |sum, term| sum * x + term);
    let outer = |q: f64| horner(&C, q) / (horner(&D, q) * q + 1.0);
    if p < 0.02425 {
        outer(sqrt(-2.0 * log(p)))
    } else if p > 1.0 - 0.02425 {
        -outer(sqrt(-2.0 * log(1.0 - p)))
    } else {
        let q = p - 0.5;
        let r = q * q;
        horner(&A, r) * q / (horner(&B, r) * r + 1.0)
    }
}

fn rhat(chains: &[Vec<f64>]) -> f64 {
    let length = chains[0].len() as f64;
    let within = mean(&chains.iter().map(|chain| variance(chain)).collect::<Vec<_>>());
    let between = variance(&chains.iter().map(|chain| mean(chain)).collect::<Vec<_>>());
    if within == 0.0 {
        return if between == 0.0 { 1.0 } else { f64::INFINITY };
    }
    sqrt((length - 1.0) / length + between / within)
}

/// Effective draws by Geyer's initial monotone sequence over all chains.
fn effective(chains: &[Vec<f64>]) -> f64 {
    let length = chains[0].len();
    let total = (chains.len() * length) as f64;
    let centred: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| {
            let mean = mean(chain);
            chain.iter().map(|x| x - mean).collect()
        })
        .collect();
    let lagged = |lag: usize| {
        let of = |chain: &Vec<f64>| {
            chain[..length - lag].iter().zip(&chain[lag..]).map(|(a, b)| a * b).sum::<f64>() / length as f64
        };
        centred.iter().map(of).sum::<f64>() / centred.len() as f64
    };
    let own = lagged(0) * length as f64 / (length as f64 - 1.0);
    let means: Vec<f64> = chains.iter().map(|chain| mean(chain)).collect();
    let between = if chains.len() > 1 { variance(&means) } else { 0.0 };
    let pooled = own * (length as f64 - 1.0) / length as f64 + between;
    if pooled <= 0.0 {
        return total;
    }
    let correlation = |lag: usize| 1.0 - (own - lagged(lag) * length as f64 / (length as f64 - 1.0)) / pooled;
    let (mut sum, mut least, mut lag) = (0.0, f64::INFINITY, 0);
    while lag + 1 < length {
        let pair = if lag == 0 { 1.0 } else { correlation(lag) } + correlation(lag + 1);
        if pair <= 0.0 {
            break;
        }
        least = least.min(pair);
        sum += least;
        lag += 2;
    }
    let time = (2.0 * sum - 1.0).max(1.0 / log(total).max(1.0));
    (total / time).min(total * log(total).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RandomStream;

    fn chains(shift: f64, memory: f64) -> Vec<Vec<f64>> {
        (0..4)
            .map(|chain| {
                let mut random = RandomStream::new(9, "diagnostics", chain);
                let mut x = 0.0;
                let step = (1.0 - memory * memory).sqrt();
                (0..4000)
                    .map(|_| {
                        x = memory * x + step * random.normal();
                        100.0 + x + if chain == 0 { shift } else { 0.0 }
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn independent_draws_are_worth_themselves() {
        let found = diagnose(&chains(0.0, 0.0));
        assert!(found.rhat < 1.003, "{found:?}");
        assert!(found.bulk > 14_000.0 && found.tail > 13_000.0, "{found:?}");
        assert!(found.furthest_pair < 4.0, "{found:?}");
    }

    /// An autoregression of 0.9 has (1 − 0.9)/(1 + 0.9) of its draws' worth.
    #[test]
    fn correlated_draws_are_worth_less() {
        let found = diagnose(&chains(0.0, 0.9));
        assert!((found.bulk / (16_000.0 / 19.0) - 1.0).abs() < 0.2, "{found:?}");
    }

    #[test]
    fn a_chain_apart_is_seen() {
        let found = diagnose(&chains(0.6, 0.0));
        assert!(found.rhat > 1.03 && found.furthest_pair > 10.0, "{found:?}");
    }

    #[test]
    fn the_quick_quantile_is_close() {
        for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999] {
            assert!((quick_quantile(p) - normal_quantile(p)).abs() < 1e-8);
        }
    }
}
