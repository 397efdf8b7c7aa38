//! Files that hold files: ZIP, gzip and web archives, unpacked in memory within the limits, each member by itself.
//!
//! Nothing is ever written to disk, so that a hostile name can harm nobody; it is refused all the same, since the
//! next program may write it.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::ReadError;
use crate::options::Limits;
use crate::reading::{Member, Reading};
use crate::task::Task;
use crate::warning::Warning;

const ZIP: &str = "ZIP file";
/// Bytes that are unpacked before the limits are looked at again.
const STEP: usize = 64 << 10;

/// Members of a container, with what was noticed.
pub(crate) struct Opened {
    pub(crate) members: Vec<Member>,
    pub(crate) warnings: Vec<Warning>,
}

/// Opens a ZIP; what is wrong with a member is said of that member, and the others are read.
pub(crate) fn open_zip(task: &Task<'_>, bytes: &[u8]) -> Result<Opened, ReadError> {
    let mut archive = archive(task, bytes)?;
    let mut warnings = Vec::new();
    if archive.has_duplicate_names() {
        warnings.push(Warning::DuplicateMembers);
    }
    let (mut members, mut skipped) = (Vec::new(), 0);
    for index in 0..archive.len() {
        let name = member_name(&archive, index);
        if is_folder_or_note(&name) {
            skipped += u64::from(!name.ends_with('/'));
            continue;
        }
        let bytes = safe_member(task, &mut archive, index, &name);
        members.push(read_member(task, &name, bytes));
    }
    if members.is_empty() {
        return Err(task.empty());
    }
    if skipped > 0 {
        warnings.push(Warning::MembersSkipped { count: skipped });
    }
    Ok(Opened { members, warnings })
}

/// Opens a compressed single file.
pub(crate) fn open_gzip(task: &Task<'_>, bytes: &[u8]) -> Result<Opened, ReadError> {
    let stem = task.name.rsplit(['/', '\\']).next().unwrap_or(task.name);
    let stem = stem.strip_suffix(".gz").or(stem.strip_suffix(".tgz")).unwrap_or(stem);
    let unpacked = gunzip(task, bytes)?;
    Ok(Opened { members: vec![read_member(task, stem, Ok(unpacked))], warnings: Vec::new() })
}

/// Unpacks a compressed file within the limits.
pub(crate) fn gunzip(task: &Task<'_>, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    inflate(task, task.name, "gzip file", bytes.len() as u64, MultiGzDecoder::new(bytes))
}

/// The table of contents of a ZIP, if it has no more members than the limit.
pub(crate) fn archive<'b>(
    task: &Task<'_>,
    bytes: &'b [u8],
) -> Result<ZipArchive<Cursor<&'b [u8]>>, ReadError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| task.damaged(ZIP, error))?;
    let limit = task.options.limits.members;
    if archive.len() > limit {
        let cause = format!("{} members, over the limit of {limit}", archive.len());
        return Err(task.too_large(cause, "pack it in several files"));
    }
    Ok(archive)
}

/// The name of a member as it stands in the table of contents.
pub(crate) fn member_name(archive: &ZipArchive<Cursor<&[u8]>>, index: usize) -> String {
    match archive.name_for_index(index) {
        Some(Ok(name)) => name.into_owned(),
        _ => format!("member {}", index + 1),
    }
}

/// Reads what was unpacked, one container deeper.
pub(crate) fn read_member(task: &Task<'_>, name: &str, bytes: Result<Vec<u8>, ReadError>) -> Member {
    let shown = shown(name);
    let full = format!("{}/{shown}", task.name);
    let (bytes, reading) = match bytes {
        Ok(bytes) => {
            let reading = read_deeper(task, &full, bytes.clone());
            (bytes, reading)
        }
        Err(error) => (Vec::new(), Err(error)),
    };
    Member { name: shown, bytes, reading }
}

fn read_deeper(task: &Task<'_>, name: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let task = Task { name, options: task.options, depth: task.depth + 1, unpacked: task.unpacked };
    crate::read_bytes(&task, bytes)
}

fn safe_member(
    task: &Task<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
) -> Result<Vec<u8>, ReadError> {
    let full = format!("{}/{}", task.name, shown(name));
    if let Some(cause) = unsafe_name(name) {
        return Err(ReadError::UnsafeName { name: full, cause });
    }
    member_bytes(task, archive, index, &full)
}

/// The bytes of a member, within the limits; `full` names it in errors.
pub(crate) fn member_bytes(
    task: &Task<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    full: &str,
) -> Result<Vec<u8>, ReadError> {
    let damaged = |cause: String| ReadError::Damaged { name: full.to_owned(), kind: "ZIP member", cause };
    let file = match archive.by_index(index) {
        Ok(file) => file,
        Err(ZipError::UnsupportedArchive(cause)) if cause == ZipError::PASSWORD_REQUIRED => {
            return Err(ReadError::Encrypted { name: full.to_owned(), kind: "ZIP member" });
        }
        Err(ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_)) => {
            return Err(ReadError::Unsupported {
                name: full.to_owned(),
                kind: "packed by a rare method".to_owned(),
                next: "pack it again as an ordinary ZIP",
            });
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    if file.is_symlink() {
        let cause = "it is a link to another place";
        return Err(ReadError::UnsafeName { name: full.to_owned(), cause });
    }
    let packed = file.compressed_size();
    inflate(task, full, "ZIP member", packed, file)
}

/// Unpacks every member into nothing, so that a reader which sets no limits may be let loose on it.
pub(crate) fn unpacks_within_limits(task: &Task<'_>, bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = archive(task, bytes)?;
    for index in 0..archive.len() {
        member_bytes(task, &mut archive, index, task.name)?;
    }
    Ok(())
}

/// Unpacks a stream step by step; what it claims about its size is not believed.
fn inflate(
    task: &Task<'_>,
    full: &str,
    kind: &'static str,
    packed: u64,
    mut stream: impl Read,
) -> Result<Vec<u8>, ReadError> {
    let limits = &task.options.limits;
    let too_large = |cause| ReadError::TooLarge {
        name: full.to_owned(),
        cause,
        next: "if it is no trap, unpack it yourself and add its files",
    };
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        let step = stream.by_ref().take(STEP as u64).read_to_end(&mut bytes);
        let read = (bytes.len() - before) as u64;
        task.unpacked.set(task.unpacked.get() + read);
        if task.unpacked.get() > limits.unpacked_bytes {
            return Err(too_large(format!(
                "unpacks to more than the limit of {} bytes",
                limits.unpacked_bytes
            )));
        }
        let unpacked = bytes.len() as u64;
        if unpacked > Limits::RATIO_FROM && unpacked / packed.max(1) > limits.ratio {
            return Err(too_large(format!(
                "unpacks to more than {} times its size, the limit",
                limits.ratio
            )));
        }
        match step {
            Ok(0) => return Ok(bytes),
            Ok(_) => {}
            Err(error) => {
                return Err(ReadError::Damaged { name: full.to_owned(), kind, cause: error.to_string() });
            }
        }
    }
}

fn unsafe_name(name: &str) -> Option<&'static str> {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    if name.starts_with(['/', '\\']) || drive {
        return Some("it leads to a fixed place on the disk");
    }
    if name.split(['/', '\\']).any(|step| step == "..") {
        return Some("it leads out of the container by \"..\"");
    }
    name.chars().any(char::is_control).then_some("it has control characters")
}

/// Folders, and notes that programs leave beside files.
fn is_folder_or_note(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    name.ends_with('/')
        || name.starts_with("__MACOSX/")
        || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// A name in which nothing is invisible: controls and direction marks are written out.
fn shown(name: &str) -> String {
    let hides = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown = String::with_capacity(name.len());
    for letter in name.chars() {
        if hides(letter) { shown.extend(letter.escape_unicode()) } else { shown.push(letter) }
    }
    shown
}
