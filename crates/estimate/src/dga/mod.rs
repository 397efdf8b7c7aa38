//! Averaging over decomposable graphs (Madigan and York 1997): which lists depend on which is itself uncertain; for every
//! decomposable graph the posterior of everybody's number is exact, and the graphs are weighted by what the table says.

mod graphs;
mod grid;
mod overlaps;
mod posterior;

pub use graphs::{Graph, decomposable_graphs};
pub use overlaps::overlaps;
pub use posterior::{DgaPosterior, DgaSettings, PopulationPrior, posterior, posterior_on};

/// The most lists for which all decomposable graphs are averaged over: 18,154 of them.
pub const MOST_LISTS_GRAPHS: usize = 6;
