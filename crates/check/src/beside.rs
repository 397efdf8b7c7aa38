//! What the paragraph before or after a table says that its rows and columns come to: their total, their mean.

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs, shown};
use crate::derived::{concludes, is_definite, is_slip, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Label, Role};
use crate::lexicon::{Lexicon, Unit};
use crate::passage::{Item, Passage};
use crate::tables::{column, is_far, rows_overlap, sum_of};

/// The least part of a sum that a number beside it may be and still mean the whole.
const WHOLE: f64 = 0.8;
/// How far from what a column comes to a number that names it may be and still be meant as that, as a part of it.
const SLIP: f64 = 0.25;
/// How far before a number that counts nothing its thing may stand.
const BEFORE: usize = 3;
/// The same where the words say that it is the total of columns that they name.
const NAMED: f64 = 0.5;

/// A total in the sentence that leads to a table, or that follows it, against the table.
pub(crate) fn total(passage: &Passage, grid: &Grid, leads: bool) -> Option<Draft> {
    let end = passage.atoms.len();
    let points_here = passage.symbol_before(end) == ":" || passage.has(0..end, &["label", "all", "table"]);
    if end == 0 || rows_overlap(grid) {
        return None;
    }
    let sentence = if leads { last_sentence(passage) } else { passage.sentence(0) };
    let rows = grid.rows.iter().filter(|(label, _)| label.role == Role::Part).count() as f64;
    // "In the four centres": as many as there are rows.
    let mut stated: Vec<(usize, &Amount)> = passage.counts(sentence.clone());
    let of_rows = |at: usize, count: &Amount| {
        count.stated == rows && (is_definite(passage, at) || passage.symbol_before(at) == "the")
    };
    let said = stated.len();
    stated.retain(|(at, count)| !of_rows(*at, count));
    // "All four centres: 66", «حصيلة الأسبوع كله».
    let whole = sentence.clone().any(|at| matches!(passage.word(at), "كله" | "كلها" | "كلهم"));
    let rows_named = stated.len() < said && passage.has(sentence.clone(), &[":", "reach"]);
    let total = passage.has(sentence.clone(), &["total"])
        || !leads && (whole || rows_named)
        || !leads && concludes(passage, sentence.clone());
    // "The quarter's 193 deaths include 22 shepherds": a quarter is three rows.
    let quarter =
        !leads && passage.sentence(0).take(6).any(|at| names_quarter(passage, at)) && grid.rows.len() == 3;
    // "All 183 incidents in the table below were verified by two sources".
    let in_table = |at: usize| leads && passage.has(at + 1..at + 5, &["table"]);
    let (at, stated) = match stated.as_slice() {
        [only] => *only,
        [first, ..] if quarter && first.0 < 8 || in_table(first.0) => *first,
        _ => return None,
    };
    // "575 detainees, most of whom sleep on the floor".
    let thus = !leads && concludes(passage, sentence.start..at);
    let after = (at..sentence.end).find(|at| passage.symbol(*at) == ",").filter(|_| thus);
    let clause = sentence.start..after.unwrap_or(sentence.end);
    if !(leads && points_here || total || quarter)
        || stated.is_vague()
        || passage
            .has(clause, if quarter { &["R", "from", "nor"] } else { &["P", "R", "from", "them", "nor"] })
    {
        return None;
    }
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let sums: Vec<(Bounds, f64)> = (1..width).filter_map(|at| of_column(grid, at)).collect();
    let cells = grid.rows.iter().flat_map(|(_, cells)| cells).filter_map(Cell::amount);
    let explained = sums.iter().any(|(sum, _)| sum.meets(stated.bounds))
        || stated.bounds.meets(Bounds::exactly(rows))
        || cells.filter(|cell| cell.bounds.is_exact()).any(|cell| cell.bounds.meets(stated.bounds));
    let (_, computed) = sums.first().filter(|_| sums.len() == 1 && !explained)?;
    if sum_of_kind(grid, stated).is_some_and(|sum| sum.meets(stated.bounds)) {
        return None;
    }
    if quarter && stated.stated < computed * WHOLE {
        return None; // Some of the quarter's dead.
    }
    let explain = format!("the rows come to {}, not {}", shown(*computed), shown(stated.stated));
    Some(Draft::over(Kind::Table, &[stated], stated.stated, *computed, explain))
}

/// What the rows of a number's own kind come to: "12 shops, 5 houses, 3 vans … That makes 17 buildings".
fn sum_of_kind(grid: &Grid, stated: &Amount) -> Option<Bounds> {
    let kind = stated.kind()?;
    let own = |label: &Label| label.noun.is_some_and(|noun| noun.kind == kind);
    let others = grid.rows.iter().any(|(label, _)| label.role == Role::Part && !own(label));
    let rows = grid.rows.iter().filter(|(label, _)| own(label));
    let cells: Vec<&Cell> = rows.filter_map(|(_, cells)| cells.get(1)).collect();
    sum_of(&cells).filter(|_| others).map(|(sum, _)| sum)
}

/// A mean in the paragraph after a table of one column of counts: "Mean over the four weeks: 20 attacks".
pub(crate) fn mean_beside(passage: &Passage, grid: &Grid) -> Option<Draft> {
    let sentence = passage.sentence(0);
    let rows = grid.rows.iter().filter(|(label, _)| label.role == Role::Part).count() as f64;
    // "The five villages lost 70 hectares each on average": as many as there are rows, and a number with its measure.
    let mut told: Vec<(usize, &Amount)> = sentence.clone().filter_map(|at| stated_at(passage, at)).collect();
    let said = told.len();
    told.retain(|(at, count)| {
        count.stated != rows || !(is_definite(passage, *at) || passage.symbol_before(*at) == "the")
    });
    let each = told.len() < said;
    let [(at, stated)] = told.as_slice() else { return None };
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let columns: Vec<Vec<&Cell>> = (1..width).map(|at| column(grid, at, Role::Part).collect()).collect();
    let [cells] = columns.as_slice() else { return None };
    let (sum, total) = sum_of(cells).filter(|_| cells.iter().all(|cell| matches!(cell, Cell::Count(..))))?;
    let number = cells.len() as f64;
    let slack = if stated.bounds.is_exact() { 0.5 } else { 0.0 };
    let said = Bounds::new(stated.bounds.low - slack, stated.bounds.high + slack);
    let computed = total / number;
    let far = is_far(computed, stated.stated);
    // A mean of something else has a word of its own: a day, a household.
    // "The monthly average", of rows that are months.
    let of_rows = |unit: Unit| {
        let named =
            |word: &String| Lexicon::get().unit(word.strip_prefix("ال").unwrap_or(word)) == Some(unit);
        let first = grid.columns.first().is_some_and(|column| column.words.iter().any(named));
        let parts = || grid.rows.iter().filter(|(label, _)| label.role == Role::Part);
        first || parts().all(|(label, _)| label.words.iter().any(named))
    };
    let rated = sentence.clone().any(|at| match passage.atoms[at].item {
        Item::Rate(unit) => !of_rows(unit),
        _ => false,
    });
    let other = rated
        || passage.has(sentence.clone(), &["per", "every", "cmp", "prior"])
        || !each && passage.has(sentence.clone(), &["each"]);
    let after = each && passage.has(*at..sentence.end, &["avg"]);
    if !(after || passage.has(sentence.start..*at, &["avg"]))
        || other
        || far
        || cells.len() < 3
        || sum.times(1.0 / number).meets(said)
    {
        return None;
    }
    let explain = format!("{} / {number} = {}, not {}", shown(total), shown(computed), shown(stated.stated));
    Some(Draft::over(Kind::Rate, &[stated], stated.stated, computed, explain))
}

/// A number of things, or one with its measure.
fn stated_at(passage: &Passage, at: usize) -> Option<(usize, &Amount)> {
    match &passage.atoms[at].item {
        Item::Count(number) | Item::Measured(number) => Some((at, number)),
        _ => None,
    }
}

/// "In all, 213 dwellings were levelled or burned", over columns of those levelled and of those burned: what two columns or
/// more that a sentence names come to.
pub(crate) fn columns_named_in(passage: &Passage, grid: &Grid) -> Option<Draft> {
    passage.counts(0..passage.atoms.len()).into_iter().find_map(|(at, stated)| {
        let sentence = passage.sentence(at);
        let told = |column: &usize| {
            let words = &grid.columns[*column].words;
            sentence.clone().any(|at| words.iter().any(|word| same_thing(passage.word(at), word)))
        };
        let columns: Vec<usize> = (1..grid.columns.len()).filter(told).collect();
        let sums: Vec<(Bounds, f64)> = columns.iter().filter_map(|at| of_column(grid, *at)).collect();
        let whole = Bounds::sum(sums.iter().map(|(sum, _)| *sum));
        let computed: f64 = sums.iter().map(|(_, sum)| sum).sum();
        let cells = grid.rows.iter().flat_map(|(_, cells)| cells).filter_map(Cell::amount);
        let said = cells.map(|cell| cell.bounds).chain(sums.iter().map(|(sum, _)| *sum));
        let explained = whole.meets(stated.bounds) || said.into_iter().any(|one| one.meets(stated.bounds));
        let total = passage.has(sentence.clone(), &["total"]);
        let plain = !passage.has(sentence, &["P", "R", "from", "of", "them", "nor"]);
        let near = is_slip(stated.stated, computed) && (stated.stated - computed).abs() < computed * NAMED;
        if sums.len() < 2
            || sums.len() < columns.len()
            || explained
            || !total
            || !plain
            || !near
            || stated.is_vague()
        {
            return None;
        }
        let explain = format!("the columns come to {}, not {}", shown(computed), shown(stated.stated));
        Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
    })
}

/// Whether a paragraph says that what it leads to are some of them: "The 37 attacks include:", «من أبرز ما وثقه».
pub(crate) fn leads_to_some(passage: &Passage) -> bool {
    let leads = passage.symbol_before(passage.atoms.len()) == ":";
    let last = passage.atoms.len().saturating_sub(3)..passage.atoms.len();
    leads
        && (passage.has(last, &["incl"])
            || passage.atoms.iter().any(|atom| matches!(atom.word.as_str(), "ابرز" | "notably" | "multiple")))
}

/// A number anywhere in the paragraph before a table that is larger than all of its cells and is not what they come to.
pub(crate) fn led_by(passage: &Passage, grid: &Grid) -> Option<Draft> {
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let sums: Vec<(Bounds, f64)> = (1..width).filter_map(|at| of_column(grid, at)).collect();
    let [(sum, computed)] = sums.as_slice() else { return None };
    let cells: Vec<&Amount> =
        grid.rows.iter().flat_map(|(_, cells)| cells).filter_map(Cell::amount).collect();
    let is_cell = |count: &Amount| cells.iter().any(|cell| cell.bounds.meets(count.bounds));
    let largest =
        cells.iter().filter(|cell| cell.stated < *computed).map(|cell| cell.stated).fold(0.0, f64::max);
    let counts = passage.counts(0..passage.atoms.len());
    let mut larger = counts.iter().filter(|(_, count)| count.stated > largest && !count.is_vague());
    let (at, stated) = larger.next().filter(|_| larger.next().is_none())?;
    // "19 of the 62 attacks", where 19 is a cell.
    let of_cell = passage.has(at.saturating_sub(3)..*at, &["of", "min"])
        && counts.iter().any(|(place, count)| place < at && at - place <= 4 && is_cell(count));
    let here = passage.has(0..passage.atoms.len(), &["table"]) || passage.line.ends_with(": ") || of_cell;
    let plain = !passage.has(0..*at, &["from", "nor"]) && !passage.has(*at..at + 4, &["R", "P"]);
    let all_parts = grid.rows.iter().all(|(label, _)| matches!(label.role, Role::Part | Role::Total));
    let near = stated.stated < computed * 2.0;
    if !here
        || !plain
        || !all_parts
        || !near
        || sum.meets(stated.bounds)
        || is_cell(stated)
        || rows_overlap(grid)
    {
        return None;
    }
    let explain = format!("the rows come to {}, not {}", shown(*computed), shown(stated.stated));
    Some(Draft::over(Kind::Table, &[stated], stated.stated, *computed, explain))
}

/// Numbers in a paragraph beside a table that name one of its columns, and are as far from what it comes to as a slip of
/// the pen is: "In this way the villages received 2,300 food parcels".
pub(crate) fn column_named_in(passage: &Passage, grid: &Grid) -> Vec<Draft> {
    let counts = passage.counts(0..passage.atoms.len());
    let of_count = |(at, stated): &(usize, &Amount)| {
        let mut words = vec![stated.word.as_str(), passage.word(at + 2)];
        // «وأُفرج عن 63»: what a number that counts nothing is of stands before it.
        if stated.nouns.is_empty() && stated.word.is_empty() {
            words.extend((at.saturating_sub(BEFORE)..*at).map(|at| passage.word(at)));
        }
        let names = |column: &usize| {
            let label = &grid.columns[*column].words;
            words.iter().any(|word| label.iter().any(|other| same_thing(word, other)))
        };
        let mut columns = (1..grid.columns.len()).filter(names);
        let column = columns.next().filter(|_| columns.next().is_none())?;
        let (sum, computed) = of_column(grid, column)?;
        let cells: Vec<&Amount> =
            grid.rows.iter().filter_map(|(_, cells)| cells.get(column)?.amount()).collect();
        let bounds: Vec<Bounds> = cells.iter().map(|cell| cell.bounds).collect();
        let explained = sum.meets(stated.bounds) || runs(&bounds).any(|run| run.meets(stated.bounds));
        // "In all 8,800 votes were cast".
        let sentence = passage.sentence(*at);
        let whole =
            passage.has(sentence.start..*at, &["total"]) && !passage.has(sentence, &["from", "of", "P"]);
        let slip = whole || is_slip(stated.stated, computed);
        let near = slip && (stated.stated - computed).abs() < computed * SLIP;
        if stated.is_vague() || explained || !near || rows_overlap(grid) {
            return None;
        }
        let explain = format!("the rows come to {}, not {}", shown(computed), shown(stated.stated));
        Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
    };
    counts.iter().filter_map(of_count).collect()
}

/// "The quarter's 193 deaths", «قتلى هذا الربع»; not the one before.
fn names_quarter(passage: &Passage, at: usize) -> bool {
    let word = |at: usize| passage.atoms.get(at).map_or("", |atom| atom.word.as_str());
    match word(at) {
        "quarter" => word(at + 1).is_empty() && word(at + 2) == "s",
        "الربع" => word(at.wrapping_sub(1)) == "هذا",
        "ربع" => true,
        _ => false,
    }
}

fn last_sentence(passage: &Passage) -> std::ops::Range<usize> {
    let last = passage.atoms.len() - 1;
    passage.sentence(if passage.symbol(last) == "." { last.saturating_sub(1) } else { last })
}

fn of_column(grid: &Grid, at: usize) -> Option<(Bounds, f64)> {
    let parts: Vec<&Cell> =
        column(grid, at, Role::Part).filter(|cell| !matches!(cell, Cell::Share(_))).collect();
    let has_counts = parts.iter().any(|cell| matches!(cell, Cell::Count(..)));
    let (bounds, sum) = sum_of(&parts).filter(|_| has_counts)?;
    Some((bounds, sum))
}
