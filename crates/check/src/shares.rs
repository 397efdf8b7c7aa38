//! Shares that make a hundred: "46 per cent …, 31 per cent … and the remaining 27 per cent".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::derived::is_of_an_hour;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};

/// `part of whole`, ending at the whole.
static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<part>N) (?:n |w |in |is ){0,4}(?:of|min) (?:the |total |n |w |skip |of ){0,4}(?P<whole>N) ")
});

/// Whether a share tells how much something rose or fell.
pub(crate) fn is_change(passage: &Passage, at: usize) -> bool {
    // "Dropped to a third": what is left, not by how much.
    if passage.symbol_before(at) == "to" {
        return false;
    }
    let words = ["up", "down", "gain", "loss", "more", "fewer", "diff", "changed"];
    let before = (at.saturating_sub(4)..at)
        .rev()
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ";" | "them" | "incl"));
    let after = (at + 1..at + 4)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "P" | "." | ";" | "," | ")" | "of" | "them"));
    // "By 40 % from 90 to 54"; not "skipped by 40 % of the 90 families from Homs".
    let sentence = passage.sentence(at);
    let moves = || {
        passage.has(sentence.clone(), &["up", "down", "gain", "loss"])
            || sentence.clone().any(|at| passage.symbol(at) == "from" && passage.symbol(at + 1) == "N")
    };
    // "Twice or more".
    let or_more = |at: usize| at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "or" | "او");
    before.chain(after).any(|at| words.contains(&passage.symbol(at)) && !or_more(at))
        || passage.symbol_before(at) == "by" && passage.symbol(at + 1) != "of" && moves()
}

/// Shares that must make a hundred because a remainder closes them.
pub(crate) fn remainders(passage: &Passage) -> Vec<Draft> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:(?:rest|other) (?:n |w |the |is |of |min |them |by |all |, |\( |and |skip ){0,5}(?P<rest>P)|(?P<first>P) (?:w |the ){0,2}rest) ",
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
            .filter(|at| !is_change(passage, *at) && !is_of_an_hour(passage, *at))
            .filter_map(
                |at| if let Item::Share(share) = &passage.atoms[at].item { Some(share) } else { None },
            )
            .collect()
    };
    // «ونُقل نصف الستين الآخرين وبقي نصفهم»: a share that says of how many is of nothing else.
    let of_number = |at: usize| {
        passage.symbol(at) == "P"
            && (at + 1..at + 4)
                .find(|at| !matches!(passage.symbol(*at), "of" | "min" | "the"))
                .is_some_and(|at| passage.symbol(at) == "N" && passage.symbol(at + 1) == "other")
    };
    if sentence.clone().any(of_number) {
        return None;
    }
    if is_of_an_hour(passage, rest) {
        return None;
    }
    let mut shares = shares_in(sentence.start..rest + 1);
    if shares.len() < 2 {
        shares = shares_in(passage.before(rest)..rest + 1);
    }
    if shares.len() < 2 {
        return remaining_part(passage, rest);
    }
    let sum = Bounds::sum(shares.iter().map(|share| share.bounds));
    if sum.meets(Bounds::exactly(100.0)) {
        return None;
    }
    let stated = shares.last()?.stated;
    let others: f64 = shares.iter().rev().skip(1).map(|share| share.stated).sum();
    // Shares that leave nothing are of other wholes.
    if others >= 100.0 {
        return None;
    }
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
    // "Three causes share the blame: …".
    let so_many = |(_, count): &(usize, &Amount)| count.stated == shares.len() as f64;
    let said = passage.symbol_before(open) == "all"
        || passage.counts(passage.sentence(open).start..open).iter().any(so_many)
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
fn remaining_part(passage: &Passage, rest: usize) -> Option<Draft> {
    let Item::Share(share) = &passage.atoms[rest].item else { return None };
    let found = passage
        .matches(&PART_OF)
        .filter(|found| {
            passage.place(found, "whole").is_some_and(|at| at < rest && at >= passage.before(rest))
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
