//! The places that bear a phrase's own name, in any of its spellings.

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::candidates::{Gathering, SAME_NAME};
use crate::gazetteer::At;
use crate::hits::{Hit, Spelling, altered, hits, hits_by_consonants, same_name};
use crate::keys::folded;

/// Where the name that a place is shown by fits so much less than another of its names, it is that other that fits.
const FURTHER: f32 = 0.05;
/// A place this far from what it is said to lie in may still be meant.
const ABOUT_KM: f32 = 30.0;

/// A place of the phrase's name.
pub(crate) struct Named {
    pub hit: Hit,
    pub kind: PlacePrecision,
    /// The numbers of the phrases whose spelling led to it.
    pub by: Vec<usize>,
    /// Likeness of the spelling that fits least.
    pub least: f32,
    /// Whether an Arabic spelling fits a further name better than the one by which it is shown.
    pub is_further: bool,
}

impl Gathering<'_> {
    /// Places that bear the phrase's own name in any of its spellings.
    pub fn named(&self) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        for (number, phrase) in self.phrases.iter().enumerate() {
            for (hit, kind) in self.hits_of(phrase) {
                add(&mut found, number, hit, kind);
            }
        }
        self.add_altered(&mut found);
        self.add_misfits(&mut found);
        found
    }

    /// Places of the name with a word more or less, where no place of the name lies where the report has it.
    fn add_altered(&self, found: &mut Vec<Named>) {
        let is_it = |one: &Named| one.hit.likeness >= SAME_NAME && self.is_expected(one.hit.at);
        if self.country.is_none() || found.iter().any(is_it) {
            return;
        }
        for (number, phrase) in self.phrases.iter().enumerate() {
            for hit in altered(self.gazetteer, &phrase.name, self.country) {
                add(found, number, hit, self.kind_of(phrase));
            }
        }
    }

    /// Whether a place lies about where the phrase and its report put it.
    pub fn is_expected(&self, at: At) -> bool {
        let around = self.gazetteer.around(at);
        let outside = self.containers.iter().filter_map(|one| one.outside(self.gazetteer, at, &around));
        outside.into_iter().all(|outside| outside.kilometres <= ABOUT_KM)
    }

    /// How far the spellings that did not lead to a place are from its names.
    fn add_misfits(&self, found: &mut [Named]) {
        for (number, phrase) in self.phrases.iter().enumerate() {
            let mut spelling = None;
            for one in found.iter_mut().filter(|one| !one.by.contains(&number)) {
                let spelling = spelling.get_or_insert_with(|| Spelling::of(&folded(&phrase.name)));
                one.least = one.least.min(spelling.fit(self.gazetteer, one.hit.at).best);
            }
        }
    }

    /// The kind that a phrase says; where it says none, the settlement or area that another spelling says.
    fn kind_of(&self, phrase: &PlacePhrase) -> PlacePrecision {
        let is_silent = phrase.kind == PlacePrecision::NotPlaced;
        if is_silent && !self.is_part_of_settlement() { self.kind() } else { phrase.kind }
    }

    /// Places of the phrase's name, with the kind that is asked of them. Where the whole words are a name, their
    /// head is part of it: جسر الشغور is a town and no bridge, ريف دمشق a governorate.
    fn hits_of(&self, phrase: &PlacePhrase) -> Vec<(Hit, PlacePrecision)> {
        let kind = self.kind_of(phrase);
        if phrase.text != phrase.name {
            let whole = same_name(self.gazetteer, &phrase.text, self.country);
            if !whole.is_empty() {
                return whole.into_iter().map(|hit| (hit, PlacePrecision::NotPlaced)).collect();
            }
        }
        let mut found = hits(self.gazetteer, &phrase.name, self.country);
        if phrase.text != phrase.name && found.iter().all(|hit| hit.likeness < SAME_NAME) {
            // The head may be part of a name that is written otherwise: "Kanissat Ward" for كنيسة الورد.
            let whole = hits_by_consonants(self.gazetteer, &phrase.text, self.country);
            let whole = whole.into_iter().filter(|hit| hit.likeness >= SAME_NAME);
            let whole: Vec<_> = whole.map(|hit| (hit, PlacePrecision::NotPlaced)).collect();
            found.retain(|hit| !whole.iter().any(|(other, _)| other.at == hit.at));
            return whole.into_iter().chain(found.into_iter().map(|hit| (hit, kind))).collect();
        }
        found.into_iter().map(|hit| (hit, kind)).collect()
    }
}

/// Adds what the spelling of one phrase led to.
fn add(found: &mut Vec<Named>, number: usize, hit: Hit, kind: PlacePrecision) {
    let known = found.iter().position(|other| other.hit.at == hit.at);
    let at = known.unwrap_or_else(|| {
        found.push(Named { hit, kind, by: Vec::new(), least: 1.0, is_further: false });
        found.len() - 1
    });
    let Some(one) = found.get_mut(at) else { return };
    one.is_further |= hit.shown < hit.likeness - FURTHER;
    if hit.likeness > one.hit.likeness {
        (one.hit, one.kind) = (hit, kind);
    }
    one.least = one.least.min(hit.likeness);
    if !one.by.contains(&number) {
        one.by.push(number);
    }
}
