//! Which place lies in which, and what each has to do with what is told.

use sijil_model::codebook::{PlacePrecision, PlaceRole};

use super::Place;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;

/// Fills in nests and roles of a window's places, in text order.
pub(super) fn nest(window: &Window<'_>, list: &mut [Place]) {
    for at in 0..list.len() {
        list[at].role = role(window, &list[at]);
        if at + 1 < list.len() && lies_in(window, &list[at], &list[at + 1], list.get(at + 2)) {
            list[at].inside = Some(at + 1);
            list[at + 1].around = true;
        }
    }
    // What lies in a source's place is the source's too.
    for at in (0..list.len()).rev() {
        if let Some(around) = list[at].inside {
            list[around].role = list[at].role;
        }
    }
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
            "the" | "s" | "s'" | "located" | "situated" => {}
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
    window.tokens.is_arabic(place.run.start)
        && opens
        && matches!(window.tokens.mark(end), Some('-' | '/' | ':' | '|'))
        && !window.tokens.is_mark(end + 1, ':')
}

fn starts_line(window: &Window<'_>, place: &Place) -> bool {
    window.tokens.get(place.run.start).is_some_and(|token| token.lines > 0)
}

/// Whether the first is surely the wider of the two, so that it cannot lie in the second.
fn wider(inner: PlacePrecision, outer: PlacePrecision) -> bool {
    let known = |kind: PlacePrecision| !matches!(kind, PlacePrecision::NotPlaced | PlacePrecision::NearPlace);
    known(inner) && known(outer) && inner > outer
}

/// "reporter in X" is the source's place, "civilians from X" an origin.
fn role(window: &Window<'_>, place: &Place) -> PlaceRole {
    let start = place.run.start;
    let from = start.saturating_sub(4);
    let mut before = from..start;
    // The name of an organisation may stand between: مراسل «صوت النهر» في قصر النهر.
    let near_role = (start.saturating_sub(9)..start)
        .rev()
        .take_while(|at| *at >= from || window.owner(*at + 1) == crate::window::Owner::Organisation)
        .any(|at| window.tags.is(at, |sense| matches!(sense, Sense::Role(_))));
    let preposition = start.checked_sub(1).map_or("", |at| window.tokens.word(at));
    let in_place = matches!(preposition, "in" | "at" | "for" | "في") || place.prefix > 0;
    let broken = before.any(|at| {
        window.tokens.mark(at).is_some_and(|mark| mark == ',' || mark == '.')
            || window.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Harm(..) | Sense::Strike))
    });
    if near_role && in_place && !broken {
        return PlaceRole::SourceLocation;
    }
    let people = window.tags.any(start.saturating_sub(6)..start, |sense| {
        matches!(
            sense,
            Sense::People(_) | Sense::Harm(_, HarmForm::People(_)) | Sense::Displaced | Sense::Family
        )
    });
    // «سليم الوراق من مدينة الزيتون», «نازحين من ريف النهر».
    let of_somebody = preposition == "من"
        && start > 1
        && (window.owner(start - 2) == crate::window::Owner::Person
            || window.tags.is(start - 2, |sense| matches!(sense, Sense::People(_))));
    if of_somebody || preposition == "from" && people || matches!(preposition, "ابناء" | "اهالي" | "سكان")
    {
        return PlaceRole::Origin;
    }
    // Where the wounded were taken is not where they were hurt.
    const TAKEN: [&str; 17] = [
        "taken",
        "transferred",
        "transported",
        "evacuated",
        "brought",
        "rushed",
        "arrived",
        "received",
        "admitted",
        "نقلوا",
        "نقلت",
        "نقلهم",
        "نقله",
        "نقلها",
        "اسعافهم",
        "اسعفوا",
        "اسعف",
    ];
    let mut before = start.saturating_sub(6)..start;
    let taken = before.clone().any(|at| TAKEN.contains(&window.tokens.word(at)))
        || before.any(|at| window.tokens.word(at) == "نقل") && preposition == "الي";
    match taken {
        true => PlaceRole::Secondary,
        false if is_dateline(window, place) => PlaceRole::SourceLocation,
        false => PlaceRole::Primary,
    }
}
