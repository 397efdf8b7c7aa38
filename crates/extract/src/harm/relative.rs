//! Names after a clause that tells of the attack: "Wounded in the strike that killed three people: Salim Warraq, Rima Warraq".
//! They are of the word before the clause, and not of the dead inside it.

use std::ops::Range;

use super::triggers::Trigger;
use super::{Hit, Who};
use crate::window::Window;

/// Gives the names that a list adds after such a clause to the word of harm that the clause stands inside.
pub(super) fn settle(window: &Window<'_>, triggers: &[Trigger], hits: &mut [Hit]) {
    for (at, clause) in
        triggers.iter().enumerate().filter(|(_, trigger)| tells_of_the_attack(window, trigger))
    {
        let has_people =
            |trigger: &Trigger| hits.iter().any(|hit| hit.trigger.as_ref() == Some(&trigger.run));
        let outer = triggers[..at].iter().rfind(|trigger| !trigger.negated && !has_people(trigger));
        let Some((harm, run)) = outer.map(|outer| (outer.harm, outer.run.clone())) else { continue };
        let own = |hit: &Hit| hit.trigger.as_ref() == Some(&clause.run);
        let names = |hit: &Hit| matches!(hit.who, Who::Name(_));
        let Some(last) = hits.iter().rfind(|hit| own(hit) && !names(hit)).map(|hit| hit.run.end) else {
            continue;
        };
        let Some(first) = hits.iter().find(|hit| own(hit) && names(hit) && hit.run.start >= last) else {
            continue;
        };
        if !opens_a_list(window, last..first.run.start) {
            continue;
        }
        for hit in hits.iter_mut().filter(|hit| own(hit) && names(hit) && hit.run.start >= last) {
            (hit.harm, hit.apposed, hit.trigger) = (harm, None, Some(run.clone()));
        }
    }
}

/// "the strike that killed", «القصف الذي أودى بحياة», «الغارة التي قتلت».
fn tells_of_the_attack(window: &Window<'_>, trigger: &Trigger) -> bool {
    let before = |back: usize| trigger.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let opens = |word: &str| matches!(word, "that" | "which" | "الذي" | "التي");
    opens(before(1))
        || opens(before(2)) && !window.tokens.is_arabic(trigger.run.start)
        || matches!(window.tokens.word(trigger.run.start), "بحياه" | "حياه") && opens(before(2))
}

/// A colon, or «كل من».
fn opens_a_list(window: &Window<'_>, mut gap: Range<usize>) -> bool {
    gap.any(|at| window.tokens.is_mark(at, ':') || matches!(window.tokens.word(at), "كل" | "كلا"))
}
