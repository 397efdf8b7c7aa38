//! Multiples, differences and percentage points: "fell by half, from 88 to 61", «الفارق، وهو ٢٣ بيتاً».

use std::sync::LazyLock;

use regex::Regex;

use super::{all, distance, ordered, pair, plain, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::changes::pairs;
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

/// How many times as large a ratio may be as a multiple that is still said of it.
const FAR: f64 = 8.0;
/// How wide a share in words may be, in points, and still be one of two that lie apart.
const WIDE: f64 = 40.0;
/// How far after the word "difference" its number may stand.
const REACH: usize = 8;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Factor(times) => multiple(passage, at, times).or_else(|| comes_to(passage, at, times)),
            // "The loss of 7.4 points", between two shares.
            Item::Count(points) if is_points(passage, at) => apart(passage, at, points),
            Item::Count(number) => difference(passage, at, number),
            Item::Points(points) => apart(passage, at, points),
            _ => None,
        })
        .collect()
}

/// Whether a number counts points, of what rose or fell.
fn is_points(passage: &Passage, at: usize) -> bool {
    let moves = ["loss", "gain", "up", "down", "diff"];
    let sentence = passage.sentence(at);
    let lost = |at: usize| matches!(passage.word(at), "loss" | "فخسرت" | "خسرت" | "خسر" | "كسب" | "كسبت");
    matches!(passage.word(at + 1), "points" | "نقاط" | "نقطه")
        && (passage.has(sentence.start..at, &moves) || (sentence.start..at).any(lost))
}

/// A multiple, against the only two counts near it, or the two of its sentence that count the same.
fn multiple(passage: &Passage, at: usize, times: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let sentence_end = sentence.end;
    // "Twice what it was built for".
    if (at + 1..sentence_end.min(at + REACH)).any(|at| Cue::MeantFor.begins(passage.word(at))) {
        return None;
    }
    // "From 12 per cent to 18, by six points, or by half".
    let shares = pairs(passage, &sentence).iter().any(|pair| passage.symbol(pair.to_at) == "P");
    if shares {
        return None;
    }
    let near = [sentence.clone(), passage.before(at)..sentence.end, 0..passage.atoms.len()];
    // "… while the clinic still has one doctor".
    let several = |within| {
        let mut counts = plain(passage, within, at);
        // "Six fewer" is a difference.
        let apart = |at: usize| matches!(passage.symbol(at + 1), "more" | "fewer");
        counts.retain(|(at, count)| count.stated > 1.0 && !apart(*at));
        counts
    };
    // "The price has doubled, said a mother of five": what is told before goes before what comes after.
    let beside = passage.counts(at..(at + REACH).min(sentence.end)).is_empty();
    let before =
        || Some(several(passage.before(at)..at)).filter(|two| beside && two.len() == 2 && may_be_same(two));
    let two = near.into_iter().map(several).find(|counts| counts.len() == 2).or_else(before);
    // "200 on Monday, as many on Tuesday and half as many on Wednesday: 500 in all".
    let total = |(at, _): &(usize, &Amount)| passage.has(at + 1..at + 4, &["total"]);
    if two.as_ref().is_some_and(|two| two.iter().any(total)) {
        return None;
    }
    let (first, second) = match two.as_deref() {
        Some([(_, first), (_, second)]) => (*first, *second),
        _ => same_two(&plain(passage, sentence, at))
            .or_else(|| same_two(&named(passage, at)))
            .or_else(|| moved_between(passage, at))
            .or_else(|| apposed(passage, at))?,
    };
    // "Halved, and halved again".
    let repeated = passage.sentence(at).filter(|at| passage.symbol(*at) == "X").count() > 1;
    let moved = passage.symbol(at) == "X"
        || passage.has(at + 1..at + 4, &["as", "more"])
        || passage.symbol(at + 1) == "the"
        || passage.atoms.get(at + 1).is_some_and(|atom| Cue::Owned.is(atom.word.as_str()))
        || passage.symbol_before(at) == "is";
    // «تضاعف عدد الأطفال أكثر من مرتين»: the second word says how often.
    let told_after = passage.symbol(at) == "X" && passage.has(at + 1..sentence_end, &["x"]);
    // "3,420 entries, twice the official figure": what the figure counts stands elsewhere.
    let named = |at: &usize| matches!(passage.symbol(*at), "w" | "n" | "label" | "the" | "as");
    let figure = (at + 1..at + 6).take_while(named).any(|at| Cue::Figure.is(passage.word(at)));
    let often = passage.symbol(at + 1) == "is" && passage.symbol(at + 2) == "more";
    if !moved
        || repeated
        || often
        || told_after
        || !(figure || first.goes_with(second))
        || first.stated == second.stated
    {
        return None;
    }
    // "The fare is 8 dinars, twice what it was", after 40 passengers: a bare number takes the unit of the one before it.
    let other_unit = second.is_money() && !first.is_money();
    if other_unit && plain(passage, passage.sentence(at), at).len() < 2 {
        return None;
    }
    let (one, two) = (first.bounds, second.bounds);
    // "Three times more" may mean three times on top; what has doubled has not.
    let as_many = passage.symbol(at + 1) == "as" && passage.atoms[at].word.is_ascii();
    // "Three times the price" is no more than that.
    let of_it = figure || passage.symbol(at + 1) == "the" && passage.atoms[at].word.is_ascii();
    let on_top = passage.symbol(at) == "x" && !as_many && !of_it
        || times.stated < 1.0
        || passage.has(at + 1..at + 4, &["more"]);
    let more = [distance(one, two).over(one), distance(one, two).over(two)].into_iter().filter(|_| on_top);
    if [one.over(two), two.over(one)].into_iter().chain(more).any(|ratio| ratio.meets(times.bounds)) {
        return None;
    }
    // "From 40 to 120, in other words they tripled; in the capital alone they doubled".
    let told = passage.atoms.iter().any(|atom| match &atom.item {
        Item::Factor(other) => {
            other.stated != times.stated
                && [one.over(two), two.over(one)].iter().any(|ratio| ratio.meets(other.bounds))
        }
        _ => false,
    });
    // "82, twice as many as in April (18) and May (23) together".
    let counts = plain(passage, passage.sentence(at), at);
    let sums = counts.windows(2).map(|two| two[0].1.bounds.plus(two[1].1.bounds));
    let both = passage.has(passage.sentence(at), &["total"])
        || passage.sentence(at).any(|at| matches!(passage.word(at), "together" | "both" | "معا" | "مجتمعين"));
    let together = both
        && sums.into_iter().any(|sum| {
            counts.iter().any(|(_, one)| {
                one.bounds.over(sum).meets(times.bounds) || sum.over(one.bounds).meets(times.bounds)
            })
        });
    // "A prisoner gets 250 grams, by decree 600. A guard gets 750, three times as much as a prisoner".
    let measured = passage.atoms.iter().filter_map(|atom| match &atom.item {
        Item::Measured(one) | Item::Count(one) => Some(one),
        _ => None,
    });
    let of_another = measured
        .into_iter()
        .filter(|one| one.stated > 1.0 && one.stated != first.stated)
        .any(|one| second.bounds.over(one.bounds).meets(times.bounds));
    if told || together || of_another && passage.symbol(at + 1) == "as" {
        return None;
    }
    let larger = times.stated >= 1.0;
    let (low, high) = ordered((first, second));
    let exact = if larger { high.stated / low.stated } else { low.stated / high.stated };
    // What is that far off is a multiple of something else.
    if larger && exact > times.stated * FAR {
        return None;
    }
    let explain = format!(
        "between {} and {} lies a factor of {}, not {}",
        shown(low.stated),
        shown(high.stated),
        shown(exact),
        shown(times.stated)
    );
    Some(Draft::over(Kind::Multiple, &[times], times.stated, exact, explain).resting_on(&[first, second]))
}

/// "Nine in the first week and twice that number in the second, or 18": what so many times the only number before comes to.
fn comes_to(passage: &Passage, at: usize, times: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let that =
        (at + 1..at + 4).any(|at| matches!(passage.word(at), "that" | "number" | "many" | "عدد" | "ذلك"));
    let place = (at + 1..sentence.end.min(at + REACH)).find(|at| passage.count_at(*at).is_some())?;
    let stated = passage.count_at(place)?;
    let tied = passage.symbol_before(place) == "is" || passage.symbol_before(place) == ",";
    let before = plain(passage, sentence.start..at, at);
    let [(_, number)] = before.as_slice() else { return None };
    let computed = number.bounds.times(times.stated);
    let near = stated.stated < computed.high * 2.0 && computed.low < stated.stated * 2.0;
    let wide = Bounds::new(number.bounds.low * times.bounds.low, number.bounds.high * times.bounds.high);
    let whole = times.stated.fract() == 0.0 && number.bounds.is_exact() && stated.bounds.is_exact();
    let exact = if whole { computed } else { wide };
    if !that || !tied || !near || exact.meets(stated.bounds) || times.bounds.high.is_infinite() || !whole {
        return None;
    }
    let explain = format!(
        "{} times {} is {}, not {}",
        shown(times.stated),
        shown(number.stated),
        shown(computed.low),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Multiple, &[stated], stated.stated, computed.low, explain))
}

/// Whether two counts are not told to be of different things.
fn may_be_same(two: &[(usize, &Amount)]) -> bool {
    let [(_, first), (_, second)] = two else { return false };
    first.nouns.is_empty() || second.nouns.is_empty() || first.class() == second.class()
}

/// "Went from 31 in 2028 to 93 in 2029. They have thus quadrupled": from where to where something moved in the sentence, else
/// in the one before.
fn moved_between(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    static MOVED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:from|min) (?P<from>N) [^N.P]{0,20}to (?P<to>N) "));
    let within = passage.before(at)..passage.sentence(at).end;
    let found = passage
        .matches(&MOVED)
        .filter(|found| passage.place(found, "from").is_some_and(|place| within.contains(&place)));
    let found = found.last().filter(|_| passage.symbol(at) == "X")?;
    Some((passage.amount(&found, "from")?, passage.amount(&found, "to")?))
}

/// The counts of the paragraph so far of what has doubled: "The number of attacks has therefore doubled".
fn named(passage: &Passage, at: usize) -> Vec<(usize, &Amount)> {
    let thing = (at + 1..at + 4).find(|at| passage.class_at(*at).is_some());
    let class = thing.and_then(|thing| passage.class_at(thing));
    let mut counts = plain(passage, 0..at, at);
    counts.retain(|(_, count)| class.is_some() && count.class() == class);
    counts
}

/// "In 2024 mines killed 36 shepherds. The year after they killed 108, or four times as many": the count that a multiple
/// stands beside, and the last one before it; `None` where some other count explains the multiple.
fn apposed(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let Item::Factor(times) = &passage.atoms[at].item else { return None };
    let before = plain(passage, passage.before(at)..at, at);
    let after = plain(passage, at..passage.sentence(at).end.min(at + REACH), at);
    // "Three times as many were hurt, 260".
    let follows = after.first().filter(|(to, _)| {
        let apart = passage.has(to + 1..to + 4, &["more", "fewer"]);
        passage.symbol_before(*to) == "," && passage.symbol(at + 1) == "as" && !apart
    });
    let ((_, from), (to_at, to)) = match (before.as_slice(), follows) {
        ([.., from], Some(to)) => (*from, *to),
        ([.., from, to], None) => (*from, *to),
        _ => return None,
    };
    let links = |at: usize| matches!(passage.symbol(at), "n" | "," | "is" | "thus" | "skip" | "-");
    let beside = to_at > at || (to_at + 1..at).all(links);
    let told = all(passage, at);
    let ratio = |one: &Amount| [to.bounds.over(one.bounds), one.bounds.over(to.bounds)];
    let explained = told.iter().flat_map(|one| ratio(one)).any(|ratio| ratio.meets(times.bounds));
    (beside && !explained).then_some((from, to))
}

/// The only two of several counts that count the same thing.
fn same_two<'p>(counts: &[(usize, &'p Amount)]) -> Option<(&'p Amount, &'p Amount)> {
    let same = |one: &Amount, two: &Amount| {
        one.class().is_some() && one.class() == two.class() || same_thing(&one.word, &two.word)
    };
    let pairs = counts
        .iter()
        .enumerate()
        .flat_map(|(at, (_, one))| counts[at + 1..].iter().map(move |(_, two)| (*one, *two)));
    let mut pairs = pairs.filter(|(one, two)| same(one, two));
    pairs.next().filter(|_| pairs.next().is_none())
}

/// Percentage points, against the only two shares of its sentence and the one before.
fn apart(passage: &Passage, at: usize, points: &Amount) -> Option<Draft> {
    let within = passage.before(at)..passage.sentence(at).end;
    let shares: Vec<&Amount> = within
        .filter_map(|at| match &passage.atoms[at].item {
            // "Most leaders" is no share of anything told.
            Item::Share(share) if share.bounds.high - share.bounds.low < WIDE => Some(share),
            // "From 20 to 25 per cent".
            Item::Count(count) if passage.symbol(at + 1) == "to" || passage.symbol_before(at) == "from" => {
                Some(count)
            }
            _ => None,
        })
        .collect();
    let [first, second] = shares.as_slice() else { return None };
    if points.is_vague() || distance(first.bounds, second.bounds).meets(points.bounds) {
        return None;
    }
    let exact = (first.stated - second.stated).abs();
    let explain = format!(
        "between {} % and {} % lie {} percentage points, not {}",
        shown(first.stated),
        shown(second.stated),
        shown(exact),
        shown(points.stated)
    );
    Some(Draft::over(Kind::Difference, &[points], points.stated, exact, explain).resting_on(&shares))
}

/// "The difference between the two months, 23 houses", against the two counts before it.
fn difference(passage: &Passage, at: usize, number: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let start = at.saturating_sub(REACH).max(sentence.start);
    let said =
        (start..at).rev().take_while(|at| passage.symbol(*at) != "N").any(|at| passage.symbol(at) == "diff");
    let (first, second) = pair(passage, at)?;
    let before = plain(passage, 0..at, at);
    // «وهو ما يقل بـ680 عن عدد …»: the second is told after it.
    let than =
        (at + 1..at + 3).any(|at| passage.symbol(at) == "than" || matches!(passage.word(at), "عن" | "علي"));
    // "Exceeds its capacity by 560", «يفوق طاقته بـ560».
    let verb = (start..at).rev().find(|at| Cue::By.is(passage.word(*at)));
    let by = passage.symbol_before(at) == "by"
        && verb.is_some_and(|verb| {
            than || before.len() == 2 && verb + 1 < at && passage.counts(verb..at).is_empty()
        });
    if !(by || said && before.len() >= 2) || number.is_vague() || !first.goes_with(second) {
        return None;
    }
    let counts: Vec<Bounds> = all(passage, at).iter().map(|count| count.bounds).collect();
    let fits = |one: &Bounds, other: &Bounds| {
        distance(*one, *other).meets(number.bounds) || one.plus(number.bounds).meets(*other)
    };
    if counts.iter().any(|one| counts.iter().any(|other| fits(one, other))) {
        return None;
    }
    let (low, high) = ordered((first, second));
    Some(Draft::left_of(Kind::Difference, high, low, number, false))
}
