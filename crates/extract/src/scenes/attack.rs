//! Whether a sentence tells of an attack at a place, and whether it says nothing but where or when the attack was.

use std::ops::Range;

use sijil_model::codebook::{AttributionStatus, PlaceRole, SiteKind, Status};

use super::Scene;
use crate::sense::{MeansPart, Sense};
use crate::times::Extent;
use crate::window::Window;
use crate::word_lists::Words;

/// An attack that is told of at a place: "warplanes hit the market in X".
pub(super) fn is_strike(window: &Window<'_>, scene: &Scene) -> bool {
    let place = scene.places.iter().any(|place| window.places[*place].role == PlaceRole::Primary);
    let verb = window.tags.any(scene.run.clone(), |sense| matches!(sense, Sense::Strike | Sense::Targeting));
    let event = window.tags.any(scene.run.clone(), |sense| {
        matches!(
            sense,
            Sense::Means(_, MeansPart::Event | MeansPart::Shelling | MeansPart::Weapon | MeansPart::Carrier)
        )
    });
    let verb = verb || is_noun_strike(window, scene) || is_entry(window, &scene.run);
    // «مجزرة في قرية العين»: one attack, by its word.
    let massacre = scene.run.clone().any(|at| matches!(window.tokens.word(at), "مجزره" | "المجزره"));
    let (verb, event) = (verb || massacre, event || massacre);
    let period = scene.times.iter().any(|time| window.times[*time].extent == Extent::Period);
    let moment = scene.times.iter().any(|time| window.times[*time].expression.is_some());
    (place && (verb && event || (verb || event) && moment) || verb && event && moment)
        && !period
        && !scene.sums_up()
        && !is_denied(window, &scene.run)
}

/// «تنفي إدارة المشفى ما يتداول عن تعرضه للقصف», "The hospital denied that it had been hit": of whoever is no party to it.
fn is_denied(window: &Window<'_>, run: &Range<usize>) -> bool {
    const OPENING: usize = 12;
    let denies = |sense: &Sense| matches!(sense, Sense::Declare(AttributionStatus::Denied));
    let from = run.start..run.end.min(run.start + OPENING);
    window.tags.any(from, denies) && window.within(&window.actors, run, |actor| &actor.run).is_empty()
}

/// «دخل مسلحو حركة الأعالي القرية», "soldiers of the Guard entered the village": armed people come to a place.
fn is_entry(window: &Window<'_>, run: &Range<usize>) -> bool {
    const REACH: usize = 6;
    let armed =
        |sense: &Sense| matches!(sense, Sense::People(people) if people.status == Some(Status::Combatant));
    run.clone().filter(|at| window.tokens.is_on(Words::Enters, *at)).any(|at| {
        let who = at.saturating_sub(REACH).max(run.start)..run.end.min(at + REACH);
        window.tags.any(who.clone(), armed)
            || !window.within(&window.actors, &who, |actor| &actor.run).is_empty()
    })
}

/// «غارات جوية على مدينة»: an attack on a place without a verb.
fn is_noun_strike(window: &Window<'_>, scene: &Scene) -> bool {
    const REACH: usize = 6;
    scene.run.clone().filter(|at| window.tokens.word(*at) == "علي").any(|on| {
        let before = on.saturating_sub(REACH).max(scene.run.start)..on;
        let falls = before.clone().any(|at| matches!(window.tokens.word(at), "سقوط" | "سقطت" | "سقط"));
        let event = window.tags.any(before, |sense| match sense {
            Sense::Means(_, MeansPart::Event | MeansPart::Shelling | MeansPart::Weapon) => true,
            Sense::Means(_, MeansPart::Carrier) => falls,
            _ => false,
        });
        event && scene.places.iter().any(|place| (on..on + REACH).contains(&window.places[*place].run.start))
    })
}

/// "The house was located in X", "The attack took place on Monday", «الحادثة وقعت فجر السبت»: what was hit or the event, a verb
/// of place, and a place or a moment soon after it.
pub(super) fn locates(window: &Window<'_>, scene: &Scene) -> bool {
    const BEFORE: usize = 8;
    const AFTER: usize = 16;
    const WHEN: usize = 4;
    let verb = |at: usize| {
        window.tokens.is_on(Words::Locates, at)
            || window.tokens.word(at) == "took" && window.tokens.word(at + 1) == "place"
    };
    let event = |at: usize| {
        let named = window.tokens.word(at) == "incident" || window.tokens.is_on(Words::EventLabel, at);
        named
            || window
                .tags
                .is(at, |sense| matches!(sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling)))
    };
    let home =
        |sense: &Sense| matches!(sense, Sense::Site(SiteKind::ResidentialHome | SiteKind::ApartmentBuilding));
    let place = |place: &usize| {
        let place = &window.places[*place];
        (place.role == PlaceRole::Primary).then_some(place.run.start)
    };
    let moment = |time: &usize| {
        let time = &window.times[*time];
        (time.extent == Extent::Moment && time.expression.is_some()).then_some(time.run.start)
    };
    scene.run.clone().filter(|at| verb(*at)).any(|at| {
        // In Arabic the verb may come first: «وقعت الحادثة».
        let last = if window.tokens.is_arabic(at) { at + 2 } else { at };
        let before = at.saturating_sub(BEFORE).max(scene.run.start)..last;
        let near = |start: usize| (at..at + AFTER).contains(&start);
        let is_event = before.clone().any(event);
        (is_event || window.tags.any(before, home)) && scene.places.iter().filter_map(place).any(near)
            || is_event && scene.times.iter().filter_map(moment).any(|time| (at..at + WHEN).contains(&time))
    })
}
