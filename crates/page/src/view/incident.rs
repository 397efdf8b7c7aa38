//! An incident: where and when, who was harmed by whom, and every report of it.

use serde::Serialize;
use sijil_model::codebook::{
    AttributionStatus, Class, Combination, Damage, Grading, Harm, Means, OtherHarm, PartyPosition, PlaceRole,
    SiteAssertion, SiteKind, Status, Workflow,
};
use sijil_model::{Interval, Quantity, RuleId, When};

use super::{
    ClaimLine, ClaimLink, DecideForm, DecisionLine, DocumentLink, IncidentTitle, JudgeForm, JudgementLine,
    Notice, PairForm, PairLine, PersonLine, PlaceLine, RejectForm, StandsIn,
};

/// An incident with all that is said of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentPage {
    /// Where and when, in short.
    pub title: IncidentTitle,
    /// The times that documents give, each with its claims.
    pub times: Vec<TimeLine>,
    /// Every place.
    pub places: Vec<IncidentPlace>,
    /// Its grade.
    pub grading: Grading,
    /// The grade that its own sources allow; none on the site.
    pub proposal: Option<ProposedGrade>,
    /// Where it stands in its work; none on the site.
    pub workflow: Option<Workflow>,
    /// Who was harmed.
    pub casualties: Vec<CasualtyLine>,
    /// Who did it.
    pub attributions: Vec<AttributionLine>,
    /// What parties say.
    pub positions: Vec<PositionLine>,
    /// With what.
    pub means: Vec<MeansLine>,
    /// What was hit.
    pub sites: Vec<SiteLine>,
    /// Harm other than to bodies.
    pub harms: Vec<HarmLine>,
    /// The people.
    pub people: Vec<PersonLine>,
    /// Every report, with its claims and quotes.
    pub reports: Vec<Report>,
    /// What people decided, newest first.
    pub decisions: Vec<DecisionLine>,
    /// Pairs of reports with this incident that may be of one strike.
    pub in_doubt: Vec<PairLine>,
    /// Judging one of them.
    pub pair: Option<PairForm>,
    /// What people judged, newest first.
    pub judgements: Vec<JudgementLine>,
    /// The figures that count it.
    pub figures: Vec<StandsIn>,
    /// Deciding a value.
    pub decide: Option<DecideForm>,
    /// Judging this incident and another.
    pub judge: Option<JudgeForm>,
    /// Rejecting a claim of this page.
    pub reject: Option<RejectForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// The grade that an incident's own sources allow: proposed, for a person to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedGrade {
    /// The best grade whose precondition holds.
    pub grade: Grading,
    /// The better ones, best first, and what fails, in words.
    pub unmet: Vec<UnmetGrade>,
}

/// A grade whose precondition fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmetGrade {
    /// The grade.
    pub grade: Grading,
    /// Why it fails.
    pub why: String,
}

/// A time that documents give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeLine {
    /// As read.
    pub when: When,
    /// As said: "few days ago".
    pub said: Option<String>,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// A place and what it has to do with the incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentPlace {
    /// The place.
    pub place: PlaceLine,
    /// Its role.
    pub role: PlaceRole,
}

/// How many, by harm, class and status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CasualtyLine {
    /// What was done to them.
    pub harm: Harm,
    /// Whom the number counts.
    pub class: Class,
    /// Civilian or not; none is the total free of status.
    pub status: Option<Status>,
    /// How many.
    pub interval: Interval,
    /// The quantity as said, where one claim gave it.
    pub quantity: Option<Quantity>,
    /// How many of them are named.
    pub named: Option<u64>,
    /// The rule that gave the interval; none where a person decided it.
    pub rule: Option<RuleId>,
    /// Civilian only by the default rule.
    pub default_civilian: bool,
    /// Two colleagues decided otherwise.
    pub conflicting: bool,
    /// What in the records contradicts itself, in words.
    pub contradiction: Option<String>,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// Who is said to have done it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttributionLine {
    /// The party's name in the reader's language.
    pub actor: String,
    /// How sure.
    pub status: AttributionStatus,
    /// With whom.
    pub combination: Combination,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// What a party says of itself or of its target: a position, not evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PositionLine {
    /// The party's name in the reader's language.
    pub holder: String,
    /// What it says.
    pub position: PartyPosition,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// With what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeansLine {
    /// The means.
    pub means: Means,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// What was hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteLine {
    /// What it is.
    pub site: SiteKind,
    /// What is said of its military use.
    pub assertion: SiteAssertion,
    /// How badly damaged.
    pub damage: Damage,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// Harm other than to bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HarmLine {
    /// Which.
    pub harm: OtherHarm,
    /// How much; none where nothing is said.
    pub interval: Option<Interval>,
    /// What it rests on.
    pub claims: Vec<ClaimLink>,
}

/// A document's claims about the incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The document.
    pub document: DocumentLink,
    /// Other documents of the same origin: reposts count once.
    pub reposts: Vec<DocumentLink>,
    /// A later report of the same source replaced its numbers.
    pub superseded: bool,
    /// What it says.
    pub claims: Vec<ClaimLine>,
}
