//! A table of capture histories: which lists hold a person, and how many people have the same history.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{EstimateError, Result};

/// The most lists that a table can have.
pub const MOST_LISTS: usize = 32;
/// The most people that a table can have: sums of counts stay exact as floating point.
pub const MOST_PEOPLE: u64 = 1_000_000_000_000;

/// People by the lists that hold them. Bit `j` of a history is set where list `j` holds the person; histories are
/// ascending, none is 0, and no count is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureTable {
    lists: Vec<String>,
    cells: Vec<(u32, u64)>,
}

impl CaptureTable {
    /// A table of `lists` with the given histories; equal histories are added up, empty ones left out.
    ///
    /// # Errors
    /// More than [`MOST_LISTS`] lists, more than [`MOST_PEOPLE`] people, a history of nobody's list or of a list that
    /// there is not.
    pub fn new(lists: Vec<String>, counts: impl IntoIterator<Item = (u32, u64)>) -> Result<Self> {
        if lists.len() > MOST_LISTS {
            return Err(EstimateError::TooManyLists { found: lists.len(), most: MOST_LISTS });
        }
        let mut cells: BTreeMap<u32, u64> = BTreeMap::new();
        let mut people = 0_u64;
        for (history, count) in counts {
            if history == 0 || (lists.len() < 32 && history >> lists.len() != 0) {
                return Err(input("a capture history", "it is on none of the lists", "take it out"));
            }
            people = people.saturating_add(count);
            if count > 0 {
                *cells.entry(history).or_default() += count;
            }
        }
        if people > MOST_PEOPLE {
            let cause = format!("{people} people are more than {MOST_PEOPLE}");
            return Err(input("the counts", &cause, "check their unit"));
        }
        Ok(CaptureTable { lists, cells: cells.into_iter().collect() })
    }

    /// The lists' names, in the order of bits.
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// How many lists there are.
    pub fn width(&self) -> usize {
        self.lists.len()
    }

    /// Histories that somebody has, ascending, with how many have them.
    pub fn cells(&self) -> &[(u32, u64)] {
        &self.cells
    }

    /// How many people are on any list.
    pub fn observed(&self) -> u64 {
        self.cells.iter().map(|(_, count)| count).sum()
    }

    /// How many people are on a list.
    pub fn on_list(&self, list: usize) -> u64 {
        self.matching(|history| history >> list & 1 == 1)
    }

    /// How many people are on both of two lists.
    pub fn on_both(&self, one: usize, other: usize) -> u64 {
        let pair = 1 << one | 1 << other;
        self.matching(|history| history & pair == pair)
    }

    /// How many people are on at least two lists.
    pub fn overlapping(&self) -> u64 {
        self.matching(|history| history.count_ones() >= 2)
    }

    /// How many people are on exactly `k` lists, for `k` from 0 (always 0) to the number of lists.
    pub fn by_number_of_lists(&self) -> Vec<u64> {
        let mut counts = vec![0; self.width() + 1];
        for (history, count) in &self.cells {
            counts[history.count_ones() as usize] += count;
        }
        counts
    }

    /// Pairs of lists that share nobody, and how many pairs there are.
    pub fn empty_pairs(&self) -> (usize, usize) {
        let pairs = pairs(self.width());
        (pairs.iter().filter(|(one, other)| self.on_both(*one, *other) == 0).count(), pairs.len())
    }

    /// The table without a list; who was on that list alone is on none, and gone.
    pub fn without(&self, list: usize) -> CaptureTable {
        let low = (1_u32 << list) - 1;
        let mut lists = self.lists.clone();
        lists.remove(list);
        self.mapped(lists, |history| history & low | history >> 1 & !low)
    }

    /// The table without lists that hold nobody.
    pub fn without_empty(&self) -> CaptureTable {
        let empty = (0..self.width()).rev().filter(|list| self.on_list(*list) == 0);
        empty.fold(self.clone(), |table, list| table.without(list))
    }

    /// The table with list `from` poured into list `into`; nobody is lost.
    pub fn merged(&self, into: usize, from: usize) -> CaptureTable {
        let mut poured = self.clone();
        poured.lists[into] = format!("{}+{}", self.lists[into], self.lists[from]);
        poured = poured.mapped(poured.lists.clone(), |history| history | (history >> from & 1) << into);
        poured.without(from)
    }

    /// The table's SHA-256 over lists and cells in a fixed form, so that equal tables have equal hashes.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for list in &self.lists {
            hash.update((list.len() as u64).to_le_bytes());
            hash.update(list.as_bytes());
        }
        for (history, count) in &self.cells {
            hash.update(history.to_le_bytes());
            hash.update(count.to_le_bytes());
        }
        hex::encode(hash.finalize())
    }

    fn matching(&self, wanted: impl Fn(u32) -> bool) -> u64 {
        self.cells.iter().filter(|(history, _)| wanted(*history)).map(|(_, count)| count).sum()
    }

    fn mapped(&self, lists: Vec<String>, change: impl Fn(u32) -> u32) -> CaptureTable {
        let mut cells: BTreeMap<u32, u64> = BTreeMap::new();
        for (history, count) in &self.cells {
            let changed = change(*history);
            if changed != 0 {
                *cells.entry(changed).or_default() += count;
            }
        }
        CaptureTable { lists, cells: cells.into_iter().collect() }
    }
}

/// All pairs of lists, the lower one first.
pub fn pairs(lists: usize) -> Vec<(usize, usize)> {
    (0..lists).flat_map(|one| (one + 1..lists).map(move |other| (one, other))).collect()
}

pub(crate) fn input(place: &str, cause: &str, next: &str) -> EstimateError {
    EstimateError::Input { place: place.into(), cause: cause.into(), next: next.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> CaptureTable {
        let lists = ["a", "b", "c"].map(String::from).to_vec();
        CaptureTable::new(lists, [(0b001, 5), (0b010, 4), (0b011, 3), (0b100, 2), (0b101, 1), (0b001, 1)])
            .unwrap()
    }

    #[test]
    fn counts_are_added_up_and_pairs_seen() {
        let table = table();
        assert_eq!(table.observed(), 16);
        assert_eq!(table.on_list(0), 10);
        assert_eq!(table.on_both(0, 1), 3);
        assert_eq!(table.overlapping(), 4);
        assert_eq!(table.empty_pairs(), (1, 3));
        assert_eq!(table.by_number_of_lists(), [0, 12, 4, 0]);
    }

    #[test]
    fn a_list_goes_and_lists_are_merged() {
        let without = table().without(1);
        assert_eq!(without.lists(), ["a", "c"]);
        assert_eq!(without.cells(), [(0b01, 9), (0b10, 2), (0b11, 1)]);
        let merged = table().merged(0, 2);
        assert_eq!(merged.lists(), ["a+c", "b"]);
        assert_eq!(merged.cells(), [(0b01, 9), (0b10, 4), (0b11, 3)]);
        assert_eq!(merged.observed(), table().observed());
    }

    #[test]
    fn a_history_of_no_list_is_refused() {
        assert!(CaptureTable::new(vec!["a".into()], [(0, 3)]).is_err());
        assert!(CaptureTable::new(vec!["a".into()], [(2, 3)]).is_err());
        assert!(CaptureTable::new(vec!["a".into(); 40], []).is_err());
    }
}
