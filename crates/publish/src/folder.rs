//! The folder of a release: written beside its place, renamed into it whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{PublishError, Result};
use crate::policy::{Policy, Public};

/// The file by which a folder is known as a release.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The files of a release; nothing gets in that disclosure control has not let through.
#[derive(Default)]
pub(crate) struct Folder {
    files: BTreeMap<String, Public<Vec<u8>>>,
}

impl Folder {
    /// Adds a file, after the policy's last look at it.
    pub fn put(&mut self, policy: &Policy, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<()> {
        let path = path.into();
        let bytes = policy.admit(&path, bytes.into())?;
        self.files.insert(path, bytes);
        Ok(())
    }

    /// The size of every file.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, u64)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.get().len() as u64))
    }

    /// The SHA-256 of every file, in hexadecimal digits.
    pub fn hashes(&self) -> BTreeMap<&str, String> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), hex::encode(Sha256::digest(bytes.get()))))
            .collect()
    }

    /// Writes everything into a new folder beside `out`, and renames it into place. An earlier release makes way.
    pub fn write(&self, out: &Path) -> Result<()> {
        check(out)?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        std::fs::create_dir_all(&parent).map_err(|cause| file_error(&parent, cause))?;
        let beside = tempfile::Builder::new()
            .prefix(".release-")
            .tempdir_in(&parent)
            .map_err(|cause| file_error(&parent, cause))?;
        let fresh = beside.path().join("new");
        for (path, bytes) in &self.files {
            let file = fresh.join(path);
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(|cause| file_error(folder, cause))?;
            }
            write_durably(&file, bytes.get())?;
        }
        if out.exists() {
            std::fs::rename(out, beside.path().join("old")).map_err(|cause| file_error(out, cause))?;
        }
        if let Err(cause) = std::fs::rename(&fresh, out) {
            // Whatever stood there goes back.
            std::fs::rename(beside.path().join("old"), out).ok();
            return Err(file_error(out, cause));
        }
        sync_folder(&parent);
        Ok(())
    }
}

/// Adds one more file to a release that is in place, in one step.
pub(crate) fn add(policy: &Policy, out: &Path, path: &str, bytes: impl Into<Vec<u8>>) -> Result<()> {
    let bytes = policy.admit(path, bytes.into())?;
    let file = out.join(path);
    let folder = file.parent().unwrap_or(out);
    let mut fresh = tempfile::NamedTempFile::new_in(folder).map_err(|cause| file_error(folder, cause))?;
    std::io::Write::write_all(&mut fresh, bytes.get()).map_err(|cause| file_error(&file, cause))?;
    let kept = fresh.persist(&file).map_err(|failed| file_error(&file, failed.error))?;
    readable(&kept);
    Ok(())
}

/// Refuses a place that holds something else than a release.
pub(crate) fn check(out: &Path) -> Result<()> {
    let is_empty = || std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if !out.exists()
        || out.join(MANIFEST).is_file() && out.join("check.py").is_file()
        || out.is_dir() && is_empty()
    {
        return Ok(());
    }
    Err(PublishError::NotARelease { path: out.display().to_string() })
}

fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = std::fs::File::create(path).map_err(|cause| file_error(path, cause))?;
    std::io::Write::write_all(&mut file, bytes)
        .and_then(|()| file.sync_all())
        .map_err(|cause| file_error(path, cause))
}

/// Temporary files are for their owner alone; a release is for everybody.
#[cfg(unix)]
fn readable(file: &std::fs::File) {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644)).ok();
}

#[cfg(not(unix))]
fn readable(_file: &std::fs::File) {}

fn sync_folder(folder: &Path) {
    // Where folders cannot be synced, the rename stands all the same.
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).ok();
}

fn file_error(path: &Path, cause: std::io::Error) -> PublishError {
    PublishError::File { path: path.display().to_string(), cause }
}
