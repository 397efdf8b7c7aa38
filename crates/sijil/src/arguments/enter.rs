//! The arguments of `sijil enter`; the desk's form fills the same.

use clap::Args;

#[derive(Debug, Clone, Default, Args)]
pub struct Enter {
    /// The document in which it is said
    pub document: String,
    /// The words that say it, as they stand in the document
    #[arg(long)]
    pub words: String,
    /// An incident that the register has; without it, a day, place or number is of a new one
    #[arg(long, value_name = "INCIDENT")]
    pub incident: Option<String>,
    /// When it happened, EDTF or as written
    #[arg(long)]
    pub date: Option<String>,
    /// Where it happened
    #[arg(long)]
    pub place: Option<String>,
    /// How many were killed: 14, 10-14, 4+
    #[arg(long, value_name = "PEOPLE")]
    pub killed: Option<String>,
    /// How many were injured
    #[arg(long, value_name = "PEOPLE")]
    pub injured: Option<String>,
    /// Whom the numbers count: children, women, …; everybody without it
    #[arg(long)]
    pub class: Option<String>,
    /// The name of a person who was harmed
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// What became of the person: killed, injured, missing, …
    #[arg(long, requires = "person")]
    pub fate: Option<String>,
    /// The person's sex
    #[arg(long, requires = "person")]
    pub sex: Option<String>,
    /// The person's age in years
    #[arg(long, requires = "person")]
    pub age: Option<String>,
}
