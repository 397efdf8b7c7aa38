//! What reports say of an incident's places against each other and against the gazetteer (8): kept for a reviewer.

use sijil_check::invariants::Breach;
use sijil_count::Incident;
use sijil_model::codebook::PlaceRole;
use sijil_model::{Content, Where};
use sijil_place::disagreement::APART_KM;
use sijil_place::{disagreements, kilometres};
use sijil_register::View;

use crate::failure::Failure;
use crate::stages::Stages;

/// A primary place that a report says, and what was found for it.
struct Said {
    claim: String,
    document: String,
    text: String,
    found: Where,
}

/// Every contradiction about where incidents were.
pub fn places(view: &View, stages: &Stages, incidents: &[Incident], at: u64) -> Result<Vec<Breach>, Failure> {
    let mut breaches = Vec::new();
    for incident in incidents {
        let mut said: Vec<Said> = Vec::new();
        for member in view.members(incident.id.as_str())? {
            for row in view.claims_about(&member.claim)? {
                let Content::Place(phrase) = &row.claim.content else { continue };
                let id = row.claim.id.to_string();
                let Some(found) = view.place_of(&id, at)? else { continue };
                if phrase.role != PlaceRole::Primary || row.rejection.is_some() {
                    continue;
                }
                let against =
                    disagreements(&stages.gazetteer, phrase, &found.place, stages.country.as_deref());
                let ids = || [incident.id.to_string(), id.clone()];
                let explain = |one| format!("`{}`: {one}", phrase.text);
                breaches.extend(against.iter().map(|one| Breach::warning(8, ids(), explain(one))));
                let document = row.claim.document.to_string();
                said.push(Said { claim: id, document, text: phrase.text.clone(), found: found.place });
            }
        }
        breaches.extend(apart(incident, &said));
    }
    Ok(breaches)
}

/// Two reports that put one incident far apart.
fn apart(incident: &Incident, said: &[Said]) -> Option<Breach> {
    let point = |said: &Said| said.found.lat.zip(said.found.lon);
    for (number, one) in said.iter().enumerate() {
        for other in said[number + 1..].iter().filter(|other| other.document != one.document) {
            let (Some(here), Some(there)) = (point(one), point(other)) else { continue };
            let apart = kilometres(here, there);
            if apart > APART_KM {
                let explain =
                    format!("two reports put it {:.0} km apart: `{}` and `{}`", apart, one.text, other.text);
                let records = [incident.id.to_string(), one.claim.clone(), other.claim.clone()];
                return Some(Breach::warning(8, records, explain));
            }
        }
    }
    None
}
