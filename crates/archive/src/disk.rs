//! Every change that the archive makes to a folder, as one small set of operations.
//!
//! The point of the detour: a test can watch the operations, make any of them fail, and replay what a power cut would
//! have left of them. Reading needs no such care and uses the standard library.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// One change to a folder. Paths are relative to the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The writers' lock is taken.
    Lock,
    /// A folder is made.
    MakeFolder(PathBuf),
    /// A file is made, or emptied.
    Create(PathBuf),
    /// Bytes are added to the end of a file.
    Append(PathBuf, Vec<u8>),
    /// A file's bytes are overwritten with zeros, as well as the file system lets us.
    Scrub(PathBuf),
    /// A file is renamed, over another one if there is one.
    Rename(PathBuf, PathBuf),
    /// A file is removed.
    Remove(PathBuf),
    /// A file's bytes are made durable.
    SyncFile(PathBuf),
    /// The names in a folder are made durable.
    SyncFolder(PathBuf),
    /// Everything so far is made durable.
    SyncAll,
}

/// Sees each operation before it happens; an error from it makes the operation fail without happening.
pub trait Observer: Send + Sync {
    /// Called before `operation`.
    ///
    /// # Errors
    /// Whatever the observer wants the operation to fail with.
    fn before(&self, operation: &Operation) -> io::Result<()>;
}

/// A register folder as a place for changes.
#[derive(Clone)]
pub struct Disk {
    root: PathBuf,
    observer: Option<Arc<dyn Observer>>,
    temporary: Arc<AtomicU64>,
}

/// Where files are made before they get their name. All that lies here is unfinished.
pub(crate) const INCOMING: &str = "incoming";

impl Disk {
    /// The folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), observer: None, temporary: Arc::default() }
    }

    /// The folder `root`, with an observer of every change.
    pub fn observed(root: impl Into<PathBuf>, observer: Arc<dyn Observer>) -> Self {
        Self { observer: Some(observer), ..Self::new(root) }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Reads a whole file.
    pub(crate) fn read(&self, relative: impl AsRef<Path>) -> Result<Vec<u8>> {
        let path = self.path(relative);
        fs::read(&path).map_err(|error| Error::io(&path, error))
    }

    /// Reads a whole file, or says that there is none.
    pub(crate) fn read_if_there(&self, relative: impl AsRef<Path>) -> Result<Option<Vec<u8>>> {
        match self.read(relative) {
            Err(error) if error.is_missing() => Ok(None),
            other => other.map(Some),
        }
    }

    /// Reads a whole text file.
    pub(crate) fn read_text(&self, relative: impl AsRef<Path>) -> Result<String> {
        let relative = relative.as_ref();
        String::from_utf8(self.read(relative)?)
            .map_err(|_| Error::damaged(&self.path(relative), "it is not UTF-8 text"))
    }

    pub(crate) fn exists(&self, relative: impl AsRef<Path>) -> bool {
        self.path(relative).symlink_metadata().is_ok()
    }

    /// The names in a folder, sorted; none where there is no folder.
    pub(crate) fn names(&self, relative: impl AsRef<Path>) -> Result<Vec<String>> {
        let path = self.path(relative);
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|error| Error::io(&path, error))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| Error::io(&path, error))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// All files below a folder, with `/` between the parts of their names, sorted.
    pub(crate) fn files(&self, relative: impl AsRef<Path>) -> Result<Vec<String>> {
        let mut files = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for name in self.names(relative.as_ref().join(&folder))? {
                let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                let path = self.path(relative.as_ref().join(&name));
                let kind = path.symlink_metadata().map_err(|error| Error::io(&path, error))?;
                if kind.is_dir() { folders.push(name) } else { files.push(name) }
            }
        }
        files.sort();
        Ok(files)
    }

    pub(crate) fn observe(&self, operation: impl FnOnce() -> Operation) -> io::Result<()> {
        self.observer.as_ref().map_or(Ok(()), |observer| observer.before(&operation()))
    }

    pub(crate) fn make_folder(&self, relative: impl AsRef<Path>) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        if path.is_dir() {
            return Ok(());
        }
        self.observe(|| Operation::MakeFolder(relative.to_owned()))
            .and_then(|()| fs::create_dir_all(&path))
            .map_err(|error| Error::io(&path, error))
    }

    /// Starts a new file, readable by its owner only.
    pub(crate) fn create(&self, relative: impl AsRef<Path>) -> Result<DiskFile> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = self
            .observe(|| Operation::Create(relative.to_owned()))
            .and_then(|()| options.open(&path))
            .map_err(|error| Error::io(&path, error))?;
        Ok(DiskFile { disk: self.clone(), relative: relative.to_owned(), file })
    }

    /// Writes a whole file; not durable before the next [`Disk::sync_all`].
    pub(crate) fn write(&self, relative: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let mut file = self.create(&relative)?;
        file.write_all(bytes).map_err(|error| Error::io(&self.path(relative), error))
    }

    /// Puts a file in place of another (or of none) in one durable step.
    pub(crate) fn replace(&self, relative: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let relative = relative.as_ref();
        let temporary = self.temporary_name();
        self.make_folder(INCOMING)?;
        self.write(&temporary, bytes)?;
        self.sync_file(&temporary)?;
        self.rename(&temporary, relative)?;
        self.sync_folder(relative.parent().unwrap_or(Path::new("")))
    }

    /// A name in the incoming folder that nothing else uses.
    pub(crate) fn temporary_name(&self) -> PathBuf {
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        Path::new(INCOMING).join(format!("new-{}-{number}", std::process::id()))
    }

    pub(crate) fn rename(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
        let (from, to) = (from.as_ref(), to.as_ref());
        self.observe(|| Operation::Rename(from.to_owned(), to.to_owned()))
            .and_then(|()| fs::rename(self.path(from), self.path(to)))
            .map_err(|error| Error::io(&self.path(to), error))
    }

    /// Removes a file; one that is not there is as good as removed.
    pub(crate) fn remove(&self, relative: impl AsRef<Path>) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        let removed =
            self.observe(|| Operation::Remove(relative.to_owned())).and_then(|()| fs::remove_file(&path));
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(|error| Error::io(&path, error)),
        }
    }

    /// Overwrites a file's bytes and removes it. A copy may survive where the file system or the drive keeps old blocks.
    pub(crate) fn destroy(&self, relative: impl AsRef<Path>) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        match OpenOptions::new().write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            opened => {
                let file = opened.map_err(|error| Error::io(&path, error))?;
                self.observe(|| Operation::Scrub(relative.to_owned()))
                    .and_then(|()| scrub(&file))
                    .map_err(|error| Error::io(&path, error))?;
            }
        }
        self.remove(relative)
    }

    /// Puts a file in place of another in one durable step, then overwrites the old one's bytes, which have no name any more.
    pub(crate) fn replace_and_scrub(&self, relative: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        let old = OpenOptions::new().write(true).open(&path).map_err(|error| Error::io(&path, error))?;
        self.replace(relative, bytes)?;
        scrub(&old).map_err(|error| Error::io(&path, error))
    }

    pub(crate) fn sync_file(&self, relative: impl AsRef<Path>) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        self.observe(|| Operation::SyncFile(relative.to_owned()))
            .and_then(|()| File::open(&path)?.sync_all())
            .map_err(|error| Error::io(&path, error))
    }

    pub(crate) fn sync_folder(&self, relative: impl AsRef<Path>) -> Result<()> {
        let relative = relative.as_ref();
        let path = self.path(relative);
        self.observe(|| Operation::SyncFolder(relative.to_owned()))
            .and_then(|()| File::open(&path)?.sync_all())
            .map_err(|error| Error::io(&path, error))
    }

    /// Makes everything so far durable: one call for a whole batch instead of one for each of its files.
    pub(crate) fn sync_all(&self) -> Result<()> {
        self.observe(|| Operation::SyncAll)
            .and_then(|()| sync_everything(&self.root))
            .map_err(|error| Error::io(&self.root, error))
    }
}

impl From<&Path> for Disk {
    fn from(root: &Path) -> Self {
        Self::new(root)
    }
}

impl From<&PathBuf> for Disk {
    fn from(root: &PathBuf) -> Self {
        Self::new(root)
    }
}

/// A file being written.
pub(crate) struct DiskFile {
    disk: Disk,
    relative: PathBuf,
    file: File,
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.observe(|| Operation::Append(self.relative.clone(), bytes.to_owned()))?;
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn scrub(mut file: &File) -> io::Result<()> {
    let zeros = [0u8; 64 * 1024];
    let mut left = file.metadata()?.len();
    while left > 0 {
        let part = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
        file.write_all(&zeros[..part])?;
        left -= part as u64;
    }
    file.sync_all()
}

#[cfg(target_os = "linux")]
fn sync_everything(root: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(root)?)?)
}

/// Without `syncfs`, every file below the root is made durable; slower, and as safe.
#[cfg(not(target_os = "linux"))]
fn sync_everything(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.is_dir() { sync_everything(&path)? } else { File::open(&path)?.sync_all()? }
    }
    File::open(root)?.sync_all()
}
