//! Blobs: each that a log keeps must be here and be what its name says, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::log::BlobWord;
use super::{ErasedItem, Verifier, cause};
use crate::disk::INCOMING;
use crate::erase::Fate;
use crate::error::{Error, Result};
use crate::evidence::{incoming_path, is_name, kept_path};
use crate::ids::{Digest, EntryRef};

/// What the logs say of one blob.
struct Word {
    fate: Fate,
    /// A log that was received and not yet stated as seen speaks of it.
    unstated: bool,
    /// The last entry that redacted it.
    redacted: Option<EntryRef>,
}

/// The logs' last words on one blob, as they are gathered.
#[derive(Default)]
struct Words {
    own: Option<bool>,
    others: Vec<bool>,
    unstated: bool,
    redacted: Option<EntryRef>,
}

impl Verifier {
    pub(super) fn check_evidence(&mut self) -> Result<()> {
        let words = self.blob_words();
        let by_name: BTreeMap<String, (&Digest, &Word)> =
            words.iter().map(|(digest, word)| (self.vault.evidence_name(digest), (digest, word))).collect();
        let incoming: BTreeSet<String> = self.disk.names(INCOMING)?.into_iter().collect();
        let kept = self.kept_names()?;
        self.check_places(&kept, &by_name);
        let to_check = |name: &String, word: &Word| match word.fate {
            Fate::Required => true,
            Fate::Optional => kept.contains(name),
            Fate::Gone => false,
        };
        let required: Vec<(&String, &Digest)> = by_name
            .iter()
            .filter(|(name, (_, word))| to_check(name, word))
            .map(|(name, (digest, _))| (name, *digest))
            .collect();
        let checked: Vec<(String, std::result::Result<u64, String>)> = required
            .par_iter()
            .map(|(name, digest)| {
                let path = if !kept.contains(*name) && incoming.contains(*name) {
                    incoming_path(name)
                } else {
                    kept_path(name)
                };
                let result = self.check_blob(&path, digest);
                (path.display().to_string(), result.map_err(cause))
            })
            .collect();
        for (path, result) in checked {
            match result {
                Ok(bytes) => {
                    self.report.blobs += 1;
                    self.report.bytes += bytes;
                }
                Err(why) => self.finding(&path, why),
            }
        }
        Ok(())
    }

    /// Every file in its place must be a blob that a log keeps.
    fn check_places(&mut self, kept: &BTreeSet<String>, by_name: &BTreeMap<String, (&Digest, &Word)>) {
        for name in kept {
            match by_name.get(name) {
                Some((_, Word { fate: Fate::Required | Fate::Optional, .. })) => {}
                Some((_, Word { redacted: Some(by), .. })) if self.is_unsettled(by) => {
                    self.note(&shown(name), format!("it was erased by {by}; the next writer destroys it"));
                }
                Some((_, Word { redacted: Some(by), .. })) => {
                    self.finding(&shown(name), format!("it was erased by {by}, and is still there"));
                }
                Some((_, word)) if word.unstated => {
                    self.note(&shown(name), "of a log that was received and not yet stated as seen");
                }
                _ => self.finding(&shown(name), "a stray file: no entry keeps it"),
            }
        }
    }

    /// What the logs say of every blob: ours as far as it goes, others as far as ours has seen them.
    fn blob_words(&mut self) -> BTreeMap<Digest, Word> {
        let mut words: BTreeMap<Digest, Words> = BTreeMap::new();
        let own = self.own.as_ref().and_then(|own| self.logs.get(own));
        for log in self.logs.values() {
            let is_own = own.is_some_and(|own| own.origin == log.origin);
            let stated = if is_own { u64::MAX } else { self.stated_size(&log.origin) };
            let mut states: BTreeMap<Digest, bool> = BTreeMap::new();
            for (index, word) in &log.blobs {
                let (digest, kept) = match word {
                    BlobWord::Kept(digest) => (*digest, true),
                    BlobWord::Redacted(blob) => {
                        let by = EntryRef::new(&log.origin, *index);
                        words.entry(blob.old).or_default().redacted = Some(by.clone());
                        self.report.erased.push(ErasedItem::Evidence { old: blob.old, new: blob.new, by });
                        (blob.old, false)
                    }
                };
                if *index < stated {
                    states.insert(digest, kept);
                } else {
                    words.entry(digest).or_default().unstated = true;
                }
            }
            for (digest, kept) in states {
                let word = words.entry(digest).or_default();
                if is_own { word.own = Some(kept) } else { word.others.push(kept) }
            }
        }
        words.into_iter().map(|(digest, words)| (digest, words.weigh())).collect()
    }

    /// The names of all blobs in their places; files that are none are told.
    fn kept_names(&mut self) -> Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for folder in self.disk.names("evidence")? {
            let inner = PathBuf::from("evidence").join(&folder);
            if !self.disk.path(&inner).is_dir() {
                self.finding(&inner.display().to_string(), "a stray file: it is not a folder of evidence");
                continue;
            }
            for name in self.disk.names(&inner)? {
                let whole = format!("{folder}{name}");
                if folder.len() == 2 && is_name(&whole) {
                    names.insert(whole);
                } else {
                    self.finding(
                        &inner.join(&name).display().to_string(),
                        "a stray file: it is not the name of a blob",
                    );
                }
            }
        }
        Ok(names)
    }

    /// Reads a blob in bounded memory and compares its digest. Returns its length.
    fn check_blob(&self, relative: &std::path::Path, digest: &Digest) -> Result<u64> {
        let path = self.disk.path(relative);
        let file = File::open(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::damaged(&path, "it is missing, and an entry keeps it"),
            _ => Error::io(&path, error),
        })?;
        if self.vault.is_plain() {
            return hash_file(file, digest, &path);
        }
        let reader =
            self.vault.reader(BufReader::with_capacity(1 << 16, file)).map_err(|error| error.at(&path))?;
        hash_file(reader, digest, &path)
    }
}

impl Words {
    fn weigh(self) -> Word {
        let spoken = self.own.is_some() || !self.others.is_empty();
        let fate = if spoken { Fate::of(self.own, &self.others) } else { Fate::Gone };
        Word { fate, unstated: self.unstated, redacted: self.redacted }
    }
}

fn hash_file(mut reader: impl Read, digest: &Digest, path: &std::path::Path) -> Result<u64> {
    let mut hash = Sha256::new();
    let mut length = 0;
    let mut chunk = [0; 1 << 15];
    loop {
        let count = reader.read(&mut chunk).map_err(|error| crate::evidence::damage(path, error))?;
        if count == 0 {
            break;
        }
        length += count as u64;
        hash.update(&chunk[..count]);
    }
    let found = Digest::from_bytes(hash.finalize().into());
    if found == *digest {
        Ok(length)
    } else {
        Err(Error::damaged(path, format!("its content has the SHA-256 {found}")))
    }
}

fn shown(name: &str) -> String {
    kept_path(name).display().to_string()
}
