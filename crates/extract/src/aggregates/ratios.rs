//! Parts of a whole: "two of the 26 locations", "22 attacks, five of them on schools", «31 منها», «واحدة من كل عشر».

use std::ops::Range;

use sijil_model::codebook::{AggregateKind, CountUnit};
use sijil_model::{Quantity, Said};

use super::Total;
use crate::numbers::{self, Amount};
use crate::sense::{HarmForm, MeansPart, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// How far after a whole its part may be told.
const REACH: usize = 14;
/// A smaller whole is that of one event: "three raids, one of them on the market".
const SMALLEST: u64 = 5;

/// The ratios of a sentence; none lies in another.
pub(super) fn find(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    let mut found: Vec<Total> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        let ratio = part_first(window, at, run).or_else(|| whole_first(window, at, run));
        at = ratio.as_ref().map_or(at + 1, |ratio| ratio.run.end.max(at + 1));
        found.extend(ratio);
    }
    found
}

/// A number of things that a part can be of.
struct Whole {
    amount: Amount,
    unit: CountUnit,
    /// After the word for what is counted.
    end: usize,
}

/// "two of the 26 locations", "two out of 26", «2 من أصل 26 موقعا», "one in every ten families".
fn part_first(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Total> {
    // «غرفتين فقط من أصل ست غرف»
    let part = number(window, at).or_else(|| dual_of_a_whole(window, at, run.end))?;
    let after = part.run.end + usize::from(only(window, part.run.end));
    // «12 مدرسة من أصل 20»: what is counted may stand with the part.
    let counted = thing(window, after).map(|(unit, end)| (unit, end + usize::from(only(window, end))));
    let joint = joint(window, after, run.end).or_else(|| joint(window, counted?.1, run.end))?;
    let number_alone = || {
        let (unit, _) = counted.filter(|_| window.tokens.is_arabic(after))?;
        let amount = number(window, joint)?;
        Some(Whole { unit, end: amount.run.end, amount })
    };
    let whole = whole(window, joint, run).or_else(|| bare(window, joint, run)).or_else(number_alone)?;
    // "Two of the five people killed were children": a part of the dead of one event.
    let killed = || window.tags.any(run.clone(), |sense| matches!(sense, Sense::Harm(..)));
    if whole.unit == CountUnit::Persons && killed() {
        return None;
    }
    ratio(part, whole)
}

/// Where the whole stands after a part; none where nothing joins them.
fn joint(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    let word = |step: usize| window.tokens.word(at + step);
    let number_at = |at: usize| number(window, at).is_some();
    let from = match (word(0), word(1)) {
        ("out", "of") | ("من", "اصل" | "بين") => at + 2,
        ("of", _) => at + 1,
        ("in" | "من", "every" | "each" | "كل") => return Some(at + 2),
        // "one in five": a whole in figures is a year or a day.
        ("in", _) => {
            return (!window.tokens.is_number(at + 1) && number_at(at + 1)).then_some(at + 1);
        }
        _ => return None,
    };
    // "of the province's 11 bakeries".
    let quiet = |here: usize| {
        window.tokens.mark(here).is_none_or(|mark| mark == '\'') && window.owner(here) != Owner::Time
    };
    (from..(from + 5).min(end)).take_while(|here| quiet(*here)).find(|here| number_at(*here))
}

/// A whole and its part after it: "Of 40 strikes, only six hit", "26 locations, of which two", «48 مدرسة، 31 منها».
fn whole_first(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Total> {
    let whole = whole(window, at, run).filter(|whole| whole.unit != CountUnit::Persons)?;
    let opens = opens(window, at, run);
    let tail = whole.end..(whole.end + REACH).min(run.end);
    let part = tail.clone().find_map(|here| {
        let part = number(window, here).or_else(|| dual(window, here)).or_else(|| one(window, here))?;
        let after = part.run.end;
        let named = of_them(window, after).is_some()
            || (here.saturating_sub(3).max(whole.end)..here).any(|before| {
                of_them(window, before).is_some_and(|end| end == here || end + 1 == here && only(window, end))
            });
        let limited =
            window.tokens.is_mark(here - 1, ',') || (here - 1..after + 3).any(|at| only(window, at));
        (named || opens && limited).then_some(part)
    })?;
    ratio(part, Whole { end: tail.start, ..whole })
}

/// "Of 40 strikes …", «ومن أصل 40 غارة …», «من كل عشر عائلات …»: the whole is told first.
fn opens(window: &Window<'_>, at: usize, run: &Range<usize>) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).filter(|at| *at >= run.start).map_or("", |at| window.tokens.word(at))
    };
    let first = |back: usize| at < run.start + back + 1 || window.tokens.is_mark(at - back - 1, ',');
    match word(1) {
        "of" | "from" => first(1),
        "the" | "its" | "their" | "these" => matches!(word(2), "of" | "from") && first(2),
        "اصل" | "كل" => matches!(word(2), "من" | "ومن"),
        _ => false,
    }
}

/// "of which", "of them", «منها»: where the words for the whole end.
fn of_them(window: &Window<'_>, at: usize) -> Option<usize> {
    match (window.tokens.word(at), window.tokens.word(at + 1)) {
        ("of", "which" | "them" | "these" | "those") => Some(at + 2),
        ("منها" | "بينها", _) => Some(at + 1),
        _ => None,
    }
}

fn only(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "only" | "just" | "فقط" | "واحد" | "واحده" | "وحده")
}

fn number(window: &Window<'_>, at: usize) -> Option<Amount> {
    let amount = (window.owner(at) != Owner::Time)
        .then(|| numbers::amount(&window.tokens, &window.tags, at))
        .flatten()?;
    amount.said.quantity.number().is_some().then_some(amount)
}

/// A number with the word for what it counts, over at most two words between.
fn whole(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Whole> {
    let amount = number(window, at)?;
    let from = amount.run.end;
    let (unit, end) = (from..(from + 3).min(run.end))
        .take_while(|here| window.tokens.is_word(*here))
        .find_map(|here| thing(window, here))
        .or_else(|| of_all(window, at).then_some((CountUnit::Locations, from + 1)))?;
    Some(Whole { amount, unit, end })
}

/// «من أصل ست غرف»: a whole by its words, whatever it is of.
fn of_all(window: &Window<'_>, at: usize) -> bool {
    let end = number(window, at).map_or(at, |amount| amount.run.end);
    let noun = window.tokens.is_arabic(end) && window.owner(end) == Owner::Nobody;
    at > 1 && window.tokens.word(at - 1) == "اصل" && window.tokens.word(at - 2) == "من" && noun
}

/// "nine of the 37 had been released": a whole that was told before.
fn bare(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Whole> {
    let amount = number(window, at)?;
    let end = amount.run.end;
    let verb = matches!(window.tokens.word(end), "had" | "have" | "has" | "were" | "was" | "are" | "is");
    let told =
        verb || end >= run.end || window.tokens.mark(end).is_some_and(|mark| matches!(mark, ',' | '.'));
    (told && window.tokens.word(at - 1) == "the").then_some(Whole { amount, unit: CountUnit::Persons, end })
}

/// What is counted: a known unit, a kind of site, an attack, people who come to no harm, or another plural.
fn thing(window: &Window<'_>, at: usize) -> Option<(CountUnit, usize)> {
    let known = window.tags.find(at, |sense| match sense {
        Sense::Unit(Some(unit)) => Some(*unit),
        Sense::Site(_) => Some(CountUnit::Locations),
        Sense::Means(_, MeansPart::Event | MeansPart::Shelling) => Some(CountUnit::Raids),
        Sense::People(_) | Sense::Kin(_) | Sense::Harm(_, HarmForm::People(_)) => Some(CountUnit::Persons),
        _ => None,
    });
    if let Some((unit, tag)) = known {
        return Some((unit, at + usize::from(tag.length)));
    }
    let word = window.tokens.word(at);
    let plural = !window.tokens.is_arabic(at) && word.len() > 3 && word.ends_with('s');
    let other = plural || window.tags.is(at, |sense| matches!(sense, Sense::Unit(None)));
    (other && !Words::Measures.has(word) && window.owner(at) == Owner::Nobody)
        .then_some((CountUnit::Locations, at + 1))
}

/// The part as an Arabic dual of a unit: «موقعان» of «موقع».
fn dual(window: &Window<'_>, at: usize) -> Option<Amount> {
    let word = window.tokens.word(at);
    let stem = word
        .strip_suffix("ان")
        .or_else(|| word.strip_suffix("ين"))
        .filter(|_| window.tokens.is_arabic(at))?;
    let inner = crate::tokens::Tokens::of(stem);
    crate::lexicon::Tags::of(&inner).is(0, |sense| matches!(sense, Sense::Unit(_))).then(|| Amount {
        said: Said { quantity: Quantity::Dual, text: window.tokens.raw(at).to_owned() },
        run: at..at + 1,
    })
}

/// «غرفتان» before «من أصل ست غرف»: two of whatever the whole is of.
fn dual_of_a_whole(window: &Window<'_>, at: usize, end: usize) -> Option<Amount> {
    let word = window.tokens.word(at);
    let dual = window.tokens.is_arabic(at) && (word.ends_with("تان") || word.ends_with("تين"));
    let next = at + 1 + usize::from(only(window, at + 1));
    let of_all = next + 2 < end && window.tokens.word(next) == "من" && window.tokens.word(next + 1) == "اصل";
    (dual && of_all).then(|| Amount {
        said: Said { quantity: Quantity::Dual, text: window.tokens.raw(at).to_owned() },
        run: at..at + 1,
    })
}

/// «عائلة واحدة»: one by its adjective.
fn one(window: &Window<'_>, at: usize) -> Option<Amount> {
    matches!(window.tokens.word(at), "واحد" | "واحده" | "وحده").then(|| Amount {
        said: Said { quantity: Quantity::Exact { n: 1 }, text: window.tokens.raw(at).to_owned() },
        run: at..at + 1,
    })
}

fn ratio(part: Amount, whole: Whole) -> Option<Total> {
    let count = |amount: &Amount| match amount.said.quantity {
        Quantity::Dual => Some(2),
        quantity => quantity.number(),
    };
    let (n, of) = (count(&part)?, count(&whole.amount)?);
    if n >= of || of < SMALLEST {
        return None;
    }
    let run = part.run.start.min(whole.amount.run.start)..part.run.end.max(whole.end);
    Some(Total {
        count: Some(part.said),
        of: Some(whole.amount.said),
        ..Total::new(AggregateKind::Ratio, run, whole.unit, "ratio")
    })
}
