//! What can go wrong with a register, and what to do about it.

use thiserror::Error;

/// An error of the register, naming the thing, the cause and the next step.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The truth could not be read or written.
    #[error(transparent)]
    Archive(#[from] sijil_archive::Error),
    /// The view could not be read or written.
    #[error("register.db: {0}; if this stays, delete register.db and run `sijil rebuild`")]
    Database(rusqlite::Error),
    /// The view's disk is full.
    #[error(
        "register.db: the disk is full; free some space and run the command again: what was acknowledged is safe"
    )]
    DiskFull,
    /// The view may not be written.
    #[error(
        "register.db may not be written ({0}); check the permissions of the register's folder, or copy it to where you may write"
    )]
    NotWritable(rusqlite::Error),
    /// The view is of another version's form.
    #[error(
        "register.db was made by another version of sijil; run `sijil rebuild`, which makes it again from the log: nothing is lost"
    )]
    AnotherForm,
    /// The view holds rows that do not follow from the log.
    #[error(
        "register.db does not follow from the log ({tables}); run `sijil rebuild`, which makes it again from the log: nothing is lost"
    )]
    ViewDiffers {
        /// The tables that differ.
        tables: String,
    },
    /// The view's migrations failed.
    #[error("register.db was made by another version of sijil ({0}); run `sijil rebuild`")]
    Migration(#[from] rusqlite_migration::Error),
    /// An entry whose body is not what its kind says.
    #[error(
        "entry {position} of kind `{kind}` cannot be read: {cause}; run `sijil verify`, and update sijil if the entry is newer than it"
    )]
    BadEntry {
        /// Our log position.
        position: u64,
        /// The entry's kind.
        kind: String,
        /// What is wrong.
        cause: String,
    },
    /// A stored result that cannot be read.
    #[error("the stored {what} {name} cannot be read: {cause}; run `sijil verify`")]
    BadBlob {
        /// What it should be.
        what: &'static str,
        /// The blob's hash.
        name: String,
        /// What is wrong.
        cause: String,
    },
    /// Something asked for that is not in the register.
    #[error("there is no {what} `{id}` in this register; `sijil log` and the desk list what there is")]
    NotFound {
        /// What was asked for.
        what: &'static str,
        /// By which id.
        id: String,
    },
    /// A short id that several things share.
    #[error("`{id}` is the beginning of several ids ({examples}); write more of it")]
    Ambiguous {
        /// What was asked for.
        id: String,
        /// Some of the ids that begin so.
        examples: String,
    },
    /// Something that cannot be decided.
    #[error("{0}")]
    Refused(String),
    /// A value of our own that cannot be written as JSON.
    #[error("a value cannot be written as JSON: {0}; this is an error in sijil")]
    Json(#[from] serde_json::Error),
    /// A value that the codebook does not know.
    #[error(transparent)]
    Model(#[from] sijil_model::ModelError),
    /// The file system.
    #[error("{path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl RegisterError {
    /// Whether the fault lies in what an entry says, and not in the disk or the database.
    pub(crate) fn is_of_content(&self) -> bool {
        match self {
            Self::BadEntry { .. }
            | Self::BadBlob { .. }
            | Self::NotFound { .. }
            | Self::Refused(_)
            | Self::Json(_)
            | Self::Model(_) => true,
            Self::Archive(error) => !matches!(error, sijil_archive::Error::Io { .. }),
            Self::Database(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
            }
            Self::AnotherForm
            | Self::Migration(_)
            | Self::Ambiguous { .. }
            | Self::File { .. }
            | Self::DiskFull
            | Self::ViewDiffers { .. }
            | Self::NotWritable(_) => false,
        }
    }
}

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::DiskFull,
            Some(ReadOnly | CannotOpen | PermissionDenied) => Self::NotWritable(error),
            _ => Self::Database(error),
        }
    }
}

/// What this crate returns.
pub type Result<T> = std::result::Result<T, RegisterError>;
