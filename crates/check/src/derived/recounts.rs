//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …", and what
//! a list holds after some were added or struck off.

use super::plain;
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

/// How many counts before a new total may have made it.
const STEPS: usize = 3;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| {
            let number = passage.count_at(at)?;
            said_again(passage, at, number).or_else(|| new_total(passage, at, number))
        })
        .collect()
}

/// "The other 198", against what was said to be whole before.
pub(super) fn left_over(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| {
            let rest = passage.count_at(at)?;
            let sentence = passage.sentence(at);
            let near = at.saturating_sub(4).max(sentence.start)..at;
            let marked = passage.has(near, &["rest", "other"]);
            let before: Vec<&Amount> =
                plain(passage, 0..at, at).into_iter().map(|(_, count)| count).collect();
            let whole = before.iter().copied().find(|whole| whole.stated > rest.stated)?;
            let part = before.last().copied().filter(|part| part.stated < whole.stated)?;
            if !marked || rest.is_vague() || explained(rest.bounds, &before) {
                return None;
            }
            let exact = whole.stated - part.stated;
            let explain = format!(
                "{} - {} = {}, not {}",
                shown(whole.stated),
                shown(part.stated),
                shown(exact),
                shown(rest.stated)
            );
            Some(Draft::over(Kind::Difference, &[rest], rest.stated, exact, explain))
        })
        .collect()
}

/// "Nineteen of the 46 survivors", after 64 survivors.
fn said_again(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let definite = passage.symbol(at - at.min(1)) == "the" || at > 0 && passage.atoms[at - 1].word == "ال";
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    let sentence = passage.sentence(at);
    let earlier: Vec<&Amount> =
        plain(passage, 0..sentence.start, at).into_iter().map(|(_, count)| count).collect();
    let alike = |count: &&Amount| {
        let named = !count.word.is_empty() && count.word == whole.word;
        // «المدارس الـ 29»: the thing stands before its number.
        let classed = count.class().is_some_and(|class| Some(class) == whole.class() && class != "people");
        named || classed && earlier.len() == 1
    };
    let same = earlier.iter().copied().find(alike)?;
    if !definite || !of || whole.is_vague() || explained(whole.bounds, &earlier) {
        return None;
    }
    let explain = format!("{} were said before, not {}", shown(same.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[whole], whole.stated, same.stated, explain))
}

/// Whether a number is one of the counts, or the sum or difference of some that stand together.
fn explained(number: Bounds, counts: &[&Amount]) -> bool {
    let runs = (0..counts.len()).flat_map(|from| (from + 1..=counts.len()).map(move |to| from..to));
    let mut sums = runs.map(|run| Bounds::sum(counts[run].iter().map(|count| count.bounds)));
    let apart = |one: &&Amount, other: &&Amount| super::distance(one.bounds, other.bounds).meets(number);
    sums.any(|sum| sum.meets(number)) || counts.iter().any(|one| counts.iter().any(|other| apart(one, other)))
}

/// "1,204 names. We added 46, so that the list now holds 1,246", against every way of adding and taking away.
fn new_total(passage: &Passage, at: usize, total: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let thus = (sentence.start..at)
        .rev()
        .take_while(|at| passage.symbol(*at) != "N")
        .any(|at| passage.symbol(at) == "thus");
    let before = plain(passage, passage.before(at)..at, at);
    let before: Vec<&Amount> = before.into_iter().map(|(_, count)| count).collect();
    if !thus || total.is_vague() || !(2..=STEPS).contains(&before.len()) {
        return None;
    }
    let first = before[0];
    let steps = &before[1..];
    let ways = (0..3u32.pow(steps.len() as u32)).map(|way| {
        steps.iter().enumerate().fold(first.bounds, |sum, (place, step)| {
            match way / 3u32.pow(place as u32) % 3 {
                0 => sum,
                1 => sum.plus(step.bounds),
                _ => sum.minus(step.bounds),
            }
        })
    });
    if ways.into_iter().any(|way| way.meets(total.bounds)) || explained(total.bounds, &before) {
        return None;
    }
    let terms: Vec<String> = before.iter().map(|count| shown(count.stated)).collect();
    let explain = format!("{} do not make {}", terms.join(" and "), shown(total.stated));
    let all: Vec<&Amount> = vec![total];
    Some(Draft::over(Kind::Sum, &all, total.stated, first.stated, explain))
}
