//! Of what a number speaks, where the words that lead to it or follow it say so.

use super::wholes::is_shared_out;
use super::{concludes, plain, same_thing};
use crate::amounts::Amount;
use crate::changes::pairs;
use crate::passage::Passage;
use crate::shares::is_change;
use crate::ties;

/// How many letters a word has, at least, that tells of what a sentence is.
const LETTERS: usize = 4;
/// How many symbols after a share name of what it is, and how many letters their words have.
const NAMED: usize = 4;

/// Whether what leads to a number speaks of nothing that was told before: "Women made up 38 per cent", after two numbers of
/// interviews. A conclusion, or a word that points back, speaks of what was told.
pub(crate) fn is_new_subject(passage: &Passage, at: usize) -> bool {
    let start = passage.sentence(at).start;
    let subject =
        |at: &usize| matches!(passage.symbol(*at), "w" | "n") && passage.word(*at).chars().count() >= LETTERS;
    let told = |word: &usize| {
        (0..start).any(|before| {
            matches!(passage.symbol(before), "w" | "n")
                && (same_thing(passage.word(before), passage.word(*word))
                    || passage
                        .class_at(before)
                        .is_some_and(|class| class != "people" && passage.class_at(*word) == Some(class)))
        })
    };
    let words: Vec<usize> = (start..at).filter(subject).collect();
    let new = start > 0 && !words.is_empty() && !words.iter().any(told);
    // "They call the rise of 75 per cent extortion": a change that was told.
    // "It had 40 beds and now has 70. Capacity rose by 57 per cent": of the only two numbers that there are.
    if plain(passage, 0..start, at).len() <= 2 && is_change(passage, at) {
        return false;
    }
    let the = at > 0 && passage.atoms[at - 1].word == "the";
    let known = the || passage.has(start..at, &["gain", "loss", "diff", "them"]);
    new && !known && !ties::opens_back(passage, start..at) && !concludes(passage, passage.sentence(at))
}

/// "Dropped from 71 per cent to 54, that is, by a quarter of what it had been": whether a share is an end of a change between
/// two shares, or tells that change.
pub(super) fn is_between_shares(passage: &Passage, at: usize) -> bool {
    let pairs = pairs(passage, &passage.sentence(at));
    let shares = pairs.iter().filter(|pair| passage.symbol(pair.to_at) == "P");
    shares.into_iter().any(|pair| [pair.from_at, pair.to_at].contains(&at) || is_change(passage, at))
}

/// "A third of his village": whether a share names of what it is, and that was not told.
pub(super) fn is_of_untold(passage: &Passage, at: usize) -> bool {
    let start = passage.sentence(at).start;
    let of = matches!(passage.symbol(at + 1), "of" | "min");
    let named =
        |at: &usize| matches!(passage.symbol(*at), "w" | "n") && passage.word(*at).chars().count() > NAMED;
    let words: Vec<usize> = (at + 2..(at + 2 + NAMED).min(passage.sentence(at).end)).filter(named).collect();
    let told = |word: &usize| {
        let class = passage.class_at(*word);
        (0..start).any(|before| {
            same_thing(passage.word(before), passage.word(*word))
                || class.is_some() && passage.class_at(before) == class
        })
    };
    let everybody = ["people", "killed", "casualties", "civilians"];
    let general =
        words.iter().any(|at| passage.class_at(*at).is_some_and(|class| everybody.contains(&class)));
    let back = ties::opens_back(passage, start..at) || concludes(passage, passage.sentence(at));
    of && !back && !general && !words.is_empty() && !words.iter().any(told)
}

/// "Of 1,840 households in the three valleys, 644 had lost somebody. That is 35 per cent": the part and the whole of the sentence
/// before, which opens with the whole.
pub(super) fn shared_out(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let start = passage.sentence(at).start;
    let before = plain(passage, passage.before(at)..start, at);
    let (whole_at, whole) = *before.first()?;
    let mut parts = before[1..].iter().filter(|(place, part)| {
        passage.symbol_before(*place) == "," && part.stated < whole.stated && part.stated > 1.0
    });
    let (_, part) = *parts.next().filter(|_| parts.next().is_none())?;
    is_shared_out(passage, whole_at).then_some((part, whole))
}

/// Whether a share's sentence has no number that it may rest on, nor the one after it.
pub(super) fn all_before(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence(at);
    let next = passage.sentence(sentence.end + 1).end.max(sentence.end);
    plain(passage, sentence.start..next, at).is_empty()
}
