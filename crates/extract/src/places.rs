//! Stage 3: places as said, with their kind, their nest and what they have to do with what is told.
//!
//! Without a gazetteer a word is a place because of a head word ("village", حي), a preposition, or because the same
//! text names it so elsewhere; a caller that knows place names helps with the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sijil_model::PlacePhrase;
use sijil_model::codebook::{PlacePrecision, PlaceRole};

use crate::PlaceNames;
use crate::entries;
use crate::sense::Sense;
use crate::window::{Owner, Window};

mod arabic;
mod english;
mod nest;

pub(crate) use english::{is_of_a_people, is_shouted};

/// A place of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its tokens, head word included.
    pub run: Range<usize>,
    /// Letters of Arabic prefix on its first token.
    pub prefix: u8,
    /// The words without prefixes, head included.
    pub text: String,
    /// The bare name.
    pub name: String,
    /// What its head word says.
    pub kind: PlacePrecision,
    /// The place around it, by its position in the window's list.
    pub inside: Option<usize>,
    /// Whether it stands only for what is around another place.
    pub around: bool,
    /// What it has to do with what is told.
    pub role: PlaceRole,
}

/// What makes a run of words a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    run: Range<usize>,
    prefix: u8,
    name: Range<usize>,
    kind: PlacePrecision,
    /// Sure by itself: its name is a place wherever else it stands.
    sure: bool,
}

impl Found {
    /// "4 October, Nahran.": the words beside the day at the head of an entry.
    fn by_heading(run: &Range<usize>) -> Self {
        Found { run: run.clone(), prefix: 0, name: run.clone(), kind: PlacePrecision::NotPlaced, sure: true }
    }
}

/// Finds all places of a window and takes their tokens.
pub(crate) fn find(window: &mut Window<'_>, known: Option<&dyn PlaceNames>) {
    let sure = sure_names(window, known);
    let listed = |name: &str| known.is_some_and(|known| known.is_place(name));
    let surnames = crate::names::surnames(window);
    let knows = Knows {
        text: &|name| sure.contains(name),
        gazetteer: &listed,
        surname: &|word| surnames.contains(word),
    };
    let mut list: Vec<Place> = Vec::new();
    for at in 0..window.sentences.len() {
        let heading = entries::place_of_heading(window, &window.sentences[at]);
        let sentence = window.sentences[at].run.clone();
        let mut here = sentence.start;
        while here < sentence.end {
            let found = if window.tokens.is_arabic(here) {
                arabic::place(window, here, &sentence, &knows)
            } else {
                english::place(window, here, &window.sentences[at], &knows, list.last())
            };
            let headed = heading.as_ref().filter(|run| run.start == here).map(Found::by_heading);
            match found.or(headed) {
                Some(found) if found.run.end <= sentence.end => {
                    here = found.run.end;
                    window.own(found.run.clone(), Owner::Place);
                    list.push(placed(window, &found));
                }
                _ => here += 1,
            }
        }
    }
    nest::nest(window, &mut list);
    window.places = list;
}

/// Who knows a folded name to be a place.
pub(crate) struct Knows<'k> {
    /// The text, by a head word or a sure preposition elsewhere.
    text: &'k dyn Fn(&str) -> bool,
    /// The caller's list of names, in which names of people may be too.
    gazetteer: &'k dyn Fn(&str) -> bool,
    /// Who knows a folded word to be a surname in this text.
    surname: &'k dyn Fn(&str) -> bool,
}

impl Knows<'_> {
    fn either(&self, name: &str) -> bool {
        (self.text)(name) || (self.gazetteer)(name)
    }
}

/// The folded names that the text itself shows to be places, by a head word or a sure preposition.
fn sure_names(window: &Window<'_>, known: Option<&dyn PlaceNames>) -> BTreeSet<String> {
    let listed = |name: &str| known.is_some_and(|known| known.is_place(name));
    let knows = Knows { text: &|_| false, gazetteer: &listed, surname: &|_| false };
    let mut names = BTreeSet::new();
    let mut compounds: BTreeMap<String, usize> = BTreeMap::new();
    for sentence in &window.sentences {
        let mut here = sentence.run.start;
        while here < sentence.run.end {
            let found = if window.tokens.is_arabic(here) {
                arabic::place(window, here, &sentence.run, &knows)
            } else {
                english::place(window, here, sentence, &knows, None)
            };
            if let Some(run) = arabic::compound(window, here, &sentence.run) {
                *compounds.entry(window.tokens.folded(&run, 0)).or_default() += 1;
            }
            here = match found {
                Some(found) => {
                    if found.sure {
                        names.insert(window.tokens.folded(&found.name, 0));
                    }
                    found.run.end.max(here + 1)
                }
                None => here + 1,
            };
        }
    }
    names.extend(compounds.into_iter().filter(|(_, times)| *times > 1).map(|(name, _)| name));
    // "Qasr Nahr Tell Zaytun" without its comma is two names that are known from elsewhere, not a third.
    let is_two = |name: &String| {
        name.match_indices(' ').any(|(at, _)| names.contains(&name[..at]) && names.contains(&name[at + 1..]))
    };
    let two: Vec<String> = names.iter().filter(|name| is_two(name)).cloned().collect();
    names.retain(|name| !two.contains(name));
    names
}

/// "- Nahran: 3 killed by shelling", «زيتونة: 3 قتلى»: whether a line opens with a name, and goes on with how many were harmed
/// there. "Children: 3 killed" and "The council: 3 killed" tell of no place.
fn is_entry(window: &Window<'_>, name: &Range<usize>, sentence: &Range<usize>) -> bool {
    const NUMBER: usize = 3;
    let bullet = usize::from(matches!(window.tokens.mark(sentence.start), Some('-' | '•')));
    if name.start != sentence.start + bullet || !window.tokens.is_mark(name.end, ':') {
        return false;
    }
    let means_something = |at: usize| {
        window.tags.any(at..at + 1, |sense| {
            matches!(
                sense,
                Sense::People(_)
                    | Sense::Kin(_)
                    | Sense::Org(_)
                    | Sense::Role(_)
                    | Sense::Harm(..)
                    | Sense::Toll
                    | Sense::TollInjured
                    | Sense::Means(..)
                    | Sense::Site(_)
                    | Sense::Says
            )
        })
    };
    let after = name.end + 1..sentence.end;
    let counts =
        after.clone().take(NUMBER).any(|at| window.tags.number(at).is_some() || window.tokens.is_number(at));
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(..));
    counts && window.tags.any(after, harm) && !name.clone().any(means_something)
}

fn placed(window: &Window<'_>, found: &Found) -> Place {
    let text = window.tokens.quoted_without(&found.run, usize::from(found.prefix)).quote;
    let name_prefix = if found.name.start == found.run.start { found.prefix } else { 0 };
    let name = window.tokens.quoted_without(&found.name, usize::from(name_prefix)).quote;
    Place {
        run: found.run.clone(),
        prefix: found.prefix,
        text: one_line(&text),
        name: one_line(&name),
        kind: found.kind,
        inside: None,
        around: false,
        role: PlaceRole::Primary,
    }
}

/// The words of a place on one line, those of a hashtag apart: «#جسر_الزيتون» is «جسر الزيتون».
fn one_line(text: &str) -> String {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, '_' | '#');
    text.split(apart).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The phrase of a place with the nest around it, innermost first.
pub(crate) fn phrase(list: &[Place], at: usize, role: PlaceRole) -> PlacePhrase {
    let place = &list[at];
    let mut within = Vec::new();
    let mut around = place.inside;
    while let Some(next) = around.filter(|_| within.len() < 6) {
        within.push(list[next].text.clone());
        around = list[next].inside;
    }
    PlacePhrase { text: place.text.clone(), name: place.name.clone(), kind: place.kind, within, role }
}
