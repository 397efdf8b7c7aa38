//! Views over the whole register: search, claims about many incidents, sources.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{ReleaseLevel, Reliability, SourceKind};

use super::{Link, NoteForm, Notice, Paging, ReconciledLine, RejectForm, Shown};
use crate::Piece;

/// The results of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchPage {
    /// Where the form is sent: a GET request with `q`.
    pub action: String,
    /// What was searched for; empty before the first search.
    pub query: String,
    /// What was found in the part that is shown.
    pub results: Vec<SearchResult>,
    /// Which part.
    pub paging: Paging,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchResult {
    /// What it is.
    pub kind: Found,
    /// Its title.
    pub title: Link,
    /// The words around the first hit: see [`crate::snippet`].
    pub snippet: Vec<Piece>,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// A document.
    Document,
    /// A person.
    Person,
    /// An incident.
    Incident,
    /// A claim.
    Claim,
    /// A saved figure.
    Figure,
}

impl Found {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Document => "found-document",
            Self::Person => "found-person",
            Self::Incident => "found-incident",
            Self::Claim => "found-claim",
            Self::Figure => "found-figure",
        }
    }
}

/// Claims about many incidents at once, each held against what the register documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AggregatesPage {
    /// The claims.
    pub aggregates: Vec<ReconciledLine>,
    /// Which part.
    pub paging: Paging,
    /// Rejecting a claim of this page.
    pub reject: Option<RejectForm>,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourcesPage {
    /// The sources.
    pub sources: Vec<SourceLine>,
    /// Which part.
    pub paging: Paging,
    /// Writing down what one of them told.
    pub note: Option<NoteForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its short code.
    pub id: String,
    /// Its name, as far as protection allows.
    pub name: Shown<String>,
    /// What kind.
    pub kind: SourceKind,
    /// How far it is trusted.
    pub reliability: Reliability,
    /// How far its name may go.
    pub level: ReleaseLevel,
    /// Whether it is shown to be independent of others; unknown counts as dependent.
    pub independent: Option<bool>,
    /// How many documents came from it.
    pub documents: u64,
    /// Where they are listed.
    pub href: Option<String>,
}

/// A plain list of records: documents, incidents or people, as the first page's counts open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPage {
    /// What is listed.
    pub kind: Found,
    /// The records, with a line about each.
    pub records: Vec<ListLine>,
    /// Which part.
    pub paging: Paging,
}

/// A record of a plain list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListLine {
    /// A document.
    Document(super::DocumentLink),
    /// An incident.
    Incident(super::IncidentTitle),
    /// A person.
    Person(super::PersonLine),
}
