//! Figures of a release: their records, rows and what was left out, with small numbers of the living put together.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sijil_count::{
    AsOne, By, Contradiction, ExclusionReason, Figure, Named, Question, Record, Row, Standing, Tally,
};
use sijil_model::codebook::Harm;
use sijil_model::date::Membership;
use sijil_model::{ClaimId, Edtf, FigureId, Interval, RuleId, Sum, Upper};
use sijil_page::view::{PossiblyWhy, Shown, Withheld};
use sijil_register::ask::{FigureRow, IncidentRow};

use crate::contested::ReleasedContested;
use crate::documents::shown_source;
use crate::error::Result;
use crate::incidents::Gathering;
use crate::policy::Public;
use crate::policy::small::{self, KeptBack};
use crate::rates::ReleasedRate;

/// The name of a list that may not be known.
pub(crate) const WITHHELD: &str = "withheld";

/// A figure as it goes out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedFigure {
    pub id: FigureId,
    pub title_en: Public<String>,
    pub title_ar: Public<String>,
    pub question: Question,
    pub rules: String,
    pub log_position: Option<u64>,
    pub inside: Tally,
    pub possibly_inside: Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_one: Option<ReleasedAsOne>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<ReleasedRate>,
    pub records: Vec<ReleasedRecord>,
    /// Records whose numbers of the living are too small to be shown one by one, added up.
    pub pooled: Pool,
    pub rows: Vec<ReleasedRow>,
    /// The same of rows.
    pub pooled_rows: Pool,
    pub rows_overlap: bool,
    pub excluded: Vec<ReleasedExclusion>,
    pub reconciled: Vec<ReleasedReconciliation>,
    pub contested: Vec<ReleasedContested>,
    pub watched: Vec<ReleasedWatch>,
}

/// What a figure comes to if incidents that may be one strike are one. Of the living only how many: what two numbers
/// differ in is the number of those few.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedAsOne {
    pub incidents: u64,
    pub strikes: u64,
    pub inside: Option<Tally>,
    pub possibly_inside: Option<Tally>,
}

impl ReleasedAsOne {
    fn of(one: &AsOne, harm: Harm) -> Self {
        let shown = |tally: &Tally| (harm == Harm::Killed).then(|| tally.clone());
        Self {
            incidents: one.incidents() as u64,
            strikes: one.strikes.len() as u64,
            inside: shown(&one.inside),
            possibly_inside: shown(&one.possibly_inside),
        }
    }
}

/// What was added up because its parts are too small; no sum where the parts overlap.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Pool {
    pub parts: u64,
    pub inside: Option<Sum>,
    pub possibly_inside: Option<Sum>,
}

/// An incident behind a figure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedRecord {
    /// Its name: the incident's where that is cleared, else one that only this figure knows.
    pub record: String,
    /// Whether the incident has a page.
    pub cleared: bool,
    pub membership: Membership,
    /// None where it is in the pool.
    pub interval: Option<Interval>,
    pub rule: Option<RuleId>,
    pub claims: Vec<ClaimId>,
    /// Whether the number can be computed again from what is published.
    pub recount: bool,
    pub contradiction: Option<Contradiction>,
    #[serde(skip)]
    pub why_possibly: Option<PossiblyWhy>,
    /// Whether its number of the living is too small, or leaves too small ones: then it is in the pool.
    #[serde(skip)]
    pub is_kept_back: bool,
    #[serde(skip)]
    pub key: String,
}

/// A row of a breakdown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedRow {
    pub key: BTreeMap<By, Option<String>>,
    /// None where it is in the pool.
    pub inside: Option<Tally>,
    pub possibly_inside: Option<Tally>,
    pub records: Vec<String>,
}

/// An incident that a figure leaves out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedExclusion {
    pub record: String,
    pub cleared: bool,
    pub code: ExclusionReason,
    /// In the recorder's words, where the incident is cleared.
    pub reason: Option<Public<String>>,
    #[serde(skip)]
    pub key: String,
}

/// A claim about many incidents beside what is documented. Without its claim, where that is withheld, there are no numbers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedReconciliation {
    pub aggregate: ClaimId,
    pub claimed: Interval,
    pub inside: Option<Tally>,
    pub possibly_inside: Option<Tally>,
    pub share: Option<(f64, Option<f64>)>,
    /// Why what is documented of it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    pub why: Option<Public<String>>,
    pub why_ar: Option<Public<String>>,
    #[serde(skip)]
    pub key: String,
}

/// A note of what was watched.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedWatch {
    pub period: Option<Edtf>,
    pub places: Vec<Public<String>>,
    pub searched: Public<String>,
    pub dark: Vec<Public<String>>,
    /// The day on which it was noted.
    pub noted: String,
}

/// The sum that pages show of a tally.
pub(crate) fn sum_of(tally: &Tally) -> Sum {
    Sum {
        min: tally.min.unwrap_or_default(),
        highest_reported: tally.highest_reported.unwrap_or_default(),
        max: tally.max,
        open_ends: tally.open_ends,
        unknown: tally.unknown,
        incidents: tally.incidents,
    }
}

impl Gathering<'_> {
    /// A figure whose incidents and claims are gathered already; `cleared` are the incidents that go out.
    pub fn figure(
        &mut self,
        row: &FigureRow,
        figure: &Figure,
        cleared: &BTreeMap<String, IncidentRow>,
        kept: &BTreeMap<String, KeptBack>,
    ) -> Result<ReleasedFigure> {
        let policy = self.sorting.policy;
        let id = FigureId::new(row.id.clone())?;
        let name = |incident: &str| {
            let kind = if cleared.contains_key(incident) {
                ('i', vec![incident])
            } else {
                ('w', vec![row.id.as_str(), incident])
            };
            policy.id(kind.0, &kind.1).into_inner()
        };
        let mut records = self.records(figure, cleared, kept, &name)?;
        let pooled = pool_records(&figure.question, &mut records);
        let (mut rows, pooled_rows) = rows(figure, &name);
        for list in rows.iter_mut().filter_map(|row| row.key.get_mut(&By::List)) {
            *list = list.take().map(|list| self.list_name(&list)).transpose()?;
        }
        let excluded = figure.excluded.iter().map(|one| ReleasedExclusion {
            record: name(one.id.as_str()),
            cleared: cleared.contains_key(one.id.as_str()),
            code: one.code,
            reason: cleared.contains_key(one.id.as_str()).then(|| policy.typed(&one.reason)),
            key: one.id.to_string(),
        });
        Ok(ReleasedFigure {
            title_en: policy.typed(&row.title_en),
            title_ar: policy.typed(&row.title_ar),
            question: figure.question.clone(),
            rules: figure.rules.clone(),
            log_position: figure.log_position,
            inside: named_as_far_as_allowed(&figure.question, &figure.inside),
            possibly_inside: named_as_far_as_allowed(&figure.question, &figure.possibly_inside),
            as_one: figure.as_one.as_ref().map(|one| ReleasedAsOne::of(one, figure.question.harm)),
            rate: figure.rate.as_ref().map(|rate| self.rate(rate)).transpose()?,
            excluded: excluded.collect(),
            reconciled: self.reconciled(figure)?,
            contested: self.contested(figure, &records)?,
            watched: self.watched(figure)?,
            rows_overlap: figure.rows_overlap,
            records,
            pooled,
            rows,
            pooled_rows,
            id,
        })
    }

    /// What a list is called in public: its source's code and nothing where that may not be known; documents without a
    /// source have none.
    fn list_name(&self, list: &str) -> Result<String> {
        let source = self.register.view().source(list)?;
        let is_open =
            source.is_some_and(|source| matches!(shown_source(self.sorting.policy, &source), Shown::Open(_)));
        Ok(if is_open { list.to_owned() } else { WITHHELD.to_owned() })
    }

    fn records(
        &self,
        figure: &Figure,
        cleared: &BTreeMap<String, IncidentRow>,
        kept: &BTreeMap<String, KeptBack>,
        name: &dyn Fn(&str) -> String,
    ) -> Result<Vec<ReleasedRecord>> {
        let asked = &figure.question;
        let of = (asked.harm, asked.class, asked.status.map(Standing::status));
        let is_kept = |record: &Record| kept.get(record.id.as_str()).is_some_and(|kept| kept.holds(of));
        let kept_back = small::records_kept_back(figure, figure.records.iter().map(is_kept).collect());
        let mut records = Vec::new();
        for (record, is_kept_back) in figure.records.iter().zip(kept_back) {
            let row = cleared.get(record.id.as_str());
            let possibly = record.membership == Membership::PossiblyInside;
            records.push(ReleasedRecord {
                record: name(record.id.as_str()),
                cleared: row.is_some(),
                membership: record.membership,
                interval: Some(interval(record.min, record.highest_reported, record.max)?),
                rule: record.rule.clone(),
                claims: if row.is_some() { self.names(&record.claims)? } else { Vec::new() },
                recount: false,
                contradiction: record.contradiction.filter(|_| row.is_some()),
                is_kept_back,
                why_possibly: row.filter(|_| possibly).map(|row| why_possibly(&figure.question, row)),
                key: record.id.to_string(),
            });
        }
        // In the order of names that tell nothing, so that the order tells nothing either.
        records.sort_by(|a, b| a.record.cmp(&b.record));
        Ok(records)
    }

    /// Says of every record whether its number can be computed again from what goes out.
    pub fn mark_recountable(&self, figure: &mut ReleasedFigure, withheld: &BTreeMap<String, BTreeSet<Harm>>) {
        let harm = figure.question.harm;
        for record in &mut figure.records {
            let hidden = withheld.get(&record.key);
            let parts: &[Harm] = if harm == Harm::KilledOrInjured {
                &[Harm::Killed, Harm::Injured, Harm::KilledOrInjured]
            } else {
                &[harm]
            };
            let whole = hidden.is_some_and(|hidden| !parts.iter().any(|part| hidden.contains(part)));
            record.recount = record.cleared && whole && record.interval.is_some();
        }
    }

    fn reconciled(&mut self, figure: &Figure) -> Result<Vec<ReleasedReconciliation>> {
        let mut lines = Vec::new();
        for one in &figure.reconciled {
            self.add_claim(one.aggregate.as_str(), None)?;
            let shown = self.claims.get(one.aggregate.as_str()).is_some_and(|claim| claim.withheld.is_none());
            if !shown {
                continue;
            }
            let (low, high) = one.claimed;
            let is_small = one.asks.as_ref().is_some_and(|asked| {
                let tallies = [&one.inside, &one.possibly_inside];
                tallies.into_iter().flatten().any(|tally| small::is_small(asked.harm, tally))
            });
            let whole = (!is_small).then_some(one);
            let said = |why: &Option<String>| why.as_deref().map(|why| self.sorting.policy.typed(why));
            lines.push(ReleasedReconciliation {
                aggregate: self.sorting.id(one.aggregate.as_str())?,
                claimed: interval(low, None, high)?,
                inside: whole.and_then(|one| one.inside.clone()),
                possibly_inside: whole.and_then(|one| one.possibly_inside.clone()),
                share: whole.and_then(|one| one.share),
                withheld: is_small.then_some(Withheld::Living),
                why: whole.and_then(|one| said(&one.why)),
                why_ar: whole.and_then(|one| said(&one.why_ar)),
                key: one.aggregate.to_string(),
            });
        }
        Ok(lines)
    }

    /// The day of an entry that is named `entry:N`.
    pub(crate) fn day_of_entry(&self, id: &str) -> Result<String> {
        let position = id.trim_start_matches("entry:").parse().unwrap_or_default();
        let time = self.register.view().entry(position)?.time;
        Ok(time.chars().take(10).collect())
    }

    fn watched(&self, figure: &Figure) -> Result<Vec<ReleasedWatch>> {
        let policy = self.sorting.policy;
        let notes = figure.watched.iter();
        notes
            .map(|note| {
                Ok(ReleasedWatch {
                    period: note.period.clone(),
                    places: note.places.iter().map(|place| policy.typed(place)).collect(),
                    searched: policy.typed(&note.searched),
                    dark: note.dark.iter().map(|dark| policy.typed(dark)).collect(),
                    noted: self.day_of_entry(&note.id)?,
                })
            })
            .collect()
    }
}

fn interval(min: Option<u64>, highest: Option<u64>, max: Upper) -> Result<Interval> {
    Ok(Interval::new(min, highest, max)?)
}

fn named_as_far_as_allowed(question: &Question, tally: &Tally) -> Tally {
    let named = Interval::new(Some(tally.named.low), None, Upper::Known(tally.named.high));
    let is_small = named.is_ok_and(|named| small::is_small(question.harm, named));
    let named = if is_small { Named::default() } else { tally.named };
    Tally { named, ..tally.clone() }
}

fn why_possibly(question: &Question, row: &IncidentRow) -> PossiblyWhy {
    let incident = &row.incident;
    if question.period.is_some()
        && incident.when.within(question.period_bounds()) == Membership::PossiblyInside
    {
        return if incident.dated { PossiblyWhy::DateRange } else { PossiblyWhy::Undated };
    }
    if question.places.is_empty() { PossiblyWhy::Actor } else { PossiblyWhy::Place }
}

/// Takes those records out that are kept back, and adds them up.
fn pool_records(question: &Question, records: &mut [ReleasedRecord]) -> Pool {
    let (mut parts, mut inside, mut possibly_inside) = (0, Sum::default(), Sum::default());
    for record in records.iter_mut().filter(|record| record.is_kept_back) {
        let Some(interval) = record.interval.take() else { continue };
        record.claims.clear();
        parts += 1;
        let sum = if question.keeps_apart(record.membership) { &mut possibly_inside } else { &mut inside };
        sum.add(interval);
    }
    Pool { parts, inside: Some(inside), possibly_inside: Some(possibly_inside) }
}

fn rows(figure: &Figure, name: &dyn Fn(&str) -> String) -> (Vec<ReleasedRow>, Pool) {
    let chosen = small::rows_kept_back(figure);
    let pooled = figure.rows.iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(row, _)| row);
    let pool = pool_of(pooled, figure.rows_overlap);
    let mut released = Vec::new();
    for (row, pooled) in figure.rows.iter().zip(chosen) {
        let mut records: Vec<String> = row.records.iter().map(|id| name(id.as_str())).collect();
        records.sort();
        let shown = |tally: &Tally| (!pooled).then(|| named_as_far_as_allowed(&figure.question, tally));
        released.push(ReleasedRow {
            key: row.key.clone(),
            inside: shown(&row.inside),
            possibly_inside: shown(&row.possibly_inside),
            records: if pooled { Vec::new() } else { records },
        });
    }
    (released, pool)
}

/// Rows added up; without sums where an incident may be in several of them.
fn pool_of<'r>(rows: impl Iterator<Item = &'r Row>, overlap: bool) -> Pool {
    let (mut parts, mut inside, mut possibly_inside) = (0, Sum::default(), Sum::default());
    for row in rows {
        parts += 1;
        inside.merge(sum_of(&row.inside));
        possibly_inside.merge(sum_of(&row.possibly_inside));
    }
    let apart = !overlap;
    Pool { parts, inside: apart.then_some(inside), possibly_inside: apart.then_some(possibly_inside) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(number: u64, incidents: u64) -> Tally {
        Tally {
            min: Some(number),
            highest_reported: Some(number),
            max: Upper::Known(number),
            open_ends: 0,
            unknown: 0,
            incidents,
            named: Named::default(),
        }
    }

    fn row(number: u64) -> Row {
        Row {
            key: BTreeMap::from([(By::Actor, Some("western_army".to_owned()))]),
            inside: tally(number, 1),
            possibly_inside: tally(0, 0),
            records: Vec::new(),
        }
    }

    /// Two detained by two parties together are two, and in both rows: their sum would say four.
    #[test]
    fn small_rows_that_overlap_have_no_sum() {
        let rows = [row(2), row(2)];
        let pool = pool_of(rows.iter(), true);
        assert_eq!((pool.parts, pool.inside, pool.possibly_inside), (2, None, None));
        let apart = pool_of(rows.iter(), false);
        assert_eq!(apart.inside.map(|sum| (sum.min, sum.incidents)), Some((4, 2)));
    }

    /// "12 injured, or 11 if two incidents are one" tells that one person was injured in one of them.
    #[test]
    fn what_the_living_come_to_if_incidents_are_one_is_not_told() {
        let id = |letter: &str| sijil_model::IncidentId::new(letter.repeat(33)).unwrap();
        let one = AsOne {
            strikes: vec![vec![id("i"), id("j")]],
            inside: tally(11, 3),
            possibly_inside: tally(0, 0),
        };
        let injured = ReleasedAsOne::of(&one, Harm::Injured);
        assert_eq!((injured.incidents, injured.strikes, injured.inside), (2, 1, None));
        assert_eq!(ReleasedAsOne::of(&one, Harm::Killed).inside, Some(tally(11, 3)));
    }
}
