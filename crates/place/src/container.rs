//! The places that a phrase or its report puts a place in, and how far outside of them a candidate lies.

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::Gazetteer;
use crate::distance::metres;
use crate::gazetteer::{At, Place, default_radius_m};
use crate::hits::{Hit, hits, same_name};
use crate::memory::is_confirmed;
use crate::phrase::parse_place;
use crate::shape::{Corner, UNITS};

/// At most so many places that a container may be are weighed.
const MOST_OPTIONS: usize = 6;
/// Spellings less alike than this are no ground to say that something lies outside.
const SURE: f32 = 0.75;

/// A place that something is said to be in.
pub(crate) struct Container {
    /// As said.
    pub said: String,
    /// What its head word says it is.
    pub kind: PlacePrecision,
    /// Whether the report says it and not the phrase.
    pub is_of_report: bool,
    /// What it may be, best first; empty where the gazetteer does not have it.
    pub options: Vec<Choice>,
}

/// A place that a container may be.
pub(crate) struct Choice {
    pub at: At,
    pub likeness: f32,
}

/// How far outside a container something lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outside {
    /// Kilometres to the settlement, or to the edge of the area; 0 inside an area.
    pub kilometres: f32,
    /// Whether it is counted to an area.
    pub from_area: bool,
    /// The container itself.
    pub is_itself: bool,
}

/// Whether a place is an area and not a settlement or finer.
pub(crate) fn is_area(kind: PlacePrecision) -> bool {
    default_radius_m(kind).is_none()
}

/// The containers of phrases that name one place, innermost first, each once.
pub(crate) fn containers(
    gazetteer: &Gazetteer,
    phrases: &[PlacePhrase],
    within: &[&str],
    country: Option<&str>,
) -> Vec<Container> {
    let mut said: Vec<(&str, bool)> = Vec::new();
    let stated = phrases.iter().flat_map(|phrase| phrase.within.iter().map(String::as_str));
    let stated = stated.map(|text| (text, false)).chain(within.iter().map(|text| (*text, true)));
    for (text, is_of_report) in stated {
        if !text.trim().is_empty() && !said.iter().any(|(known, _)| *known == text) {
            said.push((text, is_of_report));
        }
    }
    let mut containers = Vec::new();
    for (text, is_of_report) in said {
        let nest = parse_place(text);
        containers.push(container(gazetteer, &nest, country, is_of_report));
        let inner = nest.within.iter().map(|text| parse_place(text));
        containers.extend(inner.map(|nest| container(gazetteer, &nest, country, is_of_report)));
    }
    containers
}

/// The area that a name means most likely, for what lies in it.
pub(crate) fn area_named(gazetteer: &Gazetteer, said: &str, country: Option<&str>) -> Option<Place> {
    let options = container(gazetteer, &parse_place(said), country, true).options;
    options
        .into_iter()
        .find(|choice| is_area(gazetteer.kind(choice.at)))
        .map(|choice| gazetteer.read(choice.at))
}

fn container(
    gazetteer: &Gazetteer,
    phrase: &PlacePhrase,
    country: Option<&str>,
    is_of_report: bool,
) -> Container {
    // The whole words first: "ريف دمشق" is a governorate's name and not only a countryside.
    let mut options = Vec::new();
    if phrase.text != phrase.name {
        options = same_name(gazetteer, &phrase.text, country);
        options.retain(|hit| is_area(gazetteer.kind(hit.at)));
    }
    let is_settlement = |hit: &Hit| !is_area(gazetteer.kind(hit.at));
    if options.is_empty() {
        options = same_name(gazetteer, &phrase.name, country);
        // The governorate may be written so and its city a little otherwise.
        if options.is_empty() || !(is_of_report || options.iter().any(is_settlement)) {
            let known: Vec<_> = options.iter().map(|hit| hit.at).collect();
            options.extend(
                hits(gazetteer, &phrase.name, country).into_iter().filter(|hit| !known.contains(&hit.at)),
            );
        }
    }
    if phrase.kind <= PlacePrecision::Neighbourhood {
        // "Nahr neighbourhood" is no governorate of that name.
        options.retain(is_settlement);
    }
    let says_settlement = (PlacePrecision::Village..=PlacePrecision::City).contains(&phrase.kind);
    if says_settlement && options.iter().any(|hit| is_settlement(hit) && hit.likeness >= SURE) {
        options.retain(is_settlement);
    }
    let says_area = is_area(phrase.kind) && phrase.kind != PlacePrecision::NotPlaced;
    if (says_area || is_of_report) && options.iter().any(|hit| is_area(gazetteer.kind(hit.at))) {
        options.retain(|hit| is_area(gazetteer.kind(hit.at)));
    }
    if is_of_report {
        // A report names the governorate; the district of the same name would claim too much.
        let coarsest = options.iter().map(|hit| gazetteer.kind(hit.at)).max();
        options.retain(|hit| Some(gazetteer.kind(hit.at)) == coarsest);
    }
    // What reviewers confirmed is a point for some words, no place to say that something lies in.
    options.retain(|hit| !is_confirmed(gazetteer.texts(hit.at).id()));
    let best = options.iter().map(|hit| hit.likeness).fold(0.0, f32::max);
    options.retain(|hit| hit.likeness >= (best - 0.15).max(SURE));
    options.sort_by(|a, b| {
        let size = |hit: &Hit| (gazetteer.kind(hit.at), gazetteer.record(hit.at).population);
        let size = |hit: &Hit| (is_area(size(hit).0), size(hit).1);
        b.likeness.total_cmp(&a.likeness).then_with(|| size(b).cmp(&size(a))).then_with(|| a.at.cmp(&b.at))
    });
    options.truncate(MOST_OPTIONS);
    let choice = |hit: Hit| Choice { at: hit.at, likeness: hit.likeness };
    Container {
        said: phrase.text.clone(),
        kind: phrase.kind,
        is_of_report,
        options: options.into_iter().map(choice).collect(),
    }
}

impl Container {
    /// How far outside it a place lies, by the reading that is nearest; `None` where the gazetteer does not have it.
    pub fn outside(&self, gazetteer: &Gazetteer, at: At, around: &[At]) -> Option<Outside> {
        let readings = self.options.iter().map(|choice| choice.outside(gazetteer, at, around));
        readings.min_by(|a, b| a.kilometres.total_cmp(&b.kilometres))
    }
}

impl Choice {
    fn outside(&self, gazetteer: &Gazetteer, at: At, around: &[At]) -> Outside {
        let is_itself = at == self.at;
        let point = gazetteer.point(at);
        if !is_area(gazetteer.kind(self.at)) {
            let kilometres = (metres(point, gazetteer.point(self.at)) / 1000.0) as f32;
            return Outside { kilometres, from_area: false, is_itself };
        }
        if around.contains(&self.at) {
            return Outside { kilometres: 0.0, from_area: true, is_itself };
        }
        let distance = match gazetteer.thinned_outline(self.at) {
            Some(corners) => to_outline(corners, point),
            None => metres(point, gazetteer.point(self.at)) - f64::from(gazetteer.texts(self.at).radius_m()),
        };
        Outside { kilometres: (distance / 1000.0).max(1.0) as f32, from_area: true, is_itself: false }
    }
}

/// Metres to the nearest corner of a thinned outline: near enough for "how far outside".
fn to_outline(corners: &[Corner], point: (f64, f64)) -> f64 {
    let shrink = point.0.to_radians().cos();
    let apart = |(x, y): (i32, i32)| {
        let (north, east) = (f64::from(y) / UNITS - point.0, (f64::from(x) / UNITS - point.1) * shrink);
        north * north + east * east
    };
    let nearest = corners.iter().map(|corner| apart(*corner)).fold(f64::MAX, f64::min);
    nearest.sqrt() * 111_200.0
}
