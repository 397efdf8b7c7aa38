//! Latent classes on a file's tables, behind the gate that chains which start far apart must have found the same.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::graphs::EDGE_MASS;
use super::{Found, Method, pooled};
use crate::density::modes_of;
use crate::lcmcr::{LatentClasses, LcmcrRun, MOST_RHAT, Prior, RunSettings, run};
use crate::summary::quantile;
use crate::{CaptureTable, EstimateError, Result, Watch, Weighted};

/// The fewest effective draws in the middle and the tails at which chains count as agreed.
const FEWEST_EFFECTIVE: f64 = 400.0;
/// Times the people observed beyond which a widely used program of this model does not look.
const USUAL_CAP: f64 = 20.0;

/// How latent classes are sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassSettings {
    /// The seed.
    pub seed: u64,
    /// How many chains, at least four.
    pub chains: usize,
    /// The most sweeps of each chain.
    pub most_sweeps: usize,
    /// What is believed before the table is seen.
    pub prior: Prior,
    /// Answers to who is who on which chains are run; more are thinned at even steps, and that is said.
    pub most_tables: usize,
}

impl Default for ClassSettings {
    fn default() -> Self {
        let RunSettings { seed, chains, most_sweeps, .. } = RunSettings::default();
        ClassSettings { seed, chains, most_sweeps, prior: Prior::default(), most_tables: 5 }
    }
}

impl ClassSettings {
    /// These settings, where every number is one that it may be.
    ///
    /// # Errors
    /// Names the setting that is not: fewer than four chains cannot be said to agree.
    pub fn checked(&self) -> Result<()> {
        let refused = |setting, value: usize, allowed| {
            Err(EstimateError::Setting { setting, value: value.to_string(), allowed })
        };
        self.prior.checked()?;
        match self {
            _ if !(4..=64).contains(&self.chains) => refused("chains", self.chains, "4 to 64"),
            _ if !(1000..=100_000_000).contains(&self.most_sweeps) => {
                refused("sweeps", self.most_sweeps, "1000 to 100000000")
            }
            _ if !(1..=1000).contains(&self.most_tables) => refused("tables", self.most_tables, "1 to 1000"),
            _ => Ok(()),
        }
    }

    fn runs(&self) -> RunSettings {
        let ClassSettings { seed, chains, most_sweeps, .. } = *self;
        RunSettings { seed, chains, most_sweeps, ..RunSettings::default() }
    }

    /// What kept chains of a table are called: all that their draws depend on.
    fn name_of(&self, table: &CaptureTable) -> String {
        let what = format!("{} {self:?} {}", table.sha256(), env!("CARGO_PKG_VERSION"));
        hex::encode(&Sha256::digest(what)[..8])
    }
}

/// Latent classes, by several chains.
///
/// # Errors
/// A setting out of its range.
pub fn latent_classes(tables: &Weighted, asked: &ClassSettings, watch: &dyn Watch) -> Result<Found> {
    asked.checked()?;
    if tables.first().width() < 3 {
        return Ok(Found::not_run(
            Method::Lcmcr,
            "latent classes need at least 3 lists",
            "تحتاج الفئات الكامنة إلى ثلاث قوائم على الأقل",
        ));
    }
    let ClassSettings { prior, most_tables, .. } = *asked;
    let settings = asked.runs();
    let thinned = tables.thinned(most_tables);
    let runs: Vec<(LcmcrRun, u64)> = thinned
        .tables()
        .iter()
        .map(|(table, weight)| {
            (run(&LatentClasses::new(table, prior), &settings, &asked.name_of(table), watch), *weight)
        })
        .collect();
    let mut found = match runs.as_slice() {
        [(only, _)] => {
            let mut found = Found::of(Method::Lcmcr, only.sorted());
            found.draws.clone_from(&only.draws);
            found
        }
        _ => {
            let mut runs = runs.iter();
            pooled(Method::Lcmcr, &thinned, |_| runs.next().map(|(run, _)| evenly(&run.sorted())))
        }
    };
    said(&mut found, tables.first().observed() as f64, &runs);
    if !runs[0].0.overlaps.is_empty() {
        found.compare_overlaps(thinned.first(), &runs[0].0.overlaps);
    }
    found.say("prior", json!(prior));
    if thinned != *tables {
        let text = format!(
            "chains were run on {most_tables} of the {} answers to who is who, at even steps",
            tables.tables().len()
        );
        let arabic = format!(
            "أُجريت السلاسل على {most_tables} من {} من الأجوبة لمن هو من، بخطى متساوية",
            tables.tables().len()
        );
        found.warn("tables_thinned", &text, &arabic);
    }
    if tables.first().width() == 3 {
        let text =
            "with three lists two classes have as many parameters as there are histories: the prior decides";
        found.warn(
            "three_lists",
            text,
            "مع ثلاث قوائم لفئتين من المعاملات قدر ما هناك من سجلات: التوزيع القبلي هو الذي يقرّر",
        );
    }
    Ok(found)
}

/// The ends and the middle of one table by chains, and nothing else; where they do not agree, or were stopped, the code of why not.
pub(crate) fn classes_alone(
    table: &CaptureTable,
    asked: &ClassSettings,
    watch: &dyn Watch,
) -> std::result::Result<[f64; 3], &'static str> {
    let found = run(&LatentClasses::new(table, asked.prior), &asked.runs(), &asked.name_of(table), watch);
    if found.stopped {
        return Err("stopped");
    }
    if !agreed(found.diagnostics.rhat, effective(&found)) {
        return Err("chains_disagree");
    }
    let sorted = found.sorted();
    Ok([0.025, 0.5, 0.975].map(|p| quantile(&sorted, p)))
}

/// The effective draws in the middle or in the tails, whichever are fewer.
fn effective(run: &LcmcrRun) -> f64 {
    run.diagnostics.bulk.min(run.diagnostics.tail)
}

fn agreed(rhat: f64, effective: f64) -> bool {
    rhat <= MOST_RHAT && effective >= FEWEST_EFFECTIVE
}

/// The draws at 2,000 even steps of probability, so that each table weighs what its draws of who is who do.
fn evenly(sorted: &[f64]) -> Vec<f64> {
    (0..2000).map(|at| quantile(sorted, (f64::from(at) + 0.5) / 2000.0)).collect()
}

fn said(found: &mut Found, observed: f64, runs: &[(LcmcrRun, u64)]) {
    let worst = |of: &dyn Fn(&LcmcrRun) -> f64| runs.iter().map(|(run, _)| of(run)).fold(0.0, f64::max);
    let rhat = worst(&|run| run.diagnostics.rhat);
    let ess = runs.iter().map(|(run, _)| effective(run)).fold(f64::INFINITY, f64::min);
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
    found.say("rungs", first.rungs);
    found.say("chains", chains);
    found.say("modes", modes);
    let beyond = worst(&|run| run.beyond(USUAL_CAP * observed));
    found.say("beyond_20_times_observed", beyond);
    if runs.iter().any(|(run, _)| run.stopped) {
        let text = format!("the chains were stopped after {} sweeps, before they were done", first.sweeps);
        let arabic = format!("أُوقفت السلاسل بعد {} دورة قبل أن تنتهي", first.sweeps);
        found.refuse("stopped", &text, &arabic);
    } else if !agreed(rhat, ess) {
        let text = format!(
            "{} chains that start far apart did not come to the same answer in {} sweeps each: R̂ {rhat:.3} (at most {MOST_RHAT}), {ess:.0} effective draws (at least {FEWEST_EFFECTIVE})",
            first.chains.len(),
            first.sweeps
        );
        let arabic = format!(
            "لم تصل {} سلاسل بدأت متباعدة إلى الجواب نفسه في {} دورة لكلّ منها: R̂ {rhat:.3} (على الأكثر {MOST_RHAT})، و{ess:.0} سحبة فعّالة (على الأقل {FEWEST_EFFECTIVE})",
            first.chains.len(),
            first.sweeps
        );
        found.refuse("chains_disagree", &text, &arabic);
    }
    if beyond > EDGE_MASS {
        let text = format!(
            "{:.1} % of the draws are beyond {USUAL_CAP:.0} times the people observed: there the prior speaks and no longer the lists, and other programs cut it off unseen",
            100.0 * beyond
        );
        let arabic = format!(
            "{:.1} % من السحبات وراء {USUAL_CAP:.0} ضعف المرصودين: هناك يتكلم التوزيع القبلي لا القوائم، وبرامج أخرى تقطعه دون أن يُرى ذلك",
            100.0 * beyond
        );
        found.refuse("edge_mass", &text, &arabic);
    }
}
