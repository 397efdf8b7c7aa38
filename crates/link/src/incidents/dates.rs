//! Days that a report names, its page's dates among them: `12 آذار 2031`, `March 12, 2031`, `2031-03-12`, `12/3/2031`,
//! and days without a year.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sijil_model::fold::fold;

use crate::people::day_number;

/// Words of a report within which a weekday is that of its incident.
const HEAD: usize = 100;

/// A day of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Day {
    /// A day, counted from 1970-01-01, with its month and day of the month.
    Full(i32, u8, u8),
    /// Month and day; the year is not said.
    NoYear(u8, u8),
}

impl Day {
    /// Month and day of the month.
    pub fn in_year(self) -> (u8, u8) {
        match self {
            Day::Full(_, month, day) | Day::NoYear(month, day) => (month, day),
        }
    }
}

/// Days in the order in which they stand.
pub fn days(text: &str) -> Vec<Day> {
    // A line's dots and dashes between numbers are kept apart by spaces; tatweel and underscores go.
    let folded = fold(&text.replace('_', " "));
    let words: Vec<&str> = folded.split(' ').collect();
    (0..words.len()).filter_map(|at| day_at(&words, at)).collect()
}

/// The weekdays that the head of a text names, Monday being 0, from its folded lines: «يوم الأحد», Sunday.
pub fn weekdays(lines: &[String]) -> Vec<u8> {
    static NAMES: OnceLock<BTreeMap<String, i32>> = OnceLock::new();
    let names = NAMES.get_or_init(|| names_of(include_str!("../../data/weekdays.csv")));
    let words = lines.iter().flat_map(|line| line.split(' ')).take(HEAD);
    words.filter_map(|word| names.get(word).and_then(|day| u8::try_from(*day).ok())).collect()
}

fn day_at(words: &[&str], at: usize) -> Option<Day> {
    let number = |at: usize| words.get(at).and_then(|word| number(word));
    if let Some(year) = number(at).filter(|year| is_year(*year)) {
        return full(year, number(at + 1)?, number(at + 2)?);
    }
    if let Some((month, length)) = month_at(words, at) {
        // “March 12, 2031”; a number before it would have been read already.
        let before = at.checked_sub(1).and_then(number).filter(|day| (1..=31).contains(day));
        let day = number(at + length).filter(|day| (1..=31).contains(day))?;
        return if before.is_some() { None } else { with_year(number(at + length + 1), month, day) };
    }
    let day = number(at).filter(|day| (1..=31).contains(day))?;
    if let Some((month, length)) = month_at(words, at + 1) {
        // Two calendars' names of one month may follow each other.
        let second =
            month_at(words, at + 1 + length).filter(|(other, _)| *other == month).map_or(0, |(_, more)| more);
        return with_year(number(at + 1 + length + second), month, day);
    }
    let (second, year) = (number(at + 1)?, number(at + 2).filter(|year| is_year(*year))?);
    full(year, second, day).or_else(|| full(year, day, second))
}

fn with_year(year: Option<i32>, month: i32, day: i32) -> Option<Day> {
    match year.filter(|year| is_year(*year)) {
        Some(year) => full(year, month, day),
        None => Some(Day::NoYear(u8::try_from(month).ok()?, u8::try_from(day).ok()?)),
    }
}

fn full(year: i32, month: i32, day: i32) -> Option<Day> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| Day::Full(day_number(year, month, day), month as u8, day as u8))
}

fn is_year(number: i32) -> bool {
    (1990..=2100).contains(&number)
}

/// A number, also with an English ending (`12th`) or with the time that follows a day (`12t10`).
fn number(word: &str) -> Option<i32> {
    let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    let timed = rest.strip_prefix('t').is_some_and(|time| time.bytes().all(|digit| digit.is_ascii_digit()));
    let fits = rest.is_empty() || timed || matches!(rest, "st" | "nd" | "rd" | "th");
    (fits && (1..=4).contains(&digits.len())).then(|| digits.parse().ok()).flatten()
}

/// The month that a word, or two words, name.
fn month_at(words: &[&str], at: usize) -> Option<(i32, usize)> {
    static NAMES: OnceLock<BTreeMap<String, i32>> = OnceLock::new();
    let names = NAMES.get_or_init(|| names_of(include_str!("../../data/months.csv")));
    let (first, second) = (words.get(at)?, words.get(at + 1));
    let two = second.and_then(|second| names.get(&format!("{first} {second}")));
    two.map(|month| (*month, 2)).or_else(|| names.get(*first).map(|month| (*month, 1)))
}

/// Names by number, from lines `number,name name …`.
fn names_of(csv: &str) -> BTreeMap<String, i32> {
    let mut all = BTreeMap::new();
    for line in csv.lines().skip(1) {
        let Some((number, names)) = line.split_once(',') else { continue };
        for name in names.split(' ') {
            all.insert(fold(&name.replace('_', " ")), number.parse().unwrap_or(0));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_languages() {
        let march = |day| Day::Full(day_number(2031, 3, day), 3, day as u8);
        for text in [
            "12 آذار 2031",
            "12 آذار/مارس 2031",
            "March 12, 2031 · Shared with Public",
            "2031-03-12T10:00:00Z",
            "١٢/٣/٢٠٣١",
            "12th March 2031",
        ] {
            assert_eq!(days(text).first(), Some(&march(12)), "{text}");
        }
        assert_eq!(days("اليوم الأحد 1 كانون الأول فرقنا"), [Day::NoYear(12, 1)]);
        assert_eq!(weekdays(&["قصف مساء الاحد".to_owned(), "on Monday".to_lowercase()]), [6, 0]);
        assert!(days("12 قتيلا و30 جريحا").is_empty());
    }
}
