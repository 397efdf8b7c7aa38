//! One chain: a sampler, or a ladder of them whose lower rungs see fewer people, its draws, and how it is put down and taken
//! up again.

use libm::{exp, pow, sqrt};
use serde::{Deserialize, Serialize};

use super::sampler::{LatentClasses, Sampler};
use crate::overlaps::Overlaps;
use crate::random::RandomStream;

const MOST_STORED: usize = 8000;
/// Sweeps for which a chain has one stream of random numbers; where one ends a chain can be put down and taken up again.
pub(super) const BLOCK: usize = 1000;
/// How often a chain that is done tells of overlaps, and after how many sweeps each time.
const LOOKS: usize = 100;
const SWEEPS_A_LOOK: usize = 20;
/// People whom the lowest rung of a ladder sees at least.
const FEWEST_ON_LADDER: f64 = 20.0;

/// A chain between two blocks: all that its next sweep depends on, and its draws so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainState {
    /// For each rung, the whole table first: probabilities of lists, shares of classes, and their concentration.
    pub parameters: Vec<[Bits; 3]>,
    /// Draws of everybody's number.
    pub draws: Bits,
    /// Sweeps between two draws.
    pub thinning: usize,
}

impl ChainState {
    /// Whether it has the draws that a chain has after so many sweeps.
    fn holds_draws_of(&self, sweeps: usize) -> bool {
        let mut thinning = 1;
        while sweeps / thinning > MOST_STORED {
            thinning *= 2;
        }
        let Bits(draws) = &self.draws;
        self.thinning == thinning
            && draws.len() == sweeps / thinning
            && draws.iter().all(|draw| draw.is_finite())
    }
}

/// Floating point numbers that are written by their bits: not one of them is lost on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<u64>", into = "Vec<u64>")]
pub struct Bits(pub Vec<f64>);

impl From<Vec<u64>> for Bits {
    fn from(bits: Vec<u64>) -> Self {
        Bits(bits.into_iter().map(f64::from_bits).collect())
    }
}

impl From<Bits> for Vec<u64> {
    fn from(Bits(numbers): Bits) -> Self {
        numbers.into_iter().map(f64::to_bits).collect()
    }
}

/// Chains that were stopped, all after the same number of sweeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Sweeps of each chain.
    pub sweeps: usize,
    /// The chains.
    pub chains: Vec<ChainState>,
}

/// The table, and below it the same with its counts lowered step by step. The likelihood of the lowest rungs is so flat that
/// a sampler walks from one mode to another; neighbours exchange their states (Geyer 1991), and so it comes up to the table.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    rungs: Vec<LatentClasses>,
    /// By how much each rung's counts are above those of the next.
    steps: Vec<Vec<u64>>,
}

impl Ladder {
    /// The table alone.
    pub fn flat(model: &LatentClasses) -> Self {
        Ladder { rungs: vec![model.clone()], steps: Vec::new() }
    }

    /// Rungs at the distances at which neighbours still exchange: the more histories there are, the closer.
    pub fn down(model: &LatentClasses) -> Self {
        let ratio = 1.0 - 1.0 / sqrt(1.0 + 0.5 * model.counts.len() as f64);
        let mut ladder = Ladder::flat(model);
        for rung in 1.. {
            let power = pow(ratio, f64::from(rung));
            if power * (model.people as f64) < FEWEST_ON_LADDER {
                break;
            }
            let lowered: Vec<u64> =
                model.counts.iter().map(|count| libm::round(power * *count as f64) as u64).collect();
            let above = &ladder.rungs[ladder.rungs.len() - 1].counts;
            ladder.steps.push(above.iter().zip(&lowered).map(|(above, below)| above - below).collect());
            ladder.rungs.push(model.with_counts(lowered));
        }
        ladder
    }

    /// How many rungs there are.
    pub fn height(&self) -> usize {
        self.rungs.len()
    }

    /// The whole table.
    pub fn table(&self) -> &LatentClasses {
        &self.rungs[0]
    }
}

/// A chain.
pub(super) struct Chain {
    number: u64,
    samplers: Vec<Sampler>,
    draws: Vec<f64>,
    /// Sweeps so far.
    pub sweeps: usize,
    /// Sweeps between two draws.
    pub thinning: usize,
}

impl Chain {
    /// A chain at a start of its own.
    pub fn started(ladder: &Ladder, seed: u64, number: usize) -> Self {
        let mut random = RandomStream::new(seed, "starts of latent classes", number as u64);
        let of = |(rung, model): (usize, &LatentClasses)| match rung {
            0 => Sampler::started(model, number, &mut random),
            _ => Sampler::from_prior(model, &mut random),
        };
        let samplers = ladder.rungs.iter().enumerate().map(of).collect();
        Chain { number: number as u64, samplers, draws: Vec::new(), sweeps: 0, thinning: 1 }
    }

    /// A chain that was put down, where its state is one of this ladder.
    pub fn taken_up(ladder: &Ladder, number: usize, sweeps: usize, state: ChainState) -> Option<Self> {
        let (lists, classes) = (ladder.table().lists, ladder.table().prior.classes);
        let of = |(model, [Bits(on_list), Bits(share), Bits(alpha)]): (&LatentClasses, [Bits; 3])| {
            let fits = [on_list.len(), share.len(), alpha.len()] == [lists * classes, classes, 1]
                && [&on_list, &share, &alpha].into_iter().flatten().all(|number| number.is_finite());
            fits.then(|| Sampler::new(model, on_list, share, alpha[0]))
        };
        if state.parameters.len() != ladder.height() || !state.holds_draws_of(sweeps) {
            return None;
        }
        let samplers = ladder.rungs.iter().zip(state.parameters).map(of).collect::<Option<_>>()?;
        let Bits(draws) = state.draws;
        Some(Chain { number: number as u64, samplers, draws, sweeps, thinning: state.thinning })
    }

    /// The chain as it can be taken up again.
    pub fn state(&self) -> ChainState {
        ChainState {
            parameters: self.samplers.iter().map(|sampler| sampler.parameters().map(Bits)).collect(),
            draws: Bits(self.draws.clone()),
            thinning: self.thinning,
        }
    }

    /// Sweeps until there were so many.
    pub fn run(&mut self, ladder: &Ladder, seed: u64, until: usize) {
        while self.sweeps < until {
            let block = (self.sweeps / BLOCK) as u64;
            let mut random = RandomStream::new(seed, "latent classes", self.number << 32 | block);
            let end = until.min((self.sweeps / BLOCK + 1) * BLOCK);
            // What moves keep up to date is rounded otherwise than what is worked out from a state that was kept.
            for (sampler, model) in self.samplers.iter_mut().zip(&ladder.rungs) {
                sampler.refresh(model);
            }
            while self.sweeps < end {
                for (sampler, model) in self.samplers.iter_mut().zip(&ladder.rungs) {
                    sampler.sweep(model, &mut random);
                }
                self.sweeps += 1;
                if self.sweeps.is_multiple_of(self.thinning) {
                    self.draw(ladder.table());
                }
                self.exchange(ladder, &mut random);
            }
        }
    }

    /// Neighbours exchange their states by Metropolis: those at even places after one sweep, those at odd ones after the next.
    fn exchange(&mut self, ladder: &Ladder, random: &mut RandomStream) {
        for rung in (self.sweeps % 2..ladder.steps.len()).step_by(2) {
            let step = &ladder.steps[rung];
            let ratio = self.samplers[rung + 1].ln_likelihood(step) - self.samplers[rung].ln_likelihood(step);
            if ratio >= 0.0 || random.uniform() < exp(ratio) {
                self.samplers.swap(rung, rung + 1);
            }
        }
    }

    fn draw(&mut self, model: &LatentClasses) {
        self.draws.push(self.samplers[0].population(model));
        if self.draws.len() > MOST_STORED {
            // Every second draw stays: those whose sweep is a multiple of the doubled thinning.
            self.draws = self.draws.iter().skip(1).step_by(2).copied().collect();
            self.thinning *= 2;
        }
    }

    /// Goes on for some sweeps that are not kept, and tells at even steps of them how likely overlaps are.
    pub fn tell(&self, model: &LatentClasses, seed: u64, overlaps: &mut Overlaps) {
        let mut random = RandomStream::new(seed, "overlaps of latent classes", self.number);
        let mut sampler = self.samplers[0].clone();
        sampler.refresh(model);
        for sweep in 1..=LOOKS * SWEEPS_A_LOOK {
            sampler.sweep(model, &mut random);
            if sweep % SWEEPS_A_LOOK == 0 {
                overlaps.add(1.0, |set| sampler.on_all(model, set));
            }
        }
    }

    /// Its draws without those on the way from its start.
    pub fn second_half(&self) -> Vec<f64> {
        self.draws[self.draws.len() / 2..].to_vec()
    }
}
