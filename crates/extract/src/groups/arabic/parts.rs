//! Parts of those who were told of before, «ثلاثة منهم أطفال», «أحدهما طفل», «ثلاثة من القتلى التسعة», and what makes a noun none of
//! those counted.

use sijil_model::{Quantity, Said};

use super::{heads, noun};
use crate::groups::{Group, Heads, said};
use crate::numbers;
use crate::sense::{HarmForm, Number, Sense};
use crate::window::Window;

/// «ثلاثة منهم أطفال», «اثنتان منهن من النساء», «خمسة منهم بحالة حرجة»: a part of those told of before.
pub(super) fn of_them(window: &Window<'_>, at: usize, them: usize, said: &Said, end: usize) -> Option<Group> {
    if them >= end || !matches!(window.tokens.word(them), "منهم" | "منهن" | "منهما") {
        return None;
    }
    let of = usize::from(window.tokens.word(them + 1) == "من");
    let noun = noun(window, them + 1 + of).filter(|tag| !tag.and && them + 1 + of < end);
    let (heads, last) = match noun {
        Some(tag) => heads(window, them + 1 + of, tag, end),
        None => (Heads::default(), them + 1),
    };
    Some(Group { counted: true, part: true, ..heads.group(at..last, said.clone()) })
}

/// «أحدهما طفل», «إحداهن حامل»: one of those told of before, by who it is.
pub(super) fn one_of_them(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let one = matches!(window.tokens.word(at), "احدهم" | "احدهما" | "احداهن" | "احداهما" | "احداهم");
    let tag = noun(window, at + 1).filter(|tag| one && !tag.and && !tag.article && at + 1 < end)?;
    let (heads, last) = heads(window, at + 1, tag, end);
    let run = at..last;
    let one = heads.number == Some(Number::Singular);
    let said = said(window, Quantity::Singular, &run);
    one.then(|| Group { counted: true, part: true, ..heads.group(run, said) })
}

/// «ثلاثة من القتلى التسعة»: of how many of the dead or wounded, at their noun, a part is told.
pub(super) fn of_how_many(window: &Window<'_>, at: usize) -> Option<u64> {
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::People(Number::Plural)));
    let part = at >= 2 && window.tokens.word(at - 1) == "من" && window.tags.number(at - 2).is_some();
    let n = numbers::arabic::definite(&window.tokens, at + 1).filter(|_| part)?;
    window.tags.at(at).iter().any(|tag| tag.article && harmed(tag.sense)).then_some(n)
}

/// «بين القتلى ثلاثة», «من الجرحى اثنان»: the number is of a part of them.
pub(super) fn is_among_others(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "بين" | "من" | "ضمن" | "وبين" | "ومن")
}

/// «وهي أم لطفلين», «أب لثلاثة أطفال»: whose parent somebody is, and nobody who was harmed.
pub(super) fn is_of_a_parent(window: &Window<'_>, at: usize) -> bool {
    let parent = |at: usize| {
        let word = window.tokens.word(at);
        matches!(
            word.strip_prefix('و').unwrap_or(word),
            "ام" | "اب" | "والد" | "والده" | "اما" | "ابا" | "والدا"
        )
    };
    let of = |at: usize| window.tokens.word(at).starts_with('ل') && !window.tokens.word(at).starts_with("لل");
    let before = |back: usize| at.checked_sub(back);
    of(at) && before(1).is_some_and(parent) || before(1).is_some_and(of) && before(2).is_some_and(parent)
}

/// «شابا», «طفلاً»: one person, as the object of a verb.
pub(super) fn is_accusative(window: &Window<'_>, at: usize) -> bool {
    let one = |sense: &Sense| matches!(sense, Sense::People(people) if people.number == Number::Singular);
    window.tags.is(at, one) && window.tokens.word(at).ends_with('ا')
}

/// «شقيقتان (12 و15 عاماً)», «تتراوح أعمارهم بين 9 و13 عاماً»: numbers that are ages.
pub(super) fn is_an_age(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 10;
    const NEAR: usize = 4;
    let unit = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::AgeYears | Sense::AgeMonths | Sense::UnitTime(_)))
    };
    let listed = |at: &usize| {
        window.tags.number(*at).is_some()
            || window.tokens.is_number(*at)
            || window.tokens.is_mark(*at, ',')
            || matches!(window.tokens.word(*at), "و" | "او" | "عمره" | "عمرها" | "العمر")
            || unit(*at)
    };
    let mut before = (at.saturating_sub(REACH)..at).rev().skip_while(listed);
    let opened = before.next().is_some_and(|open| window.tokens.is_mark(open, '('));
    let inside = || (at..at + REACH).take_while(listed);
    let closed = || window.tokens.is_mark(inside().last().map_or(at, |last| last + 1), ')');
    let ages = |at: usize| matches!(window.tokens.word(at), "اعمارهم" | "اعمارهن" | "اعمارهما" | "اعمار");
    opened && inside().any(unit) && closed() || (at.saturating_sub(NEAR)..at).any(ages)
}
