//! What can stop a file from being read: each error names the file, the cause and the next step.

/// Why a file or a member of a container gave no reading. `name` is as the caller or the container gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "every field is explained by the sentence of its error")]
pub enum ReadError {
    #[error("{name}: there is no such file; check the path")]
    NotFound { name: String },
    #[error("{name}: is {what}, not a file; {next}")]
    NotAFile { name: String, what: &'static str, next: &'static str },
    #[error("{name}: may not be read by this user; change its permissions or copy it")]
    Permission { name: String },
    #[error("{name}: could not be read from its disk ({cause}); check the disk and copy the file again")]
    Disk { name: String, cause: String },
    #[error("{name}: is empty; check that the copy or download was finished")]
    Empty { name: String },
    #[error("{name}: is not text ({cause}); if it is evidence without text, add it in a ZIP or as an image")]
    Binary { name: String, cause: String },
    #[error("{name}: is {kind}, which is not read; {next}")]
    Unsupported { name: String, kind: String, next: &'static str },
    #[error("{name}: is {kind} locked by a password; save it without the password and add that copy")]
    Encrypted { name: String, kind: &'static str },
    #[error("{name}: is a damaged or cut off {kind} ({cause}); get the file again from where it came")]
    Damaged { name: String, kind: &'static str, cause: String },
    #[error("{name}: is too large ({cause}); {next}")]
    TooLarge { name: String, cause: String, next: &'static str },
    #[error("{name}: has an unsafe name ({cause}), so it was not unpacked; rename it and pack again")]
    UnsafeName { name: String, cause: &'static str },
    #[error("{name}: has a header but no rows; check that the right sheet or part was saved")]
    NoRows { name: String },
    #[error(
        "{name}: has no line that could be read as a report ({cause}); each line must be a JSON object with \"id\" and \"text\""
    )]
    NoParts { name: String, cause: String },
    #[error(
        "{name}: has {found} columns, more than the {limit} that a sheet can hold; check the delimiter, or split the list"
    )]
    TooManyColumns { name: String, found: usize, limit: usize },
    #[error(
        "{name}: lies {depth} containers deep, more than the {limit} that are opened; unpack it and add it by itself"
    )]
    TooDeep { name: String, depth: usize, limit: usize },
    #[error("{name}: the reader {reader} failed ({cause}); {next}")]
    Reader { name: String, reader: &'static str, cause: String, next: &'static str },
}

impl ReadError {
    /// The file or member that could not be read.
    pub fn name(&self) -> &str {
        match self {
            ReadError::NotFound { name }
            | ReadError::NotAFile { name, .. }
            | ReadError::Permission { name }
            | ReadError::Disk { name, .. }
            | ReadError::Empty { name }
            | ReadError::Binary { name, .. }
            | ReadError::Unsupported { name, .. }
            | ReadError::Encrypted { name, .. }
            | ReadError::Damaged { name, .. }
            | ReadError::TooLarge { name, .. }
            | ReadError::UnsafeName { name, .. }
            | ReadError::NoRows { name }
            | ReadError::NoParts { name, .. }
            | ReadError::TooManyColumns { name, .. }
            | ReadError::TooDeep { name, .. }
            | ReadError::Reader { name, .. } => name,
        }
    }

    /// A short code that scripts can test: `not_found`, `encrypted`, …
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::NotFound { .. } => "not_found",
            ReadError::NotAFile { .. } => "not_a_file",
            ReadError::Permission { .. } => "permission",
            ReadError::Disk { .. } => "disk",
            ReadError::Empty { .. } => "empty",
            ReadError::Binary { .. } => "binary",
            ReadError::Unsupported { .. } => "unsupported",
            ReadError::Encrypted { .. } => "encrypted",
            ReadError::Damaged { .. } => "damaged",
            ReadError::TooLarge { .. } => "too_large",
            ReadError::UnsafeName { .. } => "unsafe_name",
            ReadError::NoRows { .. } => "no_rows",
            ReadError::NoParts { .. } => "no_parts",
            ReadError::TooManyColumns { .. } => "too_many_columns",
            ReadError::TooDeep { .. } => "too_deep",
            ReadError::Reader { .. } => "reader",
        }
    }
}

/// Why the stored text form of tables could not be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFormError {
    /// The first line is not the head of a stored table.
    #[error(
        "line {line}: is not the head of a stored table ({cause}); the text was not written by a table reader"
    )]
    Head {
        /// Line, from 1.
        line: usize,
        /// What was wrong.
        cause: String,
    },
    /// A row is not a JSON array of strings.
    #[error("line {line}: is not a row of a stored table ({cause}); the stored text is damaged")]
    Row {
        /// Line, from 1.
        line: usize,
        /// What was wrong.
        cause: String,
    },
    /// Rows are missing or more than the head says.
    #[error("the stored table has {found} rows where its head says {expected}; the stored text is damaged")]
    RowCount {
        /// Rows of the head.
        expected: u32,
        /// Rows found.
        found: u32,
    },
}
