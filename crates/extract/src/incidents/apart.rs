//! Whether a sentence tells of another event than the one told so far: its day, its attack, its number.

use sijil_model::TimeExpression;
use sijil_model::codebook::Harm;
use sijil_model::date::{Amount, Unit};

use super::scene_places;
use crate::harm::Who;
use crate::scenes::Scene;
use crate::sense::{HarmForm, MeansPart, Sense};
use crate::speech::is_time_of_speech;
use crate::times::{Extent, Time, days_from_told, days_later};
use crate::window::Window;

/// "in another attack", "in a separate raid", "elsewhere", "Also on Monday", «في هجوم آخر»; but not "another son".
pub(crate) fn is_another(window: &Window<'_>, scene: &Scene) -> bool {
    if is_of_a_month(window, scene) || is_days_before(window, scene) {
        return true;
    }
    let from = scene.run.start;
    (from..(from + 8).min(scene.run.end)).any(|at| {
        let event = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Means(..)));
        match window.tokens.word(at) {
            "also" => at == from && window.tokens.word(at + 1) == "on",
            "separately" | "elsewhere" | "منفصل" | "منفصله" | "سياق" => true,
            "another" | "separate" | "second" => {
                let incident =
                    |at: usize| event(at) || matches!(window.tokens.word(at), "incident" | "event" | "case");
                (at + 1..at + 4).any(incident) || hits_again(window, at, from)
            }
            "اخر" | "اخري" => at > 0 && event(at - 1),
            "والثاني" | "والثانيه" | "والاخري" => at == from,
            _ => window.tags.is(at, |sense| matches!(sense, Sense::Elsewhere)),
        }
    })
}

/// "The second landed in the street", "On Wednesday another killed their son": one more shell, which the text has told of.
fn hits_again(window: &Window<'_>, at: usize, from: usize) -> bool {
    let lands = |sense: &Sense| matches!(sense, Sense::Strike);
    let kills = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Active));
    match window.tokens.word(at) {
        "second" => at == from + 1 && window.tags.is(at + 1, lands),
        _ => window.tags.is(at + 1, kills) && window.group_at(at + 2).is_some(),
    }
}

/// "a mid-August attack there that killed 32", "a 2013 raid": an attack that is told apart by its month or year.
fn is_of_a_month(window: &Window<'_>, scene: &Scene) -> bool {
    const BEFORE: usize = 3;
    const AFTER: usize = 4;
    let times = scene.times.iter().map(|at| &window.times[*at]).filter(|time| time.is_coarse());
    times.into_iter().any(|time| {
        let article = (time.run.start.saturating_sub(BEFORE)..time.run.start)
            .any(|at| matches!(window.tokens.word(at), "a" | "an"));
        let attack = |sense: &Sense| matches!(sense, Sense::Means(_, MeansPart::Event));
        article && window.tags.any(time.run.end..time.run.end + AFTER, attack)
    })
}

/// "Two days earlier, a mine wounded a boy", «وقبل ذلك بيومين»: what happened before the event that was told.
fn is_days_before(window: &Window<'_>, scene: &Scene) -> bool {
    const OPENING: usize = 4;
    let counted = |at: usize| days_from_told(&window.tokens, &window.tags, at);
    scene.run.clone().take(OPENING).any(|at| counted(at).is_some_and(|(days, _)| days < 0))
}

/// Whether a witness goes on to another day: «وبعد أسبوع قُصف بيت جيراننا».
pub(super) fn is_days_later(window: &Window<'_>, scene: &Scene) -> bool {
    const OPENING: usize = 3;
    window.testimony.is_some()
        && scene.run.clone().take(OPENING).any(|at| days_later(&window.tokens, &window.tags, at).is_some())
}

/// "the attack", "the strike", "this massacre": the event that was told before.
pub(super) fn refers_back(window: &Window<'_>, scene: &Scene) -> bool {
    scene.run.clone().any(|at| {
        let event = window.tags.find(at, |sense| {
            matches!(sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling) | Sense::Toll)
                .then_some(())
        });
        event.is_some_and(|(_, tag)| {
            tag.article || at > 0 && matches!(window.tokens.word(at - 1), "the" | "this" | "same" | "that")
        })
    })
}

/// Whether a scene tells an attack of its own beside the people it hurt: "an air strike on X killed two".
pub(super) fn tells_an_attack(window: &Window<'_>, scene: &Scene) -> bool {
    let means = |sense: &Sense| matches!(sense, Sense::Means(..));
    let fires = |sense: &Sense| matches!(sense, Sense::Strike | Sense::Targeting);
    let any = |test: &dyn Fn(&Sense) -> bool| window.tags.any(scene.run.clone(), test);
    any(&means) || any(&fires)
}

/// "On 26 September gunmen executed four passengers": a paragraph that begins with its day tells of that day's own event.
pub(super) fn opens_with_a_day(window: &Window<'_>, scene: &Scene) -> bool {
    const OPENING: usize = 3;
    let opens = |time: &usize| {
        let time = &window.times[*time];
        time.is_calendar_day() && time.run.start < scene.run.start + OPENING
    };
    let told = window.sentences[scene.sentence].opens_paragraph && counts(window, scene);
    told && scene.times.iter().any(opens)
}

/// Whether a scene opens a paragraph with a day and a place of its own, other than those told right before.
pub(super) fn begins_anew(window: &Window<'_>, before: &Scene, scene: &Scene) -> bool {
    let places = |scene: &Scene| scene_places(window, scene).0;
    let (here, there) = (places(scene), places(before));
    window.sentences[scene.sentence].opens_paragraph
        && !here.is_empty()
        && here.is_disjoint(&there)
        && !moments(window, scene).is_empty()
}

/// Whether everybody in a scene was detained: on another day than an attack it is no harm of the attack.
pub(super) fn only_detained(scene: &Scene) -> bool {
    !scene.hits.is_empty() && scene.hits.iter().all(|hit| hit.harm == Harm::Detained)
}

/// Whether a word of harm tells of people who were not told of before: "three people were killed", "a girl", and neither "the
/// children" nor an item of a list of the dead.
pub(super) fn tells_of_new_people(window: &Window<'_>, scene: &Scene) -> bool {
    let told = scene.hits.iter().filter(|hit| hit.trigger.is_some());
    told.into_iter().any(|hit| matches!(hit.who, Who::Group(index) if window.groups[index].counts()))
}

/// Whether a scene counts people.
pub(super) fn counts(window: &Window<'_>, scene: &Scene) -> bool {
    scene.hits.iter().any(|hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted))
}

/// The moments of a scene's event, those of speech left out.
pub(super) fn moments(window: &Window<'_>, scene: &Scene) -> Vec<TimeExpression> {
    scene
        .times
        .iter()
        .map(|at| &window.times[*at])
        .filter(|time| time.extent == Extent::Moment && !is_time_of_speech(window, time, &scene.run))
        .filter(|time| !is_bare_dateline(window, scene, time) && !is_of_their_own(window, scene, time))
        .filter_map(|time| time.expression.clone())
        .collect()
}

/// "6 April 2031 Tests point to poison in an attack …": the day that heads an English text may be its own or the event's, so
/// that it parts no events.
fn is_bare_dateline(window: &Window<'_>, scene: &Scene, time: &Time) -> bool {
    const HEAD: usize = 2;
    let opens = scene.sentence < HEAD && window.sentences[scene.sentence].run.start == time.run.start;
    opens && time.year.is_some() && window.tokens.is_capital(time.run.end)
}

/// «قبل انسحابها من المنطقة العام الماضي», "before its withdrawal last year": when something else befell a party.
fn is_of_their_own(window: &Window<'_>, scene: &Scene, time: &Time) -> bool {
    const REACH: usize = 6;
    let word = |at: usize| window.tokens.word(at);
    let owned = |at: usize| match word(at) {
        "قبل" | "بعد" => word(at + 1).ends_with("ها") || word(at + 1).ends_with("هم"),
        "before" | "after" => matches!(word(at + 1), "its" | "their"),
        _ => false,
    };
    (time.run.start.saturating_sub(REACH).max(scene.run.start)..time.run.start).any(owned)
}

/// Whether the moments of two tellings cannot be one: no pair may be the same, and some pair is surely not.
pub(super) fn other_time(one: &[TimeExpression], other: &[TimeExpression]) -> bool {
    let pairs = || one.iter().flat_map(|a| other.iter().map(move |b| same_moment(a, b)));
    pairs().any(|same| same == Some(false)) && !pairs().any(|same| same == Some(true))
}

/// Whether two moments are one; none where nobody can tell.
fn same_moment(a: &TimeExpression, b: &TimeExpression) -> Option<bool> {
    use TimeExpression::{Calendar, Relative, Weekday};
    match (a, b) {
        (Calendar(a), Calendar(b)) => Some(same_day(a.as_str(), b.as_str())),
        (Weekday { weekday: a, .. }, Weekday { weekday: b, .. }) => Some(a == b),
        (Calendar(day), Weekday { weekday, .. }) | (Weekday { weekday, .. }, Calendar(day)) => {
            on_weekday(day.as_str(), *weekday)
        }
        (Relative(far), Calendar(_) | Weekday { .. }) | (Calendar(_) | Weekday { .. }, Relative(far)) => {
            let near = matches!(far.unit, Unit::Day | Unit::Hour)
                && matches!(far.amount, Amount::Exact { n } if n < 2);
            (!near).then_some(false)
        }
        (Relative(a), Relative(b)) => (a == b).then_some(true),
        _ => None,
    }
}

/// Whether a calendar day is a day of the week, Monday 1; nobody can tell of the day before, of which a report of that day may
/// tell.
fn on_weekday(day: &str, weekday: u8) -> Option<bool> {
    let day: jiff::civil::Date = day.parse().ok()?;
    match (day.weekday().to_monday_one_offset() - i8::try_from(weekday).ok()?).rem_euclid(7) {
        0 => Some(true),
        1 => None,
        _ => Some(false),
    }
}

/// Whether two calendar times can be one: the coarser is the beginning of the finer, a year not said is any year.
fn same_day(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.chars().zip(long.chars()).all(|(a, b)| a == b || a == 'X' || b == 'X')
}
