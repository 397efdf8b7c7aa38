//! Columns that follow from each other in every row but one: "June + arrived - left = July".

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Role};

/// How many columns a relation may have beside the one that follows.
const TERMS: usize = 4;
/// How wide a number is that is told to a tenth.
const TENTH: f64 = 0.1 + 1e-9;
/// How many rows must hold before another one can be wrong.
const HOLDING: usize = 2;

/// The row in which a column does not follow as in all others.
pub(crate) fn check(grid: &Grid) -> Vec<Draft> {
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let rows: Vec<Vec<Option<f64>>> = grid
        .rows
        .iter()
        .filter(|(label, _)| matches!(label.role, Role::Part | Role::Inside))
        .map(|(_, cells)| (0..width).map(|at| exact(cells.get(at)?)).collect())
        .collect();
    let columns: Vec<usize> =
        (1..width).filter(|at| rows.iter().filter(|row| row[*at].is_some()).count() > HOLDING).collect();
    let shares = (1..width)
        .find_map(|at| odd_share(grid, at).or_else(|| odd_step(grid, at)).or_else(|| odd_running(grid, at)))
        .into_iter();
    // Any column may be written as the result of the others; the last one is what a reader takes for it.
    let found = columns
        .iter()
        .rev()
        .map(|target| odd_row(&rows, &columns, *target, is_change(grid, *target)))
        .collect::<Result<Vec<_>, Holds>>();
    let found = found.ok().and_then(|odd| odd.into_iter().flatten().next());
    found
        .into_iter()
        .filter_map(|(row, target, computed)| draft(grid, row, target, computed))
        .chain(shares)
        .collect()
}

/// Whether a column is one column over another in every row: "per day", whose total row is no sum.
pub(crate) fn is_ratio(grid: &Grid, at: usize) -> bool {
    let rows =
        || grid.rows.iter().map(|(_, cells)| cells).filter(|cells| cells.get(at).and_then(number).is_some());
    let width = rows().map(Vec::len).max().unwrap_or(0);
    let holds = |cells: &Vec<Cell>, one: usize, other: usize| {
        let value = |at: usize| cells.get(at).and_then(number);
        let (Some(one), Some(other), Some(stated)) = (value(one), value(other), value(at)) else {
            return false;
        };
        let half = if stated.bounds.is_exact() { 0.5 } else { 0.0 };
        let said = Bounds::new(stated.bounds.low - half, stated.bounds.high + half);
        other.stated > 0.0 && one.bounds.over(other.bounds).meets(said)
    };
    let mut pairs = (1..width).flat_map(|one| (1..width).map(move |other| (one, other)));
    rows().count() > HOLDING
        && pairs.any(|(one, other)| {
            one != other && one != at && other != at && rows().all(|cells| holds(cells, one, other))
        })
}

/// A column that tells how much there was up to each row, in every row but one: "850, so far 2,050".
fn odd_running(grid: &Grid, target: usize) -> Option<Draft> {
    let rows: Vec<&Vec<Cell>> =
        grid.rows.iter().filter(|(label, _)| label.role == Role::Part).map(|(_, cells)| cells).collect();
    let width = rows.iter().map(|cells| cells.len()).max()?;
    let value =
        |cells: &Vec<Cell>, at: usize| cells.get(at).and_then(Cell::amount).map(|amount| amount.bounds);
    for at in (1..width).filter(|at| *at != target) {
        let steps: Option<Vec<(Bounds, Bounds)>> = rows
            .windows(2)
            .map(|two| Some((value(two[0], target)?.plus(value(two[1], at)?), value(two[1], target)?)))
            .collect();
        // In the first row there is as much as came.
        let starts =
            rows.first().and_then(|row| Some(value(row, target)? == value(row, at)?)).unwrap_or(false);
        let rises = rows.windows(2).all(|two| {
            value(two[0], target).zip(value(two[1], target)).is_some_and(|(from, to)| from.low <= to.low)
        });
        let enough = |steps: &Vec<(Bounds, Bounds)>| rises && steps.len() + usize::from(starts) > HOLDING;
        let Some(steps) = steps.filter(enough) else { continue };
        let odd: Vec<usize> = (0..steps.len()).filter(|step| !steps[*step].0.meets(steps[*step].1)).collect();
        let [step] = odd.as_slice() else { continue };
        let stated = rows[step + 1].get(target).and_then(Cell::amount)?;
        let computed = steps[*step].0.low;
        let explain = format!(
            "as in the other rows, the rows so far come to {} here, not {}",
            shown(computed),
            shown(stated.stated)
        );
        let amounts: Vec<&Amount> = number(&rows[step + 1][at]).into_iter().chain([stated]).collect();
        return Some(Draft::over(Kind::Table, &amounts, stated.stated, computed, explain));
    }
    None
}

/// A column of shares that one column is of another, or by which it changed, in every row but one.
fn odd_share(grid: &Grid, target: usize) -> Option<Draft> {
    let rows: Vec<&Vec<Cell>> =
        grid.rows.iter().map(|(_, cells)| cells).filter(|cells| share_at(cells, target).is_some()).collect();
    let width = rows.iter().map(|cells| cells.len()).max()?;
    if width > TERMS + 2 {
        return None;
    }
    let ways: [fn(Bounds, Bounds) -> Bounds; 2] = [
        |from, to| to.over(from),
        |from, to| if to.low < from.low { from.minus(to).over(from) } else { to.minus(from).over(from) },
    ];
    let mut found = None;
    for (from, to) in (1..width).flat_map(|from| (1..width).map(move |to| (from, to))).filter(|(a, b)| a != b)
    {
        for way in ways {
            let computed = |cells: &Vec<Cell>| -> Option<(Bounds, bool)> {
                let share = share_at(cells, target)?;
                let (Some(Cell::Count(from, _)), Some(Cell::Count(to, _))) = (cells.get(from), cells.get(to))
                else {
                    return None;
                };
                let value = way(from.bounds, to.bounds).times(100.0);
                Some((value, from.stated > 0.0 && value.meets(share.bounds)))
            };
            let results: Option<Vec<(Bounds, bool)>> = rows.iter().map(|cells| computed(cells)).collect();
            let Some(results) = results else { continue };
            let odd: Vec<usize> = (0..rows.len()).filter(|row| !results[*row].1).collect();
            match odd.as_slice() {
                [] => return None,
                [row] if rows.len() > HOLDING => found = found.or(Some((*row, results[*row].0))),
                _ => {}
            }
        }
    }
    let (row, value) = found?;
    let stated = share_at(rows[row], target)?;
    let computed = (value.low + value.high) / 2.0;
    let explain = format!(
        "as in the other rows, the other columns give {} % here, not {} %",
        shown(computed),
        shown(stated.stated)
    );
    let amounts: Vec<_> = rows[row].iter().filter_map(number).chain([stated]).collect();
    Some(Draft::over(Kind::Percentage, &amounts, stated.stated, computed, explain))
}

/// A column that tells how each row differs from the row above it, in every row but one.
fn odd_step(grid: &Grid, target: usize) -> Option<Draft> {
    let parts = grid.rows.iter().filter(|(label, _)| label.role == Role::Part);
    let rows: Vec<&Vec<Cell>> = parts.map(|(_, cells)| cells).collect();
    let width = rows.iter().map(|cells| cells.len()).max()?;
    let step = |two: &[&Vec<Cell>], at: usize| {
        let (from, to) = (two[0].get(at)?.amount()?.bounds, two[1].get(at)?.amount()?.bounds);
        let apart = if to.low < from.low { from.minus(to) } else { to.minus(from) };
        Some(match two[1].get(target)? {
            Cell::Change(_) => apart,
            // Of nothing no row is a share.
            Cell::Share(_) | Cell::ChangedShare(_) => {
                (from.low > 0.0).then(|| apart.over(from).times(100.0))?
            }
            _ => return None,
        })
    };
    let mut found = None;
    for at in (1..width).filter(|at| *at != target) {
        let steps: Vec<(usize, Bounds)> =
            rows.windows(2).enumerate().filter_map(|(row, two)| Some((row + 1, step(two, at)?))).collect();
        let is_odd = |(row, step): &&(usize, Bounds)| {
            stated_at(rows[*row], target).is_some_and(|stated| !step.meets(stated.bounds))
        };
        match steps.iter().filter(is_odd).collect::<Vec<_>>().as_slice() {
            [] if steps.len() >= HOLDING => return None,
            [odd] if steps.len() > HOLDING => found = found.or(Some((at, **odd))),
            _ => {}
        }
    }
    let (at, (row, step)) = found?;
    let stated = stated_at(rows[row], target)?;
    let computed = (step.low + step.high) / 2.0;
    let explain = format!(
        "as in the other rows, the row above gives {} here, not {}",
        shown(computed),
        shown(stated.stated)
    );
    let amounts: Vec<&Amount> = number(&rows[row][at]).into_iter().chain([stated]).collect();
    Some(Draft::over(Kind::Table, &amounts, stated.stated, computed, explain))
}

/// A number without a hedge; one with a point may be rounded by a tenth.
fn exact(cell: &Cell) -> Option<f64> {
    let plain = |amount: &&Amount| amount.bounds.high - amount.bounds.low <= TENTH;
    number(cell).filter(plain).map(|amount| amount.stated)
}

/// Whether a sum is a number, or is off by no more than rounding of numbers with a point makes it.
fn is_same(sum: f64, stated: f64) -> bool {
    let slack = if stated.fract() == 0.0 && sum.fract() == 0.0 { 0.0 } else { TENTH * 1.5 };
    (sum - stated).abs() <= slack
}

fn number(cell: &Cell) -> Option<&Amount> {
    if let Cell::Change(change) = cell { Some(change) } else { cell.amount() }
}

fn stated_at(cells: &[Cell], at: usize) -> Option<&Amount> {
    cells.get(at).and_then(number).or_else(|| share_at(cells, at))
}

fn share_at(cells: &[Cell], at: usize) -> Option<&Amount> {
    match cells.get(at)? {
        Cell::Share(share) | Cell::ChangedShare(share) => Some(share),
        _ => None,
    }
}

fn is_change(grid: &Grid, at: usize) -> bool {
    grid.rows.iter().any(|(_, cells)| matches!(cells.get(at), Some(Cell::Change(_))))
}

/// Some columns follow from each other in every row: there is nothing to find.
struct Holds;

/// The one row in which a sum or difference of other columns is not the target, with what it comes to.
fn odd_row(
    rows: &[Vec<Option<f64>>],
    columns: &[usize],
    target: usize,
    unsigned: bool,
) -> Result<Option<(usize, usize, f64)>, Holds> {
    if columns.len() > TERMS + 1 {
        return Ok(None);
    }
    let terms: Vec<usize> = columns.iter().copied().filter(|at| *at != target).collect();
    let mut found = None;
    for way in 1..3u32.pow(terms.len() as u32) {
        let sign = |term: usize| [0.0, 1.0, -1.0][(way / 3u32.pow(term as u32) % 3) as usize];
        if (0..terms.len()).filter(|term| sign(*term) != 0.0).count() < 2 {
            continue;
        }
        // Of a change only its size is kept.
        let result = |row: &[Option<f64>]| -> Option<(f64, f64)> {
            let sum = terms
                .iter()
                .enumerate()
                .filter(|(term, _)| sign(*term) != 0.0)
                .try_fold(0.0, |sum: f64, (term, at)| Some(sum + sign(term) * row[*at]?))?;
            Some((if unsigned { sum.abs() } else { sum }, row[target]?))
        };
        let results: Vec<(usize, (f64, f64))> =
            rows.iter().enumerate().filter_map(|(row, cells)| Some((row, result(cells)?))).collect();
        let telling =
            results.iter().filter(|(_, (sum, stated))| is_same(*sum, *stated) && *stated > 0.0).count();
        let odd: Vec<_> = results.iter().filter(|(_, (sum, stated))| !is_same(*sum, *stated)).collect();
        match odd.as_slice() {
            [] if telling >= HOLDING => return Err(Holds),
            [(row, (sum, _))] if telling >= HOLDING => found = found.or(Some((*row, target, *sum))),
            _ => {}
        }
    }
    Ok(found)
}

fn draft(grid: &Grid, row: usize, target: usize, computed: f64) -> Option<Draft> {
    let rows = grid.rows.iter().filter(|(label, _)| matches!(label.role, Role::Part | Role::Inside));
    let (_, cells) = rows.into_iter().nth(row)?;
    let stated = number(cells.get(target)?)?;
    let explain = format!(
        "as in the other rows, the other columns give {} here, not {}",
        shown(computed),
        shown(stated.stated)
    );
    let amounts: Vec<_> = cells.iter().filter_map(number).collect();
    Some(Draft::over(Kind::Table, &amounts, stated.stated, computed, explain))
}

#[cfg(test)]
mod tests {
    use crate::check;

    fn explains(rows: &str) -> Vec<String> {
        let text = format!("| Camp | June | July | Change |\n|---|---|---|---|\n{rows}");
        check(&text).into_iter().map(|finding| finding.explain).collect()
    }

    #[test]
    fn a_change_that_is_unlike_the_others() {
        let right = "| A | 12 | 19 | +7 |\n| B | 8 | 5 | -3 |\n| C | 15 | 31 | +16 |\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("+16", "+14");
        assert_eq!(explains(&wrong), ["as in the other rows, the other columns give 16 here, not 14"]);
    }

    #[test]
    fn a_change_from_the_row_above() {
        let right = "| Q1 | 120 | – |\n| Q2 | 150 | +25% |\n| Q3 | 90 | −40% |\n| Q4 | 117 | +30% |\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("+30%", "+23%");
        assert_eq!(explains(&wrong), ["as in the other rows, the row above gives 30 here, not 23"]);
    }

    #[test]
    fn a_share_of_change_that_is_unlike_the_others() {
        let right = "| A | 200 | 250 | 25% |\n| B | 80 | 60 | 25% |\n| C | 150 | 180 | 20% |\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("20%", "30%");
        assert_eq!(explains(&wrong), ["as in the other rows, the other columns give 20 % here, not 30 %"]);
    }
}
