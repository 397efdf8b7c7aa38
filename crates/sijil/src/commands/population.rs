//! `sijil population`: how many people there were, by whom; what rates are divided by. Nothing without a source is noted.

use sijil_count::Population;
use sijil_model::Language;
use sijil_model::codebook::{Class, Coded};
use sijil_register::ask::Target;
use sijil_register::event::{EntryName, PopulationNote};
use sijil_register::{Event, View};

use super::moved::Before;
use crate::arguments::{Arguments, PopulationOf};
use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{say, table};

pub fn run(arguments: &Arguments, said: &PopulationOf) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let Some(people) = &said.people else { return list(session.register.view(), &stages) };
    let note = noted(session.register.view(), &stages, said, people)?;
    note.to_population(0)?;
    let before = Before::of(&session, &stages)?;
    let position = session.write(|writing| writing.say(Event::PopulationNoted(note)))?;
    say(&format!("entry:{position}  population.noted"));
    before.tell_moved(&session, &stages)
}

fn list(view: &View, stages: &Stages) -> Outcome {
    let row = |one: Population| {
        vec![
            one.id,
            asking::place_in_words(stages, &one.place),
            one.period.to_string(),
            one.class.label(Language::En).to_owned(),
            sijil_count::Printed::of_interval(one.people).text(Language::En),
            one.source,
            one.cited.unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = view.populations(view.position()?)?.into_iter().map(row).collect();
    if rows.is_empty() {
        say(
            "nobody noted how many people there were anywhere; `sijil population NUMBER --place … --period … --source …` does",
        );
    }
    table(&rows);
    Ok(())
}

fn noted(view: &View, stages: &Stages, said: &PopulationOf, people: &str) -> Result<PopulationNote, Failure> {
    let needed = |value: &Option<String>, what: &str| {
        value.clone().ok_or_else(|| Failure::Usage(format!("a number of people needs {what}")))
    };
    let source = needed(
        &said.source,
        "a source, or nobody can check what is divided by it: --source, a source of the register (`sijil source`) or a document in it",
    )?;
    let period = needed(&said.period, "the time for which the source gives it: --period")?;
    let period = sijil_count::period(&period).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(PopulationNote {
        place: asking::place(view, stages, &needed(&said.place, "a place: --place")?)?.to_string(),
        period: period.into(),
        class: said.class.as_deref().map_or(Ok(Class::Total), Class::from_code)?,
        people: people.to_owned(),
        source: known_source(view, &source)?,
        cited: said.cited.clone(),
        replaces: said.replaces.as_deref().map(|entry| replaced(view, entry)).transpose()?,
    })
}

/// A source of the register by its code, or a document by its whole id.
fn known_source(view: &View, named: &str) -> Result<String, Failure> {
    if let Some(source) = view.source(named)? {
        return Ok(source.source.to_string());
    }
    match view.find(named) {
        Ok(Target::Document(id)) => Ok(id),
        _ => Err(Failure::Refused(format!(
            "`{named}` is no source and no document of this register; describe it (sijil source {named} --kind …) or add the document that gives the number (sijil add)"
        ))),
    }
}

/// The note that a new one takes the place of; it must stand.
fn replaced(view: &View, entry: &str) -> Result<EntryName, Failure> {
    let stands = view.populations(view.position()?)?.into_iter().any(|one| one.id == entry);
    let position = entry.strip_prefix("entry:").and_then(|number| number.parse().ok()).filter(|_| stands);
    let Some(position) = position else {
        return Err(Failure::Refused(format!(
            "`{entry}` is no number of people that stands; `sijil population` lists them with their entries"
        )));
    };
    let row = view.entry(position)?;
    Ok(EntryName { origin: row.origin, number: row.number })
}
