//! Grades as the register's own sources allow them: proposed, never given.

use std::collections::BTreeMap;

use sijil_count::{Incident, Independent, Proposal, proposal};
use sijil_model::Content;
use sijil_model::codebook::{PartyPosition, Reliability};
use sijil_register::View;

use crate::failure::Failure;

/// What is proposed for an incident.
pub fn proposed(view: &View, incident: &Incident) -> Result<Proposal, Failure> {
    let mut independent: Independent = BTreeMap::new();
    for source in view.sources()? {
        let Some(group) = source.independence else { continue };
        let reliable =
            matches!(source.reliability, Reliability::HighlyReliable | Reliability::LikelyReliable);
        *independent.entry(group).or_default() |= reliable;
    }
    Ok(proposal(incident, &independent, conceded(view, incident)?))
}

/// Whether a report of an incident says that a party which it is attributed to accepts responsibility.
pub fn conceded(view: &View, incident: &Incident) -> Result<bool, Failure> {
    for member in view.members(incident.id.as_str())? {
        let accepted = view.claims_about(&member.claim)?.into_iter().any(|row| {
            let accepts = |holder: &_| incident.actors.iter().any(|by| by.actor == *holder);
            row.rejection.is_none()
                && matches!(&row.claim.content, Content::Position { holder, position: PartyPosition::Accepted } if accepts(holder))
        });
        if accepted {
            return Ok(true);
        }
    }
    Ok(false)
}
