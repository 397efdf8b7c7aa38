//! Votes: "passed by 64 votes to 51, a majority of 15", «21 صوتاً مقابل تسعة وامتناع أربعة، بحضور الأعضاء الـ32 جميعاً».

use super::is_definite;
use super::remainders::terms;
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage};

/// How many symbols may stand between the votes for and those against.
const REACH: usize = 6;
/// How far from its word a majority may stand.
const NEAR: usize = 3;
/// How far from the votes together a number of voters may be, as a part of it, and still be a slip.
const SLIP: f64 = 0.2;

/// Findings about votes.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let polls = (0..passage.atoms.len()).filter_map(|at| poll(passage, at));
    polls.chain((0..passage.atoms.len()).filter_map(|at| of_members(passage, at))).collect()
}

/// "Nine of the 15 members voted for it, four against and three abstained": more than there are.
fn of_members(passage: &Passage, at: usize) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let yes = passage.count_at(at)?;
    let counts = passage.counts(at + 1..sentence.end);
    let [(members_at, members), others @ ..] = counts.as_slice() else { return None };
    let of = passage.has(at + 1..*members_at, &["of", "min"]) && !passage.has(at + 1..*members_at, &[","]);
    let near = |place: usize, cue: Cue| {
        let words = place.saturating_sub(2)..(place + NEAR).min(sentence.end);
        words.into_iter().any(|at| cue.begins(passage.word(at).trim_start_matches('و')))
    };
    let [(no_at, no), (abstained_at, abstained)] = others else { return None };
    let told = near(*no_at, Cue::Against) && near(*abstained_at, Cue::Abstained);
    let together = yes.stated + no.stated + abstained.stated;
    let exact = [yes, members, no, abstained].iter().all(|one| one.bounds.is_exact());
    if !of || !told || !exact || together <= members.stated || yes.stated >= members.stated {
        return None;
    }
    let explain = format!("{}, more than {}", added([yes, no, abstained]), shown(members.stated));
    let left = members.stated - yes.stated - no.stated;
    Some(Draft::over(Kind::Sum, &[abstained], abstained.stated, left, explain))
}

/// "9 + 4 + 3 = 16".
fn added(votes: [&Amount; 3]) -> String {
    let together: f64 = votes.iter().map(|votes| votes.stated).sum();
    format!("{} = {}", terms(&votes, " + "), shown(together))
}

/// Votes for, and against: the places of two numbers of which one at least is said to be of votes.
fn poll(passage: &Passage, at: usize) -> Option<Draft> {
    let of_votes = |at: usize| {
        passage.count_at(at).is_some_and(|count| Cue::Vote.is(&count.word))
            || (at + 1..at + NEAR).any(|at| Cue::Vote.is(passage.word(at)))
    };
    let yes = passage.count_at(at)?;
    let end = passage.sentence(at).end;
    let other = (at + 1..end.min(at + 1 + REACH)).find(|at| passage.count_at(*at).is_some())?;
    let no = passage.count_at(other)?;
    let told = of_votes(at) || of_votes(other);
    let against = (at + 1..other).any(|at| matches!(passage.symbol(at), "to" | "cmp"))
        || (at + 1..other + NEAR).any(|at| matches!(passage.word(at), "against" | "ضد"));
    let exact = yes.bounds.is_exact() && no.bounds.is_exact();
    let moved = passage.has(passage.sentence(at), &["up", "down", "from"]);
    if !told || !against || !exact || moved {
        return None;
    }
    margin(passage, other, (yes, no)).or_else(|| everybody(passage, (at, other), (yes, no)))
}

/// "A majority of 15", «بفارق 15 صوتاً»: how many more there were.
fn margin(passage: &Passage, after: usize, (yes, no): (&Amount, &Amount)) -> Option<Draft> {
    let sentence = passage.sentence(after);
    // "A majority" is read as a share.
    let majority = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) => share.bounds == Bounds::new(50.0, 100.0),
        _ => false,
    };
    let says = |at: usize| passage.symbol(at) == "diff" || majority(at) || Cue::Majority.is(passage.word(at));
    let place = (after + 1..sentence.end).find(|place| {
        passage.count_at(*place).is_some() && (place.saturating_sub(NEAR).max(after + 1)..*place).any(says)
    })?;
    let stated = passage.count_at(place)?;
    let apart = yes.stated - no.stated;
    // A majority may be of all who sit there, or what was needed for one.
    let needed = (yes.stated + no.stated) / 2.0;
    let meant = stated.bounds.meets(Bounds::exactly(apart.abs()))
        || stated.bounds.meets(Bounds::new(needed, needed + 1.0))
        || stated.stated >= yes.stated;
    let explain = format!(
        "{} - {} = {}, not {}",
        shown(yes.stated),
        shown(no.stated),
        shown(apart),
        shown(stated.stated)
    );
    (!meant && apart > 0.0 && stated.bounds.is_exact())
        .then(|| Draft::over(Kind::Difference, &[stated], stated.stated, apart, explain))
}

/// "All 32 members voted": those for, those against and those who abstained are all of them.
fn everybody(passage: &Passage, (at, other): (usize, usize), (yes, no): (&Amount, &Amount)) -> Option<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    let near = |place: usize, cue: Cue| {
        (place.saturating_sub(NEAR)..place + NEAR + 1)
            .any(|at| at < passage.atoms.len() && cue.begins(passage.word(at)))
    };
    let rest = counts.iter().filter(|(place, _)| ![at, other].contains(place));
    let (abstained, members): (Vec<_>, Vec<_>) = rest.partition(|(place, _)| near(*place, Cue::Abstained));
    let ([(_, abstained)], [(place, members)]) = (abstained.as_slice(), members.as_slice()) else {
        return None;
    };
    // "All of whom voted", «جميع الأعضاء الـ32».
    let all = passage.sentence(*place).any(|at| Cue::All.is(passage.word(at)))
        || (place.saturating_sub(NEAR)..*place).any(|at| matches!(passage.word(at), "all" | "جميع" | "كل"));
    let known = all && (is_definite(passage, *place) || passage.count_at(*place).is_some());
    let shares = passage.atoms.iter().any(|atom| matches!(atom.item, Item::Points(_)));
    let together = yes.stated + no.stated + abstained.stated;
    let near = (together - members.stated).abs() <= members.stated * SLIP;
    if !known || shares || !near || together == members.stated || !abstained.bounds.is_exact() {
        return None;
    }
    let explain = format!("{}, not {}", added([yes, no, abstained]), shown(members.stated));
    Some(Draft::over(Kind::Sum, &[yes, no, abstained], members.stated, together, explain))
}
