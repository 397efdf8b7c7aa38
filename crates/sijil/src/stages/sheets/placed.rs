//! Where a spreadsheet puts its incidents: its own governorate goes before a place of that name elsewhere, and its own
//! coordinates before the gazetteer's.

use std::collections::BTreeMap;

use sijil_extract::sheet::Located;
use sijil_model::PlacePhrase;
use sijil_model::codebook::{PlacePrecision, PlaceRole};
use sijil_place::gazetteer::default_radius_m;
use sijil_place::{Answer, PlaceContext, parse_place, resolve_spellings};
use sijil_register::results::Found;

use super::super::{Stages, placing};

/// Spellings that were looked up already: sheets repeat them by the hundred.
pub(super) struct Places<'a> {
    stages: &'a Stages,
    seen: BTreeMap<[Vec<String>; 3], Found>,
}

impl<'a> Places<'a> {
    pub(super) fn new(stages: &'a Stages) -> Self {
        Self { stages, seen: BTreeMap::new() }
    }

    /// The place of an incident, with what lies around it.
    pub(super) fn found(&mut self, located: &Located) -> Found {
        let key = [located.spellings.clone(), located.district.clone(), located.governorate.clone()];
        let stages = self.stages;
        let mut found = self.seen.entry(key).or_insert_with(|| named(stages, located)).clone();
        if let Some((lat, lon)) = located.point {
            let precision = located.precision.unwrap_or(found.place.precision);
            found.place.lat = Some(lat);
            found.place.lon = Some(lon);
            found.place.precision = precision;
            found.place.radius_m = default_radius_m(precision);
            found.place.why = sijil_place::why_of_coordinates(&found.place.why);
        }
        found
    }
}

/// The place that the sheet's names mean.
fn named(stages: &Stages, located: &Located) -> Found {
    let area = |spellings: &[String], kind| {
        let phrases: Vec<PlacePhrase> = spellings.iter().map(|text| area_phrase(text, kind)).collect();
        let found = answer(stages, &phrases, &[]);
        found.best().is_some_and(|best| best.precision == kind).then_some(found)
    };
    let governorate = area(&located.governorate, PlacePrecision::Governorate);
    let within: Vec<&str> = located.district.iter().chain(&located.governorate).map(String::as_str).collect();
    let phrases: Vec<PlacePhrase> = located.spellings.iter().map(|text| parse_place(text)).collect();
    let place = answer(stages, &phrases, &within);
    let Some(governorate) = governorate else { return placing::found(stages, place.place()) };
    let said = governorate.best().and_then(|best| best.place_id.clone());
    let inside =
        |answer: &Answer| answer.best().is_some_and(|best| best.governorate == said || best.place_id == said);
    let district = area(&located.district, PlacePrecision::District).filter(inside);
    if inside(&place) {
        return placing::found(stages, place.place());
    }
    placing::found(stages, district.unwrap_or(governorate).place())
}

fn area_phrase(text: &str, kind: PlacePrecision) -> PlacePhrase {
    PlacePhrase { kind, role: PlaceRole::Primary, ..parse_place(text) }
}

fn answer(stages: &Stages, phrases: &[PlacePhrase], within: &[&str]) -> Answer {
    if phrases.is_empty() {
        return Answer {
            answers: Vec::new(),
            answered: false,
            reasons: vec!["the spreadsheet names no place".into()],
        };
    }
    let context = PlaceContext { country: stages.country.as_deref(), within, ..PlaceContext::default() };
    resolve_spellings(&stages.gazetteer, phrases, &context)
}
