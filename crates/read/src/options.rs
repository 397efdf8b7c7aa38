//! What the caller may set: the limits that keep hostile files from filling memory, and the PDF program.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::columns::Field;

/// How to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Limits on size and nesting.
    pub limits: Limits,
    /// Which reader of PDF to use.
    pub pdf: PdfReader,
    /// Columns by their header as printed, over what is recognised; `None` takes a field away.
    pub columns: BTreeMap<String, Option<Field>>,
}

/// Which reader of PDF to use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PdfReader {
    /// Poppler's `pdftotext` where it is on the path, else the library.
    #[default]
    Best,
    /// The `pdftotext` at this path.
    Program(PathBuf),
    /// The built-in library only.
    Library,
}

/// Limits; what passes one is refused with the limit named, never cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file; what is set above [`Limits::FILE_BYTES_MOST`] counts as that.
    pub file_bytes: u64,
    /// Bytes of one HTML page: its tree takes about twenty-five times as much memory.
    pub html_bytes: u64,
    /// Bytes that one container may unpack to, nested containers included.
    pub unpacked_bytes: u64,
    /// How many times larger than packed a member may be, once it is over [`Limits::RATIO_FROM`].
    pub ratio: u64,
    /// Members of one container.
    pub members: usize,
    /// Containers within containers.
    pub depth: usize,
    /// Columns of a list.
    pub columns: usize,
    /// Cells of one list, empty ones included.
    pub cells: usize,
    /// Seconds that an external reader may take.
    pub reader_seconds: u64,
}

impl Limits {
    /// Bytes of the largest file that can be read at all: offsets are 32-bit, and a text in windows-1252 may be
    /// three times as long in UTF-8.
    pub const FILE_BYTES_MOST: u64 = 1 << 30;
    /// Unpacked bytes under which a high ratio is harmless.
    pub const RATIO_FROM: u64 = 16 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: Limits::FILE_BYTES_MOST,
            html_bytes: 32 << 20,
            unpacked_bytes: 1 << 30,
            ratio: 250,
            members: 10_000,
            depth: 3,
            columns: 16_384,
            cells: 200_000_000,
            reader_seconds: 120,
        }
    }
}
