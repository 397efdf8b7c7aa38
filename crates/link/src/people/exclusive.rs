//! Soft exclusivity: a person is one person, so candidates who are different people compete for them.
//!
//! “Son of X” with six brothers on another list becomes six weak links, not one cluster of seven.

use rayon::prelude::*;

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
const MOST: usize = 64;

/// Sets `exclusive` of every edge: the lower of what it comes to at its two ends.
pub fn weigh(edges: &mut [Edge], neighbours: &Neighbours, records: usize) {
    let ends: Vec<Vec<(u32, f32)>> = (0..records as u32)
        .into_par_iter()
        .with_min_len(1024)
        .map(|record| weighed(record, edges, neighbours))
        .collect();
    for edge in edges.iter_mut() {
        edge.exclusive = edge.chance;
    }
    for (number, chance) in ends.into_iter().flatten() {
        let edge = &mut edges[number as usize];
        edge.exclusive = edge.exclusive.min(chance);
    }
}

/// The edges of one record whose chance falls because others compete.
fn weighed(record: u32, edges: &[Edge], neighbours: &Neighbours) -> Vec<(u32, f32)> {
    let of = neighbours.of(record);
    if of.len() < 2 {
        return Vec::new();
    }
    let mut candidates: Vec<(f32, u32, u32)> =
        of.iter().map(|(other, number)| (edges[*number as usize].chance, *other, *number)).collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Candidates who are one person stand together, under the best of them.
    let mut persons: Vec<(u32, f64)> = Vec::new();
    let mut person_of = Vec::with_capacity(candidates.len());
    for (chance, other, _) in candidates.iter().take(MOST) {
        let found = persons.iter().position(|(leader, _)| {
            neighbours.edge(*leader, *other).is_some_and(|edge| edges[edge as usize].chance >= 0.5)
        });
        match found {
            Some(person) => person_of.push(person),
            None => {
                person_of.push(persons.len());
                persons.push((*other, odds(*chance)));
            }
        }
    }
    let total: f64 = 1.0 + persons.iter().map(|(_, odds)| odds).sum::<f64>();
    let weighed = candidates.iter().enumerate().filter_map(|(at, (chance, _, number))| {
        let own = odds(*chance);
        let rivals = match person_of.get(at) {
            Some(person) => total - persons[*person].1,
            None => total,
        };
        (rivals > 1.001).then_some((*number, (own / (own + rivals)) as f32))
    });
    weighed.collect()
}

fn odds(chance: f32) -> f64 {
    let chance = f64::from(chance).clamp(1e-9, 1.0 - 1e-7);
    chance / (1.0 - chance)
}
