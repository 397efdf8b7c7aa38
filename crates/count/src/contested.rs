//! What is claimed against what else is claimed, side by side: targets, tolls and actors.
//!
//! Nothing here settles anything. A party's stated target stands beside those who say that there was no such target,
//! tolls of different origins beside each other, and parties that different people hold responsible likewise. Until a
//! person decides, a figure is published with both sides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{AttributionStatus, Combination};
use sijil_model::{ActorCode, ClaimId, DocumentId, IncidentId, Language, Upper};

use crate::cell::Cell;
use crate::figure::Record;
use crate::incident::{Attributed, Incident};
use crate::question::Question;

/// What somebody says about a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stance {
    /// The claim.
    pub claim: ClaimId,
    /// Where it stands.
    pub document: DocumentId,
    /// Of which incident; none where it is said in general.
    pub incident: Option<IncidentId>,
    /// What is said.
    #[serde(flatten)]
    pub says: Says,
}

/// What is said about a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// A party states what it aims at.
    StatedTarget {
        /// Whose statement.
        holder: ActorCode,
    },
    /// Somebody says that nothing military was there.
    NoMilitaryObjective,
}

/// Claims that stand against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    /// About what.
    pub kind: ContestedKind,
    /// Of which incident; none where it is said in general.
    pub incident: Option<IncidentId>,
    /// Of a target the party that states it.
    pub holder: Option<ActorCode>,
    /// What stands beside each other; at least two.
    pub sides: Vec<Side>,
}

/// About what claims stand against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestedKind {
    /// A party's stated target, and those who say that there was none.
    Target,
    /// Numbers that cannot all be true.
    Toll,
    /// Different parties held responsible.
    Actor,
}

impl ContestedKind {
    /// What a reader sees.
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Target, Language::En) => {
                "a stated target, and those who say that nothing military was there"
            }
            (Self::Target, Language::Ar) => "هدف معلن، ومن يقول إنه لم يكن هناك شيء عسكري",
            (Self::Toll, Language::En) => "numbers that cannot all be true",
            (Self::Toll, Language::Ar) => "أرقام لا يمكن أن تصح جميعها",
            (Self::Actor, Language::En) => "different parties held responsible",
            (Self::Actor, Language::Ar) => "أطراف مختلفة تُحمَّل المسؤولية",
        }
    }
}

/// One side of what is contested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are the words of the codebook")]
pub enum Side {
    /// Claims that a party aimed at this.
    StatedTarget { claims: Vec<ClaimId> },
    /// Claims that nothing military was there.
    NoMilitaryObjective { claims: Vec<ClaimId> },
    /// A number, and the claims behind it.
    Toll { min: Option<u64>, max: Upper, claims: Vec<ClaimId> },
    /// A party.
    Actor { actor: ActorCode },
}

/// Stated targets that concern a question, each party's with the claims that deny it: of the same incident, or said in
/// general in the same document. One that nobody denies is not contested. `records` are the question's, sorted by id.
pub(crate) fn targets(question: &Question, records: &[Record], stances: &[Stance]) -> Vec<Contested> {
    let is_counted =
        |incident: &IncidentId| records.binary_search_by(|record| record.id.cmp(incident)).is_ok();
    let concerned = |stance: &&Stance| stance.incident.as_ref().is_none_or(is_counted);
    let concerned: Vec<&Stance> = stances.iter().filter(concerned).collect();
    let mut about: BTreeSet<(Option<&IncidentId>, &ActorCode)> = BTreeSet::new();
    for stance in &concerned {
        if let Says::StatedTarget { holder } = &stance.says
            && (question.actors.is_empty() || question.actors.contains(holder))
        {
            about.insert((stance.incident.as_ref(), holder));
        }
    }
    about.into_iter().filter_map(|(incident, holder)| target(incident, holder, &concerned)).collect()
}

fn target(incident: Option<&IncidentId>, holder: &ActorCode, stances: &[&Stance]) -> Option<Contested> {
    let stated: Vec<&Stance> = stances
        .iter()
        .copied()
        .filter(|s| matches!(&s.says, Says::StatedTarget { holder: by } if by == holder))
        .filter(|s| s.incident.as_ref() == incident)
        .collect();
    let meets = |absence: &Stance| match incident {
        Some(_) => absence.incident.as_ref() == incident,
        None => stated.iter().any(|s| s.document == absence.document),
    };
    let denied: Vec<ClaimId> = stances
        .iter()
        .filter(|s| s.says == Says::NoMilitaryObjective && meets(s))
        .map(|s| s.claim.clone())
        .collect();
    let stated: Vec<ClaimId> = stated.iter().map(|s| s.claim.clone()).collect();
    (!denied.is_empty()).then(|| Contested {
        kind: ContestedKind::Target,
        incident: incident.cloned(),
        holder: Some(holder.clone()),
        sides: vec![Side::StatedTarget { claims: stated }, Side::NoMilitaryObjective { claims: denied }],
    })
}

/// The numbers of an incident that cannot all be true.
pub(crate) fn tolls_of<T: AsRef<str>>(incident: &Incident<T>, cell: &Cell<'_, T>) -> Option<Contested> {
    let side = |(interval, claims): &(sijil_model::Interval, Vec<&ClaimId<T>>)| Side::Toll {
        min: interval.min(),
        max: interval.max(),
        claims: claims.iter().map(|claim| claim.owned()).collect(),
    };
    let sides: Vec<Side> = cell.competing().map(side).collect();
    (!sides.is_empty() && !cell.is_decided()).then(|| Contested {
        kind: ContestedKind::Toll,
        incident: Some(incident.id.owned()),
        holder: None,
        sides,
    })
}

/// The parties that are held responsible for an incident and cannot all be: each alone, or as alternatives.
pub(crate) fn actors_of<T: AsRef<str>>(incident: &Incident<T>) -> Option<Contested> {
    let apart = |a: &&Attributed<T>| {
        matches!(a.combination, Combination::Sole | Combination::Alternative)
            && !matches!(a.status, AttributionStatus::Denied | AttributionStatus::RuledOut)
    };
    let mut actors: Vec<&ActorCode<T>> = incident.actors.iter().filter(apart).map(|a| &a.actor).collect();
    actors.sort_by_key(|actor| actor.as_str());
    actors.dedup_by_key(|actor| actor.as_str());
    (actors.len() > 1).then(|| Contested {
        kind: ContestedKind::Actor,
        incident: Some(incident.id.owned()),
        holder: None,
        sides: actors.into_iter().map(|actor| Side::Actor { actor: actor.owned() }).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(claim: &str, document: &str, incident: Option<&str>, holder: Option<&str>) -> Stance {
        Stance {
            claim: ClaimId::new(claim).unwrap(),
            document: DocumentId::new(document).unwrap(),
            incident: incident.map(|id| IncidentId::new(id).unwrap()),
            says: holder.map_or(Says::NoMilitaryObjective, |holder| Says::StatedTarget {
                holder: ActorCode::new(holder).unwrap(),
            }),
        }
    }

    #[test]
    fn a_stated_target_stands_beside_those_who_say_that_there_was_none() {
        let stances = [
            stance("c1", "d1", None, Some("north")),
            stance("c2", "d1", None, None),
            stance("c3", "d2", None, None),
            stance("c4", "d3", None, Some("south")),
        ];
        let found = targets(&Question::default(), &[], &stances);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].holder.as_ref().unwrap().as_str(), "north");
        let claims = |text: &str| vec![ClaimId::new(text).unwrap()];
        assert_eq!(
            found[0].sides,
            [Side::StatedTarget { claims: claims("c1") }, Side::NoMilitaryObjective { claims: claims("c2") }]
        );
        let south = Question { actors: vec![ActorCode::new("south").unwrap()], ..Question::default() };
        assert!(targets(&south, &[], &stances).is_empty());
    }

    #[test]
    fn what_is_said_of_an_incident_that_is_not_counted_is_not_told() {
        let stances = [stance("c1", "d1", Some("i1"), Some("north")), stance("c2", "d2", Some("i1"), None)];
        assert!(targets(&Question::default(), &[], &stances).is_empty());
    }
}
