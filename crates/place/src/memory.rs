//! What reviewers confirmed before: a place string, within what, and the place it means.

use std::collections::BTreeMap;

use serde::Deserialize;
use sijil_model::codebook::PlacePrecision;
use sijil_model::{PlaceId, PlacePhrase};

use crate::answer::Candidate;
use crate::gazetteer::Gazetteer;
use crate::keys::folded;
use crate::phrase::parse_place;
use crate::{PlaceError, RowError};

/// Score of a place that a reviewer confirmed for the same words.
const CONFIRMED: f64 = 0.99;

/// A confirmed place string, one row of `--memory`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Confirmed {
    /// The words, what they say of containers included.
    pub text: String,
    /// What the report puts them in; empty where nothing was said.
    #[serde(default)]
    pub within: String,
    /// The place, where it is one of a gazetteer.
    #[serde(default)]
    pub place_id: Option<PlaceId>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// Confirmed place strings, by folded words and the innermost place that they lie in.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    confirmed: BTreeMap<(String, String), Confirmed>,
}

impl Memory {
    /// Takes rows in the order in which they were confirmed; of several for the same words the last counts.
    pub fn from_rows(rows: impl IntoIterator<Item = Confirmed>) -> Self {
        let keyed = |row: Confirmed| {
            let phrase = parse_place(&row.text);
            let around = phrase.within.first().unwrap_or(&row.within);
            ((folded(&phrase.text), folded(around)), row)
        };
        Self { confirmed: rows.into_iter().map(keyed).collect() }
    }

    /// Reads the table `text,within,place_id,lat,lon`; rows that cannot be read are left out and reported.
    pub fn from_table(table: &str) -> Result<(Self, Vec<RowError>), PlaceError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().map_err(|cause| PlaceError::BadTable { cause: cause.to_string() })?;
        for column in ["text", "lat", "lon"] {
            if !headers.iter().any(|header| header == column) {
                return Err(PlaceError::MissingColumn { column, expected: "text,within,place_id,lat,lon" });
            }
        }
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for (at, row) in reader.deserialize::<Confirmed>().enumerate() {
            match row {
                Ok(row) => rows.push(row),
                Err(cause) => errors.push(RowError { row: at + 1, cause: cause.to_string() }),
            }
        }
        Ok((Self::from_rows(rows), errors))
    }

    /// How many strings are confirmed.
    pub fn len(&self) -> usize {
        self.confirmed.len()
    }

    /// Whether nothing is confirmed yet.
    pub fn is_empty(&self) -> bool {
        self.confirmed.is_empty()
    }

    /// The place confirmed for these words in the same container.
    pub(crate) fn recall(
        &self,
        gazetteer: &Gazetteer,
        phrases: &[PlacePhrase],
        within: &[&str],
    ) -> Option<Candidate> {
        let mut asked = asked(phrases, within);
        let row =
            asked.find_map(|(phrase, around)| self.confirmed.get(&(folded(&phrase.text), folded(around))))?;
        Some(candidate(gazetteer, row, phrases))
    }
}

/// Each phrase with each place that it is asked for in: the innermost that it says itself, else those of its report.
fn asked<'a>(
    phrases: &'a [PlacePhrase],
    within: &'a [&str],
) -> impl Iterator<Item = (&'a PlacePhrase, &'a str)> {
    phrases.iter().flat_map(move |phrase| {
        let around: Vec<&str> = match (phrase.within.first(), within) {
            (Some(innermost), _) => vec![innermost],
            (None, []) => vec![""],
            (None, reported) => reported.to_vec(),
        };
        around.into_iter().map(move |around| (phrase, around))
    })
}

fn candidate(gazetteer: &Gazetteer, row: &Confirmed, phrases: &[PlacePhrase]) -> Candidate {
    let place = row.place_id.as_ref().and_then(|id| gazetteer.place(id));
    let governorate = place.as_ref().and_then(|place| place.governorate.clone());
    let said = phrases.iter().map(|phrase| phrase.kind).min().unwrap_or(PlacePrecision::NotPlaced);
    let kind = place.as_ref().map_or(said, |place| place.kind);
    let precision = if kind == PlacePrecision::NotPlaced { PlacePrecision::NearPlace } else { kind };
    Candidate {
        place_id: row.place_id.clone(),
        name: place.as_ref().and_then(|place| place.name_en.clone()).unwrap_or_else(|| row.text.clone()),
        name_en: place.as_ref().and_then(|place| place.name_en.clone()),
        name_ar: place.as_ref().and_then(|place| place.name_ar.clone()),
        lat: Some(row.lat),
        lon: Some(row.lon),
        kind,
        precision,
        radius_m: crate::gazetteer::default_radius_m(precision),
        pcode: place.as_ref().and_then(|place| place.pcode.clone()),
        governorate_name: governorate
            .as_ref()
            .and_then(|id| gazetteer.place(id))
            .and_then(|place| place.name_en),
        governorate,
        country: place.and_then(|place| place.country),
        score: CONFIRMED,
        why: "a reviewer confirmed this place for the same words".to_owned(),
    }
}
