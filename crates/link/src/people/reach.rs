//! Reach: what is kept of a record so that those who come later find whom they are compared with, without reading all others.
//!
//! Keys are those of blocking (`blocks.rs`), made of how names sound and of places as they are written, so that under one
//! learning they mean the same in every run.

use rayon::prelude::*;

use super::blocks::{self, FIELDS, LARGEST};
use super::outline::Outline;
use super::rows::People;

/// Where a record is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The keys of all rules: who shares one is in a block with the record.
    pub keys: Vec<u32>,
    /// What parts a large block, the most telling first; 0 where the record does not say.
    pub fields: [u16; FIELDS],
}

/// The reach of every record, in their order.
pub fn reach(people: &People) -> Vec<Reach> {
    let sound = |number| hash(people.vocabulary.letters_of_skeleton(number));
    let place = |number: u32| hash(&people.places[number as usize]);
    let of_record = |record| {
        let outline = Outline::of(record, &people.vocabulary).lasting(sound, place);
        Reach { keys: blocks::keys(&outline), fields: blocks::fields(&outline) }
    };
    people.records.par_iter().map(of_record).collect()
}

/// Whom of a block, by their places in it, a record may be compared with: all of a small one; of a large one those who
/// agree with it in so many fields that few do. Those whom a large block proposes only because they stand side by side in
/// the order of their names are not among them.
pub fn met(own: &[u16; FIELDS], block: &[[u16; FIELDS]]) -> Vec<usize> {
    let all: Vec<usize> = (0..block.len()).collect();
    if block.len() <= LARGEST {
        return all;
    }
    let mut found = Vec::new();
    part(own, block, &all, 0, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Parts a large block by each further field, as blocking does.
fn part(
    own: &[u16; FIELDS],
    block: &[[u16; FIELDS]],
    members: &[usize],
    first: usize,
    found: &mut Vec<usize>,
) {
    for at in (first..FIELDS).filter(|at| own[*at] != 0) {
        let agree: Vec<usize> =
            members.iter().copied().filter(|member| block[*member][at] == own[at]).collect();
        if agree.len() <= LARGEST {
            found.extend(agree);
        } else {
            part(own, block, &agree, at + 1, found);
        }
    }
}

/// FNV-1a, the same in every run, and never 0, which says that there is nothing.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)).max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::{At, Row, Rows, fit, model};
    use super::*;

    /// Rows of few names, days and places, so that many share a block.
    fn rows(said: &[(usize, usize, usize)]) -> Rows {
        let mut rows = Rows::new();
        let words = ["سامر", "كريم", "وليد", "زياد", "القصار", "Haddad"];
        for ((names, day, place), row) in said.iter().zip(1..) {
            let name = [words[names % 3], words[1 + names / 3 % 3], words[3 + names / 9 % 3]].join(" ");
            let (date, age) = (format!("2031-05-{:02}", 2 + day % 9), (day * 7 % 50).to_string());
            let community = ["السنابل", "عين الحور", ""][place % 3];
            let row_of = Row { name: &name, age: &age, date: &date, community, ..Row::default() };
            rows.push(row % 2, At { file: 0, row }, &row_of);
        }
        rows
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Whom blocking proposes is met through some key, while no block is large; and keys do not depend on who else is there.
        #[test]
        fn whoever_is_proposed_is_met(said in prop::collection::vec((0_usize..27, 0_usize..9, 0_usize..3), 2..48)) {
            let people = rows(&said).finish();
            let priors = model::tables(model::SHIPPED).unwrap();
            let weights = fit::shipped(fit::strangers(&people), &priors, people.records.len()).weights();
            let reach = reach(&people);
            let keys = |record: u32| reach[record as usize].keys.iter().collect::<BTreeSet<_>>();
            for (left, right) in blocks::candidates(&people, &weights).0.runs().iter().flat_map(|run| run.pairs()) {
                prop_assert!(!keys(left).is_disjoint(&keys(right)));
            }
            let few = rows(&said[..said.len() / 2]).finish();
            for (record, own) in few.at.iter().zip(super::reach(&few)) {
                let among_all = people.at.iter().position(|at| at == record).unwrap();
                prop_assert_eq!(&reach[among_all].fields[3..], &own.fields[3..]);
            }
        }
    }

    #[test]
    fn of_a_large_block_those_are_met_who_agree_in_what_few_do() {
        let mut block = vec![[0, 7, 0, 0, 9, 4]; LARGEST + 9];
        block[3] = [0, 7, 5, 0, 0, 4];
        let own = [0, 7, 5, 0, 0, 4];
        // All share the day and the governorate; one the year of birth as well.
        assert_eq!(met(&own, &block), [3]);
        assert_eq!(met(&own, &block[..LARGEST]).len(), LARGEST);
    }
}
