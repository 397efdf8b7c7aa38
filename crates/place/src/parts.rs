//! Places whose name is part of the phrase's own: who knows no حاوي الوردة looks for الوردة.

use sijil_model::codebook::PlacePrecision;

use crate::candidates::{Gathering, Role, SAME_NAME, Weighed};
use crate::hits::same_name;
use crate::keys::{folded, skeleton};
use crate::weigh::Feature;
use crate::why::{self, Why};
use crate::words::is_generic;

/// A part of fewer consonants is in too many names.
const CONSONANTS: usize = 2;

impl Gathering<'_> {
    /// Settlements that the first or last words of the phrase's name name, where nothing bears the whole name and they
    /// lie where the phrase and its report put it.
    pub fn add_parts(&self, weighed: &mut Vec<Weighed>) {
        let bears_name = |one: &Weighed| {
            let unlike = one.features.get(Feature::Unlike);
            one.role == Role::Named && unlike <= 1.0 - SAME_NAME && self.is_expected(one.at)
        };
        if self.country.is_none() || weighed.iter().any(bears_name) {
            return;
        }
        for phrase in self.phrases.iter() {
            for part in parts(&folded(&phrase.name)) {
                for hit in same_name(self.gazetteer, part, self.country) {
                    let is_known = weighed.iter().any(|other| other.at == hit.at);
                    if is_known || self.is_area(hit.at) || !self.is_expected(hit.at) {
                        continue;
                    }
                    let mut features = self.place_features(hit.at);
                    features.set(Feature::PartOfName, 1.0);
                    let mut why = vec![Why::StandsFor(why::THIS_IS_PART)];
                    self.add_containment(&mut features, hit.at, &mut why);
                    let precision = PlacePrecision::NearPlace;
                    weighed.push(Weighed { at: hit.at, role: Role::Around, features, precision, why });
                }
            }
        }
    }
}

/// The beginnings and the ends of a folded name, the whole left out.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let spaces = name.match_indices(' ').map(|(at, _)| at);
    let halves = spaces.flat_map(|at| [&name[..at], &name[at + 1..]]);
    halves.filter(|part| !is_generic(part) && skeleton(part).len() >= CONSONANTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_beginnings_and_ends() {
        assert_eq!(parts("safsaf al nahr").collect::<Vec<_>>(), ["safsaf", "al nahr", "safsaf al", "nahr"]);
        assert_eq!(parts("nahr").count(), 0);
        assert_eq!(parts("tell").count(), 0);
    }
}
