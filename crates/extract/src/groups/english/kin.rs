//! People known by whose kin they are: "their mother", "his wife and five children", "the wife of a teacher".

use sijil_model::codebook::{AgeClass, Class};
use sijil_model::{Quantity, Said};

use super::{Group, bare_quantity, is_said_adult, is_small_verb, kin_group, parts::goes_on_to_whose, said};
use crate::numbers;
use crate::people;
use crate::sense::{HarmForm, Kin, Number, Sense};
use crate::window::{Owner, Window};

/// "their mother", "his wife and five children", "Salim’s daughter".
pub(super) fn kin(window: &Window<'_>, at: usize, end: usize, before: &[Group]) -> Option<Group> {
    let word = window.tokens.word(at);
    // Whose brother "my brother" is in a quotation, the text says elsewhere, mostly by his name.
    let possessive = matches!(word, "his" | "her" | "their" | "whose")
        || word == "my" && !window.is_quoted(at)
        || word == "s" && at > 0 && window.tokens.is_mark(at - 1, '\'');
    // "both his sons"
    let both = word == "both"
        && matches!(window.tokens.word(at + 1), "his" | "her" | "their" | "my" | "our" | "whose");
    let possessive = possessive || both;
    // "killed the eldest son"
    let eldest = word == "the"
        && matches!(
            window.tokens.word(at + 1),
            "eldest" | "elder" | "youngest" | "younger" | "oldest" | "older" | "only"
        )
        && kin_at(window, at + 2).is_some_and(|(kin, _)| kin.number == Number::Singular);
    // "2 children killed, mother wounded"
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past));
    let note = at > 0
        && window.tokens.is_mark(at - 1, ',')
        && kin_at(window, at).is_some_and(|(kin, length)| {
            kin.number == Number::Singular && window.tags.is(at + length, harmed)
        });
    if note {
        let (kin, length) = kin_at(window, at)?;
        let run = at..at + length;
        return Some(kin_group(run.clone(), said(window, Quantity::Singular, &run), &kin));
    }
    // "the wife of X"
    let the_of = word == "the"
        && kin_at(window, at + 1).is_some_and(|(kin, length)| {
            let of = at + 1 + length;
            kin.number == Number::Singular
                && (window.tokens.word(of) == "of" && window.owner(of + 1) == Owner::Person
                    || goes_on_to_whose(window, of))
        });
    if !(possessive || the_of || eldest) {
        return None;
    }
    let mut here = at + 1 + usize::from(both);
    let amount = numbers::amount(&window.tokens, &window.tags, here)
        .filter(|amount| !window.tokens.is_mark(amount.run.end, '-'));
    if let Some(amount) = &amount {
        here = amount.run.end;
    }
    let limit = end.min(here + 7);
    while here < limit && kin_at(window, here).is_none() {
        if !(window.tokens.is_word(here) || window.tokens.is_number(here) || window.tokens.is_mark(here, '-'))
            || is_small_verb(window, here)
        {
            return None;
        }
        here += 1;
    }
    let (mut kin, length) = kin_at(window, here)?;
    if is_said_adult(window, at..here) {
        kin.age = Some(AgeClass::Adult);
    }
    let last = here + length;
    let run = at..last;
    // "her daughters (aged 3 and 5)"
    let ages = people::ages_in_turn(window, last).filter(|_| kin.number == Number::Plural);
    let aged = ages.and_then(|(ages, _)| u64::try_from(ages.len()).ok()).map(|n| Quantity::Exact { n });
    let twins = (here.saturating_sub(1)..last).any(|at| matches!(window.tokens.word(at), "twin" | "twins"));
    let twins = (twins && kin.number == Number::Plural).then_some(Quantity::Exact { n: 2 });
    let told = amount.as_ref().map(|amount| amount.said.quantity).or(aged).or(twins);
    let told = told.or((both && kin.number == Number::Plural).then_some(Quantity::Exact { n: 2 }));
    let quantity = told.unwrap_or(bare_quantity(kin.number));
    let text = amount.as_ref().map_or_else(|| said(window, quantity, &run), |amount| amount.said.clone());
    let counted = told.is_some();
    Some(Group {
        counted,
        definite: !counted && kin.number == Number::Plural && !are_told_first(window, at, before),
        ..kin_group(run, Said { quantity, ..text }, &kin)
    })
}

/// "killed a mother and her daughters": kin beside somebody who is told of in the same breath, where nobody was counted before whom they
/// may be among.
fn are_told_first(window: &Window<'_>, at: usize, before: &[Group]) -> bool {
    let beside = before.last().is_some_and(|group| {
        group.run.end + 1 == at && matches!(window.tokens.word(group.run.end), "and" | "with")
    });
    let told = |group: &Group| group.counted || group.kin.is_some() || group.class == Class::Children;
    beside && !before.iter().any(told)
}

pub(super) fn kin_at(window: &Window<'_>, at: usize) -> Option<(Kin, usize)> {
    window
        .tags
        .find(at, |sense| if let Sense::Kin(kin) = sense { Some(kin.clone()) } else { None })
        .map(|(kin, tag)| (kin, usize::from(tag.length)))
}
