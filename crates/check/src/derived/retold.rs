//! Shares that the text tells again in numbers: "Half of the dead were children …: the list had twelve children".

use super::shares::is_part_of;
use super::{NARROW, all, concludes, is_past, plain, ratios_to_sums, same_thing, words_beside};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::classes::disjoint;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage};

/// How far after a share the thing that it is of may stand.
const NAMED: usize = 7;

/// A share that numbers tell again: one of them tells the same thing of some, or numbers are told "respectively".
pub(super) fn check(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    in_other_words(passage, at, share)
        .or_else(|| respective(passage, at, share))
        .or_else(|| retold(passage, at, share))
}

/// "In 414 of the 1,150 the roof let in water. That 46 per cent leak …": the share that takes up a part of a whole.
pub(super) fn taken_up(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let start = passage.sentence(at).start;
    let that = at.checked_sub(1).filter(|that| *that == start)?;
    let before = plain(passage, passage.before(at)..start, at);
    let [(part_at, part), (whole_at, whole)] = before.as_slice() else { return None };
    let that = matches!(passage.word(that), "that" | "those" | "these" | "هذه" | "هولاء");
    let fits = part.bounds.over(whole.bounds).times(100.0).meets(share.bounds);
    (that && is_part_of(passage, *part_at, *whole_at) && !fits && part.stated < whole.stated)
        .then(|| Draft::share_of(part, whole, share))
}

/// "Eight in ten families, or 80 per cent": a share and the same share in another form.
fn in_other_words(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let link = at.checked_sub(1).filter(|link| passage.symbol(*link) == "is")?;
    let plain =
        |at: &usize| matches!(passage.symbol(*at), "n" | "w" | "," | "of" | "min" | "the" | "(" | "-");
    let before = (link.saturating_sub(NAMED)..link).rev().find(|at| !plain(at))?;
    let Item::Share(other) = &passage.atoms[before].item else { return None };
    let ends = matches!(passage.symbol(at + 1), "," | "." | ")" | ";" | "-" | "" | "of" | "min" | "them");
    let narrow = |share: &Amount| share.bounds.high - share.bounds.low < NARROW;
    let apart = !other.bounds.meets(share.bounds) && narrow(other) && narrow(share);
    let near = other.stated < share.stated * 2.0 && share.stated < other.stated * 2.0;
    if !ends || !apart || !near || !plain(&link.saturating_sub(1)) {
        return None;
    }
    let explain = format!("{} % is not {} %", shown(other.stated), shown(share.stated));
    Some(Draft::over(Kind::Percentage, &[other, share], share.stated, other.stated, explain))
}

/// "Half of the dead were children …: the list had twelve children": one number tells again what the share tells, and a
/// larger one counts what it is a share of.
fn retold(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let next = passage.sentence(sentence.end + 1).end.max(sentence.end);
    let counts = plain(passage, passage.before(at)..next, at);
    let same_word = |one: usize, other: usize| {
        let (one, other) = (passage.word(one), passage.word(other));
        one.chars().count() > 2 && (one == other || same_thing(one, other))
    };
    let alike = |one: usize, other: usize| {
        passage.class_at(one).is_some() && passage.class_at(one) == passage.class_at(other)
            || same_word(one, other)
    };
    // "Of the dead": what the share is of, and after it what is told of the share.
    let of = usize::from(matches!(passage.symbol(at + 1), "of" | "min"));
    let thing = (at + 1 + of..at + NAMED).find(|at| matches!(passage.symbol(*at), "n" | "w"))?;
    let told: Vec<usize> = words_beside(passage, at).filter(|word| !alike(*word, thing)).collect();
    let says = |(place, _): &&(usize, &Amount)| {
        let mut words = words_beside(passage, *place).filter(|word| !told.contains(word));
        words.any(|word| told.iter().any(|told| alike(word, *told)))
    };
    let counts_thing =
        |(place, _): &&(usize, &Amount)| words_beside(passage, *place).any(|word| alike(word, thing));
    let whole_of =
        |part: &Amount| counts.iter().filter(|(_, whole)| whole.stated > part.stated).find(counts_thing);
    // "2,316 structures: 579 destroyed, 811 damaged and 926 untouched. Destroyed ones thus make up 20% of all".
    let concluded = concludes(passage, sentence.start..at);
    let wide = plain(passage, 0..sentence.end, at);
    let parted = |part: &(usize, &Amount)| whole_of_parts(&wide, part.0).filter(|_| concluded);
    // «41 غارة و23 قصفاً. وعليه شكّلت الغارات 64 في المئة من الهجمات»: by its word, and not by its class.
    let own: Vec<usize> = words_beside(passage, at).filter(|word| !same_word(*word, thing)).collect();
    let by_word = |(place, _): &&(usize, &Amount)| {
        words_beside(passage, *place).any(|word| own.iter().any(|told| same_word(word, *told)))
    };
    if let Some((part, whole)) = counts.iter().filter(by_word).find_map(|part| Some((part.1, parted(part)?)))
    {
        let ratios = wide.iter().flat_map(|(_, one)| wide.iter().map(|(_, of)| one.bounds.over(of.bounds)));
        let fits = ratios.into_iter().any(|ratio| ratio.times(100.0).meets(share.bounds));
        return (!fits && !has_own_share(passage, at, part, whole))
            .then(|| Draft::share_of(part, whole, share));
    }
    let parts = counts.iter().filter(says).filter_map(|part| Some((part, whole_of(part.1)?.1)));
    let ((part_at, part), whole) = parts.min_by_key(|((place, _), _)| place.abs_diff(at))?;
    let told = all(passage, at);
    let plain_ratios = told.iter().flat_map(|one| {
        let larger = told.iter().filter(|of| of.stated > one.stated);
        larger.map(|of| one.bounds.over(of.bounds))
    });
    let explained =
        plain_ratios.chain(ratios_to_sums(&told)).any(|ratio| ratio.times(100.0).meets(share.bounds));
    let explained = explained || has_own_share(passage, at, part, whole);
    let between = at.min(*part_at)..at.max(*part_at);
    // "Last year it had been 55 per cent"; "seven litres and a half".
    let apart =
        passage.has(between, &["cmp", "nor"]) || words_beside(passage, at).any(|at| is_past(passage, at));
    let and_a_half = passage.symbol_before(at) == "and";
    if explained
        || apart
        || and_a_half
        || disjoint(part, whole)
        || share.stated > 100.0
        || !part.goes_with(whole)
    {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// The number that those after it make up, two of them or more, the one at a place among them.
fn whole_of_parts<'p>(counts: &[(usize, &'p Amount)], part: usize) -> Option<&'p Amount> {
    let makes_up = |first: usize| {
        let mut sum = Bounds::exactly(0.0);
        counts[first + 1..].iter().enumerate().any(|(many, (_, count))| {
            sum = sum.plus(count.bounds);
            let has = counts[first + 1..first + 2 + many].iter().any(|(at, _)| *at == part);
            many > 0 && has && sum.meets(counts[first].1.bounds)
        })
    };
    (0..counts.len()).find(|first| makes_up(*first)).map(|first| counts[first].1)
}

/// Whether another share than the one at a place is a part's of its whole: "27 of 150 (18 per cent)".
pub(super) fn has_own_share(passage: &Passage, at: usize, part: &Amount, whole: &Amount) -> bool {
    let pair = part.bounds.over(whole.bounds).times(100.0);
    passage.atoms.iter().enumerate().any(|(other, atom)| match &atom.item {
        Item::Share(share) => other != at && pair.meets(share.bounds),
        _ => false,
    })
}

/// "They classed 338 as destroyed, 203 as damaged and 304 as whole: 40, 24 and 36 per cent respectively": the share that
/// is not its own number's, where another one is.
fn respective(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let said = |at: usize| matches!(passage.word(at), "respectively" | "توالي" | "ترتيب");
    let shares: Vec<(usize, &Amount)> = sentence
        .clone()
        .filter_map(
            |at| if let Item::Share(share) = &passage.atoms[at].item { Some((at, share)) } else { None },
        )
        .collect();
    let (first, _) = shares.first()?;
    let before = plain(passage, sentence.start..*first, at);
    if !sentence.clone().any(said) || shares.len() < 2 || before.len() < shares.len() {
        return None;
    }
    let parts = &before[before.len() - shares.len()..];
    let together = Bounds::sum(parts.iter().map(|(_, part)| part.bounds));
    let fits = |(place, whole): (usize, Bounds)| {
        parts[place].1.bounds.over(whole).times(100.0).meets(shares[place].1.bounds)
    };
    let own = shares.iter().position(|(place, _)| *place == at)?;
    let counts = plain(passage, 0..sentence.end, at);
    let mut wholes = counts.iter().filter(|(_, whole)| whole.bounds.low >= together.low);
    let (_, whole) = wholes.find(|(_, whole)| (0..shares.len()).any(|place| fits((place, whole.bounds))))?;
    (!fits((own, whole.bounds))).then(|| Draft::share_of(parts[own].1, whole, share))
}
