//! Incidents counted as they are read: one thread reads their stored bytes, all cores count what was read.
//!
//! No incident is copied out of its bytes or kept: of each only the figure's record of it takes memory.

use std::collections::BTreeSet;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::{panic, thread};

use rayon::prelude::*;
use sijil_count::{Counting, Incident};

use super::records::AS_OF;
use crate::{RegisterError, Result, View};

/// Incidents that are handed to a core at once.
const AT_ONCE: usize = 512;

/// Hands that may wait for a core: the reader is never far ahead.
const WAITING: usize = 8;

/// The stored forms of some incidents, one after the other, each with its row and where it ends.
#[derive(Default)]
struct Stored {
    bytes: Vec<u8>,
    rows: Vec<(i64, usize)>,
}

impl View {
    /// Adds every incident as it was at a position, but some.
    pub(super) fn counted<'q>(
        &self,
        counting: Counting<'q>,
        at: u64,
        but: &BTreeSet<&str>,
    ) -> Result<Counting<'q>> {
        let (hand_over, handed) = sync_channel::<Stored>(WAITING);
        thread::scope(|threads| {
            let counted = threads.spawn(move || {
                handed
                    .into_iter()
                    .par_bridge()
                    .try_fold(|| counting.clone(), |counting, stored| stored.counted(counting, but))
                    .try_reduce(|| counting.clone(), |one, other| Ok(one.join(other)))
            });
            let read = self.read_incidents(at, hand_over);
            let counted = counted.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked));
            read.and(counted)
        })
    }

    /// Reads the incidents of a position in no order. Whoever no longer takes them in has an error of its own to tell.
    fn read_incidents(&self, at: u64, hand_over: SyncSender<Stored>) -> Result<()> {
        let mut statement =
            self.db.prepare_cached(&format!("SELECT rowid, view FROM incident WHERE {AS_OF}"))?;
        let mut rows = statement.query([at])?;
        let mut stored = Stored::default();
        while let Some(row) = rows.next()? {
            stored.bytes.extend_from_slice(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?);
            stored.rows.push((row.get(0)?, stored.bytes.len()));
            if stored.rows.len() == AT_ONCE && hand_over.send(std::mem::take(&mut stored)).is_err() {
                return Ok(());
            }
        }
        hand_over.send(stored).ok();
        Ok(())
    }
}

impl Stored {
    fn counted<'q>(&self, mut counting: Counting<'q>, but: &BTreeSet<&str>) -> Result<Counting<'q>> {
        let mut start = 0;
        for (row, end) in &self.rows {
            let incident: Incident<&str> =
                postcard::from_bytes(&self.bytes[start..*end]).map_err(|cause| RegisterError::BadBlob {
                    what: "incident",
                    name: format!("in row {row} of register.db"),
                    cause: cause.to_string(),
                })?;
            if !but.contains(incident.id.as_str()) {
                counting.add(&incident);
            }
            start = *end;
        }
        Ok(counting)
    }
}
