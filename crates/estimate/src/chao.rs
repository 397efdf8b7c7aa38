//! Lower bounds that need few assumptions: two lists at a time (Lincoln 1930; Chapman 1951), and Chao's bounds (1987) as
//! log-linear models in which histories of three and more lists have parameters of their own (Rivest and Baillargeon 2007).

use libm::{exp, log, sqrt};

use crate::CaptureTable;
use crate::loglinear::CellCounts;
use crate::regression::{Regression, poisson_regression};
use crate::special::normal_quantile;
use crate::table::pairs;

/// Two lists taken alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoLists {
    /// The lists' positions.
    pub lists: (usize, usize),
    /// How many people are on both.
    pub both: u64,
    /// Lincoln and Petersen's estimate; `None` where nobody is on both.
    pub lincoln_petersen: Option<f64>,
    /// Chapman's, nearly unbiased.
    pub chapman: f64,
    /// The standard error of Chapman's (Seber 1970).
    pub standard_error: f64,
}

/// Every pair of lists, taken alone. A pair whose lists cite each other reads too low, one of lists that avoid each other too high.
pub fn two_lists(table: &CaptureTable) -> Vec<TwoLists> {
    let of = |(one, other): (usize, usize)| {
        let (a, b, m) =
            (table.on_list(one) as f64, table.on_list(other) as f64, table.on_both(one, other) as f64);
        let variance = (a + 1.0) * (b + 1.0) * (a - m) * (b - m) / ((m + 1.0).powi(2) * (m + 2.0));
        TwoLists {
            lists: (one, other),
            both: m as u64,
            lincoln_petersen: (m > 0.0).then(|| a * b / m),
            chapman: (a + 1.0) * (b + 1.0) / (m + 1.0) - 1.0,
            standard_error: sqrt(variance),
        }
    };
    pairs(table.width()).into_iter().map(of).collect()
}

/// A bound from below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LowerBound {
    /// The bound's estimate.
    pub population: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The deviance of its model.
    pub deviance: f64,
    /// Degrees of freedom of its model.
    pub freedom: f64,
    /// A 95 % interval of the bound, by a log-normal missing number (Burnham and others 1987).
    pub interval: (f64, f64),
}

/// Chao's bound where people differ, and lists do not (`by_list` unset) or do too. `None` for fewer than two lists, or
/// where nobody is on exactly one or exactly two.
pub fn lower_bound(table: &CaptureTable, by_list: bool) -> Option<LowerBound> {
    let lists = table.width();
    let numbers = table.by_number_of_lists();
    if lists < 2 || numbers[1] == 0 || numbers[2] == 0 {
        return None;
    }
    let cells = CellCounts::new(table);
    let counts = &cells.counts()[1..];
    let mut beyond: Vec<u32> = (3..=lists as u32).collect();
    loop {
        let design: Vec<Vec<f64>> = (1_u32..1 << lists).map(|h| row(h, lists, by_list, &beyond)).collect();
        let fitted = poisson_regression(&design, counts)?;
        let first = fitted.parameters.len() - beyond.len();
        let negative = (0..beyond.len()).rev().find(|at| fitted.parameters[first + at] <= 1e-9);
        match negative {
            // A negative parameter says that people differ less than not at all: it is taken as none.
            Some(_) => {
                let kept = (0..beyond.len()).filter(|at| fitted.parameters[first + at] > 1e-9);
                beyond = kept.map(|at| beyond[at]).collect();
            }
            None => return Some(bound(&fitted, table.observed() as f64)),
        }
    }
}

fn row(history: u32, lists: usize, by_list: bool, beyond: &[u32]) -> Vec<f64> {
    let on = history.count_ones();
    let mut row = vec![1.0];
    if by_list {
        row.extend((0..lists).map(|list| f64::from(history >> list & 1)));
    } else {
        row.push(f64::from(on));
    }
    row.extend(beyond.iter().map(|size| f64::from((on + 1).saturating_sub(*size))));
    row
}

fn bound(fitted: &Regression, observed: f64) -> LowerBound {
    let missing = exp(fitted.parameters[0]);
    let standard_error = sqrt(missing + missing * missing * fitted.first_variance);
    LowerBound {
        population: observed + missing,
        standard_error,
        deviance: fitted.deviance,
        freedom: fitted.freedom,
        interval: missing_interval(observed, missing, standard_error),
    }
}

/// A 95 % interval of everybody from an estimate of the missing and its standard error: the missing are log-normal, so
/// that the interval never goes below the people observed.
pub fn missing_interval(observed: f64, missing: f64, standard_error: f64) -> (f64, f64) {
    if missing <= 0.0 {
        return (observed, observed);
    }
    let spread = sqrt(log(1.0 + (standard_error / missing).powi(2)));
    let factor = exp(normal_quantile(0.975) * spread);
    (observed + missing / factor, observed + missing * factor)
}
