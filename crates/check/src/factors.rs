//! Multiples of one number by another: "rose from 12 to 36, which is three times as many", "doubled", تضاعف.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::changes::{Pair, only_two, pairs};
use crate::draft::Draft;
use crate::elsewhere::plain_counts;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

/// How many times as large or small a ratio may be as a multiple that is still said of it.
const FAR: f64 = 8.0;

/// "30, three times as many as the 10 of March".
static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<to>N) [^N.;P]{0,24}?(?P<times>[Xx]) (?:as |the |n |w |more |than |in |M |min |of |is |prior |skip ){1,8}(?P<from>N) ",
    )
});

/// Findings about multiples in a passage.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut start = 0;
    while start < passage.atoms.len() {
        let sentence = passage.sentence(start);
        let pairs = pairs(passage, &sentence);
        drafts.extend(sentence.clone().filter_map(|at| multiplied(passage, &sentence, &pairs, at)));
        start = sentence.end + 1;
    }
    drafts.extend(passage.matches(&TIMES).filter_map(|found| {
        let (to, from) = (passage.amount(&found, "to")?, passage.amount(&found, "from")?);
        let times = passage.amount(&found, "times")?;
        // "88, twice the 44 of 2020 and four times the 22 of 2018": it may be of the number before.
        let sentence = passage.sentence(passage.place(&found, "times")?);
        if is_of_another(passage, sentence, times) { None } else { ratio(times, from, to) }
    }));
    drafts
}

/// "doubled" at a place, against the pairs of its sentence, or its only two counts.
fn multiplied(passage: &Passage, sentence: &Range<usize>, pairs: &[Pair<'_>], at: usize) -> Option<Draft> {
    let Item::Factor(times) = &passage.atoms[at].item else { return None };
    // «تضاعفت … ثلاث مرات»: the second word says how often.
    let doubled = passage.has(sentence.start..at, &["X"]);
    if passage.symbol(at) == "X" && passage.has(at + 1..sentence.end, &["x"]) {
        return None;
    }
    let moved = passage.symbol(at) == "X"
        || passage.has(at.saturating_sub(2)..at, &["up", "down", "by", "gain"])
        || passage.has(at + 1..at + 4, &["as", "more", "cmp"]) && !or_more(passage, at)
        || passage.symbol(at + 1) == "the"
        || doubled;
    let two;
    let found = if pairs.is_empty() {
        two = only_two(passage, sentence, at);
        // "4 hours, six fewer, because diesel has doubled".
        let apart = (sentence.start..at)
            .any(|at| passage.symbol(at) == "N" && matches!(passage.symbol(at + 1), "more" | "fewer"));
        if apart || passage.has(sentence.clone(), &["them", "incl", "total"]) {
            return None;
        } else {
            two.as_slice()
        }
    } else {
        pairs
    };
    // "Halved, and halved again".
    let repeated = sentence.clone().filter(|at| passage.symbol(*at) == "X").count() > 1;
    let pair = found.last().filter(|_| moved && !repeated)?;
    let fits = |pair: &Pair<'_>| {
        let either = times.stated > 1.0 && pairs.is_empty();
        let ratio = pair.to.bounds.over(pair.from.bounds);
        // "A rise by half", "rose from 10 to 15 per cent, or by half".
        let by = passage.atoms[at].word == "by" || passage.atoms[at].word.starts_with('ب');
        let led = if by { sentence.start..at } else { at.saturating_sub(3)..at };
        let more = times.stated < 1.0 && passage.has(led, &["up", "gain"]);
        ratio.meets(times.bounds)
            || more && ratio.meets(times.bounds.plus(Bounds::exactly(1.0)))
            || (either && pair.from.bounds.over(pair.to.bounds).meets(times.bounds))
            || ((pairs.is_empty() || pair.either_way)
                && pair.from.bounds.over(pair.to.bounds).meets(times.bounds))
    };
    // "It costs 200 and cost 40, five times as much; wages have doubled, from 300 to 600".
    let apart =
        passage.has(at..pair.from_at.max(at), &[";"]) || is_of_another(passage, sentence.start..at, times);
    if apart || found.iter().any(fits) { None } else { ratio(times, pair.from, pair.to) }
}

/// Whether any two counts of a stretch are such a multiple of each other.
fn is_of_another(passage: &Passage, within: Range<usize>, times: &Amount) -> bool {
    let counts = plain_counts(passage, within, usize::MAX);
    counts
        .iter()
        .any(|(_, one)| counts.iter().any(|(_, other)| one.bounds.over(other.bounds).meets(times.bounds)))
}

/// "Three times or more" tells how often.
fn or_more(passage: &Passage, at: usize) -> bool {
    passage.symbol(at + 1) == "is" && passage.symbol(at + 2) == "more"
}

fn ratio(times: &Amount, from: &Amount, to: &Amount) -> Option<Draft> {
    let computed = to.bounds.over(from.bounds);
    if from.is_vague()
        || to.is_vague()
        || computed.meets(times.bounds)
        || from.stated <= 0.0
        || !from.goes_with(to)
    {
        return None;
    }
    let exact = to.stated / from.stated;
    // What is that far off is a multiple of something else.
    if exact > times.stated * FAR || exact.recip() > times.stated.recip().max(times.stated) * FAR {
        return None;
    }
    let explain = format!(
        "from {} to {} is {} times, not {}",
        shown(from.stated),
        shown(to.stated),
        shown(exact),
        shown(times.stated)
    );
    Some(Draft::over(Kind::Multiple, &[times, from, to], times.stated, exact, explain))
}
