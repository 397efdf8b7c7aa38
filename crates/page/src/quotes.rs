//! Words in their sentences: several words of one sentence stand together in it.

use std::ops::Range;

use crate::search::{Piece, back, cut_out, merged, word_end};
use crate::view::Quote;

/// The most letters shown before the first and after the last words of a quote.
const AROUND: usize = 160;

impl Quote {
    /// Words with nothing around them but what names them, as a cell's column does.
    pub fn alone(named: Option<&str>, words: &str, href: Option<String>) -> Self {
        let named = named.map(|named| Piece { text: format!("{named}: "), hit: false });
        let words = Piece { text: words.to_owned(), hit: true };
        Self { pieces: named.into_iter().chain([words]).collect(), href }
    }

    /// Words of a text, as ranges of its bytes, each in its sentence; those of one sentence are one quote. Quotes come in
    /// the order of their first words. A range that is none of the text's is left out.
    pub fn of(text: &str, words: &[Range<usize>], href: Option<&str>) -> Vec<Self> {
        let mut quotes: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
        for range in words.iter().filter(|range| text.get((*range).clone()).is_some()) {
            let sentence = sentence_around(text, range.clone());
            match quotes
                .iter_mut()
                .find(|(known, _)| known.start < sentence.end && sentence.start < known.end)
            {
                Some((known, ranges)) => {
                    *known = known.start.min(sentence.start)..known.end.max(sentence.end);
                    ranges.push(range.clone());
                }
                None => quotes.push((sentence, vec![range.clone()])),
            }
        }
        let quote = |(sentence, ranges)| Self {
            pieces: pieces(text, sentence, ranges),
            href: href.map(str::to_owned),
        };
        quotes.into_iter().map(quote).collect()
    }
}

/// A sentence cut where words begin and end; of a long one what is far from the words is left out.
fn pieces(text: &str, sentence: Range<usize>, words: Vec<Range<usize>>) -> Vec<Piece> {
    let words = merged(words);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let start = back(text, first.start, AROUND).max(sentence.start);
    let far = text[last.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| last.end + at);
    let end = if far < sentence.end { word_end(text, last.end..far) } else { sentence.end };
    cut_out(text, start..end, sentence, &words)
}

/// The sentence, or sentences, in which a range of bytes stands, without the white space at its ends.
pub fn sentence_around(text: &str, range: Range<usize>) -> Range<usize> {
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
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '؟' | '!' | '?' => true,
        '.' => next.is_none_or(|next| next.is_whitespace() || "\"”»)".contains(next)),
        _ => false,
    }
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
    fn words_of_one_sentence_stand_together() {
        let text = "It rained. Salim and Nadia died in Qasr Nahr. Nobody knows more. Nadia was nine.";
        let at = |words: &str, from: usize| {
            let start = from + text[from..].find(words).unwrap();
            start..start + words.len()
        };
        let shown = |quotes: Vec<Quote>| -> Vec<String> {
            let piece =
                |piece: &Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() };
            quotes.iter().map(|quote| quote.pieces.iter().map(piece).collect()).collect()
        };
        let words = [at("Salim", 0), at("Nadia", 0), at("died", 0), at("Nadia", 50), at("Salim and", 0)];
        assert_eq!(
            shown(Quote::of(text, &words, None)),
            ["[Salim and] [Nadia] [died] in Qasr Nahr.", "[Nadia] was nine."]
        );
        assert!(Quote::of(text, std::slice::from_ref(&(5..500)), None).is_empty());
        let long = "word ".repeat(100);
        let cut = shown(Quote::of(&long, std::slice::from_ref(&(250..254)), None)).remove(0);
        assert!(cut.starts_with("…word") && cut.ends_with("word…") && cut.len() < 2 * AROUND + 20, "{cut}");
    }

    #[test]
    fn a_cell_stands_under_its_column() {
        let quote = Quote::alone(Some("Name"), "Salim", None);
        assert_eq!(quote.pieces.len(), 2);
        assert_eq!((quote.pieces[0].text.as_str(), quote.pieces[1].hit), ("Name: ", true));
    }
}
