//! `sijil extract`: claims from documents, with the places and parties of the register around if there is one; without
//! files a new run over all that it holds.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use sijil_count::RuleSet;
use sijil_extract::{Extraction, Report};
use sijil_model::{Claim, Content, Edtf, Language, TimeExpression};
use sijil_place::times::same_day_post;
use sijil_place::{Anchors, PlaceContext, read_period, read_time, resolve};
use sijil_read::{Options, Source};

use crate::arguments::{Arguments, Extract};
use crate::contract::extraction::{Document, Resolvers, render};
use crate::failure::{Failure, Outcome, file};
use crate::session;
use crate::stages::anchors::{anchors, is_posted};
use crate::stages::placing::PartFacts;
use crate::stages::saving::day_of;
use crate::stages::{Stages, coding, intake};
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, extract: &Extract) -> Outcome {
    if extract.files.is_empty() && !extract.jsonl {
        return super::rerun::run(arguments);
    }
    let mut reading = Extracting::new(arguments, extract)?;
    if extract.jsonl {
        match extract.files.as_slice() {
            [] => reading.lines("standard input", std::io::stdin().lock())?,
            paths => {
                for path in paths {
                    let opened = std::fs::File::open(path).map_err(|cause| file(path, &cause))?;
                    reading.lines(&path.display().to_string(), BufReader::new(opened))?;
                }
            }
        }
    } else {
        for path in &extract.files {
            reading.file(path)?;
        }
    }
    if reading.refused > 0 { Err(Failure::Told) } else { Ok(()) }
}

/// A line of input.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    published: Option<String>,
    lang: Option<String>,
    country: Option<String>,
}

struct Extracting<'a> {
    asked: &'a Extract,
    rules: RuleSet,
    published: Option<Edtf>,
    /// What the register around has in force, or what is built in.
    known: Stages,
    /// The same by country: the names of places that help in reading are those of the country.
    stages: BTreeMap<Option<String>, Stages>,
    refused: usize,
}

impl<'a> Extracting<'a> {
    fn new(arguments: &Arguments, asked: &'a Extract) -> Result<Self, Failure> {
        let published = asked.published.as_deref().map(Edtf::new).transpose()?;
        Ok(Self {
            asked,
            rules: RuleSet::named(&asked.rules)?,
            published,
            known: session::stages_named_or_around(arguments)?,
            stages: BTreeMap::new(),
            refused: 0,
        })
    }

    fn lines(&mut self, name: &str, input: impl BufRead) -> Outcome {
        for (number, line) in input.split(b'\n').enumerate() {
            let line =
                line.map_err(|cause| Failure::Refused(format!("{name}, line {}: {cause}", number + 1)))?;
            let line = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| number == 0).unwrap_or(&line);
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Line>(line) {
                Ok(line) => self.one(&line)?,
                Err(cause) => self.refuse(&format!(
                    "{name}, line {}: {cause}; write {{\"id\", \"text\", \"published\"?, \"lang\"?, \"country\"?}}",
                    number + 1
                ))?,
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Outcome {
        let shown = path.display().to_string();
        let reading = match sijil_read::read(&shown, Source::Path(path.to_owned()), &Options::default()) {
            Ok(reading) => reading,
            Err(error) => return self.refuse(&error.to_string()),
        };
        match &reading.content {
            sijil_read::Content::Text(text) => {
                for part in &text.parts {
                    let id = part.id.clone().unwrap_or_else(|| shown.clone());
                    let published = part.published.clone().or_else(|| intake::published_in(&reading));
                    self.one(&Line {
                        id: json!(id),
                        text: text.words(part).to_owned(),
                        published,
                        lang: part.lang.clone(),
                        country: part.country.clone(),
                    })?;
                }
                Ok(())
            }
            sijil_read::Content::Tables(tables) => self.list(&shown, tables),
            _ => self.refuse(&format!(
                "{shown}: there is no text in it that can be read ({})",
                reading.media_type
            )),
        }
    }

    /// A list's people, each as the contract's person.
    fn list(&mut self, shown: &str, tables: &sijil_read::Tables) -> Outcome {
        let document = intake::document_id(tables.to_text().as_bytes());
        let print = |claims: Vec<Claim>| {
            for claim in claims {
                say(&json!({ "id": shown, "person": claim }).to_string());
            }
            Ok(())
        };
        coding::list(&document, tables, |claims| claims, print)
    }

    fn refuse(&mut self, message: &str) -> Outcome {
        complain(message);
        self.refused += 1;
        if self.asked.strict {
            Err(Failure::Refused(
                "stopped at the first input that could not be read, as --strict asks".into(),
            ))
        } else {
            Ok(())
        }
    }

    fn one(&mut self, line: &Line) -> Outcome {
        let country = line.country.clone().or_else(|| self.asked.country.clone());
        let country = country.map(|code| code.to_uppercase()).or_else(|| self.known.country.clone());
        let stages = self.stages.entry(country.clone()).or_insert_with(|| self.known.about(country.clone()));
        let document = intake::document_id(line.text.as_bytes());
        let language = line.lang.as_deref().and_then(coding::language_of);
        let found = stages.coder.extract(&Report {
            document: &document,
            text: &line.text,
            language,
            country: country.as_deref(),
        });
        let published = line.published.as_deref().and_then(day_of).or_else(|| self.published.clone());
        let id = line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned);
        let document = rendered(&id, stages, &found, &self.rules, published, &line.text);
        say(&serde_json::to_string(&document)?);
        if self.asked.explain {
            explain(&found);
        }
        Ok(())
    }
}

/// The contract's object of one text.
pub fn rendered<'a>(
    id: &'a str,
    stages: &Stages,
    found: &'a Extraction,
    rules: &RuleSet,
    published: Option<Edtf>,
    text: &str,
) -> Document<'a> {
    let phrases: Vec<_> = found.claims.iter().filter_map(phrase).cloned().collect();
    let known = anchors(&found.claims, published);
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let is_post = PartFacts::is_post(None, length) || is_posted(&found.claims);
    let own_day = (known.published.is_some() && is_post).then(|| same_day_post(&known));
    let resolvers = Resolvers {
        when: &|time: &TimeExpression, time_of_day, year| {
            let known = Anchors { year_from_text: year.or(known.year_from_text), ..known.clone() };
            read_time(time, time_of_day, &known)
        },
        period: &|period: &TimeExpression, year| {
            let known = Anchors { year_from_text: year.or(known.year_from_text), ..known.clone() };
            read_period(period, &known)
        },
        place: &|phrase| {
            let context = PlaceContext {
                country: stages.country.as_deref(),
                co_mentioned: &phrases,
                memory: Some(&stages.memory),
                ..PlaceContext::default()
            };
            resolve(&stages.gazetteer, phrase, &context).place()
        },
        own_day,
    };
    render(id, found, rules, &resolvers)
}

fn phrase(claim: &Claim) -> Option<&sijil_model::PlacePhrase> {
    match &claim.content {
        Content::Place(phrase) => Some(phrase),
        _ => None,
    }
}

/// How each claim came about, on standard error so that standard output stays the contract's.
fn explain(found: &Extraction) {
    let by = |language: Language| if language == Language::Ar { "Arabic" } else { "English" };
    complain(&format!("read as {}", by(found.language)));
    for step in &found.derivation {
        let what = step.claim.as_ref().map_or_else(|| "left out".to_owned(), ToString::to_string);
        complain(&format!("  {}  “{}”  {what}", step.rule, step.said.replace('\n', " ")));
    }
}
