//! Spans: where in a document something is said, and the words as they stand there.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A place in a document's text, or in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Span {
    /// Half-open ranges into the text as read: code points (`start..end`) and bytes of its UTF-8 form.
    Text {
        /// First code point.
        start: u32,
        /// One past the last code point.
        end: u32,
        /// First byte.
        byte_start: u32,
        /// One past the last byte.
        byte_end: u32,
    },
    /// A cell of a list; without a column the whole row.
    Cell {
        /// Row, counted from 1, the header not counted.
        row: u32,
        /// Column, counted from 0.
        column: Option<u16>,
    },
}

impl Span {
    /// The text span of a byte range of `text`; `None` where the range does not lie on letter borders.
    pub fn of_bytes(text: &str, range: std::ops::Range<usize>) -> Option<Span> {
        let before = text.get(..range.start)?;
        let quote = text.get(range.clone())?;
        let start = u32::try_from(before.chars().count()).ok()?;
        let length = u32::try_from(quote.chars().count()).ok()?;
        Some(Span::Text {
            start,
            end: start + length,
            byte_start: u32::try_from(range.start).ok()?,
            byte_end: u32::try_from(range.end).ok()?,
        })
    }

    /// The same span in a text that has `code_points` and `bytes` more before it; cells do not move.
    pub fn moved_by(self, code_points: u32, bytes: u32) -> Span {
        match self {
            Span::Text { start, end, byte_start, byte_end } => Span::Text {
                start: start + code_points,
                end: end + code_points,
                byte_start: byte_start + bytes,
                byte_end: byte_end + bytes,
            },
            cell @ Span::Cell { .. } => cell,
        }
    }

    /// The words under a text span, or `None` where the text has no such place, or for a cell.
    pub fn quote(self, text: &str) -> Option<&str> {
        match self {
            Span::Text { byte_start, byte_end, .. } => text.get(byte_start as usize..byte_end as usize),
            Span::Cell { .. } => None,
        }
    }

    /// Whether two spans share at least one code point, or a cell.
    pub fn overlaps(self, other: Span) -> bool {
        match (self, other) {
            (Span::Text { start: a, end: b, .. }, Span::Text { start: c, end: d, .. }) => a < d && c < b,
            (Span::Cell { row: a, column: b }, Span::Cell { row: c, column: d }) => {
                a == c && (b == d || b.is_none() || d.is_none())
            }
            _ => false,
        }
    }

    /// `[start, end)` in code points; for a cell its row and column.
    pub fn pair(self) -> [u32; 2] {
        match self {
            Span::Text { start, end, .. } => [start, end],
            Span::Cell { row, column } => [row, column.map_or(0, u32::from)],
        }
    }
}

/// `[3,17)` in code points; `row 2, column 1`, both counted from 1, for a cell.
impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Span::Text { start, end, .. } => write!(f, "[{start},{end})"),
            Span::Cell { row, column: None } => write!(f, "row {row}"),
            Span::Cell { row, column: Some(column) } => {
                write!(f, "row {row}, column {}", u32::from(column) + 1)
            }
        }
    }
}

/// A span with the words that stand there, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// Where.
    pub span: Span,
    /// The verbatim words.
    pub quote: String,
}

impl Quoted {
    /// Where the words stand in a text, in bytes; none for a cell, and where the text no longer says them there.
    pub fn bytes_in(&self, text: &str) -> Option<Range<usize>> {
        match self.span {
            Span::Text { byte_start, byte_end, .. } if self.span.quote(text) == Some(&self.quote) => {
                Some(byte_start as usize..byte_end as usize)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_where_the_text_still_says_them() {
        let span = Span::Text { start: 0, end: 4, byte_start: 0, byte_end: 8 };
        let quoted = Quoted { span, quote: "ثلاث".into() };
        assert_eq!(quoted.bytes_in("ثلاثة أطفال"), Some(0..8));
        assert_eq!(quoted.bytes_in("····ة أطفال"), None);
        assert_eq!(Quoted { span: Span::Cell { row: 1, column: None }, ..quoted }.bytes_in("ثلاثة"), None);
    }

    #[test]
    fn a_span_rereads_its_words_in_both_scripts() {
        let text = "قُتل ثلاثة أطفال in Qasr Nahr";
        let at = text.find("ثلاثة").unwrap();
        let span = Span::of_bytes(text, at..at + "ثلاثة".len()).unwrap();
        assert_eq!(span.quote(text), Some("ثلاثة"));
        assert_eq!(span.pair(), [5, 10]);
    }

    #[test]
    fn a_range_inside_a_letter_is_no_span() {
        assert_eq!(Span::of_bytes("ثلاثة", 1..2), None);
    }

    #[test]
    fn moving_keeps_the_words() {
        let (before, text) = ("ميناء ", "three killed");
        let span = Span::of_bytes(text, 0..5).unwrap();
        let whole = format!("{before}{text}");
        let moved = span.moved_by(before.chars().count() as u32, before.len() as u32);
        assert_eq!(moved.quote(&whole), Some("three"));
    }
}
