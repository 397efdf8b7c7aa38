//! Answers cases as `sijil place --jsonl` does, and says on standard error what that cost.
//!
//! `measure [TABLE [MEMORY]] < cases.jsonl > answers.jsonl`: a table of places on top of the built-in ones (`-` for
//! none), and a table of confirmed places (`text,within,place_id,lat,lon`).

use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sijil_place::{Answer, Gazetteer, Memory, PlaceContext, parse_place, resolve_spellings};

#[derive(Deserialize)]
struct Case {
    id: String,
    text: Option<String>,
    place_ar: Option<String>,
    place_en: Option<String>,
    within: Option<String>,
    country: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(flatten)]
    answer: &'a Answer,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let gazetteer = Gazetteer::built_in();
    let opened = start.elapsed();
    let gazetteer = match std::env::args().nth(1).filter(|file| file != "-") {
        Some(file) => {
            let (table, errors) = Gazetteer::from_table(&std::fs::read_to_string(file)?)?;
            writeln!(std::io::stderr(), "{} rows left out: {:?}", errors.len(), errors.first())?;
            Gazetteer::stack([gazetteer, table])
        }
        None => gazetteer,
    };
    let memory = match std::env::args().nth(2) {
        Some(file) => Memory::from_table(&std::fs::read_to_string(file)?)?.0,
        None => Memory::default(),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut costs: Vec<Duration> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let start = Instant::now();
        let said = [&case.text, &case.place_ar, &case.place_en];
        let said = said.into_iter().flatten().filter(|text| !text.trim().is_empty());
        let phrases: Vec<_> = said.map(|text| parse_place(text)).collect();
        let within: Vec<&str> = case.within.as_deref().into_iter().collect();
        let context = PlaceContext {
            country: case.country.as_deref(),
            within: &within,
            memory: Some(&memory),
            ..PlaceContext::default()
        };
        let answer = resolve_spellings(&gazetteer, &phrases, &context);
        costs.push(start.elapsed());
        serde_json::to_writer(&mut out, &Line { id: &case.id, answer: &answer })?;
        out.write_all(b"\n")?;
    }
    costs.sort();
    let median = costs.get(costs.len() / 2).copied().unwrap_or_default();
    let slow = costs.get(costs.len() * 99 / 100).copied().unwrap_or_default();
    writeln!(
        std::io::stderr(),
        "opened {} places ({} bytes) in {opened:?}; {} phrases, median {median:?}, 99 % within {slow:?}",
        gazetteer.len(),
        Gazetteer::built_in_size(),
        costs.len()
    )?;
    Ok(())
}
