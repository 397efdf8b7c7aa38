//! A component's records moving between people by chance, as likely as weights say (Gibbs sampling over partitions).
//!
//! Most records hardly ever move. So a record is not asked in every round whether it leaves: from how likely that can be
//! at most follows in which round it is asked next (a geometric number), and there it leaves as often as makes the whole
//! as likely as it is. When somebody around it moves, it is told so, and begins anew.

use super::cluster::Weighed;

/// Odds under which something is never drawn: three in a million, where draws are some hundreds.
const NEVER: f32 = 3e-6;
/// ln odds beyond which odds are as good as sure: a floating-point number still holds the sum of many of them.
const SURE: f32 = 60.0;
/// What `due` says of a record that never moves as long as those around it do not.
const STAYS: u32 = u32::MAX;
/// What `due` says of a record around which somebody moved.
const STALE: u32 = 0;

/// Who is who in a component, as it is now.
pub struct Walk<'a> {
    component: &'a Weighed,
    /// As much as an error takes weights higher or lower.
    reach: f32,
    state: u64,
    /// The cluster of each member.
    label: Vec<usize>,
    /// The members of each cluster.
    clusters: Vec<Vec<usize>>,
    /// Clusters without members.
    free: Vec<usize>,
    /// By member, all whom it may be together with.
    near: Vec<Vec<usize>>,
    /// The round in which each member is asked next, counted from 1.
    due: Vec<u32>,
    /// Odds of each member's leaving, at most.
    leaving: Vec<f32>,
    /// The first round in which anybody is asked.
    next: u32,
    room: Room,
}

/// Room for what a record meets when it looks around.
#[derive(Default)]
struct Room {
    /// Where it may be, first where it is.
    places: Vec<Place>,
    /// When each cluster was last met.
    met: Vec<u32>,
    turn: u32,
}

/// Where a record may be: with a cluster, or alone.
#[derive(Clone, Copy)]
struct Place {
    cluster: usize,
    /// The sum of its weights with the members, and how many they are.
    weight: f32,
    members: f32,
}

impl Place {
    /// Odds of being here rather than at `other`, when all weights are higher by `error`.
    fn odds(self, other: Place, error: f32) -> f32 {
        (self.weight - other.weight + error * (self.members - other.members)).min(SURE).exp()
    }

    /// The same at most, with errors up to `reach`.
    fn most_odds(self, other: Place, reach: f32) -> f32 {
        (self.weight - other.weight + reach * (self.members - other.members).abs()).min(SURE).exp()
    }
}

impl<'a> Walk<'a> {
    /// Begins where `label` says, by the place of one member of each cluster. No error will be above `reach`.
    pub fn new(component: &'a Weighed, label: Vec<usize>, seed: u64, reach: f32) -> Walk<'a> {
        let size = label.len();
        let mut clusters = vec![Vec::new(); size];
        label.iter().enumerate().for_each(|(at, cluster)| clusters[*cluster].push(at));
        let free = (0..size).filter(|cluster| clusters[*cluster].is_empty()).collect();
        let far = NEVER.ln() - reach;
        let near = |at: usize| {
            let weights = component.weights_of(at).iter().enumerate();
            weights.filter(|(other, weight)| *other != at && **weight > far).map(|(other, _)| other).collect()
        };
        Walk {
            component,
            reach,
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ size as u64,
            near: (0..size).map(near).collect(),
            label,
            clusters,
            free,
            due: vec![STALE; size],
            leaving: vec![0.0; size],
            next: 0,
            room: Room { met: vec![0; size], ..Room::default() },
        }
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
    pub fn round(&mut self, round: u32, error: f32) {
        for at in 0..self.label.len() {
            if self.due[at] == STALE {
                self.begin_anew(at, round);
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

    /// Takes in how likely a member leaves, at most, and when it is asked, from `round` on.
    fn begin_anew(&mut self, at: usize, round: u32) {
        self.look_around(at);
        let [here, others @ ..] = self.room.places.as_slice() else { return };
        self.leaving[at] = others.iter().map(|other| other.most_odds(*here, self.reach)).sum();
        self.wait(at, round);
    }

    /// Sets the round, from `from` on, in which a member is asked.
    fn wait(&mut self, at: usize, from: u32) {
        let leaving = self.leaving[at];
        self.due[at] = STAYS;
        if leaving > NEVER {
            // In each round it stays with the chance 1 / (1 + odds).
            let rounds = -chance(&mut self.state).max(f32::MIN_POSITIVE).ln() / leaving.ln_1p();
            self.due[at] = from.saturating_add(rounds as u32);
        }
    }

    /// All places where a member may be.
    fn look_around(&mut self, at: usize) {
        let Room { places, met, turn } = &mut self.room;
        places.clear();
        *turn += 1;
        let weights = self.component.weights_of(at);
        for with in std::iter::once(&at).chain(&self.near[at]) {
            let cluster = self.label[*with];
            if std::mem::replace(&mut met[cluster], *turn) != *turn {
                let mut place = Place { cluster, weight: 0.0, members: 0.0 };
                for other in self.clusters[cluster].iter().filter(|other| **other != at) {
                    place.weight += weights[*other];
                    place.members += 1.0;
                }
                places.push(place);
            }
        }
        if let Some(cluster) = self.free.last().filter(|_| places[0].members > 0.0) {
            places.push(Place { cluster: *cluster, weight: 0.0, members: 0.0 });
        }
    }

    /// Where a member that is asked goes, by chance, if it does not stay.
    fn drawn(&mut self, at: usize, error: f32) -> Option<usize> {
        self.look_around(at);
        let [here, others @ ..] = self.room.places.as_slice() else { return None };
        let leaving: f32 = others.iter().map(|other| other.odds(*here, error)).sum();
        // It was asked with the chance of the most; it leaves with that of the error.
        let most = self.leaving[at];
        let mut left = chance(&mut self.state) * most / (1.0 + most) * (1.0 + leaving);
        let reached = others.iter().find(|other| {
            left -= other.odds(*here, error);
            left < 0.0
        });
        reached.map(|place| place.cluster)
    }

    /// Moves a member; it and all who may care begin anew.
    fn put(&mut self, at: usize, to: usize) {
        let from = std::mem::replace(&mut self.label[at], to);
        if self.free.last() == Some(&to) {
            self.free.pop();
        }
        self.clusters[to].push(at);
        for member in self.clusters[from].iter().chain(&self.clusters[to]) {
            self.due[*member] = STALE;
            self.near[*member].iter().for_each(|other| self.due[*other] = STALE);
        }
        self.clusters[from].retain(|member| *member != at);
        if self.clusters[from].is_empty() {
            self.free.push(from);
        }
    }
}

/// An even number from 0 to 1 (splitmix64).
fn chance(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
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
    fn shares(component: &Weighed, error: f32, ways: &[&[usize]]) -> Vec<f64> {
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
        for error in [0.0, -0.7, 0.7_f32] {
            let of = |way: &&[usize]| {
                let pairs =
                    [(0, 1), (0, 2), (1, 2)].into_iter().filter(|(one, other)| way[*one] == way[*other]);
                pairs.map(|(one, other)| f64::from(weights[one][other] + error)).sum::<f64>().exp()
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
