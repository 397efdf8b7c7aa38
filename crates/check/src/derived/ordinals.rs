//! Places in a row that follow from two days: "the ninth anniversary", «الذكرى السادسة», "on the 40th day of his strike".

use std::ops::Range;

use super::lengths::two_days;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::dates::{self, Dated, Period};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::{Lexicon, Unit};
use crate::passage::{Item, Passage};

/// How far from its number "anniversary" or "day" may stand.
const REACH: usize = 2;
/// How many times as many as the days between two days a place may be, or they as it, and still be meant by them.
const NEAR: f64 = 2.0;

/// How far from one more than those that were told a place in a row may be and still be a slip.
const SLIP: f64 = 2.0;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let of = |at: usize| {
        let number = number_at(passage, at)?;
        anniversary(passage, at, number)
            .or_else(|| running_year(passage, at, number))
            .or_else(|| day(passage, at, number))
            .or_else(|| after_others(passage, at, number))
    };
    (0..passage.atoms.len()).filter_map(of).collect()
}

/// The place in a row that the words at a place stand for: "ninth", "9th", السادسة, الثالثة عشرة, الأربعين.
pub(super) fn number_at(passage: &Passage, at: usize) -> Option<f64> {
    let word = passage.word(at);
    if let Some(number) = Lexicon::get().ordinal(word) {
        let ten = matches!(passage.word(at + 1), "عشر" | "عشره");
        // «الخامس والعشرين».
        let tens = usize::from(passage.symbol(at + 2) == "the") + 2;
        let tens = passage.count_at(at + tens).filter(|_| passage.symbol(at + 1) == "and");
        let tens = tens.filter(|tens| tens.stated % 10.0 == 0.0 && tens.stated < 100.0 && number < 10.0);
        return Some(if ten { number + 10.0 } else { number + tens.map_or(0.0, |tens| tens.stated) });
    }
    if let Item::Ordinal(number) = passage.atoms[at].item {
        return Some(number);
    }
    // «يومه الأربعين»: tens with the article.
    let tens = passage.count_at(at).filter(|tens| tens.stated % 10.0 == 0.0 && tens.bounds.is_exact())?;
    (passage.symbol_before(at) == "the" && !word.is_ascii()).then_some(tens.stated)
}

/// Where the words of such a number stand.
pub(super) fn points_of(passage: &Passage, at: usize) -> Range<u32> {
    let points = passage.atoms[at].points.clone();
    let ten = passage.atoms.get(at + 1).filter(|next| matches!(next.word.as_str(), "عشر" | "عشره"));
    points.start..ten.map_or(points.end, |next| next.points.end)
}

/// Whether one of some words stands right before or after a number.
fn is_beside(passage: &Passage, at: usize, words: &[&str]) -> bool {
    let near = at.saturating_sub(REACH)..(at + REACH + 1).min(passage.atoms.len());
    let is_one = |word: &str| {
        words.contains(&word) || word.strip_prefix('و').is_some_and(|word| words.contains(&word))
    };
    near.filter(|place| *place != at).any(|place| is_one(passage.word(place)))
}

/// "The ninth anniversary of the bombing of 12 October 2026", against the only two years of the paragraph.
fn anniversary(passage: &Passage, at: usize, number: f64) -> Option<Draft> {
    let named = is_beside(
        passage,
        at,
        &["anniversary", "ذكري", "لذكري", "ذكراها", "ذكراه", "عيدها", "بعيدها", "عيده", "بعيده"],
    );
    let mut years: Vec<i16> = (0..passage.atoms.len()).filter_map(|at| year_at(passage, at)).collect();
    years.sort_unstable();
    years.dedup();
    let [first, last] = years.as_slice() else { return None };
    let between = f64::from(last - first);
    (named && between != number).then(|| {
        let explain = format!("{last} - {first} = {}, not {}", shown(between), shown(number));
        drawn(passage, at, number, between, explain)
    })
}

/// "Begun on 10 February 2026, entered its third year on 10 February 2028", «للعام السادس على التوالي، من 2026 حتى 2031»:
/// a year that is counted from the first of the only two dates of the paragraph.
fn running_year(passage: &Passage, at: usize, number: f64) -> Option<Draft> {
    let year = is_beside(
        passage,
        at,
        &["year", "عام", "لعام", "عامه", "عامها", "عامهم", "سنته", "سنتها", "سنه", "لسنه"],
    );
    let near = at.saturating_sub(REACH)..(at + 2 * REACH + 1).min(passage.atoms.len());
    let counted = near.into_iter().any(|at| {
        let word = passage.word(at);
        Cue::RunningYear.is(word) || word.strip_prefix('و').is_some_and(|word| Cue::RunningYear.is(word))
    });
    if !(year && counted) {
        return None;
    }
    let dates: Vec<Dated> = (0..passage.atoms.len()).filter_map(|at| date_at(passage, at)).collect();
    let periods: Vec<Period> = (0..passage.atoms.len()).filter_map(|at| passage.period_at(at)).collect();
    let allowed = match (dates.as_slice(), periods.as_slice()) {
        ([first, last], _) => dates::full_years(*first, *last)?.plus(Bounds::new(0.0, 1.0)),
        ([], [period]) if period.step == Unit::Year => period.steps,
        _ => return None,
    };
    (allowed.low > 0.0 && !allowed.meets(Bounds::exactly(number))).then(|| {
        let (low, high) = (shown(allowed.low), shown(allowed.high));
        let explain = format!("it is year {low} or, both counted, {high}, not {}", shown(number));
        drawn(passage, at, number, allowed.high, explain)
    })
}

/// The day with its year, the month with it, or the year at a place.
fn date_at(passage: &Passage, at: usize) -> Option<Dated> {
    match passage.atoms[at].item {
        Item::Day(day) => Some(day),
        Item::Period(period) => period.date,
        _ => None,
    }
}

fn year_at(passage: &Passage, at: usize) -> Option<i16> {
    match date_at(passage, at)? {
        Dated::Day { year, .. } | Dated::Month { year, .. } => year,
        Dated::Year(year) => Some(year),
    }
}

/// "Began on 25 February and on 26 March entered his fortieth day", against the only two days of the paragraph.
fn day(passage: &Passage, at: usize, number: f64) -> Option<Draft> {
    let named = is_beside(passage, at, &["day", "يوم", "ليوم", "يومه", "يومها", "يومهم", "يومهن"]);
    let (first, last) = two_days(passage, 0..passage.atoms.len()).filter(|_| named)?;
    let allowed = dates::period(first, last)?.length(Unit::Day);
    let about = number < allowed.high * NEAR && allowed.high < number * NEAR;
    (about && !allowed.meets(Bounds::exactly(number))).then(|| {
        let explain = format!(
            "the second of the two days is the {} or, both counted, the {}, not the {}",
            shown(allowed.low),
            shown(allowed.high),
            shown(number)
        );
        drawn(passage, at, number, allowed.high, explain)
    })
}

/// "The fifth attack this year, after three in January and one in May", "the fourth strike; the bridge had been hit before
/// on 2, 9 and 15 March": one more than those that are told.
fn after_others(passage: &Passage, at: usize, number: f64) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let event = |at: usize| matches!(&passage.atoms[at].item, Item::Noun(noun) if noun.kind == "event");
    let time = |at: usize| matches!(passage.word(at), "time" | "مره" | "للمره");
    let near = at.saturating_sub(1)..(at + 3).min(sentence.end);
    let next = sentence.end + 1..passage.sentence(sentence.end + 1).end.max(sentence.end + 1);
    let already = |at: &usize| {
        matches!(
            passage.atoms.get(*at).map_or("", |atom| atom.word.as_str()),
            "after"
                | "before"
                | "already"
                | "earlier"
                | "been"
                | "بعد"
                | "قبل"
                | "قبله"
                | "قبلها"
                | "سبقه"
                | "سبقته"
                | "سبقها"
        )
    };
    // "Had been shelled five times before", but "after three in January".
    let after = |at: usize| matches!(passage.atoms[at].word.as_str(), "after" | "بعد");
    // "After adjournments on 3 March, 17 April and 5 June it was put off for the fourth time".
    let led = (sentence.start..at).find(|at| after(*at)).filter(|after| {
        let day = |at: &usize| matches!(passage.atoms[*at].item, Item::Day(_) | Item::Ordinal(_));
        (*after..at).filter(day).count() > 1
    });
    let own = (at + 1..sentence.end).find(already);
    let own = own.map(|cue| if after(cue) { cue } else { at + 1 }..sentence.end);
    let told =
        led.map(|after| after..at).or(own).or_else(|| next.clone().any(|at| already(&at)).then_some(next))?;
    let days = told.clone().filter(|at| matches!(passage.atoms[*at].item, Item::Day(_) | Item::Ordinal(_)));
    let counts: Vec<f64> = passage.counts(told.clone()).iter().map(|(_, count)| count.stated).collect();
    // «بعد ثلاث هجمات في كانون الثاني وهجوم في أيار»: one of them without a number.
    let single = |at: &usize| {
        passage.symbol_before(*at) == "and" && Lexicon::get().is_one(passage.word(*at)) && event(*at)
    };
    let singles = told.clone().filter(single).count() as f64;
    // "Had already been hit three times".
    let times: Vec<f64> = told
        .clone()
        .filter(|at| passage.symbol(*at) == "x")
        .filter_map(|at| Some(passage.amount_at(at)?.stated))
        .collect();
    let counts =
        if let ([times], true) = (times.as_slice(), counts.is_empty()) { vec![*times] } else { counts };
    let others = if counts.is_empty() { days.count() as f64 } else { counts.iter().sum::<f64>() + singles };
    let broken =
        passage.has(told, &["D", "P", "R", "X", "or", "nor"]) || counts.iter().any(|count| count.is_nan());
    let slip = (number - others - 1.0).abs() <= SLIP && number != others + 1.0 && number != others;
    // "Saturday's strike was the fifth in March".
    let was = (sentence.start..at).any(|at| matches!(passage.symbol(at), "is" | "all"))
        && (sentence.start..at).any(event);
    let named = was || near.into_iter().any(|at| event(at) || time(at));
    if !named || broken || others < 1.0 || !slip {
        return None;
    }
    let explain =
        format!("after {} it is number {}, not {}", shown(others), shown(others + 1.0), shown(number));
    let points = points_of(passage, at);
    Some(Draft::at(points, Kind::Sum, number, others + 1.0, explain))
}

fn drawn(passage: &Passage, at: usize, stated: f64, computed: f64, explain: String) -> Draft {
    let points = points_of(passage, at);
    Draft::at(points, Kind::Period, stated, computed, explain)
}
