//! Latent classes on a file's tables, behind the gate that chains which start far apart must have found the same.

use serde_json::json;

use super::averages::EDGE_MASS;
use super::{Found, Method};
use crate::lcmcr::{LatentClasses, LcmcrRun, Prior, RunSettings, modes_of, run};
use crate::summary::quantile;
use crate::{EstimateError, Result, Weighted};

/// The largest R̂, and the fewest effective draws in the middle and the tails, at which chains count as agreed.
const MOST_RHAT: f64 = 1.01;
const FEWEST_EFFECTIVE: f64 = 400.0;
/// Times the people observed beyond which a widely used program of this model does not look.
const USUAL_CAP: f64 = 20.0;
/// Answers to who is who on which chains are run; more are thinned at even steps, and that is said.
const MOST_TABLES: usize = 5;

/// Latent classes, by `chains` chains.
///
/// # Errors
/// Fewer than four chains cannot be said to agree.
pub fn latent_classes(tables: &Weighted, seed: u64, chains: usize) -> Result<Found> {
    if !(4..=64).contains(&chains) {
        let value = chains.to_string();
        return Err(EstimateError::Setting { setting: "chains", value, allowed: "4 to 64" });
    }
    if tables.first().width() < 3 {
        return Ok(Found::not_run(Method::Lcmcr, "latent classes need at least 3 lists"));
    }
    let settings = RunSettings { seed, chains, ..RunSettings::default() };
    let thinned = tables.thinned(MOST_TABLES);
    let runs: Vec<(LcmcrRun, u64)> = thinned
        .tables()
        .iter()
        .map(|(table, weight)| {
            (run(&LatentClasses::new(table, Prior::default()), &settings, &|_, _| true), *weight)
        })
        .collect();
    let pooled = runs.iter().flat_map(|(run, weight)| {
        let draws = evenly(&run.sorted());
        (0..*weight).flat_map(move |_| draws.clone())
    });
    let mut found = Found::of(Method::Lcmcr, pooled.collect());
    if let [(only, _)] = runs.as_slice() {
        let sorted = only.sorted();
        found = Found::of(Method::Lcmcr, sorted);
    }
    said(&mut found, tables.first().observed() as f64, &runs);
    if thinned != *tables {
        let text = format!(
            "chains were run on {MOST_TABLES} of the {} answers to who is who, at even steps",
            tables.tables().len()
        );
        found.warn("tables_thinned", &text);
    }
    if tables.first().width() == 3 {
        let text =
            "with three lists two classes have as many parameters as there are histories: the prior decides";
        found.warn("three_lists", text);
    }
    Ok(found)
}

/// The draws at 2,000 even steps of probability, so that each table weighs what its draws of who is who do.
fn evenly(sorted: &[f64]) -> Vec<f64> {
    (0..2000).map(|at| quantile(sorted, (f64::from(at) + 0.5) / 2000.0)).collect()
}

fn said(found: &mut Found, observed: f64, runs: &[(LcmcrRun, u64)]) {
    let worst = |of: &dyn Fn(&LcmcrRun) -> f64| runs.iter().map(|(run, _)| of(run)).fold(0.0, f64::max);
    let rhat = worst(&|run| run.diagnostics.rhat);

    let ess = runs
        .iter()
        .map(|(run, _)| run.diagnostics.bulk.min(run.diagnostics.tail))
        .fold(f64::INFINITY, f64::min);
    let first = &runs[0].0;
    let chains: Vec<_> = first
        .chains
        .iter()
        .map(|chain| {
            let [low, median, high] = chain.quantiles;
            json!({ "mean": chain.mean, "low": low, "median": median, "high": high })
        })
        .collect();
    let modes: Vec<_> =
        modes_of(&first.sorted()).iter().map(|mode| json!({ "at": mode.at, "mass": mode.mass })).collect();
    found.say("rhat", if rhat.is_finite() { json!(rhat) } else { json!("infinite") });
    found.say("ess", ess);
    found.say("furthest_pair", first.diagnostics.furthest_pair);
    found.say("sweeps", first.sweeps);
    found.say("classes", Prior::default().classes);
    found.say("chains", chains);
    found.say("modes", modes);
    let beyond = worst(&|run| run.beyond(USUAL_CAP * observed));
    found.say("beyond_20_times_observed", beyond);
    if !(rhat <= MOST_RHAT && ess >= FEWEST_EFFECTIVE) {
        let text = format!(
            "{} chains that start far apart did not come to the same answer in {} sweeps each: R̂ {rhat:.3} (at most {MOST_RHAT}), {ess:.0} effective draws (at least {FEWEST_EFFECTIVE})",
            first.chains.len(),
            first.sweeps
        );
        found.refuse("chains_disagree", &text);
    }
    if beyond > EDGE_MASS {
        let text = format!(
            "{:.1} % of the draws are beyond {USUAL_CAP:.0} times the people observed: there the prior speaks and no longer the lists, and other programs cut it off unseen",
            100.0 * beyond
        );
        found.refuse("edge_mass", &text);
    }
}
