//! Excerpts: the part of a long text that a page shows.

use std::ops::Range;

use sijil_register::ask::PartRow;

/// The most letters on one page; a text that is a little longer is not cut for that.
const LETTERS: u32 = 12_000;

/// A part of a text that one page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Which part of the document.
    pub part: u32,
    /// Where it lies in the text, in bytes.
    pub bytes: Range<usize>,
    /// Where it lies in the text, in letters.
    pub letters: Range<u32>,
}

/// The pages of a text: one a part, and several for a long one, cut at line ends.
pub fn excerpts(text: &str, parts: &[PartRow]) -> Vec<Excerpt> {
    let mut pages = Vec::new();
    for part in parts {
        let range = part.byte_start as usize..part.byte_end as usize;
        let Some(words) = text.get(range) else { continue };
        cut(words, part, &mut pages);
    }
    if pages.is_empty() {
        let whole = PartRow {
            number: 0,
            label: None,
            starts: 0,
            ends: 0,
            byte_start: 0,
            byte_end: u32::try_from(text.len()).unwrap_or(u32::MAX),
            language: None,
            country: None,
        };
        cut(text, &whole, &mut pages);
    }
    pages
}

fn cut(words: &str, part: &PartRow, pages: &mut Vec<Excerpt>) {
    let (mut byte, mut letter) = (part.byte_start as usize, part.starts);
    let mut rest = words;
    loop {
        let length = end_of_page(rest);
        let letters = u32::try_from(rest[..length].chars().count()).unwrap_or(u32::MAX);
        pages.push(Excerpt {
            part: part.number,
            bytes: byte..byte + length,
            letters: letter..letter + letters,
        });
        rest = &rest[length..];
        byte += length;
        letter += letters;
        if rest.is_empty() {
            return;
        }
    }
}

/// How many bytes of the text fit on a page: all of it, or up to the last line end that fits.
fn end_of_page(text: &str) -> usize {
    let Some((limit, _)) = text.char_indices().nth(LETTERS as usize) else { return text.len() };
    if text[limit..].chars().nth(LETTERS as usize / 4).is_none() {
        return text.len();
    }
    text[..limit].rfind('\n').map_or(limit, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u32, text: &str, range: Range<usize>) -> PartRow {
        let letters = |to: usize| u32::try_from(text[..to].chars().count()).unwrap();
        PartRow {
            number,
            label: None,
            starts: letters(range.start),
            ends: letters(range.end),
            byte_start: u32::try_from(range.start).unwrap(),
            byte_end: u32::try_from(range.end).unwrap(),
            language: None,
            country: None,
        }
    }

    #[test]
    fn pages_of_a_text_are_the_text() {
        let line = "سقط صاروخ على السوق. Two were killed.\n";
        let text = line.repeat(1200);
        let half = line.len() * 500;
        let parts = [part(0, &text, 0..half), part(1, &text, half..text.len())];
        let pages = excerpts(&text, &parts);
        assert!(pages.len() > 3, "{pages:?}");
        let joined: String = pages.iter().map(|page| &text[page.bytes.clone()]).collect();
        assert_eq!(joined, text);
        for page in &pages {
            assert_eq!(text[..page.bytes.start].chars().count() as u32, page.letters.start);
            assert!(page.letters.len() as u32 <= LETTERS * 5 / 4);
            assert!(text[page.bytes.clone()].ends_with('\n'));
        }
        assert_eq!(excerpts("short", &[]).len(), 1);
        assert_eq!(excerpts("", &[]).len(), 1);
    }
}
