//! The state of one chain and one sweep of its Gibbs sampler. It works on histories with their counts, so a sweep costs
//! as much as there are occupied histories, whatever the number of people.

use libm::{exp, lgamma, log};
use serde::Serialize;

use crate::random::RandomStream;
use crate::special::ln;
use crate::{CaptureTable, EstimateError, Result};

/// How many times a sweep tries to move the concentration.
const CONCENTRATION_STEPS: usize = 2;

/// What is believed before the table is seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prior {
    /// The most classes.
    pub classes: usize,
    /// Shape of the gamma prior of the concentration of classes.
    pub alpha_shape: f64,
    /// Rate of that gamma.
    pub alpha_rate: f64,
    /// First parameter of the beta prior of being on a list.
    pub list_a: f64,
    /// Second parameter of that beta.
    pub list_b: f64,
}

impl Default for Prior {
    fn default() -> Self {
        Prior { classes: 10, alpha_shape: 0.25, alpha_rate: 0.25, list_a: 1.0, list_b: 1.0 }
    }
}

impl Prior {
    /// This prior, where every number is one that it may be.
    ///
    /// # Errors
    /// Names the setting that is not.
    pub fn checked(self) -> Result<Self> {
        if !(2..=64).contains(&self.classes) {
            let value = self.classes.to_string();
            return Err(EstimateError::Setting { setting: "classes", value, allowed: "2 to 64" });
        }
        let positive = [
            ("alpha shape", self.alpha_shape),
            ("alpha rate", self.alpha_rate),
            ("list prior a", self.list_a),
            ("list prior b", self.list_b),
        ];
        match positive.into_iter().find(|(_, value)| !(value.is_finite() && *value > 0.0)) {
            Some((setting, value)) => {
                Err(EstimateError::Setting { setting, value: value.to_string(), allowed: "a number above 0" })
            }
            None => Ok(self),
        }
    }
}

/// Histories, counts and prior: what all chains share.
#[derive(Debug, Clone)]
pub struct LatentClasses {
    pub(super) lists: usize,
    pub(super) prior: Prior,
    pub(super) histories: Vec<Vec<usize>>,
    pub(super) counts: Vec<u64>,
    /// The counts as floating point: exact, since there are at most [`crate::MOST_PEOPLE`].
    pub(super) weights: Vec<f64>,
    pub(super) people: u64,
    /// How near to 0 and 1 a probability may come, so that products over all lists can be written.
    pub(super) edge: f64,
}

impl LatentClasses {
    /// The model of a table.
    pub fn new(table: &CaptureTable, prior: Prior) -> Self {
        let histories =
            table.cells().iter().map(|(history, _)| crate::loglinear::members(*history)).collect();
        let counts: Vec<u64> = table.cells().iter().map(|(_, count)| *count).collect();
        let edge = libm::pow(10.0, -(300.0 / table.width() as f64).min(15.0));
        let weights = counts.iter().map(|count| *count as f64).collect();
        let people = counts.iter().sum();
        LatentClasses { lists: table.width(), prior, histories, people, counts, weights, edge }
    }

    /// The same histories with other counts.
    pub fn with_counts(&self, counts: Vec<u64>) -> Self {
        let weights = counts.iter().map(|count| *count as f64).collect();
        LatentClasses { people: counts.iter().sum(), counts, weights, ..self.clone() }
    }

    /// Histories as bits, with their counts.
    pub(super) fn cells(&self) -> Vec<(u32, u64)> {
        let bits = |history: &Vec<usize>| history.iter().map(|list| 1_u32 << list).sum();
        self.histories.iter().map(bits).zip(self.counts.iter().copied()).collect()
    }

    /// The counts, in the order of the table's histories.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }
}

/// One chain: parameters, what follows from them, and room to work in.
#[derive(Debug, Clone)]
pub struct Sampler {
    /// Probability of being on list j in class k, at `j * classes + k`.
    pub(super) on_list: Vec<f64>,
    /// Shares of classes.
    pub(super) share: Vec<f64>,
    /// Concentration of classes.
    pub(super) alpha: f64,
    /// Probability of being on any list, by class.
    pub(super) seen: Vec<f64>,
    /// Probability of being on any list.
    pub(super) seen_by_any: f64,
    /// Probability of each history in each class, the class's share included, at `history * classes + k`.
    pub(super) weights: Vec<f64>,
    /// Probability of each history.
    pub(super) total: Vec<f64>,
    /// People on no list, drawn given the rest.
    pub(super) missing: u64,
    odds: Vec<f64>,
    /// People in each class, on a list or not.
    in_class: Vec<u64>,
    listed: Vec<u64>,
    drawn: Vec<u64>,
    /// Room for a number a class.
    by_class: Vec<f64>,
    /// Room for two numbers a history.
    pub(super) by_history: [Vec<f64>; 2],
}

impl Sampler {
    /// A chain that starts from the given parameters.
    pub(super) fn new(model: &LatentClasses, on_list: Vec<f64>, share: Vec<f64>, alpha: f64) -> Self {
        let classes = model.prior.classes;
        let mut sampler = Sampler {
            on_list,
            share,
            alpha,
            seen: vec![0.0; classes],
            seen_by_any: 0.0,
            weights: vec![0.0; model.histories.len() * classes],
            total: vec![0.0; model.histories.len()],
            missing: 0,
            odds: vec![0.0; model.lists * classes],
            in_class: vec![0; classes],
            listed: vec![0; model.lists * classes],
            drawn: vec![0; classes],
            by_class: vec![0.0; classes],
            by_history: [vec![0.0; model.histories.len()], vec![0.0; model.histories.len()]],
        };
        sampler.refresh(model);
        sampler
    }

    /// All that the next sweep depends on: probabilities of lists, shares, concentration.
    pub(super) fn parameters(&self) -> [Vec<f64>; 3] {
        [self.on_list.clone(), self.share.clone(), vec![self.alpha]]
    }

    /// A draw of everybody's number.
    pub fn population(&self, model: &LatentClasses) -> f64 {
        model.people as f64 + self.missing as f64
    }

    /// How many classes anybody, on a list or not, was in.
    pub fn occupied(&self) -> usize {
        self.in_class.iter().filter(|count| **count > 0).count()
    }

    /// The chance of somebody who is on any list to be on all of a set.
    pub(super) fn on_all(&self, model: &LatentClasses, set: u32) -> f64 {
        let lists = crate::loglinear::members(set);
        let of = |class: usize| {
            let on = lists.iter().map(|list| self.on_list[list * model.prior.classes + class]);
            self.share[class] * on.product::<f64>()
        };
        (0..model.prior.classes).map(of).sum::<f64>() / self.seen_by_any
    }

    /// One sweep: who is in which class, who is missing, the parameters, then the moves that Gibbs steps are slow at.
    pub fn sweep(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        self.draw_classes(model, random);
        self.draw_missing(model, random);
        self.draw_lists(model, random);
        self.draw_alpha(model, random);
        self.draw_shares(model, random);
        self.refresh(model);
        self.moves(model, random);
    }

    fn draw_classes(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        self.in_class.fill(0);
        self.listed.fill(0);
        for (at, history) in model.histories.iter().enumerate() {
            if model.counts[at] == 0 {
                continue;
            }
            let weights = &self.weights[at * classes..][..classes];
            self.drawn.fill(0);
            random.multinomial(model.counts[at], weights, self.total[at], &mut self.drawn);
            for (in_class, drawn) in self.in_class.iter_mut().zip(&self.drawn) {
                *in_class += drawn;
            }
            for list in history {
                let listed = &mut self.listed[list * classes..][..classes];
                listed.iter_mut().zip(&self.drawn).for_each(|(listed, drawn)| *listed += drawn);
            }
        }
    }

    fn draw_missing(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let mut unseen = 0.0;
        for ((none, share), seen) in self.by_class.iter_mut().zip(&self.share).zip(&self.seen) {
            *none = share * (1.0 - seen);
            unseen += *none;
        }
        let mean = random.gamma(model.people as f64) * (unseen / self.seen_by_any);
        self.missing = random.poisson(mean);
        self.drawn.fill(0);
        random.multinomial(self.missing, &self.by_class, unseen, &mut self.drawn);
        for (in_class, drawn) in self.in_class.iter_mut().zip(&self.drawn) {
            *in_class += drawn;
        }
    }

    fn draw_lists(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        let places = self.on_list.chunks_exact_mut(classes).zip(self.listed.chunks_exact(classes));
        for (on_list, listed) in places {
            for ((on_list, on), all) in on_list.iter_mut().zip(listed).zip(&self.in_class) {
                let drawn =
                    random.beta(model.prior.list_a + *on as f64, model.prior.list_b + (all - on) as f64);
                *on_list = drawn.clamp(model.edge, 1.0 - model.edge);
            }
        }
    }

    fn draw_shares(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let last = model.prior.classes - 1;
        let mut later: u64 = self.in_class.iter().sum();
        let mut left = 1.0;
        for k in 0..last {
            later -= self.in_class[k];
            let own = random.gamma(1.0 + self.in_class[k] as f64);
            let rest = random.gamma(self.alpha + later as f64);
            self.share[k] = left * (own / (own + rest));
            left *= rest / (own + rest);
        }
        self.share[last] = left;
    }

    /// Shares drawn from the prior, given the concentration.
    pub(super) fn shares_from_prior(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        self.in_class.fill(0);
        self.draw_shares(model, random);
    }

    /// Moves the concentration given who is in which class, the shares summed out: given the shares it would crawl, since
    /// those of classes without anybody know it almost exactly. Metropolis steps in its logarithm, of any size.
    fn draw_alpha(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let mut here = self.ln_concentration(model, self.alpha);
        for _ in 0..CONCENTRATION_STEPS {
            let proposed = self.alpha * exp(exp(3.0 * random.uniform() - 1.5) * random.normal());
            if !(1e-100..1e100).contains(&proposed) {
                continue;
            }
            let there = self.ln_concentration(model, proposed);
            if there >= here || random.uniform() < exp(there - here) {
                (self.alpha, here) = (proposed, there);
            }
        }
    }

    /// The logarithm of the density of the concentration's logarithm, given how many are in each class. The gamma functions
    /// of the broken sticks cancel but for the first and the last.
    fn ln_concentration(&self, model: &LatentClasses, alpha: f64) -> f64 {
        let last = model.prior.classes - 1;
        let mut later: u64 = self.in_class.iter().sum();
        let mut sum = model.prior.alpha_shape * log(alpha) - model.prior.alpha_rate * alpha
            + lgamma(alpha + self.in_class[last] as f64)
            - lgamma(1.0 + alpha + later as f64)
            + log(alpha);
        for k in 0..last - 1 {
            later -= self.in_class[k];
            if later == 0 {
                break;
            }
            sum += ln(alpha / (alpha + later as f64));
        }
        sum
    }

    /// Everything that follows from the parameters.
    pub(super) fn refresh(&mut self, model: &LatentClasses) {
        let classes = model.prior.classes;
        self.by_class.copy_from_slice(&self.share);
        self.seen.fill(0.0);
        let places = self.on_list.chunks_exact(classes).zip(self.odds.chunks_exact_mut(classes));
        for (on_list, odds) in places {
            let both = self.by_class.iter_mut().zip(&mut self.seen);
            for (((none, seen), on), odds) in both.zip(on_list).zip(odds) {
                let off = 1.0 - on;
                *odds = on / off;
                *none *= off;
                *seen += (1.0 - *seen) * on;
            }
        }
        self.seen_by_any = self.seen.iter().zip(&self.share).map(|(seen, share)| seen * share).sum();
        let places = self.weights.chunks_exact_mut(classes).zip(&mut self.total);
        for ((weights, total), history) in places.zip(&model.histories) {
            weights.copy_from_slice(&self.by_class);
            for list in history {
                let odds = &self.odds[list * classes..][..classes];
                weights.iter_mut().zip(odds).for_each(|(weight, odds)| *weight *= odds);
            }
            *total = weights.iter().sum();
        }
    }

    /// The logarithm of the probability of the given counts among people who are on any list.
    pub(super) fn ln_likelihood(&self, counts: &[u64]) -> f64 {
        let people: u64 = counts.iter().sum();
        let parts = counts.iter().zip(&self.total).filter(|(count, _)| **count > 0);
        parts.map(|(count, total)| *count as f64 * ln(*total)).sum::<f64>()
            - people as f64 * log(self.seen_by_any)
    }
}
