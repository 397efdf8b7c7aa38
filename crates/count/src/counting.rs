//! A figure in the making: incidents are added one by one, and parts that were counted apart are joined.
//!
//! Nothing of an incident is kept but what the figure says of it, so a register of any size is counted as it is read. What
//! comes out depends neither on the order of the incidents nor on how they were parted.

use sijil_model::codebook::{Class, Grading, Harm};
use sijil_model::date::Membership;
use sijil_model::{Interval, Sum};

use crate::casualties::rule_of;
use crate::cell::{Cell, Evidence};
use crate::contested::{Contested, actors_of, targets, tolls_of};
use crate::denominator::{Denominator, NoRate};
use crate::error::CountError;
use crate::figure::{Beside, Excluded, ExclusionReason, Figure, Record, Tally};
use crate::incident::{Incident, NamedPerson};
use crate::membership::Scope;
use crate::named::NamedDraws;
use crate::question::{Question, Standing, Undated};
use crate::reconcile::Reconciling;
use crate::rows::Breakdown;
use crate::rules::RuleSet;

/// A figure in the making.
#[derive(Clone)]
pub struct Counting<'q> {
    question: &'q Question,
    rules: &'q RuleSet,
    beside: &'q Beside<'q>,
    scope: Scope<'q>,
    inside: Adder,
    possibly: Adder,
    records: Vec<Record>,
    excluded: Vec<Excluded>,
    contested: Vec<Contested>,
    breakdown: Breakdown<'q>,
    reconciling: Vec<Reconciling<'q>>,
    denominator: Option<Result<Denominator<'q>, NoRate>>,
}

impl<'q> Counting<'q> {
    /// A figure of no incident yet. Parts of one figure are made from the same question, rules and surroundings.
    ///
    /// # Errors
    /// A question that the rule set does not answer, and a place of which `beside.areas` says nothing.
    pub fn new(
        question: &'q Question,
        rules: &'q RuleSet,
        beside: &'q Beside<'q>,
    ) -> Result<Self, CountError> {
        question.check(rules)?;
        let scope = Scope::of(question, beside.areas)?;
        let concerned = beside.aggregates.iter().filter(|claim| claim.concerns(question, &scope));
        let reconciling = concerned.map(|claim| Reconciling::new(claim, rules)).collect();
        Ok(Self {
            question,
            rules,
            beside,
            scope,
            inside: Adder::default(),
            possibly: Adder::default(),
            records: Vec::new(),
            excluded: Vec::new(),
            contested: Vec::new(),
            breakdown: Breakdown::new(question, rules),
            reconciling,
            denominator: Denominator::of(question, beside.areas, beside.populations),
        })
    }

    /// Adds an incident: to the sums, the rows, and what stands beside claims about many incidents.
    pub fn add<T: AsRef<str> + PartialEq + Clone>(&mut self, incident: &Incident<T>) {
        self.reconciling.iter_mut().for_each(|claim| claim.add(incident, self.rules));
        let membership = self.scope.holds(incident);
        if membership == Membership::Outside {
            return;
        }
        if let Some(excluded) = exclusion(incident, membership, self.question.undated) {
            self.excluded.push(excluded);
            return;
        }
        let asked = self.question;
        let (cell, interval) = self.answer(incident);
        let apart = self.question.keeps_apart(membership);
        let tally = if apart { &mut self.possibly } else { &mut self.inside };
        tally.add(interval, counted_people(incident, asked.harm, asked.class, asked.status));
        self.breakdown.add(incident, interval, apart, self.records.len());
        self.contested.extend(actors_of(incident));
        self.contested.extend(cell.as_ref().and_then(|cell| tolls_of(incident, cell)));
        self.records.push(record(incident, membership, interval, cell));
    }

    /// What is certainly inside, and what is possibly, if incidents are added that are not in the figure: its sums alone.
    pub fn tallies_with<'i>(&self, incidents: impl Iterator<Item = &'i Incident>) -> [Tally; 2] {
        let asked = self.question;
        let (mut inside, mut possibly) = (self.inside.clone(), self.possibly.clone());
        for incident in incidents {
            let membership = self.scope.holds(incident);
            if membership == Membership::Outside || exclusion(incident, membership, asked.undated).is_some() {
                continue;
            }
            let tally = if self.question.keeps_apart(membership) { &mut possibly } else { &mut inside };
            tally.add(
                self.answer(incident).1,
                counted_people(incident, asked.harm, asked.class, asked.status),
            );
        }
        [inside.tally(), possibly.tally()]
    }

    /// What an incident says of the question, and its number.
    fn answer<'i, T: AsRef<str> + PartialEq + Clone>(
        &self,
        incident: &'i Incident<T>,
    ) -> (Option<Cell<'i, T>>, Interval)
    where
        'q: 'i,
    {
        let asked = self.question;
        let cell = evidence(incident, self.rules).answer(asked.harm, asked.class, asked.status);
        let interval = cell.as_ref().map_or(Interval::UNKNOWN, |cell| cell.interval);
        (cell, interval)
    }

    /// Takes in another part of the same figure.
    pub fn join(mut self, other: Self) -> Self {
        self.inside.join(other.inside);
        self.possibly.join(other.possibly);
        self.breakdown.join(other.breakdown, self.records.len());
        self.records.extend(other.records);
        self.excluded.extend(other.excluded);
        self.contested.extend(other.contested);
        self.reconciling.iter_mut().zip(other.reconciling).for_each(|(own, other)| own.join(other));
        self
    }

    /// The figure.
    pub fn finish(mut self) -> Figure {
        let beside = self.beside;
        let (records, places) = sorted(self.records);
        self.excluded.extend(beside.excluded.iter().cloned());
        self.excluded.sort_by(|a, b| a.id.cmp(&b.id));
        self.contested.extend(targets(self.question, &records, beside.stances));
        self.contested
            .sort_by(|a, b| (a.kind, &a.incident, &a.holder).cmp(&(b.kind, &b.incident, &b.holder)));
        let (rows, rows_overlap) = self.breakdown.finish(&records, &places);
        let reconciled =
            self.reconciling.into_iter().map(|claim| claim.finish(self.rules, beside.stances)).collect();
        let (inside, possibly_inside) = (self.inside.tally(), self.possibly.tally());
        let (rate, no_rate) = match self.denominator {
            Some(Ok(people)) => (Some(people.rate(&inside, &possibly_inside)), None),
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
        Figure {
            question: self.question.clone(),
            log_position: beside.log_position,
            rules: format!("{} {}", self.rules.id(), self.rules.version()),
            rate,
            no_rate,
            inside,
            possibly_inside,
            as_one: None,
            watched: beside.watched.iter().filter(|note| note.touches(&self.scope)).cloned().collect(),
            records,
            excluded: self.excluded,
            reconciled,
            contested: self.contested,
            rows,
            rows_overlap,
        }
    }
}

/// The records by id, and where each of those that were given has its place among them.
fn sorted(records: Vec<Record>) -> (Vec<Record>, Vec<usize>) {
    // Records are large and ids short: what is moved about is each id's beginning, which is hardly ever another's.
    let beginning = |record: &Record| {
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(record.id.as_str().bytes()).for_each(|(to, byte)| *to = byte);
        u128::from_be_bytes(bytes)
    };
    let mut order: Vec<(u128, usize)> = records.iter().map(beginning).zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| records[a.1].id.cmp(&records[b.1].id)));
    let mut places = vec![0; records.len()];
    order.iter().enumerate().for_each(|(place, (_, given))| places[*given] = place);
    let mut records: Vec<Option<Record>> = records.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|(_, given)| records[*given].take()).collect();
    (sorted, places)
}

/// What is known of an incident's casualties.
pub(crate) fn evidence<'a, T>(incident: &'a Incident<T>, rules: &'a RuleSet) -> Evidence<'a, T> {
    Evidence {
        tellings: &incident.tellings,
        named: &incident.named,
        decisions: &incident.decisions,
        rules,
        traced: true,
    }
}

/// Whether an incident is in no figure at all: discounted, or left out by a decision.
pub(crate) fn is_left_out<T>(incident: &Incident<T>) -> bool {
    incident.grading == Grading::Discounted || incident.left_out.is_some()
}

fn exclusion<T: AsRef<str>>(
    incident: &Incident<T>,
    membership: Membership,
    undated: Undated,
) -> Option<Excluded> {
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
        id: incident.id.owned(),
        code,
        reason: decided.map_or(words, |left_out| left_out.reason.as_str()).to_owned(),
        decided_by: decided.and_then(|left_out| left_out.by.clone()),
        at: decided.and_then(|left_out| left_out.at.clone()),
    })
}

fn record<T: AsRef<str>>(
    incident: &Incident<T>,
    membership: Membership,
    interval: Interval,
    cell: Option<Cell<'_, T>>,
) -> Record {
    Record {
        id: incident.id.owned(),
        membership,
        min: interval.min(),
        highest_reported: interval.highest_reported(),
        max: interval.max(),
        rule: cell.as_ref().map(rule_of),
        contradiction: cell.as_ref().and_then(|cell| cell.contradiction),
        claims: cell.iter().flat_map(|cell| &cell.claims).map(|claim| claim.owned()).collect(),
    }
}

/// The person records of an incident that a question for this harm, class and status counts.
pub(crate) fn counted_people<T>(
    incident: &Incident<T>,
    harm: Harm,
    class: Class,
    standing: Option<Standing>,
) -> impl Iterator<Item = &NamedPerson<T>> {
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
    pub(crate) fn add<'i, T: 'i>(
        &mut self,
        interval: Interval,
        people: impl Iterator<Item = &'i NamedPerson<T>>,
    ) {
        self.sum.add(interval);
        people.for_each(|person| self.named.add(person.doubt.as_ref()));
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.sum.merge(other.sum);
        self.named.join(other.named);
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
