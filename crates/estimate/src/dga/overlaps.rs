//! What the average over graphs says of overlaps, graph by graph, with the missing at their middle.

use libm::pow;

use super::graphs::Graph;
use super::posterior::{DgaPosterior, DgaSettings};
use crate::CaptureTable;
use crate::overlaps::{Overlap, Overlaps};

/// Graphs less probable than this say nothing that is seen.
const LEAST_PROBABLE: f64 = 1e-3;

/// Overlaps of the table that a posterior is of, and what its graphs say of them.
pub fn overlaps(table: &CaptureTable, settings: &DgaSettings, posterior: &DgaPosterior) -> Vec<Overlap> {
    let missing = posterior.quantile(0.5) - table.observed() as f64;
    let mut overlaps = Overlaps::new(table.width(), table.cells());
    for (graph, probability) in posterior.graphs.iter().filter(|(_, p)| *p > LEAST_PROBABLE) {
        let cells = cells(table, settings, graph, missing);
        let all: f64 = cells[1..].iter().sum();
        let on_all = |set: u32| {
            let those = (0_u32..).zip(&cells).filter(|(history, _)| history & set == set);
            those.map(|(_, chance)| chance).sum::<f64>() / all
        };
        overlaps.add(*probability, on_all);
    }
    overlaps.told()
}

/// The chance of each history under a graph: the marginals of its cliques over those of what they share.
fn cells(table: &CaptureTable, settings: &DgaSettings, graph: &Graph, missing: f64) -> Vec<f64> {
    let histories = 1_u32 << table.width();
    let weight = settings.delta * f64::from(histories);
    let everybody = table.observed() as f64 + missing + weight;
    let mut cells = vec![1.0; histories as usize];
    for (set, times) in &graph.factors {
        let mut counts = vec![weight / f64::from(1_u32 << set.count_ones()); histories as usize];
        counts[0] += missing;
        table.cells().iter().for_each(|(history, count)| counts[(history & set) as usize] += *count as f64);
        for (history, cell) in (0_u32..).zip(&mut cells) {
            *cell *= pow(counts[(history & set) as usize] / everybody, f64::from(*times));
        }
    }
    cells
}
