//! The exact posterior over graphs and numbers of people, with a hyper-Dirichlet prior over cells.

use libm::{exp, log, sqrt};
use rayon::prelude::*;

use super::graphs::{Graph, decomposable_graphs};
use super::grid::{Knot, adaptive};
use crate::CaptureTable;
use crate::special::{ln_gamma, log_sum_exp};

/// What is believed of everybody's number N before the table is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PopulationPrior {
    /// Proportional to 1/N: no scale is preferred.
    Scale,
    /// A Poisson whose mean is a gamma variable of this shape and scale.
    NegativeBinomial {
        /// The gamma's shape.
        shape: f64,
        /// The gamma's scale.
        scale: f64,
    },
}

impl PopulationPrior {
    fn ln(self, population: f64) -> f64 {
        match self {
            PopulationPrior::Scale => -log(population),
            PopulationPrior::NegativeBinomial { shape, scale } => {
                ln_gamma(population + shape) - ln_gamma(population + 1.0)
                    + population * log(scale / (1.0 + scale))
            }
        }
    }
}

/// How the average is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DgaSettings {
    /// The Dirichlet weight of each cell of the full table; 2^−J where nobody knows better.
    pub delta: f64,
    /// Whether the graph in which everything depends on everything takes part. It says nothing about who is missing.
    pub saturated: bool,
    /// What is believed of N.
    pub prior: PopulationPrior,
}

impl DgaSettings {
    /// The usual ones for a number of lists.
    pub fn usual(lists: usize) -> Self {
        DgaSettings {
            delta: 1.0 / f64::from(1_u32 << lists),
            saturated: false,
            prior: PopulationPrior::Scale,
        }
    }
}

/// The posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct DgaPosterior {
    observed: f64,
    missing: Vec<f64>,
    mass: Vec<f64>,
    density: Vec<f64>,
    /// Graphs with their probabilities, the most probable first.
    pub graphs: Vec<(Graph, f64)>,
}

/// The posterior on a grid of its own choosing. Between 2 and [`super::MOST_LISTS_GRAPHS`] lists.
pub fn posterior(table: &CaptureTable, settings: &DgaSettings) -> DgaPosterior {
    let graphs = graphs_of(table, settings);
    let parts = Parts::new(table, settings);
    let far = 1000.0 * (table.observed() as f64 + 10.0);
    let knots = adaptive(far, |missing| missing.par_iter().map(|at| parts.height(&graphs, *at)).collect());
    assemble(&parts, graphs, &knots)
}

/// The posterior on a given grid of missing people, each number of the grid with the same weight.
pub fn posterior_on(table: &CaptureTable, settings: &DgaSettings, grid: &[f64]) -> DgaPosterior {
    let graphs = graphs_of(table, settings);
    let parts = Parts::new(table, settings);
    let knots: Vec<Knot> = grid
        .par_iter()
        .map(|missing| Knot { missing: *missing, width: 1.0, height: parts.height(&graphs, *missing) })
        .collect();
    assemble(&parts, graphs, &knots)
}

fn graphs_of(table: &CaptureTable, settings: &DgaSettings) -> Vec<Graph> {
    let mut graphs = decomposable_graphs(table.width());
    graphs.retain(|graph| settings.saturated || !graph.is_saturated());
    graphs
}

/// What each set of lists adds to a graph's likelihood.
struct Parts {
    observed: f64,
    prior: PopulationPrior,
    /// The Dirichlet weight of the whole table.
    weight: f64,
    /// By set: what does not depend on the missing.
    fixed: Vec<f64>,
    /// By set: people seen on none of its lists, and the Dirichlet weight of that cell.
    none: Vec<f64>,
}

impl Parts {
    fn new(table: &CaptureTable, settings: &DgaSettings) -> Self {
        let lists = table.width();
        let weight = settings.delta * f64::from(1_u32 << lists);
        let mut fixed = vec![0.0; 1 << lists];
        let mut none = vec![0.0; 1 << lists];
        for set in 1_u32..1 << lists {
            let cell = weight / f64::from(1_u32 << set.count_ones());
            let mut counts = vec![0_u64; 1 << lists];
            for (history, count) in table.cells() {
                counts[(history & set) as usize] += count;
            }
            none[set as usize] = counts[0] as f64 + cell;
            fixed[set as usize] = ln_gamma(weight) - ln_gamma(cell)
                + counts[1..]
                    .iter()
                    .filter(|count| **count > 0)
                    .map(|count| ln_gamma(*count as f64 + cell) - ln_gamma(cell))
                    .sum::<f64>();
        }
        Parts { observed: table.observed() as f64, prior: settings.prior, weight, fixed, none }
    }

    /// What each set adds when so many are missing.
    fn sets(&self, missing: f64) -> Vec<f64> {
        let everybody = ln_gamma(self.observed + missing + self.weight);
        (0..self.fixed.len())
            .map(|set| {
                if set == 0 { 0.0 } else { self.fixed[set] + ln_gamma(self.none[set] + missing) - everybody }
            })
            .collect()
    }

    fn outer(&self, missing: f64) -> f64 {
        let population = self.observed + missing;
        ln_gamma(population + 1.0) - ln_gamma(missing + 1.0) + self.prior.ln(population)
    }

    /// The posterior's logarithm over all graphs, up to a constant.
    fn height(&self, graphs: &[Graph], missing: f64) -> f64 {
        let sets = self.sets(missing);
        let heights: Vec<f64> = graphs.iter().map(|graph| of(graph, &sets)).collect();
        log_sum_exp(&heights) + self.outer(missing)
    }
}

fn of(graph: &Graph, sets: &[f64]) -> f64 {
    graph.factors.iter().map(|(set, times)| f64::from(*times) * sets[*set as usize]).sum()
}

fn assemble(parts: &Parts, graphs: Vec<Graph>, knots: &[Knot]) -> DgaPosterior {
    let heights: Vec<f64> = knots.iter().map(|knot| knot.height + log(knot.width)).collect();
    let total = log_sum_exp(&heights);
    let sets: Vec<Vec<f64>> = knots.iter().map(|knot| parts.sets(knot.missing)).collect();
    let outer: Vec<f64> =
        knots.iter().map(|knot| parts.outer(knot.missing) + log(knot.width) - total).collect();
    let weights: Vec<f64> = graphs
        .par_iter()
        .map(|graph| sets.iter().zip(&outer).map(|(sets, outer)| exp(of(graph, sets) + outer)).sum())
        .collect();
    let mut graphs: Vec<(Graph, f64)> = graphs.into_iter().zip(weights).collect();
    graphs.sort_by(|a, b| b.1.total_cmp(&a.1));
    DgaPosterior {
        observed: parts.observed,
        missing: knots.iter().map(|knot| knot.missing).collect(),
        mass: heights.iter().map(|height| exp(height - total)).collect(),
        density: knots.iter().map(|knot| exp(knot.height - total)).collect(),
        graphs,
    }
}

impl DgaPosterior {
    /// The mean of everybody's number.
    pub fn mean(&self) -> f64 {
        self.observed + self.missing.iter().zip(&self.mass).map(|(missing, mass)| missing * mass).sum::<f64>()
    }

    /// The standard deviation.
    pub fn deviation(&self) -> f64 {
        let centre = self.mean() - self.observed;
        let square = |(missing, mass): (&f64, &f64)| mass * (missing - centre) * (missing - centre);
        sqrt(self.missing.iter().zip(&self.mass).map(square).sum())
    }

    /// The smallest number with at least this much probability at or below it.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut sum = 0.0;
        for (missing, mass) in self.missing.iter().zip(&self.mass) {
            sum += mass;
            if sum >= p {
                return self.observed + missing;
            }
        }
        self.observed + self.missing.last().copied().unwrap_or(0.0)
    }

    /// The most probable number.
    pub fn mode(&self) -> f64 {
        let best = (0..self.missing.len()).max_by(|a, b| self.density[*a].total_cmp(&self.density[*b]));
        self.observed + best.map_or(0.0, |at| self.missing[at])
    }

    /// The probability of more missing than this.
    pub fn beyond(&self, missing: f64) -> f64 {
        self.missing.iter().zip(&self.mass).filter(|(at, _)| **at > missing).map(|(_, mass)| mass).sum()
    }

    /// The estimate with the smallest expected relative squared error: E(1/N)/E(1/N²), as Madigan and York report.
    pub fn relative_error_estimate(&self) -> f64 {
        let moment = |power: i32| -> f64 {
            self.missing
                .iter()
                .zip(&self.mass)
                .map(|(at, mass)| mass / (self.observed + at).powi(power))
                .sum()
        };
        moment(1) / moment(2)
    }

    /// `number` draws that stand at equal steps of probability, so that they carry no noise of their own.
    pub fn even_draws(&self, number: usize) -> Vec<f64> {
        let mut draws = Vec::with_capacity(number);
        let (mut sum, mut at) = (self.mass[0], 0);
        for draw in 0..number {
            let p = (draw as f64 + 0.5) / number as f64;
            while sum < p && at + 1 < self.mass.len() {
                at += 1;
                sum += self.mass[at];
            }
            draws.push(self.observed + self.missing[at]);
        }
        draws
    }

    /// Missing people and probability density there, for a picture.
    pub fn curve(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.missing.iter().zip(&self.density).map(|(missing, density)| (self.observed + missing, *density))
    }
}
