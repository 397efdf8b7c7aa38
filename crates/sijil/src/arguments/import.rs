//! The arguments of `sijil import`: spreadsheets of incidents and of the people in them.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub struct Import {
    /// CSV, TSV, XLSX or ODS files: a row an incident, a number, or a person; those of one code belong together
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Whose columns they have: airwars, ucdp, acled or codebook; by default told by the columns. The account that works is SIJIL_ACCOUNT, or named before the command
    #[arg(id = "account", long = "as", value_name = "SHAPE")]
    pub shape: Option<String>,
    /// Who compiled them: a source of the register
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Import nothing where a row or cell cannot be read
    #[arg(long)]
    pub strict: bool,
    /// Print JSON, one object a file, with every row and cell that was not taken
    #[arg(long)]
    pub json: bool,
}
