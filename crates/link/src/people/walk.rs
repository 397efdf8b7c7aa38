//! A component's records moving between people by chance, as likely as weights say (Gibbs sampling over partitions).
//!
//! Most records hardly ever move. So a record is not asked in every round whether it leaves: from how likely that can be
//! at most follows in which round it is asked next (a geometric number), and there it leaves as often as makes the whole
//! as likely as it is. When somebody around it moves, it is told so, and begins anew.

use super::cluster::Weighed;
use super::lots::Lots;

/// Odds under which something is never drawn: three in a million, where draws are some hundreds.
pub const NEVER: f64 = 3e-6;
/// ln of it.
const LN_NEVER: f64 = -12.716_9;
/// ln odds beyond which odds are as good as sure: a floating-point number still holds the sum of many of them.
const SURE: f64 = 60.0;
/// What `due` says of a record that never moves as long as those around it do not.
const STAYS: u32 = u32::MAX;
/// What `due` says of a record around which somebody moved.
const STALE: u32 = 0;

/// Who is who in a component, as it is now.
pub struct Walk<'a> {
    component: &'a Weighed,
    /// As much as an error takes weights higher or lower.
    reach: f64,
    lots: Lots,
    /// The cluster of each member.
    label: Vec<usize>,
    /// How many members each cluster has.
    sizes: Vec<u32>,
    /// The sum of the weights of a member with those of each cluster: a row a member.
    sums: Vec<f64>,
    /// The round in which each member is asked next, counted from 1.
    due: Vec<u32>,
    /// Odds of each member's leaving, at most.
    leaving: Vec<f64>,
    /// The first round in which anybody is asked.
    next: u32,
}

/// Where a record may go, beside where it is.
#[derive(Clone, Copy)]
struct Place {
    cluster: usize,
    /// How much more its weights come to there, and how many more members it is with.
    weight: f64,
    members: f64,
}

impl Place {
    /// Odds of going there, when all weights are higher by `error`.
    fn odds(self, error: f64) -> f64 {
        (self.weight + error * self.members).min(SURE).exp()
    }

    /// ln of the same at most, with errors up to `reach`.
    fn most(self, reach: f64) -> f64 {
        self.weight + reach * self.members.abs()
    }
}

impl<'a> Walk<'a> {
    /// Begins where `label` says, by the place of one member of each cluster. No error will be above `reach`.
    pub fn new(component: &'a Weighed, label: Vec<usize>, seed: u64, reach: f64) -> Walk<'a> {
        let size = label.len();
        let (mut sizes, mut sums) = (vec![0; size], vec![0.0; size * size]);
        label.iter().for_each(|cluster| sizes[*cluster] += 1);
        for (at, sums) in sums.chunks_exact_mut(size).enumerate() {
            let weights = component.weights_of(at).iter().zip(&label);
            weights.for_each(|(weight, cluster)| sums[*cluster] += f64::from(*weight));
        }
        let lots = Lots::of(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ size as u64);
        let (due, leaving) = (vec![STALE; size], vec![0.0; size]);
        Walk { component, reach, lots, label, sizes, sums, due, leaving, next: 0 }
    }

    /// The cluster of each member.
    pub fn label(&self) -> &[usize] {
        &self.label
    }

    /// Whether nobody is asked in any round up to `last`.
    pub fn stays_until(&self, last: u32) -> bool {
        self.next > last
    }

    /// Every record once: to a person by chance, or by itself. Rounds are counted from 1; `error` is added to all weights.
    pub fn round(&mut self, round: u32, error: f64) {
        for at in 0..self.label.len() {
            if self.due[at] == STALE {
                self.leaving[at] = self.places(at).map(|place| place.most(self.reach).min(SURE).exp()).sum();
                self.wait(at, round);
            }
            if self.due[at] == round {
                match self.drawn(at, error) {
                    Some(to) => self.put(at, to),
                    None => self.wait(at, round + 1),
                }
            }
        }
        self.next = self.due.iter().copied().min().unwrap_or(STAYS);
    }

    /// Sets the round, from `from` on, in which a member is asked.
    fn wait(&mut self, at: usize, from: u32) {
        let leaving = self.leaving[at];
        let asked = leaving > NEVER;
        self.due[at] = if asked { from.saturating_add(self.lots.rounds_before(leaving)) } else { STAYS };
    }

    /// Where a member may go as likely as is ever drawn: to other clusters, and to be alone.
    fn places(&self, at: usize) -> impl Iterator<Item = Place> + '_ {
        let size = self.label.len();
        let here = self.label[at];
        let sums = &self.sums[at * size..][..size];
        let others = self.sizes[here] - 1;
        let alone = (others > 0).then(|| self.sizes.iter().position(|size| *size == 0)).flatten();
        let clusters =
            (0..size).filter(move |to| *to != here && self.sizes[*to] > 0).map(|to| (to, sums[to]));
        let place = move |(cluster, sum): (usize, f64)| Place {
            cluster,
            weight: sum - sums[here],
            members: f64::from(self.sizes[cluster]) - f64::from(others),
        };
        let places = clusters.chain(alone.map(|cluster| (cluster, 0.0))).map(place);
        places.filter(|place| place.most(self.reach) > LN_NEVER)
    }

    /// Where a member that is asked goes, by chance, if it does not stay.
    fn drawn(&mut self, at: usize, error: f64) -> Option<usize> {
        // It was asked with the chance of the most; it leaves with that of the error.
        let most = self.leaving[at];
        let asked = self.lots.share() * most / (1.0 + most);
        let mut left = asked * (1.0 + self.places(at).map(|place| place.odds(error)).sum::<f64>());
        let reached = self.places(at).find(|place| {
            left -= place.odds(error);
            left < 0.0
        });
        reached.map(|place| place.cluster)
    }

    /// Moves a member; it and all who may care begin anew.
    fn put(&mut self, at: usize, to: usize) {
        let size = self.label.len();
        let from = std::mem::replace(&mut self.label[at], to);
        self.sizes[from] -= 1;
        self.sizes[to] += 1;
        for (other, sums) in self.sums.chunks_exact_mut(size).enumerate() {
            let weight = f64::from(self.component.weight(at, other));
            let here = self.label[other];
            let others = f64::from(self.sizes[here]) - 1.0;
            // The most that either cluster comes to or came to, in which there was one member more or fewer.
            let most = |sum: f64, cluster: usize| {
                let members = (f64::from(self.sizes[cluster]) - others).abs() + 1.0;
                sum - sums[here] + self.reach * members
            };
            let left = most(sums[from].max(sums[from] - weight), from);
            let joined = most(sums[to].max(sums[to] + weight), to);
            if here == from || here == to || left.max(joined) > LN_NEVER {
                self.due[other] = STALE;
            }
            sums[from] -= weight;
            sums[to] += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds that are looked at; a share of them is known to about a hundredth.
    const MANY: u32 = 40_000;

    fn weighed(size: u32, weight: impl Fn(usize, usize) -> f32) -> Weighed {
        Weighed::of((0..size).collect(), weight)
    }

    /// How often each of some ways to part the members was met, everybody alone at first.
    fn shares(component: &Weighed, error: f64, ways: &[&[usize]]) -> Vec<f64> {
        let size = component.members.len();
        let mut walk = Walk::new(component, (0..size).collect(), 1, error.abs());
        let mut met = vec![0_u32; ways.len()];
        for number in 1..=MANY {
            walk.round(number, error);
            let same = |one: usize, other: usize| walk.label()[one] == walk.label()[other];
            let is = |way: &&[usize]| {
                (0..size).all(|one| (0..one).all(|other| same(one, other) == (way[one] == way[other])))
            };
            met.iter_mut().zip(ways).filter(|(_, way)| is(way)).for_each(|(met, _)| *met += 1);
        }
        met.into_iter().map(|met| f64::from(met) / f64::from(MANY)).collect()
    }

    #[test]
    fn every_way_is_met_as_often_as_its_weights_say() {
        let weights = [[0.0, 1.0, -0.5], [1.0, 0.0, 0.3], [-0.5, 0.3, 0.0]];
        let ways: [&[usize]; 5] = [&[0, 1, 2], &[0, 0, 2], &[0, 1, 0], &[0, 1, 1], &[0, 0, 0]];
        for error in [0.0, -0.7, 0.7_f64] {
            let of = |way: &&[usize]| {
                let pairs =
                    [(0, 1), (0, 2), (1, 2)].into_iter().filter(|(one, other)| way[*one] == way[*other]);
                pairs.map(|(one, other)| f64::from(weights[one][other]) + error).sum::<f64>().exp()
            };
            let whole: f64 = ways.iter().map(of).sum();
            let met = shares(&weighed(3, |one, other| weights[one][other]), error, &ways);
            for (way, met) in ways.iter().zip(met) {
                assert!((met - of(way) / whole).abs() < 0.015, "{error} {way:?}: {met}");
            }
        }
    }

    #[test]
    fn what_is_beyond_doubt_is_done_at_once_and_stays() {
        // Twelve sure records of one person: more than a floating-point number holds as odds.
        let component = weighed(12, |_, _| 14.0);
        let mut label = vec![0; 12];
        label[11] = 11;
        let mut walk = Walk::new(&component, label, 1, 1.0);
        (1..=2).for_each(|number| walk.round(number, 0.0));
        assert!(walk.label().iter().all(|cluster| *cluster == walk.label()[0]), "{:?}", walk.label());
        assert!(walk.stays_until(1_000));
    }
}
