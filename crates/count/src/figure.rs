//! A figure: a question answered from the incidents of a register.
//!
//! It serialises to the contract's `count --json`. Incidents certainly inside and possibly inside are kept apart;
//! excluded ones are listed with their reasons; open ends stay open.

use serde::{Deserialize, Serialize};
use sijil_model::date::{Edtf, Membership};
use sijil_model::{AccountId, Bounds, ClaimId, IncidentId, RuleId, Upper};

use crate::as_one::AsOne;
use crate::cell::Contradiction;
use crate::contested::{Contested, Stance};
use crate::counting::Counting;
use crate::denominator::NoRate;
use crate::error::CountError;
use crate::incident::Incident;
use crate::membership::Scope;
use crate::named::Named;
use crate::question::Question;
use crate::rate::{Population, Rate};
use crate::reconcile::{AggregateClaim, Area, Reconciled};
use crate::rows::Row;
use crate::rules::RuleSet;

/// An answered question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was asked.
    pub question: Question,
    /// The position of the log at which it was answered.
    pub log_position: Option<u64>,
    /// The rule set and its version: `open 1`.
    pub rules: String,
    /// Everything certainly inside.
    #[serde(flatten)]
    pub inside: Tally,
    /// Everything possibly inside, apart.
    pub possibly_inside: Tally,
    /// What it comes to if incidents that may be one strike are one, where a machine found such and nobody judged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_one: Option<AsOne>,
    /// Per 100,000 people, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rate: Option<Rate>,
    /// Where a rate is asked for and cannot be made, what is missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub no_rate: Option<NoRate>,
    /// What was watched: documented is not total.
    pub watched: Vec<Watched>,
    /// The incidents behind it, by id.
    pub records: Vec<Record>,
    /// Incidents that are not counted although they are asked for, with the reasons.
    pub excluded: Vec<Excluded>,
    /// Claims about many incidents beside what is documented.
    pub reconciled: Vec<Reconciled>,
    /// What is claimed against what else is claimed, side by side.
    #[serde(default)]
    pub contested: Vec<Contested>,
    /// The breakdown, by key; rows without a value are last.
    pub rows: Vec<Row>,
    /// Whether an incident is in several rows, so that they do not add up to the figure.
    pub rows_overlap: bool,
}

/// A sum over incidents, with the ends that are not known counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Sum of the lower ends that are known; `None` where there are incidents and none has a number.
    pub min: Option<u64>,
    /// Sum of the largest numbers stated, an incident's minimum where nobody stated more.
    pub highest_reported: Option<u64>,
    /// A number only if all are, open if any is open, else unknown.
    pub max: Upper,
    /// How many upper ends are open.
    pub open_ends: u64,
    /// How many incidents have no number at all.
    pub unknown: u64,
    /// How many incidents were added, those without a number too.
    pub incidents: u64,
    /// How many of the people are known as persons, under the doubt of linking.
    pub named: Named,
}

/// An incident behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The incident.
    pub id: IncidentId,
    /// Certainly or possibly inside.
    pub membership: Membership,
    /// The lower end; `None` is unknown.
    pub min: Option<u64>,
    /// The largest number stated.
    pub highest_reported: Option<u64>,
    /// The upper end.
    pub max: Upper,
    /// The rule behind the number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<RuleId>,
    /// The claims behind the number.
    pub claims: Vec<ClaimId>,
    /// What contradicts the number, if anything.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contradiction: Option<Contradiction>,
}

/// An incident that a figure leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// The incident.
    pub id: IncidentId,
    /// Why, as a code.
    pub code: ExclusionReason,
    /// Why, in words.
    pub reason: String,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub at: Option<String>,
}

/// Why an incident is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionReason {
    /// Graded discounted: those killed were combatants, or others are most likely responsible.
    Discounted,
    /// Left out by a decision.
    Decided,
    /// Only possibly inside, and the question excludes that.
    PossiblyInside,
}

/// A monitoring note: what was watched, so that a blackout is not read as a lull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// The entry of the note.
    pub id: String,
    /// Over which time.
    pub period: Option<Edtf>,
    /// Where, as the recorder named it; nothing is everywhere.
    pub places: Vec<String>,
    /// The places among them that were found.
    #[serde(skip)]
    pub areas: Vec<Area>,
    /// What was searched, in the recorder's words.
    pub searched: String,
    /// In which channels.
    pub channels: Vec<String>,
    /// What was dark.
    pub dark: Vec<String>,
}

impl Watched {
    /// When and where, in one line: "2031-10, Port Amal".
    pub fn when_and_where(&self) -> String {
        let period = self.period.as_ref().map(|period| period.as_str().to_owned());
        period.into_iter().chain(self.places.iter().cloned()).collect::<Vec<_>>().join(", ")
    }

    /// Whether the note may say something of what is asked: of its time, and of its places or what they lie in or around.
    pub(crate) fn touches(&self, asked: &Scope<'_>) -> bool {
        let period = self.period.as_ref().map_or(Bounds::default(), Edtf::bounds);
        let everywhere =
            self.areas.is_empty() || asked.areas.is_empty() || self.areas.len() < self.places.len();
        period.within(asked.period) != Membership::Outside
            && (everywhere || self.areas.iter().any(|own| asked.areas.iter().any(|area| own.meets(area))))
    }
}

/// What stands beside the incidents when a question is answered.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The position of the log.
    pub log_position: Option<u64>,
    /// What contains each place of the question.
    pub areas: &'a [Area],
    /// Claims about many incidents, to be reconciled.
    pub aggregates: &'a [AggregateClaim],
    /// What parties state that they aim at, and who says that there was no such target.
    pub stances: &'a [Stance],
    /// Incidents that the caller leaves out, with its reasons.
    pub excluded: &'a [Excluded],
    /// What was watched.
    pub watched: &'a [Watched],
    /// How many people there were, by sources.
    pub populations: &'a [Population],
}

/// Answers a question. The incidents may come in any order; the answer does not depend on it.
///
/// Refuses a question that the rule set does not answer, and a place of which `beside.areas` says nothing.
pub fn count<'a>(
    question: &Question,
    rules: &RuleSet,
    incidents: impl Iterator<Item = &'a Incident>,
    beside: &Beside<'_>,
) -> Result<Figure, CountError> {
    let mut counting = Counting::new(question, rules, beside)?;
    incidents.for_each(|incident| counting.add(incident));
    Ok(counting.finish())
}
