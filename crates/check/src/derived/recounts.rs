//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …", and what
//! a list holds after some were added or struck off.

use super::{plain, same_thing};
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

/// "The other 198", against what was said to be whole before; only where these words stand beside it too.
pub(super) fn left_over(passage: &Passage, also: &[&str]) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| {
            let rest = passage.count_at(at)?;
            let sentence = passage.sentence(at);
            let near = at.saturating_sub(4).max(sentence.start)..at;
            let marked = passage.has(near.clone(), &["rest", "other"])
                && also.iter().all(|word| passage.has(near.clone(), &[*word]));
            let before: Vec<&Amount> =
                plain(passage, 0..at, at).into_iter().map(|(_, count)| count).collect();
            let whole = before.iter().copied().find(|whole| whole.stated > rest.stated)?;
            let part = before.last().copied().filter(|part| part.stated < whole.stated)?;
            if !marked || rest.is_vague() || explained(rest.bounds, &before) {
                return None;
            }
            Some(Draft::left_of(Kind::Difference, whole, part, rest, false))
        })
        .collect()
}

/// "Nineteen of the 46 survivors", after 64 survivors.
fn said_again(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let article = at > 0 && passage.atoms[at - 1].word == "ال";
    let definite = article || passage.symbol(at - at.min(1)) == "the";
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    let sentence = passage.sentence(at);
    let before = plain(passage, 0..sentence.start, at);
    let earlier: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // «الملفات الـ64 التي»: the thing stands before its number.
    let thing = if article && at > 1 { passage.word(at - 2) } else { whole.word.as_str() };
    let alike = |(place, count): &&(usize, &Amount)| {
        let words = [count.word.as_str(), passage.word(place + 1), passage.word(place + 2)];
        let named = !thing.is_empty() && words.iter().any(|word| same_thing(word, thing));
        // «المدارس الـ 29»: the thing stands before its number.
        let classed = count.class().is_some_and(|class| Some(class) == whole.class() && class != "people");
        named || classed && earlier.len() == 1
    };
    let (_, same) = before.iter().find(alike)?;
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
    let apart = |one: &&Amount, other: &&Amount| {
        super::distance(one.bounds, other.bounds).meets(number) || one.bounds.plus(other.bounds).meets(number)
    };
    sums.any(|sum| sum.meets(number)) || counts.iter().any(|one| counts.iter().any(|other| apart(one, other)))
}

/// "1,204 names. We added 46, so that the list now holds 1,246", against every way of adding and taking away.
fn new_total(passage: &Passage, at: usize, total: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let clause: Vec<&str> = (sentence.start..at)
        .rev()
        .map(|at| passage.symbol(at))
        .take_while(|symbol| !matches!(*symbol, "N" | ";"))
        .collect();
    let now = (sentence.start..at).any(|at| passage.atoms[at].word == "now");
    let thus = clause.contains(&"thus")
        || clause.contains(&"bring") && clause.contains(&"to")
        || clause.contains(&"total") && now;
    let before = plain(passage, passage.before(at)..at, at);
    let before: Vec<&Amount> = before.into_iter().map(|(_, count)| count).collect();
    // What the text adds to may be a number of another report.
    let far = total.stated > 1.5 * before.iter().map(|count| count.stated).sum::<f64>();
    if far || !thus || total.is_vague() || !(2..=STEPS).contains(&before.len()) {
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
