//! Shares of counts: "nearly two thirds of the 48 schools, 24 of them", "240 beds. It now has 90: a loss of 65 per cent".

use super::{all, distance, ordered, pair, plain, ratios, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How far before a share a word may stand that says what it follows from.
const REACH: usize = 4;
/// How far after a share the thing that it is of may stand.
const NAMED: usize = 7;
/// How far after a share its whole, or its part, may stand.
const AFTER: usize = 12;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Share(share) if share.bounds.high.is_infinite() => apposed(passage, at, share)
                .or_else(|| named(passage, at, share))
                .or_else(|| of_whole(passage, at, share, whole_after(passage, at)?)),
            Item::Share(share) => {
                if is_change(passage, at) {
                    change(passage, at, share)
                } else if let Some(whole) = whole_after(passage, at) {
                    of_whole(passage, at, share, whole)
                } else if let Some(part) = part_after(passage, at) {
                    given(passage, at, share, part)
                } else {
                    linked(passage, at, share)
                        .or_else(|| named(passage, at, share))
                        .or_else(|| restated(passage, at, share))
                }
            }
            _ => None,
        })
        .collect()
}

/// A rise or fall between two counts.
fn change(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let (first, second) = pair(passage, at)?;
    let near = at.saturating_sub(REACH)..at + REACH;
    let fell = passage.has(near.clone(), &["down", "loss", "fewer"]);
    let rose = passage.has(near, &["up", "gain", "more"]);
    let of = |one: &Amount, other: &Amount| {
        let base = match (fell, rose) {
            (true, false) => ordered((one, other)).1,
            (false, true) => ordered((one, other)).0,
            _ => one,
        };
        distance(one.bounds, other.bounds).over(base.bounds).times(100.0)
    };
    let counts = all(passage, at);
    // "210 before and 21 more, or 10 per cent": a rise is said as the number that came to it.
    let told = |one: &Amount, other: &Amount| {
        rose && !fell && one.bounds.over(other.bounds).times(100.0).meets(share.bounds)
    };
    let mut pairs = counts.iter().enumerate().flat_map(|(place, one)| {
        let others = counts.iter().enumerate().filter(move |(other, _)| *other != place);
        others.map(move |(_, other)| (*one, *other))
    });
    if !first.goes_with(second)
        || pairs.any(|(one, other)| of(one, other).meets(share.bounds) || told(one, other))
    {
        return None;
    }
    let computed = of(first, second).low;
    let explain = format!(
        "from {} to {} is a change of {} %, not {} %",
        shown(first.stated),
        shown(second.stated),
        shown(computed),
        shown(share.stated)
    );
    Some(Draft::over(Kind::Percentage, &[share, first, second], share.stated, computed, explain))
}

/// "Nearly two thirds of the 48 schools, 24 of them": the whole is said.
fn of_whole(passage: &Passage, at: usize, share: &Amount, whole: usize) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let of_all = passage.count_at(whole)?;
    let parts: Vec<&Amount> = plain(passage, sentence.start..sentence.end, whole)
        .into_iter()
        .map(|(_, part)| part)
        .filter(|part| part.stated < of_all.stated)
        .collect();
    let tied = passage.has(whole + 1..sentence.end, &["them", "(", "numbering", "is"])
        || passage.has(at..sentence.end, &[","]);
    let [part] = parts.as_slice() else { return None };
    let counts = all(passage, at);
    let of = |part: Bounds| part.over(of_all.bounds).times(100.0);
    let explained = counts.iter().any(|part| {
        of(part.bounds).meets(share.bounds) || of(distance(part.bounds, of_all.bounds)).meets(share.bounds)
    });
    if !tied || explained { None } else { Some(Draft::share_of(part, of_all, share)) }
}

/// "Thirty-five per cent of all proceedings, 50 in number": the part is said.
fn given(passage: &Passage, at: usize, share: &Amount, part_at: usize) -> Option<Draft> {
    let part = passage.count_at(part_at)?;
    let counts = all(passage, part_at);
    let whole = counts
        .iter()
        .filter(|whole| whole.stated > part.stated)
        .max_by(|a, b| a.stated.total_cmp(&b.stated))?;
    let last = plain(passage, 0..at, at).last().map(|(_, count)| *count);
    let of = |whole: Bounds| part.bounds.over(whole).times(100.0);
    let sums = counts.windows(2).map(|two| two[0].bounds.plus(two[1].bounds));
    let differences = counts.windows(2).map(|two| distance(two[0].bounds, two[1].bounds));
    let mut wholes = counts.iter().map(|whole| whole.bounds).chain(sums).chain(differences);
    if wholes.any(|whole| of(whole).meets(share.bounds)) {
        return None;
    }
    let whole = last.filter(|last| last.stated > part.stated).unwrap_or(whole);
    Some(Draft::share_of(part, whole, share))
}

/// "In 40 trials, that is 81 per cent": a link stands before the share.
fn linked(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let start = at.saturating_sub(REACH).max(sentence.start);
    let link = (start..at).rev().take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | ";")).any(|at| {
        matches!(passage.symbol(at), "is" | ":" | "-" | "all")
            || matches!(passage.atoms[at].word.as_str(), "share" | "proportion")
    });
    let counts = all(passage, at);
    let own = plain(passage, sentence.start..at, at);
    let (part, whole) = match own.as_slice() {
        [(_, part)] => {
            let before = plain(passage, 0..sentence.start, at);
            let larger = before.iter().map(|(_, count)| *count).filter(|count| count.stated > part.stated);
            (*part, larger.max_by(|a, b| a.stated.total_cmp(&b.stated))?)
        }
        _ => ordered(pair(passage, at)?),
    };
    let of = |one: Bounds, whole: &Amount| one.over(whole.bounds).times(100.0).meets(share.bounds);
    let explained = match own.as_slice() {
        [_] => counts
            .iter()
            .any(|whole| of(part.bounds, whole) || of(distance(part.bounds, whole.bounds), whole)),
        _ => ratios(&counts).any(|ratio| ratio.times(100.0).meets(share.bounds)),
    };
    if !link || explained || !part.goes_with(whole) {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "Forty cameras, fourteen of which worked. Seventy-five per cent of the cameras were blind": the share names what the
/// larger of the only two counts before it counts.
fn named(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let counts = plain(passage, 0..at, at);
    let (_, first) = counts.first()?;
    // Said again in the same words, a whole is still one number.
    let (_, second) = counts.iter().find(|(_, other)| other.stated != first.stated)?;
    if counts.iter().any(|(_, other)| other.stated != first.stated && other.stated != second.stated) {
        return None;
    }
    let (part, whole) = ordered((first, second));
    let of = (at + 1..at + 4).find(|at| matches!(passage.symbol(*at), "of" | "min")).unwrap_or(at);
    let thing = |at: usize| {
        let class = match &passage.atoms.get(at).map(|atom| &atom.item) {
            Some(Item::Noun(noun)) => Some(noun.class),
            _ => None,
        };
        same_thing(passage.word(at), &whole.word) || class.is_some() && class == whole.class()
    };
    let fits = |part: Bounds| part.over(whole.bounds).times(100.0).meets(share.bounds);
    let closed = share.bounds.high.is_finite();
    let explained = fits(part.bounds) || closed && fits(distance(part.bounds, whole.bounds));
    if explained || !(of + 1..of + NAMED).any(thing) {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "530 buildings. Of these 247, more than half, were destroyed".
fn apposed(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let part_at = at.checked_sub(2)?;
    let part = passage.count_at(part_at)?;
    let apart = passage.symbol(at - 1) == "," && passage.symbol(at + 1) == ",";
    let before = plain(passage, 0..passage.sentence(at).start, at);
    let mut wholes = before.iter().map(|(_, whole)| *whole).filter(|whole| whole.stated > part.stated);
    let whole = wholes.next().filter(|_| wholes.next().is_none())?;
    let fits = part.bounds.over(whole.bounds).times(100.0).meets(share.bounds);
    if !apart || fits { None } else { Some(Draft::share_of(part, whole, share)) }
}

/// "A third of the families have no breadwinner: 120 families of the 480 …": said first in words, then in numbers.
fn restated(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let counts = plain(passage, passage.sentence(at), at);
    let [(part_at, part), (whole_at, whole)] = counts.as_slice() else { return None };
    let of = passage.has(*part_at + 1..*whole_at, &["of", "min"]) && whole_at - part_at <= 6;
    let opens = *part_at > at;
    let fits = part.bounds.over(whole.bounds).times(100.0).meets(share.bounds);
    if !opens || !of || fits || part.stated > whole.stated {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "P of the 48 schools": the count that a share is said to be of.
fn whole_after(passage: &Passage, at: usize) -> Option<usize> {
    let end = (at + AFTER).min(passage.sentence(at).end);
    let of = matches!(passage.symbol(at + 1), "of" | "min");
    let near = (at + 2..end)
        .take_while(|at| matches!(passage.symbol(*at), "the" | "w" | "n" | "N" | "total" | "skip"));
    // «ثلاثة أرباع القبور وعددها 388، أي 291 قبراً»: with its number given twice, it is first said of what.
    let numbering = |whole: &usize| {
        passage.has(at + 1..*whole, &["numbering"])
            && !passage.has(at + 1..*whole, &["N", "P", ",", ";"])
            && (whole + 1..end).find(|at| passage.count_at(*at).is_some()).is_some_and(|part| {
                passage.symbol(part - 1) == "is" && passage.symbol(part.saturating_sub(2)) == ","
            })
    };
    let twice = (at + 1..end).find(|at| passage.count_at(*at).is_some()).filter(numbering);
    near.filter(|_| of).find(|at| passage.count_at(*at).is_some()).or(twice)
}

/// "P of the proceedings, 50 in number": the count that a share is said to come to.
fn part_after(passage: &Passage, at: usize) -> Option<usize> {
    let end = (at + AFTER).min(passage.sentence(at).end);
    let found = (at + 1..end).find(|at| passage.count_at(*at).is_some())?;
    let comma = (at + 1..found).any(|at| passage.symbol(at) == ",");
    let numbering = passage.has(at + 1..found, &["numbering"]);
    let in_number = passage.symbol(found + 1) == "in"
        && passage.atoms.get(found + 2).is_some_and(|atom| atom.word == "number");
    let broken = passage.has(at + 1..found, &["P", ";", "and", "D", "T"]);
    (!broken && (numbering || comma && in_number)).then_some(found)
}
