//! A person: the names, what is said, and why claims are held to be about one human being.

use serde::Serialize;
use sijil_model::codebook::{AgeClass, Fate, RelationKind, Role, Sex, Status};

use super::{
    ClaimLine, ClaimLink, DecideForm, DecisionLine, IncidentTitle, JudgeForm, JudgementLine, Link, Notice,
    PairForm, PairLine, PersonLine, RejectForm, Shown, StandsIn,
};

/// A person with all that is said of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonPage {
    /// The person in short.
    pub person: PersonLine,
    /// Every spelling.
    pub names: Vec<NameLine>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in years.
    pub age: Option<u16>,
    /// Age class.
    pub age_class: Option<AgeClass>,
    /// What became of them.
    pub fate: Option<Fate>,
    /// Civilian or not.
    pub status: Option<Status>,
    /// What they did.
    pub role: Option<Role>,
    /// Kin and others.
    pub relations: Vec<RelationLine>,
    /// Where they were harmed.
    pub incidents: Vec<IncidentTitle>,
    /// Every claim, with quotes.
    pub claims: Vec<ClaimLine>,
    /// The figures that count their incident.
    pub figures: Vec<StandsIn>,
    /// Pairs of claims with this person of which the draws of the linking do not agree.
    pub in_doubt: Vec<PairLine>,
    /// Judging one of them.
    pub pair: Option<PairForm>,
    /// Why these claims are held to be about one person.
    pub links: Vec<LinkLine>,
    /// What people judged, newest first.
    pub judgements: Vec<JudgementLine>,
    /// What people decided, newest first.
    pub decisions: Vec<DecisionLine>,
    /// Deciding a value.
    pub decide: Option<DecideForm>,
    /// Judging this person and another.
    pub judge: Option<JudgeForm>,
    /// Rejecting a claim of this page.
    pub reject: Option<RejectForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// A spelling of the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameLine {
    /// As it stands.
    pub name: Shown<String>,
    /// Where.
    pub claims: Vec<ClaimLink>,
}

/// How the person stands to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationLine {
    /// The person *is this of* the other.
    pub relation: RelationKind,
    /// The other.
    pub other: Link,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// Two claims that are held to be about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkLine {
    /// One.
    pub left: Link,
    /// The other.
    pub right: Link,
    /// Who says so.
    pub by: LinkedBy,
    /// Why, in words.
    pub why: String,
    /// The probability in thousandths, where linking gave one.
    pub probability: Option<u32>,
}

/// Who linked: a machine's link is never shown as a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkedBy {
    /// The program, by this rule or model.
    Machine(String),
    /// A person, by this account.
    Person(String),
}
