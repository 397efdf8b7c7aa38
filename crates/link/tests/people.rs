//! Linking invented lists: the same answer whatever the order of rows and the number of threads; odd input is borne.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use sijil_link::people::{
    At, Draws, Learnt, Linked, People, Row, Rows, Settings, draws, link, link_as, who_is_who,
};

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
        rows.push(u32::from(*list), At { file: *list, row: *row }, &said);
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

/// Clusters as sets of rows, and the components of pairs that have any chance.
fn clusters_and_components(people: &People, linked: &Linked) -> (BTreeMap<At, Vec<At>>, Vec<Vec<At>>) {
    let mut clusters: BTreeMap<u32, Vec<At>> = BTreeMap::new();
    let mut component: Vec<u32> = (0..people.at.len() as u32).collect();
    for edge in &linked.edges {
        let (a, b) = (component[edge.left as usize], component[edge.right as usize]);
        component.iter_mut().filter(|of| **of == a.max(b)).for_each(|of| *of = a.min(b));
    }
    let mut components: BTreeMap<u32, Vec<At>> = BTreeMap::new();
    for (record, at) in people.at.iter().enumerate() {
        clusters.entry(linked.person[record]).or_default().push(*at);
        components.entry(component[record]).or_default().push(*at);
    }
    clusters.values_mut().for_each(|members| members.sort_unstable());
    let of_row = clusters.values().flat_map(|members| members.iter().map(|at| (*at, members.clone())));
    (of_row.collect(), components.into_values().collect())
}

/// Rows that came after a model was learnt, linked under it: whoever is not near a new row stays as they were, to the last
/// draw, and the order of rows makes no difference.
#[test]
fn later_rows_move_only_those_near_them() {
    let lines = lines(300);
    let names = ["a", "b", "c"].map(String::from);
    let rows = |lines: &[Line]| {
        let mut rows = Rows::new();
        for Line { list, row, cells: [given, father, family, age, date, community] } in lines {
            let said = Row { given, father, family, age, date, community, ..Row::default() };
            rows.push(u32::from(*list), At { file: *list, row: *row }, &said);
        }
        rows
    };
    let before = rows(&lines[..270]);
    let people = before.clone().finish();
    let learnt = Learnt::of(&people, &link(&people, &Settings::default()).unwrap(), &names);
    let stored = serde_json::to_string(&learnt).unwrap();
    let learnt_again: Learnt = serde_json::from_str(&stored).unwrap();
    assert_eq!(learnt_again, learnt, "it is kept whole");
    let answer = |rows: Rows| {
        let people = rows.finish_as(&learnt_again, &names);
        let linked = link_as(&people, &learnt_again, &names, &[]);
        let rows_of =
            |members: &[u32]| members.iter().map(|member| people.at[*member as usize]).collect::<Vec<_>>();
        let seed = |members: &[u32]| u64::from(rows_of(members).iter().min().unwrap().row);
        let drawn: BTreeMap<Vec<At>, Vec<Vec<u16>>> = who_is_who(&linked, 20, seed)
            .into_iter()
            .map(|one| (rows_of(&one.members), one.people))
            .collect();
        let (clusters, components) = clusters_and_components(&people, &linked);
        (clusters, components, drawn)
    };
    let (old, _, old_draws) = answer(before);
    let (new, components, new_draws) = answer(rows(&lines));
    let is_new = |at: &At| lines[270..].iter().any(|line| (line.list, line.row) == (at.file, at.row));
    let (near, far): (Vec<_>, Vec<_>) = components.into_iter().partition(|rows| rows.iter().any(is_new));
    assert!(near.iter().any(|rows| rows.len() > 1) && far.iter().any(|rows| rows.len() > 1));
    for at in far.iter().flatten() {
        assert_eq!(new[at], old[at], "{at:?}");
    }
    let is_far = |members: &&Vec<At>| far.iter().any(|rows| rows.contains(&members[0]));
    for members in new_draws.keys().chain(old_draws.keys()).filter(is_far) {
        assert_eq!(new_draws.get(members), old_draws.get(members), "{members:?}");
    }
    let mut turned = lines.clone();
    turned.reverse();
    assert_eq!(answer(rows(&turned)).0, new);
}
