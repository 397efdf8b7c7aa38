//! The arguments of `sijil count`: a question, and what to do with its answer.

use clap::Args;

#[derive(Debug, Default, Args)]
pub struct Count {
    /// killed, injured, killed_or_injured, missing or detained
    #[arg(long)]
    pub harm: Option<String>,
    /// men, women, children, boys, girls, infants, older_persons
    #[arg(long)]
    pub class: Option<String>,
    /// civilian (by the default rule), civilian-described (by words, age or kin), combatant
    #[arg(long)]
    pub status: Option<String>,
    /// Incidents in which this party is named; several are a union
    #[arg(long)]
    pub actor: Vec<String>,
    /// Incidents in this place; several are a union
    #[arg(long)]
    pub place: Vec<String>,
    /// EDTF: 2031-10, or 2031-09-30/2031-11-25
    #[arg(long)]
    pub period: Option<String>,
    /// fair+, confirmed, weak, …
    #[arg(long)]
    pub grading: Option<String>,
    /// Rows: governorate, district, month, week, actor, class, grading, means, site, list; joined by commas
    #[arg(long)]
    pub by: Option<String>,
    /// open, airwars-like or acled; by default the set in force
    #[arg(long)]
    pub rules: Option<String>,
    /// What is only possibly inside: separate, include or exclude
    #[arg(long)]
    pub undated: Option<String>,
    /// With what: a code of the codebook
    #[arg(long)]
    pub means: Option<String>,
    /// What was hit: a code of the codebook
    #[arg(long)]
    pub site: Option<String>,
    /// A rate too, per 100,000 of these people: people, or a class; their number must be noted (`sijil population`)
    #[arg(long, value_name = "PEOPLE")]
    pub per: Option<String>,
    /// As it was at this log position
    #[arg(long, value_name = "POSITION")]
    pub at: Option<u64>,
    /// Save the question as a figure of this name
    #[arg(long, value_name = "NAME")]
    pub save: Option<String>,
    /// With --save: let the question take the place of another one that is saved under this name
    #[arg(long, requires = "save")]
    pub replace: bool,
    /// Title in English, with --save
    #[arg(long, value_name = "TITLE")]
    pub title_en: Option<String>,
    /// Title in Arabic, with --save
    #[arg(long, value_name = "TITLE")]
    pub title_ar: Option<String>,
    /// What moved the answer between two log positions, by the entries that caused it
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["at", "save"])]
    pub diff: Vec<u64>,
    /// What each choice moves: rule sets, status, grading, what is only possibly inside
    #[arg(long, conflicts_with = "diff")]
    pub sensitivity: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
