//! The sparse stepwise two-way model, with a bootstrap that repeats its steps.

use super::{Found, Method};
use crate::Weighted;
use crate::loglinear::{CellCounts, MOST_LISTS_LOGLINEAR, bias_corrected, stepwise};

const BOOTSTRAPS: usize = 400;

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
