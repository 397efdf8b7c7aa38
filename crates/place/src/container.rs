//! The places that a phrase or its report puts a place in, and how well a candidate lies in them.

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::Gazetteer;
use crate::distance::metres;
use crate::gazetteer::{At, default_radius_m};
use crate::hits::{Hit, hits};
use crate::phrase::parse_place;

/// At most so many places that a container may be are weighed.
const MOST_OPTIONS: usize = 8;
/// Spellings less alike than this are no ground to say that something lies outside.
const SURE: f32 = 0.8;
/// A place outside every reading of its container keeps this share of its score.
const OUTSIDE: f32 = 0.2;

/// A place that something is said to be in.
pub(crate) struct Container {
    /// As said.
    pub said: String,
    /// What its head word says it is.
    pub kind: PlacePrecision,
    /// What it may be, best first; empty where the gazetteer does not have it.
    pub options: Vec<Hit>,
}

/// How well a candidate lies in a container.
pub(crate) struct Fit {
    /// 1 inside, less the farther away.
    pub share: f32,
    /// In words.
    pub why: String,
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
    let mut said: Vec<&str> = Vec::new();
    let stated = phrases.iter().flat_map(|phrase| phrase.within.iter().map(String::as_str));
    for text in stated.chain(within.iter().copied()) {
        if !text.trim().is_empty() && !said.contains(&text) {
            said.push(text);
        }
    }
    let mut containers = Vec::new();
    for text in said {
        let nest = parse_place(text);
        let inner = nest.within.clone();
        containers.push(container(gazetteer, &nest, country));
        containers.extend(inner.iter().map(|text| container(gazetteer, &parse_place(text), country)));
    }
    containers
}

fn container(gazetteer: &Gazetteer, phrase: &PlacePhrase, country: Option<&str>) -> Container {
    // The whole words first: "ريف دمشق" is a governorate's name and not only a countryside.
    let mut options = Vec::new();
    if phrase.text != phrase.name {
        options = hits(gazetteer, &phrase.text, country);
        options.retain(|hit| hit.likeness >= 1.0 && is_area(gazetteer.kind(hit.at)));
    }
    if options.is_empty() {
        options = hits(gazetteer, &phrase.name, country);
    }
    let says_area = is_area(phrase.kind) && phrase.kind != PlacePrecision::NotPlaced;
    if says_area && options.iter().any(|hit| is_area(gazetteer.kind(hit.at))) {
        options.retain(|hit| is_area(gazetteer.kind(hit.at)));
    }
    let best = options.iter().map(|hit| hit.likeness).fold(0.0, f32::max);
    options.retain(|hit| hit.likeness >= (best - 0.1).max(SURE));
    options.sort_by(|a, b| {
        let size = |hit: &Hit| (is_area(gazetteer.kind(hit.at)), gazetteer.record(hit.at).population);
        b.likeness.total_cmp(&a.likeness).then_with(|| size(b).cmp(&size(a))).then_with(|| a.at.cmp(&b.at))
    });
    options.truncate(MOST_OPTIONS);
    Container { said: phrase.text.clone(), kind: phrase.kind, options }
}

impl Container {
    /// How well a candidate lies in the container; `None` where the gazetteer does not have the container.
    pub fn fit(&self, gazetteer: &Gazetteer, at: At) -> Option<Fit> {
        let around = gazetteer.around(at);
        let fits = self.options.iter().map(|option| self.fit_in(gazetteer, at, &around, option.at));
        fits.reduce(|best, other| if other.share > best.share { other } else { best })
    }

    fn fit_in(&self, gazetteer: &Gazetteer, at: At, around: &[At], option: At) -> Fit {
        if is_area(gazetteer.kind(option)) {
            return if around.contains(&option) {
                Fit { share: 1.0, why: format!("in {}", self.said) }
            } else {
                Fit { share: OUTSIDE, why: format!("outside {}", self.said) }
            };
        }
        let distance = metres(gazetteer.point(at), gazetteer.point(option));
        let same_governorate =
            gazetteer.governorate(option).is_some_and(|governorate| around.contains(&governorate));
        let share = match distance {
            ..15_000.0 => 1.0,
            ..40_000.0 => 0.95,
            ..80_000.0 if same_governorate => 0.75,
            _ if same_governorate => 0.5,
            _ => OUTSIDE,
        };
        let kilometres = (distance / 1000.0).round();
        let why = if at == option {
            format!("{} itself", self.said)
        } else {
            format!("{kilometres} km from {}", self.said)
        };
        Fit { share, why }
    }
}
