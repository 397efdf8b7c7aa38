//! The order in which a register's state is made: our entries, and of other logs what ours says was seen.
//!
//! State at our position *p* is a function of our entries before *p* and of every other log's entries up to the size
//! that an entry `log.seen` before *p* states. Clocks have no part in it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::PoisonError;

use crate::archive::Archive;
use crate::entry::{Entry, kinds};
use crate::erase::parse;
use crate::error::Result;
use crate::ids::{Digest, OriginId};

/// An entry at its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The index of our own entry: this one, or the `log.seen` that revealed it. State at position *p* rests on the
    /// entries placed below *p*.
    pub position: u64,
    /// The entry, ours or another log's.
    pub entry: Entry,
}

/// The data of an entry `log.seen`.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    pub(crate) origin: OriginId,
    pub(crate) size: u64,
    pub(crate) root: Digest,
    pub(crate) key: String,
}

/// Entries in order; made by [`Archive::entries_in_order`].
pub struct Ordered<'a> {
    archive: &'a Archive,
    seen: BTreeMap<OriginId, u64>,
    next: u64,
    end: u64,
    waiting: VecDeque<(u64, OriginId, u64)>,
}

impl Archive {
    /// All entries from our position `from` on, in the order in which they count: after each of our `log.seen`, the
    /// entries of the other log that it reveals.
    ///
    /// # Errors
    /// [`crate::Error::Damaged`] when an earlier `log.seen` cannot be read.
    pub fn entries_in_order(&self, from: u64) -> Result<Ordered<'_>> {
        let seen = self.seen_at(from)?;
        Ok(Ordered { archive: self, seen, next: from, end: self.size()?, waiting: VecDeque::new() })
    }

    /// The sizes up to which other logs were seen at our position.
    ///
    /// # Errors
    /// [`crate::Error::Damaged`] when a `log.seen` cannot be read.
    pub fn seen_at(&self, position: u64) -> Result<BTreeMap<OriginId, u64>> {
        let position = position.min(self.size()?);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (from, mut sizes) = if seen.0 <= position { seen.clone() } else { Default::default() };
        for (_, data) in self.own_bodies(&self.origin, kinds::LOG_SEEN, from..position)? {
            let seen: Seen = parse(data)?;
            sizes.insert(seen.origin, seen.size);
        }
        *seen = (position, sizes.clone());
        Ok(sizes)
    }
}

impl Ordered<'_> {
    fn place(&mut self) -> Result<Option<Placed>> {
        if let Some((position, origin, index)) = self.waiting.pop_front() {
            let entry = self.archive.entry(&origin, index)?;
            return Ok(Some(Placed { position, entry }));
        }
        if self.next >= self.end {
            return Ok(None);
        }
        let position = self.next;
        self.next += 1;
        let entry = self.archive.entry(self.archive.origin(), position)?;
        if entry.kind == kinds::LOG_SEEN
            && let Some((_, data)) = entry.content()
        {
            let seen: Seen = parse(data.clone())?;
            let before = self.seen.insert(seen.origin.clone(), seen.size).unwrap_or(0);
            self.waiting.extend((before..seen.size).map(|index| (position, seen.origin.clone(), index)));
        }
        Ok(Some(Placed { position, entry }))
    }
}

impl Iterator for Ordered<'_> {
    type Item = Result<Placed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.place().transpose()
    }
}
