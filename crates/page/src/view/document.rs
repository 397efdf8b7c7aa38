//! A document: its words with the claims marked in them, where it came from, and the proof that it has not changed.

use serde::Serialize;
use sijil_model::{ClaimId, DocumentId, Language, When};

use super::{
    Act, ClaimLine, DecideForm, DocumentLink, EnterForm, EntryLink, FileLink, IncidentTitle, Link, Notice,
    Paging, PersonLine, RejectForm, Shown,
};
use crate::MarkedText;

/// A document with its text, claims and proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentPage {
    /// The SHA-256 of its bytes.
    pub id: DocumentId,
    /// Its title, first words or file name.
    pub title: Shown<String>,
    /// Its words, its rows, or why neither is shown.
    pub body: Body,
    /// The claim that it was opened for; its words stand out.
    pub wanted: Option<ClaimId>,
    /// The language of its text.
    pub language: Option<Language>,
    /// Where it came from and how it was read.
    pub origin: Origin,
    /// Documents with the same words: reposts.
    pub reposts: Vec<DocumentLink>,
    /// The incidents that the claims in the part that is shown tell of.
    pub incidents: Vec<IncidentTitle>,
    /// The people whom they name.
    pub people: Vec<PersonLine>,
    /// The claims in the part that is shown, in the order of their words.
    pub claims: Vec<ClaimLine>,
    /// The proof that it stands in the log.
    pub proof: Option<Proof>,
    /// The bytes, the text.
    pub downloads: Vec<FileLink>,
    /// Deciding a value, such as its publication date.
    pub decide: Option<DecideForm>,
    /// Entering what no program read in it.
    pub enter: Option<EnterForm>,
    /// Rejecting a claim of this page.
    pub reject: Option<RejectForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// What of the document is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Text; of a long one the part that `paging` tells, in letters.
    Text {
        /// The text with its marks: see [`crate::mark_up`].
        text: MarkedText,
        /// Which part; none where it is whole.
        paging: Option<Paging>,
    },
    /// Rows of a list.
    Table {
        /// The names of the columns.
        header: Vec<String>,
        /// The rows around those that matter.
        rows: Vec<TableRow>,
        /// Which rows.
        paging: Paging,
    },
    /// Nothing may be shown.
    Withheld(super::Withheld),
    /// There is nothing to read in it: a photo, or a kind that has no reader.
    NoText,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Its number, counted from 1, the header not counted.
    pub number: u64,
    /// The claims that begin in it: each carries the address `#claim-ID`.
    pub anchors: Vec<ClaimId>,
    /// Its cells.
    pub cells: Vec<TableCell>,
}

/// A cell of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCell {
    /// As it stands.
    pub text: Shown<String>,
    /// The claims that rest on it.
    pub claims: Vec<ClaimId>,
}

/// Where a document came from and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Who it came from, as far as protection allows.
    pub source: Option<Link>,
    /// The name of the file as received.
    pub file_name: Option<Shown<String>>,
    /// The address that it was captured from, as text: nothing here leads out.
    pub address: Option<Shown<String>>,
    /// What kind of file.
    pub media_type: Option<String>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// When it was published.
    pub published: When,
    /// Who added it and when.
    pub received: Option<Act>,
    /// What read it: name and version.
    pub reader: Option<String>,
    /// The SHA-256 of the text that it became.
    pub text_hash: Option<String>,
}

/// That an entry stands in the log: everything needed to compute the root again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The entry.
    pub entry: EntryLink,
    /// Its index in its log, counted from 0, as the path is computed.
    pub index: u64,
    /// The log's origin.
    pub origin: String,
    /// The fingerprint of the key that signs the log.
    pub fingerprint: String,
    /// The entry's leaf hash, in hexadecimal digits.
    pub leaf_hash: String,
    /// The hashes from the leaf to the root.
    pub path: Vec<String>,
    /// The number of entries of the checkpoint.
    pub size: u64,
    /// Its root.
    pub root: String,
    /// The checkpoint as signed.
    pub checkpoint: Option<FileLink>,
}
