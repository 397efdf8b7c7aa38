//! Days, months and years by the calendar, as far as they are said.

use crate::lexicon::Tags;
use crate::numbers;
use crate::sense::Sense;
use crate::tokens::Tokens;

/// A calendar date as far as it is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Date {
    pub year: Option<i16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Date {
    /// EDTF with `X` for what is not said.
    pub fn edtf(self) -> Option<String> {
        let year = self.year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, None) => format!("{:04}", self.year?),
            (None, Some(_)) => return None,
        })
    }

    /// The first end of a range takes month and year from the second, and the second its year from the first.
    pub fn filled_from(self, last: Date) -> (Date, Date) {
        let year = last.year.or(self.year);
        let month = self.month.or(if self.day.is_some() { last.month } else { None });
        let wraps = matches!((month, last.month), (Some(a), Some(b)) if a > b) && self.year.is_none();
        let first_year = if wraps { year.map(|year| year - 1) } else { self.year.or(year) };
        (Date { year: first_year, month, ..self }, Date { year, ..last })
    }

    /// Roughly how many days lie between two dates.
    pub fn days_after(self, first: Date) -> Option<i32> {
        let days = |date: Date| Some(i32::from(date.month?) * 30 + i32::from(date.day?));
        let years = i32::from(self.year.unwrap_or(0)) - i32::from(first.year.or(self.year).unwrap_or(0));
        Some(days(self)? - days(first)? + years * 365)
    }
}

/// The date that starts at a token, and where it ends.
pub(super) fn calendar(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Date, usize)> {
    if tokens.is_number(at) {
        numeric(tokens, at).or_else(|| day_month(tokens, tags, at)).or_else(|| year_only(tokens, at))
    } else {
        day_month(tokens, tags, at)
            .or_else(|| month_day(tokens, tags, at))
            .or_else(|| month_only(tokens, tags, at))
    }
}

fn month_at(tags: &Tags, at: usize) -> Option<(u8, usize)> {
    tags.find(at, |sense| if let Sense::Month(month) = sense { Some(*month) } else { None })
        .map(|(month, tag)| (month, usize::from(tag.length)))
}

/// "September to November 2031": the first end has a month only.
pub(super) fn month_before_range(tags: &Tags, at: usize) -> Option<(Date, usize)> {
    let (month, length) = month_at(tags, at)?;
    Some((Date { month: Some(month), ..Date::default() }, at + length))
}

/// After a month's name that another land has for it: "أيار/مايو", حزيران (يونيو).
fn after_other_name(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> usize {
    let Some((_, length)) = month_at(tags, at + 1) else { return at };
    let end = at + 1 + length;
    match tokens.mark(at) {
        Some('/') => end,
        Some('(') if tokens.is_mark(end, ')') => end + 1,
        _ => at,
    }
}

fn day_at(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let day = numbers::plain_digits(tokens, at).filter(|day| (1..=31).contains(day))?;
    let glued = tokens.is_glued(at + 1) && tokens.is_word(at + 1);
    let ordinal = glued && matches!(tokens.word(at + 1), "st" | "nd" | "rd" | "th");
    // «16تشرين الأول»
    if glued && !ordinal && !tokens.is_arabic(at + 1) {
        return None;
    }
    Some((u8::try_from(day).ok()?, at + 1 + usize::from(ordinal)))
}

/// A year after a date: "2015", ", 2015", من عام 2015.
fn year_after(tokens: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    let mut here = at;
    while here < at + 3
        && (tokens.is_mark(here, ',')
            || matches!(tokens.word(here), "of" | "in" | "من" | "عام" | "العام" | "سنه" | "لعام"))
    {
        here += 1;
    }
    let year = year_number(tokens, here)?;
    Some((year, here + 1))
}

fn year_number(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    if tokens.raw(at).chars().count() != 4 {
        return None;
    }
    let year = numbers::plain_digits(tokens, at).filter(|year| (1900..2100).contains(year))?;
    i16::try_from(year).ok()
}

/// "5 May 2031", "5th of May", 5 أيار/مايو 2031.
fn day_month(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Date, usize)> {
    if at > 0
        && tokens.is_glued(at)
        && tokens.mark(at - 1).is_some_and(|mark| mark != '(' && mark != ',' && mark != '“')
        && !is_second_day(tokens, at)
    {
        return None;
    }
    let in_words = || {
        // تشرين الأول is a month: a day in words has "of" after it.
        super::ordinals::day(tokens, at).filter(|(_, end)| matches!(tokens.word(*end), "of" | "من"))
    };
    let (day, mut here) = day_at(tokens, at).or_else(in_words)?;
    // «20-آب», «20/ آب/ 2031»
    here += usize::from(matches!(tokens.mark(here), Some('-' | '/')) && tokens.is_glued(here));
    here += usize::from(matches!(tokens.word(here), "of" | "من" | "شهر"));
    here += usize::from(tokens.word(here) == "شهر");
    let (month, length) = month_at(tags, here)?;
    here = after_other_name(tokens, tags, here + length);
    here += usize::from(tokens.is_mark(here, '.') && year_number(tokens, here + 1).is_some());
    here += usize::from(
        matches!(tokens.mark(here), Some('-' | '/'))
            && tokens.is_glued(here)
            && year_number(tokens, here + 1).is_some(),
    );
    let (year, end) = year_after(tokens, here).map_or((None, here), |(year, end)| (Some(year), end));
    Some((Date { year, month: Some(month), day: Some(day) }, end))
}

/// Whether a day and a hyphen stand before a number: "19–20 October".
fn is_second_day(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(2).filter(|_| tokens.is_mark(at - 1, '-')) else { return false };
    let opens = first == 0 || !(tokens.is_glued(first) && tokens.mark(first - 1).is_some());
    opens && day_at(tokens, first).is_some_and(|(_, end)| end == at - 1)
}

/// "May 5th, 2031"; in Arabic only with the year, as pages print it: «أيار 5, 2031».
fn month_day(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Date, usize)> {
    let (month, length) = month_at(tags, at)?;
    let dot = usize::from(tokens.is_mark(at + length, '.'));
    let here = at + length + dot;
    let in_words = || {
        let the = usize::from(tokens.word(here) == "the");
        super::ordinals::day(tokens, here + the).filter(|_| the == 1)
    };
    let (day, here) = day_at(tokens, here).or_else(in_words)?;
    let (year, end) = year_after(tokens, here).map_or((None, here), |(year, end)| (Some(year), end));
    if year.is_none() && tokens.is_arabic(at) {
        return None;
    }
    Some((Date { year, month: Some(month), day: Some(day) }, end))
}

/// "May 2031", "in May".
fn month_only(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Date, usize)> {
    let (month, length) = month_at(tags, at)?;
    let here = after_other_name(tokens, tags, at + length);
    // «من عام 2031» is longer than ", 2031".
    let longest = here + if tokens.is_arabic(at) { 3 } else { 2 };
    if let Some((year, end)) = year_after(tokens, here).filter(|(_, end)| *end <= longest) {
        return Some((Date { year: Some(year), month: Some(month), day: None }, end));
    }
    // Names of months are names of people and verbs too: without a year they need a word of time before them.
    // "mid-August"
    let hyphen = usize::from(at > 1 && tokens.is_mark(at - 1, '-') && tokens.is_glued(at));
    let before = if at == 0 { "" } else { tokens.word(at - 1 - hyphen) };
    let timed = matches!(
        before,
        "in" | "since"
            | "during"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "last"
            | "until"
            | "شهر"
            | "خلال"
            | "منذ"
            | "اوايل"
            | "اواخر"
            | "مطلع"
    );
    // «في آذار», «في آب الماضي»; «إب» is a town.
    let placed =
        matches!(before, "في" | "وفي") && (tokens.word(at) != "اب" || tokens.raw(at).starts_with('آ'));
    let past = usize::from(tokens.is_arabic(at) && tags.is(here, |sense| matches!(sense, Sense::Past)));
    ((timed || placed) && tokens.word(at).len() > 3)
        .then_some((Date { month: Some(month), ..Date::default() }, here + past))
}

/// "in 2031", عام 2031.
fn year_only(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let year = year_number(tokens, at)?;
    let before = if at == 0 { "" } else { tokens.word(at - 1) };
    let timed = matches!(
        before,
        "in" | "since"
            | "during"
            | "of"
            | "early"
            | "late"
            | "from"
            | "year"
            | "until"
            | "عام"
            | "العام"
            | "سنه"
            | "منذ"
            | "لعام"
    );
    (timed && !tokens.is_mark(at + 1, '%')).then_some((Date { year: Some(year), ..Date::default() }, at + 1))
}

/// 2031-05-17, 17/05/2031, 17.5.2031.
fn numeric(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    if let Some(found) = year_dotted(tokens, at) {
        return Some(found);
    }
    if let Some(date) = dotted(tokens.word(at), tokens.raw(at)) {
        let year =
            year_number(tokens, at + 2).filter(|_| tokens.is_mark(at + 1, '.') && tokens.is_glued(at + 2));
        return year.map(|year| (Date { year: Some(year), ..date }, at + 3));
    }
    let mark = tokens.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let glued = (1..5).all(|step| tokens.is_glued(at + step));
    if !glued
        || !tokens.is_mark(at + 3, mark)
        || (at > 0 && tokens.is_glued(at) && tokens.mark(at - 1) == Some(mark))
    {
        return None;
    }
    let part = |step: usize| numbers_of(tokens, at + step);
    let (a, b, c) = (part(0)?, part(2)?, part(4)?);
    let (year, month, day) = if a > 31 {
        (a, b, c)
    } else if b > 12 {
        (c, a, b)
    } else {
        (c, b, a)
    };
    let year = if year < 100 { return None } else { i16::try_from(year).ok()? };
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day) && (1900..2100).contains(&year);
    valid.then_some((
        Date { year: Some(year), month: u8::try_from(month).ok(), day: u8::try_from(day).ok() },
        at + 5,
    ))
}

/// "2031.05.17", which is one token.
fn year_dotted(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let mut parts = tokens.raw(at).split('.');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok();
    let month = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day = parts.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let year = year.filter(|year| (1900..2100).contains(year) && parts.next().is_none())?;
    Some((Date { year: Some(year), month: Some(month), day: Some(day) }, at + 1))
}

/// "19.07" of "19.07.2016", which reads as one decimal number.
fn dotted(_folded: &str, raw: &str) -> Option<Date> {
    let (day, month) = raw.split_once('.')?;
    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(Date { year: None, month: Some(month), day: Some(day) })
}

fn numbers_of(tokens: &Tokens<'_>, at: usize) -> Option<u64> {
    if tokens.is_number(at) { tokens.word(at).parse().ok() } else { None }
}
