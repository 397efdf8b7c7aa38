//! A register opened for work: the archive and the view of it, kept in step.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sijil_archive::{AccountId, Archive, Batch, Body, Clock, Digest, Error, Passphrase, Placed, Settings};

use crate::event::{Adopted, Event};
use crate::view::{Blobs, Incoming, View, check_made};
use crate::{RegisterError, Result, records};

/// The view's file in the folder.
const DATABASE: &str = "register.db";

/// The view while it is being made again.
const FRESH_DATABASE: &str = "register.db.new";

/// What SQLite appends to the names of the files beside a database; the database itself comes first.
const SIDE_FILES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// The view's name in a sealed register.
const SEALED_DATABASE: &str = "register.db.sealed";

/// A register folder, opened.
pub struct Register {
    archive: Archive,
    view: View,
}

impl Register {
    /// Makes a register in a new or empty folder.
    ///
    /// # Errors
    /// Those of the archive: a folder that is not empty, a disk that is full or read-only.
    pub fn create(folder: &Path, settings: &Settings, clock: &dyn Clock) -> Result<Self> {
        let archive = Archive::create(folder, settings, clock)?;
        let view = open_view(&archive)?;
        let mut register = Self { archive, view };
        register.catch_up()?;
        Ok(register)
    }

    /// Opens a register and takes in what its view lacks.
    ///
    /// # Errors
    /// Those of the archive: no register there, a sealed one without its passphrase, damage.
    pub fn open(folder: &Path, unlock: Option<&Passphrase>) -> Result<Self> {
        let archive = Archive::open(folder, unlock)?;
        let view = open_view(&archive)?;
        let mut register = Self { archive, view };
        register.catch_up()?;
        Ok(register)
    }

    /// The nearest folder at or above `from` that is a register.
    pub fn find(from: &Path) -> Option<PathBuf> {
        from.ancestors()
            .find(|folder| folder.join("origin").is_file() && folder.join("log").is_dir())
            .map(Path::to_owned)
    }

    /// Makes the view again from the log and the evidence.
    ///
    /// # Errors
    /// Those of reading the log; the old view is kept until the new one is whole.
    pub fn rebuild(folder: &Path, unlock: Option<&Passphrase>) -> Result<Self> {
        let archive = Archive::open(folder, unlock)?;
        if !archive.is_sealed() {
            let view = fresh_view(&archive)?;
            return Ok(Self { archive, view });
        }
        let mut view = View::in_memory(None)?;
        catch_up(&archive, &mut view)?;
        let register = Self { archive, view };
        register.keep_sealed_view()?;
        Ok(register)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.archive.folder()
    }

    /// The truth.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The view; queries are its methods.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Holds the view against the log: it is made again from nothing, in memory, and compared table by table.
    ///
    /// # Errors
    /// [`RegisterError::ViewDiffers`] with the tables that hold other rows; a refusal where another program wrote
    /// meanwhile; those of reading the log.
    pub fn check_view(&mut self) -> Result<()> {
        self.refresh()?;
        let mut again = View::in_memory(None)?;
        catch_up(&self.archive, &mut again)?;
        let ahead = again.position()? != self.view.position()?;
        if ahead && self.archive.refresh()? {
            return Err(RegisterError::Refused(
                "somebody else wrote to the register while it was held against its log; run the command again".into(),
            ));
        }
        let (ours, made_again) = (self.view.digests()?, again.digests()?);
        let differing: Vec<String> = made_again
            .into_iter()
            .filter(|(table, digest)| ours.get(table) != Some(digest))
            .map(|(table, _)| table)
            .collect();
        if differing.is_empty() {
            Ok(())
        } else {
            Err(RegisterError::ViewDiffers { tables: differing.join(", ") })
        }
    }

    /// Reads what others appended since; returns whether there was anything.
    ///
    /// # Errors
    /// A log that became shorter or another one.
    pub fn refresh(&mut self) -> Result<bool> {
        let changed = self.archive.refresh()?;
        self.catch_up()?;
        Ok(changed)
    }

    /// A blob by its hash in hexadecimal, or the one that was put in its place.
    ///
    /// # Errors
    /// No such blob, or damage.
    pub fn blob(&self, digest: &str) -> Result<Vec<u8>> {
        let evidence = Evidence { archive: &self.archive, redactions: OnceCell::new() };
        evidence.bytes(&self.view.current_blob(digest)?)
    }

    /// Writes one batch: what `write` appends becomes durable together, or not at all.
    ///
    /// # Errors
    /// Another writer that does not finish, a full or read-only disk, a locked key; and what `write` returns.
    pub fn write<T>(
        &mut self,
        author: &AccountId,
        clock: &dyn Clock,
        write: impl FnOnce(&mut Writing<'_, '_>) -> Result<T>,
    ) -> Result<T> {
        // What somebody erased since makes the view new: that is done before the lock is taken.
        self.refresh()?;
        let result = {
            // Whatever others appended comes into the view first: what is written may rest on it.
            let batch = self.archive.begin(clock)?;
            if catch_up(batch.archive(), &mut self.view)? == CaughtUp::Erased {
                return Err(RegisterError::Refused(
                    "somebody else erased something just now; run the command again".into(),
                ));
            }
            let mut writing = Writing { batch, view: &mut self.view, author, runs: BTreeSet::new() };
            let result = write(&mut writing)?;
            writing.batch.commit()?;
            result
        };
        self.catch_up()?;
        self.keep_sealed_view()?;
        Ok(result)
    }

    /// Says that people were linked as their claims stood at a position, and that the outcome was saved in so many batches.
    /// Where anything else came in after it, they stay due.
    ///
    /// # Errors
    /// Those of the database and the disk.
    pub fn settle_reach(&mut self, linked: &BTreeSet<String>, at: u64, saved: u64) -> Result<()> {
        self.view.settle_reach(linked, at, saved)?;
        self.keep_sealed_view()
    }

    fn catch_up(&mut self) -> Result<()> {
        if catch_up(&self.archive, &mut self.view)? == CaughtUp::Whole {
            return Ok(());
        }
        if self.archive.is_sealed() {
            self.view = View::in_memory(None)?;
            catch_up(&self.archive, &mut self.view)?;
            return self.keep_sealed_view();
        }
        // The old file may hold what was erased, even in its free pages: it goes, and with it its side files.
        std::mem::replace(&mut self.view, View::in_memory(None)?).close()?;
        self.view = view_after_erasure(&self.archive)?;
        Ok(())
    }

    /// A sealed register's view lies on the disk only under the seal.
    fn keep_sealed_view(&self) -> Result<()> {
        if self.archive.is_sealed() {
            self.archive.put_sealed_file(SEALED_DATABASE, &self.view.image()?)?;
        }
        Ok(())
    }
}

/// A batch being written, with the view as it was before it.
pub struct Writing<'a, 'b> {
    batch: Batch<'a>,
    view: &'b mut View,
    author: &'b AccountId,
    /// The runs of this batch, which may be adopted in it.
    runs: BTreeSet<u64>,
}

impl<'a> Writing<'a, '_> {
    /// The register before this batch.
    pub fn view(&self) -> &View {
        self.view
    }

    /// The archive before this batch.
    pub fn archive(&self) -> &Archive {
        self.batch.archive()
    }

    /// The batch itself, for the archive's own entries: erasures, keys, other registers' logs.
    pub fn batch(&mut self) -> &mut Batch<'a> {
        &mut self.batch
    }

    /// The account that writes.
    pub fn author(&self) -> &AccountId {
        self.author
    }

    /// Keeps a blob; returns its hash in hexadecimal.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep(&mut self, bytes: &[u8]) -> Result<String> {
        Ok(self.batch.put_evidence(bytes)?.to_string())
    }

    /// Keeps what a reader gives, in bounded memory; returns its hash in hexadecimal.
    ///
    /// # Errors
    /// Those of the reader and of the disk.
    pub fn keep_from(&mut self, reader: impl Read) -> Result<String> {
        Ok(self.batch.put_evidence_from(reader)?.to_string())
    }

    /// Appends an entry; returns the log position after it.
    ///
    /// # Errors
    /// A body over the limit, or one with fractions; a decided value that its field cannot hold, a run that is not there.
    pub fn say(&mut self, event: Event) -> Result<u64> {
        self.check(&event)?;
        let is_run = matches!(event, Event::ExtractionRun(_) | Event::PlacingRun(_) | Event::LinkRun(_));
        let (kind, body) = event.into_entry()?;
        let position = self.batch.append(&kind, body, self.author)? + 1;
        if is_run {
            self.runs.insert(position);
        }
        Ok(position)
    }

    /// An entry stays in the log for good, so one that the view could not take in is refused.
    fn check(&self, event: &Event) -> Result<()> {
        match event {
            Event::DecisionMade(decision) => records::check(decision),
            Event::ClaimsMade(line) => check_made(line),
            Event::ExtractionAdopted(Adopted { run })
            | Event::PlacingAdopted(Adopted { run })
            | Event::LinkAdopted(Adopted { run }) => self.check_run(*run),
            _ => Ok(()),
        }
    }

    fn check_run(&self, run: u64) -> Result<()> {
        if self.runs.contains(&run) || self.view.has_run(run)? {
            return Ok(());
        }
        Err(RegisterError::NotFound { what: "run", id: run.to_string() })
    }
}

fn open_view(archive: &Archive) -> Result<View> {
    if archive.is_sealed() {
        return View::in_memory(archive.get_sealed_file(SEALED_DATABASE)?.as_deref());
    }
    let _kept = keep_in_place(archive.folder(), false);
    View::open(&archive.folder().join(DATABASE))
}

/// Keeps the view's file where it is while it is opened, or (alone) all others from it while another takes its place.
/// SQLite would take the side files of the one for those of the other.
fn keep_in_place(folder: &Path, alone: bool) -> Option<File> {
    let folder = File::open(folder).ok()?;
    // Where a file system has no locks the archive has refused to write already; reading goes on without.
    if alone { folder.lock() } else { folder.lock_shared() }.ok()?;
    Some(folder)
}

/// The view without what was erased: as another program has just made it again, or made again here.
fn view_after_erasure(archive: &Archive) -> Result<View> {
    let mut view = open_view(archive)?;
    // A view goes past an erasure only by being made again, so one that is there already knows nothing of what was erased.
    if catch_up(archive, &mut view)? == CaughtUp::Whole {
        return Ok(view);
    }
    view.close()?;
    fresh_view(archive)
}

/// Makes the view's file again from nothing; the old one is kept until the new one is whole.
fn fresh_view(archive: &Archive) -> Result<View> {
    let _alone = keep_in_place(archive.folder(), true);
    let fresh = archive.folder().join(FRESH_DATABASE);
    remove_database(&fresh)?;
    let mut view = View::open(&fresh)?;
    catch_up(archive, &mut view)?;
    view.close()?;
    let old = archive.folder().join(DATABASE);
    remove_database(&old)?;
    std::fs::rename(&fresh, &old)
        .map_err(|cause| RegisterError::File { path: old.display().to_string(), cause })?;
    View::open(&old)
}

/// Removes plaintext that a sealed register should not have; returns how many files there were.
pub fn remove_plaintext(folder: &Path) -> Result<usize> {
    let mut removed = 0;
    for database in [DATABASE, FRESH_DATABASE] {
        for suffix in SIDE_FILES {
            let path = folder.join(format!("{database}{suffix}"));
            if path.exists() {
                std::fs::remove_file(&path)
                    .map_err(|cause| RegisterError::File { path: path.display().to_string(), cause })?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

fn remove_database(path: &Path) -> Result<()> {
    for suffix in SIDE_FILES {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(RegisterError::File { path: path.display().to_string(), cause });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the view could go on from where it was.
#[derive(Debug, PartialEq, Eq)]
enum CaughtUp {
    Whole,
    /// Something was erased: what was derived from it must go too, so the view is made again from nothing.
    Erased,
}

/// Takes in the batches that the view lacks, in the order in which they were saved.
fn catch_up(archive: &Archive, view: &mut View) -> Result<CaughtUp> {
    let at = view.position()?;
    if archive.size()? <= at {
        return Ok(CaughtUp::Whole);
    }
    let blobs = Evidence { archive, redactions: OnceCell::new() };
    let mut entries = archive.entries_in_order(at)?.peekable();
    for range in archive.batches(archive.origin())?.into_iter().filter(|range| range.end > at) {
        let mut batch = Vec::new();
        while let Some(placed) =
            entries.next_if(|placed| !placed.as_ref().is_ok_and(|placed| placed.position >= range.end))
        {
            let placed = placed?;
            if at > 0 && ERASING.contains(&placed.entry.kind.as_str()) {
                return Ok(CaughtUp::Erased);
            }
            batch.push(incoming(archive, placed));
        }
        view.apply_batch(&batch, &blobs)?;
    }
    Ok(CaughtUp::Whole)
}

/// The kinds of entry after which something is gone.
const ERASING: [&str; 2] = ["body.erased", "text.redacted"];

fn incoming(archive: &Archive, placed: Placed) -> Incoming {
    let Placed { position, entry } = placed;
    let erased_by = match &entry.body {
        Body::Erased { by, .. } => Some(by.index + 1),
        Body::Present { .. } => None,
    };
    let (author, body) = match entry.content() {
        Some((author, data)) => (Some(author.to_string()), Some(data.clone())),
        None => (None, None),
    };
    Incoming {
        position: position + 1,
        own: entry.origin == *archive.origin(),
        origin: entry.origin.to_string(),
        number: entry.index,
        kind: entry.kind,
        time: entry.time,
        author,
        body,
        erased_by,
    }
}

/// The archive's evidence, by hash; of a destroyed blob what was put in its place.
struct Evidence<'a> {
    archive: &'a Archive,
    /// Read from the log when the first destroyed blob is asked for.
    redactions: OnceCell<BTreeMap<String, Option<String>>>,
}

impl Evidence<'_> {
    fn redacted(&self, digest: &str) -> Result<Option<String>> {
        let redactions = match self.redactions.get() {
            Some(known) => known,
            None => {
                let found = redactions(self.archive)?;
                self.redactions.get_or_init(|| found)
            }
        };
        let mut current = digest.to_owned();
        let mut passed = BTreeSet::new();
        while let Some(next) = redactions.get(&current) {
            match next {
                // Another register may say that two blobs stand for each other; then neither is there.
                Some(next) if passed.insert(current.clone()) && !passed.contains(next) => {
                    current.clone_from(next)
                }
                _ => return Ok(None),
            }
        }
        Ok((current != digest).then_some(current))
    }
}

impl Blobs for Evidence<'_> {
    fn open(&self, digest: &str) -> Result<Box<dyn Read + '_>> {
        let name: Digest = digest.parse()?;
        match self.archive.evidence_reader(&name) {
            Ok(reader) => Ok(Box::new(reader)),
            Err(Error::NoEvidence { erased: true, .. }) => match self.redacted(digest)? {
                Some(replacement) => Ok(Box::new(self.archive.evidence_reader(&replacement.parse()?)?)),
                // Destroyed without replacement: nothing was found in it any more.
                None => Ok(Box::new(std::io::empty())),
            },
            Err(error) => Err(error.into()),
        }
    }
}

/// Which blob stands in the place of which.
fn redactions(archive: &Archive) -> Result<BTreeMap<String, Option<String>>> {
    let mut found = BTreeMap::new();
    for placed in archive.entries_in_order(0)? {
        let entry = placed?.entry;
        let Some((_, data)) = entry.content().filter(|_| entry.kind == "text.redacted") else { continue };
        for pair in data.get("redactions").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| pair.get(name).and_then(Value::as_str).map(str::to_owned);
            if let Some(old) = text("old") {
                found.insert(old, text("new"));
            }
        }
    }
    Ok(found)
}
