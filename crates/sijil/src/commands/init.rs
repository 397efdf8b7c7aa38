//! `sijil init`, `lock` and `unlock`.

use std::path::Path;

use sijil_archive::{AccountId, Settings, SystemClock};
use sijil_model::AccountId as Account;
use sijil_register::{Event, Register};

use crate::arguments::{Arguments, Init};
use crate::failure::{Failure, Outcome};
use crate::session::{folder, new_passphrase};
use crate::stages::{Stages, linking, placing, setting};
use crate::terminal::{counted, say};

/// The account that a new register has.
pub const OWNER: &str = "owner";

pub fn run(init: &Init) -> Outcome {
    let sealed = if init.sealed { Some(new_passphrase()?) } else { None };
    let register = make(&init.dir, &Settings { sealed, ..Settings::default() }, init.country.as_deref())?;
    say(&format!("made a register in {}", init.dir.display()));
    let origin = register.archive().origin();
    say(&format!("  origin       {origin}"));
    say(&format!("  fingerprint  {}", register.archive().fingerprint(origin)?));
    say(
        "  compare the fingerprint by telephone with whoever will rely on this log; docs/keys.md says what to keep",
    );
    Ok(())
}

/// Makes a register with what a new one has in force.
pub fn make(dir: &Path, settings: &Settings, country: Option<&str>) -> Result<Register, Failure> {
    let country = country.map(super::settings::country).transpose()?;
    let mut register = Register::create(dir, settings, &SystemClock)?;
    let author: AccountId = OWNER.parse()?;
    let extractor = Stages::built_in(None).coder.program().in_force();
    register.write(&author, &SystemClock, |writing| {
        let roles = ["recorder", "reviewer", "publisher"].map(str::to_owned).to_vec();
        writing.say(Event::AccountMade { account: Account::new(OWNER)?, roles })?;
        writing.say(Event::RulesAdopted { rules: "open".into() })?;
        let programs = [
            (setting::EXTRACTOR, extractor),
            (setting::PLACER, placing::program().in_force()),
            (setting::LINKER, linking::program().in_force()),
        ];
        let country = country.map(|code| (setting::COUNTRY, code));
        for (key, value) in programs.into_iter().chain(country) {
            writing.say(Event::SettingChanged { key: key.into(), value })?;
        }
        Ok(())
    })?;
    Ok(register)
}

/// A sealed register holds no plaintext while no command runs; this makes sure, and says so.
pub fn lock(arguments: &Arguments) -> Outcome {
    let folder = folder(arguments)?;
    if !sijil_archive::is_sealed(&folder) {
        return Err(Failure::Refused(format!(
            "{} is not sealed; only a register made with `sijil init --sealed` can be locked",
            folder.display()
        )));
    }
    let left = sijil_register::remove_plaintext(&folder)?;
    say(&format!("{} is locked; removed {} of plaintext", folder.display(), counted(left, "file")));
    Ok(())
}

/// Checks the passphrase; each command asks for it again, or takes it from SIJIL_PASSPHRASE.
pub fn unlock(arguments: &Arguments) -> Outcome {
    let session = crate::session::Session::open(arguments)?;
    let position = session.register.view().position()?;
    say(&format!(
        "{} opens with this passphrase; it holds {}",
        session.register.folder().display(),
        counted(position, "entry")
    ));
    say(
        "commands take the passphrase from SIJIL_PASSPHRASE, or ask for it; nothing is left open on the disk",
    );
    Ok(())
}
