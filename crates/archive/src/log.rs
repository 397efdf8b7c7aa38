//! One log, read: its checkpoint, its leaves, its bodies and its proofs.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk::Disk;
use crate::entry::Leaf;
use crate::error::{Error, Result};
use crate::ids::{Digest, EntryRef, OriginId};
use crate::keys::KeyChain;
use crate::merkle;
use crate::note::Checkpoint;
use crate::pack::{self, Line, pack_first, pack_folder, pack_path};
use crate::tiles::{TileReader, WIDTH, log_folder};
use crate::vault::Vault;

/// Packs kept in memory: entries are mostly read in order.
const RECENT_PACKS: usize = 4;

/// A log at the size of its checkpoint.
pub(crate) struct Log {
    pub(crate) origin: OriginId,
    pub(crate) checkpoint: Checkpoint,
    pub(crate) chain: KeyChain,
    disk: Disk,
    vault: Arc<Vault>,
    tiles: TileReader,
    packs: Vec<u64>,
    recent: Mutex<BTreeMap<u64, Arc<Vec<Line>>>>,
}

impl Log {
    /// Opens a log: checks its keys, its checkpoint's signature, and that the tiles lead to its root.
    pub(crate) fn open(disk: &Disk, vault: &Arc<Vault>, origin: &OriginId) -> Result<Self> {
        let relative = log_folder(origin).join("checkpoint");
        let path = disk.path(&relative);
        let text = disk.read_text(&relative)?;
        let checkpoint = Checkpoint::parse(&text).map_err(|error| error.at(&path))?;
        let chain = KeyChain::load(disk, origin, checkpoint.size)?;
        chain.check(&checkpoint).map_err(|error| error.at(&path))?;
        let tiles = TileReader::new(disk, origin, checkpoint.size);
        if merkle::root(&tiles, checkpoint.size)? != checkpoint.root {
            return Err(Error::damaged(&path, "the tiles beside it do not lead to its root"));
        }
        let names = disk.names(pack_folder(origin))?;
        let packs = names.iter().filter_map(|name| pack_first(name)).filter(|first| *first < checkpoint.size);
        Ok(Self {
            origin: origin.clone(),
            packs: packs.collect(),
            checkpoint,
            chain,
            disk: disk.clone(),
            vault: Arc::clone(vault),
            tiles,
            recent: Mutex::default(),
        })
    }

    pub(crate) fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// The batches: ranges of entries that were saved together.
    pub(crate) fn batches(&self) -> Vec<Range<u64>> {
        let ends = self.packs.iter().skip(1).copied().chain([self.size()]);
        self.packs.iter().copied().zip(ends).map(|(first, end)| first..end).collect()
    }

    /// The leaf of an entry, as bytes.
    pub(crate) fn leaf_bytes(&self, index: u64) -> Result<Vec<u8>> {
        self.check_index(index)?;
        Ok(self.tiles.entries(index / WIDTH)?[(index % WIDTH) as usize].clone())
    }

    /// The leaf of an entry.
    pub(crate) fn leaf(&self, index: u64) -> Result<Leaf> {
        self.decode(&self.leaf_bytes(index)?)
    }

    /// All leaves of a range, a tile at a time.
    pub(crate) fn leaves(&self, range: Range<u64>) -> impl Iterator<Item = Result<(u64, Leaf)>> + '_ {
        let range = range.start..range.end.min(self.size());
        let tiles = if range.is_empty() { 0..0 } else { range.start / WIDTH..range.end.div_ceil(WIDTH) };
        tiles.flat_map(move |tile| {
            let range = range.clone();
            let (entries, error) = match self.tiles.entries(tile) {
                Ok(entries) => (entries, None),
                Err(error) => (Arc::default(), Some(Err(error))),
            };
            let indices = (0..entries.len()).map(move |place| (place, tile * WIDTH + place as u64));
            let wanted = indices.filter(move |(_, index)| range.contains(index));
            wanted.map(move |(place, index)| Ok((index, self.decode(&entries[place])?))).chain(error)
        })
    }

    /// The body's line of an entry.
    pub(crate) fn line(&self, index: u64) -> Result<Line> {
        self.check_index(index)?;
        let first = self.pack_of(index)?;
        let lines = self.lines(first)?;
        let line = lines.get((index - first) as usize).cloned();
        line.ok_or_else(|| self.pack_damage(first, format!("it has no line for entry {index}")))
    }

    /// The first entry of the pack that holds an entry's body.
    pub(crate) fn pack_of(&self, index: u64) -> Result<u64> {
        let after = self.packs.partition_point(|first| *first <= index);
        let first = after.checked_sub(1).and_then(|at| self.packs.get(at)).copied();
        first.ok_or_else(|| self.pack_damage(0, format!("it is missing, and entry {index} with it")))
    }

    /// The lines of a pack, decoded but not compared with the leaves.
    pub(crate) fn lines(&self, first: u64) -> Result<Arc<Vec<Line>>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = recent.get(&first) {
            return Ok(Arc::clone(lines));
        }
        let relative = pack_path(&self.origin, first);
        let stored = self.disk.read(&relative)?;
        let decoded = self.vault.open_bytes(stored).and_then(|bytes| pack::decode(&bytes));
        let lines = Arc::new(decoded.map_err(|error| error.at(&self.disk.path(&relative)))?);
        if recent.len() >= RECENT_PACKS {
            recent.clear();
        }
        recent.insert(first, Arc::clone(&lines));
        Ok(lines)
    }

    /// Forgets a pack that was rewritten.
    pub(crate) fn forget(&self, first: u64) {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).remove(&first);
    }

    /// The canonical body of an entry, checked against its commitment, or the entry that erased it.
    pub(crate) fn body(&self, index: u64, leaf: &Leaf) -> Result<std::result::Result<Vec<u8>, EntryRef>> {
        match self.line(index)? {
            Line::Present { salt, body } if crate::entry::commit(&salt, &body) == leaf.commit => Ok(Ok(body)),
            Line::Present { .. } => {
                let first = self.pack_of(index)?;
                Err(self.pack_damage(
                    first,
                    format!("the body of entry {index} is not the one that the log commits to"),
                ))
            }
            Line::Erased(by) => Ok(Err(by)),
        }
    }

    pub(crate) fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Digest>> {
        self.check_size(size)?;
        if index >= size {
            return Err(Error::NoEntry { entry: EntryRef::new(&self.origin, index), size });
        }
        merkle::inclusion_proof(&self.tiles, index, size)
    }

    pub(crate) fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Digest>> {
        self.check_size(new)?;
        if old > new {
            return Err(Error::NoEntry { entry: EntryRef::new(&self.origin, old), size: new });
        }
        merkle::consistency_proof(&self.tiles, old, new)
    }

    /// The root of the first `size` entries.
    pub(crate) fn root_at(&self, size: u64) -> Result<Digest> {
        self.check_size(size)?;
        merkle::root(&self.tiles, size)
    }

    /// The hashes of a tile, for a writer that continues the log.
    pub(crate) fn tiles(&self) -> &TileReader {
        &self.tiles
    }

    fn decode(&self, bytes: &[u8]) -> Result<Leaf> {
        Leaf::decode(bytes).map_err(|error| error.at(&self.disk.path(log_folder(&self.origin))))
    }

    fn check_index(&self, index: u64) -> Result<()> {
        if index < self.size() {
            Ok(())
        } else {
            Err(Error::NoEntry { entry: EntryRef::new(&self.origin, index), size: self.size() })
        }
    }

    fn check_size(&self, size: u64) -> Result<()> {
        if size <= self.size() {
            Ok(())
        } else {
            Err(Error::RolledBack { origin: self.origin.clone(), found: self.size(), seen: size })
        }
    }

    fn pack_damage(&self, first: u64, why: String) -> Error {
        Error::damaged(&self.disk.path(pack_path(&self.origin, first)), why)
    }
}
