//! `sijil settings`: lists what is in force, or changes it. Every change is an entry.

use std::path::Path;

use sijil_register::Event;

use crate::arguments::{Arguments, Settings};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::setting;
use crate::terminal::{say, table};

pub fn run(arguments: &Arguments, settings: &Settings) -> Outcome {
    let mut session = Session::open(arguments)?;
    let (Some(key), Some(value)) = (&settings.key, &settings.value) else {
        let wanted = |key: &str| settings.key.as_deref().is_none_or(|wanted| wanted == key);
        let rows = session.register.view().settings()?.into_iter();
        table(&rows.filter(|(key, _)| wanted(key)).map(|(key, value)| vec![key, value]).collect::<Vec<_>>());
        return Ok(());
    };
    let value = match key.as_str() {
        setting::COUNTRY => value.to_uppercase(),
        // A gazetteer or a table of actors is kept as evidence, so that the register carries it.
        setting::GAZETTEER => {
            super::place::open(Path::new(value))?
                .verify()
                .map_err(|error| Failure::Refused(error.to_string()))?;
            keep(&mut session, value)?
        }
        setting::ACTORS => keep(&mut session, value)?,
        other => {
            return Err(Failure::Usage(format!(
                "`{other}` cannot be set; country, gazetteer FILE and actors FILE can, and `sijil rules` and `sijil adopt` change the rest"
            )));
        }
    };
    let key = key.clone();
    let position = session.write(|writing| writing.say(Event::SettingChanged { key: key.clone(), value }))?;
    say(&format!("entry:{position}  settings.changed  {key}"));
    Ok(())
}

fn keep(session: &mut Session, file: &str) -> Result<String, Failure> {
    let path = Path::new(file);
    let bytes = std::fs::read(path).map_err(|cause| crate::failure::file(path, &cause))?;
    session.write(|writing| writing.keep(&bytes))
}
