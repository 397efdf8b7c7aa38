//! Raw rows become a list: what stands above the header, the header, the fields of its columns, the rows.

use std::collections::BTreeSet;

use super::{Cells, Column, Found, Table};
use crate::columns::{Field, FoundBy, field_of_values, is_date};
use crate::options::Options;
use crate::warning::{Problem, ProblemAt, ProblemKind, Warning};

/// Rows that are looked at for the header.
const HEADER_WITHIN: usize = 30;
/// Values of a column that are looked at for its field.
const VALUES_SEEN: usize = 1000;

/// Why rows could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowsError {
    /// More columns than the limit.
    Columns(usize),
    /// More cells than the limit, or than 32-bit offsets can say.
    Cells,
}

/// Takes the rows of a sheet or file one by one; memory is that of the cells.
pub(crate) struct TableBuilder<'a> {
    options: &'a Options,
    sheet: Option<String>,
    /// The first rows, until the header is found; blank ones are empty.
    pending: Vec<(Vec<String>, ProblemAt)>,
    pending_rows: usize,
    settled: bool,
    titles: Vec<String>,
    header: Option<Vec<String>>,
    cells: Cells,
    widest: usize,
    blank: Vec<ProblemAt>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Warning>,
}

impl<'a> TableBuilder<'a> {
    pub(crate) fn new(options: &'a Options, sheet: Option<String>) -> Self {
        TableBuilder {
            options,
            sheet,
            pending: Vec::new(),
            pending_rows: 0,
            settled: false,
            titles: Vec::new(),
            header: None,
            cells: Cells::default(),
            widest: 0,
            blank: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// For a list whose columns are known before its rows.
    pub(crate) fn under_header(options: &'a Options, header: Vec<String>) -> Result<Self, RowsError> {
        if header.len() > options.limits.columns {
            return Err(RowsError::Columns(header.len()));
        }
        Ok(TableBuilder { settled: true, header: Some(header), ..TableBuilder::new(options, None) })
    }

    /// Makes room at once for about this many bytes and cells, so that growing does not double the memory.
    pub(crate) fn reserve(&mut self, bytes: usize, cells: usize) {
        self.cells.letters.reserve(bytes);
        self.cells.cell_ends.reserve(cells);
    }

    /// Adds a row as it stands; a row of nothing but spaces is blank.
    pub(crate) fn push<'r>(
        &mut self,
        cells: impl Iterator<Item = &'r str> + Clone,
        at: ProblemAt,
    ) -> Result<(), RowsError> {
        let blank = cells.clone().all(|cell| cell.trim().is_empty());
        match (self.settled, blank) {
            (true, true) => self.blank.push(at),
            (true, false) => return self.push_row(cells, at),
            (false, true) => self.pending.push((Vec::new(), at)),
            (false, false) => return self.push_first(cells, at),
        }
        Ok(())
    }

    fn push_first<'r>(
        &mut self,
        cells: impl Iterator<Item = &'r str>,
        at: ProblemAt,
    ) -> Result<(), RowsError> {
        let row: Vec<String> = cells.map(str::to_owned).collect();
        if row.len() > self.options.limits.columns {
            return Err(RowsError::Columns(row.len()));
        }
        self.pending.push((row, at));
        self.pending_rows += 1;
        if self.pending_rows == HEADER_WITHIN { self.settle() } else { Ok(()) }
    }

    fn push_row<'r>(
        &mut self,
        cells: impl Iterator<Item = &'r str> + Clone,
        at: ProblemAt,
    ) -> Result<(), RowsError> {
        // Blank rows at the end are nobody's loss; only those between rows are problems.
        let blank = std::mem::take(&mut self.blank);
        self.problems.extend(blank.into_iter().map(|at| Problem { at, kind: ProblemKind::BlankRow }));
        let mut header = self.header.iter().flatten().map(|cell| cell.trim());
        if self.header.is_some()
            && cells.clone().all(|cell| header.next().unwrap_or_default() == cell.trim())
            && header.next().is_none()
        {
            self.problems.push(Problem { at, kind: ProblemKind::RepeatedHeader });
            return Ok(());
        }
        let mut found = 0;
        for cell in cells {
            if !self.cells.push_cell(cell) {
                return Err(RowsError::Cells);
            }
            found += 1;
        }
        if found > self.options.limits.columns {
            return Err(RowsError::Columns(found));
        }
        self.widest = self.widest.max(found);
        if let Some(header) = self.header.as_ref().map(Vec::len).filter(|header| found > *header) {
            self.problems.push(Problem { at, kind: ProblemKind::MoreCells { found, header } });
        }
        let fits = self.cells.cell_ends.len() <= self.options.limits.cells && self.cells.end_row();
        if fits { Ok(()) } else { Err(RowsError::Cells) }
    }

    fn settle(&mut self) -> Result<(), RowsError> {
        self.settled = true;
        let pending = std::mem::take(&mut self.pending);
        let rows: Vec<&[String]> = pending.iter().map(|(row, _)| row.as_slice()).collect();
        let header = find_header(&rows, &self.options.columns);
        for (index, (row, at)) in pending.into_iter().enumerate() {
            match header {
                Some(header) if index < header && row.is_empty() => {}
                _ if row.is_empty() => self.blank.push(at),
                Some(header) if index < header => self.titles.push(row.join("\t").trim_end().to_owned()),
                Some(header) if index == header => {
                    let used =
                        row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
                    self.header = Some(row.into_iter().take(used.max(1)).collect());
                }
                _ => self.push_row(row.iter().map(String::as_str), at)?,
            }
        }
        Ok(())
    }

    /// The list; without rows where there were none.
    pub(crate) fn finish(mut self) -> Result<(Table, Vec<Warning>, Vec<Problem>), RowsError> {
        if !self.settled {
            self.settle()?;
        }
        if self.header.is_none() && self.cells.rows() > 0 {
            self.warnings.push(Warning::NoHeader);
        }
        let headers = self.header.unwrap_or_else(|| vec![String::new(); self.widest]);
        let columns = headers.into_iter().map(|header| Column { header, found: None }).collect();
        let mut table =
            Table { sheet: self.sheet, titles: self.titles, columns, first_row: 1, cells: self.cells };
        recognise(&mut table, self.options, &mut self.warnings);
        Ok((table, self.warnings, self.problems))
    }
}

/// The header's place among the first rows.
///
/// The row with the most headers that we know, if that is two, or one and nothing else; else the first full row
/// of distinct words above rows with numbers or dates. A list of words alone keeps its first row as a row: a
/// header taken for a person is seen, a person taken for a header is lost.
fn find_header(
    rows: &[&[String]],
    named: &std::collections::BTreeMap<String, Option<Field>>,
) -> Option<usize> {
    let known = |row: &[String]| {
        let mut fields = BTreeSet::new();
        row.iter()
            .filter(|cell| {
                named.contains_key(cell.trim()) || Field::of_header(cell).is_some_and(|f| fields.insert(f))
            })
            .count()
    };
    let counts: Vec<usize> = rows.iter().map(|row| known(row)).collect();
    let most = counts.iter().copied().max().unwrap_or_default();
    let best = counts.iter().position(|count| *count == most)?;
    let alone = filled(rows[best]).count() == 1 && rows.iter().all(|row| filled(row).count() <= 1);
    if most >= 2 || (most == 1 && (alone || looks_like_header(rows, best))) {
        return Some(best);
    }
    let widest = rows.iter().map(|row| filled(row).count()).max().unwrap_or_default();
    let first = rows.iter().position(|row| !row.is_empty() && filled(row).count() * 5 >= widest * 4)?;
    looks_like_header(rows, first).then_some(first)
}

fn filled(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// Distinct words without numbers, over at least one column of numbers or dates.
fn looks_like_header(rows: &[&[String]], index: usize) -> bool {
    let row = rows[index];
    let distinct: BTreeSet<&str> = filled(row).collect();
    let words = filled(row).all(|cell| !is_number_or_date(cell) && cell.chars().count() <= 60);
    let below = &rows[index + 1..];
    let over_numbers = (0..row.len()).any(|column| {
        let mut values =
            below.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty()).peekable();
        values.peek().is_some() && values.all(|cell| is_number_or_date(cell))
    });
    words && distinct.len() == filled(row).count() && over_numbers
}

fn is_number_or_date(cell: &str) -> bool {
    let cell = cell.trim();
    let number = cell.chars().any(char::is_numeric)
        && cell
            .chars()
            .all(|letter| letter.is_numeric() || matches!(letter, '.' | ',' | '-' | '+' | '%' | '٫' | '٬'));
    number || is_date(cell)
}

fn recognise(table: &mut Table, options: &Options, warnings: &mut Vec<Warning>) {
    let mut used = BTreeSet::new();
    for index in 0..table.columns.len() {
        let header = table.columns[index].header.trim();
        let said = options.columns.get(header);
        let found = match said {
            Some(field) => field.map(|field| Found { field, by: FoundBy::Caller }),
            None => Field::of_header(header).map(|field| Found { field, by: FoundBy::Header }),
        };
        table.columns[index].found = first_of_its_field(found, index, &mut used, warnings);
    }
    for index in 0..table.columns.len() {
        let said = options.columns.contains_key(table.columns[index].header.trim());
        if table.columns[index].found.is_some() || said {
            continue;
        }
        let values = (0..table.cells.rows().min(VALUES_SEEN))
            .filter_map(|row| table.cells.cell(row, index))
            .filter(|value| !value.trim().is_empty());
        let field = field_of_values(values).filter(|field| !used.contains(field));
        table.columns[index].found = field.map(|field| Found { field, by: FoundBy::Content });
        used.extend(field);
    }
}

fn first_of_its_field(
    found: Option<Found>,
    column: usize,
    used: &mut BTreeSet<Field>,
    warnings: &mut Vec<Warning>,
) -> Option<Found> {
    let found = found?;
    if used.insert(found.field) {
        return Some(found);
    }
    warnings.push(Warning::SameField { column, field: found.field.code() });
    None
}
