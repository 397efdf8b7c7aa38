//! `sijil settings`: lists what is in force, or changes it. Every change is an entry.

use std::path::Path;

use sijil_model::actor::read_actors;
use sijil_register::Event;

use crate::arguments::{Arguments, Settings};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::setting;
use crate::terminal::{say, table};

/// The value that takes a table of one's own back: what the program has built in stands alone again.
const BUILT_IN: &str = "built-in";

pub fn run(arguments: &Arguments, settings: &Settings) -> Outcome {
    let mut session = Session::open(arguments)?;
    let (Some(key), Some(value)) = (&settings.key, &settings.value) else {
        let wanted = |key: &str| settings.key.as_deref().is_none_or(|wanted| wanted == key);
        let rows = session.register.view().settings()?.into_iter();
        let shown = |value: String| if value.is_empty() { BUILT_IN.to_owned() } else { value };
        table(
            &rows
                .filter(|(key, _)| wanted(key))
                .map(|(key, value)| vec![key, shown(value)])
                .collect::<Vec<_>>(),
        );
        return Ok(());
    };
    let value = match (key.as_str(), value.as_str()) {
        (setting::COUNTRY, code) => country(code)?,
        (setting::GAZETTEER | setting::ACTORS, BUILT_IN) => String::new(),
        // A gazetteer or a table of actors is kept as evidence, so that the register carries it.
        (setting::GAZETTEER, file) => {
            super::place::open(Path::new(file))?
                .verify()
                .map_err(|error| Failure::Refused(error.to_string()))?;
            keep(&mut session, file)?
        }
        (setting::ACTORS, file) => {
            check_actors(Path::new(file))?;
            keep(&mut session, file)?
        }
        (other, _) => {
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

/// A country's code as it is kept.
///
/// # Errors
/// What it is to be.
pub fn country(code: &str) -> Result<String, Failure> {
    let is_code = code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_alphabetic());
    if !is_code {
        return Err(Failure::Usage(format!(
            "`{code}` is no country; write its two letters in ISO 3166-1, such as SY, or XA to XZ for one that has none"
        )));
    }
    Ok(code.to_ascii_uppercase())
}

/// Refuses a table of actors that the stages could not read: once it is in force, every command would fail.
fn check_actors(path: &Path) -> Result<(), Failure> {
    let refused = |cause: &dyn std::fmt::Display| {
        Failure::Refused(format!(
            "{}: {cause}; docs/commands.md says which columns the table has",
            path.display()
        ))
    };
    let bytes = std::fs::read(path).map_err(|cause| crate::failure::file(path, &cause))?;
    let table = String::from_utf8(bytes).map_err(|_| refused(&"it is not UTF-8"))?;
    let actors = read_actors(&table).map_err(|error| refused(&error))?;
    if actors.is_empty() {
        return Err(refused(&"it names no actor"));
    }
    Ok(())
}

fn keep(session: &mut Session, file: &str) -> Result<String, Failure> {
    let path = Path::new(file);
    let bytes = std::fs::read(path).map_err(|cause| crate::failure::file(path, &cause))?;
    session.write(|writing| writing.keep(&bytes))
}
