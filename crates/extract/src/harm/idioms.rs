//! Harm that no one word says: injuries that are suffered, limbs that are lost, a fate that nobody knows, and what a
//! witness says of who is dead.

use std::ops::Range;

use sijil_model::codebook::{Harm, Status};

use super::injuries::{self, ends_fatally};
use super::is_harm;
use super::triggers::{Direction, Trigger};
use super::unsaid::{dies_otherwise, is_feared, is_negated, is_of_no_violence};
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// The harm that begins at a token, where several words say it together.
pub(super) fn trigger(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Trigger> {
    let among = among_the_victims(window, at, sentence.end);
    let part = among.is_some() || names_one_of_the_dead(window, at, sentence.start);
    let (run, harm, form, direction) = if let Some(harm) = so_was(window, at, sentence) {
        (at..at + 2, harm, HarmForm::Noun, Direction::Right)
    } else if let Some(run) = among {
        (run, Harm::Killed, HarmForm::Noun, Direction::Right)
    } else if let Some((run, harm)) = opens_inverted(window, at, sentence) {
        (run, harm, HarmForm::Noun, Direction::Right)
    } else if names_one_of_the_dead(window, at, sentence.start) {
        (at..at + 1, Harm::Killed, HarmForm::Noun, Direction::Right)
    } else if let Some(run) = is_told_to_be_a_victim(window, at, sentence.end) {
        (run, Harm::Killed, HarmForm::Intransitive, Direction::Left)
    } else if let Some(run) = whose_bodies(window, at) {
        (run, Harm::Killed, HarmForm::Intransitive, Direction::Left)
    } else if did_not(window, at, sentence) {
        (at..at + 2, Harm::Killed, HarmForm::Intransitive, Direction::Left)
    } else if ends_fatally(window, at) {
        (at..at + 1, Harm::Killed, HarmForm::Intransitive, Direction::Left)
    } else if let Some(run) = was_the_victim(window, at) {
        (run, Harm::Killed, HarmForm::Noun, Direction::Right)
    } else if does_to_death(window, at, sentence.end) || cannot_save(window, at) {
        (at..at + 1, Harm::Killed, HarmForm::Active, Direction::Right)
    } else if passes_away(window, at, sentence.end) || parts_with_life(window, at, sentence.end) {
        (at..at + 1, Harm::Killed, HarmForm::Verb, Direction::Right)
    } else if finds_a_body(window, at)
        || takes_kin(window, at)
        || buries_people(window, at)
        || shoots(window, at, sentence)
        || loses_kin(window, at, sentence.end)
        || loses_men(window, at, sentence)
    {
        (at..at + 1, Harm::Killed, HarmForm::Active, Direction::Right)
    } else if let Some(injury) = injuries::injury(window, at) {
        (injury.run, Harm::Injured, injury.form, injury.direction)
    } else {
        (unknown_fate(window, at, sentence.end)?, Harm::Missing, HarmForm::Noun, Direction::Right)
    };
    Some(Trigger {
        negated: is_negated(window, at, sentence.start)
            || is_feared(window, at, sentence)
            || is_of_no_violence(window, &run, sentence),
        part,
        both: false,
        arabic: window.tokens.is_arabic(at),
        run,
        harm,
        form,
        direction,
    })
}

/// "the fate of 12 people is unknown", «ما زال مصير 12 مدنياً مجهولاً»: the words that take who is missing.
fn unknown_fate(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const REACH: usize = 12;
    let words = match window.tokens.word(at) {
        "fate" | "whereabouts" if window.tokens.word(at + 1) == "of" => at..at + 2,
        "مصير" | "ومصير" => at..at + 1,
        _ => return None,
    };
    let unknown = |at: usize| {
        matches!(
            window.tokens.word(at),
            "unknown" | "unclear" | "مجهول" | "مجهولا" | "مجهوله" | "مجهولين" | "معروف" | "معروفا"
        )
    };
    (words.end..end.min(words.end + REACH)).any(unknown).then_some(words)
}

/// "He lost his wife and two daughters in the strike": they died; but not "lost his wife to cancer".
fn loses_kin(window: &Window<'_>, at: usize, end: usize) -> bool {
    const NEAR: usize = 60;
    let attack = |sense: &Sense| matches!(sense, Sense::Strike | Sense::Means(..) | Sense::Targeting);
    // "buried her husband and two boys, a day after a missile struck their home"
    let buries = || {
        matches!(window.tokens.word(at), "buried" | "buries" | "burying")
            && !(at > 0
                && matches!(window.tokens.word(at - 1), "was" | "were" | "been" | "be" | "are" | "is"))
            && window.tags.any(at.saturating_sub(NEAR)..end, attack)
    };
    (matches!(window.tokens.word(at), "lost" | "loses" | "losing") || buries())
        && window.group_at(at + 1).is_some_and(|group| {
            // "A trader lost three children in the strike"
            let own = group.kin.is_some()
                || group.class.is_children() && group.counted && window.tags.any(at..end, attack);
            own && !dies_otherwise(window, group.run.end, end)
        })
}

/// "The bomb took my mother and both my sisters": what a weapon takes, of somebody's kin.
fn takes_kin(window: &Window<'_>, at: usize) -> bool {
    let weapon = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Means(..)));
    window.tokens.word(at) == "took"
        && at > 0
        && weapon(at - 1)
        && window.group_at(at + 1).is_some_and(|group| group.kin.is_some())
}

/// "We buried eleven people that evening": who tells of the dead whom he buried.
fn buries_people(window: &Window<'_>, at: usize) -> bool {
    window.tokens.word(at) == "buried"
        && at > 0
        && matches!(
            window.tokens.word(at - 1),
            "we" | "they" | "i" | "villagers" | "residents" | "neighbours"
        )
        && window.group_at(at + 1).is_some_and(|group| group.counted && group.harm.is_none())
}

/// "identified one of the dead as Salim Haddad", "named one of the two people killed as Rima Karam": the "as" before the name.
fn names_one_of_the_dead(window: &Window<'_>, at: usize, start: usize) -> bool {
    const REACH: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    if word(at) != "as" || window.name_at(at + 1).is_none() {
        return false;
    }
    let mut before = (at.saturating_sub(REACH).max(start)..at).rev();
    let verb = before.find(|at| matches!(word(*at), "identified" | "named"));
    let dead = |at: usize| {
        let said = |sense: &Sense| {
            matches!(
                sense,
                Sense::Harm(Harm::Killed, HarmForm::Adjective | HarmForm::Past)
                    | Sense::Harm(Harm::Killed | Harm::KilledOrInjured, HarmForm::People(_))
            )
        };
        window.tags.is(at, said)
    };
    verb.is_some_and(|verb| {
        (verb + 1..at).any(dead) && (verb + 1..at).any(|at| word(at) == "of" && word(at + 1) == "the")
    })
}

/// "The father survived. His wife and sons did not.": the verb before is denied of others.
fn did_not(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const NEAR: usize = 24;
    let survived = |sense: &Sense| matches!(sense, Sense::Survived);
    (window.tokens.word(at), window.tokens.word(at + 1)) == ("did", "not")
        && (window.tokens.mark(at + 2).is_some() || at + 2 >= sentence.end)
        && window.tags.any(at.saturating_sub(NEAR)..at, survived)
}

/// "So was his assistant, Rima Karam": what befell those told of in the sentence before.
fn so_was(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Harm> {
    const NEAR: usize = 40;
    const PEOPLE: usize = 6;
    let opens = at == sentence.start
        && window.tokens.word(at) == "so"
        && matches!(window.tokens.word(at + 1), "was" | "were" | "did");
    let people = |at: usize| window.group_at(at).is_some() || window.name_at(at).is_some();
    let said = |at: usize| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm @ (Harm::Killed | Harm::Injured), _) => Some(*harm),
            _ => None,
        })
    };
    let harm = || (at.saturating_sub(NEAR)..at).rev().find_map(said).map(|(harm, _)| harm);
    (opens && (at + 2..at + PEOPLE).any(people)).then(harm).flatten()
}

/// "had beaten his cellmate, Viktor Shulha, to death": the verb, with whom it takes before "to death".
fn does_to_death(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 12;
    let word = |at: usize| window.tokens.word(at);
    let verb = matches!(
        word(at),
        "beat"
            | "beaten"
            | "beating"
            | "stabbed"
            | "stabbing"
            | "tortured"
            | "torturing"
            | "kicked"
            | "burned"
            | "burnt"
            | "burning"
            | "shot"
            | "clubbed"
            | "hacked"
            | "crushed"
            | "trampled"
            | "starved"
            | "stoned"
    );
    let passive = at > 0 && matches!(word(at - 1), "was" | "were" | "been" | "being");
    let clause =
        || (at + 1..end.min(at + REACH)).take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ';')));
    let people = |at: usize| window.group_at(at).is_some() || window.name_at(at).is_some();
    verb && !passive
        && word(at + 1) != "to"
        && clause().any(people)
        && clause().any(|at| word(at) == "to" && word(at + 1) == "death")
}

/// "six hostages whose bodies were found in a well": the words that tell of their death.
fn whose_bodies(window: &Window<'_>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| window.tokens.word(at);
    let bodies = word(at) == "whose" && matches!(word(at + 1), "body" | "bodies" | "remains");
    // "Their bodies were found"
    let by_pronoun =
        || window.group_ending(at).is_some_and(|group| group.pronoun.is_some() && group.run.len() > 1);
    if bodies && are_found(window, at + 2) {
        return Some(at..at + 4);
    }
    (are_found(window, at) && by_pronoun()).then_some(at..at + 2)
}

/// "we found his body by the river": the verb before whose body it is.
fn finds_a_body(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "found" | "recovered" | "discovered" | "find" | "thrown" | "threw" | "dumped" | "dumping" | "burned"
    ) && window.group_at(at + 1).is_some_and(|group| group.pronoun.is_some() && group.run.len() > 1)
}

/// "were found", "was recovered": of bodies.
pub(crate) fn are_found(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "was" | "were")
        && matches!(
            window.tokens.word(at + 1),
            "found"
                | "recovered"
                | "discovered"
                | "dumped"
                | "pulled"
                | "returned"
                | "taken"
                | "removed"
                | "buried"
                | "thrown"
                | "loaded"
        )
}

/// "Doctors were unable to save a girl", "could not save his leg" aside: whom nobody could save.
fn cannot_save(window: &Window<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let unable = word(1) == "to" && matches!(word(2), "unable" | "failed" | "late")
        || word(1) == "not" && word(2) == "could"
        || matches!(word(1), "couldn't" | "cannot");
    let people = |at: usize| window.group_at(at).is_some() || window.name_at(at).is_some();
    word(0) == "save" && unable && people(at + 1)
}

/// "The army lost three soldiers", "his own side had lost two men": a party and its fighters; but "lost three members in the vote".
fn loses_men(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const NEAR: usize = 14;
    if !matches!(window.tokens.word(at), "lost" | "loses" | "losing") {
        return false;
    }
    let Some(group) = window.group_at(at + 1).filter(|group| group.counted && group.kin.is_none()) else {
        return false;
    };
    let near = at.saturating_sub(NEAR).max(sentence.start)..at;
    // "Insurgents attacked a post, losing three of their own men"
    let fights = |at: usize| window.group_at(at).is_some_and(|group| group.status == Some(Status::Combatant));
    let party = near.clone().any(fights)
        || near.into_iter().any(|at| {
            window.owner(at) == Owner::Actor
                || window.tokens.is_on(Words::PartyHead, at)
                || matches!(
                    window.tokens.word(at),
                    "we" | "side" | "rebels" | "unit" | "police" | "troops" | "town" | "hospital" | "village"
                )
        });
    let fought = |sense: &Sense| {
        matches!(
            sense,
            Sense::Means(..) | Sense::Strike | Sense::Targeting | Sense::Harm(..) | Sense::Conflict
        )
    };
    let fighters = group.status == Some(Status::Combatant);
    // "We lost eleven people from this street"
    let ours =
        at > 0 && window.tokens.word(at - 1) == "we" && window.tokens.word(group.run.end - 1) != "members";
    ours || party && (fighters || window.tags.any(sentence.clone(), fought))
}

/// «راح ابني كريم», «وراحت بنت أخوي»: what a witness says of who is dead; with a place to go to, he only went there.
fn passes_away(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let word = window.tokens.word(at);
    let goes = matches!(word.strip_prefix('و').unwrap_or(word), "راح" | "راحت" | "راحوا");
    let near = at + 1..end.min(at + REACH);
    let kin = || window.group_at(at + 1).is_some_and(|group| group.kin.is_some());
    let clause = || near.clone().take_while(|at| window.tokens.mark(*at).is_none());
    let to_somewhere = |at: usize| {
        matches!(window.tokens.word(at), "ع" | "علي" | "الي" | "لعند" | "عند" | "باتجاه" | "نحو")
            || window.owner(at) == Owner::Place
            || window.tags.at(at).iter().any(|tag| tag.prefix > 0 && matches!(tag.sense, Sense::Site(_)))
            || window.tokens.word(at).starts_with(['ي', 'ت']) && window.is_free(at)
    };
    window.testimony.is_some() && goes && kin() && !clause().any(to_somewhere)
}

/// «قبل أن يفارق جريحان الحياة»: the verb, those who die, and life.
pub(super) fn parts_with_life(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 6;
    let word = window.tokens.word(at);
    let parts = matches!(
        word.strip_prefix('و').unwrap_or(word),
        "فارق" | "فارقت" | "فارقا" | "فارقوا" | "يفارق" | "تفارق"
    );
    let mut clause = (at + 2..end.min(at + REACH)).take_while(|at| window.tokens.mark(*at).is_none());
    parts && clause.any(|at| window.tokens.word(at) == "الحياه")
}

/// "They shot my husband, Salim, against the wall", "They took him from his shop and shot him": of a person by whom a witness knows,
/// or who was led away; not "shot him in the leg".
fn shoots(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    let (start, end) = (sentence.start, sentence.end);
    let word = |at: usize| window.tokens.word(at);
    const AUXILIARY: usize = 6;
    let passive = |at: usize| matches!(word(at), "was" | "were" | "been" | "be" | "being");
    let and = at > 0 && word(at - 1) == "and" && !(at.saturating_sub(AUXILIARY)..at).any(passive);
    let active = at > 0 && !passive(at - 1) && (and || word(at - 1) != "and");
    let kin = || window.group_at(at + 1).is_some_and(|group| group.kin.is_some());
    let rest = || at + 1..end;
    let lives = |at: usize| {
        window.tokens.is_on(Words::Limbs, at)
            || window.tags.is(at, |sense| matches!(sense, Sense::Survived | Sense::Harm(Harm::Injured, _)))
    };
    let taken = || {
        let object = |at: usize| window.group_at(at).is_some_and(|group| group.pronoun.is_some());
        let leads_away = |at: usize| {
            window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Detained, _)))
                || matches!(
                    word(at),
                    "took"
                        | "taken"
                        | "dragged"
                        | "drag"
                        | "led"
                        | "pulled"
                        | "lined"
                        | "marched"
                        | "hauled"
                        | "separated"
                )
        };
        object(at + 1) && (start..at).any(leads_away)
    };
    word(at) == "shot" && at > 0 && active && (kin() || taken()) && !rest().any(lives)
}

/// "Among the victims of the attack was also ", "Among those mentioned as killed were ": the words that take who was killed.
fn among_the_victims(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const VERB: usize = 16;
    let word = |at: usize| window.tokens.word(at);
    if !matches!(word(at), "among" | "amongst") || !matches!(word(at + 1), "the" | "those" | "other") {
        return None;
    }
    let ends = |at: &usize| matches!(window.tokens.mark(*at), Some('.' | ';' | ':' | ','));
    let clause = || (at + 1..end.min(at + VERB)).take_while(|at| !ends(at));
    let verb = clause().find(|at| matches!(word(*at), "was" | "were"))?;
    let dead = |at: usize| matches!(word(at), "victims" | "dead" | "killed" | "fatalities" | "martyrs");
    let also = usize::from(word(verb + 1) == "also");
    // "Among the dead were 22 children" has a word of harm of its own, "A child was among the victims" told of him before.
    let own = verb == at + 3 && matches!(word(at + 2), "dead" | "killed")
        || at > 0 && matches!(word(at - 1), "was" | "were" | "is" | "are" | "be" | "been");
    (!own && (at + 1..verb).any(dead)).then_some(at..verb + 1 + also)
}

/// "The only fatality was Rashid Kakar": the words before the name.
fn was_the_victim(window: &Window<'_>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| window.tokens.word(at);
    let which =
        matches!(word(at), "only" | "sole" | "first" | "second" | "third" | "other" | "latest" | "last");
    let victim = matches!(word(at + 1), "fatality" | "victim" | "casualty");
    let was = matches!(word(at + 2), "was" | "is" | "were");
    let named = window.name_at(at + 3).is_some() || window.group_at(at + 3).is_some();
    (which && victim && was && named).then_some(at..at + 3)
}

/// "has also been identified as a victim", "was counted as one of the killed victims".
pub(super) fn is_told_to_be_a_victim(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const LAST: usize = 6;
    let word = |at: usize| window.tokens.word(at);
    let passive = || at > 1 && [at - 1, at - 2].iter().any(|at| matches!(word(*at), "was" | "were" | "been"));
    let told = match word(at) {
        "identified" => word(at + 1) == "as",
        "listed" | "counted" | "named" | "included" => matches!(word(at + 1), "as" | "among" | "amongst"),
        _ => false,
    };
    let between = |at: &usize| {
        matches!(word(*at), "a" | "one" | "of" | "the" | "those" | "other" | "killed" | "another")
    };
    if !told || !passive() {
        return None;
    }
    let last = (at + 2..end.min(at + 2 + LAST)).find(|at| !between(at))?;
    if matches!(word(last), "victim" | "victims") {
        return Some(at..last + 1);
    }
    (last > at + 3 && word(last - 1) == "killed" && word(last - 2) == "those").then_some(at..last)
}

/// "Also killed in the strike were the siblings X and Y", "Injured were": the words before the verb, and who follows it.
fn opens_inverted(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Harm)> {
    const VERB: usize = 12;
    let word = |at: usize| window.tokens.word(at);
    let harm = match word(at) {
        "killed" => Harm::Killed,
        "injured" | "wounded" => Harm::Injured,
        _ => return None,
    };
    let opens = at == sentence.start || at == sentence.start + 1 && word(sentence.start) == "also";
    let stops = |at: &usize| window.tokens.mark(*at).is_some() || is_harm(window, *at);
    let verb = (at + 1..sentence.end.min(at + VERB))
        .take_while(|at| !stops(at))
        .find(|at| matches!(word(*at), "was" | "were"));
    verb.filter(|_| opens).map(|verb| (at..verb + 1, harm))
}
