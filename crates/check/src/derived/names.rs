//! Lists of names and how many they are said to be: "three villages: Karm, Sahl and Marj", «ثلاثة أسماء هي …».
//!
//! In English the items of a list are all names, all things with "the", or all short phrases without; one "and" closes it.
//! In Arabic each item but the first has its «و», and a word that may begin with that letter of its own leaves the number
//! open by one.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};

/// The most names that are counted.
const MANY: f64 = 12.0;
/// How many symbols may stand between a number and the list.
const REACH: usize = 7;
/// How many symbols an item may have, a name and a phrase without an article.
const NAME: usize = 5;
const PHRASE: usize = 3;
/// How far from the number of items a number may be and still be a slip.
const SLIP: f64 = 2.0;

/// Findings about numbers of names.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage
        .counts(0..passage.atoms.len())
        .into_iter()
        .filter(|(_, count)| is_small(count))
        .filter_map(|(at, count)| {
            let items = items(passage, list_after(passage, at)?)?;
            against(count, items)
        })
        .collect()
}

/// A number of things against the items of a list with bullets below it: "The court ordered four measures:".
pub(crate) fn headed(passage: &Passage, items: usize) -> Option<Draft> {
    let last = passage.atoms.len().checked_sub(1).filter(|last| passage.symbol(*last) == ":")?;
    let sentence = passage.sentence(last);
    let counts = passage.counts(sentence.clone());
    let [(at, count)] = counts.as_slice() else { return None };
    let before = passage.symbol_before(*at);
    // «طالب بأربعة مطالب» is led by nothing.
    let by = before == "by" && *at > 0 && passage.atoms[*at - 1].word.is_ascii();
    let led = by
        || matches!(before, "in" | "of" | "to" | "from" | "min" | "between" | "per" | "the" | "later")
        || *at > 0 && passage.atoms[*at - 1].word == "into";
    let plain = |at: usize| {
        matches!(passage.symbol(at), "n" | "w" | "is" | "table" | "all" | "skip" | "in" | "the" | "M")
    };
    let direct = (at + 1..last).all(plain) && last - at <= REACH;
    let some = sentence.clone().any(|at| Cue::Some.is(passage.word(at)))
        || passage.has(sentence, &["incl", "them", "of"]);
    if led || some || !direct || !is_small(count) {
        return None;
    }
    against(count, Bounds::exactly(items as f64))
}

fn is_small(count: &Amount) -> bool {
    count.bounds.is_exact() && (2.0..=MANY).contains(&count.stated)
}

fn against(count: &Amount, items: Bounds) -> Option<Draft> {
    let apart = (count.stated - items.high).abs().min((count.stated - items.low).abs());
    let explain = format!("{} are listed, not {}", shown(items.high), shown(count.stated));
    (!items.meets(count.bounds) && apart <= SLIP && items.high > 1.0)
        .then(|| Draft::over(Kind::Sum, &[count], count.stated, items.high, explain))
}

/// Where the list of what a number counts stands: after a colon, a bracket or "namely", or after "in".
fn list_after(passage: &Passage, at: usize) -> Option<Range<usize>> {
    let sentence = passage.sentence(at);
    // "Six bakeries in the city still work: …".
    let reach = sentence.end.min(at + 1 + REACH);
    let plain = |at: usize| matches!(passage.symbol(at), "n" | "w" | "is" | "in" | "the" | "sofar");
    let colon =
        (at + 1..reach).find(|at| passage.symbol(*at) == ":").filter(|colon| (at + 1..*colon).all(plain));
    let open = colon.or_else(|| {
        (at + 1..reach).find(|at| {
            let opens = matches!(passage.symbol(*at), ":" | "all" | "(" | "-");
            opens || !matches!(passage.symbol(*at), "n" | "w" | "is" | "down" | "up" | "reach" | "sofar")
        })
    })?;
    // "The six journalists killed this year: …".
    let definite = passage.symbol_before(at) == "the" && passage.symbol(open) != ":";
    if (at + 1..open).any(|at| Cue::Some.is(passage.word(at))) || definite {
        return None;
    }
    // "Three prisons in Karm, Marj and Dalla"; three attacks may be in two towns.
    let places = passage.count_at(at).is_some_and(|count| count.kind() == Some("place"));
    // «وهن:» before the names.
    let past = |at: usize| at + usize::from(passage.symbol(at) == ":");
    let start = match passage.symbol(open) {
        ":" | "all" | "(" => past(open + 1),
        "-" if !passage.atoms[open].glued => open + 1,
        "in" if places => open + 1,
        "," if passage.symbol(open + 1) == "all" || places && passage.symbol(open + 1) == "in" => {
            past(open + 2)
        }
        _ => return None,
    };
    let end = match passage.symbol(open) {
        "(" => (start..sentence.end).find(|at| passage.symbol(*at) == ")")?,
        _ => sentence.end,
    };
    (start < end).then_some(start..end)
}

/// How many items a list has; `None` where it may be no list of names.
fn items(passage: &Passage, within: Range<usize>) -> Option<Bounds> {
    // «ومخبز المحطة»: one, which no number says.
    let single =
        |at: usize| !passage.word(at).is_ascii() && passage.count_at(at).is_some_and(|one| one.stated == 1.0);
    let plain = |at: usize| {
        // "Old Wall", "Friday Market": a name is made of any words.
        let named = passage.atoms[at].capital && passage.count_at(at).is_none();
        single(at)
            || named
            || matches!(passage.atoms[at].item, Item::Word | Item::Noun(_))
                // Quotation marks are signs without a symbol.
                && !(passage.symbol(at) == "w" && passage.word(at).is_empty())
                && matches!(
                    passage.symbol(at),
                    "w" | "n" | "," | "and" | "-" | "the" | "of" | "min" | "label"
                )
    };
    if !within.clone().all(plain) {
        return None;
    }
    if passage.atoms[within.start].word.is_ascii() { latin(passage, within) } else { arabic(passage, within) }
}

fn latin(passage: &Passage, within: Range<usize>) -> Option<Bounds> {
    if let Some(items) = with_and_inside(passage, within.clone()) {
        return Some(items);
    }
    // "Karm, Sahl and Marj, which …": the list is over.
    let and = within.clone().find(|at| passage.symbol(*at) == "and" && passage.symbol_before(*at) != ",");
    let over = and.and_then(|and| (and..within.end).find(|at| passage.symbol(*at) == ","));
    let within = within.start..over.unwrap_or(within.end);
    let parts = split(within.clone(), |at| matches!(passage.symbol(at), "," | "and"));
    let ands: Vec<usize> = within.filter(|at| passage.symbol(*at) == "and").collect();
    let closes = |and: &usize| parts.last().is_some_and(|last| last.start == and + 1);
    let closed = ands.len() == 1 && ands.iter().all(closes);
    let capital = |item: &Range<usize>| passage.atoms[item.start].capital && item.len() <= NAME;
    let with_article = |item: &Range<usize>| passage.word(item.start) == "the" && item.len() <= NAME;
    let phrase = |item: &Range<usize>| {
        !passage.atoms[item.start].capital && passage.word(item.start) != "the" && item.len() <= PHRASE
    };
    let alike = parts.iter().all(capital) || parts.iter().all(with_article) || parts.iter().all(phrase);
    (closed && alike && parts.len() > 1).then(|| Bounds::exactly(parts.len() as f64))
}

/// "Sand and Gravel, Old Port, and Mill": items that commas part, the last with ", and"; an "and" within one may part two.
fn with_and_inside(passage: &Passage, within: Range<usize>) -> Option<Bounds> {
    let and = |at: &usize| passage.symbol(*at) == "and";
    let closed = within.clone().rev().find(|at| and(at) && passage.symbol_before(*at) == ",")?;
    let ands = within.clone().filter(and).count();
    let items = split(within, |at| passage.symbol(at) == ",");
    let names = items.iter().all(|item| item.len() <= NAME);
    let last = items.last().is_some_and(|last| last.start == closed);
    (last && names && ands > 1).then(|| Bounds::new(items.len() as f64, (items.len() + ands - 1) as f64))
}

fn arabic(passage: &Passage, within: Range<usize>) -> Option<Bounds> {
    // «القلعة والسور، والميناء، والمسلخ»: where each comma has its «و», another may stand within a name.
    let with_and = |at: usize| {
        let word = passage.atoms.get(at + 1).map_or("", |atom| atom.word.as_str());
        word.starts_with('و')
    };
    let marks: Vec<usize> = within.clone().filter(|at| passage.symbol(*at) == ",").collect();
    let each = marks.len() > 1 && marks.iter().all(|comma| with_and(*comma));
    let starts = |at: usize| {
        let word = passage.atoms.get(at).map_or("", |atom| atom.word.as_str());
        at > within.start && word.chars().count() > 3 && word.starts_with('و')
    };
    let own = |at: usize| Lexicon::get().begins_with_waw(&passage.atoms[at].word);
    let sure = |at: usize| matches!(passage.symbol(at), "," | "and") || starts(at) && !own(at);
    // «هم سامي وإدريس وطاهر، ثم …»: the list is over.
    let mut commas = within.clone().filter(|at| passage.symbol(*at) == ",");
    let goes_on = |comma: usize| passage.word(comma + 1) == "و" || starts(comma + 1);
    let over = commas.find(|comma| (within.start..*comma).any(sure) && !goes_on(*comma));
    let within = within.start..over.unwrap_or(within.end);
    let parts = split(within.clone(), |at| matches!(passage.symbol(at), "," | "and"));
    let mut longest = 0;
    let mut number = 0;
    for part in &parts {
        let cuts: Vec<usize> = part.clone().filter(|at| *at > part.start && sure(*at)).collect();
        number += 1 + cuts.len();
        let edges = std::iter::once(part.start).chain(cuts).chain([part.end]).collect::<Vec<_>>();
        longest = edges.windows(2).map(|two| two[1] - two[0]).max().unwrap_or(0).max(longest);
    }
    let open = within.filter(|at| starts(*at) && own(*at)).count();
    let least = if each { marks.len() + 1 } else { number };
    (longest <= PHRASE && number > 1).then(|| Bounds::new(least.min(number) as f64, (number + open) as f64))
}

/// The stretches between places where a list is parted; empty ones, as between ", and", are none.
fn split(within: Range<usize>, parts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut start = within.start;
    for at in within.clone().chain([within.end]) {
        if at == within.end || parts(at) {
            if start < at {
                list.push(start..at);
            }
            start = at + 1;
        }
    }
    list
}
