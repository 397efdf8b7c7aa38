//! Spreadsheets of incidents: read, coded, placed and saved, so that an existing one becomes claims and decisions.

mod placed;
mod saved;

use std::collections::BTreeMap;
use std::path::Path;

use sijil_extract::ListRow;
use sijil_extract::sheet::{CodedRow, Parties, Remark, Shape, SheetColumns, SheetReader};
use sijil_model::codebook::Grading;
use sijil_model::{Actor, Claim, ClaimId, DocumentId};
use sijil_read::{Content, Table};

use super::Stages;
use super::coding;
use super::intake::{self, Received, Taken};
use super::placing::Answers;
use crate::failure::Failure;

pub use saved::save;

/// A spreadsheet that was read, before anything is saved.
pub struct Sheet {
    /// The file's document; it comes first, and after it what was packed in it.
    documents: Vec<Received>,
    /// What its file is called.
    pub name: String,
    /// The document that holds the rows.
    pub document: DocumentId,
    /// Its shape.
    pub shape: Shape,
    /// Whether its rows are people.
    pub of_people: bool,
    /// Whether the register has it already: then nothing is said of its rows, and nothing of it is saved again.
    pub known: bool,
    /// The claims of its rows, in order.
    pub claims: Vec<Claim>,
    /// Its incidents by their code.
    codes: BTreeMap<String, ClaimId>,
    /// Grades that its coders decided, with the row.
    gradings: Vec<(u32, ClaimId, Grading)>,
    answers: Answers,
    /// How many rows found an incident.
    pub incidents: u64,
    /// What was not taken as it stands.
    pub remarks: Vec<Remark>,
    /// Columns that nothing takes, with how many of their cells are filled.
    pub not_carried: Vec<(String, u64)>,
    headers: Vec<String>,
}

impl Sheet {
    /// How many people its rows are.
    pub fn people(&self) -> u64 {
        self.claims.iter().filter(|claim| matches!(claim.content, sijil_model::Content::Person(_))).count()
            as u64
    }

    /// How many grades its coders decided.
    pub fn grades(&self) -> usize {
        self.gradings.len()
    }

    /// A column's header as printed.
    pub fn header(&self, column: u16) -> &str {
        self.headers.get(usize::from(column)).map_or("", String::as_str)
    }

    /// The codes that no sheet of incidents among these holds, of a sheet of people.
    pub fn codes_without_incident(&self, sheets: &[Sheet]) -> u64 {
        let incidents =
            |code: &String| sheets.iter().any(|sheet| !sheet.of_people && sheet.codes.contains_key(code));
        if self.of_people { self.codes.keys().filter(|code| !incidents(code)).count() as u64 } else { 0 }
    }
}

/// Reads a spreadsheet; what is packed in a container is read where it is the only one. Of one that is `known` only the
/// claims are read, to which others may be joined.
///
/// # Errors
/// A file that cannot be read, or is no spreadsheet of incidents.
pub fn read(
    stages: &Stages,
    path: &Path,
    shape: Option<Shape>,
    known: impl Fn(&DocumentId) -> Result<bool, Failure>,
) -> Result<Sheet, Failure> {
    let shown = path.display().to_string();
    let documents = match intake::take(path, crate::session::today()) {
        Taken::Documents(documents, _) => documents,
        Taken::Refused(text) => return Err(Failure::Refused(text)),
    };
    let mut tables = documents.iter().filter_map(|received| match &received.reading.content {
        Content::Tables(tables) => Some((received.document.clone(), tables)),
        _ => None,
    });
    let (Some((document, tables)), None) = (tables.next(), tables.next()) else {
        return Err(Failure::Refused(format!(
            "{shown}: it is not one spreadsheet; import takes CSV, TSV, XLSX or ODS files with a row an incident, a number or a person"
        )));
    };
    let actors: Vec<Actor> = stages.actors.values().cloned().collect();
    let parties = Parties::of(&actors);
    let (mut coded, mut others, mut refusal) = (Vec::new(), Vec::new(), None);
    for table in tables.iter() {
        let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
        match SheetColumns::of_headers(shape, &headers) {
            Ok(columns) => coded.push((table, columns)),
            Err(error) => {
                others.push((format!("sheet `{}`", name_of(table)), table.rows().count() as u64));
                refusal = Some(error);
            }
        }
    }
    let [(table, columns)] = coded.as_slice() else {
        let names: Vec<&str> = coded.iter().map(|(table, _)| name_of(table)).collect();
        let why = match refusal.filter(|_| names.is_empty()) {
            Some(error) => error.to_string(),
            None if names.is_empty() => "it has no rows; a spreadsheet has a header and rows under it".into(),
            None => format!(
                "several of its sheets are of incidents or of people ({}); save each as a file of its own, and import them in \
                 one command",
                names.join(", ")
            ),
        };
        return Err(Failure::Refused(format!("{shown}: {why}")));
    };
    let mut sheet = Sheet {
        name: path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned()),
        document: document.clone(),
        shape: columns.shape(),
        of_people: columns.are_of_people(),
        known: known(&document)?,
        claims: Vec::new(),
        codes: BTreeMap::new(),
        gradings: Vec::new(),
        answers: Answers::default(),
        incidents: 0,
        remarks: Vec::new(),
        not_carried: not_carried(table, columns).into_iter().chain(others).collect(),
        headers: columns.headers().to_vec(),
        documents: Vec::new(),
    };
    sheet.take(stages, rows_of(&document, table, columns, &parties));
    Ok(Sheet { documents, ..sheet })
}

/// A sheet's name in its workbook.
fn name_of(table: &Table) -> &str {
    table.sheet.as_deref().unwrap_or("the only one")
}

impl Sheet {
    fn take(&mut self, stages: &Stages, rows: Vec<(u32, CodedRow)>) {
        let mut places = placed::Places::new(stages);
        for (row, coded) in rows {
            if let Some((code, incident)) = coded.founds {
                self.incidents += 1;
                if let Some(grading) = coded.grading {
                    self.gradings.push((row, incident.clone(), grading));
                }
                if let Some(code) = code {
                    self.codes.entry(code).or_insert(incident);
                }
            }
            if let Some(located) = coded.located.as_ref().filter(|_| !self.known) {
                self.answers.keep_place(located.claim.clone(), places.found(located));
            }
            coded.claims.iter().for_each(|claim| self.answers.calendar(claim));
            self.claims.extend(coded.claims);
            if !self.known {
                self.remarks.extend(coded.remarks);
            }
        }
    }
}

fn rows_of(
    document: &DocumentId,
    table: &Table,
    columns: &SheetColumns,
    parties: &Parties,
) -> Vec<(u32, CodedRow)> {
    let mut reader = SheetReader::new(document, columns, parties, |column| coding::cells(table, column));
    table
        .rows()
        .map(|row| {
            (row.number(), reader.read(&ListRow { number: row.number(), cells: row.cells().collect() }))
        })
        .collect()
}

/// The columns that nothing takes and that are not empty.
fn not_carried(table: &Table, columns: &SheetColumns) -> Vec<(String, u64)> {
    let filled = |column: u16| {
        table
            .rows()
            .filter(|row| row.cell(usize::from(column)).is_some_and(|cell| !cell.trim().is_empty()))
            .count() as u64
    };
    let all =
        columns.not_carried().into_iter().map(|column| (columns.header(column).to_owned(), filled(column)));
    all.filter(|(_, filled)| *filled > 0).collect()
}
