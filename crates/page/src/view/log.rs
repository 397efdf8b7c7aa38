//! The log: entries newest first, and one entry with its leaf, body and proof.

use serde::Serialize;

use super::{EntryLink, Link, Paging, Proof, Shown};

/// The kinds of entry that have words of their own; another is shown by its code.
pub const ENTRY_KINDS: &[(&str, &str)] = &[
    ("origin.made", "entry-origin-made"),
    ("settings.changed", "entry-settings-changed"),
    ("rules.adopted", "entry-rules-adopted"),
    ("document.added", "entry-document-added"),
    ("evidence.kept", "entry-evidence-kept"),
    ("text.read", "entry-text-read"),
    ("text.redacted", "entry-text-redacted"),
    ("extraction.run", "entry-extraction-run"),
    ("extraction.adopted", "entry-extraction-adopted"),
    ("placing.run", "entry-placing-run"),
    ("placing.adopted", "entry-placing-adopted"),
    ("link.run", "entry-link-run"),
    ("link.adopted", "entry-link-adopted"),
    ("claim.made", "entry-claim-made"),
    ("claim.rejected", "entry-claim-rejected"),
    ("claim.restored", "entry-claim-restored"),
    ("judgement.made", "entry-judgement-made"),
    ("decision.made", "entry-decision-made"),
    ("figure.defined", "entry-figure-defined"),
    ("monitoring.noted", "entry-monitoring-noted"),
    ("population.noted", "entry-population-noted"),
    ("cleared", "entry-cleared"),
    ("signed", "entry-signed"),
    ("objection.made", "entry-objection-made"),
    ("body.erased", "entry-body-erased"),
    ("release.made", "entry-release-made"),
    ("log.seen", "entry-log-seen"),
    ("source.", "entry-source"),
    ("key.", "entry-key"),
    ("account.", "entry-account"),
    ("custody.", "entry-custody"),
];

/// The log, newest entries first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogPage {
    /// The origin whose log this is.
    pub origin: String,
    /// Entries of the part that is shown.
    pub entries: Vec<EntryLine>,
    /// Which part.
    pub paging: Paging,
    /// The number of entries of the last checkpoint.
    pub size: u64,
    /// Its root.
    pub root: String,
}

/// An entry in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryLine {
    /// Its number and page.
    pub entry: EntryLink,
    /// Its kind, as in the log: `decision.made`.
    pub kind: String,
    /// When, as the log has it, rounded to the minute.
    pub at: String,
    /// The account's pseudonym; none for the program's own.
    pub by: Option<String>,
    /// What it is about.
    pub about: Vec<Link>,
    /// The reason that was given.
    pub why: Option<Shown<String>>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryPage {
    /// In short.
    pub line: EntryLine,
    /// The leaf as hashed: canonical JSON.
    pub leaf: String,
    /// The body as JSON, or that it was erased.
    pub body: Shown<String>,
    /// The entry that erased the body.
    pub erased_by: Option<EntryLink>,
    /// The proof that it stands in the log.
    pub proof: Option<Proof>,
    /// The entry before.
    pub previous: Option<String>,
    /// The entry after.
    pub next: Option<String>,
}
