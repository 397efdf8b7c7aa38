//! `sijil import`: an existing spreadsheet of incidents becomes claims and decisions.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::json;
use sijil_extract::sheet::{RemarkKind, Shape};
use sijil_model::{DocumentId, SourceId};

use crate::arguments::{Arguments, Import};
use crate::failure::{Failure, Outcome};
use crate::session::{Session, folder};
use crate::stages::Stages;
use crate::stages::sheets::{self, Sheet};
use crate::stages::unread;
use crate::terminal::{complain, counted, say};

/// How many words of a column are named; the rest are counted, and the JSON lists them.
const NAMED: usize = 5;

pub fn run(arguments: &Arguments, import: &Import) -> Outcome {
    let (shape, account) = shape_and_account(arguments, import);
    let opened = Session::open_folder(&folder(arguments)?, account);
    let mut session = opened.map_err(|failure| match (failure, account) {
        (Failure::Usage(message), Some(_)) => Failure::Usage(format!(
            "{message}; a shape of spreadsheets is one of airwars, ucdp, acled or codebook"
        )),
        (failure, _) => failure,
    })?;
    let stages = Stages::of(&session.register)?;
    let source = import.source.as_deref().map(SourceId::new).transpose()?;
    if let Some(source) = &source
        && session.register.view().source(source.as_str())?.is_none()
    {
        return Err(Failure::Usage(format!(
            "there is no source `{source}`; describe it first: sijil source {source} --kind ngo_report --name-en …"
        )));
    }
    let (sheets, unread) = read(&session, &stages, &import.files, shape);
    let told: Vec<Told> = sheets.iter().map(|sheet| Told::of(sheet, &sheets)).collect();
    let refused = unread > 0 || told.iter().any(|told| !told.refused.is_empty());
    told.iter().for_each(|told| told.refusals());
    if refused && import.strict {
        return Err(Failure::Refused("nothing was imported, as --strict asks".into()));
    }
    let known = sheets::save(&mut session.register, &stages, &session.account, sheets, source)?;
    for (told, known) in told.iter().zip(known) {
        told.tell(known, import.json);
    }
    if refused { Err(Failure::Told) } else { Ok(()) }
}

/// `--as` names the shape here, and everywhere else the account: what is no shape is an account.
fn shape_and_account<'a>(arguments: &'a Arguments, import: &'a Import) -> (Option<Shape>, Option<&'a str>) {
    let account = arguments.account.as_deref().filter(|word| Shape::of_code(word).is_none());
    match import.shape.as_deref() {
        None => (None, account),
        Some(word) => {
            (Shape::of_code(word), account.or(Some(word).filter(|word| Shape::of_code(word).is_none())))
        }
    }
}

/// The sheets that can be read, and how many files cannot.
fn read(session: &Session, stages: &Stages, files: &[PathBuf], shape: Option<Shape>) -> (Vec<Sheet>, usize) {
    let (mut sheets, mut unread) = (Vec::new(), 0);
    for file in files {
        let known =
            |document: &DocumentId| Ok(session.register.view().founds_incidents(document.as_str())?);
        match sheets::read(stages, file, shape, known) {
            Ok(sheet) => sheets.push(sheet),
            Err(failure) => {
                complain(failure.message());
                unread += 1;
            }
        }
    }
    (sheets, unread)
}

/// A word and in how many rows it stands.
fn named(word: &str, rows: u64) -> String {
    if word.is_empty() { format!("nothing in {rows}") } else { format!("`{word}` in {rows}") }
}

/// What there is to say of a sheet.
struct Told {
    name: String,
    document: String,
    shape: Shape,
    incidents: u64,
    people: u64,
    claims: usize,
    grades: usize,
    without_incident: u64,
    /// Row, column, cell and reason.
    refused: Vec<(u32, String, String, String)>,
    /// Why cells were taken in one of two ways, by column, with the rows.
    assumed: BTreeMap<(String, String), Vec<u32>>,
    /// Rows of people without a name: nothing tells them apart.
    unnamed: Vec<u32>,
    /// Words without a code, by column, with how many rows have them.
    without_code: BTreeMap<(String, String), u64>,
    not_carried: Vec<(String, u64)>,
}

impl Told {
    fn of(sheet: &Sheet, all: &[Sheet]) -> Self {
        let (mut refused, mut unnamed) = (Vec::new(), Vec::new());
        let (mut without_code, mut assumed) = (BTreeMap::new(), BTreeMap::<_, Vec<u32>>::new());
        for remark in &sheet.remarks {
            let column = remark.column.map(|column| sheet.header(column).to_owned()).unwrap_or_default();
            match remark.kind {
                RemarkKind::NotCarried if remark.column.is_some() => {
                    *without_code.entry((column, remark.cell.clone())).or_default() += 1;
                }
                RemarkKind::Assumed => {
                    assumed.entry((column, remark.text.clone())).or_default().push(remark.row)
                }
                RemarkKind::NotCarried => unnamed.push(remark.row),
                RemarkKind::RowRefused | RemarkKind::CellRefused => {
                    refused.push((remark.row, column, remark.cell.clone(), remark.text.clone()))
                }
            }
        }
        Self {
            name: sheet.name.clone(),
            document: sheet.document.to_string(),
            shape: sheet.shape,
            incidents: if sheet.of_people { sheet.codes_without_incident(all) } else { sheet.incidents },
            people: sheet.people(),
            claims: sheet.claims.len(),
            grades: sheet.grades(),
            without_incident: sheet.codes_without_incident(all),
            refused,
            assumed,
            unnamed,
            without_code,
            not_carried: sheet.not_carried.clone(),
        }
    }

    /// Every row and cell that was refused, one a line, and what was taken in one of two ways.
    fn refusals(&self) {
        for ((column, why), rows) in &self.assumed {
            complain(&format!("{}, {}, {column}: {why}", self.name, unread::said(rows)));
        }
        for (row, column, cell, why) in &self.refused {
            let place = if column.is_empty() { String::new() } else { format!(", {column} `{cell}`") };
            complain(&format!("{}, row {row}{place}: {why}", self.name));
        }
    }

    fn tell(&self, known: bool, as_json: bool) {
        if as_json {
            return say(&self.json(known).to_string());
        }
        let Told { name, incidents, people, claims, grades, .. } = self;
        let of = format!("{}  {name}  {}", &self.document[..12], self.shape.code());
        if known {
            return say(&format!("{of}  known already; nothing was changed"));
        }
        say(&format!(
            "{of}  {}, {}, {}, {} decided; rows or cells refused: {}",
            counted(*incidents, "incident"),
            counted(*people, "person"),
            counted(*claims, "claim"),
            counted(*grades, "grade"),
            self.refused.len()
        ));
        if self.without_incident > 0 {
            say(&format!(
                "  {} of its codes are of no incident in these files: import the spreadsheet of incidents with it, in one command",
                self.without_incident
            ));
        }
        if !self.unnamed.is_empty() {
            let rows: Vec<String> = self.unnamed.iter().take(NAMED).map(u32::to_string).collect();
            let more = self.unnamed.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more (--json lists them)") } else { String::new() };
            say(&format!(
                "  people without a name, whom nothing tells apart: {}, in row {}{more}; they are counted by their incident's numbers",
                self.unnamed.len(),
                rows.join(", ")
            ));
        }
        for (column, words) in self.by_column() {
            let named: Vec<String> =
                words.iter().take(NAMED).map(|(word, rows)| named(word, *rows)).collect();
            let more = words.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more (--json lists them)") } else { String::new() };
            say(&format!("  without a code here, {column}: {}{more}", named.join(", ")));
        }
        if !self.not_carried.is_empty() {
            let columns: Vec<String> =
                self.not_carried.iter().map(|(column, cells)| format!("{column} ({cells})")).collect();
            say(&format!("  not carried, columns with their filled cells: {}", columns.join(", ")));
        }
    }

    /// Words without a code, by column, the most frequent first.
    fn by_column(&self) -> BTreeMap<&str, Vec<(&str, u64)>> {
        let mut columns: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
        for ((column, word), rows) in &self.without_code {
            columns.entry(column).or_default().push((word, *rows));
        }
        columns.values_mut().for_each(|words| words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0))));
        columns
    }

    fn json(&self, known: bool) -> serde_json::Value {
        let refused: Vec<_> = self
            .refused
            .iter()
            .map(|(row, column, cell, why)| json!({ "row": row, "column": column, "cell": cell, "why": why }))
            .collect();
        let without_code: Vec<_> = self
            .without_code
            .iter()
            .map(|((column, word), rows)| json!({ "column": column, "word": word, "rows": rows }))
            .collect();
        let assumed: Vec<_> = self
            .assumed
            .iter()
            .map(|((column, why), rows)| json!({ "column": column, "why": why, "rows": rows }))
            .collect();
        let not_carried: Vec<_> = self
            .not_carried
            .iter()
            .map(|(column, cells)| json!({ "column": column, "cells": cells }))
            .collect();
        json!({ "file": self.name, "document": self.document, "shape": self.shape.code(), "known": known, "incidents": self.incidents,
            "people": self.people, "claims": self.claims, "grades": self.grades, "codes_without_incident": self.without_incident,
            "refused": refused, "assumed": assumed, "unnamed": self.unnamed, "without_code": without_code, "not_carried": not_carried })
    }
}
