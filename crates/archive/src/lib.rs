//! The truth of a register folder: evidence, append-only logs, bodies, commitments, signatures, proofs, sealing and verification.
//!
//! A register folder holds (see `FORMATS.md` for every byte):
//!
//! ```text
//! origin                 the id of the log that this folder writes
//! log/ORIGIN/            one RFC 6962 log per origin: C2SP tlog-tiles and a signed checkpoint
//! bodies/ORIGIN/N.pack   the bodies of one batch of entries, each with its salt; may be erased
//! evidence/ab/cdef…      blobs, named by SHA-256 (by a keyed name in a sealed register)
//! incoming/              blobs of a batch on their way into `evidence/`
//! keys/                  public keys, our secret key, the sealing key
//! ```
//!
//! What this crate does not do: it does not know what an entry *means* (the register does), it holds
//! no database, and it never reads a document.
//!
//! # One batch
//!
//! ```
//! use serde_json::json;
//! use sijil_archive::{AccountId, Archive, Body, Settings};
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().join("register");
//! let clock = || 1_448_668_800; // an argument, so that tests are deterministic
//! let mut archive = Archive::create(&folder, &Settings::default(), &clock)?;
//! let author: AccountId = "recorder-1".parse()?;
//!
//! let mut batch = archive.begin(&clock)?;
//! let document = batch.put_evidence("قُتل ثلاثة أطفال في تل الزيتون".as_bytes())?;
//! let index = batch.append("document.added", json!({ "document": document }), &author)?;
//! let checkpoint = batch.commit()?; // durable from here on, and not before
//!
//! let entry = archive.entry(archive.origin(), index)?;
//! assert!(matches!(entry.body, Body::Present { .. }));
//! assert!(checkpoint.size > index);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod archive;
mod batch;
mod canonical;
mod clock;
mod commit;
mod disk;
mod entry;
mod erase;
mod error;
mod evidence;
mod ids;
mod keys;
mod lock;
mod log;
mod merkle;
mod note;
mod order;
mod pack;
mod proof;
mod receive;
mod recover;
mod tiles;
mod vault;
mod verify;
mod writer;

pub use archive::{Archive, Settings};
pub use batch::Batch;
pub use canonical::{canonical, parse_canonical};
pub use clock::{Clock, SystemClock};
pub use disk::{Disk, Observer, Operation};
pub use entry::{BODY_LIMIT, Body, Entry, Replacement};
pub use erase::{Destruction, Erasure};
pub use error::{Error, Result};
pub use ids::{AccountId, Digest, EntryRef, OriginId};
pub use keys::{Fingerprint, Passphrase, Revocation};
pub use merkle::{leaf_hash, node_hash, verify_consistency, verify_inclusion};
pub use note::{Checkpoint, VerifyingKey};
pub use order::{Ordered, Placed};
pub use proof::{InclusionProof, Opening, check_proof_text};
pub use receive::{Received, Reception};
pub use vault::is_sealed;
pub use verify::{ErasedItem, Finding, OriginReport, VerifyOptions, VerifyReport, verify};
