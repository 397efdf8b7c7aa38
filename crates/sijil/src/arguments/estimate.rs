//! The arguments of `sijil estimate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// A way to estimate, or which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodWord {
    Auto,
    Loglinear,
    Chao,
    Dga,
    Lcmcr,
    All,
}

#[derive(Debug, Args)]
pub struct Estimate {
    /// Capture histories: CSV, a 0/1 column a list, a row for a history with its count, or a row for a person
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to run, and whose interval is the headline; auto and all run everything and take the envelope of averages
    #[arg(long, value_enum, default_value = "auto")]
    pub method: MethodWord,
    /// The seed: the same file, seed and version give the same numbers
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Chains of latent classes, each from a start of its own
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(4..=64))]
    pub chains: u8,
    /// A column whose values are estimated from one by one too
    #[arg(long, value_name = "COLUMN")]
    pub strata: Option<String>,
    /// The JSON alone, and no words about it on standard error
    #[arg(long)]
    pub json: bool,
}
