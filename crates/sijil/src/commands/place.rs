//! `sijil place`: place phrases to places; building and describing gazetteer files.

mod import;
mod info;

use std::io::{BufRead, Read};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use sijil_model::PlacePhrase;
use sijil_place::{Answer, Gazetteer, Memory, PlaceContext, parse_place, resolve, resolve_spellings};

use crate::arguments::{Arguments, Place};
use crate::failure::{Failure, Outcome, file};
use crate::session;
use crate::stages::Stages;
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, place: &Place) -> Outcome {
    match place.text.first().map(String::as_str) {
        Some("import") => return import::run(place),
        Some("info") => return info::run(place.text.get(1).map(Path::new)),
        _ => {}
    }
    let mut stages = stages(arguments, place)?;
    if stages.gazetteer.is_empty() {
        complain(
            "this sijil was built without a gazetteer (run `make places` and build again), and none was named with --gazetteer",
        );
    }
    let memory = place.memory.as_deref().map(memory).transpose()?;
    if let Some(memory) = &memory {
        let over = memory.over(&stages.gazetteer, country(place, &stages));
        stages.gazetteer = std::sync::Arc::new(over.map_err(|error| Failure::Refused(error.to_string()))?);
    }
    if place.jsonl {
        return lines(place, &stages, memory.as_ref());
    }
    if place.text.is_empty() {
        return Err(Failure::Usage(
            "nothing to place; write a place phrase, or --jsonl and lines on standard input".into(),
        ));
    }
    for text in &place.text {
        let context = PlaceContext {
            country: country(place, &stages),
            memory: memory.as_ref(),
            ..PlaceContext::default()
        };
        tell(text, &resolve(&stages.gazetteer, &parse_place(text), &context));
    }
    Ok(())
}

/// With the places and the country of the register that is named or that this folder lies in, if any; a gazetteer
/// file lies on top.
fn stages(arguments: &Arguments, place: &Place) -> Result<Stages, Failure> {
    let stages = session::stages_named_or_around(arguments)?;
    match &place.gazetteer {
        Some(path) => Ok(stages.on_top(open(path)?)),
        None => Ok(stages),
    }
}

/// The country that is named, or the register's.
fn country<'a>(place: &'a Place, stages: &'a Stages) -> Option<&'a str> {
    place.country.as_deref().or(stages.country.as_deref())
}

#[derive(Deserialize)]
struct Line {
    id: Value,
    text: Option<String>,
    place_ar: Option<String>,
    place_en: Option<String>,
    within: Option<String>,
    country: Option<String>,
    /// Other places of the same report.
    #[serde(default)]
    others: Vec<String>,
}

fn lines(place: &Place, stages: &Stages, memory: Option<&Memory>) -> Outcome {
    let mut refused = 0;
    for (number, line) in input(&place.text)?.enumerate() {
        let line = line.map_err(|cause| Failure::Refused(format!("line {}: {cause}", number + 1)))?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: Line = match serde_json::from_str(&line) {
            Ok(asked) => asked,
            Err(cause) => {
                complain(&format!(
                    "line {}: {cause}; write {{\"id\", \"text\" or \"place_ar\" or \"place_en\", \"within\"?, \"country\"?, \"others\"?}}",
                    number + 1
                ));
                refused += 1;
                continue;
            }
        };
        let phrases: Vec<PlacePhrase> = [&asked.text, &asked.place_ar, &asked.place_en]
            .into_iter()
            .flatten()
            .filter(|text| !text.trim().is_empty())
            .map(|text| parse_place(text))
            .collect();
        let within: Vec<&str> = asked.within.as_deref().into_iter().collect();
        let others: Vec<PlacePhrase> = asked.others.iter().map(|text| parse_place(text)).collect();
        let country = asked.country.as_deref().or(country(place, stages));
        let context = PlaceContext { country, within: &within, co_mentioned: &others, memory };
        let mut out = serde_json::to_value(resolve_spellings(&stages.gazetteer, &phrases, &context))?;
        out["id"] = asked.id;
        say(&out.to_string());
    }
    if refused > 0 { Err(Failure::Told) } else { Ok(()) }
}

fn input(files: &[String]) -> Result<Box<dyn Iterator<Item = std::io::Result<String>>>, Failure> {
    match files {
        [] => Ok(Box::new(std::io::stdin().lines())),
        [path] => {
            let opened = std::fs::File::open(path).map_err(|cause| file(Path::new(path), &cause))?;
            Ok(Box::new(std::io::BufReader::new(opened).lines()))
        }
        _ => Err(Failure::Usage("--jsonl reads one file, or standard input".into())),
    }
}

fn tell(text: &str, answer: &Answer) {
    if !answer.answered {
        say(&format!("{text}: not placed: {}", answer.reasons.join("; ")));
    }
    for other in &answer.answers {
        let point = match (other.lat, other.lon) {
            (Some(lat), Some(lon)) => format!("{lat}, {lon}"),
            _ => "no point".to_owned(),
        };
        let id = other.place_id.as_ref().map(ToString::to_string).unwrap_or_default();
        say(&format!(
            "  {:.2}  {}  {id}  {}  {point}  {}",
            other.score, other.name, other.precision, other.why
        ));
    }
}

/// A gazetteer file, or a source such as a table of places.
pub fn open(path: &Path) -> Result<Gazetteer, Failure> {
    let mut start = Vec::new();
    let opened = std::fs::File::open(path).map_err(|cause| file(path, &cause))?;
    opened.take(8).read_to_end(&mut start).map_err(|cause| file(path, &cause))?;
    if Gazetteer::is_file(&start) {
        let mapped = crate::mapped::map(path)?;
        return Gazetteer::from_bytes(mapped).map_err(|error| Failure::Refused(error.to_string()));
    }
    let bytes = std::fs::read(path).map_err(|cause| file(path, &cause))?;
    let (gazetteer, errors) = Gazetteer::from_source(&path.display().to_string(), bytes)
        .map_err(|error| Failure::Refused(error.to_string()))?;
    errors.iter().for_each(|error| complain(&format!("{}: {error}", path.display())));
    Ok(gazetteer)
}

fn memory(path: &Path) -> Result<Memory, Failure> {
    let table = std::fs::read_to_string(path).map_err(|cause| file(path, &cause))?;
    let (memory, errors) = Memory::from_table(&table)
        .map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?;
    errors.iter().for_each(|error| complain(&format!("{}: {error}", path.display())));
    Ok(memory)
}
