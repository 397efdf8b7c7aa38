//! Each method on a file's tables: draws of everybody's number pooled over draws of who is who, a point, an interval,
//! and whether the method itself can be trusted there.

mod classes;
mod graphs;
mod log_linear;
mod misfit;
mod sparse;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::chao::{lower_bound, missing_interval};
use crate::combine::{Replicate, log_t};
use crate::lcmcr::CHAINS_APART;
use crate::special::normal_quantile;
use crate::summary::{mean, quantile};
use crate::verdict::Reason;
use crate::{CaptureTable, Weighted};

pub(crate) use classes::classes_alone;
pub use classes::{ClassSettings, latent_classes};
pub use graphs::decomposable;
pub(crate) use graphs::graphs_alone;
pub use log_linear::log_linear;
pub use sparse::sparse;

/// Draws that a table's posterior or sampling distribution is kept as, at even steps of probability.
pub(crate) const EVEN_DRAWS: usize = 400;

/// The share of draws from which on a place where they gather counts as one.
const LEAST_MODE: f64 = 0.02;

/// A way to estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Hierarchical log-linear models, averaged.
    Loglinear,
    /// The stepwise sparse two-way model.
    Sparse,
    /// Chao's lower bound.
    Chao,
    /// Decomposable graphs, averaged.
    Dga,
    /// Latent classes.
    Lcmcr,
}

/// Whether a method gives a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodStatus {
    /// It does.
    Estimated,
    /// It gives a bound from below, which is not an estimate of everybody.
    LowerBound,
    /// It does not, for the reasons given.
    Refused,
    /// It cannot be run on so many or so few lists.
    NotRun,
}

/// What a method found. Numbers are of everybody, on a list or not; they stand there when it is refused too, so that one
/// can see what another program would have printed.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Which method.
    pub method: Method,
    /// Whether it gives a number.
    pub status: MethodStatus,
    /// The middle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median: Option<f64>,
    /// 2.5 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// 97.5 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// The mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Why it is refused or was not run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What to keep in mind beside its number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Reason>,
    /// What the method says of itself.
    pub diagnostics: Map<String, Value>,
    /// Draws of everybody's number, for an archive: by chain where there are chains, else one ascending row.
    #[serde(skip)]
    pub draws: Vec<Vec<f64>>,
}

impl Found {
    /// A method that is not run here, and why.
    pub(crate) fn not_run(method: Method, why: &str, arabic: &str) -> Self {
        let mut found = Found::of(method, Vec::new());
        found.status = MethodStatus::NotRun;
        found.reasons.push(Reason::new("not_run", why, arabic));
        found
    }

    /// A method that was not begun because somebody stopped the run.
    pub(crate) fn stopped(method: Method) -> Self {
        let mut found = Found::of(method, Vec::new());
        found.refuse("stopped", "the run was stopped before this method", "أُوقف العمل قبل هذه الطريقة");
        found
    }

    /// A method with its draws.
    pub(crate) fn of(method: Method, mut draws: Vec<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        let at = |p: f64| Some(quantile(&draws, p)).filter(|value| value.is_finite());
        Found {
            method,
            status: MethodStatus::Estimated,
            median: at(0.5),
            low: at(0.025),
            high: at(0.975),
            mean: Some(mean(&draws)).filter(|value| value.is_finite()),
            reasons: Vec::new(),
            warnings: Vec::new(),
            diagnostics: Map::new(),
            draws: vec![draws],
        }
    }

    /// The method, refused for a reason.
    pub(crate) fn refuse(&mut self, code: &'static str, text: &str, arabic: &str) {
        self.status = MethodStatus::Refused;
        self.reasons.push(Reason::new(code, text, arabic));
    }

    pub(crate) fn warn(&mut self, code: &'static str, text: &str, arabic: &str) {
        self.warnings.push(Reason::new(code, text, arabic));
    }

    pub(crate) fn say(&mut self, key: &str, value: impl Into<Value>) {
        self.diagnostics.insert(key.to_owned(), value.into());
    }

    /// Moves its ends out to those of another, where that has any.
    pub(crate) fn reach(&mut self, other: &Found) {
        let further = |own: Option<f64>, other: Option<f64>, of: fn(f64, f64) -> f64| {
            own.zip(other).map(|(own, other)| of(own, other)).or(own)
        };
        self.low = further(self.low, other.low, f64::min);
        self.high = further(self.high, other.high, f64::max);
    }

    /// Whether its chains are merely slow: their middles, and the places where their draws gather, are within
    /// [`CHAINS_APART`] of each other.
    pub(crate) fn chains_near(&self) -> bool {
        let numbers = |key: &str, of: &str, counts: fn(&Value) -> bool| -> Vec<f64> {
            let rows = self.diagnostics.get(key).and_then(Value::as_array);
            rows.into_iter().flatten().filter(|row| counts(row)).filter_map(|row| row[of].as_f64()).collect()
        };
        let near = |places: &[f64]| {
            let least = places.iter().copied().fold(f64::INFINITY, f64::min);
            places.iter().all(|place| *place <= CHAINS_APART * least)
        };
        let weighs = |mode: &Value| mode["mass"].as_f64().is_some_and(|mass| mass >= LEAST_MODE);
        near(&numbers("chains", "median", |_| true)) && near(&numbers("modes", "at", weighs))
    }

    /// Whether it averages over models, so that its interval has the doubt about which is right in it.
    pub fn averages(&self) -> bool {
        matches!(self.method, Method::Loglinear | Method::Dga | Method::Lcmcr)
    }

    /// Whether its number may take part in a headline.
    pub fn trusted(&self) -> bool {
        self.status == MethodStatus::Estimated && self.median.is_some()
    }
}

/// A method's draws of each table, pooled by the number of draws of who is who that gave it. Beside them, in what the
/// method says of itself, the same by the published rule for replicates.
pub(crate) fn pooled(
    method: Method,
    tables: &Weighted,
    mut draws: impl FnMut(&CaptureTable) -> Option<Vec<f64>>,
) -> Found {
    let (mut all, mut replicates) = (Vec::new(), Vec::new());
    for (table, weight) in tables.tables() {
        let Some(draws) = draws(table) else { continue };
        let replicate = Replicate::of(table.observed() as f64, &draws);
        for _ in 0..*weight {
            all.extend_from_slice(&draws);
            replicates.extend(replicate);
        }
    }
    let mut found = Found::of(method, all);
    let complete = replicates.len() as u64 == tables.tables().iter().map(|(_, weight)| weight).sum::<u64>();
    if let Some(combined) = log_t(&replicates).filter(|_| complete) {
        found.say("log_t", json!(combined));
    }
    found
}

/// Draws of a log-normal number missing with the given median and standard error, at even steps of probability.
pub(crate) fn log_normal(observed: f64, missing: f64, standard_error: f64) -> Vec<f64> {
    let spread = libm::sqrt(libm::log(1.0 + (standard_error / missing.max(1e-9)).powi(2)));
    (0..EVEN_DRAWS)
        .map(|at| {
            let z = normal_quantile((at as f64 + 0.5) / EVEN_DRAWS as f64);
            observed + missing * libm::exp(spread * z)
        })
        .collect()
}

/// Chao's bound where lists differ in size (Mth): at least so many, whatever makes people differ.
pub fn chao(tables: &Weighted) -> Found {
    if tables.first().width() > crate::loglinear::MOST_LISTS_LOGLINEAR {
        return Found::not_run(
            Method::Chao,
            "the bound is worked out for at most 10 lists",
            "يُحسب الحدّ لعشر قوائم على الأكثر",
        );
    }
    let of = |table: &CaptureTable| {
        let bound = lower_bound(table, true)?;
        let observed = table.observed() as f64;
        Some(log_normal(observed, bound.population - observed, bound.standard_error))
    };
    let mut found = pooled(Method::Chao, tables, of);
    found.status = MethodStatus::LowerBound;
    let table = tables.first();
    match lower_bound(table, true) {
        Some(bound) if tables.tables().len() == 1 => {
            let observed = table.observed() as f64;
            let (low, high) = missing_interval(observed, bound.population - observed, bound.standard_error);
            (found.median, found.low, found.high) = (Some(bound.population), Some(low), Some(high));
            found.mean = found.median;
            found.say("standard_error", bound.standard_error);
            found.say("deviance", bound.deviance);
            if let Some(alike) = lower_bound(table, false) {
                found.say("lists_alike", json!({ "population": alike.population, "low": alike.interval.0, "high": alike.interval.1 }));
            }
        }
        Some(_) => {}
        None => found.refuse("too_sparse", "the bound cannot be worked out: nobody is on exactly one list, or nobody on exactly two, or its model has no estimate", "لا يمكن حساب الحدّ: لا أحد في قائمة واحدة فقط، أو لا أحد في قائمتين فقط، أو ليس لنموذجه تقدير"),
    }
    found
}
