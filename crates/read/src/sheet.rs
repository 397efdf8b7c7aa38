//! Spreadsheets (XLSX, XLS, XLSB, ODS) by calamine: each sheet with rows is a list.
//!
//! Cells become text as a person would read them: whole numbers without a point, dates as `2031-04-02`.
//! XLSX and XLSB are streamed cell by cell, so that a sheet's claimed size cannot fill memory.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader as _, Sheet, SheetType, SheetVisible, Xls, XlsError,
    Xlsb, XlsbError, Xlsx, XlsxError,
};

use crate::error::ReadError;
use crate::kind::Kind;
use crate::table::{RowsError, Table, TableBuilder, Tables};
use crate::task::Task;
use crate::warning::{Problem, ProblemAt, ProblemKind, Warning};

/// Lists of a workbook, with what was noticed.
pub(crate) struct Sheets {
    pub(crate) tables: Tables,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) problems: Vec<Problem>,
}

/// What stopped a workbook, before it has a file name.
enum Stop {
    Password,
    Rows(RowsError),
    Cause(String),
}

impl From<RowsError> for Stop {
    fn from(error: RowsError) -> Self {
        Stop::Rows(error)
    }
}

/// Reads a workbook.
pub(crate) fn read(task: &Task<'_>, kind: Kind, bytes: Vec<u8>) -> Result<Sheets, ReadError> {
    const WORKBOOK: &str = "spreadsheet";
    // A damaged workbook must not end the program, whatever it makes the library do.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut collected = Collected::new(task);
        let cursor = Cursor::new(bytes);
        match kind {
            Kind::Xlsx => collected.xlsx(cursor)?,
            Kind::Xls => collected.xls(cursor)?,
            Kind::Xlsb => collected.xlsb(cursor)?,
            _ => collected.ods(cursor)?,
        }
        Ok(collected)
    }));
    let collected = match outcome {
        Ok(Ok(collected)) => collected,
        Ok(Err(Stop::Password)) => return Err(task.encrypted(WORKBOOK)),
        Ok(Err(Stop::Rows(error))) => return Err(task.rows(&error)),
        Ok(Err(Stop::Cause(cause))) => return Err(task.damaged(WORKBOOK, cause)),
        Err(_) => return Err(task.damaged(WORKBOOK, "the reader gave up on it")),
    };
    let Collected { tables, warnings, problems, .. } = collected;
    match Tables::new(tables) {
        Some(tables) => Ok(Sheets { tables, warnings, problems }),
        None => Err(ReadError::NoRows { name: task.name.to_owned() }),
    }
}

struct Collected<'t> {
    task: &'t Task<'t>,
    tables: Vec<Table>,
    warnings: Vec<Warning>,
    problems: Vec<Problem>,
}

type Bytes = Cursor<Vec<u8>>;

impl<'t> Collected<'t> {
    fn new(task: &'t Task<'t>) -> Self {
        Collected { task, tables: Vec::new(), warnings: Vec::new(), problems: Vec::new() }
    }

    fn xlsx(&mut self, bytes: Bytes) -> Result<(), Stop> {
        let cause = |error: XlsxError| match error {
            XlsxError::Password => Stop::Password,
            error => Stop::Cause(error.to_string()),
        };
        let mut book: Xlsx<Bytes> = Xlsx::new(bytes).map_err(cause)?;
        for sheet in book.sheets_metadata().to_vec() {
            if !self.is_list(&sheet) {
                continue;
            }
            let mut cells = match book.worksheet_cells_reader(&sheet.name) {
                Ok(cells) => cells,
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(cause(error)),
            };
            let mut rows = SheetRows::new(self.task, &sheet.name);
            while let Some(cell) = cells.next_cell().map_err(cause)? {
                let (row, column) = cell.get_position();
                rows.cell(row, column, cell.get_value())?;
            }
            self.finish(rows)?;
        }
        Ok(())
    }

    fn xls(&mut self, bytes: Bytes) -> Result<(), Stop> {
        let mut book: Xls<Bytes> = Xls::new(bytes).map_err(|error| match error {
            XlsError::Password => Stop::Password,
            error => Stop::Cause(error.to_string()),
        })?;
        self.ranges(&mut book)
    }

    fn xlsb(&mut self, bytes: Bytes) -> Result<(), Stop> {
        let cause = |error: XlsbError| Stop::Cause(error.to_string());
        let mut book: Xlsb<Bytes> = Xlsb::new(bytes).map_err(cause)?;
        for sheet in book.sheets_metadata().to_vec() {
            if !self.is_list(&sheet) {
                continue;
            }
            let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(cause)?;
            let mut rows = SheetRows::new(self.task, &sheet.name);
            while let Some(cell) = cells.next_cell().map_err(cause)? {
                let (row, column) = cell.get_position();
                rows.cell(row, column, cell.get_value())?;
            }
            self.finish(rows)?;
        }
        Ok(())
    }

    fn ods(&mut self, bytes: Bytes) -> Result<(), Stop> {
        let mut book: Ods<Bytes> = Ods::new(bytes).map_err(|error| match error {
            OdsError::Password => Stop::Password,
            error => Stop::Cause(error.to_string()),
        })?;
        self.ranges(&mut book)
    }

    fn ranges<R: calamine::Reader<Bytes>>(&mut self, book: &mut R) -> Result<(), Stop>
    where
        R::Error: std::fmt::Display,
    {
        for sheet in book.sheets_metadata().to_vec() {
            if !self.is_list(&sheet) {
                continue;
            }
            let range = book.worksheet_range(&sheet.name).map_err(|error| Stop::Cause(error.to_string()))?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            let mut rows = SheetRows::new(self.task, &sheet.name);
            for (row, column, value) in range.used_cells() {
                // A sheet has at most 2^20 rows and 2^14 columns.
                rows.cell(first_row + row as u32, first_column + column as u32, &as_ref(value))?;
            }
            self.finish(rows)?;
        }
        Ok(())
    }

    fn is_list(&mut self, sheet: &Sheet) -> bool {
        if sheet.typ != SheetType::WorkSheet {
            let cause = "it holds a chart or macros, not cells";
            self.warnings.push(Warning::SheetSkipped { sheet: sheet.name.clone(), cause });
            return false;
        }
        if sheet.visible != SheetVisible::Visible {
            self.warnings.push(Warning::SheetHidden { sheet: sheet.name.clone() });
        }
        true
    }

    fn finish(&mut self, mut rows: SheetRows<'_>) -> Result<(), Stop> {
        rows.end_row()?;
        let sheet = rows.sheet;
        let (table, warnings, problems) = rows.builder.finish()?;
        self.problems.extend(rows.problems);
        self.problems.extend(problems);
        if table.row_count() == 0 {
            let cause = if table.columns.is_empty() { "it is empty" } else { "it has a header but no rows" };
            self.warnings.push(Warning::SheetSkipped { sheet, cause });
            return Ok(());
        }
        self.warnings.extend(warnings);
        self.tables.push(table);
        Ok(())
    }
}

/// Cells in the order of the sheet, gathered into rows.
struct SheetRows<'t> {
    builder: TableBuilder<'t>,
    sheet: String,
    columns: usize,
    row: u32,
    cells: Vec<String>,
    problems: Vec<Problem>,
}

impl<'t> SheetRows<'t> {
    fn new(task: &'t Task<'t>, sheet: &str) -> Self {
        SheetRows {
            builder: TableBuilder::new(task.options, Some(sheet.to_owned())),
            sheet: sheet.to_owned(),
            columns: task.options.limits.columns,
            row: 0,
            cells: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn cell(&mut self, row: u32, column: u32, value: &DataRef<'_>) -> Result<(), Stop> {
        if row < self.row {
            return Err(Stop::Cause(format!(
                "row {} of sheet \"{}\" stands out of order",
                row + 1,
                self.sheet
            )));
        }
        if matches!(value, DataRef::Empty) {
            return Ok(());
        }
        if row > self.row {
            self.end_row()?;
            // Of a gap between two rows only that it is there is told, so that it cannot be a million problems.
            if row > self.row + 1 {
                self.row += 1;
                self.end_row()?;
            }
            self.row = row;
        }
        let column = column as usize;
        if column >= self.columns {
            return Err(Stop::Rows(RowsError::Columns(column + 1)));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if matches!(value, DataRef::Error(_)) {
            self.problems.push(Problem { at: self.at(), kind: ProblemKind::CellError { column } });
        }
        self.cells[column] = words(value);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Stop> {
        let at = self.at();
        self.builder.push(self.cells.iter().map(String::as_str), at)?;
        self.cells.clear();
        Ok(())
    }

    fn at(&self) -> ProblemAt {
        ProblemAt::SheetRow(self.sheet.clone(), u64::from(self.row) + 1)
    }
}

fn as_ref(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(words) => DataRef::SharedString(words),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(words) => DataRef::DateTimeIso(words.clone()),
        Data::DurationIso(words) => DataRef::DurationIso(words.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Rust writes the shortest decimal that is this number: 12, 12.5, never 12.0.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => date_words(date),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `2031-04-02`, with the time where there is one; a bare time as `07:30:00`.
fn date_words(date: &ExcelDateTime) -> String {
    if date.is_duration() || (0.0..1.0).contains(&date.as_f64()) {
        let seconds = (date.as_f64() * 86_400.0).round() as i64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let days = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => days,
        _ => format!("{days}T{hour:02}:{minute:02}:{second:02}"),
    }
}
