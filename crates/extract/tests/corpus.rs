//! Made-up articles, the same facts in Arabic and in English, against their reviewed facts (`facts.txt`).

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use std::collections::BTreeMap;
use std::sync::Arc;

use sijil_extract::{Extraction, Extractor, PlaceNames, Report};
use sijil_model::actor::read_actors;
use sijil_model::{Claim, ClaimId, Coded, Content, DocumentId, TimeExpression};

const ACTORS: &str = include_str!("corpus/actors.csv");

/// What a gazetteer of the made-up country would know.
struct Gazetteer;

impl PlaceNames for Gazetteer {
    fn is_place(&self, folded: &str) -> bool {
        matches!(folded, "مرجان" | "marjan")
    }
}

fn extract(text: &str) -> Extraction {
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let extractor = Extractor::new(&read_actors(ACTORS).unwrap()).with_places(Arc::new(Gazetteer));
    extractor.extract(&Report { document: &document, text, language: None, country: Some("XM") })
}

/// One line a fact, in words that no language is in: what the two articles have in common.
fn facts(extraction: &Extraction) -> Vec<String> {
    let incidents: BTreeMap<&ClaimId, usize> = extraction
        .claims
        .iter()
        .filter(|claim| matches!(claim.content, Content::Incident { .. }))
        .zip(1..)
        .map(|(claim, number)| (&claim.id, number))
        .collect();
    let mut lines: Vec<String> =
        extraction.claims.iter().filter_map(|claim| fact(claim, &incidents)).collect();
    lines.sort();
    lines
}

fn fact(claim: &Claim, incidents: &BTreeMap<&ClaimId, usize>) -> Option<String> {
    let about = claim
        .about
        .as_ref()
        .and_then(|id| incidents.get(id))
        .map_or(String::new(), |number| format!("i{number} "));
    let said = match &claim.content {
        Content::Incident { .. } => format!("i{} incident", incidents[&claim.id]),
        Content::Casualty(said) => format!(
            "casualty {} {} {} {:?} {:?} {}",
            said.harm,
            said.class,
            said.status.map_or("any", Coded::code),
            said.count.quantity,
            said.stands,
            claim.basis.code()
        ),
        Content::Person(person) => format!(
            "person {} {} {} {}",
            if person.name.is_some() { "named" } else { "unnamed" },
            person.fate.map_or("-", Coded::code),
            person.age_class.as_ref().map_or("-", |known| known.value.code()),
            person.sex.as_ref().map_or("-", |known| known.value.code())
        ),
        Content::Relation { relation, .. } => format!("relation {relation}"),
        Content::KinGroup { .. } => "kin group".into(),
        Content::Time { time: TimeExpression::Relative(relative), .. } => {
            format!("time {:?} {:?}", relative.unit, relative.amount)
        }
        Content::Time { time, .. } => format!("time {time:?}"),
        Content::Place(phrase) => {
            format!("place {} {} within {}", phrase.kind, phrase.role, phrase.within.len())
        }
        Content::Attribution { actor, status, combination } => format!("by {actor} {status} {combination}"),
        Content::Means { means } => format!("means {means}"),
        Content::Site { site, assertion, .. } => format!("site {site} {assertion}"),
        Content::Aggregate(said) => format!(
            "aggregate {} {} {:?} of {:?} against {:?} status {:?} year {:?} places {} by {:?}",
            said.aggregate,
            said.harm.map(Coded::code).or(said.other_harm.map(Coded::code)).unwrap_or("-"),
            said.count.as_ref().map(|count| count
                .quantity
                .number()
                .map_or(count.quantity.form().to_owned(), |n| n.to_string())),
            said.of.as_ref().and_then(|count| count.quantity.number()),
            said.compared_with.as_ref().map(|actor| actor.as_str()),
            said.status.map(Coded::code),
            said.period_year.as_ref().map(|found| found.year),
            said.places.len(),
            said.actors.iter().map(|actor| actor.as_str()).collect::<Vec<_>>()
        ),
        Content::Position { holder, position } => format!("position {holder} {position}"),
        Content::Source(source) => format!(
            "source {} {} {} level {}",
            source.name.is_some(),
            source.source,
            source.identification,
            source.release_level
        ),
        Content::OtherHarm { harm, .. } => format!("harm {harm}"),
        Content::Quote => return None,
    };
    Some(format!("{about}{said}"))
}

fn expected(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_arabic_article_gives_its_reviewed_facts() {
    let found = facts(&extract(include_str!("corpus/001-three-children-ar/article.txt")));
    assert_eq!(found.join("\n"), expected(include_str!("corpus/001-three-children-ar/facts.txt")).join("\n"));
}

#[test]
fn the_english_article_gives_its_reviewed_facts() {
    let found = facts(&extract(include_str!("corpus/002-three-children-en/article.txt")));
    assert_eq!(found.join("\n"), expected(include_str!("corpus/002-three-children-en/facts.txt")).join("\n"));
}

/// What both say of people, in the same words: numbers, harm, classes, kin, periods, ratios and shares.
#[test]
fn the_same_facts_in_arabic_and_in_english_are_the_same_claims() {
    let core = |facts: Vec<String>| -> Vec<String> {
        let kinds = ["casualty", "person", "relation", "incident", "aggregate", "position", "by "];
        facts.into_iter().filter(|fact| kinds.iter().any(|kind| fact.contains(kind))).collect()
    };
    let arabic = core(facts(&extract(include_str!("corpus/001-three-children-ar/article.txt"))));
    let english = core(facts(&extract(include_str!("corpus/002-three-children-en/article.txt"))));
    assert_eq!(arabic.join("\n"), english.join("\n"));
}
