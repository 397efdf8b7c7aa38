//! Keys of origins: where they lie, how they are locked, how one follows another, and what a revocation means.
//!
//! `log/ORIGIN/key` is the first public key of a log; the log is named after it. `keys/ORIGIN.secret` is ours, as it is,
//! or under a passphrase, or (in a sealed register) under the register's seal. A key change leaves a *handover*: a
//! checkpoint, signed by the old key, that names the new one. So whoever knows the origin can check every signature
//! without trusting the folder. docs/keys.md says what to do when a key is lost or stolen.

use std::fmt;
use std::path::{Path, PathBuf};

use age::secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

use crate::disk::Disk;
use crate::error::{Error, Result};
use crate::ids::{EntryRef, OriginId};
use crate::note::{Checkpoint, SigningKey, VerifyingKey};
use crate::tiles::log_folder;
use crate::vault::Vault;

/// The work that this machine may be asked to do to try a passphrase (2²² ≈ a quarter of a minute).
const MAX_WORK_FACTOR: u8 = 22;

/// A passphrase; never printed.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// The passphrase with these characters.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// Whether there is nothing in it but space: everybody's first guess.
    pub fn is_blank(&self) -> bool {
        self.0.expose_secret().trim().is_empty()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// A public key as people compare it: its SHA-256 in sixteen groups of four digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a key.
    pub fn of(key: &VerifyingKey) -> Self {
        let digits = hex::encode(Sha256::digest(key.to_bytes()));
        let groups: Vec<_> = (0..16).map(|group| &digits[group * 4..group * 4 + 4]).collect();
        Self(groups.join(" "))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A key that is no longer to be believed, as an entry `key.revoked` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The entry.
    pub entry: EntryRef,
    /// The origin whose key it was.
    pub origin: OriginId,
    /// The key's fingerprint.
    pub fingerprint: String,
    /// Entries below this index stand as before. Those from here up to the revocation may be a thief's.
    pub trusted_to: u64,
    /// Why.
    pub why: String,
}

/// The keys of one log, in the order in which they signed it.
#[derive(Clone, Debug)]
pub(crate) struct KeyChain {
    first: VerifyingKey,
    handovers: Vec<(Checkpoint, VerifyingKey)>,
}

impl KeyChain {
    /// Reads and checks the keys of a log of `size` entries. A handover beyond it is of a batch that was not saved.
    pub(crate) fn load(disk: &Disk, origin: &OriginId, size: u64) -> Result<Self> {
        let relative = public_path(origin);
        let path = disk.path(&relative);
        let text = disk.read_text(&relative)?;
        let first = parse_public(&text, origin).map_err(|error| error.at(&path))?;
        let mut chain = Self { first, handovers: Vec::new() };
        for name in disk.names(log_folder(origin))? {
            if let Some(size) = handover_size(&name).filter(|at| *at <= size) {
                let relative = log_folder(origin).join(&name);
                let text = disk.read_text(&relative)?;
                chain.push(size, &text).map_err(|error| error.at(&disk.path(relative)))?;
            }
        }
        Ok(chain)
    }

    fn push(&mut self, size: u64, text: &str) -> Result<()> {
        let wrong = |why: &str| Error::BadNote { why: why.to_owned() };
        let handover = Checkpoint::parse(text)?;
        if handover.size != size {
            return Err(wrong("its size is not the one in its name"));
        }
        self.current().check(&handover)?;
        let next = handover.next_key()?.ok_or_else(|| wrong("it names no next key"))?;
        if next.origin != self.first.origin {
            return Err(wrong("its next key is of another log"));
        }
        self.handovers.push((handover, next));
        Ok(())
    }

    /// The last key.
    pub(crate) fn current(&self) -> &VerifyingKey {
        self.handovers.last().map_or(&self.first, |(_, key)| key)
    }

    /// The key that signs a checkpoint of this size.
    pub(crate) fn key_at(&self, size: u64) -> &VerifyingKey {
        let last = self.handovers.iter().rev().find(|(handover, _)| handover.size <= size);
        last.map_or(&self.first, |(_, key)| key)
    }

    /// Checks a checkpoint's signature by the key in force at its size.
    pub(crate) fn check(&self, checkpoint: &Checkpoint) -> Result<()> {
        if checkpoint.next_key()?.is_some() {
            return Err(Error::BadNote { why: "it is a handover, not a checkpoint".to_owned() });
        }
        self.key_at(checkpoint.size).check(checkpoint)
    }

    /// The handovers within the first `size` entries: each a signed size and root.
    pub(crate) fn handovers(&self, size: u64) -> impl Iterator<Item = &Checkpoint> {
        self.handovers.iter().map(|(handover, _)| handover).filter(move |handover| handover.size <= size)
    }

    /// The first public key's file.
    pub(crate) fn first(&self) -> &VerifyingKey {
        &self.first
    }
}

/// Where the first public key of a log lies.
pub(crate) fn public_path(origin: &OriginId) -> PathBuf {
    log_folder(origin).join("key")
}

/// The key in a public key file, if it is the one that the log is named after.
pub(crate) fn parse_public(text: &str, origin: &OriginId) -> Result<VerifyingKey> {
    let line = text.strip_suffix('\n').unwrap_or("");
    let key: VerifyingKey = line.parse()?;
    if key.origin == *origin && key.is_first() {
        Ok(key)
    } else {
        Err(Error::BadNote { why: format!("it is not the key that {origin} is named after") })
    }
}

/// Where our secret key lies.
pub(crate) fn secret_path(origin: &OriginId) -> PathBuf {
    PathBuf::from(format!("keys/{origin}.secret"))
}

/// Where the next secret key waits until the checkpoint that it signs is in place.
pub(crate) fn next_secret_path(origin: &OriginId) -> PathBuf {
    PathBuf::from(format!("keys/{origin}.secret.next"))
}

/// Where the handover at a size lies.
pub(crate) fn handover_path(origin: &OriginId, size: u64) -> PathBuf {
    log_folder(origin).join(format!("handover-{size:012}"))
}

/// The size of the handover with this file name, or none.
pub(crate) fn handover_size(name: &str) -> Option<u64> {
    let size: u64 = name.strip_prefix("handover-")?.parse().ok()?;
    (format!("handover-{size:012}") == name).then_some(size)
}

/// How a secret key is stored: under the passphrase, under the seal, or as it is.
pub(crate) fn store_secret(
    key: &SigningKey,
    vault: &Vault,
    passphrase: Option<&Passphrase>,
    work_factor: Option<u8>,
) -> Result<Vec<u8>> {
    let text = key.to_text();
    match passphrase {
        Some(passphrase) if vault.is_plain() => lock(text.as_bytes(), passphrase, work_factor),
        _ => vault.seal(text.as_bytes()),
    }
}

/// A stored secret key, or none where it is locked and no passphrase is given.
pub(crate) fn load_secret(
    disk: &Disk,
    relative: &Path,
    vault: &Vault,
    passphrase: Option<&Passphrase>,
) -> Result<Option<SigningKey>> {
    let path = disk.path(relative);
    let Some(stored) = disk.read_if_there(relative)? else { return Ok(None) };
    let text = if !is_locked(&stored) {
        stored
    } else if vault.is_plain() {
        match passphrase {
            Some(passphrase) => unlock(&stored, passphrase, &path)?,
            None => return Ok(None),
        }
    } else if vault.is_closed() {
        return Ok(None);
    } else {
        vault.open_bytes(stored).map_err(|error| error.at(&path))?
    };
    let text = String::from_utf8(text).map_err(|_| Error::damaged(&path, "it holds no key"))?;
    SigningKey::parse(&text).map(Some).map_err(|error| error.at(&path))
}

/// Whether stored bytes are an age file.
pub(crate) fn is_locked(stored: &[u8]) -> bool {
    stored.starts_with(b"age-encryption.org/")
}

/// Bytes under a passphrase (age with scrypt). Without a work factor, about a second of this machine's time.
pub(crate) fn lock(bytes: &[u8], passphrase: &Passphrase, work_factor: Option<u8>) -> Result<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.0.clone());
    if let Some(work_factor) = work_factor {
        recipient.set_work_factor(work_factor.clamp(1, MAX_WORK_FACTOR));
    }
    age::encrypt(&recipient, bytes).map_err(|error| Error::Sealing { why: error.to_string() })
}

/// What lies under a passphrase.
pub(crate) fn unlock(stored: &[u8], passphrase: &Passphrase, path: &Path) -> Result<Vec<u8>> {
    let mut identity = age::scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    age::decrypt(&identity, stored).map_err(|error| match error {
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => Error::WrongPassphrase { path: path.to_owned() },
        other => Error::damaged(path, other.to_string()),
    })
}
