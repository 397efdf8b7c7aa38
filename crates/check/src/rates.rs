//! So many a day, and how long a period is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::clock::{Clock, Half};
use crate::cues::Cue;
use crate::dates::{self, Dated, Period};
use crate::derived::{concludes, gives_reason, is_mean_of_list, is_past};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage, pattern};

static RATE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<each>R) (?:avg (?:: |, )(?:thus )?|(?:avg |n |w |the |is |of |by |thus ){1,5}|avg (?:n |w |the |is |of |in |min |by |thus ){1,12}|(?:n |w |the |is |of |in |thus |label |prior ){1,8}avg )(?P<rate>N) ",
    )
});
/// "The average received in one day was 54".
static RATE_OF_MEAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"avg (?:n |w |the |min |of |in |as ){0,6}(?P<each>R) (?:n |w |is |the |in |min |prior ){0,9}(?P<rate>N) ",
    )
});
static EVERY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<rate>N) (?:n |w |is |in |, ){0,4}every (?:skip |w )?(?P<length>D) "));
static PERIOD_LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<period>T) (?:, |: |\( |is |of |min |w |all |- |\) |for |skip |total |in |by |n |the |lasted |except ){1,5}?(?P<length>D) ",
    )
});
static LENGTH_PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<length>D) (?:from |min |between |\( |, |of |in |- |w |n |: |to |the ){1,5}?(?P<period>T) ")
});

/// "The truce held from 2 to 16 October. For those three weeks …".
static PERIOD_THEN_LENGTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<period>T) [^T]{0,60}?(?:the |all |w the )(?P<length>D) "));
/// Minutes of a day.
const MINUTES: f64 = 1440.0;
/// How many times as long as what was spent of it a period may be and still be meant by it.
const PART: f64 = 2.0;
/// How far after a rate it may be said to be wanted.
const WANTED: usize = 4;
/// How wide a number is that is hedged, as a part of it; that of a decimal is narrower.
const HEDGED: f64 = 0.15;
/// How much of one or two "nearly one" may be.
const NEARLY: f64 = 0.8;
/// How far the time between two may be rounded, as a part of it.
const ROUNDED: f64 = 0.05;
/// How many times as large or small a rate may be as what the numbers beside it give and still be meant by them.
const FAR: f64 = 12.0;

/// Findings about rates and lengths of periods.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = (0..passage.atoms.len()).filter_map(|at| rate(passage, at)).collect();
    drafts.extend((0..passage.atoms.len()).filter_map(|at| once(passage, at)));
    drafts.extend((0..passage.atoms.len()).filter_map(|at| on_each(passage, at)));
    drafts.extend(passage.matches(&EVERY).filter_map(|found| {
        let place = passage.place(&found, "rate")?;
        every(passage, place, passage.count_at(place)?, passage.place(&found, "length")?)
    }));
    let mut lengths: Vec<(usize, usize)> = Vec::new();
    for regex in [&*PERIOD_LENGTH, &*LENGTH_PERIOD, &*PERIOD_THEN_LENGTH] {
        for found in passage.matches(regex) {
            let (Some(period), Some(length)) =
                (passage.place(&found, "period"), passage.place(&found, "length"))
            else {
                continue;
            };
            if lengths.iter().all(|(_, known)| *known != length) {
                lengths.push((period, length));
            }
        }
    }
    for (period, length) in (0..passage.atoms.len()).filter_map(|at| spent(passage, at)) {
        if lengths.iter().all(|(_, known)| *known != length) {
            lengths.push((period, length));
        }
    }
    drafts.extend(lengths.into_iter().filter_map(|(period, length)| period_length(passage, period, length)));
    drafts
}

/// "Held from June 2018 to June 2025, he lost five years": the only period and the only length of a sentence that says how
/// time was spent.
fn spent(passage: &Passage, length: usize) -> Option<(usize, usize)> {
    let sentence = passage.sentence(length);
    let one = |symbol: &str| {
        let mut places = sentence.clone().filter(|at| passage.symbol(*at) == symbol);
        places.next().filter(|_| places.next().is_none())
    };
    let beside = passage.has(length.saturating_sub(3)..length + 3, &["lasted"]);
    let period = one("T").filter(|_| one("D") == Some(length) && beside)?;
    // "Between 2019 and 2024 he spent 31 months inside": a part of the time.
    let Item::Length(stated, unit) = &passage.atoms[length].item else { return None };
    let whole = passage.period_at(period)?.length(*unit).high;
    (whole <= stated.stated * PART).then_some((period, length))
}

/// "57 days" beside "from 30 September to 25 November".
fn period_length(passage: &Passage, period: usize, length: usize) -> Option<Draft> {
    let (Item::Period(dates), Item::Length(stated, unit)) =
        (&passage.atoms[period].item, &passage.atoms[length].item)
    else {
        return None;
    };
    let other = ["ago", "them", "R", "every"];
    // «بحساب اليومين الأول والأخير».
    let some = matches!(passage.word(length + 1), "first" | "last" | "اول" | "اخير");
    let next = length + 1..length + 2;
    if some
        || passage.has(next, &other)
        || passage.has(length.saturating_sub(2)..length, &["every", "avg", "first"])
        || dates.length(*unit).meets(stated.bounds)
    {
        return None;
    }
    let mut draft = Draft::length(*dates, *unit, stated);
    let period = &passage.atoms[period].points;
    draft.points = period.start.min(draft.points.start)..period.end.max(draft.points.end);
    draft.of.push(period.start);
    Some(draft)
}

/// Lengths of time of a stretch of symbols, in days, with how they read.
fn lengths(passage: &Passage, within: Range<usize>) -> Vec<Bounds> {
    let mut edges: Vec<Dated> = Vec::new();
    let mut lengths = Vec::new();
    let mut clocks = Vec::new();
    for at in within {
        match &passage.atoms[at].item {
            Item::Length(length, unit) if !passage.has(at + 1..at + 2, &["ago"]) => {
                let (shortest, longest) = unit.days();
                lengths.push(Bounds::new(length.bounds.low * shortest, length.bounds.high * longest));
            }
            Item::Clock(clock) => clocks.push(*clock),
            Item::Period(period) => match period.date.filter(|_| is_edge(passage, at)) {
                Some(date) => edges.push(date),
                None => lengths.push(in_days(*period)),
            },
            _ => {}
        }
    }
    lengths.extend(between_clocks(passage, clocks));
    // "From the beginning of January … to the end of June".
    if let [first, last] = edges.as_slice() {
        lengths.extend(dates::period(*first, *last).map(in_days));
    }
    lengths
}

/// "Between six and nine in the morning": the time between the only two times of day of a stretch, in days.
fn between_clocks(passage: &Passage, clocks: Vec<Clock>) -> Vec<Bounds> {
    let [first, last] = clocks.as_slice() else { return Vec::new() };
    let of_24 =
        passage.atoms.iter().any(|atom| matches!(atom.item, Item::Clock(clock) if clock.half == Half::Of24));
    let ways = first.ways(of_24).flat_map(|first| last.ways(of_24).map(move |last| (first, last)));
    let apart = ways.map(|(first, last)| (f64::from(last) - f64::from(first)).rem_euclid(MINUTES) / MINUTES);
    let mut apart: Vec<f64> = apart.filter(|days| *days > 0.0).collect();
    apart.sort_by(f64::total_cmp);
    apart.into_iter().map(Bounds::exactly).collect()
}

/// "At the beginning of January", «حتى نهاية حزيران»: a month from which or up to which something is told.
fn is_edge(passage: &Passage, at: usize) -> bool {
    let word = |at: usize| {
        let word = passage.word(at);
        word.strip_prefix('و').filter(|word| Cue::Edge.is(word)).unwrap_or(word)
    };
    (at.saturating_sub(3)..at).any(|at| Cue::Edge.is(word(at)))
}

fn in_days(period: Period) -> Bounds {
    let first_open = if period.step == Unit::Day { 1.0 } else { 0.0 };
    Bounds::new(period.days.low - first_open, period.days.high)
}

/// The number that "a day" at a place belongs to, where it is a rate of its own sentence's numbers.
fn rated(passage: &Passage, at: usize) -> Option<usize> {
    let sentence = passage.sentence(at);
    let first = at.saturating_sub(6).max(sentence.start);
    let before = (first..at)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), ";" | "P" | "T" | "D"))
        .find(|at| passage.count_at(*at).is_some());
    let after = [&*RATE_AFTER, &*RATE_OF_MEAN].into_iter().find_map(|regex| {
        let found = passage.matches(regex).find(|found| passage.place(found, "each") == Some(at))?;
        passage.place(&found, "rate")
    });
    // "At 25 names a day": its number stands before it.
    let own = before.filter(|before| {
        (before + 1..at).all(|at| passage.symbol(at) == "n") && passage.symbol_before(*before) == "avg"
    });
    let stated = own.or(after).or(before)?;
    // "What was left was spread over five months: 45 a month" is of what was left.
    let moves = passage.has(stated.saturating_sub(1)..stated, &["from", "to", "up", "per"])
        || passage.has(sentence.start..stated, &["rest"]);
    // "The daily average in the month before", "a daily average of 35 is needed".
    let words = at..(stated + 1 + WANTED).min(sentence.end);
    let other = words.into_iter().any(|at| {
        let word = passage.word(at);
        is_past(passage, at) || matches!(word, "before" | "قبل") || Cue::Wanted.begins(word)
    });
    // "1.2 deaths a day per 10,000 people".
    let of_people = passage.symbol(at + 1) == "per";
    (!moves && !other && !of_people && !told_first(passage, &sentence, stated)).then_some(stated)
}

/// "2.4 a day" at a place, against the counts and lengths of time around it.
fn rate(passage: &Passage, at: usize) -> Option<Draft> {
    let Item::Rate(unit) = passage.atoms[at].item else { return None };
    let sentence = passage.sentence(at);
    let stated_at = rated(passage, at)?;
    let stated = rounded(passage.count_at(stated_at)?);
    let (counts, times) = material(passage, &sentence, stated_at)?;
    let (shortest, longest) = unit.days();
    let per_unit = |count: &Amount, days: &Bounds| {
        let units = Bounds::new(days.low / longest, days.high / shortest);
        count.bounds.over(units)
    };
    // What a rate rests on may have been said sentences before.
    let wide = 0..sentence.end;
    let wide_counts = passage
        .counts(wide.clone())
        .into_iter()
        .filter(|(at, count)| *at != stated_at && !count.is_vague() && count.is_money() == stated.is_money())
        .map(|(_, count)| count);
    let wide_times = lengths(passage, wide);
    let all_counts: Vec<&Amount> = counts.iter().copied().chain(wide_counts).collect();
    let all_times: Vec<Bounds> = times.iter().copied().chain(wide_times).collect();
    let fits = all_counts
        .iter()
        .any(|count| all_times.iter().any(|days| per_unit(count, days).meets(stated.bounds)));
    // "Three trips a day with 40 sacks, 600 sacks in five days".
    let trips = all_counts.iter().any(|load| {
        let rates = all_counts.iter().flat_map(|count| all_times.iter().map(|days| per_unit(count, days)));
        rates.into_iter().any(|rate| rate.over(load.bounds).meets(stated.bounds))
    });
    // "At the height 3,000 a day, over the 30 days 60,000, on average 2,000 a day": another rate is the one that follows.
    let other = passage.counts(sentence.clone()).into_iter().any(|(at, rate)| {
        let rate = rounded(rate);
        at != stated_at
            && followed_by_rate(passage, at)
            && counts.iter().any(|count| times.iter().any(|days| per_unit(count, days).meets(rate.bounds)))
    });
    // "In less than an hour": too short for a number a day.
    // "Three months at 420 a month; with 300 paid in advance, 960 are owed".
    let sums = passage.counts(0..passage.atoms.len());
    let sums: Vec<&Amount> = sums.into_iter().map(|(_, sum)| sum).filter(|sum| sum.is_money()).collect();
    let two = sums.iter().enumerate().any(|(at, one)| {
        sums[at + 1..].iter().any(|other| {
            let both = Amount { bounds: one.bounds.plus(other.bounds), ..(*one).clone() };
            all_times.iter().any(|days| per_unit(&both, days).meets(stated.bounds))
        })
    });
    let fits = fits || stated.is_money() && two || is_mean_of_list(passage, stated_at, stated.bounds);
    let short = times[0].high < longest.min(1.0);
    if fits || trips || other || short || stated.is_vague() {
        return None;
    }
    let whole = if times[0].high.is_finite() { times[0].high } else { times[0].low };
    let days = whole / if unit == Unit::Month { 30.4375 } else { longest };
    // What is that far off is a rate of something else.
    let near = |count: &&&Amount| {
        let computed = count.stated / days;
        stated.stated < computed * FAR && computed < stated.stated * FAR
    };
    let count = all_counts.iter().find(near)?;
    let computed = count.stated / days;
    let explain = format!(
        "{} in {} {}s is {} a {}, not {}",
        shown(count.stated),
        shown(days),
        unit.name(),
        shown(computed),
        unit.name(),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Rate, &[count, &stated], stated.stated, computed, explain))
}

/// Whether a rate stands before all other numbers of its sentence, which nothing ties to it: "on average 15 a day, 22 on
/// the busiest, and 410 in the whole of June".
fn told_first(passage: &Passage, sentence: &Range<usize>, stated_at: usize) -> bool {
    let told = |at: usize| matches!(passage.symbol(at), "N" | "T" | "M" | "D");
    let ties = |at: usize| {
        matches!(passage.symbol(at), ":" | "(" | "-" | "all")
            || concludes(passage, at..at + 1)
            || gives_reason(passage, at)
    };
    let earlier = (passage.before(stated_at)..stated_at).any(told);
    !earlier && !(stated_at + 1..sentence.end).any(ties)
}

/// The counts and lengths of time that a rate may rest on: of its sentence, else of the one before.
fn material<'p>(
    passage: &'p Passage,
    sentence: &Range<usize>,
    stated_at: usize,
) -> Option<(Vec<&'p Amount>, Vec<Bounds>)> {
    let wider = passage.before(stated_at);
    // "1,800 families get 250 dollars a month".
    let money = passage.count_at(stated_at).is_some_and(Amount::is_money);
    let counts_in = |range: Range<usize>| -> Vec<&'p Amount> {
        passage
            .counts(range)
            .into_iter()
            .filter(|(at, count)| *at != stated_at && !followed_by_rate(passage, *at) && !count.is_vague())
            .filter(|(_, count)| count.is_money() == money)
            .map(|(_, count)| count)
            .collect()
    };
    let own_counts = counts_in(sentence.clone());
    let own_times = lengths(passage, sentence.clone());
    let counts = if own_counts.is_empty() { counts_in(wider..sentence.end) } else { own_counts };
    let times = if own_times.is_empty() { lengths(passage, wider..sentence.end) } else { own_times };
    (!counts.is_empty() && !times.is_empty()).then_some((counts, times))
}

fn followed_by_rate(passage: &Passage, at: usize) -> bool {
    (at + 1..at + 5)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "." | "," | "-" | "T" | "D"))
        .any(|at| passage.symbol(at) == "R")
}

/// A rate that is a whole number may be rounded.
fn rounded(rate: &Amount) -> Amount {
    let slack = if rate.bounds.is_exact() { 0.5 } else { 0.0 };
    // "Just over three a day" may be 3.1.
    let step = if rate.bounds.high.is_infinite() { 1.0 } else { slack };
    let (mut low, mut high) = (rate.bounds.low - step, rate.bounds.high + slack);
    // "About three a day" may be 3.3.
    let hedged = rate.bounds.high - rate.bounds.low > rate.stated * HEDGED;
    if hedged && rate.bounds.low < rate.stated && rate.stated < rate.bounds.high {
        (low, high) = (low.min(rate.stated - 0.5), high.max(rate.stated + 0.5));
    }
    // "Nearly one a minute" may be 0.87.
    if !rate.bounds.is_exact() && rate.stated <= 2.0 {
        low = low.min(rate.stated * NEARLY);
    }
    let bounds = Bounds::new(low, high);
    Amount { bounds, ..rate.clone() }
}

/// "1,200 in three days, that is 400 on each of the three days", «في كل يوم من الأيام الثلاثة».
fn on_each(passage: &Passage, at: usize) -> Option<Draft> {
    let each = matches!(passage.symbol(at), "each" | "every" | "R");
    let end = (at + 5).min(passage.sentence(at).end);
    let place = (at + 1..end).find(|at| !matches!(passage.symbol(*at), "of" | "min" | "the" | "w"))?;
    let Item::Length(length, unit) = &passage.atoms[place].item else { return None };
    // "One every three hours" is another rate.
    if !passage.has(at + 1..place, &["of", "min"]) {
        return None;
    }
    let stated_at = (at.saturating_sub(4)..at).rev().find(|at| passage.count_at(*at).is_some())?;
    let plain = (stated_at + 1..at).all(|at| matches!(passage.symbol(at), "n" | "w" | "in"));
    let stated = rounded(passage.count_at(stated_at)?);
    let (counts, _) = material(passage, &passage.sentence(at), stated_at)?;
    let [whole] = counts.as_slice() else { return None };
    let exact = length.bounds.is_exact() && whole.bounds.is_exact() && length.stated > 1.0;
    let computed = whole.stated / length.stated;
    let near = computed < stated.stated * FAR && stated.stated < computed * FAR;
    if !each || !plain || !exact || !near || stated.bounds.meets(Bounds::exactly(computed)) {
        return None;
    }
    let explain = format!(
        "{} in {} {}s is {} each, not {}",
        shown(whole.stated),
        shown(length.stated),
        unit.name(),
        shown(computed),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Rate, &[&stated], stated.stated, computed, explain))
}

/// "Once every 40 minutes", «أي إصابة كل ساعتين»: one, which no number says.
fn once(passage: &Passage, at: usize) -> Option<Draft> {
    let once = matches!(passage.word(at), "once" | "مره");
    let thing = passage.symbol(at) == "n" && matches!(passage.symbol_before(at), "is" | "avg" | "thus");
    // "Once every 15 minutes during the night" is of a part of the time.
    let ends = matches!(passage.symbol(at + 3), "avg" | "," | "." | ";" | ")" | "-" | "");
    let every = passage.symbol(at + 1) == "every" && passage.symbol(at + 2) == "D" && ends;
    let (bounds, points) = (Bounds::exactly(1.0), passage.atoms[at].points.clone());
    let rate = Amount { stated: 1.0, bounds, nouns: Vec::new(), word: String::new(), points };
    if (once || thing) && every { self::every(passage, at, &rate, at + 2) } else { None }
}

/// "one every ten hours".
fn every(passage: &Passage, rate_at: usize, rate: &Amount, length_at: usize) -> Option<Draft> {
    let Item::Length(length, unit) = &passage.atoms[length_at].item else { return None };
    let sentence = passage.sentence(rate_at);
    let (counts, _) = material(passage, &sentence, rate_at)?;
    let mut counts = counts;
    let mut times = lengths(passage, sentence.start..length_at);
    times.extend(lengths(passage, length_at + 1..sentence.end));
    if times.is_empty() {
        // What the sentence before counts is what its time is of.
        let before = passage.before(rate_at)..sentence.start;
        times = lengths(passage, before.clone());
        let told = passage.counts(before).into_iter().map(|(_, count)| count);
        counts = told.filter(|count| !count.is_vague()).chain(counts).collect();
    }
    let (shortest, longest) = unit.days();
    let slack = (length.stated * ROUNDED).max(0.5);
    let stated = Bounds::new(length.bounds.low - slack, length.bounds.high + slack).over(rate.bounds);
    let per_one = |count: &Amount, days: &Bounds| {
        Bounds::new(days.low / longest, days.high / shortest).over(count.bounds)
    };
    if times.is_empty()
        || counts.iter().any(|count| times.iter().any(|days| per_one(count, days).meets(stated)))
    {
        return None;
    }
    let computed = times[0].high / longest / counts[0].stated * rate.stated;
    let explain = format!(
        "{} in {} {}s is one every {}, not {}",
        shown(counts[0].stated),
        shown(times[0].high / longest),
        unit.name(),
        shown(computed),
        shown(length.stated)
    );
    Some(Draft::over(Kind::Rate, &[counts[0], rate, length], length.stated, computed, explain))
}
