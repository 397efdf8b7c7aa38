//! Names that are the subject of a verb of harm further on, whoever is told of in between: "the journalist X was killed", "X and
//! her interpreter, Y, were killed".

use sijil_model::codebook::Harm;

use super::triggers::Trigger;
use super::{Item, Who, is_harm, number_of};
use crate::sense::{HarmForm, Sense};
use crate::sentences::Sentence;
use crate::window::Window;

/// "The journalist X was killed", "paramedic X, 34, was wounded", «المسعف سليم الوراق، من طاقم الإسعاف، أصيب»: the verb right after
/// a name, and after what says who that is, is of harm done to it.
pub(super) fn is_harmed_subject(window: &Window<'_>, end: usize) -> bool {
    const REACH: usize = 6;
    let mut at = crate::names::nickname_end(window, end);
    if let Some((_, age)) = crate::people::age_after(window, at) {
        at = age.end;
    }
    if window.tokens.is_arabic(end - 1) {
        return suffers(window, at) || after_commas(window, at).is_some_and(|verb| suffers(window, verb));
    }
    at += usize::from(window.tokens.is_mark(at, ','));
    at = apposition_end(window, at);
    // "Salim Warraq, surgeon, age 47, killed by shelling"
    let comma = at.checked_sub(1).filter(|at| window.tokens.is_mark(*at, ','));
    if let Some((_, age)) = comma.and_then(|comma| crate::people::age_after(window, comma)) {
        at = age.end + usize::from(window.tokens.is_mark(age.end, ','));
    }
    // "a worker, X, lost his life", "the driver X suffered burns"
    if window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Intransitive)))
        || (at..at + REACH)
            .take_while(|at| window.tokens.is_word(*at))
            .any(|at| super::is_injured(window, at))
    {
        return true;
    }
    // "Salim Warraq, reporter, critically injured"
    let adverb = usize::from(window.tokens.word(at).ends_with("ly"));
    let hurt = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past));
    if at > 0 && window.tokens.is_mark(at - 1, ',') && window.tags.is(at + adverb, hurt) {
        return true;
    }
    if matches!(window.tokens.word(at), "and" | "his" | "her" | "their") {
        at = after_the_others(window, at).unwrap_or(at);
    }
    // "Nurse Salma Warraq shielded a patient with her own body and was killed"
    const CLAUSE: usize = 16;
    let hit = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past)));
    let ends = |at: &usize| {
        window.tokens.mark(*at).is_some()
            || window.tags.is(*at, |sense| matches!(sense, Sense::Says | Sense::Mourns))
    };
    let and_was =
        |at: usize| window.tokens.word(at) == "and" && window.tokens.word(at + 1) == "was" && hit(at + 2);
    if (at..at + CLAUSE).take_while(|at| !ends(at)).any(and_was) {
        return true;
    }
    let passive = matches!(window.tokens.word(at), "was" | "were" | "has" | "had" | "have");
    passive
        && (at + 1..at + REACH)
            .take_while(|at| window.tokens.is_word(*at))
            .take_while(|at| {
                !window.tags.is(*at, |sense| matches!(sense, Sense::Survived | Sense::People(_)))
            })
            .any(|at| {
                window
                    .tags
                    .is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Intransitive)))
            })
}

/// "Salim Haddad shielded a patient and was killed", "two men attacked a guard and were shot dead": a verb that "and" joins to one before has
/// its subject, whom the sentence opens with, and not the object that stands nearer.
pub(super) fn of_an_earlier_verb(
    window: &Window<'_>,
    trigger: &Trigger,
    before: &[Item],
    sentence: &Sentence,
) -> Option<usize> {
    const OPENING: usize = 6;
    const ADVERB: usize = 2;
    let word = |back: usize| trigger.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let was = (1..=ADVERB).find(|back| matches!(word(*back), "was" | "were"))?;
    let (first, last) = (before.first()?, before.last()?);
    let one = |item: &Item| match item.who {
        Who::Name(_) => true,
        Who::Group(index) => number_of(window.groups[index].said.quantity) == Some(1),
    };
    let agrees = one(first) == (word(was) == "was");
    let opens = first.run.start < sentence.run.start + OPENING;
    let between = first.run.end..trigger.run.start;
    let other_clause = |at: usize| {
        window.tokens.is_mark(at, ';')
            || is_harm(window, at)
            || matches!(window.tokens.word(at), "that" | "when" | "while" | "who" | "but")
    };
    let joined = word(was + 1) == "and" && !trigger.arabic && trigger.harm != Harm::Missing;
    (joined && agrees && opens && first != last && !between.into_iter().any(other_clause)).then_some(0)
}

/// «قُتل», «أصيب»: an Arabic verb of harm whose people do not follow it.
fn suffers(window: &Window<'_>, verb: usize) -> bool {
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb)).then_some(());
    window.tags.find(verb, harm).is_some_and(|(_, tag)| {
        let next = verb + usize::from(tag.length);
        tag.prefix == 0 && window.group_at(next).is_none() && window.name_at(next).is_none()
    })
}

/// What follows the commas around who somebody is: «، إمام مسجد، …», «، من طاقم الإسعاف في الكفرة، …».
fn after_commas(window: &Window<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    let says_who = |at: &usize| {
        let tells = |sense: &Sense| matches!(sense, Sense::Says | Sense::Harm(..));
        (window.tokens.is_word(*at) || window.tokens.is_number(*at)) && !window.tags.is(*at, tells)
    };
    let opens = window.tokens.is_mark(at, ',').then_some(at + 1)?;
    let closes = opens + (opens..opens + LONGEST).take_while(says_who).count();
    window.tokens.is_mark(closes, ',').then_some(closes + 1)
}

/// "X and her interpreter, Y, were killed": the verb after those who are listed beside somebody.
fn after_the_others(window: &Window<'_>, and: usize) -> Option<usize> {
    const FARTHEST: usize = 12;
    let listed = |at: &usize| {
        let says = |sense: &Sense| matches!(sense, Sense::Says | Sense::Harm(..));
        (window.tokens.is_word(*at) || window.tokens.is_mark(*at, ',') || window.tokens.is_number(*at))
            && !window.tags.is(*at, says)
    };
    (and..and + FARTHEST).take_while(listed).find(|at| window.tokens.word(*at) == "were")
}

/// "X, a nurse, was wounded": where what says who somebody is ends, its second comma included; else where it began.
fn apposition_end(window: &Window<'_>, at: usize) -> usize {
    const LONGEST: usize = 6;
    // "Wanjiru Keli, reporter, critically injured"
    let role = window.tags.is(at, |sense| matches!(sense, Sense::Role(_) | Sense::People(_)));
    let opens = (role || matches!(window.tokens.word(at), "a" | "an" | "the"))
        && at > 0
        && window.tokens.is_mark(at - 1, ',');
    let closes = (at..at + LONGEST).find(|at| !window.tokens.is_word(*at));
    closes.filter(|close| opens && window.tokens.is_mark(*close, ',')).map_or(at, |close| close + 1)
}
