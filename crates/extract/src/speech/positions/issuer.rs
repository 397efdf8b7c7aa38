//! What a party says in a document of its own, in which it is named at the head and then is "we" or "the command".
//!
//! The trap this avoids: "we" of an aid group's statement, or of a party that is only told of, becomes a party's word.

use std::ops::Range;

use sijil_model::codebook::{Harm, PartyPosition};

use super::arabic::is_sorrow;
use super::{Holder, Position, phrase_end};
use crate::sense::{MeansPart, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// Lines that can be the head of a statement.
const HEAD: usize = 6;
/// The longest of them, in tokens.
const LINE: usize = 12;

/// The party in whose name a text is written: named in a line of its head, which says that it is a statement.
pub(super) fn issuer(window: &Window<'_>) -> Option<Holder> {
    let head = window.sentences.iter().take(HEAD).take_while(|line| line.run.len() <= LINE);
    let runs: Vec<Range<usize>> = head.map(|line| line.run.clone()).collect();
    let states = |run: &Range<usize>| run.clone().any(|at| window.tokens.is_on(Words::Issued, at));
    let named = |run: &Range<usize>| window.within(&window.actors, run, |actor| &actor.run).first();
    let party = runs.iter().find_map(named)?;
    // "Statement on the raid of the Northern Front": the party begins a line, or its name ends the title.
    let heads = runs.iter().any(|run| {
        let first = run.clone().find(|at| window.tokens.is_word(*at) && window.tokens.word(*at) != "the");
        first == Some(party.run.start) || states(run) && is_of(window, party.run.start)
    });
    (heads && runs.iter().any(states)).then(|| Holder::of(window, party))
}

/// "Statement of the Northern Front", "by the Northern Front", «بيان صادر عن الجبهة الشمالية», «بيان الجبهة الشمالية».
fn is_of(window: &Window<'_>, start: usize) -> bool {
    let word = |back: usize| start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let the = usize::from(word(1) == "the");
    matches!(word(1 + the), "of" | "by" | "from" | "عن" | "من") || Words::Issued.has(word(1))
}

/// The positions of the issuer in a sentence of its statement.
pub(super) fn positions(window: &Window<'_>, run: &Range<usize>, holder: &Holder) -> Vec<Position> {
    let said =
        |at: usize| denial(window, at).or_else(|| regret(window, at, run)).or_else(|| deed(window, at, run));
    run.clone()
        .filter_map(|at| said(at).map(|position| (at, position)))
        .map(|(at, position)| Position {
            holder: holder.clone(),
            run: at..phrase_end(window, at + 1, run.end),
            position,
        })
        .collect()
}

/// «وننفيه نفيا قاطعا», "we categorically deny".
fn denial(window: &Window<'_>, at: usize) -> Option<PartyPosition> {
    let word = window.tokens.word(at);
    let arabic = word.strip_prefix(['و', 'ف']).unwrap_or(word).starts_with("ننفي");
    let adverb = usize::from(window.tokens.word(at + 1).ends_with("ly"));
    let english = word == "we" && matches!(window.tokens.word(at + 1 + adverb), "deny" | "reject" | "refute");
    (arabic || english).then_some(PartyPosition::Denied)
}

/// «وتعرب القيادة عن أسفها لإصابة مدنيين», "we regret the death of two civilians".
fn regret(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<PartyPosition> {
    const REACH: usize = 8;
    let word = |at: usize| window.tokens.word(at);
    let arabic = is_sorrow(word(at));
    let english =
        matches!(word(at), "we" | "command" | "forces") && matches!(word(at + 1), "regret" | "regrets");
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, _));
    let of_harm = window.tags.any(at + 1..run.end.min(at + REACH), harmed);
    ((arabic || english) && of_harm).then_some(PartyPosition::Accepted)
}

/// «ضربة دقيقة على غرفة عمليات», "our forces struck a depot": what the party itself says that it hit.
fn deed(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<PartyPosition> {
    const REACH: usize = 14;
    let word = |at: usize| window.tokens.word(at);
    let own = |at: usize| matches!(word(at), "we" | "our" | "قواتنا" | "طيراننا" | "مقاتلونا");
    let strikes = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Strike | Sense::Targeting));
    let by_verb = strikes(at)
        && !crate::harm::is_negated(window, at, run.start)
        && (word(at).ends_with("نا") || (at.saturating_sub(4).max(run.start)..at).any(own));
    // The party is told of by its name, as in a report: it acts, and an attack on something follows.
    let attack = |sense: &Sense| matches!(sense, Sense::Means(_, MeansPart::Event));
    let mut before = at.saturating_sub(REACH).max(run.start)..at;
    let carried_out = before.any(|at| window.tokens.is_on(Words::CarriesOut, at));
    let by_noun = window.tags.is(at, attack)
        && carried_out
        && (at + 1..run.end.min(at + 4)).any(|at| matches!(word(at), "علي" | "on" | "against"));
    (by_verb || by_noun).then_some(PartyPosition::StatedTarget)
}
