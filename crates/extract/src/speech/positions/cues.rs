//! Words that carry a position, from `data/positions.csv`: what a party does («نفت», "declined to comment"), or what it says
//! of an incident («لا صحة», "by mistake"). A word alone carries none: a party must be their subject or their speaker.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sijil_model::codebook::PartyPosition;
use sijil_model::fold::fold;

use crate::window::Window;

/// How a party stands to the words of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Voice {
    /// It is their subject, or their agent.
    Subject,
    /// It is named right after them: "no word from".
    By,
    /// It says them.
    Speech,
}

/// Words that were found.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub run: Range<usize>,
    pub position: PartyPosition,
    pub voice: Voice,
}

/// Most words that `*` stands for.
const GAP: usize = 6;
/// What in the data stands for some words.
const ANY: &str = "*";

/// The cues of a run of tokens, in order, the longest at each token.
pub(super) fn cues(window: &Window<'_>, run: &Range<usize>) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for at in run.clone() {
        let word = window.tokens.word(at);
        let bare = if window.tokens.is_arabic(at) { word.strip_prefix(['و', 'ف']) } else { None };
        let phrases =
            [Some(word), bare].into_iter().flatten().filter_map(|first| PHRASES.get(first)).flatten();
        let here = phrases.filter_map(|phrase| {
            let end = ends(window, at + 1, &phrase.rest, run.end)?;
            Some(Cue { run: at..end, position: phrase.position, voice: phrase.voice })
        });
        // Words inside those of a longer cue carry nothing of their own.
        let inside = found.last().is_some_and(|last| at < last.run.end);
        found.extend(here.max_by_key(|cue| cue.run.end).filter(|_| !inside));
    }
    found
}

/// Where the rest of a phrase ends, if the text goes on with it; marks between words do not count.
fn ends(window: &Window<'_>, at: usize, rest: &[String], limit: usize) -> Option<usize> {
    let Some((word, after)) = rest.split_first() else { return Some(at) };
    if word == ANY {
        return (at..=at + GAP).find_map(|at| ends(window, at, after, limit));
    }
    let here = at
        + usize::from(
            window.tokens.mark(at).is_some_and(|mark| matches!(mark, '-' | '“' | '"' | '«' | '”' | '»')),
        );
    (here < limit && window.tokens.word(here) == word).then(|| ends(window, here + 1, after, limit)).flatten()
}

struct Phrase {
    rest: Vec<String>,
    position: PartyPosition,
    voice: Voice,
}

#[derive(Debug, Deserialize)]
struct Row {
    position: PartyPosition,
    voice: Voice,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are there for people and for the test"))]
    example: String,
}

/// The rows of the data file; the error names the row that is wrong.
fn rows() -> Result<Vec<Row>, csv::Error> {
    csv::Reader::from_reader(include_str!("../../../data/positions.csv").as_bytes()).deserialize().collect()
}

/// A phrase of the data in folded words, hyphens parting them.
fn words(phrase: &str) -> impl Iterator<Item = String> {
    phrase.split([' ', '-']).map(|word| if word == ANY { ANY.to_owned() } else { fold(word) })
}

/// All phrases, by their first word.
static PHRASES: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    // The file is part of the program and a test reads every row: a row that does not parse cannot be shipped.
    for row in rows().unwrap_or_default() {
        for phrase in row.words.split('|') {
            let mut words = words(phrase);
            let Some(first) = words.next() else { continue };
            let phrase = Phrase { rest: words.collect(), position: row.position, voice: row.voice };
            phrases.entry(first).or_default().push(phrase);
        }
    }
    phrases
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_shows_its_words_in_its_example() {
        let rows = rows().unwrap();
        assert!(rows.len() > 20);
        for row in rows {
            let example = format!(" {} ", fold(&row.example));
            let shown = row.words.split('|').any(|phrase| {
                let words: Vec<String> = words(phrase).collect();
                let mut rest = example.as_str();
                words.iter().filter(|word| *word != ANY).all(|word| {
                    let found = rest.find(&format!(" {word} "));
                    rest = found.map_or("", |at| &rest[at + word.len() + 1..]);
                    found.is_some()
                })
            });
            assert!(shown, "{:?}: no words of it are in its example: {}", row.position, row.example);
        }
    }
}
