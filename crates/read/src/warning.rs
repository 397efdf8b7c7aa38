//! What a reader noticed: warnings about a whole file, problems of single lines and rows.

use std::fmt;

use serde::Serialize;

/// How many positions a warning keeps; its count is always of all of them.
pub const POSITIONS_KEPT: usize = 100;

/// Something about a file that a person should know; the file was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Warning {
    /// The file does not say how its letters are stored; the encoding was chosen by evidence.
    EncodingGuessed {
        /// What was chosen.
        encoding: &'static str,
    },
    /// The file declares one encoding and is in another.
    EncodingMisdeclared {
        /// As declared.
        declared: String,
        /// As found.
        used: &'static str,
    },
    /// Bytes that mean nothing in the encoding stand as U+FFFD.
    InvalidBytes {
        /// The encoding of the rest.
        encoding: &'static str,
        /// How many places.
        count: u64,
        /// Byte positions in the file of the first [`POSITIONS_KEPT`].
        positions: Vec<u64>,
    },
    /// Some lines are in another encoding than the rest, and were read in it.
    MixedEncodings {
        /// The encoding of most lines.
        main: &'static str,
        /// The encoding of the others.
        other: &'static str,
        /// How many lines are in the other.
        lines: u64,
        /// Byte positions in the file where the first [`POSITIONS_KEPT`] of these lines start.
        positions: Vec<u64>,
    },
    /// Characters that change the visible order of others (U+202A–202E, U+2066–2069).
    BidiControls {
        /// How many.
        count: u64,
        /// How many of them force an order (U+202D, U+202E).
        overrides: u64,
        /// Lines that open one without closing it, or close one without opening it.
        unbalanced_lines: u64,
        /// Code point positions in the text of the first [`POSITIONS_KEPT`].
        positions: Vec<u64>,
    },
    /// Control characters other than line ends, tabs and page ends.
    ControlCharacters {
        /// How many.
        count: u64,
        /// Byte positions in the text of the first [`POSITIONS_KEPT`].
        positions: Vec<u64>,
    },
    /// Elements of a page that force the visible order of letters (`bdo`, `unicode-bidi`).
    DirectionForced {
        /// How many.
        count: u64,
    },
    /// The page marks no article; the text is the page's without what looks like menus.
    NoArticleMarked,
    /// The document holds tracked changes; insertions were read, deletions were not.
    TrackedChanges {
        /// How many deletions.
        deletions: u64,
    },
    /// The PDF was read by the built-in library, which knows less of page layout than poppler.
    PdfByLibrary {
        /// Why.
        cause: String,
    },
    /// The PDF reader complained, and went on.
    PdfComplaint {
        /// Its words.
        message: String,
    },
    /// Lines of Arabic stood in the order of the eye and were put in the order of reading.
    ArabicReordered {
        /// How many lines.
        lines: u64,
    },
    /// Nothing but pictures: keep as evidence, and type or recognise the text apart.
    NoText,
    /// No header was recognised; the columns have no names.
    NoHeader,
    /// A second column seems to hold the same field; only the first is used for it.
    SameField {
        /// The column, from 0.
        column: usize,
        /// The field's code.
        field: &'static str,
    },
    /// A column holds lists or structures instead of single values, and was left out.
    ColumnNested {
        /// Its name.
        column: String,
    },
    /// Cells of a column are no text, and stand as U+FFFD, or as nothing.
    ColumnNotText {
        /// Its name.
        column: String,
        /// How many.
        count: u64,
        /// The first [`POSITIONS_KEPT`] rows, from 1.
        rows: Vec<u64>,
    },
    /// A sheet has nothing that can be read as a list.
    SheetSkipped {
        /// Its name.
        sheet: String,
        /// Why.
        cause: &'static str,
    },
    /// A sheet that the workbook hides was read too.
    SheetHidden {
        /// Its name.
        sheet: String,
    },
    /// Two members have one name; only the last can be reached.
    DuplicateMembers,
    /// Members that are folders' and programs' own notes were left out.
    MembersSkipped {
        /// How many.
        count: u64,
    },
    /// Records of a web archive that are not pages (pictures, scripts, errors) stay in it unread.
    RecordsSkipped {
        /// How many.
        count: u64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::EncodingGuessed { encoding } => {
                write!(f, "does not say its encoding; read as {encoding} by evidence")
            }
            Warning::EncodingMisdeclared { declared, used } => {
                write!(f, "declares {declared} but is in {used}; read as {used}")
            }
            Warning::InvalidBytes { encoding, count, positions } => write!(
                f,
                "{count} places are not valid {encoding}, the first at byte {}; they stand as U+FFFD",
                first(positions)
            ),
            Warning::MixedEncodings { main, other, lines, positions } => write!(
                f,
                "mixes encodings: {lines} lines in {other} among {main}, the first at byte {}",
                first(positions)
            ),
            Warning::BidiControls { count, overrides, unbalanced_lines, positions } => write!(
                f,
                "{count} invisible direction controls ({overrides} overrides, {unbalanced_lines} unbalanced lines), \
                 the first at character {}; what is seen may not be what is read",
                first(positions)
            ),
            Warning::ControlCharacters { count, positions } => {
                write!(f, "{count} control characters, the first at byte {}", first(positions))
            }
            Warning::DirectionForced { count } => {
                write!(f, "{count} elements force the order of letters; what is seen may not be what is read")
            }
            Warning::NoArticleMarked => {
                f.write_str("the page marks no article; check what was taken for menus")
            }
            Warning::TrackedChanges { deletions } => {
                write!(f, "has tracked changes; {deletions} deletions were left out")
            }
            Warning::PdfByLibrary { cause } => {
                write!(f, "read without poppler ({cause}); install poppler-utils for a better text")
            }
            Warning::PdfComplaint { message } => write!(f, "the PDF reader says: {message}"),
            Warning::ArabicReordered { lines } => {
                write!(
                    f,
                    "{lines} lines of Arabic were put from visible order into reading order; check them"
                )
            }
            Warning::NoText => f.write_str("holds no text, only pictures; kept as evidence"),
            Warning::NoHeader => f.write_str("no header was recognised; name the columns yourself"),
            Warning::SameField { column, field } => {
                write!(f, "column {} seems to hold {field} again; only the first is used", column + 1)
            }
            Warning::ColumnNested { column } => {
                write!(
                    f,
                    "column \"{column}\" holds lists or structures and was left out; write it as plain columns"
                )
            }
            Warning::ColumnNotText { column, count, rows } => write!(
                f,
                "{count} cells of column \"{column}\" are no UTF-8, the first in row {}; what is not stands as U+FFFD",
                first(rows)
            ),
            Warning::SheetSkipped { sheet, cause } => write!(f, "sheet \"{sheet}\" was left out: {cause}"),
            Warning::SheetHidden { sheet } => write!(f, "sheet \"{sheet}\" is hidden and was read too"),
            Warning::DuplicateMembers => f.write_str("two members have one name; only the last was read"),
            Warning::MembersSkipped { count } => write!(f, "{count} system files were left out"),
            Warning::RecordsSkipped { count } => {
                write!(f, "{count} archived records are not pages and stay unread in the archive")
            }
        }
    }
}

fn first(positions: &[u64]) -> u64 {
    positions.first().copied().unwrap_or_default()
}

/// A line or row that could not be read as it should; the others were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where it is.
    pub at: ProblemAt,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemAt {
    /// Line of the file, from 1.
    Line(u64),
    /// Row of a table, from 1.
    Row(u64),
    /// Row of a sheet as the spreadsheet program numbers it, from 1.
    SheetRow(String, u64),
}

/// What is wrong with a line or row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// Left out: not JSON; with the parser's words.
    NotJson(String),
    /// Left out: `\ud800`–`\udfff` without its partner, which no text can hold.
    LoneSurrogate,
    /// Left out: no `text`, or it is not a string.
    NoText,
    /// Left out: the text is empty.
    EmptyText,
    /// Read, but a field is not of the kind that it should be and was dropped.
    BadField(&'static str),
    /// Read, without an id.
    NoId,
    /// Read, but with the id of an earlier line.
    DuplicateId {
        /// The earlier line.
        first_line: u64,
    },
    /// Left out: a blank line within the list.
    BlankRow,
    /// Left out: the header again.
    RepeatedHeader,
    /// Read, but with more cells than the header.
    MoreCells {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        header: usize,
    },
    /// Read with quotes as letters, since one of them is not closed, or closed before its cell ends.
    StrayQuote,
    /// Read, but a quoted cell runs over many lines; a quote may be missing.
    LongCell {
        /// Lines that the row runs over.
        lines: u64,
    },
    /// Read, with a spreadsheet error such as `#REF!` in a cell.
    CellError {
        /// The column, from 0.
        column: usize,
    },
}

impl ProblemKind {
    /// Whether the line or row is missing from the reading.
    pub fn is_left_out(&self) -> bool {
        matches!(
            self,
            ProblemKind::NotJson(_)
                | ProblemKind::LoneSurrogate
                | ProblemKind::NoText
                | ProblemKind::EmptyText
                | ProblemKind::BlankRow
                | ProblemKind::RepeatedHeader
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            ProblemAt::Line(line) => write!(f, "line {line}: ")?,
            ProblemAt::Row(row) => write!(f, "row {row}: ")?,
            ProblemAt::SheetRow(sheet, row) => write!(f, "sheet \"{sheet}\", row {row}: ")?,
        }
        match &self.kind {
            ProblemKind::NotJson(cause) => write!(f, "is not JSON ({cause}); left out"),
            ProblemKind::LoneSurrogate => f.write_str(
                "has half a character (a lone \\ud… escape); left out; write the text out again in UTF-8",
            ),
            ProblemKind::NoText => f.write_str("has no \"text\"; left out"),
            ProblemKind::EmptyText => f.write_str("has an empty \"text\"; left out"),
            ProblemKind::BadField(field) => write!(f, "\"{field}\" is not a string; the field was dropped"),
            ProblemKind::NoId => f.write_str("has no \"id\""),
            ProblemKind::DuplicateId { first_line } => write!(f, "has the same \"id\" as line {first_line}"),
            ProblemKind::BlankRow => f.write_str("is blank; left out"),
            ProblemKind::RepeatedHeader => f.write_str("repeats the header; left out"),
            ProblemKind::MoreCells { found, header } => {
                write!(
                    f,
                    "has {found} cells under a header of {header}; check for a stray delimiter or quote"
                )
            }
            ProblemKind::StrayQuote => {
                f.write_str("has a stray quote; this line was read with quotes as letters")
            }
            ProblemKind::LongCell { lines } => {
                write!(f, "runs over {lines} lines; check for a missing quote")
            }
            ProblemKind::CellError { column } => {
                write!(f, "column {} holds a spreadsheet error", column + 1)
            }
        }
    }
}
