//! Parts of a name by structure: given name, father, grandfather, what stands between, family; and who is named only by
//! a relative (“son of X”, «زوجة X»).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sijil_model::fold::fold;

use super::words::{one_word, split_words};

const WORDS: &str = include_str!("../../data/name-words.csv");

/// How somebody is named by a relative, where their own name is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Kin {
    /// By their own name.
    #[default]
    None,
    /// As the child of the named person, who is the father.
    Child,
    /// As the husband or wife of the named person.
    Spouse,
    /// As another relative.
    Other,
}

/// The parts of a name, folded; an empty part is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameParts {
    /// Given name.
    pub given: String,
    /// Father's given name.
    pub father: String,
    /// Grandfather's given name.
    pub grandfather: String,
    /// A fourth name between grandfather and family.
    pub extra: String,
    /// Family name.
    pub family: String,
    /// Whether a relative is named in their place.
    pub kin: Kin,
}

/// Splits a name as printed, for example «محمد أحمد خليل النجار», “Son of Ahmad al-Najjar”.
///
/// Two words are given and family name, three have the father between them, four the grandfather too.
pub fn parts_of_name(name: &str) -> NameParts {
    if let Some((head, own)) = name.split_once([',', '،']) {
        let own_words = split_words(own).len();
        if own_words >= 2 && kin_words(head).0 != Kin::None {
            return parts_of_name(own);
        }
        if own_words == 1 || own.trim().is_empty() || own.chars().any(|letter| letter.is_numeric()) {
            return parts_of_name(head);
        }
    }
    let (kin, own) = own_name(name);
    of_words(kin, &split_words(own))
}

/// Parts that stand in columns of their own; a cell of several words is one part.
pub fn parts_of_columns(given: &str, father: &str, grandfather: &str, family: &str) -> NameParts {
    NameParts {
        given: one_word(given),
        father: one_word(father),
        grandfather: one_word(grandfather),
        extra: String::new(),
        family: one_word(family),
        kin: Kin::None,
    }
}

fn of_words(kin: Kin, words: &[String]) -> NameParts {
    let mut parts = NameParts { kin, ..NameParts::default() };
    let word = |at: usize| words.get(at).cloned().unwrap_or_default();
    let last = words.len().saturating_sub(1);
    match kin {
        Kin::None => {
            parts.given = word(0);
            match words.len() {
                0 | 1 => {}
                2 => parts.family = word(1),
                3 => (parts.father, parts.family) = (word(1), word(2)),
                4 => (parts.father, parts.grandfather, parts.family) = (word(1), word(2), word(3)),
                _ => {
                    (parts.father, parts.grandfather) = (word(1), word(2));
                    (parts.extra, parts.family) = (word(last - 1), word(last));
                }
            }
        }
        Kin::Child => match words.len() {
            0 => {}
            1 => parts.father = word(0),
            2 => (parts.father, parts.family) = (word(0), word(1)),
            _ => (parts.father, parts.grandfather, parts.family) = (word(0), word(1), word(last)),
        },
        Kin::Spouse | Kin::Other => {
            if words.len() >= 2 {
                parts.family = word(last);
            }
        }
    }
    parts
}

/// The words of one kind in the data file.
pub(super) fn words_of_kind(kind: &'static str) -> impl Iterator<Item = &'static str> {
    WORDS
        .lines()
        .skip(1)
        .filter_map(move |line| line.split_once(',').filter(|(of, _)| *of == kind).map(|(_, word)| word))
}

/// Words that stand before a name, folded, by their first word: what follows it, and what they say.
type Before<T> = BTreeMap<String, Vec<(Vec<String>, T)>>;

fn before<T: Copy>(kinds: &[(&'static str, T)]) -> Before<T> {
    let mut all: Before<T> = BTreeMap::new();
    for (code, says) in kinds {
        for words in words_of_kind(code) {
            let mut words = words.split(' ').map(fold);
            let first = words.next().unwrap_or_default();
            all.entry(first).or_default().push((words.collect(), *says));
        }
    }
    all.values_mut().for_each(|ways| ways.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    all
}

/// What the first words of a name say, and what follows them.
fn first_words<'a, T: Copy>(name: &'a str, all: &Before<T>) -> Option<(T, &'a str)> {
    let (first, rest) = next_word(name)?;
    all.get(&fold(first))?.iter().find_map(|(more, says)| {
        let mut rest = rest;
        for word in more {
            let (next, after) = next_word(rest)?;
            if fold(next) != *word {
                return None;
            }
            rest = after;
        }
        Some((*says, rest))
    })
}

fn next_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '.', '/', '-']);
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// What relation the first words say, and the name after them.
fn kin_words(name: &str) -> (Kin, &str) {
    static WORDS: OnceLock<Before<Kin>> = OnceLock::new();
    let words =
        WORDS.get_or_init(|| before(&[("child", Kin::Child), ("spouse", Kin::Spouse), ("kin", Kin::Other)]));
    first_words(name, words).filter(|(_, rest)| !rest.trim().is_empty()).unwrap_or((Kin::None, name))
}

/// How somebody is named, and the name that follows titles and words of kin; it is the end of what is given.
pub(super) fn own_name(name: &str) -> (Kin, &str) {
    let (kin, rest) = kin_words(name);
    (kin, without_titles(rest))
}

/// Titles before a given name: dropped while two words follow, since الحاج and الشيخ are families too.
fn without_titles(name: &str) -> &str {
    static WORDS: OnceLock<Before<()>> = OnceLock::new();
    let words = WORDS.get_or_init(|| before(&[("title", ())]));
    let mut rest = name.trim_start();
    while let Some((_, after)) = first_words(rest, words) {
        if after.split_whitespace().count() < 2 {
            break;
        }
        rest = after.trim_start_matches(['.', '/', ' ']);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        let parts = parts_of_name(name);
        format!(
            "{}|{}|{}|{}|{}|{:?}",
            parts.given, parts.father, parts.grandfather, parts.extra, parts.family, parts.kin
        )
    }

    #[test]
    fn names_are_split_by_structure() {
        for (name, expected) in [
            ("نديم القصار", "نديم||||قصار|None"),
            ("نديم رائد القصار", "نديم|رايد|||قصار|None"),
            ("نديم رائد خليل القصار", "نديم|رايد|خليل||قصار|None"),
            ("نديم رائد خليل عودة القصار", "نديم|رايد|خليل|عوده|قصار|None"),
            ("طفل نديم القصار", "|نديم|||قصار|Child"),
            ("ابن نديم، كرم القصار", "كرم||||قصار|None"),
            ("زوجة نديم القصار", "||||قصار|Spouse"),
            ("الشيخ نديم رائد القصار", "نديم|رايد|||قصار|None"),
            ("نديم الشيخ", "نديم||||شيخ|None"),
            ("Dr. Nadim Raed al-Qassar", "nadim|raed|||qassar|None"),
            ("Son of Nadim al-Qassar", "|nadim|||qassar|Child"),
            ("Wife of Nadim Raed Qassar", "||||qassar|Spouse"),
            ("نديم", "نديم|||||None"),
            ("", "|||||None"),
        ] {
            assert_eq!(shown(name), expected, "{name}");
        }
    }
}
