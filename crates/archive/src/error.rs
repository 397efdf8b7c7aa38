//! What can go wrong with a register folder: each error names the thing, the cause and the next step.

use std::io;
use std::path::{Path, PathBuf};

use crate::ids::{Digest, EntryRef, OriginId};

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file operation failed.
    #[error("{path}: {source}{}", advice(.source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The folder is not a register.
    #[error("{path} is not a register: it has no file named `origin`; make one with `sijil init`")]
    NotARegister {
        /// The folder.
        path: PathBuf,
    },
    /// A register would be made where something is already.
    #[error("{path} is not empty; a new register needs a new or an empty folder")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Another process is writing.
    #[error(
        "another process is writing to {path} and did not finish within {seconds} s; wait for it, or end it, and try again"
    )]
    Busy {
        /// The register.
        path: PathBuf,
        /// How long was waited.
        seconds: u64,
    },
    /// The file system has no locks.
    #[error(
        "{path} cannot be locked ({source}); two writers would damage the log, so nothing was written: move the register to a disk with file locks"
    )]
    NoLocks {
        /// The lock file.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The folder cannot be written to.
    #[error(
        "{path} is read-only: nothing was written; copy the register to a place that can be written, or change its permissions"
    )]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
    },
    /// A passphrase is needed.
    #[error("{what} is locked by a passphrase; unlock it first")]
    Locked {
        /// The register or the key.
        what: String,
    },
    /// The passphrase is wrong.
    #[error("the passphrase does not open {path}; nothing was changed")]
    WrongPassphrase {
        /// The locked file.
        path: PathBuf,
    },
    /// The register is of a later version of the format.
    #[error(
        "{path} has the format {found}, and this program knows {known}: it can be read, but not written to; use a newer sijil"
    )]
    UnknownFormat {
        /// The register.
        path: PathBuf,
        /// Its format.
        found: String,
        /// The format that this program writes.
        known: u64,
    },
    /// The cipher refused.
    #[error("sealing or opening failed: {why}")]
    Sealing {
        /// What it said.
        why: String,
    },
    /// The secret key is not there.
    #[error(
        "the secret key of {origin} is not in {path}: the register can be read but not added to; docs/keys.md says what to do"
    )]
    KeyLost {
        /// Our origin.
        origin: OriginId,
        /// Where the key should be.
        path: PathBuf,
    },
    /// The key was revoked, and nothing may be added under it.
    #[error(
        "the key of {origin} was revoked from size {trusted_to} on, but its log now says {size}: nothing was received"
    )]
    Revoked {
        /// The origin whose key was revoked.
        origin: OriginId,
        /// The size up to which the key is trusted.
        trusted_to: u64,
        /// The size that was offered.
        size: u64,
    },
    /// A file is damaged.
    #[error(
        "{path} is damaged: {why}; run `sijil verify` for everything that is wrong, and restore the file from a backup"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The log in the folder is older than one already seen.
    #[error(
        "the log of {origin} has {found} entries, but {seen} were seen before: an older copy lies in its place; restore the newest one"
    )]
    RolledBack {
        /// The log.
        origin: OriginId,
        /// The size found.
        found: u64,
        /// The size known.
        seen: u64,
    },
    /// Two histories of one log.
    #[error(
        "FORK: the log of {origin} has two different histories within its first {size} entries; nothing was received. Keep both folders: together they prove it"
    )]
    Forked {
        /// The log.
        origin: OriginId,
        /// The size at which the roots differ.
        size: u64,
    },
    /// An entry's body is too large.
    #[error(
        "the body of the entry {kind} has {bytes} bytes, more than {limit}: store it as a blob and name its hash in the entry"
    )]
    BodyTooLarge {
        /// The kind of the entry.
        kind: String,
        /// Its size in bytes of canonical JSON.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// A batch has too many entries.
    #[error("a batch holds at most {limit} entries: commit this one and begin another")]
    BatchTooLarge {
        /// The limit.
        limit: u64,
    },
    /// Not canonical JSON, or not representable in it.
    #[error("the value cannot be written in one way only: {why}")]
    NotCanonical {
        /// What is wrong with it.
        why: String,
    },
    /// A checkpoint or key that is not one.
    #[error("the checkpoint or key is not valid: {why}")]
    BadNote {
        /// What is wrong with it.
        why: String,
    },
    /// A proof that is not one.
    #[error("the proof does not hold: {why}")]
    BadProof {
        /// What is wrong with it.
        why: String,
    },
    /// An entry kind with letters that a kind does not have.
    #[error("{kind:?} is not a kind of entry: a kind is 1 to 40 of the letters a-z, `.` and `_`")]
    BadKind {
        /// The kind.
        kind: String,
    },
    /// A kind of entry that only the archive itself writes.
    #[error("entries of the kind {kind} are written by the archive itself; use the function for it")]
    OwnKind {
        /// The kind.
        kind: String,
    },
    /// Not a digest.
    #[error("{text:?} is not a SHA-256: 64 lower-case hexadecimal digits")]
    BadDigest {
        /// What was given.
        text: String,
    },
    /// Not an origin.
    #[error("{text:?} is not an origin: 16 of the digits 0-9 and letters a-v")]
    BadOrigin {
        /// What was given.
        text: String,
    },
    /// Not an account.
    #[error("{text:?} is not an account: 1 to 64 letters, digits, `-`, `_` or `.`")]
    BadAccount {
        /// What was given.
        text: String,
    },
    /// A name that cannot be a file's name here.
    #[error("{name:?} cannot be the name of a stored file: use letters, digits, `-`, `_` and `.`")]
    BadName {
        /// The name.
        name: String,
    },
    /// No such evidence.
    #[error("no evidence {digest} in this register{}", if *.erased { ": it was erased by an entry" } else { "" })]
    NoEvidence {
        /// Its digest.
        digest: Digest,
        /// Whether an entry says that it was erased.
        erased: bool,
    },
    /// No such origin.
    #[error("this register holds no log of {origin}")]
    NoLog {
        /// The origin.
        origin: OriginId,
    },
    /// No such entry.
    #[error("there is no entry {entry}: the log has {size} entries")]
    NoEntry {
        /// The entry asked for.
        entry: EntryRef,
        /// The size of its log.
        size: u64,
    },
    /// An entry that the structure rests on.
    #[error("entry {entry} ({kind}) cannot be erased: proofs and keys rest on it")]
    NotErasable {
        /// The entry.
        entry: EntryRef,
        /// Its kind.
        kind: String,
    },
    /// Committed, but the destruction was not finished.
    #[error(
        "the erasure is in the log, but destroying what it names was not finished ({source}); it is completed when the register is next written to"
    )]
    ErasureUnfinished {
        /// What stood in the way.
        source: Box<Error>,
    },
}

impl Error {
    /// An error of the operating system at `path`, with the read-only case told apart.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path: path.to_owned() },
            _ => Self::Io { path: path.to_owned(), source },
        }
    }

    /// Damage at `path`.
    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.into() }
    }

    /// The same error, told as damage of the file that it was found in.
    pub(crate) fn at(self, path: &Path) -> Self {
        match self {
            Self::NotCanonical { .. }
            | Self::Sealing { .. }
            | Self::BadNote { .. }
            | Self::BadOrigin { .. }
            | Self::BadDigest { .. } => Self::damaged(path, self.to_string()),
            other => other,
        }
    }

    /// Whether a file was simply not there.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; nothing of this batch was saved: free some space and run it again"
        }
        io::ErrorKind::PermissionDenied => "; nothing was saved: ask for the right to write there",
        _ => "",
    }
}
