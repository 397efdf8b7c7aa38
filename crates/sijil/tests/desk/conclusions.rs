//! What extraction concludes has words in both languages: no page shows a bare code for the rule of a claim.

use std::path::Path;

use sijil_extract::{Extractor, Report};
use sijil_model::{Basis, DocumentId, Language};
use sijil_page::Words;

/// Sentences of the suites of extraction, in both languages.
fn texts() -> Vec<String> {
    let suites = Path::new(env!("CARGO_MANIFEST_DIR")).join("../extract/tests/phenomena");
    let mut texts = Vec::new();
    for suite in std::fs::read_dir(suites).unwrap() {
        let suite = std::fs::read_to_string(suite.unwrap().path()).unwrap();
        let lines = suite.lines().filter_map(|line| line.strip_prefix("- text: "));
        texts.extend(lines.map(|line| line.trim_matches('"').to_owned()));
    }
    texts
}

#[test]
fn every_conclusion_of_extraction_has_words() {
    let extractor = Extractor::new(&[]);
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let mut met = std::collections::BTreeSet::new();
    for text in texts() {
        let report = Report { document: &document, text: &text, language: None, country: None };
        for claim in extractor.extract(&report).claims {
            if let Basis::Inferred(rule) = claim.basis {
                met.insert(rule.to_string());
            }
        }
    }
    assert!(met.len() > 8, "the suites conclude by {met:?} only");
    let words = Words::naming(&[], sijil_count::rule_text).unwrap();
    let bare: Vec<_> = met
        .iter()
        .flat_map(|rule| [Language::En, Language::Ar].map(|language| (rule, language)))
        .filter(|(rule, language)| words.in_language(*language).rule(rule) == **rule)
        .collect();
    assert!(bare.is_empty(), "rules without words: {bare:?}");
}
