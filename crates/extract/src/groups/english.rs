//! Groups of people in English.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::Class;

use super::{Group, Heads, counts_things, kin_group, said};
use crate::lexicon::bare_quantity;
use crate::numbers;
use crate::people;
use crate::sense::{HarmForm, Link, Number, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

mod ages;
mod each;
mod implied;
mod kin;
mod objects;
mod parts;
mod tolls;

pub(super) use ages::class_by_ages;
use ages::{is_age, is_end_of_ages, is_of_one, is_one_of_their_ages};
pub(super) use each::for_each;
pub(crate) use each::is_for_each;
use implied::{is_risen, is_toll, is_unknown_plural, stops, unknown_noun};
use kin::{kin, kin_at};
use parts::{aged_one, family_of, of_kin, of_the_dead, one_more};
pub(super) use parts::{labels, number_all, says_who_they_were};
use tolls::{now_number, number_of_people};

/// Most words between a number and its head: "10 innocent unarmed Syrian civilians".
const MODIFIERS: usize = 8;

/// The group that starts at a token, after those found `before` it.
pub(super) fn group(window: &Window<'_>, at: usize, end: usize, before: &[Group]) -> Option<Group> {
    if !(window.is_free(at) || window.owner(at) == Owner::Actor) {
        return None;
    }
    family_of(window, at, end)
        .or_else(|| parts::all_but(window, at, end))
        .or_else(|| parts::the_rest(window, at, before))
        .or_else(|| parts::share_of_a_number(window, at, end))
        .or_else(|| parts::as_many(window, at, before))
        .or_else(|| one_more(window, at))
        .or_else(|| aged_one(window, at, end))
        .or_else(|| number_of_people(window, at, end))
        .or_else(|| now_number(window, at, end))
        .or_else(|| kin(window, at, end, before))
        .or_else(|| parts::goes_on(window, at, before))
        .or_else(|| counted(window, at, end, before))
        .or_else(|| objects::object(window, at, end, before))
        .or_else(|| bare(window, at, end, before))
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "these" | "those" | "this" | "that")
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "its" | "my" | "our")
}

/// A quantity with its head, or one without where what follows says enough.
fn counted(window: &Window<'_>, at: usize, end: usize, before: &[Group]) -> Option<Group> {
    let article = is_article(window.tokens.word(at)) || matches!(window.tokens.word(at), "another" | "all");
    let start = at + usize::from(article);
    if !window.is_free(start) {
        return None;
    }
    let hedged = usize::from(start > 1 && matches!(window.tokens.word(start - 1), "about" | "around"));
    let aged = start > hedged && matches!(window.tokens.word(start - 1 - hedged), "aged" | "age" | "ages");
    let age = people::is_age_in_turn(window, start) || is_end_of_ages(window, start);
    if aged || age || is_one_of_their_ages(window, start, before) {
        return None;
    }
    // "Olha and her husband, both 71"
    if start > 0 && window.tokens.word(start - 1) == "both" && window.tokens.is_number(start) {
        return None;
    }
    // "on both sides"
    if window.tokens.word(start) == "both" && matches!(window.tokens.word(start + 1), "sides" | "parties") {
        return None;
    }
    // "one after the other", "one by one"
    if window.tokens.word(start) == "one" && matches!(window.tokens.word(start + 1), "after" | "by") {
        return None;
    }
    // "it hurt no one"
    if start > 0 && window.tokens.word(start - 1) == "no" && window.tokens.word(start) == "one" {
        return None;
    }
    let mut amount = numbers::amount(&window.tokens, &window.tags, start)?;
    // "The toll has risen from five to seven"
    if let Quantity::Between { to, .. } = amount.said.quantity
        && start > 0
        && window.tokens.word(start - 1) == "from"
        && is_risen(window, start - 1)
    {
        amount.said.quantity = Quantity::Exact { n: to };
    }
    tolls::has_come_to(window, &mut amount);
    if amount.run.clone().any(|token| window.owner(token) != Owner::Nobody) {
        return None;
    }
    let mut here = amount.run.end;
    let glued = window.tokens.is_mark(here, '-') && window.tokens.is_glued(here + 1);
    let measure = glued
        && matches!(
            window.tokens.word(here + 1),
            "year" | "month" | "day" | "story" | "storey" | "hour" | "week"
        );
    // "a 16 year-old child"
    let old = matches!(window.tokens.word(here), "year" | "month")
        && (window.tokens.is_mark(here + 1, '-') || window.tokens.word(here + 1) == "old");
    if measure || old || is_age(window, start, amount.run.end) || is_of_one(window, start) {
        return None;
    }
    if let Some(group) = parts::some_of_a_number(window, at, &amount, end) {
        return Some(group);
    }
    if window.tokens.word(here) == "of" && numbers::amount(&window.tokens, &window.tags, here + 1).is_some() {
        // "10 of 48 people": a part; the whole is read next.
        return Some(Group {
            implied: true,
            part: true,
            counted: true,
            ..Heads::default().group(at..here, amount.said)
        });
    }
    if let Some(kin) = of_kin(window, here) {
        return Some(Group { counted: true, ..kin_group(at..kin.1, amount.said, &kin.0) });
    }
    if let Some(group) = of_the_dead(window, at, &amount, end) {
        return Some(group);
    }
    // "nine of his comrades": besides him; "four of its passengers"; but no people in "two of his fingers".
    if window.tokens.word(here) == "of" && is_possessive(window.tokens.word(here + 1)) {
        let (heads, last) = heads(window, here + 2, end).or_else(|| {
            let noun = window.tokens.is_on(Words::Crew, here + 2) || is_unknown_plural(window, here + 2);
            noun.then(|| (Heads::default(), here + 3))
        })?;
        let other = matches!(window.tokens.word(here + 1), "his" | "her");
        return Some(Group { other, counted: true, ..heads.group(at..last, amount.said) });
    }
    let other = window.tokens.word(at) == "another" || is_other(window, here);
    // "two men, both of them sergeants"
    let whose = |at: usize| {
        matches!(window.tokens.word(at), "of") && matches!(window.tokens.word(at + 1), "them" | "whom")
    };
    if window.tokens.word(start) == "both"
        && start > 0
        && window.tokens.is_mark(start - 1, ',')
        && whose(here)
        && !matches!(window.tokens.word(here + 2), "were" | "was" | "are" | "died" | "had" | "have")
    {
        return None;
    }
    let part = window.tokens.word(here) == "of" && is_article(window.tokens.word(here + 1))
        || window.tokens.word(here) == "of" && matches!(window.tokens.word(here + 1), "them" | "whom");
    // "both of whom were killed": all of them.
    let part = part && window.tokens.word(start) != "both";
    here += usize::from(window.tokens.word(here) == "of");
    if let Some((heads, head_end)) = heads(window, here, end) {
        let (heads, head_end) = of_two_classes(window, heads, head_end, end);
        let run = at..head_end;
        let harm = heads.harm;
        let others = window.tokens.word(head_end) == "others";
        return Some(Group {
            definite: article && !other && window.tokens.word(at) != "all",
            other: other || others,
            part: part && harm.is_none_or(|_| true),
            counted: true,
            ..heads.group(run, amount.said)
        });
    }
    // "his wife and three sons"
    if let Some((kin, length)) = kin_at(window, here).filter(|(kin, _)| kin.number == Number::Plural) {
        return Some(Group { counted: true, other, ..kin_group(at..here + length, amount.said, &kin) });
    }
    // "of my class of 26, four were killed"
    let size = |noun: &str| {
        matches!(noun, "class" | "crowd" | "population" | "congregation" | "convoy" | "fleet" | "age")
    };
    if start > 1 && window.tokens.word(start - 1) == "of" && size(window.tokens.word(start - 2)) {
        return None;
    }
    let follows = amount.run.end + usize::from(other && is_other(window, amount.run.end));
    let follows = unknown_noun(window, follows, end).unwrap_or(follows);
    let clock = window.tokens.is_number(start) && window.tokens.raw(start).starts_with('0');
    let exact = !clock && !matches!(amount.said.quantity, Quantity::Exact { n } if (1900..2100).contains(&n));
    let nothing_else =
        !counts_things(window, follows) && (stops(window, follows, end) || other || is_toll(window, start));
    (exact && nothing_else && window.is_free(follows.saturating_sub(1))).then(|| Group {
        implied: true,
        other,
        counted: true,
        part,
        ..Heads::default().group(at..follows, amount.said)
    })
}

/// "12 women and children", "41 men and boys": one number of people of two classes, where the second has no number of its own.
fn of_two_classes(window: &Window<'_>, heads: Heads, last: usize, end: usize) -> (Heads, usize) {
    let described =
        |heads: &Heads| heads.class.filter(|class| *class != Class::Total && heads.harm.is_none());
    let plural = |heads: &Heads| heads.number == Some(Number::Plural);
    let next = (window.tokens.word(last) == "and").then(|| head_run(window, last + 1, end)).flatten();
    let Some((second, second_end)) = next.filter(|(second, _)| plural(second) && plural(&heads)) else {
        return (heads, last);
    };
    match (described(&heads), described(&second)) {
        (Some(one), Some(other)) => {
            let children = one.is_children() && other.is_children();
            let class = Some(if children { Class::Children } else { Class::Total });
            (Heads { class, ..heads }, second_end)
        }
        _ => (heads, last),
    }
}

fn is_other(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Link(Link::Other)))
}

/// "five adult children", "his grown sons": whose children they are is said, and that they are none.
fn is_said_adult(window: &Window<'_>, mut modifiers: Range<usize>) -> bool {
    modifiers.any(|at| matches!(window.tokens.word(at), "adult" | "grown"))
}

/// The nouns of people from a token on, over at most a few modifiers.
fn heads(window: &Window<'_>, at: usize, end: usize) -> Option<(Heads, usize)> {
    let mut here = at;
    let limit = end.min(at + MODIFIERS);
    while here < limit {
        if let Some((mut heads, last)) = head_run(window, here, end) {
            // "two injured children": the adjective says the harm.
            heads.harm = heads.harm.or_else(|| {
                (at..here)
                    .find_map(|before| {
                        window.tags.find(before, |sense| match sense {
                            Sense::Harm(harm, HarmForm::Past | HarmForm::Adjective) => Some(*harm),
                            _ => None,
                        })
                    })
                    .map(|(harm, _)| harm)
            });
            if heads.class.is_some_and(Class::is_children) && is_said_adult(window, at..here) {
                heads.class = Some(Class::Total);
            }
            return Some((heads, last));
        }
        // "three market women", "two factory workers": where they work.
        let people = |sense: &Sense| matches!(sense, Sense::People(_));
        let place_of_work = window.tags.is(here, |sense| matches!(sense, Sense::Site(_)))
            && window.is_free(here)
            && window.tags.is(here + 1, people);
        if !(is_modifier(window, here) || place_of_work) {
            return None;
        }
        here += 1;
    }
    None
}

/// One or more nouns of people in a row: "Syrian civilians", "civilian casualties", "women".
fn head_run(window: &Window<'_>, at: usize, end: usize) -> Option<(Heads, usize)> {
    let mut heads = Heads::default();
    let mut here = at;
    while here < end {
        let noun = window
            .tags
            .at(here)
            .iter()
            .find(|tag| matches!(tag.sense, Sense::People(_) | Sense::Harm(_, HarmForm::People(_))));
        let Some(tag) = noun.filter(|_| here == at || window.owner(here) != Owner::Organisation) else {
            break;
        };
        heads.add(tag.sense);
        here += usize::from(tag.length);
        // "65 bodies of civilians"
        let bodies = heads.harm.is_some() && window.tokens.word(here - 1) == "bodies";
        let people = |sense: &Sense| matches!(sense, Sense::People(_));
        here += usize::from(bodies && window.tokens.word(here) == "of" && window.tags.is(here + 1, people));
    }
    (here > at).then_some((heads, here))
}

/// A word that may stand between a number and its head: an adjective, a nation, an age.
fn is_modifier(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    // "8 IS fighters", "three Olive Branch workers": the name of a party or organisation, whatever word it looks like.
    if matches!(window.owner(at), Owner::Actor | Owner::Organisation) {
        return true;
    }
    let blocked = matches!(
        word,
        "in" | "on"
            | "at"
            | "of"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "and"
            | "or"
            | "were"
            | "was"
            | "are"
            | "is"
            | "have"
            | "has"
            | "had"
            | "that"
            | "which"
            | "who"
            | "the"
            | "a"
            | "an"
            | "as"
            | "but"
            | "after"
            | "before"
            | "when"
            | "while"
            | "including"
            | "into"
            | "his"
            | "her"
            | "their"
            | "km"
    );
    let sense = window.tags.is(at, |sense| {
        matches!(sense, Sense::Link(Link::Including) | Sense::Says | Sense::Strike | Sense::Unit(_) | Sense::UnitTime(_) | Sense::Cause | Sense::Break | Sense::Site(_) | Sense::Family | Sense::Means(..))
            || matches!(sense, Sense::Harm(_, form) if !matches!(form, HarmForm::People(_) | HarmForm::Past | HarmForm::Adjective))
    });
    let hyphen = window.tokens.is_mark(at, '-') && window.tokens.is_glued(at);
    let aged = matches!(word, "year" | "years" | "month" | "months")
        && (window.tokens.is_mark(at + 1, '-') || at > 0 && window.tokens.is_mark(at - 1, '-'));
    let person = window.owner(at) == Owner::Person || window.owner(at) == Owner::Time;
    // "kidnapped 900 executed 18 people": another number begins, unless it is an age.
    let number = window.tags.number(at).is_some();
    let age = number && window.tokens.is_mark(at + 1, '-');
    (hyphen || window.tokens.is_word(at) && !number || age) && !blocked && (!sense || aged) && !person
}

fn is_small_verb(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "was" | "were" | "is" | "are" | "and" | "in" | "of" | "by" | "who" | "had" | "has"
    ) || window.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Harm(..) | Sense::Strike))
}

/// "a child", "women", "the civilians": a noun of people without a number.
fn bare(window: &Window<'_>, at: usize, end: usize, before: &[Group]) -> Option<Group> {
    let word = window.tokens.word(at);
    let one = matches!(word, "a" | "an" | "unknown" | "unidentified");
    let definite = is_article(word) || matches!(word, "all" | "his" | "her" | "their" | "its" | "no");
    if one || is_article(word) || is_possessive(word) {
        let (heads, head_end) = heads(window, at + 1, end)?;
        let singular = heads.number == Some(Number::Singular);
        let alone = singular || heads.number == Some(Number::Dual);
        // "his driver was killed"
        if is_possessive(word)
            && !(alone && objects::is_first_subject(window, (at, head_end, end), &heads, before))
        {
            return None;
        }
        // "an elderly couple", but "a couple of people" are a few.
        let two = heads.number == Some(Number::Dual) && window.tokens.word(head_end) != "of";
        if one && !singular && !two {
            return None;
        }
        // "the father of two boys": the boys say which man he is.
        let parent = kin_at(window, head_end - 1).is_some()
            && window.tokens.word(head_end) == "of"
            && window.tags.number(head_end + 1).is_some()
            && window.tokens.word(head_end + 2) != "of";
        let run = at..if parent { objects::with_complement(window, head_end, end) } else { head_end };
        let quantity = bare_quantity(heads.number.unwrap_or(Number::Plural));
        let first = || parent || objects::is_first_subject(window, (at, head_end, end), &heads, before);
        let definite = definite && !(alone && (is_beside_a_count(window, head_end) || first()));
        return Some(Group { definite, ..heads.group(run.clone(), said(window, quantity, &run)) });
    }
    let (heads, head_end) = head_run(window, at, end)?;
    // "31 patients with blast injuries": what they had.
    let had = |with: usize| {
        window.tokens.word(with) == "with" && before.last().is_some_and(|group| group.run.end == with)
    };
    if word == "injuries" && (at.saturating_sub(3)..at).any(had) {
        return None;
    }
    let weak = matches!(word, "members" | "other" | "lives" | "member" | "bodies" | "relatives" | "locals");
    // "Mortar kills boy, 6"
    let kills = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Active));
    let taken = at > 0 && window.tokens.word(at - 1).ends_with('s') && window.tags.is(at - 1, kills);
    // "Victim: female, 27, nurse."
    let card = at > 1 && window.tokens.is_mark(at - 1, ':') && window.tokens.word(at - 2) == "victim";
    if heads.number == Some(Number::Singular) && (taken || card || opens_headline(window, at, head_end)) {
        let run = at..head_end;
        return Some(heads.group(run.clone(), said(window, Quantity::Singular, &run)));
    }
    if heads.number != Some(Number::Plural) || weak || head_end == at {
        return None;
    }
    let run = at..head_end;
    let other = word == "others";
    let definite = definite
        || word == "victims"
        || at > 0
            && matches!(
                window.tokens.word(at - 1),
                "the" | "its" | "his" | "their" | "her" | "of" | "between"
            )
            && window.tokens.word(at - 1) != "of";
    Some(Group { definite, other, ..heads.group(run.clone(), said(window, Quantity::Plural, &run)) })
}

/// "the driver and four passengers": he is one of five.
fn is_beside_a_count(window: &Window<'_>, end: usize) -> bool {
    window.tokens.word(end) == "and" && numbers::amount(&window.tokens, &window.tags, end + 1).is_some()
}

/// "Girl killed in raid on market": in the first words of a line the article is left out.
fn opens_headline(window: &Window<'_>, at: usize, end: usize) -> bool {
    // "Case 14: male, 52, farmer, died of gunshot wounds"
    let opens = at == 0
        || window.tokens.get(at).is_some_and(|token| token.lines > 0)
        || window.tokens.is_mark(at - 1, ':');
    // "Farmer, 60, loses foot to mine"
    let verb = people::after_age(window, end);
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Intransitive));
    let trade = usize::from(
        verb > end
            && window.tokens.is_word(verb)
            && window.tokens.is_mark(verb + 1, ',')
            && !window.tags.is(verb, harmed),
    );
    let verb = verb + 2 * trade;
    opens
        && (window.tags.is(verb, harmed)
            || matches!(window.tokens.word(verb), "loses" | "shot" | "hit" | "stabbed"))
}
