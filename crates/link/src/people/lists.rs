//! Lists that hold nobody twice: where hardly any row looks like another row of its list, those that do are namesakes;
//! unless they name days, and other lists, which would name both, name one person in their place. On all
//! of them two fathers are two people's.

use super::exclusive::{Edge, Neighbours};
use super::levels::{Feature, name_level};
use super::linking::told;
use super::rows::People;

/// Share of a list's rows that look like another of its rows, under which it is taken to hold nobody twice.
const SHARE: f64 = 0.015;
/// Chance from which two rows look like one person.
const ALIKE: f32 = 0.8;
/// Rows of a list under which a share says nothing.
const FEWEST: u32 = 100;

/// For each list whether it holds nobody twice; never so of a list by itself, whose duplicates are what is looked for.
pub fn without_duplicates(people: &People, edges: &[Edge], neighbours: &Neighbours) -> Vec<bool> {
    let mut rows = vec![0_u32; people.lists];
    people.records.iter().for_each(|record| rows[record.list as usize] += 1);
    let mut alike = vec![false; people.records.len()];
    let list = |record: u32| people.records[record as usize].list;
    let mut elsewhere = vec![Elsewhere::default(); people.lists];
    for edge in edges.iter().filter(|edge| edge.chance >= ALIKE && list(edge.left) == list(edge.right)) {
        // The first of two alike is no duplicate.
        alike[edge.right as usize] = true;
        if [edge.left, edge.right].iter().all(|record| people.records[*record as usize].date.known()) {
            elsewhere[list(edge.left) as usize].note(edge, edges, neighbours, list);
        }
    }
    let mut twice = vec![0_u32; people.lists];
    for (record, _) in people.records.iter().zip(&alike).filter(|(_, alike)| **alike) {
        twice[record.list as usize] += 1;
    }
    let nobody_twice = |list: usize| {
        let share = f64::from(twice[list]) / f64::from(rows[list]).max(1.0);
        people.lists > 1 && rows[list] >= FEWEST && share < SHARE && !elsewhere[list].one_person()
    };
    (0..people.lists).map(nobody_twice).collect()
}

/// Whether two rows of one list name two fathers: whoever wrote it read both, and told them apart by that.
pub fn names_two_fathers(people: &People, a: u32, b: u32) -> bool {
    let (one, other) = (&people.records[a as usize], &people.records[b as usize]);
    let may_be = one.list == other.list && one.father != other.father && one.father != 0 && other.father != 0;
    may_be && told(people, a, b).levels()[Feature::Father as usize] == name_level::OTHER
}

/// What stands on other lists in the place of two rows that look alike.
#[derive(Debug, Clone, Copy, Default)]
struct Elsewhere {
    /// How often one row looks like them.
    once: u32,
    /// How often two or more do.
    twice: u32,
}

impl Elsewhere {
    /// Takes two rows of a list that look alike.
    fn note(&mut self, pair: &Edge, edges: &[Edge], neighbours: &Neighbours, list: impl Fn(u32) -> u32) {
        let near = [pair.left, pair.right].into_iter().flat_map(|record| neighbours.of(record));
        let alike = near.filter(|(_, edge)| edges[*edge as usize].chance >= ALIKE);
        let mut rows: Vec<(u32, u32)> = alike.map(|(other, _)| (list(*other), *other)).collect();
        rows.retain(|(other, _)| *other != list(pair.left));
        rows.sort_unstable();
        rows.dedup();
        for rows in rows.chunk_by(|a, b| a.0 == b.0) {
            *(if rows.len() == 1 { &mut self.once } else { &mut self.twice }) += 1;
        }
    }

    /// Whether it is one row that does, in three of four cases, and in more than a few.
    fn one_person(self) -> bool {
        self.once >= 6 && self.once >= 3 * self.twice
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{At, Row, Rows};
    use super::super::{Settings, link};

    /// How many people are found on two lists of `many`, on which `double` people of the first stand twice.
    fn found(many: u32, double: u32) -> usize {
        let mut rows = Rows::new();
        let name = |number: u32| {
            let letters = ["با", "دو", "سي", "كر", "نم", "لع", "زه", "طف", "قح", "شغ"];
            let part = |number: u32| letters[number as usize % 10];
            let word = |a, b, c| [part(a), part(b), part(c)].concat();
            let (hundreds, tens, ones) = (number / 100, number / 10, number % 10);
            let family = word(tens, ones, hundreds);
            [word(ones, tens, 3 + hundreds), word(tens, 4, ones), word(7, ones, tens), family].join(" ")
        };
        let mut add = |list: u16, row: u32, number: u32| {
            let (name, age) = (name(number), ((number + 11 * (number / 100)) % 60).to_string());
            let date = format!("2031-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
            let said = Row { name: &name, age: &age, date: &date, ..Row::default() };
            rows.push(list.into(), At { file: list, row }, &said);
        };
        (0..many).for_each(|number| add(0, number + 1, number));
        (0..many).for_each(|number| add(1, number + 1, number));
        (0..double).for_each(|number| add(0, many + 50 + number, number * 7));
        let people = rows.finish();
        let linked = link(&people, &Settings::default()).unwrap();
        linked.person.iter().enumerate().filter(|(at, person)| *at == **person as usize).count()
    }

    #[test]
    fn a_row_that_looks_like_another_is_a_namesake_only_on_a_list_without_duplicates() {
        assert_eq!(found(150, 0), 150);
        assert_eq!(found(150, 1), 151);
        assert_eq!(found(150, 15), 150);
    }

    #[test]
    fn two_fathers_on_one_list_are_two_people_s() {
        let people = |names: [&str; 2], lists: [u32; 2]| {
            let mut rows = Rows::new();
            for ((name, list), row) in names.into_iter().zip(lists).zip(1..) {
                let said = Row { name, age: "40", date: "2031-03-12", ..Row::default() };
                rows.push(list, At { file: list as u16, row }, &said);
            }
            let people = rows.finish();
            let linked = link(&people, &Settings::default()).unwrap();
            linked.person.iter().enumerate().filter(|(at, person)| *at == **person as usize).count()
        };
        assert_eq!(people(["نديم رائد القصار", "نديم خليل القصار"], [0, 0]), 2);
        assert_eq!(people(["Nadim Raed Qassar", "Nadim Khalil Qassar"], [0, 0]), 2);
        assert_eq!(people(["نديم رائد القصار", "نديم القصار"], [0, 0]), 1);
        assert_eq!(people(["نديم رائد القصار", "نديم رائد القصار"], [0, 0]), 1);
    }

    #[test]
    fn rows_in_whose_place_another_list_names_one_person_are_one() {
        assert_eq!(found(420, 3), 423);
        assert_eq!(found(420, 6), 420);
    }
}
