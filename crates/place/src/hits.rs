//! From a name to the places that may bear it: by folded spelling, then by consonant skeleton ranked by likeness.

use std::collections::BTreeMap;

use crate::Gazetteer;
use crate::container::is_area;
use crate::gazetteer::At;
use crate::keys::{Script, essence, folded, script, similarity, skeleton};
use crate::words::is_generic;

/// A place whose name fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub at: At,
    /// How well the spelling fits, 0 to 1; 1 is the same folded spelling.
    pub likeness: f32,
}

/// The same skeleton is worth this much before the vowels are compared.
const SKELETON: f32 = 0.25;
/// Likeness of a place that has no name in the script of the phrase, known by skeleton alone.
const OTHER_SCRIPT: f32 = 0.7;
/// Less alike than this is another name.
const LEAST: f32 = 0.6;
/// Without a country, a skeleton of fewer consonants fits too many places of the world.
const CONSONANTS_WITHOUT_COUNTRY: usize = 3;

/// Places that a name may mean, in the country if one is given, each once with its best likeness.
pub(crate) fn hits(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let name = folded(name);
    // "Tell" alone is no village; but an area may be called just "the mountain".
    let generic = is_generic(&name);
    let wanted = |at: At| {
        country.is_none_or(|country| gazetteer.is_in_country(at, country))
            && (!generic || is_area(gazetteer.kind(at)))
    };
    let mut found: BTreeMap<At, f32> = BTreeMap::new();
    for at in gazetteer.exact(&name, wanted) {
        found.insert(at, 1.0);
    }
    let key = if generic { String::new() } else { skeleton(&name) };
    if country.is_some() || key.len() >= CONSONANTS_WITHOUT_COUNTRY {
        let (letters, mine) = (script(&name), essence(&name));
        for at in gazetteer.by_skeleton(&key, wanted) {
            let likeness = likeness(gazetteer, at, &mine, letters);
            if likeness >= LEAST {
                found.entry(at).or_insert(likeness);
            }
        }
    }
    found.into_iter().map(|(at, likeness)| Hit { at, likeness }).collect()
}

/// Likeness to the nearest name in the same script.
fn likeness(gazetteer: &Gazetteer, at: At, mine: &str, letters: Script) -> f32 {
    let names = gazetteer.texts(at).names().filter(|name| script(name) == letters);
    let best = names.map(|name| similarity(mine, &essence(name))).reduce(f32::max);
    best.map_or(OTHER_SCRIPT, |alike| SKELETON + (0.97 - SKELETON) * alike)
}
