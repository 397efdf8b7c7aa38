//! Latent classes (Manrique-Vallier 2016): people fall into an unknown number of classes, within each of which being on
//! one list says nothing about being on another. Sampled by several chains that start far apart, and checked by a second
//! sampler that warms the likelihood up step by step.

mod chain;
mod chains;
mod diagnostics;
#[cfg(test)]
mod joint;
mod moves;
mod sampler;
mod start;
mod tempering;

pub use chain::{Bits, ChainState, Unfinished};
pub use chains::{CHAINS_APART, ChainSummary, LcmcrRun, MOST_RHAT, RunSettings, run, run_on_ladder};
pub use diagnostics::{Diagnostics, bulk_ess, diagnose, rank_rhat};
pub use sampler::{LatentClasses, Prior, Sampler};
pub use tempering::{Tempered, TemperingSettings, tempered};
