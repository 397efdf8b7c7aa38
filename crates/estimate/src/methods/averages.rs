//! Averages over models: log-linear ones by their criterion, decomposable graphs by their posterior; and the sparse
//! stepwise model with a bootstrap that repeats its steps.

use serde_json::{Value, json};

use super::{EVEN_DRAWS, Found, Method, log_normal, pooled};
use crate::chao::missing_interval;
use crate::dga::{self, DgaPosterior, DgaSettings, MOST_LISTS_GRAPHS, posterior};
use crate::loglinear::{
    CellCounts, Criterion, Fit, MOST_LISTS_ALL_MODELS, MOST_LISTS_LOGLINEAR, Selection, bias_corrected,
    hierarchical, profile_interval, select, stepwise,
};
use crate::overlaps::{Overlap, Overlaps};
use crate::{CaptureTable, Weighted};

/// The share of the models' weight on models without an estimate above which the chosen one is one of them.
const MOST_WITHOUT: f64 = 0.5;
/// The share above which it is said.
const SAID_WITHOUT: f64 = 0.05;
/// The share of the models' weight on the one that nothing tests, above which it is not taken at its word. In worlds where people
/// are alike it stays below (docs/estimating.md).
const MOST_UNTESTED: f64 = 0.25;
/// The weight below which a model says nothing that is seen of overlaps.
const LEAST_WEIGHT: f64 = 1e-4;
/// The mass so far out that a posterior is held up by its prior alone, and how far out that is, in people observed.
pub(super) const EDGE_MASS: f64 = 1e-3;
const EDGE: f64 = 500.0;
const BOOTSTRAPS: usize = 400;

fn selection(table: &CaptureTable) -> (CellCounts, Selection) {
    let cells = CellCounts::new(table);
    let models = hierarchical(table.width(), table.width() as u32 - 1);
    let selection = select(&cells, &models);
    (cells, selection)
}

/// All hierarchical models, averaged by the Bayesian criterion; the interval has the doubt between models in it. Its ends are
/// the further ones of the averages by either criterion: where people differ in how easily they are listed, the Bayesian one
/// prefers models too small for that, and its own interval is too often too low.
pub fn log_linear(tables: &Weighted) -> Found {
    let first = tables.first();
    if !(3..=MOST_LISTS_ALL_MODELS).contains(&first.width()) {
        return Found::not_run(
            Method::Loglinear,
            "all hierarchical models are fitted for 3 to 5 lists",
            "تُلاءَم كل النماذج الهرمية لثلاث قوائم إلى خمس",
        );
    }
    let selections: Vec<Selection> = tables.tables().iter().map(|(table, _)| selection(table).1).collect();
    let mut found = averaged(tables, &selections, Criterion::Bic);
    let (cells, selection) = (CellCounts::new(first), &selections[0]);
    let Some(average) = selection.average(Criterion::Bic) else {
        found.refuse(
            "no_mle",
            "no log-linear model of these lists has a maximum likelihood estimate",
            "ليس لأيّ نموذج لوغاريتمي خطي لهذه القوائم تقدير أرجحية عظمى",
        );
        return found;
    };
    if without_estimate(tables, &selections, Criterion::Aic) <= MOST_WITHOUT {
        let other = averaged(tables, &selections, Criterion::Aic);
        let further = |one: Option<f64>, other: Option<f64>, of: fn(f64, f64) -> f64| {
            one.zip(other).map(|(one, other)| of(one, other)).or(one)
        };
        (found.low, found.high) =
            (further(found.low, other.low, f64::min), further(found.high, other.high, f64::max));
    }
    found.say("models", selection.fits().len());
    found.say("standard_error", average.standard_error);
    widen_untested(&mut found, first, selection);
    found.compare_overlaps(first, &overlaps(first, selection));
    let share_without = without_estimate(tables, &selections, Criterion::Bic);
    found.say("weight_without_estimate", share_without);
    found.say("range_within_2", json!([average.range.0, average.range.1]));
    for (key, criterion) in [("best_bic", Criterion::Bic), ("best_aic", Criterion::Aic)] {
        if let Some(best) = selection.best(criterion) {
            found.say(key, one_model(first, &cells, best));
        }
    }
    if let Some(aic) = selection.average(Criterion::Aic) {
        found.say(
            "average_aic",
            json!({ "population": aic.population, "standard_error": aic.standard_error }),
        );
    }
    let without = format!(
        "{:.0} % of the models' weight is on models that have no maximum likelihood estimate",
        100.0 * share_without
    );
    let arabic = format!("{:.0} % من وزن النماذج على نماذج ليس لها تقدير أرجحية عظمى", 100.0 * share_without);
    if share_without > MOST_WITHOUT {
        let best = format!("{without}, the best one among them");
        found.refuse("no_mle", &best, &format!("{arabic}، وأفضلها بينها"));
    } else if share_without > SAID_WITHOUT {
        found.warn("weight_without_estimate", &without, &arabic);
    }
    found
}

/// The largest model has as many parameters as there are histories, so nothing tests it. Where it has a good part of the
/// weight by Akaike's criterion every dependence that can be seen is there, and the one among all lists at once, which cannot be seen, is
/// no longer taken for nothing: the ends are those of odds ratios ξ up to the largest one that is seen among one list fewer, and
/// down to its inverse (the unseen is measured by what is seen, as Cinelli and Hazlett 2020 do for regressions).
fn widen_untested(found: &mut Found, table: &CaptureTable, selection: &Selection) {
    let weighted = selection.weighted(Criterion::Aic);
    let Some((fit, weight)) = weighted.iter().find(|(fit, _)| fit.freedom < 0.5) else { return };
    found.say("weight_untested", *weight);
    if *weight <= MOST_UNTESTED {
        return;
    }
    let order = table.width() as u32 - 1;
    let terms = fit.model.terms().iter().zip(&fit.parameters[1..]);
    let largest =
        terms.filter(|(set, _)| set.count_ones() == order).map(|(_, value)| value.abs()).fold(0.0, f64::max);
    let xi = libm::exp(largest);
    let observed = table.observed() as f64;
    let times = |end: Option<f64>, xi: f64| end.map(|end| observed + xi * (end - observed).max(0.0));
    (found.low, found.high) = (times(found.low, 1.0 / xi), times(found.high, xi));
    found.say("xi_of_ends", xi);
    let text = format!(
        "every dependence between these lists that can be seen is there, as where people differ in how easily they are listed; none is left to test whether all lists together depend too, so the interval allows for an odds ratio of that up to {xi:.1}, the largest that is seen among one list fewer"
    );
    let arabic = format!(
        "كلّ ترابط يمكن أن يُرى بين هذه القوائم موجود، كما يكون حيث يختلف الناس في سهولة إدراجهم؛ ولا يبقى ما يُختبر به ترابطها جميعًا، فالفترة تسمح بنسبة أرجحية له حتى {xi:.1}، وهي أكبر ما يُرى بين قوائم أقلّ بواحدة"
    );
    found.warn("untested_model", &text, &arabic);
}

/// Overlaps, and what the average by the Bayesian criterion says of them.
fn overlaps(table: &CaptureTable, selection: &Selection) -> Vec<Overlap> {
    let mut overlaps = Overlaps::new(table.width(), table.cells());
    let weighted = selection.weighted(Criterion::Bic);
    for (fit, weight) in weighted.into_iter().filter(|(_, weight)| *weight > LEAST_WEIGHT) {
        let all: f64 = fit.fitted[1..].iter().sum();
        overlaps.add(weight, |set| {
            let those = (0_u32..).zip(&fit.fitted).filter(|(history, _)| history & set == set);
            those.map(|(_, fitted)| fitted).sum::<f64>() / all
        });
    }
    overlaps.told()
}

/// The share of all models' weight that is on models without an estimate, over all answers to who is who.
fn without_estimate(tables: &Weighted, selections: &[Selection], criterion: Criterion) -> f64 {
    let (mut without, mut all) = (0.0, 0.0);
    for ((_, weight), selection) in tables.tables().iter().zip(selections) {
        let share = selection.average(criterion).map_or(1.0, |average| average.weight_without_estimate);
        without += *weight as f64 * share;
        all += *weight as f64;
    }
    without / all
}

/// The average by a criterion: of one table with the interval of a log-normal number missing, of several pooled.
fn averaged(tables: &Weighted, selections: &[Selection], criterion: Criterion) -> Found {
    let mut next = selections.iter();
    let of = |table: &CaptureTable| {
        let average = next.next()?.average(criterion)?;
        let observed = table.observed() as f64;
        Some(log_normal(observed, average.population - observed, average.standard_error))
    };
    let mut found = pooled(Method::Loglinear, tables, of);
    if let ([(table, _)], Some(average)) = (tables.tables(), selections[0].average(criterion)) {
        let observed = table.observed() as f64;
        let (low, high) = missing_interval(observed, average.population - observed, average.standard_error);
        (found.median, found.low, found.high) = (Some(average.population), Some(low), Some(high));
        found.mean = found.median;
    }
    found
}

fn one_model(table: &CaptureTable, cells: &CellCounts, fit: &Fit) -> Value {
    let profile = profile_interval(cells, fit);
    json!({
        "model": fit.model.to_string(),
        "in_names": fit.model.in_names(table.lists()),
        "population": fit.population,
        "standard_error": fit.standard_error,
        "low": profile.low,
        "high": Some(profile.high).filter(|high| high.is_finite()),
        "deviance": fit.deviance,
        "freedom": fit.freedom,
        "aic": fit.aic,
        "bic": fit.bic,
    })
}

/// The sparse stepwise two-way model. It is one model chosen by steps, so it is shown and stands behind no headline.
pub fn sparse(tables: &Weighted, seed: u64) -> Found {
    let table = tables.first();
    if !(3..=MOST_LISTS_LOGLINEAR).contains(&table.width()) {
        return Found::not_run(
            Method::Sparse,
            "the stepwise model is built for 3 to 10 lists",
            "يُبنى النموذج المتدرّج لثلاث قوائم إلى عشر",
        );
    }
    let cells = CellCounts::new(table);
    let steps = stepwise(&cells, 0.02);
    let point = |cells: &CellCounts| {
        let fit = stepwise(cells, 0.02).fit;
        (fit.converged && fit.population < 1e12).then_some(fit.population)
    };
    let mut found = Found::of(Method::Sparse, Vec::new());
    let names: Vec<String> = steps
        .added
        .iter()
        .map(|(one, other)| format!("{}*{}", table.lists()[*one], table.lists()[*other]))
        .collect();
    found.say("pairs", names);
    found.say("bootstraps", BOOTSTRAPS);
    match (point(&cells), bias_corrected(&cells, seed, "sparse", BOOTSTRAPS, point)) {
        (Some(population), Some(bootstrap)) => {
            (found.median, found.low, found.high) =
                (Some(population), Some(bootstrap.low), Some(bootstrap.high));
            found.say("bootstraps_without_estimate", bootstrap.without_estimate);
        }
        _ => found.refuse(
            "no_mle",
            "the stepwise model, or half of its bootstraps, have no estimate",
            "ليس للنموذج المتدرّج، أو لنصف عيناته المعادة، تقدير",
        ),
    }
    if tables.tables().len() > 1 {
        found.warn(
            "one_draw",
            "worked out on the likeliest answer to who is who alone",
            "حُسب على أرجح جواب وحده لمن هو من",
        );
    }
    found
}

/// Decomposable graphs, averaged; the graph that says nothing of the missing is left out. `delta` is the weight of each
/// cell in the prior, 2 to the power of minus the number of lists where none is asked for.
pub fn decomposable(tables: &Weighted, delta: Option<f64>) -> Found {
    let first = tables.first();
    if !(3..=MOST_LISTS_GRAPHS).contains(&first.width()) {
        return Found::not_run(
            Method::Dga,
            "decomposable graphs are averaged over for 3 to 6 lists",
            "يؤخذ متوسط المخططات القابلة للتفكيك لثلاث قوائم إلى ست",
        );
    }
    let usual = DgaSettings::usual(first.width());
    let settings = DgaSettings { delta: delta.unwrap_or(usual.delta), ..usual };
    let mut found =
        pooled(Method::Dga, tables, |table| Some(posterior(table, &settings).even_draws(EVEN_DRAWS)));
    let of_first = posterior(first, &settings);
    if tables.tables().len() == 1 {
        found.median = Some(of_first.quantile(0.5));
        found.low = Some(of_first.quantile(0.025));
        found.high = Some(of_first.quantile(0.975));
        found.mean = Some(of_first.mean());
    }
    found.compare_overlaps(first, &dga::overlaps(first, &settings, &of_first));
    let (edge, sweep) = (of_first.beyond(EDGE * first.observed() as f64), delta_sweep(first));
    found.say("delta", settings.delta);
    found.say("graphs", top_graphs(first, &of_first));
    found.say("edge_mass", edge);
    found.say("delta_sweep", sweep);
    if edge > EDGE_MASS {
        let text = format!("{edge:.3} of the posterior lies beyond {EDGE:.0} times the people observed");
        let arabic = format!("{edge:.3} من التوزيع اللاحق يقع وراء {EDGE:.0} ضعف المرصودين");
        found.refuse("edge_mass", &text, &arabic);
    }
    found
}

/// The middle and the ends of the graphs' average of one table, and nothing else; `None` where it is not made.
pub(crate) fn graphs_alone(table: &CaptureTable, delta: Option<f64>) -> Option<[f64; 3]> {
    let usual =
        (3..=MOST_LISTS_GRAPHS).contains(&table.width()).then(|| DgaSettings::usual(table.width()))?;
    let found = posterior(table, &DgaSettings { delta: delta.unwrap_or(usual.delta), ..usual });
    Some([0.025, 0.5, 0.975].map(|p| found.quantile(p)))
}

fn top_graphs(table: &CaptureTable, posterior: &DgaPosterior) -> Value {
    posterior
        .graphs
        .iter()
        .take(3)
        .map(|(graph, probability)| json!({ "graph": graph.in_names(table.lists()), "probability": probability }))
        .collect()
}

/// The median for other weights of the prior, the saturated graph left out; for up to five lists.
fn delta_sweep(table: &CaptureTable) -> Value {
    if table.width() > MOST_LISTS_ALL_MODELS {
        return json!([]);
    }
    let usual = DgaSettings::usual(table.width());
    [usual.delta, 2.0 * usual.delta, 0.5]
        .iter()
        .map(|delta| {
            let found = posterior(table, &DgaSettings { delta: *delta, ..usual });
            json!({ "delta": delta, "median": found.quantile(0.5) })
        })
        .collect()
}
