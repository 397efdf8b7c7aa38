//! What the next writer does with the leavings of one that did not come to its end.
//!
//! Below the checkpoint, what was begun is finished: evidence moves to its place, a changed key is taken up, what was
//! erased is destroyed. Beyond it, what was begun is removed: tiles, packs and handovers that no checkpoint names.

use std::collections::BTreeSet;

use crate::archive::Archive;
use crate::disk::INCOMING;
use crate::entry::kinds;
use crate::erase::{Kept, parse};
use crate::error::Result;
use crate::evidence;
use crate::ids::OriginId;
use crate::keys::{handover_size, next_secret_path, public_path, secret_path};
use crate::pack::{pack_first, pack_folder};
use crate::tiles::{Tile, log_folder};

impl Archive {
    /// Finishes or removes what an interrupted batch left. Called under the writers' lock.
    pub(crate) fn recover(&mut self) -> Result<()> {
        self.settle_incoming()?;
        self.take_up_next_key()?;
        for name in self.disk.names("log")? {
            let Ok(origin) = name.parse::<OriginId>() else { continue };
            let size = self.logs.get(&origin).map_or(0, |log| log.size());
            self.remove_beyond(&origin, size)?;
        }
        self.finish_erasures()
    }

    fn settle_incoming(&self) -> Result<()> {
        let names = self.disk.names(INCOMING)?;
        if names.is_empty() {
            return Ok(());
        }
        let mut saved = BTreeSet::new();
        for (origin, range) in self.unsettled()? {
            for (_, data) in self.own_bodies(&origin, kinds::EVIDENCE_KEPT, range)? {
                saved.extend(
                    parse::<Kept>(data)?.digests.iter().map(|digest| self.vault.evidence_name(digest)),
                );
            }
        }
        for name in names {
            if saved.contains(&name) {
                evidence::settle(&self.disk, &name)?;
            } else {
                self.disk.remove(evidence::incoming_path(&name))?;
            }
        }
        Ok(())
    }

    /// A next secret key is the key if the log was handed over to it, and nothing if the batch was not saved.
    fn take_up_next_key(&self) -> Result<()> {
        let next = next_secret_path(&self.origin);
        if !self.disk.exists(&next) {
            return Ok(());
        }
        let log = self.own_log()?;
        let handed_over = log.chain.handovers(log.size()).last().is_some_and(|last| last.size == log.size());
        if handed_over {
            self.disk.rename(&next, secret_path(&self.origin))?;
            self.disk.sync_folder("keys")
        } else {
            self.disk.remove(&next)
        }
    }

    fn remove_beyond(&self, origin: &OriginId, size: u64) -> Result<()> {
        let folder = log_folder(origin);
        let needed: BTreeSet<String> = Tile::of_size(size).iter().map(Tile::path).collect();
        for path in self.disk.files(folder.join("tile"))? {
            let relative = format!("tile/{path}");
            if Tile::parse(&relative).is_some() && !needed.contains(&relative) {
                self.disk.remove(folder.join(relative))?;
            }
        }
        for name in self.disk.names(&folder)? {
            if handover_size(&name).is_some_and(|at| at > size) {
                self.disk.remove(folder.join(name))?;
            }
        }
        if !self.logs.contains_key(origin) {
            self.disk.remove(public_path(origin))?;
        }
        for name in self.disk.names(pack_folder(origin))? {
            if pack_first(&name).is_some_and(|first| first >= size) {
                self.disk.remove(pack_folder(origin).join(name))?;
            }
        }
        Ok(())
    }
}
