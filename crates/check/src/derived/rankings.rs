//! Numbers that are told from the largest to the smallest: "Karm had the most attacks with 41, followed by Sahl with 35",
//! «أكبر عدد (41)، تلتها السهل (35) ثم النهر (12)».

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::{Lexicon, Statistic};
use crate::passage::Passage;

/// How far after its word the first number of a row may stand.
const REACH: usize = 12;

/// Findings about rows of numbers that are not in their order.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len()).filter_map(|at| row(passage, at)).collect()
}

/// What a word says of the first of a row: that it is the largest, or the smallest.
fn first(passage: &Passage, at: usize) -> Option<Statistic> {
    let word = passage.word(at);
    let most = matches!(word, "most" | "اكثر") && !matches!(passage.symbol(at + 1), "of" | "min" | "them");
    if most || Cue::Leads.is(word) { Some(Statistic::Greatest) } else { Lexicon::get().statistic(word) }
}

/// The first number after "followed by" that is larger than the one before it.
fn row(passage: &Passage, at: usize) -> Option<Draft> {
    if !Cue::Follows.is(passage.word(at)) {
        return None;
    }
    let sentence = passage.sentence(at);
    let statistic = (sentence.start..at).rev().find_map(|at| first(passage, at))?;
    // In the order of time any number may follow.
    let timed = passage.has(sentence.clone(), &["M", "T", "t", "dayname", "from", "nor", "R"]);
    // «أكبر عدد من».
    let mut before = passage.counts(sentence.start..at);
    before.retain(|(_, amount)| !amount.is_vague());
    let after = passage.counts(at + 1..sentence.end);
    let (last, next) = (before.last()?, after.first()?);
    let near = at - last.0 <= REACH && next.0 - at <= REACH && before.len() == 1;
    let exact = |amount: &Amount| amount.bounds.is_exact() && amount.stated > 1.0;
    let row: Vec<&Amount> = before.iter().chain(&after).map(|(_, amount)| *amount).collect();
    let alike = row.iter().all(|amount| exact(amount) && amount.goes_with(last.1));
    let wrong = |two: &&[&Amount]| match statistic {
        Statistic::Greatest => two[1].stated > two[0].stated,
        Statistic::Least => two[1].stated < two[0].stated,
        _ => false,
    };
    let two = row.windows(2).find(wrong).filter(|_| !timed && near && alike)?;
    let word = if statistic == Statistic::Greatest { "largest" } else { "smallest" };
    let explain = format!(
        "{} stands before {}, although the {word} is told first",
        shown(two[0].stated),
        shown(two[1].stated)
    );
    Some(Draft::over(Kind::Difference, two, two[1].stated, two[0].stated, explain))
}
