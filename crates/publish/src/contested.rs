//! What is contested, as it goes out: only of incidents that are cleared or in general, only sides whose words are all
//! shown, and no small numbers of the living.

use std::collections::BTreeSet;

use serde::Serialize;
use sijil_count::{Contested, ContestedKind, ContestedSide as Side, Figure};
use sijil_model::{ActorCode, ClaimId, Content, Interval};

use crate::error::Result;
use crate::figures::ReleasedRecord;
use crate::incidents::Gathering;
use crate::policy::small;

/// Claims that stand against each other.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedContested {
    pub kind: ContestedKind,
    /// The incident's name in the release; none where it is said in general.
    pub record: Option<String>,
    pub sides: Vec<ReleasedSide>,
    #[serde(skip)]
    pub key: Option<String>,
}

/// One side of what is contested.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedSide {
    pub actor: Option<ActorCode>,
    pub interval: Option<Interval>,
    pub claims: Vec<ClaimId>,
    #[serde(skip)]
    pub keys: Vec<String>,
}

impl Gathering<'_> {
    /// What of a figure's contested claims can be shown with at least two sides.
    pub fn contested(
        &mut self,
        figure: &Figure,
        records: &[ReleasedRecord],
    ) -> Result<Vec<ReleasedContested>> {
        let attributed = self.attributed();
        let mut released = Vec::new();
        for one in &figure.contested {
            let key = one.incident.as_ref().map(ToString::to_string);
            let record = records.iter().find(|record| Some(&record.key) == key.as_ref());
            // A number in the pool is shown nowhere else either.
            if key.is_some() && !record.is_some_and(|record| record.cleared && record.interval.is_some()) {
                continue;
            }
            let record = record.map(|record| record.record.clone());
            let mut sides = Vec::new();
            for side in &one.sides {
                sides.extend(self.side(one, side, record.as_deref(), &attributed)?);
            }
            let is_small = |side: &ReleasedSide| {
                side.interval.is_some_and(|interval| small::is_small(figure.question.harm, interval))
            };
            if sides.len() > 1 && !sides.iter().any(is_small) {
                released.push(ReleasedContested { kind: one.kind, record, sides, key });
            }
        }
        // In the order of names that tell nothing.
        released.sort_by(|a, b| (a.kind, &a.record).cmp(&(b.kind, &b.record)));
        Ok(released)
    }

    fn side(
        &mut self,
        one: &Contested,
        side: &Side,
        record: Option<&str>,
        attributed: &BTreeSet<(String, ActorCode)>,
    ) -> Result<Option<ReleasedSide>> {
        let (actor, interval, claims) = match side {
            Side::Actor { actor } => {
                let is_shown =
                    record.is_some_and(|name| attributed.contains(&(name.to_owned(), actor.clone())));
                let side = ReleasedSide {
                    actor: Some(actor.clone()),
                    interval: None,
                    claims: Vec::new(),
                    keys: Vec::new(),
                };
                return Ok(is_shown.then_some(side));
            }
            Side::StatedTarget { claims } => (one.holder.clone(), None, claims),
            Side::NoMilitaryObjective { claims } => (None, None, claims),
            Side::Toll { min, max, claims } => (None, Some(Interval::new(*min, None, *max)?), claims),
        };
        for claim in claims {
            self.add_claim(claim.as_str(), record)?;
        }
        let is_shown =
            |claim: &ClaimId| self.claims.get(claim.as_str()).is_some_and(|said| said.withheld.is_none());
        if !claims.iter().all(is_shown) {
            return Ok(None);
        }
        let keys = claims.iter().map(ToString::to_string).collect();
        Ok(Some(ReleasedSide { actor, interval, claims: self.names(claims)?, keys }))
    }

    /// The parties that released claims hold responsible, each with the incident's name in the release.
    fn attributed(&self) -> BTreeSet<(String, ActorCode)> {
        let shown = self.claims.values().filter(|claim| claim.withheld.is_none());
        shown
            .filter_map(|claim| match (&claim.incident, &claim.content) {
                (Some(incident), Some(Content::Attribution { actor, .. })) => {
                    Some((incident.clone(), actor.clone()))
                }
                _ => None,
            })
            .collect()
    }
}
