//! A claim about many incidents at once; it is never added to them.

use serde::{Deserialize, Serialize};

use crate::codebook::{AggregateKind, Class, CountUnit, Harm, Means, OtherHarm, Status};
use crate::{ActorCode, PlacePhrase, Quoted, Said, TimeExpression};

/// A claim about many incidents at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Total, ratio, share, comparison, other harm, or a bare allegation ("several massacres").
    pub aggregate: AggregateKind,
    /// Harm to people, where that is what it counts.
    pub harm: Option<Harm>,
    /// Other harm, where that is what it counts.
    pub other_harm: Option<OtherHarm>,
    /// Whom it counts.
    pub class: Option<Class>,
    /// Civilian or not, where said.
    pub status: Option<Status>,
    /// What is counted.
    pub unit: CountUnit,
    /// The number; of a ratio the part.
    pub count: Option<Said>,
    /// Of a ratio the whole.
    pub of: Option<Said>,
    /// With which means, where it is of one alone: "mines killed 40 people since January".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Means>,
    /// Over which time, as said.
    pub period: Option<TimeExpression>,
    /// The year that the text gives elsewhere to a period without one, with its words.
    pub period_year: Option<YearFromElsewhere>,
    /// Over which places.
    pub places: Vec<PlacePhrase>,
    /// By whom; several are joint.
    pub actors: Vec<ActorCode>,
    /// Of a comparison the other side.
    pub compared_with: Option<ActorCode>,
}

/// A year that is said elsewhere in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearFromElsewhere {
    /// The year.
    pub year: i16,
    /// Where it is said.
    pub said: Quoted,
}
