//! Soft exclusivity: a person is one person, so candidates who are different people compete for them.
//!
//! “Son of X” with six brothers on another list becomes six weak links, not one cluster of seven.

use rayon::prelude::*;

use super::comparison::Packed;

/// A candidate pair with its chance of being one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// A record.
    pub left: u32,
    /// Another, of a higher number.
    pub right: u32,
    /// The chance by the model alone.
    pub chance: f32,
    /// The chance once those who compete are weighed.
    pub exclusive: f32,
    /// What their comparison came to.
    pub told: Packed,
}

/// Edges by record, both ways.
#[derive(Debug)]
pub struct Neighbours {
    starts: Vec<u32>,
    /// The other record and the edge's number, by record, in the order of the other record.
    of: Vec<(u32, u32)>,
}

impl Neighbours {
    /// Of `edges` in order over `records` records.
    pub fn new(edges: &[Edge], records: usize) -> Neighbours {
        let mut starts = vec![0_u32; records + 2];
        for edge in edges {
            starts[edge.left as usize + 2] += 1;
            starts[edge.right as usize + 2] += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut of = vec![(0, 0); edges.len() * 2];
        // In two passes, so that lower neighbours come before higher ones and each list is in order.
        for (number, edge) in edges.iter().enumerate() {
            let slot = &mut starts[edge.right as usize + 1];
            of[*slot as usize] = (edge.left, number as u32);
            *slot += 1;
        }
        for (number, edge) in edges.iter().enumerate() {
            let slot = &mut starts[edge.left as usize + 1];
            of[*slot as usize] = (edge.right, number as u32);
            *slot += 1;
        }
        starts.truncate(records + 1);
        Neighbours { starts, of }
    }

    /// The neighbours of a record: the other record, and the edge's number.
    pub fn of(&self, record: u32) -> &[(u32, u32)] {
        &self.of[self.starts[record as usize] as usize..self.starts[record as usize + 1] as usize]
    }

    /// The number of the edge between two records.
    pub fn edge(&self, a: u32, b: u32) -> Option<u32> {
        let of = self.of(a);
        of.binary_search_by_key(&b, |(other, _)| *other).ok().map(|at| of[at].1)
    }
}

/// Candidates of a record that are weighed one by one; a record with more is weighed by its best.
const MOST: usize = 48;
/// Odds from which a candidate competes.
const COMPETES: f64 = 0.02;

/// Sets `exclusive` of every edge: the lower of what it comes to at its two ends.
///
/// `unseen` gives the chance of pairs that are no edge.
pub fn weigh(
    edges: &mut [Edge],
    neighbours: &Neighbours,
    records: usize,
    unseen: impl Fn(u32, u32) -> f32 + Sync,
) {
    let ends: Vec<Vec<(u32, f32)>> = (0..records as u32)
        .into_par_iter()
        .with_min_len(1024)
        .map(|record| weighed(record, edges, neighbours, &unseen))
        .collect();
    for edge in edges.iter_mut() {
        edge.exclusive = edge.chance;
    }
    for (number, chance) in ends.into_iter().flatten() {
        let edge = &mut edges[number as usize];
        edge.exclusive = edge.exclusive.min(chance);
    }
}

/// A candidate for being the same person as a record.
struct Candidate {
    record: u32,
    edge: u32,
    odds: f64,
    /// The person that it stands for: the place of the best candidate of that person.
    person: usize,
}

/// The edges of one record whose chance falls because others compete.
fn weighed(
    record: u32,
    edges: &[Edge],
    neighbours: &Neighbours,
    unseen: &impl Fn(u32, u32) -> f32,
) -> Vec<(u32, f32)> {
    let of = neighbours.of(record);
    if of.len() < 2 {
        return Vec::new();
    }
    let mut candidates: Vec<Candidate> = of
        .iter()
        .map(|(other, edge)| Candidate {
            record: *other,
            edge: *edge,
            odds: odds(edges[*edge as usize].chance),
            person: 0,
        })
        .collect();
    candidates.sort_by(|a, b| b.odds.total_cmp(&a.odds).then(a.record.cmp(&b.record)));
    let competing = candidates.iter().take(MOST).take_while(|candidate| candidate.odds >= COMPETES).count();
    let together: Vec<Vec<f64>> = (0..competing)
        .map(|at| {
            let one = candidates[at].record;
            let other = |other: &Candidate| match neighbours.edge(one, other.record) {
                Some(edge) => f64::from(edges[edge as usize].chance),
                None => f64::from(unseen(one, other.record)),
            };
            candidates[..at].iter().map(other).collect()
        })
        .collect();
    // Candidates who are one person stand together, under the best of them.
    for at in 0..competing {
        let same = (0..at)
            .filter(|before| together[at][*before] >= 0.5)
            .max_by(|a, b| together[at][*a].total_cmp(&together[at][*b]).then(b.cmp(a)));
        candidates[at].person = same.map_or(at, |before| candidates[before].person);
    }
    let chance_of_one = |a: usize, b: usize| if a > b { together[a][b] } else { together[b][a] };
    let rivals = |at: usize| -> f64 {
        let others = (0..competing)
            .filter(|other| candidates[*other].person == *other && *other != candidates[at].person);
        others
            .filter(|other| *other != at)
            .map(|other| {
                let different = if at < competing { 1.0 - chance_of_one(at, other) } else { 1.0 };
                candidates[other].odds * different
            })
            .sum()
    };
    let own = |at: usize| {
        let rivals = 1.0 + rivals(at);
        (rivals > 1.001)
            .then(|| (candidates[at].edge, (candidates[at].odds / (candidates[at].odds + rivals)) as f32))
    };
    let competitors = if competing < 2 { 0 } else { candidates.len() };
    (0..competitors).filter_map(own).collect()
}

fn odds(chance: f32) -> f64 {
    let chance = f64::from(chance).clamp(1e-9, 1.0 - 1e-7);
    chance / (1.0 - chance)
}
