//! Chains of people that share one word of harm, and how each stands to the others.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm};

use super::arabic_directions::joins_others;
use super::brackets::{is_bracketed, is_breakdown, leaves_a_bracket};
use super::described::is_told_again;
use super::joints::{Joint, joint};
use super::some_of_the_wounded::dies_of_wounds;
use super::spelt_out::{exceeds_the_whole, names_the_number, specifies, spelt_out};
use super::tolls::{is_earlier_toll, is_part_of_a_toll, is_toll};
use super::triggers::{Direction, Trigger};
use super::{Hit, Item, Who, is_harm, number_of};
use crate::sense::{HarmForm, Link, Sense};
use crate::sentences::Sentence;
use crate::window::{Owner, Window};

/// People in order, each with how it joins the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    pub members: Vec<usize>,
    pub joints: Vec<Option<Joint>>,
    pub direction: Direction,
}

/// The chain that begins after a word of harm.
pub(crate) fn right(
    window: &Window<'_>,
    items: &[Item],
    first: usize,
    trigger: &Trigger,
    taken: &[bool],
) -> Chain {
    let mut chain = Chain { members: vec![first], joints: vec![None], direction: Direction::Right };
    for next in first + 1..items.len() {
        let gap = items[next - 1].run.end..items[next].run.start;
        let Some(joint) = joint(window, &gap, &items[next].run) else { break };
        if leaves_a_bracket(window, &gap) && is_bracketed(window, trigger, &gap) {
            break;
        }
        let implied = matches!(items[next].who, Who::Group(index) if window.groups[index].implied);
        if implied && gap.clone().any(|at| window.tokens.is_mark(at, ';')) {
            break;
        }
        let subject = |at: usize| is_subject_of_next(window, items, at);
        // "his brother Karim was brought to a hospital": the kin and the name are one.
        let named = items
            .get(next + 1)
            .is_some_and(|name| matches!(name.who, Who::Name(_)) && name.run.start == items[next].run.end);
        let own_clause = joint == Joint::And
            && (subject(next) || named && subject(next + 1) || opens_clause(window, trigger, &items[next]));
        if taken[next]
            || own_clause
            || window.tokens.get(items[next].run.start).is_some_and(|token| token.lines > 1)
        {
            break;
        }
        chain.members.push(next);
        chain.joints.push(Some(joint));
    }
    chain
}

/// The chain that ends before a word of harm.
pub(crate) fn left(
    window: &Window<'_>,
    items: &[Item],
    last: usize,
    taken: &[bool],
    sentence: &Sentence,
) -> Chain {
    let mut first = last;
    let mut joints = Vec::new();
    // "17 were killed, eight of them children, and 31 wounded": the eight are of those before.
    let implied = |item: &Item| matches!(item.who, Who::Group(index) if window.groups[index].implied);
    let part = |item: &Item| matches!(item.who, Who::Group(index) if window.groups[index].part);
    while first > 0 && !taken[first - 1] && !(implied(&items[last]) && part(&items[first - 1])) {
        let gap = items[first - 1].run.end..items[first].run.start;
        let Some(joint) =
            joint(window, &gap, &items[first].run).filter(|_| !runs_into(window, &items[first - 1..=first]))
        else {
            break;
        };
        if leaves_a_bracket(window, &gap) && is_breakdown(window, &items[first - 1].run) {
            break;
        }
        // "fired at two policemen; one was hit, the other escaped"
        let all = |item: &Item| matches!(window.tokens.word(item.run.start), "all" | "both");
        if implied(&items[first])
            && !all(&items[first])
            && gap.clone().any(|at| window.tokens.is_mark(at, ';'))
        {
            break;
        }
        joints.push(Some(joint));
        first -= 1;
    }
    // "The toll rose to nine, four children among them; 18 were injured": a toll and its parts are no subject.
    if (first..last).any(|at| is_toll(window, sentence, &items[at].run)) {
        let clause = |at: &usize| {
            (items[*at - 1].run.end..items[*at].run.start).any(|at| window.tokens.is_mark(at, ';'))
        };
        let own = (first + 1..=last).rev().find(clause).unwrap_or(last);
        joints.truncate(last - own);
        first = own;
    }
    joints.push(None);
    joints.reverse();
    Chain { members: (first..=last).collect(), joints, direction: Direction::Left }
}

/// "Tags: children Northern Front Three children were killed": a noun without a number that runs into a number is no part of its
/// sentence.
fn runs_into(window: &Window<'_>, two: &[Item]) -> bool {
    let counted = |item: &Item| match item.who {
        Who::Group(index) => Some(window.groups[index].counted),
        Who::Name(_) => None,
    };
    let [before, next] = two else { return false };
    let mut gap = before.run.end..next.run.start;
    let adjacent = gap.all(|at| window.owner(at) == Owner::Actor) && !window.tokens.is_arabic(next.run.start);
    adjacent && counted(before) == Some(false) && counted(next) == Some(true)
}

/// "… were killed along with their mother", "… were killed, including two children": the chain goes on after the verb.
pub(crate) fn after_verb(
    window: &Window<'_>,
    items: &[Item],
    mut chain: Chain,
    after: Option<usize>,
    trigger: &Trigger,
    taken: &[bool],
) -> Chain {
    let Some(first) = after.filter(|first| !taken[*first]) else { return chain };
    let gap = trigger.run.end..items[first].run.start;
    let named = matches!(items[first].who, Who::Name(_)) && equates(window, &gap);
    let listed = !named && spells_out(window, &gap);
    let said = match joint(window, &gap, &items[first].run) {
        _ if named || listed => Some(Joint::Beside),
        _ if is_beside_himself(window, &gap) => Some(Joint::AlongWith),
        _ if gap.is_empty() && trigger.form == HarmForm::Verb && joins_others(window, gap.end) => {
            Some(Joint::AlongWith)
        }
        Some(Joint::And) if gap.clone().any(|at| super::is_link(window, at, Link::AlongWith)) => {
            Some(Joint::AlongWith)
        }
        joint => joint,
    };
    let close = match said {
        Some(Joint::Including) => true,
        Some(Joint::Beside) => named || listed,
        Some(Joint::AlongWith) => gap.len() <= 8 && !is_subject_of_next(window, items, first),
        _ => false,
    };
    if close {
        let more = right(window, items, first, trigger, taken);
        chain.members.extend(more.members);
        chain.joints.push(said);
        chain.joints.extend(more.joints.into_iter().skip(1));
    }
    chain
}

/// «قُتلت هي وزوجها»: others beside whom the verb is said of.
fn is_beside_himself(window: &Window<'_>, gap: &Range<usize>) -> bool {
    let himself = matches!(window.tokens.word(gap.start), "هو" | "هي" | "هما" | "هم");
    himself && gap.len() == 1 && window.group_at(gap.end).is_some_and(|group| group.and)
}

/// "were killed in Nahran on Monday: three men and two women": nothing but where and when before a colon.
fn spells_out(window: &Window<'_>, gap: &Range<usize>) -> bool {
    if gap.len() == 1 && window.tokens.is_mark(gap.start, '(') {
        return true;
    }
    let Some(colon) = gap.clone().last().filter(|at| window.tokens.is_mark(*at, ':')) else { return false };
    (gap.start..colon).all(|at| {
        matches!(window.owner(at), Owner::Place | Owner::Time)
            || matches!(window.tokens.word(at), "in" | "on" | "at" | "near" | "the")
    })
}

/// "his two sons killed in the attack were A and B": what follows names those before.
fn equates(window: &Window<'_>, gap: &Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let mut last = gap.clone().rev().filter(|at| window.tokens.word(*at) != "also");
    gap.len() <= LONGEST
        && last.next().is_some_and(|at| matches!(window.tokens.word(at), "were" | "was"))
        && last.all(|at| window.tokens.is_word(at) && !is_harm(window, at))
}

/// "… and three others were injured": the next people have a verb of their own.
fn is_subject_of_next(window: &Window<'_>, items: &[Item], at: usize) -> bool {
    let end = items[at].run.end;
    let limit = items.get(at + 1).map_or(end + 7, |next| next.run.start.min(end + 7));
    // "25 children and injured 400 others": a verb with people of its own.
    let own_object = |here: usize| {
        let adverb = usize::from(here > 1 && window.tokens.word(here - 1).ends_with("ly"));
        window.tokens.word(here - 1 - adverb) == "and" && window.group_at(here + 1).is_some()
    };
    let goes_on = |here: &usize| {
        !matches!(window.tokens.word(*here), "who" | "in" | "when")
            && !matches!(window.tokens.mark(*here), Some('.' | '!' | '?' | ';'))
    };
    // «قُتل طفل وثلاثة من رفاقه أصيبوا»
    let own_verb = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Verb));
    let several = window.tokens.word(end).ends_with("وا") || window.tokens.word(end).ends_with("ون");
    if window.tokens.is_arabic(end)
        && several
        && window.tags.is(end, own_verb)
        && items.get(at + 1).is_none_or(|next| next.run.start > end + 1)
    {
        return true;
    }
    (end..limit).take_while(goes_on).any(|here| {
        window.tags.is(here, |sense| {
            // «وأخي خرج ومن يومها ما رجع»
            matches!(
                sense,
                Sense::Harm(_, HarmForm::Past | HarmForm::Intransitive | HarmForm::Adjective)
                    | Sense::Harm(Harm::Missing, HarmForm::Verb)
            )
        }) && !own_object(here)
    }) || matches!(window.tokens.word(crate::people::after_age(window, end)), "were" | "was")
}

/// In Arabic a clause «وأصيب …» opens with the verb, which is a word of harm between; nothing else opens one here.
fn opens_clause(window: &Window<'_>, _trigger: &Trigger, item: &Item) -> bool {
    item.run.start > 0 && is_harm(window, item.run.start - 1)
}

/// What each person of a chain has suffered, and how each number stands.
pub(crate) fn resolve(
    window: &Window<'_>,
    items: &[Item],
    chain: &Chain,
    trigger: &Trigger,
    id: usize,
) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut part = trigger.part;
    for (at, member) in chain.members.iter().enumerate() {
        let item = &items[*member];
        match chain.joints[at] {
            Some(Joint::Including) => part = true,
            Some(Joint::Beside) if specifies(window, item, &hits) => part = true,
            Some(Joint::AlongWith) => part = trigger.part,
            Some(Joint::And) if part && exceeds_the_whole(window, item, &hits) => part = false,
            Some(Joint::Among) => {
                hits.iter_mut().for_each(|hit| hit.stands = Stands::PartOf);
                part = false;
            }
            _ => {}
        }
        if at > 0 && names_the_number(window, &items[chain.members[at - 1]], item) {
            part = true;
        }
        let mut hit = Hit {
            who: item.who,
            run: item.run.clone(),
            harm: trigger.harm,
            stands: if part { Stands::PartOf } else { Stands::Alone },
            apposed: None,
            like: None,
            trigger: Some(trigger.run.clone()),
            rule: rule(trigger.form),
            chain: id,
            less: 0,
        };
        if let Who::Group(index) = item.who {
            if is_told_again(window, index, chain.joints[at], &hits) {
                continue;
            }
            hit.like = left_out(window, index, chain.joints[at], &hits);
            group(window, &mut hit, index, &hits);
            apposition(window, &mut hit, index, chain.joints[at], &mut hits);
        } else if let Some(group) = apposed_before(window, &hits, chain.joints[at], items, chain, at) {
            hit.apposed = Some(group);
        }
        hits.push(hit);
    }
    spelt_out(window, &mut hits);
    hits.retain(|hit| counts(window, hit));
    if trigger.both { both(window, hits) } else { hits }
}

fn rule(form: HarmForm) -> &'static str {
    match form {
        HarmForm::Past => "harm-past",
        HarmForm::Active => "harm-active",
        HarmForm::Noun | HarmForm::Masdar => "harm-noun-of",
        HarmForm::Lives => "harm-lives",
        HarmForm::Intransitive => "harm-intransitive",
        HarmForm::Adjective => "harm-adjective",
        HarmForm::Verb => "harm-verb",
        HarmForm::People(_) => "harm-noun",
    }
}

/// "45 civilians in one town and 22 in another": a number without a noun takes that of the number before it.
fn left_out(window: &Window<'_>, index: usize, joint: Option<Joint>, before: &[Hit]) -> Option<usize> {
    let last = before.last().filter(|_| window.groups[index].implied && joint == Some(Joint::And))?;
    match last.who {
        Who::Group(other) if window.groups[other].counted => Some(last.like.unwrap_or(other)),
        _ => None,
    }
}

/// A group in a chain: its own harm goes before the chain's.
fn group(window: &Window<'_>, hit: &mut Hit, index: usize, before: &[Hit]) {
    let group = &window.groups[index];
    let somebody = before.iter().any(|other| other.stands == Stands::Alone);
    let alone =
        before.iter().any(|other| other.stands == Stands::Alone && matches!(other.who, Who::Group(_)));
    if let Some(own) = group.harm.filter(|own| *own != hit.harm) {
        // «استشهاد السائق وأحد الجرحى»: one of the wounded, who died too; "beheaded two kidnapped loggers".
        let held = matches!(own, Harm::Detained | Harm::Missing)
            && matches!(hit.harm, Harm::Killed | Harm::Injured)
            && !window.tokens.is_arabic(hit.run.start);
        if group.part || held {
            return;
        }
        // «قبل أن يفارق جريحان الحياة», «توفي جريحان»: of the wounded, who died.
        if own == Harm::Injured
            && hit.harm == Harm::Killed
            && before.is_empty()
            && dies_of_wounds(window, hit)
        {
            hit.stands = Stands::PartOf;
            return;
        }
        // "after a wounded woman died"
        if own == Harm::Injured
            && hit.harm == Harm::Killed
            && before.is_empty()
            && !window.tokens.is_arabic(hit.run.start)
            && group.said.quantity == Quantity::Singular
        {
            return;
        }
        // "killed 10 victims" counts the killed; "killing 10 people and many casualties" counts both, and so does "25 casualties, seven of
        // them dead".
        let of_others = hit
            .trigger
            .as_ref()
            .is_some_and(|trigger| (hit.run.end..trigger.start).any(|at| window.group_at(at).is_some()));
        let both = of_others || names_the_wounded(window, &group.run);
        if before.is_empty() && own == Harm::KilledOrInjured && !both {
            return;
        }
        hit.harm = own;
        if own == Harm::KilledOrInjured && alone {
            hit.stands = Stands::OverlapUnknown;
        }
    } else if group.part || is_part_of_a_toll(window, hit.run.start) {
        hit.stands = Stands::PartOf;
    } else if is_earlier_toll(window, &hit.run) {
        hit.stands = Stands::Superseded;
    } else if group.other && hit.like.is_none() && somebody && hit.stands == Stands::Alone {
        hit.stands = Stands::Besides;
    } else if alone
        && before.iter().any(|other| other.harm == hit.harm)
        && hit.stands == Stands::Alone
        && group.said.quantity.number().is_none()
        && group.said.quantity.is_vague()
        && !same_class_free(window, index, before)
    {
        hit.stands = Stands::OverlapUnknown;
    }
}

/// «عشرين مدنيا بين قتيل وجريح»: a number of both by its own words, whatever the word of harm.
fn names_the_wounded(window: &Window<'_>, run: &Range<usize>) -> bool {
    window.tags.any(run.clone(), |sense| matches!(sense, Sense::Harm(Harm::Injured, HarmForm::People(_))))
}

/// Whether no group before counts all people or this group's class.
fn same_class_free(window: &Window<'_>, index: usize, before: &[Hit]) -> bool {
    let class = window.groups[index].class;
    before.iter().all(|hit| match hit.who {
        Who::Group(other) => {
            window.groups[other].class != class && window.groups[other].class != Class::Total
        }
        Who::Name(_) => true,
    })
}

/// "Ibrahim, Karam and Mai, three children": the group is the names before it.
fn apposition(window: &Window<'_>, hit: &mut Hit, index: usize, joint: Option<Joint>, before: &mut [Hit]) {
    let group = &window.groups[index];
    if !matches!(joint, Some(Joint::And | Joint::Beside))
        || group.kin.is_some()
        || group.and
        || spelled_and(window, hit.run.start)
    {
        return;
    }
    let names = before
        .iter()
        .rev()
        .take_while(|hit| matches!(hit.who, Who::Name(_)) && hit.apposed.is_none())
        .count();
    // «استشهد سليم الوراق وهو ينقذ جريحا»
    let other_fate = before.last().is_some_and(|name| name.harm != hit.harm);
    if names > 0 && !other_fate && number_of(group.said.quantity) == Some(names as u64) {
        before.iter_mut().rev().take(names).for_each(|hit| hit.apposed = Some(index));
        hit.apposed = Some(index);
    }
}

fn spelled_and(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "and" | "plus" | "و")
}

/// "a child, Salim Omar", "two brothers: A and B", "his daughter Maria": the name is of the group before it.
fn apposed_before(
    window: &Window<'_>,
    hits: &[Hit],
    joint: Option<Joint>,
    items: &[Item],
    chain: &Chain,
    at: usize,
) -> Option<usize> {
    let last = hits.last()?;
    match last.who {
        Who::Group(index) => {
            let group = &window.groups[index];
            let start = items[chain.members[at]].run.start;
            // «ابنها الشاب سليم»: the kin, the word for him and the name are one person.
            if let Some(kin) = kin_before(window, hits).filter(|_| group.definite) {
                return Some(kin);
            }
            let direct = start.saturating_sub(last.run.end) <= 1 || joint == Some(Joint::Beside);
            let lone_comma = joint == Some(Joint::And)
                && !spelled_and(window, start)
                && window.name_at(start).is_none_or(|name| name.prefix == 0);
            // One singular word has one name; a number of people has that many.
            let number = number_of(group.said.quantity).unwrap_or(u64::MAX);
            (direct || lone_comma && number > 1 || lone_comma && group.kin.is_none()).then_some(index)
        }
        Who::Name(_) => {
            let index = last.apposed?;
            let quantity = window.groups[index].said.quantity;
            let members = hits
                .iter()
                .filter(|hit| hit.apposed == Some(index) && matches!(hit.who, Who::Name(_)))
                .count() as u64;
            let group_before =
                hits.iter().any(|hit| hit.who == Who::Group(index) && hit.run.start < last.run.start);
            let more = match number_of(quantity) {
                Some(number) => members < number,
                None => quantity == Quantity::Plural && list_goes_on(window, hits),
            };
            (group_before && more).then_some(index)
        }
    }
}

/// "his sons Salim, Omar and Karim": a list of unsaid length ends with the name after its "and".
fn list_goes_on(window: &Window<'_>, hits: &[Hit]) -> bool {
    let [.., before, last] = hits else { return false };
    !window.tokens.is_arabic(last.run.start)
        && !(before.run.end..last.run.start).any(|at| window.tokens.word(at) == "and")
}

/// The one relative whom the last group but one is, right before the last.
fn kin_before(window: &Window<'_>, hits: &[Hit]) -> Option<usize> {
    let [.., kin, last] = hits else { return None };
    let Who::Group(index) = kin.who else { return None };
    let group = &window.groups[index];
    let one = group.kin.is_some() && number_of(group.said.quantity) == Some(1);
    (one && kin.run.end == last.run.start).then_some(index)
}

fn counts(window: &Window<'_>, hit: &Hit) -> bool {
    match hit.who {
        Who::Name(_) => true,
        Who::Group(index) => window.groups[index].counts() || hit.apposed.is_some(),
    }
}

/// "killed and wounded dozens": vague words say both, a number says that many of either.
fn both(window: &Window<'_>, hits: Vec<Hit>) -> Vec<Hit> {
    hits.into_iter()
        .flat_map(|hit| match hit.who {
            Who::Group(index) if window.groups[index].said.quantity.number().is_none() => {
                vec![Hit { harm: Harm::Killed, ..hit.clone() }, Hit { harm: Harm::Injured, ..hit }]
            }
            _ => vec![hit],
        })
        .collect()
}
