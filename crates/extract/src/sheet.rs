//! A spreadsheet of incidents, or of the people harmed in them: each row becomes claims with the cells as spans.
//!
//! Which columns hold what is data (`data/sheet_columns.csv`, a crosswalk for each shape of spreadsheet), and so are the
//! words in their cells (`data/sheet_words.csv`). A cell that cannot be read is left out and told, and the rest of its
//! row is taken; what has no code here is told too. Where a cell's words lead on the map is not asked here.

mod columns;
mod days;
mod number;
mod person;
mod row;
mod words;

use std::collections::BTreeMap;

use sijil_model::codebook::{Coded, Grading, PlacePrecision};
use sijil_model::fold::fold;
use sijil_model::{Actor, ActorCode, Claim, ClaimId, DocumentId};

pub use columns::{Shape, SheetColumns};

use crate::list::{DayOrder, ListRow};

/// What a row of a spreadsheet says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodedRow {
    /// Its claims; that of an incident comes before those about it.
    pub claims: Vec<Claim>,
    /// The incident that the row founds: its code in the sheet, where there is one, and its claim.
    pub founds: Option<(Option<String>, ClaimId)>,
    /// Where the sheet puts it.
    pub located: Option<Located>,
    /// The grade that its coders decided.
    pub grading: Option<Grading>,
    /// What was not taken as it stands.
    pub remarks: Vec<Remark>,
}

/// Where a sheet puts an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The claim that says so.
    pub claim: ClaimId,
    /// Spellings of the place, in the order of the columns.
    pub spellings: Vec<String>,
    /// Spellings of its governorate.
    pub governorate: Vec<String>,
    /// Spellings of its district.
    pub district: Vec<String>,
    /// Degrees north and east, where both are given.
    pub point: Option<(f64, f64)>,
    /// How fine the sheet calls that.
    pub precision: Option<PlacePrecision>,
}

/// Something in a row that was not taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The row, counted from 1, the header not counted.
    pub row: u32,
    /// The column, counted from 0; none where it is about the whole row.
    pub column: Option<u16>,
    /// What became of it.
    pub kind: RemarkKind,
    /// The cell.
    pub cell: String,
    /// What is wrong, and what to write instead.
    pub text: String,
}

/// What became of a row or cell that was not taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// The whole row is left out.
    RowRefused,
    /// The cell cannot be read and is left out; the rest of the row is taken.
    CellRefused,
    /// The cell can be read, and has no code here.
    NotCarried,
    /// The cell can be read in two ways, and was taken in one of them.
    Assumed,
}

/// Reads the rows of one sheet, in order.
pub struct SheetReader<'a> {
    document: &'a DocumentId,
    columns: &'a SheetColumns,
    parties: &'a Parties,
    /// In which order each column of days writes them.
    orders: BTreeMap<u16, DayOrder>,
    /// Incidents by their code in the sheet, with the row that founded each.
    known: BTreeMap<String, (u32, ClaimId)>,
}

impl<'a> SheetReader<'a> {
    /// About to read the first row. `cells` gives all cells of a column, from 0: days are read in the order in which their
    /// column writes them.
    pub fn new<'c, C: Iterator<Item = &'c str>>(
        document: &'a DocumentId,
        columns: &'a SheetColumns,
        parties: &'a Parties,
        cells: impl Fn(usize) -> C,
    ) -> Self {
        let orders =
            columns.of_days().map(|column| (column, DayOrder::of_column(cells(column.into())))).collect();
        Self { document, columns, parties, orders, known: BTreeMap::new() }
    }

    /// What the next row says. A row of tags (HXL) says nothing.
    pub fn read(&mut self, row: &ListRow<'_>) -> CodedRow {
        let mut filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).peekable();
        if filled.peek().is_none() || filled.all(|cell| cell.trim_start().starts_with('#')) {
            return CodedRow::default();
        }
        if self.columns.are_of_people() { person::read(self, row) } else { row::read(self, row) }
    }
}

/// Parties by every word that names them.
pub struct Parties(BTreeMap<String, ActorCode>);

impl Parties {
    /// Of a register's actors.
    pub fn of(actors: &[Actor]) -> Self {
        let mut words = BTreeMap::new();
        for actor in actors {
            let said = [actor.code.as_str(), &actor.label_en, &actor.label_ar];
            for word in
                said.into_iter().chain(actor.aliases_en.iter().chain(&actor.aliases_ar).map(String::as_str))
            {
                words.entry(fold(word)).or_insert_with(|| actor.code.clone());
            }
        }
        Self(words)
    }

    fn of_word(&self, word: &str) -> Option<&ActorCode> {
        self.0.get(&fold(word))
    }
}

/// A code of the codebook, as it stands or by its label in either language, in any case.
fn coded<T: Coded>(word: &str) -> Option<T> {
    let folded = fold(word);
    let is = |said: &str| fold(said) == folded;
    T::ALL.iter().copied().find(|value| {
        is(value.code()) || sijil_model::Language::ALL.iter().any(|language| is(value.label(*language)))
    })
}

#[cfg(test)]
mod tests;
