//! The state of one chain and one sweep of its Gibbs sampler. It works on histories with their counts, so a sweep costs
//! as much as there are occupied histories, whatever the number of people.

use libm::{exp, log};

use crate::random::RandomStream;
use crate::{CaptureTable, EstimateError, Result};

/// What is believed before the table is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
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
        LatentClasses { lists: table.width(), prior, histories, people: counts.iter().sum(), counts, edge }
    }

    /// The same histories with other counts.
    pub fn with_counts(&self, counts: Vec<u64>) -> Self {
        LatentClasses { people: counts.iter().sum(), counts, ..self.clone() }
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
    /// Their logarithms, which stay finite where a share is too small to be written.
    pub(super) ln_share: Vec<f64>,
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
    in_class: Vec<u64>,
    listed: Vec<u64>,
    drawn: Vec<u64>,
}

impl Sampler {
    /// A chain that starts from the given parameters.
    pub(super) fn new(model: &LatentClasses, on_list: Vec<f64>, share: Vec<f64>, alpha: f64) -> Self {
        let classes = model.prior.classes;
        let mut sampler = Sampler {
            on_list,
            ln_share: share.iter().map(|share| log(*share)).collect(),
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
        };
        sampler.refresh(model);
        sampler
    }

    /// A draw of everybody's number.
    pub fn population(&self, model: &LatentClasses) -> f64 {
        model.people as f64 + self.missing as f64
    }

    /// How many classes anybody, on a list or not, was in.
    pub fn occupied(&self) -> usize {
        self.in_class.iter().filter(|count| **count > 0).count()
    }

    /// One sweep: who is in which class, who is missing, the parameters, then the moves that Gibbs steps are slow at.
    pub fn sweep(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        self.draw_classes(model, random);
        self.draw_missing(model, random);
        self.draw_lists(model, random);
        self.draw_shares(model, random);
        self.draw_alpha(model, random);
        self.refresh(model);
        self.moves(model, random);
    }

    pub(super) fn draw_classes(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        self.in_class.fill(0);
        self.listed.fill(0);
        for (at, history) in model.histories.iter().enumerate() {
            if model.counts[at] == 0 {
                continue;
            }
            self.drawn.fill(0);
            random.multinomial(model.counts[at], &self.weights[at * classes..][..classes], &mut self.drawn);
            for k in 0..classes {
                self.in_class[k] += self.drawn[k];
            }
            for list in history {
                for (listed, drawn) in self.listed[list * classes..].iter_mut().zip(&self.drawn) {
                    *listed += drawn;
                }
            }
        }
    }

    pub(super) fn draw_missing(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        let unseen: Vec<f64> = (0..classes).map(|k| self.share[k] * (1.0 - self.seen[k])).collect();
        let odds = unseen.iter().sum::<f64>() / self.seen_by_any;
        let mean = random.gamma(model.people as f64) * odds;
        self.missing = random.poisson(mean);
        self.drawn.fill(0);
        random.multinomial(self.missing, &unseen, &mut self.drawn);
        for k in 0..classes {
            self.in_class[k] += self.drawn[k];
        }
    }

    fn draw_lists(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        for list in 0..model.lists {
            for k in 0..classes {
                let on = self.listed[list * classes + k];
                let off = self.in_class[k] - on;
                let drawn = random.beta(model.prior.list_a + on as f64, model.prior.list_b + off as f64);
                self.on_list[list * classes + k] = drawn.clamp(model.edge, 1.0 - model.edge);
            }
        }
    }

    fn draw_shares(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        let mut later: u64 = self.in_class.iter().sum();
        let (mut left, mut ln_left) = (1.0, 0.0);
        for k in 0..classes - 1 {
            later -= self.in_class[k];
            let own = random.gamma(1.0 + self.in_class[k] as f64);
            let ln_rest = random.ln_gamma_variable(self.alpha + later as f64);
            let rest = exp(ln_rest);
            let both = own + rest;
            self.share[k] = left * (own / both);
            self.ln_share[k] = ln_left + log(own / both);
            left *= rest / both;
            ln_left += ln_rest - log(both);
        }
        self.share[classes - 1] = left;
        self.ln_share[classes - 1] = ln_left;
    }

    /// Shares drawn from the prior, given the concentration.
    pub(super) fn shares_from_prior(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        self.in_class.fill(0);
        self.draw_shares(model, random);
    }

    fn draw_alpha(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let last = model.prior.classes - 1;
        let rate = model.prior.alpha_rate - self.ln_share[last];
        self.alpha = (random.gamma(model.prior.alpha_shape + last as f64) / rate).max(1e-300);
    }

    /// Everything that follows from the parameters.
    pub(super) fn refresh(&mut self, model: &LatentClasses) {
        let classes = model.prior.classes;
        let mut none: Vec<f64> = self.share.clone();
        self.seen.fill(0.0);
        for list in 0..model.lists {
            for (k, none) in none.iter_mut().enumerate() {
                let on = self.on_list[list * classes + k];
                self.odds[list * classes + k] = on / (1.0 - on);
                *none *= 1.0 - on;
                self.seen[k] += (1.0 - self.seen[k]) * on;
            }
        }
        self.seen_by_any = self.seen.iter().zip(&self.share).map(|(seen, share)| seen * share).sum();
        for (at, history) in model.histories.iter().enumerate() {
            let weights = &mut self.weights[at * classes..][..classes];
            weights.copy_from_slice(&none);
            for list in history {
                let odds = &self.odds[list * classes..][..classes];
                weights.iter_mut().zip(odds).for_each(|(weight, odds)| *weight *= odds);
            }
            self.total[at] = weights.iter().sum();
        }
    }

    /// The logarithm of the probability of the given counts among people who are on any list.
    pub(super) fn ln_likelihood(&self, counts: &[u64]) -> f64 {
        let people: u64 = counts.iter().sum();
        let parts = counts.iter().zip(&self.total).filter(|(count, _)| **count > 0);
        parts.map(|(count, total)| *count as f64 * log(*total)).sum::<f64>()
            - people as f64 * log(self.seen_by_any)
    }
}
