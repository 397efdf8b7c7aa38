//! Inclusion and consistency proofs of a register's logs, and the C2SP tlog-proof text that travels with a release.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::ids::{Digest, OriginId};
use crate::merkle::{leaf_hash, verify_inclusion};
use crate::note::{Checkpoint, VerifyingKey, decimal, strict_base64};
use crate::pack::Line;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// Shows that one entry is in a log, to somebody who has nothing but the log's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// The entry's index.
    pub index: u64,
    /// The sibling hashes, lowest first.
    pub path: Vec<Digest>,
    /// The signed size and root.
    pub checkpoint: Checkpoint,
}

impl InclusionProof {
    /// The proof as C2SP tlog-proof text: index, path and checkpoint. The leaf is not part of it.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\nindex {}\n", self.index);
        for hash in &self.path {
            text.push_str(&BASE64_STANDARD.encode(hash.as_bytes()));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint.text);
        text
    }

    /// The proof in such a text.
    ///
    /// # Errors
    /// [`Error::BadProof`] or [`Error::BadNote`] when it is not exactly one.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = |why: &str| Error::BadProof { why: why.to_owned() };
        let (head, checkpoint) = text.split_once("\n\n").ok_or_else(|| wrong("there is no empty line"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return Err(wrong("the first line is not that of a C2SP tlog-proof"));
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = decimal(index.ok_or_else(|| wrong("the second line is not an index"))?)?;
        let path = lines.map(|line| Ok(Digest::from_bytes(strict_base64(line)?))).collect::<Result<_>>()?;
        Ok(Self { index, path, checkpoint: Checkpoint::parse(checkpoint)? })
    }

    /// Checks the proof for a leaf: the signature by `key`, and the path from the leaf to the signed root.
    ///
    /// # Errors
    /// [`Error::BadNote`] or [`Error::BadProof`].
    pub fn check(&self, leaf: &[u8], key: &VerifyingKey) -> Result<()> {
        key.check(&self.checkpoint)?;
        let Checkpoint { size, root, .. } = &self.checkpoint;
        if verify_inclusion(&leaf_hash(leaf), self.index, *size, &self.path, root) {
            Ok(())
        } else {
            Err(Error::BadProof { why: format!("the leaf is not entry {} of the signed log", self.index) })
        }
    }
}

/// Checks a proof text for a leaf.
///
/// # Errors
/// [`Error::BadNote`] or [`Error::BadProof`].
pub fn check_proof_text(text: &str, leaf: &[u8], key: &VerifyingKey) -> Result<()> {
    InclusionProof::parse(text)?.check(leaf, key)
}

/// What a leaf commits to, opened: whoever has it can compute the commitment again.
///
/// Handing one out shows the whole body and its author's pseudonym, and cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The salt.
    pub salt: [u8; 32],
    /// The body as it was committed to: canonical JSON of author and data.
    pub body: String,
}

impl Archive {
    /// Signs a statement about this register (a release) with the key of its log, as a C2SP signed note.
    ///
    /// # Errors
    /// [`Error::Locked`] without the key; [`Error::BadNote`] for a text that a note cannot hold, or that could be taken
    /// for a checkpoint.
    pub fn sign_statement(&self, text: &str) -> Result<String> {
        let locked = || Error::Locked { what: format!("the key of {}", self.origin) };
        self.signer.as_ref().ok_or_else(locked)?.sign_statement(text)
    }

    /// What an entry's leaf commits to; none where the body was erased.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`], [`Error::Damaged`].
    pub fn opening(&self, origin: &OriginId, index: u64) -> Result<Option<Opening>> {
        let Line::Present { salt, body } = self.log(origin)?.line(index)? else { return Ok(None) };
        let text = |_| Error::NotCanonical { why: format!("the body of entry {index} is not UTF-8") };
        Ok(Some(Opening { salt, body: String::from_utf8(body).map_err(text)? }))
    }

    /// The leaf of an entry: the canonical bytes that are hashed into the log.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`].
    pub fn leaf(&self, origin: &OriginId, index: u64) -> Result<Vec<u8>> {
        self.log(origin)?.leaf_bytes(index)
    }

    /// The proof that an entry is in the log as its last checkpoint states it.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`].
    pub fn proof(&self, origin: &OriginId, index: u64) -> Result<InclusionProof> {
        let log = self.log(origin)?;
        let path = log.inclusion_proof(index, log.size())?;
        Ok(InclusionProof { index, path, checkpoint: log.checkpoint.clone() })
    }

    /// The audit path of entry `index` in the log's first `size` entries.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`], [`Error::RolledBack`] for a size that the log does not have.
    pub fn inclusion_proof(&self, origin: &OriginId, index: u64, size: u64) -> Result<Vec<Digest>> {
        self.log(origin)?.inclusion_proof(index, size)
    }

    /// The proof that a log's first `old` entries are the beginning of its first `new`.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::NoEntry`], [`Error::RolledBack`] for a size that the log does not have.
    pub fn consistency_proof(&self, origin: &OriginId, old: u64, new: u64) -> Result<Vec<Digest>> {
        self.log(origin)?.consistency_proof(old, new)
    }

    /// The root of a log's first `size` entries.
    ///
    /// # Errors
    /// [`Error::NoLog`], [`Error::RolledBack`] for a size that the log does not have.
    pub fn root_at(&self, origin: &OriginId, size: u64) -> Result<Digest> {
        self.log(origin)?.root_at(size)
    }
}
