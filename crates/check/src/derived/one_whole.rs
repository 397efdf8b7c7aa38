//! Shares of one whole, each beside its number: "1,250 patients: 325 children (26%), 175 over 60 (14%), 90 amputations (9.2%)".
//!
//! No word ties the whole to its shares: it is the number of which two of them at least are shares, and all but one. In a
//! list it is also what the first item counts, where a share below says again in its words of what it is a share.

use std::ops::Range;

use super::{distance, has_too_many, is_slip, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::draft::Draft;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How far before its share a number may stand.
const NEAR: usize = 12;
/// How many shares of a whole make it known.
const KNOWN: usize = 2;
/// How many times as large or small as what follows from the whole a share may be by a slip.
const FAR: f64 = 3.0;
/// What all shares of a whole come to, but for rounding.
const ALL: f64 = 99.0;
/// How many words after a share may say of what it is, and how long they are at least.
const NAMED: usize = 5;
const LETTERS: usize = 4;

/// A share, and the numbers before it in its sentence: the nearest last.
struct Part<'p> {
    numbers: Vec<(usize, &'p Amount)>,
    share: &'p Amount,
    /// The place of the share.
    at: usize,
}

impl<'p> Part<'p> {
    fn is_of(&self, whole: Bounds) -> bool {
        let fits = |number: Bounds| number.over(whole).times(100.0).meets(self.share.bounds);
        self.numbers.iter().any(|(_, number)| fits(number.bounds))
    }

    /// Its number, and the finding that it is no such share of a whole, where it may be that by a slip.
    fn draft(&self, whole: &Amount) -> Option<Draft> {
        let slips = |number: &&'p Amount| {
            let computed = number.stated / whole.stated * 100.0;
            computed < self.share.stated * FAR && self.share.stated < computed * FAR
        };
        let exact = self.numbers.iter().rev().map(|(_, number)| *number).filter(|one| one.bounds.is_exact());
        Some(Draft::share_of(exact.clone().find(slips)?, whole, self.share))
    }
}

/// The share of a passage that is unlike the others of one whole.
pub(crate) fn check(passage: &Passage) -> Option<Draft> {
    let parts = parts(passage, 0..passage.atoms.len());
    let (first, known) = (parts.first()?.numbers.last()?.0, parts.len() - 1);
    let wholes = passage.counts(0..first).into_iter().map(|(_, whole)| whole);
    let whole = wholes
        .filter(|whole| whole.bounds.is_exact() && known >= KNOWN)
        .find(|whole| parts.iter().filter(|part| part.is_of(whole.bounds)).count() == known)?;
    let odd = parts.iter().find(|part| !part.is_of(whole.bounds))?;
    // "Of the boys 90 (25%)": what is left without one of the others is told as well.
    let left = |one: &Amount| known == KNOWN && odd.is_of(distance(whole.bounds, one.bounds));
    let others = counts(passage).into_iter().filter(|one| one.stated != whole.stated);
    let explained = others.into_iter().any(|one| odd.is_of(one.bounds) || left(one));
    odd.draft(whole).filter(|_| !explained)
}

/// Whether a list is of some of a whole only: two of its numbers are shares of it, and all its shares less than all.
pub(crate) fn leaves_some(passage: &Passage, whole: f64) -> bool {
    let parts = parts(passage, 0..passage.atoms.len());
    let of = parts.iter().filter(|part| part.is_of(Bounds::exactly(whole)));
    let shares: Vec<Bounds> = of.map(|part| part.share.bounds).collect();
    shares.len() >= KNOWN && Bounds::sum(shares).high < ALL
}

/// Whether a number above a share that is found wrong gives it: then it is of that one.
pub(crate) fn is_of_one_above(above: &Passage, own: &Passage, draft: &Draft) -> bool {
    if has_too_many(above) || has_too_many(own) {
        return false;
    }
    let wholes = counts(above);
    parts(own, 0..own.atoms.len()).iter().any(|part| {
        part.share.stated == draft.stated
            && draft.points.contains(&part.share.points.start)
            && wholes.iter().any(|whole| part.is_of(whole.bounds))
    })
}

/// "Shops looked at: 1,500", then "Beyond repair: 390, or 36% of the shops looked at": a share in the last item of a list,
/// whose own items end before `item`, of what the first one counts.
pub(crate) fn of_first(list: &Passage, item: usize) -> Option<Draft> {
    let parts = parts(list, item..list.atoms.len());
    let [part] = parts.as_slice() else { return None };
    let (whole_at, whole) = *list.counts(0..item).first()?;
    let largest = list.counts(0..list.atoms.len()).iter().all(|(_, one)| one.stated <= whole.stated);
    let own = |word: &str| word.chars().count() >= LETTERS;
    let named = |at: &usize| matches!(list.symbol(*at), "n" | "w") && own(list.word(*at));
    let end = (part.at + 1..list.atoms.len())
        .find(|at| matches!(list.symbol(*at), "," | "." | ";" | ")" | "N" | "P"))
        .unwrap_or(list.atoms.len())
        .min(part.at + 2 + NAMED);
    let words: Vec<&str> = (part.at + 1..end).filter(named).map(|at| list.word(at)).collect();
    // The label of the first item, before and after its number.
    let label = |word: &&str| (0..item.min(whole_at + NAMED)).any(|at| same_thing(list.word(at), word));
    let of = matches!(list.symbol(part.at + 1), "of" | "min");
    let said = words.iter().filter(|word| label(word)).count();
    let tied = of && words.first().is_some_and(label);
    let explained = counts(list).iter().any(|one| part.is_of(one.bounds));
    let draft = part.draft(whole).filter(|_| tied && largest && whole.bounds.is_exact() && !explained)?;
    let slip = is_slip(draft.stated, draft.computed.round());
    (said == words.len() || slip).then_some(draft)
}

/// Exact numbers of a passage.
fn counts(passage: &Passage) -> Vec<&Amount> {
    let counts = passage.counts(0..passage.atoms.len()).into_iter().map(|(_, count)| count);
    counts.filter(|count| count.stated > 1.0 && count.bounds.is_exact()).collect()
}

/// Shares beside a number of their sentence, with no other share between.
fn parts(passage: &Passage, within: Range<usize>) -> Vec<Part<'_>> {
    let part = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) if !is_change(passage, at) && share.bounds.high <= 100.0 => {
            let start = within.start.max(at.saturating_sub(NEAR)).max(passage.sentence(at).start);
            let beside = (start..at)
                .rev()
                .take_while(|at| !matches!(passage.symbol(*at), "P" | ";" | ")" | "T"))
                .last()?;
            let ties = matches!(passage.symbol_before(at), "(" | "is" | "," | "-" | "by");
            let numbers = passage.counts(beside..at);
            (ties && !numbers.is_empty()).then_some(Part { numbers, share, at })
        }
        _ => None,
    };
    within.clone().filter_map(part).collect()
}
