//! A batch: evidence and entries that become durable together, or not at all. Saving it is in `commit.rs`.

use std::io::Read;

use serde_json::{Value, json};

use crate::archive::Archive;
use crate::clock::{Clock, minute};
use crate::entry::{BODY_LIMIT, Leaf, check_kind, commit, encode_body, kinds};
use crate::error::{Error, Result};
use crate::evidence::Incoming;
use crate::ids::{AccountId, Digest, OriginId};
use crate::keys::{Fingerprint, Passphrase};
use crate::lock::Lock;
use crate::note::SigningKey;
use crate::pack::Line;
use crate::receive::Landing;
use crate::writer::Tail;

/// What the archive's own entries may hold above the limit of others: an erasure wraps bodies that were at it.
const OWN_LIMIT: usize = BODY_LIMIT + 2_000;

/// Entries in one batch. A list of a million rows is one document and one result, not a million entries.
pub(crate) const BATCH_LIMIT: u64 = 1 << 16;

/// Digests in one entry `evidence.kept`.
const KEPT_TOGETHER: usize = 800;

/// A batch in the making. Dropped without [`Batch::commit`], it leaves no trace.
pub struct Batch<'a> {
    pub(crate) archive: &'a mut Archive,
    clock: &'a dyn Clock,
    _lock: Lock,
    pub(crate) tail: Tail,
    pub(crate) first: u64,
    pub(crate) lines: Vec<Line>,
    /// Blobs that this origin keeps, to be listed in an entry.
    pub(crate) incoming: Incoming,
    /// Blobs that a foreign log lists already.
    pub(crate) received: Incoming,
    pub(crate) landings: Vec<Landing>,
    pub(crate) next_key: Option<NextKey>,
    /// Set before the checkpoint is put in place: from then on, what is in `incoming` may be part of the log.
    pub(crate) placed: bool,
}

/// A key that takes over with the batch's checkpoint.
pub(crate) struct NextKey {
    pub(crate) key: SigningKey,
    pub(crate) stored: Vec<u8>,
}

impl<'a> Batch<'a> {
    pub(crate) fn start(archive: &'a mut Archive, lock: Lock, tail: Tail, clock: &'a dyn Clock) -> Self {
        Self {
            archive,
            clock,
            _lock: lock,
            first: tail.size(),
            tail,
            lines: Vec::new(),
            incoming: Incoming::default(),
            received: Incoming::default(),
            landings: Vec::new(),
            next_key: None,
            placed: false,
        }
    }

    /// The archive as it was before this batch.
    pub fn archive(&self) -> &Archive {
        self.archive
    }

    /// The index that the next entry gets.
    pub fn next_index(&self) -> u64 {
        self.tail.size()
    }

    /// Stores a blob and returns its digest. Storing the same bytes again changes nothing.
    ///
    /// # Errors
    /// The errors of the disk.
    pub fn put_evidence(&mut self, bytes: &[u8]) -> Result<Digest> {
        self.incoming.store_bytes(&self.archive.disk, &self.archive.vault, bytes)
    }

    /// Stores what a reader gives, of any length, in bounded memory.
    ///
    /// # Errors
    /// The errors of the reader and of the disk.
    pub fn put_evidence_from(&mut self, mut reader: impl Read) -> Result<Digest> {
        self.incoming.store(&self.archive.disk, &self.archive.vault, &mut reader)
    }

    /// Appends an entry and returns its index. It is saved by [`Batch::commit`], not before.
    ///
    /// # Errors
    /// [`Error::BodyTooLarge`] above [`BODY_LIMIT`], [`Error::NotCanonical`] for a fraction or a large integer,
    /// [`Error::BadKind`], [`Error::BatchTooLarge`], and [`Error::OwnKind`] for the kinds that the archive itself writes.
    pub fn append(&mut self, kind: &str, body: impl Into<Value>, author: &AccountId) -> Result<u64> {
        check_kind(kind)?;
        if kinds::OWN.contains(&kind) {
            return Err(Error::OwnKind { kind: kind.to_owned() });
        }
        self.push(kind, &body.into(), author, BODY_LIMIT)
    }

    /// Appends an entry of the archive itself, authored by the origin.
    pub(crate) fn append_own(&mut self, kind: &str, body: &Value) -> Result<u64> {
        let author = self.archive.own_account();
        self.append_own_by(kind, body, &author)
    }

    /// Appends an entry of one of the archive's kinds that a person caused.
    pub(crate) fn append_own_by(&mut self, kind: &str, body: &Value, author: &AccountId) -> Result<u64> {
        self.push(kind, body, author, OWN_LIMIT)
    }

    fn push(&mut self, kind: &str, body: &Value, author: &AccountId, limit: usize) -> Result<u64> {
        let body = encode_body(author, body)?;
        if body.len() > limit {
            return Err(Error::BodyTooLarge { kind: kind.to_owned(), bytes: body.len(), limit });
        }
        if self.tail.size() - self.first >= BATCH_LIMIT {
            return Err(Error::BatchTooLarge { limit: BATCH_LIMIT });
        }
        let salt: [u8; 32] = rand::random();
        let leaf = Leaf {
            kind: kind.to_owned(),
            origin: self.archive.origin.clone(),
            time: minute(self.clock),
            commit: commit(&salt, &body),
        };
        let index = self.tail.size();
        self.tail.push(&leaf.encode()?);
        self.lines.push(Line::Present { salt, body });
        Ok(index)
    }

    /// Lists the blobs of this batch in entries, so that a missing one is noticed.
    pub(crate) fn list_evidence(&mut self) -> Result<()> {
        let digests: Vec<Digest> = self.incoming.staged.keys().copied().collect();
        for part in digests.chunks(KEPT_TOGETHER) {
            self.append_own(kinds::EVIDENCE_KEPT, &json!({ "digests": part }))?;
        }
        Ok(())
    }

    /// Gives the log a new key: entries `key.made` and `key.revoked`, and a handover signed by the old key.
    ///
    /// The old key's signatures stand up to the entry index `trusted_to` (default: everything so far). A smaller one
    /// says that the key may have been in other hands since; `verify` then marks the entries between as doubtful.
    /// In a sealed register the new key is sealed and `passphrase` is not used.
    ///
    /// # Errors
    /// The errors of the disk and of the cipher.
    pub fn change_key(
        &mut self,
        trusted_to: Option<u64>,
        why: &str,
        author: &AccountId,
        passphrase: Option<&Passphrase>,
    ) -> Result<Fingerprint> {
        let origin = self.archive.origin.clone();
        let old = self.archive.fingerprint(&origin)?;
        let key = SigningKey::generate(Some(&origin));
        let fingerprint = Fingerprint::of(&key.public);
        let (vault, work) = (&self.archive.vault, self.archive.work_factor());
        let stored = crate::keys::store_secret(&key, vault, passphrase, work)?;
        let made = json!({ "origin": origin, "key": key.public.to_string(), "fingerprint": fingerprint.to_string() });
        self.append_own_by(kinds::KEY_MADE, &made, author)?;
        let trusted_to = trusted_to.unwrap_or(self.first).min(self.first);
        self.append_revocation(&origin, &old, trusted_to, why, author)?;
        self.next_key = Some(NextKey { key, stored });
        Ok(fingerprint)
    }

    /// States that another origin's key is no longer to be believed: [`Batch::receive`] then refuses its log beyond `trusted_to`.
    ///
    /// # Errors
    /// [`Error::NoLog`] for an origin that was never seen.
    pub fn revoke(
        &mut self,
        origin: &OriginId,
        trusted_to: u64,
        why: &str,
        author: &AccountId,
    ) -> Result<u64> {
        let fingerprint = self.archive.fingerprint(origin)?;
        self.append_revocation(origin, &fingerprint, trusted_to, why, author)
    }

    fn append_revocation(
        &mut self,
        origin: &OriginId,
        fingerprint: &Fingerprint,
        trusted_to: u64,
        why: &str,
        author: &AccountId,
    ) -> Result<u64> {
        let body = json!({
            "origin": origin, "fingerprint": fingerprint.to_string(), "trusted_to": trusted_to, "why": why,
        });
        self.append_own_by(kinds::KEY_REVOKED, &body, author)
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if !self.placed {
            self.incoming.abandon(&self.archive.disk);
            self.received.abandon(&self.archive.disk);
        }
    }
}
