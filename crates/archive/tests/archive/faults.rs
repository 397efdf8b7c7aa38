//! What stands in a writer's way gives a clear error or a wait, and never a damaged log.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use sijil_archive::{Archive, Disk, Error, Observer, Operation, Settings};

use crate::support::{NOW, add, assert_sound, author, clock, copy, folder, make};

/// A mounted file system, unmounted when dropped. None where this machine does not let us.
struct Mount(tempfile::TempDir);

impl Mount {
    fn tmpfs(options: &str) -> Option<Self> {
        let at = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            Some(Self(at))
        } else {
            println!("skipped: mounting a small file system is not permitted here");
            None
        }
    }

    fn remount(&self, options: &str) {
        let status = Command::new("mount").args(["-o", options]).arg(self.0.path()).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0.path()).status().ok();
    }
}

#[test]
fn a_full_disk() {
    let Some(mount) = Mount::tmpfs("size=600k") else { return };
    let path = mount.0.path().join("register");
    let mut archive = make(&path);
    let mut number = 0;
    let (mut batch_saved, error) = (
        0,
        loop {
            let result = try_add(&mut archive, number, 20_000);
            match result {
                Ok(()) => number += 1,
                Err(error) => break error,
            }
            assert!(number < 100, "the disk never filled");
        },
    );
    assert!(error.to_string().contains("free some space"), "{error}");
    batch_saved += number;
    assert!(batch_saved > 3);
    assert_sound(&path);
    // Again and again at the edge: entries only, until not even those fit.
    for round in 0..200 {
        if try_add(&mut archive, 1_000 + round, 10).is_err() {
            break;
        }
    }
    assert_sound(&path);
    let size = archive.size().unwrap();
    drop(archive);
    mount.remount("remount,size=4m");
    let mut archive = Archive::open(&path, None).unwrap();
    assert_eq!(archive.size().unwrap(), size);
    add(&mut archive, 5_000..5_010);
    assert!(assert_sound(&path).notes.is_empty());
}

fn try_add(archive: &mut Archive, number: u64, bytes: usize) -> Result<(), Error> {
    let mut batch = archive.begin(&clock)?;
    let digest = batch.put_evidence(format!("{number:>bytes$}").as_bytes())?;
    batch.append("document.added", json!({ "document": digest }), &author())?;
    batch.commit().map(drop)
}

#[test]
fn a_read_only_folder() {
    let Some(mount) = Mount::tmpfs("size=4m") else { return };
    let path = mount.0.path().join("register");
    add(&mut make(&path), 0..5);
    mount.remount("remount,ro");
    let mut archive = Archive::open(&path, None).unwrap();
    assert_eq!(archive.entries(&archive.origin().clone(), 0..99).filter(Result::is_ok).count(), 7);
    assert_sound(&path);
    let error = archive.begin(&clock).err().unwrap();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    assert!(error.to_string().contains("nothing was written"));
}

/// Makes the operations that it picks fail.
struct Fails<F>(F);

impl<F: Fn(&Operation) -> Option<io::ErrorKind> + Send + Sync> Observer for Fails<F> {
    fn before(&self, operation: &Operation) -> io::Result<()> {
        (self.0)(operation).map_or(Ok(()), |kind| Err(kind.into()))
    }
}

#[test]
fn a_folder_without_locks() {
    let folder = folder();
    make(&folder.path);
    let observer =
        Fails(|operation: &Operation| (*operation == Operation::Lock).then_some(io::ErrorKind::Unsupported));
    let mut archive = Archive::open(Disk::observed(&folder.path, Arc::new(observer)), None).unwrap();
    let error = archive.begin(&clock).err().unwrap();
    assert!(matches!(error, Error::NoLocks { .. }));
    assert!(error.to_string().contains("move the register to a disk with file locks"), "{error}");
    assert_sound(&folder.path);
}

#[test]
fn every_single_operation_may_fail() {
    let folder = folder();
    add(&mut make(&folder.path), 0..3);
    for fatal in 0.. {
        let copied = crate::support::folder();
        copy(&folder.path, &copied.path);
        let count = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&count);
        let observer = Fails(move |_: &Operation| {
            (counted.fetch_add(1, Ordering::Relaxed) == fatal).then_some(io::ErrorKind::StorageFull)
        });
        let mut archive = Archive::open(Disk::observed(&copied.path, Arc::new(observer)), None).unwrap();
        let mut result = try_add(&mut archive, 10, 50);
        if result.is_ok() {
            result = try_add(&mut archive, 11, 50);
        }
        assert_sound(&copied.path);
        drop(archive);
        let mut archive = Archive::open(&copied.path, None).unwrap();
        if result.is_ok() {
            assert!(archive.size().unwrap() >= 9);
        }
        add(&mut archive, 20..22);
        assert!(assert_sound(&copied.path).notes.is_empty());
        if count.load(Ordering::Relaxed) <= fatal {
            println!("{fatal} operations of two batches failed one by one; the register was sound each time");
            assert!(fatal > 20);
            break;
        }
    }
}

#[test]
fn two_writers_at_once() {
    let folder = folder();
    make(&folder.path);
    let write = |from: u64| {
        let path = folder.path.clone();
        move || {
            let mut archive = Archive::open(&path, None).unwrap();
            archive.set_wait(Duration::from_secs(60));
            for number in from..from + 15 {
                add(&mut archive, number..number + 1);
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|writer| drop(scope.spawn(write(writer * 100)))));
    let archive = Archive::open(&folder.path, None).unwrap();
    assert_eq!(archive.size().unwrap(), 1 + 4 * 15 * 2);
    assert_sound(&folder.path);
}

#[test]
fn a_writer_that_does_not_finish() {
    let folder = folder();
    let mut first = make(&folder.path);
    let mut second = Archive::open(&folder.path, None).unwrap();
    let held = first.begin(&clock).unwrap();
    second.set_wait(Duration::from_millis(100));
    let start = Instant::now();
    let error = second.begin(&clock).err().unwrap();
    assert!(matches!(error, Error::Busy { .. }) && start.elapsed() >= Duration::from_millis(100), "{error}");
    drop(held);
    add(&mut second, 0..1);
    add(&mut first, 1..2);
    assert_sound(&folder.path);
}

#[test]
fn a_clock_that_goes_backwards() {
    let folder = folder();
    let now = AtomicU64::new(NOW);
    let clock = || now.load(Ordering::Relaxed);
    let mut archive = Archive::create(&folder.path, &Settings::default(), &clock).unwrap();
    for time in [NOW + 3_600, NOW - 86_400, 59, 0, u64::MAX] {
        now.store(time, Ordering::Relaxed);
        let mut batch = archive.begin(&clock).unwrap();
        batch.append("note.made", json!(1), &author()).unwrap();
        batch.commit().unwrap();
    }
    let times: Vec<u64> =
        archive.entries(&archive.origin().clone(), 0..99).map(|entry| entry.unwrap().time).collect();
    assert_eq!(times[..5], [NOW - 30, NOW + 3_570, NOW - 86_430, 0, 0]);
    assert!(times[5].is_multiple_of(60));
    assert_sound(&folder.path);
}

#[test]
fn an_older_log_under_a_running_program() {
    let (folder, old) = (folder(), crate::support::folder());
    let mut archive = make(&folder.path);
    copy(&folder.path, &old.path);
    add(&mut archive, 0..3);
    restore(&old.path, &folder.path);
    let error = archive.begin(&clock).err().unwrap();
    assert!(matches!(error, Error::RolledBack { .. }), "{error}");
}

fn restore(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    copy(from, to);
}
