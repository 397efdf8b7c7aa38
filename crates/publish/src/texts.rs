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

/// A name of one Arabic word with the word after it, where that has an article and so may be the family's: «فواز الوراق».
pub(crate) fn with_family_name(text: &str, name: Range<usize>) -> Range<usize> {
    let is_arabic = text[name.clone()].starts_with(|letter| ('\u{0621}'..='\u{064a}').contains(&letter));
    let one_word = !text[name.clone()].contains(char::is_whitespace);
    match text[name.end..].strip_prefix(' ') {
        Some(rest) if is_arabic && one_word && rest.starts_with("ال") => {
            let ends =
                |letter: char| letter.is_whitespace() || !letter.is_alphanumeric() && !is_vowel_sign(letter);
            name.start..name.end + 1 + rest.find(ends).unwrap_or(rest.len())
        }
        _ => name,
    }
}

fn is_vowel_sign(letter: char) -> bool {
    matches!(letter, '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_with_an_article_goes_with_the_given_name() {
        for (text, name, whole) in [
            ("قال الشاهد فواز الورّاق إنه رآها", "فواز", "فواز الورّاق"),
            ("قال فواز إنه رآها", "فواز", "فواز"),
            ("قال سليم فواز الوراق", "سليم فواز", "سليم فواز"),
            ("Salim said", "Salim", "Salim"),
        ] {
            let at = text.find(name).unwrap();
            assert_eq!(&text[with_family_name(text, at..at + name.len())], whole);
        }
    }

    #[test]
    fn quotations_of_three_words_and_more() {
        let text = "He said: “I saw the roof fall”, and a \"big one\"; «سمعت الانفجار قرب بيتي».\n\"It never closed here\nnext";
        let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["I saw the roof fall", "سمعت الانفجار قرب بيتي", "It never closed here"]);
    }
}
