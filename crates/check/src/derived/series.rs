//! What is said of a list of numbers as a whole: "aged 4, 7 and 13, eight on average", «أصغرهم في الثانية عشرة», "the median
//! was 19".
//!
//! A list is three numbers or more with nothing but commas, "and" and places or days between them. A mean may be rounded
//! and may be of some that stand together; the least and the greatest must be what they are called, and what is said to be
//! so is held against the list only where it is another number of it, or a slip of the pen away.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::totals::whole_lead;
use super::{is_slip, lead, ordinals, tail};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::{Lexicon, Statistic};
use crate::passage::{Item, Passage, pattern};

/// How few numbers are no list.
const FEW: usize = 3;
/// How many symbols may stand between two numbers of a list.
const REACH: usize = 11;
/// How far after its name the least or the greatest may stand.
const NAMED: usize = 5;
/// How far before or after a mean the word may stand.
const NEAR: usize = 6;
/// How many times as large as the greatest of a list, or as small as the least, its mean may be told to be.
const FAR: f64 = 1.5;

/// What stands between two numbers of a list.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:n |w ){0,3}(?:(?:(?:in|from|min|to) (?:the |w |n |M |dayname ){1,3}){1,2}|dayname )?(?:, and |, |and |; )(?:in (?:dayname |M |w ){1,2})?$",
    )
});

/// A list of numbers, and where it stands.
pub(super) struct Series<'p> {
    members: Vec<&'p Amount>,
    within: Range<usize>,
}

/// Findings about what is said of lists of numbers.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = (0..passage.atoms.len()).filter_map(|at| extreme_day(passage, at)).collect();
    let lists = all(passage);
    if lists.is_empty() {
        return drafts;
    }
    drafts.extend((0..passage.atoms.len()).filter_map(
        |at| match Lexicon::get().statistic(passage.word(at)) {
            Some(Statistic::Range) => ranged(passage, &lists, at),
            Some(statistic) => named(passage, &lists, at, statistic),
            None => mean(passage, &lists, at),
        },
    ));
    drafts
}

/// "12 on Monday, 19 on Tuesday and 8 on Wednesday; Monday was the deadliest day": of days or months with a number each,
/// against the one that is called the first.
fn extreme_day(passage: &Passage, at: usize) -> Option<Draft> {
    let word = passage.word(at);
    let most =
        word == "اكثر" && passage.count_at(at).is_none() && !matches!(passage.symbol(at + 1), "min" | "than");
    let statistic = Lexicon::get().statistic(word).or(most.then_some(Statistic::Greatest))?;
    let day = |at: usize| matches!(passage.symbol(at), "dayname" | "M") && !passage.word(at).is_empty();
    // The number of a day stands beside it, with nothing but "on" between.
    let number = |place: usize| {
        let count = |at: usize| passage.count_at(at);
        let before = (place.saturating_sub(3)..place).rev().find(|at| count(*at).is_some());
        let before = before.filter(|at| (at + 1..place).all(|at| matches!(passage.symbol(at), "in" | "n")));
        let after = (place + 1..place + 3).find(|at| count(*at).is_some());
        let after = after.filter(|at| (place + 1..*at).all(|at| passage.symbol(at) == "w"));
        after.or(before).and_then(count)
    };
    let own = passage.sentence(at);
    let said = own.clone().filter(|place| day(*place) && number(*place).is_none()).collect::<Vec<_>>();
    let [said] = said.as_slice() else { return None };
    let told: Vec<(usize, &Amount)> = (passage.before(at)..own.end)
        .filter(|place| place != said && day(*place))
        .filter_map(|place| Some((place, number(place).filter(|one| one.bounds.is_exact())?)))
        .collect();
    let (_, stated) = told.iter().find(|(place, _)| passage.word(*place) == passage.word(*said))?;
    let all = told.iter().map(|(_, one)| one.stated);
    let computed = match statistic {
        Statistic::Greatest => all.fold(0.0, f64::max),
        Statistic::Least => all.fold(f64::INFINITY, f64::min),
        _ => return None,
    };
    let second =
        own.into_iter().any(|at| Lexicon::get().is_ordinal(passage.word(at)) || passage.word(at) == "one");
    // "The worst of them, on Monday", is of something else.
    let of_days = (at + 1..at + 3).any(|at| {
        matches!(passage.word(at), "day" | "days" | "month" | "months" | "ايام" | "اشهر" | "يوم" | "شهر")
    });
    if told.len() < FEW || !of_days || second || stated.stated == computed {
        return None;
    }
    let explain =
        format!("of the days {} is the number of that one, not {}", shown(computed), shown(stated.stated));
    let points = passage.atoms[*said].points.clone();
    Some(Draft::at(points, Kind::Sum, stated.stated, computed, explain))
}

/// Whether a number is the mean of a list near it: then it is of nothing else.
pub(crate) fn is_mean_of_list(passage: &Passage, at: usize, stated: Bounds) -> bool {
    let lists = all(passage);
    near(passage, &lists, at).is_some_and(|list| means(passage, list).any(|mean| mean.meets(stated)))
}

/// All lists of a passage.
fn all(passage: &Passage) -> Vec<Series<'_>> {
    let mut lists: Vec<Series<'_>> = Vec::new();
    let mut last: Option<usize> = None;
    for at in 0..passage.atoms.len() {
        let Some((number, unit)) = number_at(passage, at) else { continue };
        let joined = last.is_some_and(|last| {
            follows(passage, last, at)
                && is_counted(passage, last, unit)
                && is_alike(passage, (last, at), number)
        });
        match lists.last_mut().filter(|_| joined) {
            Some(list) => {
                list.members.push(number);
                list.within.end = at + 1;
            }
            None => lists.push(Series { members: vec![number], within: at..at + 1 }),
        }
        last = Some(at);
    }
    lists.retain(|list| list.members.len() >= FEW);
    lists
}

/// An exact number of people, things or units of time, and whether it is of time.
fn number_at(passage: &Passage, at: usize) -> Option<(&Amount, bool)> {
    let (number, unit) = match &passage.atoms[at].item {
        Item::Count(number) => (number, false),
        Item::Length(number, _) => (number, true),
        // «أعمارهم 4 و7 و13 عاماً»: only the last says "years".
        Item::Age(number) => (number, passage.symbol(at + 1) == "w"),
        _ => return None,
    };
    // "A boy", «طفل», «طفلان»: no number of a list.
    let word = passage.word(at);
    let said = word.is_empty() || number.stated > 2.0 || matches!(word, "one" | "two");
    (number.bounds.is_exact() && said).then_some((number, unit))
}

/// "Two girls, 4 and 7": what has a thing that it counts is followed by others of the same thing.
fn is_alike(passage: &Passage, (last, at): (usize, usize), number: &Amount) -> bool {
    let class = passage.number_at(last).and_then(Amount::class);
    // "18 shells, then 27, then 30".
    let then = (last + 1..last + REACH)
        .take_while(|at| passage.number_at(*at).is_none())
        .any(|at| matches!(passage.word(at), "then" | "ثم"));
    // "11 cases in the first week, 15 in the second and 13 in the third".
    let elliptic = matches!(number.word.as_str(), "in" | "on" | "at" | "في" | "عام" | "يوم")
        || passage.has(at.saturating_sub(3)..at, &["in"]);
    class.is_none() || class == number.class() || (then || elliptic) && number.nouns.is_empty()
}

/// Whether a number may stand before one of a list: where the last has no unit, none of the others has.
fn is_counted(passage: &Passage, before: usize, unit: bool) -> bool {
    // "42 minutes in January, 55 in February and 68 in March": the first says of what.
    unit || number_at(passage, before).is_some_and(|(number, of_time)| !of_time || number.nouns.is_empty())
}

fn follows(passage: &Passage, last: usize, at: usize) -> bool {
    if at - last > REACH {
        return false;
    }
    let between: String = (last + 1..at).flat_map(|at| [passage.symbol(at), " "]).collect();
    BETWEEN.is_match(&between)
}

/// The only list of a place's sentence, else of that and the one before.
fn near<'l, 'p>(passage: &Passage, lists: &'l [Series<'p>], at: usize) -> Option<&'l Series<'p>> {
    let sentence = passage.sentence(at);
    let within = |from: usize| {
        let mut own = lists.iter().filter(move |list| {
            list.within.start >= from && list.within.end <= sentence.end && !list.within.contains(&at)
        });
        own.next().map(|only| own.next().is_none().then_some(only))
    };
    let (sentence, before) = (passage.sentence(at).start, passage.before(at));
    within(sentence).or_else(|| within(before)).flatten()
}

/// The only list of the sentence after a place's, where that one has no number but it and how many the list has.
fn next<'l, 'p>(passage: &Passage, lists: &'l [Series<'p>], at: usize) -> Option<&'l Series<'p>> {
    let sentence = passage.sentence(at);
    let after = passage.sentence(sentence.end + 1);
    let mut own =
        lists.iter().filter(|list| list.within.start > sentence.end && list.within.end <= after.end);
    let list = own.next().filter(|_| own.next().is_none())?;
    let many = list.members.len() as f64;
    let others =
        |place: &usize| *place != at && passage.number_at(*place).is_some_and(|number| number.stated != many);
    (!sentence.into_iter().any(|place| others(&place))).then_some(list)
}

/// The mean of a list, and of those that stand together where the text counts so many: "the three girls".
fn means<'s>(passage: &'s Passage, list: &'s Series<'_>) -> impl Iterator<Item = Bounds> + 's {
    let bounds: Vec<Bounds> = list.members.iter().map(|one| one.bounds).collect();
    let all = bounds.len();
    let lengths = (0..all).flat_map(move |from| 1..=all - from);
    let sums: Vec<(Bounds, usize)> = runs(&bounds).zip(lengths).collect();
    let told = move |many: usize| {
        let counts = passage.counts(0..passage.atoms.len());
        many == all || many > 1 && counts.iter().any(|(_, count)| count.stated == many as f64)
    };
    sums.into_iter().filter(move |(_, many)| told(*many)).map(|(sum, many)| sum.times(1.0 / many as f64))
}

/// "Eight on average", "their mean age was twelve".
fn mean(passage: &Passage, lists: &[Series<'_>], at: usize) -> Option<Draft> {
    let stated = passage.number_at(at)?;
    let avg = |within: Range<usize>| passage.has(within, &["avg"]);
    let (before, after) = (whole_lead(passage, at), tail(passage, at));
    // «متوسط الولادات في كل ليلة من الليالي الثلاث ست عشرة».
    let before = if before.end - before.start > NEAR && lead(passage, at).is_empty() {
        before.start..before.end
    } else {
        before.start.max(at.saturating_sub(NEAR))..at
    };
    // "On average, then, a block at these five sites serves 230 people": its first number but that of the list.
    let start = passage.sentence(at).start;
    let others = passage.counts(start..at);
    // "The average ward in the country has 40 beds" is of others; «في الحي الواحد» is of each.
    let own = |at: usize| {
        let one = passage.has(at + 2..at + 4, &["N", "one"]);
        one || matches!(passage.atoms[at + 1].word.as_str(), "this" | "these" | "هذه" | "هذا")
    };
    let elsewhere =
        (start..at).any(|at| passage.symbol(at) == "in" && passage.symbol(at + 1) != "avg" && !own(at));
    let opens = !elsewhere
        && avg(start..at.min(start + 2))
        && others.iter().all(|(_, count)| lists.iter().any(|list| list.members.len() as f64 == count.stated));
    let said = opens || avg(before) || avg(after.start..after.end.min(at + NEAR));
    let list = near(passage, lists, at).or_else(|| next(passage, lists, at));
    let list = list.filter(|_| said && !stated.is_vague())?;
    let half = if stated.bounds.is_exact() { 0.5 } else { 0.0 };
    let bounds = Bounds::new(stated.bounds.low - half, stated.bounds.high + half);
    let goes = list.members.iter().all(|one| one.goes_with(stated));
    let about = stated.stated <= greatest(list) * FAR && stated.stated * FAR >= least(list);
    // "Aged 4, 7 and 13; on average 30 are hurt a day": a mean of counts is of what is counted.
    let others = Bounds::sum(list.members.iter().map(|one| one.bounds));
    let of_sum = super::all(passage, at).iter().any(|count| {
        others.over(count.bounds).meets(bounds)
            || super::ratios(&super::all(passage, at)).any(|one| one.meets(bounds))
    });
    if !goes || !about || of_sum || means(passage, list).any(|mean| mean.meets(bounds)) {
        return None;
    }
    let sum: f64 = list.members.iter().map(|one| one.stated).sum();
    let (number, computed) = (list.members.len() as f64, sum / list.members.len() as f64);
    let explain =
        format!("({}) / {} = {}, not {}", terms(list), shown(number), shown(computed), shown(stated.stated));
    Some(Draft::over(Kind::Rate, &[stated], stated.stated, computed, explain))
}

/// "The youngest was twelve", «وسيطها 19»: the first number after the word.
fn named(passage: &Passage, lists: &[Series<'_>], at: usize, statistic: Statistic) -> Option<Draft> {
    let link = |at: usize| {
        matches!(
            passage.symbol(at),
            "w" | "n" | "is" | "the" | "in" | "age" | "label" | "prior" | "reach" | "of" | "lasted"
        )
    };
    let place = (at + 1..(at + 1 + NAMED).min(passage.sentence(at).end))
        .take_while(|place| (at + 1..*place).all(link))
        .find(|at| number_at(passage, *at).is_some() || ordinals::number_at(passage, *at).is_some())?;
    let stated = number_at(passage, place)
        .map(|(number, _)| number.bounds)
        .or_else(|| ordinals::number_at(passage, place).map(|row| Bounds::new(row - 1.0, row)))?;
    let list = near(passage, lists, place)?;
    let computed = match statistic {
        Statistic::Least => Bounds::exactly(least(list)),
        Statistic::Greatest => Bounds::exactly(greatest(list)),
        Statistic::Median => median(list),
        Statistic::Range => return None,
    };
    against(passage, place, stated, computed, list)
}

/// "Ranged from 5 to 63", "between 5 and 63".
fn ranged(passage: &Passage, lists: &[Series<'_>], at: usize) -> Option<Draft> {
    let end = passage.sentence(at).end;
    let told: Vec<(usize, &Amount)> = (at + 1..end.min(at + 1 + 2 * NAMED))
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Count(number) | Item::Length(number, _) => Some((at, number)),
            _ => None,
        })
        .take(2)
        .collect();
    let (place, low, high) = match told.as_slice() {
        [(place, range), ..] if range.bounds.low < range.bounds.high => {
            (*place, range.bounds.low, range.bounds.high)
        }
        [(place, low), (to, high)] if passage.has(*place..*to, &["to", "and"]) => {
            (*place, low.stated, high.stated)
        }
        _ => return None,
    };
    let list = near(passage, lists, place)?;
    let ends = [(low, least(list)), (high, greatest(list))];
    ends.into_iter().find_map(|(stated, computed)| {
        against(passage, place, Bounds::exactly(stated), Bounds::exactly(computed), list)
    })
}

/// What is said of a list against what it is, where it can only be meant as that.
fn against(
    passage: &Passage,
    at: usize,
    stated: Bounds,
    computed: Bounds,
    list: &Series<'_>,
) -> Option<Draft> {
    let said = stated.high;
    let another = list.members.iter().any(|one| one.stated == said);
    if stated.meets(computed) || !(another || is_slip(said, computed.high)) {
        return None;
    }
    let explain = format!("of {} it is {}, not {}", terms(list), shown(computed.high), shown(said));
    let points = ordinals::points_of(passage, at);
    Some(Draft::at(points, Kind::Rate, said, computed.high, explain))
}

fn least(list: &Series<'_>) -> f64 {
    list.members.iter().map(|one| one.stated).fold(f64::INFINITY, f64::min)
}

fn greatest(list: &Series<'_>) -> f64 {
    list.members.iter().map(|one| one.stated).fold(0.0, f64::max)
}

/// The middle one; of an even number anything between the two in the middle.
fn median(list: &Series<'_>) -> Bounds {
    let mut values: Vec<f64> = list.members.iter().map(|one| one.stated).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    Bounds::new(values[middle - usize::from(values.len().is_multiple_of(2))], values[middle])
}

fn terms(list: &Series<'_>) -> String {
    let numbers: Vec<String> = list.members.iter().map(|one| shown(one.stated)).collect();
    numbers.join(" + ")
}
