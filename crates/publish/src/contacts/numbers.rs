//! Telephone numbers in a text, and what looks like them and is none: counts, dates, times, ranges, numbers of documents.
//!
//! A number is read in groups of digits as they are written. One that begins with `+`, `00` or one 0 says that it is to be
//! dialled; so does one after a word like "call" or «واتساب»; any other is taken for one where nobody would count so:
//! nine digits or more without a comma that do not end in noughts.

use std::ops::Range;

use sijil_model::chat::is_mark;
use sijil_model::fold::{digit, fold};

/// How many digits a telephone number has, at least and at most; after a word that announces one; where nothing does.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
const ANNOUNCED: std::ops::RangeInclusive<usize> = 7..=15;
const BARE: std::ops::RangeInclusive<usize> = 9..=15;

/// Words, folded, after which a number is one to be dialled.
const CUES: [&str; 40] = [
    "call",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "whatsapp",
    "viber",
    "signal",
    "telegram",
    "contact",
    "reach",
    "reached",
    "dial",
    "ring",
    "sms",
    "hotline",
    "fax",
    "هاتف",
    "هاتفه",
    "هاتفها",
    "هاتفي",
    "الهاتف",
    "تلفون",
    "جوال",
    "جواله",
    "جوالها",
    "الجوال",
    "موبايل",
    "الموبايل",
    "المحمول",
    "واتساب",
    "الواتساب",
    "واتس",
    "اتصل",
    "اتصلوا",
    "للاتصال",
    "للتواصل",
    "تواصل",
    "تلغرام",
];

/// Words, folded, after which a number is a document's or a book's.
const NUMBERED: [&str; 24] = [
    "isbn",
    "issn",
    "doi",
    "report",
    "document",
    "law",
    "decree",
    "resolution",
    "case",
    "file",
    "ref",
    "reference",
    "تقرير",
    "التقرير",
    "وثيقه",
    "الوثيقه",
    "قانون",
    "القانون",
    "مرسوم",
    "قرار",
    "القرار",
    "قضيه",
    "ملف",
    "مرجع",
];

/// A group of digits: its bytes, how many digits, its value where that is small.
struct Group {
    range: Range<usize>,
    digits: usize,
    value: u32,
    /// What stands between it and the group before; nothing for the first.
    joint: String,
    /// Whether `+` stands right before it.
    plus: bool,
}

/// Where telephone numbers stand in a text, bytes, in order.
pub(crate) fn telephone_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs(text) {
        let mut at = 0;
        while at < run.len() {
            at += match number_at(text, &run[at..]) {
                Some(length) => {
                    let start = run[at].range.start - usize::from(run[at].plus);
                    found.push(start..run[at + length - 1].range.end);
                    length
                }
                None => step(&run[at..]),
            };
        }
    }
    found
}

/// Groups that stand beside each other with at most two signs between that numbers are written with.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut end = None;
    for (at, letter) in text.char_indices() {
        let Some(value) = digit(letter) else { continue };
        let after = at + letter.len_utf8();
        let joint = end
            .map(|end: usize| text[end..at].chars().filter(|letter| !is_mark(*letter)).collect::<String>());
        let joint = joint.filter(|joint| is_joint(joint));
        let run = runs.last_mut().filter(|_| joint.is_some());
        match run {
            Some(run) if joint.as_deref() == Some("") => {
                if let Some(group) = run.last_mut() {
                    group.range.end = after;
                    group.digits += 1;
                    group.value = group.value.saturating_mul(10).saturating_add(value);
                }
            }
            run => {
                let plus = text[..at].ends_with('+');
                let group =
                    Group { range: at..after, digits: 1, value, joint: joint.unwrap_or_default(), plus };
                match run {
                    Some(run) if !plus => run.push(group),
                    _ => runs.push(vec![group]),
                }
            }
        }
        end = Some(after);
    }
    runs
}

fn is_joint(between: &str) -> bool {
    between.chars().count() <= 2
        && between.chars().all(|letter| matches!(letter, ' ' | '\u{a0}' | '-' | '(' | ')' | '.' | '/'))
}

/// How many of these groups, from the first on, are a telephone number.
fn number_at(text: &str, run: &[Group]) -> Option<usize> {
    let first = run.first()?;
    let before = text[..first.range.start - usize::from(first.plus)].chars().next_back();
    // Part of a word, of a link, of a time or of a number with a comma.
    let is_part = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '_' | '#' | '=' | '+' | ':' | '/' | '\u{066b}')
    };
    let joined = first.joint.contains(['-', '.', '/']);
    if joined || before.is_some_and(is_part) && first.joint.is_empty() || date(run).is_some() {
        return None;
    }
    let dialled = first.plus || text[first.range.start..].chars().next().and_then(digit) == Some(0);
    let announced = dialled || is_announced(text, first.range.start);
    // The longest that goes: what stands after it may be another number.
    let ends = (1..=run.len())
        .rev()
        .filter(|end| run.get(*end).is_none_or(|next| !next.joint.contains(['-', '.', '/'])));
    let whole = |end: usize| {
        let last = run[end - 1].range.end;
        let mut rest = text[last..].chars();
        let next = rest.next();
        // A time, or a word: "10:30", "12345678a".
        let goes_on = next.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
            || next == Some(':') && rest.next().and_then(digit).is_some();
        let comma = matches!(next, Some(',' | '٬')) && text[last..].chars().nth(1).and_then(digit).is_some();
        !goes_on && (dialled || !comma)
    };
    ends.filter(|end| whole(*end)).find(|end| {
        let groups = &run[..*end];
        let digits = groups.iter().map(|group| group.digits).sum();
        match (dialled, announced) {
            (true, _) => DIGITS.contains(&digits),
            (_, true) => ANNOUNCED.contains(&digits) && !is_counted(text, groups),
            _ => BARE.contains(&digits) && !is_counted(text, groups) && is_written_as_one(text, groups),
        }
    })
}

/// Whether nobody announces a number and yet nobody counts so: one group, or groups with hyphens or points between.
fn is_written_as_one(text: &str, groups: &[Group]) -> bool {
    let spaced = groups.iter().skip(1).any(|group| !matches!(group.joint.as_str(), "-" | "."));
    let short = groups.iter().skip(1).any(|group| group.digits < 2);
    let range = match groups {
        [from, to] => from.digits.abs_diff(to.digits) <= 1,
        _ => false,
    };
    let of_a_year = groups.len() > 1 && is_year(&groups[0]);
    !(spaced || short || range || of_a_year || is_numbered(text, groups[0].range.start))
}

/// Whether a number is one that somebody counted or paid: it ends in noughts, or is a pair of years.
fn is_counted(text: &str, groups: &[Group]) -> bool {
    let Some(last) = groups.last() else { return false };
    let noughts =
        text[last.range.clone()].chars().rev().take_while(|letter| digit(*letter) == Some(0)).count();
    noughts >= 3 || groups.len() > 1 && groups.iter().all(is_year)
}

fn is_year(group: &Group) -> bool {
    group.digits == 4 && (1300..=2199).contains(&group.value)
}

/// How many groups are a date: day, month and year in either order, with one sign between.
fn date(run: &[Group]) -> Option<usize> {
    if let [only, ..] = run
        && only.digits == 8
        && (1300..=2199).contains(&(only.value / 10_000))
        && (1..=12).contains(&(only.value / 100 % 100))
        && (1..=31).contains(&(only.value % 100))
    {
        return Some(1);
    }
    let [one, two, three, ..] = run else { return None };
    let joined = two.joint == three.joint && matches!(two.joint.as_str(), "-" | "." | "/");
    let small = |group: &Group, most: u32| group.digits <= 2 && (1..=most).contains(&group.value);
    let day_first = small(one, 31) && small(two, 31) && (is_year(three) || three.digits == 2);
    let year_first = is_year(one) && small(two, 12) && small(three, 31);
    (!one.plus && joined && (day_first || year_first)).then_some(3)
}

/// How many groups to pass over where no number begins: a date, or everything that is joined to the first.
fn step(run: &[Group]) -> usize {
    let joined = |from: usize| {
        let joined = run[from..].iter().take_while(|group| group.joint.contains(['-', '.', '/'])).count();
        from + joined
    };
    joined(date(run).unwrap_or(1))
}

/// Whether a word in the few before a number, on its line, announces one to be dialled.
fn is_announced(text: &str, at: usize) -> bool {
    words_before(text, at).any(|word| {
        let bare = word.strip_prefix('و').unwrap_or(&word);
        CUES.contains(&word.as_str()) || CUES.contains(&bare)
    })
}

/// Whether a number is a document's: "report no. 123456789".
fn is_numbered(text: &str, at: usize) -> bool {
    words_before(text, at).take(2).any(|word| NUMBERED.contains(&word.as_str()))
}

/// The last words before a place on its line, folded, the nearest first.
fn words_before(text: &str, at: usize) -> impl Iterator<Item = String> {
    const WORDS: usize = 4;
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let words =
        line.rsplit(|letter: char| !letter.is_alphabetic() && !('\u{064b}'..='\u{0652}').contains(&letter));
    words.filter(|word| !word.is_empty()).take(WORDS).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<&str> {
        telephone_numbers(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn numbers_that_say_that_they_are_dialled() {
        let text = "Call +999 000 000 123 or 0944-123-456, \u{202a}+999 (55) 12-34-56\u{202c}; ٠٩٤٤١٢٣٤٥٦. (0944) 123456 \
                    On 02.05.2031 0944123457 and +999/944/123456.";
        assert_eq!(
            said(text),
            [
                "+999 000 000 123",
                "0944-123-456",
                "+999 (55) 12-34-56",
                "٠٩٤٤١٢٣٤٥٦",
                "0944) 123456",
                "0944123457",
                "+999/944/123456"
            ]
        );
    }

    #[test]
    fn numbers_without_a_nought_or_plus() {
        for text in ["944123456", "٩٤٤١٢٣٤٥٦", "944-123-456", "944.123.456", "944-123456"] {
            assert_eq!(said(&format!("They saw {text}.")), [text]);
        }
        for (text, number) in [
            ("WhatsApp 944 123 456, please", "944 123 456"),
            ("call me on 944 1234", "944 1234"),
            ("واتساب ٩٤٤ ١٢٣ ٤٥٦", "٩٤٤ ١٢٣ ٤٥٦"),
            ("للتواصل: 9441234", "9441234"),
        ] {
            assert_eq!(said(text), [number], "{text}");
        }
    }

    #[test]
    fn counts_dates_times_and_numbers_of_documents_stay() {
        for text in [
            "On 02/05/2031, 09:15:01 and 2031-05-02 some 1,200,000 lived there; 03.10.2031 too.",
            "[02.05.2031 09:14] words; updated 02.05.2031 09:14:22, 20310502, 2031-05-02-0914",
            "100000000 pounds, 1 250 000 people, 22345678 residents, 1,250,000,123 in all",
            "the rows 120 345 210 and 98 112 530; from 2011-2024, 10000-12000, 2011 2012 2013",
            "report no. 203112345, ISBN 978-3-16-148410-0, case 2031-1234567, law 10/2031/33445",
            "the post https://news.example/status/1788123456789 and id=123456789, N1234567",
            "في 02/05/2031 الساعة 09:15 قُتل 1200 من أصل ١٢٥٠٠٠٠ نسمة، وثيقة رقم 203112345",
        ] {
            assert_eq!(said(text), Vec::<&str>::new(), "{text}");
        }
    }
}
