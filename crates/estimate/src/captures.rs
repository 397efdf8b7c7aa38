//! Reading capture histories: a CSV with one 0/1 column a list, a row for a history with its `count` or a row for a
//! person, and perhaps a `draw` of who is who and a column of strata.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::input;
use crate::{CaptureTable, EstimateError, MOST_LISTS, MOST_PEOPLE, Result};

/// What a file of capture histories holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures {
    /// Everybody.
    pub all: Weighted,
    /// Each stratum by its name, ascending; empty where no column of strata was named.
    pub strata: Vec<(String, Weighted)>,
    /// Columns that were not read as lists.
    pub set_aside: Vec<String>,
}

/// Different tables, each with the number of draws of who is who that gave it. One table where nothing was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighted(Vec<(CaptureTable, u64)>);

impl Weighted {
    /// One table, sure of who is who.
    pub fn one(table: CaptureTable) -> Self {
        Weighted(vec![(table, 1)])
    }

    /// A table a draw of who is who.
    pub fn of_draws(tables: impl IntoIterator<Item = CaptureTable>) -> Self {
        gathered(tables.into_iter().map(|table| (table, 1)).collect())
    }

    /// The tables, those that most draws gave first; equal ones stand once.
    pub fn tables(&self) -> &[(CaptureTable, u64)] {
        &self.0
    }

    /// The table that most draws gave.
    pub fn first(&self) -> &CaptureTable {
        &self.0[0].0
    }

    /// Every table changed in the same way.
    pub fn mapped(&self, change: impl Fn(&CaptureTable) -> CaptureTable) -> Self {
        gathered(self.0.iter().map(|(table, weight)| (change(table), *weight)).collect())
    }

    /// At most `most` of the tables, at even steps.
    pub fn thinned(&self, most: usize) -> Self {
        let count = self.0.len();
        if count <= most {
            return self.clone();
        }
        Weighted((0..most).map(|at| self.0[at * count / most].clone()).collect())
    }
}

fn gathered(tables: Vec<(CaptureTable, u64)>) -> Weighted {
    let mut found: Vec<(CaptureTable, u64)> = Vec::new();
    let mut places: BTreeMap<Vec<(u32, u64)>, usize> = BTreeMap::new();
    for (table, weight) in tables {
        match places.get(table.cells()) {
            Some(at) => found[*at].1 += weight,
            None => {
                places.insert(table.cells().to_vec(), found.len());
                found.push((table, weight));
            }
        }
    }
    // The sort is stable: among equal weights the earlier draw stays first.
    found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    Weighted(found)
}

/// Columns that name a row rather than a list.
const NAMES_OF_ROWS: [&str; 4] = ["id", "person", "row", "name"];

struct Columns {
    lists: Vec<(usize, String)>,
    count: Option<usize>,
    draw: Option<usize>,
    stratum: Option<usize>,
    set_aside: Vec<String>,
}

/// Reads the text of a CSV file. `strata` names a column whose values are strata.
///
/// # Errors
/// Names the line or column of what cannot be read: counts that are no whole numbers, values other than 0 and 1, the
/// same history twice, a person on no list, a list with nobody, a column twice, or a file without rows.
pub fn read_captures(bytes: &[u8], strata: Option<&str>) -> Result<Captures> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).delimiter(delimiter(bytes)).from_reader(bytes);
    let columns = columns(reader.headers().map_err(|error| broken(&error))?, strata)?;
    let mut rows = Rows::default();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.add(&columns, &record, line)?;
    }
    rows.finish(columns)
}

/// What the header separates columns with: spreadsheets in Arabic and in many other languages write semicolons.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // The last of equals: a header of one column is separated by commas.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| times(*delimiter)).unwrap_or(b',')
}

/// Arabic digits as Western ones.
fn western(text: &str) -> String {
    let digit = |letter: char| match letter {
        '٠'..='٩' => char::from(b'0' + (letter as u32 - '٠' as u32) as u8),
        other => other,
    };
    text.chars().map(digit).collect()
}

fn broken(error: &csv::Error) -> EstimateError {
    let line = error.position().map_or(1, csv::Position::line);
    let cause = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} values, and the header {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    input(&format!("line {line}"), &cause, "save the table as a CSV in UTF-8 with a header")
}

fn columns(header: &csv::StringRecord, strata: Option<&str>) -> Result<Columns> {
    let mut columns =
        Columns { lists: Vec::new(), count: None, draw: None, stratum: None, set_aside: Vec::new() };
    let mut seen = BTreeSet::new();
    for (at, name) in header.iter().enumerate() {
        if !seen.insert(name) {
            return Err(input(
                &format!("column {name}"),
                "it is there twice",
                "give each list a name of its own",
            ));
        }
        let lower = name.to_lowercase();
        match lower.as_str() {
            _ if strata == Some(name) => columns.stratum = Some(at),
            "count" | "العدد" => columns.count = Some(at),
            "draw" => columns.draw = Some(at),
            lower if NAMES_OF_ROWS.contains(&lower) => columns.set_aside.push(name.to_owned()),
            "" => {
                let place = format!("column {}", at + 1);
                return Err(input(&place, "it has no name", "name the list that it stands for"));
            }
            _ => columns.lists.push((at, name.to_owned())),
        }
    }
    if let (Some(name), None) = (strata, columns.stratum) {
        let there: Vec<&str> = header.iter().collect();
        let next = format!("the columns are {}", there.join(", "));
        return Err(input(&format!("column {name}"), "it is not there", &next));
    }
    if columns.lists.is_empty() {
        return Err(input("the header", "no column is a list", "write a column of 0 and 1 for each list"));
    }
    if columns.lists.len() > MOST_LISTS {
        return Err(EstimateError::TooManyLists { found: columns.lists.len(), most: MOST_LISTS });
    }
    Ok(columns)
}

type Cells = BTreeMap<u32, u64>;

#[derive(Default)]
struct Rows {
    /// By stratum, then by draw in the order in which draws come.
    cells: BTreeMap<String, BTreeMap<usize, Cells>>,
    draws: BTreeMap<String, usize>,
    on_list: Vec<u64>,
}

impl Rows {
    fn add(&mut self, columns: &Columns, record: &csv::StringRecord, line: u64) -> Result<()> {
        let history = history(columns, record, line)?;
        let count = columns.count.map_or(Ok(1), |at| count(&record[at], line))?;
        let stratum = columns.stratum.map_or("", |at| &record[at]).to_owned();
        let next = self.draws.len();
        let draw = columns.draw.map_or("", |at| &record[at]).to_owned();
        let draw = *self.draws.entry(draw).or_insert(next);
        self.on_list.resize(columns.lists.len(), 0);
        for (list, on) in self.on_list.iter_mut().enumerate() {
            *on = on.saturating_add(count * u64::from(history >> list & 1));
        }
        let cells = self.cells.entry(stratum).or_default().entry(draw).or_default();
        if columns.count.is_some() && cells.contains_key(&history) {
            let next = "add the two counts up, or find out which of them is right";
            return Err(input(&format!("line {line}"), "the same history stands in an earlier line", next));
        }
        let cell = cells.entry(history).or_default();
        *cell = cell.saturating_add(count);
        Ok(())
    }

    fn finish(self, columns: Columns) -> Result<Captures> {
        let lists: Vec<String> = columns.lists.into_iter().map(|(_, name)| name).collect();
        if self.cells.is_empty() {
            return Err(input(
                "the file",
                "it has a header and no rows",
                "write a row a history, or a row a person",
            ));
        }
        if let Some(list) = self.on_list.iter().position(|on| *on == 0) {
            return Err(input(&format!("list {}", lists[list]), "it holds nobody", "leave its column out"));
        }
        let draws = self.draws.len();
        let tables = |by_draw: &[&BTreeMap<usize, Cells>]| -> Result<Weighted> {
            let table = |draw: usize| {
                let cells = by_draw.iter().filter_map(|draws| draws.get(&draw)).flatten();
                CaptureTable::new(lists.clone(), cells.map(|(history, count)| (*history, *count)))
            };
            let tables = (0..draws).map(|draw| Ok((table(draw)?, 1))).collect::<Result<Vec<_>>>()?;
            Ok(gathered(tables))
        };
        let all = tables(&self.cells.values().collect::<Vec<_>>())?;
        let strata = match columns.stratum {
            None => Vec::new(),
            Some(_) => {
                let of =
                    |(name, draws): (&String, &BTreeMap<usize, Cells>)| Ok((name.clone(), tables(&[draws])?));
                self.cells.iter().map(of).collect::<Result<Vec<_>>>()?
            }
        };
        Ok(Captures { all, strata, set_aside: columns.set_aside })
    }
}

fn history(columns: &Columns, record: &csv::StringRecord, line: u64) -> Result<u32> {
    let mut history = 0;
    for (list, (at, name)) in columns.lists.iter().enumerate() {
        match &record[*at] {
            "0" | "٠" => {}
            "1" | "١" => history |= 1 << list,
            other => {
                let (place, cause) =
                    (format!("line {line}, column {name}"), format!("“{other}” is neither 0 nor 1"));
                let next = "write 1 where the list holds the person; take out a column that is no list";
                return Err(input(&place, &cause, next));
            }
        }
    }
    if history == 0 {
        let next = "take the row out: how many are on no list is what is estimated";
        return Err(input(&format!("line {line}"), "it is on none of the lists", next));
    }
    Ok(history)
}

fn count(text: &str, line: u64) -> Result<u64> {
    let place = format!("line {line}, column count");
    let whole = western(text.strip_suffix(".0").unwrap_or(text));
    match whole.parse::<u64>() {
        Ok(count) if count <= MOST_PEOPLE => Ok(count),
        Ok(_) => Err(input(&place, &format!("{text} people are more than {MOST_PEOPLE}"), "check its unit")),
        Err(_) if text.is_empty() => {
            Err(input(&place, "it is empty", "write 0 where nobody has the history"))
        }
        Err(_) => {
            let cause = format!("“{text}” is not a whole number of people, 0 or more");
            Err(input(&place, &cause, "write how many people have the history"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Captures> {
        read_captures(text.as_bytes(), None)
    }

    fn refused(text: &str) -> String {
        read(text).expect_err(text).to_string()
    }

    #[test]
    fn histories_and_people_give_the_same_table() {
        let counts = read("a,b,count\n1,0,2\n0,1,1\n1,1,1\n").unwrap();
        let people = read("id,a,b\np1,1,0\np2,0,1\np3,1,1\np4,1,0\n").unwrap();
        assert_eq!(counts.all, people.all);
        assert_eq!(people.set_aside, ["id"]);
        assert_eq!(counts.all.first().cells(), [(1, 2), (2, 1), (3, 1)]);
    }

    #[test]
    fn equal_draws_stand_once_and_strata_add_up() {
        let text = "a,b,draw,count\n1,1,1,4\n1,0,1,2\n1,1,2,5\n1,1,3,4\n1,0,3,2\n";
        let captures = read(text).unwrap();
        let weights: Vec<u64> = captures.all.tables().iter().map(|(_, weight)| *weight).collect();
        assert_eq!(weights, [2, 1]);
        let text = "a,b,where,count\n1,1,south,4\n1,0,north,2\n1,1,north,5\n";
        let captures = read_captures(text.as_bytes(), Some("where")).unwrap();
        assert_eq!(captures.all.first().cells(), [(1, 2), (3, 9)]);
        assert_eq!(captures.strata[0].0, "north");
        assert_eq!(captures.strata[0].1.first().cells(), [(1, 2), (3, 5)]);
    }

    #[test]
    fn spreadsheets_of_any_language_are_read() {
        let commas = read("a,b,count\n1,0,2\n0,1,1\n1,1,10\n").unwrap();
        for text in
            ["a;b;count\n1;0;2\n0;1;1\n1;1;10\n", "\u{feff}a\tb\tالعدد\r\n١\t٠\t٢\r\n٠\t١\t١\r\n١\t١\t١٠\r\n"]
        {
            assert_eq!(read(text).unwrap().all, commas.all, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(refused("a,b,count\n1,1,-4\n").contains("line 2, column count: “-4”"));
        assert!(refused("a,b,count\n1,1,2.5\n").contains("2.5"));
        assert!(refused("a,b,count\n1,2,3\n").contains("line 2, column b: “2”"));
        assert!(refused("a,b,count\n1,1,3\n1,1,2\n").contains("line 3: the same history"));
        assert!(refused("a,b,count\n1,1,3\n0,0,2\n").contains("line 3: it is on none"));
        assert!(refused("a,b,count\n1,0,3\n").contains("list b: it holds nobody"));
        assert!(refused("a,a,count\n1,1,3\n").contains("twice"));
        assert!(refused("a,b,count\n").contains("no rows"));
        assert!(refused("a,b,count\n1,1\n").contains("line 2"));
        assert!(refused("count\n1\n").contains("no column is a list"));
        let wide: Vec<String> = (0..40).map(|list| format!("l{list}")).collect();
        assert!(refused(&format!("{}\n", wide.join(","))).starts_with("40 lists"));
        let missing = read_captures(b"a,b\n1,1\n", Some("where")).unwrap_err();
        assert!(missing.to_string().contains("column where: it is not there"));
    }
}
