//! C2SP tlog-tiles: where the hashes and entries of a log lie, and how they are read.
//!
//! A tile holds 256 hashes of one level (level 1's hashes are of whole level-0 tiles), or 256 entries, each with
//! a two-byte length before it. The last tile of a level may be partial; its width is in its name (`067.p/5`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk::Disk;
use crate::error::{Error, Result};
use crate::ids::{Digest, OriginId};
use crate::merkle::{Nodes, node_hash};

/// Hashes or entries in a full tile.
pub(crate) const WIDTH: u64 = 256;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TileKind {
    /// Hashes of subtrees of 256^level leaves.
    Hashes(u32),
    /// The entries themselves.
    Entries,
}

impl TileKind {
    /// How many hashes or entries of this kind a log of `size` entries has.
    pub(crate) fn count(self, size: u64) -> u64 {
        match self {
            Self::Hashes(level) => size.checked_shr(8 * level).unwrap_or(0),
            Self::Entries => size,
        }
    }
}

/// The name of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tile {
    pub(crate) kind: TileKind,
    pub(crate) index: u64,
    /// 1 to 256.
    pub(crate) width: u64,
}

impl Tile {
    /// The tiles of a log of `size` entries.
    pub(crate) fn of_size(size: u64) -> Vec<Self> {
        let levels = (0..8).map(TileKind::Hashes).take_while(|kind| kind.count(size) > 0);
        let kinds = levels.chain((size > 0).then_some(TileKind::Entries));
        kinds.flat_map(|kind| Self::of_kind(kind, size)).collect()
    }

    fn of_kind(kind: TileKind, size: u64) -> impl Iterator<Item = Self> {
        let count = kind.count(size);
        (0..count.div_ceil(WIDTH)).map(move |index| Self {
            kind,
            index,
            width: (count - index * WIDTH).min(WIDTH),
        })
    }

    /// The tile's file below the log's folder.
    pub(crate) fn path(&self) -> String {
        let mut name = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            name = format!("x{:03}/{name}", rest % 1000);
            rest /= 1000;
        }
        let kind = match self.kind {
            TileKind::Hashes(level) => level.to_string(),
            TileKind::Entries => "entries".to_owned(),
        };
        let partial = if self.width < WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{kind}/{name}{partial}")
    }

    /// The tile whose file this is, or none.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("tile/")?;
        let (kind, rest) = rest.split_once('/')?;
        let kind = if kind == "entries" { TileKind::Entries } else { TileKind::Hashes(kind.parse().ok()?) };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (rest, WIDTH),
        };
        let digits: String = number.split('/').map(|part| part.trim_start_matches('x')).collect();
        let tile = Self { kind, index: digits.parse().ok()?, width };
        (tile.path() == path).then_some(tile)
    }
}

/// The folder of a log.
pub(crate) fn log_folder(origin: &OriginId) -> PathBuf {
    PathBuf::from("log").join(origin.as_str())
}

/// Takes an entry tile apart, strictly: exactly `width` entries and nothing after them.
pub(crate) fn split_entries(bytes: &[u8], width: u64) -> std::result::Result<Vec<&[u8]>, String> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or("an entry is cut off")?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() {
        return Err("there is a byte after the last entry".to_owned());
    }
    if entries.len() as u64 != width {
        return Err(format!("it holds {} entries, not {width}", entries.len()));
    }
    Ok(entries)
}

/// Takes a tile of hashes apart, strictly.
pub(crate) fn split_hashes(bytes: &[u8], width: u64) -> std::result::Result<Vec<Digest>, String> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || hashes.len() as u64 != width {
        return Err(format!("it has {} bytes, not the {} of {width} hashes", bytes.len(), width * 32));
    }
    Ok(hashes.iter().map(|hash| Digest::from_bytes(*hash)).collect())
}

/// The hash over a run of hashes whose number is a power of two.
pub(crate) fn fold(hashes: &[Digest]) -> Digest {
    match hashes {
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(&fold(left), &fold(right))
        }
    }
}

/// The entries of one tile, shared.
pub(crate) type Entries = Arc<Vec<Vec<u8>>>;

/// Reads the tiles of a log of a known size.
pub(crate) struct TileReader {
    disk: Disk,
    folder: PathBuf,
    size: u64,
    recent: Mutex<BTreeMap<Tile, Arc<Vec<u8>>>>,
    recent_entries: Mutex<Option<(u64, Entries)>>,
}

/// How many tiles are kept in memory: enough for the two edges of a proof.
const RECENT: usize = 32;

impl TileReader {
    pub(crate) fn new(disk: &Disk, origin: &OriginId, size: u64) -> Self {
        Self {
            disk: disk.clone(),
            folder: log_folder(origin),
            size,
            recent: Mutex::default(),
            recent_entries: Mutex::default(),
        }
    }

    /// The hashes of a tile.
    pub(crate) fn hashes(&self, level: u32, index: u64) -> Result<Vec<Digest>> {
        let tile = self.tile(TileKind::Hashes(level), index);
        let bytes = self.bytes(tile)?;
        split_hashes(&bytes, tile.width).map_err(|why| Error::damaged(&self.file(&tile), why))
    }

    /// The entries of a tile.
    pub(crate) fn entries(&self, index: u64) -> Result<Entries> {
        let mut recent = self.recent_entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, entries)) = recent.as_ref().filter(|(held, _)| *held == index) {
            return Ok(Arc::clone(entries));
        }
        let tile = self.tile(TileKind::Entries, index);
        let bytes = self.read(tile)?;
        let entries =
            split_entries(&bytes, tile.width).map_err(|why| Error::damaged(&self.file(&tile), why))?;
        let entries: Entries = Arc::new(entries.into_iter().map(<[u8]>::to_vec).collect());
        *recent = Some((index, Arc::clone(&entries)));
        Ok(entries)
    }

    fn tile(&self, kind: TileKind, index: u64) -> Tile {
        Tile { kind, index, width: (kind.count(self.size) - index * WIDTH).min(WIDTH) }
    }

    fn file(&self, tile: &Tile) -> PathBuf {
        self.disk.path(self.folder.join(tile.path()))
    }

    fn bytes(&self, tile: Tile) -> Result<Arc<Vec<u8>>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = recent.get(&tile) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = Arc::new(self.read(tile)?);
        if recent.len() >= RECENT {
            recent.clear();
        }
        recent.insert(tile, Arc::clone(&bytes));
        Ok(bytes)
    }

    /// Reads a tile. A partial one may just have been replaced by a wider one, of which it is a prefix.
    fn read(&self, tile: Tile) -> Result<Vec<u8>> {
        match self.disk.read(self.folder.join(tile.path())) {
            Err(error) if error.is_missing() && tile.width < WIDTH => {
                for width in tile.width + 1..=WIDTH {
                    let wider = Tile { width, ..tile };
                    if let Some(bytes) = self.disk.read_if_there(self.folder.join(wider.path()))? {
                        return prefix(&bytes, tile).map_err(|why| Error::damaged(&self.file(&wider), why));
                    }
                }
                Err(error)
            }
            other => other,
        }
    }
}

impl Nodes for TileReader {
    fn node(&self, height: u32, index: u64) -> Result<Digest> {
        let (level, inner) = (height / 8, height % 8);
        let first = index << inner;
        let hashes = self.hashes(level, first / WIDTH)?;
        let from = (first % WIDTH) as usize;
        let run = hashes.get(from..from + (1 << inner));
        run.map(fold).ok_or_else(|| Error::damaged(&self.disk.path(&self.folder), "a tile is too short"))
    }
}

/// The first part of a wider tile's bytes.
fn prefix(bytes: &[u8], tile: Tile) -> std::result::Result<Vec<u8>, String> {
    let length = match tile.kind {
        TileKind::Hashes(_) => tile.width as usize * 32,
        TileKind::Entries => {
            let mut end = 0;
            for _ in 0..tile.width {
                let length = bytes.get(end..end + 2).ok_or("an entry is cut off")?;
                end += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            end
        }
    };
    bytes.get(..length).map(<[u8]>::to_vec).ok_or_else(|| "it is too short".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_c2sp() {
        let tile = |kind, index, width| Tile { kind, index, width };
        let cases = [
            (tile(TileKind::Hashes(0), 0, 256), "tile/0/000"),
            (tile(TileKind::Hashes(1), 67, 5), "tile/1/067.p/5"),
            (tile(TileKind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067"),
            (tile(TileKind::Entries, 1_000, 255), "tile/entries/x001/000.p/255"),
        ];
        for (tile, path) in cases {
            assert_eq!(tile.path(), path);
            assert_eq!(Tile::parse(path), Some(tile));
        }
        for wrong in [
            "tile/0/0",
            "tile/0/x000/001",
            "tile/00/000",
            "tile/0/000.p/256",
            "tile/0/000.p/05",
            "tile/0/1000",
        ] {
            assert_eq!(Tile::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tiles_of_a_size() {
        let paths: Vec<_> = Tile::of_size(70_000).iter().map(Tile::path).collect();
        assert_eq!(paths.len(), 274 + 2 + 1 + 274);
        assert!(paths.contains(&"tile/0/273.p/112".to_owned()));
        assert!(paths.contains(&"tile/1/001.p/17".to_owned()));
        assert!(paths.contains(&"tile/2/000.p/1".to_owned()));
        assert!(Tile::of_size(0).is_empty());
    }
}
