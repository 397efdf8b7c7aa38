//! Candidates, compared once: what each comparison came to is kept in one number, from which the model is fitted and the
//! pairs are scored.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::blocks::{self, RuleReport};
use super::comparison::Packed;
use super::exclusive::Edge;
use super::fit::Counted;
use super::judged::Judged;
use super::linking::told;
use super::model::Weights;
use super::pairs::{Pairs, Run};
use super::rows::People;

/// Candidates, compared.
pub struct Compared {
    pairs: Pairs,
    /// What each rule of blocking came to.
    pub rules: Vec<RuleReport>,
    /// Comparisons of the pairs, by run.
    told: Vec<Vec<Packed>>,
}

/// Chance under which a pair is forgotten.
const KEPT: f32 = 0.005;

impl Compared {
    /// All that rules of blocking propose, and all that reviewers spoke of; by `weights` a glance tells people apart.
    pub fn of(people: &People, judged: &Judged, weights: &Weights) -> Compared {
        let (mut pairs, rules) = blocks::candidates(people, weights);
        pairs.add(&mut judged.all().map(|(left, right, _)| (left, right)).collect());
        let told = |run: &Run| run.pairs().map(|(left, right)| told(people, left, right)).collect();
        let told = pairs.runs().par_iter().map(told).collect();
        Compared { pairs, rules, told }
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Pairs counted by their kind, in the order of patterns.
    pub fn counted(&self, judged: &Judged) -> Vec<Counted> {
        let mut said: BTreeMap<Kind, (f64, f64)> = BTreeMap::new();
        for (left, right, same) in judged.all() {
            if let Some((run, place)) = self.pairs.place(left, right) {
                let said = said.entry(Kind::of(self.told[run][place])).or_default();
                if same { said.0 += 1.0 } else { said.1 += 1.0 }
            }
        }
        let mut kinds: Vec<(Kind, Packed)> = Vec::with_capacity(self.len());
        kinds.extend(self.told.iter().flatten().map(|told| (Kind::of(*told), *told)));
        kinds.par_sort_unstable();
        let counted = |of_kind: &[(Kind, Packed)]| {
            let (kind, first) = of_kind[0];
            let pairs = of_kind.len() as f64;
            let mean = |rare: fn(Packed) -> f32| {
                (of_kind.iter().map(|(_, told)| f64::from(rare(*told))).sum::<f64>() / pairs) as f32
            };
            let (surely_same, surely_other) = said.get(&kind).copied().unwrap_or_default();
            Counted {
                pattern: first.pattern(),
                rare_given: mean(Packed::rare_given),
                rare_names: mean(Packed::rare_names),
                pairs,
                surely_same,
                surely_other,
            }
        };
        kinds.chunk_by(|a, b| a.0 == b.0).map(counted).collect()
    }

    /// Edges whose chance is worth keeping, in the order of their pairs.
    pub fn scored(self, weights: &Weights) -> Vec<Edge> {
        let edges = |(run, told): (Run, Vec<Packed>)| -> Vec<Edge> {
            let edge = |((left, right), told): ((u32, u32), Packed)| {
                let chance = weights.chance(told);
                (chance >= KEPT).then_some(Edge { left, right, chance, exclusive: chance, told })
            };
            run.pairs().zip(told).filter_map(edge).collect()
        };
        let runs = self.pairs.into_runs().into_par_iter();
        let parts: Vec<Vec<Edge>> = runs.zip(self.told).map(edges).collect();
        parts.concat()
    }
}

/// Pairs of one pattern whose names are about as rare: the pattern, and the steps of how rare names are, four bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind(u64);

impl Kind {
    fn of(told: Packed) -> Kind {
        let step = |rare: f32, width: f32| (((rare / width).round() as i32).clamp(-4, 11) + 4) as u64;
        Kind(told.pattern() << 8 | step(told.rare_given(), 1.2) << 4 | step(told.rare_names(), 1.5))
    }
}
