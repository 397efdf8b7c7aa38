//! Log-linear models against the numbers that the R packages print (A1): skipped where the tables are not there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod published;

use published::{printed, reference, table};
use serde_json::Value;
use sijil_estimate::chao::lower_bound;
use sijil_estimate::loglinear::{
    CellCounts, Criterion, Fit, Model, Selection, existence, fit, hierarchical, profile_interval, select,
    stepwise,
};

fn close(what: &str, value: f64, reference: &Value, digits: i32) {
    let expected = reference.as_f64().unwrap();
    assert!(printed(value, expected, digits), "{what}: {value} and not {expected}");
}

/// For numbers that the reference program itself finds by a search that stops early.
fn near(what: &str, value: f64, reference: &Value, share: f64) {
    let expected = reference.as_f64().unwrap();
    assert!((value - expected).abs() <= share * expected + 0.006, "{what}: {value} and not {expected}");
}

/// Every ranked model that is printed, with all its numbers.
#[test]
fn hierarchical_models_have_the_printed_numbers() {
    let Some(reference) = reference() else { return };
    let mut checked = 0;
    let mut selections: std::collections::BTreeMap<(String, u32), Selection> =
        std::collections::BTreeMap::new();
    for row in reference["deterministic_full"].as_array().unwrap() {
        let method = row["method"].as_str().unwrap();
        let Some(rest) = method.strip_prefix("Rcapture closedpMS.t maxorder=") else { continue };
        let order: u32 = rest[..1].parse().unwrap();
        let data = row["data"].as_str().unwrap();
        let cells = CellCounts::new(&table(data).unwrap());
        let selection = selections
            .entry((data.to_owned(), order))
            .or_insert_with(|| select(&cells, &hierarchical(cells.lists(), order)));
        let criterion = if rest.contains("AIC") { Criterion::Aic } else { Criterion::Bic };
        if rest.contains("best#") {
            let name = row["model"].as_str().unwrap();
            let Some(fit) = selection.fits().iter().find(|fit| same(&fit.model, name)) else {
                panic!("{data}: no model {name}");
            };
            if fit.population > 1e9 || row["estimate"].as_f64().unwrap() > 1e9 {
                assert!(selection.ranked(Criterion::Aic).iter().all(|kept| kept.model != fit.model));
                continue;
            }
            check(&format!("{data} {name}"), fit, row);
        } else if rest.contains("average") && row["weight_kept"].as_f64() == Some(1.0) {
            let average = selection.average(criterion).unwrap();
            if average.weight_without_estimate < 1e-9 {
                close(&format!("{method} {data}"), average.population, &row["estimate"], 2);
            }
        }
        checked += 1;
    }
    assert!(checked > 60, "{checked}");
}

fn check(what: &str, fit: &Fit, row: &Value) {
    close(&format!("{what}: N"), fit.population, &row["estimate"], 2);
    // The reference stops its iterations at 1e-8 of the deviance, which its standard errors show.
    near(&format!("{what}: se"), fit.standard_error, &row["se"], 1e-4);
    close(&format!("{what}: deviance"), fit.deviance, &row["deviance"], 3);
    close(&format!("{what}: AIC"), fit.aic, &row["AIC"], 3);
    close(&format!("{what}: BIC"), fit.bic, &row["BIC"], 3);
    assert_eq!(fit.freedom, row["df"].as_f64().unwrap());
}

fn same(model: &Model, name: &str) -> bool {
    let mut sets: Vec<&str> = name.trim_matches(['[', ']']).split(',').collect();
    let printed = model.to_string();
    let mut ours: Vec<&str> = printed.trim_matches(['[', ']']).split(',').collect();
    sets.sort_unstable();
    ours.sort_unstable();
    sets == ours
}

#[test]
fn profile_intervals_are_as_printed() {
    let Some(reference) = reference() else { return };
    for row in reference["deterministic_full"].as_array().unwrap() {
        if !row["method"].as_str().unwrap().starts_with("Rcapture closedpCI.t") {
            continue;
        }
        let data = row["data"].as_str().unwrap();
        let cells = CellCounts::new(&table(data).unwrap());
        let name = row["model"].as_str().unwrap();
        let models = hierarchical(cells.lists(), 3.min(cells.lists() as u32 - 1));
        let model = models.iter().find(|model| same(model, name)).unwrap();
        let fit = fit(&cells, model, false);
        let interval = profile_interval(&cells, &fit);
        let what = format!("{data} {name}");
        near(&format!("{what}: N"), interval.population, &row["estimate"], 3e-4);
        near(&format!("{what}: low"), interval.low, &row["lo"], 3e-4);
        near(&format!("{what}: high"), interval.high, &row["hi"], 3e-4);
    }
}

#[test]
fn stepwise_models_are_those_of_the_sparse_program() {
    let Some(reference) = reference() else { return };
    let rows = reference["deterministic_light"].as_array().unwrap();
    let mut checked = 0;
    for row in rows.iter().filter(|row| row["method"].as_str().unwrap().starts_with("SparseMSE")) {
        let data = row["data"].as_str().unwrap();
        let table = table(data).unwrap();
        let cells = CellCounts::new(&table);
        let (population, coefficients) = if row["method"].as_str().unwrap().ends_with("main") {
            (fit(&cells, &Model::independence(table.width()), true).population, String::new())
        } else {
            let steps = stepwise(&cells, 0.02);
            let names: Vec<String> = steps
                .added
                .iter()
                // A pair that shares nobody has a parameter of minus infinity, which is not printed.
                .filter(|(one, other)| table.on_both(*one, *other) > 0)
                .map(|(one, other)| format!("{}:{}", table.lists()[*one], table.lists()[*other]))
                .collect();
            (steps.fit.population, names.join(" "))
        };
        close(&format!("{data}: {coefficients}"), population, &row["point"], 3);
        assert!(row["coef"].as_str().unwrap().ends_with(&coefficients), "{data}: {coefficients} {row}");
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn lower_bounds_are_as_printed() {
    let Some(reference) = reference() else { return };
    let mut checked = 0;
    for row in reference["deterministic_full"].as_array().unwrap() {
        let method = row["method"].as_str().unwrap();
        if !method.starts_with("Rcapture closedp.t") || !method.ends_with("Chao (LB)") {
            continue;
        }
        let data = row["data"].as_str().unwrap();
        let bound = lower_bound(&table(data).unwrap(), method.contains("Mth")).unwrap();
        close(&format!("{data} {method}: N"), bound.population, &row["estimate"], 2);
        near(&format!("{data} {method}: se"), bound.standard_error, &row["se"], 1e-4);
        close(&format!("{data} {method}: deviance"), bound.deviance, &row["deviance"], 3);
        checked += 1;
    }
    assert!(checked > 10, "{checked}");
}

#[test]
fn existence_is_as_published() {
    let Some(table) = table("artificial_3") else { return };
    let cells = CellCounts::new(&table);
    let status = |pairs: &[u32]| existence(&cells, &Model::generated(3, pairs), true).status();
    assert_eq!(status(&[0b011, 0b101, 0b110]), 2);
    assert_eq!(status(&[0b011]), 1);
    assert_eq!(status(&[0b101, 0b110]), 0);
}
