//! Whom a sentence tells of who can be harmed: its groups and names, without those who only speak, or only say who somebody
//! else is.

use std::ops::Range;

use sijil_model::Quantity;

use super::{
    Item, Who, bystanders, is_body, is_body_part, is_harm, is_passive_report, is_reference, is_speaker,
};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Groups and names of a sentence in order, without those who only speak or are only referred to.
pub(super) fn items(window: &Window<'_>, run: &Range<usize>) -> Vec<Item> {
    let groups = window.groups.partition_point(|group| group.run.start < run.start);
    let names = window.names.partition_point(|name| name.run.start < run.start);
    let mut items: Vec<Item> = Vec::new();
    for (at, group) in
        window.groups.iter().enumerate().skip(groups).take_while(|(_, group)| group.run.start < run.end)
    {
        let others = is_body_of_the_next(window, group)
            || only_tells(window, group)
            || bystanders::is_doer(window, group);
        if !others && !is_nobody(window, group) && !is_unborn(window, group) && !is_only_said(window, group) {
            items.push(Item { who: Who::Group(at), run: group.run.clone() });
        }
    }
    for (at, name) in
        window.names.iter().enumerate().skip(names).take_while(|(_, name)| name.run.start < run.end)
    {
        let again = is_named_again(window, at)
            || window.is_of_a_writer(&name.run)
            || bystanders::buries(window, &name.run);
        if !again && !is_speaker(window, &name.run) && !is_reference(window, &name.run) {
            items.push(Item { who: Who::Name(at), run: name.run.clone() });
        }
    }
    items.sort_by_key(|item| item.run.start);
    items
}

/// "killed no civilians", "neither women nor children", "no child": nobody; but "no fewer than ten civilians".
fn is_nobody(window: &Window<'_>, group: &Group) -> bool {
    let no = |at: usize| matches!(window.tokens.word(at), "no" | "neither" | "nor");
    let counted = group.run.clone().any(|at| window.tags.number(at).is_some());
    // "It is not known how many people died"
    if group.run.start > 0 && window.tokens.word(group.run.start - 1) == "how" {
        return true;
    }
    // "None of the 200 pupils was hurt"
    let of = group.run.start.checked_sub(2).filter(|at| window.tokens.word(*at + 1) == "of");
    // "None of the 11 people killed was a fighter"
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past));
    if of.is_some_and(|at| window.tokens.word(at) == "none") && !window.tags.is(group.run.end, harmed) {
        return true;
    }
    !counted && (no(group.run.start) || group.run.start.checked_sub(1).is_some_and(no))
}

/// "thought to be his daughter", "my uncle’s dog", "Of two deminers, one was killed": people who only say who somebody is, whose
/// something is, or of how many.
fn is_only_said(window: &Window<'_>, group: &Group) -> bool {
    let word = |back: usize| group.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let predicate = word(1) == "be" && word(2) == "to";
    let end = group.run.end;
    let owns = window.tokens.is_mark(end, '\'') && window.tokens.word(end + 1) == "s";
    // "my brother's wife", "the baker's son": whose kin somebody is.
    let kin_of = group.said.quantity == Quantity::Singular
        && window.group_at(end + 1).is_some_and(|next| next.kin.is_some());
    let thing = owns
        && !is_body_part(window, end + 2)
        && (kin_of || !window.tags.is(end + 2, |sense| matches!(sense, Sense::Kin(_) | Sense::People(_))));
    let opens = word(1) == "of"
        && group.counted
        && window.tokens.is_mark(end, ',')
        && window.opens_sentence(group.run.start - 1);
    // «من بين 40 تلميذا كانوا في الفصل، أصيب ستة»
    let of_whom = word(1) == "بين"
        && word(2) == "من"
        && group.counted
        && window.opens_sentence(group.run.start - 2)
        && group.harm.is_none();
    // "the wife and two children of a teacher"
    let ends_kin = |from: usize| {
        let kin = window.tags.find(from, |sense| matches!(sense, Sense::Kin(_)).then_some(()));
        kin.is_some_and(|(_, tag)| from + usize::from(tag.length) + 1 == group.run.start)
    };
    let of_kin = || (group.run.start.saturating_sub(6)..group.run.start).any(ends_kin);
    let whose = word(1) == "of" && !group.counted && matches!(word(0), "a" | "an") && of_kin();
    predicate || thing || opens || of_whom || whose
}

/// "her unborn child": nobody of whom the killed are counted.
fn is_unborn(window: &Window<'_>, group: &Group) -> bool {
    let before = usize::from(!window.tokens.is_arabic(group.run.start));
    let from = group.run.start.saturating_sub(before);
    (from..group.run.end).any(|at| window.tokens.is_on(Words::Unborn, at))
}

/// "two residents said", "a farmer from Nahran told us": people who tell.
fn only_tells(window: &Window<'_>, group: &Group) -> bool {
    const PLACE: usize = 6;
    let end = group.run.end;
    let place = |at: &usize| {
        window.owner(*at) == Owner::Place
            || matches!(window.tokens.word(*at), "in" | "from" | "of" | "at" | "the")
    };
    let from = if window.tokens.is_arabic(end) { 0 } else { (end..end + PLACE).take_while(place).count() };
    let at = end + from;
    let says = window.tags.is(at, |sense| matches!(sense, Sense::Says)) && !is_harm(window, at);
    says && !window.tokens.is_arabic(at) && !is_passive_report(window, at)
}

/// «جثمان المتطوع سليم الوراق»: whose body it is follows.
fn is_body_of_the_next(window: &Window<'_>, group: &Group) -> bool {
    let next = group.run.end;
    group.run.len() == 1
        && is_body(window.tokens.word(group.run.start))
        && (window.group_at(next).is_some() || window.name_at(next).is_some())
}

/// «الشهيد الوراق» after «سليم الوراق», "سليم الوراق Salim Warraq", "Salim Warraq (Abu Karim)": a person who was named right
/// before, or in full.
pub(crate) fn is_named_again(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 100;
    let (tokens, run) = (&window.tokens, &window.names[at].run);
    let Some(before) = at.checked_sub(1).map(|before| &window.names[before].run) else { return false };
    let brackets = (before.end..run.start).all(|at| tokens.mark(at).is_some());
    let spelt = brackets
        && run.start - before.end <= 1
        && tokens.is_arabic(before.start)
        && !tokens.is_arabic(run.start);
    let given = window.tags.is(run.start, |sense| matches!(sense, Sense::Given(_)));
    let surname = run.len() == 1 && tokens.is_arabic(run.start) && !given;
    let kunya = matches!(tokens.word(run.start), "abu" | "um" | "umm");
    let nickname = brackets && kunya && tokens.is_mark(run.end, ')') && run.start - before.end <= 4;
    spelt
        || nickname
        || surname
            && window.names[..at]
                .iter()
                .rev()
                .take(NEAR)
                .any(|full| full.run.clone().skip(1).any(|at| tokens.word(at) == tokens.word(run.start)))
}
