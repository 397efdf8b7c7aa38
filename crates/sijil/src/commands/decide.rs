//! `sijil decide`: chooses a value for a field of a record, a claim or a document.

use sijil_model::codebook::{AgeClass, Coded, Fate, Grading, Sex, Status};
use sijil_model::{Edtf, SourceId};
use sijil_place::{PlaceContext, parse_place, resolve};
use sijil_register::ask::Target;
use sijil_register::event::{Decision, EntryName};
use sijil_register::{Event, Field, View, parse_interval};

use super::moved::Before;
use crate::arguments::{Arguments, Decide};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::{Stages, memory, placing, replacing};
use crate::terminal::say;

pub fn run(arguments: &Arguments, decide: &Decide) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let position = decide_in(&mut session, &stages, decide)?;
    say(&format!("entry:{position}  decision.made  {} {} = {}", decide.id, decide.field, decide.value));
    before.tell_moved(&session, &stages)
}

/// Checks and writes a decision; returns its log position. What rests on a document's date is read again with it, and a
/// place that is confirmed once is that of the same words in every report.
pub fn decide_in(session: &mut Session, stages: &Stages, decide: &Decide) -> Result<u64, Failure> {
    let target = session.register.view().find(&decide.id)?;
    let value = checked(session.register.view(), stages, &target, &decide.field, &decide.value)?;
    let whole_id = |id: &String| session.register.view().find(id).map(|found| found.id());
    let decision = Decision {
        target: target.id(),
        field: decide.field.clone(),
        value,
        why: why(&decide.why)?,
        used: decide.used.iter().map(whole_id).collect::<Result<_, _>>()?,
        rejected: decide.rejected.iter().map(whole_id).collect::<Result<_, _>>()?,
        supersedes: heads(session.register.view(), &target.id(), &decide.field)?,
    };
    let register = &session.register;
    let (moved, documents) = match (&target, decide.field.as_str()) {
        (Target::Document(document), "published") => {
            (replacing::times_of(register, stages, document, Some(Edtf::new(&decision.value)?))?, 1)
        }
        (Target::Incident(_), "place") => {
            let memory = memory::with(register, &decision.target, &decision.value)?;
            memory::applied(register, &stages.remembering(memory))?
        }
        _ => (placing::Answers::default(), 0),
    };
    session.write(|writing| {
        let position = writing.say(Event::DecisionMade(decision))?;
        crate::stages::saving::say_answers(writing, stages, moved, documents)
            .map_err(crate::failure::into_register)?;
        Ok(position)
    })
}

/// A reason is never empty.
pub fn why(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        Err(Failure::Usage("--why is empty; write in a few words why".into()))
    } else {
        Ok(text.to_owned())
    }
}

/// The decisions that this one replaces: those that stand on the same field.
fn heads(view: &View, target: &str, field: &str) -> Result<Vec<EntryName>, Failure> {
    let rows = view.decisions_on(target)?;
    Ok(rows.into_iter().filter(|row| row.in_force && row.field == field).map(|row| row.entry).collect())
}

/// The value in its field's own form, or a refusal that says what the field takes.
fn checked(
    view: &View,
    stages: &Stages,
    target: &Target,
    field: &str,
    value: &str,
) -> Result<String, Failure> {
    let code = |result: Result<&'static str, sijil_model::ModelError>| Ok(result?.to_owned());
    match (target, field) {
        (Target::Document(_), "published") | (Target::Incident(_), "date") => Ok(Edtf::new(value)?.into()),
        (Target::Document(_), "source") => {
            let known = view.source(SourceId::new(value)?.as_str())?;
            known.map(|source| source.source.to_string()).ok_or_else(|| {
                Failure::Refused(format!("there is no source `{value}`; `sijil source` lists them"))
            })
        }
        (Target::Incident(_), "place") => {
            let context = PlaceContext { country: stages.country.as_deref(), ..PlaceContext::default() };
            let answer = resolve(&stages.gazetteer, &parse_place(value), &context);
            if !answer.answered {
                return Err(Failure::Refused(format!(
                    "the place `{value}` is not found: {}; write it with its district or governorate",
                    answer.reasons.join("; ")
                )));
            }
            Ok(serde_json::to_string(&placing::found(stages, answer.place()))?)
        }
        (Target::Incident(_), "grading") => code(Grading::from_code(value).map(Coded::code)),
        (Target::Incident(_), "excluded") => match value {
            "yes" | "no" => Ok(value.to_owned()),
            other => Err(Failure::Usage(format!("`{other}` is neither `yes` nor `no`"))),
        },
        (Target::Incident(_), number) if Field::parse(number).is_some() => {
            if !(number.starts_with("disputed.") && value == "all") {
                parse_interval(value)?;
            }
            Ok(value.to_owned())
        }
        (Target::Person(_), "name") if !value.trim().is_empty() => Ok(value.trim().to_owned()),
        (Target::Person(_), "name") => {
            Err(Failure::Usage("the name is empty; write it as it is to be shown".into()))
        }
        (Target::Person(_), "sex") => code(Sex::from_code(value).map(Coded::code)),
        (Target::Person(_), "age") => value
            .parse::<u16>()
            .map(|age| age.to_string())
            .map_err(|_| Failure::Usage(format!("`{value}` is no age in years"))),
        (Target::Person(_), "age_class") => code(AgeClass::from_code(value).map(Coded::code)),
        (Target::Person(_), "fate") => code(Fate::from_code(value).map(Coded::code)),
        (Target::Person(_), "status") => code(Status::from_code(value).map(Coded::code)),
        (target, field) => Err(Failure::Usage(unknown_field(target, field))),
    }
}

fn unknown_field(target: &Target, field: &str) -> String {
    let (what, fields) = match target {
        Target::Document(_) => ("a document", "published, source"),
        Target::Incident(_) => (
            "an incident",
            "date, place, grading, excluded, killed, injured, killed.children, killed.total.civilian, disputed.killed, …",
        ),
        Target::Person(_) => ("a person", "name, sex, age, age_class, fate, status"),
        Target::Claim(_) => {
            ("a claim", "none: a claim is never changed; `sijil reject` says that it was misread")
        }
        Target::Figure(_) | Target::Entry(_) | Target::Source(_) => ("this", "none"),
    };
    format!("`{field}` is no field of {what}; its fields are {fields}")
}
