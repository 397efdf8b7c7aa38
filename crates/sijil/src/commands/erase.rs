//! `sijil erase`: destroys a person's name everywhere. Every proof stands, and the log says that something is gone.

use std::collections::BTreeSet;

use sijil_register::ask::Target;

use super::decide::why;
use crate::arguments::{Arguments, Erase};
use crate::erasing::{Names, Namesakes, Plan, plan};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments, erase: &Erase) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Target::Person(person) = session.register.view().find(&erase.person)? else {
        return Err(Failure::Usage(format!(
            "{} is no person; `sijil show` lists the people of an incident",
            erase.person
        )));
    };
    let reason = why(&erase.why)?;
    let mut names = Names::of(&session.register, &person)?;
    if names.redacted(&reason) != reason {
        return Err(Failure::Refused(
            "--why names the person who is to be erased; say it without the name".into(),
        ));
    }
    if !erase.namesakes_stay {
        refuse_beside(&names.namesakes, &person)?;
    }
    let plan = plan(&session.register, &mut names)?;
    let author = session.account.clone();
    let entries = session.write(|writing| {
        let batch = writing.batch();
        let destroyed = plan.destructions(|bytes| Ok(batch.put_evidence(bytes)?))?;
        Ok(batch.erase(&plan.bodies, &destroyed, &reason, &author)?)
    })?;
    for entry in &entries {
        say(&format!("entry:{}  erased", entry + 1));
    }
    say(&format!(
        "  {} rewritten without the name, {} and {} destroyed; {person} stays counted, unnamed",
        counted(plan.documents.len(), "document"),
        counted(plan.blobs.len(), "stored file"),
        counted(plan.bodies.len(), "body")
    ));
    say(
        "  copies outside this folder (backups, other registers, releases) still hold the name: erase it there too",
    );
    tell_what_stays(&names, &plan);
    Ok(())
}

/// Other people of the very name are told before anything goes: they may be the same person, or one who must keep it.
fn refuse_beside(namesakes: &Namesakes, person: &str) -> Outcome {
    if namesakes.people.is_empty() {
        return Ok(());
    }
    let told = |(id, age): &(String, Option<String>)| match age {
        Some(age) => format!("{id} (age {age})"),
        None => id.clone(),
    };
    let list: Vec<String> = namesakes.people.iter().map(told).collect();
    Err(Failure::Refused(format!(
        "{} of this name: {}; who is the same person is first judged so (sijil judge {person} ID same --why …), and where the \
         others are not, --namesakes-stay erases {person} alone",
        counted(list.len(), "other person"),
        list.join(", ")
    )))
}

/// What a program cannot tell apart, document by document, for somebody who can.
fn tell_what_stays(names: &Names, plan: &Plan) {
    let list = |documents: &BTreeSet<String>| {
        let short = documents.iter().map(|id| id.get(..12).unwrap_or(id));
        short.collect::<Vec<_>>().join(", ")
    };
    if !names.shared.is_empty() {
        say(&format!(
            "  a word of the name stays where it is part of another name, of kin perhaps, in {}: read {}",
            list(&names.shared),
            if names.shared.len() == 1 { "it" } else { "them" }
        ));
    }
    if !plan.unclear.is_empty() {
        say(&format!(
            "  the name stays in {}, where it may be a namesake's: read them, and judge who is meant",
            list(&plan.unclear)
        ));
    }
}
