//! `sijil link --incidents`: reports are read, and grouped by the incident that they tell of.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use sijil_count::RuleSet;
use sijil_link::incidents::{Grouped, NAMES, Report, group};
use sijil_model::codebook::{Class, Harm};

use super::write;
use crate::arguments::Link;
use crate::commands::extract::rendered;
use crate::contract::extraction::{Casualty, Document, Pair};
use crate::failure::{Failure, Outcome, file};
use crate::stages::saving::day_of;
use crate::stages::strikes::COUNTED;
use crate::stages::{Stages, coding, intake};
use crate::terminal::{complain, say};

/// Chances between which a pair is shown to a reviewer.
const DOUBTFUL: std::ops::RangeInclusive<f32> = 0.1..=0.9;

/// A line of input, as for `sijil extract`.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    published: Option<String>,
    lang: Option<String>,
    country: Option<String>,
}

/// Groups the reports of a file.
pub fn run(link: &Link, path: &Path) -> Outcome {
    let (lines, refused) = lines(path)?;
    let rules = RuleSet::named("open")?;
    let of_most = country_of_most(&lines, &rules);
    let country = |line: &Line| line.country.as_ref().map(|code| code.to_uppercase()).or(of_most.clone());
    let mut stages: BTreeMap<Option<String>, Stages> = BTreeMap::new();
    for line in &lines {
        let country = country(line);
        stages.entry(country.clone()).or_insert_with(|| Stages::built_in(country));
    }
    let reports: Vec<Report> =
        lines.par_iter().map(|line| read(line, &stages[&country(line)], &rules)).collect();
    let grouped = group(&reports);
    let mut summary = summary(&lines, &grouped);
    if let Some(dir) = &link.out {
        std::fs::create_dir_all(dir).map_err(|cause| file(dir, &cause))?;
        incidents(dir, &lines, &grouped)?;
        summary["review"] = json!(review(dir, &lines, &grouped)?);
        summary["reposts"] = json!(reposts(dir, &lines)?);
        if link.evidence {
            evidence(dir, &reports)?;
        }
        let text = serde_json::to_string_pretty(&summary)?;
        write::written(dir, "summary.json", |out| writeln!(out, "{text}"))?;
    }
    say(&summary.to_string());
    if refused > 0 { Err(Failure::Told) } else { Ok(()) }
}

fn lines(path: &Path) -> Result<(Vec<Line>, usize), Failure> {
    let opened = std::fs::File::open(path).map_err(|cause| file(path, &cause))?;
    let (mut lines, mut refused) = (Vec::new(), 0);
    for (number, line) in BufReader::new(opened).split(b'\n').enumerate() {
        let line = line.map_err(|cause| file(path, &cause))?;
        let line = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| number == 0).unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(line) => lines.push(line),
            Err(cause) => {
                complain(&format!(
                    "{}, line {}: {cause}; write {{\"id\", \"text\", \"published\"?}}",
                    path.display(),
                    number + 1
                ));
                refused += 1;
            }
        }
    }
    Ok((lines, refused))
}

/// Reports that are looked at for the country that most are about.
const LOOKED_AT: usize = 200;

/// The country of more than half of the places that reports without one name: they are read as reports from there.
fn country_of_most(lines: &[Line], rules: &RuleSet) -> Option<String> {
    let mut unsaid: Vec<&Line> = lines.iter().filter(|line| line.country.is_none()).collect();
    unsaid.sort_unstable_by_key(|line| &line.text);
    let step = unsaid.len().div_ceil(LOOKED_AT).max(1);
    let looked_at: Vec<&Line> = unsaid.into_iter().step_by(step).collect();
    let stages = Stages::built_in(None);
    let named: Vec<Vec<String>> = looked_at
        .par_iter()
        .map(|line| coded(line, &stages, rules, |coded| countries(coded, &stages)))
        .collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    named.into_iter().flatten().for_each(|country| *times.entry(country).or_default() += 1);
    let all: usize = times.values().sum();
    times.into_iter().find(|(_, times)| 2 * times > all).map(|(country, _)| country)
}

/// The country of each place that a report names.
fn countries(coded: &Document<'_>, stages: &Stages) -> Vec<String> {
    let places = coded.incidents.iter().flat_map(|incident| &incident.places);
    let ids = places.filter_map(|place| place.place_id.as_ref());
    ids.filter_map(|id| stages.gazetteer.place(id)?.country).collect()
}

/// Looks at what extraction reads in a report, as `sijil extract` gives it.
fn coded<T>(line: &Line, stages: &Stages, rules: &RuleSet, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let document = intake::document_id(line.text.as_bytes());
    let asked = sijil_extract::Report {
        document: &document,
        text: &line.text,
        language: line.lang.as_deref().and_then(coding::language_of),
        country: stages.country.as_deref(),
    };
    let found = stages.coder.extract(&asked);
    let published = line.published.as_deref().and_then(day_of);
    look(&rendered("", stages, &found, rules, published, &line.text))
}

/// What of a report helps to tell which incident it is about: of what it tells first, and of the places and people of all.
fn read(line: &Line, stages: &Stages, rules: &RuleSet) -> Report {
    coded(line, stages, rules, |coded| {
        let letters: Vec<char> = line.text.chars().collect();
        let printed = |[start, end]: &Pair| {
            letters.get(*start as usize..*end as usize).map(|words| words.iter().collect())
        };
        let told = Report {
            text: line.text.clone(),
            published: line.published.clone().filter(|published| !published.is_empty()),
            places: coded.mentions.places.iter().filter_map(printed).collect(),
            names: coded.persons.iter().filter_map(|person| person.name.map(str::to_owned)).collect(),
            ..Report::default()
        };
        let Some(main) = coded.incidents.first() else { return told };
        Report {
            day_is_told: main.date.as_ref().is_some_and(|date| date.text.is_some()),
            day: main.date.as_ref().and_then(|date| Some(date.edtf.as_ref()?.as_str().to_owned())),
            points: main.places.iter().filter_map(|place| place.lat.zip(place.lon)).collect(),
            governorates: main.places.iter().filter_map(|place| place.governorate.clone()).collect(),
            actors: main.attributions.iter().map(|said| said.actor.to_string()).collect(),
            counts: COUNTED.map(|(harm, class)| count(&main.casualties, harm, class)),
            ..told
        }
    })
}

fn count(casualties: &[Casualty], harm: Harm, class: Class) -> Option<u32> {
    let row = casualties.iter().find(|row| row.harm == harm && row.class == class)?;
    row.interval.min().and_then(|count| u32::try_from(count).ok())
}

fn id(line: &Line) -> String {
    line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned)
}

fn summary(lines: &[Line], grouped: &Grouped) -> Value {
    let incidents = grouped.incident.iter().zip(0..).filter(|(first, at)| *first == at).count();
    json!({
        "reports": lines.len(),
        "incidents": incidents,
        "model": { "name": sijil_link::LINKER, "version": sijil_link::VERSION },
        "version": env!("CARGO_PKG_VERSION"),
    })
}

/// Writes `incidents.csv`: each report's incident, named for the first report of it.
fn incidents(dir: &Path, lines: &[Line], grouped: &Grouped) -> Outcome {
    write::written(dir, "incidents.csv", |out| {
        writeln!(out, "id,incident")?;
        for (line, first) in lines.iter().zip(&grouped.incident) {
            writeln!(out, "{},s{}", write::quoted(&id(line)), first + 1)?;
        }
        Ok(())
    })
}

/// Writes `reposts.csv`: each report that is a repost of an earlier line, and that line.
fn reposts(dir: &Path, lines: &[Line]) -> Result<usize, Failure> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let origins = sijil_link::reposts::origins(&texts);
    let copies: Vec<(usize, usize)> = origins
        .iter()
        .enumerate()
        .map(|(at, origin)| (at, *origin as usize))
        .filter(|(at, origin)| at != origin)
        .collect();
    write::written(dir, "reposts.csv", |out| {
        writeln!(out, "id,origin")?;
        copies.iter().try_for_each(|(at, origin)| {
            writeln!(out, "{},{}", write::quoted(&id(&lines[*at])), write::quoted(&id(&lines[*origin])))
        })
    })?;
    Ok(copies.len())
}

/// Writes `evidence.csv`: two lines of the input, counted from 0, what is known of their days, and each kind of evidence.
fn evidence(dir: &Path, reports: &[Report]) -> Outcome {
    write::written(dir, "evidence.csv", |out| {
        writeln!(out, "left,right,time,{}", NAMES.join(","))?;
        for (left, right, evidence) in sijil_link::incidents::evidence(reports) {
            write!(out, "{left},{right},{}", evidence.time)?;
            evidence.kinds.iter().try_for_each(|kind| write!(out, ",{}", (kind * 1e4).round() / 1e4))?;
            writeln!(out)?;
        }
        Ok(())
    })
}

/// Writes `review.csv`: doubtful pairs, the most doubtful first.
fn review(dir: &Path, lines: &[Line], grouped: &Grouped) -> Result<usize, Failure> {
    let mut pairs: Vec<_> = grouped.pairs.iter().filter(|pair| DOUBTFUL.contains(&pair.chance)).collect();
    let doubt = |chance: f32| (chance - 0.5).abs();
    pairs.sort_by(|a, b| {
        doubt(a.chance).total_cmp(&doubt(b.chance)).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    write::written(dir, "review.csv", |out| {
        writeln!(out, "left,right,probability,together")?;
        for pair in &pairs {
            let (left, right) = (pair.left as usize, pair.right as usize);
            let together = if grouped.incident[left] == grouped.incident[right] { "yes" } else { "no" };
            let (left, right) = (id(&lines[left]), id(&lines[right]));
            let (left, right) = (write::quoted(&left), write::quoted(&right));
            writeln!(out, "{left},{right},{:.4},{together}", pair.chance)?;
        }
        Ok(())
    })?;
    Ok(pairs.len())
}
