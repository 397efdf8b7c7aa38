//! Names that the text has told in full, or beside others, and tells again by one word: «وأضاف الوراق», «أما أنس».

use std::collections::BTreeSet;

use super::words::{self, given, is_given};
use crate::names::Name;
use crate::sense::Sense;
use crate::window::{Owner, Window};

/// Words after given names, which are surnames and no places: «توني بلير».
pub(in crate::names) fn surnames(window: &Window<'_>) -> BTreeSet<String> {
    (1..window.tokens.len())
        .filter(|at| {
            words::is_no_word(window, *at)
                && given(window, at - 1).is_some_and(|given| given.sure)
                && window.tokens.get(*at).is_some_and(|token| token.lines == 0)
        })
        .map(|at| window.tokens.word(at).to_owned())
        .collect()
}

/// Last words of names that stand alone elsewhere: «وأضاف الوراق» after «سليم الوراق».
pub(in crate::names) fn alone(window: &mut Window<'_>, found: &[Name]) -> Vec<Name> {
    let mut last: BTreeSet<String> = BTreeSet::new();
    for name in found.iter().filter(|name| window.tokens.is_arabic(name.run.start) && name.run.len() > 1) {
        for at in name.run.start + 1..name.run.end {
            if words::is_no_word(window, at) || is_given(window, at) {
                last.insert(window.tokens.word(at).to_owned());
            }
        }
    }
    // «كان أنس وسامر … أما أنس فعُثر على جثته»
    let mut given_alone: BTreeSet<String> = BTreeSet::new();
    for name in found.iter().filter(|name| name.run.len() == 1 && words::is_sure(window, name.run.start)) {
        if given(window, name.run.start).is_some_and(|given| given.prefix == 0) {
            given_alone.insert(window.tokens.word(name.run.start).to_owned());
        }
    }
    let told_of = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
        matches!(before, "اما" | "واما" | "وكان" | "كان" | "وكانت" | "كانت" | "ان" | "لكن" | "ولكن")
    };
    let again: Vec<usize> = (0..window.tokens.len())
        .filter(|at| given_alone.contains(window.tokens.word(*at)) && told_of(*at))
        .collect();
    let mut more = Vec::new();
    for at in 0..window.tokens.len() {
        let grammar = window.tags.at(at).iter().any(|tag| matches!(tag.sense, Sense::Common));
        if !window.is_free(at) || !window.tokens.is_arabic(at) || grammar {
            continue;
        }
        let word = window.tokens.word(at);
        let bare = ["و", "ل", "ب", "ف"].iter().find_map(|prefix| word.strip_prefix(prefix));
        let prefix = match (last.contains(word) || again.contains(&at), bare) {
            (true, _) => 0,
            (false, Some(bare)) if last.contains(bare) => 1,
            _ => continue,
        };
        window.own(at..at + 1, Owner::Person);
        more.push(Name { run: at..at + 1, prefix, shared: None, title: None, sex: None });
    }
    more
}
