//! What a file is: by its first bytes, then by its letters, and only then by the ending of its name.

use std::io::Cursor;

use zip::ZipArchive;

use crate::encoding;
use crate::error::ReadError;
use crate::task::Task;
use crate::{delimited, jsonl};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text without marks.
    PlainText,
    /// A JSON object a line, each a report.
    JsonLines,
    /// A web page.
    Html,
    /// A list with a delimiter: CSV and its kin.
    Delimited,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A binary workbook of Excel since 2007.
    Xlsb,
    /// A workbook of Excel before 2007.
    Xls,
    /// An OpenDocument workbook.
    Ods,
    /// A table in columns: Apache Parquet.
    Parquet,
    /// A Word document since 2007.
    Docx,
    /// A PDF.
    Pdf,
    /// A ZIP of other files.
    Zip,
    /// A ZIP with archived pages.
    Wacz,
    /// Archived pages.
    Warc,
    /// One compressed file.
    Gzip,
    /// A picture, sound or film, with its media type.
    Media(&'static str),
}

impl Kind {
    /// Media type of files of this kind.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::PlainText => "text/plain",
            Kind::JsonLines => "application/jsonl",
            Kind::Html => "text/html",
            Kind::Delimited => "text/csv",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Xlsb => "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            Kind::Xls => "application/vnd.ms-excel",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Parquet => "application/vnd.apache.parquet",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Pdf => "application/pdf",
            Kind::Zip => "application/zip",
            Kind::Wacz => "application/wacz",
            Kind::Warc => "application/warc",
            Kind::Gzip => "application/gzip",
            Kind::Media(media_type) => media_type,
        }
    }
}

/// What a file is by its bytes; text in any form is [`Kind::PlainText`] here, see [`of_text`].
pub(crate) fn of_bytes(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.is_empty() {
        return Err(task.empty());
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return of_zip(task, bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => return of_compound(task, bytes),
        [0x1F, 0x8B, ..] => {
            return Ok(if has_ending(task.name, &["warc.gz"]) { Kind::Warc } else { Kind::Gzip });
        }
        [b'P', b'A', b'R', b'E', .., b'P', b'A', b'R', b'E'] => return Err(task.encrypted("Parquet file")),
        _ if bytes.starts_with(b"PAR1") && !encoding::looks_like_text(bytes) => return Ok(Kind::Parquet),
        _ if bytes.starts_with(b"WARC/1.") => return Ok(Kind::Warc),
        _ if bytes.starts_with(b"{\\rtf") => {
            return Err(
                task.unsupported("an RTF document", "open it in a word processor and save it as DOCX")
            );
        }
        _ => {}
    }
    if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return Ok(Kind::Pdf);
    }
    if encoding::looks_like_text(bytes) {
        return of_marked_text(task, bytes);
    }
    of_signature(task, bytes)
}

fn of_marked_text(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"%!PS") {
        return Err(task.unsupported("a PostScript document", "save it as PDF"));
    }
    if bytes.starts_with(b"From: <Saved by") || has_ending(task.name, &["mhtml", "mht"]) {
        return Err(task.unsupported("a page saved as MHTML", "open it in a browser and save it as HTML"));
    }
    if has_ending(task.name, &["svg"]) {
        return Ok(Kind::Media("image/svg+xml"));
    }
    Ok(Kind::PlainText)
}

/// What text is by its letters, and by the ending of its name where these leave it open.
pub(crate) fn of_text(name: &str, text: &str) -> Kind {
    if is_html(name, text) {
        return Kind::Html;
    }
    if has_ending(name, &["jsonl", "ndjson"]) {
        return Kind::JsonLines;
    }
    if has_ending(name, &["csv", "tsv", "tab", "psv"]) {
        return Kind::Delimited;
    }
    if jsonl::is_surely_reports(text) {
        return Kind::JsonLines;
    }
    if delimited::is_surely_list(text) { Kind::Delimited } else { Kind::PlainText }
}

/// Whether bytes are a page, before their letters are known: to look for the encoding that it declares.
pub(crate) fn may_be_html(name: &str, bytes: &[u8]) -> bool {
    is_html(name, &String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]))
}

fn is_html(name: &str, text: &str) -> bool {
    let mut head: String = text.trim_start().chars().take(1024).collect();
    head.make_ascii_lowercase();
    let starts =
        |head: &str| ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| head.starts_with(mark));
    let prefaced = (head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html");
    starts(&head) || prefaced || has_ending(name, &["html", "htm", "xhtml", "shtml"])
}

fn of_zip(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(task.damaged("ZIP file", "its table of contents is missing or broken"));
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    let starts = |start: &str| archive.file_names_raw().any(|name| name.starts_with(start.as_bytes()));
    Ok(match () {
        () if has("word/document.xml") => Kind::Docx,
        () if has("xl/workbook.xml") => Kind::Xlsx,
        () if has("xl/workbook.bin") => Kind::Xlsb,
        () if has("content.xml") && has("META-INF/manifest.xml") => of_open_document(task, bytes)?,
        () if has("datapackage.json") && starts("archive/") => Kind::Wacz,
        () if has("[Content_Types].xml") && starts("ppt/") => {
            return Err(task.unsupported("a PowerPoint file", "save it as PDF"));
        }
        () if has("[Content_Types].xml") => {
            return Err(task.unsupported(
                "an Office file without its main part (no word/document.xml, no xl/workbook.xml)",
                "open it in the program that made it and save it again",
            ));
        }
        () => Kind::Zip,
    })
}

fn of_open_document(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    let kind = memchr::memmem::find(&bytes[..bytes.len().min(512)], b"opendocument.text");
    match kind {
        None => Ok(Kind::Ods),
        Some(_) => Err(task.unsupported("an OpenDocument text", "save it as DOCX")),
    }
}

/// Old Office files, and locked new ones, are OLE compound files; their streams have UTF-16 names.
fn of_compound(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(task.encrypted("Office file"));
    }
    if has("WordDocument") {
        return Err(task.unsupported(
            "a Word document of before 2007",
            "open it in a word processor and save it as DOCX",
        ));
    }
    if has("Workbook") || has("Book") {
        return Ok(Kind::Xls);
    }
    Err(task.unsupported("an old Office file of another kind", "save it as DOCX, XLSX or PDF"))
}

fn of_signature(task: &Task<'_>, bytes: &[u8]) -> Result<Kind, ReadError> {
    use infer::MatcherType::{Audio, Image, Video};
    match infer::get(bytes) {
        Some(found) if matches!(found.matcher_type(), Image | Audio | Video) => {
            Ok(Kind::Media(found.mime_type()))
        }
        Some(found) => Err(task.unsupported(
            format!("a file of type {}", found.mime_type()),
            "save what it holds as text, PDF, XLSX or a picture",
        )),
        // The decoder gives the reason why it is not text.
        None => Ok(Kind::PlainText),
    }
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    endings.iter().any(|ending| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')))
}
