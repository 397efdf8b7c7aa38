//! Whoever tells it, as one of the injured: «وأنا أُصبت بشظية», "I was wounded in the leg".
//!
//! The trap this avoids: who says "I" is somebody's source in every other sentence, and no victim.

use sijil_model::Quantity;
use sijil_model::codebook::Harm;

use super::{Group, Heads, said};
use crate::harm::is_negated;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// The speaker with the verb of what was done to him, where it begins at a token.
pub(super) fn hurt(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    if !window.is_free(at) {
        return None;
    }
    let last = if window.tokens.is_arabic(at) { in_arabic(window, at) } else { in_english(window, at) }
        .filter(|last| *last <= end)?;
    let run = at..last;
    let quantity = said(window, Quantity::Singular, &run);
    let prefix = u8::from(window.tokens.is_arabic(at) && window.tokens.word(at).starts_with('و'));
    Some(Group {
        prefix,
        and: prefix > 0,
        harm: Some(Harm::Injured),
        counted: true,
        speaker: true,
        ..Heads::default().group(run, quantity)
    })
}

/// «أنا انصبت», «وأصبت أنا»: the pronoun, for without its vowels «أصبت» is "you were hit" and "she hit" too.
fn in_arabic(window: &Window<'_>, at: usize) -> Option<usize> {
    let pronoun = |at: usize| matches!(window.tokens.word(at), "انا" | "وانا");
    let verb = |at: usize| window.tokens.is_on(Words::IWasHurt, at);
    let both = pronoun(at) && verb(at + 1) || verb(at) && pronoun(at + 1);
    let near = at.saturating_sub(4)..at;
    // «كنت عند الباب وأصبت»: who has just said "I was".
    let goes_on = verb(at) && near.into_iter().any(|at| matches!(window.tokens.word(at), "كنت" | "وكنت"));
    let alone = goes_on && !window.tokens.word(at).contains("جرح");
    (!is_negated(window, at, at.saturating_sub(2)))
        .then_some(if both { at + 2 } else { at + 1 })
        .filter(|_| both || alone)
}

/// "I was also badly wounded", "I got hit", "I lost my leg".
fn in_english(window: &Window<'_>, at: usize) -> Option<usize> {
    const ADVERBS: usize = 2;
    let word = |at: usize| window.tokens.word(at);
    if word(at) != "i" || window.is_quoted(at) {
        return None;
    }
    let lost = matches!(word(at + 1), "lost")
        && word(at + 2) == "my"
        && (at + 3..at + 5).any(|at| window.tokens.is_on(Words::Limbs, at));
    if lost {
        return Some(at + 2);
    }
    let adverb = |at: &usize| word(*at).ends_with("ly") || matches!(word(*at), "also" | "too" | "myself");
    let passive = matches!(word(at + 1), "was" | "got" | "am");
    let verb = at + 2 + (at + 2..at + 2 + ADVERBS).take_while(adverb).count();
    let hit = window.tags.is(verb, |sense| matches!(sense, Sense::Harm(Harm::Injured, HarmForm::Past)))
        || matches!(word(verb), "hit" | "shot" | "burned" | "burnt");
    (passive && hit).then_some(verb + 1)
}
