//! What a register's reviewers confirmed: each place that was decided for an incident is what its reports' words mean.
//!
//! A decision is about an incident, not about words. Of a report that names one primary place those words are meant; one
//! that names several does not say which of them was confirmed, and is left out.

use sijil_model::codebook::PlaceRole;
use sijil_model::{Content, PlacePhrase};
use sijil_place::{Confirmed, Memory};
use sijil_register::results::Found;
use sijil_register::{Register, View};

use super::Stages;
use super::placing::Answers;
use super::replacing;
use crate::failure::Failure;

/// All places that decisions in force confirm.
pub fn of(register: &Register) -> Result<Memory, Failure> {
    Ok(Memory::from_rows(rows(register.view(), None)?))
}

/// The same with one decision that is about to be written.
pub fn with(register: &Register, incident: &str, value: &str) -> Result<Memory, Failure> {
    // What was decided of this incident before is replaced.
    let mut rows = rows(register.view(), Some(incident))?;
    // An entry's position is the number of those before it.
    let by = format!("entry:{}", register.view().position()?);
    rows.extend(confirmed(register.view(), incident, value, &by)?);
    Ok(Memory::from_rows(rows))
}

/// Every document that says words which these stages remember, placed again: confirmed once, applied to all.
pub fn applied(register: &Register, stages: &Stages) -> Result<(Answers, u64), Failure> {
    let view = register.view();
    let mut documents = std::collections::BTreeSet::new();
    for row in view.claims_of_kind("place", view.position()?)? {
        if matches!(&row.claim.content, Content::Place(phrase) if stages.memory.knows(phrase)) {
            documents.insert(row.claim.document.to_string());
        }
    }
    let mut answers = Answers::default();
    for document in &documents {
        answers.extend(replacing::times_of(register, stages, document, None)?);
    }
    Ok((answers, documents.len() as u64))
}

fn rows(view: &View, but: Option<&str>) -> Result<Vec<Confirmed>, Failure> {
    let mut rows = Vec::new();
    let decided = view.decided_places()?;
    for (position, incident, value) in decided.into_iter().filter(|(_, of, _)| Some(of.as_str()) != but) {
        rows.extend(confirmed(view, &incident, &value, &format!("entry:{position}"))?);
    }
    Ok(rows)
}

/// The words that a decided place confirms, each in what its report puts it in.
fn confirmed(view: &View, incident: &str, value: &str, by: &str) -> Result<Vec<Confirmed>, Failure> {
    let Ok(found) = serde_json::from_str::<Found>(value) else { return Ok(Vec::new()) };
    let (Some(lat), Some(lon)) = (found.place.lat, found.place.lon) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for member in view.members(incident)? {
        let claims = view.claims_about(&member.claim)?;
        let standing = claims.iter().filter(|row| row.rejection.is_none());
        let primary = standing.filter_map(|row| match &row.claim.content {
            Content::Place(phrase) if phrase.role == PlaceRole::Primary => Some(phrase),
            _ => None,
        });
        let phrases: Vec<&PlacePhrase> = primary.collect();
        if let [only] = phrases.as_slice() {
            rows.push(Confirmed {
                text: only.text.clone(),
                within: only.within.first().cloned().unwrap_or_default(),
                place_id: found.place.place.clone(),
                lat,
                lon,
                by: by.to_owned(),
            });
        }
    }
    Ok(rows)
}
