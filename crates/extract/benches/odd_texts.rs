//! How long texts without sentences take, beside a report of the same length: one word, one mark or one number over and over.
//!
//! `cargo bench -p sijil-extract`; prints for each how many times as long as the report it takes a byte. Reading is linear
//! where none takes many times as long.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::expect_used, reason = "a benchmark stops at what is wrong")]

use std::time::{Duration, Instant};

use sijil_extract::{Extractor, Report};
use sijil_model::DocumentId;
use sijil_model::actor::read_actors;

const ACTORS: &str = include_str!("../tests/corpus/actors.csv");
const REPORT: &str = include_str!("../tests/corpus/002-three-children-en/article.txt");
/// How often the report is repeated.
const TIMES: usize = 60;
const UNITS: [&str; 13] = [
    "1",
    "the ",
    "killed ",
    "Salim ",
    "12 people and ",
    "في ",
    "قتل ",
    "(",
    "“",
    "a-",
    "1,",
    "Al-",
    "ten children, ",
];

fn main() {
    let extractor = Extractor::new(&read_actors(ACTORS).expect("the actors"));
    let plain = REPORT.repeat(TIMES);
    let base = time(&extractor, &plain);
    println!("the report: {base:?} for {} bytes", plain.len());
    for unit in UNITS {
        let spent = time(&extractor, &unit.repeat(plain.len() / unit.len()));
        println!("{unit:?}: {:.1} times as long", spent.as_secs_f64() / base.as_secs_f64());
    }
}

fn time(extractor: &Extractor, text: &str) -> Duration {
    let document = DocumentId::new("d".repeat(64)).expect("an id");
    let start = Instant::now();
    let found = extractor.extract(&Report { document: &document, text, language: None, country: None });
    std::hint::black_box(found);
    start.elapsed()
}
