//! Answers cases as `sijil place --jsonl` does, and says on standard error what that cost.
//!
//! `measure [GAZETTEER [MEMORY]] < cases.jsonl > answers.jsonl`: a gazetteer file on top of the built-in one (`-` for
//! none), and a table of confirmed places (`text,within,place_id,lat,lon`). `measure import OUT SOURCE…` makes such a
//! file out of sources. With `SIJIL_FEATURES` set, what speaks for each candidate is printed instead of answers:
//! what `bench/fit-places.py` fits the weights on.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sijil_place::{Answer, Gazetteer, Import, Memory, PlaceContext, parse_place, resolve_spellings};

#[derive(Deserialize)]
struct Case {
    id: String,
    text: Option<String>,
    place_ar: Option<String>,
    place_en: Option<String>,
    within: Option<String>,
    country: Option<String>,
    /// Other places of the same report.
    #[serde(default)]
    others: Vec<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    /// Where the first answer is in the gazetteer, areas included.
    point: Option<(f64, f64)>,
    #[serde(flatten)]
    answer: &'a Answer,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, out, sources @ ..] = arguments.as_slice()
        && command == "import"
    {
        return import(out, sources);
    }
    // The program maps the file, so reading it is not part of opening it here.
    let bytes = arguments.first().filter(|file| *file != "-").map(std::fs::read).transpose()?;
    let start = Instant::now();
    let gazetteer = match bytes {
        Some(bytes) => Gazetteer::stack([Gazetteer::built_in(), Gazetteer::from_bytes(bytes)?]),
        None => Gazetteer::built_in(),
    };
    let opened = start.elapsed();
    let memory = match arguments.get(1) {
        Some(file) => Memory::from_table(&std::fs::read_to_string(file)?)?.0,
        None => Memory::default(),
    };
    let gazetteer = memory.over(&gazetteer, None)?;
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut costs: Vec<Duration> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let start = Instant::now();
        let said = [&case.text, &case.place_ar, &case.place_en];
        let said = said.into_iter().flatten().filter(|text| !text.trim().is_empty());
        let phrases: Vec<_> = said.map(|text| parse_place(text)).collect();
        let others: Vec<_> = case.others.iter().map(|text| parse_place(text)).collect();
        let within: Vec<&str> = case.within.as_deref().into_iter().collect();
        let context = PlaceContext {
            country: case.country.as_deref(),
            within: &within,
            memory: Some(&memory),
            co_mentioned: &others,
        };
        if std::env::var_os("SIJIL_FEATURES").is_some() {
            let features = sijil_place::explain_features(&gazetteer, &phrases, &context);
            serde_json::to_writer(&mut out, &(&case.id, features))?;
            out.write_all(b"\n")?;
            continue;
        }
        let answer = resolve_spellings(&gazetteer, &phrases, &context);
        costs.push(start.elapsed());
        let first = answer.answers.first().filter(|_| answer.answered);
        let place = first.and_then(|first| gazetteer.place(first.place_id.as_ref()?));
        let point = place.map(|place| (place.lat, place.lon));
        serde_json::to_writer(&mut out, &Line { id: &case.id, point, answer: &answer })?;
        out.write_all(b"\n")?;
    }
    let first = costs.first().copied().unwrap_or_default();
    costs.sort();
    let median = costs.get(costs.len() / 2).copied().unwrap_or_default();
    let slow = costs.get(costs.len() * 99 / 100).copied().unwrap_or_default();
    writeln!(
        std::io::stderr(),
        "opened {} places ({} bytes) in {opened:?}; {} phrases, median {median:?}, 99 % within {slow:?}, the first {first:?}",
        gazetteer.len(),
        Gazetteer::built_in_size(),
        costs.len()
    )?;
    Ok(())
}

fn import(out: &str, sources: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut import = Import::default();
    for source in sources {
        import.add(source, &std::fs::read(source)?)?;
    }
    let imported = import.finish()?;
    std::fs::write(out, &imported.bytes)?;
    let mut err = std::io::stderr();
    for file in &imported.files {
        writeln!(err, "{} {:?} {} rows, {} taken", file.name, file.format, file.rows, file.taken)?;
    }
    let mut causes: BTreeMap<(bool, &str), (usize, String)> = BTreeMap::new();
    for note in &imported.notes {
        let example = format!("{} row {}: {}", note.file, note.row, note.about);
        causes.entry((note.refused, &note.cause)).or_insert((0, example)).0 += 1;
    }
    writeln!(err, "{causes:#?}")?;
    let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
    for merged in &imported.merged {
        *whys.entry(merged.why.split(',').next().unwrap_or_default()).or_default() += 1;
    }
    writeln!(err, "merged {whys:?}")?;
    writeln!(err, "{} places, {} bytes, {:?}", imported.places, imported.bytes.len(), start.elapsed())?;
    Ok(())
}
