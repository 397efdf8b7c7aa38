//! One number of one incident: all statements of the same harm, class and status, put together by the envelope.
//!
//! The envelope takes the latest statement of each reliable origin. Parts are never added, numbers besides are, and
//! numbers of which nobody can tell whether they lie within leave the minimum and make room above. A vague statement
//! that merely contains a more precise one does not widen it; it stays listed.

use serde::{Deserialize, Serialize};
use sijil_model::claim::Stands;
use sijil_model::codebook::Class;
use sijil_model::{ClaimId, Interval, Language, Quantity, RuleId, Upper};

use crate::combine::{self, added, contains, envelope, excludes, parts_of_one, widened};
use crate::incident::{Decisions, NamedPerson, Statement, Telling};
use crate::key::Key;
use crate::rules::RuleSet;

/// A claim that is not behind a number although it is about it, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The claim.
    pub claim: ClaimId,
    /// Why.
    pub why: WhyAside,
}

/// Why a claim is not behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyAside {
    /// Its origin said something later, or the text itself calls it superseded.
    Superseded,
    /// It is vague and merely contains a more precise statement.
    Contained,
    /// Its source is not reliable enough.
    Unreliable,
    /// It is a part of another number.
    Part,
    /// It was added up from parts, and a total is stated.
    PartsOnly,
    /// Its words count nobody under the rule set.
    NotANumber,
    /// A decision rejects it.
    Rejected,
}

impl WhyAside {
    /// The reason in words.
    pub fn text(self, language: Language) -> &'static str {
        let (en, ar) = match self {
            WhyAside::Superseded => ("superseded by a later statement", "تجاوزه قول أحدث"),
            WhyAside::Contained => ("vague, and contains a more precise statement", "غامض ويشمل قولًا أدق"),
            WhyAside::Unreliable => ("its source is not reliable enough", "مصدره لا يُعتمد عليه بما يكفي"),
            WhyAside::Part => ("part of another number", "جزء من رقم آخر"),
            WhyAside::PartsOnly => {
                ("added up from parts, and a total is stated", "مجموع أجزاء، والمجموع مذكور")
            }
            WhyAside::NotANumber => ("counts nobody under the rule set", "لا يعدّ أحدًا بحسب القواعد"),
            WhyAside::Rejected => ("rejected by a decision", "رفضه قرار"),
        };
        if language == Language::En { en } else { ar }
    }
}

/// Numbers of one incident that contradict each other; told, never settled silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are the two numbers that contradict each other")]
pub enum Contradiction {
    /// More people are named than any report counts; the number was raised.
    NamedAboveReports { named: u64, reports: u64 },
    /// More people are named than a decision counts; the decision stands.
    NamedAboveDecision { named: u64, decided: u64 },
    /// The classes add up to more than the total.
    PartsAboveTotal { parts: u64, total: u64 },
    /// Two decisions give different numbers.
    ConflictingDecisions { count: u64 },
}

impl Contradiction {
    /// The contradiction in words.
    pub fn text(self, language: Language) -> String {
        match (self, language) {
            (Self::NamedAboveReports { named, reports }, Language::En) => {
                format!("{named} people are named and reports count at most {reports}; the number was raised")
            }
            (Self::NamedAboveReports { named, reports }, Language::Ar) => {
                format!("عدد المسمَّين {named} والأخبار تعدّ {reports} على الأكثر؛ رُفع الرقم")
            }
            (Self::NamedAboveDecision { named, decided }, Language::En) => {
                format!("{named} people are named and the decision says at most {decided}")
            }
            (Self::NamedAboveDecision { named, decided }, Language::Ar) => {
                format!("عدد المسمَّين {named} والقرار يقول {decided} على الأكثر")
            }
            (Self::PartsAboveTotal { parts, total }, Language::En) => {
                format!("men, women and children add up to at least {parts} and the total is at most {total}")
            }
            (Self::PartsAboveTotal { parts, total }, Language::Ar) => {
                format!("مجموع الرجال والنساء والأطفال {parts} على الأقل والمجموع المذكور {total} على الأكثر")
            }
            (Self::ConflictingDecisions { count }, Language::En) => {
                format!("{count} decisions give different numbers")
            }
            (Self::ConflictingDecisions { count }, Language::Ar) => format!("قرارات متعارضة عددها {count}"),
        }
    }
}

/// Where a cell's number comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin<'a, T = String> {
    /// Words of one claim, read by this rule of the set.
    Words(&'a RuleId),
    /// A claim that this rule of extraction inferred.
    Inferred(&'a RuleId<T>),
    /// A method of this crate.
    Method(&'static str),
    /// A person's decision.
    Decided,
}

/// One number of one incident, borrowing the claims behind it.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a, T = String> {
    pub interval: Interval,
    pub claims: Vec<&'a ClaimId<T>>,
    pub aside: Vec<(&'a ClaimId<T>, WhyAside)>,
    pub origin: Origin<'a, T>,
    /// The words, where one claim is behind the number.
    pub quantity: Option<Quantity>,
    /// Whether every statement behind it says a number and not only "women" or "many".
    pub said: bool,
    /// Whether only statements of which nobody can tell how they stand to others are behind it.
    pub overlap_only: bool,
    /// The different numbers that are put together here, each with its claims where these are listed.
    pub sides: Vec<(Interval, Vec<&'a ClaimId<T>>)>,
    pub contradiction: Option<Contradiction>,
}

impl<'a, T> Cell<'a, T> {
    /// A cell that a method made.
    pub(crate) fn by_method(method: &'static str, interval: Interval, claims: Vec<&'a ClaimId<T>>) -> Self {
        Cell {
            interval,
            claims,
            aside: Vec::new(),
            origin: Origin::Method(method),
            quantity: None,
            said: true,
            overlap_only: false,
            sides: Vec::new(),
            contradiction: None,
        }
    }

    /// The lower end, where there is a number at all.
    pub(crate) fn min(&self) -> Option<u64> {
        self.interval.min()
    }

    /// Whether people decided it, in agreement or not.
    pub(crate) fn is_decided(&self) -> bool {
        matches!(self.origin, Origin::Decided | Origin::Method("conflicting"))
    }

    /// The numbers that cannot all be true, each with its claims: those that another one rules out. "At least 8" stands
    /// beside 8, and 7 to 9 beside 8 to 10. None, or at least two.
    pub(crate) fn competing(&self) -> impl Iterator<Item = &(Interval, Vec<&'a ClaimId<T>>)> {
        let ruled_out = |side: Interval| self.sides.iter().any(|(other, _)| excludes(side, *other));
        self.sides.iter().filter(move |(side, claims)| !claims.is_empty() && ruled_out(*side))
    }

    /// Whether a number is behind it.
    pub(crate) fn has_number(&self) -> bool {
        self.interval.min().is_some()
    }
}

/// What is known of one incident's casualties, and the rules to read it by.
#[derive(Debug)]
pub(crate) struct Evidence<'a, T = String> {
    pub tellings: &'a [Telling<T>],
    pub named: &'a [NamedPerson<T>],
    pub decisions: &'a Decisions<T>,
    pub rules: &'a RuleSet,
    /// Whether to list the claims behind numbers; sums that show none are faster without.
    pub traced: bool,
}

impl<T> Clone for Evidence<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Evidence<'_, T> {}

/// A number that one document states, with what stands besides it.
struct Candidate<'a, T> {
    interval: Interval,
    claims: Vec<&'a ClaimId<T>>,
    base: &'a Statement<T>,
    alone: bool,
    /// Several parts joined to one number.
    joined: bool,
    vague: bool,
    said: bool,
    overlap_only: bool,
}

impl<T: AsRef<str>> Candidate<'_, T> {
    /// Whether a rule added it up from the people and parts that the document names.
    fn is_sum_of_parts(&self) -> bool {
        self.base.inferred.as_ref().is_some_and(|rule| rule.as_str() == "sum-of-parts")
    }
}

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    /// The same evidence for a number whose claims nobody will see.
    pub(crate) fn untraced(self) -> Self {
        Self { traced: false, ..self }
    }

    /// The envelope of everything that is stated of a cell; `None` where nothing is.
    pub(crate) fn stated(&self, key: Key) -> Option<Cell<'a, T>> {
        let mut candidates: Vec<Candidate<'a, T>> = Vec::new();
        let mut aside = Vec::new();
        for telling in self.tellings {
            if !telling.statements.iter().any(|s| key.is(s)) {
                continue;
            }
            match self.why_not(telling, key) {
                Some(why) => {
                    aside.extend(telling.statements.iter().filter(|s| key.is(s)).map(|s| (&s.claim, why)))
                }
                None => self.candidates(telling, key, &mut candidates, &mut aside),
            }
        }
        if candidates.is_empty() && aside.is_empty() {
            return None;
        }
        Some(self.enveloped(candidates, aside))
    }

    /// Why a telling is not counted for a cell, if it is not.
    fn why_not(&self, telling: &Telling<T>, key: Key) -> Option<WhyAside> {
        if !telling.reliable {
            return Some(WhyAside::Unreliable);
        }
        let later = self.tellings.iter().any(|other| {
            other.order > telling.order
                && other.reliable
                && other.origin == telling.origin
                && other.statements.iter().any(|s| {
                    (key.is(s) && s.stands != Stands::Superseded || key.is_told_anew(telling, s))
                        && self.counts(s)
                })
        });
        later.then_some(WhyAside::Superseded)
    }

    /// Whether the words of a statement come to a number at all.
    pub(crate) fn counts(&self, statement: &Statement<T>) -> bool {
        self.read(statement).min().is_some()
    }

    fn read(&self, statement: &Statement<T>) -> Interval {
        self.rules.interval(statement.quantity, statement.harm, statement.language)
    }

    /// The numbers that one document gives for a cell.
    fn candidates(
        &self,
        telling: &'a Telling<T>,
        key: Key,
        candidates: &mut Vec<Candidate<'a, T>>,
        aside: &mut Vec<(&'a ClaimId<T>, WhyAside)>,
    ) {
        let exact = || telling.statements.iter().filter(move |s| key.is(s));
        let of = |stands: Stands| exact().filter(move |s| s.stands == stands && self.counts(s));
        aside.extend(exact().filter(|s| !self.counts(s)).map(|s| (&s.claim, WhyAside::NotANumber)));
        aside.extend(of(Stands::Superseded).map(|s| (&s.claim, WhyAside::Superseded)));
        if of(Stands::Alone).next().is_some() {
            aside.extend(of(Stands::PartOf).map(|s| (&s.claim, WhyAside::Part)));
            candidates.extend(of(Stands::Alone).map(|s| self.with_others(telling, key, self.candidate(s))));
        } else if let Some(parts) = self.joined(of(Stands::PartOf)) {
            // A part of an unsaid whole says only that the whole is no smaller.
            let whole = key.class == Class::Total && key.status.is_none();
            let parts = if whole {
                Candidate { interval: widened(parts.interval, Upper::Open), ..parts }
            } else {
                parts
            };
            candidates.push(self.with_others(telling, key, parts));
        } else if let Some(first) = of(Stands::Besides).next() {
            candidates.push(self.with_others(telling, key, self.candidate(first)));
        } else if let Some(unsure) = self.joined(of(Stands::OverlapUnknown)) {
            candidates.push(Candidate { overlap_only: true, ..unsure });
        }
    }

    fn candidate(&self, base: &'a Statement<T>) -> Candidate<'a, T> {
        Candidate {
            interval: self.read(base),
            claims: self.traced.then_some(&base.claim).into_iter().collect(),
            base,
            alone: true,
            joined: false,
            vague: base.quantity.is_vague(),
            said: base.quantity.number().is_some(),
            overlap_only: false,
        }
    }

    /// Parts of one number as one candidate.
    fn joined(&self, parts: impl Iterator<Item = &'a Statement<T>>) -> Option<Candidate<'a, T>> {
        let parts: Vec<&Statement<T>> = parts.collect();
        let base = *parts.first()?;
        Some(Candidate {
            interval: parts_of_one(parts.iter().map(|s| self.read(s)).collect())?,
            claims: parts.iter().filter(|_| self.traced).map(|s| &s.claim).collect(),
            alone: parts.len() == 1,
            joined: parts.len() > 1,
            vague: parts.iter().any(|s| s.quantity.is_vague()),
            said: parts.iter().all(|s| s.quantity.number().is_some()),
            base,
            overlap_only: false,
        })
    }

    /// Adds what the document puts besides a number, and makes room for what may lie besides it.
    fn with_others(
        &self,
        telling: &'a Telling<T>,
        key: Key,
        mut number: Candidate<'a, T>,
    ) -> Candidate<'a, T> {
        let beside = |s: &&Statement<T>| matches!(s.stands, Stands::Besides | Stands::OverlapUnknown);
        let others = telling.statements.iter().filter(beside);
        for other in others.filter(|s| !std::ptr::eq(*s, number.base) && self.counts(s)) {
            if other.stands == Stands::Besides && other.harm == key.harm && key.covers(other) {
                number.interval = added(number.interval, self.read(other));
                number.said &= other.quantity.number().is_some();
            } else if other.stands == Stands::OverlapUnknown && key.may_hold(other) {
                number.interval = widened(number.interval, self.read(other).max());
            } else {
                continue;
            }
            if self.traced {
                number.claims.push(&other.claim);
            }
            number.alone = false;
        }
        number
    }

    /// The envelope of what the documents say, the claims that do not widen it set aside.
    fn enveloped(
        &self,
        mut candidates: Vec<Candidate<'a, T>>,
        mut aside: Vec<(&'a ClaimId<T>, WhyAside)>,
    ) -> Cell<'a, T> {
        let mut set_aside = |candidate: &Candidate<'a, T>, why| {
            aside.extend(candidate.claims.iter().map(|claim| (*claim, why)))
        };
        let total_stated = candidates.iter().any(|c| !c.is_sum_of_parts());
        candidates.retain(|candidate| {
            let only_parts = total_stated && candidate.is_sum_of_parts();
            if only_parts {
                set_aside(candidate, WhyAside::PartsOnly);
            }
            !only_parts
        });
        let highest = candidates.iter().filter_map(|c| c.interval.highest_reported()).max();
        let all: Vec<Interval> = candidates.iter().map(|c| c.interval).collect();
        candidates.retain(|candidate| {
            let contained = candidate.vague && all.iter().any(|other| contains(candidate.interval, *other));
            if contained {
                set_aside(candidate, WhyAside::Contained);
            }
            !contained
        });
        let interval = candidates.iter().map(|c| c.interval).reduce(envelope).unwrap_or(Interval::UNKNOWN);
        let single = match candidates.as_slice() {
            [one] if one.alone => Some(one.base),
            _ => None,
        };
        Cell {
            interval: combine::interval(interval.min(), highest, interval.max()),
            origin: self.origin_of(&candidates, single),
            quantity: single.map(|base| base.quantity),
            said: candidates.iter().all(|c| c.said),
            overlap_only: !candidates.is_empty() && candidates.iter().all(|c| c.overlap_only),
            sides: sides(&candidates),
            claims: candidates.into_iter().flat_map(|c| c.claims).collect(),
            aside,
            contradiction: None,
        }
    }

    fn origin_of(&self, candidates: &[Candidate<'a, T>], single: Option<&'a Statement<T>>) -> Origin<'a, T> {
        match single {
            Some(Statement { inferred: Some(rule), .. }) => Origin::Inferred(rule),
            Some(base) => Origin::Words(&self.rules.rule(base.quantity, base.language).id),
            None if matches!(candidates, [one] if one.joined) => Origin::Method("parts-of-one"),
            None => Origin::Method("envelope"),
        }
    }
}

/// The different numbers of the candidates, each with its claims.
fn sides<'a, T>(candidates: &[Candidate<'a, T>]) -> Vec<(Interval, Vec<&'a ClaimId<T>>)> {
    let mut sides: Vec<(Interval, Vec<&'a ClaimId<T>>)> = Vec::new();
    for candidate in candidates {
        match sides.iter_mut().find(|(interval, _)| *interval == candidate.interval) {
            Some((_, claims)) => claims.extend(&candidate.claims),
            None => sides.push((candidate.interval, candidate.claims.clone())),
        }
    }
    sides
}
