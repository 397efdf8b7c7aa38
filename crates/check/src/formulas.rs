//! Columns that are a product, a quotient, a mean or a time between two others in every row but one: "units × price =
//! amount", "pupils per teacher", "from, to, minutes".
//!
//! Two rows at least must hold; where three columns follow from each other in some way in all rows, nothing is said of them.

use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Label, Role};
use crate::lexicon::Unit;

/// How many columns a table may have, its labels among them.
const WIDE: usize = 8;
/// How many rows must hold before another one can be wrong.
const HOLDING: usize = 2;
/// The least product, and the least quotient, that is no chance.
const PRODUCT: f64 = 20.0;
const QUOTIENT: f64 = 2.0;
/// How many of what a quotient is told in one of its first number may be: litres of a cubic metre, deaths per 10,000.
const SCALES: [f64; 4] = [1.0, 1000.0, 10_000.0, 100_000.0];
/// The least quotient that may be rounded.
const ROUNDED: f64 = 8.0;

/// What a column may come to from others of its row.
#[derive(Clone, Copy)]
enum Formula {
    Product(usize, usize),
    /// So many times one over the other: per cent of people, kilograms of tonnes.
    Quotient(usize, usize, f64),
    /// From a time to another, in units of so many minutes, days or years, the last counted or not.
    Between(usize, usize, f64, f64),
}

/// The rows in which a column does not follow as in all others.
pub(crate) fn check(grid: &Grid) -> Vec<Draft> {
    let rows: Vec<&Vec<Cell>> = grid
        .rows
        .iter()
        .filter(|(label, _)| matches!(label.role, Role::Part | Role::Inside))
        .map(|(_, cells)| cells)
        .collect();
    let width = rows.iter().map(|cells| cells.len()).max().unwrap_or(0);
    if width > WIDE {
        return Vec::new();
    }
    let found: Vec<Fit> = (1..width).flat_map(|target| fits(&rows, width, target)).collect();
    // What follows one way in every row is right: pupils may be a rounded number a teacher.
    let holds = |fit: &Fit| found.iter().any(|other| other.odd.is_none() && other.columns == fit.columns);
    let odd = found.iter().filter(|fit| !holds(fit));
    let mut drafts: Vec<Draft> = odd.filter_map(|fit| draft(&rows, fit)).collect();
    // Of the three columns of a product each may be told as the odd one: the last is what a reader takes for it.
    drafts.drain(..drafts.len().saturating_sub(1));
    drafts.extend((1..width).filter_map(|target| odd_mean(grid, &rows, target)));
    drafts
}

/// A formula that holds in all rows, or in all but one.
struct Fit {
    target: usize,
    formula: Formula,
    /// The three columns, in order.
    columns: [usize; 3],
    odd: Option<usize>,
}

/// The formulas that give a column in all rows or in all but one.
fn fits(rows: &[&Vec<Cell>], width: usize, target: usize) -> Vec<Fit> {
    let others: Vec<usize> = (1..width).filter(|at| *at != target).collect();
    let pairs = others.iter().flat_map(|one| others.iter().map(move |other| (*one, *other)));
    let mut list = Vec::new();
    for (one, other) in pairs.filter(|(one, other)| one != other) {
        let mut columns = [one, other, target];
        columns.sort_unstable();
        for formula in formulas(one, other) {
            let Some(results) = results(rows, target, formula) else { continue };
            let odd: Vec<usize> = (0..results.len()).filter(|row| !results[*row].0).collect();
            let telling = results.iter().filter(|(fits, telling)| *fits && *telling).count();
            if odd.len() < 2 && telling >= HOLDING {
                list.push(Fit { target, formula, columns, odd: odd.first().copied() });
            }
        }
    }
    list
}

/// The one row in which a column is not what a formula gives.
fn draft(rows: &[&Vec<Cell>], fit: &Fit) -> Option<Draft> {
    let cells = rows.get(fit.odd?)?;
    let stated = cells.get(fit.target)?.amount()?;
    let computed = fit.formula.of(cells)?;
    let computed = (computed.low + computed.high) / 2.0;
    let explain = format!(
        "as in the other rows, the other columns give {} here, not {}",
        shown(computed),
        shown(stated.stated)
    );
    let amounts: Vec<_> = cells.iter().filter_map(Cell::amount).collect();
    Some(Draft::over(Kind::Table, &amounts, stated.stated, computed, explain))
}

fn formulas(one: usize, other: usize) -> Vec<Formula> {
    let between = [(1.0, 0.0), (1.0, 1.0), (60.0, 0.0)];
    let mut list: Vec<Formula> =
        between.iter().map(|(unit, last)| Formula::Between(one, other, *unit, *last)).collect();
    list.extend(SCALES.map(|scale| Formula::Quotient(one, other, scale)));
    if one < other {
        list.push(Formula::Product(one, other));
    }
    list
}

/// Of each row whether a formula gives what stands there, and whether that can be no chance; `None` where a row lacks a
/// number.
fn results(rows: &[&Vec<Cell>], target: usize, formula: Formula) -> Option<Vec<(bool, bool)>> {
    rows.iter()
        .map(|cells| {
            let stated = exact(cells.get(target)?)?;
            let computed = formula.of(cells)?;
            let rounded = match formula {
                Formula::Quotient(..) if computed.high >= ROUNDED => 0.5,
                Formula::Quotient(..) if stated.fract() != 0.0 => 0.05,
                _ => 0.0,
            };
            let fits =
                Bounds::new(computed.low - rounded, computed.high + rounded).meets(Bounds::exactly(stated));
            let telling = match formula {
                Formula::Product(one, other) => {
                    let factor = |at: usize| cells.get(at).and_then(exact).unwrap_or(0.0) > 1.0;
                    stated >= PRODUCT && factor(one) && factor(other)
                }
                Formula::Quotient(..) => stated >= QUOTIENT,
                Formula::Between(..) => true,
            };
            Some((fits, telling))
        })
        .collect()
}

impl Formula {
    /// What it gives in a row.
    fn of(self, cells: &[Cell]) -> Option<Bounds> {
        let count = |at: usize| cells.get(at).and_then(exact);
        match self {
            Formula::Product(one, other) => Some(Bounds::exactly(count(one)? * count(other)?)),
            Formula::Quotient(one, other, scale) => {
                let by = count(other).filter(|by| *by > 0.0)?;
                Some(Bounds::exactly(count(one)? * scale / by))
            }
            Formula::Between(one, other, unit, last) => {
                let (Cell::Time(from, of, _), Cell::Time(to, also, _)) = (cells.get(one)?, cells.get(other)?)
                else {
                    return None;
                };
                let apart = (to - from).rem_euclid(if *of == Unit::Minute { 1440.0 } else { f64::INFINITY });
                (of == also && (unit == 1.0 || *of == Unit::Minute))
                    .then(|| Bounds::exactly(apart / unit + last))
            }
        }
    }
}

/// A column that is called a mean, in the one row in which it is not the mean of the numbers before it.
fn odd_mean(grid: &Grid, rows: &[&Vec<Cell>], target: usize) -> Option<Draft> {
    let column = grid.columns.get(target).filter(|label| label.is_mean())?;
    let parts: Vec<usize> = (1..target).filter(|at| is_part(grid.columns.get(*at))).collect();
    let mean = |cells: &Vec<Cell>| -> Option<f64> {
        let numbers: Option<Vec<f64>> = parts.iter().map(|at| cells.get(*at).and_then(exact)).collect();
        let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
        Some(numbers.iter().sum::<f64>() / numbers.len() as f64)
    };
    let fits = |cells: &Vec<Cell>| {
        let stated = cells.get(target)?.amount()?;
        let half = if stated.bounds.is_exact() { 0.5 } else { 0.0 };
        Some(
            Bounds::new(stated.bounds.low - half, stated.bounds.high + half)
                .meets(Bounds::exactly(mean(cells)?)),
        )
    };
    let results: Option<Vec<bool>> = rows.iter().map(|cells| fits(cells)).collect();
    let results = results.filter(|_| column.role == Role::Other)?;
    let odd: Vec<usize> = (0..results.len()).filter(|row| !results[*row]).collect();
    let row = odd.first().filter(|_| odd.len() == 1 && results.len() >= HOLDING)?;
    let (stated, computed) = (rows[*row].get(target)?.amount()?, mean(rows[*row])?);
    let explain =
        format!("the mean of the numbers of its row is {}, not {}", shown(computed), shown(stated.stated));
    let amounts: Vec<_> = rows[*row].iter().filter_map(Cell::amount).collect();
    Some(Draft::over(Kind::Table, &amounts, stated.stated, computed, explain))
}

fn is_part(label: Option<&Label>) -> bool {
    label.is_some_and(|label| label.role == Role::Part)
}

fn exact(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Count(amount, _) => Some(amount.stated),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check;

    fn explains(table: &str) -> Vec<String> {
        check(table).into_iter().map(|finding| finding.explain).collect()
    }

    #[test]
    fn a_product_and_a_quotient_that_are_unlike_the_others() {
        let right =
            "Item\tUnits\tPrice\tAmount\nTents\t40\t90\t3,600\nStoves\t25\t35\t875\nBlankets\t120\t8\t960\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("960", "1,060");
        assert_eq!(explains(&wrong), ["as in the other rows, the other columns give 960 here, not 1060"]);
        let right = "School\tPupils\tTeachers\tRatio\nA\t240\t8\t30\nB\t315\t9\t35\nC\t177\t8\t22\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("35", "45");
        assert_eq!(explains(&wrong), ["as in the other rows, the other columns give 35 here, not 45"]);
    }

    #[test]
    fn times_between_two_others() {
        let right = "Alarm\tFrom\tTo\tMinutes\n1\t6:20\t7:00\t40\n2\t23:50\t0:10\t20\n3\t9:15\t11:05\t110\n";
        assert_eq!(explains(right), Vec::<String>::new());
        let wrong = right.replace("110", "130");
        assert_eq!(explains(&wrong), ["as in the other rows, the other columns give 110 here, not 130"]);
        let right =
            "Case\tHeld\tFreed\tDays\nA\t3 May\t18 May\t15\nB\t7 May\t29 June\t53\nC\t1 May\t20 May\t19\n";
        assert_eq!(explains(right), Vec::<String>::new());
        assert_eq!(explains(&right.replace("53", "43")).len(), 1);
    }
}
