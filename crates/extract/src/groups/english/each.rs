//! Numbers that are said of each of several: "Two strikes killed four people each", "wounded five in each of the three villages".

use std::ops::Range;

use sijil_model::Quantity;

use super::Group;
use crate::sense::Sense;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Multiplies a number that "each" or "in each" follows by how many there were.
pub(in crate::groups) fn for_each(window: &Window<'_>, sentence: &Range<usize>, group: &mut Group) {
    let Quantity::Exact { n } = group.said.quantity else { return };
    let Some(end) = end_of_each(window, group.run.end).filter(|_| group.counted && !group.part) else {
        return;
    };
    let times = number_before(window, sentence.start..group.run.start)
        .or_else(|| listed_places(window, sentence.start..group.run.start));
    let Some(all) = times.and_then(|times| n.checked_mul(times)) else { return };
    group.run.end = end;
    group.said.quantity = Quantity::Exact { n: all };
    window.tokens.quote(&group.run).clone_into(&mut group.said.text);
}

/// Whether a group's number is one of each of several, multiplied.
pub(crate) fn is_for_each(window: &Window<'_>, run: &Range<usize>) -> bool {
    run.len() > 1 && window.tokens.word(run.end - 1) == "each"
}

/// Where "each" or "in each" after people ends; "ten each day" is of days, "two each lost a foot" of those who did.
fn end_of_each(window: &Window<'_>, at: usize) -> Option<usize> {
    let each = at + usize::from(matches!(window.tokens.word(at), "in" | "at" | "from"));
    let of_time = |sense: &Sense| matches!(sense, Sense::UnitTime(_));
    let subject = window.tokens.is_word(each + 1) && !window.tokens.is_on(Words::EndsAPhrase, each + 1);
    (window.tokens.word(each) == "each" && !subject && !window.tags.is(each + 1, of_time)).then_some(each + 1)
}

/// "two drone strikes", "the three villages": the last number of things told before.
fn number_before(window: &Window<'_>, clause: Range<usize>) -> Option<u64> {
    const NOUN: usize = 4;
    let end = clause.end;
    let of_things = |at: usize, length: usize| {
        let noun = (at + length..end.min(at + length + NOUN)).take_while(|at| window.tokens.is_word(*at));
        let plural =
            |at: usize| window.tokens.word(at).ends_with('s') && !window.tokens.word(at).ends_with("ss");
        let time = |sense: &Sense| matches!(sense, Sense::UnitTime(_));
        let timed = |at: usize| window.tags.is(at, time);
        noun.clone().any(plural) && !noun.into_iter().any(timed)
    };
    let number = |at: usize| {
        let number = window.tags.number(at).filter(|number| number.n > 1 && number.n < 100)?;
        (window.owner(at) != Owner::Time && of_things(at, number.length)).then_some(number.n)
    };
    clause.rev().find_map(number)
}

/// "in Nahran and Marjan": how many places "and" joins.
fn listed_places(window: &Window<'_>, clause: Range<usize>) -> Option<u64> {
    let places = window.within(&window.places, &clause, |place| &place.run);
    let joins = |at: usize| window.tokens.word(at) == "and" || window.tokens.is_mark(at, ',');
    let joined = places.windows(2).rev().take_while(|two| {
        let gap = two[0].run.end..two[1].run.start;
        gap.len() == 1 && joins(gap.start) || gap.len() == 2 && window.tokens.word(gap.start + 1) == "and"
    });
    let count = joined.count() as u64 + 1;
    (count > 1).then_some(count)
}
