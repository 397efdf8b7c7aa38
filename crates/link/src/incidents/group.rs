//! Groups: the two whose members are most alike on average are joined, while that is likely enough. Of larger groups less
//! is asked: reports of one strike tell different sides of it, and not every two of them can be seen to be of one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Two groups that may be joined, and how alike they are on average.
#[derive(Debug, PartialEq)]
struct Join {
    mean: f32,
    left: u32,
    right: u32,
    /// How often each had been joined when this was put down.
    ages: (u32, u32),
}

impl Eq for Join {}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.left, other.right).cmp(&(self.left, self.right)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The sum of the chances between two groups, divided by what as many pairs count for: their number to the power of ¾.
fn alike(sum: f32, pairs: usize) -> f32 {
    let root = (pairs as f32).sqrt();
    sum / (root * root.sqrt())
}

/// For each of `count` items the lowest item of its group; pairs that are not named count as 0. Two items are joined from
/// a chance of `least`.
pub fn groups(count: usize, pairs: &[(u32, u32, f32)], least: f32) -> Vec<u32> {
    let mut sums: Vec<BTreeMap<u32, f32>> = vec![BTreeMap::new(); count];
    let mut heap = BinaryHeap::new();
    for (left, right, chance) in pairs {
        sums[*left as usize].insert(*right, *chance);
        sums[*right as usize].insert(*left, *chance);
        if *chance > least {
            heap.push(Join { mean: *chance, left: *left, right: *right, ages: (0, 0) });
        }
    }
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|item| vec![item]).collect();
    let mut ages = vec![0_u32; count];
    while let Some(Join { left, right, ages: (age, other_age), .. }) = heap.pop() {
        let (a, b) = (left as usize, right as usize);
        if members[a].is_empty() || members[b].is_empty() || (ages[a], ages[b]) != (age, other_age) {
            continue;
        }
        let joined = std::mem::take(&mut members[b]);
        members[a].extend(joined);
        ages[a] += 1;
        for (other, sum) in std::mem::take(&mut sums[b]) {
            if other != left {
                *sums[a].entry(other).or_default() += sum;
                sums[other as usize].remove(&right);
            }
        }
        sums[a].remove(&right);
        for (other, sum) in sums[a].clone() {
            sums[other as usize].insert(left, sum);
            let mean = alike(sum, members[a].len() * members[other as usize].len());
            if mean > least {
                let (low, high) = (left.min(other), left.max(other));
                heap.push(Join {
                    mean,
                    left: low,
                    right: high,
                    ages: (ages[low as usize], ages[high as usize]),
                });
            }
        }
    }
    let mut lowest: Vec<u32> = (0..count as u32).collect();
    for group in members.iter().filter(|group| !group.is_empty()) {
        let first = group.iter().copied().min().unwrap_or_default();
        group.iter().for_each(|item| lowest[*item as usize] = first);
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_no_group() {
        assert_eq!(groups(4, &[(0, 1, 0.9), (1, 2, 0.3), (2, 3, 0.9)], 0.2), [0, 0, 2, 2]);
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9)], 0.2), [0, 0, 0]);
        assert_eq!(groups(2, &[], 0.2), [0, 1]);
        // Two of four pairs between two twos: 1.2 / 4^¾.
        let twos = [(0, 1, 0.9), (2, 3, 0.9), (0, 2, 0.6), (1, 3, 0.6)];
        assert_eq!(groups(4, &twos, 0.41), [0, 0, 0, 0]);
        assert_eq!(groups(4, &twos, 0.43), [0, 0, 2, 2]);
    }
}
