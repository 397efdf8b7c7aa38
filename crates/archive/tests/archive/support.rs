//! What the tests share: a small register, a fixed clock, copies of folders.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sijil_archive::{AccountId, Archive, Digest, Settings, VerifyOptions, VerifyReport, verify};

/// 2015-11-28T10:40:30Z, in the middle of a minute.
pub const NOW: u64 = 1_448_707_230;

pub fn clock() -> u64 {
    NOW
}

pub fn author() -> AccountId {
    "recorder-1".parse().unwrap()
}

pub struct Folder {
    _keep: tempfile::TempDir,
    pub path: PathBuf,
}

pub fn folder() -> Folder {
    // In memory where there is such a place: the tests write thousands of small files and make each batch durable.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let keep = tempfile::tempdir_in(place).unwrap();
    Folder { path: keep.path().join("register"), _keep: keep }
}

pub fn make(path: &Path) -> Archive {
    Archive::create(path, &Settings::default(), &clock).unwrap()
}

/// The made-up document number `number`.
pub fn document(number: u64) -> Vec<u8> {
    format!("وثيقة رقم {number}: قُتل {} من المدنيين في تل الزيتون\n", number % 7).into_bytes()
}

/// Adds documents as the register would: a blob and an entry each, one batch.
pub fn add(archive: &mut Archive, numbers: std::ops::Range<u64>) -> Vec<(u64, Digest)> {
    let mut batch = archive.begin(&clock).unwrap();
    let added = numbers
        .map(|number| {
            let digest = batch.put_evidence(&document(number)).unwrap();
            let index = batch
                .append("document.added", json!({"document": digest, "number": number}), &author())
                .unwrap();
            (index, digest)
        })
        .collect();
    batch.commit().unwrap();
    added
}

pub fn check(path: &Path) -> VerifyReport {
    verify(path, &VerifyOptions::default())
}

#[track_caller]
pub fn assert_sound(path: &Path) -> VerifyReport {
    let report = check(path);
    assert!(report.is_sound(), "{:#?}", report.findings);
    report
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, sorted.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Whether these bytes lie in any file of a folder.
pub fn holds(root: &Path, needle: &[u8]) -> Option<PathBuf> {
    files(root).into_iter().find(|file| {
        let bytes = fs::read(file).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}
