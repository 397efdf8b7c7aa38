//! The forms of the desk, and what it says after one was sent. Field names are those of the command line.

use serde::{Deserialize, Serialize};
use sijil_model::Sum;

use super::{EntryLink, Link};

/// One choice of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What the reader sees.
    pub label: String,
}

/// Decide a value: sends `id`, `field`, `value`, `why`, `back`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecideForm {
    /// Where it is sent.
    pub action: String,
    /// The record's or document's id.
    pub id: String,
    /// The fields that can be decided, as they are named in decisions; worded here.
    pub fields: Vec<String>,
    /// The page to return to.
    pub back: String,
    /// What was typed, when the form comes back with a problem.
    pub typed: Typed,
}

/// What stands in a form that comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// The field.
    pub field: String,
    /// The value, or the other record.
    pub value: String,
    /// The reason.
    pub why: String,
}

/// Judge this record and another: sends `a`, `b`, `verdict`, `why`, `back`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgeForm {
    /// Where it is sent.
    pub action: String,
    /// This record's id.
    pub id: String,
    /// Records that may be the same, likeliest first; empty offers a free field for an id.
    pub candidates: Vec<Choice>,
    /// The page to return to.
    pub back: String,
    /// What was typed, when the form comes back with a problem.
    pub typed: Typed,
}

/// Enter what a document says and no program read: sends `id`, the fields of [`EnterTyped`], `back`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnterForm {
    /// Where it is sent.
    pub action: String,
    /// The document's id.
    pub id: String,
    /// Incidents of which it tells already; the id of any other may be written.
    pub incidents: Vec<Choice>,
    /// The page to return to.
    pub back: String,
    /// What was typed, when the form comes back with a problem.
    pub typed: EnterTyped,
}

/// What stands in a form for entering; every field but the words may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterTyped {
    /// The words that say it, as they stand in the document.
    pub words: String,
    /// The incident that they tell of; empty for a new one.
    pub incident: String,
    /// When.
    pub date: String,
    /// Where.
    pub place: String,
    /// How many were killed.
    pub killed: String,
    /// How many were injured.
    pub injured: String,
    /// Whom the numbers count.
    pub class: String,
    /// The name of somebody who was harmed.
    pub person: String,
    /// What became of them.
    pub fate: String,
    /// Their sex.
    pub sex: String,
    /// Their age in years.
    pub age: String,
}

/// Write down what somebody told, as a document: sends the fields of [`NoteTyped`], `back`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteForm {
    /// Where it is sent.
    pub action: String,
    /// The sources that are described.
    pub sources: Vec<Choice>,
    /// The page to return to.
    pub back: String,
    /// What was typed, when the form comes back with a problem.
    pub typed: NoteTyped,
}

/// What stands in a form for a note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteTyped {
    /// What was told.
    pub text: String,
    /// Who told it.
    pub source: String,
    /// When.
    pub published: String,
}

/// Reject a claim as a misreading: sends `claim`, `why`, `back`, `token`. It stands beside every claim of its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectForm {
    /// Where it is sent.
    pub action: String,
    /// The page to return to.
    pub back: String,
}

/// What the desk says on top of a page after a form was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// It is saved, and these figures moved.
    Saved {
        /// The entry.
        entry: EntryLink,
        /// Each figure that reads otherwise now; empty where none does.
        moved: Vec<Moved>,
    },
    /// It was refused.
    Refused(Trouble),
}

/// A figure before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The figure.
    pub figure: Link,
    /// What it was.
    pub before: Sum,
    /// What it is.
    pub after: Sum,
}

/// What went wrong: the thing, the cause and the next step, worded in both languages by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The kind.
    pub kind: TroubleKind,
    /// The thing: an id, an address, a field, as it was given.
    pub thing: String,
    /// What the program says besides, as the reader is told it; none where the kind says it all.
    pub detail: Option<String>,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// There is no such page, record or document.
    NotFound,
    /// The record was erased.
    Erased,
    /// A reason is missing.
    ReasonMissing,
    /// A value cannot be read or does not fit its field.
    BadValue,
    /// The question cannot be answered as asked.
    BadQuestion,
    /// Somebody else wrote to the register meanwhile.
    Busy,
    /// The form was not sent from this desk, or is too old.
    Stale,
    /// Who asks may not do this.
    NotAllowed,
    /// The register cannot be read or written.
    Register,
    /// The program failed.
    Internal,
}

impl TroubleKind {
    /// Every kind.
    pub const ALL: [TroubleKind; 10] = [
        Self::NotFound,
        Self::Erased,
        Self::ReasonMissing,
        Self::BadValue,
        Self::BadQuestion,
        Self::Busy,
        Self::Stale,
        Self::NotAllowed,
        Self::Register,
        Self::Internal,
    ];

    /// The keys of its thing, its cause and its next step.
    pub fn keys(self) -> [&'static str; 3] {
        match self {
            Self::NotFound => ["trouble-not-found", "trouble-not-found-cause", "trouble-not-found-next"],
            Self::Erased => ["trouble-erased", "trouble-erased-cause", "trouble-erased-next"],
            Self::ReasonMissing => ["trouble-reason", "trouble-reason-cause", "trouble-reason-next"],
            Self::BadValue => ["trouble-value", "trouble-value-cause", "trouble-value-next"],
            Self::BadQuestion => ["trouble-question", "trouble-question-cause", "trouble-question-next"],
            Self::Busy => ["trouble-busy", "trouble-busy-cause", "trouble-busy-next"],
            Self::Stale => ["trouble-stale", "trouble-stale-cause", "trouble-stale-next"],
            Self::NotAllowed => {
                ["trouble-not-allowed", "trouble-not-allowed-cause", "trouble-not-allowed-next"]
            }
            Self::Register => ["trouble-register", "trouble-register-cause", "trouble-register-next"],
            Self::Internal => ["trouble-internal", "trouble-internal-cause", "trouble-internal-next"],
        }
    }
}

/// The page of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorPage {
    /// What went wrong.
    pub trouble: Trouble,
}

/// Opening the desk by the link that the terminal printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInPage {
    /// The link was used before.
    UsedUp,
    /// There was no link, or not the right one.
    LinkNeeded,
}

/// The fields that can be decided and have words of their own; parts that are codes take the codebook's label.
pub const FIELDS: &[(&str, &str)] = &[
    ("published", "field-published"),
    ("date", "field-date"),
    ("place", "field-place"),
    ("grading", "field-grading"),
    ("workflow", "field-workflow"),
    ("attribution", "field-attribution"),
    ("means", "field-means"),
    ("source", "field-source"),
    ("name", "field-name"),
    ("sex", "field-sex"),
    ("age", "field-age"),
    ("fate", "field-fate"),
    ("role", "field-role"),
    ("incident", "field-incident"),
    ("age_class", "field-age-class"),
    ("status", "field-status"),
    ("title", "field-title"),
    ("excluded", "field-excluded"),
    ("disputed", "field-disputed"),
    ("min", "field-min"),
    ("max", "field-max"),
];
