//! Rates told again for another length of time: "40 litres a day, or 300 a week", "one lorry every 20 minutes, eight hours a
//! day: 24 lorries", "40 litres a day. For two weeks it asked for 560 litres".
//!
//! A week may be of five, six or seven days, a month of its working days or all; only what is none of these is a finding.

use super::{concludes, lead, same_thing, tail};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage};

/// How far after its number "a day" may stand.
const REACH: usize = 5;
/// How far what follows from a rate may be rounded, as a part of it.
const ROUNDED: f64 = 0.03;
/// How many times as large or small as what follows from a rate a number may be and still be meant by it.
const FAR: f64 = 2.5;

/// So many in so many units of time.
struct Rate<'p> {
    at: usize,
    number: &'p Amount,
    length: f64,
    unit: Unit,
}

/// Findings about numbers that follow from a rate.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    let rates: Vec<Rate<'_>> = counts.iter().filter_map(|(at, number)| rate(passage, *at, number)).collect();
    let Some(first) = rates.first().filter(|_| rates.len() <= 2) else { return Vec::new() };
    let told = |(at, number): &(usize, &Amount)| {
        // "45 dollars a day, or 315 a week".
        let elliptic = number.nouns.is_empty()
            && number.word != first.number.word
            && passage.symbol_before(*at) == "is"
            && passage.symbol(at + 1) == "R";
        let again = number.goes_with(first.number)
            && (elliptic
                || number.is_money()
                || same_thing(&number.word, &first.number.word)
                || is_same_class(number, first.number));
        if *at <= first.at
            || !again
            || number.is_vague()
            || !number.bounds.is_exact()
            || !first.number.bounds.is_exact()
        {
            return None;
        }
        follows(passage, first, rates.get(1), *at, number)
    };
    counts.iter().find_map(told).into_iter().collect()
}

fn is_same_class(one: &Amount, other: &Amount) -> bool {
    one.class().is_some() && one.class() == other.class()
}

/// "35 litres of fuel an hour", "one lorry every 20 minutes".
fn rate<'p>(passage: &Passage, at: usize, number: &'p Amount) -> Option<Rate<'p>> {
    let end = passage.sentence(at).end.min(at + 1 + REACH);
    let plain = |at: usize| matches!(passage.symbol(at), "n" | "w" | "of" | "min" | "every");
    let place = (at + 1..end).find(|at| !plain(*at))?;
    match &passage.atoms[place].item {
        // "1,200 dinars a quarter".
        Item::Share(share) if share.stated == 25.0 && passage.word(place) == "a" && number.is_money() => {
            Some(Rate { at, number, length: 3.0, unit: Unit::Month })
        }
        Item::Rate(unit) => Some(Rate { at, number, length: 1.0, unit: *unit }),
        Item::Length(length, unit) if passage.symbol(place - 1) == "every" && length.bounds.is_exact() => {
            Some(Rate { at, number, length: length.stated, unit: *unit })
        }
        _ => None,
    }
}

/// A number against what a rate before it comes to in another time.
fn follows(
    passage: &Passage,
    rate: &Rate<'_>,
    again: Option<&Rate<'_>>,
    at: usize,
    number: &Amount,
) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let later = !sentence.contains(&rate.at);
    let lead = lead(passage, at);
    let told_day =
        lead.clone().chain(tail(passage, at).take(REACH)).find_map(|at| match &passage.atoms[at].item {
            Item::Rate(unit) if passage.symbol(at.saturating_sub(1)) != "D" => Some(*unit),
            _ => None,
        });
    // "130 bags a day; it used 910 bags in seven days, at that daily rate".
    let told_day = told_day.filter(|unit| later && (*unit != rate.unit || rate.length > 1.0));
    // «يصرف 130 كيساً في اليوم، وقد استهلك خلال أسبوع واحد 840 كيساً».
    let used = passage.has(lead.clone(), &["D"]) && passage.has(rate.at..at, &[","]);
    let thus = passage.has(lead.clone(), &["total", "thus"])
        || number.is_money() && concludes(passage, lead.clone());
    let lasts = (later || used || thus) && self::rate(passage, at, number).is_none();
    let unit = again.filter(|again| again.at == at).map(|again| again.unit).or(told_day);
    let tied =
        used || passage.has(lead, &["is", "thus", "total"]) || passage.symbol_before(at) == "," || later;
    let ways: Vec<Bounds> = match unit {
        Some(unit) if unit != rate.unit || rate.length > 1.0 => times(passage, rate, unit),
        None if lasts => lasting(passage, rate, at),
        _ => return None,
    };
    let ways: Vec<Bounds> = ways.into_iter().map(|times| times.times(rate.number.stated)).collect();
    let slack = (number.stated * ROUNDED).max(0.5);
    let said = Bounds::around(number.stated, slack);
    let meant = ways.first()?;
    let computed = (meant.low + meant.high) / 2.0;
    let near = computed < number.stated * FAR && number.stated < computed * FAR;
    let others = super::all(passage, at);
    // "Three months at 420; with 300 paid in advance 960 are owed".
    let less = |way: &Bounds, other: &Amount| {
        !std::ptr::eq(other, rate.number)
            && (way.minus(other.bounds).meets(said) || way.plus(other.bounds).meets(said))
    };
    let told =
        others.iter().any(|other| other.stated == number.stated || ways.iter().any(|way| less(way, other)));
    if !tied || !near || told || ways.iter().any(|way| way.meets(said)) {
        return None;
    }
    let explain = format!(
        "{} in {} {} comes to {} in that time, not {}",
        shown(rate.number.stated),
        shown(rate.length),
        if rate.length > 1.0 { format!("{}s", rate.unit.name()) } else { rate.unit.name().to_owned() },
        shown(computed),
        shown(number.stated)
    );
    Some(Draft::over(Kind::Rate, &[rate.number, number], number.stated, computed, explain))
}

/// How many times as much comes in another unit of time as in the rate's own; the plainest way first. Of hours only where
/// the text says how many a day.
fn times(passage: &Passage, rate: &Rate<'_>, unit: Unit) -> Vec<Bounds> {
    let hours: Vec<f64> = (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Length(hours, Unit::Hour) if passage.symbol(at + 1) == "R" => Some(hours.stated),
            _ => None,
        })
        .collect();
    // "25 dollars a day, 24 days a month".
    let worked = (0..passage.atoms.len()).find_map(|at| match &passage.atoms[at].item {
        Item::Length(days, of) if *of == rate.unit && days.bounds.is_exact() => {
            let of_it = matches!(passage.atoms.get(at + 1)?.item, Item::Rate(other) if other == unit);
            of_it.then_some(days.stated)
        }
        _ => None,
    });
    if let Some(days) = worked {
        return vec![Bounds::exactly(days / rate.length)];
    }
    // Full weeks, weeks of six days and of five.
    let days = |unit: Unit| -> Vec<Bounds> {
        let of = |ways: [(f64, f64); 3]| ways.map(|(low, high)| Bounds::new(low, high)).to_vec();
        match unit {
            Unit::Day => vec![Bounds::exactly(1.0); 3],
            Unit::Week => of([(7.0, 7.0), (6.0, 6.0), (5.0, 5.0)]),
            Unit::Month => of([(28.0, 31.0), (24.0, 27.0), (20.0, 23.0)]),
            Unit::Year => of([(365.0, 366.0), (288.0, 314.0), (240.0, 262.0)]),
            Unit::Hour | Unit::Minute => Vec::new(),
        }
    };
    let by = |factor: f64| days(unit).into_iter().map(move |days| days.times(factor / rate.length)).collect();
    match (rate.unit, unit) {
        (Unit::Hour | Unit::Minute, Unit::Hour | Unit::Minute) => Vec::new(),
        (small @ (Unit::Hour | Unit::Minute), _) => {
            let in_hour = if small == Unit::Minute { 60.0 } else { 1.0 };
            match hours.as_slice() {
                [] => Vec::new(),
                [hours] => by(hours * in_hour),
                _ => Vec::new(),
            }
        }
        (_, Unit::Hour | Unit::Minute) => Vec::new(),
        (own, _) => {
            let pairs = days(own).into_iter().zip(days(unit));
            // Full weeks by full days, working weeks by working days.
            pairs.map(|(own, other)| other.over(own).times(1.0 / rate.length)).collect()
        }
    }
}

/// How many times as much comes in the lengths of time of a number's sentence as in the rate's own.
fn lasting(passage: &Passage, rate: &Rate<'_>, at: usize) -> Vec<Bounds> {
    let length = |place: usize| match &passage.atoms[place].item {
        Item::Length(length, unit) => {
            // "In the seven days after the offensive began".
            let stretch = passage.symbol_before(place) == "the" && passage.word(place + 1) == "after";
            let other = passage.has(place + 1..place + 2, &["R", "ago", "later"]) && !stretch;
            (!other).then_some((length, *unit))
        }
        _ => None,
    };
    let own: Vec<(&Amount, Unit)> = passage.sentence(at).filter_map(length).collect();
    // "Six months in advance. At 250 dinars a month that is 1,500".
    let before = || (passage.before(at)..passage.sentence(at).start).filter_map(length).collect();
    let lengths = if own.is_empty() { before() } else { own };
    let [(length, unit)] = lengths.as_slice() else { return Vec::new() };
    if *unit == rate.unit {
        return vec![length.bounds.times(1.0 / rate.length)];
    }
    times(passage, rate, *unit).into_iter().map(|times| times.times(length.stated)).collect()
}
