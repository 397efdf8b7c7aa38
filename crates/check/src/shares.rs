//! Percentages and fractions: "54 of 130 (4.2%)", «من أصل 240، 60 (25%)».

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

/// `part of whole`, ending at the whole.
static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<part>N) (?:n |w |in |is ){0,4}(?:of|min) (?:the |total |n |w |skip |of ){0,4}(?P<whole>N) ")
});
/// "Of the 240 killed, …": a whole that opens a clause.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[.,;(:-] |and |skip )(?:of|min) (?:the |total |n |w |skip ){0,4}(?P<whole>N) ")
});
/// What a share is said to be a share of: "25% of the 240 killed".
static SHARE_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^P (?:of |min |is |in )?(?:the |total |n |w |skip |of |in ){0,6}(?:numbering |(?:of|min|is|in) (?:the |total |n |w |skip |of ){0,4})(?P<whole>N) ",
    )
});
/// A number given for the share itself: "25% (60)", "25% of the 240 killed, or 60".
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^P (?:(?:of |min )?(?:the |total |n |w |skip |in |of |numbering ){0,6}N )?(?:n |w |the |them |of |min |is |was |in |skip ){0,5}(?:\( |, is |- |, )(?:is |skip |w ){0,2}(?P<part>N) (?:n |w ){0,2}(?:\)|,|-|\.|;|$)",
    )
});
/// How far before its share a part may stand.
const NEAR: usize = 7;

/// Findings about shares of a passage.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter(|at| matches!(passage.atoms[*at].item, Item::Share(_)) && !is_change(passage, *at))
        .filter_map(|at| share(passage, at))
        .collect()
}

/// A part and the wholes that it may be a part of.
struct Relation<'p> {
    part: &'p Amount,
    /// The whole that the words name.
    whole: &'p Amount,
    /// Further numbers that would explain the share.
    others: Vec<&'p Amount>,
}

fn share(passage: &Passage, at: usize) -> Option<Draft> {
    let Item::Share(share) = &passage.atoms[at].item else { return None };
    let relation = relation(passage, at)?;
    let computed = percent(relation.part, relation.whole);
    let fits = |whole: &Amount| percent(relation.part, whole).meets(share.bounds);
    if relation.part.is_vague() || relation.whole.is_vague() || fits(relation.whole) {
        return None;
    }
    let closed = |whole: &&&Amount| whole.bounds.high.is_finite() && whole.stated > relation.part.stated;
    if relation.others.iter().filter(closed).any(|whole| fits(whole)) {
        return None;
    }
    let exact = relation.part.stated / relation.whole.stated * 100.0;
    let explain = format!(
        "{} of {} is {} %{}, not {} %",
        shown(relation.part.stated),
        shown(relation.whole.stated),
        shown(exact),
        range_note(computed),
        shown(share.stated)
    );
    let amounts = [relation.part, relation.whole, share];
    Some(Draft::over(Kind::Percentage, &amounts, share.stated, exact, explain))
}

fn range_note(computed: Bounds) -> String {
    if computed.is_exact() {
        String::new()
    } else if computed.high.is_infinite() {
        format!(" (at least {})", shown(computed.low))
    } else {
        format!(" (between {} and {})", shown(computed.low), shown(computed.high))
    }
}

fn percent(part: &Amount, whole: &Amount) -> Bounds {
    part.bounds.over(whole.bounds).times(100.0)
}

fn relation(passage: &Passage, at: usize) -> Option<Relation<'_>> {
    let rest = &passage.line[passage.start(at)..];
    let after = |regex: &Regex, group: &str| {
        let found = regex.captures(rest)?.name(group)?;
        Some(passage.index(passage.start(at) + found.start()))
    };
    let sentence = passage.sentence(at);
    let before = nearest_count(passage, at, sentence.start);
    let given = after(&GIVEN, "part").filter(|given| !has_own_share(passage, *given));
    let named = after(&SHARE_OF, "whole").filter(|whole| Some(*whole) != given);
    let opening = before.filter(|before| ends(&OPENING, "whole", passage, *before));
    if let (Some(given), Some(whole)) = (given, named.or(opening)) {
        return bound(passage, given, whole, Vec::new());
    }
    if let (Some(whole), Some(part)) = (named, before) {
        return if part < whole && opening.is_none() {
            bound(passage, part, whole, Vec::new())
        } else {
            None
        };
    }
    if passage.symbol(at + 1) == "them" {
        let whole = before.or_else(|| last_count(passage, &sentence, at));
        return given.zip(whole).and_then(|(part, whole)| bound(passage, part, whole, counts(passage, at)));
    }
    if let Some(whole) = before
        && let Some(part) = part_of(passage, whole)
    {
        return bound(passage, part, whole, Vec::new());
    }
    let part = given.or(before.filter(|_| opening.is_none()))?;
    if let Some(whole) = of_class(passage, at, part) {
        return bound(passage, part, whole, Vec::new());
    }
    if let Some(whole) = of_siblings(passage, at) {
        return bound(passage, part, whole, counts(passage, at));
    }
    let whole = implied(passage, part, &sentence)?;
    bound(passage, part, whole, counts(passage, at))
}

fn bound<'p>(
    passage: &'p Passage,
    part: usize,
    whole: usize,
    others: Vec<&'p Amount>,
) -> Option<Relation<'p>> {
    let (part, whole) = (passage.count_at(part)?, passage.count_at(whole)?);
    Some(Relation { part, whole, others })
}

/// The nearest count before a share that words or a bracket tie to it.
fn nearest_count(passage: &Passage, at: usize, from: usize) -> Option<usize> {
    let first = at.saturating_sub(NEAR).max(from);
    let found = (first..at).rev().find(|at| passage.count_at(*at).is_some())?;
    let between = found + 1..at;
    let broken = passage.has(between.clone(), &["P", ";", "N", ".", ")", "rest", "other"]);
    let commas = between.clone().filter(|at| passage.symbol(*at) == ",").count();
    let tied = passage.has(between, &["(", "is", "by", "-", "them"]);
    (!broken && (tied || commas == 1 || found + 1 == at)).then_some(found)
}

fn ends(regex: &Regex, group: &str, passage: &Passage, at: usize) -> bool {
    passage.matches(regex).any(|found| passage.place(&found, group) == Some(at))
}

fn part_of(passage: &Passage, whole: usize) -> Option<usize> {
    let found = passage.matches(&PART_OF).find(|found| passage.place(found, "whole") == Some(whole))?;
    passage.place(&found, "part")
}

/// The last count before a place, in its sentence or the one before.
fn last_count(passage: &Passage, sentence: &Range<usize>, at: usize) -> Option<usize> {
    (before(passage, sentence)..at).rev().find(|at| passage.count_at(*at).is_some())
}

/// "15% of the civilian toll": the one count whose class the share names.
fn of_class(passage: &Passage, at: usize, part: usize) -> Option<usize> {
    if !matches!(passage.symbol(at + 1), "of" | "min") {
        return None;
    }
    let named =
        (at + 2..at + 6).take_while(|at| matches!(passage.symbol(*at), "n" | "w" | "the" | "total" | "is"));
    let classes = named.filter_map(|at| {
        if let Item::Noun(noun) = &passage.atoms[at].item { Some(noun.class) } else { None }
    });
    let class = classes.filter(|class| !matches!(*class, "killed" | "people" | "casualties")).last()?;
    let mut wholes = (0..at).filter(|at| {
        let nouns = passage.count_at(*at).map(|count| &count.nouns);
        *at != part && nouns.is_some_and(|nouns| nouns.iter().any(|noun| noun.class == class))
    });
    wholes.next().filter(|_| wholes.next().is_none())
}

/// The whole that the shares beside this one are of: "523 (28.3%), 411 (22.3%) and 96 (6.2%)".
fn of_siblings(passage: &Passage, at: usize) -> Option<usize> {
    let siblings: Vec<(&Amount, &Amount)> = (0..passage.atoms.len())
        .filter(|other| *other != at && !is_change(passage, *other))
        .filter_map(|other| {
            let Item::Share(share) = &passage.atoms[other].item else { return None };
            let before = nearest_count(passage, other, passage.sentence(other).start)?;
            Some((passage.count_at(part_of(passage, before).unwrap_or(before))?, share))
        })
        .collect();
    let explains = |whole: &Amount| {
        let fit = |(part, share): &(&Amount, &Amount)| {
            !std::ptr::eq(*part, whole)
                && part.stated < whole.stated
                && percent(part, whole).meets(share.bounds)
        };
        siblings.iter().filter(|pair| fit(pair)).count()
    };
    let fitting = (0..at).filter(|at| {
        passage.count_at(*at).is_some_and(|whole| whole.bounds.is_exact() && explains(whole) > 0)
    });
    let found: Vec<usize> = fitting.collect();
    if let [whole] = found.as_slice() { Some(*whole) } else { None }
}

/// The whole that a part belongs to where no "of" stands beside it.
fn implied(passage: &Passage, part: usize, sentence: &Range<usize>) -> Option<usize> {
    let of_part = passage.count_at(part)?;
    let larger = |at: &usize| {
        passage.count_at(*at).is_some_and(|whole| {
            whole.bounds.high > of_part.bounds.low && whole.goes_with(of_part) && whole.stated > 1.0
        })
    };
    let opened = passage.matches(&OPENING).filter_map(|found| passage.place(&found, "whole"));
    if let Some(whole) = opened.filter(|at| *at < part && sentence.contains(at)).last() {
        return larger(&whole).then_some(whole);
    }
    let marker =
        (sentence.start..part).rev().find(|at| matches!(passage.symbol(*at), "them" | "incl" | ":" | "all"));
    if (part + 1..part + 3).any(|at| passage.symbol(at) == "them") {
        return last_count(passage, sentence, part).filter(larger);
    }
    let until = marker.unwrap_or(part);
    let start =
        if passage.has(sentence.start..until, &["N"]) { sentence.start } else { before(passage, sentence) };
    let mut wholes = (start..until).filter(larger).filter(|at| marker.is_some() || is_general(passage, *at));
    if marker.is_some() { wholes.next_back() } else { wholes.next() }
}

/// Where the sentence before starts.
fn before(passage: &Passage, sentence: &Range<usize>) -> usize {
    sentence.start.checked_sub(2).map_or(0, |at| passage.sentence(at).start)
}

/// Whether a count is of everybody, rather than of a class that stands beside others.
fn is_general(passage: &Passage, at: usize) -> bool {
    let class = passage.count_at(at).and_then(Amount::class);
    matches!(
        class,
        Some(
            "people"
                | "killed"
                | "injured"
                | "casualties"
                | "strikes"
                | "places"
                | "reports"
                | "families"
                | "civilians"
        )
    ) && part_of(passage, at).is_none()
}

fn has_own_share(passage: &Passage, at: usize) -> bool {
    passage.symbol(at + 1) == "(" && passage.symbol(at + 2) == "P"
}

fn counts(passage: &Passage, at: usize) -> Vec<&Amount> {
    let end = passage.sentence(at).end;
    passage.counts(0..end).into_iter().map(|(_, amount)| amount).collect()
}

/// Whether a share tells how much something rose or fell.
pub(crate) fn is_change(passage: &Passage, at: usize) -> bool {
    let words = ["up", "down", "gain", "loss", "more", "fewer", "diff", "changed"];
    let before = (at.saturating_sub(4)..at)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ";" | "them" | "incl"));
    let after = (at + 1..at + 4)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ";" | "," | ")" | "of"));
    before.chain(after).any(|at| words.contains(&passage.symbol(at)))
        || (passage.symbol(at.wrapping_sub(1)) == "by"
            && passage.has(passage.sentence(at), &["up", "down", "gain", "loss"]))
}

/// Shares that must make a hundred because a remainder closes them.
pub(crate) fn remainders(passage: &Passage) -> Vec<Draft> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:(?:rest|other) (?:n |w |the |is |of |min |them |, |\( |and |skip ){0,5}(?P<rest>P)|(?P<first>P) (?:w |the ){0,2}rest) ",
        )
    });
    let rest =
        |found: &regex::Captures<'_>| passage.place(found, "rest").or_else(|| passage.place(found, "first"));
    passage.matches(&REST).filter_map(|found| remainder(passage, rest(&found)?)).collect()
}

fn remainder(passage: &Passage, rest: usize) -> Option<Draft> {
    let sentence = passage.sentence(rest);
    let shares_in = |range: Range<usize>| -> Vec<&Amount> {
        range
            .filter(|at| !is_change(passage, *at))
            .filter_map(
                |at| if let Item::Share(share) = &passage.atoms[at].item { Some(share) } else { None },
            )
            .collect()
    };
    let mut shares = shares_in(sentence.start..rest + 1);
    if shares.len() < 2 {
        shares = shares_in(before(passage, &sentence)..rest + 1);
    }
    if shares.len() < 2 {
        return remaining_part(passage, rest, &sentence);
    }
    let sum = Bounds::sum(shares.iter().map(|share| share.bounds));
    if sum.meets(Bounds::exactly(100.0)) {
        return None;
    }
    let stated = shares.last()?.stated;
    let others: f64 = shares.iter().rev().skip(1).map(|share| share.stated).sum();
    let terms: Vec<String> =
        shares[..shares.len() - 1].iter().map(|share| format!("{} %", shown(share.stated))).collect();
    let explain = format!(
        "{} is {} %, so that {} % remain, not {} %",
        terms.join(" + "),
        shown(others),
        shown(100.0 - others),
        shown(stated)
    );
    Some(Draft::over(Kind::Percentage, &shares, stated, 100.0 - others, explain))
}

/// "Men 61 per cent, women 24 and children 27": shares of a list that leaves nobody out and counts nobody twice.
pub(crate) fn exhaustive(passage: &Passage) -> Option<Draft> {
    let open = (0..passage.atoms.len()).find(|at| passage.symbol(*at) == ":")?;
    let end = passage.sentence(open).end;
    let shares: Vec<&Amount> = (open + 1..end)
        .filter_map(|at| if let Item::Share(share) = &passage.atoms[at].item { Some(share) } else { None })
        .collect();
    let sum = Bounds::sum(shares.iter().map(|share| share.bounds));
    let whole = |word: &str| {
        matches!(
            word,
            "follows"
                | "group"
                | "category"
                | "فئه"
                | "فئات"
                | "كالتالي"
                | "كالاتي"
                | "النحو"
                | "نحو"
                | "التالي"
        )
    };
    let said = passage.symbol(open.wrapping_sub(1)) == "all"
        || passage.atoms[..open].iter().any(|atom| whole(&atom.word));
    let mixed = passage.has(open + 1..end, &["N", "them", "incl", "rest", "nor", "each"]);
    if shares.len() < 3 || mixed || !said || sum.low <= 100.0 && sum.high >= 99.0 {
        return None;
    }
    let stated: f64 = shares.iter().map(|share| share.stated).sum();
    let terms: Vec<String> = shares.iter().map(|share| format!("{} %", shown(share.stated))).collect();
    let explain = format!("{} is {} %, not 100 %", terms.join(" + "), shown(stated));
    Some(Draft::over(Kind::Percentage, &shares, stated, 100.0, explain))
}

/// "14 of the 35 sites. The remaining 65 per cent …".
fn remaining_part(passage: &Passage, rest: usize, sentence: &Range<usize>) -> Option<Draft> {
    let Item::Share(share) = &passage.atoms[rest].item else { return None };
    let found = passage
        .matches(&PART_OF)
        .filter(|found| {
            passage.place(found, "whole").is_some_and(|at| at < rest && at >= before(passage, sentence))
        })
        .last()?;
    let (part, whole) = (passage.amount(&found, "part")?, passage.amount(&found, "whole")?);
    let left = whole.bounds.minus(part.bounds).over(whole.bounds).times(100.0);
    let exact = (whole.stated - part.stated) / whole.stated * 100.0;
    if part.is_vague() || whole.is_vague() || left.meets(share.bounds) || part.stated > whole.stated {
        return None;
    }
    let explain = format!(
        "{} - {} = {}, which is {} % of {}, not {} %",
        shown(whole.stated),
        shown(part.stated),
        shown(whole.stated - part.stated),
        shown(exact),
        shown(whole.stated),
        shown(share.stated)
    );
    Some(Draft::over(Kind::Percentage, &[part, whole, share], share.stated, exact, explain))
}
