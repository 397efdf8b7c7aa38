//! Doubt: draws of who is who, so that every count has an interval and not only a best answer.
//!
//! Within each component records move between clusters by chance, as likely as the weights say (Gibbs sampling over
//! partitions). The weights themselves are known only so well: each draw takes all odds a common factor higher or lower.
//! What no rule of blocking proposed is estimated and joined (`missed.rs`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::blocks;
use super::cluster::Weighed;
use super::linking::Linked;
use super::missed::{self, Seldom};
use super::outline::Outline;
use super::rows::People;

/// Rounds before the first draw, from the best answer on.
const BURN_IN: usize = 10;
/// Rounds between draws.
const BETWEEN: usize = 2;
/// How well odds are known: one standard deviation of the common error of ln odds. In 95 of 100 draws they are within a
/// factor of 2.2.
const ERROR: f64 = 0.4;

/// Draws of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draws {
    /// How many people each draw holds.
    pub people: Vec<u32>,
    /// How many people of each draw are on which lists: a bit a list.
    pub histories: Vec<BTreeMap<u64, u32>>,
    /// Components that were too large to draw.
    pub not_drawn: usize,
    /// How many people of each draw were joined by links that no rule proposed, as estimated.
    pub missed: Vec<u32>,
}

impl Draws {
    /// The count of people at a share of the draws, for example 0.025, 0.5, 0.975.
    pub fn quantile(&self, share: f64) -> u32 {
        quantile(&self.people, share)
    }

    /// How many people were joined by links that no rule proposed, in the middle of the draws.
    pub fn median_missed(&self) -> u32 {
        quantile(&self.missed, 0.5)
    }
}

fn quantile(counts: &[u32], share: f64) -> u32 {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let at = (share * (sorted.len().saturating_sub(1)) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(0)
}

/// Parts in which components are drawn, at most: each holds its own histories of all draws.
const PARTS: usize = 32;

/// What some components come to in each draw.
struct Part {
    histories: Vec<BTreeMap<u64, u32>>,
    seldom: Vec<Seldom>,
    not_drawn: usize,
}

impl Part {
    fn new(count: usize) -> Part {
        Part { histories: vec![BTreeMap::new(); count], seldom: vec![Seldom::default(); count], not_drawn: 0 }
    }

    fn add(&mut self, other: Part) {
        self.not_drawn += other.not_drawn;
        for (mine, theirs) in self.histories.iter_mut().zip(other.histories) {
            theirs.into_iter().for_each(|(history, many)| *mine.entry(history).or_default() += many);
        }
        for (mine, theirs) in self.seldom.iter_mut().zip(other.seldom) {
            mine.add(theirs);
        }
    }
}

/// Draws `count` times, the same for the same people whatever their order and the number of threads.
///
/// `list_of` gives the list that a record counts for in histories, under 64.
pub fn draws(people: &People, linked: &Linked, count: usize, list_of: impl Fn(u32) -> u8 + Sync) -> Draws {
    let mut in_component = vec![false; people.records.len()];
    for component in &linked.components {
        component.members.iter().for_each(|member| in_component[*member as usize] = true);
    }
    let mut alone: BTreeMap<u64, u32> = BTreeMap::new();
    for (record, _) in in_component.iter().enumerate().filter(|(_, inside)| !**inside) {
        *alone.entry(1 << list_of(record as u32)).or_default() += 1;
    }
    let chunk = |components: &[Weighed]| {
        let mut part = Part::new(count);
        components.iter().for_each(|component| of_component(component, people, linked, &list_of, &mut part));
        part
    };
    // So many parts whatever the number of threads, since sums depend on what is summed together.
    let of_part = linked.components.len().div_ceil(PARTS).max(1024);
    let parts: Vec<Part> = linked.components.par_chunks(of_part).map(chunk).collect();
    let mut whole = Part::new(count);
    whole.histories.iter_mut().for_each(|histories| histories.clone_from(&alone));
    parts.into_iter().for_each(|part| whole.add(part));
    let few_rules = linked.rules.iter().filter(|rule| rule.pairs > 0).count() <= FEW;
    let missed = whole
        .histories
        .iter_mut()
        .zip(&whole.seldom)
        .map(|(histories, seldom)| missed::join(histories, seldom, few_rules))
        .collect();
    let people = whole.histories.iter().map(|histories| histories.values().sum()).collect();
    Draws { people, histories: whole.histories, not_drawn: whole.not_drawn, missed }
}

fn of_component(
    component: &Weighed,
    people: &People,
    linked: &Linked,
    list_of: &impl Fn(u32) -> u8,
    part: &mut Part,
) {
    let size = component.members.len();
    let lists: Vec<u64> = component.members.iter().map(|member| 1 << list_of(*member)).collect();
    let seldom = if component.too_large() { Vec::new() } else { proposed(component, people) };
    part.not_drawn += usize::from(component.too_large());
    let (mut history, mut members) = (vec![0_u64; size], vec![0_u32; size]);
    partitions(component, linked, u64::from(component.members[0]), part.histories.len(), |draw, label| {
        history.fill(0);
        members.fill(0);
        for (at, cluster) in label.iter().enumerate() {
            history[*cluster] |= lists[at];
            members[*cluster] += 1;
        }
        for (one, other, rules) in seldom.iter().filter(|(one, other, _)| label[*one] == label[*other]) {
            // What the rest of the person is on, which only pairs of a single rule are asked for.
            let rest = || {
                let others = (0..size).filter(|at| label[*at] == label[*one] && at != other);
                others.fold(0, |rest, at| rest | lists[at])
            };
            part.seldom[draw].note(members[label[*one]], *rules, || (lists[*other], rest()));
        }
        for lists in history.iter().filter(|lists| **lists != 0) {
            *part.histories[draw].entry(*lists).or_default() += 1;
        }
    });
}

/// Draws who is who in a component `count` times, from the best answer on, and gives each draw its number and the
/// clusters of the members. What was too large to be weighed is as in the best answer each time.
fn partitions(
    component: &Weighed,
    linked: &Linked,
    seed: u64,
    count: usize,
    mut each: impl FnMut(usize, &[usize]),
) {
    let mut label = best_answer(component, linked);
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ label.len() as u64;
    let size = label.len();
    let mut room = Room { members: vec![0; size], sums: vec![0.0; size], chances: vec![0.0; size] };
    // Draws are made in the order of their errors, so that each starts near the one before, and told in another.
    for rank in 0..count {
        let error = (normal_quantile((rank as f64 + 0.5) / count as f64) * ERROR) as f32;
        if !component.too_large() {
            let rounds = match rank {
                // Each of two moves without regard to where it was.
                _ if size == 2 => 1,
                0 => BURN_IN,
                _ => BETWEEN,
            };
            (0..rounds).for_each(|_| round(component, error, &mut label, &mut state, &mut room));
        }
        each(place_of_rank(rank, count), &label);
    }
}

/// The clusters of a component's members, by the place of one of them.
fn best_answer(component: &Weighed, linked: &Linked) -> Vec<usize> {
    let place = |record: u32| component.members.binary_search(&record);
    let members = component.members.iter().enumerate();
    members.map(|(at, member)| place(linked.person[*member as usize]).unwrap_or(at)).collect()
}

/// Who is who in the draws of one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its records, ascending.
    pub members: Vec<u32>,
    /// By draw: for each member the place of the first member of its person.
    pub people: Vec<Vec<u16>>,
}

/// Draws who is who `count` times in every component of which a draw differs from the best answer. `seed_of` names a
/// component by its members: the same name gives the same draws.
pub fn who_is_who(linked: &Linked, count: usize, seed_of: impl Fn(&[u32]) -> u64 + Sync) -> Vec<Drawn> {
    let drawn = |component: &Weighed| {
        let mut people = vec![Vec::new(); count];
        partitions(component, linked, seed_of(&component.members), count, |draw, label| {
            people[draw] = in_order(label);
        });
        let best = in_order(&best_answer(component, linked));
        let differ = people.iter().any(|draw| *draw != best);
        differ.then(|| Drawn { members: component.members.clone(), people })
    };
    linked.components.par_iter().filter_map(drawn).collect()
}

/// Clusters by the place of their first member. A component that is drawn has at most some hundreds of members.
fn in_order(label: &[usize]) -> Vec<u16> {
    let first = |cluster: &usize| label.iter().position(|other| other == cluster).unwrap_or_default();
    label.iter().map(|cluster| u16::try_from(first(cluster)).unwrap_or(u16::MAX)).collect()
}

/// Pairs of members, by their places, that rules propose, and how many do, up to [`MORE`].
fn proposed(component: &Weighed, people: &People) -> Vec<(usize, usize, u32)> {
    let members = &component.members;
    let outline = |record: &u32| Outline::of(&people.records[*record as usize], &people.vocabulary);
    let outlines: Vec<Outline> = members.iter().map(outline).collect();
    let mut seldom = Vec::new();
    for one in 0..members.len() {
        for other in (one + 1..members.len()).filter(|other| component.weight(one, *other) > LIKELY) {
            let records = [members[one], members[other]];
            let rules = blocks::rules_of(people, records, [&outlines[one], &outlines[other]]);
            let rules = rules.take(MORE).count();
            if rules != 0 {
                seldom.push((one, other, rules as u32));
            }
        }
    }
    seldom
}

/// Rules that propose anything, up to which those that do fail together.
const FEW: usize = 4;
/// As many rules as are not told from more.
const MORE: usize = 3;
/// Weights under which two members are together only through others.
const LIKELY: f32 = -4.0;

/// Which draw is made at a rank of errors: ranks are spread over the draws by steps that share no factor with their
/// count.
fn place_of_rank(rank: usize, count: usize) -> usize {
    let common = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let step = (count * 5 / 8..).find(|step| common(*step, count) == 1).unwrap_or(1);
    rank * step % count
}

/// The standard normal deviate that a share of all stays under, to 4.5e-4 (Abramowitz and Stegun 1964, 26.2.23).
fn normal_quantile(share: f64) -> f64 {
    let tail = share.min(1.0 - share).max(1e-12);
    let t = (-2.0 * tail.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let deviate = t - above / below;
    if share < 0.5 { -deviate } else { deviate }
}

/// Room for a round, by cluster: how many members it has, the sum of their weights with a record, how likely the record
/// joins it.
struct Room {
    members: Vec<u32>,
    sums: Vec<f32>,
    chances: Vec<f32>,
}

/// Every record once: out of its cluster, and into one by chance, or by itself. `error` is added to all weights.
fn round(component: &Weighed, error: f32, label: &mut [usize], state: &mut u64, room: &mut Room) {
    let Room { members, sums, chances } = room;
    members.fill(0);
    for cluster in label.iter() {
        members[*cluster] += 1;
    }
    for at in 0..label.len() {
        members[label[at]] -= 1;
        sums.fill(0.0);
        for (other, weight) in component.weights_of(at).iter().enumerate().filter(|(other, _)| *other != at) {
            sums[label[other]] += weight + error;
        }
        let there = members.iter().zip(sums.iter()).filter(|(members, _)| **members > 0);
        let most = there.map(|(_, sum)| *sum).fold(0.0, f32::max);
        let empty = members.iter().position(|members| *members == 0).unwrap_or(label[at]);
        let mut total = 0.0;
        for (cluster, chance) in chances.iter_mut().enumerate() {
            *chance = match () {
                () if members[cluster] > 0 => (sums[cluster] - most).exp(),
                () if cluster == empty => (-most).exp(),
                () => 0.0,
            };
            total += *chance;
        }
        let mut left = chance(state) * total;
        let mut to = empty;
        for (cluster, chance) in chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
            to = cluster;
            left -= chance;
            if left < 0.0 {
                break;
            }
        }
        label[at] = to;
        members[to] += 1;
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

    #[test]
    fn every_rank_has_its_draw() {
        for count in [1, 2, 7, 200, 1000] {
            let mut places: Vec<usize> = (0..count).map(|rank| place_of_rank(rank, count)).collect();
            places.sort_unstable();
            assert_eq!(places, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, deviate) in [(0.5, 0.0), (0.025, -1.959_964), (0.975, 1.959_964), (0.841_345, 1.0)] {
            assert!((normal_quantile(share) - deviate).abs() < 5e-4, "{share}");
        }
    }
}
