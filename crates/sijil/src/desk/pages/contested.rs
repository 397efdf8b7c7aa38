//! What is contested, as a figure's page shows it: each side with the words that it rests on.

use sijil_count::{Contested, ContestedKind, ContestedSide as Side};
use sijil_model::{ActorCode, ClaimId, Interval};
use sijil_page::view::{ContestedLine, ContestedSide};
use sijil_register::ask::IncidentRow;

use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

impl Viewing<'_> {
    /// What is contested of an incident, or in general.
    pub fn contested_line(&self, one: &Contested, incident: Option<&IncidentRow>) -> Result<ContestedLine> {
        Ok(ContestedLine {
            about: about(one.kind).to_owned(),
            incident: incident.map(|row| self.incident_title(row)).transpose()?,
            sides: one
                .sides
                .iter()
                .map(|side| self.side(one.holder.as_ref(), side))
                .collect::<Result<_>>()?,
        })
    }

    fn side(&self, holder: Option<&ActorCode>, side: &Side) -> Result<ContestedSide> {
        let (actor, interval, claims): (_, _, &[ClaimId]) = match side {
            Side::StatedTarget { claims } => (holder, None, claims),
            Side::NoMilitaryObjective { claims } => (None, None, claims),
            Side::Toll { min, max, claims } => {
                (None, Some(Interval::new(*min, None, *max).unwrap_or(Interval::UNKNOWN)), claims)
            }
            Side::Actor { actor } => (Some(actor), None, &[]),
        };
        Ok(ContestedSide {
            actor: actor.map(|actor| self.actor_name(actor)),
            interval,
            claims: self.claim_lines(claims)?,
        })
    }
}

fn about(kind: ContestedKind) -> &'static str {
    match kind {
        ContestedKind::Target => "target",
        ContestedKind::Toll => "toll",
        ContestedKind::Actor => "actor",
    }
}
