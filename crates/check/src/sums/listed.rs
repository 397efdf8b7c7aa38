//! A whole and the list that it is made of: "12 people: 5 men, 4 women and 3 children".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{explained, larger, total};
use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::classes::{all_disjoint, complete, disjoint, some_overlap};
use crate::draft::Draft;
use crate::passage::{Item, Passage, pattern};

/// A whole and the list that it is made of.
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<whole>N) (?:n |w |in |M |T |t |the |is |of |total |, |skip |by |min |to |dayname |later |\) ){0,14}?(?P<open>: |\( |all |- |incl |them )",
    )
});

/// What somebody comes to who is counted.
const HARMS: [&str; 4] = ["killed", "injured", "missing", "detained"];

/// How many symbols may lie between one part of a list and the next.
const REACH: usize = 8;
/// Words that begin another clause.
const CLAUSES: [&str; 8] = ["while", "whereas", "another", "بينما", "فيما", "كما", "بالاضافه", "اضافه"];

/// Findings about wholes and their lists.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage.matches(&LISTED).filter_map(|found| listed(passage, &found)).collect()
}

/// "12 people: 5 men, 4 women and 4 children"; "12 people, including 9 women and 5 children".
fn listed(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let whole_at = passage.place(found, "whole")?;
    let open = passage.place(found, "open")?;
    // "Three of one family, among them a boy and a woman": the one is not the whole.
    let mut whole = passage.count_at(whole_at).filter(|whole| whole.stated != 1.0)?;
    let loose = passage.has(whole_at + 1..open, &[",", "-", "("]) || passage.symbol(open + 1) == ":";
    if passage.symbol(open) == "them" && !loose && !passage.word(open).starts_with("بين") {
        return None; // "nine of them", «تسعة منهم»: the number is the part.
    }
    let within = open + 1..list_end(passage, open);
    let mut parts = siblings_in_list(passage, open, within.clone(), whole);
    // "Twenty-three captives in three groups: six, nine and seven": as many parts as groups.
    let before = passage.counts(passage.sentence(whole_at).start..whole_at);
    if let (true, Some((_, of_all))) = (whole.stated == parts.len() as f64, before.last())
        && passage.symbol(open) == ":"
    {
        whole = of_all;
        parts = siblings_in_list(passage, open, within.clone(), whole);
    }
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
