//! Others told of by a verb of their own: "killed five people instantly; two others died later of their injuries".

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Class;

use super::{Hit, Who};
use crate::groups::Group;
use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// Whether the words after people say that they died later, or of their wounds.
fn is_told_as_later(window: &Window<'_>, end: usize) -> bool {
    const REACH: usize = 6;
    (end..end + REACH).take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ';'))).any(|at| {
        let word = window.tokens.word(at);
        matches!(word, "later" | "injuries" | "wounds" | "hospital" | "clinic" | "way" | "لاحقا" | "لاحق")
            || word.starts_with("متاثر")
    })
}

/// «قتلت القوات ثمانية مسلحين، فيما قتل جندي», "killed three guards, then two guests": another killing of other people, which «فيما»,
/// «ثم» or "then" right before its verb sets apart.
fn is_told_apart(window: &Window<'_>, before: &Hit, one: &Hit) -> bool {
    let Some(trigger) = &one.trigger else { return false };
    let noun = |hit: &Hit| match hit.who {
        Who::Group(index) => Some(window.tokens.word(window.groups[index].run.end - 1)),
        Who::Name(_) => None,
    };
    const NEAR: usize = 2;
    // "killed two fighters; a bystander was also killed"
    let single = matches!(one.who, Who::Group(index) if super::number_of(window.groups[index].said.quantity) == Some(1));
    let sets_apart = |at: usize| match window.tokens.word(at) {
        "also" => single,
        word => matches!(word, "فيما" | "بينما" | "ثم" | "then"),
    };
    let near = trigger.start.saturating_sub(NEAR).max(before.run.end)..trigger.start;
    trigger.start >= before.run.end
        && near.into_iter().any(sets_apart)
        && noun(before).is_some()
        && noun(one).is_some()
        && noun(before) != noun(one)
}

/// "A policeman lost his sight and two women suffered burns": one person, and then others by another noun, of whom he is none.
fn is_another_one(window: &Window<'_>, before: &Hit, next: &Hit) -> bool {
    let group = |hit: &Hit| match hit.who {
        Who::Group(index) => Some(&window.groups[index]),
        Who::Name(_) => None,
    };
    let (Some(one), Some(others)) = (group(before), group(next)) else { return false };
    let number = |group: &Group| super::number_of(group.said.quantity);
    let noun = |group: &Group| window.tokens.word(group.run.end - 1);
    // "Two waiters died and a customer died on the way": one more, by another noun.
    let one_more = || {
        let anybody = matches!(
            noun(one),
            "people"
                | "civilians"
                | "persons"
                | "victims"
                | "members"
                | "residents"
                | "locals"
                | "others"
                | "children"
        );
        number(one).is_some_and(|n| n > 1)
            && !anybody
            && [one, others].iter().all(|group| group.class == Class::Total)
            && matches!(window.tokens.word(others.run.start), "a" | "an")
            && !noun(one).starts_with(noun(others))
            && number(others) == Some(1)
    };
    let told =
        [one, others].iter().all(|group| group.kin.is_none() && group.pronoun.is_none() && !group.implied);
    let mut gap = before.run.end..next.run.start;
    let joined =
        gap.any(|at| matches!(window.tokens.word(at), "and" | "while") || window.tokens.is_mark(at, ';'));
    let own = next.trigger.is_some() && next.trigger != before.trigger;
    told && own
        && joined
        && !others.part
        && (number(one) == Some(1) || one_more())
        && number(others).is_some()
        && noun(one) != noun(others)
        && !window.tokens.is_arabic(next.run.start)
        && !window.tokens.is_on(Words::Anybody, others.run.end - 1)
        && window.tokens.word(others.run.start) != "the"
}

/// Puts "two others" beside the number that was told before them in the sentence.
pub(super) fn settle(window: &Window<'_>, sentence: &Range<usize>, hits: &mut [Hit]) {
    // "An earlier toll of 15 rose as three more died": the toll has them.
    if window.tags.any(sentence.clone(), |sense| matches!(sense, Sense::Toll)) {
        return;
    }
    let counted = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted);
    let other = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].other);
    // "Three were wounded, one in a coma", "40 were injured; one, Salim Warraq, lost an eye": one of them.
    for at in 1..hits.len() {
        let care = |run: &Range<usize>| {
            matches!(window.tokens.word(run.start), "in" | "lost" | "loses")
                || window.tokens.is_on(Words::Suffers, run.start)
        };
        let number = |hit: &Hit| match hit.who {
            Who::Group(index) => window.groups[index].said.quantity.number(),
            Who::Name(_) => Some(1),
        };
        let one = &hits[at];
        let named = |run: &Range<usize>| {
            matches!(one.who, Who::Name(_))
                && run.start > 1
                && window.tokens.is_mark(run.start - 1, ',')
                && window.tokens.word(run.start - 2) == "one"
        };
        let alone = named(&one.run)
            || matches!(one.who, Who::Group(index) if window.groups[index].implied && !window.groups[index].other);
        let of_them =
            |hit: &Hit| hit.harm == one.harm && hit.stands == Stands::Alone && number(hit) > number(one);
        if alone && one.trigger.as_ref().is_some_and(care) && hits[..at].iter().any(of_them) {
            hits[at].stands = Stands::PartOf;
        }
    }
    for at in 0..hits.len() {
        let one = &hits[at];
        let alone = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].implied);
        // "two others died later", "Five were killed instantly, two died later"
        let more = window.tokens.word(one.run.end - 1) == "more" && alone(one);
        let nth = other(one) && alone(one) && window.tokens.word(one.run.start) == "a";
        let later = (counted(one) || nth)
            && (other(one) || alone(one))
            && (more || is_told_as_later(window, one.run.end));
        if one.stands != Stands::Alone || !matches!(one.who, Who::Group(_)) {
            continue;
        }
        let before = hits.iter().find(|hit| {
            hit.harm == one.harm
                && hit.chain != one.chain
                && hit.stands == Stands::Alone
                && hit.run.end <= one.run.start
                && !other(hit)
                && (counted(hit) && (later || is_told_apart(window, hit, one))
                    || is_another_one(window, hit, one))
        });
        if let Some(chain) = before.map(|hit| hit.chain) {
            (hits[at].stands, hits[at].chain) = (Stands::Besides, chain);
        }
    }
}
