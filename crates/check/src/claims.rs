//! What a paragraph beside a table says of its rows by name: which is the largest, how far two are apart, what share one is.
//!
//! Only tables with one column of numbers are looked at, and only sentences that name one row, or two.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::derived::{is_slip, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Role};
use crate::lexicon::{Lexicon, Statistic};
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How few rows have no largest.
const FEW: usize = 3;
/// How many times as large or small as a difference what is said of it may be.
const FAR: f64 = 3.0;

/// A row with its only number, and where a sentence names it.
struct Row<'g> {
    number: &'g Amount,
    named: usize,
}

/// What a paragraph says wrongly of the rows of a table beside it.
pub(crate) fn check(passage: &Passage, grid: &Grid) -> Vec<Draft> {
    let Some(column) = only_column(grid) else { return Vec::new() };
    let mut drafts = Vec::new();
    let mut start = 0;
    while start < passage.atoms.len() {
        let sentence = passage.sentence(start);
        let rows = named(passage, grid, column, &sentence);
        drafts.extend(match rows.as_slice() {
            [row] => extreme(passage, grid, column, &sentence, row)
                .or_else(|| share(passage, grid, column, &sentence, row)),
            [one, other] => apart(passage, &sentence, one, other),
            _ => None,
        });
        start = sentence.end + 1;
    }
    drafts
}

/// The only column of a table that holds counts.
fn only_column(grid: &Grid) -> Option<usize> {
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let counts = |at: &usize| grid.rows.iter().any(|(_, cells)| number(cells, *at).is_some());
    let mut columns = (1..width).filter(counts);
    let plain = grid.rows.iter().all(|(label, _)| matches!(label.role, Role::Part | Role::Total));
    columns.next().filter(|_| columns.next().is_none() && plain && parts(grid).count() >= FEW)
}

fn number(cells: &[Cell], at: usize) -> Option<&Amount> {
    match cells.get(at)? {
        Cell::Count(amount, _) => Some(amount),
        _ => None,
    }
}

fn parts(grid: &Grid) -> impl Iterator<Item = &Vec<Cell>> {
    grid.rows.iter().filter(|(label, _)| label.role == Role::Part).map(|(_, cells)| cells)
}

/// The rows whose names stand in a sentence, all words of them.
fn named<'g>(passage: &Passage, grid: &'g Grid, column: usize, sentence: &Range<usize>) -> Vec<Row<'g>> {
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    let place = |word: &String| {
        sentence.clone().find(|at| {
            let told = passage.word(*at);
            let own = bare(word);
            told == own || ["ب", "ل", "و"].iter().any(|prefix| told.strip_prefix(prefix) == Some(&own))
        })
    };
    let rows = grid.rows.iter().filter(|(label, _)| label.role == Role::Part);
    rows.filter_map(|(label, cells)| {
        let places: Option<Vec<usize>> = label.words.iter().map(place).collect();
        let named = places?.into_iter().min()?;
        Some(Row { number: number(cells, column)?, named })
    })
    .collect()
}

/// "The most attacks, 36, were recorded in August": the row is not the largest, or its number is another.
fn extreme(
    passage: &Passage,
    grid: &Grid,
    column: usize,
    sentence: &Range<usize>,
    row: &Row<'_>,
) -> Option<Draft> {
    let (place, statistic) = sentence.clone().find_map(|at| Some((at, superlative(passage, at)?)))?;
    let others = ["ago", "except", "other", "rest", "nor", "P", "up", "down"];
    let other = |at: usize| at != place && others.contains(&passage.symbol(at));
    let second =
        sentence.clone().any(|at| Lexicon::get().is_ordinal(passage.word(at)) || passage.word(at) == "one");
    let numbers: Vec<f64> =
        parts(grid).filter_map(|cells| number(cells, column)).map(|one| one.stated).collect();
    let computed = match statistic {
        Statistic::Greatest => numbers.iter().copied().fold(0.0, f64::max),
        Statistic::Least => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        _ => return None,
    };
    if second || sentence.clone().any(other) || !is_of_rows(passage, grid, column, place, row) {
        return None;
    }
    let what = if statistic == Statistic::Greatest { "largest" } else { "smallest" };
    if row.number.stated != computed {
        let explain = format!("the {what} number is {}, not {}", shown(computed), shown(row.number.stated));
        let points = passage.atoms[row.named].points.clone();
        return Some(Draft { points, kind: Kind::Table, stated: row.number.stated, computed, explain });
    }
    let mut counts = passage.counts(sentence.clone());
    counts.retain(|(_, count)| !count.is_vague());
    let [(_, stated)] = counts.as_slice() else { return None };
    let known =
        numbers.iter().any(|one| stated.bounds.meets(Bounds::exactly(*one))) && stated.stated != computed;
    let total: f64 = numbers.iter().sum();
    let slip = is_slip(stated.stated, computed) || known;
    if stated.bounds.meets(Bounds::exactly(computed)) || stated.bounds.meets(Bounds::exactly(total)) || !slip
    {
        return None;
    }
    let explain = format!("the {what} number is {}, not {}", shown(computed), shown(stated.stated));
    Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
}

/// Whether a superlative is of what the column counts, or is said of the row itself: "the most attacks", "Karm was the
/// deadliest"; not "in Karm the largest group were children".
fn is_of_rows(passage: &Passage, grid: &Grid, column: usize, at: usize, row: &Row<'_>) -> bool {
    let heading = grid.columns.get(column).map_or(&[][..], |label| label.words.as_slice());
    let general = |word: &str| matches!(word, "number" | "toll" | "count" | "figure" | "عدد" | "حصيله");
    let thing = |at: usize| {
        let word = passage.word(at);
        general(word) || heading.iter().any(|other| same_thing(word, other))
    };
    let is_it = row.named < at && passage.has(row.named..at, &["is"]) && !passage.has(row.named..at, &[","]);
    is_it || (at + 1..at + 4).any(thing)
}

/// What a word says of all rows: "deadliest", "the most", «أكبر عدد»; not "most of" nor «أكثر من».
fn superlative(passage: &Passage, at: usize) -> Option<Statistic> {
    let word = passage.word(at);
    let of = matches!(passage.symbol(at + 1), "of" | "min" | "them" | "than" | "the");
    match word {
        "most" | "اكثر" if !of && passage.count_at(at).is_none() => Some(Statistic::Greatest),
        _ => Lexicon::get().statistic(word).filter(|_| passage.symbol(at + 1) != "min"),
    }
}

/// "Karm accounts for 45 per cent of the dead".
fn share(
    passage: &Passage,
    grid: &Grid,
    column: usize,
    sentence: &Range<usize>,
    row: &Row<'_>,
) -> Option<Draft> {
    let shares: Vec<(usize, &Amount)> = sentence
        .clone()
        .filter_map(
            |at| if let Item::Share(share) = &passage.atoms[at].item { Some((at, share)) } else { None },
        )
        .collect();
    let [(at, share)] = shares.as_slice() else { return None };
    let total = Bounds::sum(parts(grid).filter_map(|cells| number(cells, column)).map(|one| one.bounds));
    let tied = passage.has(at.saturating_sub(3)..*at, &["is"]) && passage.has(at + 1..at + 3, &["of", "min"]);
    let alone = passage.counts(sentence.clone()).is_empty() && !is_change(passage, *at);
    let computed = row.number.bounds.over(total).times(100.0);
    if !tied || !alone || computed.meets(share.bounds) {
        return None;
    }
    let explain = format!(
        "{} of {} is {} %, not {} %",
        shown(row.number.stated),
        shown(total.low),
        shown(computed.low),
        shown(share.stated)
    );
    Some(Draft::over(Kind::Percentage, &[share], share.stated, computed.low, explain))
}

/// "Karm lost 23 houses more than Sahl".
fn apart(passage: &Passage, sentence: &Range<usize>, one: &Row<'_>, other: &Row<'_>) -> Option<Draft> {
    let counts = passage.counts(sentence.clone());
    let [(at, stated)] = counts.as_slice() else { return None };
    let by = passage.has(at.saturating_sub(3).max(sentence.start)..*at, &["by", "diff"])
        || passage.has(at + 1..at + 4, &["more", "fewer"]);
    let apart = (one.number.stated - other.number.stated).abs();
    let cells = [one, other].iter().any(|row| row.number.stated == stated.stated);
    let near = stated.stated < apart * FAR && apart < stated.stated * FAR;
    if !by || cells || !near || stated.is_vague() || stated.bounds.meets(Bounds::exactly(apart)) {
        return None;
    }
    let (high, low) =
        (one.number.stated.max(other.number.stated), one.number.stated.min(other.number.stated));
    let explain =
        format!("{} - {} = {}, not {}", shown(high), shown(low), shown(apart), shown(stated.stated));
    Some(Draft::over(Kind::Difference, &[stated], stated.stated, apart, explain))
}
