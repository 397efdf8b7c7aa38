//! Development only: cases (JSON lines) in, the contract's objects out, so that the rules can be scored by themselves.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;

use serde_json::Value;
use sijil_count::RuleSet;
use sijil_extract::{Extractor, PlaceNames, Report};
use sijil_model::actor::known_actors;
use sijil_model::date::Edtf;
use sijil_model::{Content, DocumentId, PlacePhrase, TimeExpression};
use sijil_place::times::same_day_post;
use sijil_place::{Anchors, Gazetteer, PlaceContext, read_time, resolve};

#[path = "../../sijil/src/contract/extraction/mod.rs"]
mod extraction;

#[path = "../../sijil/src/stages/anchors.rs"]
mod stages;

/// As the program: a text this short tells of its own day.
const POST: usize = 1_200;

struct Names {
    gazetteer: Arc<Gazetteer>,
    country: String,
}

impl PlaceNames for Names {
    fn is_place(&self, folded: &str) -> bool {
        self.gazetteer.is_known_name_in(folded, &self.country)
    }
}

/// As the program: with the help of the names of one country, where a country is given.
fn extractor(gazetteer: &Arc<Gazetteer>, country: Option<&str>) -> Extractor {
    let extractor = Extractor::new(&known_actors());
    match country {
        Some(country) => extractor
            .with_places(Arc::new(Names { gazetteer: gazetteer.clone(), country: country.to_owned() })),
        None => extractor,
    }
}

fn main() {
    let rules = std::env::args().nth(1).unwrap_or("open".into());
    let rules = RuleSet::named(&rules).unwrap_or_else(|error| panic!("{error}"));
    let gazetteer = Arc::new(Gazetteer::built_in());
    let mut extractors: BTreeMap<Option<String>, Extractor> = BTreeMap::new();
    let (mut out, mut spent, mut bytes) = (std::io::stdout().lock(), std::time::Duration::ZERO, 0);
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap_or_default();
        let Ok(case) = serde_json::from_str::<Value>(&line) else { continue };
        let text = case["text"].as_str().unwrap_or_default();
        let Ok(document) = DocumentId::new("d".repeat(64)) else { continue };
        let country = case["country"].as_str();
        let extractor =
            extractors.entry(country.map(str::to_owned)).or_insert_with(|| extractor(&gazetteer, country));
        let start = std::time::Instant::now();
        let found = extractor.extract(&Report { document: &document, text, language: None, country });
        spent += start.elapsed();
        bytes += text.len();
        let published = case["published"].as_str().and_then(|day| Edtf::new(day).ok());
        let anchors = stages::anchors(&found.claims, published);
        let phrases: Vec<PlacePhrase> = found
            .claims
            .iter()
            .filter_map(
                |claim| if let Content::Place(phrase) = &claim.content { Some(phrase.clone()) } else { None },
            )
            .collect();
        let context = PlaceContext { country, co_mentioned: &phrases, ..PlaceContext::default() };
        let when = |time: &TimeExpression, part, year: Option<i16>| {
            read_time(
                time,
                part,
                &Anchors { year_from_text: year.or(anchors.year_from_text), ..anchors.clone() },
            )
        };
        let place = |phrase: &PlacePhrase| resolve(&gazetteer, phrase, &context).place();
        let is_post = text.chars().count() <= POST || stages::is_posted(&found.claims);
        let own_day = (anchors.published.is_some() && is_post).then(|| same_day_post(&anchors));
        let period = |time: &_, year| when(time, None, year);
        let resolvers = extraction::Resolvers { own_day, when: &when, period: &period, place: &place };
        let object = extraction::render(case["id"].as_str().unwrap_or_default(), &found, &rules, &resolvers);
        let object = serde_json::to_string(&object).unwrap_or_else(|error| panic!("{error}"));
        let _ = writeln!(out, "{object}");
    }
    let _ = writeln!(std::io::stderr(), "{bytes} bytes in {spent:?}");
}
