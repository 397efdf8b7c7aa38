//! The built-in PDF library, for machines without poppler. It knows less of layout, and is kept on a short leash:
//! a thread of its own with a large stack, and whatever it does wrong is an error about the file.

use std::thread;

use pdf_extract::OutputError;

use super::{KIND, Raw};
use crate::error::ReadError;
use crate::task::Task;
use crate::warning::Warning;

const NAME: &str = "pdf-extract";
/// Deeply nested objects are read by recursion.
const STACK: usize = 64 << 20;

/// Reads a PDF.
pub(super) fn read(task: &Task<'_>, bytes: &[u8], cause: &str) -> Result<Raw, ReadError> {
    let text = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || pdf_extract::extract_text_from_mem(bytes))
            .map_err(|error| task.damaged(KIND, error))?;
        match thread.join() {
            Ok(Ok(text)) => Ok(text),
            Ok(Err(error)) => Err(stopped(task, bytes, &error)),
            Err(_) => Err(task.damaged(KIND, "the built-in library gave up on it; install poppler-utils")),
        }
    })?;
    let text = text.lines().map(without_gaps).collect::<Vec<_>>().join("\n");
    let cause = cause.to_owned();
    Ok(Raw {
        reader: NAME,
        version: crate::PDF_EXTRACT.to_owned(),
        text,
        warnings: vec![Warning::PdfByLibrary { cause }],
    })
}

/// The library puts a space of its own beside many spaces of the page.
fn without_gaps(line: &str) -> String {
    line.split(' ').filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

fn stopped(task: &Task<'_>, bytes: &[u8], error: &OutputError) -> ReadError {
    // The library tries the empty password; what it still cannot read is locked.
    let words = error.to_string();
    let locked = memchr::memmem::find(bytes, b"/Encrypt").is_some();
    if locked && (words.contains("crypt") || words.contains("password")) {
        return task.encrypted(KIND);
    }
    task.damaged(KIND, words)
}
