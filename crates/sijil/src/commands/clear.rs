//! `sijil clear`: clears records for the public.

use sijil_register::{Event, View};

use crate::arguments::{Arguments, Clear};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::say;

pub fn run(arguments: &Arguments, clear: &Clear) -> Outcome {
    let mut session = Session::open(arguments)?;
    let targets = whole_ids(session.register.view(), &clear.ids)?;
    let position = session.write(|writing| writing.say(Event::Cleared { targets: targets.clone() }))?;
    say(&format!("entry:{position}  cleared  {}", targets.join(" ")));
    say("  a second person signs: sijil sign ID… --as ACCOUNT");
    Ok(())
}

/// Ids written out in full.
pub fn whole_ids(view: &View, ids: &[String]) -> Result<Vec<String>, Failure> {
    ids.iter().map(|id| Ok(view.find(id)?.id())).collect()
}
