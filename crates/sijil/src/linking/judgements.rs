//! What reviewers said about pairs of rows: CSV `left_list,left_row,right_list,right_row,judgement`.

use std::collections::BTreeMap;
use std::path::Path;

use sijil_link::people::{At, People};

use super::lists::List;
use crate::failure::{Failure, file};

/// Pairs of records and whether they are the same person; *unsure* says nothing and is left out.
pub fn read(path: &Path, lists: &[List], people: &People) -> Result<Vec<(u32, u32, bool)>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| file(path, &cause))?;
    let shown = path.display();
    let records: BTreeMap<At, u32> = people.at.iter().copied().zip(0..).collect();
    let record = |list: &str, row: &str| {
        let file = lists.iter().position(|known| known.name == list)?;
        let at = At { file: u16::try_from(file).ok()?, row: row.trim().parse().ok()? };
        records.get(&at).copied()
    };
    let mut said = Vec::new();
    let mut table = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let unread = |cause: csv::Error| Failure::Refused(format!("{shown}: {cause}"));
    let header = table.headers().map_err(unread)?.clone();
    let columns = ["left_list", "left_row", "right_list", "right_row", "judgement"];
    let found: Vec<usize> =
        columns.iter().filter_map(|column| header.iter().position(|name| name == *column)).collect();
    let [left_list, left_row, right_list, right_row, judgement] = found.as_slice() else {
        return Err(Failure::Usage(format!(
            "{shown}: the first line must name the columns {}",
            columns.join(",")
        )));
    };
    for row in table.records() {
        let row = row.map_err(unread)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: &usize| row.get(*at).unwrap_or_default();
        let refuse = |cause: &str| Failure::Refused(format!("{shown}, line {line}: {cause}"));
        let left =
            record(cell(left_list), cell(left_row)).ok_or_else(|| refuse("no such row on the left"))?;
        let right =
            record(cell(right_list), cell(right_row)).ok_or_else(|| refuse("no such row on the right"))?;
        match cell(judgement) {
            _ if left == right => return Err(refuse("a row is compared with itself")),
            "same" => said.push((left, right, true)),
            "different" => said.push((left, right, false)),
            "unsure" => {}
            other => return Err(refuse(&format!("“{other}” is none of same, different, unsure"))),
        }
    }
    Ok(said)
}
