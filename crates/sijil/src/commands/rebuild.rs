//! `sijil rebuild`: the view again, from log and evidence.

use sijil_register::Register;

use crate::arguments::Arguments;
use crate::failure::Outcome;
use crate::session::{folder, passphrase_for};
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments) -> Outcome {
    let folder = folder(arguments)?;
    let register = Register::rebuild(&folder, passphrase_for(&folder)?.as_ref())?;
    let (claims, documents) = register.view().sizes()?;
    say(&format!(
        "rebuilt from {}: {}, {}",
        counted(register.view().position()?, "entry"),
        counted(documents, "document"),
        counted(claims, "claim")
    ));
    Ok(())
}
