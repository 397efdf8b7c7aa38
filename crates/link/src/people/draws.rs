//! Doubt: draws of who is who, so that every count has an interval and not only a best answer.
//!
//! A small component is drawn from all ways to part it (`ways.rs`); in a larger one records move between people by chance
//! (`walk.rs`). The weights themselves are known only so well: each draw takes all odds a common factor higher or lower.
//! What no rule of blocking proposed is estimated and joined (`missed.rs`).

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::blocks;
use super::cluster::Weighed;
use super::linking::Linked;
use super::missed::{self, Seldom};
use super::outline::Outline;
use super::rows::People;
use super::walk::Walk;
use super::ways;

/// Rounds before the first draw, from the best answer on.
const BURN_IN: u32 = 10;
/// Rounds between draws.
const BETWEEN: u32 = 1;
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

/// What changes from one draw to the next, in the order of their errors: most components stay as they are.
#[derive(Clone, Default)]
struct Step {
    /// People more or fewer that are on which lists: a bit a list.
    histories: FxHashMap<u64, i64>,
    seldom: Seldom,
}

impl Step {
    fn add(&mut self, other: &Step) {
        let histories = other.histories.iter();
        histories.for_each(|(history, many)| *self.histories.entry(*history).or_default() += many);
        self.seldom.add(&other.seldom);
    }
}

/// What some components come to: the first draw, and each next one by its step.
struct Part {
    steps: Vec<Step>,
    not_drawn: usize,
}

impl Part {
    fn new(count: usize) -> Part {
        Part { steps: vec![Step::default(); count], not_drawn: 0 }
    }

    fn add(&mut self, other: &Part) {
        self.not_drawn += other.not_drawn;
        self.steps.iter_mut().zip(&other.steps).for_each(|(mine, theirs)| mine.add(theirs));
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
    let errors = errors(count);
    let chunk = |components: &[Weighed]| {
        let mut part = Part::new(count);
        components
            .iter()
            .for_each(|component| of_component(component, people, linked, &list_of, &errors, &mut part));
        part
    };
    // So many parts whatever the number of threads, since sums depend on what is summed together.
    let of_part = linked.components.len().div_ceil(PARTS).max(1024);
    let parts: Vec<Part> = linked.components.par_chunks(of_part).map(chunk).collect();
    let mut whole = Part::new(count);
    parts.iter().for_each(|part| whole.add(part));
    let few_rules = linked.rules.iter().filter(|rule| rule.pairs > 0).count() <= FEW;
    let mut now = Step::default();
    for (record, _) in in_component.iter().enumerate().filter(|(_, inside)| !**inside) {
        *now.histories.entry(1 << list_of(record as u32)).or_default() += 1;
    }
    let of_rank = |step: &Step| {
        now.add(step);
        let people = |(history, people): (&u64, &i64)| (*history, u32::try_from(*people).unwrap_or(0));
        let mut histories: BTreeMap<u64, u32> = now.histories.iter().map(people).collect();
        let missed = missed::join(&mut histories, &now.seldom, few_rules);
        (missed, histories)
    };
    let by_rank: Vec<(u32, BTreeMap<u64, u32>)> = whole.steps.iter().map(of_rank).collect();
    let (mut histories, mut missed) = (vec![BTreeMap::new(); count], vec![0; count]);
    for (rank, drawn) in by_rank.into_iter().enumerate() {
        let draw = place_of_rank(rank, count);
        (missed[draw], histories[draw]) = drawn;
    }
    let people = histories.iter().map(|histories| histories.values().sum()).collect();
    Draws { people, histories, not_drawn: whole.not_drawn, missed }
}

/// The common errors of all ln odds in so many draws, each as likely as any other, ascending.
fn errors(count: usize) -> Vec<f64> {
    (0..count).map(|rank| normal_quantile((rank as f64 + 0.5) / count as f64) * ERROR).collect()
}

fn of_component(
    component: &Weighed,
    people: &People,
    linked: &Linked,
    list_of: &impl Fn(u32) -> u8,
    errors: &[f64],
    part: &mut Part,
) {
    let lists = component.members.iter().map(|member| 1 << list_of(*member)).collect();
    let proposed = if component.too_large() { Vec::new() } else { proposed(component, people) };
    part.not_drawn += usize::from(component.too_large());
    let members = Members { lists, proposed };
    let (mut before, mut changed) = (Vec::new(), Vec::new());
    partitions(component, linked, u64::from(component.members[0]), errors, |rank, label| {
        let step = &mut part.steps[rank];
        changed.clear();
        changed.resize(label.len(), before.is_empty());
        for (one, other) in before.iter().zip(label).filter(|(one, other)| one != other) {
            (changed[*one], changed[*other]) = (true, true);
        }
        if !before.is_empty() {
            members.change(&before, &changed, step, -1);
        }
        members.change(label, &changed, step, 1);
        label.clone_into(&mut before);
    });
}

/// What counts of a component's members when they are parted into people.
struct Members {
    /// The list of each: a bit a list.
    lists: Vec<u64>,
    /// Pairs by their places, with how many rules propose them.
    proposed: Vec<(usize, usize, u32)>,
}

impl Members {
    /// Adds to a step the people of the clusters that changed, or takes them back, with `times` -1.
    fn change(&self, label: &[usize], changed: &[bool], step: &mut Step, times: i8) {
        let mut clusters = vec![(0_u64, 0_u32); label.len()];
        for (cluster, list) in label.iter().zip(&self.lists).filter(|(cluster, _)| changed[**cluster]) {
            let (lists, members) = &mut clusters[*cluster];
            *lists |= list;
            *members += 1;
        }
        for (lists, _) in clusters.iter().filter(|(_, members)| *members > 0) {
            *step.histories.entry(*lists).or_default() += i64::from(times);
        }
        let within = self.proposed.iter().filter(|(one, other, _)| label[*one] == label[*other]);
        for (one, other, rules) in within.filter(|(one, ..)| changed[label[*one]]) {
            let others = (0..label.len()).filter(|at| label[*at] == label[*one] && at != other);
            let sides = (self.lists[*other], others.fold(0, |rest, at| rest | self.lists[at]));
            step.seldom.note(clusters[label[*one]].1, *rules, sides, times);
        }
    }
}

/// Draws who is who in a component once for each of the errors, in their order. `each` is given the ranks of the draws at
/// which who is who changes, the first among them, and the clusters of the members.
/// What was too large to be weighed is as in the best answer each time.
fn partitions(
    component: &Weighed,
    linked: &Linked,
    seed: u64,
    errors: &[f64],
    mut each: impl FnMut(usize, &[usize]),
) {
    if component.too_large() {
        return each(0, &best_answer(component, linked));
    }
    if component.members.len() <= ways::FEW {
        return ways::draw(component, seed, errors, each);
    }
    // From the best answer on, so that each draw starts near the one before.
    let reach = errors.iter().fold(0.0, |most: f64, error| most.max(error.abs()));
    let mut walk = Walk::new(component, best_answer(component, linked), seed, reach);
    let (mut label, mut done) = (Vec::new(), 0);
    for (rank, error) in errors.iter().enumerate() {
        let last = BURN_IN + rank as u32 * BETWEEN;
        if !walk.stays_until(last) {
            (done + 1..=last).for_each(|number| walk.round(number, *error));
        }
        if walk.label() != label {
            walk.label().clone_into(&mut label);
            each(rank, &label);
        }
        done = last;
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
    let errors = errors(count);
    let drawn = |component: &Weighed| {
        let mut changes: Vec<(usize, Vec<u16>)> = Vec::new();
        let note = |rank, label: &[usize]| changes.push((rank, in_order(label)));
        partitions(component, linked, seed_of(&component.members), &errors, note);
        let mut people = vec![Vec::new(); count];
        let ends = changes.iter().skip(1).map(|(rank, _)| *rank).chain([count]);
        for ((from, drawn), end) in changes.iter().zip(ends) {
            (*from..end).for_each(|rank| people[place_of_rank(rank, count)].clone_from(drawn));
        }
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
