//! Where errors end: what a person reads, and the exit code of the contract.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use sijil_register::RegisterError;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// A check found something, or the request was refused for its content: exit 1.
    Refused(String),
    /// The command was not written as it must be: exit 2.
    Usage(String),
    /// An error in sijil or under it: exit 3.
    Internal(String),
    /// What is to be said was said already: exit 1.
    Told,
}

/// What commands return.
pub type Outcome = Result<(), Failure>;

impl Failure {
    /// Tells the person, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        let (code, message) = match self {
            Failure::Refused(message) => (1, message.as_str()),
            Failure::Usage(message) => (2, message.as_str()),
            Failure::Internal(message) => (3, message.as_str()),
            Failure::Told => return ExitCode::from(1),
        };
        crate::terminal::complain(&format!("sijil: {message}"));
        ExitCode::from(code)
    }

    /// What happened, as one sentence.
    pub fn message(&self) -> &str {
        match self {
            Failure::Refused(message) | Failure::Usage(message) | Failure::Internal(message) => message,
            Failure::Told => "see above",
        }
    }
}

impl From<RegisterError> for Failure {
    fn from(error: RegisterError) -> Self {
        let message = error.to_string();
        match error {
            RegisterError::Archive(sijil_archive::Error::NotARegister { .. }) => Failure::Usage(message),
            RegisterError::Archive(_)
            | RegisterError::NotFound { .. }
            | RegisterError::Ambiguous { .. }
            | RegisterError::Refused(_)
            | RegisterError::BadEntry { .. }
            | RegisterError::BadBlob { .. }
            | RegisterError::ViewDiffers { .. }
            | RegisterError::File { .. }
            | RegisterError::DiskFull
            | RegisterError::NotWritable(_)
            | RegisterError::Model(_) => Failure::Refused(message),
            RegisterError::Database(_)
            | RegisterError::AnotherForm
            | RegisterError::Migration(_)
            | RegisterError::Json(_) => Failure::Internal(message),
        }
    }
}

impl From<sijil_archive::Error> for Failure {
    fn from(error: sijil_archive::Error) -> Self {
        RegisterError::from(error).into()
    }
}

impl From<sijil_count::CountError> for Failure {
    fn from(error: sijil_count::CountError) -> Self {
        Failure::Refused(error.to_string())
    }
}

impl From<sijil_model::ModelError> for Failure {
    fn from(error: sijil_model::ModelError) -> Self {
        Failure::Usage(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Internal(format!("a value cannot be written as JSON: {error}"))
    }
}

/// An error of the file system, with the path that it is about.
pub fn file(path: &std::path::Path, cause: &std::io::Error) -> Failure {
    Failure::Refused(format!("{}: {cause}", path.display()))
}

/// Writes a file whole: beside it first, then renamed, so that a crash leaves no half of one.
pub fn write_whole(path: &std::path::Path, bytes: &[u8]) -> Outcome {
    write_whole_with(path, |out| out.write_all(bytes))
}

/// Writes a file whole, as [`write_whole`] does, line by line.
pub fn write_whole_with(
    path: &std::path::Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Outcome {
    let partial = std::path::PathBuf::from(format!("{}.partial", path.display()));
    let work = || -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(&partial)?);
        write(&mut out)?;
        out.flush()?;
        std::fs::rename(&partial, path)
    };
    work().map_err(|cause| file(path, &cause))
}

/// A failure inside a batch, so that the batch is dropped; the command sees the same words.
pub fn into_register(failure: Failure) -> RegisterError {
    RegisterError::Refused(failure.message().to_owned())
}
