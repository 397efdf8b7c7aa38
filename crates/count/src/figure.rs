//! A figure: a question answered from the incidents of a register.
//!
//! It serialises to the contract's `count --json`. Incidents certainly inside and possibly inside are kept apart;
//! excluded ones are listed with their reasons; open ends stay open.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{Class, Grading, Harm};
use sijil_model::date::{Edtf, Membership};
use sijil_model::{AccountId, ClaimId, IncidentId, Interval, RuleId, Sum, Upper};

use crate::casualties::rule_of;
use crate::cell::{Cell, Contradiction, Evidence};
use crate::contested::{Contested, Stance, actors_of, targets, tolls_of};
use crate::error::CountError;
use crate::incident::{Incident, NamedPerson};
use crate::membership::Scope;
use crate::named::{Named, NamedDraws};
use crate::question::{Question, Standing, Undated};
use crate::reconcile::{AggregateClaim, Area, Reconciled, reconcile};
use crate::rows::{Breakdown, Row};
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
    /// What was searched, in the recorder's words.
    pub searched: String,
    /// In which channels.
    pub channels: Vec<String>,
    /// What was dark.
    pub dark: Vec<String>,
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
}

/// Answers a question. The incidents may come in any order; the answer does not depend on it.
///
/// Refuses a question that the rule set does not answer, and a place of which `beside.areas` says nothing.
pub fn count<'a>(
    question: &Question,
    rules: &RuleSet,
    incidents: impl Iterator<Item = &'a Incident> + Clone,
    beside: &Beside<'_>,
) -> Result<Figure, CountError> {
    question.check(rules)?;
    let scope = Scope::of(question, beside.areas)?;
    let mut counting = Counting::new(question, rules);
    counting.excluded.extend(beside.excluded.iter().cloned());
    for incident in incidents.clone() {
        counting.add(incident, scope.holds(incident));
    }
    let reconciled = reconcile(question, rules, incidents, &scope, beside.aggregates, beside.stances);
    Ok(counting.finish(beside, reconciled))
}

/// A figure in the making.
struct Counting<'q, 'a> {
    question: &'q Question,
    rules: &'q RuleSet,
    inside: Adder,
    possibly: Adder,
    records: Vec<Record>,
    excluded: Vec<Excluded>,
    contested: Vec<Contested>,
    breakdown: Breakdown<'q, 'a>,
}

impl<'q, 'a> Counting<'q, 'a> {
    fn new(question: &'q Question, rules: &'q RuleSet) -> Self {
        Self {
            question,
            rules,
            inside: Adder::default(),
            possibly: Adder::default(),
            records: Vec::new(),
            excluded: Vec::new(),
            contested: Vec::new(),
            breakdown: Breakdown::new(question, rules),
        }
    }

    fn add(&mut self, incident: &'a Incident, membership: Membership) {
        if membership == Membership::Outside {
            return;
        }
        if let Some(excluded) = exclusion(incident, membership, self.question.undated) {
            self.excluded.push(excluded);
            return;
        }
        let asked = self.question;
        let cell = evidence(incident, self.rules).answer(asked.harm, asked.class, asked.status);
        let interval = cell.as_ref().map_or(Interval::UNKNOWN, |cell| cell.interval);
        let apart = membership == Membership::PossiblyInside && asked.undated == Undated::Separate;
        let tally = if apart { &mut self.possibly } else { &mut self.inside };
        tally.add(interval, counted_people(incident, asked.harm, asked.class, asked.status));
        self.breakdown.add(incident, interval, apart);
        self.contested.extend(actors_of(incident));
        self.contested.extend(cell.as_ref().and_then(|cell| tolls_of(incident, cell)));
        self.records.push(record(incident, membership, interval, cell));
    }

    fn finish(mut self, beside: &Beside<'_>, reconciled: Vec<Reconciled>) -> Figure {
        self.records.sort_by(|a, b| a.id.cmp(&b.id));
        self.excluded.sort_by(|a, b| a.id.cmp(&b.id));
        self.contested.extend(targets(self.question, &self.records, beside.stances));
        self.contested
            .sort_by(|a, b| (a.kind, &a.incident, &a.holder).cmp(&(b.kind, &b.incident, &b.holder)));
        let (rows, rows_overlap) = self.breakdown.finish();
        Figure {
            question: self.question.clone(),
            log_position: beside.log_position,
            rules: format!("{} {}", self.rules.id(), self.rules.version()),
            inside: self.inside.tally(),
            possibly_inside: self.possibly.tally(),
            watched: beside.watched.to_vec(),
            records: self.records,
            excluded: self.excluded,
            reconciled,
            contested: self.contested,
            rows,
            rows_overlap,
        }
    }
}

/// What is known of an incident's casualties.
pub(crate) fn evidence<'a>(incident: &'a Incident, rules: &'a RuleSet) -> Evidence<'a> {
    Evidence {
        tellings: &incident.tellings,
        named: &incident.named,
        decisions: &incident.decisions,
        rules,
        traced: true,
    }
}

/// Whether an incident is in no figure at all: discounted, or left out by a decision.
pub(crate) fn is_left_out(incident: &Incident) -> bool {
    incident.grading == Grading::Discounted || incident.left_out.is_some()
}

fn exclusion(incident: &Incident, membership: Membership, undated: Undated) -> Option<Excluded> {
    let (code, words) = match &incident.left_out {
        _ if incident.grading == Grading::Discounted => (ExclusionReason::Discounted, "graded discounted"),
        Some(_) => (ExclusionReason::Decided, "left out by a decision"),
        None if undated == Undated::Exclude && membership == Membership::PossiblyInside => {
            (ExclusionReason::PossiblyInside, "only possibly inside, and the question excludes that")
        }
        None => return None,
    };
    let decided = incident.left_out.as_ref();
    Some(Excluded {
        id: incident.id.clone(),
        code,
        reason: decided.map_or(words, |left_out| left_out.reason.as_str()).to_owned(),
        decided_by: decided.and_then(|left_out| left_out.by.clone()),
        at: decided.and_then(|left_out| left_out.at.clone()),
    })
}

fn record(incident: &Incident, membership: Membership, interval: Interval, cell: Option<Cell<'_>>) -> Record {
    Record {
        id: incident.id.clone(),
        membership,
        min: interval.min(),
        highest_reported: interval.highest_reported(),
        max: interval.max(),
        rule: cell.as_ref().map(rule_of),
        contradiction: cell.as_ref().and_then(|cell| cell.contradiction),
        claims: cell.map(|cell| cell.claims.into_iter().cloned().collect()).unwrap_or_default(),
    }
}

/// The person records of an incident that a question for this harm, class and status counts.
pub(crate) fn counted_people(
    incident: &Incident,
    harm: Harm,
    class: Class,
    standing: Option<Standing>,
) -> impl Iterator<Item = &NamedPerson> {
    incident.named.iter().filter(move |person| {
        let either = harm == Harm::KilledOrInjured && matches!(person.harm, Harm::Killed | Harm::Injured);
        let of_status = match standing {
            None => true,
            Some(Standing::Civilian) => !person.is_against_civilian(),
            Some(Standing::CivilianDescribed) => person.is_described_civilian(),
            Some(other) => person.status == Some(other.status()),
        };
        (person.harm == harm || either) && person.is_of(class) && of_status
    })
}

/// A tally in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adder {
    sum: Sum,
    named: NamedDraws,
}

impl Adder {
    pub(crate) fn add<'i>(&mut self, interval: Interval, people: impl Iterator<Item = &'i NamedPerson>) {
        self.sum.add(interval);
        people.for_each(|person| self.named.add(person.doubt.as_ref()));
    }

    pub(crate) fn tally(&self) -> Tally {
        let Sum { min, highest_reported, max, open_ends, unknown, incidents } = self.sum;
        let any = incidents == 0 || unknown < incidents;
        Tally {
            min: any.then_some(min),
            highest_reported: any.then_some(highest_reported),
            max,
            open_ends,
            unknown,
            incidents,
            named: self.named.named(),
        }
    }
}
