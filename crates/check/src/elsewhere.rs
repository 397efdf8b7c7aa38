//! Whether a change is one of other numbers of the paragraph than those beside it.

use std::ops::Range;

use crate::amounts::Amount;
use crate::derived::has_too_many;
use crate::passage::{Item, Passage};

/// Whether any two counts of the paragraph are that far apart.
pub(crate) fn told_elsewhere(passage: &Passage, at: usize, change: &Amount) -> bool {
    let counts = plain_counts(passage, 0..passage.atoms.len(), at);
    counts
        .iter()
        .any(|(_, from)| counts.iter().any(|(_, to)| from.bounds.plus(change.bounds).meets(to.bounds)))
}

/// "Rice rose by a third, to 800 pounds from 600. Wages are up by 5 per cent": whether all counts of a share are of sentences
/// before its own, and another share there is of two of them.
pub(crate) fn is_told_of(passage: &Passage, at: usize, start: usize) -> bool {
    let shares = (0..start).filter_map(|at| match &passage.atoms[at].item {
        Item::Share(share) => Some(share),
        _ => None,
    });
    let own = plain_counts(passage, passage.sentence(at), at);
    own.is_empty() && shares.into_iter().any(|share| is_share_elsewhere(passage, start, share))
}

/// Whether any two counts before a share are apart by it of one of them.
pub(crate) fn is_share_elsewhere(passage: &Passage, at: usize, change: &Amount) -> bool {
    let counts = plain_counts(passage, 0..at, at);
    let told = |from: &Amount, to: &Amount| {
        let apart =
            if from.stated < to.stated { to.bounds.minus(from.bounds) } else { from.bounds.minus(to.bounds) };
        from.stated > 0.0 && apart.over(from.bounds).times(100.0).meets(change.bounds)
    };
    !has_too_many(passage) && counts.iter().any(|(_, from)| counts.iter().any(|(_, to)| told(from, to)))
}

/// The counts of a stretch but the one at a place, without vague ones.
pub(crate) fn plain_counts(passage: &Passage, within: Range<usize>, but: usize) -> Vec<(usize, &Amount)> {
    passage.counts(within).into_iter().filter(|(at, count)| *at != but && !count.is_vague()).collect()
}
