//! From a name to the places that may bear it: by folded spelling, by consonant skeleton ranked by likeness, and by a
//! spelling one letter away where neither finds anything alike.

use std::collections::BTreeMap;

use crate::Gazetteer;
use crate::container::is_area;
use crate::gazetteer::At;
use crate::keys::{Essence, Script, essence, folded, script, similarity, skeleton};
use crate::words::is_generic;

/// A place whose name fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub at: At,
    /// How well the spelling fits, 0 to 1; 1 is the same folded spelling.
    pub likeness: f32,
}

/// Likeness of another spelling that sounds the same.
pub(crate) const SAME_SOUND: f32 = 0.98;
/// Likeness of a place that has no name in the script of the phrase, known by skeleton alone.
const OTHER_SCRIPT: f32 = 0.6;
/// Less alike than this is another name.
const LEAST: f32 = 0.5;
/// Where nothing is this much alike, spellings a letter away are looked for.
const ALIKE: f32 = 0.8;
/// Shorter names have too many others a letter away.
const LETTERS_TO_MISS_ONE: usize = 5;
/// Without a country, a skeleton of fewer consonants fits too many places of the world.
const CONSONANTS_WITHOUT_COUNTRY: usize = 3;

/// Places that a name may mean, in the country if one is given, each once with its best likeness.
pub(crate) fn hits(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let name = folded(name);
    // "Tell" alone is no village; but an area may be called just "the mountain".
    let generic = is_generic(&name);
    let wanted = |at: At| !generic || is_area(gazetteer.kind(at));
    let mut found: BTreeMap<At, f32> = BTreeMap::new();
    for at in gazetteer.exact(&name, country, wanted) {
        found.insert(at, 1.0);
    }
    let key = if generic { String::new() } else { skeleton(&name) };
    let (letters, mine) = (script(&name), essence(&name));
    // The world has a namesake of everything: without a country a spelling that fits is enough.
    if country.is_some() || (found.is_empty() && key.len() >= CONSONANTS_WITHOUT_COUNTRY) {
        for at in gazetteer.by_skeleton(&key, country, wanted) {
            if let std::collections::btree_map::Entry::Vacant(place) = found.entry(at) {
                let likeness = likeness(gazetteer, at, &mine, letters);
                if likeness >= LEAST {
                    place.insert(likeness);
                }
            }
        }
    }
    let is_long = name.chars().count() >= LETTERS_TO_MISS_ONE;
    if !generic && is_long && found.values().all(|likeness| *likeness < ALIKE) {
        for (at, other) in gazetteer.nearly(&name, country, wanted) {
            let likeness = similarity(&mine, &essence(&other)).min(0.95);
            let best = found.entry(at).or_insert(likeness);
            *best = best.max(likeness);
        }
    }
    found.into_iter().map(|(at, likeness)| Hit { at, likeness }).collect()
}

/// Places of exactly this folded name.
pub(crate) fn same_name(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let name = folded(name);
    let found = gazetteer.exact(&name, country, |_| true);
    found.into_iter().map(|at| Hit { at, likeness: 1.0 }).collect()
}

/// Likeness to the nearest name in the same script.
fn likeness(gazetteer: &Gazetteer, at: At, mine: &Essence, letters: Script) -> f32 {
    let names = gazetteer.texts(at).names().filter(|name| script(name) == letters);
    let best = names.map(|name| similarity(mine, &essence(name))).reduce(f32::max);
    best.map_or(OTHER_SCRIPT, |alike| alike.min(SAME_SOUND))
}
