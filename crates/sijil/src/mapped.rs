//! A file used where it lies: its pages are read when they are asked for, so that opening costs nothing.
//!
//! Only for files that are written beside and renamed into place, as `sijil place import` does: a file cut off while it
//! is mapped ends the program.

use std::path::Path;
use std::sync::Arc;

use mmap_io::MemoryMappedFile;
use sijil_place::Bytes;

use crate::failure::{Failure, file};

struct Mapped(MemoryMappedFile);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        // A read-only map always lends all of itself.
        self.0.as_slice_bytes(0, self.0.len()).unwrap_or_default()
    }
}

/// The bytes of a file, not read yet.
pub fn map(path: &Path) -> Result<Bytes, Failure> {
    let mapped = MemoryMappedFile::open_ro(path)
        .map_err(|cause| file(path, &std::io::Error::other(cause.to_string())))?;
    Ok(Bytes::Shared(Arc::new(Mapped(mapped))))
}
