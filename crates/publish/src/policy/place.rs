//! Places as the world may see them: never finer than the precision allows, homes at neighbourhood, places that could
//! be struck again at town.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use sijil_model::PlaceId;
use sijil_model::codebook::{Coded, PlacePrecision, SiteKind};
use sijil_page::view::Withheld;

use super::{Matter, Policy, Public};

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceName {
    /// Its id.
    pub id: PlaceId,
    /// English name.
    pub en: Option<String>,
    /// Arabic name.
    pub ar: Option<String>,
    /// What it is.
    pub kind: PlacePrecision,
    /// Degrees north and east, WGS 84.
    pub point: Option<(f64, f64)>,
}

/// A place as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicPlace {
    /// English name.
    pub name_en: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// How fine it is shown.
    pub precision: PlacePrecision,
    /// Degrees north, rounded to what the precision allows.
    pub lat: Option<f64>,
    /// Degrees east, rounded in the same way.
    pub lon: Option<f64>,
    /// The places around it that are shown with it, innermost first, English and Arabic.
    pub within: Vec<(Option<String>, Option<String>)>,
    /// Why it is not shown finer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coarsened: Option<Withheld>,
}

impl Policy {
    /// A place with what is around it, innermost first, for an incident on such sites; none where nothing of the chain
    /// may be shown or it is not placed.
    pub fn place(&self, chain: &[PlaceName], sites: &[SiteKind]) -> Option<Public<PublicPlace>> {
        let finest = self.finest_shown(sites);
        let at = chain.iter().position(|place| place.kind >= finest)?;
        let (here, around) = (&chain[at], &chain[at + 1..]);
        let (lat, lon) = match (decimals(here.kind), here.point) {
            (Some(decimals), Some((lat, lon))) => {
                (Some(rounded(lat, decimals)), Some(rounded(lon, decimals)))
            }
            _ => (None, None),
        };
        Some(Public::new(PublicPlace {
            name_en: here.en.clone(),
            name_ar: here.ar.clone(),
            precision: here.kind,
            lat,
            lon,
            within: around.iter().map(|place| (place.en.clone(), place.ar.clone())).collect(),
            coarsened: (at > 0).then_some(Withheld::Place),
        }))
    }

    /// The finest place that may be shown of an incident on such sites.
    fn finest_shown(&self, sites: &[SiteKind]) -> PlacePrecision {
        let could_be_struck_again = |site: &SiteKind| {
            matches!(
                site,
                SiteKind::Hospital
                    | SiteKind::Clinic
                    | SiteKind::Ambulance
                    | SiteKind::IdpOrRefugeeCamp
                    | SiteKind::HumanitarianFacility
            )
        };
        if self.allows(Matter::PlaceStruckAgain).is_err() && sites.iter().any(could_be_struck_again) {
            // Order of the codebook: a village of a camp is as fine as a neighbourhood.
            return PlacePrecision::Town;
        }
        PlacePrecision::Neighbourhood
    }
}

/// How many decimals of a degree each precision allows.
static DECIMALS: LazyLock<BTreeMap<PlacePrecision, i32>> = LazyLock::new(|| {
    let mut table = csv::Reader::from_reader(include_str!("../../data/coordinates.csv").as_bytes());
    // A test reads every row: one that is not read leaves its precision without coordinates, never with finer ones.
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.ok()?;
        Some((PlacePrecision::from_code(row.get(0)?).ok()?, row.get(1)?.parse().ok()?))
    };
    table.records().filter_map(row).collect()
});

/// How many decimals of a degree a precision allows; none for points.
fn decimals(precision: PlacePrecision) -> Option<i32> {
    DECIMALS.get(&precision).copied()
}

fn rounded(degrees: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    (degrees * unit).round() / unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OpaqueIds;
    use crate::policy::Protected;
    use sijil_page::Words;

    fn named(en: &str, kind: PlacePrecision) -> PlaceName {
        let id = PlaceId::new(format!("xm:{}", en.to_lowercase())).unwrap();
        PlaceName { id, en: Some(en.into()), ar: None, kind, point: Some((12.345678, 45.678912)) }
    }

    #[test]
    fn every_row_of_the_table_of_coordinates_is_read() {
        let rows = include_str!("../../data/coordinates.csv").lines().skip(1).filter(|line| !line.is_empty());
        assert_eq!(DECIMALS.len(), rows.count());
    }

    #[test]
    fn places_are_as_coarse_as_protection_asks() {
        let policy =
            Policy::new(OpaqueIds::new([7; 32]), Protected::default(), Words::built_in().unwrap()).unwrap();
        let chain = [
            named("House", PlacePrecision::Exact),
            named("Quarter", PlacePrecision::Neighbourhood),
            named("City", PlacePrecision::City),
            named("Governorate", PlacePrecision::Governorate),
        ];
        let home = policy.place(&chain, &[SiteKind::ResidentialHome]).unwrap().into_inner();
        assert_eq!(
            (home.name_en.as_deref(), home.lat, home.coarsened),
            (Some("Quarter"), Some(12.35), Some(Withheld::Place))
        );
        let clinic = policy.place(&chain, &[SiteKind::Clinic]).unwrap().into_inner();
        assert_eq!((clinic.name_en.as_deref(), clinic.lon), (Some("City"), Some(45.68)));
        assert!(policy.place(&chain[..1], &[]).is_none());
        let wide = policy.place(&chain[3..], &[]).unwrap().into_inner();
        assert_eq!(wide.lat, Some(12.0));
    }
}
