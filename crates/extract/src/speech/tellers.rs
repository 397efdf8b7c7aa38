//! Who tells without a name, in English, by the grammar of a sentence: "the city's ambulance service", "nurses at the
//! hospital", "an army spokesman" as the subject of a verb of telling or after "according to".

use std::ops::Range;

use sijil_model::codebook::{Identification, ReleaseLevel, SourceKind};

use super::{Source, overlap};
use crate::sense::Sense;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Most tokens between a verb of telling and the noun for who tells: "nurses at the Orsa General Hospital said".
const REACH: usize = 9;
/// Most tokens of a phrase before its noun.
const BEFORE: usize = 4;

/// Who is told to tell in a sentence, but for those found before.
pub(super) fn tellers(window: &Window<'_>, run: &Range<usize>, found: &[Source]) -> Vec<Source> {
    let mut list: Vec<Source> = Vec::new();
    for at in run.clone().filter(|at| tells(window, *at) || cites(window, *at)) {
        let said =
            if cites(window, at) { named_after(window, at + 1, run.end) } else { told_by(window, at, run) };
        for said in with_those_before(window, said, run.start) {
            // "its spokesman, Colonel Salim Maluf, said": the name is the source.
            let whole = said.run.start..said.run.end.max(at);
            if !found.iter().any(|other| overlap(&other.run, &whole))
                && !list.iter().any(|other| overlap(&other.run, &said.run))
                && !is_told_of_again(window, &said.run)
            {
                list.push(said);
            }
        }
    }
    list
}

/// "local officials and a hospital source said": a source with those joined before it.
fn with_those_before(
    window: &Window<'_>,
    said: Option<Source>,
    start: usize,
) -> impl Iterator<Item = Source> {
    std::iter::successors(said, move |said| {
        let article = usize::from(said.run.start > start && is_article(window, said.run.start - 1));
        let and = (said.run.start - article).checked_sub(1).filter(|at| *at > start)?;
        if window.tokens.word(and) == "and" { ending_at(window, and - 1, start) } else { None }
    })
}

/// "the group said", where a group was named before: no source of its own; nor is "no group".
fn is_told_of_again(window: &Window<'_>, run: &Range<usize>) -> bool {
    let nobody = run.clone().chain(run.start.checked_sub(1)).any(|at| window.tokens.word(at) == "no");
    let known = window.organisations.first().is_some_and(|first| first.end <= run.start)
        || window.actors.first().is_some_and(|first| first.run.end <= run.start);
    let general =
        matches!(window.tokens.word(run.start), "group" | "organisation" | "organization" | "agency");
    let the = run.start > 0 && window.tokens.word(run.start - 1) == "the";
    nobody || known && the && general && run.len() == 1
}

/// The source of a verb of telling.
fn told_by(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Source> {
    match window.tags.find(verb, |sense| matches!(sense, Sense::Says).then_some(())) {
        Some((_, tag)) if tag.length > 1 => named_after(window, verb + usize::from(tag.length), run.end),
        _ => subject(window, verb, run.start).or_else(|| inverted(window, verb, run)),
    }
}

/// "citing X", "per X", "a video posted by X": what names a source without a verb of its own.
fn cites(window: &Window<'_>, at: usize) -> bool {
    match window.tokens.word(at) {
        "citing" | "quoting" | "per" => true,
        "by" => at > 0 && window.tokens.is_on(Words::MadePublic, at - 1),
        _ => false,
    }
}

/// Whether an organisation is cited, or has the figures that are told: "X’s count".
pub(super) fn is_cited(window: &Window<'_>, run: &Range<usize>) -> bool {
    let the = usize::from(run.start > 0 && is_article(window, run.start - 1));
    let owns = window.tokens.is_mark(run.end, '\'')
        && window.tokens.word(run.end + 1) == "s"
        && window.tokens.is_on(Words::Figures, run.end + 2);
    owns || run.start.checked_sub(1 + the).is_some_and(|at| cites(window, at))
}

/// Whether a token is a verb by which somebody tells, accuses or answers: "said", "found that", "gave the toll", "spoke of".
pub(super) fn tells(window: &Window<'_>, at: usize) -> bool {
    let next = |step: usize| window.tokens.word(at + step);
    // "declined to comment" tells nothing, and "residents told to leave" were told.
    if matches!(window.tokens.word(at), "declined" | "declines" | "told") && next(1) == "to" {
        return false;
    }
    let by_object = match window.tokens.word(at) {
        "found" | "finds" | "shows" | "showed" => next(1) == "that",
        "gave" | "gives" => {
            matches!(next(1), "the" | "a") && matches!(next(2), "toll" | "death" | "number" | "figure")
        }
        "spoke" | "speak" | "speaks" => next(1) == "of",
        _ => false,
    };
    by_object
        || window.tokens.is_on(Words::Tells, at)
        || window.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Claim | Sense::Declare(_)))
}

/// Before a verb of telling, the last token that is not about how or when: "also", "on Friday", "had".
pub(super) fn before_adverbs(window: &Window<'_>, verb: usize, start: usize) -> Option<usize> {
    let mut at = verb.checked_sub(1)?;
    while at > start {
        let word = window.tokens.word(at);
        let time = window.owner(at) == Owner::Time
            || window.owner(at + 1) == Owner::Time && matches!(word, "on" | "in");
        let adverb = word.ends_with("ly")
            || matches!(word, "also" | "later" | "then" | "has" | "had" | "have" | "always" | "still");
        if !(time || adverb) {
            break;
        }
        at -= 1;
    }
    (at >= start).then_some(at)
}

/// The source that is the subject of a verb of telling, an apposition between commas left out.
fn subject(window: &Window<'_>, verb: usize, start: usize) -> Option<Source> {
    let mut last = before_adverbs(window, verb, start)?;
    if window.tokens.is_mark(last, ',') {
        let opens =
            (last.saturating_sub(REACH).max(start)..last).rev().find(|at| window.tokens.is_mark(*at, ','))?;
        last = opens.checked_sub(1).filter(|at| *at >= start)?;
    }
    ending_at(window, last, start)
}

/// The source whose words end with a token.
fn ending_at(window: &Window<'_>, last: usize, start: usize) -> Option<Source> {
    let from = last.saturating_sub(REACH).max(start);
    let nouns = (from..=last).rev().take_while(|at| goes_on(window, *at)).filter_map(|at| teller(window, at));
    // "nurses at the hospital": the first that has a place; "a military source": the longest of those that end last.
    let rank = |noun: &Noun| {
        let placed = goes_on_with_place(window, noun.run.end);
        (placed, if placed { usize::MAX - noun.run.start } else { noun.run.end }, noun.run.len())
    };
    let noun = nouns.max_by_key(rank)?;
    let whole = noun.run.end > last || goes_on_with_place(window, noun.run.end);
    let first = (noun.run.start.saturating_sub(BEFORE).max(start)..noun.run.start)
        .rev()
        .take_while(|at| describes(window, *at))
        .last()
        .unwrap_or(noun.run.start);
    whole.then(|| noun.source(window, first..last + 1))
}

/// The source after "according to".
fn named_after(window: &Window<'_>, from: usize, end: usize) -> Option<Source> {
    let first = from + usize::from(is_article(window, from));
    let noun = (first..end.min(first + REACH))
        .take_while(|at| describes(window, *at) || teller(window, *at).is_some())
        .filter_map(|at| teller(window, at))
        .last()?;
    let run = first..noun.run.end;
    Some(noun.source(window, run))
}

/// “…”, said a doctor.
fn inverted(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Source> {
    let said = matches!(window.tokens.word(verb), "said" | "says" | "added" | "wrote" | "explained");
    let after_words = verb == run.start || window.tokens.mark(verb - 1).is_some();
    let found = named_after(window, verb + 1, run.end).filter(|_| said && after_words)?;
    // "said the group's director, Salim Haddad": the name is the source.
    let named = window.tokens.is_mark(found.run.end, ',') && window.name_at(found.run.end + 1).is_some();
    (!named).then_some(found)
}

/// A noun for who tells.
struct Noun {
    run: Range<usize>,
    kind: SourceKind,
    /// An office, a service or the like, and no people.
    institution: bool,
}

impl Noun {
    fn source(&self, window: &Window<'_>, run: Range<usize>) -> Source {
        let public = self.institution
            || matches!(self.kind, SourceKind::OfficialStatement | SourceKind::PartyStatement);
        Source {
            name: None,
            kind: self.kind,
            organisation: self.institution.then(|| window.tokens.quote(&run).to_owned()),
            identification: if self.institution {
                Identification::Named
            } else {
                Identification::UnnamedWithRole
            },
            release: if public { ReleaseLevel::Public } else { ReleaseLevel::NamedKeys },
            run,
        }
    }
}

/// The noun for who tells that begins at a token.
fn teller(window: &Window<'_>, at: usize) -> Option<Noun> {
    if window.owner(at) == Owner::Person {
        return None;
    }
    let found = window.tags.find(at, |sense| match sense {
        Sense::Teller(kind) | Sense::Role(kind) => Some((*kind, false)),
        Sense::Institution(kind) | Sense::Org(kind) => Some((*kind, true)),
        _ => None,
    });
    found.map(|((kind, institution), tag)| Noun { run: at..at + usize::from(tag.length), kind, institution })
}

/// Whether a token can stand between a noun and its verb: no other clause begins.
fn goes_on(window: &Window<'_>, at: usize) -> bool {
    let mark = window.tokens.mark(at).is_some_and(|mark| !matches!(mark, '\'' | '-'));
    let clause =
        matches!(window.tokens.word(at), "that" | "which" | "who" | "and" | "but" | "as" | "were" | "was");
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(..) | Sense::Strike | Sense::Says | Sense::Cause);
    !(mark || clause || window.tags.is(at, verb) && teller(window, at).is_none())
}

/// "… at the Orsa General Hospital", "… of the union", "… close to the Guard": where those are who tell.
fn goes_on_with_place(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "at" | "from" | "of" | "in" | "for" | "with" | "close")
}

/// Words of a phrase before its noun: adjectives, possessors, the name of a country.
fn describes(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let possessive = window.tokens.is_mark(at, '\'') || window.tokens.is_mark(at, '-');
    let grammar = is_article(window, at)
        || Words::Tells.has(word)
        || matches!(
            word,
            "in" | "on" | "at" | "of" | "to" | "by" | "from" | "with" | "for" | "after" | "when" | "while"
        );
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(..) | Sense::Strike | Sense::Says | Sense::Break);
    possessive
        || window.tokens.is_word(at)
            && !grammar
            && goes_on(window, at)
            && !window.tags.is(at, verb)
            && window.owner(at) != Owner::Time
}

fn is_article(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "the" | "a" | "an" | "its" | "their" | "his" | "her")
}
