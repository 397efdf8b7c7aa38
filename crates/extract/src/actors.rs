//! Stage 3: parties to the conflict, by the words of the register's own table.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use sijil_model::fold::fold;
use sijil_model::{Actor, ActorCode, Bounds, Edtf};

use crate::lexicon::Tags;
use crate::tokens::Tokens;

mod by_form;
mod by_form_arabic;

/// A party's name as a code: its words in lower_snake, Arabic letters one for one in Latin ones.
pub(crate) fn latin_code(name: &str) -> String {
    let latin = by_form_arabic::latin(name);
    latin
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// A party named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActorMention {
    pub code: ActorCode,
    pub run: Range<usize>,
    /// Letters of Arabic prefix on its first token.
    pub prefix: u8,
    /// The days between which it was a party to a war; both ends open where the table does not say.
    pub active: Bounds,
}

struct Alias {
    rest: Vec<String>,
    /// Written in capitals only: "IS" is a party, "is" a verb.
    capitals: bool,
    actor: usize,
}

/// The table of actors, ready for look-up.
pub(crate) struct ActorTable {
    actors: Vec<(ActorCode, Bounds)>,
    aliases: FxHashMap<String, Vec<Alias>>,
}

impl ActorTable {
    /// Prepares a table of actors.
    pub fn new(actors: &[Actor]) -> Self {
        let mut aliases: BTreeMap<String, Vec<Alias>> = BTreeMap::new();
        for (at, actor) in actors.iter().enumerate() {
            let english = actor.aliases_en.iter().chain(std::iter::once(&actor.label_en));
            for alias in english.chain(&actor.aliases_ar) {
                let words = words(alias);
                if let Some((first, rest)) = words.split_first() {
                    let capitals =
                        alias.chars().any(char::is_uppercase) && !alias.chars().any(char::is_lowercase);
                    aliases.entry(first.clone()).or_default().push(Alias {
                        rest: rest.to_vec(),
                        capitals,
                        actor: at,
                    });
                }
            }
        }
        for list in aliases.values_mut() {
            list.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.actor.cmp(&b.actor)));
        }
        let active = |actor: &Actor| actor.active.as_ref().map(Edtf::bounds).unwrap_or_default();
        let actors = actors.iter().map(|actor| (actor.code.clone(), active(actor))).collect();
        Self { actors, aliases: aliases.into_iter().collect() }
    }

    /// All mentions in a window, longest first at each place, without overlaps.
    pub fn find(&self, tokens: &Tokens<'_>) -> Vec<ActorMention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(tokens, at) {
                Some(mention) => {
                    at = mention.run.end;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
        found
    }

    /// All mentions of a window: the table's, and those that their form makes parties.
    pub fn find_all(&self, tokens: &Tokens<'_>, tags: &Tags) -> Vec<ActorMention> {
        let mut found = self.find(tokens);
        let mut taken = vec![false; tokens.len()];
        for at in found.iter().flat_map(|mention| mention.run.clone()) {
            taken[at] = true;
        }
        let by_form = by_form_arabic::find(tokens, tags, &found, &taken);
        found.extend(by_form);
        found.extend(by_form::Forms { tokens, tags, taken }.find());
        found.sort_by_key(|mention| mention.run.start);
        found
    }

    fn at(&self, tokens: &Tokens<'_>, at: usize) -> Option<ActorMention> {
        if !tokens.is_word(at) {
            return None;
        }
        let word = tokens.word(at);
        self.best(tokens, at, word)
            .map(|found| (found, 0))
            .or_else(|| {
                if !tokens.is_arabic(at) {
                    return None;
                }
                ["و", "ب", "ل", "ف", "ك", "وب", "ول"].iter().find_map(|prefix| {
                    let rest = word.strip_prefix(prefix)?;
                    let letters = prefix.chars().count() as u8;
                    let article = rest.strip_prefix('ل').map(|rest| format!("ال{rest}"));
                    self.best(tokens, at, rest)
                        .or_else(|| if *prefix == "ل" { self.best(tokens, at, &article?) } else { None })
                        .map(|found| (found, letters))
                })
            })
            .map(|((actor, length), prefix)| ActorMention {
                code: self.actors[actor].0.clone(),
                run: at..at + length,
                prefix,
                active: self.actors[actor].1,
            })
    }

    fn best(&self, tokens: &Tokens<'_>, at: usize, word: &str) -> Option<(usize, usize)> {
        self.aliases.get(word)?.iter().find_map(|alias| {
            let capitals_fit = !alias.capitals || tokens.raw(at).chars().all(|letter| !letter.is_lowercase());
            let proper = tokens.is_arabic(at) || tokens.is_capital(at) || !alias.rest.is_empty();
            let end = tokens.after_words(at + 1, &alias.rest, &['-', '\'', '.'])?;
            (capitals_fit && proper).then_some((alias.actor, end - at))
        })
    }
}

/// An alias as the tokeniser would cut it.
fn words(alias: &str) -> Vec<String> {
    let tokens = Tokens::of(alias);
    (0..tokens.len())
        .filter(|at| tokens.is_word(*at) || tokens.is_number(*at))
        .map(|at| fold(tokens.raw(at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use sijil_model::actor::read_actors;

    use super::*;

    fn table() -> ActorTable {
        let actors = read_actors(
            "code,kind,label_en,label_ar,aliases_en,aliases_ar\n\
             northern_front,non_state_armed_group,Northern Front,الجبهة الشمالية,Northern Front|Front's forces|NF|IS,الجبهة الشمالية|جبهة الشمال\n\
             azrak,state_armed_forces,Azrak,أزرق,Azraki|Azrak,الأزرقي|الأزرقية|القوات الأزرقية\n",
        )
        .unwrap();
        ActorTable::new(&actors)
    }

    #[test]
    fn mentions_in_both_languages() {
        for (text, code, quote) in [
            ("The Azraki raids went on", "azrak", "Azraki"),
            ("the Northern Front said", "northern_front", "Northern Front"),
            ("sites of IS there", "northern_front", "IS"),
            ("قصفت القوات الأزرقية", "azrak", "القوات الأزرقية"),
            ("تابع للجبهة الشمالية", "northern_front", "للجبهة الشمالية"),
        ] {
            let tokens = Tokens::of(text);
            let found = table().find(&tokens);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].code.as_str(), tokens.quote(&found[0].run)), (code, quote), "{text}");
        }
        assert!(table().find(&Tokens::of("it is so")).is_empty());
    }
}
