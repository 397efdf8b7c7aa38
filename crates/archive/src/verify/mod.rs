//! Verification: every hash, signature, tile, leaf, commitment and blob of a register folder, and what is there besides.
//!
//! It shares no state with the reading code: it goes through the folder once, finds all that is wrong instead of the first
//! thing, and calls each by its file and cause. What a crash may leave is told apart as a note, and what was erased
//! on purpose is listed with the entry that says so. `scripts/verify.py` does the same from `FORMATS.md` alone.

mod across;
mod evidence;
mod log;
mod names;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::archive::own_origin;
use crate::disk::Disk;
use crate::error::{Error, Result};
use crate::ids::{AccountId, Digest, EntryRef, OriginId};
use crate::keys::{Fingerprint, Passphrase};
use crate::lock::Lock;
use crate::note::Checkpoint;
use crate::pack::pack_folder;
use crate::tiles::log_folder;
use crate::vault::Vault;
use log::LogFacts;

/// What to verify against.
#[derive(Clone, Debug, Default)]
pub struct VerifyOptions {
    /// Opens a sealed register. Without it only its logs can be verified, and the report says so.
    pub unlock: Option<Passphrase>,
    /// A checkpoint that somebody kept: the text of one of the logs' `checkpoint` files at an earlier time.
    /// Without it, an old copy of the whole register looks sound.
    pub against: Option<String>,
}

/// What verification found.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// The logs, by origin.
    pub logs: Vec<OriginReport>,
    /// What is wrong, by file.
    pub findings: Vec<Finding>,
    /// What is not wrong and yet worth knowing: leavings of an interrupted batch, what could not be verified.
    pub notes: Vec<Finding>,
    /// What was erased, and by which entry.
    pub erased: Vec<ErasedItem>,
    /// How many blobs were read and hashed.
    pub blobs: u64,
    /// How many bytes these hold.
    pub bytes: u64,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One file and what is wrong with it (or, in a note, worth knowing).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file or folder, below the register's.
    pub path: String,
    /// The cause.
    pub cause: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.cause)
    }
}

/// One log, as far as it could be verified.
#[derive(Clone, Debug)]
pub struct OriginReport {
    /// The log.
    pub origin: OriginId,
    /// Whether this folder writes it.
    pub own: bool,
    /// Its number of entries.
    pub size: u64,
    /// Its root.
    pub root: Digest,
    /// The key that signs it now.
    pub fingerprint: Fingerprint,
    /// Entries made while the key may have been in other hands, as a revocation says.
    pub doubtful: Vec<Range<u64>>,
}

/// Something that was destroyed on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasedItem {
    /// The body of an entry.
    Body {
        /// The entry.
        entry: EntryRef,
        /// The entry that says so.
        by: EntryRef,
        /// Who erased it.
        who: AccountId,
        /// Why.
        why: String,
    },
    /// A blob.
    Evidence {
        /// Its digest.
        old: Digest,
        /// What stands in its place.
        new: Option<Digest>,
        /// The entry that says so.
        by: EntryRef,
    },
}

/// How long a second look waits for a writer to finish.
const WAIT: Duration = Duration::from_secs(30);

/// Verifies a register folder. Everything that is wrong is in the report; this never stops at the first thing.
///
/// What a writer is just moving may look wrong, so where something was found it is looked at again with writers kept out.
pub fn verify(folder: &Path, options: &VerifyOptions) -> VerifyReport {
    let report = look(folder, options);
    if report.findings.is_empty() {
        return report;
    }
    Lock::keep_writers_out(&Disk::new(folder), WAIT).map_or(report, |_writers_are_out| look(folder, options))
}

fn look(folder: &Path, options: &VerifyOptions) -> VerifyReport {
    let mut verifier = Verifier::new(folder);
    if let Err(error) = verifier.run(options) {
        verifier.finding(".", error.to_string());
    }
    verifier.report.findings.sort();
    verifier.report.findings.dedup();
    verifier.report.notes.sort();
    verifier.report
}

/// The state of one verification.
struct Verifier {
    disk: Disk,
    own: Option<OriginId>,
    vault: Arc<Vault>,
    origins: Vec<OriginId>,
    logs: BTreeMap<OriginId, LogFacts>,
    report: VerifyReport,
}

impl Verifier {
    fn new(folder: &Path) -> Self {
        Self {
            disk: Disk::new(folder),
            own: None,
            vault: Arc::new(Vault::Plain),
            origins: Vec::new(),
            logs: BTreeMap::new(),
            report: VerifyReport::default(),
        }
    }

    fn run(&mut self, options: &VerifyOptions) -> Result<()> {
        match own_origin(&self.disk) {
            Ok(origin) => self.own = Some(origin),
            Err(error) => self.finding("origin", error.to_string()),
        }
        self.vault = Arc::new(Vault::open(&self.disk, options.unlock.as_ref())?);
        if self.vault.is_closed() {
            self.note(
                "keys/vault",
                "the register is sealed: without its passphrase, bodies and evidence were not verified",
            );
        }
        self.check_logs()?;
        if let Some(own) = self.own.clone().filter(|own| !self.logs.contains_key(own)) {
            self.finding(
                &format!("log/{own}"),
                "the log that this register writes is missing or cannot be read",
            );
        }
        self.check_names()?;
        self.check_keys(options)?;
        self.check_seen();
        self.check_erasures();
        if !self.vault.is_closed() {
            self.check_evidence()?;
        }
        if let Some(text) = &options.against {
            self.check_against(text);
        }
        self.list_logs();
        Ok(())
    }

    fn check_logs(&mut self) -> Result<()> {
        self.origins = self.find_origins()?;
        for origin in self.origins.clone() {
            if self.has_not_arrived(&origin) {
                self.note_leavings(&origin)?;
                continue;
            }
            let is_own = self.own.as_ref() == Some(&origin);
            let facts = log::check(&self.disk, &self.vault, &origin, is_own, &mut self.report);
            if let Some(facts) = facts {
                self.logs.insert(origin, facts);
            }
        }
        Ok(())
    }

    /// Every origin that has a log or bodies here.
    fn find_origins(&mut self) -> Result<Vec<OriginId>> {
        let mut origins = Vec::new();
        for folder in ["log", "bodies"] {
            for name in self.disk.names(folder)? {
                match name.parse() {
                    Ok(origin) => origins.push(origin),
                    Err(_) => self.finding(
                        &format!("{folder}/{name}"),
                        "a stray file: it is not the name of an origin",
                    ),
                }
            }
        }
        origins.sort();
        origins.dedup();
        Ok(origins)
    }

    /// Whether this is what a crash leaves of a log that was about to be received for the first time.
    /// Where our log has seen it, that it is missing is found later.
    fn has_not_arrived(&self, origin: &OriginId) -> bool {
        self.own.as_ref() != Some(origin) && !self.disk.exists(log_folder(origin).join("checkpoint"))
    }

    fn note_leavings(&mut self, origin: &OriginId) -> Result<()> {
        for folder in [log_folder(origin), pack_folder(origin)] {
            for file in self.disk.files(&folder)? {
                let path = folder.join(file).display().to_string();
                self.note(&path, "of a log whose receiving was not finished; the next writer removes it");
            }
        }
        Ok(())
    }

    /// The register must continue the checkpoint that somebody kept.
    fn check_against(&mut self, text: &str) {
        let cause = match Checkpoint::parse(text) {
            Err(error) => {
                Some((".".to_owned(), format!("the checkpoint to verify against cannot be used: {error}")))
            }
            Ok(kept) => {
                let path = format!("log/{}/checkpoint", kept.origin);
                match self.logs.get(&kept.origin) {
                    None => {
                        Some((path, "the log of the checkpoint to verify against is not here".to_owned()))
                    }
                    Some(log) => log.continues(&kept).map(|cause| (path, cause)),
                }
            }
        };
        if let Some((path, cause)) = cause {
            self.finding(&path, cause);
        }
    }

    fn list_logs(&mut self) {
        for log in self.logs.values() {
            self.report.logs.push(OriginReport {
                origin: log.origin.clone(),
                own: self.own.as_ref() == Some(&log.origin),
                size: log.checkpoint.size,
                root: log.checkpoint.root,
                fingerprint: Fingerprint::of(log.chain.key_at(log.checkpoint.size)),
                doubtful: log.doubtful.clone(),
            });
        }
    }

    fn finding(&mut self, path: &str, cause: impl Into<String>) {
        self.report.finding(path, cause);
    }

    fn note(&mut self, path: &str, cause: impl Into<String>) {
        self.report.note(path, cause);
    }
}

impl VerifyReport {
    fn finding(&mut self, path: &str, cause: impl Into<String>) {
        self.findings.push(Finding { path: path.to_owned(), cause: cause.into() });
    }

    fn note(&mut self, path: &str, cause: impl Into<String>) {
        self.notes.push(Finding { path: path.to_owned(), cause: cause.into() });
    }
}

/// The cause in an error, without the path that a finding already names.
fn cause(error: Error) -> String {
    match error {
        Error::Damaged { why, .. } => why,
        Error::Io { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}
