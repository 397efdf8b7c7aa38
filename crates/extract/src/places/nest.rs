//! Which place lies in which, and what each has to do with what is told.

use std::collections::BTreeMap;

use sijil_model::codebook::{PlacePrecision, PlaceRole};
use sijil_model::fold::fold;

use super::Place;
use super::english::is_shouted;
use crate::harm::is_harm;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// Fills in nests and roles of a window's places, in text order.
pub(super) fn nest(window: &Window<'_>, list: &mut [Place]) {
    for at in 0..list.len() {
        list[at].role = role(window, &list[at]);
        if at + 1 < list.len() && lies_in(window, &list[at], &list[at + 1], list.get(at + 2)) {
            list[at].inside = Some(at + 1);
            list[at + 1].around = true;
        }
    }
    // "Nahran AFP Monday" and below it "Nahran Ten people were killed": the same dateline.
    for at in 0..list.len() {
        let again = |other: &Place| other.role == PlaceRole::SourceLocation && other.name == list[at].name;
        if opens_a_report(window, &list[at]) && list[..at].iter().any(again) {
            list[at].role = PlaceRole::SourceLocation;
        }
    }
    // What lies in a source's place is the source's too.
    for at in (0..list.len()).rev() {
        if let Some(around) = list[at].inside {
            list[around].role = list[at].role;
        }
    }
    told_before(list);
}

/// "Zaytun in Nahran", and later "the market in Zaytun": in Nahran still.
fn told_before(list: &mut [Place]) {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..list.len() {
        let name = fold(&list[at].name);
        match (list[at].inside, told.get(&name)) {
            (Some(around), _) => _ = told.entry(name).or_insert(around),
            (None, Some(around)) if !lies_around(list, &name, *around) => list[at].inside = Some(*around),
            (None, _) => {}
        }
    }
}

/// Whether a place, or one that it lies in, has a name.
fn lies_around(list: &[Place], name: &str, from: usize) -> bool {
    const DEEPEST: usize = 6;
    let nest = std::iter::successors(Some(from), |at| list[*at].inside).take(DEEPEST);
    nest.into_iter().any(|at| fold(&list[at].name) == name)
}

/// "A in B", "A, B", «قرية A بريف B»: few words between, and no list.
fn lies_in(window: &Window<'_>, inner: &Place, outer: &Place, next: Option<&Place>) -> bool {
    let gap = inner.run.end..outer.run.start;
    if gap.len() > 5
        || gap.clone().any(|at| window.tokens.get(at).is_some_and(|token| token.lines > 0))
        || starts_line(window, outer)
    {
        return false;
    }
    let mut comma = false;
    let mut joined = gap.is_empty()
        && (outer.prefix > 0
            || window.tokens.is_arabic(outer.run.start) && outer.kind != PlacePrecision::NotPlaced);
    for at in gap {
        match window.tokens.word(at) {
            "in" | "of" | "near" | "في" | "من" | "قرب" | "التابعه" | "التابع" => {
                joined = true
            }
            "the" | "s" | "s'" | "located" | "situated" | "rural" | "nearby" => {}
            _ if window.tokens.is_mark(at, ',') || window.tokens.is_mark(at, '-') => comma = true,
            _ if window.tokens.is_mark(at, '\'')
                || window.tokens.is_mark(at, '(')
                || window.tokens.is_mark(at, '#') => {}
            _ if window.tags.is(at, |sense| matches!(sense, Sense::Direction)) => joined = true,
            _ => return false,
        }
    }
    let conjunction = window.tokens.is_arabic(outer.run.start)
        && outer.prefix > 0
        && window.tokens.word(outer.run.start).starts_with('و');
    let list_goes_on = next.is_some_and(|next| {
        let gap = outer.run.end..next.run.start;
        gap.len() <= 2 && gap.into_iter().any(|at| matches!(window.tokens.word(at), "and" | "or"))
    });
    (joined || comma && !list_goes_on) && !conjunction && !wider(inner.kind, outer.kind)
}

/// «قصر النهر – وكالة النهر», «(قصر النهر) –»: where a report was written, at the beginning of its line.
fn is_dateline(window: &Window<'_>, place: &Place) -> bool {
    let start =
        place.run.start - usize::from(place.run.start > 0 && window.tokens.is_mark(place.run.start - 1, '('));
    let end = place.run.end + usize::from(window.tokens.is_mark(place.run.end, ')'));
    let opens = window.tokens.get(start).is_some_and(|token| token.lines > 0);
    // "Nahran AFP Monday"
    let weekday = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Weekday(_)));
    if is_shouted(window, end) && weekday(end + 1) {
        return true;
    }
    // "NAHRAN Ten people were killed", "NAHRAN — Ten people"
    if is_shouted(window, place.run.start) {
        return !is_shouted(window, end)
            && (window.tokens.is_capital(end) || window.tokens.is_mark(end, '-'));
    }
    window.tokens.is_arabic(place.run.start)
        && opens
        && matches!(window.tokens.mark(end), Some('-' | '/' | ':' | '|'))
        && !window.tokens.is_mark(end + 1, ':')
}

/// "Nahran Ten people were killed": a name before the capital that begins a sentence, and no preposition before it.
fn opens_a_report(window: &Window<'_>, place: &Place) -> bool {
    let (start, end) = (place.run.start, place.run.end);
    let number =
        window.tags.number(end).is_some() || window.tags.is(end, |sense| matches!(sense, Sense::Hedge(_)));
    place.kind == PlacePrecision::NotPlaced
        && window.tokens.is_capital(end)
        && number
        && start.checked_sub(1).is_none_or(|at| !window.tokens.is_on(Words::BeforeAPlace, at))
}

fn starts_line(window: &Window<'_>, place: &Place) -> bool {
    window.tokens.get(place.run.start).is_some_and(|token| token.lines > 0)
}

/// Whether the first is surely the wider of the two, so that it cannot lie in the second; only landmarks lie in streets and
/// landmarks.
fn wider(inner: PlacePrecision, outer: PlacePrecision) -> bool {
    let small = |kind: PlacePrecision| matches!(kind, PlacePrecision::Landmark | PlacePrecision::Street);
    if small(outer) && !small(inner) {
        return true;
    }
    let known = |kind: PlacePrecision| !matches!(kind, PlacePrecision::NotPlaced | PlacePrecision::NearPlace);
    known(inner) && known(outer) && inner > outer
}

/// «سليم الوراق من مدينة الزيتون», «نازحين من ريف النهر»: words for people or a name right before «من».
fn is_after_somebody(window: &Window<'_>, from: usize) -> bool {
    const NAME: usize = 4;
    let people = from > 0 && window.tags.is(from - 1, |sense| matches!(sense, Sense::People(_)));
    let name = (from.saturating_sub(NAME)..from).find(|at| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Given(_)))
            && !window
                .tags
                .is(*at, |sense| !matches!(sense, Sense::Given(_) | Sense::Construct | Sense::Family))
    });
    let known =
        |sense: &Sense| matches!(sense, Sense::Harm(..) | Sense::Means(..) | Sense::Strike | Sense::Site(_));
    people || name.is_some_and(|at| !window.tags.any(at..from, known))
}

/// "the defence ministry in X said": where an office is that tells something.
fn office_tells(window: &Window<'_>, place: &Place) -> bool {
    let office = |sense: &Sense| matches!(sense, Sense::Org(_) | Sense::Teller(_));
    let tells = |sense: &Sense| matches!(sense, Sense::Says);
    let before = place.run.start.checked_sub(2).is_some_and(|at| window.tags.is(at, office));
    before && !window.tokens.is_arabic(place.run.start) && window.tags.is(place.run.end, tells)
}

/// "despite Nahran promises", "Nahran denied": a capital for its government.
fn is_a_government(window: &Window<'_>, place: &Place) -> bool {
    let (start, end) = (place.run.start, place.run.end);
    let bare = place.run.len() == 1 && start > 0 && !window.tokens.is_arabic(start);
    let placed = |word: &str| Words::BeforeAPlace.has(word);
    let says = window.tags.is(end, |sense| matches!(sense, Sense::Says)) && !is_harm(window, end);
    bare && !placed(window.tokens.word(start - 1)) && (says || window.tokens.is_on(Words::Promises, end))
}

/// "told reporters in X": where somebody spoke.
fn is_told_there(window: &Window<'_>, place: &Place) -> bool {
    let Some(hearers) = place.run.start.checked_sub(2) else { return false };
    matches!(window.tokens.word(hearers), "reporters" | "journalists" | "newsmen")
        && matches!(window.tokens.word(hearers + 1), "in" | "at")
        && (hearers.saturating_sub(2)..hearers)
            .any(|at| window.tags.is(at, |sense| matches!(sense, Sense::Says)))
}

/// "reporter in X" is the source's place, "civilians from X" an origin.
fn role(window: &Window<'_>, place: &Place) -> PlaceRole {
    let start = place.run.start;
    let from = start.saturating_sub(4);
    let before = from..start;
    // The name of an organisation may stand between: مراسل «صوت النهر» في قصر النهر.
    let near_role = (start.saturating_sub(9)..start)
        .rev()
        .take_while(|at| *at >= from || window.owner(*at + 1) == crate::window::Owner::Organisation)
        .find(|at| window.tags.is(*at, |sense| matches!(sense, Sense::Role(_))));
    let preposition = start.checked_sub(1).map_or("", |at| window.tokens.word(at));
    let in_place = matches!(preposition, "in" | "at" | "for" | "في") || place.prefix > 0;
    // In Arabic the verb of saying stands before the role: «قال مراسلنا في نهران».
    let arabic = window.tokens.is_arabic(start);
    let between = if arabic { near_role.map_or(start, |role| role + 1)..start } else { before };
    let broken = between.into_iter().any(|at| {
        window.tokens.mark(at).is_some_and(|mark| mark == ',' || mark == '.')
            || window.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Harm(..) | Sense::Strike))
    });
    let of_source = in_place && (near_role.is_some() && !broken || office_tells(window, place));
    if of_source || is_a_government(window, place) || is_told_there(window, place) {
        return PlaceRole::SourceLocation;
    }
    let people = window.tags.any(start.saturating_sub(6)..start, |sense| {
        matches!(
            sense,
            Sense::People(_) | Sense::Harm(_, HarmForm::People(_)) | Sense::Displaced | Sense::Family
        )
    });
    let of_somebody = preposition == "من" && is_after_somebody(window, start - 1);
    if of_somebody || preposition == "from" && people || matches!(preposition, "ابناء" | "اهالي" | "سكان")
    {
        return PlaceRole::Origin;
    }
    // Where the wounded were taken is not where they were hurt.
    let mut before = start.saturating_sub(6)..start;
    let taken = before.clone().any(|at| window.tokens.is_on(Words::TakenTo, at))
        || before.any(|at| window.tokens.word(at) == "نقل") && preposition == "الي";
    // "the Nahran talks", «مفاوضات نهران»: they were about it, or held there.
    let noun = if arabic { start.checked_sub(1) } else { Some(place.run.end) };
    let talks = noun.is_some_and(|at| window.tokens.is_on(Words::Talks, at));
    match taken || talks {
        true => PlaceRole::Secondary,
        false if is_dateline(window, place) => PlaceRole::SourceLocation,
        false => PlaceRole::Primary,
    }
}
