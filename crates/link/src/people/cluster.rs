//! Clusters: records of one component of likely links are put together so that links within and gaps between weigh most
//! (correlation clustering: greedy joining, then moving single records while that helps).

use rayon::prelude::*;

use super::exclusive::{Edge, Neighbours};
use super::judged::Judged;

/// Weights are ln odds within these.
const MOST: f32 = 4.0;
const LEAST: f32 = -8.0;
/// Records of a component beyond which only its edges are weighed, all other pairs at [`UNSEEN`].
const LARGE: usize = 400;
/// ln odds of a pair in a large component that has no edge.
const UNSEEN: f32 = -4.0;
/// Rounds of moving.
const ROUNDS: usize = 6;

/// A chance from which an edge joins a component.
pub const JOINS: f32 = 0.03;

/// Components of edges with a chance from [`JOINS`] on and of what reviewers joined; single records are left out.
/// Each is in order, and so are they.
pub fn components(edges: &[Edge], records: usize, judged: &Judged) -> Vec<Vec<u32>> {
    let mut roots: Vec<u32> = (0..records as u32).collect();
    for edge in edges.iter().filter(|edge| edge.exclusive >= JOINS) {
        join(&mut roots, edge.left, edge.right);
    }
    for (left, right) in judged.same() {
        join(&mut roots, left, right);
    }
    let mut members: Vec<(u32, u32)> = (0..records as u32).map(|at| (root(&mut roots, at), at)).collect();
    members.sort_unstable();
    members
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|component| component.len() > 1)
        .map(|component| component.iter().map(|(_, record)| *record).collect())
        .collect()
}

fn root(roots: &mut [u32], mut at: u32) -> u32 {
    while roots[at as usize] != at {
        roots[at as usize] = roots[roots[at as usize] as usize];
        at = roots[at as usize];
    }
    at
}

fn join(roots: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(roots, a), root(roots, b));
    roots[a.max(b) as usize] = a.min(b);
}

/// The weights of all pairs of a component.
#[derive(Debug)]
pub struct Weighed {
    /// Its records.
    pub members: Vec<u32>,
    /// ln odds, a row a member.
    weights: Vec<f32>,
}

impl Weighed {
    /// Takes the chances of edges, and asks `unseen` for the chance of pairs that were not candidates.
    pub fn new(
        members: &[u32],
        edges: &[Edge],
        neighbours: &Neighbours,
        judged: &Judged,
        unseen: impl Fn(u32, u32) -> f32,
    ) -> Weighed {
        let size = members.len();
        let mut weights = vec![UNSEEN; size * size];
        for (i, a) in members.iter().enumerate() {
            for (j, b) in members.iter().enumerate().skip(i + 1) {
                let chance = match neighbours.edge(*a, *b) {
                    Some(edge) => Some(edges[edge as usize].exclusive),
                    None if size <= LARGE => Some(unseen(*a, *b)),
                    None => None,
                };
                let mut weight = chance.map_or(UNSEEN, log_odds);
                if let Some(same) = judged.between(*a, *b) {
                    weight = if same { SURE } else { -SURE };
                }
                weights[i * size + j] = weight;
                weights[j * size + i] = weight;
            }
        }
        Weighed { members: members.to_vec(), weights }
    }

    /// The weight of two members, by their place.
    pub fn weight(&self, a: usize, b: usize) -> f32 {
        self.weights[a * self.members.len() + b]
    }
}

/// ln odds of what reviewers said: no sum of others outweighs it.
const SURE: f32 = 1e6;

fn log_odds(chance: f32) -> f32 {
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    (chance / (1.0 - chance)).ln().clamp(LEAST, MOST)
}

/// Clusters of all components: for each member its cluster's lowest member, by place.
pub fn clusters(components: &[Weighed]) -> Vec<Vec<u32>> {
    components.par_iter().map(of_component).collect()
}

/// Greedy joining by the heaviest sum, then moves.
fn of_component(component: &Weighed) -> Vec<u32> {
    let size = component.members.len();
    let mut label: Vec<usize> = (0..size).collect();
    let mut sums: Vec<f32> = component.weights.clone();
    let mut sizes = vec![1_usize; size];
    let mut alive: Vec<usize> = (0..size).collect();
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for (i, a) in alive.iter().enumerate() {
            for b in &alive[i + 1..] {
                let mean = sums[a * size + b] / (sizes[*a] * sizes[*b]) as f32;
                if mean > 0.0 && best.is_none_or(|(most, _, _)| mean > most) {
                    best = Some((mean, *a, *b));
                }
            }
        }
        let Some((_, a, b)) = best else { break };
        for other in &alive {
            if *other != a && *other != b {
                let sum = sums[a * size + other] + sums[b * size + other];
                sums[a * size + other] = sum;
                sums[other * size + a] = sum;
            }
        }
        sizes[a] += sizes[b];
        alive.retain(|cluster| *cluster != b);
        label.iter_mut().filter(|cluster| **cluster == b).for_each(|cluster| *cluster = a);
    }
    moves(component, &mut label);
    let mut lowest = vec![u32::MAX; size];
    for (at, cluster) in label.iter().enumerate() {
        lowest[*cluster] = lowest[*cluster].min(at as u32);
    }
    label.into_iter().map(|cluster| lowest[cluster]).collect()
}

/// Moves single records to where their sum is highest, while that gains.
fn moves(component: &Weighed, label: &mut [usize]) {
    let size = label.len();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for at in 0..size {
            let mut sums = vec![0.0_f32; size];
            let mut used = vec![false; size];
            for other in (0..size).filter(|other| *other != at) {
                sums[label[other]] += component.weight(at, other);
                used[label[other]] = true;
            }
            let stays = sums[label[at]];
            let empty = (0..size).find(|cluster| !used[*cluster]).unwrap_or(label[at]);
            let (mut best, mut to) = (stays.max(0.0), if stays >= 0.0 { label[at] } else { empty });
            for cluster in (0..size).filter(|cluster| used[*cluster]) {
                if sums[cluster] > best + 1e-4 {
                    (best, to) = (sums[cluster], cluster);
                }
            }
            if to != label[at] && best > stays + 1e-4 {
                label[at] = to;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}
