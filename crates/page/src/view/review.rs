//! Pairs of claims that may be of one person or of one strike: the queue in which a person judges them.

use serde::Serialize;

use super::{ClaimLine, IncidentTitle, Link, Notice, Paging, PersonLine};

/// The queue, those first whose answer moves most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewPage {
    /// The pairs of this part.
    pub pairs: Vec<PairLine>,
    /// Which part.
    pub paging: Paging,
    /// Judging one of them; none where nothing can be written.
    pub form: Option<PairForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// What a pair is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairOf {
    /// People of whom the draws of the linking do not agree.
    People,
    /// Incidents that may be one strike.
    Incidents,
    /// People of nearly the same name whom no rule of blocking proposed.
    LookAlikes,
}

/// Two claims that may be of one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairLine {
    /// What they are of.
    pub of: PairOf,
    /// In how many thousandths of the draws they are one person; where nothing was drawn, the chance that they are one.
    pub share: u32,
    /// What of the two agrees, where nothing was drawn.
    pub why: Option<String>,
    /// Whether they are of one record now.
    pub one_record: bool,
    /// The two.
    pub sides: [PairSide; 2],
    /// The figures that the answer may move.
    pub figures: Vec<Link>,
}

/// One side of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairSide {
    /// What the claim says itself, with its quote.
    pub claim: ClaimLine,
    /// Of an incident what the same report says of how many were harmed.
    pub besides: Vec<ClaimLine>,
    /// Whose it is now; none of an incident.
    pub person: Option<PersonLine>,
    /// Where they were harmed, or the incident itself.
    pub incident: Option<IncidentTitle>,
}

/// Judge a pair with one click: sends `a`, `b`, `verdict`, `why`, `back`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairForm {
    /// Where it is sent.
    pub action: String,
    /// The page to return to.
    pub back: String,
}
