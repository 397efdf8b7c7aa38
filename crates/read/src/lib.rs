//! Bytes become text or a table, with the reader's name and version.
//!
//! This is the only place that runs an external reader (poppler's `pdftotext`). It uses no other crate of sijil, has
//! no network and writes no file but a temporary one for that reader. A hostile file may waste some seconds and the
//! memory that [`Limits`] allow; what it cannot be read as is an error that names it, the cause and the next step.
//!
//! ```
//! use sijil_read::{Content, Options, Source, read};
//!
//! let bytes = "قُتل أربعة أشخاص في ميناء الأمل.".as_bytes().to_vec();
//! let reading = read("report.txt", Source::Bytes(bytes), &Options::default())?;
//! assert_eq!((reading.reader, reading.media_type), ("sijil-text", "text/plain"));
//! assert!(matches!(reading.content, Content::Text(text) if text.content.starts_with("قُتل")));
//! # Ok::<(), sijil_read::ReadError>(())
//! ```

mod columns;
mod container;
mod delimited;
mod docx;
mod encoding;
mod error;
mod html;
mod jsonl;
mod kind;
mod options;
mod parquet;
mod pdf;
mod reading;
mod repeats;
mod sheet;
mod source;
mod table;
mod task;
mod text;
mod warc;
mod warning;

use std::cell::Cell;

pub use self::columns::{Field, FoundBy};
use self::container::Opened;
pub use self::error::{ReadError, TextFormError};
pub use self::kind::Kind;
pub use self::options::{Limits, Options, PdfReader};
pub use self::reading::{
    Content, Direction, DirectionFrom, Member, MetadataField, Metadatum, Part, Reading, Text,
};
pub use self::source::{Source, load};
use self::table::TableBuilder;
pub use self::table::{Column, Found, Row, Table, Tables};
use self::task::Task;
pub use self::warning::{POSITIONS_KEPT, Problem, ProblemAt, ProblemKind, Warning};

/// Version of the readers that are our own. It changes with every change of what they give for the same bytes.
const OWN: &str = "1";
/// Version of calamine, which decides what the cells of a workbook say; a test holds it to the lock file.
const CALAMINE: &str = "0.38.0";
/// Version of the library that unpacks Parquet; a test holds it to the lock file.
const PARQUET: &str = "60.1.0";
/// Version of the built-in PDF library; a test holds it to the lock file.
const PDF_EXTRACT: &str = "0.12.1";

/// Reads a file or bytes; `name` is what errors call it, and its ending helps where the bytes leave the kind open.
///
/// Memory is a small multiple of the file's size: for text in UTF-8 once, for a list about two and a half times, for
/// a web page about twenty-five times (at most [`Limits::html_bytes`]), for a container twice what it unpacks to.
///
/// # Errors
/// Where nothing can be read; what is wrong with single lines, rows or members is in the reading.
pub fn read(name: &str, source: Source, options: &Options) -> Result<Reading, ReadError> {
    let bytes = load(name, source, &options.limits)?;
    read_bytes(&Task { name, options, depth: 0, unpacked: &Cell::new(0) }, bytes)
}

/// What a file is: by its bytes, then by the ending of its name.
///
/// # Errors
/// Where it is empty, locked, damaged or of a kind that is not read.
pub fn kind_of(name: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    let options = Options::default();
    let task = Task { name, options: &options, depth: 0, unpacked: &Cell::new(0) };
    match kind::of_bytes(&task, bytes)? {
        Kind::PlainText => {
            let declared = html_encoding(&task, bytes);
            let decoded = encoding::decode(bytes.to_vec(), declared.as_deref());
            let decoded = decoded.map_err(|cause| ReadError::Binary { name: name.to_owned(), cause })?;
            Ok(kind::of_text(name, &decoded.text))
        }
        kind => Ok(kind),
    }
}

/// Reads the bytes of a file or member.
fn read_bytes(task: &Task<'_>, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let kind = kind::of_bytes(task, &bytes)?;
    match kind {
        Kind::PlainText | Kind::Html | Kind::JsonLines | Kind::Delimited => read_letters(task, bytes),
        Kind::Xlsx | Kind::Xlsb | Kind::Ods => {
            container::unpacks_within_limits(task, &bytes)?;
            if kind == Kind::Ods {
                repeats::check(task, &bytes)?;
            }
            read_workbook(task, kind, bytes)
        }
        Kind::Xls => read_workbook(task, kind, bytes),
        Kind::Parquet => read_parquet(task, bytes),
        Kind::Docx => {
            let document = docx::read(task, &bytes)?;
            let mut reading = own("sijil-docx", kind, Content::Text(document.text));
            reading.metadata = document.metadata;
            reading.warnings = document.warnings;
            Ok(inspected(reading))
        }
        Kind::Pdf => {
            let pdf = pdf::read(task, &bytes)?;
            let mut reading = own(pdf.reader, kind, pdf.text.map_or(Content::Opaque, Content::Text));
            // What is done with a PDF reader's text here is part of the version.
            reading.version = format!("{}+{OWN}", pdf.version);
            reading.layout_derived = true;
            reading.warnings = pdf.warnings;
            Ok(inspected(reading))
        }
        Kind::Zip => opened(task, kind, |task| container::open_zip(task, &bytes)),
        Kind::Gzip => opened(task, kind, |task| container::open_gzip(task, &bytes)),
        Kind::Warc => opened(task, kind, |task| warc::open_warc(task, &bytes)),
        Kind::Wacz => opened(task, kind, |task| warc::open_wacz(task, &bytes)),
        Kind::Media(_) => Ok(own("sijil-media", kind, Content::Opaque)),
    }
}

/// Text in any form: decoded, then told apart by its letters.
fn read_letters(task: &Task<'_>, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let declared = html_encoding(task, &bytes);
    let decoded = encoding::decode(bytes, declared.as_deref())
        .map_err(|cause| ReadError::Binary { name: task.name.to_owned(), cause })?;
    if decoded.text.trim().is_empty() {
        return Err(task.empty());
    }
    let kind = kind::of_text(task.name, &decoded.text);
    let mut reading = match kind {
        Kind::Html => read_page(task, &decoded.text)?,
        Kind::JsonLines => read_lines(task, &decoded.text)?,
        Kind::Delimited => read_list(task, &decoded.text)?,
        _ => own("sijil-text", kind, Content::Text(Text::whole(decoded.text))),
    };
    reading.encoding = Some(decoded.encoding);
    reading.warnings.splice(0..0, decoded.warnings);
    Ok(inspected(reading))
}

fn html_encoding(task: &Task<'_>, bytes: &[u8]) -> Option<String> {
    kind::may_be_html(task.name, bytes).then(|| html::declared_encoding(bytes)).flatten()
}

fn read_page(task: &Task<'_>, letters: &str) -> Result<Reading, ReadError> {
    let limit = task.options.limits.html_bytes;
    if letters.len() as u64 > limit {
        return Err(
            task.too_large(format!("over the limit of {limit} bytes for a page"), "save its text instead")
        );
    }
    if let Some(cause) = html::is_too_much(letters) {
        return Err(task.too_large(cause.to_owned(), "save its text instead"));
    }
    let page = html::read(letters);
    let mut reading = own("sijil-html", Kind::Html, Content::Opaque);
    reading.metadata = page.metadata;
    reading.warnings = page.warnings;
    if page.text.content.is_empty() {
        reading.warnings.push(Warning::NoText);
    } else {
        reading.content = Content::Text(page.text);
    }
    Ok(reading)
}

fn read_lines(task: &Task<'_>, letters: &str) -> Result<Reading, ReadError> {
    let (text, problems) = jsonl::read(letters);
    let Some(text) = text else {
        let cause = problems.first().map(Problem::to_string).unwrap_or_default();
        return Err(ReadError::NoParts { name: task.name.to_owned(), cause });
    };
    let mut reading = own("sijil-jsonl", Kind::JsonLines, Content::Text(text));
    reading.problems = problems;
    Ok(reading)
}

fn read_list(task: &Task<'_>, letters: &str) -> Result<Reading, ReadError> {
    let mut builder = TableBuilder::new(task.options, None);
    delimited::read(letters, &mut builder).map_err(|error| task.rows(&error))?;
    let list = builder.finish().map_err(|error| task.rows(&error))?;
    one_list(task, "sijil-csv", Kind::Delimited, list)
}

fn read_parquet(task: &Task<'_>, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut reading = one_list(task, "sijil-parquet", Kind::Parquet, parquet::read(task, bytes)?)?;
    reading.version = format!("{OWN}+parquet-{PARQUET}");
    Ok(reading)
}

/// The reading of a file that is one list.
fn one_list(
    task: &Task<'_>,
    reader: &'static str,
    kind: Kind,
    (table, warnings, problems): (Table, Vec<Warning>, Vec<Problem>),
) -> Result<Reading, ReadError> {
    let tables = Tables::new(vec![table]).ok_or_else(|| ReadError::NoRows { name: task.name.to_owned() })?;
    let mut reading = own(reader, kind, Content::Tables(tables));
    reading.warnings = warnings;
    reading.problems = problems;
    Ok(reading)
}

fn read_workbook(task: &Task<'_>, kind: Kind, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let sheets = sheet::read(task, kind, bytes)?;
    let mut reading = own("sijil-sheet", kind, Content::Tables(sheets.tables));
    reading.version = format!("{OWN}+calamine-{CALAMINE}");
    reading.warnings = sheets.warnings;
    reading.problems = sheets.problems;
    Ok(reading)
}

fn opened(
    task: &Task<'_>,
    kind: Kind,
    open: impl FnOnce(&Task<'_>) -> Result<Opened, ReadError>,
) -> Result<Reading, ReadError> {
    let (depth, limit) = (task.depth + 1, task.options.limits.depth);
    if depth > limit {
        return Err(ReadError::TooDeep { name: task.name.to_owned(), depth, limit });
    }
    let Opened { members, warnings } = open(task)?;
    let mut reading = own("sijil-container", kind, Content::Container(members));
    reading.warnings = warnings;
    Ok(reading)
}

fn own(reader: &'static str, kind: Kind, content: Content) -> Reading {
    Reading {
        reader,
        version: OWN.to_owned(),
        media_type: kind.media_type(),
        encoding: None,
        layout_derived: false,
        content,
        metadata: Vec::new(),
        warnings: Vec::new(),
        problems: Vec::new(),
    }
}

/// Adds warnings about what cannot be seen in a text.
fn inspected(mut reading: Reading) -> Reading {
    if let Content::Text(text) = &reading.content {
        reading.warnings.extend(text::inspect(&text.content));
    }
    reading
}
