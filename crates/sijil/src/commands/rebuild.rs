//! `sijil rebuild`: the view again, from log and evidence.

use sijil_register::Register;

use crate::arguments::Arguments;
use crate::failure::Outcome;
use crate::session::{folder, passphrase_for};
use crate::terminal::say;

pub fn run(arguments: &Arguments) -> Outcome {
    let folder = folder(arguments)?;
    let register = Register::rebuild(&folder, passphrase_for(&folder)?.as_ref())?;
    let (claims, documents) = register.view().sizes()?;
    say(&format!(
        "rebuilt from {} entries: {documents} documents, {claims} claims",
        register.view().position()?
    ));
    Ok(())
}
