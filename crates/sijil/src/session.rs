//! A register opened for a command: which folder, who works, and what to do it with.

use std::path::{Path, PathBuf};

use sijil_archive::{AccountId, Clock, Passphrase, SystemClock};
use sijil_model::Day;
use sijil_register::{Register, Writing};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::stages::Stages;

/// The account that works where nobody says who.
const DEFAULT_ACCOUNT: &str = "owner";

/// An opened register, and who works in it.
pub struct Session {
    /// The register.
    pub register: Register,
    /// Who works.
    pub account: AccountId,
}

impl Session {
    /// Opens the register that the command line means.
    pub fn open(arguments: &Arguments) -> Result<Self, Failure> {
        Self::open_folder(&folder(arguments)?, arguments.account.as_deref())
    }

    /// Opens a register by its folder.
    pub fn open_folder(folder: &Path, account: Option<&str>) -> Result<Self, Failure> {
        let register = Register::open(folder, passphrase_for(folder)?.as_ref())?;
        Ok(Self { account: known_account(&register, account)?, register })
    }

    /// The roles of the account that works; none where the register was made without accounts.
    pub fn roles(&self) -> Result<Option<Vec<String>>, Failure> {
        let accounts = self.register.view().accounts()?;
        Ok(accounts.into_iter().find(|row| row.id == self.account.as_str()).map(|row| row.roles))
    }

    /// Refuses what only an account of a role does. It keeps people from mistakes; whoever has the folder can work as anybody.
    pub fn must_be(&self, role: &str, does: &str) -> Result<(), Failure> {
        match self.roles()? {
            Some(roles) if !roles.iter().any(|known| known == role) => Err(Failure::Refused(format!(
                "only a {role} {does}, and {} is {}; work as one that is (--as ACCOUNT), or make one: sijil account ID \
                 --roles {role}",
                self.account,
                roles.join(", ")
            ))),
            _ => Ok(()),
        }
    }

    /// Writes one batch as the account that works.
    pub fn write<T>(
        &mut self,
        write: impl FnOnce(&mut Writing<'_, '_>) -> sijil_register::Result<T>,
    ) -> Result<T, Failure> {
        Ok(self.register.write(&self.account, &SystemClock, write)?)
    }
}

/// The register's folder: the one that was named, or the nearest above.
pub fn folder(arguments: &Arguments) -> Result<PathBuf, Failure> {
    named_or_around(arguments)?.ok_or_else(|| {
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Failure::Usage(format!(
            "{} is in no register; make one with `sijil init DIR`, or name one with -C DIR",
            here.display()
        ))
    })
}

/// The register's folder, for commands that also work without one.
pub fn named_or_around(arguments: &Arguments) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = &arguments.register {
        return Ok(Some(folder.clone()));
    }
    let here = std::env::current_dir().map_err(|cause| crate::failure::file(Path::new("."), &cause))?;
    Ok(Register::find(&here))
}

/// What documents are read with: what the register that is named or that this folder lies in has in force; without one,
/// what is built in.
pub fn stages_named_or_around(arguments: &Arguments) -> Result<Stages, Failure> {
    match named_or_around(arguments)? {
        Some(folder) => Stages::of(&Session::open_folder(&folder, arguments.account.as_deref())?.register),
        None => Ok(Stages::built_in(None)),
    }
}

/// The passphrase of a sealed register: from SIJIL_PASSPHRASE, or asked for; none for an open one.
pub fn passphrase_for(folder: &Path) -> Result<Option<Passphrase>, Failure> {
    if !sijil_archive::is_sealed(folder) {
        return Ok(std::env::var("SIJIL_PASSPHRASE").ok().map(Passphrase::new));
    }
    ask_passphrase(&format!("Passphrase of {}: ", folder.display())).map(Some)
}

/// The same for who may do without: none where SIJIL_PASSPHRASE is not set and there is nobody to ask, or who is asked leaves
/// it empty.
pub fn passphrase_if_known(folder: &Path) -> Result<Option<Passphrase>, Failure> {
    let is_set = std::env::var_os("SIJIL_PASSPHRASE").is_some();
    if sijil_archive::is_sealed(folder) && !is_set {
        let asked = ask_passphrase(&format!("Passphrase of {} (empty: its logs alone): ", folder.display()));
        return Ok(asked.ok().filter(|passphrase| !passphrase.is_blank()));
    }
    passphrase_for(folder)
}

/// The passphrase under which a new register is sealed; an empty one would seal nothing.
pub fn new_passphrase() -> Result<Passphrase, Failure> {
    let passphrase = ask_passphrase("Passphrase for the new register: ")?;
    if passphrase.is_blank() {
        return Err(Failure::Usage(
            "the passphrase is empty, and would seal nothing; set SIJIL_PASSPHRASE to six random words, or leave it \
             unset and be asked"
                .into(),
        ));
    }
    Ok(passphrase)
}

/// A passphrase from SIJIL_PASSPHRASE, or asked for on the terminal.
pub fn ask_passphrase(prompt: &str) -> Result<Passphrase, Failure> {
    if let Ok(given) = std::env::var("SIJIL_PASSPHRASE") {
        return Ok(Passphrase::new(given));
    }
    let typed = rpassword::prompt_password(prompt).map_err(|_| {
        Failure::Usage(
            "the register is sealed and there is no terminal to ask on; set SIJIL_PASSPHRASE".into(),
        )
    })?;
    Ok(Passphrase::new(typed))
}

/// The account, if the register knows it.
fn known_account(register: &Register, account: Option<&str>) -> Result<AccountId, Failure> {
    let name = account.unwrap_or(DEFAULT_ACCOUNT);
    let known = register.view().accounts()?;
    if account.is_some() && !known.iter().any(|row| row.id == name) {
        let names: Vec<&str> = known.iter().map(|row| row.id.as_str()).collect();
        return Err(Failure::Usage(format!(
            "there is no account `{name}` here; there are {}; make it with `sijil account {name}`",
            names.join(", ")
        )));
    }
    name.parse().map_err(Failure::from)
}

/// The day that the machine's clock shows, in UTC.
pub fn today() -> Day {
    let seconds = std::time::Duration::from_secs(SystemClock.now());
    Day::constant(1970, 1, 1).saturating_add(seconds)
}
