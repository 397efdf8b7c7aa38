//! A register's archive: made, opened, read. Writing is in `batch.rs`.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::batch::Batch;
use crate::clock::Clock;
use crate::disk::{Disk, INCOMING};
use crate::entry::{Body, Entry, decode_body, kinds};
use crate::erase;
use crate::error::{Error, Result};
use crate::evidence;
use crate::ids::{AccountId, Digest, EntryRef, OriginId};
use crate::keys::{self, Fingerprint, Passphrase, Revocation};
use crate::lock::Lock;
use crate::log::Log;
use crate::note::{Checkpoint, SigningKey, VerifyingKey};
use crate::tiles::log_folder;
use crate::vault::Vault;
use crate::writer::Tail;

/// The file that names the log which this folder writes.
pub(crate) const ORIGIN_FILE: &str = "origin";

/// The version of the format that this program writes (`FORMATS.md`).
const FORMAT: u64 = 1;

/// How a new register is made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seals the register: all content is encrypted, and opens with this passphrase.
    pub sealed: Option<Passphrase>,
    /// Locks the signing key alone; what is stored stays readable. Of no effect in a sealed register, whose key is sealed.
    pub key_passphrase: Option<Passphrase>,
    /// The work of trying one passphrase, as a power of two; without it, about a second on this machine.
    pub work_factor: Option<u8>,
    /// How long a writer waits for another one.
    pub wait: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sealed: None, key_passphrase: None, work_factor: None, wait: Archive::WAIT }
    }
}

/// The truth of one register folder.
///
/// Reading needs no lock: a reader sees the last checkpoint, and newer ones after [`Archive::refresh`].
pub struct Archive {
    pub(crate) disk: Disk,
    pub(crate) vault: Arc<Vault>,
    pub(crate) origin: OriginId,
    pub(crate) logs: BTreeMap<OriginId, Arc<Log>>,
    pub(crate) signer: Option<SigningKey>,
    /// What our log says was seen of others, up to one of our positions; continued as the log grows.
    pub(crate) seen: Mutex<(u64, BTreeMap<OriginId, u64>)>,
    unlock: Option<Passphrase>,
    wait: Duration,
    work_factor: Option<u8>,
}

impl Archive {
    /// How long a writer waits for another one if not told otherwise.
    pub const WAIT: Duration = Duration::from_secs(10);

    /// Makes a register in a new or empty folder: a key, a log named after it, and the entry `origin.made`.
    ///
    /// # Errors
    /// [`Error::NotEmpty`] when there is something already, and the errors of the disk.
    pub fn create(folder: impl Into<Disk>, settings: &Settings, clock: &dyn Clock) -> Result<Self> {
        let disk = folder.into();
        std::fs::create_dir_all(disk.root()).map_err(|error| Error::io(disk.root(), error))?;
        if !disk.names("")?.is_empty() {
            return Err(Error::NotEmpty { path: disk.root().to_owned() });
        }
        let lock = Lock::take(&disk, settings.wait)?;
        ["keys", INCOMING].iter().try_for_each(|name| disk.make_folder(name))?;
        let vault = match &settings.sealed {
            Some(passphrase) => Vault::make(&disk, passphrase, settings.work_factor)?,
            None => Vault::Plain,
        };
        let signer = SigningKey::generate(None);
        let origin = signer.public.origin.clone();
        let secret =
            keys::store_secret(&signer, &vault, settings.key_passphrase.as_ref(), settings.work_factor)?;
        disk.write(keys::secret_path(&origin), &secret)?;
        disk.make_folder(log_folder(&origin))?;
        disk.write(keys::public_path(&origin), format!("{}\n", signer.public).as_bytes())?;
        let public = signer.public.to_string();
        let mut archive = Self {
            disk,
            vault: Arc::new(vault),
            origin: origin.clone(),
            logs: BTreeMap::new(),
            signer: Some(signer),
            seen: Mutex::default(),
            unlock: settings.sealed.clone().or_else(|| settings.key_passphrase.clone()),
            wait: settings.wait,
            work_factor: settings.work_factor,
        };
        let mut batch = Batch::start(&mut archive, lock, Tail::empty(&origin), clock);
        let about = json!({ "key": public, "sealed": settings.sealed.is_some(), "format": FORMAT });
        batch.append_own(kinds::ORIGIN_MADE, &about)?;
        batch.commit()?;
        // The `origin` file comes last: what a crash leaves before it is not taken for a register.
        archive.disk.replace(ORIGIN_FILE, format!("{origin}\n").as_bytes())?;
        Ok(archive)
    }

    /// Opens a register for reading, and for writing if its key is not locked or `unlock` opens it.
    ///
    /// # Errors
    /// [`Error::NotARegister`], [`Error::Locked`] for a sealed register without a passphrase,
    /// [`Error::WrongPassphrase`], and [`Error::Damaged`] when a log's checkpoint does not hold.
    pub fn open(folder: impl Into<Disk>, unlock: Option<&Passphrase>) -> Result<Self> {
        let disk = folder.into();
        let origin = own_origin(&disk)?;
        let vault = Arc::new(Vault::open(&disk, unlock)?);
        if vault.is_closed() {
            return Err(Error::Locked { what: format!("the sealed register {}", disk.root().display()) });
        }
        let signer = keys::load_secret(&disk, &keys::secret_path(&origin), &vault, unlock)?;
        let mut archive = Self {
            disk,
            vault,
            origin,
            logs: BTreeMap::new(),
            signer,
            seen: Mutex::default(),
            unlock: unlock.cloned(),
            wait: Self::WAIT,
            work_factor: None,
        };
        archive.refresh()?;
        Ok(archive)
    }

    /// Sets how long [`Archive::begin`] waits for another writer.
    pub fn set_wait(&mut self, wait: Duration) {
        self.wait = wait;
    }

    /// Starts a batch: takes the writers' lock, reads what others appended, and clears away what a crash left.
    ///
    /// # Errors
    /// [`Error::Busy`] when another writer does not finish in time, [`Error::NoLocks`], [`Error::ReadOnly`],
    /// [`Error::Locked`] or [`Error::KeyLost`] without the secret key, [`Error::RolledBack`] when the log became shorter.
    pub fn begin<'a>(&'a mut self, clock: &'a dyn Clock) -> Result<Batch<'a>> {
        let lock = Lock::take(&self.disk, self.wait)?;
        self.disk.make_folder(INCOMING)?;
        self.refresh()?;
        self.recover()?;
        self.check_signer()?;
        self.check_format()?;
        let tail = Tail::of(self.own_log()?)?;
        Ok(Batch::start(self, lock, tail, clock))
    }

    /// Reads the checkpoints again. Returns whether anything was appended since.
    ///
    /// # Errors
    /// [`Error::RolledBack`] or [`Error::Forked`] when a log is not a continuation of what was seen before.
    pub fn refresh(&mut self) -> Result<bool> {
        let mut changed = false;
        for name in self.disk.names("log")? {
            let origin: OriginId = name.parse().map_err(|error: Error| error.at(&self.disk.path("log")))?;
            if !self.disk.exists(log_folder(&origin).join("checkpoint")) {
                continue; // A log that a crash kept from arriving.
            }
            let log = self.open_log(&origin)?;
            if let Some(seen) = self.logs.get(&origin) {
                if log.size() < seen.size() {
                    return Err(Error::RolledBack { origin, found: log.size(), seen: seen.size() });
                }
                if log.root_at(seen.size())? != seen.checkpoint.root {
                    return Err(Error::Forked { origin, size: seen.size() });
                }
                changed |= log.checkpoint != seen.checkpoint;
            } else {
                changed = true;
            }
            self.logs.insert(origin, Arc::new(log));
        }
        self.own_log()?;
        Ok(changed)
    }

    /// Opens a log; once more if a writer changed its files between two reads.
    fn open_log(&self, origin: &OriginId) -> Result<Log> {
        let mut result = Log::open(&self.disk, &self.vault, origin);
        for _ in 0..5 {
            if result.is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
            result = Log::open(&self.disk, &self.vault, origin);
        }
        result
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.disk.root()
    }

    /// The origin of the log that this folder writes.
    pub fn origin(&self) -> &OriginId {
        &self.origin
    }

    /// Every origin whose log is here, ours among them.
    pub fn origins(&self) -> impl Iterator<Item = &OriginId> {
        self.logs.keys()
    }

    /// Whether content is encrypted.
    pub fn is_sealed(&self) -> bool {
        !self.vault.is_plain()
    }

    /// Whether the signing key is at hand.
    pub fn can_write(&self) -> bool {
        self.signer.is_some()
    }

    /// The number of entries in our own log: the current position.
    ///
    /// # Errors
    /// [`Error::NoLog`] when our log is gone.
    pub fn size(&self) -> Result<u64> {
        Ok(self.own_log()?.size())
    }

    /// The last checkpoint of a log.
    ///
    /// # Errors
    /// [`Error::NoLog`].
    pub fn checkpoint(&self, origin: &OriginId) -> Result<&Checkpoint> {
        Ok(&self.log(origin)?.checkpoint)
    }

    /// The key that signs a log now.
    ///
    /// # Errors
    /// [`Error::NoLog`].
    pub fn key(&self, origin: &OriginId) -> Result<&VerifyingKey> {
        let log = self.log(origin)?;
        Ok(log.chain.key_at(log.size()))
    }

    /// The fingerprint of the key that signs a log now, to be compared by telephone.
    ///
    /// # Errors
    /// [`Error::NoLog`].
    pub fn fingerprint(&self, origin: &OriginId) -> Result<Fingerprint> {
        Ok(Fingerprint::of(self.key(origin)?))
    }

    /// The batches of a log: ranges of entries that were saved together.
    ///
    /// # Errors
    /// [`Error::NoLog`].
    pub fn batches(&self, origin: &OriginId) -> Result<Vec<Range<u64>>> {
        Ok(self.log(origin)?.batches())
    }

    /// One entry.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`], or [`Error::Damaged`] when its body is not what the log commits to.
    pub fn entry(&self, origin: &OriginId, index: u64) -> Result<Entry> {
        let log = self.log(origin)?;
        let leaf = log.leaf(index)?;
        let body = match log.body(index, &leaf)? {
            Ok(bytes) => {
                let (author, data) = decode_body(&bytes)?;
                Body::Present { author, data }
            }
            Err(by) => {
                let replacement = erase::replacement(self, &by, &EntryRef::new(origin, index))?;
                Body::Erased { by, replacement }
            }
        };
        Ok(Entry { origin: leaf.origin, index, kind: leaf.kind, time: leaf.time, body })
    }

    /// The entries of one log, in order.
    pub fn entries(&self, origin: &OriginId, range: Range<u64>) -> impl Iterator<Item = Result<Entry>> + '_ {
        let origin = origin.clone();
        let end = self.log(&origin).map_or(range.end, |log| range.end.min(log.size()));
        (range.start..end).map(move |index| self.entry(&origin, index))
    }

    /// A blob, in memory.
    ///
    /// # Errors
    /// [`Error::NoEvidence`], or [`Error::Damaged`] when its content is not what its name says.
    pub fn evidence(&self, digest: &Digest) -> Result<Vec<u8>> {
        match self.open_evidence(digest)?.bytes() {
            // Interrupted in the middle of being destroyed.
            Err(Error::Damaged { .. }) if self.was_redacted(digest)? => {
                Err(Error::NoEvidence { digest: *digest, erased: true })
            }
            other => other,
        }
    }

    /// A blob, as a reader for bounded memory; it fails before its end if the content is not what its name says.
    ///
    /// # Errors
    /// [`Error::NoEvidence`].
    pub fn evidence_reader(&self, digest: &Digest) -> Result<impl Read + Send + use<>> {
        self.open_evidence(digest)
    }

    /// Whether a blob is here.
    ///
    /// # Errors
    /// The errors of the disk.
    pub fn has_evidence(&self, digest: &Digest) -> Result<bool> {
        Ok(evidence::open(&self.disk, &self.vault, digest)?.is_some())
    }

    fn open_evidence(&self, digest: &Digest) -> Result<evidence::EvidenceReader> {
        match evidence::open(&self.disk, &self.vault, digest)? {
            Some(reader) => Ok(reader),
            None => Err(Error::NoEvidence { digest: *digest, erased: self.was_redacted(digest)? }),
        }
    }

    /// The revocations that our own log states.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn revocations(&self) -> Result<Vec<Revocation>> {
        let mut found = Vec::new();
        for (entry, data) in self.own_bodies(&self.origin, kinds::KEY_REVOKED, 0..u64::MAX)? {
            let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
            found.push(Revocation {
                entry,
                origin: text("origin").parse()?,
                fingerprint: text("fingerprint"),
                trusted_to: data["trusted_to"].as_u64().unwrap_or(0),
                why: text("why"),
            });
        }
        Ok(found)
    }

    /// Stores a whole file that is a view, under the seal if there is one, durably and in one step.
    ///
    /// # Errors
    /// [`Error::BadName`] for a name with folders in it, and the errors of the disk.
    pub fn put_sealed_file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let relative = view_path(name)?;
        self.disk.make_folder("views")?;
        self.disk.replace(relative, &self.vault.seal(bytes)?)
    }

    /// What [`Archive::put_sealed_file`] stored, or none.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it cannot be opened.
    pub fn get_sealed_file(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let relative = view_path(name)?;
        let Some(stored) = self.disk.read_if_there(&relative)? else { return Ok(None) };
        self.vault.open_bytes(stored).map(Some).map_err(|error| error.at(&self.disk.path(&relative)))
    }

    pub(crate) fn log(&self, origin: &OriginId) -> Result<&Arc<Log>> {
        self.logs.get(origin).ok_or_else(|| Error::NoLog { origin: origin.clone() })
    }

    pub(crate) fn own_log(&self) -> Result<&Arc<Log>> {
        self.log(&self.origin)
    }

    /// The bodies of one of the archive's own kinds, in order; an erased one is passed over.
    pub(crate) fn own_bodies(
        &self,
        origin: &OriginId,
        kind: &str,
        range: Range<u64>,
    ) -> Result<Vec<(EntryRef, Value)>> {
        let log = self.log(origin)?;
        let mut found = Vec::new();
        for leaf in log.leaves(range) {
            let (index, leaf) = leaf?;
            if leaf.kind == kind
                && let Ok(bytes) = log.body(index, &leaf)?
            {
                found.push((EntryRef::new(origin, index), decode_body(&bytes)?.1));
            }
        }
        Ok(found)
    }

    pub(crate) fn work_factor(&self) -> Option<u8> {
        self.work_factor
    }

    /// Loads the secret key again (another process may have changed it) and checks that it is the one in force.
    fn check_signer(&mut self) -> Result<()> {
        let relative = keys::secret_path(&self.origin);
        let path = self.disk.path(&relative);
        if !self.disk.exists(&relative) {
            return Err(Error::KeyLost { origin: self.origin.clone(), path });
        }
        let log = Arc::clone(self.own_log()?);
        let in_force = log.chain.key_at(log.size());
        if self.signer.as_ref().is_none_or(|signer| signer.public != *in_force) {
            self.signer = keys::load_secret(&self.disk, &relative, &self.vault, self.unlock.as_ref())?;
        }
        match &self.signer {
            Some(signer) if signer.public == *in_force => Ok(()),
            Some(_) => Err(Error::damaged(&path, "it is not the key that signs this log")),
            None => Err(Error::Locked { what: format!("the key {}", path.display()) }),
        }
    }

    /// A register of a later format may hold what this program would break.
    fn check_format(&self) -> Result<()> {
        let made = self.entry(&self.origin, 0)?;
        let format = made.content().map_or(&Value::Null, |(_, data)| &data["format"]);
        if *format == FORMAT {
            return Ok(());
        }
        Err(Error::UnknownFormat {
            path: self.disk.root().to_owned(),
            found: format.to_string(),
            known: FORMAT,
        })
    }

    /// The account under which the archive itself writes.
    pub(crate) fn own_account(&self) -> AccountId {
        AccountId::from(&self.origin)
    }
}

/// The origin that a folder writes.
pub(crate) fn own_origin(disk: &Disk) -> Result<OriginId> {
    let Some(bytes) = disk.read_if_there(ORIGIN_FILE)? else {
        return Err(Error::NotARegister { path: disk.root().to_owned() });
    };
    let text = String::from_utf8(bytes).ok();
    let line = text.as_deref().and_then(|text| text.strip_suffix('\n'));
    let line = line.ok_or_else(|| Error::damaged(&disk.path(ORIGIN_FILE), "it holds no line"))?;
    line.parse().map_err(|error: Error| error.at(&disk.path(ORIGIN_FILE)))
}

/// Where a view file lies: `views/NAME`.
fn view_path(name: &str) -> Result<std::path::PathBuf> {
    let valid = !name.starts_with('.')
        && (1..=80).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if valid { Ok(Path::new("views").join(name)) } else { Err(Error::BadName { name: name.to_owned() }) }
}
