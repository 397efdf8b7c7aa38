//! Chats as messengers export them: who wrote which line, and what the messenger itself says of its members.
//!
//! A line of a chat begins with its day and its time of day: `[02/05/2031, 09:15:01] Name: words`,
//! `02/05/2031, 09:15 - Name: words`; or the writer stands on a line of their own, `Name, [02.05.2031 09:15]`, and the
//! words below. Days and times may be written in either script's digits, with marks of direction around them.

use std::ops::Range;

use crate::fold::{digit, fold};

/// The longest name, bytes.
const LONGEST_NAME: usize = 120;

/// How lines begin that say whose words are passed on, folded; the name follows.
const PASSED_ON: [&str; 7] = [
    "forwarded from",
    "محوله من",
    "محول من",
    "رساله محوله من",
    "اعيد توجيهها من",
    "تمت اعاده التوجيه من",
    "تمت اعاده توجيهها من",
];

/// What stands in a text because it is a chat; all ranges are bytes of it, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chat {
    /// The names of those who wrote lines, or whose lines are passed on.
    pub writers: Vec<Range<usize>>,
    /// Words of the messenger itself, which tell of members and of nothing else: `Rima left`, «أضافت سلمى كريم».
    pub notices: Vec<Range<usize>>,
}

/// How a line of a chat goes on after its time.
enum Line {
    /// Somebody wrote it: the name, bytes of the line.
    Written(Range<usize>),
    /// Nobody did: its words, bytes of the line.
    Unsigned(Range<usize>),
}

impl Chat {
    /// Reads a text; nothing is found in one that is no chat. Where most lines with a time have no writer, these are news of
    /// the day by the hour, and no notices.
    pub fn of(text: &str) -> Self {
        let mut chat = Self::default();
        let mut passed_on = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let place = |range: Range<usize>| start + range.start..start + range.end;
            match timed(line) {
                Some(Line::Written(name)) => chat.writers.push(place(name)),
                Some(Line::Unsigned(words)) => chat.notices.push(place(words)),
                None => passed_on.extend(passed_on_from(line).map(place)),
            }
            start += line.len();
        }
        if chat.writers.is_empty() {
            return Self::default();
        }
        if chat.notices.len() > chat.writers.len() {
            chat.notices.clear();
        }
        chat.writers.extend(passed_on);
        chat.writers.sort_by_key(|range| range.start);
        chat
    }
}

/// How a line with a day and a time goes on.
fn timed(line: &str) -> Option<Line> {
    signed_first(line).map(Line::Written).or_else(|| time_first(line))
}

/// `[02/05/2031, 09:15:01] Name: …`, `02/05/2031, 09:15 - Name: …`.
fn time_first(line: &str) -> Option<Line> {
    let bare = line.trim_start_matches(is_around);
    let (time, rest) = match bare.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => bare.split_once(" - ").or_else(|| bare.split_once(" – "))?,
    };
    if !is_time(time) {
        return None;
    }
    let from = line.len() - rest.len();
    let colon = rest.find(": ").or_else(|| rest.find(":\n")).or_else(|| rest.find(":\r"));
    let name = colon.and_then(|colon| bare_range(line, from..from + colon)).filter(is_short);
    Some(match name {
        Some(name) => Line::Written(name),
        None => Line::Unsigned(bare_range(line, from..line.len())?),
    })
}

/// `Name, [02.05.2031 09:15]`: the line of somebody whose words stand below.
fn signed_first(line: &str) -> Option<Range<usize>> {
    let time =
        line.trim_end_matches(|letter: char| letter.is_whitespace() || is_mark(letter)).strip_suffix(']')?;
    let (name, time) = time.rsplit_once('[')?;
    let name = name.trim_end_matches(|letter: char| letter == ' ' || is_mark(letter));
    let name = name.strip_suffix([',', '،'])?;
    is_time(time).then(|| bare_range(line, 0..name.len())).flatten().filter(is_short)
}

/// `[Forwarded from Name]`, «رسالة محوّلة من سلمى ن.»: whose words they were first.
fn passed_on_from(line: &str) -> Option<Range<usize>> {
    let end = line
        .trim_end_matches(|letter: char| letter.is_whitespace() || letter == ']' || is_mark(letter))
        .len();
    let from = line.len() - line.trim_start_matches(|letter: char| letter == '[' || is_around(letter)).len();
    let words = line.get(from..end)?;
    let ends = words.char_indices().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at);
    let lead = ends.take(4).find(|at| PASSED_ON.contains(&fold(&words[..*at]).as_str()))?;
    bare_range(line, from + lead..end).filter(is_short)
}

/// Whether words are a day and a time of day: day, month, year, hour, minute, perhaps a second; one word at most, for the
/// half of the day.
fn is_time(words: &str) -> bool {
    let numbers = words.split(|letter| digit(letter).is_none()).filter(|number| !number.is_empty()).count();
    let has_no_digit = |word: &&str| !word.contains(|letter| digit(letter).is_some());
    let bare =
        words.split_whitespace().filter(has_no_digit).filter(|word| word.contains(char::is_alphanumeric));
    (5..=6).contains(&numbers) && words.contains(':') && bare.count() <= 1
}

/// A range of a line without what stands around its words: spaces, marks of direction, the sign of an unsaved name.
fn bare_range(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &line[range.clone()];
    let start = range.end - words.trim_start_matches(is_around).len();
    let end = range.start + words.trim_end_matches(is_around).len();
    (start < end).then_some(start..end)
}

fn is_short(name: &Range<usize>) -> bool {
    name.len() <= LONGEST_NAME
}

fn is_around(letter: char) -> bool {
    letter.is_whitespace() || letter == '~' || is_mark(letter)
}

/// Whether a letter only says in which direction the text runs; messengers put such around names and numbers.
pub fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writers(text: &str) -> Vec<&str> {
        Chat::of(text).writers.into_iter().map(|range| &text[range]).collect()
    }

    fn notices(text: &str) -> Vec<&str> {
        Chat::of(text).notices.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn writers_stand_before_the_colon_in_both_scripts() {
        let apple =
            "[02/05/2031, 09:15:01] Abu Tarif: a drone: two\n[٠٢/٠٥/٢٠٣١، ٩:١٥:٠١ ص] \u{200e}سلمى ن.: كم؟\n";
        assert_eq!(writers(apple), ["Abu Tarif", "سلمى ن."]);
        let android = "02/05/2031, 09:15 - Abu Tarif: a drone\n2/5/31, 9:17 PM - +999 000 000 123: a boy\n";
        assert_eq!(writers(android), ["Abu Tarif", "+999 000 000 123"]);
        assert_eq!(writers("[02.05.31, 09:15:01] ~ Rim Tarif: once\n"), ["Rim Tarif"]);
    }

    #[test]
    fn writers_stand_on_lines_of_their_own() {
        let text = "Abu Tarif, [02.05.2031 09:14]\nsix killed\n\nسلمى نور، [٠٢.٠٥.٢٠٣١ ٠٩:١٥]\n[Forwarded from Karim Nasr]\nرأيتها\n\
                    رسالة محوّلة من ليلى طريف\nنعم\n";
        assert_eq!(writers(text), ["Abu Tarif", "سلمى نور", "Karim Nasr", "ليلى طريف"]);
    }

    #[test]
    fn what_the_messenger_says_is_a_notice() {
        let text = "[02/05/2031, 09:14:22] Salma Nur: here\n[02/05/2031, 09:15:22] Salma Nur left\n";
        assert_eq!(notices(text), ["Salma Nur left"]);
        let text = "02/05/2031, 09:14 - سلمى نور: هنا\n02/05/2031, 09:15 - غادرت سلمى نور\n";
        assert_eq!(notices(text), ["غادرت سلمى نور"]);
    }

    #[test]
    fn news_by_the_hour_and_other_lines_are_no_chat() {
        for text in [
            "02/05/2031, 09:15 - Shelling on the old town\n02/05/2031, 09:40 - Four people killed\n",
            "The minister - a general: no.\nThe other - a judge: yes.\n",
            "Forwarded from Karim Nasr\nThree were killed [2] on 02/05/2031.\n",
        ] {
            assert_eq!(Chat::of(text), Chat::default(), "{text}");
        }
        let ticker = "02/05/2031, 09:15 - Shelling\n02/05/2031, 09:40 - Four killed\n02/05/2031, 09:50 - Marjan Lens: two more\n";
        assert_eq!((writers(ticker), notices(ticker)), (vec!["Marjan Lens"], vec![]));
    }
}
