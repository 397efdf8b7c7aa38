//! Grades as the register's own sources allow them: proposed, never given.

use std::collections::BTreeSet;

use sijil_count::{Incident, Independent, Proposal, proposal};
use sijil_model::codebook::{PartyPosition, Reliability};
use sijil_model::{Content, SourceId};
use sijil_register::View;
use sijil_register::event::SourceRecord;

use crate::failure::Failure;

/// What is proposed for an incident.
pub fn proposed(view: &View, incident: &Incident) -> Result<Proposal, Failure> {
    Ok(proposal(incident, &independent(&view.sources()?), conceded(view, incident)?))
}

/// The groups of sources that were shown to be independent, each with whether one of it is at least likely reliable, and
/// with whose words its sources say in the end.
fn independent(sources: &[SourceRecord]) -> Independent {
    let mut independent = Independent::new();
    for source in sources {
        let Some(group) = &source.independence else { continue };
        let voice = independent.entry(group.clone()).or_default();
        voice.reliable |=
            matches!(source.reliability, Reliability::HighlyReliable | Reliability::LikelyReliable);
        voice.roots.extend(roots(sources, &source.source).iter().map(|root| group_of(sources, root)));
    }
    independent
}

/// Where what a source says comes from in the end: itself, or the sources that it is derived from and that are derived
/// from none.
pub fn roots(sources: &[SourceRecord], of: &SourceId) -> BTreeSet<SourceId> {
    let (mut roots, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![of]);
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match sources.iter().find(|source| source.source == *id) {
            Some(source) if !source.derived_from.is_empty() => open.extend(&source.derived_from),
            _ => drop(roots.insert(id.clone())),
        }
    }
    roots
}

/// The group of a source; it is its own where nobody has said one.
fn group_of(sources: &[SourceRecord], id: &SourceId) -> String {
    let source = sources.iter().find(|source| source.source == *id);
    source.and_then(|source| source.independence.clone()).unwrap_or_else(|| id.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::codebook::{ReleaseLevel, SourceKind};

    fn source(id: &str, group: Option<&str>, derived_from: &[&str]) -> SourceRecord {
        SourceRecord {
            source: SourceId::new(id).unwrap(),
            source_kind: SourceKind::LocalMedia,
            name_en: id.to_owned(),
            name_ar: id.to_owned(),
            reliability: Reliability::LikelyReliable,
            release_level: ReleaseLevel::Public,
            independence: group.map(str::to_owned),
            derived_from: derived_from.iter().map(|id| SourceId::new(*id).unwrap()).collect(),
        }
    }

    #[test]
    fn a_voice_goes_back_to_those_who_repeat_nobody() {
        let sources = [
            source("hospital", Some("wards"), &[]),
            source("stringer", None, &[]),
            source("agency", Some("agency"), &["hospital"]),
            source("yearbook", Some("yearbook"), &["agency", "stringer"]),
        ];
        let independent = independent(&sources);
        let roots = |group: &str| independent[group].roots.iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!((roots("wards"), roots("agency")), (vec!["wards"], vec!["wards"]));
        assert_eq!(roots("yearbook"), ["stringer", "wards"]);
        assert!(!independent.contains_key("stringer"), "nobody showed its independence");
    }

    #[test]
    fn two_registers_that_derive_two_sources_from_each_other_leave_no_voice_and_end() {
        let sources = [source("a", Some("a"), &["b"]), source("b", Some("b"), &["a"])];
        assert!(independent(&sources)["a"].roots.is_empty());
    }
}
