//! Shares that stand beside their number: "197 (36 per cent)", "a third of them (61 patients)", «١٠٥، أي ٢١ في المئة».

use super::wholes::is_shared_out;
use super::{distance, is_of_an_hour, is_part, plain, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs};
use crate::classes::disjoint;
use crate::draft::Draft;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How far from its share a number may stand.
const NEAR: usize = 10;
/// How far after its share a number may stand.
const AFTER: usize = 12;
/// How many symbols may name what a share is of.
const NAMED: usize = 5;
/// How many letters "of them" and "of whom" have; "of those" has more.
const OF_THEM: usize = 7;
/// Words for what everybody may be counted under.
const GENERAL: [&str; 3] = ["killed", "people", "casualties"];

/// Findings about shares and the numbers that they are tied to.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Share(share) if !is_change(passage, at) && !is_of_an_hour(passage, at) => {
                tied(passage, at, share)
            }
            _ => None,
        })
        .collect()
}

fn tied(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let place = after(passage, at).or_else(|| before(passage, at))?;
    let number = passage.count_at(place)?;
    // «لم يبق سوى 21، أي أن 65 في المئة أُغلقت»: the share may be of those who went.
    let left = passage.has(place.saturating_sub(3)..place, &["rest", "except"]);
    if left && !matches!(passage.symbol(at + 1), "them" | "." | "," | "") {
        return None;
    }
    let others: Vec<(usize, &Amount)> = plain(passage, 0..passage.atoms.len(), place);
    let others = of_named(passage, at, others)?;
    let moves = passage.has(passage.sentence(at), &["up", "down", "gain", "loss", "from", "cmp"]);
    if number.is_vague()
        || share.stated > 100.0
        || explained(up_to_all(share), (place, number), &others, (moves, is_part(passage, place)))
    {
        return None;
    }
    let of = |at: usize| passage.has(at.saturating_sub(NAMED)..at, &["of", "min", "numbering"]);
    let alike = |other: &Amount| other.goes_with(number) && other.stated != number.stated;
    // "Of the 160 strikes, 40 hit homes, one in three": what the part hit is not what it counts.
    let shared_out = |at: usize| is_shared_out(passage, at) && passage.sentence(at).contains(&place);
    let whole = others.iter().find(|(other_at, other)| {
        (alike(other) || shared_out(*other_at))
            && other.stated > number.stated
            && (*other_at < place || of(*other_at))
    });
    let part = others.iter().rev().find(|(other_at, other)| *other_at < place && alike(other) && of(place));
    match (whole, part) {
        (Some((_, whole)), _) => Some(Draft::share_of(number, whole, share)),
        (None, Some((_, part))) => Some(Draft::share_of(part, number, share)),
        (None, None) => None,
    }
}

/// The number before a share that a bracket, a comma or "that is" ties it to.
fn before(passage: &Passage, at: usize) -> Option<usize> {
    let mark = at.checked_sub(1)?;
    let ties = matches!(passage.symbol(mark), "(" | "," | "-" | "is" | "avg" | "N");
    let from = at.saturating_sub(NEAR).max(passage.sentence(at).start);
    let found = (from..at)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), "P" | ";" | ":" | ")" | "rest" | "other"))
        .find(|at| passage.count_at(*at).is_some())?;
    let commas = (found..mark).filter(|at| passage.symbol(*at) == ",").count();
    let plain = passage.symbol(mark) != "is" || commas > 0 || passage.symbol_before(mark) != "n";
    let of_same = names(passage, at, passage.counts(0..at));
    (ties && plain && commas <= 1 && (ends(passage, at) || of_same)).then_some(found)
}

/// Whether a share is of what the first of some counts counts: «120 منها، أي ثلاثة أخماس المنازل».
fn names(passage: &Passage, at: usize, counts: Vec<(usize, &Amount)>) -> bool {
    let thing = at + 1 + usize::from(matches!(passage.symbol(at + 1), "the" | "of" | "min"));
    let class = passage.class_at(thing).filter(|class| !GENERAL.contains(class));
    counts.first().is_some_and(|(_, first)| {
        class.is_some() && class == first.class()
            || !first.word.is_empty() && same_thing(passage.word(thing), &first.word)
    })
}

/// Whether a share has nothing of its own that it is a share of: "(45 per cent)", not "(45 per cent children)".
fn ends(passage: &Passage, at: usize) -> bool {
    // "60 failed, half of them in one subject": of the number before, whatever that is of.
    let of_those = passage.symbol(at + 1) == "them"
        && passage.atoms[at + 1].points.len() <= OF_THEM
        && matches!(passage.symbol(at + 2), "w" | "n" | "in");
    let mark =
        matches!(passage.symbol(at + 1), ")" | "," | "." | ";" | ":" | "-" | "" | "them" | "of" | "min");
    mark && !of_those
}

/// The number after a share that a bracket or "that is" ties to it: "One in three of them were under fifteen (61)".
fn after(passage: &Passage, at: usize) -> Option<usize> {
    let end = (at + AFTER).min(passage.sentence(at).end);
    let shares = passage.sentence(at).filter(|at| passage.symbol(*at) == "P").count();
    // "A third have no windows: 12 rooms"; not "58 per cent: 35 women and 52 children".
    let leads = |at: usize| {
        let last = passage.counts(at + 2..passage.sentence(at).end).is_empty();
        passage.symbol(at) == ":" && passage.count_at(at + 1).is_some() && last
    };
    let points = |at: usize| matches!(passage.word(at + 1), "points" | "نقاط" | "نقطه");
    let tie = |at: &usize| {
        let own_share = (at + 1..at + 4).any(|at| passage.symbol(at) == "P");
        let that_is = matches!(passage.symbol_before(*at), "is" | "all")
            && matches!(passage.symbol(at.saturating_sub(2)), "," | "them");
        // "Nearly two thirds of them, 210 people, had …".
        let counted = usize::from(matches!(passage.symbol(at + 1), "n" | "w"));
        let apposed = passage.symbol_before(*at) == "," && passage.symbol(at + 1 + counted) == ",";
        // "Of the 200, half of them children, 34 and 46 per cent: thus 80" is of several shares.
        let thus = passage.has(at.saturating_sub(2)..*at, &["thus"]) && shares <= 1;
        passage.count_at(*at).is_some()
            && !points(*at)
            && !own_share
            && (passage.symbol_before(*at) == "(" || leads(*at - 1) || that_is || apposed || thus)
    };
    let ends = |at: &usize| matches!(passage.symbol(*at), "P" | ";" | ":" | ")" | "D") && !leads(*at);
    (at + 1..end).take_while(|at| !ends(at)).find(tie)
}

/// The numbers that a share may be of: those of the class that it names, where there are such; `None` where it names what
/// none of them counts.
fn of_named<'p>(
    passage: &'p Passage,
    at: usize,
    others: Vec<(usize, &'p Amount)>,
) -> Option<Vec<(usize, &'p Amount)>> {
    let thing =
        (at + 1..at + 1 + NAMED).find(|at| !matches!(passage.symbol(*at), "of" | "min" | "the" | "n"));
    if thing.is_some_and(|at| matches!(passage.symbol(at), "rest" | "other")) {
        return None; // "Three quarters of the rest", «نصف المدارس الباقية».
    }
    if !matches!(passage.symbol(at + 1), "of" | "min") {
        return Some(others);
    }
    let named: Vec<usize> = (at + 2..at + 2 + NAMED)
        .take_while(|at| matches!(passage.symbol(*at), "n" | "w" | "the" | "total" | "skip"))
        .collect();
    let classes: Vec<&str> = named
        .iter()
        .filter_map(
            |at| if let Item::Noun(noun) = &passage.atoms[*at].item { Some(noun.class) } else { None },
        )
        .collect();
    let has = |count: &Amount, class: &str| count.nouns.iter().any(|noun| noun.class == class);
    if let Some(class) = classes.iter().rev().find(|class| !GENERAL.contains(class)) {
        let of_class: Vec<_> = others.iter().copied().filter(|(_, count)| has(count, class)).collect();
        return (!of_class.is_empty()).then_some(of_class);
    }
    let words =
        |(_, count): &(usize, &Amount)| named.iter().any(|at| same_thing(passage.word(*at), &count.word));
    let short = named.len() <= 2 && !matches!(passage.symbol(at + 2 + named.len()), "is" | "N");
    (!classes.is_empty() || short || others.iter().any(words)).then_some(others)
}

/// What a share of a whole may be: "more than half" is no more than all.
fn up_to_all(share: &Amount) -> Bounds {
    Bounds::new(share.bounds.low, share.bounds.high.min(100.0))
}

/// Whether some number of the paragraph, or some that stand together, make the share of a number; or it is a share of
/// itself and a number that stands beside it; or, where something moves, the change from one to the other.
fn explained(
    share: Bounds,
    (place, number): (usize, &Amount),
    others: &[(usize, &Amount)],
    (moves, part): (bool, bool),
) -> bool {
    let bounds: Vec<Bounds> = others.iter().map(|(_, other)| other.bounds).collect();
    // Two may stand apart: "36 of the 120 women and 56 of the 280 men: together 92".
    let pairs = others.iter().enumerate().flat_map(|(at, (_, one))| {
        others[at + 1..]
            .iter()
            .flat_map(|(_, other)| [one.bounds.plus(other.bounds), distance(one.bounds, other.bounds)])
    });
    let wholes = runs(&bounds).chain(pairs);
    let beside = others.iter().filter(|(at, other)| *at > place || disjoint(other, number));
    let number = number.bounds;
    // "99 of them (55 per cent)" are no share of themselves and others, nor of what two numbers leave.
    let beside = beside.filter(|_| !part);
    let told = others.iter().filter(|(at, _)| *at < place + NAMED).map(|(_, other)| other.bounds);
    let told: Vec<Bounds> = told.collect();
    let wholes = wholes.filter(|whole| !part || runs(&told).any(|run| run == *whole));
    let with = beside.map(|(_, other)| number.over(number.plus(other.bounds)));
    let of = wholes.flat_map(|other| {
        let apart = distance(number, other);
        let change = [apart.over(other), apart.over(number)].into_iter().filter(move |_| moves);
        [number.over(other), other.over(number)].into_iter().chain(change)
    });
    with.chain(of).any(|ratio| ratio.times(100.0).meets(share))
}
