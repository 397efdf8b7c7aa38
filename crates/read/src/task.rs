//! What every reader is handed: the file's name for its errors, the options, and what is left of the budget.

use std::cell::Cell;

use crate::error::ReadError;
use crate::options::Options;
use crate::table::RowsError;

/// One file or member that is being read.
pub(crate) struct Task<'a> {
    pub(crate) name: &'a str,
    pub(crate) options: &'a Options,
    /// Containers that this member lies in.
    pub(crate) depth: usize,
    /// Bytes unpacked so far, all members of the outermost container together.
    pub(crate) unpacked: &'a Cell<u64>,
}

impl Task<'_> {
    pub(crate) fn damaged(&self, kind: &'static str, cause: impl ToString) -> ReadError {
        ReadError::Damaged { name: self.name.to_owned(), kind, cause: cause.to_string() }
    }

    pub(crate) fn encrypted(&self, kind: &'static str) -> ReadError {
        ReadError::Encrypted { name: self.name.to_owned(), kind }
    }

    pub(crate) fn unsupported(&self, kind: impl ToString, next: &'static str) -> ReadError {
        ReadError::Unsupported { name: self.name.to_owned(), kind: kind.to_string(), next }
    }

    pub(crate) fn too_large(&self, cause: String, next: &'static str) -> ReadError {
        ReadError::TooLarge { name: self.name.to_owned(), cause, next }
    }

    pub(crate) fn empty(&self) -> ReadError {
        ReadError::Empty { name: self.name.to_owned() }
    }

    pub(crate) fn rows(&self, error: &RowsError) -> ReadError {
        match error {
            RowsError::Columns(found) => ReadError::TooManyColumns {
                name: self.name.to_owned(),
                found: *found,
                limit: self.options.limits.columns,
            },
            RowsError::Cells => self.too_large(
                format!("over the limit of {} cells for one list", self.options.limits.cells),
                "split the list",
            ),
        }
    }
}
