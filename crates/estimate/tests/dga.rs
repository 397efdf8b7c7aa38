//! Averages over decomposable graphs: against the numbers that dga prints (A2), and against a table worked out in full.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod published;

use published::{printed, reference, table};
use serde_json::Value;
use sijil_estimate::CaptureTable;
use sijil_estimate::dga::{DgaPosterior, DgaSettings, PopulationPrior, posterior, posterior_on};

fn close(what: &str, value: f64, reference: &Value, digits: i32) {
    let expected = reference.as_f64().unwrap();
    assert!(printed(value, expected, digits), "{what}: {value} and not {expected}");
}

#[test]
fn posteriors_and_top_graphs_are_as_printed() {
    let Some(reference) = reference() else { return };
    let mut checked = 0;
    for row in reference["deterministic_full"].as_array().unwrap() {
        if row["method"] != "dga 2.0.2" {
            continue;
        }
        let table = table(row["data"].as_str().unwrap()).unwrap();
        let last: u64 = row["Nmissing"].as_str().unwrap().split_once(':').unwrap().1.parse().unwrap();
        if last > 30_000 && table.width() == 5 {
            continue;
        }
        let settings = DgaSettings {
            delta: row["delta"].as_f64().unwrap(),
            saturated: true,
            prior: PopulationPrior::Scale,
        };
        let grid: Vec<f64> = (0..=last).map(|at| at as f64).collect();
        let found = posterior_on(&table, &settings, &grid);
        let what = format!("{} δ {} 0..{last}", row["data"], row["delta"]);
        close(&format!("{what}: mean"), found.mean(), &row["mean"], 3);
        close(&format!("{what}: sd"), found.deviation(), &row["sd"], 3);
        close(&format!("{what}: mode"), found.mode(), &row["mode"], 0);
        for (p, key) in [(0.025, "q025"), (0.5, "q50"), (0.975, "q975")] {
            close(&format!("{what}: {key}"), found.quantile(p), &row[key], 0);
        }
        for at in 0..3 {
            let (graph, probability) = &found.graphs[at];
            close(&format!("{what}: graph {at}"), *probability, &row[format!("p{}", at + 1)], 5);
            if *probability > 1e-5 {
                let printed = row[format!("top{}", at + 1)].as_str().unwrap();
                assert_eq!(sorted(&graph.in_names(table.lists())), sorted(printed), "{what}");
            }
        }
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

fn sorted(graph: &str) -> Vec<String> {
    let mut cliques: Vec<String> = graph.trim_matches(['[', ']']).split("][").map(String::from).collect();
    cliques.sort();
    cliques
}

#[test]
fn rows_of_binette_and_steorts_are_reproduced() {
    let Some(reference) = reference() else { return };
    let mut checked = 0;
    for row in reference["deterministic_light"].as_array().unwrap() {
        if !row["method"].as_str().unwrap().starts_with("dga 2.0.2 MSETools grid") {
            continue;
        }
        let data = row["data"].as_str().unwrap();
        let table = table(data).unwrap();
        let most = 30.0 * table.observed() as f64;
        let grid: Vec<f64> =
            (0..1000).map(|at| (1.0 + f64::from(at) * (most - 1.0) / 999.0).round()).collect();
        let settings = DgaSettings { saturated: true, ..DgaSettings::usual(table.width()) };
        let found = posterior_on(&table, &settings, &grid);
        for (p, key) in [(0.025, "q025"), (0.5, "q50"), (0.975, "q975")] {
            let expected = row[key].as_f64().unwrap();
            assert!(
                (found.quantile(p) - expected).abs() <= 1.0,
                "{data} {key}: {} {expected}",
                found.quantile(p)
            );
        }
        let first = row["p1"].as_f64().unwrap();
        assert!((found.graphs[0].1 - first).abs() < 1e-4, "{data}: {} {first}", found.graphs[0].1);
        checked += 1;
    }
    assert!(checked >= 8, "{checked}");
}

#[test]
fn madigan_and_york_are_reproduced() {
    let (Some(three), Some(five)) = (table("spina_bifida_my3"), table("spina_bifida_my5_as_dga_doc")) else {
        return;
    };
    let grid: Vec<f64> = (1..=300).map(f64::from).collect();
    let prior = PopulationPrior::NegativeBinomial { shape: 13.14, scale: 55.17 };
    let settings = DgaSettings { delta: 1.0, saturated: true, prior };
    let found = posterior_on(&three, &settings, &grid);
    assert!(printed(found.graphs[0].1, 0.37377, 5), "{}", found.graphs[0].1);
    assert!(printed(found.mean(), 733.4524, 4), "{}", found.mean());
    assert!(printed(found.relative_error_estimate(), 731.097, 3));
    assert_eq!(found.mode(), 728.0);
    let settings = DgaSettings { delta: 0.5, saturated: true, prior: PopulationPrior::Scale };
    let found = posterior_on(&five, &settings, &grid);
    assert!(printed(found.mean(), 617.8159, 4), "{}", found.mean());
    assert!(printed(found.graphs[0].1, 0.21707, 5));
    assert_eq!((found.quantile(0.025), found.quantile(0.975), found.mode()), (588.0, 655.0, 614.0));
}

/// The chosen grid gives what every single number would give.
#[test]
fn the_adaptive_grid_is_as_good_as_every_number() {
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let cells = [(1, 120), (2, 90), (4, 200), (3, 40), (5, 35), (6, 60), (7, 25)];
    let table = CaptureTable::new(names, cells).unwrap();
    let settings = DgaSettings::usual(3);
    let every: Vec<f64> = (0..200_000).map(f64::from).collect();
    let (full, adaptive) = (posterior_on(&table, &settings, &every), posterior(&table, &settings));
    let close = |of: fn(&DgaPosterior) -> f64, by: f64| {
        assert!((of(&full) - of(&adaptive)).abs() <= by, "{} {}", of(&full), of(&adaptive));
    };
    close(DgaPosterior::mean, 0.02);
    close(DgaPosterior::deviation, 0.05);
    close(|found| found.quantile(0.025), 1.0);
    close(|found| found.quantile(0.975), 1.0);
    close(|found| found.graphs[0].1, 1e-4);
}

/// Two lists, two graphs: the posterior by multiplying out the Dirichlet integrals of a small table.
#[test]
fn a_small_table_agrees_with_its_dirichlet_integrals() {
    let table = CaptureTable::new(vec!["a".into(), "b".into()], [(1, 2), (2, 3), (3, 1)]).unwrap();
    let settings = DgaSettings { delta: 0.25, saturated: true, prior: PopulationPrior::Scale };
    let grid: Vec<f64> = (0..50).map(f64::from).collect();
    let found = posterior_on(&table, &settings, &grid);
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    let rising = |x: f64, n: u32| (0..n).map(|k| x + f64::from(k)).product::<f64>();
    let (mut independent, mut saturated, mut mean) = (0.0, 0.0, 0.0);
    for missing in 0..50_u32 {
        let n = 6 + missing;
        let front = (factorial(n) / factorial(missing)) / f64::from(n);
        let whole = rising(1.0, n);
        let list = |on: u32| rising(0.5, on) * rising(0.5, n - on) / whole;
        let i = front * list(3) * list(4);
        let s = front * rising(0.25, 2) * rising(0.25, 3) * rising(0.25, 1) * rising(0.25, missing) / whole;
        independent += i;
        saturated += s;
        mean += (i + s) * f64::from(n);
    }
    assert!((found.mean() - mean / (independent + saturated)).abs() < 1e-9);
    let of_independent = found.graphs.iter().find(|(graph, _)| !graph.is_saturated()).unwrap().1;
    assert!((of_independent - independent / (independent + saturated)).abs() < 1e-9);
}
