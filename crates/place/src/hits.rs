//! From a name to the places that may bear it: by folded spelling, by consonant skeleton ranked by likeness, and by a
//! spelling one letter away where neither finds anything alike.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::Gazetteer;
use crate::container::is_area;
use crate::gazetteer::At;
use crate::keys::{Essence, Script, essence, first_script, folded, similarity, skeleton};
use crate::qualifiers::alterations;
use crate::remembered::Look;
use crate::words::is_generic;

/// A place whose name fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub at: At,
    /// How well the spelling fits, 0 to 1; 1 is the same folded spelling.
    pub likeness: f32,
    /// How well the Arabic name fits by which the place is shown, not one of its further names; as [`Self::likeness`]
    /// for a name in other letters, whose spellings are many.
    pub shown: f32,
    /// Whether the consonants are the same.
    pub same_consonants: bool,
    /// Whether a word such as "upper" or "Tell" had to be added or left out.
    pub altered: bool,
}

/// Likeness of another spelling that sounds the same.
pub(crate) const SAME_SOUND: f32 = 0.98;
/// Likeness of a place that has no name in the script of the phrase, known by skeleton alone.
const OTHER_SCRIPT: f32 = 0.6;
/// Less alike than this is another name.
const LEAST: f32 = 0.5;
/// The same without a country: the world has a place that sounds somewhat like any word.
const LEAST_ANYWHERE: f32 = 0.8;
/// Where nothing is this much alike, spellings a letter away are looked for.
const ALIKE: f32 = 0.8;
/// Shorter names have too many others a letter away.
const LETTERS_TO_MISS_ONE: usize = 5;
/// Without a country, a skeleton of fewer consonants fits too many places of the world.
const CONSONANTS_WITHOUT_COUNTRY: usize = 3;

/// Places that a name may mean, in the country if one is given, each once with its best likeness.
pub(crate) fn hits(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    gazetteer.remembered.or_find(Look::Alike, name, country, || find_alike(gazetteer, name, country))
}

fn find_alike(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let name = Name::of(name);
    let mut found = name.written_or_sounding_so(gazetteer, country);
    let is_long = name.folded.chars().count() >= LETTERS_TO_MISS_ONE;
    if !name.generic && is_long && found.values().all(|hit| hit.likeness < ALIKE) {
        for (at, other) in gazetteer.nearly(&name.folded, country, |at| name.may_be(gazetteer, at)) {
            let likeness = similarity(&name.spelling.essence, &essence(&other)).min(0.95);
            let shown = name.spelling.fit(gazetteer, at).shown;
            let hit = found.entry(at).or_insert(Hit {
                at,
                likeness,
                shown,
                same_consonants: false,
                altered: false,
            });
            hit.likeness = hit.likeness.max(likeness);
        }
    }
    let least = if country.is_some() { LEAST } else { LEAST_ANYWHERE };
    found.into_values().filter(|hit| hit.likeness >= least).collect()
}

/// Those of [`hits`] of the same consonants.
pub(crate) fn hits_by_consonants(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    Name::of(name).written_or_sounding_so(gazetteer, country).into_values().collect()
}

/// A name that is looked for.
struct Name {
    folded: String,
    spelling: Spelling,
    /// "Tell" alone is no village; but an area may be called just "the mountain".
    generic: bool,
}

impl Name {
    fn of(name: &str) -> Self {
        let folded = folded(name);
        Self { spelling: Spelling::of(&folded), generic: is_generic(&folded), folded }
    }

    fn may_be(&self, gazetteer: &Gazetteer, at: At) -> bool {
        !self.generic || is_area(gazetteer.kind(at))
    }

    /// Places of this folded name, and those of the same consonants that are alike.
    fn written_or_sounding_so(&self, gazetteer: &Gazetteer, country: Option<&str>) -> BTreeMap<At, Hit> {
        let wanted = |at: At| self.may_be(gazetteer, at);
        let mut found: BTreeMap<At, Hit> = BTreeMap::new();
        for at in gazetteer.exact(&self.folded, country, wanted) {
            let shown = self.spelling.shown(gazetteer, at);
            found.insert(at, Hit { at, likeness: 1.0, shown, same_consonants: true, altered: false });
        }
        let key = if self.generic { String::new() } else { skeleton(&self.folded) };
        // The world has a namesake of everything: without a country a spelling that fits is enough.
        if country.is_some() || (found.is_empty() && key.len() >= CONSONANTS_WITHOUT_COUNTRY) {
            for at in gazetteer.by_skeleton(&key, country, wanted) {
                if let Entry::Vacant(place) = found.entry(at) {
                    let Fit { best, shown } = self.spelling.fit(gazetteer, at);
                    if best >= LEAST {
                        let likeness = best.min(SAME_SOUND);
                        place.insert(Hit { at, likeness, shown, same_consonants: true, altered: false });
                    }
                }
            }
        }
        found
    }
}

/// Places of exactly this folded name.
pub(crate) fn same_name(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    gazetteer.remembered.or_find(Look::Same, name, country, || find_same(gazetteer, name, country))
}

fn find_same(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let name = folded(name);
    let mine = Spelling::of(&name);
    let found = gazetteer.exact(&name, country, |_| true);
    let hit = |at| Hit {
        at,
        likeness: 1.0,
        shown: mine.shown(gazetteer, at),
        same_consonants: true,
        altered: false,
    };
    found.into_iter().map(hit).collect()
}

/// Places whose name is this one but for a word that is often left out: "Wardah" for "Wardah Tahtani", "Tell Nisr" for
/// "Nisr".
pub(crate) fn altered(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Vec<Hit> {
    let mut found: BTreeMap<At, Hit> = BTreeMap::new();
    for name in alterations(&folded(name)) {
        let mine = Spelling::of(&name);
        let wanted = |at: At| !is_area(gazetteer.kind(at));
        for at in gazetteer.by_skeleton(&skeleton(&name), country, wanted) {
            let Fit { best, shown } = mine.fit(gazetteer, at);
            let likeness = best.min(SAME_SOUND);
            let hit = Hit { at, likeness, shown, same_consonants: true, altered: true };
            if best >= ALIKE && found.get(&at).is_none_or(|other| other.likeness < likeness) {
                found.insert(at, hit);
            }
        }
    }
    found.into_values().collect()
}

/// A name as it is compared with those of places.
pub(crate) struct Spelling {
    essence: Essence,
    letters: Script,
}

/// How the names of a place fit a spelling.
pub(crate) struct Fit {
    /// The best of all its names.
    pub best: f32,
    /// The Arabic one that it is shown by; the best for a spelling in other letters.
    pub shown: f32,
}

impl Spelling {
    /// Of a folded name.
    pub fn of(folded: &str) -> Self {
        Self { essence: essence(folded), letters: first_script(folded) }
    }

    /// Likeness of a place that bears this very name to the name that it is shown by, as in [`Hit::shown`].
    fn shown(&self, gazetteer: &Gazetteer, at: At) -> f32 {
        if self.letters == Script::Arabic { self.fit(gazetteer, at).shown } else { 1.0 }
    }

    /// Likeness to the names in the same script; a place that has none may be anything that sounds so.
    pub fn fit(&self, gazetteer: &Gazetteer, at: At) -> Fit {
        let names = gazetteer.texts(at).essences().filter(|name| first_script(name) == self.letters);
        let mut fits = names.map(|name| similarity(&self.essence, &Essence::read(name)));
        // The names that a place is shown by are kept first.
        match fits.next() {
            Some(shown) => {
                let best = fits.fold(shown, f32::max);
                Fit { best, shown: if self.letters == Script::Arabic { shown } else { best } }
            }
            None => Fit { best: OTHER_SCRIPT, shown: OTHER_SCRIPT },
        }
    }
}
