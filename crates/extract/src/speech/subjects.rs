//! People who tell, in English, where words stand between them and the verb: "Salim Haddad, who heads the clinic, told",
//! "the council's secretary, Salim Haddad, said", “…”, said its director, Salim Haddad; and whom a reporter spoke with.

use std::ops::Range;

use sijil_model::codebook::{Identification, ReleaseLevel, Role, SourceKind, Status};

use super::Source;
use super::tellers::before_adverbs;
use crate::groups::Group;
use crate::names::Name;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;

/// Most tokens between who tells and the verb.
const REACH: usize = 16;

/// The names of a sentence whose bearers tell something.
pub(super) fn named<'w>(window: &'w Window<'_>, run: &Range<usize>) -> Vec<&'w Name> {
    let verbs = run.clone().filter(|at| is_speech(window, *at));
    let mut found: Vec<&Name> = verbs
        .filter_map(|at| name_before(window, at, run.start).or_else(|| name_after(window, at, run)))
        .collect();
    found.extend(heard(window, run).filter_map(|at| window.name_at(at)));
    found
}

/// The people of a sentence who have no name and tell something: "say two men who were there".
pub(super) fn unnamed(window: &Window<'_>, run: &Range<usize>) -> Vec<Source> {
    let tells = |at: &usize| is_plain(window, *at) && !crate::harm::is_passive_report(window, *at);
    let subjects = run.clone().filter(tells).filter_map(|verb| {
        let before = before_adverbs(window, verb, run.start).and_then(|last| window.group_ending(last + 1));
        before.or_else(|| group_after(window, verb, run))
    });
    // Whoever speaks to reporters is the source, and not they.
    let heard = heard(window, run)
        .filter_map(|at| window.group_at(at))
        .filter(|group| group.role != Some(Role::Journalist));
    subjects.chain(heard).filter(|group| group.harm.is_none() && !group.implied).map(source).collect()
}

/// “…”, say two men who were there: nobody of whom a verb follows.
fn group_after<'w>(window: &'w Window<'_>, verb: usize, run: &Range<usize>) -> Option<&'w Group> {
    let said = matches!(window.tokens.word(verb), "said" | "say" | "says");
    let inverted = said && verb > run.start && window.tokens.mark(verb - 1).is_some();
    let ends = |at: usize| {
        at >= run.end
            || window.tokens.mark(at).is_some()
            || matches!(window.tokens.word(at), "who" | "in" | "at" | "from" | "near" | "on")
    };
    window.group_at(verb + 1).filter(|group| inverted && ends(group.run.end))
}

fn source(group: &Group) -> Source {
    let kind = match (group.kin.is_some(), group.role, group.status) {
        (true, ..) => SourceKind::RelativeTestimony,
        (_, Some(Role::Journalist), _) => SourceKind::FieldReporter,
        (_, Some(_), _) => SourceKind::Other,
        (.., Some(Status::Combatant)) => SourceKind::PartyStatement,
        _ => SourceKind::WitnessTestimony,
    };
    Source {
        run: group.run.clone(),
        name: None,
        kind,
        organisation: None,
        identification: Identification::UnnamedWithRole,
        release: ReleaseLevel::NamedKeys,
    }
}

/// A verb of speech that is no participle: not "two people reported dead", but "said to the centre".
fn is_speech(window: &Window<'_>, at: usize) -> bool {
    let speech = |sense: &Sense| matches!(sense, Sense::Says | Sense::Claim | Sense::Declare(_));
    let heard = window.tokens.word(at + 1) == "to"
        && (window.tokens.word(at + 2) == "the" || window.tokens.is_capital(at + 2));
    let plain = is_plain(window, at);
    plain && heard || (plain || window.tags.is(at, speech)) && !crate::harm::is_passive_report(window, at)
}

fn is_plain(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "said" | "say" | "says" | "told" | "tell" | "tells" | "recalled" | "warned"
    )
}

/// "Salim Haddad denied", "Salim Haddad, 52, a baker, said", "the secretary, Salim Haddad, told".
fn name_before<'w>(window: &'w Window<'_>, verb: usize, start: usize) -> Option<&'w Name> {
    let last = before_adverbs(window, verb, start)?;
    if !window.tokens.is_mark(last, ',') {
        return window.name_ending(last + 1);
    }
    let inside = window
        .name_ending(last)
        .filter(|name| name.run.start > start && window.tokens.is_mark(name.run.start - 1, ','));
    inside.or_else(|| {
        (last.saturating_sub(REACH).max(start)..last)
            .rev()
            .take_while(|at| !ends_phrase(window, *at))
            .find(|at| window.tokens.is_mark(*at, ','))
            .and_then(|comma| window.name_ending(comma))
    })
}

/// “…”, said the Group's director, Salim Haddad.
fn name_after<'w>(window: &'w Window<'_>, verb: usize, run: &Range<usize>) -> Option<&'w Name> {
    if !is_plain(window, verb) || verb == run.start || window.tokens.mark(verb - 1).is_none() {
        return None;
    }
    let comma = (verb + 1..(verb + REACH / 2).min(run.end))
        .take_while(|at| !ends_phrase(window, *at))
        .find(|at| window.tokens.is_mark(*at, ','))?;
    window.name_at(comma + 1)
}

/// Whether a token cannot stand inside a phrase that says who somebody is.
fn ends_phrase(window: &Window<'_>, at: usize) -> bool {
    let mark = window.tokens.mark(at).is_some_and(|mark| !matches!(mark, ',' | '\'' | '-'));
    let people = |form: &HarmForm| matches!(form, HarmForm::People(_));
    mark || window.tags.is(at, |sense| match sense {
        Sense::Says | Sense::Claim => true,
        Sense::Harm(_, form) => !people(form),
        _ => false,
    })
}

/// "we spoke with two neighbours and with Salim Haddad", "interviewed three survivors": where those heard begin.
fn heard(window: &Window<'_>, run: &Range<usize>) -> impl Iterator<Item = usize> {
    let word = |at: usize| window.tokens.word(at);
    let first = run.clone().find_map(|at| match (word(at), word(at + 1)) {
        ("spoke" | "spoken" | "talked", "with" | "to") => Some(at + 2),
        ("interviewed", _) => Some(at + 1),
        _ => None,
    });
    let end = run.end;
    let joint = move |at: usize| {
        window.tokens.is_mark(at, ',') || matches!(window.tokens.word(at), "and" | "with" | "to" | "the")
    };
    let next = move |from: usize| {
        let group = window.group_at(from).map(|group| group.run.end);
        let after = group.or_else(|| window.name_at(from).map(|name| name.run.end))?;
        (after..end.min(after + 3)).find(|at| !joint(*at))
    };
    let first = first.and_then(|first| (first..end).find(|at| !joint(*at)));
    std::iter::successors(first, move |from| next(*from).filter(|next| next > from))
}
