//! Rises, falls and differences: "rose from 12 to 30, an increase of 18 (150%)".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::bases::told_before;
use crate::cues::Cue;
use crate::derived::{has_too_many, is_new_subject, same_thing};
use crate::draft::Draft;
use crate::elsewhere::{is_share_elsewhere, is_told_of, plain_counts, told_elsewhere};
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};
use crate::shares::is_change;
use crate::ties::is_told_again;

/// How far before a number "rose" may stand.
const LED: usize = 8;

static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:from|min) (?:the |w |n |total |in |M |t |skip |of ){0,3}(?P<from>[NP]) [^N.P]{0,24}?to (?:the |w |n |total |in |M |t |skip ){0,3}(?P<to>[NP]) ",
    )
});
static TO_FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"to (?:the |w |n |total ){0,2}(?P<to>[NP]) [^N.P]{0,16}?(?:from|min) (?:the |w |n |total ){0,3}(?P<from>[NP]) ",
    )
});
static COMPARED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<to>[NP]) [^N.P;]{0,24}?cmp [^N.P;]{0,16}?(?P<from>[NP]) "));
/// "30, 12 more than the 20 of March".
static MORE_THAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<to>N) [^N.;P]{0,24}?(?P<change>[NP]) (?:n |w ){0,2}(?P<way>more|fewer) (?:the |n |w |in |M |min |is |prior |skip |than ){0,6}(?P<from>N) ",
    )
});

/// Two numbers of which the second came after the first.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'p> {
    pub from: &'p Amount,
    pub to: &'p Amount,
    pub from_at: usize,
    pub to_at: usize,
    /// Whether either may have come first: "41 against 90".
    pub either_way: bool,
}

/// Findings about changes in a passage.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut start = 0;
    while start < passage.atoms.len() {
        let sentence = passage.sentence(start);
        let pairs = pairs(passage, &sentence);
        drafts.extend(pairs.iter().filter_map(|pair| direction(passage, &sentence, *pair)));
        for at in sentence.clone() {
            drafts.extend(changed(passage, &sentence, &pairs, at));
        }
        start = sentence.end + 1;
    }
    drafts.extend(passage.matches(&MORE_THAN).filter_map(|found| more_than(passage, &found)));
    drafts
}

/// From where to where something moves in a sentence that says so.
pub(crate) fn pairs<'p>(passage: &'p Passage, sentence: &Range<usize>) -> Vec<Pair<'p>> {
    let mut pairs: Vec<Pair<'p>> = Vec::new();
    for regex in [&*FROM_TO, &*TO_FROM, &*COMPARED] {
        for found in passage.matches(regex) {
            let (Some(from_at), Some(to_at)) = (passage.place(&found, "from"), passage.place(&found, "to"))
            else {
                continue;
            };
            let (Some(from), Some(to)) = (passage.amount_at(from_at), passage.amount_at(to_at)) else {
                continue;
            };
            let same = passage.symbol(from_at) == passage.symbol(to_at);
            let new = pairs.iter().all(|pair| {
                ![pair.from_at, pair.to_at].contains(&from_at) && ![pair.from_at, pair.to_at].contains(&to_at)
            });
            if sentence.contains(&from_at) && sentence.contains(&to_at) && same && new && from.goes_with(to) {
                let either_way = std::ptr::eq(regex, &*COMPARED);
                pairs.push(Pair { from, to, from_at, to_at, either_way });
            }
        }
    }
    let words = ["up", "down", "gain", "loss", "changed", "X", "x", "diff", "more", "fewer"];
    pairs.retain(|_| passage.has(sentence.clone(), &words));
    pairs.retain(|pair| !pair.from.is_vague() && !pair.to.is_vague());
    pairs
}

/// "rose from 30 to 20".
fn direction(passage: &Passage, sentence: &Range<usize>, pair: Pair<'_>) -> Option<Draft> {
    let first = pair.from_at.min(pair.to_at);
    // "Dropped to 18, down from 24".
    let again = pair.to_at < pair.from_at && passage.has(pair.to_at..pair.from_at, &["up", "down"]);
    let end = first - usize::from(again && passage.symbol_before(first) == "to");
    let word = (sentence.start..end)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), "N" | ";" | "to"))
        .take_while(|at| passage.symbol(*at) != "P" || is_change(passage, *at))
        .map(|at| passage.symbol(at))
        .find(|symbol| matches!(*symbol, "up" | "down"))?;
    let wrong = match word {
        "up" => pair.to.bounds.high < pair.from.bounds.low,
        _ => pair.to.bounds.low > pair.from.bounds.high,
    };
    let said = if word == "up" { "rise" } else { "fall" };
    wrong.then(|| {
        let explain = format!("from {} to {} is no {said}", shown(pair.from.stated), shown(pair.to.stated));
        Draft::over(Kind::Difference, &[pair.from, pair.to], pair.to.stated, pair.from.stated, explain)
    })
}

/// A stated difference or percentage of change at a place, against the pairs of its sentence.
fn changed(passage: &Passage, sentence: &Range<usize>, pairs: &[Pair<'_>], at: usize) -> Option<Draft> {
    let taken = pairs.iter().any(|pair| pair.from_at == at || pair.to_at == at);
    let marked = |at: usize| {
        let words = ["gain", "loss", "more", "fewer", "up", "down", "diff"];
        // "Twice or more".
        let or_more = |at: usize| matches!(passage.word(at - 1), "or" | "او");
        passage.has(at.saturating_sub(4).max(sentence.start)..at, &["by", "gain", "loss", "diff"])
            || matches!(passage.symbol_before(at), "up" | "down")
            || (at + 1..(at + 4).min(sentence.end))
                // "37.5 per cent, leaving a gap of 52.5 million".
                .take_while(|next| passage.symbol(at) != "P" || passage.symbol(*next) != ",")
                .any(|at| words.contains(&passage.symbol(at)) && !or_more(at))
    };
    // "The rent rose 80 dinars, from 170 to 250": by so many.
    let led = |at: usize| {
        let start = (sentence.start.max(at.saturating_sub(LED))..at)
            .rev()
            .find(|at| matches!(passage.symbol(*at), "up" | "down"));
        start.is_some_and(|start| {
            (start + 1..at).all(|at| matches!(passage.symbol(at), "n" | "w" | "is" | "the" | "of" | "label"))
        }) && pairs.iter().any(|pair| {
            pair.from_at > at
                && (at + 1..pair.from_at)
                    .all(|at| matches!(passage.symbol(at), "n" | "w" | "," | "from" | "min"))
        })
    };
    // "Went up by 150 to 1,900": from what is not said.
    let to = (at + 1..at + 5).find(|at| passage.count_at(*at).is_some());
    let without_from = to.is_some_and(|to| {
        passage.symbol_before(to) == "to" && pairs.iter().all(|pair| pair.to_at != to && pair.from_at != to)
    });
    // "A rate of 75 per cent, against 90 a year ago".
    let beside = passage.symbol(at) == "P" && passage.symbol_before(at) == "cmp";
    // "From 170 to 250, and then by 30 more": a further step.
    let further = (at.saturating_sub(4)..at).any(|at| matches!(passage.word(at), "then" | "ثم"));
    let further = further && pairs.iter().any(|pair| pair.to_at < at);
    // "From 2.00 to 3.00, or by half, and oil by a third": of something else.
    let another = |pair: &Pair<'_>| {
        let told = (pair.to_at.max(pair.from_at) + 1..at).find(|at| matches!(passage.symbol(*at), "P" | "X"));
        told.is_some_and(|told| passage.has(told..at, &["and"]))
    };
    // "Five more than were needed".
    let needed = passage.symbol(at) == "N"
        && (at + 1..(at + 5).min(sentence.end)).any(|at| Cue::Wanted.begins(passage.word(at)));
    if needed || passage.symbol(at) == "P" && pairs.iter().any(another) {
        return None;
    }
    if taken || without_from || beside || further || is_denied(passage, at) {
        return None;
    }
    let ordered = !pairs.is_empty();
    // A change without numbers of its own repeats one that was told.
    let alone = plain_counts(passage, sentence.clone(), at).is_empty();
    let repeated = if ordered || !alone { Vec::new() } else { told_before(passage, sentence, at) };
    // All pairs of a paragraph are many: they are made only for a number that tells a change.
    let found = || -> Vec<Pair<'_>> {
        if !ordered && has_too_many(passage) {
            Vec::new()
        } else if !ordered && !repeated.is_empty() {
            repeated.clone()
        } else if ordered {
            steps(passage, sentence, at).into_iter().chain(pairs.iter().copied()).collect()
        } else {
            counts_before(passage, sentence, at)
        }
    };
    // "120, 40 fewer than in February and 15 more than in January": not all that it is compared with is told.
    let several =
        || sentence.clone().filter(|at| matches!(passage.symbol(*at), "more" | "fewer")).count() > 1;
    match &passage.atoms[at].item {
        Item::Count(change) if marked(at) && adjacent(passage, at) || led(at) => {
            let mut pairs = found();
            let known = ordered || !repeated.is_empty();
            pairs.retain(|pair| known || compared(passage, pair, at));
            let untold = is_from_untold_time(passage, at);
            if !ordered && (several() || untold) || !known && told_elsewhere(passage, at, change) {
                None
            } else {
                difference(change, &pairs, known)
            }
        }
        Item::Share(share) if ordered && passage.symbol_before(at) == "to" => {
            share_of_before(share, pairs.last()?)
        }
        // "Killed by mines and 25 per cent of the 80" is no change.
        Item::Share(change)
            if is_change(passage, at)
                || marked(at) && !is_of_number(passage, at)
                || bracketed(passage, at, pairs) =>
        {
            // "1,240 calls. In the second quarter 980, a fifth fewer, and 270 of them at night".
            let earlier = passage.counts(sentence.clone()).is_empty() && is_new_subject(passage, at);
            // "Prices have risen by a third: 800, against 600 then. Wages are up by 5 per cent".
            let again = |pair: &Pair<'_>| is_told_again(passage, &passage.sentence(pair.to_at), sentence);
            let other = !repeated.iter().any(again) && is_told_of(passage, at, sentence.start);
            if !repeated.is_empty() {
                return if earlier || other { None } else { percent_change(change, &repeated, true) };
            }
            if !ordered
                && (earlier
                    || is_share_elsewhere(passage, at, change)
                    || is_told_of(passage, at, sentence.start))
            {
                return None;
            }
            // «بتراجع قدره الثلث»: a change and no share of what it was.
            let direct = passage.has(at.saturating_sub(2)..at, &["gain", "loss"])
                && !passage.has(passage.before(at)..at, &["more", "other"]);
            let pairs = found();
            let pairs =
                if ordered { pairs } else { pairs.iter().map(|pair| in_order(passage, at, pair)).collect() };
            percent_change(change, &pairs, ordered || direct)
        }
        Item::Share(share) if ordered && passage.has(at + 1..at + 3, &["as"]) => {
            share_of_before(share, pairs.last()?)
        }
        Item::Points(change) => {
            let shares: Vec<Pair<'_>> =
                found().into_iter().filter(|pair| passage.symbol(pair.to_at) == "P").collect();
            difference(change, &shares, ordered)
        }
        _ => None,
    }
}

/// "1.8 million, a rise by half on the year before with 1.2 million": what rose began with the smaller of two, what fell with
/// the larger.
fn in_order<'p>(passage: &Passage, at: usize, pair: &Pair<'p>) -> Pair<'p> {
    let said = |symbol| passage.has(at.saturating_sub(2)..at, &[symbol]);
    let rises = pair.from.stated <= pair.to.stated;
    if said("gain") && !rises || said("loss") && rises {
        return Pair { from: pair.to, to: pair.from, from_at: pair.to_at, to_at: pair.from_at, ..*pair };
    }
    *pair
}

/// "25 per cent of the 80".
fn is_of_number(passage: &Passage, at: usize) -> bool {
    matches!(passage.symbol(at + 1), "of" | "min") && passage.has(at + 2..at + 4, &["N"])
}

/// Whether the word of change stands close to the number, with no other number between.
fn adjacent(passage: &Passage, at: usize) -> bool {
    let words = ["by", "gain", "loss", "diff"];
    if matches!(passage.symbol_before(at), "fewer" | "more" | "up" | "down") {
        return true;
    }
    let mut before = (at.saturating_sub(4)..at)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ";" | "cmp" | "to"));
    let mut after = (at + 1..at + 4).take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ","));
    let sentence = passage.sentence(at);
    let apart = passage.symbol_before(at) == "by" && passage.has(sentence.start..at, &["more", "fewer"]);
    let moves =
        apart || passage.has(sentence.clone(), &["up", "down", "gain", "loss", "diff", "changed", "bring"]);
    let by_more = |at: usize| matches!(passage.symbol_before(at), "more" | "fewer");
    let compares = passage.has(sentence, &["than", "cmp"]);
    before
        .any(|at| words.contains(&passage.symbol(at)) && (moves || by_more(at) || passage.symbol(at) != "by"))
        || after.any(|at| match passage.symbol(at) {
            // "A dozen more people": further ones, compared with nothing.
            "more" | "fewer" => compares || is_comparing(passage, at),
            other => matches!(other, "gain" | "loss" | "diff"),
        })
}

/// "Not by 30 per cent, as we wrote", «لا بنسبة 30 في المئة».
fn is_denied(passage: &Passage, at: usize) -> bool {
    (at.saturating_sub(2)..at)
        .any(|at| matches!(passage.atoms[at].word.as_str(), "not" | "لا" | "ليس" | "وليس" | "ولا"))
}

/// "12 more than", "12 fewer."; not "12 more were hurt".
fn is_comparing(passage: &Passage, at: usize) -> bool {
    let atom = &passage.atoms[at];
    let with_than = atom.points.len() > atom.word.chars().count();
    with_than || matches!(passage.symbol(at + 1), "" | "." | "," | ";" | ")" | "-" | ":" | "than")
}

fn bracketed(passage: &Passage, at: usize, pairs: &[Pair<'_>]) -> bool {
    pairs.iter().any(|pair| {
        let last = pair.from_at.max(pair.to_at);
        last < at && at - last <= 5 && !passage.has(last + 1..at, &["N", "of", "them", "P"])
    }) && !matches!(passage.symbol(at + 1), "of" | "them" | "min")
}

/// All pairs of counts that a difference without "from … to" may be between; the two that are nearest come last.
fn counts_before<'p>(passage: &'p Passage, sentence: &Range<usize>, at: usize) -> Vec<Pair<'p>> {
    let mut counts = plain_counts(passage, sentence.clone(), at);
    if counts.len() < 2 {
        counts = plain_counts(passage, passage.before(at)..sentence.end, at);
    }
    if counts.len() < 2 {
        counts = plain_counts(passage, 0..sentence.end, at);
        // "The five ovens baked 36,500 loaves. Now it is 14,200. The shortfall of 21,300 loaves": two of the same.
        let change = passage.count_at(at);
        let alike = |one: &Amount| {
            let same = |change: &Amount| same_thing(&change.word, &one.word);
            one.word.is_empty() || change.is_some_and(same)
        };
        if counts.len() > 2 {
            counts.retain(|(_, one)| alike(one));
        }
        counts.truncate(if counts.len() == 2 { 2 } else { 0 });
    }
    let before = counts.iter().filter(|(place, _)| *place < at).count();
    let mut pairs: Vec<Pair<'p>> = Vec::new();
    for (place, (from_at, from)) in counts.iter().enumerate() {
        for (to_at, to) in counts[place + 1..].iter().filter(|(_, to)| to.goes_with(from)) {
            pairs.push(Pair { from, to, from_at: *from_at, to_at: *to_at, either_way: true });
        }
    }
    pairs.sort_by_key(|pair| (pair.to_at < at, pair.to_at, pair.from_at));
    let told_after = passage.has(at..sentence.end, &[":"]);
    if before > 0 || told_after { pairs } else { Vec::new() }
}

/// Whether two counts without "from … to" stand where a difference compares them: before it, or after it in its clause.
fn compared(passage: &Passage, pair: &Pair<'_>, at: usize) -> bool {
    // "29 certificates, 17 more than the official figure, and the families speak of 34".
    pair.to_at < at
        || !passage.has(at..pair.to_at, &[";", "."]) && !passage.line_has(at..pair.to_at, [",", "and"])
}

/// "Sixteen people are missing, three fewer than on Wednesday": whether a change is one from a day or month of which nothing
/// else is told.
fn is_from_untold_time(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence(at);
    let end = (at + LED).min(sentence.end);
    let time = (at + 1..end).find(|at| matches!(passage.symbol(*at), "dayname" | "M"));
    let than = passage.has(at + 1..end, &["fewer", "more", "than"]);
    time.is_some_and(|time| {
        let again = |other: usize| other != time && passage.word(other) == passage.word(time);
        than && !(0..passage.atoms.len()).any(again) && passage.counts(at + 1..sentence.end).is_empty()
    })
}

/// Each count of a sentence but one and the count after it: "from 5,000 to 7,000, then to 6,300".
fn steps<'p>(passage: &'p Passage, sentence: &Range<usize>, but: usize) -> Vec<Pair<'p>> {
    let counts = plain_counts(passage, sentence.clone(), but);
    let pair = |window: &[(usize, &'p Amount)]| Pair {
        from: window[0].1,
        to: window[1].1,
        from_at: window[0].0,
        to_at: window[1].0,
        either_way: false,
    };
    counts.windows(2).filter(|window| window[0].1.goes_with(window[1].1)).map(pair).collect()
}

/// The only two other counts of a sentence.
pub(crate) fn only_two<'p>(passage: &'p Passage, sentence: &Range<usize>, at: usize) -> Vec<Pair<'p>> {
    let counts = plain_counts(passage, sentence.clone(), at);
    let pairs = if counts.len() == 2 { steps(passage, sentence, at) } else { Vec::new() };
    if pairs.len() == 1 { pairs } else { Vec::new() }
}

fn distance(pair: &Pair<'_>) -> Bounds {
    let change = pair.to.bounds.minus(pair.from.bounds);
    if change.low >= 0.0 {
        change
    } else if change.high <= 0.0 {
        Bounds::new(-change.high, -change.low)
    } else {
        Bounds::new(0.0, change.high.max(-change.low))
    }
}

fn difference(change: &Amount, pairs: &[Pair<'_>], ordered: bool) -> Option<Draft> {
    let fits = |pair: &Pair<'_>| {
        let base = pair.to.bounds.plus(change.bounds).meets(pair.from.bounds)
            || pair.from.bounds.plus(change.bounds).meets(pair.to.bounds);
        distance(pair).meets(change.bounds) || (!ordered && base)
    };
    let pair = pairs.last()?;
    // What is larger than both is no difference of theirs.
    let larger = change.stated > pair.from.stated.max(pair.to.stated);
    if change.is_vague() || larger || pairs.iter().any(fits) {
        return None;
    }
    let (low, high) =
        if pair.from.stated <= pair.to.stated { (pair.from, pair.to) } else { (pair.to, pair.from) };
    Some(Draft::left_of(Kind::Difference, high, low, change, true))
}

fn percent_change(change: &Amount, pairs: &[Pair<'_>], ordered: bool) -> Option<Draft> {
    // "930 pupils in a school for 600, at 155 per cent": no change at all.
    let shares = |pair: &Pair<'_>| {
        [(pair.to, pair.from), (pair.from, pair.to)]
            .map(|(part, whole)| part.bounds.over(whole.bounds).times(100.0))
            .into_iter()
    };
    let of = |pair: &Pair<'_>, base: &Amount| distance(pair).over(base.bounds).times(100.0);
    let fits = |pair: &Pair<'_>| {
        of(pair, pair.from).meets(change.bounds)
            || !ordered
                && (of(pair, pair.to).meets(change.bounds)
                    || shares(pair).any(|one| one.meets(change.bounds)))
    };
    let pair = pairs.last()?;
    if pairs.iter().any(fits) || pair.from.stated <= 0.0 {
        return None;
    }
    let computed = (pair.to.stated - pair.from.stated).abs() / pair.from.stated * 100.0;
    let explain = format!(
        "from {} to {} is a change of {} %, not {} %",
        shown(pair.from.stated),
        shown(pair.to.stated),
        shown(computed),
        shown(change.stated)
    );
    Some(Draft::over(Kind::Percentage, &[pair.from, pair.to, change], change.stated, computed, explain))
}

/// "half of what it had been".
fn share_of_before(share: &Amount, pair: &Pair<'_>) -> Option<Draft> {
    let computed = pair.to.bounds.over(pair.from.bounds).times(100.0);
    if computed.meets(share.bounds) || pair.from.stated <= 0.0 {
        return None;
    }
    let exact = pair.to.stated / pair.from.stated * 100.0;
    let explain = format!(
        "{} is {} % of {}, not {} %",
        shown(pair.to.stated),
        shown(exact),
        shown(pair.from.stated),
        shown(share.stated)
    );
    Some(Draft::over(
        Kind::Multiple,
        &[pair.from, pair.to, share],
        share.stated / 100.0,
        exact / 100.0,
        explain,
    ))
}

fn more_than(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (to, from) = (passage.amount(found, "to")?, passage.amount(found, "from")?);
    let place = passage.place(found, "change")?;
    let change = passage.amount_at(place)?;
    if to.is_vague() || from.is_vague() || change.is_vague() || !to.goes_with(from) {
        return None;
    }
    let more = found.name("way")?.as_str() == "more";
    let pair = Pair { from, to, from_at: 0, to_at: 1, either_way: false };
    let wrong_way = if more { to.bounds.high < from.bounds.low } else { to.bounds.low > from.bounds.high };
    if wrong_way {
        let word = if more { "more" } else { "fewer" };
        let explain = format!("{} is not {word} than {}", shown(to.stated), shown(from.stated));
        return Some(Draft::over(Kind::Difference, &[to, from, change], to.stated, from.stated, explain));
    }
    match passage.symbol(place) {
        "P" => percent_change(change, &[pair], true),
        _ => difference(change, &[pair], true),
    }
}
