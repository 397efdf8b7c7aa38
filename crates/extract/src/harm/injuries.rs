//! Injuries that no one word says: "was shot", "struck a boy in the head", "broke three of his ribs", "her arm was amputated",
//! "suffered burns", "lost an eye", "is in a coma"; of whoever is not said to have died of it.
//!
//! Three things tell them: what is done to a body (a verb of violence), the part of the body or the missile that says that it
//! was done to one, and an injury that somebody has. The bearer is the verb's subject or object, or whose part it is.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::Harm;

use super::triggers::Direction;
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// Words that tell of an injury, and where its bearer stands.
pub(super) struct Injury {
    pub run: Range<usize>,
    pub form: HarmForm,
    pub direction: Direction,
}

impl Injury {
    fn before(at: usize) -> Self {
        Injury { run: at..at + 1, form: HarmForm::Intransitive, direction: Direction::Left }
    }

    fn after(run: Range<usize>) -> Self {
        Injury { run, form: HarmForm::Active, direction: Direction::Right }
    }
}

/// The injury that English words which begin at a token tell of.
pub(super) fn injury(window: &Window<'_>, at: usize) -> Option<Injury> {
    const NEAR: usize = 12;
    let sport = |at: usize| window.tokens.is_on(Words::Sport, at);
    if window.tokens.is_arabic(at) || (at.saturating_sub(NEAR)..at + NEAR).any(sport) {
        return None;
    }
    takes_in(window, at)
        .or_else(|| leaves_disabled(window, at).then(|| Injury::after(at..at + 1)))
        .or_else(|| whom_they_shot(window, at))
        .or_else(|| to_a_part(window, at))
        .or_else(|| to_people(window, at))
        .or_else(|| is_injured(window, at).then(|| Injury::before(at)))
}

/// "left him blind", "leaving two men paralysed": whom the verb takes lives with it.
pub(crate) fn leaves_disabled(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let disabled = |at: usize| {
        matches!(
            window.tokens.word(at),
            "blind" | "paralysed" | "paralyzed" | "disabled" | "crippled" | "deaf" | "bedridden" | "comatose"
        )
    };
    let leaves = matches!(window.tokens.word(at), "left" | "leaving" | "leaves");
    // "left another 22 in hospital"
    let in_hospital = |end: usize| {
        window.tokens.word(end) == "in"
            && (window.tokens.word(end + 1) == "hospital" || is_in_care(window, end))
    };
    let lies = window.group_at(at + 1).is_some_and(|group| group.counted && in_hospital(group.run.end));
    let mut clause = (at + 2..at + REACH).take_while(|at| window.tokens.mark(*at).is_none());
    leaves && (lies || clause.any(disabled))
}

/// "her husband, whom soldiers had shot in the stomach": of whoever stands before "whom".
fn whom_they_shot(window: &Window<'_>, at: usize) -> Option<Injury> {
    const CLAUSE: usize = 5;
    let word = |at: usize| window.tokens.word(at);
    let verb = (at + 1..at + CLAUSE).find(|at| violence(window, *at).is_some())?;
    let told = violence(window, verb) == Some(Violence::Wounds) || is_of_a_body(window, verb);
    (word(at) == "whom" && told).then(|| Injury { run: at..verb + 1, ..Injury::before(at) })
}

/// Whether a token begins words that say together that whoever stands before them was injured and lives.
pub(crate) fn is_injured(window: &Window<'_>, at: usize) -> bool {
    let suffers = window.tokens.is_on(Words::Suffers, at) && has_injury(window, at + 1);
    suffers
        || loses_a_limb(window, at)
        || was_done_to(window, at)
        || is_treated(window, at)
        || lives_with_a_wound(window, at)
        || has_a_wound(window, at)
}

/// Whether a verb at a token is of violence to a body: said of people it is an injury by itself, or beside a part of the body or a
/// missile.
fn violence(window: &Window<'_>, at: usize) -> Option<Violence> {
    if window.tokens.is_on(Words::Wounds, at) {
        Some(Violence::Wounds)
    } else if window.tokens.is_on(Words::Beats, at) {
        Some(Violence::Beats)
    } else {
        None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Violence {
    /// "shot", "stabbed".
    Wounds,
    /// "hit", "broke", "cut".
    Beats,
}

/// Whether a token begins a verb of violence.
pub(crate) fn is_violence(window: &Window<'_>, at: usize) -> bool {
    violence(window, at).is_some()
}

/// "was shot", "were hit by shrapnel", "was slashed across the face", and without its "was" in notes: "student, shot in the leg".
fn was_done_to(window: &Window<'_>, at: usize) -> bool {
    const DEATH: usize = 16;
    let Some(violence) = violence(window, at) else { return false };
    let word = |at: usize| window.tokens.word(at);
    let dies = |at: usize| {
        word(at) == "down" || window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)))
    };
    // "a play in which a soldier is shot"
    let told_now = at > 0
        && matches!(word(at - 1), "is" | "are")
        && matches!(word(at), "shot" | "stabbed" | "slashed" | "hit" | "struck");
    if told_now {
        return false;
    }
    let passive = is_passive(window, at) && follows_people(window, at)
        || is_note_of(window, at)
        || at > 0 && matches!(word(at - 1), "and" | "then") && is_passive(window, at - 2);
    let of_things = matches!(word(at + 1), "out" | "down");
    // "Six people were hit, two of them fatally"
    let counted = |at: usize| window.group_ending(at).is_some_and(|group| group.counted && !group.implied);
    let people_hit = matches!(word(at), "hit" | "struck") && (at.saturating_sub(2)..=at).any(counted);
    let told = violence == Violence::Wounds && !of_things || is_of_a_body(window, at) || people_hit;
    let reach = (at..at + DEATH).take_while(|at| window.tokens.mark(*at).is_none());
    passive && told && !(violence == Violence::Wounds && reach.into_iter().any(dies))
}

/// A form of "to be" before a participle, an adverb between: "was badly cut".
fn is_passive(window: &Window<'_>, at: usize) -> bool {
    const ADVERBS: usize = 3;
    let adverb = |at: &usize| {
        window.tokens.word(*at).ends_with("ly")
            || matches!(window.tokens.word(*at), "also" | "both" | "all" | "each" | "then" | "later")
    };
    (1..=ADVERBS).filter_map(|back| at.checked_sub(back)).find(|at| !adverb(at)).is_some_and(|at| {
        matches!(window.tokens.word(at), "was" | "were" | "been" | "being" | "got" | "is" | "are")
    })
}

/// "Two shot at protest", "Salim Haddad, 34, student: hit in the leg": a participle right after people, or after what sets off who they
/// are, in words that have no verb.
fn is_note_of(window: &Window<'_>, at: usize) -> bool {
    const NOTE: usize = 8;
    let next = window.tokens.word(at + 1);
    let goes_on =
        matches!(next, "in" | "at" | "by" | "near" | "during" | "on" | "with" | "to" | "across" | "through");
    let direct = window.group_ending(at).is_some() || window.name_ending(at).is_some();
    let note = || {
        let mark =
            at > 0 && window.tokens.mark(at - 1).is_some_and(|mark| matches!(mark, ',' | ':' | ')' | ';'));
        let people = |end: usize| window.name_ending(end).is_some();
        let sets_off = |at: &usize| {
            !window.tags.is(*at, |sense| matches!(sense, Sense::Says)) && window.tokens.mark(*at) != Some('.')
        };
        mark && (at.saturating_sub(NOTE)..at).rev().take_while(sets_off).any(people)
    };
    // "left one dead and his brother crippled", "two killed, one blinded"
    let ends = violence(window, at) == Some(Violence::Wounds)
        && (window.tokens.mark(at + 1).is_some()
            || at + 1 >= window.tokens.len()
            || next == "and"
                && (at.saturating_sub(NOTE)..at)
                    .any(|at| matches!(window.tokens.word(at), "left" | "leaving")));
    (goes_on || ends && direct) && (direct || note())
}

/// Whether people end among the words before a token: what follows is said of them, and of no house.
fn follows_people(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let before = at.saturating_sub(REACH)..at;
    let people = |end: usize| window.name_ending(end).is_some() || window.group_ending(end).is_some();
    // "three market women": where they work is no site that was hit.
    let site = |at: usize| {
        let inside = window.groups.iter().rev().find(|group| group.run.start <= at);
        window.tags.is(at, |sense| matches!(sense, Sense::Site(_)))
            && inside.is_none_or(|group| group.run.end <= at)
    };
    before.clone().any(people) && !before.into_iter().any(site)
}

/// Whether what is done is told to be done to a body: "in the head", "across the face", "by shrapnel", "with a rifle butt".
fn is_of_a_body(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 9;
    let clause = || (at + 1..at + REACH).take_while(|at| window.tokens.mark(*at) != Some('.'));
    let missile = |from: usize| (from + 1..from + 4).any(|at| window.tokens.is_on(Words::Missile, at));
    clause().any(|at| match window.tokens.word(at) {
        "in" | "on" | "to" | "across" | "above" | "below" | "through" | "over" => {
            part_after(window, at + 1).is_some()
        }
        "by" | "with" => missile(at),
        "badly" | "severely" | "unconscious" => true,
        _ => false,
    })
}

/// "the head", "both arms", "her left knee": the part of a body that a phrase names, and where it ends.
fn part_after(window: &Window<'_>, from: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    (from..from + LONGEST)
        .take_while(|at| window.tokens.is_word(*at))
        .find(|at| is_body_part(window, *at))
        .map(|part| part + 1)
}

/// "arm", "ribs", "head".
pub(crate) fn is_body_part(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_on(Words::Limbs, at) || window.tokens.is_on(Words::BodyParts, at)
}

/// "fractured the jaw of a photographer", "bit off part of a prisoner’s ear", "broke three of his ribs", "her arm was amputated": whose
/// part it is.
fn to_a_part(window: &Window<'_>, at: usize) -> Option<Injury> {
    const BEFORE: usize = 5;
    violence(window, at)?;
    let word = |at: usize| window.tokens.word(at);
    let lodged =
        (word(at) == "lodged" && word(at + 1) == "in").then(|| part_after(window, at + 2).map(|end| end - 1));
    if let Some(part) = lodged.flatten().or_else(|| object_part(window, at)) {
        let people = |at: usize| window.group_at(at).is_some() || window.name_at(at).is_some();
        if word(part + 1) == "of" && (part + 2..part + 4).any(people) {
            return Some(Injury::after(at..part + 2));
        }
        // "his left arm", "a prisoner's ear"
        let owner = (at + 1..part).find(|at| people(*at))?;
        return Some(Injury::after(at..owner));
    }
    // "Her left arm was amputated", "his arm broke"
    let between = |at: &usize| is_passive(window, *at + 1) || window.tokens.word(*at).ends_with("ly");
    let part = (at.saturating_sub(BEFORE)..at)
        .rev()
        .find(|at| !between(at))
        .filter(|at| is_body_part(window, *at))?;
    let owner = (part.saturating_sub(3)..part).rev().find(|at| is_owner(window, *at))?;
    window.group_at(owner).map(|_| Injury::before(at))
}

/// Whose something is: "his", "their".
fn is_owner(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "his" | "her" | "their" | "my")
}

/// Where the part of a body stands that a verb of violence has as its object.
pub(crate) fn object_part(window: &Window<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 9;
    let stops = |at: &usize| {
        !(window.tokens.is_word(*at) || window.tokens.is_mark(*at, '\''))
            || matches!(
                window.tokens.word(*at),
                "in" | "on" | "to" | "with" | "by" | "and" | "at" | "for" | "from" | "was" | "were"
            )
    };
    (at + 1..at + LONGEST).take_while(|at| !stops(at)).find(|at| is_body_part(window, *at))
}

/// "Shrapnel hit a girl in the stomach", "police shot two students", "burned him on the chest": whom the verb has as its object, who is
/// not said to have died of it.
fn to_people(window: &Window<'_>, at: usize) -> Option<Injury> {
    const DEATH: usize = 16;
    const TITLES: usize = 3;
    let violence = violence(window, at)?;
    if is_passive(window, at)
        || at > 0 && matches!(window.tokens.word(at - 1), "to" | "and") && is_passive(window, at - 2)
    {
        return None;
    }
    let people = |at: usize| {
        // "shot passengers" may be of those whom the next sentence counts.
        let told = |group: &Group| group.counts() && !group.part && group.said.quantity != Quantity::Plural;
        window.group_at(at).is_some_and(told) || window.name_at(at).is_some()
    };
    let titled = |at: &usize| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_)))
    };
    let titles = (at + 1..at + 1 + TITLES).take_while(titled).count();
    if !people(at + 1) && window.name_at(at + 1 + titles).is_none() {
        return None;
    }
    let missile = at > 0 && window.tokens.is_on(Words::Missile, at - 1);
    // "shot at the crowd and hit five people"
    let fires =
        |at: &usize| matches!(window.tokens.word(*at), "fired" | "shot" | "fire" | "shooting" | "firing");
    let counted = window.group_at(at + 1).is_some_and(|group| group.counted);
    let fired = counted && (at.saturating_sub(DEATH)..at).any(|at| fires(&at));
    let told = violence == Violence::Wounds || missile || fired || is_of_a_body(window, at);
    let dies = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)));
    let ends = |at: &usize| matches!(window.tokens.mark(*at), Some('.' | ';'));
    // "hit five people, one of whom died"
    let some =
        |at: &usize| matches!(window.tokens.word(*at), "whom" | "them") && window.tokens.word(at - 1) == "of";
    let lives = !(at..at + DEATH).take_while(|at| !ends(at) && !some(at)).any(dies);
    (told && lives).then(|| Injury::after(at..at + 1))
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
    if !is_passive(window, at) && window.group_ending(at).is_none() {
        return false;
    }
    let clause = || (at + 1..at + REACH).take_while(|at| window.tokens.is_word(*at));
    let with = clause().find(|at| matches!(word(*at), "with" | "for" | "after"));
    let dies = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    with.map_or_else(|| is_of_the_same_attack(window, at, word(at + 2)), |with| has_injury(window, with + 1))
        && !clause().any(|at| window.tags.is(at, dies))
}

/// "Two were killed and four others taken to hospital", "five died and 16 are in hospital": by a number alone after the dead.
fn is_of_the_same_attack(window: &Window<'_>, at: usize, whither: &str) -> bool {
    const NEAR: usize = 4;
    const CLAUSE: usize = 24;
    // "Eleven children are in hospital"
    let lies = window.tokens.word(at) == "in";
    let numbers = |group: &Group| group.counted && (group.other || group.implied || lies);
    let dead = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    // "Seven other people were taken to hospital": beside the dead of the sentence before.
    let besides = window.groups.iter().rfind(|group| group.run.end <= at && group.run.end + NEAR > at);
    let other = lies || besides.is_some_and(|group| group.other || group.implied);
    let told =
        (at.saturating_sub(CLAUSE)..at).rev().take_while(|at| other || window.tokens.mark(*at) != Some('.'));
    matches!(whither, "hospital" | "hospitals" | "clinic")
        && (at.saturating_sub(NEAR)..=at).any(|at| window.group_ending(at).is_some_and(numbers))
        && told.into_iter().any(|at| window.tags.is(at, dead))
}

/// "The clinic took in 17 people with bullet wounds", "treated 12 people for burns".
fn takes_in(window: &Window<'_>, at: usize) -> Option<Injury> {
    const REACH: usize = 4;
    let word = |at: usize| window.tokens.word(at);
    let passive = !word(at).ends_with("ing")
        && at > 0
        && matches!(word(at - 1), "was" | "were" | "been" | "being" | "are");
    let object = at + 1 + usize::from(matches!(word(at), "took" | "taking" | "takes"));
    let takes =
        matches!(word(at), "treated" | "treating" | "received" | "receiving" | "admitted" | "admitting")
            || matches!(word(at), "took" | "taking" | "takes") && word(at + 1) == "in";
    let group = window.group_at(object).filter(|group| takes && !passive && group.counted)?;
    let with = (group.run.end..group.run.end + REACH).find(|at| matches!(word(*at), "with" | "for"))?;
    has_injury(window, with + 1).then(|| Injury::after(at..at + 1))
}

/// "a broken foot", "severe burns", "a bullet in the shoulder": an injury among the next words.
fn has_injury(window: &Window<'_>, from: usize) -> bool {
    const REACH: usize = 4;
    // "life-threatening injuries"
    let hyphen = 2 * usize::from(window.tokens.is_mark(from + 1, '-') && window.tokens.is_glued(from + 2));
    (from + hyphen..from + hyphen + REACH)
        .take_while(|here| window.tokens.is_word(*here))
        .any(|here| window.tokens.is_on(Words::Injury, here) || in_the_body(window, here))
}

/// "a bullet in his spine".
fn in_the_body(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_on(Words::Missile, at)
        && matches!(window.tokens.word(at + 1), "in" | "through")
        && part_after(window, at + 2).is_some()
}

/// "had minor shrapnel wounds", "has a broken wrist", "took a bullet in the shoulder", "came home with two broken ribs", "is in a
/// coma": what people have who were hurt; but the dead have wounds too.
fn has_a_wound(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    let own = match word(at) {
        "had" | "has" | "have" | "with" => {
            let told = at > 0 && (super::is_harm(window, at - 1) || violence(window, at - 1).is_some());
            let lost = |at: usize| is_body_part(window, at) && violence(window, at + 1).is_some();
            (has_injury(window, at + 1) || (at + 1..at + 4).any(lost)) && !told
        }
        "took" => (at + 1..at + 4).any(|at| in_the_body(window, at)),
        "needed" | "needs" => {
            (at + 1..at + 4).any(|at| matches!(word(at), "stitches" | "surgery" | "amputation" | "treatment"))
        }
        "in" => is_in_care(window, at),
        "fighting" => word(at + 1) == "for" && matches!(word(at + 3), "life" | "lives"),
        "recovering" => word(at + 1) == "from" && has_injury(window, at + 2),
        _ => false,
    };
    let dead = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)));
    let ends = |at: &usize| {
        matches!(window.tokens.mark(*at), Some('.' | ';'))
            || window.tokens.is_mark(*at, ',') && matches!(window.tokens.word(*at + 1), "and" | "but")
    };
    let around = || {
        let before = (at.saturating_sub(NEAR)..at).rev().take_while(|at| !ends(at));
        before.chain((at..at + NEAR).take_while(|at| !ends(at)))
    };
    let remains = at > 0
        && matches!(word(at - 1), "are" | "is" | "were" | "was" | "remain" | "remains" | "still" | "stable");
    // "killing one and leaving at least 20 with gunshot wounds"
    let counted = window.group_ending(at).is_some_and(|group| group.counted && group.harm.is_none());
    own && (word(at) == "with" && counted || !around().any(dead))
        // "Five died and three more are fighting for their lives", "four died and a fifth is in intensive care"
        || own && remains && (word(at) == "fighting" || at > 1 && window.group_ending(at - 1).is_some_and(|one| one.other))
        || word(at) == "in" && remains && is_of_the_same_attack(window, at, word(at + 1))
}

/// "in intensive care", "in a coma", "in critical condition": after whoever was hurt.
fn is_in_care(window: &Window<'_>, at: usize) -> bool {
    let word = |at: usize| window.tokens.word(at);
    let next = at + 1 + usize::from(matches!(word(at + 1), "a" | "the"));
    matches!(
        (word(next), word(next + 1)),
        ("intensive", "care") | ("critical" | "serious" | "stable", "condition")
    ) || matches!(word(next), "coma" | "surgery")
}

/// "Salim, 10, survived with a wound to the shoulder", "… was pulled alive from the cellar with burns": of somebody by name.
fn lives_with_a_wound(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    matches!(window.tokens.word(at), "survived" | "alive" | "escaped")
        && (at.saturating_sub(REACH)..=at).any(|end| {
            let one = |group: &Group| group.kin.is_some() || super::number_of(group.said.quantity) == Some(1);
            window.group_ending(end).is_some_and(one) || window.name_ending(end).is_some()
        })
        && (at + 1..at + REACH)
            .take_while(|here| window.tokens.is_word(*here))
            .any(|here| window.tokens.word(here) == "with" && has_injury(window, here + 1))
}

/// "lost an eye", "lost his left hand", "has lost the sight of both eyes".
fn loses_a_limb(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 5;
    let between = |word: &str| {
        matches!(
            word,
            "a" | "an"
                | "the"
                | "use"
                | "his"
                | "her"
                | "their"
                | "my"
                | "one"
                | "both"
                | "two"
                | "three"
                | "left"
                | "right"
                | "of"
        )
    };
    matches!(window.tokens.word(at), "lost" | "loses" | "losing")
        && (at + 1..=at + REACH)
            .find(|here| !between(window.tokens.word(*here)))
            .is_some_and(|here| window.tokens.is_on(Words::Limbs, here))
}

/// "Six people were shot, two of them fatally".
pub(super) fn ends_fatally(window: &Window<'_>, at: usize) -> bool {
    let of_them = |at: usize| window.tokens.word(at) == "of" && window.tokens.word(at + 1) == "them";
    let end = if at > 1 && of_them(at - 2) { at - 2 } else { at };
    window.tokens.word(at) == "fatally" && window.group_ending(end).is_some()
}
