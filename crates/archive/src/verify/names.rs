//! The folder itself: its keys, and files that have no business there.

use std::collections::BTreeSet;

use super::{Verifier, VerifyOptions, cause};
use crate::disk::INCOMING;
use crate::error::Result;
use crate::keys::{load_secret, next_secret_path, secret_path};
use crate::vault::VAULT_FILE;

/// Folders and files of every register.
const PARTS: [&str; 8] = ["origin", "lock", "log", "bodies", "evidence", INCOMING, "keys", "views"];

/// Views that the program keeps beside the truth; each may have side files.
const VIEWS: [&str; 2] = ["register.db", "register.db.new"];
const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

fn is_view(name: &str) -> bool {
    let database = SIDE_FILES.iter().find_map(|side| name.strip_suffix(side)).unwrap_or(name);
    VIEWS.contains(&database)
}

impl Verifier {
    pub(super) fn check_names(&mut self) -> Result<()> {
        for name in self.disk.names("")? {
            if name.starts_with("register.db") && !self.vault.is_plain() {
                self.finding(
                    &name,
                    "a readable database in a sealed register; remove it and lock the register again",
                );
            } else if !is_view(&name) && !PARTS.contains(&name.as_str()) {
                self.finding(&name, "a stray file: it is no part of a register");
            }
        }
        for name in self.disk.names(INCOMING)? {
            let path = format!("{INCOMING}/{name}");
            self.note(
                &path,
                "of a batch that is being written, or was not finished; the next writer settles it",
            );
        }
        Ok(())
    }

    pub(super) fn check_keys(&mut self, options: &VerifyOptions) -> Result<()> {
        let mut expected = BTreeSet::from([VAULT_FILE.to_owned()]);
        if let Some(own) = self.own.clone() {
            expected.insert(secret_path(&own).display().to_string());
            expected.insert(next_secret_path(&own).display().to_string());
            self.check_own_secret(&own, options);
        }
        for name in self.disk.names("keys")? {
            let path = format!("keys/{name}");
            if !expected.contains(&path) {
                self.finding(&path, "a stray file: it is no key of this register");
            }
        }
        Ok(())
    }

    fn check_own_secret(&mut self, own: &crate::OriginId, options: &VerifyOptions) {
        let relative = secret_path(own);
        let path = relative.display().to_string();
        if !self.disk.exists(&relative) {
            return self.note(&path, "the secret key is not here: the register can be read but not added to");
        }
        let Some(log) = self.logs.get(own) else { return };
        let in_force = log.chain.key_at(log.checkpoint.size).clone();
        // The next key waits under its own name between a checkpoint and the renaming that follows it.
        let changing = self.disk.exists(next_secret_path(own));
        match load_secret(&self.disk, &relative, &self.vault, options.unlock.as_ref()) {
            Err(error) => self.finding(&path, cause(error)),
            Ok(Some(key)) if key.public != in_force && !changing => {
                self.finding(&path, "it is not the key that signs our log");
            }
            Ok(_) => {}
        }
    }
}
