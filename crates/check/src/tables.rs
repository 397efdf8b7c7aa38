//! Totals of tables and lists against their rows and columns, and percentages in them.

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::classes::some_overlap;
use crate::cues::Cue;
use crate::derived::is_slip;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Label, Role};
use crate::{formulas, relations};

/// How many times a row's average and the mean of the rows above it may lie apart.
const FAR: f64 = 3.0;
/// How many times as much as a row what is told of it may be, and still be a slip.
const MORE: f64 = 1.25;

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
    drafts.extend((1..width).filter_map(|column| more_than_whole(grid, column)));
    // A slip that a total shows needs no second finding.
    if drafts.is_empty() {
        drafts = relations::check(grid);
    }
    if drafts.is_empty() { formulas::check(grid) } else { drafts }
}

/// The cells of a column in rows of a role.
pub(crate) fn column(grid: &Grid, column: usize, role: Role) -> impl Iterator<Item = &Cell> {
    grid.rows
        .iter()
        .filter(move |(label, _)| label.role == role)
        .filter_map(move |(_, cells)| cells.get(column))
}

pub(crate) fn rows_overlap(grid: &Grid) -> bool {
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

/// "Displaced: 420. Of these, in schools: 180. With relatives: 260": what the rows from "of these" on come to, which is a slip more
/// than the row above them.
fn more_than_whole(grid: &Grid, at: usize) -> Option<Draft> {
    // A list: in a table what follows a row of some is a row like the others.
    let list = grid.columns.is_empty() && grid.rows.iter().all(|(label, _)| label.role != Role::Total);
    let inside = grid.rows.iter().position(|(label, _)| label.role == Role::Inside).filter(|_| list)?;
    let whole = grid.rows.get(inside.checked_sub(1)?)?.1.get(at)?.amount()?;
    let rows =
        grid.rows[inside..].iter().take_while(|(label, _)| matches!(label.role, Role::Inside | Role::Part));
    let parts: Vec<&Cell> = rows.filter_map(|(_, cells)| cells.get(at)).collect();
    let (sum, total) = sum_of(&parts).filter(|_| parts.len() > 1)?;
    let more = sum.low > whole.bounds.high && total <= whole.stated * MORE && is_slip(total, whole.stated);
    let explain = format!("the rows of it come to {}, more than {}", shown(total), shown(whole.stated));
    let amounts: Vec<&Amount> = parts.iter().filter_map(|cell| cell.amount()).chain([whole]).collect();
    more.then(|| Draft::over(Kind::Table, &amounts, whole.stated, total, explain))
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
    if let Some(draft) = stock(grid, at, whole, rest) {
        return draft;
    }
    if left <= 0.0 || whole.bounds.minus(sum).meets(rest.bounds) || !is_slip(left, rest.stated) {
        return None;
    }
    let explain =
        format!("{} - {} = {}, not {}", shown(whole.stated), shown(total), shown(left), shown(rest.stated));
    Some(Draft::over(Kind::Table, &[rest], rest.stated, left, explain))
}

/// "In store 6,200, delivered 9,500, burned 11,350, left 4,350": what came and what went between the first row and the last,
/// where a row's name says that something came; the outer `None` where none does.
fn stock(grid: &Grid, at: usize, whole: &Amount, rest: &Amount) -> Option<Option<Draft>> {
    let between = &grid.rows[1..grid.rows.len() - 1];
    let came = |label: &Label| label.words.iter().any(|word| Cue::Came.is(word.as_str()));
    let moved: Option<Vec<(bool, &Amount)>> =
        between.iter().map(|(label, cells)| Some((came(label), cells.get(at)?.amount()?))).collect();
    let moved = moved.filter(|moved| moved.iter().any(|(came, _)| *came))?;
    let left =
        moved.iter().fold(
            whole.bounds,
            |left, (came, one)| {
                if *came { left.plus(one.bounds) } else { left.minus(one.bounds) }
            },
        );
    let near = left.low > 0.0 && is_slip(left.low, rest.stated);
    let explain = format!("{} are left, not {}", shown(left.low), shown(rest.stated));
    Some(
        (near && !left.meets(rest.bounds))
            .then(|| Draft::over(Kind::Table, &[rest], rest.stated, left.low, explain)),
    )
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

pub(crate) fn sum_of(cells: &[&Cell]) -> Option<(Bounds, f64)> {
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
    // "30%, 20%, 60%; all: 32%": what lies between the least and the greatest may be a mean.
    let parts_of_all = || parts.iter().filter_map(|cell| cell.amount()).map(|amount| amount.stated);
    let between =
        parts_of_all().any(|one| one <= stated.stated) && parts_of_all().any(|one| one >= stated.stated);
    let of_each = matches!(total, Cell::Share(_)) && (between || !(90.0..=110.0).contains(&computed));
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

/// Whether a mean is of something else: one of two numbers is many times the other.
pub(crate) fn is_far(one: f64, other: f64) -> bool {
    one > other * FAR || other > one * FAR
}
