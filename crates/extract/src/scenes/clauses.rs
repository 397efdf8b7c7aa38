//! Sentences that tell of two attacks, each with its place and its dead: "A raid on one village killed three and another on the
//! next killed five", «قُتل مدنيان بقصف على البلدة، كما قُتل طفل بانفجار لغم في القرية».
//!
//! The trap this avoids: the toll of one of them is taken for that of both, or the places of both for one attack's.

use std::ops::Range;

use sijil_model::codebook::{Coded, Means, PlaceRole};

use super::Scene;
use crate::places::Place;
use crate::sense::{HarmForm, Sense};
use crate::sentences::Sentence;
use crate::times::Extent;
use crate::window::Window;
use crate::word_lists::Words;

/// The parts of a sentence that are read as scenes: all of it, or its two attacks.
pub(super) fn of(window: &Window<'_>, sentence: &Sentence) -> Vec<Sentence> {
    let mut parts = Vec::new();
    let mut rest = sentence.clone();
    while let Some(at) = second_attack(window, &rest.run) {
        parts.push(Sentence { run: rest.run.start..at, ended: false, ..rest.clone() });
        rest = Sentence { run: at..rest.run.end, opens_line: false, opens_paragraph: false, ..rest };
    }
    parts.push(rest);
    parts
}

/// Gives the second attack of a sentence the day that is told with the first, and, where it is only "another", by whom and
/// what it was.
pub(super) fn go_on(window: &Window<'_>, first: &Scene, second: &mut Scene) {
    if second.times.is_empty() {
        second.times.clone_from(&first.times);
    }
    second.by_another_weapon =
        has_its_own_weapon(window, second.run.start, &(first.run.start..second.run.end));
    if is_another(window, second.run.start) {
        second.means.extend(first.means.iter().cloned());
        second.attributed.extend(first.attributed.iter().cloned());
    }
}

/// Where the second attack of a sentence begins.
fn second_attack(window: &Window<'_>, run: &Range<usize>) -> Option<usize> {
    let places: Vec<usize> = window
        .places
        .iter()
        .enumerate()
        .skip(window.places.partition_point(|place| place.run.start < run.start))
        .take_while(|(_, place)| place.run.start < run.end)
        .filter(|(_, place)| place.role == PlaceRole::Primary && !place.around)
        .map(|(at, _)| at)
        .collect();
    let killed = |part: Range<usize>| window.tags.any(part, |sense| matches!(sense, Sense::Harm(..)));
    if let Some(at) = run
        .clone()
        .find(|at| is_told_apart(window, *at, run.start) && killed(run.start..*at) && killed(*at..run.end))
    {
        return Some(at);
    }
    let apart = |at: &usize| has_its_own_day(window, *at, run) || has_its_own_weapon(window, *at, run);
    if let Some(at) = run.clone().find(apart) {
        return Some(at);
    }
    let last = places.last().filter(|_| places.len() > 1)?;
    let first_place: &Place = &window.places[places[0]];
    let between = first_place.run.end..window.places[*last].run.start;
    between.filter(|at| opens(window, *at)).find(|at| {
        let (before, after): (Vec<usize>, Vec<usize>) =
            places.iter().partition(|place| window.places[**place].run.start < *at);
        let nested = before.iter().any(|one| {
            after.iter().any(|other| {
                let (inner, outer) = (&window.places[*one], &window.places[*other]);
                inner.inside == Some(*other) || outer.inside == Some(*one) || inner.name == outer.name
            })
        });
        let attack = |part: Range<usize>| {
            window.tags.any(part, |sense| matches!(sense, Sense::Means(..) | Sense::Strike))
        };
        let parts = [run.start..*at, *at..run.end];
        let both = parts.iter().cloned().all(killed);
        // "…; a day later a mine killed two soldiers in the next town"
        let later = follows_semicolon(window, *at)
            && attack(parts[1].clone())
            && !window.within(&window.times, &parts[1], |time| &time.run).is_empty();
        let told = is_another(window, *at)
            || tells_another_time(window, *at)
            || places_each(window, first_place, *at, run.start);
        !nested && both && (told || later || parts.into_iter().all(attack))
    })
}

/// "In Nahran a family was killed; in Marjan a shepherd died": each of two clauses opens with its place.
fn places_each(window: &Window<'_>, first: &Place, at: usize, start: usize) -> bool {
    let opens = |at: usize| window.tokens.word(at) == "in";
    let own = |place: &Place| place.run.start == at + 1;
    opens(start) && first.run.start == start + 1 && opens(at) && window.places.iter().any(own)
}

/// Whether a clause of an attack of its own can begin at a token.
fn opens(window: &Window<'_>, at: usize) -> bool {
    const VERB: usize = 3;
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb));
    match window.tokens.word(at) {
        "كما" | "فيما" | "بينما" => window.tags.any(at + 1..at + VERB, verb),
        "while" => true,
        // "…, and a landmine killed a boy near the next"
        "and"
            if at > 0
                && window.tokens.is_mark(at - 1, ',')
                && matches!(window.tokens.word(at + 1), "a" | "an") =>
        {
            window.tags.any(at + 2..at + 2 + VERB, |sense| matches!(sense, Sense::Means(..)))
        }
        // "…, and a week before that a teacher was shot dead in the next town"
        "and" if tells_another_time(window, at) => true,
        _ => is_another(window, at) || follows_semicolon(window, at) || begins_with_and(window, at),
    }
}

/// «، ورصاص على مركز في القرية يقتل موظفا», «، وأصيب طفلان بانفجار لغم في القرية»: an attack or a harm that «و» joins after a comma.
fn begins_with_and(window: &Window<'_>, at: usize) -> bool {
    let told = |sense: &Sense| {
        matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Harm(_, HarmForm::Verb | HarmForm::Masdar))
    };
    at > 0
        && window.tokens.is_mark(at - 1, ',')
        && window.tags.at(at).iter().any(|tag| tag.and && tag.prefix == 1 && told(tag.sense))
}

/// «قُتلت طفلة بقصف يوم الخميس، وقُتل مسعفان بقصف ثان يوم الجمعة»: a harm by an attack of another day.
fn has_its_own_day(window: &Window<'_>, at: usize, run: &Range<usize>) -> bool {
    let attack = |sense: &Sense| matches!(sense, Sense::Means(..) | Sense::Strike);
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(..));
    let told = |part: Range<usize>| {
        let days = window.within(&window.times, &part, |time| &time.run);
        window.tags.any(part.clone(), attack)
            && window.tags.any(part, harm)
            && days.iter().any(|time| time.extent == Extent::Moment && !time.is_coarse())
    };
    begins_with_and(window, at) && told(run.start..at) && told(at..run.end)
}

/// "and a week before that", "and two days later": how long after or before the first.
fn tells_another_time(window: &Window<'_>, at: usize) -> bool {
    const LONGEST: usize = 3;
    let unit =
        (at + 1..=at + LONGEST).find(|at| window.tags.is(*at, |sense| matches!(sense, Sense::UnitTime(_))));
    let and = window.tokens.word(at) == "and";
    unit.is_some_and(|unit| {
        and && matches!(window.tokens.word(unit + 1), "before" | "later" | "earlier" | "after")
    })
}

/// «وفي حادث منفصل قُتل شرطيان», «الأولى على حي …، والثانية على حي …»: an attack that its words tell apart from the one before.
fn is_told_apart(window: &Window<'_>, at: usize, start: usize) -> bool {
    let word = |at: usize| window.tokens.word(at);
    match word(at) {
        "وفي" | "وب" => {
            let event = |sense: &Sense| matches!(sense, Sense::Means(..) | Sense::Strike);
            let told = window.tags.is(at + 1, event)
                || window.tokens.is_on(Words::Event, at + 1)
                || matches!(word(at + 1), "حادث" | "حادثه" | "واقعه" | "اعتداء" | "سياق");
            let apart = |at: usize| {
                matches!(word(at), "منفصل" | "منفصله" | "اخر" | "اخري" | "ثان" | "ثانيه" | "مماثل" | "مماثله")
            };
            told && (apart(at + 2) || apart(at + 3))
        }
        "والثاني" | "والثانيه" | "والاخري" | "والاخر" => {
            let on =
                |at: usize| matches!(word(at), "علي" | "في" | "استهدفت" | "استهدف" | "طالت" | "طال" | "قرب");
            on(at + 1) && (start..at).any(|at| matches!(word(at), "الاولي" | "الاول" | "احداهما") && on(at + 1))
        }
        _ => false,
    }
}

/// "… and a sniper killed a man in the next town", «، وقُتل رجل برصاص قناص في القرية»: a harm to people of its own by another
/// weapon than the first.
fn has_its_own_weapon(window: &Window<'_>, at: usize, run: &Range<usize>) -> bool {
    const SUBJECT: usize = 4;
    const VERB: usize = 3;
    let weapon = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Means(..)));
    let harms = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Active));
    let english = window.tokens.word(at) == "and"
        && matches!(window.tokens.word(at + 1), "a" | "an" | "another")
        && (at + 1..at + SUBJECT).any(|at| weapon(at) && window.tags.any(at + 1..at + 1 + VERB, harms));
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb));
    let arabic = begins_with_and(window, at) && window.tags.is(at, verb);
    if !english && !arabic {
        return false;
    }
    let somewhere = |at: usize| matches!(window.tokens.word(at), "in" | "near" | "at" | "في" | "قرب");
    let parts = [run.start..at, at..run.end];
    let [first, second] = parts.each_ref().map(|part| weapons(window, part.clone()));
    !first.is_empty()
        && !second.is_empty()
        && first.iter().all(|code| !second.contains(code))
        && (at..run.end).any(somewhere)
        && parts.into_iter().all(|part| {
            window.has_group(part.clone()) && window.tags.any(part, |sense| matches!(sense, Sense::Harm(..)))
        })
}

/// What was used in a run: the families of the codebook.
fn weapons(window: &Window<'_>, run: Range<usize>) -> Vec<&'static str> {
    let family = |code: &Means| code.code().split('.').next().unwrap_or_default();
    let tags = run.flat_map(|at| window.tags.at(at));
    let told = tags
        .filter_map(|tag| if let Sense::Means(means, _) = tag.sense { Some(family(means)) } else { None });
    told.collect()
}

fn follows_semicolon(window: &Window<'_>, at: usize) -> bool {
    at > 0 && window.tokens.is_mark(at - 1, ';')
}

/// «وأخرى على القرية», "and another on the village": an attack like the one told before.
fn is_another(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    match (word(0), word(1)) {
        ("واخري", next) => matches!(next, "علي" | "استهدفت" | "طالت" | "في"),
        ("and", "another") => matches!(word(2), "on" | "in" | "hit" | "struck" | "near"),
        _ => false,
    }
}
