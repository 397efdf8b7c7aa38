//! Harm that English only plans, can do, fears for or speaks of: "a plot to kill ten judges", "they will kill us all", "feared for
//! the lives of her children", "condemned the killing of civilians", "killed himself".

use std::ops::Range;

use crate::sense::{HarmForm, Link, Sense};
use crate::window::Window;

/// Whether a word of harm, up to `end`, says what somebody means to do or may do, or what is only spoken of.
pub(super) fn is_intended(window: &Window<'_>, at: usize, end: usize, sentence: &Range<usize>) -> bool {
    !window.tokens.is_arabic(at)
        && (is_of_the_future(window, at, sentence)
            || is_of_lives_in_danger(window, at, sentence)
            || is_only_spoken_of(window, at, end, sentence)
            || is_done_to_himself(window, end)
            || is_of_the_bereaved(window, at)
            || is_of_whoever_kills(window, at)
            || is_handed_over(window, at, sentence)
            || is_of_every_one(window, at, sentence)
            || is_of_a_world_war(window, at, sentence)
            || is_on_trial(window, at, sentence))
}

/// "to kill", "will kill", "can kill": an infinitive tells of nothing that was done, unless the verb before it says that it
/// was, "went on to kill".
fn is_of_the_future(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const DONE: usize = 3;
    let word = |at: usize| window.tokens.word(at);
    if !matches!(
        word(at),
        "kill" | "wound" | "injure" | "die" | "execute" | "murder" | "behead" | "assassinate"
    ) {
        return false;
    }
    let adverb =
        |at: usize| word(at).ends_with("ly") || matches!(word(at), "also" | "even" | "either" | "not");
    let Some(before) = (sentence.start..at).rev().find(|at| !adverb(*at)) else { return false };
    match word(before) {
        "will" | "would" | "can" | "could" | "cannot" | "shall" | "must" | "ll" | "'ll" | "d" => true,
        "to" => {
            let done = |at: usize| {
                matches!(
                    word(at),
                    "continued"
                        | "continues"
                        | "managed"
                        | "went"
                        | "goes"
                        | "proceeded"
                        | "happened"
                        | "used"
                        | "last"
                        | "first"
                        | "latest"
                )
            };
            !(before.saturating_sub(DONE).max(sentence.start)..before).any(done)
        }
        _ => false,
    }
}

/// "Fearing for the lives of her children", "to save the lives of the wounded": lives are lost only where a verb takes them.
fn is_of_lives_in_danger(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 4;
    const AFTER: usize = 14;
    let word = |at: usize| window.tokens.word(at);
    if !(matches!(word(at), "lives" | "life") && word(at + 1) == "of") {
        return false;
    }
    let takes = |at: usize| {
        matches!(
            word(at),
            "claim"
                | "claims"
                | "claimed"
                | "claiming"
                | "cost"
                | "costs"
                | "costing"
                | "took"
                | "take"
                | "takes"
                | "taken"
                | "taking"
                | "ended"
                | "ending"
                | "loss"
                | "lost"
                | "losing"
                | "snuffed"
                | "robbed"
        ) || window.tags.is(at, |sense| matches!(sense, Sense::Cause))
    };
    let before = at.saturating_sub(BEFORE).max(sentence.start)..at;
    let passive = |at: usize| matches!(word(at), "were" | "was" | "been") && takes(at + 1);
    !before.into_iter().any(takes) && !(at..sentence.end.min(at + AFTER)).any(passive)
}

/// "condemned the killing of civilians", "an inquiry into the deaths of prisoners": nobody's killing in particular, where those killed
/// have neither a number nor a name.
fn is_only_spoken_of(window: &Window<'_>, at: usize, end: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 5;
    let word = |at: usize| window.tokens.word(at);
    let noun = window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Noun)));
    let speaks = |at: usize| {
        matches!(
            word(at),
            "condemned"
                | "condemn"
                | "condemns"
                | "condemning"
                | "denounced"
                | "denounces"
                | "deplored"
                | "protested"
                | "protesting"
                | "protest"
                | "against"
                | "criticised"
                | "criticized"
                | "decried"
                | "stop"
                | "halt"
                | "investigate"
                | "investigating"
                | "into"
                | "over"
                | "blame"
                | "responsible"
                | "accountable"
                | "justice"
        )
    };
    let bare = |at: usize| {
        window.group_at(at).is_some_and(|group| !group.counted && group.said.quantity.number().is_none())
    };
    noun && bare(end)
        && !window.tags.any(end..sentence.end, |sense| *sense == Sense::Link(Link::Including))
        && (at.saturating_sub(BEFORE).max(sentence.start)..at).any(speaks)
}

/// "A soldier killed himself": by his own hand.
fn is_done_to_himself(window: &Window<'_>, end: usize) -> bool {
    is_himself(window, end) && window.tokens.word(end + 1) != "and"
}

/// "himself", as the object of a verb.
pub(super) fn is_himself(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "himself" | "herself" | "themselves")
}

/// "the families of miners killed at work": of whoever was, and nobody in particular.
fn is_of_the_bereaved(window: &Window<'_>, at: usize) -> bool {
    let of = window
        .group_ending(at)
        .filter(|group| !group.counted && group.said.quantity.number().is_none())
        .and_then(|group| group.run.start.checked_sub(2));
    of.is_some_and(|of| {
        window.tokens.word(of + 1) == "of"
            && matches!(
                window.tokens.word(of),
                "families" | "relatives" | "widows" | "children" | "parents" | "mothers" | "orphans" | "kin"
            )
    })
}

/// "was killed in the Second World War": long ago.
fn is_of_a_world_war(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 10;
    (at..sentence.end.min(at + REACH))
        .any(|at| window.tokens.word(at) == "world" && window.tokens.word(at + 1) == "war")
}

/// "Three men accused of killing a judge went on trial": told for the sake of those who are tried.
fn is_on_trial(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 5;
    let word = |at: usize| window.tokens.word(at);
    let before = (at.saturating_sub(BEFORE).max(sentence.start)..at).rev();
    let of = |at: usize| matches!(word(at + 1), "of" | "with" | "over" | "for" | "in");
    let mut before = before.take_while(|at| window.tokens.mark(*at).is_none());
    let charged =
        before.any(|at| matches!(word(at), "accused" | "suspected" | "charged" | "tried") && of(at));
    charged
        && sentence
            .clone()
            .any(|at| word(at) == "trial" || matches!((word(at), word(at + 1)), ("in", "court")))
}

/// "death for anyone who kills a policeman": whoever does.
fn is_of_whoever_kills(window: &Window<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    matches!(window.tokens.word(at), "kills" | "kill" | "wounds" | "injures" | "murders")
        && (word(1) == "whoever"
            || word(1) == "who"
                && matches!(word(2), "anyone" | "anybody" | "those" | "someone" | "everyone" | "one"))
}

/// "returned the bodies of dozens of soldiers", "exchanged the remains of fighters": the dead of other days.
pub(super) fn is_handed_over(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 7;
    let word = |at: usize| window.tokens.word(at);
    let before = at.saturating_sub(BEFORE).max(sentence.start)..at + 1;
    let gives = |at: usize| {
        matches!(word(at), "returned" | "exchanged" | "repatriated" | "exchange" | "swap" | "swapped")
            || word(at) == "handed" && word(at + 1) == "over"
    };
    let bodies = |at: usize| matches!(word(at), "bodies" | "remains");
    !window.tokens.is_arabic(at) && before.clone().any(gives) && before.into_iter().any(bodies)
}

/// "for every soldier killed, four are wounded": a ratio.
fn is_of_every_one(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 10;
    (at.saturating_sub(BEFORE).max(sentence.start)..at)
        .any(|at| window.tokens.word(at) == "for" && matches!(window.tokens.word(at + 1), "every" | "each"))
}
