//! Look-alikes: pairs that no rule of blocking proposes though the given name and another name of theirs are the same
//! within one letter of their skeletons. They are for a person to look at: nothing is linked by them.

use rayon::prelude::*;

use super::blocks::rules_of;
use super::comparison::Packed;
use super::linking::{Linked, told};
use super::outline::{Glance, Outline};
use super::rows::People;

/// Two records, and the chance that they are one person by the model alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LookAlike {
    /// A record.
    pub left: u32,
    /// Another, further on.
    pub right: u32,
    /// The chance.
    pub chance: f32,
    /// What their comparison came to.
    pub told: Packed,
}

/// Letters of two names' skeletons under which they are too short to be recognised with one of them missing.
const FEWEST: usize = 5;
/// Records that share two such names up to which all pairs of them are looked at: names that more bear say little.
const LARGEST: usize = 24;

/// Chance under which a pair is not worth a look.
const LEAST: f32 = 0.1;

/// Pairs that are apart, that no rule proposes and nobody judged, and that are worth a look; the likeliest first.
pub fn look_alikes(people: &People, linked: &Linked) -> Vec<LookAlike> {
    let outlines: Vec<Outline> =
        people.records.par_iter().map(|record| Outline::of(record, &people.vocabulary)).collect();
    let list = |record: u32| people.records[record as usize].list;
    let on_one_list = |left, right| list(left) == list(right) && linked.once[list(left) as usize];
    // What was compared all the same, since somebody judged it, is no news.
    let known = |left, right| {
        linked.edges.binary_search_by_key(&(left, right), |edge| (edge.left, edge.right)).is_ok()
    };
    let borne = borne(people);
    let names: Vec<&[Borne]> = borne
        .chunk_by(|a, b| (a.given, a.other) == (b.given, b.other))
        .filter(|alike| alike.len() <= LARGEST)
        .collect();
    let (glance, least) = (Glance::by(&linked.weights), (LEAST / (1.0 - LEAST)).ln());
    // The cheapest questions first.
    let look_alike = |(left, right): (u32, u32)| {
        let [a, b] = [left, right].map(|record| &outlines[record as usize]);
        let may_be = glance.reaches_but_for_a_letter(a, b, least)
            && linked.person[left as usize] != linked.person[right as usize]
            && !on_one_list(left, right);
        let told = may_be.then(|| told(people, left, right))?;
        let chance = linked.weights.chance(told);
        let new = || !known(left, right) && rules_of(people, [left, right], [a, b]).next().is_none();
        (chance >= LEAST && new()).then_some(LookAlike { left, right, chance, told })
    };
    let mut found: Vec<LookAlike> = within_a_letter(people, &names)
        .into_par_iter()
        .flat_map_iter(|(one, other)| {
            let (one, other) = (names[one as usize], names[other as usize]);
            one.iter().flat_map(|a| other.iter().map(|b| (a.record.min(b.record), a.record.max(b.record))))
        })
        .filter_map(look_alike)
        .collect();
    found.sort_by(|a, b| {
        b.chance.total_cmp(&a.chance).then_with(|| (a.left, a.right).cmp(&(b.left, b.right)))
    });
    found.dedup_by_key(|pair| (pair.left, pair.right));
    found
}

/// A given name and another name of a record, by their skeletons.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Borne {
    given: u32,
    other: u32,
    record: u32,
}

/// The given name of every record with each of its other names, in order.
fn borne(people: &People) -> Vec<Borne> {
    let words = &people.vocabulary;
    let mut borne = Vec::new();
    for (one, record) in people.records.iter().zip(0_u32..) {
        let others = [one.father, one.grandfather, one.extra, one.family];
        let others = others.into_iter().filter(|other| one.given != 0 && *other != 0);
        let given = words.skeleton(one.given);
        borne.extend(others.map(|other| Borne { given, other: words.skeleton(other), record }));
    }
    borne.par_sort_unstable();
    borne
}

/// Two of the names, by their place, that differ by one letter: whole or without one of their letters they are the same.
fn within_a_letter(people: &People, names: &[&[Borne]]) -> Vec<(u32, u32)> {
    // The upper half of a hash and the place in one number; what falls together gives spare pairs only.
    let mut keys: Vec<u64> = Vec::new();
    for (alike, place) in names.iter().zip(0_u64..) {
        let [given, other] =
            [alike[0].given, alike[0].other].map(|sound| people.vocabulary.letters_of_skeleton(sound));
        let letters = [given, " ", other].concat().into_bytes();
        if letters.len() > FEWEST {
            keys.extend((0..=letters.len()).map(|gone| without(&letters, gone) >> 32 << 32 | place));
        }
    }
    keys.par_sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for block in keys.chunk_by(|a, b| a >> 32 == b >> 32).filter(|block| block.len() > 1) {
        let places: Vec<u32> = block.iter().map(|key| (key & 0xffff_ffff) as u32).collect();
        if places.iter().map(|place| names[*place as usize].len()).sum::<usize>() <= LARGEST {
            let later = |at: usize, one: u32| places[at + 1..].iter().map(move |other| (one, *other));
            pairs.extend(places.iter().enumerate().flat_map(|(at, one)| later(at, *one)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
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
        unproposed_under(lists, &[])
    }

    /// The same, after rows were judged different.
    fn unproposed_under(lists: [&[(&str, &str)]; 2], judged: &[(u32, u32)]) -> Vec<(u32, u32)> {
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
        let record = |row: &u32| people.at.iter().position(|at| at.row == *row).unwrap() as u32;
        let judged = judged.iter().map(|(one, other)| (record(one), record(other), false)).collect();
        let linked = link(&people, &Settings { judged, ..Settings::default() }).unwrap();
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
        assert_eq!(unproposed_under([&one, &other], &[(1, 3)]), [], "somebody has looked");
        let older = [("فادي شعبام", "62"), ("كرم سليم حداد", "40")];
        assert_eq!(unproposed([&one, &older]), [], "nobody is 31 and 62");
    }
}
