//! `sijil link`: who is the same person across lists of people.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use sijil_archive::{Clock as _, SystemClock};
use sijil_link::people::{self, Draws, Linked, People, Rows, Settings};

use crate::arguments::{Arguments, Link};
use crate::failure::{Failure, Outcome, file};
use crate::linking::lists::{self, Asked, List};
use crate::linking::place_names::PlaceNames;
use crate::linking::{audit, explaining, in_register, incidents, judgements, truth, write};
use crate::session;
use crate::terminal::{self, complain, say};

pub fn run(arguments: &Arguments, link: &Link) -> Outcome {
    if let Some(path) = &link.incidents {
        return incidents::run(link, path);
    }
    if link.files.is_empty() {
        return match session::named_or_around(arguments)? {
            Some(_) => in_register::run(arguments, link),
            None => Err(Failure::Usage(
                "name the lists to link: sijil link FILE… [--out DIR]; or be inside a register, to link what it holds"
                    .into(),
            )),
        };
    }
    let started = Instant::now();
    let asked = Asked {
        map: lists::map(&link.map)?,
        truth: link.truth.as_deref(),
        today: today(),
        places: PlaceNames::built_in(),
    };
    let mut rows = Rows::new();
    let (lists, counted) = lists::read(&link.files, &asked, &mut rows)?;
    for list in &lists {
        let rows = terminal::counted(list.rows, "row");
        complain(&format!("{}: {rows}; {}", list.name, lists::said(&list.columns)));
        list.remarks.iter().for_each(|remark| complain(&format!("{}: {remark}", list.name)));
    }
    if link.captures && counted.len() > MOST_LISTS {
        return Err(Failure::Usage(format!(
            "--captures: {} lists are too many; {MOST_LISTS} at most",
            counted.len()
        )));
    }
    let people = rows.finish();
    let settings = Settings { priors: priors(link)?, judged: judged(link, &lists, &people)? };
    let linked = people::link(&people, &settings).map_err(|error| Failure::Refused(error.to_string()))?;
    for rule in linked.rules.iter().filter(|rule| rule.left_out > 0) {
        complain(&format!(
            "left out: {} that share only “{}”; too many rows share it, even parted by a further field",
            terminal::counted(rule.left_out, "pair"),
            rule.rule
        ));
    }
    for pair in &linked.contradictions {
        let places = write::Places { people: &people, lists: &lists };
        complain(&format!("judgements contradict each other about {}", places.pair(pair.left, pair.right)));
    }
    let list_of = |record: u32| {
        let list = people.records[record as usize].list;
        u8::try_from(list).unwrap_or(u8::MAX).min(MOST_LISTS as u8 - 1)
    };
    let draws = people::draws(&people, &linked, link.draws as usize, list_of);
    let persons = write::person_of_rows(&people, &linked, &lists);
    let places = write::Places { people: &people, lists: &lists };
    if let Some(row) = &link.explain {
        let record = explaining::row(&places, row)?;
        let explained = explaining::shown(&places, &linked, &persons, record);
        say(&serde_json::to_string_pretty(&explained)?);
        return Ok(());
    }
    let mut summary = summary(&people, &linked, &draws, &lists, &counted);
    if let Some(path) = &link.audited {
        summary["audit"] = audit::read(path)?;
    }
    if link.truth.is_some() {
        let rows: Vec<(&str, u32)> = lists
            .iter()
            .zip(&persons)
            .flat_map(|(list, persons)| list.truth.iter().map(String::as_str).zip(persons.iter().copied()))
            .collect();
        summary["truth"] = truth::scores(&rows);
        blocking(link.out.as_deref(), &places, &linked, &mut summary)?;
    }
    if let Some(dir) = &link.out {
        written(dir, &people, &linked, &lists, &persons, &mut summary)?;
        if let Some(count) = link.audit {
            audit::draw(dir, &places, &linked, count)?;
        }
        if link.captures {
            write::captures(dir, &counted, &draws)?;
        }
    }
    summary["seconds"] = json!((started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
    if let Some(dir) = &link.out {
        let text = serde_json::to_string_pretty(&summary)?;
        write::written(dir, "summary.json", |out| writeln!(out, "{text}"))?;
    }
    say(&summary.to_string());
    Ok(())
}

/// What the rules of blocking propose of the true pairs; those that none does are written to `uncovered.csv`.
fn blocking(out: Option<&Path>, places: &write::Places<'_>, linked: &Linked, summary: &mut Value) -> Outcome {
    let truth_of = |record: u32| {
        let at = places.people.at[record as usize];
        places.lists[usize::from(at.file)].truth.get(at.row as usize - 1).map_or("", String::as_str)
    };
    let blocking = truth::blocking(places.people, linked.rules.len(), truth_of);
    for (rule, pairs) in blocking.by_rule.iter().enumerate() {
        summary["blocking"][rule]["true_pairs"] = json!(pairs);
    }
    summary["truth"]["blocking"] = json!({
        "true_pairs": blocking.pairs,
        "proposed_by_no_rule": blocking.uncovered.len(),
        "people_passed_over": blocking.passed_over,
    });
    if let Some(dir) = out {
        std::fs::create_dir_all(dir).map_err(|cause| file(dir, &cause))?;
        write::uncovered(dir, places, &blocking.uncovered)?;
    }
    Ok(())
}

/// The day, counted from 1970-01-01.
fn today() -> i32 {
    i32::try_from(SystemClock.now() / 86_400).unwrap_or(i32::MAX)
}

/// Lists that capture histories can tell apart.
const MOST_LISTS: usize = 63;

fn priors(link: &Link) -> Result<Option<String>, Failure> {
    let read = |path: &std::path::PathBuf| std::fs::read_to_string(path).map_err(|cause| file(path, &cause));
    link.priors.as_ref().map(read).transpose()
}

fn judged(link: &Link, lists: &[List], people: &People) -> Result<Vec<(u32, u32, bool)>, Failure> {
    link.judgements.as_ref().map_or(Ok(Vec::new()), |path| judgements::read(path, lists, people))
}

fn written(
    dir: &Path,
    people: &People,
    linked: &Linked,
    lists: &[List],
    persons: &[Vec<u32>],
    summary: &mut Value,
) -> Outcome {
    std::fs::create_dir_all(dir).map_err(|cause| file(dir, &cause))?;
    let places = write::Places { people, lists };
    write::people(dir, lists, persons)?;
    summary["links"] = json!(write::links(dir, &places, linked)?);
    summary["review"] = json!(write::review(dir, &places, linked)?);
    Ok(())
}

fn summary(people: &People, linked: &Linked, draws: &Draws, lists: &[List], counted: &[String]) -> Value {
    let nobody_twice: Vec<&String> =
        counted.iter().zip(&linked.once).filter(|(_, once)| **once).map(|(list, _)| list).collect();
    let found = linked.person.iter().enumerate().filter(|(at, person)| *at == **person as usize).count();
    let rules: Vec<Value> = linked
        .rules
        .iter()
        .map(|rule| json!({ "rule": rule.rule, "pairs": rule.pairs, "parted": rule.parted, "left_out": rule.left_out }))
        .collect();
    json!({
        "records": people.records.len(),
        "people": {
            "found": found,
            "median": draws.quantile(0.5),
            "low": draws.quantile(0.025),
            "high": draws.quantile(0.975),
            "draws": draws.people.len(),
            "components_not_drawn": draws.not_drawn,
        },
        "contradictions": linked.contradictions.len(),
        "nobody_twice_on": nobody_twice,
        "compared": linked.compared,
        "blocking": rules,
        "model": { "name": sijil_link::LINKER, "version": sijil_link::VERSION },
        "version": env!("CARGO_PKG_VERSION"),
        "inputs": lists.iter().map(lists::shown).collect::<Vec<_>>(),
    })
}
