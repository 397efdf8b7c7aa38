//! Sweeps a second and what chains find: `sweeps TABLE.csv [CLASSES] [SEED] [MOST_SWEEPS] [PARTICLES] [ladder]`, a table of 0/1 columns and `count`.
#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![allow(clippy::unwrap_used, reason = "a measurement stops at what is wrong")]

use std::time::Instant;

use sijil_estimate::density::modes_of;
use sijil_estimate::lcmcr::{
    LatentClasses, Prior, RunSettings, TemperingSettings, run, run_on_ladder, tempered,
};
use sijil_estimate::summary::quantile;
use sijil_estimate::{Unwatched, read_captures};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, usual: usize| arguments.get(at).map_or(usual, |text| text.parse().unwrap());
    let captures = read_captures(&std::fs::read(&arguments[1]).unwrap(), None).unwrap();
    let table = captures.all.first();
    let model = LatentClasses::new(table, Prior { classes: number(2, 10), ..Prior::default() });
    let settings =
        RunSettings { seed: number(3, 1) as u64, most_sweeps: number(4, 400_000), ..RunSettings::default() };
    let start = Instant::now();
    let ladder = arguments.get(6).is_some_and(|word| word == "ladder");
    let run = if ladder { run_on_ladder } else { run };
    let found = run(&model, &settings, "", &Unwatched);
    let seconds = start.elapsed().as_secs_f64();
    let all = found.sorted();
    println!(
        "{} chains of {} rungs, {} sweeps in {seconds:.2} s, {:.0} sweeps/s; {:?}",
        found.chains.len(),
        found.rungs,
        found.sweeps,
        (found.sweeps * found.rungs * found.chains.len()) as f64 / seconds,
        found.diagnostics
    );
    println!(
        "{:.0} ({:.0}-{:.0}) {:?}",
        quantile(&all, 0.5),
        quantile(&all, 0.025),
        quantile(&all, 0.975),
        modes_of(&all)
    );
    for chain in &found.chains {
        println!("  {:.0} {:.0?}", chain.mean, chain.quantiles);
    }
    let particles = number(5, 400);
    for seed in 0..if particles > 0 { 2 } else { 0 } {
        let start = Instant::now();
        let found = tempered(&model, &TemperingSettings { seed, particles, ..TemperingSettings::default() });
        let mut draws = found.draws.clone();
        draws.sort_by(f64::total_cmp);
        println!(
            "tempered: {:.0} ({:.0}-{:.0}), {} steps, {} ancestors, ln evidence {:.2}, {:.1} s, {:?}",
            quantile(&draws, 0.5),
            quantile(&draws, 0.025),
            quantile(&draws, 0.975),
            found.steps,
            found.ancestors,
            found.ln_evidence,
            start.elapsed().as_secs_f64(),
            modes_of(&draws)
        );
    }
}
