//! Decomposable graphs of a table, averaged by their posterior.

use serde_json::{Value, json};

use super::{EVEN_DRAWS, Found, Method, pooled};
use crate::dga::{self, DgaPosterior, DgaSettings, MOST_LISTS_GRAPHS, posterior};
use crate::{CaptureTable, Weighted};

/// The most lists for which the prior's weight is varied.
const MOST_LISTS_SWEEP: usize = 5;
/// The mass so far out that a posterior is held up by its prior alone, and how far out that is, in people observed.
pub(super) const EDGE_MASS: f64 = 1e-3;
const EDGE: f64 = 500.0;

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
    if table.width() > MOST_LISTS_SWEEP {
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
