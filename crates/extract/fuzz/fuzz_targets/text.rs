//! Any bytes as a text: no panic, every span re-reads byte for byte, and reading ends in time (`-timeout`).

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sijil_extract::{Extractor, Report};
use sijil_model::actor::read_actors;
use sijil_model::{Content, DocumentId};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::new(&read_actors(include_str!("../../tests/corpus/actors.csv")).expect("the table of the corpus"))
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let document = DocumentId::new("d".repeat(64)).expect("64 hexadecimal digits");
    let report = Report { document: &document, text: &text, language: None, country: None };
    let found = EXTRACTOR.extract(&report);
    for claim in &found.claims {
        assert!(!claim.spans.is_empty(), "a claim without a span");
        for said in &claim.spans {
            assert!(!said.quote.is_empty(), "an empty quote");
            assert_eq!(said.span.quote(&text), Some(said.quote.as_str()), "a span that does not re-read");
        }
        let points = |id: &sijil_model::ClaimId| found.claims.iter().any(|other| other.id == *id);
        assert!(claim.about.as_ref().is_none_or(points), "a claim about nothing");
        assert!(claim.speaker.as_ref().is_none_or(points), "a speaker who is not there");
        if let Content::Relation { other, .. } = &claim.content {
            assert!(points(other), "a relation to nobody");
        }
    }
    let all = &found.mentions;
    for span in [&all.persons, &all.places, &all.organisations, &all.dates, &all.weapons].into_iter().flatten() {
        assert!(span.quote(&text).is_some_and(|quote| !quote.is_empty()), "a mention that does not re-read");
    }
});
