//! Latent classes (Manrique-Vallier 2016): people fall into an unknown number of classes, within each of which being on
//! one list says nothing about being on another. Sampled by several chains that start far apart, and checked by a second
//! sampler that warms the likelihood up step by step.

mod chains;
mod diagnostics;
mod moves;
mod sampler;
mod start;
mod tempering;

pub use chains::{ChainSummary, LcmcrRun, RunSettings, run};
pub use diagnostics::{Diagnostics, bulk_ess, diagnose, rank_rhat};
pub use sampler::{LatentClasses, Prior, Sampler};
pub use tempering::{Mode, Tempered, TemperingSettings, modes_of, tempered};
