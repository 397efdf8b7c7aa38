//! Stage 5: who was harmed: words of harm take the groups and names that their grammar gives them.
//!
//! "killing" and مقتل take the people after them, "were killed" those before; coordination, "including", "along with"
//! and apposition say how the people of one chain stand to each other. What nobody's grammar reaches stays uncounted.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Harm, Status};

use crate::groups::Group;
use crate::sense::{HarmForm, Link, Sense};
use crate::sentences::Sentence;
use crate::window::Window;

mod accidents;
mod arabic_directions;
mod arabic_idioms;
mod arabic_joints;
mod arabic_unsaid;
mod beaten;
mod bodies;
mod brackets;
mod bystanders;
mod chain;
mod described;
mod died_later;
pub(crate) mod distributed;
mod elsewhere;
mod idioms;
mod injuries;
mod intended;
mod items;
mod joints;
mod lists;
mod lists_of_the_dead;
mod one_after_another;
mod others;
pub(crate) mod pronouns;
mod relative;
mod some_of_the_wounded;
mod speakers;
mod spelt_out;
mod subjects;
mod survivors;
mod titles_of_the_dead;
mod tolls;
mod triggers;
mod unharmed;
mod unsaid;
mod wholes;

pub(crate) use arabic_idioms::{dies_in_words, kills_those_before, maims_whom};
use chain::{Chain, resolve};
pub(crate) use died_later::{Death, falls_on};
pub(crate) use idioms::are_found;
pub(crate) use injuries::{is_body_part, is_injured, is_violence, leaves_disabled, object_part};
pub(crate) use items::is_named_again;
use items::items;
pub(crate) use joints::{is_among_them, is_for_kin, is_passive_report, joint, leaves_kin};
pub(crate) use lists::{announced, listed_harm};
pub(crate) use some_of_the_wounded::died_of_them;
pub(crate) use speakers::{is_reference, is_speaker, made_it};
pub(crate) use survivors::DID_NOT_SURVIVE;
pub(crate) use tolls::{is_corrected, is_grown_total, is_set_anew};
use triggers::{Direction, Trigger, triggers};
pub(crate) use unharmed::{Unharmed, unharmed};
pub(crate) use unsaid::{is_another_event, is_negated};

/// People of the text: a group or a named person, by position in the window's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Group(usize),
    Name(usize),
}

/// People, and what is said to have been done to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub who: Who,
    pub run: Range<usize>,
    pub harm: Harm,
    /// How the number stands to the others of its sentence.
    pub stands: Stands,
    /// The group that this group or name is said to be: "Ibrahim and Karam, two children".
    pub apposed: Option<usize>,
    /// The group before it whose noun it leaves out: "45 civilians in one town and 22 in another".
    pub like: Option<usize>,
    /// The word of harm.
    pub trigger: Option<Range<usize>>,
    /// The rule that took them.
    pub rule: &'static str,
    /// People of one chain share it.
    pub chain: usize,
    /// How many of them are told to have died, who are no more among the injured.
    pub less: u64,
}

impl Hit {
    /// Who stands by themselves, taken by a rule that needs no word of harm beside them.
    pub(crate) fn alone(who: Who, run: &Range<usize>, harm: Harm, rule: &'static str, chain: usize) -> Hit {
        let (stands, run) = (Stands::Alone, run.clone());
        Hit { who, run, harm, stands, apposed: None, like: None, trigger: None, rule, chain, less: 0 }
    }
}

/// An item of a sentence that can be harmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub who: Who,
    pub run: Range<usize>,
}

/// What a sentence says of harm.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub hits: Vec<Hit>,
    /// The death that it opens with of somebody in the sentence before.
    pub opening: Option<Death>,
}

/// Everything that a sentence says of harm to people.
pub(crate) fn read(window: &Window<'_>, sentence: &Sentence, chains: &mut usize) -> Read {
    let items = items(window, &sentence.run);
    let uncounted = |item: &Item| matches!(item.who, Who::Group(index) if !window.groups[index].counted);
    if is_question_of_an_interview(window, sentence) {
        return Read::default();
    }
    if is_prayer(window, sentence) && items.iter().all(uncounted) {
        return Read::default();
    }
    let mut hits = own_deaths(window, &sentence.run, chains);
    if items.is_empty() {
        hits.extend(survivors::dead_beside(window, &sentence.run, &hits, chains));
    }
    if items.is_empty() && !died_later::may_open(window, sentence) {
        return Read { hits, opening: None };
    }
    let mut taken = vec![false; items.len()];
    let triggers = triggers(window, &sentence.run);
    let opening = triggers.first().and_then(|first| died_later::opening(window, sentence, first));
    if items.is_empty() {
        return Read { hits, opening };
    }
    // «سقطوا قتلى»: the noun is of the words that say it.
    for (item, taken) in items.iter().zip(&mut taken) {
        let within = |trigger: &Trigger| {
            let several = trigger.run.len() > 1 && trigger.form == HarmForm::Intransitive;
            several && trigger.arabic && trigger.run.contains(&item.run.start)
        };
        *taken = triggers.iter().any(within);
    }
    let mut deaths = Vec::new();
    // "Five years after a raid killed 80 people, one was killed": the 80 are of that raid.
    let of_another = |trigger: &&Trigger| {
        trigger.negated && unsaid::is_another_event(window, trigger.run.start, &sentence.run)
    };
    for trigger in triggers.iter().filter(of_another) {
        let chain = take(window, trigger, &items, &taken, sentence);
        chain.iter().flat_map(|chain| &chain.members).for_each(|item| taken[*item] = true);
    }
    for trigger in triggers.iter().filter(|trigger| !trigger.negated) {
        if let Some(chain) = take(window, trigger, &items, &taken, sentence) {
            for item in &chain.members {
                taken[*item] = true;
            }
            hits.extend(resolve(window, &items, &chain, trigger, *chains));
            *chains += 1;
        } else if trigger.harm == Harm::Missing {
            // «اقتادوا أبي ولم نعرف عنه شيئا»: who was led away is missing.
            let detained = hits.iter_mut().filter(|hit| hit.harm == Harm::Detained);
            detained.for_each(|hit| hit.harm = Harm::Missing);
        } else {
            deaths.push(trigger.clone());
        }
    }
    died_later::settle(window, &sentence.run, &items, &deaths, &mut hits, chains);
    some_of_the_wounded::of_them_who_died(window, &triggers, &mut hits);
    relative::settle(window, &triggers, &mut hits);
    others::settle(window, &sentence.run, &mut hits);
    one_after_another::settle(window, &sentence.run, &mut hits);
    hits.extend(own_harm(window, sentence, &items, &taken, &hits, chains));
    some_of_the_wounded::settle(window, &mut hits);
    tolls::settle_the_risen(window, &sentence.run, &mut hits);
    beaten::settle(window, &sentence.run, &items, &mut hits, chains);
    bodies::settle(window, &items, &mut hits, chains);
    hits.extend(martyrs(window, &items, &taken, &hits, chains));
    elsewhere::settle(window, &items, &mut hits);
    wholes::settle(window, &sentence.run, &items, &mut hits, chains);
    wholes::named_among_them(window, &items, &mut hits);
    hits.extend(survivors::dead_beside(window, &sentence.run, &hits, chains));
    wholes::one_alone(window, &mut hits);
    wholes::within_the_toll(window, &mut hits);
    Read { hits, opening }
}

/// "Salim Haddad’s death was mourned": the whole name of whoever died.
fn own_deaths(window: &Window<'_>, run: &Range<usize>, chains: &mut usize) -> Vec<Hit> {
    let first = window.names.partition_point(|name| name.run.start < run.start);
    let names = window.names.iter().enumerate().skip(first);
    let dies = |end: usize| {
        window.tokens.is_mark(end, '\'')
            && window.tokens.word(end + 1) == "s"
            && matches!(window.tokens.word(end + 2), "death" | "martyrdom" | "killing" | "murder" | "passing")
    };
    let mut found = Vec::new();
    for (at, name) in names.take_while(|(_, name)| name.run.start < run.end) {
        if name.run.len() > 1 && dies(name.run.end) {
            let trigger = Some(name.run.end + 2..name.run.end + 3);
            let hit = Hit::alone(Who::Name(at), &name.run, Harm::Killed, "harm-noun-of", *chains);
            found.push(Hit { trigger, ..hit });
            *chains += 1;
        }
    }
    found
}

/// «جثامين أحد عشر مدنيا»: people whose bodies are told of.
fn follows_bodies(window: &Window<'_>, group: &Group) -> bool {
    group.run.start.checked_sub(1).is_some_and(|at| is_body(window.tokens.word(at)))
}

pub(crate) fn is_body(word: &str) -> bool {
    matches!(word, "جثمان" | "جثه" | "جثماني" | "جثتي" | "جثامين" | "جثث" | "رفات")
}

/// The chain of people that a word of harm takes.
fn take(
    window: &Window<'_>,
    trigger: &Trigger,
    items: &[Item],
    taken: &[bool],
    sentence: &Sentence,
) -> Option<Chain> {
    let after = items.iter().position(|item| item.run.start >= trigger.run.end);
    let before = items.iter().rposition(|item| item.run.end <= trigger.run.start);
    let right = || {
        let first = after.filter(|item| !taken[*item])?;
        if trigger.form == HarmForm::Past && triggers::is_of_next(window, &items[first].run) {
            return None;
        }
        joints::object(window, trigger, items[first].run.start)
            .then(|| chain::right(window, items, first, trigger, taken))
    };
    let left = || {
        let last = before.filter(|item| !taken[*item])?;
        // "Salim Haddad shielded a patient and was killed"
        if let Some(first) = subjects::of_an_earlier_verb(window, trigger, &items[..=last], sentence)
            .filter(|first| !taken[*first])
        {
            return Some(chain::left(window, items, first, taken, sentence));
        }
        joints::subject(window, items[last].run.end..trigger.run.start, trigger, sentence)
            .then(|| chain::left(window, items, last, taken, sentence))
            .map(|chain| chain::after_verb(window, items, chain, after, trigger, taken))
    };
    // "15 killed 20 wounded": a counted group right before a past form is its own; but "two soldiers killed a man", "two soldiers killed
    // three men".
    let armed = |group: &Group| {
        group.status == Some(Status::Combatant) && triggers::takes_object(window, &trigger.run)
    };
    let counted_before = before.is_some_and(|last| {
        matches!(items[last].who, Who::Group(index) if window.groups[index].counted && !armed(&window.groups[index]))
            && items[last].run.end == trigger.run.start
            && !taken[last]
    });
    let object = trigger.direction == Direction::Right;
    if counted_before && !object && trigger.form == HarmForm::Past && !trigger.both {
        return left();
    }
    match trigger.direction {
        Direction::Right => right(),
        Direction::Left => left(),
        Direction::LeftElseRight => left().or_else(right),
        Direction::RightElseLeft => right().or_else(left),
    }
}

/// Groups whose own noun says the harm: "five deaths", قتلى وجرحى.
fn own_harm(
    window: &Window<'_>,
    sentence: &Sentence,
    items: &[Item],
    taken: &[bool],
    hits: &[Hit],
    chains: &mut usize,
) -> Vec<Hit> {
    let caused = window.tags.any(sentence.run.clone(), |sense| {
        matches!(sense, Sense::Cause | Sense::Strike | Sense::Means(..) | Sense::Toll | Sense::Targeting)
    });
    let mut found: Vec<Hit> = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let Who::Group(index) = item.who else { continue };
        let group = &window.groups[index];
        let counts = group.counts() && (group.counted || caused || follows_bodies(window, group));
        let corrected = group.implied && tolls::is_corrected(window, item.run.start);
        // What asks all of a sentence is asked last.
        let untold = || {
            is_negated(window, item.run.start, sentence.run.start) && !corrected
                || unsaid::is_feared(window, item.run.start, &sentence.run)
                || unsaid::is_taken_back(window, item.run.start, &sentence.run)
                || unsaid::is_of_no_violence(window, &item.run, &sentence.run)
                || unsaid::dies_otherwise(window, item.run.end, sentence.run.end)
                || intended::is_handed_over(window, item.run.start, &sentence.run)
                || arabic_unsaid::is_untold(window, item.run.start, &sentence.run)
        };
        let toll = group.harm.is_none() && group.counted && tolls::is_toll(window, sentence, &item.run);
        // "killed 22 people in a village, seven of them children"
        let last = hits.iter().chain(&found).filter(|hit| hit.run.end <= item.run.start);
        let of_them = || last.max_by_key(|hit| hit.run.end).filter(|_| group.part).map(|hit| hit.harm);
        let elsewhere = lists::goes_on_elsewhere(window, group, &found);
        // "14 people were killed according to the council, 16 according to the rescuers"
        let told_otherwise = || {
            let after = item.run.end + usize::from(window.tokens.is_mark(item.run.end, ','));
            // "60 were shot dead; the government says 12"
            let says = |at: usize| {
                !window.tokens.is_arabic(at) && window.tags.is(at, |sense| matches!(sense, Sense::Says))
            };
            let said =
                item.run.start > 0 && says(item.run.start - 1) && window.tokens.mark(item.run.end).is_some();
            let by_another = group.implied
                && (said
                    || matches!(window.tokens.word(after), "according" | "بحسب" | "حسب" | "وفق" | "وفقا"));
            hits.iter().rfind(|hit| by_another && hit.run.end <= item.run.start).map(|hit| hit.harm)
        };
        let buried = || bystanders::is_buried(window, &item.run);
        let harm = group
            .harm
            .map(|harm| if harm == Harm::KilledOrInjured && buried() { Harm::Killed } else { harm })
            .or_else(|| follows_bodies(window, group).then_some(Harm::Killed))
            .or(toll.then(|| tolls::toll_harm(window, sentence, &item.run)))
            .or_else(of_them)
            .or_else(told_otherwise)
            .or_else(|| elsewhere.map(|(harm, _)| harm))
            .or_else(|| hits.last().filter(|_| corrected).map(|hit| hit.harm));
        let Some(harm) = harm.filter(|_| counts && !untold()) else { continue };
        let beside = hits.iter().chain(&found).any(|hit| hit.harm == harm && hit.stands == Stands::Alone);
        let vague = group.said.quantity.is_vague() && harm == Harm::KilledOrInjured;
        let stands = if group.part || joints::after_including(window, item, sentence) {
            Stands::PartOf
        } else if vague && hits.iter().any(|hit| hit.harm == Harm::Killed) {
            Stands::OverlapUnknown
        } else if beside && group.other || elsewhere.is_some() {
            Stands::Besides
        } else {
            Stands::Alone
        };
        let was = group.counted && tolls::was_so(window, item.run.start);
        let superseded = toll && tolls::is_superseded(window, &item.run)
            || tolls::is_announced_before(window, item.run.start)
            || was
            || beside && corrected;
        let stands = if superseded { Stands::Superseded } else { stands };
        let chain = elsewhere.map_or(*chains, |(_, chain)| chain);
        found.push(Hit { stands, ..Hit::alone(item.who, &item.run, harm, "harm-noun", chain) });
        *chains += usize::from(elsewhere.is_none());
        found.extend(parts(window, items, at, taken, harm, chain));
        if follows_bodies(window, group) {
            found.extend(other_bodies(window, items, at, taken, chain));
        }
    }
    found
}

/// «جثث ثلاث نساء وطفلين»: those who are joined to people whose bodies are told of.
fn other_bodies(window: &Window<'_>, items: &[Item], at: usize, taken: &[bool], chain: usize) -> Vec<Hit> {
    let mut found = Vec::new();
    for next in at + 1..items.len() {
        let Who::Group(index) = items[next].who else { break };
        let group = &window.groups[index];
        let gap = items[next - 1].run.end..items[next].run.start;
        let joined = group.and && gap.is_empty() && group.harm.is_none() && group.counts();
        if taken[next] || !joined {
            break;
        }
        found.push(Hit::alone(items[next].who, &items[next].run, Harm::Killed, "harm-noun", chain));
    }
    found
}

/// «سؤال: هل تعرفين كم قُتلوا؟», "Q: Were people killed?": who asks tells of nobody.
fn is_question_of_an_interview(window: &Window<'_>, sentence: &Sentence) -> bool {
    window.testimony.is_some()
        && sentence.run.clone().next_back().is_some_and(|at| window.tokens.is_mark(at, '?'))
}

/// «اللهم ارحم شهداءنا», "May God have mercy on our martyrs".
fn is_prayer(window: &Window<'_>, sentence: &Sentence) -> bool {
    let word = |step: usize| window.tokens.word(sentence.run.start + step);
    word(0) == "اللهم" || word(0) == "may" && word(1) == "god"
}

/// Names whose title says that they are dead, where no word of harm took them: «الشهيد سليم الوراق».
fn martyrs(
    window: &Window<'_>,
    items: &[Item],
    taken: &[bool],
    hits: &[Hit],
    chains: &mut usize,
) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let Who::Name(_) = item.who else { continue };
        let known = hits.iter().any(|hit| hit.who == item.who);
        let listed = found.last().is_some_and(|last| {
            joints::joint(window, &(last.run.end..item.run.start), &item.run) == Some(joints::Joint::And)
        });
        if known || !(titles_of_the_dead::is_martyr(window, item.run.start) || listed && at > 0) {
            continue;
        }
        found.push(Hit::alone(item.who, &item.run, Harm::Killed, "title-of-the-dead", *chains));
    }
    *chains += usize::from(!found.is_empty());
    found
}

/// "five deaths, including two children": the parts that follow.
fn parts(
    window: &Window<'_>,
    items: &[Item],
    at: usize,
    taken: &[bool],
    harm: Harm,
    chain: usize,
) -> Vec<Hit> {
    let mut parts = Vec::new();
    let mut part = false;
    for next in at + 1..items.len() {
        let gap = items[next - 1].run.end..items[next].run.start;
        match joints::joint(window, &gap, &items[next].run) {
            Some(joints::Joint::Including) => part = true,
            Some(joints::Joint::And) if part => {}
            _ => break,
        }
        let Who::Group(index) = items[next].who else { break };
        let group = &window.groups[index];
        if taken[next] || group.harm.is_some() || !group.counts() {
            break;
        }
        let hit = Hit::alone(items[next].who, &items[next].run, harm, "part-of-a-number", chain);
        parts.push(Hit { stands: Stands::PartOf, ..hit });
    }
    parts
}

/// The least number that words without one can stand for.
pub(crate) fn vague_floor(quantity: Quantity) -> u64 {
    match quantity {
        // What Arabic says in tens, English newsrooms put as dozens.
        Quantity::Tens | Quantity::Dozens => 10,
        Quantity::Hundreds => 100,
        Quantity::Thousands => 1000,
        _ => 0,
    }
}

/// Whether a quantity is a plain number.
pub(crate) fn number_of(quantity: Quantity) -> Option<u64> {
    match quantity {
        Quantity::Exact { n } => Some(n),
        Quantity::Dual => Some(2),
        Quantity::Singular => Some(1),
        _ => None,
    }
}

/// Whether a token is a word of linking.
pub(crate) fn is_link(window: &Window<'_>, at: usize, link: Link) -> bool {
    window.tags.is(at, |sense| *sense == Sense::Link(link))
}

/// Whether a token is a word of harm that is not itself a count.
pub(crate) fn is_harm(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, form) if !matches!(form, HarmForm::People(_))))
}
