//! All ways to part a few records into people, each as likely as its weights say: so a small component is drawn exactly,
//! each draw without regard to the one before.

use std::sync::LazyLock;

use super::cluster::Weighed;
use super::lots::Lots;
use super::walk::NEVER;

/// Records up to which all ways are gone through: of six there are 203.
pub const FEW: usize = 6;

/// A way to part records.
struct Way {
    /// For each record the place of the first of its person.
    label: Vec<usize>,
    /// Who is together, by their places.
    together: Vec<(usize, usize)>,
}

/// A way beside the usual one.
struct Other {
    way: usize,
    /// Its odds against the usual one.
    odds: f64,
    /// How many more pairs are together in it.
    more: i32,
}

/// All ways, by how many records there are.
static WAYS: LazyLock<[Vec<Way>; FEW + 1]> = LazyLock::new(|| std::array::from_fn(all));

/// All ways to part so many records: each next one joins somebody before it or is the first of a person.
fn all(records: usize) -> Vec<Way> {
    let mut labels: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..records {
        let longer = |label: &Vec<usize>| {
            let firsts = (0..next).filter(|at| label[*at] == *at).chain([next]);
            firsts.map(|first| [label.as_slice(), &[first]].concat()).collect::<Vec<_>>()
        };
        labels = labels.iter().flat_map(longer).collect();
    }
    let way = |label: Vec<usize>| {
        let pairs = (0..records).flat_map(|one| (one + 1..records).map(move |other| (one, other)));
        let together = pairs.filter(|(one, other)| label[*one] == label[*other]).collect();
        Way { label, together }
    };
    labels.into_iter().map(way).collect()
}

/// Draws a component of at most [`FEW`] records once for each of the errors, which are added to all weights, in their
/// order; `each` is given the ranks at which who is who changes, the first among them, and the person of each record.
pub fn draw(component: &Weighed, seed: u64, errors: &[f64], mut each: impl FnMut(usize, &[usize])) {
    let ways = &WAYS[component.members.len()];
    let sum = |way: &Way| way.together.iter().map(|(a, b)| f64::from(component.weight(*a, *b))).sum();
    let weights: Vec<f64> = ways.iter().map(sum).collect();
    let Some(usual) = (0..ways.len()).max_by(|a, b| weights[*a].total_cmp(&weights[*b])) else { return };
    let reach = errors.iter().fold(0.0, |most: f64, error| most.max(error.abs()));
    let other = |way: usize| Other {
        way,
        odds: (weights[way] - weights[usual]).exp(),
        more: ways[way].together.len() as i32 - ways[usual].together.len() as i32,
    };
    let mut others: Vec<Other> = (0..ways.len()).filter(|way| *way != usual).map(other).collect();
    let most = |other: &Other| other.odds * (reach * f64::from(other.more.abs())).exp();
    others.retain(|other| most(other) * ways.len() as f64 >= NEVER);
    let most: f64 = others.iter().map(most).sum();
    let mut lots = Lots::of(seed);
    let mut now = usual;
    each(0, &ways[usual].label);
    if most < NEVER {
        return;
    }
    let mut asked = lots.rounds_before(most) as usize;
    for (rank, error) in errors.iter().enumerate() {
        let mut drawn = usual;
        if rank == asked {
            // It was asked with the chance of the most; it is another as often as the odds of this error say.
            let factor = error.exp();
            let odds = |other: &Other| other.odds * factor.powi(other.more);
            let mut left = lots.share() * most / (1.0 + most) * (1.0 + others.iter().map(odds).sum::<f64>());
            let reached = others.iter().find(|other| {
                left -= odds(other);
                left < 0.0
            });
            drawn = reached.map_or(usual, |other| other.way);
            asked = asked.saturating_add(1 + lots.rounds_before(most) as usize);
        }
        if drawn != now {
            each(rank, &ways[drawn].label);
            now = drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_are_known() {
        // Bell numbers.
        assert_eq!(WAYS.each_ref().map(Vec::len), [1, 1, 2, 5, 15, 52, 203]);
    }

    /// The share of draws in which records are parted as each of these says, under one error.
    fn shares(component: &Weighed, error: f64, parted: &[&[usize]]) -> Vec<f64> {
        const MANY: usize = 40_000;
        let mut changes: Vec<(usize, Vec<usize>)> = Vec::new();
        draw(component, 1, &vec![error; MANY], |rank, label| changes.push((rank, label.to_vec())));
        let mut met = vec![0; parted.len()];
        for (at, (from, label)) in changes.iter().enumerate() {
            let to = changes.get(at + 1).map_or(MANY, |(next, _)| *next);
            let way = parted.iter().position(|way| way == label);
            met[way.unwrap()] += to - from;
        }
        met.into_iter().map(|met| met as f64 / MANY as f64).collect()
    }

    #[test]
    fn every_way_is_drawn_as_often_as_its_weights_say() {
        let weights = [[0.0, 1.0, -0.5], [1.0, 0.0, 0.3], [-0.5, 0.3, 0.0]];
        let component = Weighed::of(vec![0, 1, 2], |one, other| weights[one][other]);
        for error in [0.0, -0.7, 0.7_f64] {
            // With weights 1, -0.5 and 0.3, and the error on each pair that is together.
            let odds = [0.8 + 3.0 * error, 1.0 + error, -0.5 + error, 0.3 + error, 0.0].map(f64::exp);
            let whole: f64 = odds.iter().sum();
            let ways: [&[usize]; 5] = [&[0, 0, 0], &[0, 0, 2], &[0, 1, 0], &[0, 1, 1], &[0, 1, 2]];
            for ((odds, met), way) in odds.iter().zip(shares(&component, error, &ways)).zip(ways) {
                assert!((met - odds / whole).abs() < 0.01, "{error} {way:?}: {met}");
            }
        }
    }

    #[test]
    fn what_reviewers_said_holds_in_every_draw() {
        // Two who are one person by judgement, and four others who would each draw the second away.
        let weight = |one: usize, other: usize| match (one.min(other), one.max(other)) {
            (0, 1) => 1e6,
            (0, _) => -14.0,
            _ => 14.0,
        };
        let component = Weighed::of((0..6).collect(), weight);
        draw(&component, 7, &[-1.0, 0.0, 1.0], |_, label| assert_eq!(label[0], label[1]));
    }
}
