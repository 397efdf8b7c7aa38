//! The arguments of `sijil population`.

use clap::Args;

#[derive(Debug, Args)]
pub struct PopulationOf {
    /// How many: `120000`, `110000-130000`, `100000+`; without it, all that is noted is listed
    pub people: Option<String>,
    /// Where
    #[arg(long)]
    pub place: Option<String>,
    /// The time for which the source gives the number, EDTF
    #[arg(long)]
    pub period: Option<String>,
    /// Whom it counts: children, women, …; everybody without it
    #[arg(long)]
    pub class: Option<String>,
    /// Who says so: a source of the register, or a document in it
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Where in the source it stands
    #[arg(long, value_name = "WORDS")]
    pub cited: Option<String>,
    /// The note that this one takes the place of
    #[arg(long, value_name = "ENTRY")]
    pub replaces: Option<String>,
}
