//! Names in Arabic to whose bearers nothing was done: whose kin somebody is, titles between, «نجل النائب فلان», and who buries or
//! mourns his own, «ودّع فلان ثلاثة من إخوته».

use std::ops::Range;

use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// «نجل النائب فلان», «زوجة القاضي الشيخ فلان»: a word of kin, and what its owner is, before his name.
pub(super) fn is_owner_of_kin(window: &Window<'_>, start: usize) -> bool {
    const TITLES: usize = 3;
    let title = |at: usize| {
        let known = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_));
        let word = window.tokens.word(at);
        word.starts_with("ال") && !Words::TitleOfTheDead.has(word) && window.tags.is(at, known)
            || window.tokens.is_on(Words::GoverningTitle, at)
    };
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if !kin.possessed);
    let first = (1..=TITLES).filter_map(|back| start.checked_sub(back)).find(|at| !title(*at));
    window.tokens.is_arabic(start)
        && first.is_some_and(|at| {
            at + 1 < start
                && window.tags.at(at).iter().any(|tag| kin(tag.sense) && !tag.article && tag.length == 1)
        })
}

/// «ودّع فلان ثلاثة من إخوته», «دفن فلان ابنه»: a verb of burying or mourning, its subject, and right after him his dead.
pub(super) fn buries(window: &Window<'_>, name: &Range<usize>) -> bool {
    let dead = |at: usize| {
        window
            .group_at(at)
            .is_some_and(|group| !group.and && group.prefix == 0 && (group.counted || group.kin.is_some()))
    };
    name.start > 0 && is_farewell(window, name.start - 1) && dead(name.end)
}

fn is_farewell(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    Words::Buries.has(word) || Words::Buries.has(word.strip_prefix(['و', 'ف']).unwrap_or(word))
}
