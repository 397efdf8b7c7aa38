//! What some of those who were counted come to, by their names: "31 men, 16 women and 11 children: women and children were
//! 27", "13 killed and 48 injured; the 61 casualties".

use std::ops::Range;

use super::{concludes, is_definite};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::classes::are_disjoint;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

/// How far from the names of two classes their number may stand.
const REACH: usize = 7;
/// How many times as large or small as what they come to a number may be and still be meant as that.
const FAR: f64 = 2.0;

/// Findings about what classes come to together.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let together = (0..passage.atoms.len()).filter_map(|at| of_two(passage, at));
    let casualties = (0..passage.atoms.len()).filter_map(|at| casualties(passage, at));
    together.chain(casualties).collect()
}

/// "Women and children accounted for 27 of them", "the 27 women and children".
fn of_two(passage: &Passage, at: usize) -> Option<Draft> {
    let other = at + 2 + usize::from(passage.symbol(at + 2) == "the");
    let (one, two) = (passage.class_at(at)?, passage.class_at(other)?);
    if passage.symbol(at + 1) != "and" || !are_disjoint(one, two) {
        return None;
    }
    let sentence = passage.sentence(at);
    let before = at.checked_sub(1).and_then(|place| Some((place, passage.count_at(place)?)));
    let after = || {
        let end = sentence.end.min(other + REACH);
        let place = (other + 1..end).take_while(|at| !matches!(passage.symbol(*at), "," | ";"));
        let mut places = place.filter_map(|place| Some((place, passage.count_at(place)?)));
        let first = places.next()?;
        let stated = passage.has(other + 1..first.0, &["is", "reach", "total", ":"]);
        (stated && places.next().is_none()).then_some(first)
    };
    let (place, stated) = match before {
        Some(before) if is_definite(passage, before.0) => before,
        Some(_) => return None,
        None => after()?,
    };
    let tied = is_definite(passage, place)
        || concludes(passage, passage.before(place)..place)
        || passage.has(sentence.start..place, &["total", ":", "is"]);
    let parts = [alone(passage, 0..place.min(at), one)?, alone(passage, 0..place.min(at), two)?];
    let told = parts[0].0.min(parts[1].0)..place;
    let elsewhere = passage.has(told, &["M", "T", "t", "dayname", "up", "down", "more", "nor"]);
    if tied && !elsewhere { against(passage, place, stated, [parts[0].1, parts[1].1]) } else { None }
}

/// "The 61 casualties", after those killed and those injured.
fn casualties(passage: &Passage, at: usize) -> Option<Draft> {
    let stated = passage.count_at(at).filter(|count| count.class() == Some("casualties"))?;
    let start = passage.before(at);
    let killed = alone(passage, start..at, "killed").or_else(|| alone(passage, start..at, "civilians"))?;
    let injured = alone(passage, start..at, "injured")?;
    let only = passage.counts(start..at).len() == 2;
    let tied = is_definite(passage, at) || passage.has(passage.sentence(at).start..at, &["total"]);
    (tied && only).then(|| against(passage, at, stated, [killed.1, injured.1])).flatten()
}

/// The only number of a stretch that counts those of a class.
fn alone<'p>(passage: &'p Passage, within: Range<usize>, class: &str) -> Option<(usize, &'p Amount)> {
    let mut counts = passage.counts(within).into_iter().filter(|(_, count)| count.class() == Some(class));
    counts.next().filter(|_| counts.next().is_none())
}

fn against(passage: &Passage, at: usize, stated: &Amount, parts: [&Amount; 2]) -> Option<Draft> {
    let sum = parts[0].bounds.plus(parts[1].bounds);
    let computed = parts[0].stated + parts[1].stated;
    let near = stated.stated < computed * FAR && computed < stated.stated * FAR;
    let vague = stated.is_vague() || parts.iter().any(|part| part.is_vague());
    let said = passage.counts(0..at).iter().any(|(_, count)| count.stated == computed);
    if vague || !near || said || sum.meets(stated.bounds) {
        return None;
    }
    let explain = format!(
        "{} + {} = {}, not {}",
        shown(parts[0].stated),
        shown(parts[1].stated),
        shown(computed),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Sum, &[stated], stated.stated, computed, explain))
}
