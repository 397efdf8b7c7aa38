//! Words of harm and the side on which they have their people.

use std::ops::Range;

use sijil_model::codebook::Harm;

use super::arabic_directions::{
    follows_its_kin, is_of_an_attack, is_of_several, is_with_others, joins_others,
};
use super::intended::is_himself;
use super::lists::{announced, is_among_the_dead, listed_harm, past_titles};
use super::lists_of_the_dead::{among, lists_of_the_dead};
use super::speakers::is_sex_of_a_card;
use super::unsaid::is_untold;
use super::{arabic_idioms, idioms};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense, Title};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Where a word of harm has its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Left,
    Right,
    LeftElseRight,
    RightElseLeft,
}

/// A word of harm in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trigger {
    pub run: Range<usize>,
    pub harm: Harm,
    pub form: HarmForm,
    pub direction: Direction,
    /// Said not to be so, or only feared.
    pub negated: bool,
    /// "among those killed were": what it takes is a part.
    pub part: bool,
    /// Killed and injured are said of the same people: "killed and wounded dozens".
    pub both: bool,
    pub arabic: bool,
}

/// The words of harm of a sentence, in order; two joined by "and" are one.
pub(crate) fn triggers(window: &Window<'_>, sentence: &Range<usize>) -> Vec<Trigger> {
    let mut list: Vec<Trigger> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some(mut trigger) = trigger(window, at, sentence) else {
            // "the number of injured": its words are no words of harm; those of "a number of injured" are.
            let several = at > 0 && window.tokens.word(at - 1) == "a";
            let toll = window.tags.find(at, |sense| match sense {
                Sense::Toll => Some(()),
                Sense::TollInjured if !several => Some(()),
                _ => None,
            });
            at += toll.map_or(1, |(_, tag)| usize::from(tag.length));
            continue;
        };
        at = trigger.run.end;
        if let Some(last) = list.last()
            && joined(window, last.run.end..trigger.run.start)
            && last.harm != trigger.harm
            && !(trigger.arabic && window.group_ending(last.run.start).is_some())
            && !window.has_group(last.run.end..trigger.run.start)
        {
            trigger.run.start = last.run.start;
            trigger.both = true;
            trigger.direction = last.direction;
            trigger.form = last.form;
            trigger.harm = Harm::KilledOrInjured;
            list.pop();
        }
        list.push(trigger);
    }
    list
}

/// «سليم الوراق قُتل», «سليم الوراق، 34 عاما، مزارع، قُتل», «سليم الوراق، من طاقم الإسعاف، قُتل»: a name or people right before a word of
/// harm, or before what commas set off to say who they are.
fn is_said_of_people(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let people = |at: usize| window.group_ending(at).is_some() || window.name_ending(at).is_some();
    let says_who = |at: &usize| {
        let mark = window.tokens.mark(*at).is_none_or(|mark| matches!(mark, ',' | '(' | ')'));
        let tells = window.tags.is(*at, |sense| matches!(sense, Sense::Says | Sense::Harm(..)));
        mark && (!tells || is_sex_of_a_card(window, *at))
    };
    let set_off = |at: &usize| window.tokens.mark(*at).is_some_and(|mark| matches!(mark, ',' | '('));
    let closed = at > 0 && window.tokens.mark(at - 1).is_some_and(|mark| matches!(mark, ',' | ')'));
    people(at)
        || closed
            && (at.saturating_sub(REACH)..at)
                .rev()
                .take_while(says_who)
                .filter(set_off)
                .any(|at| window.name_ending(at).is_some())
}

/// «الذي قتل», «الذين استشهدوا»: a clause about those before it.
pub(super) fn is_relative(window: &Window<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    matches!(before, "الذي" | "التي" | "الذين" | "اللذين" | "اللذان" | "اللتين" | "اللتان" | "اللذي")
}

fn joined(window: &Window<'_>, gap: Range<usize>) -> bool {
    let joint = |at: usize| {
        matches!(window.tokens.word(at), "and" | "or" | "و" | "او")
            || window.tokens.is_mark(at, ',')
            || window.tokens.is_mark(at, '/')
    };
    let and_prefix = gap.is_empty()
        && window.tags.at(gap.end).iter().any(|tag| tag.and && matches!(tag.sense, Sense::Harm(..)));
    let run_on = gap.is_empty() && !window.tokens.is_arabic(gap.end);
    and_prefix || run_on || (!gap.is_empty() && gap.len() <= 2 && gap.into_iter().all(joint))
}

fn trigger(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Trigger> {
    // «فبُترت ساقه»: who was hurt so is told by the pronoun.
    let by_pronoun = |group: &Group| group.pronoun.is_some() && group.harm.is_some();
    if !matches!(window.owner(at), Owner::Nobody) || window.group_at(at).is_some_and(by_pronoun) {
        return None;
    }
    let listing = window
        .tags
        .find(at, |sense| match sense {
            Sense::Title(Title::Names) => listed_harm(window, at, sentence.start),
            Sense::Title(Title::NamesInjured) => Some(Harm::Injured),
            _ => None,
        })
        // «وهم» alone announces names only where a name or a colon follows.
        .filter(|(_, tag)| {
            // "the names of four demonstrators who died"
            let counted = window.group_at(at + usize::from(tag.length)).is_some_and(|group| group.counted);
            tag.length > 1 && (!counted || window.tokens.is_arabic(at))
                || window.tokens.is_mark(at + 1, ':')
                || window.name_at(past_titles(window, at + 1)).is_some()
        })
        .map(|(harm, tag)| (harm, usize::from(tag.length)))
        .or_else(|| announced(window, at));
    let is_victim = idioms::is_told_to_be_a_victim(window, at, sentence.end).is_some();
    if (listing.is_none() || is_victim)
        && let Some(trigger) =
            idioms::trigger(window, at, sentence).or_else(|| arabic_idioms::trigger(window, at, sentence))
    {
        return Some(trigger);
    }
    let toll = |sense: &Sense| matches!(sense, Sense::Toll | Sense::TollInjured);
    if window.tags.at(at).first().is_some_and(|longest| toll(longest.sense))
        || is_a_wound(window, at)
        || dies_down(window, at)
    {
        return None;
    }
    let (harm, form, length) = match listing {
        Some((harm, length)) => (harm, HarmForm::Noun, length),
        // "claims that ten were killed": a word of saying, unless a number follows at once.
        None if matches!(window.tokens.word(at), "claimed" | "claims" | "claiming")
            && window.group_at(at + 1).is_none_or(|group| !group.counted) =>
        {
            return None;
        }
        None => {
            let ((harm, form), tag) = window.tags.find(at, |sense| match sense {
                Sense::Harm(harm, form) if !matches!(form, HarmForm::People(_)) => Some((*harm, *form)),
                _ => None,
            })?;
            let length = usize::from(tag.length);
            let bare = form == HarmForm::Noun && !takes_of(window, at + length);
            if tag.article || bare {
                return None;
            }
            (harm, form, length)
        }
    };
    let run = at..at + length;
    let arabic = window.tokens.is_arabic(at);
    // "beheaded two kidnapped loggers", "exchanged 14 wounded soldiers": what they were, and not what is told of them.
    if !arabic && matches!(form, HarmForm::Past | HarmForm::Adjective) && is_inside(window, at) {
        return None;
    }
    // «إن مدنيا قتل», «سليم الوراق الذي قتل»: after its people the noun is the verb.
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb));
    let told = is_said_of_people(window, at) || is_relative(window, at);
    let form =
        if form == HarmForm::Masdar && window.tags.is(at, verb) && told { HarmForm::Verb } else { form };
    if matches!(harm, Harm::Missing | Harm::Detained)
        && matches!(form, HarmForm::Verb | HarmForm::Masdar)
        && arabic_idioms::is_of_the_dead(window, at, sentence.end)
    {
        return None;
    }
    // «لغم يخطف راعيا»: no weapon leads anybody away.
    if harm == Harm::Detained && form == HarmForm::Verb && follows_a_weapon(window, at) {
        return None;
    }
    // «فقد شقيقه في القصف»: who lost somebody is not missing, and whom he lost is dead.
    let bereft = harm == Harm::Missing && form == HarmForm::Verb && loses_kin(window, run.end);
    let harm = match harm {
        Harm::Missing if loses_life(window, run.end, sentence.end) => Harm::Killed,
        Harm::Missing if loses_a_limb(window, run.end, sentence.end) => Harm::Injured,
        Harm::Missing if bereft => Harm::Killed,
        harm => harm,
    };
    let lists = lists_of_the_dead(window, &run, sentence.end).filter(|_| form != HarmForm::Active);
    let among_them = listing.is_some() && is_among_the_dead(window, at);
    // "As well as those killed at least 160 people were injured": those are told of already.
    let those = at > sentence.start && window.tokens.word(at - 1) == "those";
    if those && lists.is_none() && window.group_at(run.end).is_some() {
        return None;
    }
    // "Two of the injured, a boy and a man, died": a noun for those told of before.
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let of_the = word(1) == "the" && word(2) == "of" && at > 2 && window.tags.number(at - 3).is_some();
    if form == HarmForm::Past && of_the && lists.is_none() {
        return None;
    }
    // "marched with portraits of the dead"
    let known = matches!(word(1), "the" | "their" | "our" | "its") && lists.is_none();
    if form == HarmForm::Adjective && known && !among(window, &run, sentence) {
        return None;
    }
    // "Salma, a teacher, took the wounded to hospital", "a nurse treated the wounded": people whom somebody else does something for.
    let ends = run.end >= sentence.end
        || window.tokens.mark(run.end).is_some()
        || window.tokens.is_on(Words::EndsAPhrase, run.end);
    if form == HarmForm::Past && word(1) == "the" && lists.is_none() && ends && !among(window, &run, sentence)
    {
        return None;
    }
    let direction = if listing.is_some() || lists.is_some() || bereft {
        Direction::Right
    } else {
        direction(window, &run, form, sentence)
    };
    let part = lists.is_some() || among_them || among(window, &run, sentence);
    let run = run.start..lists.unwrap_or(run.end);
    let negated = is_untold(window, at, run.end, sentence);
    Some(Trigger { negated, part, both: false, arabic, run, harm, form, direction })
}

/// Whether a token stands inside a group of people, between its number and its noun.
fn is_inside(window: &Window<'_>, at: usize) -> bool {
    let before = window.groups.partition_point(|group| group.run.start < at);
    let group = before.checked_sub(1).map(|before| &window.groups[before]);
    group.is_some_and(|group| group.counted && group.run.end > at + 1)
}

/// "The storm died down", "the noise died away": of nobody.
fn dies_down(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "died" | "dies")
        && matches!(window.tokens.word(at + 1), "down" | "away" | "out")
}

/// "with a wound to the arm", "gunshot wounds": a noun, and no verb that wounds somebody.
fn is_a_wound(window: &Window<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    let noun = |before: usize| {
        matches!(
            window.tokens.word(before),
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "with"
                | "from"
                | "of"
                | "gunshot"
                | "stab"
                | "head"
                | "leg"
        ) || window.tokens.is_on(Words::Missile, before)
    };
    matches!(window.tokens.word(at), "wound" | "wounds") && before.is_some_and(noun)
}

/// "the death of X", "the death and injury of X", "deaths among X"; a form that ends in "of" has it already.
fn takes_of(window: &Window<'_>, end: usize) -> bool {
    window.tokens.word(end - 1) == "of"
        || (end..end + 4).any(|at| matches!(window.tokens.word(at), "of" | "among" | "to" | "for"))
        || window.name_at(end).is_some()
}

/// «فقدان ثلاثة أطفال لحياتهم», «فقد مدني حياته»: what is lost is life.
fn loses_life(window: &Window<'_>, from: usize, end: usize) -> bool {
    const FARTHEST: usize = 14;
    (from..end.min(from + FARTHEST)).any(|at| {
        let word = window.tokens.word(at);
        let bare = word.strip_prefix('ل').unwrap_or(word);
        matches!(bare, "حياته" | "حياتها" | "حياتهم" | "حياتهما" | "حياتهن" | "ارواحهم" | "روحه")
    })
}

/// «فقد شقيقه», «فقدت ابنتيها».
fn loses_kin(window: &Window<'_>, at: usize) -> bool {
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.possessed);
    window.tags.at(at).iter().any(|tag| tag.prefix == 0 && kin(tag.sense))
}

/// «فقد الشاب سليم الوراق ساقه اليمنى»: what is lost is a limb, told before the clause ends.
fn loses_a_limb(window: &Window<'_>, from: usize, end: usize) -> bool {
    const FARTHEST: usize = 10;
    // «فقد ابنيه في الانفجار وبُترت يده»
    let begins_anew =
        |at: &usize| window.tokens.word(*at).starts_with('و') && window.tokens.is_on(Words::Limbs, at + 1);
    (from..end.min(from + FARTHEST))
        .take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ',' | ';' | ':')) && !begins_anew(at))
        .any(|at| window.tokens.is_on(Words::Limbs, at))
}

/// «لغم يخطف», «قذيفة تخطف»: what the verb is said of.
fn follows_a_weapon(window: &Window<'_>, at: usize) -> bool {
    at > 0 && window.tags.is(at - 1, |sense| matches!(sense, Sense::Means(..)))
}

fn direction(window: &Window<'_>, run: &Range<usize>, form: HarmForm, sentence: &Range<usize>) -> Direction {
    match form {
        HarmForm::Active | HarmForm::Noun | HarmForm::Lives | HarmForm::Masdar => Direction::Right,
        HarmForm::Intransitive | HarmForm::Adjective | HarmForm::People(_) => Direction::Left,
        // «سليم الوراق الذي قتل مع طفلين»: he, unless those whom he killed follow at once.
        // «الضربة التي أصابت مستودعا»: the strike did.
        HarmForm::Verb if is_of_an_attack(window, run.start) => Direction::Right,
        HarmForm::Verb if is_relative(window, run.start) && !takes_object(window, run) => {
            Direction::LeftElseRight
        }
        // «إن اثنين من مقاتليها قُتلا», «خمسة من العائلة قتلوا»: a dual or plural follows those whom it tells of.
        HarmForm::Verb if is_of_several(window, run) && !takes_object(window, run) => {
            Direction::LeftElseRight
        }
        // «سلمى الوراق، صيدلانية، قُتلت مع زوجها»
        HarmForm::Verb if is_with_others(window, run.end) || joins_others(window, run.end) => {
            Direction::LeftElseRight
        }
        // «أمي ماتت فورا، وأخي الصغير مات»
        HarmForm::Verb if follows_its_kin(window, run.start) && !takes_object(window, run) => {
            Direction::LeftElseRight
        }
        HarmForm::Verb => Direction::RightElseLeft,
        HarmForm::Past
            if matches!(window.tokens.word(run.end), "were" | "was" | "are" | "include" | "included")
                // "12 wounded were taken to Nahran"
                && window.group_ending(run.start).is_none_or(|group| !group.counted)
                && !passive(window, run, sentence) =>
        {
            Direction::Right
        }
        HarmForm::Past if passive(window, run, sentence) => Direction::Left,
        HarmForm::Past if is_active(window, run) || is_himself(window, run.end) => Direction::Right,
        HarmForm::Past if takes_object(window, run) => Direction::RightElseLeft,
        HarmForm::Past => Direction::LeftElseRight,
    }
}

/// "Soldiers killed the dog": what follows is its object, of people or not; but "ten people killed the day before".
fn is_active(window: &Window<'_>, run: &Range<usize>) -> bool {
    let opens = matches!(
        window.tokens.word(run.end),
        "the" | "a" | "an" | "his" | "her" | "their" | "its" | "my" | "our"
    );
    let time = |at: usize| {
        window.owner(at) == Owner::Time
            || matches!(
                window.tokens.word(at),
                "same" | "previous" | "past" | "following" | "next" | "day" | "moment"
            )
            || window.tags.is(at, |sense| matches!(sense, Sense::UnitTime(_)))
    };
    // "Fighters looted a clinic and killed one of its midwives"
    let one_of = window.tokens.word(run.end) == "one" && window.tokens.word(run.end + 1) == "of";
    let noun = window.tokens.is_word(run.end + 1) || window.tags.number(run.end + 1).is_some();
    one_of || opens && noun && !time(run.end) && !time(run.end + 1)
}

/// "were reportedly killed": a form of "to be" before it, adverbs between.
fn passive(window: &Window<'_>, run: &Range<usize>, sentence: &Range<usize>) -> bool {
    for back in 1..=5 {
        let Some(at) = run.start.checked_sub(back).filter(|at| *at >= sentence.start) else { return false };
        match window.tokens.word(at) {
            "was" | "were" | "been" | "be" | "being" | "is" | "are" | "get" | "got" => return true,
            word if word.ends_with("ly")
                || matches!(
                    word,
                    "also"
                        | "all"
                        | "both"
                        | "instantly"
                        | "either"
                        | "killed"
                        | "and"
                        | "or"
                        | "then"
                        | "first"
                        | "already"
                        | "later"
                        | "among"
                        | "those"
                ) => {}
            _ => return false,
        }
    }
    false
}

/// Whether a group is the next word's: "child killed two others injured", but not "killed two wounded five".
pub(super) fn is_of_next(window: &Window<'_>, group: &Range<usize>) -> bool {
    window.tags.is(group.end, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past)))
        && window.group_at(group.end + 1).is_none()
}

/// Whether a group or name stands right after the word, and is no other word's: "wounded candidate Salim Haddad".
pub(super) fn takes_object(window: &Window<'_>, run: &Range<usize>) -> bool {
    const TITLE: usize = 3;
    let noun = |at: &usize| {
        window.tokens.is_word(*at)
            && !window.tokens.is_arabic(*at)
            && !window.tokens.is_capital(*at)
            && !window.tokens.is_on(Words::EndsAPhrase, *at)
            && !window.tags.is(*at, |sense| {
                matches!(sense, Sense::Harm(..) | Sense::Link(_) | Sense::Says | Sense::UnitTime(_))
            })
    };
    let nouns = (run.end..run.end + TITLE).take_while(noun).count();
    if nouns > 0 && window.name_at(run.end + nouns).is_some() {
        return true;
    }
    let starts = |at: usize| {
        window.group_at(at).is_some_and(|group| !is_of_next(window, &group.run))
            || window.name_at(at).is_some()
    };
    // «وقتلوا بالسواطير 27 قرويا»
    let instrument =
        usize::from(window.tokens.is_arabic(run.end) && window.tokens.word(run.end).starts_with("بال"));
    if instrument > 0 && window.group_at(run.end + 1).is_some_and(|group| group.counted && group.prefix == 0)
    {
        return true;
    }
    (0..=2).any(|skip| {
        starts(run.end + skip)
            && (run.end..run.end + skip).all(|at| {
                window.tags.is(at, |sense| matches!(sense, Sense::Title(_) | Sense::Role(_)))
                    || matches!(window.tokens.word(at), "the" | "")
            })
    })
}
