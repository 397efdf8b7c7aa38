//! One claim: its words, what it was read as, and what rests on it.

use serde::Serialize;

use super::{ClaimLine, FileLink, IncidentTitle, Link, Notice, PersonLine, Proof, RejectForm, StandsIn};

/// A claim with what it rests on and what rests on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimPage {
    /// The claim, with its document.
    pub claim: ClaimLine,
    /// The claim that it is about: its incident, person or aggregate.
    pub about: Option<Link>,
    /// The incidents that it belongs to.
    pub incidents: Vec<IncidentTitle>,
    /// The people that it belongs to.
    pub people: Vec<PersonLine>,
    /// The figures that use it.
    pub figures: Vec<StandsIn>,
    /// What read it: the extractor and its version, or the account that made it.
    pub read_by: Vec<String>,
    /// Its document's bytes and text.
    pub downloads: Vec<FileLink>,
    /// The proof that its document stands in the log.
    pub proof: Option<Proof>,
    /// Rejecting it.
    pub reject: Option<RejectForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// The rules by which a claim was concluded from what a document says elsewhere, and the keys of their words.
pub const CONCLUSIONS: &[(&str, &str)] = &[
    ("dateline", "rule-dateline"),
    ("day-counted-from-told", "rule-day-counted-from-told"),
    ("day-of-the-report", "rule-day-of-the-report"),
    ("day-of-the-title", "rule-day-of-the-title"),
    ("day-told-before", "rule-day-told-before"),
    ("for-each-of-several", "rule-for-each-of-several"),
    ("name-beside-the-dead", "rule-name-beside-the-dead"),
    ("page-date", "rule-page-date"),
    ("place-told-elsewhere", "rule-place-told-elsewhere"),
    ("post-shown", "rule-post-shown"),
    ("post-time", "rule-post-time"),
    ("this-year", "rule-this-year"),
    ("without-the-dead", "rule-without-the-dead"),
    ("without-the-survivors", "rule-without-the-survivors"),
    ("year-by-weekday", "rule-year-by-weekday"),
];
