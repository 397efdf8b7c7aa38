//! Reading lists of people: which column holds what, which rows count for which list.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sijil_extract::DayOrder;
use sijil_link::names::full_name;
use sijil_link::people::{At, Row, Rows, Unread};
use sijil_read::{Content, Field, Options, Reading, Source, Table, Tables};

use crate::failure::Failure;
use crate::linking::place_names::PlaceNames;
use crate::stages::{coding, unread};

/// A list as it was read.
pub struct List {
    /// The file's name up to its first dot.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its rows.
    pub rows: u32,
    /// Each column's header, and the field that it was read as.
    pub columns: Vec<(String, Option<&'static str>)>,
    /// What was odd about it, in words.
    pub remarks: Vec<String>,
    /// Truth by row, where a column of it was named.
    pub truth: Vec<String>,
    /// Whether the named column is there.
    pub has_truth: bool,
}

/// What is asked of the lists.
pub struct Asked<'a> {
    /// Columns by header, over what is recognised.
    pub map: BTreeMap<String, Option<Field>>,
    /// The column that says who is who.
    pub truth: Option<&'a str>,
    /// Today, in days from 1970-01-01.
    pub today: i32,
    /// What places are called.
    pub places: PlaceNames,
}

/// Rows of which a cell says nothing to linking, by what is the matter.
#[derive(Default)]
struct Unreadable([Vec<u32>; 7]);

impl Unreadable {
    const MATTERS: [&'static str; 7] = [
        "no name: they are counted, each as a person, and linked with nobody",
        "an age that is none of a person's: left out of comparisons; write years up to 130, or “8 months”, «٨ شهور»",
        "a birth that is no date: left out of comparisons; write 2031-05-17, 17/05/2031 or a year",
        "a date that is none: left out of comparisons; write 2031-05-17, 17/05/2031, 2031-05 or 2031",
        "a date in the future: compared as it is written",
        "a day whose month nobody can tell from it, because other rows of the column have the day first and others the month: left out of comparisons; write 2031-05-17",
        "a day whose order no row of the column tells: compared with the day first; where that is wrong, write 2031-05-17",
    ];

    fn note(&mut self, row: u32, unread: Unread, today: i32, [either, assumed]: [bool; 2]) {
        let matters =
            [unread.name, unread.age, unread.birth, unread.date, unread.latest > today, either, assumed];
        self.0.iter_mut().zip(matters).filter(|(_, is)| *is).for_each(|(rows, _)| rows.push(row));
    }

    /// A sentence for each matter that there is, with all its rows.
    fn said(&self) -> Vec<String> {
        let of = |(rows, matter): (&Vec<u32>, &str)| {
            (!rows.is_empty()).then(|| {
                let kind = if rows.len() == 1 { "row has" } else { "rows have" };
                format!("{} {kind} {matter} ({})", rows.len(), unread::said(rows))
            })
        };
        self.0.iter().zip(Self::MATTERS).filter_map(of).collect()
    }
}

/// Reads `--map column=field`; `column=none` takes a field away.
pub fn map(said: &[String]) -> Result<BTreeMap<String, Option<Field>>, Failure> {
    let one = |said: &String| {
        let (column, code) = said.rsplit_once('=').ok_or_else(|| {
            Failure::Usage(format!("--map {said}: write column=field, for example --map nom=name"))
        })?;
        let field = match code {
            "none" | "" => None,
            code => Some(Field::of_code(code).ok_or_else(|| {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
                Failure::Usage(format!(
                    "--map {said}: no field “{code}”; fields are {}, none",
                    known.join(", ")
                ))
            })?),
        };
        Ok((column.trim().to_owned(), field))
    };
    said.iter().map(one).collect()
}

/// Reads all lists into `rows`, and gives the names of what counts as a list: files, or the sources of a single file.
/// A file that cannot be read ends it.
pub fn read(
    paths: &[PathBuf],
    asked: &Asked<'_>,
    rows: &mut Rows,
) -> Result<(Vec<List>, Vec<String>), Failure> {
    let (mut lists, mut counted): (Vec<List>, Vec<String>) = (Vec::new(), Vec::new());
    let single = paths.len() == 1;
    for (number, path) in paths.iter().enumerate() {
        let file = u16::try_from(number)
            .map_err(|_| Failure::Usage("too many lists in one run: link at most 65535".into()))?;
        let (mut list, sources) = one(path, file, single, asked, rows)?;
        counted.extend(if sources.is_empty() { vec![list.name.clone()] } else { sources });
        let taken = lists.iter().any(|other| other.name == list.name);
        if taken {
            return Err(Failure::Usage(format!(
                "{}: two lists are called “{}”, up to the first dot of their names; rename one",
                path.display(),
                list.name
            )));
        }
        if asked.truth.is_some() && !list.has_truth {
            list.remarks.push("it has no column of that truth; its rows are left out of the scores".into());
        }
        lists.push(list);
    }
    if let Some(column) = asked.truth.filter(|_| lists.iter().all(|list| !list.has_truth)) {
        return Err(Failure::Usage(format!("--truth {column}: no list has a column of that name")));
    }
    Ok((lists, counted))
}

/// Reads one file; with the names of the sources in it, where they count as lists.
fn one(
    path: &Path,
    file: u16,
    single: bool,
    asked: &Asked<'_>,
    rows: &mut Rows,
) -> Result<(List, Vec<String>), Failure> {
    let shown = path.display().to_string();
    let refused = |error: sijil_read::ReadError| Failure::Refused(error.to_string());
    let options = Options { columns: asked.map.clone(), ..Options::default() };
    let bytes = sijil_read::load(&shown, Source::Path(path.to_owned()), &options.limits).map_err(refused)?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let reading = sijil_read::read(&shown, Source::Bytes(bytes), &options).map_err(refused)?;
    let (tables, remarks) = tables(&shown, reading)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default().to_owned();
    let columns = tables.iter().flat_map(|table| {
        table.columns.iter().map(|column| (column.header.clone(), column.field().map(Field::code)))
    });
    let mut list = List {
        name,
        sha256,
        rows: tables.row_count(),
        columns: columns.collect(),
        remarks,
        truth: Vec::new(),
        has_truth: false,
    };
    if list.columns.iter().all(|(header, _)| header.is_empty()) {
        return Err(Failure::Refused(format!(
            "{shown}: has no header; write a first line that names the columns, for example name,age,date"
        )));
    }
    if !tables.iter().any(has_name) {
        return Err(Failure::Refused(format!(
            "{shown}: no column of names was recognised (columns: {}); say which it is, for example --map \"{}=name\"",
            said(&list.columns),
            list.columns.first().map_or("column", |(header, _)| header.as_str())
        )));
    }
    let sources = if single { sources(&tables) } else { BTreeMap::new() };
    let mut unread = Unreadable::default();
    rows.reserve(list.rows as usize);
    for table in tables.iter() {
        take(table, file, &sources, asked, rows, &mut list, &mut unread);
    }
    list.remarks.extend(unread.said());
    Ok((list, sources.into_keys().collect()))
}

/// The lists of a file, also of one that is packed by itself.
fn tables(shown: &str, reading: Reading) -> Result<(Tables, Vec<String>), Failure> {
    let mut remarks: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    remarks.extend(reading.problems.iter().map(ToString::to_string));
    match reading.content {
        Content::Tables(tables) => Ok((tables, remarks)),
        Content::Container(members) if members.len() == 1 => {
            for member in members {
                if let Ok(reading) = member.reading {
                    let (tables, more) = self::tables(shown, reading)?;
                    remarks.extend(more);
                    return Ok((tables, remarks));
                }
            }
            Err(Failure::Refused(format!("{shown}: what is packed in it cannot be read")))
        }
        _ => Err(Failure::Refused(format!(
            "{shown}: this is no list ({}); lists are CSV, TSV, XLSX or Parquet with a row a person",
            reading.media_type
        ))),
    }
}

/// Columns and what they were read as: `nom → name, x → –`.
pub fn said(columns: &[(String, Option<&'static str>)]) -> String {
    let one =
        |(header, field): &(String, Option<&'static str>)| format!("{header} → {}", field.unwrap_or("–"));
    columns.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn has_name(table: &Table) -> bool {
    [Field::Name, Field::NameAr, Field::NameEn, Field::Given, Field::Father, Field::Family]
        .into_iter()
        .any(|field| table.column_of(field).is_some())
}

/// The values of a `source` column, numbered in their order.
fn sources(tables: &Tables) -> BTreeMap<String, u16> {
    let mut values: BTreeSet<&str> = BTreeSet::new();
    for table in tables.iter() {
        let Some(column) = table.column_of(Field::Source) else { continue };
        values.extend(table.rows().filter_map(|row| row.cell(column)).map(str::trim));
    }
    // Where nearly every row has its own source, a source is no list.
    if values.len() > 200 {
        return BTreeMap::new();
    }
    values.into_iter().zip(0..).map(|(value, number)| (value.to_owned(), number)).collect()
}

/// Columns of the fields that linking uses.
struct Columns<'t> {
    table: &'t Table,
}

impl<'t> Columns<'t> {
    fn find(&self, field: Field) -> Option<usize> {
        self.table.column_of(field)
    }
}

fn take(
    table: &Table,
    file: u16,
    sources: &BTreeMap<String, u16>,
    asked: &Asked<'_>,
    rows: &mut Rows,
    list: &mut List,
    unread: &mut Unreadable,
) {
    let columns = Columns { table };
    let names = [Field::NameAr, Field::Name, Field::NameEn].map(|field| columns.find(field));
    let parts =
        [Field::Given, Field::Father, Field::Grandfather, Field::Family].map(|field| columns.find(field));
    let facts = [
        Field::Sex,
        Field::Age,
        Field::Dob,
        Field::Date,
        Field::Governorate,
        Field::District,
        Field::Community,
        Field::Place,
    ]
    .map(|field| columns.find(field));
    let born = [Field::BirthYear, Field::BirthMonth, Field::BirthDay].map(|field| columns.find(field));
    let source = columns.find(Field::Source);
    let truth =
        asked.truth.and_then(|name| table.columns.iter().position(|column| column.header.trim() == name));
    list.has_truth |= truth.is_some();
    let order = |field: Field| {
        let column = columns.find(field);
        DayOrder::of_column(column.into_iter().flat_map(|column| coding::cells(table, column)))
    };
    let (order_of_births, order_of_days) = (order(Field::Dob), order(Field::Date));
    let mut birth = String::new();
    for row in table.rows() {
        let cell = |column: Option<usize>| column.and_then(|column| row.cell(column)).map_or("", str::trim);
        let name = names.into_iter().map(cell).find(|name| !name.is_empty()).unwrap_or_default();
        let [given, father, grandfather, family] = parts.map(cell);
        // A list with given names of its own has names in parts: an empty one is not known.
        let (name, [father, grandfather, family]) = if parts[0].is_none() && !name.is_empty() {
            (in_full(name, [father, grandfather, family]), [""; 3])
        } else {
            (name.into(), [father, grandfather, family])
        };
        let [sex, age, dob, date, governorate, district, community, place] = facts.map(cell);
        birth.clear();
        if dob.is_empty() && born[0].is_some() {
            let [year, month, day] = born.map(cell);
            birth.push_str(year);
            for part in [month, day].into_iter().take_while(|part| !part.is_empty()) {
                birth.push('-');
                birth.push_str(part);
            }
        } else {
            birth.push_str(&order_of_births.written(dob).unwrap_or_default());
        }
        let day = order_of_days.written(date);
        let either = day.is_none() || order_of_births.written(dob).is_none();
        let assumed = order_of_days.is_assumed(date) || order_of_births.is_assumed(dob);
        let community = if community.is_empty() { place } else { community };
        let [governorate, district, community] =
            [governorate, district, community].map(|cell| asked.places.compared(cell));
        let number = if sources.is_empty() { file } else { sources.get(cell(source)).copied().unwrap_or(0) };
        let said = Row {
            name: &name,
            given,
            father,
            grandfather,
            family,
            sex,
            age,
            birth: &birth,
            date: day.as_deref().unwrap_or_default(),
            governorate: &governorate,
            district: &district,
            community: &community,
        };
        let found = rows.push(number.into(), At { file, row: row.number() }, &said);
        unread.note(row.number(), but_what_nobody_knows(found, &said), asked.today, [either, assumed]);
        if asked.truth.is_some() {
            list.truth.push(cell(truth).to_owned());
        }
    }
}

/// A name with what stands of it in the columns of father, grandfather and family.
fn in_full<'a>(name: &'a str, beside: [&str; 3]) -> Cow<'a, str> {
    let [father, grandfather, family] =
        beside.map(|cell| if sijil_extract::says_nothing(cell) { "" } else { cell });
    if [father, grandfather, family] == [""; 3] {
        return name.into();
    }
    full_name(name, father, grandfather, family).into()
}

/// What could not be read, but for cells that say that nobody knows («غير معروف», "n/a").
fn but_what_nobody_knows(found: Unread, row: &Row<'_>) -> Unread {
    let matters = |unread: bool, cell: &str| unread && !sijil_extract::says_nothing(cell);
    Unread {
        age: matters(found.age, row.age),
        birth: matters(found.birth, row.birth),
        date: matters(found.date, row.date),
        ..found
    }
}

/// A list as the summary shows it.
pub fn shown(list: &List) -> Value {
    let columns: serde_json::Map<String, Value> =
        list.columns.iter().map(|(header, field)| (header.clone(), json!(field))).collect();
    json!({ "list": list.name, "rows": list.rows, "sha256": list.sha256, "columns": columns, "remarks": list.remarks })
}
