//! Whether a model that was fitted to a table would make overlaps like those that the table has: for each two and three lists,
//! where the people seen on all of them stand among those that the model would put there (a posterior predictive check, Gelman,
//! Meng and Stern 1996). A model that cannot make what was seen has no word on what was not.

use crate::special::binomial_at_most;

/// The most lists of which triples are looked at besides pairs.
const MOST_LISTS_TRIPLES: usize = 10;
/// How often one table or another of a model that is right may be taken for one that it would not make.
const FALSE_ALARM: f64 = 0.05;

/// People seen on all of some lists, and what a model says of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The lists, as bits.
    pub set: u32,
    /// People seen on all of them.
    pub seen: u64,
    /// People whom the model would put there.
    pub expected: f64,
    /// The probability, under the model, of fewer people there, half of that of as many included.
    pub below: f64,
}

/// Overlaps of a table under a model that is told draw by draw.
#[derive(Debug, Clone)]
pub(crate) struct Overlaps {
    people: u64,
    overlaps: Vec<Overlap>,
    weight: f64,
}

impl Overlaps {
    /// Of all pairs of the lists, and of all triples where there are few lists; `cells` are histories with their counts.
    pub fn new(lists: usize, cells: &[(u32, u64)]) -> Self {
        let most = if lists <= MOST_LISTS_TRIPLES { 3 } else { 2 };
        let seen = |set: u32| -> u64 {
            cells.iter().filter(|(history, _)| history & set == set).map(|(_, count)| count).sum()
        };
        let overlaps = sets(lists, most)
            .into_iter()
            .map(|set| Overlap { set, seen: seen(set), expected: 0.0, below: 0.0 })
            .collect();
        Overlaps { people: cells.iter().map(|(_, count)| count).sum(), overlaps, weight: 0.0 }
    }

    /// One draw of the model, or one of the models that are averaged, with its weight: the chance of somebody who is on any
    /// list to be on all of a set.
    pub fn add(&mut self, weight: f64, chance: impl Fn(u32) -> f64) {
        self.weight += weight;
        for overlap in &mut self.overlaps {
            let chance = chance(overlap.set).clamp(0.0, 1.0);
            let at_most = |count: u64| binomial_at_most(count, self.people, chance);
            let fewer = overlap.seen.checked_sub(1).map_or(0.0, at_most);
            overlap.expected += weight * chance * self.people as f64;
            overlap.below += weight * 0.5 * (fewer + at_most(overlap.seen));
        }
    }

    /// What the draws say together; nothing where there was none.
    pub fn told(mut self) -> Vec<Overlap> {
        if self.weight <= 0.0 {
            return Vec::new();
        }
        for overlap in &mut self.overlaps {
            overlap.expected /= self.weight;
            overlap.below /= self.weight;
        }
        self.overlaps
    }
}

/// The overlap that a model would not make, where there is one: the most surprising of all that were looked at.
pub fn misfit(overlaps: &[Overlap]) -> Option<&Overlap> {
    let tail = |overlap: &Overlap| overlap.below.min(1.0 - overlap.below);
    let worst = overlaps.iter().min_by(|one, other| tail(one).total_cmp(&tail(other)))?;
    (2.0 * tail(worst) * overlaps.len() as f64 <= FALSE_ALARM).then_some(worst)
}

/// Sets of two to `most` lists, pairs first.
fn sets(lists: usize, most: u32) -> Vec<u32> {
    let pairs: Vec<u32> = crate::pairs(lists).into_iter().map(|(one, other)| 1 << one | 1 << other).collect();
    let above = |set: &u32| 32 - set.leading_zeros() as usize;
    let with_a_third = |set: &u32| (above(set)..lists).map(|third| set | 1 << third).collect::<Vec<_>>();
    let triples = if most > 2 { pairs.iter().flat_map(with_a_third).collect() } else { Vec::new() };
    [pairs, triples].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: [(u32, u64); 4] = [(0b0001, 50), (0b0011, 20), (0b0111, 5), (0b1000, 25)];

    #[test]
    fn every_pair_and_triple_is_looked_at_once() {
        let found = Overlaps::new(4, &CELLS);
        let sets: Vec<u32> = found.overlaps.iter().map(|overlap| overlap.set).collect();
        let pairs = [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100];
        assert_eq!(sets, [&pairs[..], &[0b0111, 0b1011, 0b1101, 0b1110]].concat());
        assert_eq!(found.overlaps[0].seen, 25);
        assert_eq!(found.overlaps[6].seen, 5);
        assert!(found.told().is_empty());
        assert_eq!(Overlaps::new(12, &[(3, 1)]).overlaps.len(), 66);
    }

    #[test]
    fn a_model_that_makes_what_was_seen_fits_and_another_does_not() {
        let seen = |set: u32| {
            let on_all = CELLS.iter().filter(|(history, _)| history & set == set);
            on_all.map(|(_, count)| *count as f64).sum::<f64>() / 100.0
        };
        let mut right = Overlaps::new(4, &CELLS);
        right.add(3.0, seen);
        right.add(1.0, seen);
        let right = right.told();
        assert!(
            (right[0].expected - 25.0).abs() < 1e-9 && (right[0].below - 0.5).abs() < 0.05,
            "{:?}",
            right[0]
        );
        assert_eq!(misfit(&right), None);
        let mut wrong = Overlaps::new(4, &CELLS);
        wrong.add(1.0, |set| if set == 0b0011 { 0.08 } else { seen(set) });
        let wrong = wrong.told();
        let found = misfit(&wrong).unwrap();
        assert_eq!((found.set, found.seen), (0b0011, 25));
        assert!(found.below > 0.999_99, "{found:?}");
    }
}
