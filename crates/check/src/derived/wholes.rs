//! Wholes and the numbers that they are made of, weighed by everything that ties them: "Thirty-six houses burned, 21 in
//! Upper Dalla and 13 in Lower Dalla", «قُتل ٢٢ رجلاً و١٧ امرأة، … فبلغ عدد القتلى ٤٩».
//!
//! No word decides: a list that opens with a colon, a word such as "total", an "and" that closes the list, numbers that
//! are followed by the same words, and a sum that is as far from the whole as a slip of the pen is, each weigh something.

use std::ops::Range;

use super::{
    added_and_struck_off, concludes, distance, has_one_of_them, has_ordinal, is_measured, is_slip, lead,
    same_thing, tail,
};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs};
use crate::classes::{all_disjoint, complete, disjoint, some_overlap};
use crate::draft::Draft;
use crate::lexicon::Noun;
use crate::passage::{Item, Passage};
use crate::sums;

/// What must tie a whole to its parts.
const ENOUGH: i32 = 4;
/// What ties a whole to its parts so much that no other numbers can be meant.
const CERTAIN: i32 = 6;
/// How many times as large as the other the sum or the whole may be and still be meant by it.
const FAR: f64 = 2.0;
/// How far below a whole the sum of those that it is said to be shared out to may be by a slip, as a part of it.
const SLIP: f64 = 0.05;
/// How many times what is told a toll may be that something brings it to, and still be of those alone.
const MORE: f64 = 1.5;
/// How many symbols may stand between one part and the next.
const REACH: usize = 12;
/// How many things an article may take up again.
const FEW: f64 = 5.0;
/// How far after its last number a list may say that it leaves some out.
const NEAR: usize = 5;
/// Words for how many there are, and words for all of them.
const NUMBER: [&str; 12] = [
    "number",
    "numbers",
    "toll",
    "tally",
    "count",
    "figure",
    "عدد",
    "عددهم",
    "عددها",
    "عددهن",
    "حصيله",
    "ضحايا",
];
const ALL: [&str; 8] = ["كلها", "كلهم", "كلهن", "جميعا", "جميعها", "جميعهم", "all", "كافه"];

/// Words for what happened to people, one by one.
const CASES: [&str; 3] = ["cases", "حاله", "حالات"];

/// Words for a whole that parts go from.
const PARTED: [&str; 8] = ["split", "divided", "parted", "separated", "انقسم", "انقسمت", "توزعت", "افترقت"];

/// Findings about wholes, before and after their parts.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    counts
        .iter()
        .filter(|(at, whole)| !whole.is_vague() && !is_rated(passage, *at) && !is_measured(passage, *at))
        .filter_map(|(at, whole)| before(passage, *at, whole).or_else(|| after(passage, *at, whole)))
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
    let direct = passage.symbol_before(first) == ":"
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
    let parted = (passage.sentence(at).start..first).any(|at| PARTED.contains(&passage.word(at)));
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
    // "52, we wrote; the lists (21, 17 and 9) come to 47".
    if said(sum) || overlap {
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
        // "Of its 72 defendants, 51 were …".
        () if passage.symbol_before(first) == "," => Some(1 + i32::from(is_shared_out(passage, at))),
        () => None,
    }
}

/// "Of its 72 defendants, …", «من بين 72 متهماً، …»: a whole that opens its sentence to be shared out.
fn is_shared_out(passage: &Passage, at: usize) -> bool {
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
    listed(passage, next..passage.sentence(next).end, whole)
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
        passage.symbol_before(at) == "the" && passage.count_at(at).is_some_and(as_many)
    };
    let of_the = |at: usize| passage.symbol(at + 1) == "of" && passage.symbol(at + 2) == "the";
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
                    |part: &Amount| CASES.contains(&whole.word.as_str()) && part.kind() == Some("person");
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

/// A whole that stands after its parts: those of its sentence, or of those before it too.
fn after(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let ways = summed(passage, at, whole);
    let fits = |parts: &Vec<&Amount>| added_and_struck_off(whole.bounds, parts);
    if let Some(parts) = ways.iter().find(|parts| is_over_so_many(passage, at, whole, parts)) {
        return sums::total(whole, parts);
    }
    if ways.iter().any(fits) || has_ordinal(passage, passage.before(at)..at) {
        return None;
    }
    ways.iter().find_map(|parts| {
        let sum: f64 = parts.iter().map(|part| part.stated).sum();
        let largest = parts.iter().map(|part| part.stated).fold(0.0, f64::max);
        let same = parts.iter().any(|part| same_thing(&part.word, &whole.word));
        let weight = announced(passage, at, whole, parts)?
            + closeness(whole.stated, sum)?
            + i32::from(parts.len() > 2)
            + i32::from(same)
            + 2 * i32::from(complete(parts));
        // «ومسعفان إحداهما امرأة»: one who is in two parts; "bringing the week's toll to 11": others before.
        let own = passage.sentence(at).start..at;
        let twice = whole.stated < sum && has_one_of_them(passage, own.clone());
        let others = passage.has(own, &["bring"]) && whole.stated > sum * MORE;
        let unfit = twice || others || whole.stated <= largest || some_overlap(parts) && whole.stated < sum;
        if unfit { None } else { weigh(passage, at, whole, parts, weight) }
    })
}

/// "Five on Monday, eleven on Tuesday and four on Wednesday. The 20 deaths over the three days": whether a number is said to
/// be of as many days or places as were told, so that none of them is left out.
fn is_over_so_many(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount]) -> bool {
    let many = |place: usize| {
        let number = match &passage.atoms[place].item {
            Item::Count(number) | Item::Length(number, _) => number,
            _ => return false,
        };
        let led = matches!(passage.symbol_before(place), "the" | "in" | "total" | "between");
        led && number.stated == parts.len() as f64 && number.bounds.is_exact()
    };
    let near = tail(passage, at).start..(at + REACH).min(passage.sentence(at).end);
    let alike = parts.iter().all(|part| part.bounds.is_exact() && part.goes_with(whole));
    let told = super::is_definite(passage, at)
        || passage.has(lead(passage, at), &["total", "thus", "is", "reach", "bring"]);
    let sum: f64 = parts.iter().map(|part| part.stated).sum();
    let near_it = whole.stated * FAR > sum && sum * FAR > whole.stated;
    let list = passage.has(passage.before(at)..at, &["and"])
        && !passage.has(passage.before(at)..at, &["incl", "them", "nor"]);
    parts.len() > 2
        && near.into_iter().any(many)
        && alike
        && told
        && near_it
        && list
        && whole.bounds.is_exact()
}

/// How much the words around a number say that it is what those before it come to.
fn announced(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount]) -> Option<i32> {
    let (mut clause, before, after) = (clause(passage, at), whole_lead(passage, at), tail(passage, at));
    let other = [
        "incl", "them", "from", "nor", "more", "fewer", "down", "gain", "loss", "cmp", "diff", "rest",
        "prior", "avg", "every", "each", "x", "X", "sofar",
    ];
    let beside = ["R", "per", "every", "each", "of", "them", "more", "fewer", "incl", "other"];
    // «فكان مجموع من دُفنوا 54».
    let was = |at: &usize| passage.symbol(*at) == "prior" && passage.symbol(at + 1) == "total";
    let clause = clause.find(was).map_or(clause.clone(), |was| was + 1..at);
    // "With the child found on Sunday": somebody without a number is in it.
    let with = before.clone().any(|with| {
        matches!(passage.atoms[with].word.as_str(), "with" | "plus" | "مع")
            && passage.counts(with..at).is_empty()
    });
    if with || passage.has(clause, &other) || passage.has(after.clone(), &beside) {
        return None;
    }
    let total = passage.has(before.clone(), &["total"])
        || passage.has(after, &["total"])
        || passage.has(before.clone(), &["bring"]) && passage.has(before.clone(), &["to"])
        // «لتبلغ حصيلة اليوم 19».
        || before.clone().any(|at| passage.symbol(at) == "bring" && !passage.word(at).is_ascii());
    let says = |words: &[&str]| {
        before.clone().any(|at| {
            // "The number of" is one word of ours.
            let number = passage.symbol(at) == "skip" && passage.word(at) == "the";
            let word = if number { "number" } else { passage.word(at) };
            // «وعليه»: the particle is not always cut off.
            words.contains(&word) || word.strip_prefix(['و', 'ف']).is_some_and(|word| words.contains(&word))
        })
    };
    let the = passage.symbol_before(at) == "the"
        && parts.first().is_some_and(|first| same_thing(&first.word, &whole.word));
    let said = passage.has(before.clone(), &["reach", "is", "all"]) || the;
    let (named, closed) =
        (names_all(passage, before.clone(), parts.len()), is_apposed(passage, at, whole, parts));
    // "24 passengers, then".
    let then = (at + 2..at + 5).any(|at| {
        passage.symbol_before(at) == "," && passage.atoms.get(at).is_some_and(|atom| atom.word == "then")
    });
    let weight = 3 * i32::from(total)
        + 2 * i32::from(named || closed || then || is_label(passage, at, parts))
        + 2 * i32::from(concludes(passage, before.clone()) || says(&ALL))
        + i32::from(says(&NUMBER))
        + i32::from(said);
    (weight > 0).then_some(weight.min(3))
}

/// "In the two villages", «المشافي الثلاثة», after as many numbers.
fn names_all(passage: &Passage, before: Range<usize>, parts: usize) -> bool {
    let number = |at: usize| passage.count_at(at).is_some_and(|count| count.stated == parts as f64);
    before.into_iter().any(|at| {
        number(at) && super::is_definite(passage, at) || parts == 2 && passage.atoms[at].word == "both"
    })
}

/// "Consultations for the week: 180", after three numbers and more of such.
fn is_label(passage: &Passage, at: usize, parts: &[&Amount]) -> bool {
    let sentence = passage.sentence(at);
    let alone = passage.symbol_before(at) == ":" && sentence.end <= at + 2;
    let same = |word: &str| parts.first().is_some_and(|part| same_thing(&part.word, word));
    alone && parts.len() > 2 && sentence.take_while(|place| *place < at).any(|at| same(passage.word(at)))
}

/// "37 reporters and 12 photographers, 49 people in all but name": a number that stands beside a list that "and" closes.
fn is_apposed(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount]) -> bool {
    let beside = matches!(passage.symbol_before(at), "," | "-" | ";" | ":");
    let before = passage.counts(passage.sentence(at).start..at);
    let [.., (one, first), (two, last)] = before.as_slice() else { return false };
    let own = |count: &Amount| parts.iter().any(|part| std::ptr::eq(*part, count));
    let list = own(first) && own(last) && passage.has(*one + 1..*two, &["and"]);
    beside && list && parts.iter().all(|part| !disjoint(part, whole)) && at - two <= REACH
}

/// What leads to a number; "the three", said again, is no number between.
fn whole_lead(passage: &Passage, at: usize) -> Range<usize> {
    let mut lead = lead(passage, at);
    // "Total deaths (shelling 41, mines 17): 58".
    if lead.is_empty() && at > 2 && passage.symbol_before(at) == ":" && passage.symbol(at - 2) == ")" {
        let start = passage.sentence(at).start;
        let open = (start..at).find(|at| passage.symbol(*at) == "(").unwrap_or(at);
        return start..open;
    }
    // "(all kinds: 33)".
    if lead.is_empty() && at > 1 && passage.symbol_before(at) == ":" {
        return super::lead(passage, at - 1).start..at;
    }
    while lead.start > 1 && passage.symbol(lead.start - 1) == "N" && passage.symbol(lead.start - 2) == "the" {
        lead = super::lead(passage, lead.start - 1).start..at;
    }
    lead
}

/// What leads to a number in its own clause.
fn clause(passage: &Passage, at: usize) -> Range<usize> {
    let lead = whole_lead(passage, at);
    let comma = lead.clone().rev().find(|at| passage.symbol(*at) == ",");
    comma.map_or(lead.start, |comma| comma + 1)..at
}

/// The numbers before a whole: of its sentence, then those of the sentences before it too, as long as they have any.
fn summed<'p>(passage: &'p Passage, at: usize, whole: &Amount) -> Vec<Vec<&'p Amount>> {
    let sentence = passage.sentence(at);
    // "In the two villages": so many that were told.
    let few = |part: &Amount| {
        part.stated <= FEW
            && passage
                .counts(0..at)
                .iter()
                .any(|(place, count)| std::ptr::eq(*count, part) && super::is_definite(passage, *place))
    };
    let siblings = |within: Range<usize>| -> Vec<&'p Amount> {
        sums::siblings(passage, within, whole).into_iter().filter(|part| !few(part)).collect()
    };
    let mut parts = siblings(sentence.start..at);
    let mut ways = vec![parts.clone()];
    let mut start = sentence.start;
    while let Some(end) = start.checked_sub(2) {
        let earlier = passage.sentence(end);
        let more = siblings(earlier.clone());
        if more.is_empty() {
            break;
        }
        parts.splice(0..0, more);
        ways.push(parts.clone());
        start = earlier.start;
    }
    ways.retain(|parts| parts.len() > 1);
    ways
}

/// How near a whole and a sum are: as near as a slip of the pen, near, or far; `None` where neither can be meant.
fn closeness(whole: f64, sum: f64) -> Option<i32> {
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

fn weigh(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount], weight: i32) -> Option<Draft> {
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
