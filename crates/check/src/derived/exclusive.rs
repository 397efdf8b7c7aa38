//! Shares of which nobody can be in two, and that are more than all together: "men were 62 per cent of the dead and women
//! 47", "84 per cent passed and 26 failed", "each named one need only: 41, 28, 19 and 22 per cent".
//!
//! What shares leave out of a hundred is not told: only more than all of it is a finding.

use super::{NARROW, beside};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::classes::are_disjoint;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How many shares a single answer has, at least, to be told to be one.
const ANSWERS: usize = 3;
/// How far from "one" its "only" may stand.
const REACH: usize = 4;
/// How far before "more than one" it may be denied.
const DENIED: usize = 8;

/// Findings about shares that are more than a hundred together.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let single_answer = is_single_answer(passage);
    let mut drafts = Vec::new();
    let mut start = 0;
    while start < passage.atoms.len() {
        let sentence = passage.sentence(start);
        let shares: Vec<(usize, &Amount)> = sentence.clone().filter_map(|at| share_at(passage, at)).collect();
        let told_apart = passage.has(sentence.clone(), &["up", "down", "cmp", "from", "M", "T", "incl"]);
        let parted = || match shares.as_slice() {
            [(one, _), (other, _)] => are_parted(passage, *one, *other),
            shares => single_answer && shares.len() >= ANSWERS,
        };
        // "One answer only: 30 per cent say that they earn less than before".
        let apart = told_apart && !(single_answer && shares.len() >= ANSWERS);
        drafts.extend(more_than_all(&shares).filter(|_| !apart && parted()));
        start = sentence.end + 1;
    }
    drafts
}

fn share_at(passage: &Passage, at: usize) -> Option<(usize, &Amount)> {
    match &passage.atoms[at].item {
        Item::Share(share) if share.bounds.high - share.bounds.low < NARROW && !is_change(passage, at) => {
            Some((at, share))
        }
        _ => None,
    }
}

/// "One answer only", "only one need each", «إجابة واحدة فقط»: whether everybody is counted once.
fn is_single_answer(passage: &Passage) -> bool {
    let one = |at: usize| {
        matches!(passage.word(at), "one" | "single" | "واحد" | "واحده") || passage.symbol(at) == "one"
    };
    let only = |at: usize| matches!(passage.word(at), "only" | "فقط" | "single" | "وحيد" | "وحيده" | "لاغير");
    // "Nobody could choose more than one answer", «ولم يُسمح لأحد بأكثر من إجابة».
    let no_more = |at: usize| {
        let word = |at: usize| passage.atoms.get(at).map_or("", |atom| atom.word.as_str());
        let more = passage.count_at(at).is_some_and(|one| one.stated == 1.0)
            && matches!(word(at), "more" | "اكثر")
            || matches!(word(at), "more" | "اكثر")
                && matches!(passage.word(at + 1), "one" | "اجابه" | "سبب" | "خيار");
        let denied =
            |word: &str| matches!(word, "no" | "not" | "nobody" | "none" | "لم" | "ولم" | "لا" | "دون");
        more && (at.saturating_sub(DENIED)..at).any(|at| denied(word(at)))
    };
    (0..passage.atoms.len()).any(|at| {
        no_more(at)
            || one(at)
                && (at.saturating_sub(REACH)..at + REACH)
                    .any(|place| place < passage.atoms.len() && only(place))
    })
}

/// Whether nobody can be in two shares: the words beside them are of classes that exclude each other, or opposites.
fn are_parted(passage: &Passage, one: usize, other: usize) -> bool {
    let plain = |at: usize| {
        let word = passage.atoms[at].word.as_str();
        word.strip_prefix(['و', 'ف']).filter(|_| !word.is_ascii()).unwrap_or(word)
    };
    let pairs =
        || beside(passage, one).flat_map(|first| beside(passage, other).map(move |second| (first, second)));
    // "Two thirds of the women and half of the men": shares of two wholes.
    let is_whole = |noun: usize, share: usize| {
        let between = share + 1..noun;
        let of =
            passage.has(between.clone(), &["of", "min", "the"]) || passage.atoms[noun].word.starts_with("ال");
        noun > share && of && between.into_iter().all(|at| matches!(passage.symbol(at), "of" | "min" | "the"))
    };
    let disjoint = |first: usize, second: usize| {
        passage.class_at(first).zip(passage.class_at(second)).is_some_and(|(one, two)| are_disjoint(one, two))
    };
    // "78 per cent of girls passed and 32 per cent of boys failed": shares of two groups.
    let opposite = pairs().any(|(first, second)| Lexicon::get().are_opposite(plain(first), plain(second)));
    let mut classes = pairs().filter(|(first, second)| disjoint(*first, *second)).peekable();
    match (opposite, classes.peek().is_some()) {
        (true, true) | (false, false) => false,
        (true, false) => true,
        (false, true) => classes.any(|(first, second)| !is_whole(first, one) && !is_whole(second, other)),
    }
}

fn more_than_all(shares: &[(usize, &Amount)]) -> Option<Draft> {
    let shares: Vec<&Amount> = shares.iter().map(|(_, share)| *share).collect();
    let sum = Bounds::sum(shares.iter().map(|share| share.bounds));
    let stated: f64 = shares.iter().map(|share| share.stated).sum();
    let terms: Vec<String> = shares.iter().map(|share| format!("{} %", shown(share.stated))).collect();
    let explain = format!("{} is {} %, more than all", terms.join(" + "), shown(stated));
    let last = shares.last()?.stated;
    (sum.low > 100.0).then(|| Draft::over(Kind::Percentage, &shares, last, last - stated + 100.0, explain))
}
