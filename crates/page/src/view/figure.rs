//! Figures: the list of them, the question form, and a figure with all that it rests on.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{Class, Harm, Means, SiteKind};
use sijil_model::date::Edtf;
use sijil_model::{FigureId, Interval, RuleId, Sum};

use super::{
    Act, Choice, ClaimLine, ClaimLink, FileLink, IncidentTitle, Link, NoRateLine, Notice, Paging, PersonLine,
    RateLine, RejectForm, Shown, Withheld,
};

/// A question asked of the register, ready to be worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What was done to people.
    pub harm: Harm,
    /// Whom the number counts.
    pub class: Class,
    /// Civilians and by which rule, or those of another status; none for everyone.
    pub status: Option<sijil_count::Standing>,
    /// Parties, by their names in the reader's language.
    pub actors: Vec<String>,
    /// Places, by their names in the reader's language.
    pub places: Vec<String>,
    /// The period.
    pub period: Option<Edtf>,
    /// The grade: a code of the codebook, or `fair+`.
    pub grading: Option<String>,
    /// With what.
    pub means: Option<Means>,
    /// What was hit.
    pub site: Option<SiteKind>,
    /// As a rate per so many of these too.
    #[serde(default)]
    pub per: Option<Class>,
    /// What becomes of incidents that are possibly inside.
    pub undated: sijil_count::Undated,
}

impl Question {
    /// What was asked, with its parties and places by their names in the reader's language.
    pub fn naming(asked: &sijil_count::Question, actors: Vec<String>, places: Vec<String>) -> Self {
        Self {
            harm: asked.harm,
            class: asked.class,
            status: asked.status,
            actors,
            places,
            period: asked.period.clone(),
            grading: asked.grading.map(|grading| grading.to_string()),
            means: asked.means,
            site: asked.site,
            per: asked.per,
            undated: asked.undated,
        }
    }
}

/// A figure as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureLine {
    /// Its name.
    pub id: FigureId,
    /// Its page.
    pub href: String,
    /// The title that a person gave it, in the reader's language; none where it is called by its question.
    pub title: Option<String>,
    /// What it asks.
    pub question: Question,
    /// What is certainly inside.
    pub sum: Sum,
    /// What is possibly inside.
    pub possibly: Sum,
    /// The position of the log at which it was asked.
    pub position: u64,
    /// The rule set.
    pub rules: String,
}

/// The desk's first page: what is saved, and a form to ask.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiguresPage {
    /// The saved figures.
    pub figures: Vec<FigureLine>,
    /// The form.
    pub form: QuestionForm,
    /// How much the register holds.
    pub holdings: Holdings,
    /// What happened.
    pub notice: Option<Notice>,
}

/// How much the register holds, each number a link to what it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Holdings {
    /// Documents.
    pub documents: u64,
    /// Where they are listed.
    pub documents_href: String,
    /// Incidents.
    pub incidents: u64,
    /// Where they are listed.
    pub incidents_href: String,
    /// People.
    pub people: u64,
    /// Where they are listed.
    pub people_href: String,
}

/// Ask a question: sends the options of `sijil count` as a GET request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QuestionForm {
    /// Where it is sent.
    pub action: String,
    /// What stands in it.
    pub typed: TypedQuestion,
    /// The parties that the register knows.
    pub actors: Vec<Choice>,
    /// Places to suggest, by name.
    pub places: Vec<String>,
    /// The rule sets in force.
    pub rules: Vec<String>,
}

/// The fields of the question form as typed; empty is the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is the option of `sijil count` of the same name")]
pub struct TypedQuestion {
    pub harm: String,
    pub class: String,
    pub status: String,
    pub actor: String,
    pub place: String,
    pub period: String,
    pub grading: String,
    pub by: String,
    pub rules: String,
    pub undated: String,
    pub means: String,
    pub site: String,
    pub per: String,
}

/// The sums of a figure if incidents that may be one strike are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOneLine {
    /// How many incidents may be one with another.
    pub incidents: u64,
    /// How many strikes they are, if so.
    pub strikes: u64,
    /// What is certainly inside, then; none where that may not be known.
    pub sum: Option<Sum>,
    /// What is possibly inside, then; none where that may not be known, and where nothing is.
    pub possibly: Option<Sum>,
    /// Where somebody can judge them.
    pub href: Option<String>,
}

/// A figure with all that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigurePage {
    /// Its name; none for a question that is not saved.
    pub id: Option<FigureId>,
    /// The title that a person gave it, in the reader's language; none where it is called by its question.
    pub title: Option<String>,
    /// What it asks.
    pub question: Question,
    /// What is certainly inside.
    pub sum: Sum,
    /// What is possibly inside.
    pub possibly: Sum,
    /// What it comes to if incidents that may be one strike are one.
    pub as_one: Option<AsOneLine>,
    /// How many reports of incidents were compared with no others yet, so that nobody can say which may be one.
    pub uncompared: u64,
    /// Per 100,000 people, where that was asked.
    pub rate: Option<RateLine>,
    /// Why there is none, where it was asked.
    pub no_rate: Option<NoRateLine>,
    /// How many of the dead or harmed are named, where linking has run.
    pub named: Option<Named>,
    /// The position of the log at which it was asked.
    pub position: u64,
    /// The rule set in force.
    pub rules: Rules,
    /// What was searched while this was recorded.
    pub watched: Vec<Watched>,
    /// Which part of the records is shown, inside and possibly inside together; none where all are.
    pub paging: Option<Paging>,
    /// The records that are certainly inside.
    pub inside: Vec<RecordLine>,
    /// The records that are possibly inside.
    pub possibly_inside: Vec<RecordLine>,
    /// The records that were left out, and why.
    pub excluded: Vec<ExcludedLine>,
    /// Claims about many incidents, held against this figure; never added.
    pub reconciled: Vec<ReconciledLine>,
    /// What is claimed against what else is claimed, of the incidents that are shown and in general.
    pub contested: Vec<ContestedLine>,
    /// The people who are named.
    pub people: Vec<PersonLine>,
    /// The codes or words by which the rows are told apart: `month`, `governorate`, `actor`, …
    pub by: Vec<String>,
    /// The figure row by row.
    pub rows: Vec<RowLine>,
    /// The same as data.
    pub downloads: Vec<FileLink>,
    /// What the same question answers today, where the register has moved on.
    pub today: Option<Today>,
    /// Where a question that is not saved can be saved: sends `name` and `query`.
    pub save: Option<SaveForm>,
    /// Rejecting a claim of this page.
    pub reject: Option<RejectForm>,
    /// What happened.
    pub notice: Option<Notice>,
}

/// Save a question under a name: sends `name`, `query`, `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaveForm {
    /// Where it is sent.
    pub action: String,
    /// The question as asked: the query string.
    pub query: String,
}

/// How many people are named, from the draws of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Named {
    /// 2.5 % of the draws lie below.
    pub low: u64,
    /// Half of the draws lie below.
    pub median: u64,
    /// 2.5 % of the draws lie above.
    pub high: u64,
}

/// The rule set in force, told in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Its name.
    pub name: String,
    /// What it says of itself in the reader's language; none where it says nothing.
    pub about: Option<String>,
    /// The rules that this figure used.
    pub used: Vec<RuleLine>,
}

/// A rule that the figure used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// Its name.
    pub id: RuleId,
    /// What it does, in the reader's language; none where it is only named.
    pub about: Option<String>,
    /// How many records used it.
    pub records: u64,
}

/// A note of what was watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Watched {
    /// The period, as far as it is dated.
    pub period: Option<Edtf>,
    /// Where, in the recorder's words; nothing is everywhere.
    pub places: Vec<String>,
    /// What was searched, in the recorder's words.
    pub what: String,
    /// What was dark, in the recorder's words.
    pub dark: Option<String>,
    /// Who noted it and when.
    pub act: Act,
}

/// An incident that a figure counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordLine {
    /// Where and when.
    pub incident: IncidentTitle,
    /// What it adds.
    pub interval: Interval,
    /// The rule that gave it.
    pub rule: Option<RuleId>,
    /// Civilians only by the default rule.
    pub default_civilian: bool,
    /// Two colleagues decided otherwise.
    pub conflicting: bool,
    /// Why it is possibly inside, as a code: `undated`, `date_range`, `place`; none where it is inside.
    pub why_possibly: Option<PossiblyWhy>,
    /// What it rests on, with quotes.
    pub claims: Vec<ClaimLine>,
}

/// Why it cannot be told whether an incident lies inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PossiblyWhy {
    /// It has no date.
    Undated,
    /// Its date reaches over the period's border.
    DateRange,
    /// Its place is not known or too coarse.
    Place,
    /// It is not certain who did it.
    Actor,
}

impl PossiblyWhy {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Undated => "possibly-undated",
            Self::DateRange => "possibly-date-range",
            Self::Place => "possibly-place",
            Self::Actor => "possibly-actor",
        }
    }
}

/// An incident that a figure leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExcludedLine {
    /// Where and when.
    pub incident: IncidentTitle,
    /// Why, in the recorder's words or as a code of the codebook's grading.
    pub why: Shown<String>,
    /// Who decided it; none where a rule did.
    pub act: Option<Act>,
}

/// A claim about many incidents, held against the figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReconciledLine {
    /// The claim, with its quote.
    pub claim: ClaimLine,
    /// What it claims.
    pub claimed: Interval,
    /// What the register documents certainly inside it.
    pub inside: Sum,
    /// What the register documents possibly inside it.
    pub possibly: Sum,
    /// The part of it that is documented; none where it cannot be computed.
    pub share: Option<Part>,
    /// Why neither is shown.
    pub withheld: Option<Withheld>,
    /// Why no share can be computed, or why there is a contradiction, in words.
    pub why: Option<String>,
}

/// A part of a whole, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The least.
    pub least: u32,
    /// The most; none where it is open.
    pub most: Option<u32>,
}

impl Part {
    /// A part as counting gives it, between 0 and 1 or above.
    pub fn of((least, most): (f64, Option<f64>)) -> Self {
        // Parts are small and not negative; what is beyond a million times is printed as that.
        let thousandths = |part: f64| (part * 1000.0).round().clamp(0.0, 1e9) as u32;
        Self { least: thousandths(least), most: most.map(thousandths) }
    }
}

/// Claims that stand against each other, until somebody decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContestedLine {
    /// About what: `target`, `toll`, `actor`.
    pub about: String,
    /// Of which incident; none where it is said in general.
    pub incident: Option<IncidentTitle>,
    /// What stands beside each other; at least two.
    pub sides: Vec<ContestedSide>,
}

/// One side of what is contested.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContestedSide {
    /// The party that states a target or is held responsible, by its name in the reader's language.
    pub actor: Option<String>,
    /// Of a toll the number.
    pub interval: Option<Interval>,
    /// What it rests on, with quotes.
    pub claims: Vec<ClaimLine>,
}

/// A row of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowLine {
    /// One key for each of the page's `by`.
    pub keys: Vec<RowKey>,
    /// What is certainly inside; none for rows that are withheld together and overlap, so that nothing adds them up.
    pub sum: Option<Sum>,
    /// What is possibly inside.
    pub possibly: Option<Sum>,
    /// Whom it names, where the row is a list's.
    pub named: Option<Named>,
    /// The same question for this row alone; of a list its documents.
    pub href: Option<String>,
}

/// What a row is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKey {
    /// A month, a year.
    Date(Edtf),
    /// A place, a party: its name in the reader's language.
    Name(String),
    /// A code of the codebook.
    Code {
        /// The vocabulary.
        vocabulary: String,
        /// The code.
        code: String,
    },
    /// Not known.
    Unknown,
}

/// What the same question answers now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Today {
    /// The position of the log now.
    pub position: u64,
    /// The answer now.
    pub sum: Sum,
    /// Its page.
    pub href: Option<String>,
}

/// A record with its claims, as a page lists who counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandsIn {
    /// The figure.
    pub figure: Link,
    /// Its question in short is in the link's words; here its number.
    pub sum: Sum,
    /// The claims of this record that it uses.
    pub claims: Vec<ClaimLink>,
}
