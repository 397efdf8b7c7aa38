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
    fn quotations_of_three_words_and_more() {
        let text = "He said: “I saw the roof fall”, and a \"big one\"; «سمعت الانفجار قرب بيتي».\n\"It never closed here\nnext";
        let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["I saw the roof fall", "سمعت الانفجار قرب بيتي", "It never closed here"]);
    }
}
