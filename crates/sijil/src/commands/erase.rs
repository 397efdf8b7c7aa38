//! `sijil erase`: destroys a person's name everywhere. Every proof stands, and the log says that something is gone.

use sijil_register::ask::Target;

use super::decide::why;
use crate::arguments::{Arguments, Erase};
use crate::erasing::{Names, plan};
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
    let names = Names::of(&session.register, &person)?;
    if names.redacted(&reason) != reason {
        return Err(Failure::Refused(
            "--why names the person who is to be erased; say it without the name".into(),
        ));
    }
    let plan = plan(&session.register, &names)?;
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
    Ok(())
}
