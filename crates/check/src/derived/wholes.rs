//! Wholes and the numbers that they are made of, weighed by everything that ties them: "Thirty-six houses burned, 21 in
//! Upper Dalla and 13 in Lower Dalla", «قُتل ٢٢ رجلاً و١٧ امرأة، … فبلغ عدد القتلى ٤٩».
//!
//! No word decides: a list that opens with a colon, a word such as "total", an "and" that closes the list, numbers that
//! are followed by the same words, and a sum that is as far from the whole as a slip of the pen is, each weigh something.

use std::ops::Range;

use super::{distance, is_measured, is_slip, people, same_thing, totals};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs};
use crate::classes::{all_disjoint, complete, disjoint, some_overlap};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::lexicon::Noun;
use crate::passage::Passage;
use crate::sums;

/// What must tie a whole to its parts.
const ENOUGH: i32 = 4;
/// What ties a whole to its parts so much that no other numbers can be meant.
const CERTAIN: i32 = 6;
/// How many times as large as the other the sum or the whole may be and still be meant by it.
pub(super) const FAR: f64 = 2.0;
/// How far below a whole the sum of those that it is said to be shared out to may be by a slip, as a part of it.
const SLIP: f64 = 0.05;
/// How many symbols may stand between one part and the next.
pub(super) const REACH: usize = 12;
/// How far after its last number a list may say that it leaves some out.
const NEAR: usize = 5;

/// Findings about wholes, before and after their parts.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    counts
        .iter()
        .filter(|(at, whole)| !whole.is_vague() && !is_rated(passage, *at) && !is_measured(passage, *at))
        .filter_map(|(at, whole)| before(passage, *at, whole).or_else(|| totals::check(passage, *at, whole)))
        .collect()
}

/// A whole that stands before its parts.
fn before(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let parts = list(passage, at, whole);
    let (first, last) = (parts.first()?.0, parts.last()?.0);
    let counts: Vec<&Amount> = parts.iter().map(|(_, part)| *part).collect();
    let sum: f64 = counts.iter().map(|part| part.stated).sum();
    let (more, apart) = (sum > whole.stated, all_disjoint(&counts));
    let closed = is_closed(passage, last..passage.sentence(last).end);
    let some = passage.has(at + 1..first, &["incl", "them"]) && !closed;
    // "64 children, for each of whom 8,000 pounds".
    let per_each = first > 1 && matches!(passage.symbol(first - 2), "per" | "every" | "each");
    let named = matches!(passage.symbol_before(first), "incl" | "them")
        && !per_each
        && passage.sentence(at).contains(&first);
    let alone = passage.counts(passage.sentence(at).start..at).is_empty() && whole.stated > 1.0;
    if named && alone && counts[0].bounds.low > whole.bounds.high {
        return sums::larger(counts[0], whole);
    }
    let end = passage.sentence(last).end.min(last + NEAR);
    let others = ["incl", "rest", "other", "nor", "each", "every", "per", "R", "D", "x", "X", "P"];
    let person = |part: &&Amount| part.kind() == Some("person") && part.class() != Some("people");
    let alike = counts.iter().all(|part| part.class() == counts[0].class());
    let people = !alike && counts.iter().all(person);
    let both = |at: usize| {
        matches!(
            passage.atoms[at].word.as_str(),
            "both" | "either" | "twice" | "كليهما" | "كلتيهما" | "المرتين"
        )
    };
    let twice = (last..passage.sentence(last).end).any(both);
    let open = twice || !closed && (passage.has(first..end, &others) || goes_on(passage, last));
    // "At least 40", "among them": those who are told may be fewer; of some classes, others are not told.
    let closes = counts.len() > 2
        && passage.has(first.saturating_sub(3)..first, &["them"])
        && !passage.sentence(at).contains(&first)
        && passage.has(last.saturating_sub(2)..last, &["and"]);
    let near = is_slip(whole.stated, sum) && whole.stated - sum <= whole.stated * SLIP;
    // "45 prisoners: eight women and 37 men.": a list that a colon opens and "and" closes.
    let direct = matches!(passage.symbol_before(first), ":" | "all")
        && passage.has(last.saturating_sub(1)..last, &["and"])
        && (last + 1..passage.sentence(last).end).all(|at| matches!(passage.symbol(at), "n" | "w"));
    let told = complete(&counts) || direct;
    let fewer = some && !(closes && near) || !whole.bounds.is_exact() || people && !told;
    let unfit = if more { some_overlap(&counts) } else { fewer };
    if open || unfit || counts.iter().any(|part| disjoint(part, whole)) {
        return None;
    }
    // "Of the seven graves four were opened in 2020, two in 2021 and one in 2023": four is a part like the others.
    let all = counts.iter().fold(whole.bounds, |sum, part| sum.plus(part.bounds));
    if passage.counts(0..at).iter().any(|(_, count)| count.bounds.meets(all)) {
        return None;
    }
    // "The convoy of 28 lorries split: …": nobody is in two parts.
    let parted = (passage.sentence(at).start..first).any(|at| Cue::Parted.is(passage.word(at)));
    let (framed, apart) = (alike_after(passage, &parts) || parted, apart || parted);
    let weight = opening(passage, at, &parts)?
        + closeness(whole.stated, sum)?
        + i32::from(parts.len() > 2)
        + i32::from(passage.has(last.saturating_sub(2)..last, &["and"]))
        + i32::from(framed)
        + 2 * i32::from(closed)
        + 2 * i32::from(people && complete(&counts) || more && apart)
        - 2 * i32::from(more && !framed && !apart);
    // What is listed so plainly is what is meant, whatever else the text counts.
    let said =
        |sum: f64| passage.counts(at + 1..passage.atoms.len()).iter().any(|(_, one)| one.stated == sum);
    // "20 nurses: 13 in clinics and 11 in ambulances, four of them in both".
    let end = passage.sentence(last).end;
    let told = Bounds::sum(counts.iter().map(|part| part.bounds));
    let overlap = passage.counts(last + 1..end).iter().any(|(at, both)| {
        passage.has(at + 1..at + 3, &["them"]) && told.minus(both.bounds).meets(whole.bounds)
    });
    // "212 dead: 140 men, 41 women and 26 children; of five only the name is known".
    let missing = passage.counts(last + 1..end).iter().any(|(at, one)| {
        matches!(passage.symbol_before(*at), "of" | "min")
            && one.stated > 1.0
            && one.stated == whole.stated - sum
    });
    // "52, we wrote; the lists (21, 17 and 9) come to 47".
    // "Of the 73 arrested 41 were released and 26 charged. The remaining six …": the list goes on in the next sentence.
    let next = passage.sentence(end + 1);
    let goes_on = sum < whole.stated
        && passage
            .counts(end..next.end.max(end))
            .iter()
            .any(|(at, one)| one.stated == whole.stated - sum && !passage.has(at + 1..at + 3, &["them"]));
    if said(sum) || overlap || missing || goes_on {
        return None;
    }
    if weight >= CERTAIN && counts.len() > 2 {
        return sums::total(whole, &counts);
    }
    weigh(passage, at, whole, &counts, weight)
}

/// How much the words between a whole and the first number after it open a list.
fn opening(passage: &Passage, at: usize, parts: &[(usize, &Amount)]) -> Option<i32> {
    let first = parts.first()?.0;
    let same = passage.sentence(at).contains(&first);
    let opens = |symbols: &[&str]| passage.has(at + 1..first, symbols);
    // "Fourteen of them": the list goes on to the last.
    let of_them = passage.has(first + 1..first + 3, &["them"]);
    match () {
        () if !same => next_sentence(passage, at, parts),
        () if opens(&[":", "-", "all"]) || opens(&["("]) && !opens(&[")"]) => Some(3),
        () if passage.symbol_before(first) == "is" || passage.symbol_before(first) == "of" => Some(2),
        () if of_them || opens(&["them", "incl"]) => Some(2),
        // "402 cases, which befell 297 men, 68 women and 37 children".
        () if complete(&parts.iter().map(|(_, part)| *part).collect::<Vec<_>>())
            && (first.saturating_sub(3)..first).any(|at| passage.symbol(at) == ",") =>
        {
            Some(2)
        }
        // "Of its 72 defendants, 51 were …".
        () if passage.symbol_before(first) == "," => Some(1 + i32::from(is_shared_out(passage, at))),
        () => None,
    }
}

/// "Of its 72 defendants, …", «من بين 72 متهماً، …»: a whole that opens its sentence to be shared out.
pub(super) fn is_shared_out(passage: &Passage, at: usize) -> bool {
    let start = passage.sentence(at).start;
    let lead = start..at;
    lead.len() <= 3 && passage.has(lead, &["of", "min"])
}

/// How much the sentence after a whole tells what it is made of: "Twelve were …", "The dead were …", "They comprise …".
fn next_sentence(passage: &Passage, at: usize, parts: &[(usize, &Amount)]) -> Option<i32> {
    let first = parts.first()?.0;
    let sentence = passage.sentence(first);
    let opening = sentence.start..first;
    if opening.is_empty() {
        return Some(1);
    }
    // "Fourteen people died. The council lists nine men, two women and three children as the dead".
    let whole = passage.count_at(at)?;
    let class = |noun: &Noun| {
        noun.class != "people" && sentence.clone().any(|at| passage.class_at(at) == Some(noun.class))
    };
    let counts: Vec<&Amount> = parts.iter().map(|(_, part)| *part).collect();
    let again = complete(&counts) && whole.nouns.iter().any(class);
    (again || passage.has(opening, &["is", "all", "them", "incl", "numbering", ":"])).then_some(2)
}

/// Whether a list is said to leave nothing out: "and nothing else", «ولا أسماء من غيرهما».
fn is_closed(passage: &Passage, within: Range<usize>) -> bool {
    let none =
        |word: &str| matches!(word, "no" | "nothing" | "none" | "nobody" | "لا" | "ولا" | "ليس" | "وليس");
    let else_ = |word: &str| {
        matches!(word, "else" | "other" | "others" | "more")
            || ["سوا", "غير"].iter().any(|one| word.starts_with(one))
    };
    let word = |at: usize| passage.atoms.get(at).map_or("", |atom| atom.word.as_str());
    // «ولم يبق منها شيء».
    let none_left = |at: usize| matches!(word(at), "لم" | "ولم") && passage.symbol(at + 1) == "rest";
    let none_else = |at: usize| none(word(at)) && (at + 1..at + 5).any(|at| else_(word(at)));
    within.into_iter().any(|at| none_left(at) || none_else(at))
}

/// Whether somebody without a number follows the last one: "five passengers, two drivers and a tea seller".
fn goes_on(passage: &Passage, last: usize) -> bool {
    // «سبعة انتصارات وثلاثة تعادلات وهزيمتان»: «و» is not cut from words that are not ours.
    let next = last + 2;
    let counted = matches!(passage.symbol(last + 1), "n" | "w");
    if counted && passage.symbol(next) == "w" && people::begins_with_and(passage, next) {
        return true;
    }
    let item = (last + 1..last + 6)
        .take_while(|at| !matches!(passage.symbol(*at), "," | ")" | "-" | ";" | "." | ""));
    // "And 8 with burns" tells more of the eight.
    item.skip_while(|at| passage.symbol(*at) != "and" || passage.atoms[*at].word == "with").count() > 1
}

/// The numbers of a list after a whole: of its sentence, else of the next.
fn list<'p>(passage: &'p Passage, at: usize, whole: &Amount) -> Vec<(usize, &'p Amount)> {
    let sentence = passage.sentence(at);
    let own = listed(passage, at + 1..sentence.end, whole);
    if !own.is_empty() || sentence.end + 1 >= passage.atoms.len() {
        return own;
    }
    let next = sentence.end + 1;
    let parts = listed(passage, next..passage.sentence(next).end, whole);
    // "36 killings. At least 60 people died: 22 in Hallat, 17 in Dafla, …": the list has a whole of its own.
    let largest = parts.iter().map(|(_, part)| part.stated).fold(0.0, f64::max);
    let first = parts.first().map_or(next, |(first, _)| *first);
    let own_whole = passage.has(next..first, &[":", "all", "incl"])
        && passage.counts(next..first).iter().any(|(_, own)| own.stated > largest);
    if own_whole { Vec::new() } else { parts }
}

fn listed<'p>(passage: &'p Passage, within: Range<usize>, whole: &Amount) -> Vec<(usize, &'p Amount)> {
    let mut parts: Vec<(usize, &Amount)> = Vec::new();
    let mut last = within.start;
    let mut closed = within.start;
    let mut singly = false;
    // "His wife (48), their sons … (22) and … (13)": ages.
    let bracketed = passage.symbol(within.start.saturating_sub(2)) == "(";
    // "Twenty-three captives in three groups: six, nine and seven": the list opens after the colon.
    let opened = within.clone().find(|at| matches!(passage.symbol(*at), ":" | "all")).unwrap_or(within.start);
    let counts = |within: Range<usize>| passage.counts(within).len();
    let of_them = |at: usize| passage.has(at + 1..at + 3, &["them"]);
    let tells_how_many = |at: usize| {
        let as_many = |few: &Amount| few.stated == counts(at + 1..within.end) as f64;
        let next = (at + 1..within.end).find(|at| !matches!(passage.symbol(*at), "n" | "w"));
        let leads = passage.symbol_before(at) == "the" || next.is_some_and(|at| passage.symbol(at) == ":");
        leads && passage.count_at(at).is_some_and(as_many)
    };
    let of_the =
        |at: usize| matches!(passage.symbol(at + 1), "of" | "min") && passage.symbol(at + 2) == "the";
    let start = if counts(opened..within.end) > 1 { opened } else { within.start };
    for at in start..within.end {
        let near = parts.is_empty() || at - last <= REACH;
        match passage.symbol(at) {
            _ if at < closed => {}
            "(" => {
                let close = (at + 1..within.end).find(|at| passage.symbol(*at) == ")").unwrap_or(at);
                // "(a) 24 reports": what a bracket holds is passed over, unless it holds the list, or as much as the
                // brackets before it: "from the coast (870) and from the hills (560)".
                let one_each = !bracketed && counts(at..close) == 1 && (parts.is_empty() || singly);
                singly = one_each;
                if !one_each && (!parts.is_empty() || counts(at..close) == 0) {
                    closed = close + 1;
                }
            }
            ")" if !parts.is_empty() && !singly => break,
            // "The lane that joins the two".
            // "Ten got one; of these ten, three …": the list is over.
            // "The sum of the four counts, which were …": as many as follow.
            "N" if parts.is_empty() && tells_how_many(at) => {}
            "N" if passage.symbol_before(at) == "the" && passage.symbol(at.saturating_sub(2)) == "of" => {
                break;
            }
            // "Six women, three children and the two men who …": the last of a list that a colon opens.
            "N" if passage.symbol_before(at) == "the"
                && !(parts.len() > 1
                    && start == opened
                    && passage.symbol(at - 2) == "and"
                    && start > within.start) => {}
            // "22 from Kafr Azul, where three of the wounded had died".
            "N" if near && !parts.is_empty() && of_the(at) => last = at,
            // "51 villagers, 20 of them women, and 13 travellers".
            "N" if of_them(at) && parts.first().is_some_and(|(first, _)| !of_them(*first)) => {}
            "N" => {
                // "18 children, 14 women and nine men, while 66 are treated": "and" told the last.
                let mark = (last..at).find(|at| matches!(passage.symbol(*at), "," | ";"));
                let over = parts.len() > 1
                    && passage.symbol_before(last) == "and"
                    && mark.is_some_and(|mark| passage.symbol(mark + 1) == "w" && mark + 2 < at);
                // "412 cases, those of 297 men, 68 women and 47 children".
                let of_people =
                    |part: &Amount| Cue::Case.is(whole.word.as_str()) && part.kind() == Some("person");
                let part =
                    passage.count_at(at).filter(|part| !over && (part.goes_with(whole) || of_people(part)));
                let Some(part) = part else { break };
                // "Those of 297 men".
                let of = passage.symbol_before(at) == "of" && passage.symbol(at.saturating_sub(2)) != "the";
                if !near || part.is_vague() || of {
                    break;
                }
                parts.push((at, part));
                last = at;
            }
            _ => {}
        }
    }
    parts
}

/// How near a whole and a sum are: as near as a slip of the pen, near, or far; `None` where neither can be meant.
pub(super) fn closeness(whole: f64, sum: f64) -> Option<i32> {
    let apart = (whole - sum).abs();
    let of = apart / whole.min(sum);
    match () {
        () if of > FAR - 1.0 => None,
        () if is_slip(whole, sum) && of <= 0.34 => Some(2),
        () if is_slip(whole, sum) && of <= 0.5 || of <= 0.1 => Some(1),
        () if of <= 0.34 => Some(0),
        () => Some(-1),
    }
}

/// Whether every part is followed by the same kind of word, of a place or a time: "21 in …, 13 in …".
fn alike_after(passage: &Passage, parts: &[(usize, &Amount)]) -> bool {
    let placed = |at: usize| {
        (at + 1..at + 4)
            .take_while(|at| !matches!(passage.symbol(*at), "N" | "," | "and"))
            .any(|at| matches!(passage.symbol(at), "in" | "from" | "min" | "to" | "M" | "t" | "dayname"))
    };
    parts.iter().all(|(at, _)| placed(*at))
}

fn is_rated(passage: &Passage, at: usize) -> bool {
    (at + 1..at + 5)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "," | "."))
        .any(|at| matches!(passage.symbol(at), "R" | "per"))
}

pub(super) fn weigh(
    passage: &Passage,
    at: usize,
    whole: &Amount,
    parts: &[&Amount],
    weight: i32,
) -> Option<Draft> {
    if parts.len() < 2 || weight < ENOUGH || explained(passage, at, whole, parts) {
        return None;
    }
    sums::total(whole, parts)
}

/// Whether numbers that stand together, of which the text may mean the same thing, make the whole.
fn explained(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount]) -> bool {
    let own = |count: &Amount| parts.iter().any(|part| std::ptr::eq(*part, count));
    let meant = |place: usize, count: &Amount| {
        let of_others = passage.has(place + 1..place + 2, &["them", "of"]);
        own(count) || !of_others && (count.word.is_empty() || same_thing(&count.word, &whole.word))
    };
    let counts = passage.counts(0..passage.atoms.len());
    let bounds: Vec<Bounds> = counts
        .iter()
        .filter(|(place, count)| *place != at && meant(*place, count))
        .map(|(_, count)| count.bounds)
        .collect();
    runs(&bounds).any(|sum| sum.meets(whole.bounds))
        || bounds.iter().any(|one| bounds.iter().any(|other| distance(*one, *other).meets(whole.bounds)))
}
