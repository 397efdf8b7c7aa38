//! `sijil note`: what was watched, and what was dark, so that a blackout is not read as a lull.

use sijil_model::Edtf;
use sijil_register::Event;
use sijil_register::event::MonitoringNote;

use crate::arguments::{Arguments, Note};
use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, note: &Note) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let mut chains = Vec::new();
    for name in &note.place {
        // A note is not lost for a place that the gazetteer lacks: it is then of places that only a reader knows.
        match asking::place(session.register.view(), &stages, name) {
            Ok(place) => chains.push(asking::chain(&stages, &place)),
            Err(Failure::Refused(why)) => {
                complain(&format!("{why}; the note keeps the words, and stands beside figures of all places"))
            }
            Err(other) => return Err(other),
        }
    }
    let note = MonitoringNote {
        period: Edtf::new(&note.period)?.into(),
        places: note.place.clone(),
        chains,
        searched: note.searched.clone(),
        dark: note.dark.clone(),
    };
    let position = session.write(|writing| writing.say(Event::MonitoringNoted(note)))?;
    say(&format!("entry:{position}  monitoring.noted"));
    Ok(())
}
