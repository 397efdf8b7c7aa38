//! People of Arabic sentences to whom nothing was done: who did it, «قتل مسلحون مجهولون ثلاثة مدنيين»; whose kin somebody is,
//! «نجل النائب فلان»; and who buries or mourns his own, «ودّع فلان ثلاثة من إخوته».

use std::ops::Range;

use sijil_model::codebook::Status;

use super::is_harm;
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
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

/// «دفن السكان ضحايا الهجوم الأحد عشر», "the 11 victims were buried": victims of whom it is said that they are dead.
pub(super) fn is_buried(window: &Window<'_>, run: &Range<usize>) -> bool {
    const NEAR: usize = 3;
    const AFTER: usize = 8;
    let before = (run.start.saturating_sub(NEAR)..run.start).any(|at| is_farewell(window, at));
    let goes_on = |at: &usize| window.tokens.is_word(*at);
    let after = (run.end..run.end + AFTER)
        .take_while(goes_on)
        .any(|at| matches!(window.tokens.word(at), "buried" | "دفنوا" | "شيعوا"));
    before || after
}

fn is_farewell(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    Words::Buries.has(word) || Words::Buries.has(word.strip_prefix(['و', 'ف']).unwrap_or(word))
}

/// «اعتقل الجنود زياد حمدان», «قتل مسلحون مجهولون ثلاثة مدنيين», «أعدم عناصر التنظيم رميا بالرصاص أربعة شبان»: fighters between a
/// verb and whom it befell. «قتل مسلحون ثلاثة» and «قتل ثلاثة مسلحين وطفل» are of those who were killed.
pub(super) fn is_doer(window: &Window<'_>, group: &Group) -> bool {
    const ADJECTIVES: usize = 2;
    const FARTHEST: usize = 6;
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Verb));
    let Some(before) = group.run.start.checked_sub(1).filter(|at| window.tags.is(*at, verb)) else {
        return false;
    };
    let word = window.tokens.word(before);
    // Without its vowels «قتل» may be passive; «اغتال» never is.
    let active = matches!(word.strip_prefix('و').unwrap_or(word), "اغتال" | "اغتالت" | "اغتالوا" | "يغتال");
    if group.status != Some(Status::Combatant) || group.counted && !active {
        return false;
    }
    let befallen = |at: usize| {
        window.name_at(at).is_some_and(|name| name.prefix == 0)
            || window.group_at(at).is_some_and(|group| {
                // «خمسة من أبناء البلدة»
                let some = !group.implied || window.tokens.word(group.run.end) == "من";
                some && !group.and && group.prefix == 0
            })
    };
    let counted = |at: usize| {
        let governed =
            matches!(window.tokens.word(at - 1), "من" | "علي" | "في" | "عن" | "الي" | "مع" | "ضد" | "بين");
        window.group_at(at).is_some_and(|group| !governed && (active || group.counted && !group.implied))
    };
    let ends = |at: &usize| {
        !window.tokens.is_arabic(*at)
            || is_harm(window, *at)
            || window.tags.is(*at, |sense| matches!(sense, Sense::Link(_) | Sense::Says))
    };
    let end = group.run.end;
    (end..end + ADJECTIVES + 1).take_while(|at| window.tokens.is_arabic(*at)).any(befallen)
        || (end + 1..end + FARTHEST).take_while(|at| !ends(at)).any(|at| befallen(at) && counted(at))
}
