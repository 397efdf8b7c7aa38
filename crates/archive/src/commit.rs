//! Saving a batch. The order is the whole point:
//!
//! 1. evidence (already in `incoming/`), bodies and tiles are written under names that no checkpoint needs yet;
//! 2. one call makes all of it durable;
//! 3. the signed checkpoint is renamed into place and its folder made durable: the batch is saved at this instant;
//! 4. evidence moves to its place, old partial tiles go, and what was erased is destroyed.
//!
//! A crash before 3 leaves the old log and some files that the next writer removes; one after 3 leaves work
//! that the next writer finishes (`recover.rs`).

use crate::archive::Archive;
use crate::batch::Batch;
use crate::disk::INCOMING;
use crate::error::{Error, Result};
use crate::ids::OriginId;
use crate::keys::{handover_path, next_secret_path, secret_path};
use crate::note::Checkpoint;
use crate::pack::{self, pack_folder, pack_path};
use crate::tiles::log_folder;
use crate::writer::superseded;

impl Batch<'_> {
    /// Saves the batch and returns the new checkpoint. Once it returns, a power cut loses nothing of it.
    ///
    /// A batch without entries and evidence changes nothing and returns the old checkpoint.
    ///
    /// # Errors
    /// The errors of the disk: then nothing of the batch is saved, except for [`Error::ErasureUnfinished`], which says
    /// that everything is saved and only the destruction remains to be done.
    pub fn commit(mut self) -> Result<Checkpoint> {
        self.list_evidence()?;
        if self.lines.is_empty() {
            return Ok(self.archive.own_log()?.checkpoint.clone());
        }
        let origin = self.archive.origin.clone();
        self.write_bodies(&origin)?;
        self.tail.write(&self.archive.disk)?;
        let checkpoint = self.sign()?;
        self.archive.disk.write(staged_checkpoint(&origin), checkpoint.text.as_bytes())?;
        for landing in &mut self.landings {
            landing.write(&self.archive.disk, &self.archive.vault)?;
            self.archive
                .disk
                .write(staged_checkpoint(&landing.origin), landing.checkpoint.text.as_bytes())?;
        }
        self.archive.disk.sync_all()?;
        // Theirs first: what our checkpoint says was seen must be there.
        for landing in &self.landings {
            place_checkpoint(self.archive, &landing.origin)?;
        }
        self.placed = true;
        place_checkpoint(self.archive, &origin)?;
        self.finish()?;
        Ok(checkpoint)
    }

    fn write_bodies(&self, origin: &OriginId) -> Result<()> {
        let disk = &self.archive.disk;
        disk.make_folder(pack_folder(origin))?;
        let stored = self.archive.vault.seal(&pack::encode(&self.lines)?)?;
        disk.write(pack_path(origin, self.first), &stored)
    }

    /// Signs the new size and root, with the next key if there is one, which the old key then hands over to.
    fn sign(&self) -> Result<Checkpoint> {
        let Archive { disk, signer, origin, .. } = &*self.archive;
        let locked = || Error::Locked { what: format!("the key of {origin}") };
        let signer = signer.as_ref().ok_or_else(locked)?;
        let (size, root) = (self.tail.size(), self.tail.root());
        let Some(next) = &self.next_key else { return Ok(Checkpoint::sign(signer, size, root, None)) };
        disk.write(next_secret_path(origin), &next.stored)?;
        let handover = Checkpoint::sign(signer, size, root, Some(&next.key.public));
        disk.write(handover_path(origin, size), handover.text.as_bytes())?;
        Ok(Checkpoint::sign(&next.key, size, root, None))
    }

    /// What follows once the checkpoint is in place. The next writer would do it too, so a failure loses nothing.
    fn finish(&mut self) -> Result<()> {
        let archive = &mut *self.archive;
        if let Some(next) = self.next_key.take() {
            archive.disk.rename(next_secret_path(&archive.origin), secret_path(&archive.origin))?;
            archive.disk.sync_folder("keys")?;
            archive.signer = Some(next.key);
        }
        let old_sizes: Vec<_> = archive.logs.values().map(|log| (log.origin.clone(), log.size())).collect();
        // Readers find evidence in either place, so a move that fails now is finished later.
        self.incoming.settle(&archive.disk).ok();
        self.received.settle(&archive.disk).ok();
        archive.refresh()?;
        for (origin, old_size) in old_sizes {
            let size = archive.log(&origin)?.size();
            for tile in superseded(old_size, size) {
                archive.disk.remove(log_folder(&origin).join(tile.path())).ok();
            }
        }
        archive.finish_erasures().map_err(|error| Error::ErasureUnfinished { source: Box::new(error) })
    }
}

fn staged_checkpoint(origin: &OriginId) -> std::path::PathBuf {
    std::path::Path::new(INCOMING).join(format!("checkpoint-{origin}"))
}

fn place_checkpoint(archive: &Archive, origin: &OriginId) -> Result<()> {
    let folder = log_folder(origin);
    archive.disk.rename(staged_checkpoint(origin), folder.join("checkpoint"))?;
    archive.disk.sync_folder(folder)
}
