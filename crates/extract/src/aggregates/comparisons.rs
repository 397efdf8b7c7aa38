//! Comparisons: "more than the coalition’s raids", "twice as many as in 2022", "38 per cent higher than in August", «ضعف ما».

use std::ops::Range;

use sijil_model::codebook::{AggregateKind, CountUnit};
use sijil_model::{Quantity, Said};

use super::Total;
use super::shares::percent;
use crate::numbers;
use crate::sense::{MeansPart, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// How far after "than" stands what is compared with.
const REACH: usize = 6;
/// How near to a share stands the word that it is a difference.
const NEAR: usize = 4;

/// The comparison of a sentence that speaks of harm.
pub(super) fn find(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    let harm = run.clone().find_map(|at| {
        window.tags.find(at, |sense| if let Sense::Harm(harm, _) = sense { Some(*harm) } else { None })
    });
    let (harm, _) = harm?;
    let (span, share) = by_a_share(window, run)
        .or_else(|| Some((times_as_many(window, run)?, None)))
        .or_else(|| Some((more_than(window, run)?, None)))?;
    let count = share.map(|quantity| Said { quantity, text: window.tokens.quote(&span).to_owned() });
    Some(Total {
        harm: Some(harm),
        count,
        ..Total::new(AggregateKind::Comparison, span, CountUnit::Victims, "comparison")
    })
}

/// "more deaths … compared to the coalition’s raids", "more than what the raids of May took".
fn more_than(window: &Window<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let compare = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Compare)).or_else(|| {
        run.clone().find(|at| window.tokens.word(*at) == "than" && is_of_others(window, *at, run))
    })?;
    let more = window.tags.first(run.start..compare, |sense| matches!(sense, Sense::More))?;
    let end = actors_end(window, compare..run.end).unwrap_or(compare + 1);
    Some(more..end)
}

/// Whether a party, a time or an attack stands after "than", and no number: "more than 20 people" compares nothing.
fn is_of_others(window: &Window<'_>, than: usize, run: &Range<usize>) -> bool {
    let after = than + 1..(than + 1 + REACH).min(run.end);
    let event = |sense: &Sense| matches!(sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling));
    numbers::amount(&window.tokens, &window.tags, than + 1).is_none()
        && (actors_end(window, after.clone()).is_some()
            || after.clone().any(|at| window.owner(at) == Owner::Time)
            || window.tags.any(after, event))
}

fn actors_end(window: &Window<'_>, run: Range<usize>) -> Option<usize> {
    window.within(&window.actors, &run, |actor| &actor.run).first().map(|actor| actor.run.end)
}

/// "38 per cent higher than in August", "a rise of 38% on the month before", «بزيادة 38% عن», «أعلى بنسبة 38%».
fn by_a_share(window: &Window<'_>, run: &Range<usize>) -> Option<(Range<usize>, Option<Quantity>)> {
    run.clone().find_map(|at| {
        let share = percent(window, at)?;
        let end = share.run.end;
        // "More than 40% of the dead": a share of a whole, and "more" is its hedge.
        let by = at.checked_sub(1).is_some_and(|before| window.tokens.word(before) == "بنسبه");
        if matches!(window.tokens.word(end), "of" | "من") && !by {
            return None;
        }
        let mut around = (at.saturating_sub(NEAR).max(run.start)..at).chain(end..(end + NEAR).min(run.end));
        let differs = |here: usize| {
            window.tokens.is_on(Words::Differs, here)
                || window.tags.is(here, |sense| matches!(sense, Sense::More))
        };
        let differing = around.find(|here| differs(*here))?;
        let against = (end..(end + REACH).min(run.end)).find(|here| {
            window.tokens.is_on(Words::Against, *here)
                || window.tags.is(*here, |sense| matches!(sense, Sense::Compare))
        })?;
        let quantity = Quantity::Share { low: share.low, high: share.high, approximate: share.approximate };
        Some((at.min(differing)..against + 1, Some(quantity)))
    })
}

/// "nearly twice as many as", "three times the number of", «أكثر من ضعف ما سُجّل».
fn times_as_many(window: &Window<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    run.clone().filter(|at| window.tokens.is_on(Words::Multiples, *at)).find_map(|at| {
        let word = |step: usize| window.tokens.word(at + step);
        let end = match (word(1), word(2)) {
            ("as", "many" | "much") => at + 3,
            ("the", "number" | "toll" | "total" | "figure") => at + 3,
            ("what" | "that", _) | ("ما" | "عدد" | "حصيله" | "من", _) => at + 2,
            _ => return None,
        };
        Some(at..end)
    })
}
