//! Lists that hold nobody twice: where hardly any row looks like another row of its list, those that do are namesakes.

use super::exclusive::Edge;
use super::rows::People;

/// Share of a list's rows that look like another of its rows, under which it is taken to hold nobody twice.
const SHARE: f64 = 0.015;
/// Chance from which two rows look like one person.
const ALIKE: f32 = 0.8;
/// Rows of a list under which a share says nothing.
const FEWEST: u32 = 100;

/// For each list whether it holds nobody twice; never so of a list by itself, whose duplicates are what is looked for.
pub fn without_duplicates(people: &People, edges: &[Edge]) -> Vec<bool> {
    let mut rows = vec![0_u32; people.lists];
    people.records.iter().for_each(|record| rows[record.list as usize] += 1);
    let mut alike = vec![false; people.records.len()];
    let list = |record: u32| people.records[record as usize].list;
    for edge in edges.iter().filter(|edge| edge.chance >= ALIKE && list(edge.left) == list(edge.right)) {
        // The first of two alike is no duplicate.
        alike[edge.right as usize] = true;
    }
    let mut twice = vec![0_u32; people.lists];
    for (record, _) in people.records.iter().zip(&alike).filter(|(_, alike)| **alike) {
        twice[record.list as usize] += 1;
    }
    let share = |(rows, twice): (&u32, &u32)| f64::from(*twice) / f64::from(*rows).max(1.0);
    rows.iter().zip(&twice).map(|of| people.lists > 1 && *of.0 >= FEWEST && share(of) < SHARE).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::{At, Row, Rows};
    use super::super::{Settings, link};

    /// How many people are found on two lists of 150, on which `double` people of the first stand twice.
    fn found(double: u32) -> usize {
        let mut rows = Rows::new();
        let name = |number: u32| {
            let letters = ["با", "دو", "سي", "كر", "نم", "لع", "زه", "طف", "قح", "شغ"];
            let part = |number: u32| letters[number as usize % 10];
            let word = |a, b, c| [part(a), part(b), part(c)].concat();
            let (tens, ones) = (number / 10, number % 10);
            [word(ones, tens, 3), word(tens, 4, ones), word(7, ones, tens), word(tens, ones, tens)].join(" ")
        };
        let mut add = |list: u16, row: u32, number: u32| {
            let (name, age) = (name(number), (number % 60).to_string());
            rows.push(list.into(), At { file: list, row }, &Row { name: &name, age: &age, ..Row::default() });
        };
        (0..150).for_each(|number| add(0, number + 1, number));
        (0..150).for_each(|number| add(1, number + 1, number));
        (0..double).for_each(|number| add(0, 200 + number, number * 7));
        let people = rows.finish();
        let linked = link(&people, &Settings::default()).unwrap();
        linked.person.iter().enumerate().filter(|(at, person)| *at == **person as usize).count()
    }

    #[test]
    fn a_row_that_looks_like_another_is_a_namesake_only_on_a_list_without_duplicates() {
        assert_eq!(found(0), 150);
        assert_eq!(found(1), 151);
        assert_eq!(found(15), 150);
    }
}
