//! Sequential Monte Carlo over a power likelihood (Del Moral, Doucet and Jasra 2006): many particles drawn from the prior
//! are brought to the posterior while the counts are raised step by step from nothing to what they are. It does not start
//! in any mode, so it says how much mass each has. Counts are rounded at every step, which keeps Gibbs sweeps exact.

use libm::{exp, log};
use rayon::prelude::*;

use super::sampler::{LatentClasses, Sampler};
use crate::random::RandomStream;
use crate::special::log_sum_exp;

/// How many particles, and how often they are moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TemperingSettings {
    /// The seed.
    pub seed: u64,
    /// How many particles.
    pub particles: usize,
    /// Sweeps of each particle after each step.
    pub sweeps: usize,
}

impl Default for TemperingSettings {
    fn default() -> Self {
        TemperingSettings { seed: 1, particles: 400, sweeps: 30 }
    }
}

/// What the particles found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tempered {
    /// A draw of everybody's number for each particle; all weigh the same.
    pub draws: Vec<f64>,
    /// Steps from nothing to the whole table.
    pub steps: usize,
    /// How many of the first particles still have a descendant.
    pub ancestors: usize,
    /// The logarithm of the marginal likelihood of the histories, given that people are on any list.
    pub ln_evidence: f64,
}

struct Particle {
    sampler: Sampler,
    ancestor: usize,
}

/// Brings particles from the prior to the posterior.
pub fn tempered(model: &LatentClasses, settings: &TemperingSettings) -> Tempered {
    let number = settings.particles.max(2);
    let mut particles: Vec<Particle> = (0..number)
        .into_par_iter()
        .map(|at| {
            let mut random = RandomStream::new(settings.seed, "particle", at as u64);
            Particle { sampler: Sampler::from_prior(model, &mut random), ancestor: at }
        })
        .collect();
    let mut choose = RandomStream::new(settings.seed, "particles", 0);
    let (mut power, mut counts) = (0.0, vec![0; model.counts().len()]);
    let (mut steps, mut ln_evidence) = (0, 0.0);
    while power < 1.0 {
        let (next, raised, weights) = raise(model, &particles, power, &counts);
        ln_evidence += log_sum_exp(&weights) - log(number as f64);
        particles = resampled(&particles, &weights, &mut choose);
        (power, counts) = (next, raised);
        steps += 1;
        let now = model.with_counts(counts.clone());
        particles.par_iter_mut().enumerate().for_each(|(at, particle)| {
            let number = ((steps as u64) << 32) | at as u64;
            let mut random = RandomStream::new(settings.seed, "particle moves", number);
            for _ in 0..settings.sweeps {
                particle.sampler.sweep(&now, &mut random);
            }
        });
    }
    let mut ancestors: Vec<usize> = particles.iter().map(|particle| particle.ancestor).collect();
    ancestors.sort_unstable();
    ancestors.dedup();
    let draws = particles.iter().map(|particle| particle.sampler.population(model)).collect();
    Tempered { draws, steps, ancestors: ancestors.len(), ln_evidence }
}

/// The highest power at which the particles are still worth nine tenths of their number, its counts, and the weights.
fn raise(
    model: &LatentClasses,
    particles: &[Particle],
    power: f64,
    counts: &[u64],
) -> (f64, Vec<u64>, Vec<f64>) {
    let at = |power: f64| {
        let raised: Vec<u64> =
            model.counts().iter().map(|count| libm::round(power * *count as f64) as u64).collect();
        let added: Vec<u64> = raised.iter().zip(counts).map(|(new, old)| new - old).collect();
        let weights: Vec<f64> =
            particles.par_iter().map(|particle| particle.sampler.ln_likelihood(&added)).collect();
        (raised, weights)
    };
    let enough = |weights: &[f64]| {
        let sum = log_sum_exp(weights);
        let squares: f64 = weights.iter().map(|weight| exp(2.0 * (weight - sum))).sum();
        1.0 / squares >= 0.9 * weights.len() as f64
    };
    let (raised, weights) = at(1.0);
    if enough(&weights) {
        return (1.0, raised, weights);
    }
    let (mut low, mut high) = (power, 1.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if enough(&at(middle).1) { low = middle } else { high = middle }
    }
    // A single person more may already be too much: the step is then that one person.
    let next = if at(low).0 == counts { high } else { low };
    let (raised, weights) = at(next);
    (next, raised, weights)
}

/// Systematic resampling.
fn resampled(particles: &[Particle], weights: &[f64], choose: &mut RandomStream) -> Vec<Particle> {
    let sum = log_sum_exp(weights);
    let number = particles.len();
    let start = choose.uniform();
    let (mut passed, mut at) = (exp(weights[0] - sum), 0);
    (0..number)
        .map(|drawn| {
            let place = (drawn as f64 + start) / number as f64;
            while passed < place && at + 1 < number {
                at += 1;
                passed += exp(weights[at] - sum);
            }
            Particle { sampler: particles[at].sampler.clone(), ancestor: particles[at].ancestor }
        })
        .collect()
}
