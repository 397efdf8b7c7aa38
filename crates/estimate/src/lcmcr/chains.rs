//! Several chains, run until they agree or a stated number of sweeps is used up.

use rayon::prelude::*;

use super::diagnostics::{Diagnostics, diagnose};
use super::sampler::{LatentClasses, Sampler};
use crate::random::RandomStream;
use crate::summary::{mean, quantile};

/// How long chains run, and when they may stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunSettings {
    /// The seed; each chain has a stream of its own.
    pub seed: u64,
    /// How many chains; at least four are needed to say that they agree.
    pub chains: usize,
    /// The most sweeps of each chain.
    pub most_sweeps: usize,
    /// Effective draws, in the middle and in the tails, at which a run whose R̂ is low enough stops.
    pub target: f64,
}

impl Default for RunSettings {
    fn default() -> Self {
        RunSettings { seed: 1, chains: 4, most_sweeps: 400_000, target: 1000.0 }
    }
}

/// The largest R̂ at which chains count as agreed.
pub const MOST_RHAT: f64 = 1.01;
const FIRST_SWEEPS: usize = 6000;
const MOST_STORED: usize = 8000;

/// One chain, in short.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainSummary {
    /// The mean of its draws.
    pub mean: f64,
    /// 2.5 %, 50 % and 97.5 %.
    pub quantiles: [f64; 3],
}

/// What the chains found.
#[derive(Debug, Clone, PartialEq)]
pub struct LcmcrRun {
    /// Draws of everybody's number, by chain, in their order; the first half of each chain is left out.
    pub draws: Vec<Vec<f64>>,
    /// Whether they agree.
    pub diagnostics: Diagnostics,
    /// Sweeps of each chain, the first half included.
    pub sweeps: usize,
    /// Sweeps between two draws.
    pub thinning: usize,
    /// Whether the most sweeps were used up before chains agreed.
    pub stopped_by_cap: bool,
    /// Each chain.
    pub chains: Vec<ChainSummary>,
}

struct Chain {
    sampler: Sampler,
    random: RandomStream,
    draws: Vec<f64>,
    sweeps: usize,
    thinning: usize,
}

impl Chain {
    fn run(&mut self, model: &LatentClasses, until: usize) {
        while self.sweeps < until {
            self.sampler.sweep(model, &mut self.random);
            self.sweeps += 1;
            if self.sweeps.is_multiple_of(self.thinning) {
                self.draws.push(self.sampler.population(model));
                if self.draws.len() > MOST_STORED {
                    // Every second draw stays: those whose sweep is a multiple of the doubled thinning.
                    self.draws = self.draws.iter().skip(1).step_by(2).copied().collect();
                    self.thinning *= 2;
                }
            }
        }
    }
}

/// Runs chains in rounds, each round longer by half, until R̂ is at most `MOST_RHAT` and the effective draws reach the
/// target, or the most sweeps are used up. `progress` is told the sweeps of each chain after every round, and may say
/// stop by returning false: what was done so far is then the result.
pub fn run(
    model: &LatentClasses,
    settings: &RunSettings,
    progress: &(dyn Fn(usize, &Diagnostics) -> bool + Sync),
) -> LcmcrRun {
    let mut chains: Vec<Chain> = (0..settings.chains.max(1))
        .map(|chain| {
            let mut random = RandomStream::new(settings.seed, "latent classes", chain as u64);
            let sampler = Sampler::started(model, chain, &mut random);
            Chain { sampler, random, draws: Vec::new(), sweeps: 0, thinning: 1 }
        })
        .collect();
    let mut sweeps = FIRST_SWEEPS.min(settings.most_sweeps);
    loop {
        chains.par_iter_mut().for_each(|chain| chain.run(model, sweeps));
        let draws: Vec<Vec<f64>> =
            chains.iter().map(|chain| chain.draws[chain.draws.len() / 2..].to_vec()).collect();
        let diagnostics = diagnose(&draws);
        let agreed =
            diagnostics.rhat <= MOST_RHAT && diagnostics.bulk.min(diagnostics.tail) >= settings.target;
        let go_on = progress(sweeps, &diagnostics);
        if agreed || sweeps >= settings.most_sweeps || !go_on {
            let thinning = chains[0].thinning;
            return finished(draws, diagnostics, sweeps, thinning, !agreed);
        }
        sweeps = (sweeps + sweeps / 2).min(settings.most_sweeps);
    }
}

fn finished(
    draws: Vec<Vec<f64>>,
    diagnostics: Diagnostics,
    sweeps: usize,
    thinning: usize,
    stopped_by_cap: bool,
) -> LcmcrRun {
    let summary = |draws: &Vec<f64>| {
        let mut sorted = draws.clone();
        sorted.sort_by(f64::total_cmp);
        ChainSummary { mean: mean(draws), quantiles: [0.025, 0.5, 0.975].map(|p| quantile(&sorted, p)) }
    };
    let chains = draws.iter().map(summary).collect();
    LcmcrRun { draws, diagnostics, sweeps, thinning, stopped_by_cap, chains }
}

impl LcmcrRun {
    /// All draws, ascending.
    pub fn sorted(&self) -> Vec<f64> {
        let mut all: Vec<f64> = self.draws.iter().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        all
    }

    /// The share of draws with more people missing than this.
    pub fn beyond(&self, population: f64) -> f64 {
        let all: Vec<f64> = self.draws.iter().flatten().copied().collect();
        all.iter().filter(|draw| **draw > population).count() as f64 / all.len() as f64
    }
}
