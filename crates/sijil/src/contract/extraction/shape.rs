//! The shape of what `sijil extract` prints for a document: a field a field of the contract, in its order.
//!
//! Where the contract gives a field only sometimes, it is left out when there is nothing to say; everywhere else nothing
//! known is `null`.

use std::fmt;

use serde::{Serialize, Serializer};
use sijil_model::codebook::{
    AgeClass, AggregateKind, AttributionStatus, Class, Combination, CountUnit, Damage, Fate, Harm,
    Identification, Means, OtherHarm, PartyPosition, PlacePrecision, PlaceRole, RelationKind, Role, Sex,
    SiteAssertion, SiteKind, SourceKind, Status, TimeOfDay,
};
use sijil_model::date::{Anchor, Relative};
use sijil_model::{ActorCode, Bounds, ClaimId, Edtf, Interval, PlaceId, Polarity, RuleId, Said};

/// From the first letter to after the last, in code points of the text.
pub type Pair = [u32; 2];

/// The object of one document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    pub id: &'a str,
    pub lang: &'static str,
    pub incidents: Vec<Incident<'a>>,
    pub persons: Vec<Person<'a>>,
    pub aggregates: Vec<Aggregate<'a>>,
    pub positions: Vec<Position<'a>>,
    pub sources: Vec<Source<'a>>,
    pub quotes: Vec<Quote<'a>>,
    pub mentions: Mentions,
}

/// The name of an incident or a person inside the object: `i1`, `p1`.
#[derive(Debug, Clone, Copy)]
pub struct Short {
    pub letter: char,
    pub number: u32,
}

impl fmt::Display for Short {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.letter, self.number)
    }
}

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[derive(Debug, Serialize)]
pub struct Incident<'a> {
    pub id: Option<Short>,
    pub claim: &'a ClaimId,
    /// The code of the first means, else `unknown`.
    pub kind: &'static str,
    pub span: Option<Pair>,
    pub strike_count: Option<&'a Said>,
    pub date: Option<Date<'a>>,
    pub places: Vec<Place>,
    pub attributions: Vec<Attribution<'a>>,
    pub casualties: Vec<Casualty>,
    pub sites: Vec<Site<'a>>,
    pub harms: Vec<IncidentHarm<'a>>,
    pub means: Vec<MeansUsed>,
    pub persons: Vec<Short>,
}

#[derive(Debug, Serialize)]
pub struct Date<'a> {
    pub edtf: Option<Edtf>,
    pub bounds: Bounds,
    pub text: Option<&'a str>,
    pub span: Option<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative: Option<&'a Relative>,
    pub precision: Option<u8>,
    pub anchor: Anchor,
    pub time_of_day: Option<TimeOfDay>,
    pub basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
}

#[derive(Debug, Serialize)]
pub struct Place {
    pub text: String,
    pub span: Option<Pair>,
    pub kind: PlacePrecision,
    /// What it is said to lie in, the nearest first.
    pub within: Option<String>,
    pub role: PlaceRole,
    pub place_id: Option<PlaceId>,
    pub name: Option<String>,
    pub governorate: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: PlacePrecision,
    pub why: String,
}

#[derive(Debug, Serialize)]
pub struct Attribution<'a> {
    pub actor: &'a ActorCode,
    pub text: &'a str,
    pub span: Option<Pair>,
    pub status: AttributionStatus,
    pub combination: Combination,
}

#[derive(Debug, Serialize)]
pub struct Casualty {
    pub harm: Harm,
    pub class: Class,
    pub status: Option<Status>,
    #[serde(flatten)]
    pub interval: Interval,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Said>,
    pub basis: &'static str,
    pub rule: RuleId,
    pub default_civilian: bool,
    pub spans: Vec<Pair>,
}

#[derive(Debug, Serialize)]
pub struct Site<'a> {
    pub kind: SiteKind,
    pub span: Option<Pair>,
    pub text: &'a str,
    pub affiliation: Option<&'a str>,
    pub assertion: SiteAssertion,
    pub damage: Damage,
    #[serde(flatten)]
    pub count: Option<Count<'a>>,
}

#[derive(Debug, Serialize)]
pub struct IncidentHarm<'a> {
    pub kind: OtherHarm,
    pub unit: CountUnit,
    pub span: Option<Pair>,
    pub text: &'a str,
    #[serde(flatten)]
    pub count: Option<Count<'a>>,
}

/// A quantity as said, and as read under the rules; a share is read as nothing.
#[derive(Debug, Serialize)]
pub struct Count<'a> {
    pub quantity: &'a Said,
    #[serde(flatten)]
    pub read: Option<Read>,
}

#[derive(Debug, Serialize)]
pub struct Read {
    #[serde(flatten)]
    pub interval: Interval,
    pub rule: RuleId,
    pub approximate: bool,
}

#[derive(Debug, Serialize)]
pub struct MeansUsed {
    pub code: Means,
    pub span: Option<Pair>,
}

#[derive(Debug, Serialize)]
pub struct Person<'a> {
    pub id: Option<Short>,
    pub claim: &'a ClaimId,
    pub name: Option<&'a str>,
    pub name_as_printed: Option<&'a str>,
    pub span: Option<Pair>,
    pub text: &'a str,
    pub sex: Option<Sex>,
    pub age: Option<u16>,
    pub age_months: Option<u16>,
    pub age_class: Option<AgeClass>,
    pub fate: Option<Fate>,
    pub status: Option<Status>,
    pub role: Option<Role>,
    pub incident: Option<Short>,
    pub relations: Vec<Relation>,
}

#[derive(Debug, Serialize)]
pub struct Relation {
    pub kind: RelationKind,
    pub person: Option<Short>,
}

#[derive(Debug, Serialize)]
pub struct Aggregate<'a> {
    pub kind: AggregateKind,
    /// A harm to people, or another.
    pub harm: Option<&'static str>,
    pub class: Option<Class>,
    pub status: Option<Status>,
    pub unit: CountUnit,
    #[serde(flatten)]
    pub number: Option<AggregateNumber<'a>>,
    #[serde(flatten)]
    pub period: Option<Period>,
    pub places: Vec<&'a str>,
    /// Where it is of one kind of means alone.
    pub means: Option<Means>,
    pub actor: Option<&'a ActorCode>,
    pub actors: &'a [ActorCode],
    pub compared_with: Option<&'a ActorCode>,
    pub speaker: Option<&'a str>,
    pub span: Option<Pair>,
    pub text: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum AggregateNumber<'a> {
    /// So many of so many.
    Ratio {
        part: Option<u64>,
        of: Option<u64>,
    },
    /// From so much to so much of one.
    Share {
        value: [f64; 2],
        approximate: bool,
        quantity: &'a Said,
    },
    Count(Count<'a>),
}

#[derive(Debug, Serialize)]
pub struct Period {
    #[serde(rename = "period")]
    pub edtf: Option<Edtf>,
    #[serde(rename = "period_bounds")]
    pub bounds: Bounds,
    #[serde(rename = "period_basis")]
    pub basis: &'static str,
    #[serde(rename = "period_year", skip_serializing_if = "Option::is_none")]
    pub year: Option<YearSaid>,
}

/// The year that the text gives elsewhere to a period without one.
#[derive(Debug, Serialize)]
pub struct YearSaid {
    pub year: i16,
    pub span: Pair,
}

#[derive(Debug, Serialize)]
pub struct Position<'a> {
    pub holder: &'a ActorCode,
    pub holder_text: Option<&'a str>,
    pub what: PartyPosition,
    pub text: &'a str,
    pub span: Option<Pair>,
    pub polarity: Polarity,
    pub speaker: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct Source<'a> {
    pub name: Option<&'a str>,
    pub kind: SourceKind,
    pub organisation: Option<&'a str>,
    pub identification: Identification,
    pub span: Option<Pair>,
    pub text: &'a str,
    pub release_level: Option<u8>,
}

#[derive(Debug, Serialize)]
pub struct Quote<'a> {
    pub speaker: Option<&'a str>,
    pub span: Option<Pair>,
}

#[derive(Debug, Serialize)]
pub struct Mentions {
    pub persons: Vec<Pair>,
    pub places: Vec<Pair>,
    pub organisations: Vec<Pair>,
    pub dates: Vec<Pair>,
    pub weapons: Vec<Pair>,
}
