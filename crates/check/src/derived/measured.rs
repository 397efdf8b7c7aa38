//! What numbers with a measure come to: "15 cubic metres for 1,000 people, 15 litres each", "8,640 tonnes from 3,200
//! hectares, 2.7 tonnes per hectare", "75 tonnes in 25-kilo sacks, 3,000 sacks", "six metres by four, 24 square metres",
//! "1,200 dunams, or 120 hectares".
//!
//! A number is held against one other quantity only; where the passage has more than one that it may rest on, or a length
//! of time that may divide it, every way is tried and nothing else is said.

use std::ops::Range;

use super::{all, is_slip, lead, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::measures::{Dimension, Measure, Quantity, measure, quantities};
use crate::passage::{Item, Passage};

/// How far what follows may be rounded, as a part of it.
const ROUNDED: f64 = 0.04;
/// How many times as large or small as what follows a number may be and still be meant by it.
const FAR: f64 = 11.0;
/// How many numbers a passage has that says one of them again at most.
const MANY: usize = 12;
/// How far after a quantity "per hectare" or "each" may stand.
const REACH: usize = 4;

/// Findings about quantities.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let told = quantities(passage);
    if told.is_empty() {
        return Vec::new();
    }
    let own = |one: &Quantity<'_>| {
        packed(passage, &told, one).or_else(|| {
            if let Some(ways) = together(passage, &told, one) {
                return against(one, &ways, Kind::Sum);
            }
            let follows = per(passage, one).map(|per| (quotients(passage, &told, one, per), Kind::Rate));
            let follows = follows.or_else(|| Some((sides(passage, &told, one)?, Kind::Sum)));
            let follows = follows.or_else(|| Some((told_again(passage, &told, one)?, Kind::Sum)));
            let (ways, kind) = follows?;
            against(one, &ways, kind)
        })
    };
    let mut drafts: Vec<Draft> = told.iter().filter_map(own).collect();
    drafts.extend(told.iter().filter_map(|whole| left_of(passage, &told, whole)));
    drafts.extend(told.iter().filter_map(|total| summed(passage, &told, total)));
    drafts
}

/// "Twelve kilometres on the first day, nine on the second and seven on the third, 28 kilometres in all": what a quantity and the
/// bare numbers after it come to.
fn summed(passage: &Passage, told: &[Quantity<'_>], total: &Quantity<'_>) -> Option<Draft> {
    let sentence = passage.sentence(total.at);
    let said = passage.has(lead(passage, total.at), &["total", "is", "thus", "all"])
        || passage.has(total.end..(total.end + REACH).min(sentence.end), &["total"]);
    let first = told.iter().find(|one| sentence.contains(&one.at)).filter(|first| first.at < total.at)?;
    let same = first.measure == total.measure && told.iter().filter(|one| one.at < total.at).count() == 1;
    let others: Vec<&Amount> =
        passage.counts(first.end..total.at).into_iter().map(|(_, count)| count).collect();
    let bare = others.iter().all(|count| count.bounds.is_exact() && count.nouns.is_empty());
    let broken = ["P", "R", "x", "X", "each", "per", "every", "from", "to", "rest", "them", "nor", "by"];
    let parts: Vec<&Amount> = std::iter::once(first.amount).chain(others).collect();
    let computed: f64 = parts.iter().map(|part| part.stated).sum();
    let near = is_slip(computed, total.amount.stated) && total.amount.bounds.is_exact();
    if !said || !same || !bare || parts.len() < 2 || !near || passage.has(sentence.start..total.at, &broken) {
        return None;
    }
    crate::sums::total(total.amount, &parts)
}

/// "Twelve kilometres long; seven have been built and five remain": what is left of the only quantity near it by bare numbers.
fn left_of(passage: &Passage, told: &[Quantity<'_>], whole: &Quantity<'_>) -> Option<Draft> {
    let end = passage.sentence(passage.sentence(whole.at).end + 1).end.max(passage.sentence(whole.at).end);
    let counts = passage.counts(whole.end..end);
    let bare = |(_, count): &(usize, &Amount)| {
        count.bounds.is_exact() && count.nouns.is_empty() && count.stated < whole.amount.stated
    };
    let [(_, gone), (rest_at, rest)] = counts.as_slice() else { return None };
    let left = whole.amount.stated - gone.stated;
    // «وبقي ستة», "six remain", "leaving six".
    let said = passage.has(rest_at.saturating_sub(2)..*rest_at, &["rest"])
        || (rest_at + 1..rest_at + 3)
            .any(|at| Cue::Still.is(passage.word(at)) || passage.symbol(at) == "rest");
    let others = told.len() > 1 || passage.has(whole.end..end, &["P", "R", "D", "x", "X", "nor", "each"]);
    let near = rest.stated < left * 2.0 && left < rest.stated * 2.0;
    if others || !counts.iter().all(bare) || !said || !near || rest.stated == left {
        return None;
    }
    Some(Draft::left_of(Kind::Difference, whole.amount, gone, rest, false))
}

/// What a quantity may be, and whether it can be nothing else.
struct Ways {
    bounds: Vec<Bounds>,
    sure: bool,
}

fn against(one: &Quantity<'_>, ways: &Ways, kind: Kind) -> Option<Draft> {
    let factor = one.measure.factor;
    let (computed, draft) = slip(one.amount, ways, factor)?;
    let explain = format!("it comes to {}, not {}", shown(computed), shown(one.amount.stated));
    draft.then(|| Draft::over(kind, &[one.amount], one.amount.stated, computed, explain))
}

/// What a number must be, in its own measure, and whether it is another.
fn slip(number: &Amount, ways: &Ways, factor: f64) -> Option<(f64, bool)> {
    let said = number.bounds.times(factor);
    let half = if number.bounds.is_exact() && number.stated < 100.0 { 0.5 * factor } else { 0.0 };
    let slack = half.min(said.high * 0.1).max(said.high * ROUNDED);
    let said = Bounds::new(said.low - slack, said.high + slack);
    let meant = ways.bounds.first().filter(|_| ways.sure)?;
    let computed = (meant.low + meant.high) / 2.0 / factor;
    let near = computed < number.stated * FAR && number.stated < computed * FAR;
    Some((computed, near && !ways.bounds.iter().any(|way| way.meets(said))))
}

/// What a quantity is told to be for one of.
#[derive(Clone, Copy)]
enum Per {
    /// "Per hectare".
    Of(Measure),
    /// "Each", "per person", «نصيب الفرد».
    One,
}

/// "2.7 tonnes per hectare", "15 litres each", «حصة الواحد منهم متران مربعان», where the words say that it follows.
fn per(passage: &Passage, one: &Quantity<'_>) -> Option<Per> {
    if !follows(passage, one) {
        return None;
    }
    let end = passage.sentence(one.at).end;
    let after = one.end..end.min(one.end + REACH);
    let mark = |at: &usize| !matches!(passage.symbol(*at), "," | "." | ";" | ":" | "N");
    let after: Vec<usize> = after.take_while(mark).collect();
    let divides =
        |at: &usize| matches!(passage.symbol(*at), "per" | "every" | "each") || passage.word(*at) == "a";
    if let Some(at) = after.iter().find(|at| divides(at)) {
        let of = measure(passage, at + 1).or_else(|| measure(passage, at + 2));
        return Some(of.map_or(Per::One, |(measure, _)| Per::Of(measure)));
    }
    // «في الدونم», «للهكتار».
    let arabic = |at: &usize| {
        let word = passage.atoms[*at].word.as_str();
        let definite = word.starts_with("ال") || word.starts_with("لل");
        definite.then(|| measure(passage, *at)).flatten()
    };
    if let Some((measure, _)) = after.iter().find_map(arabic) {
        return Some(Per::Of(measure));
    }
    // "Average per family: 24 litres".
    let label = if passage.symbol_before(one.at) == ":" { one.at - 1 } else { one.at };
    passage.has(lead(passage, label), &["avg", "each", "every"]).then_some(Per::One)
}

/// Whether a quantity is told to follow from others, and not to be what there should be.
fn follows(passage: &Passage, one: &Quantity<'_>) -> bool {
    let told = passage.has(lead(passage, one.at), &["is", "thus", "avg", "reach", "by", "all"])
        || matches!(passage.symbol_before(one.at), "," | ":" | "(" | "-");
    // "A yield of 3 tonnes per hectare".
    let called = passage.symbol_before(one.at) == "of" && passage.symbol(one.at.saturating_sub(3)) == "skip";
    let wanted = |at: usize| Cue::Wanted.begins(passage.word(at));
    (told || called) && !passage.sentence(one.at).any(wanted)
}

/// The unit of time that a quantity is of, where the next words say so.
fn rated(passage: &Passage, one: &Quantity<'_>) -> Option<Unit> {
    let end = passage.sentence(one.at).end.min(one.end + REACH + 2);
    let mark = |at: &usize| !matches!(passage.symbol(*at), "," | ";" | "N");
    (one.end..end).take_while(mark).find_map(|at| match passage.atoms[at].item {
        Item::Rate(unit) => Some(unit),
        _ => None,
    })
}

/// Whether one of some quantities stands at a place, and another is of the same dimension in another measure.
pub(super) fn is_in_another(told: &[Quantity<'_>], at: usize) -> bool {
    let own = told.iter().find(|one| one.at == at);
    own.is_some_and(|own| others(told, own, own.measure.dimension).any(|other| other.measure != own.measure))
}

/// What a quantity for one of something may come to: another quantity over a third, or over a number of people or things.
fn quotients(passage: &Passage, told: &[Quantity<'_>], one: &Quantity<'_>, per: Per) -> Ways {
    let same: Vec<&Quantity<'_>> = others(told, one, one.measure.dimension).collect();
    let apart = |whole: &&Quantity<'_>| {
        rated(passage, whole).zip(rated(passage, one)).is_some_and(|(whole, one)| whole != one)
    };
    let other_times = same.iter().any(apart);
    let wholes: Vec<Bounds> = same.iter().map(|whole| whole.bounds()).collect();
    let by: Vec<Bounds> = match per {
        Per::Of(measure) => others(told, one, measure.dimension)
            .map(|other| other.bounds().times(1.0 / measure.factor))
            .collect(),
        Per::One => plain_counts(passage, told),
    };
    let mut bounds: Vec<Bounds> =
        wholes.iter().flat_map(|whole| by.iter().map(move |by| whole.over(*by))).collect();
    let sure = wholes.len() == 1 && by.len() == 1 && !other_times;
    let times: Vec<Bounds> = passage
        .atoms
        .iter()
        .filter_map(|atom| match &atom.item {
            Item::Length(length, _) => Some(length.bounds),
            Item::Period(period) => Some(period.steps),
            _ => None,
        })
        .collect();
    let timed: Vec<Bounds> =
        bounds.iter().flat_map(|way| times.iter().map(move |time| way.over(*time))).collect();
    bounds.extend(timed);
    Ways { bounds, sure }
}

fn others<'t, 'p>(
    told: &'t [Quantity<'p>],
    one: &'t Quantity<'p>,
    dimension: Dimension,
) -> impl Iterator<Item = &'t Quantity<'p>> {
    told.iter().filter(move |other| other.at != one.at && other.measure.dimension == dimension)
}

/// The counts of a passage that have no measure and are more than one.
fn plain_counts(passage: &Passage, told: &[Quantity<'_>]) -> Vec<Bounds> {
    let counts = passage.counts(0..passage.atoms.len()).into_iter();
    let plain = counts.filter(|(at, count)| {
        !count.is_vague() && count.stated > 1.0 && told.iter().all(|quantity| quantity.at != *at)
    });
    plain.map(|(_, count)| count.bounds).collect()
}

/// "Seventy-five tonnes … in 25-kilo sacks: 3,000 sacks": how many of a size a quantity fills.
fn packed(passage: &Passage, told: &[Quantity<'_>], size: &Quantity<'_>) -> Option<Draft> {
    let thing = passage.atoms.get(size.end).filter(|_| passage.symbol(size.end - 1) != ",")?;
    let hyphen = passage.symbol(size.at + 1) == "-";
    let mut wholes = others(told, size, size.measure.dimension);
    let whole = wholes.next().filter(|_| wholes.next().is_none() && hyphen)?;
    let counts = passage.counts(0..passage.atoms.len());
    let (_, many) = counts.iter().find(|(_, count)| same_thing(&count.word, &thing.word))?;
    let computed = whole.bounds().over(size.bounds());
    let (computed, wrong) = slip(many, &Ways { bounds: vec![computed], sure: true }, 1.0)?;
    let explain = format!("they fill {}, not {}", shown(computed), shown(many.stated));
    wrong.then(|| Draft::over(Kind::Rate, &[many], many.stated, computed, explain))
}

/// "Six metres by four, 24 square metres in all", «طولها ستة أمتار وعرضها أربعة، أي أن مساحتها 24 متراً مربعاً».
fn sides(passage: &Passage, told: &[Quantity<'_>], area: &Quantity<'_>) -> Option<Ways> {
    if area.measure.dimension != Dimension::Area {
        return None;
    }
    let lengths: Vec<&Quantity<'_>> = others(told, area, Dimension::Length).collect();
    let first = lengths.first()?;
    let near = first.at..area.at;
    let says = |within: Range<usize>, words: &[&str]| {
        within.into_iter().any(|at| words.iter().any(|word| passage.atoms[at].word.ends_with(word)))
    };
    let start = passage.sentence(first.at).start;
    let two = says(start..area.at, &["by", "long", "wide", "عرضها", "عرضه", "بعرض", "في"]);
    let counts = passage.counts(near);
    let sides: Vec<&Amount> = counts.iter().map(|(_, count)| *count).collect();
    let other = lengths
        .get(1)
        .map(|other| other.amount)
        .or_else(|| sides.into_iter().find(|side| !std::ptr::eq(*side, first.amount)))?;
    let plain = lengths.len() <= 2 && two && lengths.iter().all(|side| side.measure == first.measure);
    let product = first.amount.bounds.times(other.stated * first.measure.factor * first.measure.factor);
    plain.then(|| Ways { bounds: vec![product], sure: other.bounds.is_exact() })
}

/// "400 parcels of 15 kg each, nine tonnes in all": what the only number of things comes to, by the only quantity that is
/// told of each.
fn together(passage: &Passage, told: &[Quantity<'_>], one: &Quantity<'_>) -> Option<Ways> {
    let total = ["total", "thus", "is", "reach", ":"];
    let said = passage.has(lead(passage, one.at), &total)
        || passage.symbol_before(one.at) == ":"
        || passage.has(one.end..(one.end + REACH).min(passage.sentence(one.at).end), &["total"]);
    let start = passage.before(one.at);
    let mut sizes = others(told, one, one.measure.dimension).filter(|size| size.at >= start);
    let size = sizes.next().filter(|size| sizes.next().is_none() && size.at < one.at)?;
    let end = (size.end + REACH).min(one.at);
    let each = ["each", "every", "per"];
    let of_each = passage.has(passage.sentence(size.at).start..end, &each) && rated(passage, size).is_none();
    let counts = passage.counts(start..one.at).into_iter();
    let mut things = counts.filter(|(at, count)| {
        !count.is_vague() && count.stated > 1.0 && told.iter().all(|quantity| quantity.at != *at)
    });
    let (_, many) = things.next().filter(|_| things.next().is_none())?;
    let timed = passage.has(start..one.at, &["D", "T", "P", "x", "rest", "nor"]);
    // "Three parcels of 20 kilos each and a sack", «وأضيف إليها طنان».
    let added = (size.end..one.at).any(|at| {
        let word = passage.atoms[at].word.as_str();
        Cue::Came.is(word.trim_start_matches('و'))
            || matches!(word, "a" | "an") && passage.symbol_before(at) == "and"
    });
    let for_one = passage.has(one.at.saturating_sub(2)..one.at, &each);
    (said && of_each && !for_one && !added && !timed && many.bounds.is_exact())
        .then(|| Ways { bounds: vec![size.bounds().times(many.stated)], sure: true })
}

/// "1,200 dunams, or 120 hectares": the quantity right before, in another measure of the same dimension.
fn told_again(passage: &Passage, told: &[Quantity<'_>], one: &Quantity<'_>) -> Option<Ways> {
    let before = told.iter().rev().find(|other| other.at < one.at)?;
    let same = before.measure.dimension == one.measure.dimension && before.measure != one.measure;
    let between = before.end..one.at;
    let apposed = between.clone().any(|at| matches!(passage.symbol(at), "is" | "(" | "thus"))
        && between.clone().all(|at| {
            matches!(passage.symbol(at), "is" | "(" | "," | "thus" | "w" | "skip" | "of" | "min" | "n")
        })
        && between.len() <= REACH;
    let ends = matches!(passage.symbol(one.end), ")" | "," | "." | "" | ";" | "of" | "in");
    (same && apposed && ends && all(passage, one.at).len() < MANY)
        .then(|| Ways { bounds: vec![before.bounds()], sure: true })
}
