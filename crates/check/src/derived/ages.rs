//! As many ages as people: "four brothers aged 20, 17, 14 and 9", «أربعة إخوة، أعمارهم 20 و17 و14 و9 سنوات».

use super::{lengths, ordinals};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::dates::Dated;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::{Lexicon, Unit};
use crate::passage::{Item, Passage};

/// The most people whose ages are told one by one.
const MANY: f64 = 12.0;
/// How far before their ages people may be counted.
const REACH: usize = 9;
/// How many years an age may be off and still be a slip.
const YEARS: f64 = 11.0;
/// How far before a year its "built" may stand.
const FOUNDED: usize = 4;
/// How far from the number of ages a number of people may be and still be a slip.
const SLIP: f64 = 2.0;

/// Findings about numbers of ages.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let aged = |at: &usize| Cue::Aged.is(passage.word(*at));
    let numbers = (0..passage.atoms.len()).filter(aged).filter_map(|at| of_people(passage, at));
    numbers.chain(years_between(passage)).chain(age_of_a_thing(passage)).collect()
}

/// "The school was 40 years old when it was destroyed in 2023; it had been built in 1983": the only length of a paragraph between
/// its only two years, in one of which something was founded.
fn age_of_a_thing(passage: &Passage) -> Option<Draft> {
    let all = 0..passage.atoms.len();
    let years: Vec<(usize, f64)> = all.clone().filter_map(|at| Some((at, year_at(passage, at)?))).collect();
    let [(one, first), (two, last)] = years.as_slice() else { return None };
    let ages: Vec<(usize, &Amount)> = all.clone().filter_map(|at| old_at(passage, at)).collect();
    let [(at, age)] = ages.as_slice() else { return None };
    let near = |year: usize| {
        let start = passage.sentence(year).start.max(year.saturating_sub(FOUNDED));
        (start..year).any(|at| Cue::Founded.is(passage.word(at).trim_start_matches('و')))
    };
    // The earlier year is the one in which it was founded.
    let founded = if first < last { near(*one) && !near(*two) } else { near(*two) && !near(*one) };
    let apart = (last - first).abs();
    let about = (age.stated - apart).abs() <= YEARS && apart > 0.0;
    let others = passage.has(all, &["later", "nor", "P"]);
    // "40 years old when it was hit, and in 2020 it had been repaired": the year of something else.
    let end = if near(*one) { *two } else { *one };
    let others = others || passage.has((*at).min(end)..end.max(*at), &["and"]);
    let allowed = Bounds::new(apart - 1.0, apart + 1.0);
    if !founded || !about || others || age.is_vague() || allowed.meets(age.bounds) {
        return None;
    }
    let explain = format!("between the two years lie {} years, not {}", shown(apart), shown(age.stated));
    let points = passage.atoms[*at].points.clone();
    Some(Draft::at(points, Kind::Period, age.stated, apart, explain))
}

/// "40 years old", «عمرها 40 عاماً»: the only kind of length that such a passage may have.
fn old_at(passage: &Passage, at: usize) -> Option<(usize, &Amount)> {
    match &passage.atoms[at].item {
        Item::Length(age, Unit::Year) => Some((at, age)),
        Item::Age(age) => Some((at, age)),
        _ => None,
    }
}

/// "She was arrested in 2016 at the age of 19 and came out in 2023 aged 26": the only two ages of a paragraph, each told beside
/// one of its only two years.
fn years_between(passage: &Passage) -> Option<Draft> {
    let all = 0..passage.atoms.len();
    let years: Vec<(usize, f64)> = all.clone().filter_map(|at| Some((at, year_at(passage, at)?))).collect();
    let ages: Vec<(usize, Bounds)> = all.clone().filter_map(|at| Some((at, age_at(passage, at)?))).collect();
    let ([(one, first), (two, last)], [(young, from), (old, to)]) = (years.as_slice(), ages.as_slice())
    else {
        return None;
    };
    // Each age stands with its year: before it or after it, but on the same side.
    let paired = one.max(young) < two.min(old);
    let others = passage.has(all, &["D", "ago", "later", "nor", "born"]) && !is_only_age(passage, *old);
    let somebody_else = (*young..*old).any(|at| is_kin(passage, at));
    let apart = last - first;
    let allowed = Bounds::new(from.low + apart - 1.0, from.high + apart + 1.0);
    let near = (to.high - from.low - apart).abs() <= YEARS;
    if !paired || others || somebody_else || apart == 0.0 || !near || allowed.meets(*to) {
        return None;
    }
    let computed = from.high + apart;
    let explain = format!(
        "{} in {} makes {} in {}, not {}",
        shown(from.high),
        shown_year(*first),
        shown(computed),
        shown_year(*last),
        shown(to.high)
    );
    let points = ordinals::points_of(passage, *old);
    Some(Draft::at(points, Kind::Period, to.high, computed, explain))
}

/// A year without the mark of its thousands.
fn shown_year(year: f64) -> String {
    format!("{year:.0}")
}

fn is_kin(passage: &Passage, at: usize) -> bool {
    let word = passage.word(at).trim_start_matches('و');
    Lexicon::get().people(word).is_some()
}

fn year_at(passage: &Passage, at: usize) -> Option<f64> {
    match passage.atoms[at].item {
        Item::Day(Dated::Day { year, .. }) => year.map(f64::from),
        Item::Period(period) => match period.date? {
            Dated::Day { year, .. } | Dated::Month { year, .. } => year.map(f64::from),
            Dated::Year(year) => Some(f64::from(year)),
        },
        _ => None,
    }
}

/// The full years of somebody whose age is told at a place: "was 23", "aged 26", «في الثالثة والعشرين».
fn age_at(passage: &Passage, at: usize) -> Option<Bounds> {
    let number = match &passage.atoms[at].item {
        Item::Length(years, Unit::Year) | Item::Count(years) | Item::Age(years) => Some(years),
        _ => None,
    };
    let turned = at > 0 && matches!(passage.word(at - 1), "turned" | "اتم" | "اتمت" | "بلغ" | "بلغت");
    let said = |years: &&Amount| years.bounds.is_exact() && (turned || lengths::is_aged(passage, at));
    number.filter(said).map(|years| years.bounds)
}

/// Whether the only length of time of a passage is an age.
fn is_only_age(passage: &Passage, old: usize) -> bool {
    let lengths: Vec<usize> = (0..passage.atoms.len()).filter(|at| passage.symbol(*at) == "D").collect();
    lengths == [old] && !passage.has(0..passage.atoms.len(), &["ago", "later", "nor", "born"])
}

fn of_people(passage: &Passage, at: usize) -> Option<Draft> {
    let start = passage.sentence(at).start.max(at.saturating_sub(REACH));
    let before = passage.counts(start..at);
    let (place, people) = before.last()?;
    let some = passage.has(*place..at, &["incl", "them", "of", "between", "P", "R", "and"])
        || (*place..at).any(|at| passage.word(at).starts_with("واخ"))
        || passage.has(start..*place, &["them"]);
    let ages = listed(passage, at + 1)? as f64;
    let apart = (ages - people.stated).abs();
    let small = people.bounds.is_exact() && (2.0..=MANY).contains(&people.stated);
    let one_list = (0..passage.atoms.len()).filter(|at| Cue::Aged.is(passage.word(*at))).count() == 1;
    if some || !small || !one_list || !may_be_people(people) || ages < 2.0 || apart == 0.0 || apart > SLIP {
        return None;
    }
    let explain = format!("{} ages are told, not {}", shown(ages), shown(people.stated));
    Some(Draft::over(Kind::Sum, &[people], people.stated, ages, explain))
}

fn may_be_people(people: &Amount) -> bool {
    people.nouns.is_empty() && !people.word.is_empty() || people.kind() == Some("person")
}

/// How many numbers stand one after the other from a place on, with nothing but commas, "and" and "years" between;
/// `None` where they are a range, or more is told of some of them.
fn listed(passage: &Passage, start: usize) -> Option<usize> {
    let mut number = 0;
    for at in start..passage.sentence(start).end {
        let years = matches!(passage.word(at), "سنه" | "سنوات" | "عاما" | "اعوام" | "years" | "year");
        match &passage.atoms[at].item {
            Item::Count(age) | Item::Length(age, _) | Item::Age(age) if age.bounds.is_exact() => number += 1,
            Item::Word if matches!(passage.symbol(at), "," | "and") || years => {}
            Item::Word if number > 0 && matches!(passage.symbol(at), ")" | "-" | ";" | ":") => break,
            // «أربعة إخوة أعمارهم 20 و17 و14، كانوا …»: the list is over.
            Item::Word if number > 0 && passage.symbol_before(at) == "," => break,
            // "Aged 9, 12 and 14 were killed".
            Item::Word if number > 1 && passage.symbol(at) == "is" => break,
            _ => return None,
        }
    }
    Some(number)
}
