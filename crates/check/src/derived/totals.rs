//! Wholes that stand after the numbers that they are made of: "22 men and 17 women were killed … 39 dead in all".

use std::ops::Range;

use super::wholes::{FAR, REACH, closeness, weigh};
use super::{
    added_and_struck_off, concludes, has_one_of_them, has_ordinal, is_definite, lead, same_thing, tail,
};
use crate::amounts::Amount;
use crate::classes::{complete, disjoint, some_overlap};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::passage::{Item, Passage};
use crate::sums;

/// How many times what is told a toll may be that something brings it to, and still be of those alone.
const MORE: f64 = 1.5;
/// How many things an article may take up again.
const FEW: f64 = 5.0;

/// A whole that stands after its parts: those of its sentence, or of those before it too.
pub(super) fn check(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
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
            + i32::from(are_all_others(passage, at, parts))
            + 2 * i32::from(complete(parts));
        // «ومسعفان إحداهما امرأة»: one who is in two parts; "bringing the week's toll to 11": others before.
        let own = passage.sentence(at).start..at;
        let twice = whole.stated < sum && has_one_of_them(passage, own.clone());
        let others = passage.has(own, &["bring"]) && whole.stated > sum * MORE;
        // "Three floors with six classrooms each, 18 in all": a product.
        let product = added_up_each(passage, at) && is_product(whole, parts);
        let unfit = twice
            || product
            || others
            || whole.stated <= largest
            || some_overlap(parts) && whole.stated < sum;
        if unfit { None } else { weigh(passage, at, whole, parts, weight) }
    })
}

/// «الثمانون جميعاً», "all eighty": those who were told, without one being left out.
fn all_of(passage: &Passage, at: usize) -> bool {
    let definite = is_definite(passage, at) || passage.atoms[at].word.starts_with("ال");
    definite && (at + 1..at + 3).any(|at| Cue::All.is(passage.word(at)) && !passage.word(at).is_ascii())
}

fn added_up_each(passage: &Passage, at: usize) -> bool {
    passage.has(passage.before(at)..at, &["each", "every", "per"])
}

/// Whether two of some numbers, so many of so many, are a whole.
fn is_product(whole: &Amount, parts: &[&Amount]) -> bool {
    parts.iter().any(|one| parts.iter().any(|other| one.bounds.times(other.stated).meets(whole.bounds)))
}

/// "Five on Monday, eleven on Tuesday and four on Wednesday. The 20 deaths over the three days": whether a number is said to
/// be of as many days or places as were told, so that none of them is left out.
fn is_over_so_many(passage: &Passage, at: usize, whole: &Amount, parts: &[&Amount]) -> bool {
    let many = |place: usize| {
        let (Item::Count(number) | Item::Length(number, _)) = &passage.atoms[place].item else {
            return false;
        };
        let led = matches!(passage.symbol_before(place), "the" | "in" | "total" | "between");
        led && number.stated == parts.len() as f64 && number.bounds.is_exact()
    };
    let near = tail(passage, at).start..(at + REACH).min(passage.sentence(at).end);
    let alike = parts.iter().all(|part| part.bounds.is_exact() && part.goes_with(whole));
    let told = is_definite(passage, at)
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

/// "The two had 3,200 and 1,900 inhabitants, 5,100 between them": whether parts are all other numbers of a sentence that
/// says right beside a number that it is their total.
fn are_all_others(passage: &Passage, at: usize, parts: &[&Amount]) -> bool {
    let sentence = passage.sentence(at);
    let beside = passage.has(tail(passage, at), &["total"])
        && !passage.has(sentence.clone(), &["P", "R", "D", "M", "T"]);
    let mut others = passage.counts(sentence);
    others.retain(|(place, count)| *place != at && count.stated != parts.len() as f64);
    beside && others.len() == parts.len() && others.iter().all(|(_, count)| count.bounds.is_exact())
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
    // "150 tonnes of food in all": of what, and not of whom.
    let of_stuff = |at: usize| {
        passage.symbol(at) == "of" && passage.symbol(at + 1) == "w" && passage.has(at..after.end, &["total"])
    };
    let apart = after.clone().any(|at| beside.contains(&passage.symbol(at)) && !of_stuff(at));
    if with || passage.has(clause, &other) || apart {
        return None;
    }
    let total = passage.has(before.clone(), &["total"])
        || passage.has(after, &["total"])
        || passage.has(before.clone(), &["bring"]) && passage.has(before.clone(), &["to"])
        // «لتبلغ حصيلة اليوم 19».
        || before.clone().any(|at| passage.symbol(at) == "bring" && !passage.word(at).is_ascii());
    let says = |cue: Cue| {
        before.clone().any(|at| {
            // "The number of" is one word of ours.
            let number = passage.symbol(at) == "skip" && passage.word(at) == "the";
            let word = if number { "number" } else { passage.word(at) };
            // «وعليه»: the particle is not always cut off.
            cue.is(word) || word.strip_prefix(['و', 'ف']).is_some_and(|word| cue.is(word))
        })
    };
    let the = passage.symbol_before(at) == "the"
        && parts.first().is_some_and(|first| same_thing(&first.word, &whole.word));
    // «فبلغت 33»: what it reached by that.
    let reached =
        before.clone().any(|at| passage.symbol(at) == "reach" && at > 0 && passage.atoms[at - 1].word == "ف");
    let said = passage.has(before.clone(), &["reach", "is", "all"]) || the;
    let (named, closed) =
        (names_all(passage, before.clone(), parts.len()), is_apposed(passage, at, whole, parts));
    // "24 passengers, then".
    let then = (at + 2..at + 5).any(|at| {
        passage.symbol_before(at) == "," && passage.atoms.get(at).is_some_and(|atom| atom.word == "then")
    });
    let weight = 3 * i32::from(total)
        + 2 * i32::from(named || closed || then || is_label(passage, at, parts))
        + 2 * i32::from(
            reached || concludes(passage, before.clone()) || says(Cue::All) || all_of(passage, at),
        )
        + i32::from(says(Cue::Number))
        + i32::from(said);
    (weight > 0).then_some(weight.min(3))
}

/// "In the two villages", «المشافي الثلاثة», after as many numbers.
fn names_all(passage: &Passage, before: Range<usize>, parts: usize) -> bool {
    let number = |at: usize| passage.count_at(at).is_some_and(|count| count.stated == parts as f64);
    before
        .into_iter()
        .any(|at| number(at) && is_definite(passage, at) || parts == 2 && passage.atoms[at].word == "both")
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
pub(super) fn whole_lead(passage: &Passage, at: usize) -> Range<usize> {
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
                .any(|(place, count)| std::ptr::eq(*count, part) && is_definite(passage, *place))
    };
    // "Three boats: 22 people, 31 and 17": how many there are of what holds them.
    let heads = |within: Range<usize>, number: usize| {
        let counts = passage.counts(within.clone());
        let (place, head) = counts.first().copied()?;
        let colon = passage.has(place..(place + REACH / 2).min(within.end), &[":"]);
        (colon && head.stated == number as f64).then_some(head)
    };
    let siblings = |within: Range<usize>| -> Vec<&'p Amount> {
        let all = sums::siblings(passage, within.clone(), whole);
        let head = heads(within, all.len().saturating_sub(1));
        let own = |part: &&Amount| !few(part) && head.is_none_or(|head| !std::ptr::eq(head, *part));
        all.into_iter().filter(own).collect()
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
