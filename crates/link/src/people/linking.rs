//! From people to clusters: candidates, comparison, fitting, exclusivity, clustering.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::blocks::{self, Candidates, RuleReport, both};
use super::cluster::{self, Taken, Weighed};
use super::compare::{Comparison, compare};
use super::exclusive::{self, Edge, Neighbours};
use super::fit::{self, Counted};
use super::judged::{Contradiction, Judged};
use super::learnt::Learnt;
use super::lists;
use super::model::{self, SAME, Sums, Weights};
use super::rows::People;
use crate::LinkError;

/// How to link.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Chances in place of the shipped ones, as CSV.
    pub priors: Option<String>,
    /// What reviewers said: two records and whether they are the same.
    pub judged: Vec<(u32, u32, bool)>,
}

/// Who is who.
#[derive(Debug)]
pub struct Linked {
    /// For each record the lowest record of its cluster.
    pub person: Vec<u32>,
    /// Pairs worth keeping, with their chances.
    pub edges: Vec<Edge>,
    /// Components with the weights that the model gives, for draws.
    pub components: Vec<Weighed>,
    /// The weights of the model.
    pub weights: Weights,
    /// What each rule of blocking came to.
    pub rules: Vec<RuleReport>,
    /// Pairs that were compared.
    pub compared: u64,
    /// For each list whether it was taken to hold nobody twice.
    pub once: Vec<bool>,
    /// Judgements that contradict each other.
    pub contradictions: Vec<Contradiction>,
}

/// Chance under which a pair is forgotten.
const KEPT: f32 = 0.005;

/// Links all records.
///
/// # Errors
/// Where the chances that were given are not whole.
pub fn link(people: &People, settings: &Settings) -> Result<Linked, LinkError> {
    let priors = model::tables(settings.priors.as_deref().unwrap_or(model::SHIPPED))?;
    let judged = Judged::new(&settings.judged);
    let candidates = Compared::of(people, &judged.0);
    let counted = counted(&candidates.patterns, &candidates.seen, &candidates.pairs, &judged.0);
    let weights = fit::fit(&counted, fit::strangers(people), &priors, people.records.len()).weights();
    let once = |edges: &[Edge]| lists::without_duplicates(people, edges);
    Ok(put_together(people, candidates, weights, once, judged))
}

/// Links all records under what an earlier run learnt: nothing is fitted. `names` are those of the lists, in order.
pub fn link_as(people: &People, learnt: &Learnt, names: &[String], judged: &[(u32, u32, bool)]) -> Linked {
    let judged = Judged::new(judged);
    let candidates = Compared::of(people, &judged.0);
    put_together(people, candidates, learnt.weights().clone(), |_| learnt.once(names), judged)
}

/// Candidates, compared.
struct Compared {
    pairs: Vec<u64>,
    rules: Vec<RuleReport>,
    patterns: Vec<u64>,
    /// By pair, in the pieces in which they were compared.
    seen: Vec<Vec<Seen>>,
}

impl Compared {
    fn of(people: &People, judged: &Judged) -> Compared {
        let Candidates { mut pairs, rules } = blocks::candidates(people);
        add_judged(&mut pairs, judged);
        let (patterns, seen) = compared(people, &pairs);
        Compared { pairs, rules, patterns, seen }
    }
}

/// From compared candidates to clusters; `once` says which lists hold nobody twice.
fn put_together(
    people: &People,
    candidates: Compared,
    weights: Weights,
    once: impl Fn(&[Edge]) -> Vec<bool>,
    (judged, contradictions): (Judged, Vec<Contradiction>),
) -> Linked {
    let Compared { pairs, rules, patterns, seen } = candidates;
    let mut edges = scored(&pairs, &seen, &patterns, &weights);
    let compared = pairs.len() as u64;
    drop((pairs, seen));
    let neighbours = Neighbours::new(&edges, people.records.len());
    let unseen = |a: u32, b: u32| chance(people, &weights, a, b);
    let once = once(&edges);
    let apart = |a: u32, b: u32| {
        let (a, b) = (people.records[a as usize].list, people.records[b as usize].list);
        a == b && once[a as usize]
    };
    exclusive::weigh(&mut edges, &neighbours, people.records.len(), unseen);
    let weighed = |taken: Taken| -> Vec<Weighed> {
        cluster::components(&edges, people.records.len(), &judged, taken)
            .par_iter()
            .map(|members| Weighed::new(members, &edges, &neighbours, &judged, (unseen, apart), taken))
            .collect()
    };
    let components = weighed(Taken::Exclusive);
    let clusters = cluster::clusters(&components);
    let mut person: Vec<u32> = (0..people.records.len() as u32).collect();
    for (component, clusters) in components.iter().zip(&clusters) {
        for (member, lowest) in component.members.iter().zip(clusters) {
            person[*member as usize] = component.members[*lowest as usize];
        }
    }
    let components = weighed(Taken::Alone);
    Linked { person, edges, components, weights, rules, compared, once, contradictions }
}

/// The chance that two records are one person, by the model alone.
pub fn chance(people: &People, weights: &Weights, a: u32, b: u32) -> f32 {
    let compared = compare(
        &people.records[a as usize],
        &people.records[b as usize],
        &people.vocabulary,
        people.lists > 1,
    );
    let of_pattern = weights.of_pattern(compared.pattern());
    weights.chances(&of_pattern, compared.rare_given, compared.rare_names)[SAME]
}

fn add_judged(pairs: &mut Vec<u64>, judged: &Judged) {
    let before = pairs.len();
    pairs.extend(judged.all().map(|(left, right, _)| u64::from(left) << 32 | u64::from(right)));
    if pairs.len() > before {
        pairs.sort_unstable();
        pairs.dedup();
    }
}

/// A compared pair: its pattern's number and how rare its names are.
#[derive(Debug, Clone, Copy)]
struct Seen {
    pattern: u32,
    rare_given: f32,
    rare_names: f32,
}

/// Pairs that are looked at at a time.
const CHUNK: usize = 1 << 16;

/// Compares all pairs, by [`CHUNK`]; patterns are numbered in the order of their levels.
fn compared(people: &People, pairs: &[u64]) -> (Vec<u64>, Vec<Vec<Seen>>) {
    let chunk = |pairs: &[u64]| {
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut patterns = Vec::new();
        let seen: Vec<Seen> = pairs
            .iter()
            .map(|pair| {
                let (left, right) = both(*pair);
                let compared: Comparison = compare(
                    &people.records[left],
                    &people.records[right],
                    &people.vocabulary,
                    people.lists > 1,
                );
                let pattern = *numbers.entry(compared.pattern()).or_insert_with(|| {
                    patterns.push(compared.pattern());
                    patterns.len() as u32 - 1
                });
                Seen { pattern, rare_given: compared.rare_given, rare_names: compared.rare_names }
            })
            .collect();
        (patterns, seen)
    };
    let mut chunks: Vec<(Vec<u64>, Vec<Seen>)> = pairs.par_chunks(CHUNK).map(chunk).collect();
    let mut all: Vec<u64> = chunks.iter().flat_map(|(patterns, _)| patterns.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    for (patterns, part) in &mut chunks {
        let renumbered: Vec<u32> =
            patterns.iter().map(|pattern| all.binary_search(pattern).unwrap_or_default() as u32).collect();
        part.iter_mut().for_each(|one| one.pattern = renumbered[one.pattern as usize]);
    }
    let seen = chunks.into_iter().map(|(_, part)| part).collect();
    (all, seen)
}

/// Pairs counted by pattern and by how rare their names are, in steps.
fn counted(patterns: &[u64], seen: &[Vec<Seen>], pairs: &[u64], judged: &Judged) -> Vec<Counted> {
    let step = |rare: f32, width: f32| ((rare / width).round() as i32).clamp(-4, 11) + 4;
    let key = |one: &Seen| {
        u64::from(one.pattern) << 8
            | (step(one.rare_given, 1.2) as u64) << 4
            | step(one.rare_names, 1.5) as u64
    };
    let mut sums: FxHashMap<u64, (f64, f64, f64)> = FxHashMap::default();
    for one in seen.iter().flatten() {
        let sum = sums.entry(key(one)).or_default();
        sum.0 += 1.0;
        sum.1 += f64::from(one.rare_given);
        sum.2 += f64::from(one.rare_names);
    }
    let mut said: FxHashMap<u64, (f64, f64)> = FxHashMap::default();
    for (left, right, same) in judged.all() {
        if let Ok(at) = pairs.binary_search(&(u64::from(left) << 32 | u64::from(right))) {
            let said = said.entry(key(&seen[at / CHUNK][at % CHUNK])).or_default();
            if same { said.0 += 1.0 } else { said.1 += 1.0 }
        }
    }
    let mut keys: Vec<u64> = sums.keys().copied().collect();
    keys.sort_unstable();
    keys.into_iter()
        .map(|key| {
            let (pairs, given, names) = sums[&key];
            let (surely_same, surely_other) = said.get(&key).copied().unwrap_or_default();
            Counted {
                pattern: patterns[(key >> 8) as usize],
                rare_given: (given / pairs) as f32,
                rare_names: (names / pairs) as f32,
                pairs,
                surely_same,
                surely_other,
            }
        })
        .collect()
}

/// Edges whose chance is worth keeping, in the order of their pairs.
fn scored(pairs: &[u64], seen: &[Vec<Seen>], patterns: &[u64], weights: &Weights) -> Vec<Edge> {
    let of_patterns: Vec<Sums> = patterns.iter().map(|pattern| weights.of_pattern(*pattern)).collect();
    let chunks: Vec<Vec<Edge>> = pairs
        .par_chunks(CHUNK)
        .zip(seen)
        .map(|(pairs, seen)| {
            let edge = |(pair, one): (&u64, &Seen)| {
                let of_pattern = &of_patterns[one.pattern as usize];
                let chance = weights.chances(of_pattern, one.rare_given, one.rare_names)[SAME];
                let (left, right) = both(*pair);
                (chance >= KEPT).then_some(Edge {
                    left: left as u32,
                    right: right as u32,
                    chance,
                    exclusive: chance,
                })
            };
            pairs.iter().zip(seen).filter_map(edge).collect()
        })
        .collect();
    chunks.into_iter().flatten().collect()
}
