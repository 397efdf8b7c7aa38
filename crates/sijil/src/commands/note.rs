//! `sijil note`: what was watched, and what was dark, so that a blackout is not read as a lull.

use sijil_model::Edtf;
use sijil_register::Event;
use sijil_register::event::MonitoringNote;

use crate::arguments::{Arguments, Note};
use crate::failure::Outcome;
use crate::session::Session;
use crate::terminal::say;

pub fn run(arguments: &Arguments, note: &Note) -> Outcome {
    let mut session = Session::open(arguments)?;
    let note = MonitoringNote {
        period: Edtf::new(&note.period)?.into(),
        places: note.place.clone(),
        searched: note.searched.clone(),
        dark: note.dark.clone(),
    };
    let position = session.write(|writing| writing.say(Event::MonitoringNoted(note)))?;
    say(&format!("entry:{position}  monitoring.noted"));
    Ok(())
}
