//! What reviewers said about pairs: the same person, or not. It is hard, and survives every run.

use std::collections::BTreeMap;

use crate::Joined;

/// Judgements between records.
#[derive(Debug, Default, Clone)]
pub struct Judged {
    pairs: BTreeMap<(u32, u32), bool>,
}

/// Records that reviewers said to be one person through others, and to be two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// A record.
    pub left: u32,
    /// Another, judged different from it, though a chain of judgements makes them the same.
    pub right: u32,
}

impl Judged {
    /// Of `(record, record, same)`. What follows by a chain (A = B, B = C) is added, and so is what is then different
    /// (A = B, B ≠ C). Where both follow, the pair is reported and left to the model.
    pub fn new(said: &[(u32, u32, bool)]) -> (Judged, Vec<Contradiction>) {
        let mut records: Vec<u32> = said.iter().flat_map(|(left, right, _)| [*left, *right]).collect();
        records.sort_unstable();
        records.dedup();
        let place = |record: u32| records.partition_point(|known| *known < record);
        let mut joined = Joined::apart(records.len());
        for (left, right, _) in said.iter().filter(|(.., same)| *same) {
            joined.join(place(*left), place(*right));
        }
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); records.len()];
        for (at, record) in records.iter().enumerate() {
            members[joined.first(at)].push(*record);
        }
        let mut pairs = BTreeMap::new();
        for group in &members {
            for (at, left) in group.iter().enumerate() {
                for right in &group[at + 1..] {
                    pairs.insert((*left, *right), true);
                }
            }
        }
        let mut contradictions = Vec::new();
        for (left, right, _) in said.iter().filter(|(_, _, same)| !same) {
            let (a, b) = (joined.first(place(*left)), joined.first(place(*right)));
            if a == b {
                let (left, right) = (*left.min(right), *left.max(right));
                contradictions.push(Contradiction { left, right });
                pairs.remove(&(left, right));
                continue;
            }
            for left in &members[a] {
                for right in &members[b] {
                    pairs.insert((*left.min(right), *left.max(right)), false);
                }
            }
        }
        (Judged { pairs }, contradictions)
    }

    /// What was said of two records, or follows.
    pub fn between(&self, a: u32, b: u32) -> Option<bool> {
        self.pairs.get(&(a.min(b), a.max(b))).copied()
    }

    /// Pairs that are the same person.
    pub fn same(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.pairs.iter().filter(|(_, same)| **same).map(|(pair, _)| *pair)
    }

    /// All pairs.
    pub fn all(&self) -> impl Iterator<Item = (u32, u32, bool)> + '_ {
        self.pairs.iter().map(|((left, right), same)| (*left, *right, *same))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_followed_and_contradictions_reported() {
        let (judged, contradictions) = Judged::new(&[(1, 2, true), (3, 2, true), (3, 4, false)]);
        assert!(contradictions.is_empty());
        assert_eq!(judged.between(3, 1), Some(true));
        assert_eq!(judged.between(1, 4), Some(false));
        assert_eq!(judged.between(1, 9), None);
        let (judged, contradictions) = Judged::new(&[(1, 2, true), (1, 3, true), (3, 2, false)]);
        assert_eq!(contradictions, [Contradiction { left: 2, right: 3 }]);
        assert_eq!(judged.between(2, 3), None);
        assert_eq!(judged.between(1, 2), Some(true));
    }
}
