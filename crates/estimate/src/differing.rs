//! People who differ in how easily they are listed: the models that allow for it, and how much of it a table leaves open.
//! Lists that share such people depend on each other in every pair at once.

use libm::{exp, log, sqrt};

use crate::CaptureTable;
use crate::loglinear::{CellCounts, Criterion, Selection};
use crate::regression::poisson_regression;
use crate::special::chi_squared_tail;
use crate::table::pairs;

/// How rarely tables of a model are as far from it as this one, where it is held to be contradicted.
const CONTRADICTED: f64 = 0.05;

/// Everybody's number by a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The estimate.
    pub population: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Everybody's number if people differ, where the table does not contradict it. On three lists by the model in which each pair
/// depends in its own way, of which no history is left to test anything; on more by the one in which all pairs depend alike,
/// as where people differ by degrees (Darroch, Fienberg, Glonek and Junker 1993). `None` where it has no estimate or its
/// deviance is one that one table in twenty would have.
pub fn if_people_differ(table: &CaptureTable, models: &Selection) -> Option<Estimated> {
    if table.width() > 3 {
        return by_degrees(table);
    }
    let largest = models.ranked(Criterion::Aic).into_iter().find(|fit| fit.freedom < 0.5)?;
    Some(Estimated { population: largest.population, standard_error: largest.standard_error })
}

fn by_degrees(table: &CaptureTable) -> Option<Estimated> {
    let lists = table.width();
    let row = |history: u32| {
        let on = f64::from(history.count_ones());
        let each = (0..lists).map(|list| f64::from(history >> list & 1));
        [1.0].into_iter().chain(each).chain([0.5 * on * (on - 1.0)]).collect()
    };
    let design: Vec<Vec<f64>> = (1_u32..1 << lists).map(row).collect();
    let fitted = poisson_regression(&design, &CellCounts::new(table).counts()[1..])?;
    let missing = exp(fitted.parameters[0]);
    (chi_squared_tail(fitted.deviance, fitted.freedom) > CONTRADICTED).then(|| Estimated {
        population: table.observed() as f64 + missing,
        standard_error: sqrt(missing + missing * missing * fitted.first_variance),
    })
}

/// On three lists how far from 1 the odds ratio of all three at once may be, which no table shows: as far as the odds ratios of
/// the pairs, if all are above 1 or all below, have in common (what is unseen is measured by what is seen, as Cinelli and
/// Hazlett 2020 do for regressions). Where people differ all pairs have something in common; where lists depend by pairs
/// nothing need be. 1 on more lists: there histories are left that show it.
pub fn unseen_odds_ratio(table: &CaptureTable) -> f64 {
    if table.width() != 3 {
        return 1.0;
    }
    let cells = CellCounts::new(table);
    let count = |history: u32| cells.counts()[history as usize];
    // Given the third list: of those on it, the odds ratio of the other two.
    let of_pair = |(one, other): (usize, usize)| {
        let (one, other) = (1_u32 << one, 1_u32 << other);
        log(count(0b111) * count(0b111 ^ one ^ other)) - log(count(0b111 ^ one) * count(0b111 ^ other))
    };
    let ratios: Vec<f64> = pairs(3).into_iter().map(of_pair).collect();
    let alike = ratios.iter().all(|ratio| *ratio > 0.0) || ratios.iter().all(|ratio| *ratio < 0.0);
    let least = ratios.iter().map(|ratio| ratio.abs()).fold(f64::INFINITY, f64::min);
    if alike && least.is_finite() { exp(least) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loglinear::{hierarchical, select};

    /// People of whom half have twice the chances of the others, seen without chance: rounded means of `people` people.
    fn of_two_kinds(people: f64, lists: usize, chances: [f64; 2]) -> CaptureTable {
        let names = (0..lists).map(|list| list.to_string()).collect();
        let of = |history: u32| {
            let on = history.count_ones() as i32;
            let kind = |chance: f64| chance.powi(on) * (1.0 - chance).powi(lists as i32 - on);
            (history, (people * 0.5 * chances.map(kind).iter().sum::<f64>()).round() as u64)
        };
        CaptureTable::new(names, (1_u32..1 << lists).map(of)).unwrap()
    }

    fn estimated(table: &CaptureTable) -> Option<Estimated> {
        let models = select(&CellCounts::new(table), &hierarchical(table.width(), table.width() as u32 - 1));
        if_people_differ(table, &models)
    }

    #[test]
    fn alike_people_have_nothing_in_common_and_the_number_is_met() {
        for lists in [3, 4, 5] {
            let table = of_two_kinds(1e7, lists, [0.3, 0.3]);
            let found = estimated(&table).unwrap();
            assert!((found.population - 1e7).abs() < 4.0 * found.standard_error, "{lists}: {found:?}");
            assert!((unseen_odds_ratio(&table) - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn people_who_differ_are_seen_in_every_pair() {
        let table = of_two_kinds(1e4, 3, [0.2, 0.5]);
        let given = |on: i32| 0.2_f64.powi(on) * 0.8_f64.powi(3 - on) + 0.5_f64.powi(3);
        let ratio = given(3) * given(1) / given(2).powi(2);
        assert!((unseen_odds_ratio(&table) - ratio).abs() < 0.02, "{} {ratio}", unseen_odds_ratio(&table));
        // With a pair that depends the other way there is nothing that all have in common.
        let mixed = CaptureTable::new(
            ["a", "b", "c"].map(String::from).to_vec(),
            [(1, 100), (2, 100), (4, 100), (3, 80), (5, 20), (6, 60), (7, 40)],
        );
        assert_eq!(unseen_odds_ratio(&mixed.unwrap()), 1.0);
    }

    #[test]
    fn a_model_that_the_table_contradicts_says_nothing() {
        let mut cells: Vec<(u32, u64)> = of_two_kinds(1e4, 4, [0.2, 0.5]).cells().to_vec();
        let names: Vec<String> = (0..4).map(|list| list.to_string()).collect();
        assert!(estimated(&CaptureTable::new(names.clone(), cells.clone()).unwrap()).is_some());
        // One pair depends as no other does.
        cells.iter_mut().filter(|(history, _)| *history == 0b0011).for_each(|(_, count)| *count *= 3);
        assert_eq!(estimated(&CaptureTable::new(names, cells).unwrap()), None);
    }
}
