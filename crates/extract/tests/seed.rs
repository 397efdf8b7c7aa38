//! The document that the project was founded on, where it lies beside the workspace; elsewhere this test is skipped.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests, where a failure is to be loud"
)]

use sijil_extract::{Extraction, Extractor, Report};
use sijil_model::actor::known_actors;
use sijil_model::claim::Stands;
use sijil_model::codebook::{AggregateKind, Class, Fate, Harm, PartyPosition, ReleaseLevel};
use sijil_model::{Content, DocumentId, Quantity};

fn article() -> Option<(String, Extraction)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed/article.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the founding document is not here");
        return None;
    };
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let report = Report { document: &document, text: &text, language: None, country: None };
    let extraction = Extractor::new(&known_actors()).extract(&report);
    Some((text, extraction))
}

#[test]
fn the_first_incident_is_three_children_and_their_mother() {
    let Some((_, found)) = article() else { return };
    let main = found.claims.iter().find(|claim| matches!(claim.content, Content::Incident { .. })).unwrap();
    let about: Vec<_> = found.claims.iter().filter(|claim| claim.about.as_ref() == Some(&main.id)).collect();
    let number = |class: Class| {
        about.iter().find_map(|claim| match &claim.content {
            Content::Casualty(said)
                if said.harm == Harm::Killed && said.class == class && said.status.is_none() =>
            {
                Some(said.count.quantity)
            }
            _ => None,
        })
    };
    assert_eq!(number(Class::Children), Some(Quantity::Exact { n: 3 }));
    assert_eq!(number(Class::Total), Some(Quantity::Exact { n: 4 }));
    let people = about
        .iter()
        .filter(
            |claim| matches!(&claim.content, Content::Person(person) if person.fate == Some(Fate::Killed)),
        )
        .count();
    assert_eq!(people, 4);
}

#[test]
fn many_casualties_may_lie_within_the_ten() {
    let Some((_, found)) = article() else { return };
    let vague = found.claims.iter().any(|claim| {
        matches!(&claim.content, Content::Casualty(said) if said.harm == Harm::KilledOrInjured && said.stands == Stands::OverlapUnknown)
    });
    assert!(vague);
}

#[test]
fn what_is_of_many_events_is_in_no_incident() {
    let Some((_, found)) = article() else { return };
    for claim in &found.claims {
        if let Content::Casualty(said) = &claim.content {
            assert!(!matches!(said.count.quantity.number(), Some(135 | 26 | 40)), "{claim:?}");
        }
    }
    let kinds: Vec<AggregateKind> = found
        .claims
        .iter()
        .filter_map(
            |claim| if let Content::Aggregate(said) = &claim.content { Some(said.aggregate) } else { None },
        )
        .collect();
    for kind in [
        AggregateKind::Total,
        AggregateKind::Ratio,
        AggregateKind::Share,
        AggregateKind::Comparison,
        AggregateKind::Harm,
        AggregateKind::Allegation,
    ] {
        assert!(kinds.contains(&kind), "{kind}");
    }
}

#[test]
fn the_reporter_is_a_protected_source_and_no_victim() {
    let Some((_, found)) = article() else { return };
    let protected = found.claims.iter().any(|claim| {
        matches!(&claim.content, Content::Source(source) if source.name.is_some() && source.release_level == ReleaseLevel::NamedKeys)
    });
    assert!(protected);
    let victims = found
        .claims
        .iter()
        .filter(|claim| matches!(&claim.content, Content::Person(person) if person.fate.is_some()))
        .count();
    assert_eq!(victims, 4);
    assert!(found.claims.iter().any(|claim| matches!(
        &claim.content,
        Content::Position { position: PartyPosition::StatedTarget, .. }
    )));
}
