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
    /// Capture histories: CSV, a 0/1 column a list, a row for a history with its count, or a row for a person; or, inside a
    /// register, its lists: sources, or documents by id or name
    #[arg(required = true, value_name = "FILE|LIST")]
    pub files: Vec<PathBuf>,
    /// Of a register's lists: killed, injured, killed_or_injured, missing or detained
    #[arg(long)]
    pub harm: Option<String>,
    /// Of a register's lists: men, women, children, boys, girls, infants, older_persons
    #[arg(long)]
    pub class: Option<String>,
    /// Of a register's lists: in this place; several are a union
    #[arg(long)]
    pub place: Vec<String>,
    /// Of a register's lists: EDTF, 2031-10, or 2031-09-30/2031-11-25
    #[arg(long)]
    pub period: Option<String>,
    /// The share of true links between two lists that were found, by an audited sample
    #[arg(long, value_name = "SHARE")]
    pub linking_recall: Option<f64>,
    /// What to run, and whose interval is the headline; auto and all run everything and take the envelope of averages
    #[arg(long, value_enum, default_value = "auto")]
    pub method: MethodWord,
    /// The seed: the same file, seed and version give the same numbers
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Chains of latent classes, each from a start of its own
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(4..=64))]
    pub chains: u8,
    /// The most sweeps of each chain; chains that agree before stop before
    #[arg(long, value_name = "N", default_value_t = 400_000)]
    pub sweeps: usize,
    /// Answers to who is who (`draw`) on which chains are run; other methods take all of them
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub tables: usize,
    /// The most latent classes
    #[arg(long, value_name = "K", default_value_t = 10)]
    pub classes: usize,
    /// Shape and rate of the gamma prior of how many classes there are
    #[arg(long, value_names = ["SHAPE", "RATE"], num_args = 2, default_values_t = [0.25, 0.25])]
    pub concentration: Vec<f64>,
    /// The beta prior of being on a list, within a class
    #[arg(long, value_names = ["A", "B"], num_args = 2, default_values_t = [1.0, 1.0])]
    pub listing: Vec<f64>,
    /// The weight of each cell in the prior of graphs; 2 to the power of minus the number of lists where it is not given
    #[arg(long, value_name = "DELTA")]
    pub delta: Option<f64>,
    /// Odds ratios of dependence among all lists to show the number for
    #[arg(long, value_name = "XI", value_delimiter = ',')]
    pub xi: Vec<f64>,
    /// A column whose values are estimated from one by one too
    #[arg(long, value_name = "COLUMN")]
    pub strata: Option<String>,
    /// A folder for the verdict, every draw behind it, and a report in English and Arabic (Markdown and HTML)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The JSON alone, and no words about it on standard error
    #[arg(long)]
    pub json: bool,
}
