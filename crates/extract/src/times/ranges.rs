//! Times with two ends, or with one: "from 3 to 8 May", "since 2012", "before 10 June 2031".

use crate::lexicon::Tags;
use crate::numbers;
use crate::sense::Sense;
use crate::tokens::Tokens;

use super::calendar::{Date, calendar, month_before_range};
use super::{Extent, Time, edtf, moment, ordinals};

/// Most days from the first to the last of what may be one event; what took longer is a period, and its numbers are totals.
const LONGEST_EVENT: i32 = 3;

/// "from September 30 to November 25", "between 3 and 8 May", من 30 أيلول حتى 25 تشرين الثاني.
///
/// `here` is the date that starts at the token.
pub(super) fn range(
    tokens: &Tokens<'_>,
    tags: &Tags,
    at: usize,
    here: Option<(Date, usize)>,
) -> Option<Time> {
    let word = tokens.word(at);
    let opened = matches!(word, "from" | "between" | "من" | "بين");
    let start = without_article(tokens, if opened { at + 1 } else { at });
    let (first, middle) = if start == at { here } else { calendar(tokens, tags, start) }
        .or_else(|| day_before_range(tokens, start))
        .or_else(|| month_before_range(tags, start))?;
    let joint = tokens.word(middle);
    let joined = tokens.is_mark(middle, '-')
        || matches!(
            joint,
            "to" | "until"
                | "till"
                | "through"
                | "and"
                | "الي"
                | "حتي"
                | "ولغايه"
                | "لغايه"
                | "وحتي"
                | "والي"
        ) && (opened || joint != "and");
    let next = if joined || opened && joint == "و" {
        middle + 1
    } else if opened && word == "بين" && joint.starts_with('و') {
        middle
    } else {
        return None;
    };
    let last = without_article(tokens, next);
    let (last, end) = calendar(tokens, tags, last)
        .or_else(|| month_before_range(tags, last).filter(|_| opened && first.day.is_none()))?;
    let (first, last) = first.filled_from(last);
    if first.day.is_some() != last.day.is_some() && first.month.is_some() {
        return None;
    }
    let text = format!("{}/{}", first.edtf()?, last.edtf()?);
    let year = last.year.or(first.year);
    let extent = if last.days_after(first).is_some_and(|days| days <= LONGEST_EVENT) {
        Extent::Moment
    } else {
        Extent::Period
    };
    Some(Time { extent, year, ..moment(at..end, edtf(&text)?) })
}

/// "the first week of November 2031", «الأسبوع الثاني من تشرين الثاني».
pub(super) fn week(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let (start, (number, middle)) = match tokens.word(at) {
        "الاسبوع" => (at, ordinals::day(tokens, at + 1)?),
        "week" => {
            let ordinal = at.checked_sub(1)?;
            (ordinal, ordinals::day(tokens, ordinal).map(|(number, _)| (number, at + 1))?)
        }
        _ => return None,
    };
    let of = matches!(tokens.word(middle), "of" | "من").then_some(middle + 1)?;
    let of = of + usize::from(tokens.word(of) == "شهر");
    let (date, end) = month(tokens, tags, of)?;
    let day = |day: u8| Date { day: Some(day), ..date }.edtf();
    let text =
        (1..=4).contains(&number).then(|| Some(format!("{}/{}", day(number * 7 - 6)?, day(number * 7)?)));
    Some(Time { extent: Extent::Period, year: date.year, ..moment(start..end, edtf(&text??)?) })
}

/// "the first quarter of 2031", "the second half of May", «الربع الأول من عام 2031», "the first three months of 2031".
pub(super) fn part_of(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let arabic = tokens.is_arabic(at);
    let (number, middle) = ordinals::day(tokens, if arabic { at + 1 } else { at })?;
    let (months, after) = months(tokens, tags, if arabic { at } else { middle })?;
    let mut of = if arabic { middle } else { after };
    of = matches!(tokens.word(of), "of" | "من" | "in").then_some(of + 1)?;
    let last = of + 3;
    while of < last && matches!(tokens.word(of), "عام" | "العام" | "سنه" | "شهر" | "the" | "year")
    {
        of += 1;
    }
    let (whole, end) = month(tokens, tags, of).or_else(|| bare_year(tokens, of))?;
    let (first, last) = match whole.month {
        // Of a month only halves are told.
        Some(_) if months == 6 => {
            let day = |day: u8| Date { day: Some(day), ..whole };
            match number {
                1 => (day(1), day(15)),
                2 => (day(16), day(days_in(whole)?)),
                _ => return None,
            }
        }
        Some(_) => return None,
        None => {
            let month = |month: u8| Date { month: Some(month), ..whole };
            let last = number.checked_mul(months).filter(|last| *last <= 12)?;
            (month(last - months + 1), month(last))
        }
    };
    let text = format!("{}/{}", first.edtf()?, last.edtf()?);
    Some(Time { extent: Extent::Period, year: whole.year, ..moment(at..end, edtf(&text)?) })
}

/// How many months of a year a part is, "half", "quarter", "three months", and where its words end.
fn months(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(u8, usize)> {
    match tokens.word(at) {
        "half" | "النصف" => return Some((6, at + 1)),
        "quarter" | "الربع" => return Some((3, at + 1)),
        _ => {}
    }
    let amount = numbers::amount(tokens, tags, at)?;
    let end = amount.run.end;
    let months = u8::try_from(amount.said.quantity.number()?).ok().filter(|months| *months > 0)?;
    (tokens.word(end) == "months").then_some((months, end + 1))
}

/// How many days a month has; February has 28 where no year is said.
fn days_in(date: Date) -> Option<u8> {
    const COMMON: i16 = 2031;
    let first = jiff::civil::Date::new(date.year.unwrap_or(COMMON), date.month?.try_into().ok()?, 1).ok()?;
    u8::try_from(first.days_in_month()).ok()
}

/// The month that starts at a token, with its year where one is said.
fn month(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(Date, usize)> {
    let said = calendar(tokens, tags, at).or_else(|| month_before_range(tags, at));
    said.filter(|(date, _)| date.month.is_some() && date.day.is_none())
}

/// "from 2022 to 2025", "between 2022 and 2025": two years.
pub(super) fn years(tokens: &Tokens<'_>, at: usize) -> Option<Time> {
    let joint = match tokens.word(at) {
        "between" => "and",
        "from" => "to",
        _ => return None,
    };
    let (first, middle) = bare_year(tokens, at + 1)?;
    let (last, end) = bare_year(tokens, middle + 1).filter(|_| tokens.word(middle) == joint)?;
    let text = format!("{}/{}", first.edtf()?, last.edtf()?);
    Some(Time { extent: Extent::Period, year: last.year, ..moment(at..end, edtf(&text)?) })
}

/// "between 3 and 8 May": the first end has a day only.
fn day_before_range(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let day = numbers::plain_digits(tokens, at).filter(|day| (1..=31).contains(day))?;
    let ordinal =
        usize::from(tokens.is_glued(at + 1) && matches!(tokens.word(at + 1), "st" | "nd" | "rd" | "th"));
    Some((Date { day: u8::try_from(day).ok(), ..Date::default() }, at + 1 + ordinal))
}

/// "since 2012", "since the beginning of May", منذ عام 2012.
pub(super) fn since(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    tags.find(at, |sense| matches!(sense, Sense::Since).then_some(()))?;
    const BETWEEN: [&str; 16] = [
        "the",
        "beginning",
        "start",
        "of",
        "early",
        "late",
        "last",
        "عام",
        "مطلع",
        "بدايه",
        "شهر",
        "اوايل",
        "نهايه",
        "منتصف",
        "سنه",
        "العام",
    ];
    let mut start = at + 1;
    while start < at + 6 && BETWEEN.contains(&tokens.word(start)) {
        start += 1;
    }
    let start = if calendar(tokens, tags, start).is_some() || bare_year(tokens, start).is_some() {
        start
    } else {
        after_beginning(tokens, at)?
    };
    let (date, end) = calendar(tokens, tags, start).or_else(|| bare_year(tokens, start))?;
    // "the deadliest since October, when shelling killed 31": what follows was in that month.
    if tokens.word(end + usize::from(tokens.is_mark(end, ','))) == "when" {
        return None;
    }
    let text = format!("{}/..", date.edtf()?);
    Some(Time { extent: Extent::Period, year: date.year, ..moment(at..end, edtf(&text)?) })
}

/// "since the offensive began on 2 March", منذ بدء الحملة في 2 آذار: where the date begins.
fn after_beginning(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const BEGAN: [&str; 10] =
        ["began", "started", "start", "beginning", "outbreak", "launch", "بدء", "بدايه", "اندلاع", "انطلاق"];
    let began = (at + 1..at + 8).find(|here| BEGAN.contains(&tokens.word(*here)))?;
    (began + 1..began + 6)
        .find(|here| tokens.is_number(*here) || matches!(tokens.word(*here), "on" | "in" | "في"))
        .map(|here| here + usize::from(!tokens.is_number(here)))
}

fn bare_year(tokens: &Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let year = numbers::plain_digits(tokens, at).filter(|year| (1900..2100).contains(year))?;
    (tokens.raw(at).chars().count() == 4)
        .then(|| (Date { year: i16::try_from(year).ok(), ..Date::default() }, at + 1))
}

/// "before 10 June 2031", بعد 10 حزيران: one end, which is a day, and no day on which something was.
pub(super) fn before_or_after(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Time> {
    let is_before = match tokens.word(at) {
        "before" | "قبل" => true,
        "after" | "بعد" => false,
        _ => return None,
    };
    let (date, end) =
        calendar(tokens, tags, without_article(tokens, at + 1)).filter(|(date, _)| date.day.is_some())?;
    let day = date.edtf()?;
    let text = if is_before { format!("../{day}") } else { format!("{day}/..") };
    Some(Time { extent: Extent::Period, year: date.year, ..moment(at..end, edtf(&text)?) })
}

/// "between the 3rd and the 9th".
fn without_article(tokens: &Tokens<'_>, at: usize) -> usize {
    at + usize::from(tokens.word(at) == "the")
}
