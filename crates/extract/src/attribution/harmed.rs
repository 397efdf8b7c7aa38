//! Parties that were struck themselves, or whose people were killed: none of them is who did it.

use std::ops::Range;

use sijil_model::codebook::Status;

use crate::actors::ActorMention;
use crate::groups::Group;
use crate::sense::{HarmForm, MeansPart, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// Whether a party is what is aimed at, where something was struck, or whose people the harmed were.
pub(super) fn is_harmed(window: &Window<'_>, actor: &ActorMention, sentence: &Range<usize>) -> bool {
    is_aim(window, actor, sentence)
        || is_attacked(window, actor, sentence)
        || is_whose_post_was_hit(window, actor)
        || is_of_the_killed(window, actor)
        || are_its_people_harmed(window, actor)
}

/// "an attack on a Marjani army checkpoint", "gunmen ambushed the Front's convoy", "a bomb went off near an army post": what the words
/// before a party say was done to it; "a strike on the town by the army" is its own.
fn is_attacked(window: &Window<'_>, actor: &ActorMention, sentence: &Range<usize>) -> bool {
    const ATTACK: usize = 4;
    const BEFORE: usize = 3;
    if window.tokens.is_arabic(actor.run.start) {
        return false;
    }
    let describes = |at: &usize| {
        matches!(window.tokens.word(*at), "a" | "an" | "the" | "two" | "three" | "several" | "another")
    };
    let from = actor.run.start.saturating_sub(BEFORE).max(sentence.start);
    let past = (from..actor.run.start).rev().take_while(describes).count();
    let Some(at) = (actor.run.start - past).checked_sub(1).filter(|at| *at >= sentence.start) else {
        return false;
    };
    let attack = |sense: &Sense| {
        matches!(
            sense,
            Sense::Strike | Sense::Targeting | Sense::Means(_, MeansPart::Event | MeansPart::Shelling)
        )
    };
    match window.tokens.word(at) {
        "near" | "outside" => true,
        "on" | "at" | "against" | "of" => {
            let mut before = at.saturating_sub(ATTACK).max(sentence.start)..at;
            // "the shelling of the army" may be its own.
            let own = window.tokens.word(at) == "of" && past == 0;
            !own && before.any(|at| {
                window.tags.is(at, attack)
                    || window.tokens.is_on(Words::Event, at)
                    || window.tokens.word(at) == "ambush"
            })
        }
        "ambushed" => true,
        _ => window.tags.is(at, |sense| matches!(sense, Sense::Strike)) && !was(window, at),
    }
}

fn was(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "was" | "were" | "been")
}

/// «استهدفت مسيرة مقراً لجيش مرجان», «هاجموا حاجزاً للجبهة»: whose the post is that something hit.
fn is_whose_post_was_hit(window: &Window<'_>, actor: &ActorMention) -> bool {
    let start = actor.run.start;
    let Some(at) = start.checked_sub(1).filter(|_| window.tokens.is_arabic(start)) else { return false };
    let post = |at: usize| {
        let word = window.tokens.word(at);
        let bare = word.strip_prefix("ال").unwrap_or(word);
        Words::Posts.has(bare) || bare.strip_suffix('ا').is_some_and(|bare| Words::Posts.has(bare))
    };
    // «حاجزا عسكريا للجيش»
    let posted = post(at) || window.tokens.word(at).starts_with("عسكري") && at > 0 && post(at - 1);
    posted && actor.prefix > 0 && window.tokens.word(start).starts_with('ل')
}

/// "Four Front fighters were killed", "six people, including two army soldiers": the party's people are among the harmed.
fn are_its_people_harmed(window: &Window<'_>, actor: &ActorMention) -> bool {
    const NEAR: usize = 3;
    let at = actor.run.start;
    let before = window.groups.partition_point(|group| group.run.start <= at);
    let Some(group) = window.groups[..before].last().filter(|group| group.counted) else { return false };
    if window.tokens.is_arabic(at) {
        // «قُتل أربعة من عناصر الجيش»
        let killed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb | HarmForm::Masdar));
        let from = group.run.start.saturating_sub(NEAR);
        let fighters = |sense: &Sense| matches!(sense, Sense::People(people) if people.status == Some(Status::Combatant));
        let told = group.run.start..at;
        return at - group.run.end.min(at) <= NEAR
            && window.tags.any(told.clone(), fighters)
            && told.into_iter().any(|at| window.tokens.word(at) == "من")
            && window.tags.any(from..group.run.start, killed);
    }
    if !group.run.contains(&at) {
        return false;
    }
    let end = group.run.end;
    let harmed = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Intransitive)))
    };
    let passive = matches!(window.tokens.word(end), "was" | "were" | "have" | "had" | "reportedly");
    let listed = group.run.start > 0
        && matches!(window.tokens.word(group.run.start - 1), "including" | "among" | "them");
    listed || passive && (end + 1..end + NEAR).any(harmed) || died(window, end)
}

/// "two army soldiers died", "dead": a word that is said only of whom it was done to.
fn died(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Intransitive | HarmForm::Adjective)))
}

/// "killed 14 Rimal Front fighters", «قتلت 14 مسلحاً من جبهة الرمال»: whose the killed were, and no doer.
fn is_of_the_killed(window: &Window<'_>, actor: &ActorMention) -> bool {
    const NEAR: usize = 2;
    let at = actor.run.start;
    let of = at.checked_sub(1).filter(|of| window.tokens.word(*of) == "من");
    let owns = |group: &&Group| group.run.contains(&at) || of.is_some_and(|of| group.run.end == of);
    let before = window.groups.partition_point(|group| group.run.start <= at);
    window.groups[..before].last().filter(owns).is_some_and(|group| {
        let killed = |sense: &Sense| {
            matches!(
                sense,
                Sense::Harm(_, HarmForm::Active | HarmForm::Past | HarmForm::Verb | HarmForm::Masdar)
            )
        };
        let from = group.run.start.saturating_sub(NEAR);
        group.counted && window.tags.any(from..group.run.start, killed)
    })
}

/// Whether a party is what is aimed at, or only where: "targeting IS’s sites", "IS-controlled areas".
fn is_aim(window: &Window<'_>, actor: &ActorMention, sentence: &Range<usize>) -> bool {
    let (start, end) = (actor.run.start, actor.run.end);
    let held = window.tokens.is_mark(end, '-')
        && matches!(window.tokens.word(end + 1), "controlled" | "held" | "occupied");
    // The table may name a party with its possessive.
    let owns = if window.tokens.is_mark(end, '\'') && window.tokens.word(end + 1) == "s" {
        Some(end + 2)
    } else {
        (window.tokens.word(end - 1) == "s").then_some(end)
    };
    let possessive = owns.is_some_and(|next| {
        window
            .tags
            .any(next..next + 2, |sense| matches!(sense, Sense::Unit(_) | Sense::Site(_) | Sense::People(_)))
            && !window.tags.any(next..next + 2, |sense| matches!(sense, Sense::Means(..)))
    });
    let aimed = (start.saturating_sub(4).max(sentence.start)..start).any(|at| {
        matches!(window.tokens.word(at), "against" | "ضد" | "fighting" | "محاربه")
            || window.tags.is(at, |sense| matches!(sense, Sense::Targeting)) && !window.tokens.is_arabic(at)
    });
    let holders = window.tokens.is_arabic(start)
        && matches!(window.tokens.word(start.wrapping_sub(1)), "سيطره" | "مواقع" | "مقرات" | "لمواقع");
    held || possessive || aimed || holders || is_struck(window, start)
}

/// «غارة على الجبهة», «غرفة عمليات تابعة للجبهة»: whom or whose something hit is; but «مسيرة تابعة للجبهة» hits.
fn is_struck(window: &Window<'_>, start: usize) -> bool {
    const REACH: usize = 4;
    let word = |back: usize| start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let belongs = Words::Belongs.has(word(1));
    let arms = |sense: &Sense| matches!(sense, Sense::Means(..));
    let owned = belongs && !window.tags.any(start.saturating_sub(REACH)..start, arms);
    word(1) == "علي" || owned
}
