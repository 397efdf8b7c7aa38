//! What stands between people, and between people and a word of harm, in Arabic alone: who was only there, what commas set off, by
//! what it was done, and the records of those who collect names.

use std::ops::Range;

use sijil_model::codebook::Status;

use super::speakers::is_sex_of_a_card;
use super::triggers::Trigger;
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::sentences::Sentence;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// «قُتل في حضن أمه», «أُعدم أمام أطفاله»: who was there.
pub(super) fn is_only_present(window: &Window<'_>, start: usize) -> bool {
    let before = start.checked_sub(1).map_or("", |at| window.tokens.word(at));
    let kin = window.group_at(start).is_some_and(|group| group.kin.is_some());
    kin && matches!(before, "حضن" | "امام" | "ذراعي" | "احضان" | "مراي" | "انظار" | "بحضور" | "اعين")
}

/// «هدى الوراق، محاسبة، 47 سنة، وابنها»: what commas set off to say who the first is; where it ends.
pub(super) fn set_off(window: &Window<'_>, at: usize, gap: &Range<usize>) -> Option<usize> {
    const LONGEST: usize = 3;
    let plain = |at: &usize| {
        window.tokens.is_arabic(*at)
            && window.is_free(*at)
            && !window.tags.is(*at, |sense| matches!(sense, Sense::Harm(..) | Sense::Says | Sense::Survived))
    };
    let opens = at > gap.start && window.tokens.is_mark(at - 1, ',');
    let end = at + (at..gap.end.min(at + LONGEST)).take_while(plain).count();
    (opens && end > at && window.tokens.is_mark(end, ',')).then_some(end)
}

/// «قتلت بصاروخ ثان شابا», «قتلوا بالسواطير 27 قرويا»: by what it was done stands between a verb that names its doers and its object.
pub(super) fn with_what(window: &Window<'_>, trigger: &Trigger, object: usize) -> bool {
    const LONGEST: usize = 3;
    const DOER: usize = 4;
    let verb = window.tokens.word(trigger.run.start);
    let done = trigger.form == HarmForm::Verb && (verb.ends_with('ت') || verb.ends_with("وا"));
    // «قتلت قوات النظام بصاروخ شابا»
    let doer = |at: &usize| window.owner(*at) == Owner::Actor || window.tokens.is_on(Words::PartyHead, *at);
    let with = trigger.run.end + (trigger.run.end..trigger.run.end + DOER).take_while(doer).count();
    let adjectives = |at: usize| window.is_free(at) && window.group_at(at).is_none();
    let befallen = |group: &Group| {
        let accusative = window.tokens.word(group.run.end - 1).ends_with('ا');
        group.status != Some(Status::Combatant) && group.prefix == 0 && (group.counted || accusative)
    };
    done && window.tokens.word(with).starts_with('ب')
        && object > with
        && object - with <= LONGEST
        && (with + 1..object).all(adjectives)
        && window.group_at(object).is_some_and(befallen)
}

/// «سليم الوراق، ذكر، 34 سنة، مزارع، قُتل», «هدى الوراق، محاسبة، 47 سنة: قُتلت»: a record opens with a name that a comma follows, and
/// the next commas set off an age or a sex.
pub(super) fn is_card(window: &Window<'_>, sentence: &Sentence) -> bool {
    const REACH: usize = 10;
    const TITLE: usize = 2;
    let start = sentence.run.start;
    let name = (start..start + TITLE).find_map(|at| window.name_at(at));
    let Some(end) = name.map(|name| name.run.end).filter(|end| window.tokens.is_mark(*end, ',')) else {
        return false;
    };
    (end..end + REACH).any(|at| {
        is_sex_of_a_card(window, at)
            || window.tags.is(at, |sense| matches!(sense, Sense::AgeYears | Sense::AgeMonths))
                && window.tokens.mark(at + 1).is_some()
    })
}

/// «سائق صهريج المياه سليم الوراق»: two words for what somebody has to do with, before his name.
pub(super) fn runs_what(window: &Window<'_>, at: usize, next: &Range<usize>) -> bool {
    let what = |at: usize| {
        window.is_free(at)
            && !window.tags.is(at, |sense| matches!(sense, Sense::Harm(..) | Sense::Says | Sense::Link(_)))
    };
    let one = |group: &Group| super::number_of(group.said.quantity) == Some(1) && group.kin.is_none();
    next.start == at + 2
        && window.tokens.is_arabic(at)
        && !window.tokens.word(at).starts_with("ال")
        && window.tokens.word(at + 1).starts_with("ال")
        && what(at)
        && what(at + 1)
        && window.name_at(next.start).is_some_and(|name| name.prefix == 0)
        && window.group_ending(at).is_some_and(one)
}
