//! Evidence: blobs of any size, named by the SHA-256 of what they hold, read in bounded memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::disk::{Disk, INCOMING};
use crate::error::{Error, Result};
use crate::ids::Digest;
use crate::vault::Vault;

const CHUNK: usize = 64 * 1024;

/// Where a blob lies once its batch is saved.
pub(crate) fn kept_path(name: &str) -> PathBuf {
    PathBuf::from("evidence").join(&name[..2]).join(&name[2..])
}

/// Where a blob lies while its batch is being written.
pub(crate) fn incoming_path(name: &str) -> PathBuf {
    Path::new(INCOMING).join(name)
}

/// Whether this is the name of a blob: 64 lower-case hexadecimal digits, digest or keyed.
pub(crate) fn is_name(name: &str) -> bool {
    name.parse::<Digest>().is_ok()
}

/// Opens a blob, wherever it lies. A blob moves from `incoming` to its place while readers look.
pub(crate) fn open(disk: &Disk, vault: &Vault, digest: &Digest) -> Result<Option<EvidenceReader>> {
    let name = vault.evidence_name(digest);
    for relative in [kept_path(&name), incoming_path(&name), kept_path(&name)] {
        let path = disk.path(relative);
        match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => {
                let file = opened.map_err(|error| Error::io(&path, error))?;
                let inner =
                    vault.reader(BufReader::with_capacity(CHUNK, file)).map_err(|error| error.at(&path))?;
                return Ok(Some(EvidenceReader { inner, hash: Sha256::new(), expected: *digest, path }));
            }
        }
    }
    Ok(None)
}

/// Reads a blob and checks its digest: the end is only reached if every byte was right.
pub struct EvidenceReader {
    inner: Box<dyn Read + Send>,
    hash: Sha256,
    expected: Digest,
    path: PathBuf,
}

impl Read for EvidenceReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() {
            let found = Digest::from_bytes(self.hash.clone().finalize().into());
            if found != self.expected {
                let why = format!("its content has the SHA-256 {found}, not {}", self.expected);
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
        }
        Ok(count)
    }
}

impl EvidenceReader {
    /// Reads to the end, into memory.
    pub(crate) fn bytes(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes).map_err(|error| damage(&self.path, error))?;
        Ok(bytes)
    }
}

/// A read error of a blob: its content, or the disk.
pub(crate) fn damage(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Error::damaged(path, error.to_string()),
        _ => Error::io(path, error),
    }
}

/// The blobs of a batch that is being written.
#[derive(Default)]
pub(crate) struct Incoming {
    /// Names in the incoming folder, by digest.
    pub(crate) staged: BTreeMap<Digest, String>,
}

impl Incoming {
    /// Stores what `reader` gives, in bounded memory. Storing the same bytes again changes nothing.
    pub(crate) fn store(&mut self, disk: &Disk, vault: &Vault, reader: &mut dyn Read) -> Result<Digest> {
        let temporary = disk.temporary_name();
        let digest = match write_blob(disk, vault, &temporary, reader) {
            Ok(digest) => digest,
            Err(error) => {
                // The error is what matters; what is left in `incoming` goes with the next batch.
                disk.remove(&temporary).ok();
                return Err(error);
            }
        };
        if self.is_stored(disk, vault, &digest) {
            disk.remove(&temporary)?;
        } else {
            let name = vault.evidence_name(&digest);
            disk.rename(&temporary, incoming_path(&name))?;
            self.staged.insert(digest, name);
        }
        Ok(digest)
    }

    /// The same for bytes in memory, whose name is known before anything is written.
    pub(crate) fn store_bytes(&mut self, disk: &Disk, vault: &Vault, bytes: &[u8]) -> Result<Digest> {
        let digest = Digest::of(bytes);
        if !self.is_stored(disk, vault, &digest) {
            let name = vault.evidence_name(&digest);
            disk.write(incoming_path(&name), &vault.seal(bytes)?)?;
            self.staged.insert(digest, name);
        }
        Ok(digest)
    }

    fn is_stored(&self, disk: &Disk, vault: &Vault, digest: &Digest) -> bool {
        self.staged.contains_key(digest) || disk.exists(kept_path(&vault.evidence_name(digest)))
    }

    /// Moves the blobs to their places, after their batch was saved.
    pub(crate) fn settle(&mut self, disk: &Disk) -> Result<()> {
        while let Some((_, name)) = self.staged.pop_first() {
            settle(disk, &name)?;
        }
        Ok(())
    }

    /// Removes the blobs of a batch that will not be saved.
    pub(crate) fn abandon(&mut self, disk: &Disk) {
        while let Some((_, name)) = self.staged.pop_first() {
            // What cannot be removed now is removed by the next writer.
            disk.remove(incoming_path(&name)).ok();
        }
    }
}

/// Moves one blob from `incoming` to its place.
pub(crate) fn settle(disk: &Disk, name: &str) -> Result<()> {
    let kept = kept_path(name);
    if let Some(folder) = kept.parent() {
        disk.make_folder(folder)?;
    }
    disk.rename(incoming_path(name), &kept)
}

fn write_blob(disk: &Disk, vault: &Vault, to: &Path, reader: &mut dyn Read) -> Result<Digest> {
    let path = disk.path(to);
    let mut hash = Sha256::new();
    let mut writer = vault.writer(disk.create(to)?)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = match reader.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other.map_err(|error| Error::io(Path::new("the source of evidence"), error))?,
        };
        if count == 0 {
            break;
        }
        hash.update(&chunk[..count]);
        writer.write_all(&chunk[..count]).map_err(|error| Error::io(&path, error))?;
    }
    writer.finish().map_err(|error| Error::io(&path, error))?;
    Ok(Digest::from_bytes(hash.finalize().into()))
}
