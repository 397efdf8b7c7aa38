//! Suites of sentences, one file a phenomenon and language (`phenomena/NAME.en.yaml`, `NAME.ar.yaml`): what must be read
//! in each, and what must not.
//!
//! A case has `text`, `expect` (lines, each the beginning of a line that [`line`] writes; a line that is asked for twice
//! must be there twice), and `never` (beginnings that no line may have). A case whose reading is known to be wrong says
//! so in `known_gap`: it must still be wrong, so that nobody forgets to take the note out.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use sijil_extract::{Extractor, PlaceNames, Report};
use sijil_model::actor::read_actors;
use sijil_model::claim::{Casualty, PersonSaid, Stands};
use sijil_model::codebook::ModalityCode;
use sijil_model::{Claim, Coded, Content, DocumentId, Quantity, TimeExpression};

/// Fewest cases of a phenomenon in each language that it has a file in.
const FEWEST: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    known_gap: Option<String>,
}

/// What a gazetteer of the made-up country would know.
struct Gazetteer;

impl PlaceNames for Gazetteer {
    fn is_place(&self, folded: &str) -> bool {
        matches!(folded, "مرجان" | "marjan" | "nahran" | "نهران" | "qasr nahr" | "قصر النهر")
    }
}

fn extractor() -> Extractor {
    Extractor::new(&read_actors(include_str!("corpus/actors.csv")).unwrap()).with_places(Arc::new(Gazetteer))
}

/// What a text is read as, a line a claim.
fn lines(extractor: &Extractor, text: &str) -> Vec<String> {
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let report = Report { document: &document, text, language: None, country: Some("XM") };
    extractor.extract(&report).claims.iter().map(line).collect()
}

/// A claim as a line: what kind it is, then its parts, the most telling first.
fn line(claim: &Claim) -> String {
    let said = match &claim.content {
        Content::Incident { .. } => "incident".to_owned(),
        Content::Casualty(said) => casualty(said),
        Content::Person(said) => person(said),
        Content::Relation { relation, .. } => format!("relation {relation}"),
        Content::KinGroup { name } => format!("family {name}"),
        Content::Time { time, time_of_day } => {
            format!("time {} {}", time_said(time), time_of_day.map_or("-", Coded::code))
        }
        Content::Place(phrase) => {
            let within = phrase.within.join(" < ");
            format!("place {} {} {} in {within}", phrase.text, phrase.role, phrase.kind)
        }
        Content::Attribution { actor, status, combination } => format!("by {actor} {status} {combination}"),
        Content::Means { means } => format!("means {means}"),
        Content::Site { site, assertion, damage, .. } => {
            format!("site {site} {} {}", assertion.code(), damage.code())
        }
        Content::OtherHarm { harm, count, .. } => {
            format!("harm {harm} {}", count.as_ref().map_or("-".into(), |count| quantity(count.quantity)))
        }
        Content::Aggregate(said) => format!(
            "aggregate {} {} {} {} of {}{}",
            said.aggregate,
            said.harm.map(Coded::code).or(said.other_harm.map(Coded::code)).unwrap_or("-"),
            said.class.map_or("total", Coded::code),
            said.count.as_ref().map_or("-".into(), |count| quantity(count.quantity)),
            said.of.as_ref().map_or("-".into(), |count| quantity(count.quantity)),
            said.means.map_or(String::new(), |means| format!(" with {means}")),
        ),
        Content::Position { holder, position } => format!("position {holder} {position}"),
        Content::Source(said) => {
            let who = said.name.as_deref().or(said.organisation.as_deref()).unwrap_or("-");
            format!("source {who}: {} {}", said.source, said.identification)
        }
        Content::Quote => format!("quote {}", claim.spans[0].quote),
    };
    if claim.modality == ModalityCode::Asserted { said } else { format!("{said} ({})", claim.modality) }
}

/// "killed children exact 3 part_of civilian"
fn casualty(said: &Casualty) -> String {
    let stands = match said.stands {
        Stands::Alone => "alone",
        Stands::PartOf => "part_of",
        Stands::Besides => "besides",
        Stands::OverlapUnknown => "overlap_unknown",
        Stands::Superseded => "superseded",
    };
    let status = said.status.map_or("-", Coded::code);
    format!("{} {} {} {stands} {status}", said.harm, said.class, quantity(said.count.quantity))
}

/// "person Salim Omar: killed child m 8 years"; somebody without a name is "-".
fn person(said: &PersonSaid) -> String {
    let age = match (said.age, said.age_months) {
        (Some(years), _) => format!("{years} years"),
        (None, Some(months)) => format!("{months} months"),
        (None, None) => "-".into(),
    };
    format!(
        "person {}: {} {} {} {age}",
        said.name.as_deref().unwrap_or("-"),
        said.fate.map_or("-", Coded::code),
        said.age_class.as_ref().map_or("-", |known| known.value.code()),
        said.sex.as_ref().map_or("-", |known| known.value.code()),
    )
}

/// "exact 3", "between 5 8", "dozens"
fn quantity(said: Quantity) -> String {
    match said {
        Quantity::Between { n, to } => format!("between {n} {to}"),
        Quantity::Share { low, high, .. } if low < high => format!("share {low}-{high}"),
        Quantity::Share { low, .. } => format!("share {low}"),
        Quantity::Dual | Quantity::Singular => said.form().to_owned(),
        _ => said.number().map_or(said.form().to_owned(), |n| format!("{} {n}", said.form())),
    }
}

fn time_said(time: &TimeExpression) -> String {
    match time {
        TimeExpression::Calendar(edtf) => edtf.as_str().to_owned(),
        other => serde_json::to_string(other).unwrap(),
    }
}

/// What is wrong with the reading of a case.
fn faults(case: &Case, mut found: Vec<String>) -> Vec<String> {
    let mut faults: Vec<String> = case
        .never
        .iter()
        .filter_map(|never| found.iter().find(|line| line.starts_with(never.as_str())))
        .map(|line| format!("must not be read: {line}"))
        .collect();
    let all = found.join("\n      ");
    for expected in &case.expect {
        match found.iter().position(|line| line.starts_with(expected.as_str())) {
            Some(at) => drop(found.remove(at)),
            None => faults.push(format!("missing: {expected}\n      {all}")),
        }
    }
    faults
}

/// The suites, by phenomenon.
fn suites() -> BTreeMap<String, Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phenomena");
    let mut suites: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let (name, rest) = file.split_once('.').unwrap();
        assert!(matches!(rest, "en.yaml" | "ar.yaml"), "{file}: a suite is NAME.en.yaml or NAME.ar.yaml");
        suites.entry(name.to_owned()).or_default().push(path);
    }
    suites
}

fn cases(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_phenomenon_is_read() {
    let extractor = extractor();
    let mut wrong = Vec::new();
    for path in suites().into_values().flatten() {
        for case in cases(&path) {
            assert!(!(case.expect.is_empty() && case.never.is_empty()), "{}: asks nothing", case.text);
            let faults = faults(&case, lines(&extractor, &case.text));
            let name = path.file_name().unwrap().to_string_lossy();
            match (&case.known_gap, faults.is_empty()) {
                (None, false) => wrong.push(format!("{name}: {}\n    {}", case.text, faults.join("\n    "))),
                (Some(gap), true) => {
                    wrong.push(format!("{name}: {}\n    is read now: take out `{gap}`", case.text))
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_suite_says_what_is_read_and_what_is_not() {
    for path in suites().into_values().flatten() {
        let (name, cases) = (path.display(), cases(&path));
        let read = cases.iter().filter(|case| !case.expect.is_empty()).count();
        let not_read = cases.iter().filter(|case| !case.never.is_empty()).count();
        let gaps = cases.iter().filter(|case| case.known_gap.is_some()).count();
        assert!(cases.len() >= FEWEST, "{name} has {} cases of at least {FEWEST}", cases.len());
        assert!(read > 0 && not_read > 0, "{name}: {read} cases say what is read, {not_read} what is not");
        assert!(
            gaps * 4 <= cases.len(),
            "{name}: {gaps} of {} cases are known to be read wrongly",
            cases.len()
        );
    }
}
