//! One person whom a text tells of for the first time by what they are: "killing the driver and his assistant", "killed the
//! head of the council, Salim Warraq, and his guard", "The driver was killed".
//!
//! "The driver" is mostly somebody told of before, and then counts nobody. Whom a verb of killing takes as its object, and
//! whose noun the text has not used yet, is told of here first.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::Harm;

use super::{Group, Heads, head_run, is_beside_a_count, is_possessive, kin_at, said};
use crate::harm::{is_body_part, is_violence};
use crate::sense::{HarmForm, Number, Sense, Title};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Most words of a phrase for one person: "the town's newly elected council head".
const LONGEST: usize = 6;

/// Somebody whom a verb of harm takes as its object, known by a noun of people or by any noun that may be one; `before`
/// are the groups found so far.
pub(super) fn object(window: &Window<'_>, at: usize, end: usize, before: &[Group]) -> Option<Group> {
    if !opens_phrase(window, at) {
        return None;
    }
    let harm = object_of(window, at, before);
    let dies = |last: usize| match window.tokens.word(at) {
        // "the loader was shot dead", "his mate was wounded"
        "a" | "an" => dies_after(window, with_place(window, last, end), end),
        "the" | "his" | "her" | "their" | "its" => {
            // "The teacher, who was killed by a sniper, taught mathematics."
            let verb = after_who(window, last, end).unwrap_or_else(|| with_place(window, last, end));
            // "The captain of the tanker and two deckhands died"
            let verb = if verb == last { with_complement(window, last, end) } else { verb };
            let joined = matches!(window.tokens.word(verb), "and" | "was" | "died" | "perished" | "dead");
            joined && dies_after(window, verb, end)
        }
        _ => false,
    };
    let last = phrase_end(window, at + 1, end)?;
    let told = harm.is_some() || is_counted_beside(window, at, before);
    if !told && (is_governed(window, at) || !dies(last)) {
        return None;
    }
    let run = at..with_complement(window, last, end);
    let head = (at + 1..last).find_map(|here| {
        head_run(window, here, last).filter(|(heads, end)| *end == last && heads.harm.is_none())
    });
    let heads = match head {
        // "The driver was killed" may be of somebody told of before; `is_first_subject` asks.
        Some(_) if !told => return None,
        Some((heads, _)) => is_new(window, last - 1, &heads).then_some(heads)?,
        None => {
            let titled = window.tags.is(last - 1, |sense| matches!(sense, Sense::Title(Title::Neutral)));
            let known = titled && is_first(window, last - 1);
            // "The raid wounded the pride of the town", "the court detained the ship".
            let killed = harm == Some(Harm::Killed) || harm.is_none() && dies(last);
            // "wounding the owner and five customers"
            let beside = is_beside_a_count(window, last);
            (known || (killed || beside) && is_person_noun(window, last - 1)).then(Heads::default)?
        }
    };
    let quantity = crate::lexicon::bare_quantity(heads.number.unwrap_or(Number::Singular));
    Some(heads.group(run.clone(), said(window, quantity, &run)))
}

/// "The teacher, who was killed", "The governor of Nahran, who was wounded": where the verb about somebody is.
fn after_who(window: &Window<'_>, last: usize, end: usize) -> Option<usize> {
    let last = with_complement(window, last, end);
    (window.tokens.is_mark(last, ',') && window.tokens.word(last + 1) == "who").then_some(last + 2)
}

/// "two women by the roadside died", "according to his widow": after a preposition.
fn is_governed(window: &Window<'_>, at: usize) -> bool {
    at > 0
        && matches!(
            window.tokens.word(at - 1),
            "by" | "in"
                | "at"
                | "on"
                | "near"
                | "of"
                | "from"
                | "to"
                | "with"
                | "under"
                | "inside"
                | "outside"
                | "behind"
                | "beside"
                | "for"
                | "into"
                | "over"
                | "across"
                | "around"
        )
}

/// "The driver was killed": a noun of people that the text has not used, where nobody has just been told of whom it may mean.
pub(super) fn is_first_subject(
    window: &Window<'_>,
    (at, last, end): (usize, usize, usize),
    heads: &Heads,
    before: &[Group],
) -> bool {
    let sentence = window.sentences.iter().rposition(|sentence| sentence.run.start <= at).unwrap_or(0);
    let from = window.sentences.get(sentence.saturating_sub(1)).map_or(0, |sentence| sentence.run.start);
    // "The teacher, who was killed by a sniper, taught mathematics."
    let comma = usize::from(window.tokens.is_mark(last, ','));
    let verb = after_who(window, last, end).unwrap_or_else(|| with_place(window, last, end));
    // "his driver" is no other driver.
    let own = is_possessive(window.tokens.word(at));
    let hit = |at: usize| {
        let adverb = usize::from(window.tokens.word(at + 1).ends_with("ly"));
        window.tokens.word(at) == "was" && is_violence(window, at + 1 + adverb)
    };
    // "according to his widow, Rima Karam, he was killed"
    if own && at > 1 && window.tokens.word(at - 1) == "to" && window.tokens.word(at - 2) == "according" {
        return false;
    }
    (dies_after(window, verb, end)
        || hit(verb)
        || is_hurt_in_a_note(window, last + comma)
        || is_hurt_alive(window, verb))
        && is_new(window, last - 1, heads)
        && (own || !is_told_before(window, from..at, before))
}

/// "Paramedic killed, her driver wounded", "bodyguard hit in the arm": a participle right after people, which something follows that
/// ends what it tells.
fn is_hurt_in_a_note(window: &Window<'_>, at: usize) -> bool {
    let hurt = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Past));
    let ends = |at: usize| {
        window.tokens.mark(at).is_some()
            || at >= window.tokens.len()
            || window.tokens.is_on(Words::EndsAPhrase, at)
    };
    let verb = at + usize::from(window.tokens.word(at).ends_with("ly"));
    window.tags.is(verb, hurt) && ends(verb + 1)
}

/// "their driver escaped with light injuries", "his wife lost an arm".
fn is_hurt_alive(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "escaped" | "survived" | "lost")
        || window.tokens.is_on(Words::Suffers, at)
}

/// Where what says where or who somebody is ends: "the sexton of the church in Merun", "the friend who was holding her hand".
fn with_place(window: &Window<'_>, last: usize, end: usize) -> usize {
    const LONGEST: usize = 10;
    if !matches!(window.tokens.word(last), "of" | "in" | "at" | "from" | "who") {
        return last;
    }
    let stops = |at: &usize| {
        window.tokens.mark(*at).is_some()
            || matches!(window.tokens.word(*at), "and" | "that" | "when" | "while" | "after" | "but")
            || window.tags.is(*at, |sense| matches!(sense, Sense::Says | Sense::People(_)))
    };
    let verb = |at: &usize| {
        let harm = |sense: &Sense| {
            matches!(
                sense,
                Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Past | HarmForm::Intransitive)
            )
        };
        window.tags.is(*at, harm)
    };
    (last + 1..end.min(last + 1 + LONGEST))
        .take_while(|at| !stops(at))
        .find(verb)
        .map_or(last, |verb| verb - usize::from(matches!(window.tokens.word(verb - 1), "was" | "were")))
}

/// Whether one person has been told of in a run, whom "the driver" may mean; "the loader was killed, the driver was injured" tells of two.
fn is_told_before(window: &Window<'_>, run: Range<usize>, before: &[Group]) -> bool {
    let one = |group: &&Group| {
        let listed = window.tokens.word(group.run.start) == "the" && !group.definite;
        matches!(group.said.quantity, Quantity::Singular | Quantity::Exact { n: 1 })
            && !listed
            && group.pronoun.is_none()
    };
    window.names.iter().any(|name| run.contains(&name.run.start))
        || before.iter().rev().take_while(|group| group.run.start >= run.start).any(|group| one(&group))
}

/// Whether people who begin before a token are said to be killed or hurt: "A headmaster was killed", "a cook and his two sons died".
fn dies_after(window: &Window<'_>, from: usize, end: usize) -> bool {
    const REACH: usize = 10;
    let dies = |at: usize| {
        let killed = |form: HarmForm| {
            window.tags.is(
                at,
                |sense| matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, own) if *own == form),
            )
        };
        let passive = at > 0 && matches!(window.tokens.word(at - 1), "was" | "were");
        killed(HarmForm::Intransitive) || passive && killed(HarmForm::Past)
    };
    let more = |at: usize| {
        window.tokens.is_mark(at, ',')
            || matches!(window.tokens.word(at), "and" | "was" | "were" | "a" | "an" | "the" | "also" | "both" | "only")
            || is_possessive(window.tokens.word(at))
            || window.owner(at) == Owner::Person
            || window.tags.number(at).is_some()
            || window.tags.is(at, |sense| matches!(sense, Sense::People(_) | Sense::Kin(_)))
        // "a boy selling cigarettes"
        || window.tokens.word(at).ends_with("ing")
        || at > 0 && window.tokens.word(at - 1).ends_with("ing") && window.tags.at(at).is_empty()
        // "The baker and both apprentices died"
        || at > 0 && is_listed_noun(window, at)
    };
    (from..end.min(from + REACH)).find(|at| dies(*at) || !more(*at)).is_some_and(dies)
}

/// A noun that the lexicon does not know after a number or a word for whose it is.
fn is_listed_noun(window: &Window<'_>, at: usize) -> bool {
    let before = at - 1;
    let counted = window.tags.number(before).is_some() || is_possessive(window.tokens.word(before));
    counted && window.tokens.is_word(at) && window.tags.at(at).is_empty()
}

/// Whether a word opens a phrase for one person.
fn opens_phrase(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word == "the" || is_possessive(word) || matches!(word, "a" | "an")
}

/// Where the phrase ends: "the school's headmaster", "the head" of the council.
fn phrase_end(window: &Window<'_>, from: usize, end: usize) -> Option<usize> {
    let mut here = from;
    while here < end.min(from + LONGEST) {
        let owns = |at: usize| window.tokens.is_mark(at, '\'') && window.tokens.word(at + 1) == "s";
        if owns(here) && here > from {
            // "the baker's son" is known by his kin.
            if kin_at(window, here + 2).is_some() {
                return None;
            }
            here += 2;
        } else if is_part(window, here) || owns(here + 1) && window.tokens.is_word(here) {
            here += 1;
        } else {
            break;
        }
    }
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Adjective | HarmForm::Past));
    let ends = here >= end
        || window.tokens.mark(here).is_some_and(|mark| mark != '-')
        || follows(window, here)
        || window.tags.is(here, harmed);
    (here > from && ends).then_some(here)
}

/// Where the phrase ends with what it is of: "the driver of a bus", "the father of two children".
pub(super) fn with_complement(window: &Window<'_>, last: usize, end: usize) -> usize {
    const LONGEST: usize = 5;
    if window.tokens.word(last) != "of" {
        return last;
    }
    let goes_on = |at: &usize| {
        let word =
            window.tokens.is_word(*at) || window.tokens.is_number(*at) || window.tokens.is_mark(*at, '-');
        word && !follows(window, *at) && !window.tags.is(*at, |sense| matches!(sense, Sense::Harm(..)))
    };
    (last + 1..end.min(last + 1 + LONGEST)).take_while(goes_on).last().map_or(last, |of| of + 1)
}

/// A word inside the phrase.
fn is_part(window: &Window<'_>, at: usize) -> bool {
    let harmless = |sense: &Sense| {
        matches!(
            sense,
            Sense::People(_)
                | Sense::Site(_)
                | Sense::Title(_)
                | Sense::Role(_)
                | Sense::Unit(_)
                | Sense::Common
                | Sense::Ordinary
                | Sense::Org(_)
                | Sense::Teller(_)
                | Sense::Institution(_)
                | Sense::Direction
        )
    };
    // "the parents", "the grandmother": kin of nobody who is named, and people by what they are.
    let people = window.tags.is(at, |sense| matches!(sense, Sense::People(_)));
    let kin = |sense: &Sense| people && matches!(sense, Sense::Kin(_));
    // "a village elder"
    let noun = window.tokens.is_word(at + 1) && !follows(window, at + 1);
    let of_a_place = |sense: &Sense| noun && matches!(sense, Sense::Head(..));
    window.tokens.is_word(at)
        && !window.tokens.is_arabic(at)
        // "a Nahran court official"
        && matches!(window.owner(at), Owner::Nobody | Owner::Actor | Owner::Place)
        && !follows(window, at)
        && window.tags.at(at).iter().all(|tag| harmless(tag.sense) || kin(tag.sense) || of_a_place(tag.sense))
}

/// Words that go on after the phrase.
fn follows(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_on(Words::EndsAPhrase, at)
}

/// Whether any noun may be somebody's: one thing, no animal, no plan, no rank.
fn is_person_noun(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    const ABSTRACT: [&str; 11] =
        ["ment", "tion", "sion", "ness", "ity", "ance", "ence", "ism", "ship", "hood", "ing"];
    let nobody = [Words::NobodyToKill, Words::Animals, Words::Vehicle];
    // "killed the head of the council"
    let leads = word == "head" && window.tokens.word(at + 1) == "of";
    let plural = word.ends_with('s') && !word.ends_with("ss");
    let thing = word != "king" && ABSTRACT.iter().any(|ending| word.ends_with(ending));
    word.len() > 2
        && !plural
        && !thing
        && (leads || !is_body_part(window, at) && !nobody.iter().any(|list| window.tokens.is_on(*list, at)))
        && !window
            .tags
            .is(at, |sense| matches!(sense, Sense::Site(_) | Sense::Unit(_) | Sense::Institution(_)))
        && is_first(window, at)
}

/// Whether a noun of people is of one person, or of two who belong together, and new: "the driver", "the grandmother", "the parents", and
/// neither "the man" nor "the victim".
fn is_new(window: &Window<'_>, noun: usize, heads: &Heads) -> bool {
    let anybody = matches!(
        window.tokens.word(noun),
        "man"
            | "woman"
            | "boy"
            | "girl"
            | "child"
            | "baby"
            | "infant"
            | "youth"
            | "male"
            | "female"
            | "kid"
            | "minor"
            | "lady"
    );
    matches!(heads.number, Some(Number::Singular | Number::Dual))
        && !anybody
        && !window.tokens.is_on(Words::Anybody, noun)
        && is_first(window, noun)
}

/// Whether the text has not used a word before.
fn is_first(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    !(0..at).any(|before| window.tokens.word(before) == word)
}

/// The harm of the verb that takes what begins at a token, alone or after others: "killed the mayor, Salim, and his guard".
fn object_of(window: &Window<'_>, at: usize, before: &[Group]) -> Option<Harm> {
    const MOST: usize = 4;
    let mut here = at;
    for _ in 0..MOST {
        if let Some(harm) = verb_before(window, here) {
            return Some(harm);
        }
        let and = usize::from(here > 0 && window.tokens.word(here - 1) == "and");
        let comma = usize::from(here > and && window.tokens.is_mark(here - and - 1, ','));
        let mut end = here - and - comma;
        if end == here {
            return None;
        }
        // "the mayor, Salim Warraq,"
        if let Some(name) = window.name_ending(end) {
            end = name.run.start;
            here = end;
            end -= usize::from(end > 0 && window.tokens.is_mark(end - 1, ','));
        }
        match before.iter().rev().find(|group| group.run.end == end) {
            Some(group) => here = group.run.start,
            None if here == end => {}
            None => return None,
        }
    }
    None
}

/// "Five children and the town's imam": after people who are counted.
fn is_counted_beside(window: &Window<'_>, at: usize, before: &[Group]) -> bool {
    at > 0
        && window.tokens.word(at - 1) == "and"
        && before.last().is_some_and(|group| {
            // "a shopkeeper and his guest"
            let own = is_possessive(window.tokens.word(at)) && group.said.quantity == Quantity::Singular;
            (group.counted || own && !group.definite) && group.run.end == at - 1
        })
}

/// The harm of an active verb that ends right before a token: "killed", "shot dead", but not "were killed".
fn verb_before(window: &Window<'_>, at: usize) -> Option<Harm> {
    const LONGEST_VERB: usize = 3;
    (1..=LONGEST_VERB.min(at)).find_map(|length| {
        let verb = at - length;
        let word = |back: usize| verb.checked_sub(back).map_or("", |at| window.tokens.word(at));
        let harm = window.tags.at(verb).iter().find_map(|tag| match tag.sense {
            Sense::Harm(
                harm @ (Harm::Killed | Harm::Injured | Harm::Detained),
                HarmForm::Past | HarmForm::Active | HarmForm::Lives | HarmForm::Noun,
            ) if usize::from(tag.length) == length => Some(*harm),
            _ => None,
        });
        // "executed the budget", "eliminated the threat": most of what is done so is nobody; but "executed the father".
        let of_a_person = head_run(window, at + 1, at + 2).is_some();
        let of_things = !of_a_person && (word(0).starts_with("execut") || word(0).starts_with("eliminat"));
        let harm = harm.filter(|_| !of_things);
        let passive = |word: &str| {
            matches!(word, "was" | "were" | "been" | "be" | "being" | "is" | "are" | "got" | "those" | "the")
        };
        // "claiming the lives of the owner", "the death of the mayor"
        let of = window.tokens.word(at - 1) == "of";
        harm.filter(|_| of || !(passive(word(1)) || word(1).ends_with("ly") && passive(word(2))))
    })
}
