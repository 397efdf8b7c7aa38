//! Parties that no table knows, by the form of their English names: "Lantern Battalion", "Tavrian warplanes", "warplanes
//! of Tavria".
//!
//! Their code is their own name in lower_snake, for the arms of a country the country's. The trap this avoids: what only
//! looks like a force ("Peace Corps", "Security Forces" of nobody) becomes a party.

use std::collections::BTreeSet;
use std::ops::Range;

use sijil_model::{ActorCode, Bounds};

use super::ActorMention;
use crate::lexicon::Tags;
use crate::sense::{MeansPart, Sense};
use crate::tokens::Tokens;
use crate::word_lists::Words;

/// Most words of a name before its head.
const WORDS: usize = 3;

/// The text with what its table has already found.
pub(super) struct Forms<'t, 'a> {
    pub tokens: &'t Tokens<'a>,
    pub tags: &'t Tags,
    /// Tokens of parties that the table knows.
    pub taken: Vec<bool>,
}

impl Forms<'_, '_> {
    /// The parties that the table does not know, in order.
    pub fn find(&self) -> Vec<ActorMention> {
        let mut found: Vec<ActorMention> = Vec::new();
        for at in 0..self.tokens.len() {
            if found.last().is_some_and(|last| at < last.run.end) {
                continue;
            }
            let fighters = || self.fighters_of(at);
            found.extend(
                self.force(at).or_else(|| self.arms_of(at)).or_else(fighters).or_else(|| self.people_s(at)),
            );
        }
        found.extend(self.plain_forces(&found));
        if found.is_empty() {
            return found;
        }
        let countries: BTreeSet<&str> = found.iter().map(|one| one.code.as_str()).collect();
        let mut owned = self.taken.clone();
        for at in found.iter().flat_map(|one| one.run.clone()) {
            owned[at] = true;
        }
        let again: Vec<ActorMention> = (0..self.tokens.len())
            .filter(|at| !owned[*at] && !self.tokens.is_arabic(*at))
            .filter_map(|at| self.named_again(at, &found, &countries))
            .collect();
        found.extend(again);
        found.sort_by_key(|one| one.run.start);
        found
    }

    fn free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false)
    }

    /// A capital that can be part of a party's own name.
    fn name(&self, at: usize) -> bool {
        self.tokens.is_word(at)
            && !self.tokens.is_arabic(at)
            && self.tokens.is_capital(at)
            && self.free(at)
            && self.tags.number(at).is_none()
            && !self.tokens.is_on(Words::NoForce, at)
            && !self.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Month(_) | Sense::Title(_)))
    }

    /// "Lantern Battalion", "Northern Front".
    fn force(&self, at: usize) -> Option<ActorMention> {
        let starts =
            self.name(at) && !self.tokens.is_on(Words::ForceLast, at) && !(at > 0 && self.name(at - 1));
        let head = (at + 1..=at + WORDS)
            .take_while(|here| self.name(*here))
            .find(|here| self.tokens.is_on(Words::ForceLast, *here))
            .filter(|head| starts && (at..*head).any(|at| !self.tokens.is_on(Words::NoForceAlone, at)))?;
        self.mention(at, head + 1, |tokens| (at..=head).map(|at| tokens.word(at).to_owned()).collect())
    }

    /// "warplanes of Tavria", "the air force of neighbouring Tavria".
    fn arms_of(&self, at: usize) -> Option<ActorMention> {
        let arms = |word| {
            word == "force" && at > 0 && self.tokens.word(at - 1) == "air" || Words::ArmsOfAState.has(word)
        };
        if self.tokens.word(at + 1) != "of" || !arms(self.tokens.word(at)) {
            return None;
        }
        let name = at + 2 + usize::from(!self.tokens.is_capital(at + 2));
        let alone = self.name(name) && !self.name(name + 1);
        alone.then(|| self.mention(name, name + 1, |tokens| vec![tokens.word(name).to_owned()])).flatten()
    }

    /// "gunmen of the Sons of the Ford": a name of words joined by "of".
    fn fighters_of(&self, at: usize) -> Option<ActorMention> {
        let fighters = matches!(self.tokens.word(at), "gunmen" | "fighters" | "militants" | "militiamen");
        let first = at + 2 + usize::from(self.tokens.word(at + 2) == "the");
        if !fighters || self.tokens.word(at + 1) != "of" || !self.name(first) {
            return None;
        }
        let of = (first + 1..first + WORDS).find(|here| self.tokens.word(*here) == "of")?;
        let last = of + 1 + usize::from(self.tokens.word(of + 1) == "the");
        let named = (first..of).all(|here| self.name(here)) && self.name(last);
        named
            .then(|| {
                self.mention(first, last + 1, |tokens| {
                    (first..=last).map(|at| tokens.word(at).to_owned()).collect()
                })
            })
            .flatten()
    }

    /// "Tavrian warplanes", "Tavrian air strikes": the arms of a people, whose country they are named after.
    fn people_s(&self, at: usize) -> Option<ActorMention> {
        let word = self.tokens.word(at);
        let before = at > 0 && self.name(at - 1);
        let country = word.strip_suffix('n').filter(|stem| stem.ends_with("ia") && stem.len() > 4)?;
        if Words::NoPeople.has(word) {
            return None;
        }
        let given = self.tags.is(at, |sense| matches!(sense, Sense::Given(_) | Sense::People(_)));
        let arms = (at + 1..at + 3).take_while(|here| self.tokens.is_word(*here)).any(|here| {
            self.tokens.is_on(Words::ArmsOfAState, here)
                || self.tags.is(here, |sense| {
                    matches!(
                        sense,
                        Sense::Means(_, MeansPart::Event | MeansPart::Shelling | MeansPart::Carrier)
                    )
                })
        });
        (self.name(at) && !before && !given && arms && word != "civilian")
            .then(|| self.mention(at, at + 1, |_| vec![country.to_owned()]))
            .flatten()
    }

    /// "the army", "government forces", where the text knows no army by its name: the words are all there is.
    fn plain_forces(&self, found: &[ActorMention]) -> Vec<ActorMention> {
        let words = ["army", "forces"];
        let named = |at: usize| words.contains(&self.tokens.word(at)) && !self.free(at);
        let known = |one: &ActorMention| words.contains(&self.tokens.word(one.run.end - 1));
        if (0..self.tokens.len()).any(named) || found.iter().any(known) {
            return Vec::new();
        }
        let plain = |at: usize| match (self.tokens.word(at), self.tokens.word(at + 1)) {
            ("the", "army") if self.free(at + 1) && self.tokens.word(at + 2) != "of" => Some(at + 1..at + 2),
            ("government", "forces") if self.free(at) && !(at > 0 && self.name(at - 1)) => Some(at..at + 2),
            _ => None,
        };
        let mention = |run: Range<usize>| {
            self.mention(run.start, run.end, |tokens| run.map(|at| tokens.word(at).to_owned()).collect())
        };
        (0..self.tokens.len()).filter_map(plain).filter_map(mention).collect()
    }

    /// "the Movement" after "Lantern Movement", "Tavria said" after "warplanes of Tavria".
    fn named_again(
        &self,
        at: usize,
        found: &[ActorMention],
        countries: &BTreeSet<&str>,
    ) -> Option<ActorMention> {
        let word = self.tokens.word(at);
        if self.tokens.is_capital(at) && countries.contains(word) {
            let possessive = self.tokens.is_mark(at + 1, '\'') && self.tokens.word(at + 2) == "s";
            let acts =
                self.tags.is(at + 1, |sense| matches!(sense, Sense::Says | Sense::Claim | Sense::Declare(_)))
                    || matches!(self.tokens.word(at + 1), "did" | "has" | "had" | "does" | "neither")
                    || possessive && self.tokens.is_on(Words::Offices, at + 3);
            return acts.then(|| self.mention(at, at + 1, |_| vec![word.to_owned()])).flatten();
        }
        let the = at > 0 && self.tokens.word(at - 1) == "the" && Words::ForceLast.has(word);
        let known = found.iter().rev().find(|one| {
            one.run.start < at && the && one.run.len() > 1 && self.tokens.word(one.run.end - 1) == word
        })?;
        Some(ActorMention { code: known.code.clone(), run: at..at + 1, prefix: 0, active: known.active })
    }

    fn mention(
        &self,
        start: usize,
        end: usize,
        words: impl FnOnce(&Tokens<'_>) -> Vec<String>,
    ) -> Option<ActorMention> {
        let plain = |word: String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let words: Vec<String> = words(self.tokens).into_iter().map(plain).collect();
        let code = ActorCode::new(&words.join("_")).ok()?;
        Some(ActorMention { code, run: start..end, prefix: 0, active: Bounds::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let tokens = Tokens::of(text);
        let forms = Forms { tokens: &tokens, tags: &Tags::of(&tokens), taken: vec![false; tokens.len()] };
        forms.find().iter().map(|one| (one.code.to_string(), tokens.quote(&one.run).to_owned())).collect()
    }

    #[test]
    fn parties_that_no_table_knows_are_named_by_their_form() {
        for (text, code, quote) in [
            ("fighters of the Lantern Battalion shelled it", "lantern_battalion", "Lantern Battalion"),
            ("the Ashen Brigades fired", "ashen_brigades", "Ashen Brigades"),
            ("the Coral Guard said", "coral_guard", "Coral Guard"),
            ("the Highland Movement denied it", "highland_movement", "Highland Movement"),
            ("Tavrian air strikes hit it", "tavria", "Tavrian"),
            ("the warplanes of Tavria hit it", "tavria", "Tavria"),
            ("the air force of neighbouring Tavria said", "tavria", "Tavria"),
            ("The army withdrew", "army", "army"),
            ("Government forces hold the ridge", "government_forces", "Government forces"),
            ("the Joint Air Command said", "joint_air_command", "Joint Air Command"),
            ("gunmen of the Sons of the Ford came", "sons_of_the_ford", "Sons of the Ford"),
        ] {
            assert_eq!(found(text), [(code.to_owned(), quote.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_party_is_known_again() {
        let movement = found("The Highland Movement left. On Monday the Movement came back.");
        assert_eq!(movement.len(), 2, "{movement:?}");
        let tavria = found(
            "The planes came at night. Tavrian warplanes were seen. Tavria said nothing. In Tavria it rained.",
        );
        assert_eq!(tavria.len(), 2, "{tavria:?}");
    }

    #[test]
    fn what_only_looks_like_a_force_is_none() {
        for text in [
            "the Peace Corps left",
            "Security Forces came",
            "a civilian aircraft",
            "Syria and its people",
            "the front of the Nahr Hotel",
            "the Red Crescent Movement said",
            "Human Rights Movement",
            "Border Guards came",
            "Christian forces hit it",
            "Egyptian aircraft hit it",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
