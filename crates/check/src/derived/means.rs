//! So many each and so many per thousand: "twelve strikes took 96 lives, on average six per strike".

use super::{all, is_mean_of_list, is_slip, lead, measured, ordered, pair, plain, ratios, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::measures::quantities;
use crate::passage::{Item, Passage};

/// How far before or after its number "on average" may stand.
const REACH: usize = 6;
/// The least number that rates are given per.
const BASE: f64 = 100.0;
/// The least number that there is one for.
const FEW: f64 = 5.0;
/// How many times as large or small a mean may be as what the numbers beside it give and still be meant by them.
const FAR: f64 = 12.0;
/// How far off a mean that is told first may be and still be meant by the numbers after it, as a part of it.
const NEARLY: f64 = 0.25;
/// How far a rate may be rounded, as a part of it.
const ROUNDED: f64 = 0.05;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let told = quantities(passage);
    (0..passage.atoms.len())
        .filter_map(|at| {
            if is_of_list(passage, at) || measured::is_in_another(&told, at) {
                return None;
            }
            if let Item::Length(mean, unit) = &passage.atoms[at].item {
                return mean_length(passage, at, mean, *unit);
            }
            let number = passage.count_at(at)?;
            match base_after(passage, at) {
                Some(base) => per(passage, at, number, base),
                None => mean(passage, at, number).or_else(|| one_for(passage, at, number)),
            }
        })
        .collect()
}

/// Whether a number is the mean of a list beside it.
fn is_of_list(passage: &Passage, at: usize) -> bool {
    let Some(stated) = passage.number_at(at).map(|mean| mean.bounds) else { return false };
    let half = if stated.is_exact() { 0.5 } else { 0.0 };
    is_mean_of_list(passage, at, Bounds::new(stated.low - half, stated.high + half))
}

/// "19 deaths per 100,000": the place of the 100,000.
fn base_after(passage: &Passage, at: usize) -> Option<usize> {
    let per = (at + 1..at + REACH)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "." | ";"))
        .find(|at| matches!(passage.symbol(*at), "per" | "every"))?;
    (per + 1..per + 3).find(|at| passage.count_at(*at).is_some_and(|base| base.stated >= BASE))
}

/// A rate over people, against every count over every larger one, by the year too where the text counts years.
fn per(passage: &Passage, at: usize, rate: &Amount, base_at: usize) -> Option<Draft> {
    let base = passage.count_at(base_at)?;
    let others = |within| -> Vec<&Amount> {
        let counts = plain(passage, within, at).into_iter();
        counts.filter(|(place, one)| *place != base_at && one.stated > 1.0).map(|(_, count)| count).collect()
    };
    let sentence = passage.sentence(at);
    // What is told before the rate goes before what it is compared with.
    let told = [sentence.start..at, passage.before(at)..at, 0..at].map(others);
    let near = told.into_iter().find(|told| told.len() == 2).unwrap_or_else(|| others(sentence.clone()));
    let near = if near.len() < 2 { others(passage.before(at)..sentence.end) } else { near };
    let near = if near.len() < 2 { others(0..sentence.end) } else { near };
    let moves = passage.has(at.saturating_sub(3)..at, &["up", "down", "cmp"])
        || passage.symbol_before(at) == "from"
        || passage.has(at.saturating_sub(2)..at, &["to"])
            && passage.has(sentence.start..at, &["from", "up", "down"]);
    if near.len() < 2 || moves || rate.is_vague() {
        return None;
    }
    // "Per 10,000 people per day".
    let step = (at + 1..base_at + REACH).find_map(|at| match &passage.atoms.get(at)?.item {
        Item::Rate(unit) => Some(*unit),
        _ => None,
    });
    let times = times(passage, step.unwrap_or(Unit::Year));
    let half = if rate.bounds.is_exact() { 0.5 } else { 0.0 };
    let said = Bounds::new(
        (rate.bounds.low - half).min(rate.bounds.low * (1.0 - ROUNDED)),
        (rate.bounds.high + half).max(rate.bounds.high * (1.0 + ROUNDED)),
    );
    // What its sentence says before it is what it is of.
    let own = others(sentence.start..at);
    let counts = if own.len() == 2 { own } else { others(0..passage.atoms.len()) };
    let rates = |count: &Amount, of: &Amount| count.bounds.over(of.bounds).times(base.stated);
    let explained = counts.iter().any(|count| {
        counts
            .iter()
            .filter(|of| of.stated > count.stated)
            .any(|of| times.iter().any(|times| rates(count, of).times(1.0 / times).meets(said)))
    });
    let population = near.iter().copied().max_by(|one, two| one.stated.total_cmp(&two.stated))?;
    let count = near.iter().copied().find(|count| count.stated < population.stated)?;
    if explained || population.stated < count.stated * 2.0 {
        return None;
    }
    let exact = count.stated / population.stated * base.stated;
    let explain = format!(
        "{} of {} is {} per {}, not {}",
        shown(count.stated),
        shown(population.stated),
        shown(exact),
        shown(base.stated),
        shown(rate.stated)
    );
    Some(Draft::over(Kind::Rate, &[rate, base], rate.stated, exact, explain))
}

/// By how many units of time a rate may be divided: one, and what the text says of them.
fn times(passage: &Passage, unit: Unit) -> Vec<f64> {
    let mut times = vec![1.0];
    let mut named = 0.0;
    for atom in &passage.atoms {
        match &atom.item {
            Item::Length(length, of) => times.push(length.stated * of.mean_days() / unit.mean_days()),
            Item::Period(period) => {
                times.push((period.days.high / unit.mean_days()).max(1.0 / 12.0));
                named += f64::from(u8::from(period.step == unit));
            }
            _ => {}
        }
    }
    times.extend((named > 1.0).then_some(named));
    times
}

/// "80 latrines for 6,000 people, one for every 75", «لكل 1500 شخص طبيب واحد»: how many there are for one.
fn one_for(passage: &Passage, at: usize, many: &Amount) -> Option<Draft> {
    let one = |at: usize| passage.count_at(at).is_some_and(|count| count.stated == 1.0);
    let start = at.saturating_sub(REACH).max(passage.sentence(at).start);
    // «أي طبيب لكل 2500 نسمة».
    let counted = |word: &str| all(passage, at).iter().any(|count| same_thing(&count.word, word));
    let alone = |at: usize| {
        let thing = passage.symbol(at) == "n" || passage.symbol(at) == "w" && counted(passage.word(at));
        thing && matches!(passage.symbol_before(at), "is" | "," | "thus")
    };
    let for_one = (start..at).rev().find(|at| one(*at) || alone(*at)).is_some_and(|one| {
        let mut between = one + 1..at;
        passage.has(between.clone(), &["per", "every", "to"])
            && between.all(|at| {
                matches!(passage.symbol(at), "n" | "w" | "per" | "every" | "to" | "in" | "the" | "one")
            })
    });
    let per_one = matches!(passage.symbol_before(at), "per" | "every")
        && (at + 1..at + 4).any(|at| one(at) || passage.symbol(at + 1) == "one" && passage.symbol(at) == "n");
    let (first, second) = pair_of_others(passage, at)?;
    let (small, large) = ordered((first, second));
    // "1 per 10,000" is a rate.
    let base = many.stated >= BASE && many.stated.log10().fract() == 0.0;
    if !(for_one || per_one) || base || many.is_vague() || many.stated < FEW || large.stated <= many.stated {
        return None;
    }
    let said = Bounds::new(
        many.bounds.low.min(many.stated * (1.0 - ROUNDED)) - 0.5,
        many.bounds.high.max(many.stated * (1.0 + ROUNDED)) + 0.5,
    );
    if ratios(&all(passage, at)).any(|ratio| ratio.meets(said)) {
        return None;
    }
    let exact = large.stated / small.stated;
    let explain = format!(
        "{} for {} is one for {}, not {}",
        shown(small.stated),
        shown(large.stated),
        shown(exact),
        shown(many.stated)
    );
    Some(Draft::over(Kind::Rate, &[many], many.stated, exact, explain))
}

/// The last two counts before a number that are more than one; where there are none, with those after it.
fn pair_of_others(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let before = plain(passage, 0..at, at);
    let after = plain(passage, at..passage.sentence(at).end, at);
    let told = if before.len() < 2 { before.into_iter().chain(after).collect() } else { before };
    let mut counts = told.iter().rev().map(|(_, count)| *count).filter(|count| count.stated > 1.0);
    let second = counts.next()?;
    Some((counts.next()?, second))
}

/// "On average six per strike", «نصيب الفرد ١٨ رغيفاً».
fn mean(passage: &Passage, at: usize, mean: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    // "The average of those received by each of them was 54".
    let told = lead(passage, at).rev().map(|at| passage.symbol(at));
    let mut told = told.skip_while(|symbol| {
        matches!(*symbol, "w" | "n" | "the" | "one" | "min" | "in" | "of" | "each" | "R" | "is" | ",")
    });
    let means = told.next() == Some("avg") && passage.symbol(at + 1) != "to"
        || (at + 1..(at + REACH).min(sentence.end))
            .take_while(|at| passage.symbol(*at) != ",")
            .any(|at| matches!(passage.symbol(at), "avg" | "per") && !passage.has(at + 1..at + 4, &["N"]));
    // "1,350 operations, which comes to 150 each".
    let apposed = passage.symbol_before(at) == ","
        && (at + 1..at + 3).find(|at| !matches!(passage.symbol(*at), "n")).is_some_and(|at| {
            passage.symbol(at) == "each" && matches!(passage.symbol(at + 1), "." | "" | ";")
        });
    let each = passage.has(at + 1..at + 3, &["each"])
        && (apposed || passage.has(lead(passage, at), &["reach", "is", "thus"]));
    // "Average per tent: 24", "People per household: 8".
    // "An average of 11 a day: 8 on Monday, …" has its number.
    let named = |avg: usize| {
        let end = (avg + 1..at.min(avg + 4)).find(|at| passage.symbol(*at) == "(");
        let told = avg + 1..end.unwrap_or(at.min(avg + 4));
        matches!(passage.symbol(avg), "avg" | "per") && passage.counts(told).is_empty()
    };
    let goes_on = passage
        .counts(at + 1..sentence.end)
        .first()
        .is_some_and(|(next, _)| !passage.has(at + 1..*next, &["("]));
    let label = passage.symbol_before(at) == ":" && !goes_on && (sentence.start..at).any(named);
    let of_each = of_each(passage, at, mean);
    let said = means || each || label;
    let means = said || of_each;
    let timed = |at: usize| passage.has(at + 1..(at + 4).min(passage.sentence(at).end), &["R"]);
    // "Three deaths every two days".
    let stepped = passage.has(at + 1..(at + REACH).min(sentence.end), &["D"]);
    let mut clause =
        (at + 1..(at + REACH).min(sentence.end)).take_while(|at| !matches!(passage.symbol(*at), "," | "("));
    let broken = stepped || clause.any(|at| passage.count_at(at).is_some_and(|count| count.stated > 1.0));
    let told = plain(passage, 0..passage.atoms.len(), at);
    // "From 3 to 7.50 dinars a litre": where something moved, and no mean of other numbers.
    let moved = matches!(passage.symbol_before(at), "to" | "from")
        && passage.has(sentence.start..at, &["up", "down", "from", "changed"]);
    if !means
        || broken
        || moved
        || passage.symbol_before(at) == "per"
        || mean.is_vague()
        || timed(at) && !told.iter().any(|(at, _)| timed(*at)) && !passage.has(0..at, &["R", "every"])
    {
        return None;
    }
    let slack = if mean.bounds.is_exact() { 0.5 } else { 0.0 };
    let stated = Bounds::new(mean.bounds.low - slack, mean.bounds.high + slack);
    // «مقابل كل امرأة»: what stands for one is no number to divide by.
    let counts: Vec<&Amount> = all(passage, at).into_iter().filter(|count| count.stated > 1.0).collect();
    let mut ways = ratios(&counts).chain(over_time(passage, &counts)).chain(means_of_runs(&counts));
    if ways.any(|ratio| ratio.meets(stated))
        || is_of_each_of(&counts, stated)
        || is_of_a_share(passage, &counts, stated)
    {
        return None;
    }
    let of_two = || {
        let mut several = plain(passage, sentence.clone(), at);
        several.retain(|(_, count)| count.stated > 1.0);
        let two = match several.as_slice() {
            [(_, first), (_, second)] => Some((*first, *second)),
            _ => pair(passage, at),
        };
        let (small, large) = ordered(two?);
        Some((large.stated, small.stated))
    };
    let (large, small) = listed(passage, at).or_else(of_two).or_else(|| only_over_time(passage, &counts))?;
    // What is that far off is a mean of something else.
    if large == small || large / small > mean.stated * FAR || mean.stated > large / small * FAR {
        return None;
    }
    let exact = large / small;
    // "20 tablets cost 4 marks, 20 pfennigs each": of a price and not of what was bought.
    let money =
        told.iter().filter(|(_, one)| [large, small].contains(&one.stated) && one.is_money()).count() == 1;
    let priced = money && !mean.is_money() && passage.symbol(at + 1) == "w";
    if priced {
        return None;
    }
    // "Every teacher is owed 900. The town has 85 teachers, and 45,000 were paid": what comes after need not follow.
    let first = !said && told.iter().all(|(place, _)| *place > at);
    if first && !is_slip(exact, mean.stated) && (exact - mean.stated).abs() > exact * NEARLY {
        return None;
    }
    let explain =
        format!("{} / {} = {}, not {}", shown(large), shown(small), shown(exact), shown(mean.stated));
    Some(Draft::over(Kind::Rate, &[mean], mean.stated, exact, explain))
}

/// "12 lorries with 20 pallets each, 30 parcels to a pallet, 7,200 parcels": whether so many times two counts are a third.
fn is_of_each_of(counts: &[&Amount], mean: Bounds) -> bool {
    let products = counts.iter().enumerate().flat_map(|(at, one)| {
        counts[at + 1..].iter().map(|other| mean.times(one.bounds.low * other.bounds.low))
    });
    products.into_iter().any(|product| counts.iter().any(|count| count.bounds.meets(product)))
}

/// "Half of the 90 were let out on bail of 400 dollars each, 18,000 in all": whether a mean is one count over a share of
/// another.
fn is_of_a_share(passage: &Passage, counts: &[&Amount], mean: Bounds) -> bool {
    let shares = passage.atoms.iter().filter_map(|atom| match &atom.item {
        Item::Share(share) => Some(share.stated / 100.0),
        _ => None,
    });
    shares.into_iter().any(|share| {
        let wholes = counts.iter().map(|of| of.bounds.times(share));
        wholes.into_iter().any(|of| counts.iter().any(|count| count.bounds.over(of).meets(mean)))
    })
}

/// What each run of neighbours comes to on average, and over each other number: "120, 150 and 90 people in three shelters".
fn means_of_runs<'a>(counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    (0..counts.len()).flat_map(move |from| {
        (from + 2..=counts.len()).flat_map(move |end| {
            let sum = Bounds::sum(counts[from..end].iter().map(|count| count.bounds));
            let others = counts[..from].iter().chain(&counts[end..]).map(|count| count.bounds);
            let number = Bounds::exactly((end - from) as f64);
            others.chain([number]).map(move |by| sum.over(by))
        })
    })
}

/// The sum and number of a list before a mean, where the text says how many there are: "in the three shelters 120, 150
/// and 90".
fn listed(passage: &Passage, at: usize) -> Option<(f64, f64)> {
    let counts = plain(passage, passage.sentence(at).start..at, at);
    let so_many = |many: usize| {
        let list = counts.iter().map(|(_, count)| count.stated).filter(|count| *count != many as f64);
        let list: Vec<f64> = list.collect();
        let told = all(passage, at).iter().any(|count| count.stated == many as f64);
        (many > 2 && list.len() == many && told).then(|| (list.iter().sum(), many as f64))
    };
    so_many(counts.len()).or_else(|| so_many(counts.len().checked_sub(1)?))
}

/// "The five hearings lasted 20 hours in all, an average of five hours each".
fn mean_length(passage: &Passage, at: usize, mean: &Amount, unit: Unit) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let means = passage.has(at.saturating_sub(2)..at, &["avg"]) && !passage.has(at + 1..at + 3, &["R"])
        || passage.has(at + 1..at + 3, &["each"]) && passage.has(at.saturating_sub(2)..at, &["is"]);
    let lengths: Vec<&Amount> = sentence
        .clone()
        .filter_map(|other| match &passage.atoms[other].item {
            Item::Length(length, of) if other != at && *of == unit => Some(length),
            _ => None,
        })
        .collect();
    let [whole] = lengths.as_slice() else { return None };
    let counts = plain(passage, sentence, at);
    let slack = if mean.bounds.is_exact() { 0.5 } else { 0.0 };
    let said = Bounds::new(mean.bounds.low - slack, mean.bounds.high + slack);
    let (_, count) = counts.first().filter(|_| counts.len() == 1)?;
    if !means || mean.stated >= whole.stated || whole.bounds.over(count.bounds).meets(said) {
        return None;
    }
    let exact = whole.stated / count.stated;
    let (large, small) = (shown(whole.stated), shown(count.stated));
    let explain = format!("{large} / {small} = {}, not {}", shown(exact), shown(mean.stated));
    Some(Draft::over(Kind::Rate, &[mean], mean.stated, exact, explain))
}

/// "180 patients and 12 nurses, each nurse looks after 18 patients", "216 tonnes, 14 tonnes a flight": so many of what
/// was counted for one of what else was counted.
fn of_each(passage: &Passage, at: usize, mean: &Amount) -> bool {
    let counts = plain(passage, 0..passage.atoms.len(), at);
    let counted = |word: &str| counts.iter().any(|(_, count)| same_thing(&count.word, word));
    let of_class = |one: &Amount| {
        counts
            .iter()
            .any(|(_, count)| count.stated > 1.0 && one.class().is_some() && count.class() == one.class())
    };
    let each =
        |at: usize| matches!(passage.symbol(at), "each" | "every" | "per") && counted(passage.word(at + 1));
    let for_one = lead(passage, at).find(|at| each(*at));
    let one = (at + 1..at + 4).find(|at| passage.symbol(*at) == "skip").unwrap_or(at);
    // «للمرحاض الواحد»: for one of what has no number word beside it.
    let single = |at: usize| {
        let before = passage.word(at - 1);
        let before = before.strip_prefix("لل").unwrap_or(before);
        passage.symbol(at) == "one" && (counted(before) || counted(passage.word(at + 1)))
    };
    let follows = one > at && counted(passage.word(one + 1)) || (at + 2..at + 6).any(single);
    let class = mean.class().is_some() && counts.iter().any(|(_, count)| count.class() == mean.class());
    let of_its_own = for_one.is_some_and(|at| passage.class_at(at + 1) == mean.class());
    let thing = class && !of_its_own || counted(&mean.word) || mean.word.is_empty() && for_one.is_some();
    let same = thing && (one == at || passage.word(one + 1) != mean.word);
    // "14 to a cell".
    let to_a = passage.symbol(at + 1) == "to" && one == at + 2;
    // «مقابل كل امرأة أربعة رجال», "four girls to every boy".
    let single_before =
        at > 1 && passage.count_at(at - 1).is_some_and(|one| one.stated == 1.0 && of_class(one));
    let for_each = single_before && matches!(passage.symbol(at.saturating_sub(2)), "every" | "per");
    let to_every = (at + 1..at + 4).any(|at| {
        passage.symbol(at) == "to" && passage.symbol(at + 1) == "every" && passage.class_at(at + 2).is_some()
    });
    if counts.len() > 1 && (for_each || to_every) {
        return true;
    }
    let drawn = follows && (to_a || passage.has(lead(passage, at), &["is", "thus", "reach"]));
    counts.len() > 1 && (drawn || same && (for_one.is_some() || follows))
}

/// Counts over the lengths of time of the paragraph, in the units in which they are said.
fn over_time<'a>(passage: &'a Passage, counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    passage.atoms.iter().flat_map(move |atom| {
        let length = match &atom.item {
            Item::Length(length, _) => Some(length.bounds),
            Item::Period(period) => Some(period.steps),
            _ => None,
        };
        counts.iter().filter_map(move |count| Some(count.bounds.over(length?)))
    })
}

/// The only count and the only period of the paragraph, the period in days.
fn only_over_time(passage: &Passage, counts: &[&Amount]) -> Option<(f64, f64)> {
    let mut periods = passage.atoms.iter().filter_map(|atom| match &atom.item {
        Item::Period(period) if period.step == Unit::Day => Some(period.days.high),
        _ => None,
    });
    let days = periods.next().filter(|_| periods.next().is_none())?;
    let [count] = counts else { return None };
    Some((count.stated, days))
}
