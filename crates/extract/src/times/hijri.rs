//! Dates of the Hijri calendar: ١٢ رمضان ١٤٣٦ هـ, "12 Ramadan 1436 AH", شهر شعبان ١٤٣٧.
//!
//! Rajab, Ramadan and Safar are people's names too: a month counts only beside a day or a Hijri year, or after the word
//! for month. What day it was is for whoever places it; nothing is converted here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use sijil_model::date::{HijriDate, TimeExpression};

use super::Time;
use crate::numbers;
use crate::tokens::Tokens;

/// The folded words of a month's name after the first, and the month.
type Name = (Vec<&'static str>, u8);

/// Names of months by their first folded word.
static MONTHS: LazyLock<FxHashMap<&'static str, Vec<Name>>> = LazyLock::new(|| {
    let mut months: FxHashMap<&str, Vec<Name>> = FxHashMap::default();
    for line in include_str!("../../data/hijri_months.csv").lines().skip(1) {
        // A test reads every line: one that is no month cannot be shipped.
        let Some((name, Ok(month))) = line.split_once(',').map(|(name, month)| (name, month.parse())) else {
            continue;
        };
        let mut words = name.split(' ');
        let first = words.next().unwrap_or_default();
        months.entry(first).or_default().push((words.collect(), month));
    }
    months
});
/// Years that a date of our time can have.
const YEARS: std::ops::RangeInclusive<u64> = 1300..=1500;

/// The Hijri date that starts at a token, and where it ends.
pub(super) fn hijri(tokens: &Tokens<'_>, at: usize) -> Option<(HijriDate, usize)> {
    let day = numbers::plain_digits(tokens, at).filter(|day| (1..=30).contains(day));
    let is_called_month = matches!(tokens.word(at), "شهر" | "month");
    let mut here = at + usize::from(day.is_some() || is_called_month);
    if day.is_some() {
        here += usize::from(matches!(tokens.word(here), "st" | "nd" | "rd" | "th"));
        here += usize::from(matches!(tokens.word(here), "من" | "of"));
        here += usize::from(tokens.word(here) == "شهر");
    } else if is_called_month {
        here += usize::from(tokens.word(here) == "of");
    }
    let (month, mut end) = month(tokens, here)?;
    let year = year(tokens, end, day.is_some());
    if let Some((_, after)) = year {
        end = after;
    }
    let is_certain = day.is_some() || year.is_some() || is_called_month;
    let day = day.and_then(|day| u8::try_from(day).ok());
    is_certain.then_some((HijriDate { year: year.map(|(year, _)| year), month, day }, end))
}

/// The month whose name starts at a token, by its longest reading, and where it ends.
fn month(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let names = MONTHS.get(tokens.word(at))?;
    let read =
        names.iter().filter_map(|(rest, month)| Some((*month, tokens.after_words(at + 1, rest, &['-'])?)));
    read.max_by_key(|(_, end)| *end)
}

/// A Hijri year with the letters that mark it: ١٤٣٦ هـ, عام 1436 هجري, "1436 AH".
fn year(tokens: &Tokens<'_>, at: usize, has_day: bool) -> Option<(u16, usize)> {
    let here =
        at + usize::from(tokens.is_mark(at, ',') || matches!(tokens.word(at), "عام" | "سنه" | "لعام" | "من"));
    let year = numbers::plain_digits(tokens, here).filter(|year| YEARS.contains(year))?;
    let marked = matches!(tokens.word(here + 1), "ه" | "هجري" | "هجريه" | "للهجره" | "ah" | "hijri");
    // "During Ramadan 1400 civilians were killed": what is counted is no year.
    let counts = tokens.is_word(here + 1)
        && !marked
        && !matches!(tokens.word(here + 1), "and" | "to" | "in" | "و" | "في" | "الي" | "الموافق");
    if counts && !has_day {
        return None;
    }
    Some((u16::try_from(year).ok()?, here + 1 + usize::from(marked)))
}

/// "12 Ramadan 1436, corresponding to 29 June 2015", الموافق.
pub(super) fn is_told_twice(last: &Time, time: &Time, tokens: &Tokens<'_>) -> bool {
    let is_hijri = |time: &Time| matches!(time.expression, Some(TimeExpression::Hijri(_)));
    let is_civil = |time: &Time| matches!(time.expression, Some(TimeExpression::Calendar(_)));
    let joins = |at: usize| {
        tokens.mark(at).is_some_and(|mark| matches!(mark, ',' | '،' | '(' | '/' | '-' | '|'))
            || matches!(tokens.word(at), "الموافق" | "للموافق" | "الموافقه" | "ل" | "corresponding" | "م")
            || tokens.word(at) == "to" && at > 0 && tokens.word(at - 1) == "corresponding"
    };
    (is_hijri(last) && is_civil(time) || is_civil(last) && is_hijri(time))
        && (last.run.end..time.run.start).all(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_month_under_folded_words() {
        for line in include_str!("../../data/hijri_months.csv").lines().skip(1) {
            let (words, month) = line.split_once(',').unwrap();
            assert_eq!(sijil_model::fold::fold(words), words);
            assert!((1..=12).contains(&month.parse::<u8>().unwrap()), "{line}");
        }
    }

    #[test]
    fn months_need_a_day_or_a_year() {
        for (text, year, month, day) in [
            ("12 رمضان 1436 هـ", Some(1436), 9, Some(12)),
            ("١ محرم ١٤٣٧", Some(1437), 1, Some(1)),
            ("3 من شهر ذي الحجة", None, 12, Some(3)),
            ("شهر شعبان 1437هـ", Some(1437), 8, None),
            ("7 Rabi al-Awwal 1437 AH", Some(1437), 3, Some(7)),
            ("Ramadan 1436", Some(1436), 9, None),
            ("29 ربيع الآخر", None, 4, Some(29)),
        ] {
            let tokens = Tokens::of(text);
            let (date, end) = hijri(&tokens, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.year, date.month, date.day, end), (year, month, day, tokens.len()), "{text}");
        }
        let counted = Tokens::of("Ramadan 1400 civilians were killed");
        assert_eq!(hijri(&counted, 0), None);
        for text in ["رجب", "Ramadan", "شعبان الأحمد", "Safar was killed"] {
            assert_eq!(hijri(&Tokens::of(text), 0), None, "{text}");
        }
    }
}
