//! A toll of weeks that a clause after the event brings up: "killing three, taking the death toll in the town this week to 19".
//!
//! The trap this avoids: the week's toll is taken for the event's, or the event is lost with the week.

use std::ops::Range;

use crate::times::Extent;
use crate::window::Window;
use crate::word_lists::Words;

/// Such a clause: where it opens, and where its number stands.
pub(super) struct OfAStretch {
    pub opens: usize,
    pub number: usize,
}

/// The clause of a sentence that brings a toll of more than its event up to a number.
pub(super) fn of_a_stretch(window: &Window<'_>, run: &Range<usize>) -> Option<OfAStretch> {
    const LONGEST: usize = 24;
    run.clone().skip(1).filter(|at| opens(window, *at)).find_map(|opens| {
        let clause = opens..run.end.min(opens + LONGEST);
        let number = clause.clone().find(|at| {
            let number = || window.tags.number(at + 1).is_some();
            window.tokens.word(*at) == "to"
                && (window.group_at(at + 1).is_some_and(|group| group.counted) || number())
        })? + 1;
        let stretch = |at: usize| match window.tokens.word(at) {
            "since" => true,
            "this" => matches!(window.tokens.word(at + 1), "week" | "month" | "year" | "season"),
            "so" => window.tokens.word(at + 1) == "far",
            _ => false,
        };
        let period = window
            .within(&window.times, &clause, |time| &time.run)
            .iter()
            .any(|time| time.extent == Extent::Period && time.expression.is_some());
        // "since" may also follow the number.
        (clause.into_iter().any(stretch) || period).then_some(OfAStretch { opens, number })
    })
}

/// ", taking", ", raising": a participle that goes on after an event.
fn opens(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word.ends_with("ing") && window.tokens.is_on(Words::Rises, at) && window.tokens.is_mark(at - 1, ',')
}
