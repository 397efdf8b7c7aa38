//! A document's text with the words that claims rest on marked in it.
//!
//! Spans overlap freely and cross line ends; marks in a page must nest. So every line is cut where a span begins or
//! ends, the longest mark is opened first, and a mark that would cross another is closed and opened again. Each claim
//! has marks of its own: all `<mark data-claim="ID">` of one claim together hold its words, letter for letter.

use serde::Serialize;
use sijil_model::{ClaimId, Span};

use crate::PageError;

/// A text as lines of pieces, each piece with the marks to open before it and the number to close after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MarkedText {
    /// The lines, without their line ends.
    pub lines: Vec<Vec<MarkedPiece>>,
}

/// A stretch of a line between two borders of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedPiece {
    /// The marks that begin before it, outermost first.
    pub open: Vec<Mark>,
    /// The words, verbatim.
    pub text: String,
    /// How many marks end after it.
    pub close: usize,
}

/// The beginning of a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The claim that rests on these words.
    pub claim: ClaimId,
    /// Whether this is the claim's first mark in the text: it carries the address `#claim-ID`.
    pub first: bool,
}

struct Stretch<'a> {
    claim: &'a ClaimId,
    start: usize,
    end: usize,
}

/// Marks spans in a text, or in the excerpt of a text that begins at byte `first_byte`.
///
/// Cells of lists and spans outside the excerpt mark nothing here; one that reaches into it is marked as far as it does.
/// Fails where a span does not lie on letter borders.
pub fn mark_up(text: &str, first_byte: usize, spans: &[(ClaimId, Span)]) -> Result<MarkedText, PageError> {
    let mut stretches = Vec::new();
    for (claim, span) in spans {
        let Span::Text { byte_start, byte_end, .. } = *span else { continue };
        let (start, end) = (byte_start as usize, byte_end as usize);
        let last_byte = first_byte + text.len();
        if end <= first_byte || start >= last_byte || start >= end {
            continue;
        }
        let (start, end) = (start.max(first_byte) - first_byte, end.min(last_byte) - first_byte);
        if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            return Err(PageError::Span { claim: claim.to_string(), start, end });
        }
        stretches.push(Stretch { claim, start, end });
    }
    stretches.sort_by(|a, b| (a.start, b.end, a.claim).cmp(&(b.start, a.end, b.claim)));
    let mut seen = std::collections::BTreeSet::new();
    let lines =
        lines_of(text).map(|(start, end)| mark_line(text, start..end, &stretches, &mut seen)).collect();
    Ok(MarkedText { lines })
}

/// Byte ranges of the lines, without `\n`, `\r\n`, `\r` and the separators that end a paragraph.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let rest = &text[from..];
        let Some(at) = rest.find(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) else {
            start = None;
            return Some((from, text.len()));
        };
        let ending = if rest[at..].starts_with("\r\n") {
            2
        } else {
            rest[at..].chars().next().map_or(1, char::len_utf8)
        };
        start = Some(from + at + ending);
        Some((from, from + at))
    })
}

fn mark_line<'a>(
    text: &str,
    line: std::ops::Range<usize>,
    stretches: &[Stretch<'a>],
    seen: &mut std::collections::BTreeSet<&'a ClaimId>,
) -> Vec<MarkedPiece> {
    let here: Vec<(usize, usize, &'a ClaimId)> = stretches
        .iter()
        .filter(|stretch| stretch.start < line.end && stretch.end > line.start)
        .map(|stretch| (stretch.start.max(line.start), stretch.end.min(line.end), stretch.claim))
        .collect();
    let mut borders: Vec<usize> = here.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
    borders.extend([line.start, line.end]);
    borders.sort_unstable();
    borders.dedup();

    let mut pieces: Vec<MarkedPiece> = Vec::new();
    let mut stack: Vec<(usize, &'a ClaimId)> = Vec::new();
    for border in borders.windows(2) {
        let (start, end) = (border[0], border[1]);
        let mut to_open: Vec<(usize, &'a ClaimId)> = here
            .iter()
            .filter(|(first, _, _)| *first == start)
            .map(|(_, end, claim)| (*end, *claim))
            .collect();
        if let Some(lowest) = stack.iter().position(|(end, _)| *end <= start) {
            let closed = stack.split_off(lowest);
            if let Some(before) = pieces.last_mut() {
                before.close += closed.len();
            }
            to_open.extend(closed.into_iter().filter(|(end, _)| *end > start));
        }
        to_open.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
        let open = to_open
            .iter()
            .map(|(_, claim)| Mark { claim: (*claim).clone(), first: seen.insert(claim) })
            .collect();
        stack.extend(to_open);
        pieces.push(MarkedPiece { open, text: text[start..end].to_owned(), close: 0 });
    }
    if let Some(last) = pieces.last_mut() {
        last.close += stack.len();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn claim(letter: char) -> ClaimId {
        ClaimId::new(format!("c{letter}")).unwrap()
    }

    fn marked(text: &str, ranges: &[(char, std::ops::Range<usize>)]) -> MarkedText {
        let spans: Vec<_> = ranges
            .iter()
            .map(|(name, range)| (claim(*name), Span::of_bytes(text, range.clone()).unwrap()))
            .collect();
        mark_up(text, 0, &spans).unwrap()
    }

    /// The marked text as a line of tags, so that a test reads as a page does.
    fn tags(marked: &MarkedText) -> Vec<String> {
        let piece = |piece: &MarkedPiece| {
            let open: String =
                piece.open.iter().map(|mark| format!("<{}>", &mark.claim.as_str()[1..])).collect();
            format!("{open}{}{}", piece.text, "/".repeat(piece.close))
        };
        marked.lines.iter().map(|line| line.iter().map(piece).collect()).collect()
    }

    #[test]
    fn marks_nest_and_cross() {
        assert_eq!(tags(&marked("three killed", &[('a', 0..5), ('b', 0..12)])), ["<b><a>three/ killed/"]);
        assert_eq!(tags(&marked("abcdef", &[('a', 0..4), ('b', 2..6)])), ["<a>ab<b>cd//<b>ef/"]);
        assert_eq!(tags(&marked("abc", &[('b', 0..3), ('a', 0..3)])), ["<a><b>abc//"]);
        assert_eq!(tags(&marked("ab\r\ncd\n", &[('a', 1..5)])), ["a<a>b/", "<a>c/d", ""]);
    }

    #[test]
    fn an_excerpt_marks_what_reaches_into_it() {
        let whole = "قُتل ثلاثة أطفال";
        let three = whole.find("ثلاثة").unwrap();
        let span = Span::of_bytes(whole, three..three + "ثلاثة".len()).unwrap();
        let excerpt = mark_up(&whole[three + 4..], three + 4, &[(claim('a'), span)]).unwrap();
        assert_eq!(tags(&excerpt), ["<a>اثة/ أطفال"]);
        assert_eq!(tags(&mark_up("قُتل", 0, &[(claim('a'), span)]).unwrap()), ["قُتل"]);
    }

    #[test]
    fn a_span_inside_a_letter_is_an_error() {
        let inside = Span::Text { start: 0, end: 1, byte_start: 1, byte_end: 2 };
        assert!(mark_up("ثلاثة", 0, &[(claim('a'), inside)]).is_err());
    }

    proptest! {
        /// Whatever the spans: marks nest, the text stands, and each claim's marks hold exactly its words.
        #[test]
        fn marks_hold_the_words_of_their_claims(
            text in "[ab ثن\n]{0,30}",
            cuts in prop::collection::vec((0usize..31, 0usize..31), 0..8),
        ) {
            let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let ranges: Vec<_> = cuts.iter().enumerate().map(|(at, (a, b))| {
                let (a, b) = (letters[*a.min(b) % letters.len()], letters[*a.max(b) % letters.len()]);
                (char::from(b'a' + at as u8), a.min(b)..a.max(b))
            }).collect();
            let marked = marked(&text, &ranges);
            let whole: Vec<String> =
                marked.lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
            prop_assert_eq!(whole.join("\n"), text.as_str());
            let mut words: BTreeMap<ClaimId, String> = BTreeMap::new();
            for line in &marked.lines {
                let mut stack: Vec<&ClaimId> = Vec::new();
                for piece in line {
                    stack.extend(piece.open.iter().map(|mark| &mark.claim));
                    for name in &stack {
                        words.entry((*name).clone()).or_default().push_str(&piece.text);
                    }
                    prop_assert!(piece.close <= stack.len());
                    stack.truncate(stack.len() - piece.close);
                }
                prop_assert!(stack.is_empty());
            }
            for (name, range) in ranges {
                let expected = text[range].replace('\n', "");
                prop_assert_eq!(words.get(&claim(name)).cloned().unwrap_or_default(), expected);
            }
        }
    }
}
