//! Reasons to hold that a finding's numbers are of one thing, where they stand in different sentences.
//!
//! Numbers of one sentence are tied by its grammar, which the rules read. A sentence that takes up another says so: it
//! draws a conclusion ("that is", «وبذلك»), points back ("these", "the other 12"), or says a word or counts a thing of the
//! other again. Where it does none of these, the two may be of two matters, and nothing is said.

use std::ops::Range;

use crate::cues::Cue;
use crate::derived::{concludes, is_definite, same_thing};
use crate::draft::Draft;
use crate::passage::{Item, Passage};

/// How far from its start a sentence may point back.
const OPENING: usize = 4;
/// How many letters a word has, at least, that ties two sentences.
const LETTERS: usize = 4;

/// More than this a number is hardly said twice of two things.
const FEW: f64 = 10.0;

/// Symbols of words that rest on what was told before.
const RESTING: [&str; 7] = ["them", "rest", "other", "thus", "total", "bring", "except"];

/// Words that point back to what was told.
const BACK: [&str; 34] = [
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "they",
    "their",
    "them",
    "he",
    "his",
    "she",
    "her",
    "both",
    "together",
    "so",
    "such",
    "half",
    "another",
    "which",
    "i",
    "هذا",
    "هذه",
    "ذلك",
    "تلك",
    "هولاء",
    "اولئك",
    "معا",
    "هو",
    "هي",
    "هم",
    "بذلك",
    "لذلك",
    "اي",
];

/// Words of four letters and more that any two sentences may have.
const LINKS: [&str; 36] = [
    "were",
    "been",
    "have",
    "said",
    "says",
    "that",
    "with",
    "when",
    "while",
    "where",
    "which",
    "there",
    "after",
    "since",
    "into",
    "only",
    "most",
    "more",
    "than",
    "also",
    "still",
    "will",
    "would",
    "could",
    "their",
    "they",
    "told",
    "according",
    "قال",
    "قالت",
    "كانت",
    "كانوا",
    "بحسب",
    "وفق",
    "لكن",
    "حيث",
];

/// Symbols of words that compare with what was told before: "a drop of", "on average", "twice the old price".
const COMPARING: [&str; 8] = ["gain", "loss", "diff", "avg", "prior", "X", "x", "all"];

/// Whether each number of a finding is tied to the one that it says is wrong.
pub(crate) fn hold(passage: &Passage, draft: &Draft) -> bool {
    let at = |point: u32| passage.atoms.partition_point(|atom| atom.points.end <= point);
    let Some(last) = draft.of.iter().map(|point| at(*point)).max() else { return true };
    let own = passage.sentence(last);
    draft.of.iter().all(|point| {
        let other = passage.sentence(at(*point));
        other == own
            || is_told_again(passage, &other, &own)
            || is_known(passage, own.clone())
            || is_chain(passage, other, &own)
    })
}

/// Whether each sentence from one to another takes up the one before it.
fn is_chain(passage: &Passage, first: Range<usize>, last: &Range<usize>) -> bool {
    // "The ministry says 48. The council has 83 names. The gap is 35": two who are set against each other.
    let mut from = passage.sentence(first.end + 1);
    from = if from.end < last.start && passage.sentence(from.end + 1) == *last { from } else { first };
    while from.end < last.start {
        let next = passage.sentence(from.end + 1);
        if !takes_up(passage, &from, &next) {
            return false;
        }
        from = next;
    }
    true
}

fn takes_up(passage: &Passage, before: &Range<usize>, sentence: &Range<usize>) -> bool {
    let timed = |within: &Range<usize>| passage.has(within.clone(), &["dayname", "M", "t", "T"]);
    points_back(passage, sentence.clone())
        || compares(passage, sentence.clone())
        || is_told_again(passage, before, sentence)
        || timed(before) && timed(sentence)
}

/// Whether a sentence takes up what was told before it.
fn points_back(passage: &Passage, sentence: Range<usize>) -> bool {
    let left = |at: usize| {
        let word = passage.word(at);
        Cue::Still.is(word.strip_prefix(['و', 'ف']).unwrap_or(word)) || Cue::Ahead.is(word)
    };
    opens_back(passage, sentence.clone())
        || passage.has(sentence.clone(), &RESTING)
        || sentence.into_iter().any(left)
}

/// Whether a sentence opens with a word that points back.
pub(crate) fn opens_back(passage: &Passage, sentence: Range<usize>) -> bool {
    let opening = sentence.start..(sentence.start + OPENING).min(sentence.end);
    opening.into_iter().any(|at| {
        let word = passage.atoms[at].word.as_str();
        let bare = word.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(word);
        BACK.contains(&word) || BACK.contains(&bare)
    })
}

/// Whether a sentence speaks of a change or a number as known: "extortion, they call the rise of 75 per cent", "the 145 left
/// over".
fn is_known(passage: &Passage, sentence: Range<usize>) -> bool {
    // "One in five, 30 people, had …": of those who were told.
    let first = sentence.start;
    let elliptic = passage.symbol(first) == "P" && passage.symbol(first + 1) == ",";
    let change =
        |at: usize| passage.symbol(at) == "the" && passage.has(at + 1..at + 3, &["gain", "loss", "diff"]);
    let number = |at: usize| passage.count_at(at).is_some() && is_definite(passage, at);
    elliptic || sentence.into_iter().any(|at| change(at) || number(at))
}

/// Whether a sentence compares, and does not tell with what.
fn compares(passage: &Passage, sentence: Range<usize>) -> bool {
    // "27 fewer than in winter": what it is compared with is no number of its own.
    let bare =
        passage.has(sentence.clone(), &["more", "fewer"]) && passage.counts(sentence.clone()).len() == 1;
    let opening = sentence.start..(sentence.start + OPENING).min(sentence.end);
    let points = |at: usize| {
        matches!(passage.atoms[at].item, Item::Points(_))
            || matches!(passage.word(at), "points" | "نقاط" | "نقطه")
    };
    let whole = |at: usize| Cue::All.is(passage.word(at)) || Cue::Number.is(passage.word(at));
    concludes(passage, sentence.clone())
        || passage.has(opening.clone(), &["up", "down"])
        || opening.into_iter().any(whole)
        || sentence.clone().any(points)
        || passage.has(sentence, &COMPARING)
        || bare
}

/// Whether a sentence says a word of another again, or counts what it counts.
pub(crate) fn is_told_again(passage: &Passage, other: &Range<usize>, own: &Range<usize>) -> bool {
    let alike = |one: usize, two: usize| match (&passage.atoms[one].item, &passage.atoms[two].item) {
        (Item::Noun(one), Item::Noun(two)) => one.class == two.class,
        (Item::Count(one), Item::Count(two)) => one.stated == two.stated && one.stated > FEW,
        _ => {
            let plain =
                |at: usize| matches!(passage.symbol(at), "w" | "n") && !LINKS.contains(&passage.word(at));
            let words = (passage.word(one), passage.word(two));
            plain(one) && plain(two) && words.0.chars().count() >= LETTERS && same_thing(words.0, words.1)
        }
    };
    own.clone().any(|one| other.clone().any(|two| alike(one, two)))
}
