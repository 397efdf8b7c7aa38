//! Lengths between two times of day: "from 09:40 to 11:10, an hour and a half", «بعد ست ساعات من الغارة».
//!
//! The two times may be told in either order, and the second may be of the next day. A whole number of hours may be rounded
//! by less than half an hour, of minutes to five. With more than two times near it, a length may be of any two.

use std::ops::Range;

use super::concludes;
use crate::arithmetic::Bounds;
use crate::clock::{Clock, Half};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage};

/// Minutes of a day, and of a hundredth of an hour.
const DAY: f64 = 1440.0;
const HOUR: f64 = 0.6;
/// How far a whole number of hours, or one with a half, may be rounded, in minutes.
const HOURS: f64 = 25.0;
const HALVES: f64 = 14.0;
/// The same of minutes that are a multiple of five, and of others.
const FIVES: f64 = 2.0;
const MINUTES: f64 = 1.0;
/// How much more a hedge may leave open, as a part of the length.
const ABOUT: f64 = 0.15;
/// How far a time that is "about" or "shortly before" another may be off, in minutes.
const SHORTLY: f64 = 30.0;
/// How many times as long as the time between two hours a length may be and still be meant by it.
const NEAR: f64 = 3.0;
/// How far before or after a length what ties it to two hours may stand.
const REACH: usize = 4;

/// A length of time in hours and minutes, in minutes, and where it stands.
struct Span {
    minutes: Bounds,
    stated: f64,
    within: Range<usize>,
}

/// Findings about lengths between times of day.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    if !passage.atoms.iter().any(|atom| matches!(atom.item, Item::Clock(_))) {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < passage.atoms.len() {
        match span(passage, at) {
            Some(span) => {
                at = span.within.end;
                drafts.extend(between(passage, &span));
            }
            None => at += 1,
        }
    }
    drafts
}

/// The length of time that starts at a place: "two hours and twenty minutes", "an hour and a half", «ثلاث ساعات وربع».
fn span(passage: &Passage, at: usize) -> Option<Span> {
    let (bounds, stated, slack, mut end) = plain_span(passage, at)?;
    let (mut minutes, mut told, mut slack) = (bounds, stated, slack);
    if let Some((extra, closer, length)) = more(passage, end).filter(|_| slack > FIVES) {
        minutes = minutes.plus(Bounds::exactly(extra));
        told += extra;
        slack = closer;
        end += length;
    }
    // Half an hour is told to a tenth: that is no hedge.
    let hedged = if bounds.high - bounds.low < told * ABOUT / 2.0 { 0.0 } else { told * ABOUT };
    let minutes = Bounds::new(minutes.low - slack - hedged, minutes.high + slack + hedged);
    (told > 0.0).then_some(Span { minutes, stated: told, within: at..end })
}

/// Minutes, hours or a part of an hour: what they may be and are stated as in minutes, how far they may be rounded, and
/// where they end.
fn plain_span(passage: &Passage, at: usize) -> Option<(Bounds, f64, f64, usize)> {
    let word = passage.word(at);
    let exactly = |minutes, slack, end| Some((Bounds::exactly(minutes), minutes, slack, end));
    match &passage.atoms[at].item {
        Item::Length(length, Unit::Minute) => {
            let slack = if length.stated % 5.0 == 0.0 { FIVES } else { MINUTES };
            Some((length.bounds, length.stated, slack, at + 1))
        }
        Item::Length(length, Unit::Hour) => {
            let slack = if length.stated.fract() == 0.0 { HOURS } else { HALVES };
            Some((length.bounds.times(60.0), length.stated * 60.0, slack, at + 1))
        }
        // "An hour", «ساعة وعشر دقائق».
        // "An hour"; "15 an hour" is a rate.
        Item::Rate(Unit::Hour) if word == "an" && !matches!(passage.symbol_before(at), "N" | "n") => {
            exactly(60.0, HOURS, at + 1)
        }
        Item::Word if word == "ساعه" && more(passage, at + 1).is_some() => exactly(60.0, HOURS, at + 1),
        Item::Word if word == "half" && passage.symbol(at) == "w" => exactly(30.0, HALVES, at + 1),
        // "Three quarters of an hour", «ثلث ساعة».
        Item::Share(share) => {
            let of = usize::from(passage.symbol(at + 1) == "of");
            let hour = passage.word(at + 1) == "ساعه"
                || of > 0
                    && matches!(
                        passage.atoms.get(at + 2).map(|atom| &atom.item),
                        Some(Item::Rate(Unit::Hour))
                    );
            if hour { exactly(share.stated * HOUR, FIVES, at + 2 + of) } else { None }
        }
        _ => None,
    }
}

/// What comes on top of hours: "and twenty minutes", "and a half", «وربع الساعة»; in minutes, with how far it may be rounded
/// and its symbols.
fn more(passage: &Passage, at: usize) -> Option<(f64, f64, usize)> {
    // «ونصف الساعة» is one symbol.
    if passage.symbol(at) == "w" && passage.word(at) == "و" {
        return Some((30.0, HALVES, 1));
    }
    let joined = usize::from(matches!(passage.symbol(at), "and" | ","));
    let article = joined + usize::from(joined > 0 && passage.symbol(at + 1) == "skip");
    match &passage.atoms.get(at + article)?.item {
        Item::Length(more, Unit::Minute) => Some((more.stated, MINUTES, article + 1)),
        Item::Share(share) if joined > 0 && share.stated <= 75.0 => {
            let hour = usize::from(passage.word(at + article + 1) == "ساعه");
            Some((share.stated * HOUR, HALVES / 2.0, article + 1 + hour))
        }
        _ => None,
    }
}

/// A length against the only two times of its sentence, else of that and the one before.
fn between(passage: &Passage, span: &Span) -> Option<Draft> {
    let at = span.within.start;
    let sentence = passage.sentence(at);
    let near = |start: usize| clocks(passage, start..sentence.end);
    let told = [near(sentence.start), near(passage.before(at))].into_iter().find(|told| told.len() >= 2)?;
    let [(first_at, first), (last_at, last)] = told.as_slice() else { return None };
    if !is_tied(passage, span, *first_at, *last_at) || differ_by_days(passage, at) && span.stated > DAY / 2.0
    {
        return None;
    }
    let everywhere = clocks(passage, 0..passage.atoms.len());
    let of_24 = everywhere.iter().any(|(_, clock)| clock.half == Half::Of24);
    let distances = |(one_at, one): (usize, Clock), (other_at, other): (usize, Clock)| -> Vec<Bounds> {
        let open = SHORTLY * (about(passage, one_at) + about(passage, other_at));
        let ways = one.ways(of_24).flat_map(move |one| other.ways(of_24).map(move |other| (one, other)));
        ways.flat_map(|(one, other)| {
            let apart = (f64::from(other) - f64::from(one)).rem_euclid(DAY);
            [apart, DAY - apart].map(|apart| Bounds::around(apart, open))
        })
        .collect()
    };
    let explained = everywhere.iter().enumerate().any(|(place, one)| {
        let others = everywhere[place + 1..].iter();
        others.flat_map(|other| distances(*one, *other)).any(|apart| apart.meets(span.minutes))
    });
    let off = |apart: &f64| (apart - span.stated).abs();
    let ways = distances((*first_at, *first), (*last_at, *last));
    let ways = ways.iter().map(|apart| (apart.low + apart.high) / 2.0);
    let apart = ways.min_by(|one, other| off(one).total_cmp(&off(other)))?;
    let meant = apart > 0.0 && span.stated <= apart * NEAR && apart <= span.stated * NEAR;
    if explained || !meant {
        return None;
    }
    let explain = format!(
        "from {} to {} is {}, not {}",
        shown_time(*first),
        shown_time(*last),
        shown(apart),
        shown(span.stated)
    );
    let points = passage.atoms[at].points.start..passage.atoms[span.within.end - 1].points.end;
    Some(Draft::at(points, Kind::Period, span.stated, apart, explain))
}

/// The times of day of a stretch; one that is said again counts once, and "shortly before midnight, at 23:40" is one.
fn clocks(passage: &Passage, within: Range<usize>) -> Vec<(usize, Clock)> {
    let mut told: Vec<(usize, Clock)> = Vec::new();
    for at in within {
        if let Item::Clock(clock) = passage.atoms[at].item
            && told.iter().all(|(_, other)| *other != clock)
        {
            if told.last().is_some_and(|(last, _)| at - last <= REACH && about(passage, *last) > 0.0) {
                told.pop();
            }
            told.push((at, clock));
        }
    }
    told
}

/// Whether the words beside a length say that it lies between two times: "later", "lasted", a mark after the second.
fn is_tied(passage: &Passage, span: &Span, first: usize, last: usize) -> bool {
    let sentence = passage.sentence(span.within.start);
    let (start, end) = (span.within.start, span.within.end);
    let before = start.saturating_sub(REACH).max(sentence.start)..start;
    let next = passage.symbol(end);
    let later = matches!(next, "later" | "ago" | "from" | "min")
        || before.clone().any(|at| {
            matches!(passage.symbol(at), "later" | "lasted" | "is" | "thus" | "all" | "reach" | "rest")
        })
        || matches!(
            passage.atoms.get(end).map_or("", |atom| atom.word.as_str()),
            "after" | "before" | "until"
        );
    let says = |words: &[&str]| before.clone().any(|at| words.contains(&passage.atoms[at].word.as_str()));
    let same_clause = last < start && !passage.has(last..start, &[",", ";"]);
    let spent = says(&["held", "took", "taken", "taking", "needed", "journey", "مدته", "مدتها", "سوي"])
        || same_clause && says(&["for", "of", "مده", "لمده", "طوال"]);
    // "The four hours and 35 minutes were the longest of her life".
    let known = passage.symbol_before(start) == "the" && last < start;
    let mark = start.saturating_sub(usize::from(passage.symbol_before(start) == "skip"));
    let apposed = matches!(passage.symbol_before(mark), "," | "-" | "(" | ":") && last < start;
    let broken = passage.has(before, &["every", "each", "avg", "per"])
        || matches!(passage.symbol(end), "every" | "each")
        || concludes(passage, first..first);
    // "Doctors see patients for six hours and write reports for two".
    let alone = sentence.filter(|at| plain_span(passage, *at).is_some()).all(|at| span.within.contains(&at));
    (later || known && alone || spent && alone || apposed || last + 1 == start) && !broken
}

/// Whether the text around a place tells of more than one day.
fn differ_by_days(passage: &Passage, at: usize) -> bool {
    let day = |at: &usize| matches!(passage.symbol(*at), "t" | "dayname" | "M" | "T");
    (passage.before(at)..passage.sentence(at).end).filter(day).count() > 1
}

/// One where a time is only about right, else none.
fn about(passage: &Passage, at: usize) -> f64 {
    let words = at.saturating_sub(2)..at;
    f64::from(u8::from(words.into_iter().any(|at| Cue::AboutThen.is(passage.atoms[at].word.as_str()))))
}

/// "4 h 35 min", "45 min".
fn shown(minutes: f64) -> String {
    let (hours, rest) = ((minutes / 60.0).trunc(), minutes % 60.0);
    match (hours > 0.0, rest > 0.0) {
        (true, true) => format!("{hours:.0} h {rest:.0} min"),
        (true, false) => format!("{hours:.0} h"),
        _ => format!("{rest:.0} min"),
    }
}

fn shown_time(clock: Clock) -> String {
    format!("{:02}:{:02}", clock.minutes / 60, clock.minutes % 60)
}
