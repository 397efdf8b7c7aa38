//! Numbers that count people without saying so: "15 were killed", "the toll rose to 115", "two staffers were killed".

use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Where a plural noun that the lexicon does not know ends: "two staffers were killed", "15 Marjanis".
pub(super) fn unknown_noun(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    // "two kidnapped loggers", "three suspected smugglers", "two street sweepers"
    let noun = is_unknown(window, at + 1) && (at + 1..at + 3).any(|at| is_unknown_plural(window, at));
    let at = at + usize::from(is_attribute(window, at) && noun);
    // "seven UN observers"
    let of_a_body = |at: &usize| window.owner(*at) == Owner::Organisation || window.tokens.word(*at) == "un";
    let at = at + (at..end.min(at + 3)).take_while(of_a_body).count();
    let last = (at..end.min(at + 3)).take_while(|here| is_unknown(window, *here)).last()?;
    // "one goatherd dead": a single one of them.
    let harmed = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(..)));
    let one = at > 0 && window.tokens.word(at - 1) == "one" && harmed(last + 1);
    ((one || window.tokens.word(last).ends_with('s')) && stops(window, last + 1, end)).then_some(last + 1)
}

/// A word that may stand before a noun and say which people they are.
fn is_attribute(window: &Window<'_>, at: usize) -> bool {
    let attribute = |sense: &Sense| {
        matches!(sense, Sense::Harm(_, HarmForm::Past) | Sense::Doubt(_) | Sense::Head(..) | Sense::Site(_))
    };
    window.tokens.is_word(at)
        && !window.tokens.is_capital(at)
        && !window.tokens.is_on(Words::EndsAPhrase, at)
        && window.tags.is(at, attribute)
}

/// A word that the lexicon does not know.
pub(super) fn is_unknown(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_word(at)
        && !window.tokens.is_arabic(at)
        && matches!(window.owner(at), Owner::Nobody | Owner::Actor)
        && window.tags.at(at).is_empty()
        && !window.tokens.is_on(Words::Animals, at)
        && window.tokens.word(at).len() > 3
}

/// "one of its midwives": people by a noun that the lexicon does not know; but "two of his limbs", "one of its ships".
pub(super) fn is_unknown_plural(window: &Window<'_>, at: usize) -> bool {
    is_unknown(window, at) && window.tokens.word(at).ends_with('s') && !crate::harm::is_body_part(window, at)
}

/// "has risen", "rose", "climbed" right before a token.
pub(super) fn is_risen(window: &Window<'_>, at: usize) -> bool {
    at > 0 && window.tokens.is_on(Words::Rises, at - 1)
}

/// "the toll rose to 115", "the toll reached 115", "the toll rose from nine to 115".
pub(super) fn is_toll(window: &Window<'_>, at: usize) -> bool {
    if crate::harm::is_grown_total(window, at) || crate::harm::is_set_anew(window, at) {
        return true;
    }
    let reached = |word: &str| matches!(word, "to" | "at" | "from") || Words::Reaches.has(word);
    at > 0
        && (reached(window.tokens.word(at - 1)) || window.tokens.is_mark(at - 1, ':'))
        && window
            .tags
            .any(at.saturating_sub(24)..at, |sense| matches!(sense, Sense::Toll | Sense::TollInjured))
}

/// What may follow a number that counts people without saying so.
pub(super) fn stops(window: &Window<'_>, at: usize, end: usize) -> bool {
    at >= end
        || window.tokens.mark(at).is_some_and(|mark| matches!(mark, ',' | '.' | ';' | ')' | ':' | '|'))
        || window.tokens.is_mark(at, '(') && (window.tokens.is_mark(at + 2, '%') || is_object_of_harm(window, at))
        || matches!(
            window.tokens.word(at),
            "and"
                | "in"
                | "were"
                | "was"
                | "including"
                | "have"
                | "has"
                | "had"
                | "reported"
                | "after"
                | "when"
                | "as"
                | "near"
                | "on"
                | "of"
                | "each"
                | "according"
        )
        || window.tags.is(at, |sense| matches!(sense, Sense::Harm(..)))
        || crate::harm::is_violence(window, at)
        || matches!(window.tokens.word(at), "fatally" | "critically" | "seriously")
        // "killed two people and wounded three this week"
        || at > 1
            && window.tags.is(at - 2, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Active)))
            && (window.owner(at) == Owner::Time || window.tokens.is_on(Words::EndsAPhrase, at) || window.tokens.word(at) == "this")
        // "5 confirmed dead", "11 named dead"
        || matches!(window.tokens.word(at), "confirmed" | "named" | "unnamed" | "identified" | "unidentified")
            && window.tags.is(at + 1, |sense| matches!(sense, Sense::Harm(_, HarmForm::Adjective | HarmForm::Past)))
        // "two were killed by a drone and four by artillery"
        || window.tokens.word(at) == "by"
            && window.tags.any(at + 1..at + 4, |sense| matches!(sense, Sense::Means(..)))
        // "leaving 20 with gunshot wounds", "one found dead"
        || window.tokens.word(at) == "with" && (at + 1..at + 4).any(|at| window.tokens.is_on(Words::Injury, at))
        || window.tokens.word(at) == "found" && matches!(window.tokens.word(at + 1), "dead" | "shot")
        || window.tokens.word(at) == "are" && window.tokens.word(at + 1) == "in"
        || matches!(window.tokens.word(at), "is" | "are")
            && window.tags.is(at + 1, |sense| matches!(sense, Sense::Harm(..)))
}

/// "killed 8 (three children)", "Fatalities: 2 (both nurses)": a number that ends at a token, right after a word of harm or its colon.
fn is_object_of_harm(window: &Window<'_>, end: usize) -> bool {
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(..));
    let before = |back: usize| end.checked_sub(back).filter(|at| window.tags.is(*at, harm)).is_some();
    before(2) || before(3) && end > 1 && window.tokens.is_mark(end - 2, ':')
}
