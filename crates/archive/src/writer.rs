//! The growing end of a log: what the next entries change in its tiles, and the root that they lead to.

use crate::disk::Disk;
use crate::error::Result;
use crate::ids::{Digest, OriginId};
use crate::log::Log;
use crate::merkle::{leaf_hash, node_hash};
use crate::tiles::{Tile, TileKind, WIDTH, fold, log_folder};

/// The partial tiles at the right edge of a log, in memory.
pub(crate) struct Tail {
    origin: OriginId,
    size: u64,
    /// The size whose tiles are on disk. They are not written again: a crash could tear what the checkpoint needs.
    on_disk: u64,
    /// The hashes of each level's partial tile.
    levels: Vec<Vec<Digest>>,
    /// The bytes of the partial entry tile.
    entries: Vec<u8>,
    /// Full tiles that are not written yet.
    full: Vec<(Tile, Vec<u8>)>,
}

impl Tail {
    /// The end of a log that has nothing yet.
    pub(crate) fn empty(origin: &OriginId) -> Self {
        Self {
            origin: origin.clone(),
            size: 0,
            on_disk: 0,
            levels: Vec::new(),
            entries: Vec::new(),
            full: Vec::new(),
        }
    }

    /// The end of a log as it lies on disk.
    pub(crate) fn of(log: &Log) -> Result<Self> {
        let mut tail = Self { size: log.size(), on_disk: log.size(), ..Self::empty(&log.origin) };
        for level in 0..8 {
            let count = TileKind::Hashes(level).count(tail.size);
            if count == 0 {
                break;
            }
            let partial = !count.is_multiple_of(WIDTH);
            tail.levels.push(if partial { log.tiles().hashes(level, count / WIDTH)? } else { Vec::new() });
        }
        if !tail.size.is_multiple_of(WIDTH) {
            for entry in log.tiles().entries(tail.size / WIDTH)?.iter() {
                tail.push_entry(entry);
            }
        }
        Ok(tail)
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf.
    pub(crate) fn push(&mut self, leaf: &[u8]) {
        self.push_entry(leaf);
        let index = self.size / WIDTH;
        self.size += 1;
        if self.size.is_multiple_of(WIDTH) {
            let tile = Tile { kind: TileKind::Entries, index, width: WIDTH };
            self.full.push((tile, std::mem::take(&mut self.entries)));
        }
        self.push_hash(0, leaf_hash(leaf));
    }

    /// The root of all leaves so far.
    pub(crate) fn root(&self) -> Digest {
        let mut root: Option<Digest> = None;
        for hashes in &self.levels {
            // The complete subtrees of a partial tile, smallest (rightmost) first.
            let mut end = hashes.len();
            while end > 0 {
                let start = end & (end - 1);
                let subtree = fold(&hashes[start..end]);
                root = Some(root.map_or(subtree, |right| node_hash(&subtree, &right)));
                end = start;
            }
        }
        root.unwrap_or_else(|| Digest::of(b""))
    }

    /// Writes the new full tiles and the partial ones. Nothing that an older checkpoint needs is changed.
    pub(crate) fn write(&mut self, disk: &Disk) -> Result<()> {
        let folder = log_folder(&self.origin);
        let partial = self.partial();
        for (tile, bytes) in self.full.drain(..).chain(partial) {
            let path = folder.join(tile.path());
            if let Some(parent) = path.parent() {
                disk.make_folder(parent)?;
            }
            disk.write(path, &bytes)?;
        }
        Ok(())
    }

    fn partial(&self) -> Vec<(Tile, Vec<u8>)> {
        let mut tiles = Vec::new();
        for (level, hashes) in (0..).zip(&self.levels) {
            let kind = TileKind::Hashes(level);
            let tile = Tile { kind, index: kind.count(self.size) / WIDTH, width: hashes.len() as u64 };
            tiles.push((tile, join(hashes)));
        }
        let width = self.size % WIDTH;
        tiles.push((Tile { kind: TileKind::Entries, index: self.size / WIDTH, width }, self.entries.clone()));
        let on_disk = Tile::of_size(self.on_disk);
        tiles.retain(|(tile, _)| tile.width > 0 && !on_disk.contains(tile));
        tiles
    }

    fn push_entry(&mut self, leaf: &[u8]) {
        // A leaf has five short members; its length is far below the two bytes' limit.
        let length = u16::try_from(leaf.len()).unwrap_or(u16::MAX);
        self.entries.extend_from_slice(&length.to_be_bytes());
        self.entries.extend_from_slice(leaf);
    }

    fn push_hash(&mut self, level: usize, hash: Digest) {
        if self.levels.len() == level {
            self.levels.push(Vec::new());
        }
        self.levels[level].push(hash);
        if self.levels[level].len() as u64 == WIDTH {
            let hashes = std::mem::take(&mut self.levels[level]);
            let index = (self.size - 1) >> (8 * (level as u32 + 1));
            let tile = Tile { kind: TileKind::Hashes(level as u32), index, width: WIDTH };
            self.full.push((tile, join(&hashes)));
            self.push_hash(level + 1, fold(&hashes));
        }
    }
}

fn join(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// The partial tiles of a log of `old` entries that one of `new` entries no longer needs.
pub(crate) fn superseded(old: u64, new: u64) -> impl Iterator<Item = Tile> {
    let needed = Tile::of_size(new);
    Tile::of_size(old).into_iter().filter(move |tile| tile.width < WIDTH && !needed.contains(tile))
}
