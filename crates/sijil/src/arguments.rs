//! The command line: every command, its arguments and its help. What they do is in `commands/`.

mod count;
mod enter;
mod estimate;
mod import;
mod population;
mod report;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use count::Count;
pub use enter::Enter;
pub use estimate::{Estimate, MethodWord};
pub use import::Import;
pub use population::PopulationOf;
pub use report::{Languages, Quoted, Report};

/// A register of civilian harm: from raw reports to figures that can be defended.
#[derive(Debug, Parser)]
#[command(name = "sijil", version, propagate_version = true, max_term_width = 110)]
pub struct Arguments {
    /// The register's folder; by default the nearest parent folder that is one
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub register: Option<PathBuf>,
    /// Who is working: an account of the register
    #[arg(long = "as", global = true, value_name = "ACCOUNT", env = "SIJIL_ACCOUNT")]
    pub account: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "one value a run of the program")]
pub enum Command {
    /// Make a register in a new folder
    Init(Init),
    /// Make a register from the built-in example, count, and open the desk
    Demo(Demo),
    /// Archive documents, and read, extract, place and link them
    Add(Add),
    /// Take in a spreadsheet of incidents, or of the people harmed in them, as claims and decisions
    Import(Import),
    /// Make a proposed run count
    Adopt(Adopt),
    /// Print the text that extraction sees
    Read(Read),
    /// Claims from documents, no register needed, with the places and parties of the one around; without files: a new run over all it holds
    Extract(Extract),
    /// Place phrases to places
    Place(Place),
    /// Who is the same person, across lists of people
    Link(Link),
    /// How many are on no list, from the overlaps of lists; or why nobody can say
    Estimate(Estimate),
    /// Recompute the arithmetic of a text, or check the invariants of a register or release
    Check(Check),
    /// A figure: how many, from when to when, where, by whom
    Count(Count),
    /// Figures as a report: methods, tables and pictures, as Markdown, a page or DOCX
    Report(Report),
    /// Enter what a document says and no program read in it: an incident, numbers, a person
    Enter(Enter),
    /// Choose a value for a field of a record, claim or document
    Decide(Decide),
    /// Say whether two claims or records are the same
    Judge(Judge),
    /// Say that a claim was a misreading
    Reject(Reject),
    /// List sources, or describe one
    Source(Source),
    /// Clear records for the public
    Clear(Clear),
    /// Sign records off, as somebody other than who cleared them
    Sign(Sign),
    /// Note a family's objection: the person stays unnamed in every release
    Object(Object),
    /// Destroy a person's name in every document, text and entry; every proof stands
    Erase(Erase),
    /// List accounts, or make one
    Account(Account),
    /// List settings, or change one
    Settings(Settings),
    /// List rule sets, or put one in force
    Rules(Rules),
    /// Note what was watched, and what was dark
    Note(Note),
    /// List how many people there were by sources, or note it: what rates are divided by
    Population(PopulationOf),
    /// Anything by its id: figure, incident, person, claim, document, entry; down to the sentence
    Show(Show),
    /// The review desk, in a browser
    Serve(Serve),
    /// A static site and data files of what is cleared
    Publish(Publish),
    /// Check every hash, signature and proof of a register or a release
    Verify(Verify),
    /// Make register.db again from log and evidence
    Rebuild,
    /// The log's entries, newest first
    Log(Log),
    /// Close a sealed register: no plaintext stays
    Lock,
    /// Open a sealed register until it is locked
    Unlock,
    /// Write the whole register into one file
    Backup(Backup),
    /// Make a register from a backup
    Restore(Restore),
    /// Receive another register's log and evidence from a folder
    Sync(Sync),
}

#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make
    pub dir: PathBuf,
    /// Encrypt what is stored; the passphrase is asked for, or taken from SIJIL_PASSPHRASE
    #[arg(long)]
    pub sealed: bool,
    /// The country that reports are about, ISO 3166-1 alpha-2
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Where to make it; by default a new temporary folder
    pub dir: Option<PathBuf>,
    /// Make the register and print the figure, but open no desk
    #[arg(long)]
    pub no_serve: bool,
    /// Print the desk's address and do not open a browser
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, Args)]
pub struct Add {
    /// Files or folders
    #[arg(required_unless_present = "note")]
    pub paths: Vec<PathBuf>,
    /// Words that you write down, such as what somebody told you by telephone: a document of its own
    #[arg(long, value_name = "TEXT", conflicts_with = "paths", requires = "source")]
    pub note: Option<String>,
    /// Who said it: a source of the register
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// When it was published, EDTF
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Stop at the first file or row that cannot be read
    #[arg(long)]
    pub strict: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Adopt {
    /// The run, as `sijil adopt` without one lists them
    pub run: Option<String>,
}

#[derive(Debug, Args)]
pub struct Read {
    /// The file
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Extract {
    /// Files; with --jsonl one object a line, from standard input when none is named
    pub files: Vec<PathBuf>,
    /// Input is JSON lines: {"id","text","published"?,"lang"?,"country"?}
    #[arg(long)]
    pub jsonl: bool,
    /// When the documents were published, EDTF
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// The country that they are about
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// The rule set that reads numbers
    #[arg(long, value_name = "SET", default_value = "open")]
    pub rules: String,
    /// Print how each claim came about
    #[arg(long)]
    pub explain: bool,
    /// Stop at the first line that cannot be read
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub struct Place {
    /// Place phrases; or `import SOURCE… --out FILE`, or `info [FILE]`
    pub text: Vec<String>,
    /// Input is JSON lines: {"id","text"?,"place_ar"?,"place_en"?,"within"?,"country"?,"others"?}
    #[arg(long)]
    pub jsonl: bool,
    /// The country
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// A gazetteer file, on top of the built-in one
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
    /// What reviewers confirmed before: CSV text,within,place_id,lat,lon
    #[arg(long, value_name = "FILE")]
    pub memory: Option<PathBuf>,
    /// For `import`: the file to write
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// For `import`: a CSV of every row left out or noted, and every place merged
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Texts (Markdown, plain text, HTML, DOCX), registers and releases; without any the register's own invariants
    pub paths: Vec<PathBuf>,
    /// A register or release: the figures that the texts quote are held against what it documents
    #[arg(long, value_name = "DIR", requires = "paths")]
    pub against: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Link {
    /// Lists of people: CSV, TSV, XLSX or Parquet, a row a person; without any, the register's own people and incidents
    pub files: Vec<PathBuf>,
    /// Where to write links.csv, people.csv, review.csv and summary.json
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What a column holds, over what is recognised: column=field
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// A column that says who is who: adds precision, recall and F1 to the summary
    #[arg(long, value_name = "COLUMN")]
    pub truth: Option<String>,
    /// Group reports by the incident that they tell of: JSON lines, as for `extract`
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pub incidents: Option<PathBuf>,
    /// Write evidence.csv too: every two reports that were compared and what they have in common, for learning weights
    #[arg(long, requires = "incidents", requires = "out")]
    pub evidence: bool,
    /// What reviewers said: CSV left_list,left_row,right_list,right_row,judgement (same, different, unsure)
    #[arg(long, value_name = "FILE")]
    pub judgements: Option<PathBuf>,
    /// Write captures.csv too: who is on which lists, a set of rows a draw
    #[arg(long)]
    pub captures: bool,
    /// Draws of who is who, for intervals
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub draws: u32,
    /// Print what speaks for and against each candidate of a row, instead of the summary
    #[arg(long, value_name = "LIST:ROW")]
    pub explain: Option<String>,
    /// Write audit.csv too: N pairs of each kind to be judged by a person
    #[arg(long, value_name = "N", requires = "out")]
    pub audit: Option<usize>,
    /// An audit.csv with its judgements filled in: adds precision and recall with intervals to the summary
    #[arg(long, value_name = "FILE")]
    pub audited: Option<PathBuf>,
    /// Inside a register: the N pairs of people or incidents which a person should judge first; nothing is linked
    #[arg(long, value_name = "N", conflicts_with_all = ["files", "incidents"])]
    pub review: Option<usize>,
    /// Chances in place of the shipped ones: CSV class,feature,level,probability
    #[arg(long, value_name = "FILE")]
    pub priors: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Decide {
    /// An incident, person, claim or document
    pub id: String,
    /// Which field: published, source, date, place, grading, killed, injured, status, name, …
    pub field: String,
    /// The value: a date, a code, `14`, `10-14`, `4+`
    pub value: String,
    /// Why
    #[arg(long)]
    pub why: String,
    /// Claims that it rests on
    #[arg(long, value_name = "CLAIM")]
    pub used: Vec<String>,
    /// Claims that it sets aside
    #[arg(long, value_name = "CLAIM")]
    pub rejected: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictWord {
    Same,
    Different,
    Unsure,
}

#[derive(Debug, Args)]
pub struct Judge {
    /// An incident, a person or a claim
    pub left: String,
    /// Another of the same kind
    pub right: String,
    /// The verdict
    pub verdict: VerdictWord,
    /// Why
    #[arg(long)]
    pub why: String,
}

#[derive(Debug, Args)]
pub struct Reject {
    /// The claim
    pub claim: String,
    /// Take the rejection back: it was read right after all
    #[arg(long)]
    pub undo: bool,
    /// Why
    #[arg(long)]
    pub why: String,
}

#[derive(Debug, Args)]
pub struct Source {
    /// The source's short code; without one, all are listed
    pub id: Option<String>,
    /// A code of the codebook: local_media, field_reporter, …
    #[arg(long)]
    pub kind: Option<String>,
    /// Name in English
    #[arg(long)]
    pub name_en: Option<String>,
    /// Name in Arabic
    #[arg(long)]
    pub name_ar: Option<String>,
    /// highly_reliable, likely_reliable, unsure, …
    #[arg(long)]
    pub reliability: Option<String>,
    /// 0 public to 5 never leaves this device; reporters and witnesses are 4 unless said otherwise
    #[arg(long)]
    pub level: Option<String>,
    /// Sources of one group are not independent of each other
    #[arg(long, value_name = "GROUP")]
    pub independence: Option<String>,
    /// The sources that it repeats or takes what it says from, by their short codes
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    pub derived_from: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Clear {
    /// Incidents, documents, persons or figures
    #[arg(required = true)]
    pub ids: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Sign {
    /// What is signed
    #[arg(required = true)]
    pub ids: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Object {
    /// The person
    pub person: String,
    /// Why, in words that name nobody
    #[arg(long, default_value = "the family asked")]
    pub why: String,
}

#[derive(Debug, Args)]
pub struct Erase {
    /// The person
    pub person: String,
    /// Why, in words that name nobody
    #[arg(long)]
    pub why: String,
    /// Others of the very name are other people, and keep it
    #[arg(long)]
    pub namesakes_stay: bool,
}

#[derive(Debug, Args)]
pub struct Account {
    /// A pseudonym; without one, all are listed
    pub id: Option<String>,
    /// recorder, reviewer, publisher; joined by commas
    #[arg(long, default_value = "recorder")]
    pub roles: String,
}

#[derive(Debug, Args)]
pub struct Settings {
    /// Which setting; without one, all are listed
    pub key: Option<String>,
    /// Its new value
    pub value: Option<String>,
}

#[derive(Debug, Args)]
pub struct Rules {
    /// The rule set to put in force; without one, all are listed
    pub set: Option<String>,
}

#[derive(Debug, Args)]
pub struct Note {
    /// What was searched, in which channels
    pub searched: String,
    /// EDTF
    #[arg(long)]
    pub period: String,
    /// Where
    #[arg(long)]
    pub place: Vec<String>,
    /// What could not be seen
    #[arg(long)]
    pub dark: Option<String>,
}

#[derive(Debug, Args)]
pub struct Show {
    /// A figure's name, or the id of an incident, person, claim or document (its beginning is enough), or `entry:N`; or the
    /// name of a person or place, in either script: what is called so is listed
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: String,
    /// Print the address and do not open a browser
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, Args)]
pub struct Publish {
    /// The folder to write; it must not exist, or be a release made before
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// A register or a release; by default the register
    pub path: Option<PathBuf>,
    /// A checkpoint that was seen before: the log must go on from it
    #[arg(long, value_name = "CHECKPOINT")]
    pub against: Option<PathBuf>,
    /// Make the database again from the log, and every text from its document
    #[arg(long)]
    pub deep: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Log {
    /// How many entries
    #[arg(short = 'n', long, default_value_t = 20)]
    pub number: u64,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    pub file: PathBuf,
    /// The folder to make
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Sync {
    /// Another register's folder
    pub path: PathBuf,
}
