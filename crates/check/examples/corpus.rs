//! Scores the checker on a corpus of texts with and without one slip, and lists what it missed and made up.
//!
//! `cargo run -p sijil-check --example corpus -- FILE.jsonl`; a line is `{"id","lang","format","text","slip"}`, `slip`
//! null where the text is right, else an object with `finding`, `quote` and `stated`. A slip is found when a finding
//! overlaps its place, covers its quote or states its number.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool for measuring, not a part of the program"
)]

use std::collections::BTreeMap;

use serde_json::Value;
use sijil_check::{Finding, check};
use sijil_read::{Options, Source, read};

fn main() {
    let path = std::env::args().nth(1).expect("the corpus as the first argument");
    let corpus = std::fs::read_to_string(&path).expect("the corpus can be read");
    let mut tally: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for line in corpus.lines() {
        let item: Value = serde_json::from_str(line).expect("an item a line");
        let findings = check(&text_of(&item));
        let slip = &item["slip"];
        let kind = slip["finding"].as_str().unwrap_or("right").to_owned();
        let hit = findings.iter().any(|finding| is_of(finding, slip));
        let good = if slip.is_null() { findings.is_empty() } else { hit };
        let entry = tally.entry(kind.clone()).or_default();
        *entry = (entry.0 + u32::from(good), entry.1 + 1);
        let extra = findings.iter().filter(|finding| slip.is_null() || !is_of(finding, slip)).count();
        if !good || extra > 0 {
            let said: Vec<String> =
                findings.iter().map(|one| format!("{:?}: {}", one.finding, one.explain)).collect();
            let verdict = if good { "extra" } else { "WRONG" };
            println!(
                "{verdict} {} {kind} {:?}\n   {}\n   {said:?}",
                item["id"],
                item["text"].as_str().unwrap_or(""),
                slip["explain"]
            );
        }
    }
    let slips: Vec<&(u32, u32)> =
        tally.iter().filter(|(kind, _)| *kind != "right").map(|(_, count)| count).collect();
    let (found, all) = slips.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    for (kind, (good, all)) in &tally {
        println!("{kind:12} {good} of {all}");
    }
    let (quiet, right) = tally.get("right").copied().unwrap_or_default();
    println!("recall {found}/{all}; false alarms {}/{right}", right - quiet);
}

fn text_of(item: &Value) -> String {
    let text = item["text"].as_str().expect("a text");
    if item["format"] != "html" {
        return text.to_owned();
    }
    let source = Source::Bytes(text.as_bytes().to_vec());
    let reading = read("item.html", source, &Options::default()).expect("a page");
    reading.stored_text().expect("its text").into_owned()
}

fn is_of(finding: &Finding, slip: &Value) -> bool {
    let covers = slip["quote"].as_str().is_some_and(|quote| finding.quote.contains(quote));
    let place = |at: usize| slip["where"][at].as_u64();
    let overlaps = place(0)
        .zip(place(1))
        .is_some_and(|(start, end)| u64::from(finding.span.0) < end && start < u64::from(finding.span.1));
    overlaps || covers || slip["stated"].as_f64().is_some_and(|stated| stated == finding.stated)
}
