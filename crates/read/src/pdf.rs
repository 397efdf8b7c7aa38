//! PDF: poppler's `pdftotext` where it is there, else a library; the text is derived from layout and marked so.
//!
//! A PDF holds letter shapes and places, not sentences. Its order of words is a guess, and Arabic suffers most:
//! presentation forms are put back to letters (NFKC), the direction controls that `pdftotext` adds are taken out,
//! and lines that come in the order of the eye are put into that of reading. Review should show the page beside it.

mod library;
mod order;
mod program;

use memchr::memmem;

use crate::error::ReadError;
use crate::options::PdfReader;
use crate::reading::Text;
use crate::task::Task;
use crate::warning::Warning;

const KIND: &str = "PDF";

/// A PDF as read.
pub(crate) struct Pdf {
    pub(crate) reader: &'static str,
    pub(crate) version: String,
    /// `None` where it holds only pictures.
    pub(crate) text: Option<Text>,
    pub(crate) warnings: Vec<Warning>,
}

/// What one of the readers gave, before it is put right.
struct Raw {
    reader: &'static str,
    version: String,
    text: String,
    warnings: Vec<Warning>,
}

/// Reads a PDF from its bytes.
pub(crate) fn read(task: &Task<'_>, bytes: &[u8]) -> Result<Pdf, ReadError> {
    // A file that was cut off has lost its last line, which says where everything is.
    let tail = &bytes[bytes.len().saturating_sub(64 << 10)..];
    if memmem::find(tail, b"%%EOF").is_none() {
        return Err(task.damaged(KIND, "it ends before its last line"));
    }
    let program = match &task.options.pdf {
        PdfReader::Best => program::find(),
        PdfReader::Program(path) => Some(path.clone()),
        PdfReader::Library => None,
    };
    let raw = match program {
        Some(program) => program::read(task, &program, bytes)?,
        None if task.options.pdf == PdfReader::Library => library::read(task, bytes, "as was asked")?,
        None => library::read(task, bytes, "pdftotext was not found")?,
    };
    let (text, reordered) = order::put_right(&raw.text);
    let mut warnings = raw.warnings;
    if reordered > 0 {
        warnings.push(Warning::ArabicReordered { lines: reordered });
    }
    let text = (!text.trim().is_empty()).then(|| Text::whole(text));
    if text.is_none() {
        warnings.push(Warning::NoText);
    }
    Ok(Pdf { reader: raw.reader, version: raw.version, text, warnings })
}
