//! Where bytes come from. Only ordinary files are opened: a pipe or device could block or never end.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::error::ReadError;
use crate::options::Limits;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file; links are followed.
    Path(PathBuf),
    /// Bytes that are in memory already; text in UTF-8 is made of them without a copy.
    Bytes(Vec<u8>),
}

/// The bytes of a source, whole; memory is the file's size.
///
/// # Errors
/// Where there is no such file, it is not an ordinary one, it may not be read, or it passes the limit.
pub fn load(name: &str, source: Source, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let limit = limits.file_bytes.min(Limits::FILE_BYTES_MOST);
    match source {
        Source::Path(path) => load_file(name, &path, limit),
        Source::Bytes(bytes) if bytes.len() as u64 > limit => Err(too_large(name, limit)),
        Source::Bytes(bytes) => Ok(bytes),
    }
}

fn load_file(name: &str, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    // The kind is asked before opening: opening a pipe without a writer would wait for ever.
    let metadata = fs::metadata(path).map_err(|error| not_opened(name, path, &error))?;
    ordinary(name, &metadata.file_type())?;
    if metadata.len() > limit {
        return Err(too_large(name, limit));
    }
    let file = File::open(path).map_err(|error| not_opened(name, path, &error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    // The limit is held again while reading: the file may grow meanwhile.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| not_opened(name, path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(name, limit));
    }
    Ok(bytes)
}

fn ordinary(name: &str, kind: &fs::FileType) -> Result<(), ReadError> {
    if kind.is_file() {
        return Ok(());
    }
    let (what, next) = if kind.is_dir() {
        ("a folder", "name the files in it")
    } else {
        ("a pipe, socket or device", "save what comes from it as a file first")
    };
    Err(ReadError::NotAFile { name: name.to_owned(), what, next })
}

fn not_opened(name: &str, path: &Path, error: &io::Error) -> ReadError {
    let name = name.to_owned();
    match error.kind() {
        ErrorKind::NotFound if path.is_symlink() => ReadError::NotAFile {
            name,
            what: "a link to something that is not there",
            next: "add the file that it should lead to",
        },
        ErrorKind::NotFound => ReadError::NotFound { name },
        ErrorKind::PermissionDenied => ReadError::Permission { name },
        // A loop of links has no stable error kind of its own in the standard library.
        _ if path.is_symlink() && fs::metadata(path).is_err() => ReadError::NotAFile {
            name,
            what: "a link that leads in a circle",
            next: "remove it and add the file that it should lead to",
        },
        ErrorKind::NotADirectory => ReadError::NotFound { name },
        _ => ReadError::Disk { name, cause: error.to_string() },
    }
}

fn too_large(name: &str, limit: u64) -> ReadError {
    ReadError::TooLarge {
        name: name.to_owned(),
        cause: format!("over the limit of {limit} bytes for one file"),
        next: "split it, or raise the limit if this machine has the memory",
    }
}
