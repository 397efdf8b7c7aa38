//! Linking invented lists: the same answer whatever the order of rows and the number of threads; odd input is borne.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use sijil_link::people::{At, Draws, Linked, People, Row, Rows, Settings, draws, link};

const GIVEN: [&str; 12] =
    ["نديم", "سلوى", "رائد", "هالة", "كرم", "Nadim", "Salwa", "Raed", "Hala", "Karam", "زياد", "لمى"];
const FAMILIES: [&str; 8] =
    ["القصار", "مراد", "أبو عودة", "الزين", "al-Qassar", "Mourad", "Abu Odeh", "al-Zein"];

/// A row of a list as owned text.
#[derive(Debug, Clone)]
struct Line {
    list: u16,
    row: u32,
    cells: [String; 6],
}

/// `count` rows on three lists: every second one is somebody of the list before, now and then with a cell left out.
fn lines(count: u32) -> Vec<Line> {
    let mut state = 7_u64;
    let mut draw = move |many: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % many
    };
    let mut lines: Vec<Line> = Vec::new();
    for row in 1..=count {
        let mut cells = [
            GIVEN[draw(GIVEN.len())].to_owned(),
            GIVEN[draw(GIVEN.len())].to_owned(),
            FAMILIES[draw(FAMILIES.len())].to_owned(),
            draw(60).to_string(),
            format!("2031-0{}-1{}", 1 + draw(9), draw(9)),
            format!("P{}", draw(50)),
        ];
        if let Some(before) = lines.last().filter(|_| row % 2 == 0) {
            cells.clone_from(&before.cells);
            if let Some(cell) = cells.get_mut(1 + draw(12)) {
                cell.clear();
            }
        }
        lines.push(Line { list: (row % 3) as u16, row, cells });
    }
    lines
}

fn people(lines: &[Line]) -> People {
    let mut rows = Rows::new();
    for Line { list, row, cells: [given, father, family, age, date, community] } in lines {
        let said = Row { given, father, family, age, date, community, ..Row::default() };
        rows.push(*list, At { file: *list, row: *row }, &said);
    }
    rows.finish()
}

/// Where the first row of each row's person stands, and the draws.
fn answer(lines: &[Line]) -> (BTreeMap<At, At>, Draws) {
    let people = people(lines);
    let linked: Linked = link(&people, &Settings::default()).unwrap();
    let mut first: BTreeMap<u32, At> = BTreeMap::new();
    for (person, at) in linked.person.iter().zip(&people.at) {
        let known = first.entry(*person).or_insert(*at);
        *known = (*known).min(*at);
    }
    let of_rows = people.at.iter().zip(&linked.person).map(|(at, person)| (*at, first[person])).collect();
    let draws = draws(&people, &linked, 20, |record| people.records[record as usize].list as u8);
    (of_rows, draws)
}

#[test]
fn order_of_rows_and_number_of_threads_make_no_difference() {
    let lines = lines(300);
    let expected = answer(&lines);
    assert!(expected.0.iter().any(|(at, first)| at != first), "nobody was linked");
    let mut turned = lines;
    turned.reverse();
    turned.rotate_left(70);
    assert_eq!(answer(&turned), expected);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| answer(&turned)), expected, "{threads} threads");
    }
}

#[test]
fn odd_input_is_borne() {
    let with = |change: fn(&mut [String; 6], u32)| -> Vec<Line> {
        let mut lines = lines(200);
        lines.iter_mut().for_each(|line| change(&mut line.cells, line.row));
        lines
    };
    let cases: [(&str, Vec<Line>); 5] = [
        ("no names", with(|cells, _| cells[..3].iter_mut().for_each(String::clear))),
        ("one value", with(|cells, _| "نديم".clone_into(&mut cells[0]))),
        ("absurd ages", with(|cells, _| "999".clone_into(&mut cells[3]))),
        ("dates to come", with(|cells, _| "2999-01-01".clone_into(&mut cells[4]))),
        ("dates that are none", with(|cells, row| cells[4] = format!("{row}/99/99"))),
    ];
    for (case, lines) in cases {
        let (of_rows, draws) = answer(&lines);
        assert_eq!(of_rows.len(), 200, "{case}");
        assert!(draws.people.iter().all(|people| (1..=200).contains(people)), "{case}");
    }
    assert!(answer(&[]).0.is_empty());
}

#[test]
fn a_block_of_equal_rows_is_bounded_and_what_is_left_out_is_said() {
    let cells = lines(1)[0].cells.clone();
    let lines: Vec<Line> = (1..=5_000).map(|row| Line { list: 0, row, cells: cells.clone() }).collect();
    let people = people(&lines);
    let linked = link(&people, &Settings::default()).unwrap();
    assert!(linked.compared < 250_000, "{} pairs", linked.compared);
    assert!(linked.rules.iter().any(|rule| rule.parted > 0 && rule.left_out > 0));
}

#[test]
fn what_reviewers_said_holds() {
    let lines = lines(300);
    let people = people(&lines);
    let free = link(&people, &Settings::default()).unwrap();
    let together =
        free.edges.iter().find(|edge| free.person[edge.left as usize] == free.person[edge.right as usize]);
    let pair = together.unwrap();
    let said = vec![(pair.left, pair.right, false), (0, 299, true)];
    let held = link(&people, &Settings { judged: said, ..Settings::default() }).unwrap();
    assert_ne!(held.person[pair.left as usize], held.person[pair.right as usize]);
    assert_eq!(held.person[0], held.person[299]);
}
