//! Columns that follow from each other in every row but one: "June + arrived - left = July".

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Role};

/// How many columns a relation may have beside the one that follows.
const TERMS: usize = 4;
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
    if columns.len() > TERMS + 1 {
        return Vec::new();
    }
    // Any column may be written as the result of the others; the last one is what a reader takes for it.
    let found = columns.iter().rev().find_map(|target| odd_row(&rows, &columns, *target));
    found.into_iter().filter_map(|(row, target, computed)| draft(grid, row, target, computed)).collect()
}

fn exact(cell: &Cell) -> Option<f64> {
    number(cell).filter(|amount| amount.bounds.is_exact()).map(|amount| amount.stated)
}

fn number(cell: &Cell) -> Option<&Amount> {
    if let Cell::Change(change) = cell { Some(change) } else { cell.amount() }
}

/// The one row in which a sum or difference of other columns is not the target, with what it comes to.
fn odd_row(rows: &[Vec<Option<f64>>], columns: &[usize], target: usize) -> Option<(usize, usize, f64)> {
    let terms: Vec<usize> = columns.iter().copied().filter(|at| *at != target).collect();
    let mut found = None;
    for way in 1..3u32.pow(terms.len() as u32) {
        let sign = |term: usize| [0.0, 1.0, -1.0][(way / 3u32.pow(term as u32) % 3) as usize];
        if (0..terms.len()).filter(|term| sign(*term) != 0.0).count() < 2 {
            continue;
        }
        // A change may be written without its sign.
        let result = |row: &[Option<f64>]| -> Option<(f64, f64)> {
            let sum = terms
                .iter()
                .enumerate()
                .filter(|(term, _)| sign(*term) != 0.0)
                .try_fold(0.0, |sum: f64, (term, at)| Some(sum + sign(term) * row[*at]?))?;
            Some((sum.abs(), row[target]?))
        };
        let results: Vec<(usize, (f64, f64))> =
            rows.iter().enumerate().filter_map(|(row, cells)| Some((row, result(cells)?))).collect();
        let telling = results.iter().filter(|(_, (sum, stated))| sum == stated && *stated > 0.0).count();
        let odd: Vec<_> = results.iter().filter(|(_, (sum, stated))| sum != stated).collect();
        match odd.as_slice() {
            [] if telling >= HOLDING => return None,
            [(row, (sum, _))] if telling >= HOLDING => found = found.or(Some((*row, target, *sum))),
            _ => {}
        }
    }
    found
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
