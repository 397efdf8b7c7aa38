//! Dates and periods as written, in both languages, and how long a period is.

use jiff::civil::Date;

use crate::arithmetic::Bounds;
use crate::lexicon::{Lexicon, Sense, Unit};
use crate::tokens::{Kind, Token};

/// A date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dated {
    Day { year: Option<i16>, month: i8, day: i8 },
    Month { year: Option<i16>, month: i8 },
    Year(i16),
}

/// A period's length: in days for rates, and in every unit as somebody may count it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Period {
    /// Days from the first to the last, both counted.
    pub days: Bounds,
    /// Steps that it is written in: days, months or years, with and without the last.
    pub steps: Bounds,
    /// What a step is.
    pub step: Unit,
    /// The month or year that it is, where it is one.
    pub date: Option<Dated>,
}

impl Period {
    /// The length in a unit: what somebody may write who counts the last day, or does not.
    pub(crate) fn length(self, unit: Unit) -> Bounds {
        if unit == self.step {
            return self.steps;
        }
        let first_open = self.days.low - if self.step == Unit::Day { 1.0 } else { 0.0 };
        let slack = if unit > Unit::Day { 0.5 } else { 0.0 };
        Bounds::new(first_open / unit.mean_days() - slack, self.days.high / unit.mean_days() + slack)
    }
}

/// The date that starts at a token, with its length in tokens.
pub(crate) fn date(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    iso(tokens, at)
        .or_else(|| slashed(tokens, at))
        .or_else(|| day_first(tokens, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| year_alone(tokens, at))
}

/// "3 to 9 March", بين 3 و9 آذار, "March 3–9": two dates that share a month, with their length in tokens.
pub(crate) fn shared_month(tokens: &[Token], at: usize) -> Option<(Dated, Dated, usize)> {
    if let Some(first) = day_number(tokens, at) {
        let joint = at + ordinal(tokens, at + 1) + 1;
        let next = joint + joiner(tokens, joint)?;
        let (last, length) = day_first(tokens, next)?;
        let Dated::Day { year, month, .. } = last else { return None };
        return Some((Dated::Day { year, month, day: first }, last, next + length - at));
    }
    let (first, length) = month_first(tokens, at)?;
    let Dated::Day { year: None, month, .. } = first else { return None };
    let next = at + length + joiner(tokens, at + length)?;
    let day = day_number(tokens, next)?;
    let end = next + 1 + ordinal(tokens, next + 1);
    if month_name(tokens, end).is_some() {
        return None;
    }
    let (year, more) = year_after(tokens, end);
    let Dated::Day { day: first, .. } = first else { return None };
    let of = |day| Dated::Day { year, month, day };
    Some((of(first), of(day), end + more - at))
}

/// How long it is from one date to another; `None` where they do not go together.
pub(crate) fn period(first: Dated, last: Dated) -> Option<Period> {
    match (first, last) {
        (Dated::Day { .. }, Dated::Day { .. }) => days_between(first, last),
        (Dated::Month { .. }, Dated::Month { .. }) => months_between(first, last),
        (Dated::Year(first), Dated::Year(last)) if last > first => {
            let years = f64::from(last - first);
            let days = Bounds::new((years + 1.0) * 365.0, (years + 1.0) * 366.0);
            Some(Period { days, steps: Bounds::new(years, years + 1.0), step: Unit::Year, date: None })
        }
        _ => None,
    }
}

/// How long a date itself is: a month, a year.
pub(crate) fn length_of(date: Dated) -> Option<Period> {
    match date {
        Dated::Day { .. } => None,
        Dated::Month { year, month } => {
            let in_month = |year: i16| Date::new(year, month, 1).map(|date| f64::from(date.days_in_month()));
            let days = match year {
                Some(year) => Bounds::exactly(in_month(year).ok()?),
                None => Bounds::new(in_month(2023).ok()?, in_month(2024).ok()?),
            };
            Some(Period { days, steps: Bounds::exactly(1.0), step: Unit::Month, date: Some(date) })
        }
        Dated::Year(year) => {
            let days = f64::from(Date::new(year, 1, 1).ok()?.days_in_year());
            let days = Bounds::exactly(days);
            Some(Period { days, steps: Bounds::exactly(1.0), step: Unit::Year, date: Some(date) })
        }
    }
}

/// A day as days, or a year as years, from one that is the same for all; a day without its year is of any one.
pub(crate) fn number_of(date: Dated) -> Option<(f64, Unit)> {
    match date {
        Dated::Day { year, .. } => {
            let (day, start) = (day_of(date, year.unwrap_or(2023))?, Date::new(1900, 1, 1).ok()?);
            Some((f64::from((day - start).get_days()), Unit::Day))
        }
        Dated::Year(year) => Some((f64::from(year), Unit::Year)),
        Dated::Month { .. } => None,
    }
}

/// The full years of somebody who was born on one date, on another: the fewest and the most that they may be.
pub(crate) fn full_years(born: Dated, then: Dated) -> Option<Bounds> {
    let edges = |date: Dated| match date {
        Dated::Day { year, month, day } => Some([(year?, month, day); 2]),
        Dated::Month { year, month } => Some([(year?, month, 1), (year?, month, 31)]),
        Dated::Year(year) => Some([(year, 1, 1), (year, 12, 31)]),
    };
    let ([born_first, born_last], [first, last]) = (edges(born)?, edges(then)?);
    let years = |born: (i16, i8, i8), then: (i16, i8, i8)| {
        let passed = (then.1, then.2) >= (born.1, born.2);
        f64::from(then.0 - born.0) - f64::from(u8::from(!passed))
    };
    Some(Bounds::new(years(born_last, first), years(born_first, last)))
}

/// How far before "the 8th" its "until" may stand.
const UNTIL: usize = 7;

/// "The 29th of the same month", «الثاني منه»: a day of the month of a date before it, with its length in tokens.
pub(crate) fn same_month(tokens: &[Token], at: usize, before: Dated) -> Option<(Dated, usize)> {
    let Dated::Day { year, month, .. } = before else { return None };
    let (day, length) = match day_number(tokens, at) {
        Some(day) => (day, 1 + ordinal(tokens, at + 1)),
        None => day_in_words(tokens, at)?,
    };
    let word = |ahead: usize| tokens.get(at + length + ahead).map_or("", |token| token.word.as_str());
    let article = usize::from(word(1) == "هذه");
    let told = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let led = |at: usize| matches!(tokens[at].word.as_str(), "until" | "till");
    let until = told(1) == "the"
        && (at.saturating_sub(UNTIL)..at).any(led)
        && length == 2
        && tokens[at].word.is_empty()
        && !matches!(tokens.get(at + length).map(|token| token.kind), Some(Kind::Number { .. }));
    let more = match (word(0), word(1 + article), word(2 + article)) {
        ("of", "the", "same") if word(3) == "month" => 4,
        ("of", "that", "month") => 3,
        ("of", "it", _) => 2,
        // "Until the 8th."
        _ if until && !word(0).is_empty() => return None,
        _ if until => 0,
        ("من", "شهر" | "الشهر", "نفسه" | "ذاته") => 3 + article,
        ("منه", ..) => 1,
        _ => return None,
    };
    Some((Dated::Day { year, month, day }, length + more))
}

fn days_between(first: Dated, last: Dated) -> Option<Period> {
    let (Dated::Day { year: year1, .. }, Dated::Day { year: year2, .. }) = (first, last) else { return None };
    let candidates: Vec<(i16, i16)> = match (year1, year2) {
        (Some(one), Some(two)) => vec![(one, two)],
        (None, Some(two)) => vec![(two, two), (two - 1, two)],
        (Some(one), None) => vec![(one, one), (one, one + 1)],
        (None, None) => vec![(2023, 2023), (2024, 2024), (2023, 2024), (2022, 2023)],
    };
    let length = |(year1, year2): (i16, i16)| {
        let days = (day_of(last, year2)? - day_of(first, year1)?).get_days();
        (days > 0).then(|| f64::from(days))
    };
    let shortest = candidates.iter().filter_map(|years| length(*years)).fold(f64::INFINITY, f64::min);
    if shortest.is_infinite() {
        return None;
    }
    // Years that are not written are the same, or the next; a leap day may be between.
    let near = candidates.iter().filter_map(|years| length(*years)).filter(|days| days - shortest <= 1.0);
    let longest = near.fold(shortest, f64::max);
    Some(Period {
        days: Bounds::new(shortest + 1.0, longest + 1.0),
        steps: Bounds::new(shortest, longest + 1.0),
        step: Unit::Day,
        date: None,
    })
}

fn day_of(date: Dated, year: i16) -> Option<Date> {
    let Dated::Day { month, day, .. } = date else { return None };
    Date::new(year, month, day).ok()
}

fn months_between(first: Dated, last: Dated) -> Option<Period> {
    let (Dated::Month { year: year1, month: month1 }, Dated::Month { year: year2, month: month2 }) =
        (first, last)
    else {
        return None;
    };
    let year2 = year2.or(year1).unwrap_or(2023);
    let year1 = year1.unwrap_or(if month1 > month2 { year2 - 1 } else { year2 });
    let months = i32::from(year2 - year1) * 12 + i32::from(month2 - month1);
    if months < 1 {
        return None;
    }
    let start = Date::new(year1, month1, 1).ok()?;
    let end = Date::new(year2, month2, 1).ok()?.last_of_month();
    let days = f64::from((end - start).get_days()) + 1.0;
    let months = f64::from(months);
    Some(Period {
        days: Bounds::new(days, days + 1.0),
        steps: Bounds::new(months, months + 1.0),
        step: Unit::Month,
        date: None,
    })
}

fn iso(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    let year = whole(tokens, at).filter(|year| (1900.0..2200.0).contains(year))?;
    let dash = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark('-') && token.glued);
    if !dash(at + 1) || !dash(at + 3) {
        return None;
    }
    dated(Some(year), whole(tokens, at + 2)?, whole(tokens, at + 4)?).map(|date| (date, 5))
}

fn slashed(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    let glued = |at: usize, sign| tokens.get(at).is_some_and(|token| token.is_mark(sign) && token.glued);
    let slash = |at: usize| glued(at, '/');
    if glued(at + 1, '-') && glued(at + 3, '-') {
        let year = whole(tokens, at + 4).filter(|year| (1900.0..2200.0).contains(year))?;
        return dated(Some(year), whole(tokens, at + 2)?, whole(tokens, at)?).map(|date| (date, 5));
    }
    if !slash(at + 1) {
        return None;
    }
    if !slash(at + 3) {
        // "12/7" after "on" or صباح, and before no counted thing, is a day.
        let (day, month) = (whole(tokens, at)?, whole(tokens, at + 2)?);
        let of = Lexicon::get().symbol(tokens, at + 3).is_some_and(|(name, _)| name == "of");
        let noun =
            Lexicon::get().find(tokens, at + 3, |sense| matches!(sense, Sense::Noun(..)).then_some(()));
        let plain = at > 0 && tokens[at - 1].kind == Kind::Word && !of && noun.is_none();
        return dated(None, month, day).filter(|_| plain).map(|date| (date, 3));
    }
    let (one, two, three) = (whole(tokens, at)?, whole(tokens, at + 2)?, whole(tokens, at + 4)?);
    let (day, year) = if one > 1900.0 { (three, one) } else { (one, three) };
    // The month stands first where the second number can be none: "10/30/2023".
    dated(Some(year), two, day).or_else(|| dated(Some(year), day, two)).map(|date| (date, 5))
}

fn dated(year: Option<f64>, month: f64, day: f64) -> Option<Dated> {
    let date = Date::new(year.unwrap_or(2024.0) as i16, month as i8, day as i8).ok()?;
    Some(Dated::Day { year: year.map(|_| date.year()), month: date.month(), day: date.day() })
}

fn day_first(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    let (day, length) = match day_number(tokens, at) {
        Some(day) => (day, 1 + ordinal(tokens, at + 1)),
        // «من أول نيسان».
        None if tokens.get(at)?.word == "اول" && month_name(tokens, at + 1).is_some() => (1, 1),
        None => day_in_words(tokens, at).filter(|(_, length)| {
            tokens.get(at + length).is_some_and(|token| matches!(token.word.as_str(), "من" | "of"))
        })?,
    };
    let mut here = at + length;
    while tokens.get(here).is_some_and(|token| matches!(token.word.as_str(), "of" | "من" | "شهر")) {
        here += 1;
    }
    let (month, length) = month_name(tokens, here)?;
    let (year, more) = year_after(tokens, here + length);
    Some((Dated::Day { year, month, day }, here + length + more - at))
}

fn month_first(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    let (month, length) = month_name(tokens, at)?;
    let here = at + length;
    let counted = |at: usize| {
        let pick = |sense| matches!(sense, Sense::Noun(..)).then_some(());
        Lexicon::get().find(tokens, at, pick).is_some()
    };
    if let Some(day) = day_number(tokens, here).filter(|_| tokens[at].word.is_ascii() && !counted(here + 1)) {
        let end = here + 1 + ordinal(tokens, here + 1);
        let (year, more) = year_after(tokens, end);
        return Some((Dated::Day { year, month, day }, end + more - at));
    }
    let (year, more) = year_after(tokens, here);
    Some((Dated::Month { year, month }, length + more))
}

/// Four digits that count nothing: a year.
fn year_alone(tokens: &[Token], at: usize) -> Option<(Dated, usize)> {
    let year = year_after(tokens, at).0.filter(|_| !tokens[at].is_mark(',') && tokens[at].word.is_empty())?;
    let counts = Lexicon::get().find(tokens, at + 1, |sense| matches!(sense, Sense::Noun(..)).then_some(()));
    let introduced = at > 0
        && matches!(
            tokens[at - 1].word.as_str(),
            "in" | "since" | "from" | "year" | "until" | "during" | "عام" | "سنه" | "منذ" | "العام" | "وعام"
        );
    // "The 1982 killings", «أحداث 2012».
    let led = at > 0 && matches!(tokens[at - 1].word.as_str(), "the" | "of" | "احداث" | "حوادث" | "مجزره");
    let near = (1950..2040).contains(&year) && (counts.is_none() || led);
    (near || introduced).then_some((Dated::Year(year), 1))
}

fn year_after(tokens: &[Token], at: usize) -> (Option<i16>, usize) {
    let comma = usize::from(tokens.get(at).is_some_and(|token| token.is_mark(',') || token.word == "عام"));
    let four = |token: &Token| token.points.len() == 4;
    match whole(tokens, at + comma) {
        Some(year) if (1900.0..2200.0).contains(&year) && four(&tokens[at + comma]) => {
            (Some(year as i16), comma + 1)
        }
        _ => (None, 0),
    }
}

fn day_number(tokens: &[Token], at: usize) -> Option<i8> {
    whole(tokens, at).filter(|day| (1.0..=31.0).contains(day)).map(|day| day as i8)
}

/// «الثالث من أيار», «الحادي عشر», «الثامن والعشرين», "the third of May": a day of a month as an ordinal, with its length.
fn day_in_words(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    const DAYS: [&str; 10] = ["اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"];
    const LATIN: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = |at: usize| {
        let word = tokens.get(at).map_or("", |token| token.word.as_str());
        word.strip_prefix("ال").unwrap_or(word)
    };
    let tens = |at: usize| match word(at) {
        "عشرين" | "عشرون" => Some(20),
        "ثلاثين" | "ثلاثون" => Some(30),
        _ => None,
    };
    // The article is cut off number words only.
    let article = |at: usize| usize::from(matches!(word(at), "هذه"));
    let start = at + article(at);
    let led = start > at || tokens.get(at)?.word.starts_with("ال");
    if let Some(day) = tens(start) {
        return (start > at).then_some((day, start + 1 - at));
    }
    if let Some(day) = LATIN.iter().position(|one| *one == word(start)) {
        return Some((day as i8 + 1, 1));
    }
    let unit = match word(start) {
        "حادي" | "واحد" => 1,
        other => DAYS.iter().position(|one| *one == other)? as i8 + 1,
    };
    if word(start + 1) == "عشر" {
        return led.then_some((10 + unit, start + 2 - at));
    }
    let joined = start + 1 + usize::from(word(start + 1) == "و");
    let joined = joined + article(joined);
    if let (true, Some(tens)) = (joined > start + 1, tens(joined)) {
        return led.then_some((tens + unit, joined + 1 - at));
    }
    led.then_some((unit, start + 1 - at))
}

fn whole(tokens: &[Token], at: usize) -> Option<f64> {
    match tokens.get(at)?.kind {
        Kind::Number { value, decimals: 0 } => Some(value),
        _ => None,
    }
}

fn ordinal(tokens: &[Token], at: usize) -> usize {
    let suffix = |token: &Token| token.glued && matches!(token.word.as_str(), "st" | "nd" | "rd" | "th");
    usize::from(tokens.get(at).is_some_and(suffix))
}

/// A month's name; one of two names that stand together (سبتمبر/أيلول) takes both.
fn month_name(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let pick = |sense| if let Sense::Month(month) = sense { Some(month) } else { None };
    let (month, length) = Lexicon::get().find(tokens, at, pick)?;
    if tokens[at].word.is_ascii() && !tokens[at].capital {
        return None;
    }
    // Folded, «أب» is written as «آب»: "a father", where a verb stands before it.
    let told = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let father = matches!(told(at.wrapping_sub(1)), "قتل" | "مقتل" | "اصيب" | "توفي" | "قضي" | "هم" | "وهم");
    let year = matches!(tokens.get(at + 1).map(|token| token.kind), Some(Kind::Number { .. }));
    if tokens[at].word == "اب" && father && !year {
        return None;
    }
    let next = at + length;
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.is_mark(mark));
    if (mark(next, '/') || mark(next, '('))
        && let Some((same, more)) = Lexicon::get().find(tokens, next + 1, pick)
        && same == month
    {
        let closed = usize::from(mark(next, '(') && mark(next + 1 + more, ')'));
        return Some((month, length + 1 + more + closed));
    }
    let dot = usize::from(tokens[at].word.len() <= 4 && tokens[at].word != "may" && mark(next, '.'));
    let dot = if tokens[at].word.len() <= 3 { dot } else { 0 };
    Some((month, length + dot))
}

/// The tokens of a word or dash that leads from one date to another.
fn joiner(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let joins = token.is_mark('-')
        || matches!(
            token.word.as_str(),
            "to" | "and" | "until" | "through" | "till" | "الي" | "حتي" | "و" | "لغايه"
        );
    joins.then_some(1)
}

/// Whether a token leads from one date to another.
pub(crate) fn joins(tokens: &[Token], at: usize) -> bool {
    joiner(tokens, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prefixes::cut;

    fn read(text: &str) -> Option<Dated> {
        date(&cut(crate::tokens::tokens(text, 0)), 0).map(|(date, _)| date)
    }

    #[test]
    fn dates_of_both_languages() {
        let day = |year, month, day| Some(Dated::Day { year, month, day });
        assert_eq!(read("30 September 2015"), day(Some(2015), 9, 30));
        assert_eq!(read("September 30, 2015"), day(Some(2015), 9, 30));
        assert_eq!(read("September 30"), day(None, 9, 30));
        assert_eq!(read("2031-03-09"), day(Some(2031), 3, 9));
        assert_eq!(read("30 أيلول/سبتمبر 2031"), day(Some(2031), 9, 30));
        assert_eq!(read("3 كانون الثاني"), day(None, 1, 3));
        assert_eq!(read("March 2031"), Some(Dated::Month { year: Some(2031), month: 3 }));
        assert_eq!(read("30 people"), None);
    }

    #[test]
    fn lengths_with_and_without_the_last_day() {
        let day = |month, day| Dated::Day { year: None, month, day };
        let period = period(day(9, 30), day(11, 25)).expect("a period");
        assert_eq!(period.length(Unit::Day), Bounds::new(56.0, 57.0));
        assert_eq!(period.days, Bounds::exactly(57.0));
        assert!(period.length(Unit::Week).meets(Bounds::exactly(8.0)));
        assert!(!period.length(Unit::Week).meets(Bounds::exactly(9.0)));
    }

    #[test]
    fn two_dates_share_a_month() {
        for text in ["3 to 9 March", "March 3-9", "3 و9 آذار", "3–9 March 2031"] {
            let tokens = cut(crate::tokens::tokens(text, 0));
            let (first, last, length) = shared_month(&tokens, 0).expect(text);
            assert_eq!(length, tokens.len(), "{text}");
            let days = period(first, last).expect(text).length(Unit::Day);
            assert_eq!(days, Bounds::new(6.0, 7.0), "{text}");
        }
    }
}
