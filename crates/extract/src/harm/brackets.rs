//! People told of in a bracket: "eight dead (3 men, 3 women, 2 children) and 20 wounded".
//!
//! The trap this avoids: the last of the bracket is taken together with whoever follows it.

use std::ops::Range;

use super::is_harm;
use super::triggers::Trigger;
use crate::window::Window;

/// Whether a bracket ends between two people that was opened before the first.
pub(super) fn leaves_a_bracket(window: &Window<'_>, gap: &Range<usize>) -> bool {
    let mut depth = 0_usize;
    gap.clone().any(|at| match window.tokens.mark(at) {
        Some('(') => {
            depth += 1;
            false
        }
        Some(')') if depth == 0 => true,
        Some(')') => {
            depth -= 1;
            false
        }
        _ => false,
    })
}

/// "eight dead (3 men, 3 women, 2 children) and 20 wounded": who is told of in a bracket is of the number before it.
pub(super) fn is_breakdown(window: &Window<'_>, last: &Range<usize>) -> bool {
    const LONGEST: usize = 24;
    let before = (last.start.saturating_sub(LONGEST)..last.start).rev();
    let open =
        before.take_while(|at| !window.tokens.is_mark(*at, ')')).find(|at| window.tokens.is_mark(*at, '('));
    open.is_some_and(|open| open > 0 && is_harm(window, open - 1))
}

/// Whether what a word of harm takes stands in a bracket that opens right after it, and ends in a gap.
pub(super) fn is_bracketed(window: &Window<'_>, trigger: &Trigger, gap: &Range<usize>) -> bool {
    window.tokens.is_mark(trigger.run.end, '(') && gap.start > trigger.run.end
}
