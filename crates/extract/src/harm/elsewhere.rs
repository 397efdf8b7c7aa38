//! Numbers without a noun of those to whom the same happened in another place: "Five civilians were killed by shelling in one town and
//! three in the next", «قُتل خمسة مدنيين بقصف على البلدة وثلاثة في القرية».
//!
//! The trap this avoids: only the first number is counted, or the second is taken for a part of it.

use std::ops::Range;

use sijil_model::claim::Stands;

use super::{Hit, Item, Who, is_harm, number_of};
use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// Adds those of further places to the number before them.
pub(super) fn settle(window: &Window<'_>, items: &[Item], hits: &mut Vec<Hit>) {
    for item in items {
        let Who::Group(index) = item.who else { continue };
        let group = &window.groups[index];
        let joined =
            group.and || item.run.start > 0 && matches!(window.tokens.word(item.run.start - 1), "and" | "و");
        let free = hits.iter().all(|hit| hit.run != item.run);
        if !(free
            && joined
            && group.implied
            && number_of(group.said.quantity).is_some()
            && (is_somewhere(window, item) || is_by_another_weapon(window, item)))
        {
            continue;
        }
        // "Five were killed, three by shelling and two by snipers": the two are of the five.
        let next = |hit: &&Hit| {
            is_somewhere(window, item)
                || !items.iter().any(|other| (hit.run.end..item.run.start).contains(&other.run.start))
        };
        let told = |hit: &&Hit| is_told_somewhere_else(window, hit, item) && next(hit);
        let Some(before) = hits.iter().rfind(told).cloned() else {
            continue;
        };
        let Who::Group(like) = before.who else { continue };
        let like = Some(before.like.unwrap_or(like));
        hits.push(Hit {
            who: item.who,
            run: item.run.clone(),
            stands: Stands::Alone,
            like,
            apposed: None,
            less: 0,
            ..before
        });
    }
    hits.sort_by_key(|hit| hit.run.start);
}

/// "four by artillery": whether a weapon of their own follows.
fn is_by_another_weapon(window: &Window<'_>, item: &Item) -> bool {
    window.tokens.word(item.run.end) == "by" && has_weapon(window, item.run.end + 1..item.run.end + 4)
}

fn has_weapon(window: &Window<'_>, run: Range<usize>) -> bool {
    window.tags.any(run, |sense| matches!(sense, Sense::Means(..)))
}

/// "three in Kafr Halim": whether a place of their own follows.
fn is_somewhere(window: &Window<'_>, item: &Item) -> bool {
    let at = item.run.end;
    let preposition =
        matches!(window.tokens.word(at), "in" | "near" | "at" | "outside" | "في" | "قرب" | "بالقرب");
    // A town that no list knows is one all the same.
    let no_other = |sense: &Sense| {
        matches!(
            sense,
            Sense::Head(..) | Sense::Ordinary | Sense::Common | Sense::Given(_) | Sense::Construct
        )
    };
    let unknown = window.tokens.is_arabic(at + 1)
        && window.is_free(at + 1)
        && window.tags.at(at + 1).iter().all(|tag| no_other(tag.sense));
    preposition && (unknown || has_place(window, at + 1..at + 4))
}

fn has_place(window: &Window<'_>, run: Range<usize>) -> bool {
    !window.within(&window.places, &run, |place| &place.run).is_empty()
}

/// Whether a number of people stands before, of whom a place is told, and no other harm between.
fn is_told_somewhere_else(window: &Window<'_>, hit: &Hit, item: &Item) -> bool {
    const FARTHEST: usize = 24;
    let Who::Group(index) = hit.who else { return false };
    let between = hit.run.end..item.run.start;
    let own = hit.trigger.clone().unwrap_or(0..0);
    let other = |at: usize| {
        is_harm(window, at) && !own.contains(&at)
            || matches!(window.tokens.mark(at), Some('.' | ';' | ':'))
            || window.tokens.is_on(Words::Rises, at)
    };
    number_of(window.groups[index].said.quantity).is_some()
        && !window.groups[index].part
        && hit.stands == Stands::Alone
        && hit.run.end < item.run.start
        && between.len() <= FARTHEST
        && (has_place(window, between.clone())
            || is_by_another_weapon(window, item) && has_weapon(window, between.clone()))
        && !between.into_iter().any(other)
}
