//! Where chains start: far apart on purpose, so that chains that end together have found the same.

use libm::exp;

use super::sampler::{LatentClasses, Sampler};
use crate::random::RandomStream;

impl Sampler {
    /// The start of chain `chain`: one class; many at random; a large class that lists hardly see; a class for each list;
    /// and from the fifth on draws from the prior.
    pub fn started(model: &LatentClasses, chain: usize, random: &mut RandomStream) -> Self {
        let marginal: Vec<f64> = (0..model.lists).map(|list| marginal(model, list)).collect();
        match chain {
            0 => with(
                model,
                0.2,
                |class, list| if class == 0 { marginal[list] } else { 0.5 },
                |class| {
                    if class == 0 { 200.0 } else { 1.0 }
                },
            ),
            1 => {
                let classes = model.prior.classes;
                let drawn: Vec<f64> = (0..model.lists * classes).map(|_| random.beta(0.5, 0.5)).collect();
                with(model, 2.0, |class, list| drawn[list * classes + class], |_| 1.0)
            }
            2 => with(
                model,
                1.0,
                |class, list| if class == 0 { 0.02 * marginal[list] } else { 0.5 * (1.0 + marginal[list]) },
                |class| if class == 0 { 60.0 } else { 1.0 },
            ),
            3 => with(
                model,
                1.0,
                |class, list| if list == class % model.lists { 0.8 } else { 0.1 * marginal[list] },
                |_| 1.0,
            ),
            _ => Sampler::from_prior(model, random),
        }
    }

    /// A draw from the prior.
    pub fn from_prior(model: &LatentClasses, random: &mut RandomStream) -> Self {
        let prior = model.prior;
        let alpha = (exp(random.ln_gamma_variable(prior.alpha_shape)) / prior.alpha_rate).max(1e-12);
        let on_list = (0..model.lists * prior.classes)
            .map(|_| random.beta(prior.list_a, prior.list_b).clamp(model.edge, 1.0 - model.edge))
            .collect();
        let mut sampler =
            Sampler::new(model, on_list, vec![1.0 / prior.classes as f64; prior.classes], alpha);
        sampler.shares_from_prior(model, random);
        sampler.refresh(model);
        sampler
    }
}

fn marginal(model: &LatentClasses, list: usize) -> f64 {
    let on: u64 = model
        .histories
        .iter()
        .zip(&model.counts)
        .filter(|(history, _)| history.contains(&list))
        .map(|(_, count)| count)
        .sum();
    (on as f64 + 0.5) / (model.people as f64 + 1.0)
}

fn with(
    model: &LatentClasses,
    alpha: f64,
    on_list: impl Fn(usize, usize) -> f64,
    weight: impl Fn(usize) -> f64,
) -> Sampler {
    let classes = model.prior.classes;
    let on_list = (0..model.lists * classes)
        .map(|at| on_list(at % classes, at / classes).clamp(1e-9, 1.0 - 1e-9))
        .collect();
    let total: f64 = (0..classes).map(&weight).sum();
    Sampler::new(model, on_list, (0..classes).map(|class| weight(class) / total).collect(), alpha)
}
