//! What a reader made of a file: text, tables, members or nothing but bytes, with what it noticed.

use serde::Serialize;

use crate::error::ReadError;
use crate::table::Tables;
use crate::warning::{Problem, Warning};

/// A file as a named reader version saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The reader, for example `sijil-html` or `pdftotext`.
    pub reader: &'static str,
    /// Its version; another version may give another text.
    pub version: String,
    /// Media type of the bytes, for example `text/html`.
    pub media_type: &'static str,
    /// How letters were stored, for example `UTF-8` or `windows-1256`; `None` where the format says it itself.
    pub encoding: Option<&'static str>,
    /// Whether the order of the words was guessed from their places on a page (PDF).
    pub layout_derived: bool,
    /// What it holds.
    pub content: Content,
    /// What the file says of itself: title, byline, dates.
    pub metadata: Vec<Metadatum>,
    /// What a person should know before trusting the text.
    pub warnings: Vec<Warning>,
    /// Lines and rows that could not be read, or are doubtful; the rest was read.
    pub problems: Vec<Problem>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Running text.
    Text(Text),
    /// One or more lists.
    Tables(Tables),
    /// Further files.
    Container(Vec<Member>),
    /// Evidence without text that could be read here: a picture, a film, a scanned page.
    Opaque,
}

/// Running text with its parts. Offsets are as `interfaces.md` says: into `content`, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text; what spans refer to.
    pub content: String,
    /// One part for a document, one a line for JSONL.
    pub parts: Vec<Part>,
    /// Direction of the text as a whole.
    pub direction: Direction,
    /// Where the direction comes from.
    pub direction_from: DirectionFrom,
}

/// A report within a text, with what its line says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Id that the input gave.
    pub id: Option<String>,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// First byte.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// When it was published, as written.
    pub published: Option<String>,
    /// Language code, as written.
    pub lang: Option<String>,
    /// Country code, as written.
    pub country: Option<String>,
    /// Title, as written.
    pub title: Option<String>,
    /// Line of the input, from 1, where the input has a line for each part.
    pub line: Option<u64>,
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right, as English.
    Ltr,
    /// Right to left, as Arabic.
    Rtl,
}

/// Where a direction comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionFrom {
    /// The file says it (`dir` in HTML, `w:bidi` in DOCX).
    Declared,
    /// The first letter with a direction (UAX 9, rule P2).
    FirstLetter,
}

/// A file within a container.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Name within the container, or the address of an archived page; letters that could deceive are escaped.
    pub name: String,
    /// Its bytes as unpacked; empty where it was refused before unpacking.
    pub bytes: Vec<u8>,
    /// What was read of it.
    pub reading: Result<Reading, ReadError>,
}

/// One thing that a file says of itself, as written there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metadatum {
    /// What it is about.
    pub field: MetadataField,
    /// The words, trimmed.
    pub value: String,
    /// Where it stands, for example `meta[property="article:published_time"]`.
    pub from: String,
}

/// What a metadatum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataField {
    /// Headline or title.
    Title,
    /// Who is said to have written it.
    Byline,
    /// When it says that it was published.
    Published,
    /// When it says that it was changed.
    Modified,
    /// When it says that the file was made.
    Created,
    /// When an archive fetched it.
    Captured,
    /// Outlet or site.
    Site,
    /// Address that it gives for itself.
    Address,
    /// Language code.
    Language,
    /// The person or program that made the file.
    Creator,
    /// The person who last changed the file.
    ModifiedBy,
}

impl Reading {
    /// The text that is stored by hash: running text as it is, tables in their text form; `None` for the rest.
    pub fn stored_text(&self) -> Option<std::borrow::Cow<'_, str>> {
        match &self.content {
            Content::Text(text) => Some(std::borrow::Cow::Borrowed(&text.content)),
            Content::Tables(tables) => Some(std::borrow::Cow::Owned(tables.to_text())),
            Content::Container(_) | Content::Opaque => None,
        }
    }

    /// The first value of a metadata field.
    pub fn metadatum(&self, field: MetadataField) -> Option<&Metadatum> {
        self.metadata.iter().find(|found| found.field == field)
    }
}
