//! Two registers meet: another folder's logs, bodies and evidence are copied as received, and ours says what it saw.
//!
//! Nothing is taken on trust. A log is accepted if its key is the one that it is named after, its checkpoint is signed,
//! its entries lead to the signed root, it continues what was seen of it before, its bodies are what its leaves commit to,
//! and its evidence is what its names say.

use std::path::Path;

use serde_json::json;

use crate::archive::Archive;
use crate::batch::Batch;
use crate::disk::Disk;
use crate::entry::{Leaf, decode_body, kinds};
use crate::erase::{self, Fate};
use crate::error::{Error, Result};
use crate::evidence;
use crate::ids::{Digest, EntryRef, OriginId};
use crate::keys::{Fingerprint, Passphrase, handover_path, public_path};
use crate::log::Log;
use crate::note::Checkpoint;
use crate::order::Seen;
use crate::pack::{self, Line, pack_folder, pack_path};
use crate::vault::Vault;
use crate::writer::Tail;

/// What came of meeting another register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reception {
    /// A line for every log that the other register holds, by origin.
    pub logs: Vec<(OriginId, Received)>,
    /// How many blobs were copied.
    pub blobs: u64,
}

/// What came of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is ours; their copy is a beginning of it.
    Ours,
    /// We had all of it.
    Known,
    /// Theirs is older than ours, and a beginning of it.
    Older,
    /// Entries `from..to` are new.
    New {
        /// The size that we had.
        from: u64,
        /// The size now.
        to: u64,
    },
}

/// A foreign log's new end, to be put in place with the batch.
pub(crate) struct Landing {
    pub(crate) origin: OriginId,
    pub(crate) checkpoint: Checkpoint,
    public_key: String,
    /// Whether nothing of the log was here; its key must not be written over, a crash could tear it.
    is_first: bool,
    handovers: Vec<Checkpoint>,
    tail: Tail,
    packs: Vec<(u64, Vec<Line>)>,
}

impl Landing {
    /// Writes keys, tiles and bodies; the checkpoint follows when they are durable.
    pub(crate) fn write(&mut self, disk: &Disk, vault: &Vault) -> Result<()> {
        self.tail.write(disk)?;
        if self.is_first {
            disk.write(public_path(&self.origin), self.public_key.as_bytes())?;
        }
        for handover in &self.handovers {
            disk.write(handover_path(&self.origin, handover.size), handover.text.as_bytes())?;
        }
        disk.make_folder(pack_folder(&self.origin))?;
        for (first, lines) in &self.packs {
            disk.write(pack_path(&self.origin, *first), &vault.seal(&pack::encode(lines)?)?)?;
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Receives every log in another register's folder, and appends `log.seen` for each that has something new.
    ///
    /// # Errors
    /// [`Error::Forked`] when a log has two histories, [`Error::RolledBack`] when they have seen more of our log than there
    /// is, [`Error::Revoked`], [`Error::Damaged`] for whatever does not hold. Nothing is received then.
    pub fn receive(&mut self, other: &Path, unlock: Option<&Passphrase>) -> Result<Reception> {
        let other = Archive::open(other, unlock)?;
        let mut reception = Reception::default();
        for (origin, theirs) in &other.logs {
            let received = if *origin == self.archive.origin {
                self.compare_ours(theirs)?
            } else {
                self.receive_log(&other, theirs, &mut reception.blobs)?
            };
            reception.logs.push((origin.clone(), received));
        }
        Ok(reception)
    }

    /// Their copy of our log must be a beginning of it; a longer one means that ours is an old copy.
    fn compare_ours(&self, theirs: &Log) -> Result<Received> {
        let ours = self.archive.own_log()?;
        if theirs.size() > ours.size() {
            let (origin, found, seen) = (ours.origin.clone(), ours.size(), theirs.size());
            return Err(Error::RolledBack { origin, found, seen });
        }
        same_history(ours, theirs.size(), &theirs.checkpoint.root)?;
        Ok(Received::Ours)
    }

    fn receive_log(&mut self, other: &Archive, theirs: &Log, blobs: &mut u64) -> Result<Received> {
        self.check_revocations(theirs)?;
        let held = self.archive.logs.get(&theirs.origin).cloned();
        let from = held.as_ref().map_or(0, |log| log.size());
        let seen = self.archive.seen_at(u64::MAX)?.get(&theirs.origin).copied().unwrap_or(0);
        if let Some(held) = &held {
            let common = from.min(theirs.size());
            let same_keys = held.chain.key_at(common) == theirs.chain.key_at(common);
            if !same_keys || held.root_at(common)? != theirs.root_at(common)? {
                return Err(Error::Forked { origin: theirs.origin.clone(), size: common });
            }
            // What we hold and have not stated as seen, for a crash, is stated now.
            if theirs.size() <= seen {
                return Ok(if theirs.size() < from { Received::Older } else { Received::Known });
            }
        }
        if theirs.size() > from {
            let landing = land(other, theirs, held.as_deref())?;
            self.landings.push(landing);
        }
        *blobs += self.receive_evidence(other, theirs, seen)?;
        self.state_seen(theirs)?;
        Ok(Received::New { from: seen, to: theirs.size() })
    }

    /// Entries beyond what a revocation trusts are refused, also under a key that the revoked one handed over to: a thief
    /// could have done that as well.
    fn check_revocations(&self, theirs: &Log) -> Result<()> {
        for revoked in
            self.archive.revocations()?.into_iter().filter(|revoked| revoked.origin == theirs.origin)
        {
            let in_force = Fingerprint::of(theirs.chain.key_at(revoked.trusted_to)).to_string();
            if revoked.fingerprint == in_force && theirs.size() > revoked.trusted_to {
                let (origin, trusted_to, size) = (revoked.origin, revoked.trusted_to, theirs.size());
                return Err(Error::Revoked { origin, trusted_to, size });
            }
        }
        Ok(())
    }

    fn state_seen(&mut self, theirs: &Log) -> Result<()> {
        let seen = Seen {
            origin: theirs.origin.clone(),
            size: theirs.size(),
            root: theirs.checkpoint.root,
            key: theirs.chain.first().to_string(),
        };
        self.append_own(kinds::LOG_SEEN, &json!(seen))?;
        Ok(())
    }

    /// Copies the blobs that the log's new entries list, unless they or we redacted them.
    fn receive_evidence(&mut self, other: &Archive, theirs: &Log, from: u64) -> Result<u64> {
        let theirs_required = other.blob_fates()?;
        let ours = self.archive.blob_states(&self.archive.origin, u64::MAX)?;
        let states = other.blob_states(&theirs.origin, theirs.size())?;
        let known = match self.archive.logs.get(&theirs.origin) {
            Some(_) => self.archive.blob_states(&theirs.origin, from)?,
            None => Default::default(),
        };
        let mut copied = 0;
        for (digest, kept) in states {
            let wanted = kept && known.get(&digest) != Some(&true) && ours.get(&digest) != Some(&false);
            if wanted
                && theirs_required.get(&digest) == Some(&Fate::Required)
                && !self.archive.has_evidence(&digest)?
            {
                copied += u64::from(self.copy_blob(other, &digest)?);
            }
        }
        Ok(copied)
    }

    fn copy_blob(&mut self, other: &Archive, digest: &Digest) -> Result<bool> {
        let reader = evidence::open(&other.disk, &other.vault, digest)?;
        let mut reader = reader.ok_or(Error::NoEvidence { digest: *digest, erased: false })?;
        let path = other.disk.path("evidence");
        let stored = self.received.store(&self.archive.disk, &self.archive.vault, &mut reader);
        let stored = stored.map_err(|error| match error {
            Error::Io { source, .. } if source.kind() == std::io::ErrorKind::InvalidData => {
                evidence::damage(&path, source)
            }
            other => other,
        })?;
        Ok(stored == *digest)
    }
}

/// What is new of a log, with its entries shown to lead from what is held to the signed root.
fn land(other: &Archive, theirs: &Log, held: Option<&Log>) -> Result<Landing> {
    let from = held.map_or(0, Log::size);
    let mut tail = held.map_or_else(|| Ok(Tail::empty(&theirs.origin)), Tail::of)?;
    for index in from..theirs.size() {
        tail.push(&theirs.leaf_bytes(index)?);
    }
    if tail.root() != theirs.checkpoint.root {
        let why = format!("the entries of {} do not lead to its root", theirs.origin);
        return Err(Error::damaged(&other.disk.path("log"), why));
    }
    let handovers = theirs.chain.handovers(theirs.size()).filter(|handover| handover.size > from);
    Ok(Landing {
        origin: theirs.origin.clone(),
        checkpoint: theirs.checkpoint.clone(),
        public_key: format!("{}\n", theirs.chain.first()),
        is_first: held.is_none(),
        handovers: handovers.cloned().collect(),
        tail,
        packs: check_packs(other, theirs, from)?,
    })
}

/// The new packs of a log, each body compared with its leaf, each erasure with the entry that states it.
fn check_packs(other: &Archive, theirs: &Log, from: u64) -> Result<Vec<(u64, Vec<Line>)>> {
    let mut packs = Vec::new();
    for batch in theirs.batches().into_iter().filter(|batch| batch.start >= from) {
        let lines = theirs.lines(batch.start)?.to_vec();
        let path = other.disk.path(pack_path(&theirs.origin, batch.start));
        if lines.len() as u64 != batch.end - batch.start {
            return Err(Error::damaged(&path, "it has another number of lines than its batch has entries"));
        }
        for index in batch.clone() {
            let leaf: Leaf = theirs.leaf(index)?;
            if leaf.origin != theirs.origin {
                return Err(Error::damaged(&path, format!("entry {index} is of another origin")));
            }
            match theirs.body(index, &leaf)? {
                Ok(body) => drop(decode_body(&body)?),
                Err(by) => drop(erase::replacement(other, &by, &EntryRef::new(&theirs.origin, index))?),
            }
        }
        packs.push((batch.start, lines));
    }
    Ok(packs)
}

/// The first `size` entries of a log must have that root.
fn same_history(log: &Log, size: u64, root: &Digest) -> Result<()> {
    if log.root_at(size)? == *root { Ok(()) } else { Err(Error::Forked { origin: log.origin.clone(), size }) }
}
