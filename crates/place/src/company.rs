//! The other places of a report: what lies near them, or in their country where the report's is not known, is likelier.

use sijil_model::codebook::PlacePrecision;

use crate::Gazetteer;
use crate::container::is_area;
use crate::distance::metres;
use crate::gazetteer::At;
use crate::hits::same_name;
use crate::resolve::PlaceContext;

/// A candidate within this distance of one of them has company.
const NEAR_M: f64 = 50_000.0;
/// Most that are looked up.
const MOST: usize = 8;
/// Among the namesakes of the world one with so many inhabitants is what people mean.
pub(crate) const WELL_KNOWN: u32 = 100_000;

/// What the other places of a report say about one of them.
#[derive(Default)]
pub(crate) struct Company {
    /// Points of settlements whose name is not shared.
    points: Vec<(f64, f64)>,
    /// A country for each place that tells one; only where the report's is not known.
    countries: Vec<[u8; 2]>,
}

impl Company {
    pub fn of(gazetteer: &Gazetteer, context: &PlaceContext<'_>) -> Self {
        let mut company = Self::default();
        for phrase in context.co_mentioned.iter().take(MOST) {
            let found: Vec<At> =
                same_name(gazetteer, &phrase.name, context.country).into_iter().map(|hit| hit.at).collect();
            let settlements: Vec<At> =
                found.iter().copied().filter(|at| !is_area(gazetteer.kind(*at))).collect();
            if let [only] = settlements.as_slice() {
                company.points.push(gazetteer.point(*only));
            }
            if context.country.is_none() {
                company.countries.extend(country_of(gazetteer, &found));
            }
        }
        company
    }

    /// Whether one of them lies near.
    pub fn is_near(&self, point: (f64, f64)) -> bool {
        self.points.iter().any(|other| metres(point, *other) <= NEAR_M)
    }

    /// The share of those that tell a country which tell this one.
    pub fn share_in(&self, country: Option<[u8; 2]>) -> f32 {
        let here = self.countries.iter().filter(|other| Some(**other) == country).count();
        here as f32 / self.countries.len().max(1) as f32
    }
}

/// The country that bears the name, or that of the best known place that does.
fn country_of(gazetteer: &Gazetteer, found: &[At]) -> Option<[u8; 2]> {
    let itself = found.iter().find(|at| gazetteer.kind(**at) == PlacePrecision::Country);
    let well_known = || {
        let most = found.iter().max_by_key(|at| gazetteer.record(**at).population)?;
        Some(most).filter(|at| gazetteer.record(**at).population >= WELL_KNOWN)
    };
    itself.or_else(well_known).and_then(|at| gazetteer.country(*at))
}
