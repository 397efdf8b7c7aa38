//! The one place where a cipher is applied: evidence, bodies and anything else with content pass through here.
//!
//! A plain register stores what it is given. A sealed one stores age files for one X25519 identity, which lies in
//! `keys/vault` under a passphrase. Names of sealed evidence are keyed (HMAC-SHA-256), or a guess at a document could
//! be tested by hashing it and looking whether a file of that name is there.

use std::io::{self, Read, Write};
use std::iter;

use age::secrecy::ExposeSecret as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::disk::{Disk, DiskFile};
use crate::error::{Error, Result};
use crate::ids::Digest;
use crate::keys::{self, Passphrase};

/// Where the sealing identity lies; a register is sealed if this file is there.
pub(crate) const VAULT_FILE: &str = "keys/vault";

const NAME_KEY: &[u8] = b"sijil evidence names v1";

/// How content is stored.
pub(crate) enum Vault {
    /// As it is.
    Plain,
    /// Encrypted to the register's own identity.
    Sealed(Box<Seal>),
    /// Encrypted, and nobody has given the passphrase: names and content stay closed.
    Closed,
}

pub(crate) struct Seal {
    identity: age::x25519::Identity,
    recipient: age::x25519::Recipient,
    name_key: Hmac<Sha256>,
}

impl Vault {
    /// A new sealing identity, saved under the passphrase.
    pub(crate) fn make(disk: &Disk, passphrase: &Passphrase, work_factor: Option<u8>) -> Result<Self> {
        let identity = age::x25519::Identity::generate();
        let text = identity.to_string();
        let sealed = keys::lock(text.expose_secret().as_bytes(), passphrase, work_factor)?;
        disk.write(VAULT_FILE, &sealed)?;
        Self::sealed(identity, text.expose_secret())
    }

    /// The vault of a folder: plain, opened by the passphrase, or closed for want of one.
    pub(crate) fn open(disk: &Disk, passphrase: Option<&Passphrase>) -> Result<Self> {
        let Some(file) = disk.read_if_there(VAULT_FILE)? else { return Ok(Self::Plain) };
        let Some(passphrase) = passphrase else { return Ok(Self::Closed) };
        let path = disk.path(VAULT_FILE);
        let text = keys::unlock(&file, passphrase, &path)?;
        let text = String::from_utf8(text).map_err(|_| Error::damaged(&path, "it holds no identity"))?;
        let identity = text.parse().map_err(|why: &str| Error::damaged(&path, why))?;
        Self::sealed(identity, &text)
    }

    fn sealed(identity: age::x25519::Identity, text: &str) -> Result<Self> {
        let derived = keyed(text.as_bytes())?.chain_update(NAME_KEY).finalize().into_bytes();
        let name_key = keyed(&derived)?;
        let recipient = identity.to_public();
        Ok(Self::Sealed(Box::new(Seal { identity, recipient, name_key })))
    }

    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }

    pub(crate) fn is_closed(&self) -> bool {
        matches!(self, Self::Closed)
    }

    /// The name of the file that holds the blob with this digest.
    pub(crate) fn evidence_name(&self, digest: &Digest) -> String {
        match self {
            Self::Plain | Self::Closed => digest.to_string(),
            Self::Sealed(seal) => {
                let mut name = seal.name_key.clone();
                name.update(digest.as_bytes());
                hex::encode(name.finalize().into_bytes())
            }
        }
    }

    /// What is stored for these bytes.
    pub(crate) fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(bytes.to_vec()),
            Self::Closed => Err(closed()),
            Self::Sealed(seal) => age::encrypt(&seal.recipient, bytes).map_err(|error| unexpected(&error)),
        }
    }

    /// What these stored bytes hold; the reason if they hold nothing.
    pub(crate) fn open_bytes(&self, stored: Vec<u8>) -> Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(stored),
            Self::Closed => Err(closed()),
            Self::Sealed(seal) => age::decrypt(&seal.identity, &stored).map_err(|error| damaged(&error)),
        }
    }

    /// A reader of what a stored file holds.
    pub(crate) fn reader(&self, stored: impl io::BufRead + Send + 'static) -> Result<Box<dyn Read + Send>> {
        match self {
            Self::Plain => Ok(Box::new(stored)),
            Self::Closed => Err(closed()),
            Self::Sealed(seal) => {
                let decryptor = age::Decryptor::new_buffered(stored).map_err(|error| damaged(&error))?;
                let identity: &dyn age::Identity = &seal.identity;
                Ok(Box::new(decryptor.decrypt(iter::once(identity)).map_err(|error| damaged(&error))?))
            }
        }
    }

    /// A writer that stores what is written into it.
    pub(crate) fn writer(&self, file: DiskFile) -> Result<VaultWriter> {
        match self {
            Self::Plain => Ok(VaultWriter::Plain(io::BufWriter::with_capacity(1 << 18, file))),
            Self::Closed => Err(closed()),
            Self::Sealed(seal) => {
                let recipient: &dyn age::Recipient = &seal.recipient;
                let encryptor = age::Encryptor::with_recipients(iter::once(recipient))
                    .map_err(|error| unexpected(&error))?;
                let out = io::BufWriter::with_capacity(1 << 18, file);
                Ok(VaultWriter::Sealed(encryptor.wrap_output(out).map_err(|error| unexpected(&error))?))
            }
        }
    }
}

/// A file being stored.
pub(crate) enum VaultWriter {
    Plain(io::BufWriter<DiskFile>),
    Sealed(age::stream::StreamWriter<io::BufWriter<DiskFile>>),
}

impl Write for VaultWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(writer) => writer.write(bytes),
            Self::Sealed(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl VaultWriter {
    /// Writes what is still held back. Without it the file is cut off.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut writer) => writer.flush(),
            Self::Sealed(writer) => writer.finish()?.flush(),
        }
    }
}

/// Whether a register's folder is sealed: what is stored there opens only with a passphrase.
pub fn is_sealed(folder: &std::path::Path) -> bool {
    folder.join(VAULT_FILE).exists()
}

/// HMAC-SHA-256 under `key`, which may have any length.
fn keyed(key: &[u8]) -> Result<Hmac<Sha256>> {
    Hmac::new_from_slice(key).map_err(|error| unexpected(&error))
}

fn closed() -> Error {
    Error::Locked { what: "the sealed register".to_owned() }
}

fn damaged(error: &age::DecryptError) -> Error {
    Error::Sealing { why: format!("it is not a file sealed for this register ({error})") }
}

fn unexpected(error: &dyn std::fmt::Display) -> Error {
    Error::Sealing { why: error.to_string() }
}
