//! Words that were searched for, found again in the text as it stands: the search folds spellings, the page does not.

use serde::Serialize;
use sijil_model::fold::{fold, fold_letter};

/// A stretch of a text that was found by, or stands around, the words searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words, verbatim.
    pub text: String,
    /// Whether they were searched for.
    pub hit: bool,
}

/// A text cut into what a search found and what it did not. «احمد» finds «أحمد» and the page shows «أحمد».
///
/// Each word of the query is found at the beginning of a word of the text, as the index finds it.
pub fn highlight(text: &str, query: &str) -> Vec<Piece> {
    cut(text, 0..text.len(), &hits(text, query))
}

/// The same for the part of a text around its first hit, of about `letters` letters; cut ends are marked by `…`.
pub fn snippet(text: &str, query: &str, letters: usize) -> Vec<Piece> {
    let found = hits(text, query);
    let centre = found.first().map_or(0, |hit| hit.start);
    let start = back(text, centre, letters / 3);
    let rough = text[start..].char_indices().nth(letters).map_or(text.len(), |(at, _)| start + at);
    let hit_end = found.first().map_or(start, |hit| hit.end);
    let end = if rough == text.len() { rough } else { word_end(text, hit_end.min(rough)..rough) };
    cut_out(text, start..end, 0..text.len(), &found)
}

/// The start of the word that lies about `letters` letters before a place.
pub(crate) fn back(text: &str, from: usize, letters: usize) -> usize {
    let rough = text[..from].char_indices().rev().nth(letters).map_or(0, |(at, _)| at);
    text[rough..from].find(char::is_whitespace).filter(|_| rough > 0).map_or(rough, |at| {
        let space = rough + at;
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    })
}

/// The end of the last whole word of a range; the range's own end where it holds no space.
pub(crate) fn word_end(text: &str, range: std::ops::Range<usize>) -> usize {
    text[range.clone()].rfind(char::is_whitespace).map_or(range.end, |at| range.start + at)
}

/// Byte ranges of the text that the query's words fold to; sorted, without overlaps.
fn hits(text: &str, query: &str) -> Vec<std::ops::Range<usize>> {
    let mut folded = String::new();
    let mut origin = Vec::new();
    for (at, letter) in text.char_indices() {
        fold_letter(letter, &mut folded);
        origin.resize(folded.len(), (at, at + letter.len_utf8()));
    }
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for word in fold(query).split(' ').filter(|word| !word.is_empty()) {
        for (at, _) in folded.match_indices(word) {
            let at_word_start = at == 0 || folded.as_bytes()[at - 1] == b' ';
            if at_word_start {
                found.push(origin[at].0..origin[at + word.len() - 1].1);
            }
        }
    }
    merged(found)
}

/// Ranges in order, those that touch or overlap as one.
pub(crate) fn merged(mut found: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<std::ops::Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A window of a text, cut where the ranges found begin and end, with `…` at each end that is not the whole's.
pub(crate) fn cut_out(
    text: &str,
    window: std::ops::Range<usize>,
    whole: std::ops::Range<usize>,
    found: &[std::ops::Range<usize>],
) -> Vec<Piece> {
    let dots = |is_cut: bool| is_cut.then(|| Piece { text: "…".to_owned(), hit: false });
    let first = dots(window.start > whole.start);
    let last = dots(window.end < whole.end);
    first.into_iter().chain(cut(text, window, found)).chain(last).collect()
}

fn cut(text: &str, window: std::ops::Range<usize>, found: &[std::ops::Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: std::ops::Range<usize>, hit: bool| {
        if range.start < range.end {
            pieces.push(Piece { text: text[range].to_owned(), hit });
        }
    };
    let mut at = window.start;
    for hit in found {
        let (start, end) = (hit.start.clamp(at, window.end), hit.end.clamp(at, window.end));
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..window.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn spellings_meet_and_the_text_stands() {
        assert_eq!(told(&highlight("قُتل أحمد ومحمد احمد", "احمد")), "قُتل [أحمد] ومحمد [احمد]");
        assert_eq!(
            told(&highlight("Three KILLED, three hurt", "three kill")),
            "[Three] [KILL]ED, [three] hurt"
        );
        assert_eq!(told(&highlight("nothing here", "thing")), "nothing here");
        assert_eq!(told(&highlight("as it stands", "")), "as it stands");
    }

    #[test]
    fn a_snippet_is_cut_around_the_first_hit() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(told(&snippet(text, "seven", 24)), "…six [seven] eight nine…");
        assert_eq!(told(&snippet("short", "none", 24)), "short");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "\\PC{0,40}", query in "\\PC{0,6}") {
            let joined: String = highlight(&text, &query).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
