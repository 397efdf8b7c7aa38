//! Doubt: draws of who is who. Within each component records move between clusters by chance, as likely as the weights
//! say (Gibbs sampling over partitions), so that every count has an interval and not only a best answer.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cluster::Weighed;
use super::linking::Linked;
use super::rows::People;

/// Rounds before the first draw, from the best answer on.
const BURN_IN: usize = 10;
/// Rounds between draws.
const BETWEEN: usize = 2;
/// Records of a component beyond which it is not drawn but left at its best answer; the count of such is said.
const LARGEST: usize = 600;

/// Draws of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draws {
    /// How many people each draw holds.
    pub people: Vec<u32>,
    /// How many people of each draw are on which lists: a bit a list.
    pub histories: Vec<BTreeMap<u64, u32>>,
    /// Components that were too large to draw.
    pub not_drawn: usize,
}

impl Draws {
    /// The count of people at a share of the draws, for example 0.025, 0.5, 0.975.
    pub fn quantile(&self, share: f64) -> u32 {
        let mut sorted = self.people.clone();
        sorted.sort_unstable();
        let at = (share * (sorted.len().saturating_sub(1)) as f64).round() as usize;
        sorted.get(at).copied().unwrap_or(0)
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
    let single = alone.values().sum::<u32>();
    let start = Draws { people: vec![single; count], histories: vec![alone; count], not_drawn: 0 };
    let parts: Vec<Draws> = linked
        .components
        .par_chunks(256)
        .map(|components| {
            let mut part =
                Draws { people: vec![0; count], histories: vec![BTreeMap::new(); count], not_drawn: 0 };
            for component in components {
                of_component(component, linked, count, &list_of, &mut part);
            }
            part
        })
        .collect();
    parts.into_iter().fold(start, |mut sum, part| {
        sum.not_drawn += part.not_drawn;
        for draw in 0..count {
            sum.people[draw] += part.people[draw];
            for (history, many) in &part.histories[draw] {
                *sum.histories[draw].entry(*history).or_default() += many;
            }
        }
        sum
    })
}

fn of_component(
    component: &Weighed,
    linked: &Linked,
    count: usize,
    list_of: &impl Fn(u32) -> u8,
    part: &mut Draws,
) {
    let size = component.members.len();
    let place = |record: u32| component.members.iter().position(|member| *member == record);
    let mut label: Vec<usize> = component
        .members
        .iter()
        .enumerate()
        .map(|(at, member)| place(linked.person[*member as usize]).unwrap_or(at))
        .collect();
    let mut state = u64::from(component.members[0]).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ size as u64;
    let drawn = size <= LARGEST;
    part.not_drawn += usize::from(!drawn);
    if drawn {
        (0..BURN_IN).for_each(|_| round(component, &mut label, &mut state));
    }
    for draw in 0..count {
        if drawn {
            (0..BETWEEN).for_each(|_| round(component, &mut label, &mut state));
        }
        let mut history = vec![0_u64; size];
        for (at, cluster) in label.iter().enumerate() {
            history[*cluster] |= 1 << list_of(component.members[at]);
        }
        for lists in history.into_iter().filter(|lists| *lists != 0) {
            part.people[draw] += 1;
            *part.histories[draw].entry(lists).or_default() += 1;
        }
    }
}

/// Every record once: out of its cluster, and into one by chance, or by itself.
fn round(component: &Weighed, label: &mut [usize], state: &mut u64) {
    let size = label.len();
    let mut sums = vec![0.0_f32; size];
    let mut members = vec![0_u32; size];
    for cluster in label.iter() {
        members[*cluster] += 1;
    }
    for at in 0..size {
        members[label[at]] -= 1;
        sums.iter_mut().for_each(|sum| *sum = 0.0);
        for other in (0..size).filter(|other| *other != at) {
            sums[label[other]] += component.weight(at, other);
        }
        let most = (0..size)
            .filter(|cluster| members[*cluster] > 0)
            .map(|cluster| sums[cluster])
            .fold(0.0, f32::max);
        let empty = (0..size).find(|cluster| members[*cluster] == 0).unwrap_or(label[at]);
        let weight = |cluster: usize| match () {
            () if members[cluster] > 0 => (sums[cluster] - most).exp(),
            () if cluster == empty => (-most).exp(),
            () => 0.0,
        };
        let total: f32 = (0..size).map(weight).sum();
        let mut left = chance(state) * total;
        let mut to = empty;
        for cluster in 0..size {
            let weight = weight(cluster);
            if weight > 0.0 {
                to = cluster;
                left -= weight;
                if left < 0.0 {
                    break;
                }
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
