//! One log: keys, checkpoint, tiles, leaves, and the bodies that they commit to.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::{VerifyReport, cause};
use crate::batch::BATCH_LIMIT;
use crate::disk::Disk;
use crate::entry::{Leaf, decode_body, kinds};
use crate::erase::{Erased, Item, Kept, Redacted, Redaction, parse};
use crate::error::Result;
use crate::ids::{Digest, EntryRef, OriginId};
use crate::keys::{KeyChain, handover_size};
use crate::merkle::{self, Nodes, leaf_hash};
use crate::note::Checkpoint;
use crate::order::Seen;
use crate::pack::{self, Line, pack_first, pack_folder, pack_path};
use crate::tiles::{Tile, TileKind, WIDTH, fold, log_folder, split_entries};
use crate::vault::Vault;

/// What a log was found to say.
pub(super) struct LogFacts {
    pub(super) origin: OriginId,
    pub(super) checkpoint: Checkpoint,
    pub(super) chain: KeyChain,
    tree: Tree,
    /// The first entry of the last batch.
    pub(super) last_batch: u64,
    packs: Vec<u64>,
    /// Entries whose bodies are gone, and the entries that are said to have erased them.
    pub(super) gone: Vec<(u64, EntryRef)>,
    /// What entries `body.erased` say.
    pub(super) erased: Vec<(u64, Item)>,
    /// What entries say of blobs, in order.
    pub(super) blobs: Vec<(u64, BlobWord)>,
    pub(super) seen: Vec<(u64, Seen)>,
    pub(super) doubtful: Vec<Range<u64>>,
}

/// What one entry says of one blob.
pub(super) enum BlobWord {
    Kept(Digest),
    Redacted(Redaction),
}

impl LogFacts {
    pub(super) fn root_at(&self, size: u64) -> Option<Digest> {
        if size > self.checkpoint.size { None } else { merkle::root(&self.tree, size).ok() }
    }

    pub(super) fn is_present(&self, index: u64) -> bool {
        index < self.checkpoint.size && self.gone.binary_search_by_key(&index, |(gone, _)| *gone).is_err()
    }

    pub(super) fn pack_name(&self, index: u64) -> String {
        let after = self.packs.partition_point(|first| *first <= index);
        let first = after.checked_sub(1).map_or(0, |at| self.packs[at]);
        pack_path(&self.origin, first).display().to_string()
    }

    /// Why this log is not a continuation of a kept checkpoint, or none if it is.
    pub(super) fn continues(&self, kept: &Checkpoint) -> Option<String> {
        if let Err(error) = self.chain.check(kept) {
            return Some(format!("the checkpoint to verify against is not this log's: {error}"));
        }
        let size = self.checkpoint.size;
        match self.root_at(kept.size) {
            None => Some(format!(
                "rolled back: it has {size} entries, and had {} when the kept checkpoint was made",
                kept.size
            )),
            Some(root) if root != kept.root => Some(format!(
                "another history: its first {} entries are not those of the kept checkpoint",
                kept.size
            )),
            Some(_) => None,
        }
    }
}

/// Checks a log. None where there is no checkpoint to hold it against.
pub(super) fn check(
    disk: &Disk,
    vault: &Vault,
    origin: &OriginId,
    is_own: bool,
    report: &mut VerifyReport,
) -> Option<LogFacts> {
    let folder = log_folder(origin);
    let at = folder.join("checkpoint").display().to_string();
    let text = match disk.read_text(&at) {
        Ok(text) => text,
        Err(error) => {
            report.finding(&at, cause(error));
            return None;
        }
    };
    let checkpoint = match Checkpoint::parse(&text) {
        Ok(checkpoint) => checkpoint,
        Err(error) => {
            report.finding(&at, cause(error));
            return None;
        }
    };
    let chain = match KeyChain::load(disk, origin, checkpoint.size) {
        Ok(chain) => chain,
        Err(error) => {
            report
                .finding(&format!("log/{origin}/key"), format!("the keys of this log do not hold: {error}"));
            return None;
        }
    };
    if let Err(error) = chain.check(&checkpoint) {
        report.finding(&at, cause(error));
        return None;
    }
    let mut check = Check { disk, vault, origin, is_own, report, size: checkpoint.size };
    let (leaves, tree) = check.tiles();
    if tree.size() == checkpoint.size && merkle::root(&tree, checkpoint.size).ok() != Some(checkpoint.root) {
        check.report.finding(&at, "the entries do not lead to the signed root");
    }
    for handover in chain.handovers(checkpoint.size) {
        if merkle::root(&tree, handover.size).ok() != Some(handover.root) {
            let path = crate::keys::handover_path(origin, handover.size).display().to_string();
            check.report.finding(&path, "the entries do not lead to the root that was handed over");
        }
    }
    let packs = check.pack_files();
    let mut facts = LogFacts {
        origin: origin.clone(),
        checkpoint,
        chain,
        tree,
        last_batch: packs.last().copied().unwrap_or(0),
        packs,
        gone: Vec::new(),
        erased: Vec::new(),
        blobs: Vec::new(),
        seen: Vec::new(),
        doubtful: Vec::new(),
    };
    if !vault.is_closed() {
        check.bodies(&leaves, &mut facts);
    }
    Some(facts)
}

struct Check<'a> {
    disk: &'a Disk,
    vault: &'a Vault,
    origin: &'a OriginId,
    is_own: bool,
    report: &'a mut VerifyReport,
    size: u64,
}

impl Check<'_> {
    /// Reads every tile and compares it with what the entries lead to.
    fn tiles(&mut self) -> (Vec<Option<Leaf>>, Tree) {
        let folder = log_folder(self.origin);
        let needed = Tile::of_size(self.size);
        let entry_tiles: Vec<&Tile> = needed.iter().filter(|tile| tile.kind == TileKind::Entries).collect();
        let read: Vec<_> = entry_tiles.par_iter().map(|tile| self.entries(tile)).collect();
        let mut leaves = Vec::new();
        let mut hashes = Vec::new();
        for (tile, result) in entry_tiles.iter().zip(read) {
            let path = folder.join(tile.path()).display().to_string();
            match result {
                Ok(entries) => {
                    for (index, (hash, leaf)) in (tile.index * WIDTH..).zip(entries) {
                        hashes.push(hash);
                        leaves.push(
                            leaf.map_err(|why| self.report.finding(&path, format!("entry {index}: {why}")))
                                .ok(),
                        );
                    }
                }
                Err(why) => {
                    // The rest of the log can still be looked at from its hashes' own tiles, but not be believed.
                    self.report.finding(&path, why);
                    hashes.extend((0..tile.width).map(|_| Digest::of(b"unreadable")));
                    leaves.extend((0..tile.width).map(|_| None));
                }
            }
        }
        let tree = Tree::of(hashes);
        for tile in needed.iter().filter(|tile| tile.kind != TileKind::Entries) {
            let path = folder.join(tile.path());
            let found = self.disk.read(&path);
            let path = path.display().to_string();
            match found {
                Err(error) => self.report.finding(&path, cause(error)),
                Ok(bytes) if bytes != tree.tile(tile) => {
                    self.report.finding(&path, "its hashes are not those of the entries");
                }
                Ok(_) => {}
            }
        }
        self.other_files(&needed, &tree);
        (leaves, tree)
    }

    #[allow(clippy::type_complexity, reason = "a row of the two things known of an entry")]
    fn entries(
        &self,
        tile: &Tile,
    ) -> std::result::Result<Vec<(Digest, std::result::Result<Leaf, String>)>, String> {
        let bytes = self.disk.read(log_folder(self.origin).join(tile.path())).map_err(cause)?;
        let entries = split_entries(&bytes, tile.width)?;
        let decode = |entry: &[u8]| {
            let leaf = Leaf::decode(entry).map_err(cause)?;
            if leaf.origin == *self.origin { Ok(leaf) } else { Err("it is of another origin".to_owned()) }
        };
        Ok(entries.into_iter().map(|entry| (leaf_hash(entry), decode(entry))).collect())
    }

    /// Files of the log's folder that its size does not need: leavings, or strays.
    fn other_files(&mut self, needed: &[Tile], tree: &Tree) {
        let folder = log_folder(self.origin);
        let needed: BTreeSet<String> = needed.iter().map(Tile::path).collect();
        let files = match self.disk.files(&folder) {
            Ok(files) => files,
            Err(error) => return self.report.finding(&folder.display().to_string(), cause(error)),
        };
        for name in files {
            let path = folder.join(&name).display().to_string();
            let handover = handover_size(&name);
            if ["checkpoint", "key"].contains(&name.as_str())
                || needed.contains(&name)
                || handover.is_some_and(|size| size <= self.size)
            {
                continue;
            }
            let Some(tile) = Tile::parse(&name) else {
                if handover.is_some() {
                    self.report.note(&path, "of a batch that was not finished; the next writer removes it");
                } else {
                    self.report.finding(&path, "a stray file: it is no part of a log");
                }
                continue;
            };
            if self.is_leaving(&tile, tree) {
                self.report.note(&path, "left over from an interrupted batch; the next writer removes it");
            } else {
                self.report.finding(&path, "a stray tile: it is not what the log held or would hold next");
            }
        }
    }

    /// Whether a tile that is not needed is an earlier state of one that is, or one that a batch in the making could have
    /// written, whole or not.
    fn is_leaving(&self, tile: &Tile, tree: &Tree) -> bool {
        let end = tile.index * WIDTH + tile.width;
        if end > tile.kind.count(self.size) {
            return tile.index * WIDTH < tile.kind.count(self.size + BATCH_LIMIT);
        }
        let Ok(bytes) = self.disk.read(log_folder(self.origin).join(tile.path())) else { return false };
        match tile.kind {
            TileKind::Hashes(_) => bytes == tree.tile(tile),
            TileKind::Entries => split_entries(&bytes, tile.width).is_ok_and(|entries| {
                let hashes = entries.iter().map(|entry| leaf_hash(entry));
                hashes.eq(tree.leaves(tile.index * WIDTH, tile.width).iter().copied())
            }),
        }
    }

    /// The packs below the log's size, by first entry; files that are none are told.
    fn pack_files(&mut self) -> Vec<u64> {
        let folder = pack_folder(self.origin);
        let names = match self.disk.names(&folder) {
            Ok(names) => names,
            Err(error) => {
                self.report.finding(&folder.display().to_string(), cause(error));
                return Vec::new();
            }
        };
        let mut packs = Vec::new();
        for name in names {
            let path = folder.join(&name).display().to_string();
            match pack_first(&name) {
                None => self.report.finding(&path, "a stray file: it is not the name of a pack"),
                Some(first) if first < self.size => packs.push(first),
                // We write one batch at a time; of another log, several may be on their way.
                Some(first) if first == self.size || !self.is_own => {
                    self.report.note(&path, "of a batch that was not finished; the next writer removes it");
                }
                Some(_) => self.report.finding(&path, "a pack of entries that the log does not have"),
            }
        }
        packs
    }

    /// Reads every pack and compares each body with the leaf that commits to it.
    fn bodies(&mut self, leaves: &[Option<Leaf>], facts: &mut LogFacts) {
        let packs = facts.packs.clone();
        let ends = packs.iter().skip(1).copied().chain([self.size]);
        let ranges: Vec<Range<u64>> =
            packs.iter().copied().zip(ends).map(|(first, end)| first..end).collect();
        if self.size > 0 && packs.first() != Some(&0) {
            let path = pack_path(self.origin, 0).display().to_string();
            self.report.finding(&path, "it is missing, and the bodies of the first entries with it");
        }
        let read: Vec<_> = ranges.par_iter().map(|range| self.pack(range, leaves)).collect();
        for (range, pack) in ranges.iter().zip(read) {
            let path = pack_path(self.origin, range.start).display().to_string();
            for why in pack.wrong {
                self.report.finding(&path, why);
            }
            facts.gone.extend(pack.gone);
            for (index, kind, data) in pack.words {
                if let Err(error) = facts.hear(index, &kind, data) {
                    self.report.finding(&path, format!("entry {index}: {}", cause(error)));
                }
            }
        }
    }

    fn pack(&self, range: &Range<u64>, leaves: &[Option<Leaf>]) -> PackFacts {
        let mut pack = PackFacts::default();
        let stored = self.disk.read(pack_path(self.origin, range.start));
        let lines =
            stored.and_then(|stored| self.vault.open_bytes(stored)).and_then(|bytes| pack::decode(&bytes));
        let lines = match lines {
            Ok(lines) => lines,
            Err(error) => {
                pack.wrong.push(cause(error));
                return pack;
            }
        };
        if lines.len() as u64 != range.end - range.start {
            pack.wrong.push(format!(
                "it has {} lines for the entries {} to {}",
                lines.len(),
                range.start,
                range.end - 1
            ));
            return pack;
        }
        for (index, line) in range.clone().zip(lines) {
            let Some(Some(leaf)) = leaves.get(index as usize) else { continue };
            pack.take(index, leaf, line);
        }
        pack
    }
}

/// What one pack was found to hold.
#[derive(Default)]
struct PackFacts {
    wrong: Vec<String>,
    gone: Vec<(u64, EntryRef)>,
    /// Data of the archive's own entries.
    words: Vec<(u64, String, serde_json::Value)>,
}

impl PackFacts {
    fn take(&mut self, index: u64, leaf: &Leaf, line: Line) {
        let commitment = line.commitment();
        match line {
            Line::Erased(by) => self.gone.push((index, by)),
            Line::Present { .. } if commitment != Some(leaf.commit) => {
                self.wrong.push(format!("the body of entry {index} is not the one that the log commits to"));
            }
            Line::Present { body, .. } => match decode_body(&body) {
                Err(error) => self.wrong.push(format!("entry {index}: {}", cause(error))),
                Ok((_, data)) if kinds::OWN.contains(&leaf.kind.as_str()) => {
                    self.words.push((index, leaf.kind.clone(), data));
                }
                Ok(_) => {}
            },
        }
    }
}

impl LogFacts {
    /// Takes in what one of the archive's own entries says.
    fn hear(&mut self, index: u64, kind: &str, data: serde_json::Value) -> Result<()> {
        let wrong = |why: &str| crate::Error::NotCanonical { why: why.to_owned() };
        match kind {
            kinds::EVIDENCE_KEPT => {
                let digests = parse::<Kept>(data)?.digests;
                self.blobs.extend(digests.into_iter().map(|digest| (index, BlobWord::Kept(digest))));
            }
            kinds::TEXT_REDACTED => {
                let redactions = parse::<Redacted>(data)?.redactions;
                self.blobs.extend(redactions.into_iter().map(|blob| (index, BlobWord::Redacted(blob))));
            }
            kinds::BODY_ERASED => {
                self.erased.extend(parse::<Erased>(data)?.items.into_iter().map(|item| (index, item)));
            }
            kinds::LOG_SEEN => self.seen.push((index, parse(data)?)),
            kinds::ORIGIN_MADE if data["key"] != self.chain.first().to_string() => {
                return Err(wrong("the log was made with another key"));
            }
            kinds::KEY_MADE if !self.hands_over_to(&data) => {
                return Err(wrong("the log was not handed over to the key that this entry made"));
            }
            kinds::KEY_REVOKED if data["origin"] == self.origin.as_str() => {
                let trusted_to = data["trusted_to"].as_u64().ok_or_else(|| wrong("it lacks a member"))?;
                if trusted_to + 1 < index {
                    self.doubtful.push(trusted_to..index);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hands_over_to(&self, made: &serde_json::Value) -> bool {
        let mut keys = self
            .chain
            .handovers(self.checkpoint.size)
            .filter_map(|handover| handover.next_key().ok().flatten());
        keys.any(|key| made["key"] == key.to_string())
    }
}

/// All hashes of a log in memory: of leaves, of tiles, of tiles of tiles.
struct Tree {
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    fn of(leaves: Vec<Digest>) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() >= WIDTH as usize) {
            let above = below.par_chunks_exact(WIDTH as usize).map(fold).collect();
            levels.push(above);
        }
        Self { levels }
    }

    fn size(&self) -> u64 {
        self.levels[0].len() as u64
    }

    fn leaves(&self, from: u64, count: u64) -> &[Digest] {
        self.levels[0].get(from as usize..(from + count) as usize).unwrap_or(&[])
    }

    /// The bytes of a tile of hashes.
    fn tile(&self, tile: &Tile) -> Vec<u8> {
        let TileKind::Hashes(level) = tile.kind else { return Vec::new() };
        let from = (tile.index * WIDTH) as usize;
        let hashes =
            self.levels.get(level as usize).and_then(|level| level.get(from..from + tile.width as usize));
        hashes.unwrap_or(&[]).iter().flat_map(|hash| *hash.as_bytes()).collect()
    }
}

impl Nodes for Tree {
    fn node(&self, height: u32, index: u64) -> Result<Digest> {
        let (level, inner) = ((height / 8) as usize, height % 8);
        let first = (index << inner) as usize;
        let run = self.levels.get(level).and_then(|level| level.get(first..first + (1 << inner)));
        run.map(fold).ok_or_else(|| crate::Error::BadProof { why: "the log has fewer entries".to_owned() })
    }
}
