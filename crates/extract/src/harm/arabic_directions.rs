//! On which side of an Arabic verb its people stand, where its own form does not say: it follows its kin, joins others to whoever
//! stands before it, or tells of an attack.

use std::ops::Range;

use super::triggers::is_relative;
use crate::sense::Sense;
use crate::window::Window;

/// «قُتلت مع زوجها», «أُعدمت ميدانيا مع زوجها»: nobody but those whom somebody was harmed with follows.
pub(super) fn is_with_others(window: &Window<'_>, end: usize) -> bool {
    const NEAR: usize = 3;
    let nobody = |at: &usize| window.group_at(*at).is_none() && window.name_at(*at).is_none();
    let others = |at: usize| matches!(window.tokens.word(at), "مع" | "برفقه" | "هو" | "هي" | "هما" | "هم");
    (end..end + NEAR).take_while(nobody).any(others)
}

/// «الغارة التي قتلت», «القذيفة التي أصابت»: a clause about an attack or a weapon right before it.
pub(super) fn is_of_an_attack(window: &Window<'_>, at: usize) -> bool {
    let thing = |sense: &Sense| matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Massacre);
    at > 1 && is_relative(window, at) && window.tags.is(at - 2, thing)
}

/// «أمي ماتت», «أخي الصغير مات»: kin right before the verb, an adjective between.
pub(super) fn follows_its_kin(window: &Window<'_>, at: usize) -> bool {
    let kin =
        |end: usize| window.group_ending(end).is_some_and(|group| group.kin.is_some() && group.prefix <= 1);
    kin(at) || at > 1 && window.tokens.word(at - 1).starts_with("ال") && window.is_free(at - 1) && kin(at - 1)
}

/// «سليم الوراق أصيب وثلاثة من زملائه»: others right after the verb whom «و» joins to whoever stands before it.
pub(super) fn joins_others(window: &Window<'_>, end: usize) -> bool {
    window.group_at(end).is_some_and(|group| group.and && (group.counted || group.kin.is_some()))
}

/// «قُتلا», «أصيبتا», «استشهدوا».
pub(super) fn is_of_several(window: &Window<'_>, run: &Range<usize>) -> bool {
    let word = window.tokens.word(run.start);
    run.len() == 1 && word.ends_with('ا') && window.tokens.is_arabic(run.start)
}
