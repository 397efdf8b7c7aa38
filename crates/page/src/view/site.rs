//! Pages that only the published site has: its first page, how it was made, how to check it.

use serde::Serialize;

use super::{FigureLine, FileLink, Withheld};

/// The site's first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteIndexPage {
    /// The figures of the release.
    pub figures: Vec<FigureLine>,
    /// How many incidents have a page.
    pub incidents: u64,
    /// How many claims are shown.
    pub claims: u64,
    /// How many claims or documents are withheld, by kind of reason.
    pub withheld: Vec<WithheldCount>,
    /// When the release was made, as the log has it.
    pub made: String,
    /// The same as data.
    pub downloads: Vec<FileLink>,
}

/// How many things are withheld for one kind of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WithheldCount {
    /// Why.
    pub why: Withheld,
    /// How many.
    pub count: u64,
}

/// What the site is, and how its figures were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutPage {
    /// Who publishes it, in their words; none where they say nothing.
    pub publisher: Option<String>,
    /// The rule sets in force.
    pub rules: Vec<super::Rules>,
    /// What was watched.
    pub watched: Vec<super::Watched>,
    /// The programs that read, extracted, placed and linked, with versions.
    pub programs: Vec<String>,
}

/// How to check the site without its makers' program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyPage {
    /// The script in the folder.
    pub script: FileLink,
    /// The commands that run it, one a line, as they are typed.
    pub commands: Vec<String>,
    /// The checkpoint as signed.
    pub checkpoint: FileLink,
    /// The checkpoint's words.
    pub checkpoint_text: String,
    /// The fingerprint of the origin's key.
    pub key_fingerprint: String,
    /// The files of the release.
    pub files: Vec<FileLink>,
}
