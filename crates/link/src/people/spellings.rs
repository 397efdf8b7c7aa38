//! Spellings learnt from the lists themselves: words that stand for each other where all else of two rows agrees.
//!
//! PDF extraction damages letters by the font of one document, and a clerk spells a name in a way of their own: neither is
//! a slip of the pen, but both recur. Rows of two lists that agree in the other three names, in sex and in birth, and are
//! the only such rows of their lists, show which word of the one list is which word of the other.

use std::collections::BTreeSet;

use super::moment::YEAR;
use super::rows::Record;
use super::vocabulary::WordId;

/// How often two words must have stood for each other.
const FEWEST: usize = 2;
/// Share of all that a word stood beside which the other must be.
const SHARE: f32 = 0.5;

/// Pairs of different words that stand for each other, the lower number first, in order. Records may be in any order.
pub fn learnt(records: &[Record]) -> Vec<(WordId, WordId)> {
    let most = records.iter().flat_map(names).max().unwrap_or(0);
    // How often a word stood beside any word; the pairs of different ones.
    let mut times = vec![0_u32; most as usize + 1];
    let mut beside: Vec<(WordId, WordId)> = Vec::new();
    for slot in 0..4 {
        let mut keyed: Vec<([WordId; 3], u8, u32, u32)> = records
            .iter()
            .zip(0..)
            .filter(|(record, _)| names(record)[slot] != 0)
            .map(|(record, at)| (others(record, slot), record.sex, record.list, at))
            .filter(|(others, ..)| !others.contains(&0))
            .collect();
        keyed.sort_unstable();
        for alike in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let only: Vec<&Record> = alike
                .chunk_by(|a, b| a.2 == b.2)
                .filter(|of_list| of_list.len() == 1)
                .map(|of_list| &records[of_list[0].3 as usize])
                .collect();
            // One person on many lists is one sighting of each pair of words.
            let mut seen: BTreeSet<(WordId, WordId)> = BTreeSet::new();
            for (at, one) in only.iter().enumerate() {
                for other in only[at + 1..].iter().filter(|other| may_be_one(one, other, slot)) {
                    let (a, b) = (names(one)[slot], names(other)[slot]);
                    seen.insert((a.min(b), a.max(b)));
                }
            }
            for (a, b) in seen {
                times[a as usize] += 1;
                if a != b {
                    times[b as usize] += 1;
                    beside.push((a, b));
                }
            }
        }
    }
    beside.sort_unstable();
    let tells = |pairs: &[(WordId, WordId)]| {
        let (a, b) = pairs[0];
        let fewer = times[a as usize].min(times[b as usize]);
        pairs.len() >= FEWEST && pairs.len() as f32 >= SHARE * fewer as f32
    };
    beside.chunk_by(|a, b| a == b).filter(|pairs| tells(pairs)).map(|pairs| pairs[0]).collect()
}

fn names(record: &Record) -> [WordId; 4] {
    [record.given, record.father, record.grandfather, record.family]
}

fn others(record: &Record, slot: usize) -> [WordId; 3] {
    let [given, father, grandfather, family] = names(record);
    match slot {
        0 => [father, grandfather, family],
        1 => [given, grandfather, family],
        2 => [given, father, family],
        _ => [given, father, grandfather],
    }
}

/// Whether two rows can be one person by birth. Where given names differ, brothers are told apart by nothing else, so it
/// must be known.
fn may_be_one(a: &Record, b: &Record, slot: usize) -> bool {
    if a.birth.known() && b.birth.known() {
        (a.birth.middle() - b.birth.middle()).abs() <= 1.1 * YEAR
    } else {
        slot != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{At, Row, Rows};

    /// Closeness of two words after lists in which `rows` stand, as `(list, name, age)`.
    fn close(rows: &[(u16, &str, &str)], a: &str, b: &str) -> bool {
        let mut all = Rows::new();
        for ((list, name, age), row) in rows.iter().zip(1..) {
            all.push(
                u32::from(*list),
                At { file: *list, row },
                &Row { name, age, date: "2031-03-01", ..Row::default() },
            );
        }
        let people = all.finish();
        let number = |word: &str| {
            people
                .records
                .iter()
                .map(|record| record.given)
                .find(|given| people.vocabulary.word(*given) == word)
        };
        let (a, b) = (number(a).unwrap_or_default(), number(b).unwrap_or_default());
        people.vocabulary.closeness(a, b) != crate::names::Closeness::Other
    }

    #[test]
    fn damage_that_recurs_is_learnt_and_brothers_are_not() {
        let damaged = [
            (0, "شاهين نديم رائد القصار", "31"),
            (1, "شاهقن نديم رائد القصار", "31"),
            (0, "شاهين كرم زياد المراد", "8"),
            (1, "شاهقن كرم زياد المراد", "8"),
        ];
        // Three letters of six: no slip.
        let other = |rows: &[(u16, &str, &str)]| close(rows, "شاهين", "شاهثقر");
        assert!(!close(
            &[(0, "لمى نديم رائد القصار", "31"), (1, "هالة نديم رائد القصار", "31")],
            "لمي",
            "هاله"
        ));
        assert!(close(&damaged, "شاهين", "شاهقن"));
        let far: Vec<(u16, &str, &str)> = damaged
            .iter()
            .map(|(list, name, age)| {
                (*list, if *list == 1 { FAR[usize::from(*age == "8")] } else { *name }, *age)
            })
            .collect();
        assert!(other(&far));
        assert!(!other(&far[..2]), "once is chance");
        let again: Vec<(u16, &str, &str)> = [&far[..2], &[(2, far[1].1, far[1].2)]].concat();
        assert!(!other(&again), "one person on three lists is once");
        let apart: Vec<(u16, &str, &str)> = far
            .iter()
            .map(|(list, name, age)| (*list, *name, if *list == 1 { "60" } else { *age }))
            .collect();
        assert!(!other(&apart), "of other ages");
    }

    const FAR: [&str; 2] = ["شاهثقر نديم رائد القصار", "شاهثقر كرم زياد المراد"];
}
