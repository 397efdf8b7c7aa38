//! What a change that is told by itself began with: "Attacks rose from 40 to 60. Monitors fell from 12 to 9. The increase in
//! attacks of 50 per cent …" is of the attacks, though the monitors stand nearer.

use std::ops::Range;

use crate::changes::{Pair, pairs};
use crate::elsewhere::plain_counts;
use crate::passage::Passage;
use crate::ties;

/// How far before or after a change its direction may be told.
const REACH: usize = 6;

/// The changes of earlier sentences that one at a place may repeat: those that go its way and of which its sentence speaks
/// most; none where no earlier sentence tells a change.
pub(crate) fn told_before<'p>(passage: &'p Passage, sentence: &Range<usize>, at: usize) -> Vec<Pair<'p>> {
    let near = at.saturating_sub(REACH).max(sentence.start)..(at + REACH).min(sentence.end);
    let says = |symbols: &[&str]| passage.has(near.clone(), symbols);
    let (rise, fall) = (says(&["gain", "up", "more"]), says(&["loss", "down", "fewer"]));
    let goes_its_way = |pair: &Pair<'_>| match (rise, fall) {
        (true, false) => pair.to.stated >= pair.from.stated || pair.either_way,
        (false, true) => pair.to.stated <= pair.from.stated || pair.either_way,
        _ => true,
    };
    let mut found: Vec<(bool, Pair<'p>)> = Vec::new();
    let mut start = 0;
    while start < sentence.start {
        let earlier = passage.sentence(start);
        let again = ties::is_told_again(passage, &earlier, sentence);
        let told = pairs(passage, &earlier);
        // "From 30 to 45 in May and to 54 in June. It has thus risen by 80 per cent": from each number to each later one.
        if !told.is_empty() {
            let counts = plain_counts(passage, earlier.clone(), at);
            let any =
                counts.iter().enumerate().flat_map(|(place, (from_at, from))| {
                    counts[place + 1..].iter().filter(|(_, to)| to.goes_with(from)).map(move |(to_at, to)| {
                        Pair { from, to, from_at: *from_at, to_at: *to_at, either_way: false }
                    })
                });
            found.extend(any.map(|pair| (again, pair)));
        }
        found.extend(told.into_iter().map(|pair| (again, pair)));
        start = earlier.end + 1;
    }
    found.retain(|(_, pair)| goes_its_way(pair));
    let again = found.iter().any(|(again, _)| *again);
    found.into_iter().filter(|(told, _)| *told == again).map(|(_, pair)| pair).collect()
}
