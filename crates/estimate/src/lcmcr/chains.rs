//! Several chains, run until they agree or a stated number of sweeps is used up.

use rayon::prelude::*;

use super::chain::{BLOCK, Chain, Ladder, Unfinished};
use super::diagnostics::{Diagnostics, diagnose};
use super::sampler::LatentClasses;
use crate::overlaps::{Overlap, Overlaps};
use crate::summary::{mean, quantile};
use crate::watch::{Step, Watch};

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
/// Chains whose middles are further apart than this, as a ratio, have found different answers; nearer ones are slow.
pub const CHAINS_APART: f64 = 1.25;
const FIRST_SWEEPS: usize = 6000;
/// Blocks between two looks at whether to go on.
const BLOCKS_AT_ONCE: usize = 4;
/// Sweeps, and R̂ after them, from which on chains are taken to sit in modes.
const LONG_ENOUGH: usize = 30_000;
const FAR_FROM_AGREED: f64 = 1.05;

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
    /// How many samplers each chain is a ladder of; 1 for a chain by itself.
    pub rungs: usize,
    /// Whether R̂ is low enough and the effective draws reach the target.
    pub agreed: bool,
    /// Whether somebody stopped them before that.
    pub stopped: bool,
    /// Each chain.
    pub chains: Vec<ChainSummary>,
    /// Overlaps of lists, and what the classes say of them; nothing where chains were stopped.
    pub overlaps: Vec<Overlap>,
}

/// Runs chains in rounds, each round longer by half, until R̂ is at most `MOST_RHAT` and the effective draws reach the
/// target, or the most sweeps are used up. Chains that are far from agreeing, though their middles are near each other, may
/// sit in modes of which one has next to no mass: they begin anew, each at the top of a ladder of lowered counts.
///
/// `watch` is told every few thousand sweeps; where it stops the run, what was done so far is the result, and `name` is what
/// it is kept under and taken up from again, to the same bits.
pub fn run(model: &LatentClasses, settings: &RunSettings, name: &str, watch: &dyn Watch) -> LcmcrRun {
    let on_ladder = format!("{name}-ladder");
    if let Some(kept) = watch.kept(&on_ladder) {
        return Rounds::on_ladder(model, settings).run(&on_ladder, Some(kept), watch, |_| false);
    }
    let found = Rounds::flat(model, settings).run(name, watch.kept(name), watch, LcmcrRun::sits_in_modes);
    if found.stopped || !found.sits_in_modes() {
        return found;
    }
    run_on_ladder(model, settings, &on_ladder, watch)
}

/// Runs chains on ladders from the start, in rounds as [`run`] does.
pub fn run_on_ladder(
    model: &LatentClasses,
    settings: &RunSettings,
    name: &str,
    watch: &dyn Watch,
) -> LcmcrRun {
    Rounds::on_ladder(model, settings).run(name, None, watch, |_| false)
}

struct Rounds<'a> {
    ladder: Ladder,
    settings: &'a RunSettings,
    most: usize,
}

impl<'a> Rounds<'a> {
    fn flat(model: &LatentClasses, settings: &'a RunSettings) -> Self {
        Rounds { ladder: Ladder::flat(model), settings, most: settings.most_sweeps }
    }

    /// A ladder's sweep is as many as it has rungs.
    fn on_ladder(model: &LatentClasses, settings: &'a RunSettings) -> Self {
        let ladder = Ladder::down(model);
        let most = rounded(2 * settings.most_sweeps / ladder.height()).min(settings.most_sweeps);
        Rounds { ladder, settings, most }
    }

    fn run(
        &self,
        name: &str,
        kept: Option<Unfinished>,
        watch: &dyn Watch,
        hopeless: impl Fn(&LcmcrRun) -> bool,
    ) -> LcmcrRun {
        let (mut chains, mut sweeps) = self.begun(kept);
        let mut diagnostics = None;
        let mut end = FIRST_SWEEPS.min(self.most);
        loop {
            while sweeps < end {
                sweeps = end.min((sweeps / BLOCK + BLOCKS_AT_ONCE) * BLOCK);
                chains.par_iter_mut().for_each(|chain| chain.run(&self.ladder, self.settings.seed, sweeps));
                if !watch.goes_on(&Step::Sweeps { done: sweeps, most: self.most, diagnostics }) {
                    watch.keep(name, &unfinished(&chains, sweeps));
                    return self.found(&chains, true);
                }
            }
            // A run that is taken up goes through the ends of rounds that it has passed.
            if sweeps == end {
                let mut found = self.found(&chains, false);
                if found.agreed || sweeps >= self.most || hopeless(&found) {
                    watch.finished(name);
                    found.overlaps = self.overlaps(&chains);
                    return found;
                }
                diagnostics = Some(found.diagnostics);
                watch.keep(name, &unfinished(&chains, sweeps));
            }
            end = rounded(end + end / 2).min(self.most);
        }
    }

    fn begun(&self, kept: Option<Unfinished>) -> (Vec<Chain>, usize) {
        let number = self.settings.chains.max(1);
        if let Some(kept) = kept.filter(|kept| kept.chains.len() == number && kept.sweeps <= self.most) {
            let states = kept.chains.into_iter().enumerate();
            let taken = states.map(|(at, state)| Chain::taken_up(&self.ladder, at, kept.sweeps, state));
            if let Some(chains) = taken.collect() {
                return (chains, kept.sweeps);
            }
        }
        ((0..number).map(|at| Chain::started(&self.ladder, self.settings.seed, at)).collect(), 0)
    }

    fn overlaps(&self, chains: &[Chain]) -> Vec<Overlap> {
        let table = self.ladder.table();
        let mut overlaps = Overlaps::new(table.lists, &table.cells());
        chains.iter().for_each(|chain| chain.tell(table, self.settings.seed, &mut overlaps));
        overlaps.told()
    }

    fn found(&self, chains: &[Chain], stopped: bool) -> LcmcrRun {
        let draws: Vec<Vec<f64>> = chains.iter().map(Chain::second_half).collect();
        let summary = |draws: &Vec<f64>| {
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            ChainSummary { mean: mean(draws), quantiles: [0.025, 0.5, 0.975].map(|p| quantile(&sorted, p)) }
        };
        let diagnostics = diagnose(&draws);
        let worth = diagnostics.bulk.min(diagnostics.tail);
        LcmcrRun {
            chains: draws.iter().map(summary).collect(),
            draws,
            diagnostics,
            sweeps: chains[0].sweeps,
            thinning: chains[0].thinning,
            rungs: self.ladder.height(),
            agreed: diagnostics.rhat <= MOST_RHAT && worth >= self.settings.target,
            stopped,
            overlaps: Vec::new(),
        }
    }
}

/// The end of a block, so that chains are put down nowhere else.
fn rounded(sweeps: usize) -> usize {
    sweeps.next_multiple_of(BLOCK)
}

fn unfinished(chains: &[Chain], sweeps: usize) -> Unfinished {
    Unfinished { sweeps, chains: chains.iter().map(Chain::state).collect() }
}

impl LcmcrRun {
    /// Whether chains have gone on long enough to be near each other and still have not found the same.
    fn sits_in_modes(&self) -> bool {
        let middles = || self.chains.iter().map(|chain| chain.quantiles[1]);
        let (least, most) = (middles().fold(f64::INFINITY, f64::min), middles().fold(0.0, f64::max));
        self.sweeps >= LONG_ENOUGH && self.diagnostics.rhat > FAR_FROM_AGREED && most <= CHAINS_APART * least
    }

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
