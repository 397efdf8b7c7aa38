//! What makes a release checkable by others: the manifest, its signature, and proofs of entries in the log.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sijil_archive::{Archive, OriginId};

use crate::error::Result;

/// The first line of what is signed.
pub(crate) const STATEMENT: &str = "sijil-release/v1";

/// An entry with everything that shows it to stand in the log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EntryProof {
    /// The entry's number, counted from 0.
    pub index: u64,
    /// The leaf as it is hashed: canonical JSON.
    pub leaf: String,
    /// What the leaf commits to, where all of it is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opened>,
    /// The hashes from the leaf to the root, in base64.
    pub path: Vec<String>,
    /// The signed size and root.
    pub checkpoint: String,
}

/// A commitment opened: SHA-256 of salt and body is the leaf's `commit`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Opened {
    /// In hexadecimal digits.
    pub salt: String,
    /// Canonical JSON.
    pub body: String,
}

/// What the signature covers.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'a> {
    pub format: &'static str,
    /// The register's log.
    pub origin: String,
    /// The key that signs, as a C2SP verifier key.
    pub key: String,
    /// What people compare by telephone.
    pub fingerprint: String,
    /// The day of the release.
    pub made: &'a str,
    pub program: String,
    /// The log as it was when the release was made.
    pub checkpoint: String,
    /// The figures in it.
    pub figures: Vec<String>,
    /// SHA-256 of every file but this one, its signature, and the proof that was made after it.
    pub files: BTreeMap<&'a str, String>,
}

/// The proof that an entry stands in the log as its last checkpoint states it.
pub(crate) fn of_entry(archive: &Archive, origin: &OriginId, index: u64, open: bool) -> Result<EntryProof> {
    let proof = archive.proof(origin, index)?;
    let opening = if open { archive.opening(origin, index)? } else { None };
    Ok(EntryProof {
        index,
        leaf: String::from_utf8_lossy(&archive.leaf(origin, index)?).into_owned(),
        opening: opening.map(|opening| Opened { salt: hex::encode(opening.salt), body: opening.body }),
        path: proof.path.iter().map(|hash| BASE64_STANDARD.encode(hash.as_bytes())).collect(),
        checkpoint: proof.checkpoint.text,
    })
}

/// What is signed: the manifest's hash, in a form that nobody can take for a checkpoint.
pub(crate) fn statement(manifest_hash: &str, made: &str) -> String {
    format!("{STATEMENT}\nmanifest sha256 {manifest_hash}\nmade {made}\n")
}
