//! The arguments of `sijil report`: which figures, in which file, in which languages.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use super::Count;

#[derive(Debug, Args)]
pub struct Report {
    /// Names of saved figures, or questions in quotes, as `sijil count` takes them: "count --by month"
    #[arg(required = true)]
    pub questions: Vec<String>,
    /// The file; its ending says the form: .md, .html or .docx
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// In which language
    #[arg(long, value_enum, default_value_t = Languages::Both)]
    pub lang: Languages,
    /// The report's title
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// As it was at this log position
    #[arg(long, value_name = "POSITION")]
    pub at: Option<u64>,
}

/// The languages of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Languages {
    /// English
    En,
    /// Arabic
    Ar,
    /// English, then Arabic
    Both,
}

/// A question in quotes: the options of `sijil count`.
#[derive(Debug, Parser)]
#[command(name = "count", no_binary_name = true)]
pub struct Quoted {
    #[command(flatten)]
    pub count: Count,
}
