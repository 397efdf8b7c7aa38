//! One writer at a time: a lock that the operating system takes back when its holder dies.

use std::fs::{File, OpenOptions};
use std::io;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use crate::disk::{Disk, Operation};
use crate::error::{Error, Result};

const LOCK: &str = "lock";
const PAUSE: Duration = Duration::from_millis(20);

/// The lock of one register, a writer's alone or shared by readers; given back when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, waiting at most `wait` for another writer.
    pub(crate) fn take(disk: &Disk, wait: Duration) -> Result<Self> {
        let path = disk.path(LOCK);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Error::io(&path, error))?;
        let end = Instant::now() + wait;
        loop {
            let locked = disk
                .observe(|| Operation::Lock)
                .and_then(|()| Ok(flock(&file, FlockOperation::NonBlockingLockExclusive)?));
            match locked {
                Ok(()) => return Ok(Self { _file: file }),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if Instant::now() >= end {
                        return Err(Error::Busy { path: disk.root().to_owned(), seconds: wait.as_secs() });
                    }
                    std::thread::sleep(PAUSE.min(wait));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(Error::NoLocks { path, source }),
            }
        }
    }

    /// Keeps writers out, waiting at most `wait` for one to finish; none where that cannot be had (a medium without
    /// locks, a folder that may not be read, a writer that goes on).
    pub(crate) fn keep_writers_out(disk: &Disk, wait: Duration) -> Option<Self> {
        let file = File::open(disk.path(LOCK)).ok()?;
        let end = Instant::now() + wait;
        loop {
            match flock(&file, FlockOperation::NonBlockingLockShared) {
                Ok(()) => return Some(Self { _file: file }),
                Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) if Instant::now() < end => {
                    std::thread::sleep(PAUSE);
                }
                Err(_) => return None,
            }
        }
    }
}
