//! How much quicker than the R packages: `speeds FOLDER`, the folder with the published tables and `reference.json`. Everything
//! runs on one thread and is measured by the processor time of that thread (Linux), so a busy machine does not matter much.
#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement stops at what is wrong")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sijil_estimate::lcmcr::{LatentClasses, Prior, Sampler};
use sijil_estimate::loglinear::{CellCounts, hierarchical, select_among};
use sijil_estimate::{CaptureTable, RandomStream, read_captures};

/// Sets of log-linear models that the R package for them was timed at: table, lists in the largest interaction, models, CPU seconds.
const MODEL_SETS: [(&str, u32, usize, f64); 2] = [("uk2013_5", 2, 1024, 6.23), ("uk2013_5", 4, 6893, 54.8)];
/// Sweeps before those that are timed, and how many of those there are.
const WARM_UP: usize = 5000;
const TIMED: usize = 40_000;
/// How often everything is measured; the median counts.
const TIMES: usize = 5;

/// Seconds that this thread has been on a processor.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() * 1e-9
}

/// The median of the processor seconds of some work.
fn timed(mut work: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..TIMES)
        .map(|_| {
            let start = processor_seconds();
            work();
            processor_seconds() - start
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[TIMES / 2]
}

fn table(folder: &Path, name: &str) -> CaptureTable {
    let bytes = std::fs::read(folder.join(name).with_extension("csv")).unwrap();
    read_captures(&bytes, None).unwrap().all.first().clone()
}

/// Sweeps in a processor second, of a chain that has left its start.
fn sweeps(table: &CaptureTable, classes: usize) -> f64 {
    let model = LatentClasses::new(table, Prior { classes, ..Prior::default() });
    let mut random = RandomStream::new(1, "speeds", 0);
    let mut sampler = Sampler::started(&model, 0, &mut random);
    let mut run = |sweeps: usize| (0..sweeps).for_each(|_| sampler.sweep(&model, &mut random));
    run(WARM_UP);
    TIMED as f64 / timed(|| run(TIMED))
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder with the published tables");
    let folder = Path::new(&folder);
    println!("| log-linear models | R, CPU seconds | ours | times as quick |");
    println!("|---|---|---|---|");
    for (name, order, number, theirs) in MODEL_SETS {
        let cells = CellCounts::new(&table(folder, name));
        let models = hierarchical(cells.lists(), order);
        assert_eq!(models.len(), number);
        let ours = timed(|| assert_eq!(select_among(&cells, &models).fits().len(), number));
        println!("| {name}, {number} | {theirs} | {ours:.4} | {:.0} |", theirs / ours);
    }
    let reference: Value =
        serde_json::from_slice(&std::fs::read(folder.join("reference.json")).unwrap()).unwrap();
    // Of several runs on a table the quickest.
    let mut rates: BTreeMap<(String, u64), f64> = BTreeMap::new();
    for runs in ["lcmcr_K10_a025_b025", "lcmcr_verdata_settings"] {
        for run in reference[runs].as_array().unwrap() {
            let of = (run["data"].as_str().unwrap().to_owned(), run["K"].as_u64().unwrap());
            let rate = rates.entry(of).or_default();
            *rate = rate.max(run["sweeps_per_cpu_s"].as_f64().unwrap());
        }
    }
    println!("| latent classes | sweeps a CPU second, R | ours, with moves | times as quick |");
    println!("|---|---|---|---|");
    for ((name, classes), theirs) in rates {
        let ours = sweeps(&table(folder, &name), classes as usize);
        println!("| {name} | {theirs:.0} | {ours:.0} | {:.2} |", ours / theirs);
    }
}
