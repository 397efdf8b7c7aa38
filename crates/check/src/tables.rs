//! Totals of tables and lists against their rows and columns, percentages in them, and the prose beside them.

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs, shown};
use crate::classes::some_overlap;
use crate::derived::{concludes, is_definite, is_slip, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Label, Role};
use crate::passage::Passage;
use crate::{formulas, relations};

/// The least part of a sum that a number beside it may be and still mean the whole.
const WHOLE: f64 = 0.8;
/// How far from what a column comes to a number that names it may be and still be meant as that, as a part of it.
const SLIP: f64 = 0.25;

/// How many times a row's average and the mean of the rows above it may lie apart.
const FAR: f64 = 3.0;
/// Findings within a table.
pub(crate) fn check(grid: &Grid) -> Vec<Draft> {
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut drafts: Vec<Draft> = (0..width)
        .filter(|column| !relations::is_ratio(grid, *column))
        .flat_map(|column| column_totals(grid, column))
        .collect();
    drafts.extend((0..width).flat_map(|column| row_totals(grid, column)));
    drafts.extend((1..width).flat_map(|column| column_means(grid, column)));
    drafts.extend((0..width).flat_map(|column| share_column(grid, column)));
    drafts.extend((1..width).filter_map(|column| left_over(grid, column)));
    // A slip that a total shows needs no second finding.
    if drafts.is_empty() {
        drafts = relations::check(grid);
    }
    if drafts.is_empty() { formulas::check(grid) } else { drafts }
}

/// The cells of a column in rows of a role.
fn column(grid: &Grid, column: usize, role: Role) -> impl Iterator<Item = &Cell> {
    grid.rows
        .iter()
        .filter(move |(label, _)| label.role == role)
        .filter_map(move |(_, cells)| cells.get(column))
}

fn rows_overlap(grid: &Grid) -> bool {
    let nouns: Vec<Amount> = grid
        .rows
        .iter()
        .filter(|(label, _)| label.role == Role::Part)
        .map(|(label, _)| named(label.noun))
        .collect();
    some_overlap(&nouns.iter().collect::<Vec<_>>())
}

/// An amount that only carries a label's class, for comparing classes.
fn named(noun: Option<crate::lexicon::Noun>) -> Amount {
    Amount {
        stated: 0.0,
        bounds: Bounds::exactly(0.0),
        nouns: noun.into_iter().collect(),
        word: String::new(),
        points: 0..0,
    }
}

/// Each total of a column against the rows since the total before it, all rows, or the subtotals.
fn column_totals(grid: &Grid, at: usize) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let (mut since, mut all, mut subtotals): (Vec<&Cell>, Vec<&Cell>, Vec<&Cell>) = Default::default();
    if rows_overlap(grid) {
        return drafts;
    }
    // A total may stand above its rows.
    let first_is_total = grid.rows.first().is_some_and(|(label, _)| label.role == Role::Total);
    if first_is_total {
        let parts: Vec<&Cell> = column(grid, at, Role::Part).collect();
        let total = grid.rows[0].1.get(at);
        return total.and_then(|total| against(total, &parts, &[])).into_iter().collect();
    }
    for (label, cells) in &grid.rows {
        let Some(cell) = cells.get(at) else { continue };
        match label.role {
            Role::Part => {
                since.push(cell);
                all.push(cell);
            }
            Role::Total => {
                let last = if since.is_empty() { &all } else { &since };
                let with_subtotals: Vec<&Cell> = subtotals.iter().chain(&since).copied().collect();
                drafts.extend(against(cell, last, &[&all, &subtotals, &with_subtotals]));
                subtotals.push(cell);
                since.clear();
            }
            Role::Inside | Role::Other => {}
        }
    }
    drafts
}

/// "Grant 9,000, roof 3,400, water 1,900, left over 3,700": the last row against what the others leave of the first.
fn left_over(grid: &Grid, at: usize) -> Option<Draft> {
    let ((label, last), before) = grid.rows.split_last()?;
    let ((_, first), parts) = before.split_first()?;
    let plain = grid.rows.iter().all(|(label, _)| label.role == Role::Part);
    let (Cell::Count(whole, None), Cell::Count(rest, None)) = (first.get(at)?, last.get(at)?) else {
        return None;
    };
    let cells: Vec<&Cell> = parts.iter().filter_map(|(_, cells)| cells.get(at)).collect();
    let (sum, total) = sum_of(&cells).filter(|_| plain && label.is_rest())?;
    let left = whole.stated - total;
    if left <= 0.0 || whole.bounds.minus(sum).meets(rest.bounds) || !is_slip(left, rest.stated) {
        return None;
    }
    let explain =
        format!("{} - {} = {}, not {}", shown(whole.stated), shown(total), shown(left), shown(rest.stated));
    Some(Draft::over(Kind::Table, &[rest], rest.stated, left, explain))
}

/// A row that is called an average against the rows above it.
fn column_means(grid: &Grid, at: usize) -> Option<Draft> {
    let place = grid.rows.iter().position(|(label, _)| label.is_mean())?;
    let Cell::Count(stated, _) = grid.rows[place].1.get(at)? else { return None };
    let rows = grid.rows[..place].iter().filter(|(label, _)| label.role == Role::Part);
    let cells: Vec<&Cell> = rows.filter_map(|(_, cells)| cells.get(at)).collect();
    if cells.iter().any(|cell| !matches!(cell, Cell::Count(..))) {
        return None;
    }
    let (sum, total) = sum_of(&cells)?;
    let number = cells.len() as f64;
    let slack = if stated.bounds.is_exact() { 0.5 } else { 0.0 };
    let said = Bounds::new(stated.bounds.low - slack, stated.bounds.high + slack);
    let computed = total / number;
    // "Daily average" under months, "average age": so far apart that it is the mean of something else.
    let far = is_far(computed, stated.stated);
    if far || sum.times(1.0 / number).meets(said) {
        return None;
    }
    let explain = format!(
        "{} in {} rows is {} each, not {}",
        shown(total),
        shown(number),
        shown(computed),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
}

fn sum_of(cells: &[&Cell]) -> Option<(Bounds, f64)> {
    let known: Vec<&Amount> = cells.iter().filter_map(|cell| cell.amount()).collect();
    let bounds = Bounds::sum(cells.iter().filter_map(|cell| cell.bounds()));
    (known.len() > 1).then(|| (bounds, known.iter().map(|amount| amount.stated).sum()))
}

/// A total's cell against its parts; other sets of parts would explain it as well.
fn against(total: &Cell, parts: &[&Cell], others: &[&Vec<&Cell>]) -> Option<Draft> {
    let stated = total.amount()?;
    let same = |cell: &&&Cell| {
        matches!(
            (*cell, total),
            (Cell::Share(_), Cell::Share(_)) | (Cell::Count(..), Cell::Count(..)) | (Cell::Unknown, _)
        )
    };
    let parts: Vec<&Cell> = parts.iter().filter(same).copied().collect();
    let (bounds, computed) = sum_of(&parts)?;
    let explained = others.iter().any(|cells| sum_of(cells).is_some_and(|(sum, _)| sum.meets(stated.bounds)));
    // A share of all is no sum of shares, unless they share out one whole.
    let of_each = matches!(total, Cell::Share(_)) && !(90.0..=110.0).contains(&computed);
    if bounds.meets(stated.bounds) || explained || of_each {
        return None;
    }
    let known: Vec<&Amount> = parts.iter().filter_map(|cell| cell.amount()).collect();
    let terms: Vec<String> = known.iter().map(|amount| shown(amount.stated)).collect();
    let explain = format!("{} = {}, not {}", terms.join(" + "), shown(computed), shown(stated.stated));
    Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
}

/// A column of totals against the columns beside it, where the table shows that it is their sum.
fn row_totals(grid: &Grid, at: usize) -> Vec<Draft> {
    if grid.columns.get(at).is_none_or(|label| label.role != Role::Total) {
        return Vec::new();
    }
    let parts: Vec<usize> = (1..grid.columns.len())
        .filter(|column| *column != at && grid.columns[*column].role == Role::Part)
        .collect();
    let nouns: Vec<Amount> = parts.iter().map(|column| named(grid.columns[*column].noun)).collect();
    if parts.len() < 2 || some_overlap(&nouns.iter().collect::<Vec<_>>()) {
        return Vec::new();
    }
    let of_row = |cells: &[Cell]| -> Option<Option<Draft>> {
        let total = cells.get(at)?;
        let parts: Vec<&Cell> = parts.iter().filter_map(|column| cells.get(*column)).collect();
        total.amount()?;
        sum_of(
            &parts
                .iter()
                .filter(|cell| matches!(cell, Cell::Count(..) | Cell::Unknown))
                .copied()
                .collect::<Vec<_>>(),
        )?;
        Some(against(total, &parts, &[]))
    };
    // What a note adds to one row is in the totals below it too.
    let noted = grid.rows.iter().any(|(_, cells)| matches!(cells.get(at), Some(Cell::Unknown)));
    let counted = grid.rows.iter().filter(|(label, _)| !(noted && label.role == Role::Total));
    let rows: Vec<Option<Draft>> = counted.filter_map(|(_, cells)| of_row(cells)).collect();
    let wrong = rows.iter().flatten().count();
    if wrong * 2 <= rows.len() { rows.into_iter().flatten().collect() } else { Vec::new() }
}

/// Shares in a column, or beside counts, against the total of the counts.
fn share_column(grid: &Grid, at: usize) -> Vec<Draft> {
    let shares: Vec<(usize, &Amount)> = grid
        .rows
        .iter()
        .enumerate()
        .filter(|(_, (label, _))| matches!(label.role, Role::Part | Role::Inside))
        .filter_map(|(row, (_, cells))| match cells.get(at)? {
            Cell::Share(share) | Cell::Count(_, Some(share)) => Some((row, share)),
            _ => None,
        })
        .collect();
    if shares.len() < 2 {
        return Vec::new();
    }
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let best = (0..width)
        .filter_map(|counts| {
            let whole = whole_of(grid, counts)?;
            let drafts: Vec<Draft> = shares
                .iter()
                .filter_map(|(row, share)| cell_share(grid, *row, counts, &whole, share))
                .collect();
            let counted = shares.iter().filter(|(row, _)| count(grid, *row, counts).is_some()).count();
            (counted == shares.len()).then_some(drafts)
        })
        .min_by_key(Vec::len)
        .unwrap_or_default();
    if best.len() * 2 <= shares.len() { best } else { Vec::new() }
}

fn count(grid: &Grid, row: usize, column: usize) -> Option<&Amount> {
    match grid.rows[row].1.get(column)? {
        Cell::Count(amount, _) => Some(amount),
        _ => None,
    }
}

/// The total of a column of counts: as stated, else as computed.
fn whole_of(grid: &Grid, at: usize) -> Option<Amount> {
    let stated = column(grid, at, Role::Total).filter_map(|cell| match cell {
        Cell::Count(amount, _) => Some(amount.clone()),
        _ => None,
    });
    stated.last().or_else(|| {
        let parts: Vec<&Cell> = column(grid, at, Role::Part).collect();
        let (bounds, sum) = sum_of(&parts)?;
        Some(Amount { stated: sum, bounds, nouns: Vec::new(), word: String::new(), points: 0..0 })
    })
}

fn cell_share(grid: &Grid, row: usize, column: usize, whole: &Amount, share: &Amount) -> Option<Draft> {
    let part = count(grid, row, column)?;
    let computed = part.bounds.over(whole.bounds).times(100.0);
    if whole.stated <= 0.0 || computed.meets(share.bounds) {
        return None;
    }
    Some(Draft::share_of(part, whole, share))
}

/// A total in the sentence that leads to a table, or that follows it, against the table.
pub(crate) fn beside(passage: &Passage, grid: &Grid, leads: bool) -> Option<Draft> {
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
    let sums: Vec<(Bounds, f64, bool)> = (1..width).filter_map(|at| of_column(grid, at)).collect();
    let cells = grid.rows.iter().flat_map(|(_, cells)| cells).filter_map(Cell::amount);
    let explained = sums.iter().any(|(sum, _, _)| sum.meets(stated.bounds))
        || stated.bounds.meets(Bounds::exactly(rows))
        || cells.filter(|cell| cell.bounds.is_exact()).any(|cell| cell.bounds.meets(stated.bounds));
    let (_, computed, _) = sums.first().filter(|_| sums.len() == 1 && !explained)?;
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

/// Whether a mean is of something else: one of two numbers is many times the other.
fn is_far(one: f64, other: f64) -> bool {
    one > other * FAR || other > one * FAR
}

/// A mean in the paragraph after a table of one column of counts: "Mean over the four weeks: 20 attacks".
pub(crate) fn mean_beside(passage: &Passage, grid: &Grid) -> Option<Draft> {
    let sentence = passage.sentence(0);
    let counts = passage.counts(sentence.clone());
    let [(at, stated)] = counts.as_slice() else { return None };
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
    let other = passage.has(sentence.clone(), &["R", "per", "every", "each", "cmp", "prior"]);
    if !passage.has(sentence.start..*at, &["avg"])
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
    let sums: Vec<(Bounds, f64, bool)> = (1..width).filter_map(|at| of_column(grid, at)).collect();
    let [(sum, computed, _)] = sums.as_slice() else { return None };
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
        let words = [stated.word.as_str(), passage.word(at + 2)];
        let names = |column: &usize| {
            let label = &grid.columns[*column].words;
            words.iter().any(|word| label.iter().any(|other| same_thing(word, other)))
        };
        let mut columns = (1..grid.columns.len()).filter(names);
        let column = columns.next().filter(|_| columns.next().is_none())?;
        let (sum, computed, _) = of_column(grid, column)?;
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

fn of_column(grid: &Grid, at: usize) -> Option<(Bounds, f64, bool)> {
    let parts: Vec<&Cell> =
        column(grid, at, Role::Part).filter(|cell| !matches!(cell, Cell::Share(_))).collect();
    let has_counts = parts.iter().any(|cell| matches!(cell, Cell::Count(..)));
    let (bounds, sum) = sum_of(&parts).filter(|_| has_counts)?;
    Some((bounds, sum, true))
}
