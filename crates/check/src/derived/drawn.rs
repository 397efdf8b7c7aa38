//! Numbers that are drawn from those before them, by adding or by taking away: "so 58 burned", "the 15 that did not",
//! «فصار عدد العائلات 255».
//!
//! A word of conclusion, or an article before a number that was not said yet, tells that the text has all it takes. Of
//! what can be meant, all numbers before it together or what the others leave of the largest, one must be a slip of the
//! pen away, and no way of adding and taking away may give the number.

use super::remainders::terms;
use super::{
    WHO, added_and_struck_off, concludes, has_one_of_them, has_ordinal, is_definite, is_slip, lead, made_of,
    plain, same_thing, tail,
};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

/// How far a number may be from what is meant, as a part of it.
const NEAR: f64 = 0.55;
/// The same after a word of conclusion.
const FAR: f64 = 0.7;
/// How many numbers may be added: among more, some always come near.
const MOST: usize = 5;

/// Findings about numbers that are drawn from others.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    counts.into_iter().filter_map(|(at, number)| drawn(passage, at, number)).collect()
}

fn drawn(passage: &Passage, at: usize, number: &Amount) -> Option<Draft> {
    let concluded = is_concluded(passage, at);
    let points = matches!(number.word.as_str(), "points" | "نقاط" | "نقطه");
    if points || number.is_vague() || !(concluded || is_taken_up(passage, at)) {
        return None;
    }
    let before: Vec<(usize, &Amount)> = plain(passage, 0..at, at)
        .into_iter()
        .filter(|(place, count)| count.goes_with(number) && !is_one_of_several(passage, *place))
        .collect();
    let known: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    let unfit = passage.has(passage.before(at)..at, &["nor", "each", "every", "avg", "P", "R"]);
    if unfit
        || has_ordinal(passage, passage.before(at)..at)
        || has_one_of_them(passage, passage.sentence(at).start..at)
        || made_of(number.bounds, &known)
        || added_and_struck_off(number.bounds, &known)
        || added_and_struck_off(number.bounds, &same_things(&known, number))
    {
        return None;
    }
    let starts = [passage.sentence(at).start, passage.before(at), 0];
    let mut ways = starts.into_iter().map(|start| {
        let since: Vec<&Amount> =
            before.iter().filter(|(place, _)| *place >= start).map(|(_, count)| *count).collect();
        let same = same_things(&since, number);
        // Where some count the same thing, others are about something else.
        if same.len() > 1 { same } else { since }
    });
    ways.find_map(|counts| meant(number, &counts, if concluded { FAR } else { NEAR }))
}

/// Those of some numbers that may count the same thing as another.
fn same_things<'p>(counts: &[&'p Amount], number: &Amount) -> Vec<&'p Amount> {
    counts.iter().copied().filter(|count| is_same(count, number)).collect()
}

/// What numbers come to, where another number is that but for a slip of the pen.
fn meant(number: &Amount, counts: &[&Amount], far: f64) -> Option<Draft> {
    if !(2..=MOST).contains(&counts.len()) || counts.iter().any(|count| !count.bounds.is_exact()) {
        return None;
    }
    let sum: f64 = counts.iter().map(|count| count.stated).sum();
    let whole = counts.iter().copied().reduce(|one, two| if two.stated > one.stated { two } else { one })?;
    let left = 2.0 * whole.stated - sum;
    let near = |meant: f64| {
        meant > 1.0
            && is_slip(meant, number.stated)
            && (meant - number.stated).abs() <= far * meant.min(number.stated)
    };
    if number.stated > whole.stated && near(sum) {
        return crate::sums::total(number, counts);
    }
    if number.stated >= whole.stated || !near(left) {
        return None;
    }
    let taken: Vec<&Amount> = counts.iter().copied().filter(|count| !std::ptr::eq(*count, whole)).collect();
    let explain = format!(
        "{} - {} = {}, not {}",
        shown(whole.stated),
        terms(&taken, " - "),
        shown(left),
        shown(number.stated)
    );
    Some(Draft::over(Kind::Difference, &[number], number.stated, left, explain).resting_on(counts))
}

/// Whether two numbers may count the same thing: by its word, by its class, or as one of them leaves it to the other.
fn is_same(count: &Amount, number: &Amount) -> bool {
    let alone = |amount: &Amount| amount.class().is_none() && amount.word.is_empty();
    let named = count.class().is_some() && count.class() == number.class();
    alone(count) || alone(number) || named || same_thing(&count.word, &number.word)
}

/// "So 58 burned", «فصار عدد العائلات فيه 255».
fn is_concluded(passage: &Passage, at: usize) -> bool {
    let (before, after) = (lead(passage, at), tail(passage, at));
    let other = [
        "incl", "them", "from", "of", "more", "fewer", "gain", "loss", "cmp", "by", "every", "avg", "x", "X",
    ];
    let beside = ["R", "per", "every", "each", "them", "more", "fewer", "incl", "other"];
    // "23 of the 40"; "127 victims of violations" are of nothing that is counted.
    let part = passage.has(at + 1..at + 2, &["of", "min"]);
    concludes(passage, before.clone())
        && !part
        && !passage.has(before, &other)
        && !passage.has(after, &beside)
}

/// "The 15 that did not", «الحافلات الـ18 الأخرى», "The 29 passengers", which opens a sentence: known, though their
/// number was not told.
fn is_taken_up(passage: &Passage, at: usize) -> bool {
    let word = |at: usize| passage.atoms.get(at).map_or("", |atom| atom.word.as_str());
    // "These nine infants", «الشهادات الـ43».
    // «أطفالها الثلاثة» are told by whose they are.
    let owned = at > 1 && ["ها", "هم", "هن"].iter().any(|ending| word(at - 2).ends_with(ending));
    let these = at > 0 && matches!(word(at - 1), "these" | "those" | "ال" | "هذه") && !owned;
    let who = these || (at + 1..at + 4).any(|at| WHO.contains(&word(at)));
    let start = passage.sentence(at).start;
    let opens =
        at > 1 && (at == start + 1 || at <= start + 3 && matches!(passage.symbol(at - 2), "of" | "min"));
    // "The 51 casualties", after so many killed and so many wounded.
    let casualties = passage.count_at(at).is_some_and(|count| count.class() == Some("casualties"));
    // "31 of the 65 schools" is of a number that was told; "none of the 27 vehicles" is of all.
    let of = (at.saturating_sub(4)..at).find(|at| matches!(passage.symbol(*at), "of" | "min"));
    let part = of.is_some_and(|of| !passage.counts(of.saturating_sub(4).max(start)..of).is_empty());
    is_definite(passage, at) && (who || opens || casualties) && !part
}

/// "One of 33 names": it counts the thing that was told, not what is counted.
fn is_one_of_several(passage: &Passage, at: usize) -> bool {
    passage.count_at(at).is_some_and(|count| count.stated == 1.0)
        && matches!(passage.symbol(at + 1), "of" | "min")
}
