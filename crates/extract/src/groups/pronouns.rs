//! People by a pronoun: whoever tells it, «وأنا أُصبت بشظية», "I was wounded in the leg"; and those whom the text has told of,
//! "shot him in the leg", "killed her and two others", "broke three of his ribs". Who they are is asked in `harm::pronouns`.
//!
//! The trap this avoids: who says "I" is somebody's source in every other sentence, and no victim; and most pronouns are of
//! nobody who was harmed. Only beside a word for harm is one read.

use sijil_model::Quantity;
use sijil_model::codebook::{Harm, Sex};

use super::{Group, Heads, said};
use crate::harm::{is_body_part, is_negated, is_violence, leaves_disabled, object_part};
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

mod bodies;

/// Whom a pronoun is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// Whoever tells it.
    Speaker,
    /// One person told of before.
    One(Sex),
    /// Several.
    Several,
}

/// The people whom a pronoun at a token is for.
pub(super) fn pronoun(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    speaker(window, at, end).or_else(|| told_of(window, at, end)).or_else(|| of_a_body(window, at, end))
}

/// Those whose body Arabic tells to be hurt or found by a pronoun at the end of a word.
fn of_a_body(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let arabic = window.tokens.is_arabic(at) && window.is_free(at);
    let (pronoun, harm, last) = arabic.then(|| bodies::told(window, at, end)).flatten()?;
    let run = at..last;
    let quantity = if pronoun == Pronoun::Several { Quantity::Plural } else { Quantity::Singular };
    let said = said(window, quantity, &run);
    let harm = Some(harm);
    Some(Group { harm, counted: true, pronoun: Some(pronoun), ..Heads::default().group(run, said) })
}

/// Those told of before, where the pronoun is the object of a verb of harm or says whose part of the body was hurt.
fn told_of(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let pronoun = match window.tokens.word(at) {
        "him" | "his" | "he" => Pronoun::One(Sex::M),
        "her" | "she" => Pronoun::One(Sex::F),
        "them" | "their" | "they" => Pronoun::Several,
        _ => return None,
    };
    let harmed = match window.tokens.word(at) {
        // "she herself was wounded"
        "he" | "she" | "they" => {
            let own = usize::from(matches!(window.tokens.word(at + 1), "himself" | "herself" | "themselves"));
            is_hurt_subject(window, at + own, end)
        }
        "him" | "them" => is_object(window, at),
        "her" => {
            is_object(window, at) && !window.tokens.is_word(at + 1)
                || at > 0 && leaves_disabled(window, at - 1)
                || is_object(window, at) && window.tokens.is_on(Words::EndsAPhrase, at + 1)
                || owns_a_part(window, at)
                || is_body_found(window, at)
        }
        _ => owns_a_part(window, at) || is_body_found(window, at),
    };
    let body = is_body_found(window, at);
    let run = at..at + 1 + usize::from(body);
    let quantity = if pronoun == Pronoun::Several { Quantity::Plural } else { Quantity::Singular };
    let said = said(window, quantity, &run);
    harmed.then(|| Group { pronoun: Some(pronoun), ..Heads::default().group(run, said) })
}

/// "killed him", "shot them": right after a verb of harm that is not passive.
fn is_object(window: &Window<'_>, at: usize) -> bool {
    let Some(verb) = at.checked_sub(1) else { return false };
    let harms = |sense: &Sense| {
        matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Past | HarmForm::Active))
    };
    window.tags.is(verb, harms) || is_violence(window, verb) || leaves_disabled(window, verb)
}

/// "Their bodies were found the next morning": whose bodies they are.
fn is_body_found(window: &Window<'_>, at: usize) -> bool {
    // "we found his body by the river"
    let finds = at > 0
        && matches!(
            window.tokens.word(at - 1),
            "found"
                | "recovered"
                | "discovered"
                | "find"
                | "thrown"
                | "threw"
                | "dumped"
                | "dumping"
                | "burned"
        );
    matches!(window.tokens.word(at), "his" | "her" | "their")
        && matches!(window.tokens.word(at + 1), "body" | "bodies")
        && (finds || crate::harm::are_found(window, at + 2))
}

/// "broke three of his ribs", "her arm was amputated": the part of a body whose owner the pronoun names, beside a verb of violence.
fn owns_a_part(window: &Window<'_>, at: usize) -> bool {
    const PART: usize = 3;
    const NEAR: usize = 6;
    let words = (at + 1..=at + PART).take_while(|at| window.tokens.is_word(*at));
    let Some(part) = words.into_iter().find(|at| is_body_part(window, *at)) else {
        return false;
    };
    let object = (at.saturating_sub(NEAR)..at)
        .any(|verb| is_violence(window, verb) && object_part(window, verb) == Some(part));
    let aux = |at: &usize| {
        matches!(
            window.tokens.word(*at),
            "was" | "were" | "is" | "are" | "had" | "has" | "been" | "be" | "to"
        ) || window.tokens.word(*at).ends_with("ly")
    };
    let verb = part + 1 + (part + 1..part + 4).take_while(aux).count();
    // "a bullet went through my shoulder", "shrapnel entered her back"
    let enters = |at: usize| {
        matches!(
            window.tokens.word(at),
            "through" | "into" | "entered" | "pierced" | "in" | "hit" | "struck" | "grazed"
        )
    };
    let by_a_missile = at > 0
        && enters(at - 1)
        && (at.saturating_sub(NEAR)..at).any(|at| window.tokens.is_on(Words::Missile, at));
    object || by_a_missile || is_violence(window, verb)
}

/// "He was shot in the leg", "she lost an arm", "they died": the subject of a verb of harm.
fn is_hurt_subject(window: &Window<'_>, at: usize, end: usize) -> bool {
    const VERB: usize = 4;
    let aux = |at: &usize| {
        matches!(
            window.tokens.word(*at),
            "was"
                | "were"
                | "is"
                | "are"
                | "had"
                | "has"
                | "have"
                | "been"
                | "also"
                | "later"
                | "then"
                | "both"
                | "all"
                | "each"
                | "too"
                | "herself"
                | "himself"
                | "themselves"
                | "already"
                | "soon"
                | "found"
                | "instantly"
        ) || window.tokens.word(*at).ends_with("ly")
    };
    let passive =
        matches!(window.tokens.word(at + 1), "was" | "were" | "is" | "are" | "has" | "had" | "have");
    let verb = at + 1 + (at + 1..end.min(at + 1 + VERB)).take_while(aux).count();
    let hurt = |sense: &Sense| {
        matches!(
            sense,
            Sense::Harm(
                Harm::Killed | Harm::Injured,
                HarmForm::Past | HarmForm::Intransitive | HarmForm::Adjective
            )
        )
    };
    let has = |at: usize| {
        window.tokens.is_on(Words::Suffers, at)
            || matches!(window.tokens.word(at), "lost" | "needed" | "needs" | "took" | "in")
    };
    // "she and her baby died"
    let listed = || {
        const LIST: usize = 8;
        let killed = |sense: &Sense| {
            matches!(
                sense,
                Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Past | HarmForm::Intransitive)
            )
        };
        let ends = |at: &usize| {
            window.tokens.mark(*at).is_some() || window.tags.is(*at, |sense| matches!(sense, Sense::Says))
        };
        window.tokens.word(at + 1) == "and"
            && (at + 2..end.min(at + LIST)).take_while(|at| !ends(at)).any(|at| window.tags.is(at, killed))
    };
    if listed() {
        return true;
    }
    let wounded = || window.tags.is(verb, hurt) || is_violence(window, verb);
    passive && wounded()
        || has(verb)
        || window.tags.is(verb, |sense| {
            matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Intransitive))
        })
        || passive
            && matches!(
                window.tokens.word(verb),
                "a" | "minor" | "severe" | "broken" | "serious" | "shrapnel"
            )
}

/// The speaker with the verb of what was done to him, where it begins at a token.
fn speaker(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
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
        pronoun: Some(Pronoun::Speaker),
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
    // "Soldiers beat me and broke my wrist"
    let almost = at > 1 && matches!(word(at - 2), "nearly" | "almost");
    if word(at) == "me" && is_object(window, at) && !almost || word(at) == "my" && owns_a_part(window, at) {
        return Some(at + 1);
    }
    if word(at) != "i" {
        return None;
    }
    // "I lost my leg", "I lost two fingers"
    let lost = matches!(word(at + 1), "lost")
        && (word(at + 2) == "my"
            || window.tags.number(at + 2).is_some()
            || matches!(word(at + 2), "an" | "a"))
        && (at + 3..at + 5).any(|at| window.tokens.is_on(Words::Limbs, at));
    if lost {
        return Some(at + 2);
    }
    let adverb = |at: &usize| word(*at).ends_with("ly") || matches!(word(*at), "also" | "too" | "myself");
    let passive = matches!(word(at + 1), "was" | "got" | "am");
    let verb = at + 2 + (at + 2..at + 2 + ADVERBS).take_while(adverb).count();
    let hit = window.tags.is(verb, |sense| matches!(sense, Sense::Harm(Harm::Injured, HarmForm::Past)))
        || matches!(word(verb), "hit" | "shot" | "burned" | "burnt" | "stabbed" | "beaten");
    // "I have a torn ear", "I took a bullet in the arm"
    let wound = matches!(word(at + 1), "have" | "had" | "took" | "suffered")
        && (at + 2..at + 7)
            .take_while(|at| window.tokens.is_word(*at))
            .any(|at| window.tokens.is_on(Words::Injury, at) || window.tokens.is_on(Words::Missile, at));
    (passive && hit).then_some(verb + 1).or(wound.then_some(at + 2))
}
