//! `sijil object`: a family's objection. The person stays counted, and unnamed in every release.

use sijil_register::Event;
use sijil_register::ask::Target;

use crate::arguments::{Arguments, Object};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::say;

pub fn run(arguments: &Arguments, object: &Object) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Target::Person(person) = session.register.view().find(&object.person)? else {
        return Err(Failure::Usage(format!(
            "{} is no person; `sijil show` lists the people of an incident",
            object.person
        )));
    };
    let why = super::decide::why(&object.why)?;
    let position =
        session.write(|writing| writing.say(Event::ObjectionMade { person: person.clone(), why }))?;
    say(&format!("entry:{position}  objection.made  {person}"));
    Ok(())
}
