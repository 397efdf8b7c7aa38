//! Totals against their parts, parts against their wholes, and what remains.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::classes::{all_disjoint, complete, disjoint, some_overlap};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

static TOTAL_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"total (?:is |the |w |of |n |by |in |M |T |: |to |min |skip |- |, ){0,6}(?P<total>N) ")
});
static TOTAL_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<total>N) (?:n |w |, |in |the |skip |\( ){0,4}total "));
/// A whole and the list that it is made of.
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<whole>N) (?:n |w |in |M |T |t |the |is |of |total |, |skip |by |min |to |dayname |later ){0,14}?(?P<open>: |\( |all |- |incl |them )",
    )
});
static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<mark>rest|other) (?:n |w |the |is |of |them |, |and |min |in |skip ){0,4}?(?P<rest>N) ")
});
/// «السبعة الباقون»: the number stands before the word.
static REST_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<rest>N) (?:n )?(?P<mark>rest) "));
static ADDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<one>N) (?:n |w ){0,2}\+ (?P<two>N) (?:n |w ){0,2}(?:\+ (?P<three>N) (?:n |w ){0,2})?= (?P<total>N) ",
    )
});
static BRING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<bring>bring) [^N.]*?(?:(?:from|min) [^N.]*?(?P<from>N) [^N.]*?)?to [^N.]{0,12}?(?P<to>N) ")
});
static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<part>N) (?:(?P<bare>of|min) |(?:n |w ){1,2}(?:of|min) (?P<the>the |total ))(?:the |total |w |skip |of ){0,3}(?P<whole>N) ",
    )
});

/// "In 31 of these villages", «٤٢ قرية منها».
static OF_THEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<part>N) (?:n |w )?them "));

/// What somebody comes to who is counted.
const HARMS: [&str; 4] = ["killed", "injured", "missing", "detained"];

/// How many symbols may lie between one part of a list and the next.
const REACH: usize = 8;
/// Words that begin another clause.
const CLAUSES: [&str; 8] = ["while", "whereas", "another", "بينما", "فيما", "كما", "بالاضافه", "اضافه"];

/// Findings about sums and parts of a passage.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts = Vec::new();
    drafts.extend(passage.matches(&ADDED).filter_map(|found| {
        let parts: Vec<&Amount> =
            ["one", "two", "three"].iter().filter_map(|group| passage.amount(&found, group)).collect();
        total(passage.amount(&found, "total")?, &parts)
    }));
    drafts.extend(passage.matches(&PART_OF).filter_map(|found| part_of(passage, &found)));
    drafts.extend(passage.matches(&REST).filter_map(|found| remainder(passage, &found)));
    drafts.extend(passage.matches(&REST_AFTER).filter_map(|found| remainder(passage, &found)));
    drafts.extend(passage.matches(&OF_THEM).filter_map(|found| of_them(passage, &found)));
    drafts.extend(passage.matches(&BRING).filter_map(|found| brought(passage, &found)));
    for regex in [&TOTAL_BEFORE, &TOTAL_AFTER] {
        let totals: Vec<usize> =
            passage.matches(regex).filter_map(|found| passage.place(&found, "total")).collect();
        drafts.extend(totals.into_iter().filter_map(|at| stated_total(passage, at)));
    }
    drafts.extend(passage.matches(&LISTED).filter_map(|found| listed(passage, &found)));
    drafts
}

/// "30 of 26 locations".
fn part_of(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (part, whole) = (passage.amount(found, "part")?, passage.amount(found, "whole")?);
    let place = passage.place(found, "part")?;
    // "Statement 44/31": a reference, no part of anything.
    let slash =
        found.name("bare").is_some() && passage.atoms.get(place + 1).is_some_and(|atom| atom.word.is_empty());
    let bare_min = found.name("bare").is_some_and(|bare| bare.as_str() == "min");
    let change = passage.has(place.saturating_sub(4)..place, &["up", "down", "from", "between"]);
    if part.is_vague() || whole.is_vague() || !part.goes_with(whole) || slash || (bare_min && change) {
        return None;
    }
    larger(part, whole)
}

/// "31 of these villages", where nothing before is as many.
fn of_them(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let at = passage.place(found, "part")?;
    let part = passage.count_at(at)?;
    let sentence = passage.sentence(at);
    let them = (at + 1..at + 3).find(|at| passage.symbol(*at) == "them")?;
    // «75 شخصاً بينهم 32 طفلاً»: the number is a whole of its own, and a list of some of them follows.
    if passage.word(them).starts_with("بين") || (them + 1..them + 3).any(|at| passage.symbol(at) == "N") {
        return None;
    }
    let start = sentence.start.checked_sub(2).map_or(0, |at| passage.sentence(at).start);
    let before = passage.counts(start..at);
    let whole =
        before.iter().map(|(_, count)| *count).max_by(|one, two| one.stated.total_cmp(&two.stated))?;
    let closed = before.iter().all(|(_, count)| count.bounds.high.is_finite() && !count.is_vague());
    let several = whole.stated > 1.0 && part.goes_with(whole);
    if closed && several && !part.is_vague() { larger(part, whole) } else { None }
}

fn larger(part: &Amount, whole: &Amount) -> Option<Draft> {
    if part.bounds.low <= whole.bounds.high {
        return None;
    }
    let explain = format!("{} cannot be a part of {}", shown(part.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[part, whole], part.stated, whole.stated, explain))
}

/// A stated total, and the parts before or after it.
fn stated_total(passage: &Passage, at: usize) -> Option<Draft> {
    let stated = passage.count_at(at)?;
    let sentence = passage.sentence(at);
    if stated.is_vague()
        || passage.has(sentence.clone(), &["each", "nor", "sofar", "x", "X", "every", "per"])
        || is_rate(passage, at)
    {
        return None;
    }
    let before = siblings(passage, sentence.start..at, stated);
    let after = siblings(passage, at + 1..sentence.end, stated);
    let open =
        (at..(at + 8).min(sentence.end)).any(|at| matches!(passage.symbol(at), ":" | "all" | "(" | "-"));
    let parts = if before.len() >= 2 {
        before
    } else if open && before.is_empty() && after.len() >= 2 {
        after
    } else if before.is_empty() && after.is_empty() {
        earlier(passage, sentence.start, stated)?
    } else {
        return None;
    };
    if some_overlap(&parts) || explained(stated, &parts) || begins_bare(passage, &parts) {
        return None;
    }
    total(stated, &parts)
}

/// "The clinic, two schools and three wells": a list whose first things have no number.
fn begins_bare(passage: &Passage, parts: &[&Amount]) -> bool {
    let first = |at: &usize| passage.count_at(*at).is_some_and(|count| std::ptr::eq(count, parts[0]));
    let Some(at) = (2..passage.atoms.len()).find(first) else { return false };
    let joined = matches!(passage.symbol(at - 1), "," | "and");
    let Item::Noun(noun) = &passage.atoms[at - 2].item else { return false };
    joined && parts[0].kind() == Some(noun.kind) && noun.kind == "place"
}

/// One number a sentence before the total's: "In Marj 12 were killed. In Sahl 8. In all 21 died."
fn earlier<'p>(passage: &'p Passage, start: usize, stated: &Amount) -> Option<Vec<&'p Amount>> {
    let mut parts = Vec::new();
    let mut end = start;
    while end > 0 {
        let sentence = passage.sentence(end - 2);
        let counts = siblings(passage, sentence.clone(), stated);
        if counts.is_empty() || passage.has(sentence.clone(), &["total", "them", "incl", "from", "P", "R"]) {
            break;
        }
        parts.splice(0..0, counts);
        end = sentence.start;
        if end < 2 {
            break;
        }
    }
    (parts.len() >= 2).then_some(parts)
}

/// Counts in a stretch that may be added up to a total of this kind.
fn siblings<'p>(passage: &'p Passage, within: Range<usize>, whole: &Amount) -> Vec<&'p Amount> {
    let mut parts = Vec::new();
    let mut inside = false;
    for at in within {
        match passage.symbol(at) {
            "incl" | "them" => inside = true,
            "," | ";" | "-" | ")" | "and" if inside => inside = false,
            "N" => {
                let part = passage.count_at(at).filter(|part| part.goes_with(whole) && !inside);
                let counts = !is_rate(passage, at);
                parts.extend(part.filter(|_| counts));
            }
            _ => {}
        }
    }
    parts
}

fn is_rate(passage: &Passage, at: usize) -> bool {
    (at + 1..at + 5)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "," | "."))
        .any(|at| passage.symbol(at) == "R")
}

/// Whether some run of the parts gives the total: then the text may mean those.
fn explained(whole: &Amount, parts: &[&Amount]) -> bool {
    (0..parts.len()).any(|from| {
        (from + 2..=parts.len())
            .any(|to| Bounds::sum(parts[from..to].iter().map(|part| part.bounds)).meets(whole.bounds))
    })
}

/// A stated total against its parts.
pub(crate) fn total(stated: &Amount, parts: &[&Amount]) -> Option<Draft> {
    let sum = Bounds::sum(parts.iter().map(|part| part.bounds));
    if sum.meets(stated.bounds) {
        return None;
    }
    let computed: f64 = parts.iter().map(|part| part.stated).filter(|n| !n.is_nan()).sum();
    let terms: Vec<String> =
        parts.iter().filter(|part| !part.is_vague()).map(|part| shown(part.stated)).collect();
    let explain = format!("{} = {}, not {}", terms.join(" + "), shown(computed), shown(stated.stated));
    let all: Vec<&Amount> = parts.iter().copied().chain([stated]).collect();
    Some(Draft::over(Kind::Sum, &all, stated.stated, computed, explain))
}

/// "12 people: 5 men, 4 women and 4 children"; "12 people, including 9 women and 5 children".
fn listed(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let whole_at = passage.place(found, "whole")?;
    let open = passage.place(found, "open")?;
    // "Three of one family, among them a boy and a woman": the one is not the whole.
    let whole = passage.count_at(whole_at).filter(|whole| whole.stated != 1.0)?;
    let loose = passage.has(whole_at + 1..open, &[",", "-", "("]) || passage.symbol(open + 1) == ":";
    if passage.symbol(open) == "them" && !loose && !passage.word(open).starts_with("بين") {
        return None; // "nine of them", «تسعة منهم»: the number is the part.
    }
    let within = open + 1..list_end(passage, open);
    let parts = siblings_in_list(passage, open, within.clone(), whole);
    if whole.is_vague()
        || parts.is_empty()
        || passage.has(within.clone(), &["each", "D", "X", "every", "per"])
    {
        return None;
    }
    if let Some(part) = parts.iter().find(|part| part.bounds.low > whole.bounds.high) {
        // "The 38 of one family, three generations, including 20 children": another number may be the whole.
        let before = passage.counts(passage.sentence(whole_at).start..whole_at);
        let other = before.iter().any(|(_, other)| other.bounds.high >= part.bounds.low);
        let joined = matches!(passage.symbol(open), "incl" | "them");
        return if joined && !other { larger(part, whole) } else { None };
    }
    if parts.len() < 2 || some_overlap(&parts) || passage.has(within.clone(), &["rest"]) {
        return None;
    }
    let exhaustive = !has_uncounted(passage, within.clone())
        && match passage.symbol(open) {
            ":" | "all" => !passage.has(within.clone(), &["incl", "them"]),
            "(" | "-" => {
                !passage.has(within.clone(), &["incl", "them", "P"])
                    && (complete(&parts) || parts.len() > 2 || placed(passage, within.clone()))
            }
            _ => complete(&parts) && parts.len() > 2 && !passage.has(within.clone(), &["nor"]),
        };
    let too_many = Bounds::sum(parts.iter().map(|part| part.bounds)).low > whole.bounds.high;
    let apart = all_disjoint(&parts) || placed(passage, within) || exhaustive;
    let explained = exhaustive && !too_many && explained(whole, &parts);
    if explained || !(exhaustive || too_many && apart) { None } else { total(whole, &parts) }
}

/// The counts of a list; what is inside a bracket or after "including" within it is not.
fn siblings_in_list<'p>(
    passage: &'p Passage,
    open: usize,
    within: Range<usize>,
    whole: &Amount,
) -> Vec<&'p Amount> {
    let some_of_them = matches!(passage.symbol(open), "incl" | "them");
    let depth_of = |at: usize| {
        let opened =
            within.clone().take_while(|here| *here < at).filter(|at| passage.symbol(*at) == "(").count();
        let closed =
            within.clone().take_while(|here| *here < at).filter(|at| passage.symbol(*at) == ")").count();
        opened.saturating_sub(closed)
    };
    let outer = within.clone().filter(|at| depth_of(*at) == 0);
    let mut parts = Vec::new();
    let mut inside = false;
    let mut last = open;
    for at in outer {
        if some_of_them && (at - last > REACH || leaves(passage, at, whole)) {
            break;
        }
        if passage.symbol(at) == "N" {
            last = at;
        }
        match passage.symbol(at) {
            "incl" | "them" => inside = true,
            "and" if passage.symbol(at.wrapping_sub(1)) == "," && !starts_part(passage, at + 1) => break,
            "," | ";" | "and" => inside = false,
            // "And 80 others were injured": no part, and nothing after it is one.
            "N" if is_apart(passage, at, whole) => break,
            "N" if !inside && passage.symbol(at.wrapping_sub(1)) != "of" => {
                let part = passage.count_at(at).filter(|part| part.goes_with(whole));
                parts.extend(part.filter(|part| !disjoint(part, whole)));
            }
            _ => {}
        }
    }
    parts
}

/// Whether what stands at a place ends a list of some of those who were counted: another harm, another number that
/// has its own "among them", another clause.
fn leaves(passage: &Passage, at: usize, whole: &Amount) -> bool {
    let harm = match &passage.atoms[at].item {
        Item::Noun(noun) => HARMS.contains(&noun.class) && whole.class() != Some(noun.class),
        _ => false,
    };
    let own = passage.symbol(at) == "N"
        && (at + 1..at + 4)
            .take_while(|at| !matches!(passage.symbol(*at), "N" | "," | "."))
            .any(|at| matches!(passage.symbol(at), "them" | "incl"));
    let other_harm = passage.count_at(at).is_some_and(|count| {
        count.nouns.iter().any(|noun| HARMS.contains(&noun.class) && whole.class() != Some(noun.class))
    });
    let clause = CLAUSES.contains(&passage.word(at)) || matches!(passage.symbol(at), "reach" | "bring");
    harm || own || other_harm || clause || passage.symbol(at) == "other"
}

/// Whether a list names somebody without a number beside one by one: "the driver, a woman and a man".
fn has_uncounted(passage: &Passage, within: Range<usize>) -> bool {
    let single = passage.counts(within.clone()).iter().any(|(_, part)| part.stated == 1.0);
    let line: Vec<usize> = within.collect();
    let mut items =
        line.split(|at| matches!(passage.symbol(*at), "," | ";" | "and")).filter(|item| !item.is_empty());
    let uncounted = |item: &[usize]| {
        passage.symbol(item[0]) == "the" && !item.iter().any(|at| matches!(passage.symbol(*at), "N" | "("))
    };
    single && items.any(uncounted)
}

/// Whether a count in a list is of others, who came to another harm: "and 80 others were injured".
fn is_apart(passage: &Passage, at: usize, whole: &Amount) -> bool {
    let harm = |at: usize| match &passage.atoms.get(at).map(|atom| &atom.item) {
        Some(Item::Noun(noun)) if HARMS.contains(&noun.class) => Some(noun.class),
        _ => None,
    };
    let others = (at + 1..at + 3).any(|at| passage.symbol(at) == "other");
    let led = at.checked_sub(1).and_then(harm).is_some_and(|class| whole.class() != Some(class));
    let joined = at.checked_sub(2).is_some_and(|at| matches!(passage.symbol(at), "and" | "," | ";"));
    others || led && joined
}

/// Whether a count, or a hedge or word before one, stands at a place: then a list goes on.
fn starts_part(passage: &Passage, at: usize) -> bool {
    (at..at + 2).any(|at| passage.symbol(at) == "N")
}

/// Where a list that opens at a place ends.
fn list_end(passage: &Passage, open: usize) -> usize {
    let sentence = passage.sentence(open).end;
    let closer = match passage.symbol(open) {
        "(" => ")",
        "-" => "-",
        _ => ";",
    };
    // "68 documents: (a) 24 reports; (b) 19 statements": the parts themselves stand between semicolons.
    let marks: Vec<usize> = (open + 1..sentence).filter(|at| passage.symbol(*at) == ";").collect();
    let one = |from: usize, to: usize| passage.counts(from..to).len() == 1;
    let divided = closer == ";"
        && marks.len() > 1
        && one(open + 1, marks[0])
        && marks.windows(2).all(|two| one(two[0], two[1]));
    let ends = |at: usize| passage.symbol(at) == closer && !divided || passage.symbol(at) == "total";
    let end = (open + 1..sentence).find(|at| ends(*at));
    end.unwrap_or(sentence)
}

/// Whether each part of a list stands in its own place or time.
fn placed(passage: &Passage, within: Range<usize>) -> bool {
    let counts: Vec<usize> = within.clone().filter(|at| passage.symbol(*at) == "N").collect();
    let ends = counts.iter().skip(1).copied().chain([within.end]);
    counts.len() > 1
        && counts.iter().zip(ends).all(|(at, end)| passage.has(at + 1..end, &["in", "min", "M", "from"]))
}

/// "Of the 30 killed, 12 were women and the remaining 17 men".
fn remainder(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let rest_at = passage.place(found, "rest")?;
    let rest = passage.count_at(rest_at)?;
    let sentence = passage.sentence(rest_at);
    let mark = passage.place(found, "mark")?;
    // «والأربعة الباقية تشترك في بئر واحدة»: the number that stands before is the remainder.
    let before = mark.wrapping_sub(if passage.symbol(mark.wrapping_sub(1)) == "n" { 2 } else { 1 });
    if mark < rest_at && passage.symbol(before) == "N" && passage.atoms[mark].word.starts_with("ال") {
        return None;
    }
    let strong = found.name("mark")?.as_str() == "rest";
    let of_share = matches!(passage.symbol(mark.wrapping_sub(1)), "of" | "min");
    if of_share && passage.has(sentence.start..mark, &["P"]) {
        return None; // "three quarters of the rest".
    }
    let start = if siblings(passage, sentence.start..rest_at, rest).len() >= 2 {
        sentence.start
    } else {
        sentence.start.checked_sub(2).map_or(0, |at| passage.sentence(at).start)
    };
    // "And 54 others were wounded": only what is said to be of a whole leaves others.
    let said_of = |at: usize| passage.has(at.saturating_sub(3)..at, &["of"]);
    let of_whole = passage.counts(start..rest_at).iter().any(|(at, _)| said_of(*at));
    let bound = of_whole || passage.symbol(start) == "min";
    let counts: Vec<&Amount> = passage
        .counts(start..rest_at)
        .into_iter()
        .map(|(_, amount)| amount)
        .filter(|amount| amount.goes_with(rest))
        .collect();
    if counts.len() < 2
        || rest.is_vague()
        || !(strong || bound)
        || passage.has(start..rest_at, &["nor", "each"])
    {
        return None;
    }
    let left = |whole: &Amount, parts: &[&Amount]| {
        whole.bounds.minus(Bounds::sum(parts.iter().map(|part| part.bounds)))
    };
    let wholes = || counts.iter().enumerate();
    let fits = wholes().any(|(at, whole)| {
        let others = counts.len() - at - 1;
        (0..=others).any(|skip| {
            (skip + 1..=others).any(|to| left(whole, &counts[at + 1 + skip..at + 1 + to]).meets(rest.bounds))
        }) || (0..at).any(|from| left(whole, &counts[from..at]).meets(rest.bounds))
    });
    // The whole may have been said earlier, and divided in another way since.
    let earlier = passage.counts(0..start);
    let fits_earlier = earlier.iter().any(|(_, whole)| {
        let mut runs = (0..counts.len()).flat_map(|from| (from + 1..=counts.len()).map(move |to| from..to));
        runs.any(|run| left(whole, &counts[run]).meets(rest.bounds))
    });
    if fits || fits_earlier {
        return None;
    }
    let whole = largest(&counts)?;
    let parts: Vec<&Amount> = counts.iter().copied().filter(|part| !std::ptr::eq(*part, whole)).collect();
    let taken: f64 = parts.iter().map(|part| part.stated).sum();
    let terms: Vec<String> = parts.iter().map(|part| shown(part.stated)).collect();
    let computed = whole.stated - taken;
    let explain = format!(
        "{} - {} = {}, not {}",
        shown(whole.stated),
        terms.join(" - "),
        shown(computed),
        shown(rest.stated)
    );
    let all: Vec<&Amount> = counts.iter().copied().chain([rest]).collect();
    Some(Draft::over(Kind::Difference, &all, rest.stated, computed, explain))
}

fn largest<'p>(counts: &[&'p Amount]) -> Option<&'p Amount> {
    counts.iter().copied().max_by(|one, two| one.stated.total_cmp(&two.stated))
}

/// "12 and 8 people were killed, bringing the toll from 40 to 62".
fn brought(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let bring = passage.place(found, "bring")?;
    let to = passage.amount(found, "to")?;
    let sentence = passage.sentence(bring);
    let mut parts = siblings(passage, sentence.start..bring, to);
    let prior = passage.amount(found, "from").or_else(|| earlier_toll(passage, bring, to));
    if to.is_vague() || parts.is_empty() {
        return None;
    }
    match prior {
        Some(prior) => {
            parts.retain(|part| !std::ptr::eq(*part, prior));
            let explains = (0..parts.len()).any(|from| {
                let more = Bounds::sum(parts[from..].iter().map(|part| part.bounds));
                prior.bounds.plus(more).meets(to.bounds)
            });
            parts.insert(0, prior);
            if explains || parts.len() < 2 { None } else { total(to, &parts) }
        }
        None => {
            let sum = Bounds::sum(parts.iter().map(|part| part.bounds));
            let open = passage.has(sentence, &["sofar"]);
            let own = parts.len() > 1 && !open && to.bounds.high <= sum.low * 1.5 && !explained(to, &parts);
            let fewer = sum.low > to.bounds.high && !some_overlap(&parts);
            if parts.len() > 1 && (own || fewer) && !some_overlap(&parts) { total(to, &parts) } else { None }
        }
    }
}

/// A toll that is said to have stood before: "from the previous 40".
fn earlier_toll<'p>(passage: &'p Passage, bring: usize, to: &Amount) -> Option<&'p Amount> {
    let start = passage.sentence(bring).start;
    let start = start.checked_sub(2).map_or(0, |at| passage.sentence(at).start);
    let prior = |at: &usize| {
        passage.has(at.saturating_sub(4)..*at, &["prior"])
            || passage.has(*at + 1..(*at + 4).min(bring), &["prior"])
    };
    (start..passage.sentence(bring).end)
        .filter(|at| passage.count_at(*at).is_some_and(|toll| toll.goes_with(to) && !std::ptr::eq(toll, to)))
        .find(prior)
        .and_then(|at| passage.count_at(at))
}
