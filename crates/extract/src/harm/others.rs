//! Others told of by a verb of their own: "killed five people instantly; two others died later of their injuries".

use std::ops::Range;

use sijil_model::claim::Stands;

use super::{Hit, Who};
use crate::sense::Sense;
use crate::window::Window;

/// Whether the words after people say that they died later, or of their wounds.
fn is_told_as_later(window: &Window<'_>, end: usize) -> bool {
    const REACH: usize = 6;
    (end..end + REACH).take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ';'))).any(|at| {
        let word = window.tokens.word(at);
        matches!(word, "later" | "injuries" | "wounds" | "hospital" | "clinic" | "way" | "لاحقا" | "لاحق")
            || word.starts_with("متاثر")
    })
}

/// Puts "two others" beside the number that was told before them in the sentence.
pub(super) fn settle(window: &Window<'_>, sentence: &Range<usize>, hits: &mut [Hit]) {
    // "An earlier toll of 15 rose as three more died": the toll has them.
    if window.tags.any(sentence.clone(), |sense| matches!(sense, Sense::Toll)) {
        return;
    }
    let counted = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted);
    let other = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].other);
    for at in 0..hits.len() {
        let one = &hits[at];
        if one.stands != Stands::Alone
            || !counted(one)
            || !other(one)
            || !is_told_as_later(window, one.run.end)
        {
            continue;
        }
        let before = hits.iter().find(|hit| {
            hit.harm == one.harm
                && hit.chain != one.chain
                && hit.stands == Stands::Alone
                && hit.run.end <= one.run.start
                && counted(hit)
                && !other(hit)
        });
        if let Some(chain) = before.map(|hit| hit.chain) {
            (hits[at].stands, hits[at].chain) = (Stands::Besides, chain);
        }
    }
}
