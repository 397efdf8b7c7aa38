//! `sijil rules`: lists rule sets, or puts one in force.

use sijil_count::RuleSet;
use sijil_model::Language;
use sijil_register::Event;

use super::moved::Before;
use crate::arguments::{Arguments, Rules};
use crate::failure::Outcome;
use crate::session::Session;
use crate::stages::{Stages, setting};
use crate::terminal::{say, table};

pub fn run(arguments: &Arguments, rules: &Rules) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Some(set) = &rules.set else { return list(&session) };
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let id = RuleSet::named(set)?.id().to_owned();
    let position = session.write(|writing| writing.say(Event::RulesAdopted { rules: id }))?;
    say(&format!("entry:{position}  rules.adopted  {set}"));
    before.tell_moved(&session, &stages)
}

fn list(session: &Session) -> Outcome {
    let in_force = session.register.view().setting(setting::RULES, None)?;
    let mut rows = Vec::new();
    for id in RuleSet::ids() {
        let set = RuleSet::named(id)?;
        let mark = if in_force.as_deref() == Some(id) { "in force" } else { "" };
        rows.push(vec![
            id.to_owned(),
            set.version().to_owned(),
            mark.to_owned(),
            set.title(Language::En).to_owned(),
        ]);
    }
    table(&rows);
    Ok(())
}
