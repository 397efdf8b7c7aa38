//! Stage 3: times as said: days, months, years, ranges, weekdays and relative times, in both languages.
//!
//! Nothing here needs an anchor and nothing takes one: "few days ago" stays *few days ago*, and a day without a year
//! keeps its year open (`XXXX-09-30`). Levantine, Gregorian and Maghrebi month names are one month each.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::TimeOfDay;
use sijil_model::date::{Amount, Direction, Edtf, Relative, TimeExpression, Unit};

use crate::lexicon::Tags;
use crate::numbers;
use crate::sense::Sense;
use crate::tokens::Tokens;

mod calendar;
mod hijri;
mod later;
mod ordinals;
mod ranges;
mod turns;

use calendar::{Date, calendar};
pub(crate) use later::{days_from_told, days_later};
pub use turns::turns_of_time;

/// Whether a time is a moment or stretches over many events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// A day, a week, a few days ago.
    Moment,
    /// "since 2012", "in the past month", "from 3 May to 8 July".
    Period,
    /// "NAHRAN, May 21 –": the day on which a report was written, its dateline; the event's is told after it.
    OfWriting,
}

/// A time, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    /// Its tokens, preposition of a range included.
    pub run: Range<usize>,
    /// As said; none for a part of the day alone.
    pub expression: Option<TimeExpression>,
    /// Part of the day.
    pub part: Option<TimeOfDay>,
    /// Moment or period.
    pub extent: Extent,
    /// Letters of Arabic prefix on its first token.
    pub prefix: u8,
    /// The year, where it says one.
    pub year: Option<i16>,
    /// The day of the week said with it, Monday 1.
    pub weekday: Option<u8>,
}

impl Time {
    /// Whether it is told by the calendar, to the day.
    pub fn is_calendar_day(&self) -> bool {
        self.calendar_length().is_some_and(|length| length >= "2031-05-17".len())
    }

    /// Whether it is a month: told by the calendar, or "last month".
    pub fn is_month(&self) -> bool {
        self.calendar_length() == Some("2031-05".len())
            || matches!(&self.expression, Some(TimeExpression::Relative(said)) if said.unit == Unit::Month)
    }

    /// Whether it is told by the calendar, as a year.
    pub fn is_calendar_year(&self) -> bool {
        self.calendar_length() == Some("2031".len())
    }

    /// Whether it is told coarser than to the day: a month or year of the calendar, "last month".
    pub fn is_coarse(&self) -> bool {
        match &self.expression {
            Some(TimeExpression::Calendar(_)) => !self.is_calendar_day(),
            Some(TimeExpression::Relative(said)) => !matches!(said.unit, Unit::Hour | Unit::Day),
            _ => false,
        }
    }

    fn calendar_length(&self) -> Option<usize> {
        match &self.expression {
            Some(TimeExpression::Calendar(said)) => Some(said.as_str().len()),
            _ => None,
        }
    }
}

/// All times of a run of tokens, in order, without overlaps.
pub(crate) fn find(tokens: &Tokens<'_>, tags: &Tags, run: Range<usize>) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        match at_token(tokens, tags, at) {
            Some(time)
                if time.run.end <= run.end
                    && time.run.start >= found.last().map_or(run.start, |last| last.run.end) =>
            {
                at = time.run.end;
                join(&mut found, time, tokens);
            }
            _ => at += 1,
        }
    }
    found
}

/// The times that a text says, in order, each with the part of the day said with it.
pub fn times_in(text: &str) -> Vec<(TimeExpression, Option<TimeOfDay>)> {
    let tokens = Tokens::of(text);
    let found = find(&tokens, &Tags::of(&tokens), 0..tokens.len());
    found.into_iter().filter_map(|time| Some((time.expression?, time.part))).collect()
}

/// A text that is one date with its year, and nothing else.
pub(crate) fn whole_date(text: &str) -> Option<Edtf> {
    let tokens = Tokens::of(text);
    let (date, end) = calendar(&tokens, &Tags::of(&tokens), 0)?;
    (end == tokens.len() && date.year.is_some()).then(|| Edtf::new(&date.edtf()?).ok()).flatten()
}

/// The day with its month that starts at a token, with or without the year, and where it ends.
pub(crate) fn day_of_year(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Edtf, usize)> {
    let (date, end) = calendar(tokens, tags, at).filter(|(date, _)| date.day.is_some())?;
    Some((Edtf::new(&date.edtf()?).ok()?, end))
}

/// The day with month and year that starts at a token, and where it ends.
pub(crate) fn full_date(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Edtf, usize)> {
    let (date, end) = calendar(tokens, tags, at)?;
    let full = date.year.is_some() && date.day.is_some();
    full.then(|| date.edtf().and_then(|text| Edtf::new(&text).ok())).flatten().map(|day| (day, end))
}

/// Puts a part of the day, a weekday and a date that stand beside each other together: "Monday, 5 May, at dawn"; of a
/// day told by both calendars the civil date stays.
fn join(found: &mut Vec<Time>, mut time: Time, tokens: &Tokens<'_>) {
    if let Some(last) = found.last_mut()
        && hijri::is_told_twice(last, &time, tokens)
    {
        last.run.end = time.run.end;
        if matches!(last.expression, Some(TimeExpression::Hijri(_))) {
            (last.expression, last.year) = (time.expression, time.year);
        }
        return;
    }
    if let Some(last) = found.last_mut()
        && time.run.start - last.run.end <= 2
        && (last.run.end..time.run.start).all(|at| {
            tokens.is_mark(at, ',')
                || matches!(tokens.word(at), "of" | "at" | "on" | "in" | "the" | "يوم" | "من" | "")
        })
        && last.extent == Extent::Moment
        && time.extent == Extent::Moment
    {
        let weekday = |time: &Time| matches!(time.expression, Some(TimeExpression::Weekday { .. }) | None);
        if weekday(last) || time.expression.is_none() || (weekday(&time) && last.year.is_none()) {
            // «ليل الخميس – الجمعة»: it began on the first of the two days.
            let two_days = last.weekday.is_some() && time.weekday.is_some() && weekday(&time);
            if weekday(last) && time.expression.is_some() && !two_days {
                last.expression = time.expression;
                last.year = time.year;
            }
            last.part = last.part.or(time.part);
            last.weekday = last.weekday.or(time.weekday);
            last.run.end = time.run.end;
            return;
        }
        // «اليوم الخميس 19 آب»: two ways to say one day.
        time.weekday = time.weekday.or(last.weekday);
    }
    found.push(time);
}

fn at_token(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    if !(tokens.is_word(at) || tokens.is_number(at)) {
        return None;
    }
    let here = calendar(tokens, tags, at);
    if here.is_none() && is_plain(tokens, tags, at) {
        return of_hijra(tokens, at);
    }
    ranges::range(tokens, tags, at, here)
        .or_else(|| ranges::years(tokens, at))
        .or_else(|| ranges::week(tokens, tags, at))
        .or_else(|| ranges::part_of(tokens, tags, at))
        .or_else(|| ranges::since(tokens, tags, at))
        .or_else(|| ranges::before_or_after(tokens, tags, at))
        .or_else(|| relative(tokens, tags, at))
        .or_else(|| single(tokens, tags, at, here))
        .or_else(|| of_hijra(tokens, at))
        .or_else(|| weekday(tokens, tags, at))
        .or_else(|| part_of_day(tags, at))
}

/// Whether a Latin word can begin nothing but a date: most words of a text, for which all else need not be tried.
fn is_plain(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> bool {
    let opens = || {
        matches!(
            tokens.word(at),
            "from"
                | "between"
                | "before"
                | "after"
                | "in"
                | "over"
                | "during"
                | "within"
                | "for"
                | "throughout"
                | "the"
                | "a"
                | "an"
                | "first"
                | "second"
                | "third"
                | "fourth"
        )
    };
    let days = tokens.is_number(at) && tokens.is_mark(at + 1, '-'); // "19–20 October"
    tags.at(at).is_empty() && tags.number(at).is_none() && !tokens.is_arabic(at) && !opens() && !days
}

fn moment(run: Range<usize>, expression: TimeExpression) -> Time {
    Time {
        run,
        expression: Some(expression),
        part: None,
        extent: Extent::Moment,
        prefix: 0,
        year: None,
        weekday: None,
    }
}

fn edtf(text: &str) -> Option<TimeExpression> {
    Edtf::new(text).ok().map(TimeExpression::Calendar)
}

fn single(tokens: &Tokens<'_>, tags: &Tags, at: usize, here: Option<(Date, usize)>) -> Option<Time> {
    let (date, end) = here?;
    let prefix = prefix_of(tags, at);
    let extent = if date.day.is_none() && is_within(tokens, at) { Extent::Period } else { Extent::Moment };
    Some(Time { extent, year: date.year, prefix, ..moment(at..end, edtf(&date.edtf()?)?) })
}

/// "during September 2023", «خلال شهر تشرين الأول»: all of a month is meant.
fn is_within(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens.word(at));
    let unit = usize::from(matches!(word(1), "شهر" | "شهري"));
    matches!(word(1 + unit), "during" | "throughout" | "خلال" | "طيله" | "طوال")
}

fn of_hijra(tokens: &Tokens<'_>, at: usize) -> Option<Time> {
    let (date, end) = hijri::hijri(tokens, at)?;
    Some(moment(at..end, TimeExpression::Hijri(date)))
}

fn prefix_of(tags: &Tags, at: usize) -> u8 {
    tags.at(at)
        .iter()
        .find(|tag| matches!(tag.sense, Sense::Month(_) | Sense::Weekday(_)))
        .map_or(0, |tag| tag.prefix)
}

fn weekday(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let (day, tag) =
        tags.find(at, |sense| if let Sense::Weekday(day) = sense { Some(*day) } else { None })?;
    // «ضحايا الهجوم الأحد عشر»: eleven, and no Sunday.
    if matches!(tokens.word(at + 1), "عشر" | "عشره") {
        return None;
    }
    if tokens.word(at).len() <= 3 && !tokens.is_arabic(at) && !tokens.is_capital(at) {
        return None;
    }
    let next = at > 0 && tokens.word(at - 1) == "next" || matches!(tokens.word(at + 1), "المقبل" | "القادم");
    let direction = if next { Direction::Future } else { Direction::Past };
    let start = if at > 0 && matches!(tokens.word(at - 1), "يوم" | "last" | "this") { at - 1 } else { at };
    let end = at + usize::from(tag.length);
    let end = end + usize::from(tags.is(end, |sense| matches!(sense, Sense::Past)));
    Some(Time {
        prefix: if start == at { tag.prefix } else { 0 },
        weekday: Some(day),
        ..moment(start..end, TimeExpression::Weekday { weekday: day, direction })
    })
}

fn part_of_day(tags: &Tags, at: usize) -> Option<Time> {
    let (part, tag) =
        tags.find(at, |sense| if let Sense::DayPart(part) = sense { Some(*part) } else { None })?;
    Some(Time {
        run: at..at + usize::from(tag.length),
        expression: None,
        part: Some(part),
        extent: Extent::Moment,
        prefix: tag.prefix,
        year: None,
        weekday: None,
    })
}

/// "few days ago", "yesterday", "in the past month", قبل ثلاثة أيام, الشهر الماضي.
fn relative(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    if let Some((days, tag)) =
        tags.find(at, |sense| if let Sense::Moment(days) = sense { Some(*days) } else { None })
    {
        return moment_word(tokens, tags, at, days, usize::from(tag.length));
    }
    stretch(tokens, tags, at).or_else(|| distance(tokens, tags, at))
}

fn moment_word(
    tokens: &Tokens<'_>,
    tags: &Tags,
    at: usize,
    days: Option<u32>,
    length: usize,
) -> Option<Time> {
    let amount = days.map_or(Amount::Unsaid, |n| Amount::Exact { n });
    // «المدينة المحررة حديثا»: said of the town, and of no event.
    if amount == Amount::Unsaid && at > 0 && tokens.word(at - 1).starts_with("ال") {
        return None;
    }
    // «في اليوم التالي»: the day after what was told.
    if matches!(tokens.word(at + length), "التالي" | "الثاني" | "السابق" | "نفسه" | "ذاته")
    {
        return None;
    }
    let relative = Relative { unit: Unit::Day, amount, direction: Direction::Past, whole_stretch: false };
    let run = at..at + length;
    let part = tags
        .find(at, |sense| if let Sense::DayPart(part) = sense { Some(*part) } else { None })
        .map(|(part, _)| part)
        .or_else(|| spoken_part(tokens, &run));
    Some(Time { part, ..moment(run, TimeExpression::Relative(relative)) })
}

fn spoken_part(tokens: &Tokens<'_>, run: &Range<usize>) -> Option<TimeOfDay> {
    run.clone().find_map(|at| match tokens.word(at) {
        "night" | "tonight" | "overnight" | "الليله" | "ليله" => Some(TimeOfDay::Night),
        "morning" | "صباح" => Some(TimeOfDay::Morning),
        "afternoon" | "عصر" => Some(TimeOfDay::Afternoon),
        "evening" | "مساء" => Some(TimeOfDay::Evening),
        "فجر" => Some(TimeOfDay::EarlyMorning),
        "ظهر" => Some(TimeOfDay::Midday),
        _ => None,
    })
}

fn unit_at(tags: &Tags, at: usize) -> Option<(Unit, usize)> {
    tags.find(at, |sense| if let Sense::UnitTime(unit) = sense { Some(*unit) } else { None })
        .map(|(unit, tag)| (unit, usize::from(tag.length)))
}

/// How many units, and where the words for it end.
fn how_many(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Amount, usize)> {
    if let Some(found) = numbers::amount(tokens, tags, at) {
        let amount = match found.said.quantity {
            Quantity::Exact { n } | Quantity::About { n } => Amount::Exact { n: u32::try_from(n).ok()? },
            Quantity::Few => Amount::Few,
            Quantity::Several | Quantity::Many => Amount::Several,
            _ => return None,
        };
        return Some((amount, found.run.end));
    }
    matches!(tokens.word(at), "a" | "an").then_some((Amount::Exact { n: 1 }, at + 1))
}

/// "(a) few days ago", قبل ثلاثة أيام, منذ أيام.
fn distance(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let ago = |token: usize| tags.is(token, |sense| matches!(sense, Sense::Ago));
    let (amount, unit, run) = if tokens.is_arabic(at) && ago(at) {
        let after = at + 1;
        let (amount, unit_from) =
            how_many(tokens, tags, after).unwrap_or((arabic_amount(tokens.word(after)), after));
        let (unit, length) = unit_at(tags, unit_from)?;
        // «منذ ساعات الصباح» is a part of the day.
        if tags.is(unit_from + length, |sense| matches!(sense, Sense::DayPart(_))) {
            return None;
        }
        (amount, unit, at..unit_from + length)
    } else {
        let (amount, unit_from) = how_many(tokens, tags, at)?;
        let (unit, length) = unit_at(tags, unit_from)?;
        let end = unit_from + length;
        if tokens.is_arabic(at) || !ago(end) {
            return None;
        }
        (amount, unit, at..end + 1)
    };
    let relative = Relative { unit, amount, direction: Direction::Past, whole_stretch: false };
    Some(moment(run, TimeExpression::Relative(relative)))
}

/// What an Arabic noun of time says by its own form: a dual is two, a plural a few, a singular one.
fn arabic_amount(word: &str) -> Amount {
    if word.ends_with("ين") && !word.ends_with("سنين") {
        Amount::Exact { n: 2 }
    } else if matches!(word, "ايام" | "اسابيع" | "اشهر" | "شهور" | "سنوات" | "اعوام" | "ساعات")
    {
        Amount::Few
    } else {
        Amount::Exact { n: 1 }
    }
}

/// "in the past month", "over the last 24 hours", "in the five past years", الشهر الماضي, في السنوات الخمس الماضية.
fn stretch(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    if tokens.is_arabic(at) { arabic_stretch(tokens, tags, at) } else { english_stretch(tokens, tags, at) }
}

fn english_stretch(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let past = |token: usize| tags.is(token, |sense| matches!(sense, Sense::Past));
    let opened = matches!(tokens.word(at), "in" | "over" | "during" | "within" | "for" | "throughout");
    let mut here = at + usize::from(opened);
    here += usize::from(tokens.word(here) == "the");
    let mut amount = None;
    let this = tags.is(here, |sense| matches!(sense, Sense::This));
    let mut said_past = this;
    for _ in 0..2 {
        if past(here) || (this && !said_past) {
            said_past = true;
            here += 1;
        } else if this && tags.is(here, |sense| matches!(sense, Sense::This)) {
            here += 1;
        }
        if amount.is_none()
            && let Some((found, end)) = how_many(tokens, tags, here)
        {
            (amount, here) = (Some(found), end);
        }
    }
    let (unit, length) = unit_at(tags, here)?;
    if !said_past {
        return None;
    }
    let n = if this { Amount::Exact { n: 0 } } else { amount.unwrap_or(Amount::Exact { n: 1 }) };
    let end = here + length;
    let end = end + usize::from(tokens.word(end) == "only");
    let opened = opened || at > 0 && tokens.word(at - 1) == "of";
    Some(stretched(at..end, unit, n, opened || unit == Unit::Year || unit == Unit::Month))
}

fn arabic_stretch(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let opened = matches!(tokens.word(at), "خلال" | "في" | "طيله" | "طوال");
    let first = at + usize::from(opened);
    let before = how_many(tokens, tags, first).filter(|_| unit_at(tags, first).is_none());
    let (unit, length) = unit_at(tags, before.map_or(first, |(_, end)| end))?;
    let mut here = before.map_or(first, |(_, end)| end) + length;
    let unit_word = tokens.word(here - 1).to_owned();
    let mut amount = before.map(|(amount, _)| amount);
    if let Some((found, end)) = how_many_with_article(tokens, here) {
        (amount, here) = (Some(found), end);
    }
    let current = tags.is(here, |sense| matches!(sense, Sense::This));
    if !(current || tags.is(here, |sense| matches!(sense, Sense::Past))) {
        return None;
    }
    let bare = unit_word.strip_prefix("ال").unwrap_or(&unit_word);
    let amount = if current { Amount::Exact { n: 0 } } else { amount.unwrap_or_else(|| arabic_amount(bare)) };
    let end = here + 1;
    let end = end + usize::from(tokens.word(end) == "فقط" || tokens.word(end) == "وحده");
    Some(stretched(at..end, unit, amount, opened))
}

/// «الخمس» after «السنوات».
fn how_many_with_article(tokens: &Tokens<'_>, at: usize) -> Option<(Amount, usize)> {
    let bare = tokens.word(at).strip_prefix("ال")?.to_owned();
    let inner = Tokens::of(&bare);
    let number = numbers::number(&inner, 0)?;
    Some((Amount::Exact { n: u32::try_from(number.n).ok()? }, at + 1))
}

/// A stretch that is short enough for one event, or not.
fn stretched(run: Range<usize>, unit: Unit, amount: Amount, whole: bool) -> Time {
    let short = match (unit, amount) {
        (Unit::Hour, _) => true,
        (Unit::Day, Amount::Exact { n }) => n <= 3,
        (Unit::Day, _) => true,
        (Unit::Week, Amount::Exact { n }) => n <= 1 && !whole,
        (_, Amount::Exact { n }) => n <= 1 && !whole,
        _ => false,
    };
    let relative = Relative { unit, amount, direction: Direction::Past, whole_stretch: true };
    let extent = if short { Extent::Moment } else { Extent::Period };
    Time { extent, ..moment(run, TimeExpression::Relative(relative)) }
}

#[cfg(test)]
mod tests;
