//! Whose body is told of by what or who they are: «جثة العمدة المخطوف، سليم الوراق», «جثمان الملازم سليم الوراق».

use sijil_model::codebook::Harm;

use super::{Hit, Item, Who, is_body};
use crate::window::Window;

/// The rule of these hits.
const RULE: &str = "whose-body";

/// Adds whoever is named right after a body, or after what he was.
pub(super) fn settle(window: &Window<'_>, items: &[Item], hits: &mut Vec<Hit>, chains: &mut usize) {
    for (at, item) in items.iter().enumerate() {
        let body = item.run.start.checked_sub(1).is_some_and(|body| is_body(window.tokens.word(body)));
        let named = body.then(|| named(window, items, at)).flatten();
        let Some(name) = named.filter(|name| hits.iter().all(|hit| hit.who != name.who)) else { continue };
        // The name says who the group is.
        hits.retain(|hit| hit.who != item.who);
        hits.push(Hit::alone(name.who, &name.run, Harm::Killed, RULE, *chains));
        *chains += 1;
    }
}

/// The name that an item is, or that follows what somebody is: «الملازم سليم الوراق», «العمدة المخطوف، سليم الوراق».
fn named<'i>(window: &Window<'_>, items: &'i [Item], at: usize) -> Option<&'i Item> {
    const GAP: usize = 3;
    let Who::Group(index) = items[at].who else { return Some(&items[at]) };
    let group = &window.groups[index];
    let next = items.get(at + 1).filter(|next| matches!(next.who, Who::Name(_)))?;
    let says_who = |at: usize| window.tokens.is_mark(at, ',') || window.tokens.word(at).starts_with("ال");
    let mut gap = items[at].run.end..next.run.start;
    let one = super::number_of(group.said.quantity) == Some(1);
    (one && group.kin.is_none() && gap.len() <= GAP && gap.all(says_who)).then_some(next)
}
