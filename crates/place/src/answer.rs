//! What resolving a phrase gives: up to five candidates with reasons, or reasons why there is none.

use serde::Serialize;
use sijil_model::codebook::PlacePrecision;
use sijil_model::{PlaceId, Where};

use crate::crosswalk::OtherCodes;

/// An answer as `sijil place --jsonl` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Best first, at most five.
    pub answers: Vec<Candidate>,
    /// Whether the first is good enough to be used.
    pub answered: bool,
    /// Why there is no good answer; empty where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// A place that may be meant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The gazetteer's place.
    pub place_id: Option<PlaceId>,
    /// Its name, in English where there is one.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// Degrees north, rounded to what the precision carries; none for a governorate or a country, which is no point.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// What the gazetteer's place is.
    pub kind: PlacePrecision,
    /// How finely it answers the phrase; a neighbourhood that is not in the gazetteer has its city's.
    pub precision: PlacePrecision,
    /// The precision in the codes of others.
    pub codes: OtherCodes,
    /// Metres around the point within which the place that is meant lies.
    pub radius_m: Option<u32>,
    /// P-code, where known.
    pub pcode: Option<String>,
    /// The governorate (first-order area) around it.
    pub governorate: Option<PlaceId>,
    /// The governorate's name in English.
    pub governorate_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// How sure, 0 to 1; comparable between phrases.
    pub score: f64,
    /// Why this place, in words.
    pub why: String,
}

/// Degrees with no more digits than the radius carries; three digits are a hundred metres.
pub(crate) fn rounded(degrees: f64, radius_m: u32) -> f64 {
    let scale = match radius_m {
        0..100 => 100_000.0,
        100..1_000 => 10_000.0,
        _ => 1_000.0,
    };
    (degrees * scale).round() / scale
}

impl Answer {
    /// The best candidate, where it is good enough.
    pub fn best(&self) -> Option<&Candidate> {
        self.answers.first().filter(|_| self.answered)
    }

    /// The best candidate as a [`Where`], or "not placed" with the reasons.
    pub fn place(&self) -> Where {
        match self.best() {
            Some(best) => Where {
                place: best.place_id.clone(),
                name_en: best.name_en.clone(),
                name_ar: best.name_ar.clone(),
                governorate: best.governorate.clone(),
                governorate_name: best.governorate_name.clone(),
                country: best.country.clone(),
                lat: best.lat,
                lon: best.lon,
                precision: best.precision,
                radius_m: best.radius_m,
                why: best.why.clone(),
            },
            None => Where {
                place: None,
                name_en: None,
                name_ar: None,
                governorate: None,
                governorate_name: None,
                country: None,
                lat: None,
                lon: None,
                precision: PlacePrecision::NotPlaced,
                radius_m: None,
                why: self.reasons.join("; "),
            },
        }
    }
}
