//! Writing what linking found: `links.csv`, `people.csv`, `review.csv`, `summary.json`, as the contract says.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use sijil_link::people::{Draws, Edge, Linked, LookAlike, People, in_words, look_alikes};

use super::lists::List;
use crate::failure::{Failure, write_whole_with};

/// Chance from which a pair that was left apart is doubtful enough to be shown.
const DOUBTFUL: f32 = 0.05;

/// How `why` says that no rule of blocking proposed a pair (`crates/link/data/agreement.csv`).
pub const UNPROPOSED: &str = "proposed by no rule";

/// Where a record stands, as the files say it.
pub struct Places<'a> {
    pub people: &'a People,
    pub lists: &'a [List],
}

impl Places<'_> {
    /// The list and row of a record.
    pub fn of(&self, record: u32) -> (&str, u32) {
        let at = self.people.at[record as usize];
        (&self.lists[usize::from(at.file)].name, at.row)
    }

    /// Two records as files say them, for messages.
    pub fn pair(&self, left: u32, right: u32) -> String {
        let ((left_list, left_row), (right_list, right_row)) = (self.of(left), self.of(right));
        format!("{left_list} row {left_row} and {right_list} row {right_row}")
    }
}

/// For each file and row its person: numbered from 1 in the order of files and rows.
pub fn person_of_rows(people: &People, linked: &Linked, lists: &[List]) -> Vec<Vec<u32>> {
    let mut person: Vec<Vec<u32>> = lists.iter().map(|list| vec![0; list.rows as usize]).collect();
    let mut cluster: Vec<Vec<u32>> = lists.iter().map(|list| vec![u32::MAX; list.rows as usize]).collect();
    for (record, at) in people.at.iter().enumerate() {
        cluster[usize::from(at.file)][at.row as usize - 1] = linked.person[record];
    }
    let mut numbers = vec![0_u32; people.records.len()];
    let mut next = 0;
    for (file, rows) in cluster.iter().enumerate() {
        for (row, cluster) in rows.iter().enumerate() {
            let number = &mut numbers[*cluster as usize];
            if *number == 0 {
                next += 1;
                *number = next;
            }
            person[file][row] = *number;
        }
    }
    person
}

/// Writes `people.csv`.
pub fn people(dir: &Path, lists: &[List], persons: &[Vec<u32>]) -> Result<(), Failure> {
    written(dir, "people.csv", |out| {
        writeln!(out, "list,row,person")?;
        for (list, rows) in lists.iter().zip(persons) {
            let name = quoted(&list.name);
            for (row, person) in rows.iter().enumerate() {
                writeln!(out, "{name},{},p{person}", row + 1)?;
            }
        }
        Ok(())
    })
}

/// Writes `links.csv`: pairs that were put together and compared with each other. How many there are.
pub fn links(dir: &Path, places: &Places<'_>, linked: &Linked) -> Result<usize, Failure> {
    let same = |edge: &&Edge| linked.person[edge.left as usize] == linked.person[edge.right as usize];
    let mut rows: Vec<&Edge> = linked.edges.iter().filter(same).collect();
    rows.sort_by_cached_key(|edge| ends(places, edge));
    written(dir, "links.csv", |out| {
        writeln!(out, "left_list,left_row,right_list,right_row,probability,why")?;
        rows.iter().try_for_each(|edge| line(out, places, edge, "\""))
    })?;
    Ok(rows.len())
}

/// Writes `uncovered.csv`: pairs that are one person by the truth and that no rule of blocking proposes.
pub fn uncovered(dir: &Path, places: &Places<'_>, pairs: &[(u32, u32)]) -> Result<(), Failure> {
    let mut rows: Vec<_> = pairs
        .iter()
        .map(|(left, right)| {
            (places.of(*left).min(places.of(*right)), places.of(*left).max(places.of(*right)))
        })
        .collect();
    rows.sort_unstable();
    written(dir, "uncovered.csv", |out| {
        writeln!(out, "left_list,left_row,right_list,right_row")?;
        rows.iter().try_for_each(|((left, left_row), (right, right_row))| {
            writeln!(out, "{},{left_row},{},{right_row}", quoted(left), quoted(right))
        })
    })
}

/// File and row of both ends of a pair, the earlier one first.
fn ends(places: &Places<'_>, edge: &Edge) -> [(u16, u32); 2] {
    let at = |record: u32| (places.people.at[record as usize].file, places.people.at[record as usize].row);
    let (left, right) = (at(edge.left), at(edge.right));
    [left.min(right), left.max(right)]
}

/// Writes `review.csv`: doubtful pairs, those first whose answer moves the number of people most; after them pairs that no
/// rule of blocking proposed though their names are nearly the same.
pub fn review(dir: &Path, places: &Places<'_>, linked: &Linked) -> Result<usize, Failure> {
    let doubtful = |edge: &&Edge| (DOUBTFUL..=1.0 - DOUBTFUL).contains(&edge.exclusive);
    let moves = |edge: &Edge| edge.exclusive * (1.0 - edge.exclusive);
    let mut rows: Vec<&Edge> = linked.edges.iter().filter(doubtful).collect();
    rows.sort_by_cached_key(|edge| ends(places, edge));
    rows.sort_by(|a, b| moves(b).total_cmp(&moves(a)));
    let unproposed = look_alikes(places.people, linked);
    written(dir, "review.csv", |out| {
        writeln!(out, "left_list,left_row,right_list,right_row,probability,together,why")?;
        for edge in &rows {
            let together = linked.person[edge.left as usize] == linked.person[edge.right as usize];
            line(out, places, edge, if together { "yes,\"" } else { "no,\"" })?;
        }
        unproposed.iter().try_for_each(|LookAlike { left, right, chance, told }| {
            let edge = Edge { left: *left, right: *right, chance: *chance, exclusive: *chance, told: *told };
            line(out, places, &edge, &format!("no,\"{UNPROPOSED}, "))
        })
    })?;
    Ok(rows.len() + unproposed.len())
}

/// A pair with its chance and why; `said` is what stands between them, up to the quotation mark that opens the reasons.
fn line(out: &mut dyn Write, places: &Places<'_>, edge: &Edge, said: &str) -> std::io::Result<()> {
    let [left, _] = ends(places, edge);
    let at = places.people.at[edge.left as usize];
    let (first, second) =
        if (at.file, at.row) == left { (edge.left, edge.right) } else { (edge.right, edge.left) };
    let ((left_list, left_row), (right_list, right_row)) = (places.of(first), places.of(second));
    let (left_list, right_list, why) = (quoted(left_list), quoted(right_list), in_words(&edge.told.levels()));
    // Four digits, as a whole number: a million chances are written faster.
    let chance = (edge.exclusive * 10_000.0).round() as u32;
    let (whole, rest) = (chance / 10_000, chance % 10_000);
    writeln!(out, "{left_list},{left_row},{right_list},{right_row},{whole}.{rest:04},{said}{why}\"")
}

/// A cell of CSV.
pub fn quoted(name: &str) -> Cow<'_, str> {
    if name.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}

/// Writes `captures.csv`: for each draw how many people are on exactly which lists.
pub fn captures(dir: &Path, lists: &[String], draws: &Draws) -> Result<(), Failure> {
    written(dir, "captures.csv", |out| {
        let names: Vec<Cow<'_, str>> = lists.iter().map(|list| quoted(list)).collect();
        writeln!(out, "{},draw,count", names.join(","))?;
        for (draw, histories) in draws.histories.iter().enumerate() {
            for (history, count) in histories {
                for list in 0..lists.len() {
                    write!(out, "{},", history >> list & 1)?;
                }
                writeln!(out, "{},{count}", draw + 1)?;
            }
        }
        Ok(())
    })
}

/// Writes a file of a folder whole or not at all.
pub fn written(
    dir: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    write_whole_with(&dir.join(name), write)
}
