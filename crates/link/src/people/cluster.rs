//! Clusters: records of one component of likely links are put together so that links within and gaps between weigh most
//! (correlation clustering: greedy joining, then moving single records while that helps).

use super::exclusive::{Edge, Neighbours};
use super::judged::Judged;
use crate::Joined;

/// Weights are ln odds within these, where clusters are sought: a sure pair shall not outweigh several gaps.
const BOUNDED: (f32, f32) = (-8.0, 4.0);
/// Weights are ln odds within these, where who is who is drawn.
const FREE: (f32, f32) = (-14.0, 14.0);
/// Records of a component beyond which its weaker edges no longer join it.
const LARGE: usize = 400;
/// Rounds of moving.
const ROUNDS: usize = 6;

/// Which chances of edges are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Those that competition has lowered: for the best answer.
    Exclusive,
    /// Those of the model: for draws, in which a record that is with one is not with another.
    Alone,
}

impl Taken {
    fn chance(self, edge: &Edge) -> f32 {
        if self == Taken::Exclusive { edge.exclusive } else { edge.chance }
    }

    /// Chances from which edges join a component: the first, and for what is then too large the next ones.
    fn joins(self) -> &'static [f32] {
        if self == Taken::Exclusive { &[0.03, 0.2, 0.5, 0.9, 0.99] } else { &[0.1, 0.3, 0.5, 0.9, 0.99] }
    }

    fn weight(self, chance: f32) -> f32 {
        let (least, most) = if self == Taken::Exclusive { BOUNDED } else { FREE };
        let chance = chance.clamp(1e-6, 1.0 - 1e-6);
        (chance / (1.0 - chance)).ln().clamp(least, most)
    }
}

/// Components of likely edges and of what reviewers joined; single records are left out. Each is in order, and so are
/// they.
///
/// What would be too large is parted by leaving out its weaker edges; what only the strongest edges hold together stays
/// whole.
pub fn components(edges: &[Edge], records: usize, judged: &Judged, taken: Taken) -> Vec<Vec<u32>> {
    let (first, last) = (0, taken.joins().len() - 1);
    let mut kept = Vec::new();
    let mut open = vec![true; records];
    let mut edges: Vec<&Edge> = edges.iter().collect();
    for (step, joins) in taken.joins().iter().enumerate() {
        edges.retain(|edge| taken.chance(edge) >= *joins && open[edge.left as usize]);
        if edges.is_empty() && step > first {
            break;
        }
        let mut joined = Joined::apart(records);
        edges.iter().for_each(|edge| _ = joined.join(edge.left as usize, edge.right as usize));
        for (left, right) in judged.same().filter(|(left, _)| open[*left as usize]) {
            joined.join(left as usize, right as usize);
        }
        let mut members: Vec<(usize, u32)> = (0..records).map(|at| (joined.first(at), at as u32)).collect();
        members.sort_unstable();
        for component in members.chunk_by(|a, b| a.0 == b.0) {
            if component.len() > LARGE && step < last {
                continue;
            }
            component.iter().for_each(|(_, record)| open[*record as usize] = false);
            if component.len() > 1 {
                kept.push(component.iter().map(|(_, record)| *record).collect());
            }
        }
    }
    kept.sort_unstable();
    kept
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
    /// Takes the chances of edges, and asks `unseen` for the chance of pairs that were not candidates. What is too large
    /// is not weighed. Records that are `apart` by their list are together only where reviewers say so.
    pub fn new(
        members: &[u32],
        edges: &[Edge],
        neighbours: &Neighbours,
        judged: &Judged,
        asked: (impl Fn(u32, u32) -> f32, impl Fn(u32, u32) -> bool),
        taken: Taken,
    ) -> Weighed {
        let (unseen, apart) = asked;
        let size = members.len();
        if size > LARGE {
            return Weighed { members: members.to_vec(), weights: Vec::new() };
        }
        let mut weights = vec![0.0; size * size];
        for (i, a) in members.iter().enumerate() {
            for (j, b) in members.iter().enumerate().skip(i + 1) {
                let chance = match neighbours.edge(*a, *b) {
                    Some(edge) => taken.chance(&edges[edge as usize]),
                    None => unseen(*a, *b),
                };
                let mut weight = taken.weight(chance);
                if apart(*a, *b) {
                    weight = APART;
                }
                if let Some(same) = judged.between(*a, *b) {
                    weight = if same { SURE } else { -SURE };
                }
                weights[i * size + j] = weight;
                weights[j * size + i] = weight;
            }
        }
        Weighed { members: members.to_vec(), weights }
    }

    /// Of these members, each two weighed by their places.
    #[cfg(test)]
    pub fn of(members: Vec<u32>, weight: impl Fn(usize, usize) -> f32) -> Weighed {
        let size = members.len();
        let weights = (0..size * size).map(|at| weight(at / size, at % size)).collect();
        Weighed { members, weights }
    }

    /// Whether it was too large to be weighed.
    pub fn too_large(&self) -> bool {
        self.members.len() > LARGE
    }

    /// The weights of a member, by its place, with all members in order.
    pub fn weights_of(&self, at: usize) -> &[f32] {
        let size = self.members.len();
        &self.weights[at * size..][..size]
    }

    /// The weight of two members, by their place.
    pub fn weight(&self, a: usize, b: usize) -> f32 {
        self.weights[a * self.members.len() + b]
    }
}

/// Where records stand in weighed components: their component and their place in it, by record.
pub struct Places<'a> {
    components: &'a [Weighed],
    of: Vec<(u32, u32)>,
}

impl Places<'_> {
    /// Of all of so many records.
    pub fn of(components: &[Weighed], records: usize) -> Places<'_> {
        let mut of = vec![(u32::MAX, 0); records];
        for (component, number) in components.iter().zip(0..) {
            for (member, place) in component.members.iter().zip(0..) {
                of[*member as usize] = (number, place);
            }
        }
        Places { components, of }
    }

    /// The chance of two records that were weighed with each other by the model alone.
    pub fn chance(&self, a: u32, b: u32) -> Option<f32> {
        let [(component, a), (other, b)] = [a, b].map(|record| self.of[record as usize]);
        let component = self.components.get(component as usize).filter(|_| component == other)?;
        let weight = (!component.too_large()).then(|| component.weight(a as usize, b as usize))?;
        // Beyond are what reviewers said, and rows of a list that holds nobody twice.
        (FREE.0..=FREE.1).contains(&weight).then(|| 1.0 / (1.0 + (-weight).exp()))
    }
}

/// ln odds of what reviewers said: no sum of others outweighs it.
const SURE: f32 = 1e6;
/// ln odds of two rows of a list that holds nobody twice: no sum of likenesses outweighs it, a reviewer does.
const APART: f32 = -1e4;

/// The clusters of a component: for each member its cluster's lowest member, by place. Greedy joining by the heaviest sum,
/// then moves.
pub fn clusters(component: &Weighed) -> Vec<u32> {
    let size = component.members.len();
    if component.too_large() {
        // Only near certain edges hold it together.
        return vec![0; size];
    }
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
