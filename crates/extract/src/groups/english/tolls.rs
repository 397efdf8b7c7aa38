//! Numbers told after whom they count: "the number of children killed, four", "martyrs of the raid now 22", "death toll up to four".

use sijil_model::Quantity;
use sijil_model::codebook::Harm;

use super::{Group, Heads, heads};
use crate::numbers::{self, Amount};
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// "The number of children killed, four, is unchanged", "the number of women wounded rose to six": a number told after whom
/// it counts.
pub(super) fn number_of_people(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    const REACH: usize = 20;
    let word = |at: usize| window.tokens.word(at);
    if word(at) != "the" || word(at + 1) != "number" || word(at + 2) != "of" {
        return None;
    }
    let those = (word(at + 3) == "those").then(|| (Heads::default(), at + 4));
    let (heads, last) = those.or_else(|| heads(window, at + 3, end))?;
    let (harm, tag) = window.tags.find(last, |sense| match sense {
        Sense::Harm(harm, HarmForm::Past) => Some(*harm),
        _ => None,
    })?;
    let from = last + usize::from(tag.length);
    let number = |from: usize| {
        (from..end.min(from + REACH)).find_map(|at| numbers::amount(&window.tokens, &window.tags, at))
    };
    let group = |amount: Amount| {
        let group = heads.group(at..amount.run.end, amount.said);
        Group { counted: true, harm: Some(harm), ..group }
    };
    // "bringing to eight the number of people killed in the strike"
    let told_before = at.checked_sub(1).and_then(|last| {
        let first = (last.saturating_sub(3)..last).find(|at| word(*at) == "to" && is_raised(window, *at))?;
        numbers::amount(&window.tokens, &window.tags, first + 1).filter(|amount| amount.run.end == at)
    });
    if let Some(amount) = told_before {
        return Some(Group { run: at..from, ..group(amount) });
    }
    let mut amount = number(from)?;
    let stands = |at: usize| {
        matches!(word(at), "is" | "was" | "to" | "at" | "has" | "had" | "stands" | "stood")
            || window.tokens.is_on(Words::Rises, at)
            || window.tokens.is_on(Words::Reaches, at)
    };
    let where_and_when = |at: usize| {
        matches!(window.owner(at), Owner::Place | Owner::Time)
            || matches!(word(at), "in" | "on" | "by" | "the" | "a" | "an" | "this" | "that")
            || window.tags.is(at, |sense| matches!(sense, Sense::Strike | Sense::Means(..) | Sense::Site(_)))
    };
    // "has gone up from nine to twelve"
    if let Quantity::Between { to, .. } = amount.said.quantity
        && word(amount.run.start - 1) == "from"
    {
        amount.said.quantity = Quantity::Exact { n: to };
    }
    // "was revised from 17 to 14"
    if word(amount.run.start - 1) == "from"
        && word(amount.run.end) == "to"
        && let Some(new) = numbers::amount(&window.tokens, &window.tags, amount.run.end + 1)
    {
        amount = new;
    }
    let between = |at: usize| {
        window.tokens.is_mark(at, ',')
            || stands(at)
            || where_and_when(at)
            || matches!(word(at), "from" | "now" | "gone" | "up")
            || window.tags.number(at).is_some()
    };
    (from..amount.run.start).all(between).then(|| group(amount))
}

/// "bringing to", "brings to", "raising to": before the number that a toll has grown to.
fn is_raised(window: &Window<'_>, to: usize) -> bool {
    to > 0
        && matches!(
            window.tokens.word(to - 1),
            "bringing"
                | "brings"
                | "bring"
                | "brought"
                | "raising"
                | "raises"
                | "raised"
                | "taking"
                | "takes"
                | "took"
        )
}

/// "Martyrs of the Nahran raid now 22", "the dead now number ten": the number that the harmed have come to.
pub(super) fn now_number(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    const REACH: usize = 8;
    let word = |at: usize| window.tokens.word(at);
    let said = |at: usize| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm @ (Harm::Killed | Harm::Injured), HarmForm::People(_) | HarmForm::Adjective) => {
                Some(*harm)
            }
            _ => None,
        })
    };
    let (harm, tag) = said(at).filter(|_| !(at > 0 && window.tags.number(at - 1).is_some()))?;
    let from = at + usize::from(tag.length);
    let now = (from..end.min(from + REACH))
        .take_while(|at| window.tokens.mark(*at).is_none_or(|mark| mark == ',' || mark == '\''))
        .find(|at| word(*at) == "now")?;
    if (from..now).any(|at| said(at).is_some()) {
        return None;
    }
    let to = now + 1 + usize::from(matches!(word(now + 1), "number" | "at" | "total" | "reach" | "exceed"));
    let to = to + usize::from(matches!((word(now + 1), word(now + 2)), ("stand" | "stands", "at"))) * 2;
    let amount = numbers::amount(&window.tokens, &window.tags, to).filter(|amount| amount.run.end <= end)?;
    let ends = amount.run.end >= end
        || window.tokens.mark(amount.run.end).is_some()
        || word(amount.run.end) == "and";
    let group = Heads::default().group(at..amount.run.end, amount.said);
    ends.then_some(Group { counted: true, harm: Some(harm), ..group })
}

/// "Death toll up to four", "the toll is now up to 12": a number that a toll has come to, and no upper end.
pub(super) fn has_come_to(window: &Window<'_>, amount: &mut Amount) {
    const NEAR: usize = 5;
    let start = amount.run.start;
    let toll = |sense: &Sense| matches!(sense, Sense::Toll | Sense::TollInjured);
    if let Quantity::AtMost { n } = amount.said.quantity
        && (window.tokens.word(start), window.tokens.word(start + 1)) == ("up", "to")
        && window.tags.any(start.saturating_sub(NEAR)..start, toll)
    {
        amount.said.quantity = Quantity::Exact { n };
    }
}
