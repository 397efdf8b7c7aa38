//! Clauses of one Arabic sentence that each tell of their own dead: «قُتل مدنيان في نهران، وقُتل ثلاثة في مرجان», «قتلوا حارسين ثم أجهزوا
//! على ثلاثة نزلاء».
//!
//! The trap this avoids: two numbers of one sentence are taken for two counts of the same people, as where two sources tell of them.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use super::{Hit, Who};
use crate::sense::Sense;
use crate::window::{Owner, Window};

/// Puts the dead, and the wounded, of a later clause beside those of the first.
pub(super) fn settle(window: &Window<'_>, sentence: &Range<usize>, hits: &mut [Hit]) {
    for harm in [Harm::Killed, Harm::Injured] {
        let mut heads: Vec<usize> = Vec::new();
        for at in 0..hits.len() {
            if hits[at].harm == harm
                && counts(window, &hits[at])
                && heads.iter().all(|head| hits[*head].chain != hits[at].chain)
            {
                heads.push(at);
            }
        }
        for pair in 1..heads.len() {
            let (first, next) = (heads[pair - 1], heads[pair]);
            if is_another_clause(window, sentence, &hits[first], &hits[next]) {
                let (into, from) = (hits[first].chain, hits[next].chain);
                hits.iter_mut().filter(|hit| hit.chain == from && hit.harm == harm).for_each(|hit| {
                    hit.chain = into;
                    if hit.stands == Stands::Alone {
                        hit.stands = Stands::Besides;
                    }
                });
            }
        }
    }
}

/// A number of people, or one, who stand by themselves.
fn counts(window: &Window<'_>, hit: &Hit) -> bool {
    let number = matches!(hit.who, Who::Group(index) if {
        let group = &window.groups[index];
        super::number_of(group.said.quantity).is_some() && !group.part
    });
    number
        && matches!(hit.stands, Stands::Alone | Stands::Besides)
        && window.tokens.is_arabic(hit.run.end - 1)
}

/// Whether the words of harm of two hits are of two clauses, each with its own place, or the second of which «ثم» opens.
fn is_another_clause(window: &Window<'_>, sentence: &Range<usize>, first: &Hit, next: &Hit) -> bool {
    const NEAR: usize = 8;
    let (Some(one), Some(other)) = (&first.trigger, &next.trigger) else { return false };
    if first.run.end.max(one.end) > next.run.start.min(other.start) {
        return false;
    }
    let word = |at: usize| window.tokens.word(at);
    let ends = |at: &usize| matches!(window.tokens.mark(*at), Some(',' | '.' | ';'));
    let after = |from: usize| (from..sentence.end.min(from + NEAR)).take_while(|at| !ends(at));
    let told = |at: usize| {
        let says = |sense: &Sense| {
            matches!(
                sense,
                Sense::Says | Sense::Since | Sense::Toll | Sense::TollInjured | Sense::Claim | Sense::Ago
            )
        };
        window.tags.is(at, says)
            || matches!(
                word(at),
                "كان"
                    | "كانت"
                    | "وكان"
                    | "وكانت"
                    | "منذ"
                    | "خلال"
                    | "بعد"
                    | "قبل"
                    | "عقب"
                    | "سابق"
                    | "بينما"
                    | "نفسه"
                    | "نفسها"
                    | "ذاته"
                    | "ذاتها"
            )
    };
    if (first.run.end..other.start).chain(after(next.run.end)).any(told) {
        return false;
    }
    let kin = |hit: &Hit| match hit.who {
        Who::Group(index) => window.groups[index].kin.as_ref(),
        Who::Name(_) => None,
    };
    // «توفيت أمي فورا، وأخي الصغير توفي في الطريق»
    if let (Some(one), Some(other)) = (kin(first), kin(next)) {
        return one.relation != other.relation || one.sex != other.sex;
    }
    if kin(first).is_some() || kin(next).is_some() {
        return false;
    }
    let then = other.start > sentence.start && word(other.start - 1) == "ثم";
    let placed = |mut clause: Range<usize>| clause.any(|at| window.owner(at) == Owner::Place);
    let joined =
        window.tags.at(other.start).iter().any(|tag| tag.and) || word(other.start).starts_with(['و', 'ف']);
    let where_it_is = after(next.run.end).last().map_or(next.run.end, |last| last + 1);
    then || joined && placed(first.run.end..other.start) && placed(next.run.end..where_it_is)
}
