//! Texts of documents: read, cut into sentences, and the quotations in them.

use std::ops::Range;

use sijil_register::Register;

use crate::error::Result;

/// The running text of a document; none for lists and for bytes without words.
pub(crate) fn text_of(register: &Register, document: &str) -> Result<Option<String>> {
    let Some(reading) = register.view().reading(document)? else { return Ok(None) };
    if reading.form != "text" {
        return Ok(None);
    }
    if register.view().current_blob(&reading.text).is_err() {
        return Ok(None);
    }
    Ok(String::from_utf8(register.blob(&reading.text)?).ok())
}

/// The sentence, or sentences, in which a range of bytes stands.
pub(crate) fn sentence_around(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.get(..range.start).map_or(range.start, |before| {
        before
            .char_indices()
            .rev()
            .find(|(at, letter)| ends_sentence(text, *at, *letter))
            .map_or(0, |(at, letter)| at + letter.len_utf8())
    });
    let end = text.get(range.end..).map_or(range.end, |after| {
        let found = after.char_indices().find(|(at, letter)| ends_sentence(text, range.end + at, *letter));
        found.map_or(text.len(), |(at, letter)| range.end + at + letter.len_utf8())
    });
    let words = text.get(start..end).unwrap_or_default();
    let lead = words.len() - words.trim_start().len();
    let tail = words.len() - words.trim_end().len();
    if lead + tail >= words.len() { range } else { start + lead..end - tail }
}

fn ends_sentence(text: &str, at: usize, letter: char) -> bool {
    let next = text[at + letter.len_utf8()..].chars().next();
    match letter {
        '\n' | '؟' | '!' | '?' => true,
        '.' => next.is_none_or(|next| next.is_whitespace() || "\"”»)".contains(next)),
        _ => false,
    }
}

/// Words between quotation marks, three or more of them, the marks left out.
pub(crate) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, letter) in text.char_indices() {
        match (open, letter) {
            (Some((close, start)), letter) if letter == close => {
                if text[start..at].split_whitespace().count() >= 3 {
                    found.push(start..at);
                }
                open = None;
            }
            (None, '"') => open = Some(('"', at + 1)),
            (None, '“') => open = Some(('”', at + '“'.len_utf8())),
            (None, '«') => open = Some(('»', at + '«'.len_utf8())),
            (None, '„') => open = Some(('“', at + '„'.len_utf8())),
            // A mark that nobody closes ends with its paragraph.
            (Some((_, start)), '\n') => {
                if text[start..at].split_whitespace().count() >= 3 {
                    found.push(start..at);
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_points_and_lines() {
        let text = "A raid hit at 5.30 today. Three died, he said! قُتل ثلاثة؟ نعم";
        let at = text.find("Three").unwrap();
        assert_eq!(&text[sentence_around(text, at..at + 5)], "Three died, he said!");
        let at = text.find("5.30").unwrap();
        assert_eq!(&text[sentence_around(text, at..at + 4)], "A raid hit at 5.30 today.");
        let at = text.find("ثلاثة").unwrap();
        assert_eq!(&text[sentence_around(text, at..at + "ثلاثة".len())], "قُتل ثلاثة؟");
    }

    #[test]
    fn quotations_of_three_words_and_more() {
        let text = "He said: “I saw the roof fall”, and a \"big one\"; «سمعت الانفجار قرب بيتي».\n\"It never closed here\nnext";
        let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["I saw the roof fall", "سمعت الانفجار قرب بيتي", "It never closed here"]);
    }
}
