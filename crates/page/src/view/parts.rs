//! What many pages share: links, withheld values, names, places, claims with their quotes.

use serde::{Deserialize, Serialize};
use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, Fate, PlacePrecision, SourceKind, Status, Verdict};
use sijil_model::{
    Basis, ClaimId, Content, DocumentId, IncidentId, Language, Modality, PersonId, Polarity, When,
};

use crate::search::Piece;

/// Why something is not shown. The reason is a kind, never a detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// A protected witness speaks.
    ProtectedWitness,
    /// A field reporter's name or words.
    Reporter,
    /// The name of a dead person whose incident is not cleared.
    NameNotCleared,
    /// The family objects.
    FamilyObjects,
    /// Somebody missing, detained or injured, whose family has not agreed.
    Living,
    /// Kin of the living.
    Kin,
    /// A home, a working hospital, a camp: a place that could be struck again.
    Place,
    /// The document is not cleared for the public.
    Document,
    /// Not cleared for the public, for another reason.
    NotCleared,
    /// Whoever wrote a line of a chat, or can be reached by a telephone number.
    Contact,
    /// Erased at somebody's request; the log says that it was.
    Erased,
}

impl Withheld {
    /// Every reason.
    pub const ALL: [Withheld; 11] = [
        Self::ProtectedWitness,
        Self::Reporter,
        Self::NameNotCleared,
        Self::FamilyObjects,
        Self::Living,
        Self::Kin,
        Self::Place,
        Self::Document,
        Self::NotCleared,
        Self::Contact,
        Self::Erased,
    ];

    /// Its code: `protected_witness`, …
    pub fn code(self) -> &'static str {
        match self {
            Self::ProtectedWitness => "protected_witness",
            Self::Reporter => "reporter",
            Self::NameNotCleared => "name_not_cleared",
            Self::FamilyObjects => "family_objects",
            Self::Living => "living",
            Self::Kin => "kin",
            Self::Place => "place",
            Self::Document => "document",
            Self::NotCleared => "not_cleared",
            Self::Contact => "contact",
            Self::Erased => "erased",
        }
    }

    /// The key of its words: "withheld: a protected witness speaks".
    pub fn key(self) -> &'static str {
        match self {
            Self::ProtectedWitness => "withheld-protected-witness",
            Self::Reporter => "withheld-reporter",
            Self::NameNotCleared => "withheld-name-not-cleared",
            Self::FamilyObjects => "withheld-family-objects",
            Self::Living => "withheld-living",
            Self::Kin => "withheld-kin",
            Self::Place => "withheld-place",
            Self::Document => "withheld-document",
            Self::NotCleared => "withheld-not-cleared",
            Self::Contact => "withheld-contact",
            Self::Erased => "withheld-erased",
        }
    }
}

/// A value, or the kind of reason for which it is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    /// The value.
    Open(T),
    /// Why there is none.
    Withheld(Withheld),
}

impl<T> From<T> for Shown<T> {
    fn from(value: T) -> Self {
        Self::Open(value)
    }
}

/// A text that leads somewhere, where the ground has that page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The words.
    pub text: Shown<String>,
    /// Where it leads.
    pub href: Option<String>,
}

/// An entry of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryLink {
    /// Its position: how long its log is with it, as `entry:N` names it on the command line.
    pub number: u64,
    /// Its page.
    pub href: Option<String>,
}

/// Somebody's act: who, when, in which entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// The entry that records it; none on a ground without the log.
    pub entry: Option<EntryLink>,
    /// The account's pseudonym; none where it is not shown.
    pub by: Option<String>,
    /// When, as the log has it: `2026-11-22T14:05Z`.
    pub at: String,
}

/// A document as others point to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// The SHA-256 of its bytes; none where even that is withheld (a short text could be guessed from it).
    pub id: Option<DocumentId>,
    /// Its title, first words or file name.
    pub title: Shown<String>,
    /// Its page.
    pub href: Option<String>,
    /// The language of its text.
    pub language: Option<Language>,
    /// What kind of source it comes from.
    pub kind: Option<SourceKind>,
    /// The source's name, as far as protection allows; none where there is none.
    pub source: Option<Shown<String>>,
    /// When it was published.
    pub published: When,
}

/// Words that a claim rests on, in their sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The sentence, cut where the words begin and end; byte for byte, but for white space at its ends and what is left
    /// out of a long one.
    pub pieces: Vec<Piece>,
    /// Where they stand in the document's page.
    pub href: Option<String>,
}

/// A claim with its quotes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimLine {
    /// The claim.
    pub id: ClaimId,
    /// Its page.
    pub href: Option<String>,
    /// What it says; names and numbers in it are worded here.
    pub content: Shown<Content>,
    /// What it rests on, trigger first.
    pub quotes: Vec<Shown<Quote>>,
    /// The document, where the page does not already stand under it.
    pub document: Option<DocumentLink>,
    /// How it is said.
    pub modality: Modality,
    /// Whether it is said to be so.
    pub polarity: Polarity,
    /// Stated, inferred by which rule, or decided: entered by a person.
    pub basis: Basis,
    /// Who entered it and when, where a person did and that may be told.
    pub entered: Option<Act>,
    /// Whose words these are, where not the author's.
    pub speaker: Option<Shown<String>>,
    /// Who rejected it as a misreading, and why.
    pub rejected: Option<Rejection>,
}

impl ClaimLine {
    /// How the claim's number stands to others, where it has one.
    pub fn stands(&self) -> Option<Stands> {
        match &self.content {
            Shown::Open(Content::Casualty(casualty)) => Some(casualty.stands),
            _ => None,
        }
    }
}

/// That a claim was found to be a misreading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Who and when.
    pub act: Act,
    /// Why.
    pub why: Shown<String>,
}

/// A claim's id as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimLink {
    /// The claim.
    pub id: ClaimId,
    /// Where it can be read: its page, or its place in the document.
    pub href: Option<String>,
}

/// A place with an honest precision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceLine {
    /// Its name in the reader's language; none where it is not placed.
    pub name: Option<Shown<String>>,
    /// What it lies in, innermost first.
    pub within: Vec<String>,
    /// The words of the document, where they are another name.
    pub said: Option<Shown<String>>,
    /// How fine it is.
    pub precision: PlacePrecision,
    /// Why this place: a rule or a decision, in words.
    pub why: Option<String>,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// An incident as others point to it: where and when, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentTitle {
    /// The incident.
    pub id: IncidentId,
    /// Its page.
    pub href: Option<String>,
    /// The main place's name in the reader's language; none where it is not placed.
    pub place: Option<Shown<String>>,
    /// The governorate around it.
    pub within: Option<String>,
    /// How fine the place is.
    pub precision: PlacePrecision,
    /// When.
    pub when: When,
}

/// A person as others point to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// Their page.
    pub href: Option<String>,
    /// The name; none for a person who is known only by kin or role.
    pub name: Option<Shown<String>>,
    /// How they are known instead or besides, in the document's words: "their mother".
    pub known_as: Option<Shown<String>>,
    /// Age in years.
    pub age: Option<u16>,
    /// Age in months, of infants.
    pub age_months: Option<u16>,
    /// Age class.
    pub age_class: Option<AgeClass>,
    /// What became of them.
    pub fate: Option<Fate>,
    /// Civilian or not, where known.
    pub status: Option<Status>,
    /// How many documents name them.
    pub documents: u64,
}

/// A reviewer's word on a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementLine {
    /// Who and when.
    pub act: Act,
    /// The verdict.
    pub verdict: Verdict,
    /// The other record or claim.
    pub other: Link,
    /// Why.
    pub why: Shown<String>,
    /// How it stands after a new extraction.
    pub standing: Standing,
}

/// How a judgement or decision stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It holds.
    InForce,
    /// A later one replaced it.
    Superseded,
    /// Another one of equal standing says otherwise; nobody has decided between them.
    Conflicting,
    /// The words it was about have changed their reading; it asks again.
    AsksAgain,
    /// The words it was about are no longer read as a claim.
    Orphan,
}

impl Standing {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::InForce => "standing-in-force",
            Self::Superseded => "standing-superseded",
            Self::Conflicting => "standing-conflicting",
            Self::AsksAgain => "standing-asks-again",
            Self::Orphan => "standing-orphan",
        }
    }
}

/// A value chosen for a field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionLine {
    /// Who and when.
    pub act: Act,
    /// The field: `published`, `killed.total`, …; worded here as far as its parts are codes.
    pub field: String,
    /// The value as given.
    pub value: Shown<String>,
    /// Why.
    pub why: Shown<String>,
    /// How it stands.
    pub standing: Standing,
    /// The claims that it rests on.
    pub used: Vec<ClaimLink>,
    /// The claims that it sets aside.
    pub set_aside: Vec<ClaimLink>,
}

/// A place in a list that runs over several pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The first item shown, counted from 1.
    pub from: u64,
    /// The last item shown.
    pub to: u64,
    /// How many there are.
    pub total: u64,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A file to take away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileLink {
    /// The file's name.
    pub name: String,
    /// What of a document it is.
    pub kind: FileKind,
    /// Where it lies.
    pub href: String,
    /// How large it is, in bytes.
    pub bytes: Option<u64>,
}

/// What a file to take away is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The bytes of a document, as received.
    Bytes,
    /// Something made of what the register holds.
    #[default]
    Made,
}
