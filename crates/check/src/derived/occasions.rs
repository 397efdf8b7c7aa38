//! How often something was, against the dates that are listed for it: "on three dates in May, the 3rd, 9th, 17th and 24th",
//! «مرتين في آب، في ٢ و١١ و٢٥ منه», "in two years, 2019, 2021 and 2022".
//!
//! As many days as are said must be listed. Of what happened so many times, several may have been on one day: there only more
//! dates than times are a finding.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::cues::Cue;
use crate::dates::Dated;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage};

/// The most dates that are counted.
const MANY: f64 = 12.0;
/// How far after a number its list may start.
const REACH: usize = 9;
/// How far from as many as are listed a number may be and still be a slip.
const SLIP: f64 = 2.0;
/// The last day of a month.
const LAST: f64 = 31.0;

/// What a number counts: units of time, each listed, or times, of which several may be in one.
struct Occasions<'p> {
    number: &'p Amount,
    unit: Unit,
    one_each: bool,
}

/// Findings about numbers of dates.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len()).filter_map(|at| of_dates(passage, at)).collect()
}

fn of_dates(passage: &Passage, at: usize) -> Option<Draft> {
    let said = occasions(passage, at)?;
    let listed = listed(passage, at, said.unit)? as f64;
    let stated = said.number.stated;
    let small = said.number.bounds.low <= stated && (2.0..=MANY).contains(&stated);
    let other = if said.one_each { listed != stated } else { listed > stated };
    if !small || !other || (listed - stated).abs() > SLIP {
        return None;
    }
    let explain = format!("{} dates are listed, not {}", shown(listed), shown(stated));
    Some(Draft::over(Kind::Sum, &[said.number], stated, listed, explain))
}

fn occasions(passage: &Passage, at: usize) -> Option<Occasions<'_>> {
    // "Every three days", "after two days": no days that are listed.
    let led = ["every", "each", "later", "ago", "per", "avg", "from", "the", "fewer", "more", "by"];
    if led.contains(&passage.symbol_before(at)) {
        return None;
    }
    match &passage.atoms[at].item {
        Item::Factor(number) if passage.symbol(at) == "x" && number.stated.fract() == 0.0 => {
            Some(Occasions { number, unit: Unit::Day, one_each: false })
        }
        Item::Length(number, unit @ (Unit::Day | Unit::Month | Unit::Year)) if number.bounds.is_exact() => {
            Some(Occasions { number, unit: *unit, one_each: true })
        }
        Item::Count(number) if number.bounds.is_exact() => {
            let dates = Cue::Date.is(&number.word);
            let event = number.nouns.iter().any(|noun| noun.kind == "event") || Cue::Session.is(&number.word);
            (dates || event).then_some(Occasions { number, unit: Unit::Day, one_each: dates })
        }
        _ => None,
    }
}

/// How many dates stand in the list after a number of the same sentence; `None` where more is told of some of them.
fn listed(passage: &Passage, at: usize, unit: Unit) -> Option<usize> {
    let sentence = passage.sentence(at);
    let first = (at + 1..sentence.end.min(at + 1 + REACH)).find(|at| is_date(passage, *at, unit))?;
    let between = at + 1..first;
    let plain = |at: usize| {
        matches!(passage.symbol(at), "w" | "n" | "in" | "M" | "is" | "," | ":" | "all" | "the" | "-" | "(")
            && !Cue::Some.is(passage.word(at))
    };
    // The month of days that are told by their numbers alone.
    let in_month = passage.has(between.clone(), &["M"]);
    let (number, named, end) = run(passage, first..sentence.end, unit);
    let told = in_month || named > 0;
    let direct = between.clone().all(plain) && passage.has(between, &[",", ":", "all", "(", "-"]);
    // «في ٢ و١١ و٢٥ منه».
    let of_it = usize::from(matches!(passage.word(end), "منه" | "منها"));
    let ends = matches!(passage.symbol(end + of_it), "." | "" | ";" | ")" | "," | "-");
    // "On 4 and 9 May, and again in June".
    let goes_on = passage.symbol(end + of_it) == ","
        && matches!(passage.symbol(end + of_it + 1), "and" | "again" | "then");
    (number > 1 && told && direct && ends && !goes_on).then_some(number)
}

/// How many dates follow each other with nothing but commas, "and" and "on" between, how many of them are told in full, and
/// where they end.
fn run(passage: &Passage, within: Range<usize>, unit: Unit) -> (usize, usize, usize) {
    let (mut number, mut named, mut end) = (0, 0, within.start);
    for at in within {
        if is_date(passage, at, unit) {
            number += 1;
            named += usize::from(!matches!(passage.atoms[at].item, Item::Count(_)));
            end = at + 1;
        } else if !matches!(passage.symbol(at), "," | "and" | "in" | "the") {
            break;
        }
    }
    (number, named, end)
}

fn is_date(passage: &Passage, at: usize, unit: Unit) -> bool {
    match (&passage.atoms[at].item, unit) {
        (Item::Day(_), Unit::Day) => true,
        (Item::Ordinal(day), Unit::Day) => *day <= LAST,
        (Item::Count(day), Unit::Day) => {
            let alone = matches!(day.word.as_str(), "" | "and" | "و" | "منه" | "منها");
            day.bounds.is_exact() && day.nouns.is_empty() && (1.0..=LAST).contains(&day.stated) && alone
        }
        (Item::Period(period), Unit::Month) => matches!(period.date, Some(Dated::Month { .. })),
        (Item::Period(period), Unit::Year) => matches!(period.date, Some(Dated::Year(_))),
        _ => false,
    }
}
