//! A rate: a figure per so many people, and what sources say of how many those were.

use serde::Serialize;
use sijil_model::codebook::Class;
use sijil_model::date::Edtf;
use sijil_model::{Interval, Sum};

use super::{Act, Link, Shown};

/// A figure per 100,000 people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateLine {
    /// Of whom.
    pub of: Class,
    /// Of what is certainly inside.
    pub inside: RateEnds,
    /// Of what is possibly inside, apart.
    pub possibly: RateEnds,
    /// What is divided.
    pub divided: Sum,
    /// By how many people.
    pub people: Interval,
    /// What that rests on.
    pub populations: Vec<PopulationLine>,
}

/// Why there is no rate: of a place nobody noted how many people there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoRateLine {
    /// Whose number is missing.
    pub of: Class,
    /// Where.
    pub place: String,
    /// In which time.
    pub period: Edtf,
    /// How it is noted.
    pub command: String,
}

/// The ends of a rate as they are printed; none is an end that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RateEnds {
    /// The lower one.
    pub low: Option<String>,
    /// The upper one.
    pub high: Option<String>,
}

/// How many people there were, by a source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PopulationLine {
    /// How many.
    pub people: Interval,
    /// Where.
    pub place: String,
    /// The time for which the source gives it.
    pub period: Edtf,
    /// Who says so.
    pub source: Link,
    /// Where in the source, in the recorder's words.
    pub cited: Option<Shown<String>>,
    /// Who noted it and when.
    pub act: Act,
}
