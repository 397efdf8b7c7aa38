//! Many pairs of records in little memory: four bytes a pair, by the lower of its two records.

/// Pairs of records, each once, in the order of the lower record and then of the higher.
#[derive(Debug)]
pub struct Pairs {
    runs: Vec<Run>,
}

/// The pairs of some lower records that follow each other.
#[derive(Debug)]
pub struct Run {
    first: u32,
    /// Where the pairs of each lower record end.
    ends: Vec<u32>,
    /// The higher records.
    others: Vec<u32>,
}

/// Lower records of a run.
const RECORDS: usize = 1 << 12;

impl Pairs {
    /// None yet, of so many records.
    pub fn none(records: usize) -> Pairs {
        let run = |first: usize| Run {
            first: first as u32,
            ends: vec![0; RECORDS.min(records - first)],
            others: Vec::new(),
        };
        Pairs { runs: (0..records).step_by(RECORDS).map(run).collect() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Run::len).sum()
    }

    /// All of them, run by run.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The same, for what needs them no more after.
    pub fn into_runs(self) -> Vec<Run> {
        self.runs
    }

    /// The place of a pair: its run, and its place there.
    pub fn place(&self, lower: u32, higher: u32) -> Option<(usize, usize)> {
        let number = lower as usize / RECORDS;
        let run = self.runs.get(number)?;
        let (start, end) = run.range(lower as usize % RECORDS);
        Some((number, start + run.others[start..end].binary_search(&higher).ok()?))
    }

    /// Takes pairs, the lower record first, in any order and as often as may be; `fresh` is empty after it.
    pub fn add(&mut self, fresh: &mut Vec<(u32, u32)>) {
        // By counting where those of each lower record come to stand.
        let mut ends = vec![0_usize; self.runs.iter().map(|run| run.ends.len()).sum()];
        fresh.iter().for_each(|(lower, _)| ends[*lower as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            // For now where they start; each that is put there moves it on.
            sum += std::mem::replace(end, sum);
        }
        let mut added = vec![0; fresh.len()];
        for (lower, higher) in std::mem::take(fresh) {
            let next = &mut ends[lower as usize];
            added[*next] = higher;
            *next += 1;
        }
        let mut start = 0;
        for run in &mut self.runs {
            let ends = &ends[run.first as usize..][..run.ends.len()];
            start = run.add(&mut added, start, ends);
        }
    }
}

impl Run {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.others.len()
    }

    /// The pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.ends.len()).flat_map(move |at| {
            let (start, end) = self.range(at);
            self.others[start..end].iter().map(move |higher| (self.first + at as u32, *higher))
        })
    }

    fn range(&self, at: usize) -> (usize, usize) {
        (at.checked_sub(1).map_or(0, |before| self.ends[before] as usize), self.ends[at] as usize)
    }

    /// Takes what is added from `start` to each of the ends, a lower record each, and gives the last end.
    fn add(&mut self, added: &mut [u32], mut start: usize, ends: &[usize]) -> usize {
        let last = ends.last().copied().unwrap_or(start);
        let mut others = Vec::with_capacity(self.len() + last - start);
        let mut new_ends = Vec::with_capacity(ends.len());
        for (at, end) in ends.iter().enumerate() {
            let fresh = &mut added[start..*end];
            fresh.sort_unstable();
            let (from, to) = self.range(at);
            union(&self.others[from..to], fresh, &mut others);
            new_ends.push(others.len() as u32);
            start = *end;
        }
        others.shrink_to_fit();
        (self.ends, self.others) = (new_ends, others);
        last
    }
}

/// What is in either of two ordered runs, in order, each once; the second may say things twice.
fn union(mut known: &[u32], fresh: &[u32], out: &mut Vec<u32>) {
    let mut last = None;
    for one in fresh.iter().filter(|one| last.replace(**one) != Some(**one)) {
        let before = known.iter().take_while(|other| *other < one).count();
        out.extend_from_slice(&known[..before]);
        known = &known[before..];
        if known.first() != Some(one) {
            out.push(*one);
        }
    }
    out.extend_from_slice(known);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pairs_are_a_set_in_order(
            added in prop::collection::vec(prop::collection::vec((4090_u32..4100, 4100_u32..4105), 0..40), 0..4),
        ) {
            // Lower records of two runs.
            let mut pairs = Pairs::none(4105);
            let mut expected = BTreeSet::new();
            for mut fresh in added {
                expected.extend(fresh.iter().copied());
                pairs.add(&mut fresh);
                prop_assert!(fresh.is_empty());
            }
            let all: Vec<(u32, u32)> = pairs.runs().iter().flat_map(Run::pairs).collect();
            prop_assert_eq!(&all, &expected.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(pairs.len(), all.len());
            for (lower, higher) in all {
                let (run, place) = pairs.place(lower, higher).unwrap();
                prop_assert_eq!(pairs.runs()[run].pairs().nth(place), Some((lower, higher)));
            }
            prop_assert_eq!(pairs.place(4104, 0), None);
        }
    }
}
