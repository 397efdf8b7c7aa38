//! Texts and their parts: offsets in bytes and code points, direction, and what hides in the letters.

use memchr::memmem;

use crate::reading::{Direction, DirectionFrom, Part, Text};
use crate::warning::{POSITIONS_KEPT, Warning};

impl Text {
    /// A text of one part.
    pub(crate) fn whole(content: String) -> Text {
        let mut builder = TextBuilder { content, ..TextBuilder::default() };
        builder.finish_part(0, Part::default());
        builder.finish()
    }

    /// The same text, running in the direction that its file declares.
    pub(crate) fn declared(mut self, direction: Option<Direction>) -> Text {
        if let Some(direction) = direction {
            self.direction = direction;
            self.direction_from = DirectionFrom::Declared;
        }
        self
    }

    /// The words of a part.
    pub fn words(&self, part: &Part) -> &str {
        self.content.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default()
    }
}

/// What stands between two parts.
const BETWEEN_PARTS: &str = "\n\n";

/// Builds a text part by part, counting bytes and code points.
#[derive(Debug, Default)]
pub(crate) struct TextBuilder {
    content: String,
    parts: Vec<Part>,
    code_points: u32,
}

impl TextBuilder {
    /// Adds a part; its offsets are filled in.
    pub(crate) fn push(&mut self, words: &str, part: Part) {
        if !self.parts.is_empty() {
            self.content.push_str(BETWEEN_PARTS);
            self.code_points += BETWEEN_PARTS.len() as u32;
        }
        let start = self.content.len();
        self.content.push_str(words);
        self.finish_part(start, part);
    }

    fn finish_part(&mut self, byte_start: usize, mut part: Part) {
        // A file is at most 2 GiB (`Limits`), so that its text, at most twice as long, fits 32 bits.
        part.byte_start = offset(byte_start);
        part.byte_end = offset(self.content.len());
        part.start = self.code_points;
        self.code_points += offset(self.content[byte_start..].chars().count());
        part.end = self.code_points;
        self.parts.push(part);
    }

    /// Whether there is no part yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn finish(self) -> Text {
        let direction = first_letter_direction(&self.content);
        Text {
            content: self.content,
            parts: self.parts,
            direction,
            direction_from: DirectionFrom::FirstLetter,
        }
    }
}

fn offset(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Direction of the first letter that has one (UAX 9, rule P2); left to right where there is none.
pub(crate) fn first_letter_direction(text: &str) -> Direction {
    for letter in text.chars() {
        if matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
            && letter.is_alphabetic()
        {
            return Direction::Rtl;
        }
        if letter.is_alphabetic() {
            return Direction::Ltr;
        }
    }
    Direction::Ltr
}

/// Warnings about characters that a reader cannot see: direction controls and other controls.
pub(crate) fn inspect(text: &str) -> Vec<Warning> {
    [bidi_controls(text), control_characters(text)].into_iter().flatten().collect()
}

/// Whether a character opens (+1), closes (-1) or does not touch an embedding or isolate.
fn bidi_step(letter: char) -> i32 {
    match letter {
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' | '\u{2066}'..='\u{2068}' => 1,
        '\u{202C}' | '\u{2069}' => -1,
        _ => 0,
    }
}

fn bidi_controls(text: &str) -> Option<Warning> {
    let bytes = text.as_bytes();
    let finds = |start: &'static [u8], last: std::ops::RangeInclusive<u8>| {
        memmem::find_iter(bytes, start)
            .any(move |position| bytes.get(position + 2).is_some_and(|byte| last.contains(byte)))
    };
    if !finds(b"\xE2\x80", 0xAA..=0xAE) && !finds(b"\xE2\x81", 0xA6..=0xA9) {
        return None;
    }
    let (mut count, mut overrides, mut unbalanced_lines, mut positions) = (0, 0, 0, Vec::new());
    let mut code_point = 0_u64;
    for line in text.split_inclusive('\n') {
        let (mut depth, mut closed_too_often) = (0, false);
        for letter in line.chars() {
            let step = bidi_step(letter);
            if step != 0 {
                count += 1;
                overrides += u64::from(matches!(letter, '\u{202D}' | '\u{202E}'));
                if positions.len() < POSITIONS_KEPT {
                    positions.push(code_point);
                }
            }
            depth += step;
            closed_too_often |= depth < 0;
            code_point += 1;
        }
        unbalanced_lines += u64::from(depth != 0 || closed_too_often);
    }
    Some(Warning::BidiControls { count, overrides, unbalanced_lines, positions })
}

fn control_characters(text: &str) -> Option<Warning> {
    let (mut count, mut positions) = (0, Vec::new());
    let mut previous = 0;
    for (position, byte) in text.bytes().enumerate() {
        let control = match byte {
            b'\t' | b'\n' | b'\r' | 0x0C => false,
            0..0x20 | 0x7F => true,
            0x80..0xA0 => previous == 0xC2,
            _ => false,
        };
        if control {
            count += 1;
            if positions.len() < POSITIONS_KEPT {
                positions.push(position as u64);
            }
        }
        previous = byte;
    }
    (count > 0).then_some(Warning::ControlCharacters { count, positions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_is_that_of_the_first_letter() {
        assert_eq!(first_letter_direction("12 – قُتل Ahmad"), Direction::Rtl);
        assert_eq!(first_letter_direction("“Ahmad” قُتل"), Direction::Ltr);
        assert_eq!(first_letter_direction("12"), Direction::Ltr);
    }

    #[test]
    fn bidi_controls_are_kept_and_reported() {
        let text = "first line\nعدد \u{202E}12\u{202C} قتيل\n\u{2067}open";
        let warning = Warning::BidiControls {
            count: 3,
            overrides: 1,
            unbalanced_lines: 1,
            positions: vec![15, 18, 25],
        };
        assert_eq!(inspect(text), [warning]);
        assert_eq!(Text::whole(text.to_owned()).content, text);
    }

    #[test]
    fn marks_that_order_nothing_are_not_reported() {
        assert_eq!(inspect("Facebook\u{200E} صفحة\u{200F} – “quoted”"), []);
    }

    #[test]
    fn control_characters_are_reported_with_their_bytes() {
        let expected = Warning::ControlCharacters { count: 2, positions: vec![2, 5] };
        assert_eq!(inspect("ab\u{1}c\u{85}d\t\r\n"), [expected]);
    }
}
