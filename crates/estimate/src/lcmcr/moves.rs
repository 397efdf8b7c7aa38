//! Moves across the directions along which Gibbs steps crawl. Both leave out who is in which class and who is missing:
//! summed over those, the likelihood of everybody's number with a prior of 1/N is that of the histories among people seen.

use libm::{exp, log};

use super::sampler::{LatentClasses, Sampler};
use crate::random::RandomStream;
use crate::special::ln;

/// Classes of which a share smaller than this is left alone.
const SMALLEST: f64 = 1e-200;
/// How often a sweep tries its moves: on the published tables two times give the most effective draws a second.
const ROUNDS: usize = 2;

/// What follows from a class's new odds: the probability of being on any list, that of being on none, and the change of
/// the prior of being on lists.
struct Stretched {
    seen: f64,
    none: f64,
    ln_prior: f64,
}

impl Sampler {
    /// Tries moves on classes that matter most and on any.
    pub(super) fn moves(&mut self, model: &LatentClasses, random: &mut RandomStream) {
        let classes = model.prior.classes;
        for _ in 0..ROUNDS {
            for among in [2.min(classes), 4.min(classes), classes] {
                let class = random.below(among);
                self.stretch(model, class, random);
            }
        }
        self.swap(model, random.below(classes - 1), random);
    }

    /// Makes a class rarer on lists and larger, or the other way, so that as many of it are seen as before. Metropolis and
    /// Hastings in the logarithms of odds and of shares, where the move is a shift and its Jacobian 1.
    fn stretch(&mut self, model: &LatentClasses, class: usize, random: &mut RandomStream) {
        let classes = model.prior.classes;
        let before = self.share[class];
        if before < SMALLEST {
            return;
        }
        let factor = exp(exp(4.0 * random.uniform() - 3.0) * random.normal());
        let mut odds = [0.0; crate::MOST_LISTS];
        let Some(moved) = self.stretched(model, class, factor, &mut odds) else { return };
        let after = before * self.seen[class] / moved.seen;
        if !(SMALLEST..1e200).contains(&after) {
            return;
        }
        let sum = 1.0 - before + after;
        let ratio = moved.ln_prior
            + self.ln_share_ratio(model, class, after, sum)
            + self.ln_likelihood_ratio(model, class, after * moved.none, &odds);
        if ratio >= 0.0 || random.uniform() < exp(ratio) {
            for (list, odds) in odds.iter().enumerate().take(model.lists) {
                self.on_list[list * classes + class] = odds / (1.0 + odds);
            }
            self.seen[class] = moved.seen;
            self.share[class] = after;
            self.share.iter_mut().for_each(|share| *share /= sum);
            self.seen_by_any /= sum;
            let [fresh, changed] = &self.by_history;
            for (at, weights) in self.weights.chunks_exact_mut(classes).enumerate() {
                weights[class] = fresh[at];
                weights.iter_mut().for_each(|weight| *weight /= sum);
                self.total[at] = changed[at] / sum;
            }
        }
    }

    /// A class with all its odds times `factor`, which are written to `odds`; `None` where a probability would come too
    /// near to 0 or 1.
    fn stretched(
        &self,
        model: &LatentClasses,
        class: usize,
        factor: f64,
        odds: &mut [f64; crate::MOST_LISTS],
    ) -> Option<Stretched> {
        let (mut seen, mut none, mut on, mut off) = (0.0, 1.0, 1.0, 1.0);
        for (old, odds) in self.on_list[class..].iter().step_by(model.prior.classes).zip(odds) {
            *odds = old / (1.0 - old) * factor;
            let new = *odds / (1.0 + *odds);
            if !(new > model.edge && new < 1.0 - model.edge) {
                return None;
            }
            seen += (1.0 - seen) * new;
            none *= 1.0 - new;
            on *= new / old;
            off *= (1.0 - new) / (1.0 - old);
        }
        let ln_prior = model.prior.list_a * log(on) + model.prior.list_b * log(off);
        Some(Stretched { seen, none, ln_prior })
    }

    /// The change of the histories' likelihood when the class's weight of an empty history becomes `none` and its odds
    /// `odds`. Fills the room of histories: the class's new weights, and the new sums.
    fn ln_likelihood_ratio(
        &mut self,
        model: &LatentClasses,
        class: usize,
        none: f64,
        odds: &[f64; crate::MOST_LISTS],
    ) -> f64 {
        let classes = model.prior.classes;
        let [fresh, changed] = &mut self.by_history;
        let mut ratio = 0.0;
        for (at, history) in model.histories.iter().enumerate() {
            let new = history.iter().fold(none, |weight, list| weight * odds[*list]);
            let sum = (self.total[at] - self.weights[at * classes + class]).max(0.0) + new;
            (fresh[at], changed[at]) = (new, sum);
            ratio += model.weights[at] * ln(sum / self.total[at]);
        }
        ratio
    }

    /// The prior's change in the shares when one class's goes from its present value to `after` and all are divided by `sum`:
    /// of the density of broken sticks, times all shares.
    fn ln_share_ratio(&self, model: &LatentClasses, class: usize, after: f64, sum: f64) -> f64 {
        let classes = model.prior.classes;
        let (ln_sum, own) = (log(sum), log(after / self.share[class]));
        let last = if class == classes - 1 { own - ln_sum } else { -ln_sum };
        let mut ratio = (self.alpha - 1.0) * last + own - classes as f64 * ln_sum;
        let mut left: f64 = self.share[classes - 1];
        for k in (1..classes - 1).rev() {
            left += self.share[k];
            ratio += ln_sum;
            if k <= class {
                ratio -= log((left + after - self.share[class]) / left);
            }
        }
        ratio
    }

    /// Exchanges two neighbouring classes: the likelihood stays, only the prior of broken sticks has an opinion.
    fn swap(&mut self, model: &LatentClasses, class: usize, random: &mut RandomStream) {
        let classes = model.prior.classes;
        let next = class + 1;
        let later: f64 = self.share[next + 1..].iter().sum();
        let ratio = if next == classes - 1 {
            (self.alpha - 1.0) * log(self.share[class] / self.share[next])
        } else {
            log((self.share[next] + later) / (self.share[class] + later))
        };
        if ratio.is_nan() || (ratio < 0.0 && random.uniform() >= exp(ratio)) {
            return;
        }
        self.share.swap(class, next);
        self.seen.swap(class, next);
        for list in 0..model.lists {
            self.on_list.swap(list * classes + class, list * classes + next);
        }
        for at in 0..model.histories.len() {
            self.weights.swap(at * classes + class, at * classes + next);
        }
    }
}
