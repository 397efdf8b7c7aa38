//! `sijil decide`: chooses a value for a field of a record, a claim or a document.

use sijil_check::Severity;
use sijil_check::invariants::Breach;
use sijil_model::codebook::{AgeClass, Coded, Fate, Grading, Sex, Status};
use sijil_model::{Bounds, Day, Edtf, Language, SourceId};
use sijil_place::{PlaceContext, parse_place, resolve};
use sijil_register::ask::Target;
use sijil_register::event::{Decision, EntryName};
use sijil_register::{Event, Field, NO_INCIDENT, View};

use super::judge::founder;
use super::moved::Before;
use crate::arguments::{Arguments, Decide};
use crate::checking;
use crate::failure::{Failure, Outcome};
use crate::session::{Session, today};
use crate::stages::{Stages, memory, placing, replacing};
use crate::terminal::say;
use crate::typed;

pub fn run(arguments: &Arguments, decide: &Decide) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let position = decide_in(&mut session, &stages, decide)?;
    say(&format!("entry:{position}  decision.made  {} {} = {}", decide.id, decide.field, decide.value));
    before.tell_moved(&session, &stages)?;
    tell_errors(session.register.view(), &decide.id)
}

/// Says which checks an incident does not pass as it is now decided, so that nobody finds out when it is to be published.
fn tell_errors(view: &View, id: &str) -> Outcome {
    let Target::Incident(incident) = view.find(id)? else { return Ok(()) };
    let breaches = checking::of_incident(view, &incident)?;
    for error in breaches.iter().filter(|breach| breach.severity == Severity::Error) {
        let Breach { invariant, explain, .. } = error;
        say(&format!(
            "  check {invariant} finds an error: {explain}; no figure with it is published like this"
        ));
    }
    Ok(())
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
        why: why(&decide.why)? + &against_sources(session.register.view(), &target, decide)?,
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

/// What stands against a grade that the sources do not allow: it is decided all the same, and never silently.
fn against_sources(view: &View, target: &Target, decide: &Decide) -> Result<String, Failure> {
    let (Target::Incident(id), "grading") = (target, decide.field.as_str()) else { return Ok(String::new()) };
    let grade = typed::code::<Grading>(&decide.value)?;
    let row = view.incident(id, view.position()?)?;
    let against = crate::grading::proposed(view, &row.incident)?.against(grade);
    Ok(against
        .map(|unmet| format!(" [against its precondition: {}]", unmet.text(Language::En)))
        .unwrap_or_default())
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
    Ok(view.decisions_in_force(target, field)?.into_iter().map(|row| row.entry).collect())
}

/// The value in its field's own form, or a refusal that says what the field takes.
fn checked(
    view: &View,
    stages: &Stages,
    target: &Target,
    field: &str,
    value: &str,
) -> Result<String, Failure> {
    match (target, field) {
        (Target::Document(_), "published") => Ok(typed::date(value)?.into()),
        (Target::Incident(id), "date") => day_of_incident(view, id, value),
        (Target::Document(_), "source") => {
            let known = view.source(SourceId::new(value)?.as_str())?;
            known.map(|source| source.source.to_string()).ok_or_else(|| {
                Failure::Refused(format!("there is no source `{value}`; `sijil source` lists them"))
            })
        }
        (Target::Incident(_), "place") => place(stages, value),
        (Target::Incident(_), "grading") => code::<Grading>(value),
        (Target::Incident(_), "excluded") => {
            Ok(if typed::yes_or_no(value)? { "yes" } else { "no" }.to_owned())
        }
        (Target::Incident(_), number) if Field::parse(number).is_some() => {
            let is_all = number.starts_with("disputed.") && matches!(value, "all" | "الكل");
            if is_all { Ok("all".to_owned()) } else { typed::people(value) }
        }
        (Target::Person(_), "name") if !value.trim().is_empty() => Ok(value.trim().to_owned()),
        (Target::Person(_), "name") => {
            Err(Failure::Usage("the name is empty; write it as it is to be shown".into()))
        }
        (Target::Person(_), "sex") => code::<Sex>(value),
        (Target::Person(_), "age") => Ok(typed::age(value)?.to_string()),
        (Target::Person(_), "age_class") => code::<AgeClass>(value),
        (Target::Person(_), "fate") => code::<Fate>(value),
        (Target::Person(_), "status") => code::<Status>(value),
        (Target::Person(_), "incident") => incident_claim(view, value),
        (target, field) => Err(Failure::Usage(unknown_field(target, field))),
    }
}

/// The date of an incident, if it may be one: a slip of a digit is a year before photography or one that is yet to come.
fn day_of_incident(view: &View, id: &str, value: &str) -> Result<String, Failure> {
    let date = typed::date(value)?;
    let incident = view.incident(id, view.position()?)?.incident;
    let this_year = i64::from(today().year());
    // Whoever keeps a register of another age, or one made up, has documents of its time.
    let told = incident.tellings.iter().map(|telling| telling.order / 365 + 1970);
    let latest = told.chain([this_year]).max().unwrap_or(this_year) + 1;
    let Bounds { earliest, latest: last } = date.bounds();
    let is_out = |day: Option<Day>| day.is_some_and(|day| !(1900..=latest).contains(&i64::from(day.year())));
    if is_out(earliest) || is_out(last) {
        return Err(Failure::Usage(format!(
            "`{value}` is before 1900 or after {latest}; if the year is a slip, write it again: `sijil decide {id} date 2031-10-05 --why …`"
        )));
    }
    Ok(date.into())
}

fn code<T: Coded>(value: &str) -> Result<String, Failure> {
    Ok(typed::code::<T>(value)?.code().to_owned())
}

/// A place of the gazetteer, as decisions keep it.
fn place(stages: &Stages, value: &str) -> Result<String, Failure> {
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

/// The claim that stands for the incident into which a person is put; or none.
fn incident_claim(view: &View, value: &str) -> Result<String, Failure> {
    if typed::is_none(value) {
        return Ok(NO_INCIDENT.to_owned());
    }
    match view.find(value)? {
        Target::Incident(_) => founder(view, value),
        _ => {
            Err(Failure::Usage(format!("`{value}` is no incident; its id begins with `i`, or write `none`")))
        }
    }
}

fn unknown_field(target: &Target, field: &str) -> String {
    let (what, fields) = match target {
        Target::Document(_) => ("a document", "published, source"),
        Target::Incident(_) => (
            "an incident",
            "date, place, grading, excluded, killed, injured, killed.children, killed.total.civilian, disputed.killed, …",
        ),
        Target::Person(_) => ("a person", "name, sex, age, age_class, fate, status, incident"),
        Target::Claim(_) => {
            ("a claim", "none: a claim is never changed; `sijil reject` says that it was misread")
        }
        Target::Figure(_) | Target::Entry(_) | Target::Source(_) => ("this", "none"),
    };
    format!("`{field}` is no field of {what}; its fields are {fields}")
}
