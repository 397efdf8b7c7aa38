//! By what people can be found in a text besides their names: telephone numbers, and who wrote the lines of a chat.

use std::ops::Range;

use sijil_model::fold::digit;

/// How many digits a telephone number has, at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// So many lines with a time and a writer make a text a chat.
const CHAT_LINES: usize = 2;

/// Where telephone numbers stand in a text, bytes: those written with `+` or `00`, and those that begin with one 0. A
/// date is none.
pub(crate) fn telephone_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let begins = letter == '+' || digit(letter) == Some(0);
        let is_inside = found.last().is_some_and(|range| at < range.end);
        if begins
            && !is_inside
            && !before.is_some_and(|before: char| before == '+' || before.is_alphanumeric())
        {
            found.extend(number_at(&text[at..]).map(|length| at..at + length));
        }
        before = Some(letter);
    }
    found
}

/// How many bytes a telephone number takes that begins here.
fn number_at(text: &str) -> Option<usize> {
    let (mut groups, mut end) = (vec![0_usize], 0);
    let mut gap = 0;
    for (at, letter) in text.char_indices() {
        if digit(letter).is_some() {
            (gap, end) = (0, at + letter.len_utf8());
            *groups.last_mut()? += 1;
        } else if matches!(letter, ' ' | '\u{a0}' | '-' | '(' | ')' | '.' | '/') && gap < 2 {
            gap += 1;
            if groups.last() != Some(&0) {
                groups.push(0);
            }
        } else if !(at == 0 && letter == '+' || is_mark(letter)) {
            break;
        }
    }
    let digits: usize = groups.iter().sum();
    let is_date = matches!(groups.as_slice(), [2, 1 | 2, 4, ..]) && !text.starts_with(['+']);
    (DIGITS.contains(&digits) && !is_date).then_some(end)
}

/// Who wrote the lines of a chat, as exports of messengers name them before a colon: where each stands, bytes. None where
/// the text is no chat.
pub(crate) fn chat_writers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        found.extend(writer_of(line).map(|range| start + range.start..start + range.end));
        start += line.len();
    }
    if found.len() < CHAT_LINES { Vec::new() } else { found }
}

/// The writer of `[02/05/2031, 09:15:01] Name: …` or of `02/05/2031, 09:15 - Name: …`.
fn writer_of(line: &str) -> Option<Range<usize>> {
    let bare = line.trim_start_matches(is_mark);
    let time = match bare.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None => bare.split_once(" - ")?.0,
    };
    let numbers = time.split(|letter| digit(letter).is_none()).filter(|number| !number.is_empty()).count();
    // Day, month, year, hour, minute, and perhaps a second; words only for the half of the day.
    let is_time = (5..=6).contains(&numbers)
        && time.contains(':')
        && time.split_whitespace().filter(|word| !word.contains(|letter| digit(letter).is_some())).count()
            <= 1;
    if !is_time {
        return None;
    }
    let closing = if bare.starts_with('[') { "]" } else { " - " };
    let from = line.len() - bare.len() + bare.find(closing)? + closing.len();
    let name = &line[from..from + line[from..].find(": ").or_else(|| line[from..].find(":\n"))?];
    let lead = name.len() - name.trim_start_matches(|letter: char| letter == ' ' || is_mark(letter)).len();
    let range =
        from + lead..from + name.trim_end_matches(|letter: char| letter == ' ' || is_mark(letter)).len();
    (range.start < range.end && range.len() <= 120).then_some(range)
}

/// Marks of direction, which messengers put around names and numbers.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Vec<Range<usize>>, text: &str) -> Vec<&str> {
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn telephone_numbers_are_found_and_dates_are_not() {
        let text = "Call +999 000 000 123 or 0944-123-456, \u{202a}+999 (55) 12-34-56\u{202c}; ٠٩٤٤١٢٣٤٥٦. \
                    On 02/05/2031, 09:15:01 and 2031-05-02 some 1,200,000 lived there; 03.10.2031 too.";
        assert_eq!(
            said(telephone_numbers(text), text),
            ["+999 000 000 123", "0944-123-456", "+999 (55) 12-34-56", "٠٩٤٤١٢٣٤٥٦"]
        );
    }

    #[test]
    fn writers_of_a_chat_are_found_in_both_forms_and_both_scripts() {
        let apple = "[02/05/2031, 09:14:22] \u{200e}Messages are encrypted.\n[02/05/2031, 09:15:01] Abu Tarif: a drone: two\n\
                     [٠٢/٠٥/٢٠٣١، ٩:١٥:٠١ ص] سلمى ن.: كم؟\n";
        assert_eq!(said(chat_writers(apple), apple), ["Abu Tarif", "سلمى ن."]);
        let android = "02/05/2031, 09:15 - Abu Tarif: a drone\n02/05/2031, 09:17 - +999 000 000 123: a boy\n";
        assert_eq!(said(chat_writers(android), android), ["Abu Tarif", "+999 000 000 123"]);
        assert!(chat_writers("[02/05/2031, 09:15:01] Abu Tarif: once\n").is_empty());
        assert!(chat_writers("The minister - a general: no.\nThe other - a judge: yes.\n").is_empty());
    }
}
