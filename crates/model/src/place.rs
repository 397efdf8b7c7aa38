//! Places: as said in a text ([`PlacePhrase`]), and as found in a gazetteer ([`Where`]).

use serde::{Deserialize, Serialize};

use crate::PlaceId;
use crate::codebook::{PlacePrecision, PlaceRole};

/// A place as said: its words, its kind, and the places that the text puts it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacePhrase {
    /// The words without prefixes, head included: "Al-Ardi neighborhood".
    pub text: String,
    /// The bare name without head words: "Al-Ardi".
    pub name: String,
    /// What the head word says it is.
    pub kind: PlacePrecision,
    /// What the text nests it in, innermost first, as said: "Deir Ezzor city".
    pub within: Vec<String>,
    /// What it has to do with the incident.
    pub role: PlaceRole,
}

/// A place as found, with an honest precision; not found is [`PlacePrecision::NotPlaced`] without coordinates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// The gazetteer's place.
    pub place: Option<PlaceId>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// The governorate (first-order area) around it.
    pub governorate: Option<PlaceId>,
    /// The governorate's name in English.
    pub governorate_name: Option<String>,
    /// The country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// How fine the place is; coordinates say no more than this.
    pub precision: PlacePrecision,
    /// Radius of the precision in metres.
    pub radius_m: Option<u32>,
    /// Why this place: a rule or a decision, in words.
    pub why: String,
}
