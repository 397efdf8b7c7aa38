//! How long a figure takes: 10,000 incidents (or `INCIDENTS=n`) with four statements each, whole, by governorate and
//! month, and under every rule set.
//!
//! `cargo bench -p sijil-count`; prints the median of 21 runs of each question, in milliseconds.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at what is wrong")]

#[path = "../tests/made_up/mod.rs"]
mod made_up;

use std::time::Instant;

use made_up::{Happened, Said, exact, incident, killed, open, telling};
use sijil_count::{
    AggregateClaim, Area, Beside, By, Incident, Question, RuleSet, Standing, count, sensitivity,
};
use sijil_model::codebook::{AggregateKind, Class, CountUnit, Harm};
use sijil_model::date::Edtf;
use sijil_model::{ActorCode, ClaimId, Language, PlaceId, Quantity};

const INCIDENTS: u64 = 10_000;

fn how_many() -> u64 {
    std::env::var("INCIDENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(INCIDENTS)
}

fn made(at: u64) -> Incident {
    let claim = |n: u64| format!("c{:032x}", at * 10 + n);
    let first =
        vec![killed(&claim(1), exact(at % 17)), killed(&claim(2), exact(at % 5)).class(Class::Children)];
    let second = vec![
        killed(&claim(3), Quantity::AtLeast { n: at % 11 }),
        killed(&claim(4), exact(3)).harm(Harm::Injured),
    ];
    let governorate = format!("xm:g{}", at % 14);
    incident(&format!("i{at:08}"), vec![telling("a", 0, first), telling("b", 0, second)])
        .on(&format!("2031-{:02}-{:02}", at % 12 + 1, at % 28 + 1))
        .at(&[&format!("xm:p{}", at % 500), &governorate, "xm"])
        .by(["north", "south", "east"][(at % 3) as usize])
}

fn main() {
    let incidents: Vec<Incident> = (0..how_many()).map(made).collect();
    let rules = open();
    let area = Area { place: PlaceId::new("xm:g3").unwrap(), within: vec![PlaceId::new("xm").unwrap()] };
    let base = Question::default();
    let questions = [
        ("killed", base.clone()),
        ("civilians", Question { status: Some(Standing::Civilian), ..base.clone() }),
        ("children", Question { class: Class::Children, ..base.clone() }),
        ("by governorate and month", Question { by: vec![By::Governorate, By::Month], ..base.clone() }),
        (
            "one governorate, two months",
            Question {
                places: vec![area.place.clone()],
                period: Some(Edtf::new("2031-03/2031-04").unwrap()),
                ..base.clone()
            },
        ),
    ];
    for (name, question) in &questions {
        measure(
            name,
            question,
            &rules,
            &incidents,
            &Beside { areas: std::slice::from_ref(&area), ..Beside::default() },
        );
    }
    let aggregates: Vec<AggregateClaim> = (0..20).map(|at| aggregate(at, &area)).collect();
    measure(
        "with 20 claims reconciled",
        &base,
        &rules,
        &incidents,
        &Beside { aggregates: &aggregates, ..Beside::default() },
    );
    let start = Instant::now();
    let year = Question { period: Some(Edtf::new("2031").unwrap()), ..base };
    let choices = sensitivity(&year, incidents.iter(), &[]).unwrap();
    println!("what {} choices move: {:.2} ms", choices.len(), start.elapsed().as_secs_f64() * 1000.0);
    storage(&incidents);
}

fn aggregate(at: u64, area: &Area) -> AggregateClaim {
    AggregateClaim {
        id: ClaimId::new(format!("c{at}")).unwrap(),
        kind: AggregateKind::Total,
        harm: Some(Harm::Killed),
        other_harm: None,
        class: None,
        status: None,
        unit: CountUnit::Persons,
        quantity: Some(exact(900)),
        of: None,
        means: None,
        language: Language::En,
        period: Edtf::new("2031-03/2031-09").unwrap().bounds(),
        places: vec![area.clone()],
        somewhere: false,
        actors: vec![ActorCode::new("north").unwrap()],
        compared_with: None,
    }
}

fn measure(name: &str, question: &Question, rules: &RuleSet, incidents: &[Incident], beside: &Beside<'_>) {
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let start = Instant::now();
            let figure = count(question, rules, incidents.iter(), beside).unwrap();
            assert!(figure.inside.incidents > 0);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name}: {:.2} ms", times[10]);
}

fn storage(incidents: &[Incident]) {
    let blobs: Vec<Vec<u8>> =
        incidents.iter().map(|incident| postcard::to_stdvec(incident).unwrap()).collect();
    let start = Instant::now();
    let read: Vec<Incident> = blobs.iter().map(|blob| postcard::from_bytes(blob).unwrap()).collect();
    let time = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(read.len(), incidents.len());
    println!(
        "reading {} blobs of {} bytes in all: {time:.2} ms",
        blobs.len(),
        blobs.iter().map(Vec::len).sum::<usize>()
    );
}
