//! Candidates, compared: of each pair only the number of its kind is kept, and the few that a model may find likely are
//! compared again when it is known.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::blocks::{self, RuleReport};
use super::compare::{Comparison, compare};
use super::exclusive::Edge;
use super::fit::Counted;
use super::judged::Judged;
use super::linking::chance;
use super::model::{SAME, Weights};
use super::pairs::{Pairs, Run};
use super::rows::People;

/// Candidates, compared.
pub struct Compared {
    pairs: Pairs,
    /// What each rule of blocking came to.
    pub rules: Vec<RuleReport>,
    kinds: Kinds,
    /// By run and the place of a pair in it, the number of its kind.
    of: Vec<Vec<u32>>,
}

/// Runs of pairs whose kinds are counted apart at a time.
const RUNS: usize = 4;
/// Chance under which a pair is forgotten.
const KEPT: f32 = 0.005;

impl Compared {
    /// All that rules of blocking propose, and all that reviewers spoke of.
    pub fn of(people: &People, judged: &Judged) -> Compared {
        let (mut pairs, rules) = blocks::candidates(people);
        pairs.add(&mut judged.all().map(|(left, right, _)| (left, right)).collect());
        let (mut kinds, mut of) = (Kinds::default(), Vec::new());
        for runs in pairs.runs().chunks(RUNS) {
            let parts: Vec<(Kinds, Vec<u32>)> = runs.par_iter().map(|run| kinds_of(people, run)).collect();
            for (part, mut of_run) in parts {
                let numbers: Vec<u32> = part.all.iter().map(|kind| kinds.number(kind)).collect();
                of_run.iter_mut().for_each(|number| *number = numbers[*number as usize]);
                of.push(of_run);
            }
        }
        Compared { pairs, rules, kinds, of }
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Pairs counted by their kind, in the order of patterns.
    pub fn counted(&self, judged: &Judged) -> Vec<Counted> {
        let mut said: FxHashMap<u32, (f64, f64)> = FxHashMap::default();
        for (left, right, same) in judged.all() {
            if let Some((run, place)) = self.pairs.place(left, right) {
                let said = said.entry(self.of[run][place]).or_default();
                if same { said.0 += 1.0 } else { said.1 += 1.0 }
            }
        }
        let mut kinds: Vec<(&Kind, u32)> = self.kinds.all.iter().zip(0..).collect();
        kinds.sort_unstable_by_key(|(kind, _)| kind.key);
        let counted = |(kind, number): (&Kind, u32)| {
            let (surely_same, surely_other) = said.get(&number).copied().unwrap_or_default();
            Counted {
                pattern: kind.pattern(),
                rare_given: (kind.given / kind.pairs) as f32,
                rare_names: (kind.names / kind.pairs) as f32,
                pairs: kind.pairs,
                surely_same,
                surely_other,
            }
        };
        kinds.into_iter().map(counted).collect()
    }

    /// Edges whose chance is worth keeping, in the order of their pairs.
    pub fn scored(self, people: &People, weights: &Weights) -> Vec<Edge> {
        let likely: Vec<bool> =
            self.kinds.all.iter().map(|kind| kind.highest_chance(weights) >= 0.99 * KEPT).collect();
        let edges = |(run, of): (&Run, &Vec<u32>)| -> Vec<Edge> {
            let likely = run.pairs().zip(of).filter(|(_, kind)| likely[**kind as usize]);
            let edges = likely.map(|((left, right), _)| {
                let chance = chance(people, weights, left, right);
                Edge { left, right, chance, exclusive: chance }
            });
            edges.filter(|edge| edge.chance >= KEPT).collect()
        };
        let parts: Vec<Vec<Edge>> = self.pairs.runs().par_iter().zip(&self.of).map(edges).collect();
        parts.concat()
    }
}

/// Pairs of one pattern whose names are about as rare.
#[derive(Debug, Clone, Copy)]
struct Kind {
    /// The pattern, and the steps of how rare names are, four bits each.
    key: u64,
    pairs: f64,
    /// Sums of how rare the given name is, and the other names.
    given: f64,
    names: f64,
    /// The rarest of each.
    rarest: [f32; 2],
}

impl Kind {
    fn of(compared: &Comparison) -> Kind {
        let step = |rare: f32, width: f32| (((rare / width).round() as i32).clamp(-4, 11) + 4) as u64;
        let (given, names) = (compared.rare_given, compared.rare_names);
        Kind {
            key: compared.pattern() << 8 | step(given, 1.2) << 4 | step(names, 1.5),
            pairs: 1.0,
            given: given.into(),
            names: names.into(),
            rarest: [given, names],
        }
    }

    fn pattern(&self) -> u64 {
        self.key >> 8
    }

    /// What no pair of this kind surpasses: the rarer the names that agree, the likelier is one person.
    fn highest_chance(&self, weights: &Weights) -> f32 {
        let [given, names] = self.rarest;
        weights.chances(&weights.of_pattern(self.pattern()), given, names)[SAME]
    }

    fn add(&mut self, other: &Kind) {
        self.pairs += other.pairs;
        self.given += other.given;
        self.names += other.names;
        self.rarest = [0, 1].map(|at| self.rarest[at].max(other.rarest[at]));
    }
}

/// Kinds of pairs, numbered in the order in which they came.
#[derive(Debug, Default)]
struct Kinds {
    all: Vec<Kind>,
    numbers: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Adds pairs of a kind, and gives its number.
    fn number(&mut self, kind: &Kind) -> u32 {
        if let Some(number) = self.numbers.get(&kind.key) {
            self.all[*number as usize].add(kind);
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(kind.key, number);
        self.all.push(*kind);
        number
    }
}

/// The kinds of some pairs, and of each pair the number of its own.
fn kinds_of(people: &People, run: &Run) -> (Kinds, Vec<u32>) {
    let mut kinds = Kinds::default();
    let mut of = Vec::with_capacity(run.len());
    for (left, right) in run.pairs() {
        let (a, b) = (&people.records[left as usize], &people.records[right as usize]);
        let compared = compare(a, b, &people.vocabulary, people.lists > 1);
        of.push(kinds.number(&Kind::of(&compared)));
    }
    (kinds, of)
}
