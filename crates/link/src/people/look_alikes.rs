//! Look-alikes: pairs that no rule of blocking proposes though the given name and another name of theirs are the same
//! within one letter of their skeletons. They are for a person to look at: nothing is linked by them.

use rayon::prelude::*;

use super::blocks::proposing;
use super::linking::{Linked, chance};
use super::rows::{People, Record};
use crate::names::skeleton;

/// Two records, and the chance that they are one person by the model alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LookAlike {
    /// A record.
    pub left: u32,
    /// Another, further on.
    pub right: u32,
    /// The chance.
    pub chance: f32,
}

/// Letters of two names' skeletons under which they are too short to be recognised with one of them missing.
const FEWEST: usize = 5;
/// Records that share two such names up to which all pairs of them are looked at: names that more bear say little.
const LARGEST: usize = 48;

/// Chance under which a pair is not worth a look.
const LEAST: f32 = 0.1;

/// Pairs that are apart, that no rule proposes, and that are worth a look; the likeliest first.
pub fn look_alikes(people: &People, linked: &Linked) -> Vec<LookAlike> {
    let skeletons: Vec<String> = people.vocabulary.words().iter().map(|word| skeleton(word)).collect();
    let mut keys: Vec<(u64, u32)> = people
        .records
        .par_iter()
        .zip(0_u32..people.records.len() as u32)
        .flat_map_iter(|(record, number)| keys(&skeletons, record).into_iter().map(move |key| (key, number)))
        .collect();
    keys.par_sort_unstable();
    keys.dedup();
    let blocks: Vec<&[(u64, u32)]> =
        keys.chunk_by(|a, b| a.0 == b.0).filter(|block| (2..=LARGEST).contains(&block.len())).collect();
    let mut pairs: Vec<(u32, u32)> = blocks
        .par_iter()
        .flat_map_iter(|block| {
            let pairs = block
                .iter()
                .enumerate()
                .flat_map(|(at, (_, left))| block[at + 1..].iter().map(move |(_, right)| (*left, *right)));
            pairs.filter(|(left, right)| is_blocked_out(people, linked, *left, *right))
        })
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let mut found: Vec<LookAlike> = pairs
        .into_par_iter()
        .map(|(left, right)| LookAlike { left, right, chance: chance(people, &linked.weights, left, right) })
        .filter(|pair| pair.chance >= LEAST)
        .collect();
    found.sort_by(|a, b| {
        b.chance.total_cmp(&a.chance).then_with(|| (a.left, a.right).cmp(&(b.left, b.right)))
    });
    found
}

fn is_blocked_out(people: &People, linked: &Linked, left: u32, right: u32) -> bool {
    linked.person[left as usize] != linked.person[right as usize] && proposing(people, left, right) == 0
}

/// The given name with each other name, whole and without each of their letters: two pairs of names that differ by one
/// letter share one of these.
fn keys(skeletons: &[String], record: &Record) -> Vec<u64> {
    let Record { given, father, grandfather, family, extra, .. } = *record;
    let skeleton = |word: u32| skeletons[word as usize].as_str();
    let mut keys = Vec::new();
    for other in [father, grandfather, extra, family].into_iter().filter(|other| given != 0 && *other != 0) {
        let letters = [skeleton(given), " ", skeleton(other)].concat().into_bytes();
        if letters.len() > FEWEST {
            keys.extend((0..=letters.len()).map(|gone| without(&letters, gone)));
        }
    }
    keys
}

/// A hash of all letters but one; of all where that one is past their end.
fn without(letters: &[u8], gone: usize) -> u64 {
    let left = letters.iter().enumerate().filter(|(at, _)| *at != gone);
    left.fold(OFFSET, |hash, (_, letter)| (hash ^ u64::from(*letter)).wrapping_mul(PRIME))
}

/// FNV-1a.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

#[cfg(test)]
mod tests {
    use super::super::{At, Row, Rows, Settings, link};
    use super::*;

    /// Two lists of a name and an age each; whom they propose beside the rules, by row.
    fn unproposed(lists: [&[(&str, &str)]; 2]) -> Vec<(u32, u32)> {
        let mut rows = Rows::new();
        let mut number = 0;
        for (list, of_list) in lists.iter().zip(0..) {
            for (name, age) in *list {
                number += 1;
                let row = Row { name, age, ..Row::default() };
                rows.push(of_list, At { file: 0, row: number }, &row);
            }
        }
        let people = rows.finish();
        let linked = link(&people, &Settings::default()).unwrap();
        let row = |record: u32| people.at[record as usize].row;
        let found = look_alikes(&people, &linked);
        assert!(
            linked
                .edges
                .iter()
                .all(|edge| { found.iter().all(|pair| (pair.left, pair.right) != (edge.left, edge.right)) })
        );
        found
            .iter()
            .map(|pair| (row(pair.left).min(row(pair.right)), row(pair.left).max(row(pair.right))))
            .collect()
    }

    #[test]
    fn a_letter_of_a_name_of_two_words_hides_nobody() {
        let one = [("فادي شعبان", "31"), ("نديم رائد القصار", "20")];
        let other = [("فادي شعبام", "31"), ("كرم سليم حداد", "40")];
        assert_eq!(unproposed([&one, &other]), [(1, 3)]);
        assert_eq!(unproposed([&one[1..], &other[1..]]), []);
        let older = [("فادي شعبام", "62"), ("كرم سليم حداد", "40")];
        assert_eq!(unproposed([&one, &older]), [], "nobody is 31 and 62");
    }
}
