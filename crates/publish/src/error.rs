//! What can go wrong while publishing, and what to do about it.

use thiserror::Error;

use crate::gate::Missing;

/// Why there is no release.
#[derive(Debug, Error)]
pub enum PublishError {
    /// Nothing is cleared and signed.
    #[error("nothing can be published yet; nothing was written")]
    NothingToPublish {
        /// What is missing, record by record.
        missing: Vec<Missing>,
    },
    /// The folder is somebody else's.
    #[error(
        "{path} exists and is no release of sijil; name a folder that does not exist, or an earlier release"
    )]
    NotARelease {
        /// The folder.
        path: String,
    },
    /// A file would have named or quoted somebody who is protected.
    #[error(
        "{file} would have shown the protected name of {whose} ({why}) in {place}; nothing was written. Next: {next}"
    )]
    WouldLeak {
        /// The file within the release.
        file: String,
        /// Where in it: keys, or a row and a column.
        place: String,
        /// The records whose name it is, without the name.
        whose: String,
        /// Why it is protected.
        why: String,
        /// What to do.
        next: String,
    },
    /// The file system.
    #[error("{path}: {cause}; nothing was released")]
    File {
        /// Which file or folder.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The register.
    #[error(transparent)]
    Register(#[from] sijil_register::RegisterError),
    /// The archive.
    #[error(transparent)]
    Archive(#[from] sijil_archive::Error),
    /// Counting.
    #[error(transparent)]
    Count(#[from] sijil_count::CountError),
    /// A page that cannot be made.
    #[error("a page cannot be made: {0}; this is an error in sijil")]
    Page(#[from] sijil_page::PageError),
    /// A value of the model.
    #[error(transparent)]
    Model(#[from] sijil_model::ModelError),
    /// A value that cannot be written.
    #[error("a file of the release cannot be written: {0}; this is an error in sijil")]
    Format(String),
}

/// What this crate returns.
pub type Result<T> = std::result::Result<T, PublishError>;

impl From<serde_json::Error> for PublishError {
    fn from(cause: serde_json::Error) -> Self {
        Self::Format(cause.to_string())
    }
}

impl From<csv::Error> for PublishError {
    fn from(cause: csv::Error) -> Self {
        Self::Format(cause.to_string())
    }
}
