//! Injuries that no one word says: "was shot", "was treated for burns", "suffered a broken foot", "lost an eye", shrapnel that hits
//! people; and whoever is not said to live.

use sijil_model::codebook::Harm;

use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// Whether a token begins words that say together that somebody was injured and lives.
pub(crate) fn is_injured(window: &Window<'_>, at: usize) -> bool {
    let suffers = window.tokens.is_on(Words::Suffers, at) && has_injury(window, at + 1);
    suffers
        || loses_a_limb(window, at)
        || is_hit(window, at)
        || is_shot(window, at)
        || is_treated(window, at)
        || lives_with_a_wound(window, at)
}

/// "31 people were taken to hospital with bullet wounds", "were treated for burns".
fn is_treated(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 7;
    let word = |at: usize| window.tokens.word(at);
    if !matches!(
        word(at),
        "taken" | "rushed" | "brought" | "admitted" | "hospitalised" | "hospitalized" | "treated"
    ) {
        return false;
    }
    // "23 people brought in with gunshot wounds"
    let passive =
        (1..=2).any(|back| at >= back && matches!(word(at - back), "was" | "were" | "been" | "being"));
    if !passive && window.group_ending(at).is_none() {
        return false;
    }
    let clause = || (at + 1..at + REACH).take_while(|at| window.tokens.is_word(*at));
    let with = clause().find(|at| matches!(word(*at), "with" | "for" | "after"));
    let dies = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    with.is_some_and(|with| has_injury(window, with + 1)) && !clause().any(|at| window.tags.is(at, dies))
}

/// "The clinic took in 17 people with bullet wounds", "treated 12 people for burns".
pub(super) fn takes_in(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let word = |at: usize| window.tokens.word(at);
    let passive = at > 0 && matches!(word(at - 1), "was" | "were" | "been" | "being" | "are");
    let object = at + 1 + usize::from(matches!(word(at), "took" | "taking" | "takes"));
    let takes =
        matches!(word(at), "treated" | "treating" | "received" | "receiving" | "admitted" | "admitting")
            || matches!(word(at), "took" | "taking" | "takes") && word(at + 1) == "in";
    let Some(group) = window.group_at(object).filter(|group| takes && !passive && group.counted) else {
        return false;
    };
    let with = (group.run.end..group.run.end + REACH).find(|at| matches!(word(*at), "with" | "for"));
    with.is_some_and(|with| has_injury(window, with + 1))
}

/// "Six people were shot": whoever is not said to have died of it.
fn is_shot(window: &Window<'_>, at: usize) -> bool {
    const DEATH: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    let dies = |at: usize| {
        word(at) == "down" || window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)))
    };
    let clause = || (at..at + DEATH).take_while(|at| window.tokens.mark(*at).is_none());
    let passive = at > 0 && matches!(word(at - 1), "was" | "were") && follows_people(window, at);
    // "Two shot at protest"
    let headline = window.group_ending(at).is_some_and(|group| group.counted)
        && matches!(word(at + 1), "in" | "at" | "by" | "near" | "during" | "on");
    word(at) == "shot" && (passive || headline) && !clause().any(dies)
}

/// Whether people end among the words before a token: what follows is said of them, and of no house.
fn follows_people(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 7;
    let before = at.saturating_sub(REACH)..at;
    let people = |end: usize| window.name_ending(end).is_some() || window.group_ending(end).is_some();
    before.clone().any(people) && !window.tags.any(before, |sense| matches!(sense, Sense::Site(_)))
}

/// "Shrapnel hit a girl in the stomach", "a stray bullet struck two pupils": who is not said to have died of it.
pub(super) fn hits_people(window: &Window<'_>, at: usize) -> bool {
    const DEATH: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    let missile = at > 0 && window.tokens.is_on(Words::Missile, at - 1);
    let people =
        |at: usize| window.group_at(at).is_some_and(|group| group.counts()) || window.name_at(at).is_some();
    let dies = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    missile
        && matches!(word(at), "hit" | "struck" | "pierced" | "grazed")
        && people(at + 1)
        && !(at..at + DEATH)
            .take_while(|at| window.tokens.mark(*at) != Some('.'))
            .any(|at| window.tags.is(at, dies))
}

/// "a broken foot", "severe burns": an injury among the next words.
fn has_injury(window: &Window<'_>, from: usize) -> bool {
    const REACH: usize = 4;
    (from..from + REACH)
        .take_while(|here| window.tokens.is_word(*here))
        .any(|here| window.tokens.is_on(Words::Injury, here))
}

/// "was hit by shrapnel", "was struck in the leg by a bullet"; but not "was hit by shrapnel and died".
fn is_hit(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 7;
    const DEATH: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    let passive = at > 0 && matches!(word(at - 1), "was" | "were");
    if !passive || !matches!(word(at), "hit" | "struck" | "grazed") || !follows_people(window, at) {
        return false;
    }
    let clause = |reach: usize| (at + 1..at + reach).take_while(|at| window.tokens.mark(*at) != Some('.'));
    let by = clause(REACH).find(|at| word(*at) == "by");
    let missile = by.is_some_and(|by| (by + 1..by + 4).any(|at| window.tokens.is_on(Words::Missile, at)));
    let dies = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    missile && !clause(DEATH).any(|at| window.tags.is(at, dies))
}

/// "Salim, 10, survived with a wound to the shoulder", "… was pulled alive from the cellar with burns": of somebody by name.
fn lives_with_a_wound(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    matches!(window.tokens.word(at), "survived" | "alive" | "escaped")
        && (at.saturating_sub(REACH)..=at).any(|end| {
            let one = |group: &crate::groups::Group| {
                group.kin.is_some() || super::number_of(group.said.quantity) == Some(1)
            };
            window.group_ending(end).is_some_and(one) || window.name_ending(end).is_some()
        })
        && (at + 1..at + REACH)
            .take_while(|here| window.tokens.is_word(*here))
            .any(|here| window.tokens.word(here) == "with" && has_injury(window, here + 1))
}

/// "lost an eye", "lost his left hand".
fn loses_a_limb(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let between = |word: &str| {
        matches!(word, "a" | "an" | "his" | "her" | "their" | "one" | "both" | "left" | "right" | "of")
    };
    matches!(window.tokens.word(at), "lost" | "loses" | "losing")
        && (at + 1..=at + REACH)
            .find(|here| !between(window.tokens.word(*here)))
            .is_some_and(|here| window.tokens.is_on(Words::Limbs, here))
}

/// "Six people were shot, two of them fatally".
pub(super) fn ends_fatally(window: &Window<'_>, at: usize) -> bool {
    window.tokens.word(at) == "fatally" && window.group_ending(at).is_some()
}
