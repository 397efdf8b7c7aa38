//! Dying that no word of the lexicon tells: who "went", in a witness' words; and dying that is no harm, of grief.

use std::ops::Range;

use sijil_model::codebook::Harm;

use super::triggers::{Direction, Trigger, is_negated};
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// «راح ابني كريم», «وراحت بنت أخوي»: what a witness says of who is dead; with a place to go to, he only went there.
pub(super) fn passes_away(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let word = window.tokens.word(at);
    let goes = matches!(word.strip_prefix('و').unwrap_or(word), "راح" | "راحت" | "راحوا");
    let near = at + 1..end.min(at + REACH);
    let kin = window.group_at(at + 1).is_some_and(|group| group.kin.is_some());
    let clause = || near.clone().take_while(|at| window.tokens.mark(*at).is_none());
    let to_somewhere = |at: usize| {
        matches!(window.tokens.word(at), "ع" | "علي" | "الي" | "لعند" | "عند" | "باتجاه" | "نحو")
            || window.owner(at) == Owner::Place
            || window.tags.at(at).iter().any(|tag| tag.prefix > 0 && matches!(tag.sense, Sense::Site(_)))
            || window.tokens.word(at).starts_with(['ي', 'ت']) && window.is_free(at)
    };
    window.testimony.is_some() && goes && kin && !clause().any(to_somewhere)
}

/// The people after such a verb are dead.
pub(super) fn of_the_dead(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Trigger {
    Trigger {
        run: at..at + 1,
        harm: Harm::Killed,
        form: HarmForm::Verb,
        direction: Direction::Right,
        negated: is_negated(window, at, sentence.start),
        part: false,
        both: false,
        arabic: true,
    }
}

/// «ماتت من القهر», "died of grief": of no violence.
pub(super) fn dies_otherwise(window: &Window<'_>, from: usize, end: usize) -> bool {
    const REACH: usize = 5;
    (from..end.min(from + REACH)).take_while(|at| window.tokens.is_word(*at)).any(|at| {
        let heart_attack = window.tokens.word(at) == "heart" && window.tokens.word(at + 1) == "attack";
        heart_attack || Words::NoViolence.has(window.tokens.word(at))
    })
}
