//! Stage 4: what the words around a name say of the person: age, sex, kin.

use std::ops::Range;

use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// An age as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    Years(u16),
    Months(u16),
    /// "15 or 16", "9 to 11", in years.
    Between(u16, u16),
}

/// The age that stands right after a name: "(8 years old)", ", 34,", "(12)", "(daughter, aged 14)", ١٠ سنوات; with where its
/// words end.
pub(crate) fn age_after(window: &Window<'_>, at: usize) -> Option<(Age, Range<usize>)> {
    if ages_in_turn(window, at).is_some() {
        return None;
    }
    // «/18/ عاما»
    let slashes = window.tokens.is_mark(at, '/') && window.tokens.is_mark(at + 2, '/');
    let bracket = window.tokens.is_mark(at, '(');
    let comma =
        window.tokens.is_mark(at, ',') || window.tokens.is_mark(at, '-') && !window.tokens.is_glued(at);
    let mut here = at + usize::from(bracket || comma || slashes);
    here += if bracket { kin_and_comma(window, here) } else { 0 };
    let start = here;
    while window.tokens.is_on(Words::BeforeAnAge, here) && here < start + 4 {
        here += 1;
    }
    let number = window.tags.number(here).filter(|number| number.n <= 120)?;
    let between = here > start && window.tokens.word(here - 1) == "between";
    here += number.length + usize::from(slashes);
    let other = other_end(window, here, between).filter(|(n, _)| (number.n..=120).contains(n));
    here = other.map_or(here, |(_, end)| end);
    here += usize::from(window.tokens.is_mark(here, '-'));
    let unit = age_unit(window, here);
    let closes = window.tokens.is_mark(unit.map_or(here, |(_, end)| end), ')');
    let lone = bracket && window.tokens.is_mark(here, ')')
        || comma && window.tokens.is_number(here - 1) && ends_phrase(window, here);
    let end = unit.map_or(here, |(_, end)| end) + usize::from(bracket && closes);
    match unit {
        Some((months, _))
            if bracket || comma || window.tokens.is_arabic(here) || here > at + number.length =>
        {
            Some((age(number.n, other, months)?, at..end))
        }
        None if lone => Some((age(number.n, other, false)?, at..end)),
        _ => None,
    }
}

/// "aged 19 and 16", "(aged 12, 9 and 4)" after the names of several people: their ages in turn, with where they end.
pub(crate) fn ages_in_turn(window: &Window<'_>, at: usize) -> Option<(Vec<u16>, usize)> {
    let tokens = &window.tokens;
    let mut here = at + usize::from(matches!(tokens.mark(at), Some(',' | '(')));
    if !matches!(tokens.word(here), "aged" | "ages") {
        return None;
    }
    here += 1;
    let (mut ages, mut end) = (Vec::new(), here);
    while let Some(number) = window.tags.number(here).filter(|number| number.n <= 120) {
        let after = here + number.length;
        // "aged 19, and 16 others": a number of people.
        let counts = tokens.is_word(after)
            && !matches!(
                tokens.word(after),
                "and" | "respectively" | "years" | "were" | "was" | "in" | "when"
            );
        if counts {
            break;
        }
        ages.push(u16::try_from(number.n).ok()?);
        end = after;
        here = after + usize::from(tokens.is_mark(after, ','));
        here += usize::from(tokens.word(here) == "and");
    }
    (ages.len() > 1).then_some((ages, end))
}

/// Whether a number is one of several ages told in turn: "Salim and Karim, aged 19 and 16".
pub(crate) fn is_age_in_turn(window: &Window<'_>, at: usize) -> bool {
    const FARTHEST: usize = 16;
    let between = |at: &usize| {
        window.tags.number(*at).is_some()
            || window.tokens.is_mark(*at, ',')
            || window.tokens.word(*at) == "and"
    };
    let back = (at.saturating_sub(FARTHEST)..at).rev().find(|at| !between(at));
    back.and_then(|aged| ages_in_turn(window, aged)).is_some_and(|(_, end)| at < end)
}

/// The age of a name of several whose ages are told in turn after the last of them.
pub(crate) fn age_in_turn(window: &Window<'_>, run: &Range<usize>) -> Option<Age> {
    let is_list = |mut gap: Range<usize>| {
        gap.len() <= 2 && gap.all(|at| window.tokens.is_mark(at, ',') || window.tokens.word(at) == "and")
    };
    let own = window.names.partition_point(|name| name.run.start < run.start);
    let joined = |two: &[crate::names::Name]| is_list(two[0].run.end..two[1].run.start);
    let after = window.names.get(own..)?.windows(2).take_while(|two| joined(two)).count();
    let (ages, _) = ages_in_turn(window, window.names.get(own + after)?.run.end)?;
    let before = window.names.get(..=own)?.windows(2).rev().take_while(|two| joined(two)).count();
    let years = ages.get(before).filter(|_| ages.len() == before + after + 1)?;
    Some(Age::Years(*years))
}

/// "daughter, " in a bracket before an age: how many tokens.
fn kin_and_comma(window: &Window<'_>, at: usize) -> usize {
    let kin = window.tags.is(at, |sense| matches!(sense, Sense::Kin(_)));
    if kin && window.tokens.is_mark(at + 1, ',') { 2 } else { 0 }
}

/// The second number of an age that is only known between two, and where it ends: "or 16", "to 11", "and 40", "-16".
fn other_end(window: &Window<'_>, at: usize, between: bool) -> Option<(u64, usize)> {
    let joins = matches!(window.tokens.word(at), "or" | "to")
        || between && window.tokens.word(at) == "and"
        || matches!(window.tokens.mark(at), Some('-' | '/')) && window.tokens.is_number(at + 1);
    let number = window.tags.number(at + 1).filter(|_| joins)?;
    Some((number.n, at + 1 + number.length))
}

fn age(number: u64, other: Option<(u64, usize)>, months: bool) -> Option<Age> {
    let n = u16::try_from(number).ok()?;
    Some(match other {
        _ if months => Age::Months(n),
        Some((to, _)) => Age::Between(n, u16::try_from(to).ok()?),
        None => Age::Years(n),
    })
}

fn ends_phrase(window: &Window<'_>, at: usize) -> bool {
    window.tokens.get(at).is_none_or(|token| token.lines > 0)
        || matches!(window.tokens.mark(at), Some(',' | '.' | ';' | ':'))
        || window.tokens.word(at) == "and"
}

/// "Laleh, 13, was burned": where the verb after a name and an age is.
pub(crate) fn after_age(window: &Window<'_>, end: usize) -> usize {
    let age = age_after(window, end).map_or(end, |(_, age)| age.end);
    age + usize::from(age > end && window.tokens.is_mark(age, ','))
}

/// Whether an age after a name is the next one's: "Salim Haddad, 34-year-old Karim Haddad", "…, 15-year-old daughter Lina".
pub(crate) fn is_of_next(window: &Window<'_>, age: &Range<usize>) -> bool {
    let describes = |at: &usize| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Kin(_) | Sense::People(_) | Sense::Title(_)))
    };
    let old = age.end > 0 && window.tokens.word(age.end - 1) == "old";
    let next = (age.end..age.end + 3).find(|at| !describes(at));
    old && next.is_some_and(|at| window.name_at(at).is_some())
}

/// "a girl of four months, Salma Haddad": the age that ends before the comma, and where it begins.
fn age_of(window: &Window<'_>, at: usize) -> Option<(Age, usize)> {
    let comma = at.checked_sub(1).filter(|comma| window.tokens.is_mark(*comma, ','))?;
    let unit = comma.checked_sub(1)?;
    let (months, _) = age_unit(window, unit)?;
    let number = (1..=2).filter_map(|back| unit.checked_sub(back)).find(|at| {
        window.tags.number(*at).is_some_and(|number| at + number.length == unit)
            && *at > 0
            && window.tokens.word(at - 1) == "of"
    })?;
    let n = window.tags.number(number)?.n;
    Some((age(n, None, months)?, number))
}

/// "34-year-old" before a name, with the token where it begins.
pub(crate) fn age_before(window: &Window<'_>, at: usize) -> Option<(Age, usize)> {
    if let Some(age) = age_of(window, at) {
        return Some(age);
    }
    // The unit "year-old" ends right before the name, possibly with a kin word or noun between: "a ten-year-old girl named X".
    let mut end = at - usize::from(at > 0 && is_naming(window, at - 1));
    // "a six-month-old infant, X": what is apposed has a noun of people before its comma.
    if at > 1 && window.tokens.is_mark(at - 1, ',') {
        end -= usize::from(window.tags.is(at - 2, |sense| matches!(sense, Sense::Kin(_) | Sense::People(_))));
    }
    for _ in 0..3 {
        let last = end.checked_sub(1)?;
        let between = window.tags.is(last, |sense| {
            matches!(sense, Sense::Kin(_) | Sense::People(_) | Sense::Title(_) | Sense::Role(_))
        });
        if matches!(window.tokens.word(last), "old") {
            break;
        }
        if !between {
            return None;
        }
        end = last;
    }
    if end < 4 || window.tokens.word(end - 1) != "old" {
        return None;
    }
    let mut unit = end - 2;
    unit -= usize::from(window.tokens.is_mark(unit, '-'));
    let months = match window.tokens.word(unit) {
        "year" | "years" => false,
        "month" | "months" => true,
        _ => return None,
    };
    let mut last = unit.checked_sub(1)?;
    last -= usize::from(window.tokens.is_mark(last, '-') && last > 0);
    (last.saturating_sub(2)..=last).find_map(|start| {
        let number = window
            .tags
            .number(start)
            .filter(|number| start + number.length == last + 1 && number.n <= 120)?;
        let n = u16::try_from(number.n).ok()?;
        Some((if months { Age::Months(n) } else { Age::Years(n) }, start))
    })
}

/// "named", "called", «اسمه», «تدعى» before a name.
pub(crate) fn is_naming(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "named"
            | "called"
            | "اسمه"
            | "اسمها"
            | "يدعي"
            | "تدعي"
            | "المدعو"
            | "المدعوه"
            | "واسمه"
            | "واسمها"
    )
}

/// Whether the unit of an age stands at a token: months or not, and where it ends.
fn age_unit(window: &Window<'_>, at: usize) -> Option<(bool, usize)> {
    window
        .tags
        .find(at, |sense| match sense {
            Sense::AgeYears => Some(false),
            Sense::AgeMonths => Some(true),
            _ => None,
        })
        .map(|(months, tag)| {
            let mut end = at + usize::from(tag.length);
            end += usize::from(tag.length == 1 && window.tokens.word(end) == "old");
            (months, end)
        })
}
