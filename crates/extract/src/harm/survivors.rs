//! The dead told of by those who lived: "none of the five survived", "of the twelve in the shelter only three survived".
//!
//! The trap this avoids: nobody is read where a verb of surviving stands, though it says how many did not.

use std::ops::Range;

use sijil_model::codebook::Harm;

use super::{Hit, Who, number_of};
use crate::window::Window;

/// The rule of these hits.
pub(crate) const DID_NOT_SURVIVE: &str = "those-who-did-not-survive";

/// Those of a number told in a sentence who did not survive, where no other words tell of its dead.
pub(super) fn dead_beside(
    window: &Window<'_>,
    sentence: &Range<usize>,
    hits: &[Hit],
    chains: &mut usize,
) -> Option<Hit> {
    if window.tokens.is_arabic(sentence.start) || hits.iter().any(|hit| hit.harm == Harm::Killed) {
        return None;
    }
    let verb = sentence.clone().find(|at| survives(window, *at))?;
    let survivors = survivors(window, sentence.start..verb)?;
    let whole = whole(window, sentence.start..verb, survivors)?;
    *chains += 1;
    let run = &window.groups[whole].run;
    Some(Hit {
        less: survivors,
        ..Hit::alone(Who::Group(whole), run, Harm::Killed, DID_NOT_SURVIVE, *chains - 1)
    })
}

/// "survived", "came out alive".
fn survives(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    matches!(word(0), "survived" | "survive")
        || matches!(word(0), "came" | "got" | "made" | "was" | "were" | "escaped" | "emerged")
            && (1..4).any(|step| word(step) == "alive")
}

/// How many lived: none, or as many as "only" stands before.
fn survivors(window: &Window<'_>, clause: Range<usize>) -> Option<u64> {
    let word = |at: usize| window.tokens.word(at);
    clause.rev().find_map(|at| match word(at) {
        "none" | "neither" => Some(0),
        "one" if word(at - usize::from(at > 0)) == "not" => Some(0),
        "only" | "just" if word(at + 1) == "i" => Some(1),
        "only" | "just" => window.tags.number(at + 1).map(|number| number.n),
        _ => None,
    })
}

/// The people of whom so many lived: the greatest plain number told before the verb.
fn whole(window: &Window<'_>, clause: Range<usize>, survivors: u64) -> Option<usize> {
    let from = window.groups.partition_point(|group| group.run.start < clause.start);
    let told =
        window.groups.iter().enumerate().skip(from).take_while(|(_, group)| group.run.start < clause.end);
    let several = told.filter_map(|(at, group)| {
        let n = number_of(group.said.quantity).filter(|n| group.counted && *n > survivors.max(1))?;
        Some((n, at))
    });
    several.max_by_key(|(n, at)| (*n, usize::MAX - at)).map(|(_, at)| at)
}
