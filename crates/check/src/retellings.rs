//! A number that is told twice with its digits in another order: "43 killed as a depot explodes", over "thirty-four people
//! were killed when the depot exploded".
//!
//! The two must count the same and be told in some of the same words; a heading or an item of a list has few of them. Where
//! another number is what lies between the two, or both are told more than once, both may be right.

use std::collections::BTreeMap;

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::cues::Cue;
use crate::dates::Dated;
use crate::derived::{is_slip, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};

/// The least number whose digits can be changed about.
const LEAST: f64 = 12.0;
/// How many numbers with the same digits are held against each other: more are a table of their own.
const MOST: usize = 6;
/// How many numbers a text may have in which one is outvoted.
const MANY: usize = 40;
/// How many times as large or small a number may be as the one that outvotes it.
const FAR: f64 = 2.0;
/// How many words a heading or an item shares with what it is told again in, and a sentence of prose.
const SHORT: usize = 1;
const LONG: usize = 3;
/// The same of a heading that does not say what it counts.
const VERB: usize = 2;
/// How many letters a word has, at least, to be told again.
const LETTERS: usize = 4;
/// How far before a day what it is the day of may stand.
const NAMED: usize = 4;

/// One stretch of a text and whether it tells shortly what the text tells: a heading or an item of a list.
pub(crate) struct Stretch {
    pub passage: Passage,
    pub short: bool,
}

/// A number and where it stands.
#[derive(Clone, Copy)]
struct Told<'s> {
    stretch: usize,
    passage: &'s Passage,
    short: bool,
    at: usize,
    number: &'s Amount,
}

/// Numbers of a text that are told again with their digits changed about.
pub(crate) fn check(stretches: &[Stretch]) -> Vec<Draft> {
    let mut by_digits: BTreeMap<Vec<char>, Vec<Told<'_>>> = BTreeMap::new();
    let mut others: Vec<f64> = Vec::new();
    for (stretch, Stretch { passage, short }) in stretches.iter().enumerate() {
        for (at, number) in passage.counts(0..passage.atoms.len()) {
            others.push(number.stated);
            if number.bounds.is_exact() && number.stated >= LEAST && number.stated.fract() == 0.0 {
                let told = Told { stretch, passage, short: *short, at, number };
                by_digits.entry(digits(number.stated)).or_default().push(told);
            }
        }
    }
    others.sort_by(f64::total_cmp);
    let is_told = |number: f64| others.binary_search_by(|one| one.total_cmp(&number)).is_ok();
    let numbers = by_digits.into_values().filter(|same| same.len() <= MOST);
    let twice = numbers.filter_map(|same| twice(&same, is_told));
    twice.chain(day_told_again(stretches)).chain(outvoted(stretches)).collect()
}

/// "Seven aid workers freed", over a text that twice tells of nine and of no seven.
fn outvoted(stretches: &[Stretch]) -> Option<Draft> {
    let told = |(stretch, Stretch { passage, short }): (usize, &'_ Stretch)| -> Vec<(usize, bool, usize)> {
        let counts = passage.counts(0..passage.atoms.len());
        counts.into_iter().map(|(at, _)| (stretch, *short, at)).collect()
    };
    let all: Vec<Told<'_>> = stretches
        .iter()
        .enumerate()
        .flat_map(told)
        .filter_map(|(stretch, short, at)| {
            let passage = &stretches[stretch].passage;
            Some(Told { stretch, passage, short, at, number: passage.count_at(at)? })
        })
        .collect();
    let first = all.first().filter(|first| first.short && first.stretch == 0 && all.len() <= MANY)?;
    let body = || all[1..].iter().filter(|told| !told.short);
    let again: Vec<&Told<'_>> = body().filter(|told| counts_same(first, told)).collect();
    let number = again.first()?.number;
    let stated = first.number.stated;
    let one = again.len() > 1 && again.iter().all(|told| told.number.stated == number.stated);
    let whole = first.number.bounds.is_exact() && number.bounds.is_exact() && stated > 1.0;
    let near = is_slip(stated, number.stated) && stated.max(number.stated) <= stated.min(number.stated) * FAR;
    let sums = |other: &Told<'_>| {
        (number.stated - other.number.stated).abs() == stated || number.stated + other.number.stated == stated
    };
    let explained = all[1..].iter().any(|told| told.number.bounds.meets(first.number.bounds) || sums(told));
    if !one || !whole || !near || explained || !again.iter().all(|told| shared(first, told) >= SHORT) {
        return None;
    }
    let explain = format!("{} are told of twice, not {}", shown(number.stated), shown(stated));
    Some(Draft::over(Kind::NOfM, &[first.number], stated, number.stated, explain))
}

/// A day of a text, as far as it is told.
#[derive(Clone, Copy)]
struct Day<'s> {
    passage: &'s Passage,
    at: usize,
    month: i8,
    day: i8,
}

impl Day<'_> {
    /// The words of its sentence that lead to it.
    fn words(&self) -> impl Iterator<Item = usize> + '_ {
        let start = self.passage.sentence(self.at).start;
        (start..self.at).rev().filter(|at| matches!(self.passage.symbol(*at), "n" | "w"))
    }
}

/// "Raid on an orphanage, 7 October … since the raid of 17 October": the last day of a text that has one other, of the same
/// month and a digit away, told as known of what the other was told of.
fn day_told_again(stretches: &[Stretch]) -> Option<Draft> {
    let days: Vec<Day<'_>> = stretches
        .iter()
        .flat_map(|Stretch { passage, .. }| {
            passage.atoms.iter().enumerate().filter_map(move |(at, atom)| match atom.item {
                Item::Day(Dated::Day { month, day, .. }) => Some(Day { passage, at, month, day }),
                _ => None,
            })
        })
        .collect();
    let (last, others) = days.split_last()?;
    let first = others.first()?;
    let passage = last.passage;
    let alone = others.iter().all(|other| (other.month, other.day) == (last.month, first.day));
    let (small, large) = (first.day.min(last.day), first.day.max(last.day));
    let slip = matches!(large - small, 10 | 20)
        || large != small && (small % 10, small / 10) == (large / 10, large % 10);
    let event = last.words().next().filter(|event| last.at - event <= NAMED)?;
    let word = passage.word(event);
    let since = event.checked_sub(1).is_some_and(|at| Cue::Since.is(passage.word(at)));
    let known = passage.symbol_before(event) == "the" || since;
    let again = others.iter().any(|other| {
        let mut words = other.words().map(|at| other.passage.word(at));
        words.any(|told| same_thing(word, told))
    });
    // "Ten days later, the shelling of 12 April", "the second raid, of 13 May".
    let own = passage.sentence(last.at).start..last.at;
    let another = passage.has(own.clone(), &["later", "ago", "other", "D"])
        || own.into_iter().any(|at| Lexicon::get().is_ordinal(passage.word(at)));
    if !alone || !slip || !known || !again || another || word.chars().count() < 3 {
        return None;
    }
    let (stated, computed) = (f64::from(last.day), f64::from(first.day));
    let explain = format!("day {} was told before, not {}", shown(computed), shown(stated));
    Some(Draft::at(passage.atoms[last.at].points.clone(), Kind::Period, stated, computed, explain))
}

/// The first number of some with the same digits that is told again as another.
fn twice(same: &[Told<'_>], is_told: impl Fn(f64) -> bool) -> Option<Draft> {
    let often = |number: f64| same.iter().filter(|told| told.number.stated == number).count();
    let pairs =
        same.iter().enumerate().flat_map(|(at, one)| same[at + 1..].iter().map(move |two| (one, two)));
    let (one, two) =
        pairs.filter(|(one, two)| one.number.stated != two.number.stated).find(|(one, two)| {
            let apart = (one.number.stated - two.number.stated).abs();
            let once = often(one.number.stated).min(often(two.number.stated)) == 1;
            once && !is_told(apart) && is_again(one, two)
        })?;
    let explain = format!("{} were said before, not {}", shown(one.number.stated), shown(two.number.stated));
    Some(Draft::over(Kind::NOfM, &[one.number, two.number], two.number.stated, one.number.stated, explain))
}

/// Whether two numbers of different sentences count the same and share words.
fn is_again(one: &Told<'_>, two: &Told<'_>) -> bool {
    let sentence = |told: &Told<'_>| told.passage.sentence(told.at);
    // Two items of a list tell of two things.
    if one.short && two.short || one.stretch == two.stretch && sentence(one) == sentence(two) {
        return false;
    }
    let before = ["up", "down", "cmp", "more", "fewer", "other", "rest"];
    let after = ["more", "fewer", "other", "them", "R", "P"];
    let elsewhere = |told: &Told<'_>| {
        // "Since Sunday 17,200 have fled": a day leads to no change.
        let led = told.passage.symbol_before(told.at) == "from"
            || told.passage.has(told.at.saturating_sub(3)..told.at, &before);
        led || told.passage.has(told.at + 1..told.at + 4, &after) || told.number.is_money()
    };
    // "Killed in Marun: 34", over "34 people were killed and 43 were hurt".
    let beside = |told: &Told<'_>, other: &Told<'_>| {
        let numbers = told.passage.counts(sentence(told));
        numbers.into_iter().any(|(_, number)| number.stated == other.number.stated)
    };
    if beside(one, two) || beside(two, one) {
        return false;
    }
    // "14,600 flee": a heading whose number is followed by what happened to those whom it counts.
    let verb = |told: &Told<'_>| {
        told.short && told.number.nouns.is_empty() && told.passage.symbol(told.at + 1) == "w"
    };
    let of_verb =
        verb(one) && two.number.kind() == Some("person") || verb(two) && one.number.kind() == Some("person");
    let need = match one.short || two.short {
        true if of_verb => VERB,
        true => SHORT,
        false => LONG,
    };
    (of_verb || counts_same(one, two)) && !elsewhere(one) && !elsewhere(two) && shared(one, two) >= need
}

/// Whether two numbers count the same: by a class or a word, or "people" who are told to have been killed.
fn counts_same(one: &Told<'_>, two: &Told<'_>) -> bool {
    let has = |told: &Told<'_>, class: &str| told.number.nouns.iter().any(|noun| noun.class == class);
    let specific = one.number.nouns.iter().any(|noun| noun.class != "people" && has(two, noun.class));
    let of_people = |people: &Told<'_>, other: &Told<'_>| {
        let classes = || people.passage.sentence(people.at).filter_map(|at| people.passage.class_at(at));
        let both = has(other, "people") && !other.number.nouns.iter().any(|noun| noun.class != "people");
        has(people, "people") && (both || classes().any(|class| has(other, class)))
    };
    let word = !one.number.word.is_empty()
        && one.number.nouns.is_empty()
        && two.number.nouns.is_empty()
        && same_thing(&one.number.word, &two.number.word);
    // "Fighting displaces 16,200 in Lower Ambar": what it counts is told elsewhere.
    let unsaid = |told: &Told<'_>| {
        told.short && told.number.nouns.is_empty() && told.passage.symbol(told.at + 1) != "w"
    };
    specific || of_people(one, two) || of_people(two, one) || word || unsaid(one) || unsaid(two)
}

/// How many words of the first number's sentence, but what it counts, stand in the second's.
fn shared(one: &Told<'_>, two: &Told<'_>) -> usize {
    let words = |told: &Told<'_>| -> Vec<String> {
        let plain = |at: &usize| matches!(told.passage.symbol(*at), "w" | "n");
        let counted = |at: &usize| matches!(&told.passage.atoms[*at].item, Item::Noun(noun) if told.number.nouns.contains(noun));
        let word = |at: usize| told.passage.word(at).to_owned();
        let own = told.passage.sentence(told.at).filter(plain).filter(|at| !counted(at)).map(word);
        own.filter(|word| word.chars().count() >= LETTERS && !same_thing(word, &told.number.word)).collect()
    };
    let again = words(two);
    let mut own = words(one);
    own.sort();
    own.dedup();
    own.iter().filter(|word| again.iter().any(|other| same_thing(word, other))).count()
}

fn digits(number: f64) -> Vec<char> {
    let mut digits: Vec<char> = format!("{number}").chars().collect();
    digits.sort_unstable();
    digits
}
