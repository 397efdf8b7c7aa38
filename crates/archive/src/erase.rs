//! Erasure: destroying bodies and blobs on purpose, visibly, without breaking a proof.
//!
//! The log comes first: entries `body.erased` and `text.redacted` are saved with the batch, and only then is anything
//! destroyed. A destruction that was interrupted is completed by the next writer.
//!
//! An erased body can be erased again (its replacement still named somebody). Then the new entry takes over everything
//! that the old one said, and the old one's body is destroyed too: of any erased entry, the last word is in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::archive::Archive;
use crate::batch::Batch;
use crate::canonical::canonical;
use crate::entry::{BODY_LIMIT, Replacement, decode_body, kinds};
use crate::error::{Error, Result};
use crate::evidence::{incoming_path, kept_path};
use crate::ids::{AccountId, Digest, EntryRef, OriginId};
use crate::pack::{self, Line, pack_path};

/// A body to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The entry.
    pub entry: EntryRef,
    /// What readers get in its place, under the original author; nothing if none.
    pub replacement: Option<Value>,
}

/// A blob to be destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destruction {
    /// The blob that goes.
    pub old: Digest,
    /// The blob that stands in its place: the same without what had to go. Stored before.
    pub new: Option<Digest>,
}

/// What an entry `body.erased` says of one body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) origin: OriginId,
    pub(crate) index: u64,
    pub(crate) who: AccountId,
    pub(crate) why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) replacement: Option<ItemReplacement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemReplacement {
    author: AccountId,
    data: Value,
}

impl Item {
    pub(crate) fn entry(&self) -> EntryRef {
        EntryRef::new(&self.origin, self.index)
    }
}

/// The data of an entry `body.erased`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erased {
    pub(crate) items: Vec<Item>,
}

/// One line of an entry `text.redacted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Redaction {
    pub(crate) old: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<Digest>,
}

/// The data of an entry `text.redacted`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Redacted {
    pub(crate) redactions: Vec<Redaction>,
    pub(crate) why: String,
}

/// The data of an entry `evidence.kept`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    pub(crate) digests: Vec<Digest>,
}

/// What is to become of a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It must be here.
    Required,
    /// It may be here: one of the other logs keeps it, and another one redacted it.
    Optional,
    /// It must not be here.
    Gone,
}

impl Fate {
    /// What follows from our own log's last word on a blob (kept, or false: redacted) and the other logs' last words.
    /// Ours decides; without one, a blob goes only when every log that kept it has redacted it.
    pub(crate) fn of(own: Option<bool>, others: &[bool]) -> Self {
        match own {
            Some(true) => Self::Required,
            Some(false) => Self::Gone,
            None if others.iter().all(|kept| *kept) => Self::Required,
            None if others.iter().any(|kept| *kept) => Self::Optional,
            None => Self::Gone,
        }
    }
}

/// Redactions in one entry.
const REDACTED_TOGETHER: usize = 300;

impl Batch<'_> {
    /// Erases bodies and destroys blobs, when the batch is saved. Returns the entries that say so.
    ///
    /// Of each erased entry the leaf, and with it every proof, stays; the body and its salt go, and so does
    /// a body that an earlier erasure put in its place. Blobs named by `evidence` go, whichever log lists them.
    ///
    /// # Errors
    /// [`Error::NoEntry`], [`Error::NotErasable`] for entries of the archive itself, [`Error::NoEvidence`] for a replacing
    /// blob that was not stored, [`Error::BodyTooLarge`] for a replacement that does not fit.
    pub fn erase(
        &mut self,
        entries: &[Erasure],
        evidence: &[Destruction],
        why: &str,
        author: &AccountId,
    ) -> Result<Vec<u64>> {
        let mut items = BTreeMap::new();
        for erasure in entries {
            self.plan(erasure, why, author, &mut items)?;
        }
        let mut written = Vec::new();
        for part in parts(items.into_values().collect())? {
            written.push(self.append_own_by(kinds::BODY_ERASED, &value(&Erased { items: part })?, author)?);
        }
        for part in evidence.chunks(REDACTED_TOGETHER) {
            let redactions = part.iter().map(|blob| self.redaction(blob)).collect::<Result<_>>()?;
            let body = Redacted { redactions, why: why.to_owned() };
            written.push(self.append_own_by(kinds::TEXT_REDACTED, &value(&body)?, author)?);
        }
        Ok(written)
    }

    /// Adds the items that erase one entry, and those of the erasure that it supersedes.
    fn plan(
        &self,
        erasure: &Erasure,
        why: &str,
        who: &AccountId,
        items: &mut BTreeMap<EntryRef, Item>,
    ) -> Result<()> {
        let EntryRef { origin, index } = &erasure.entry;
        let log = self.archive.log(origin)?;
        let leaf = log.leaf(*index)?;
        if kinds::OWN.contains(&leaf.kind.as_str()) {
            return Err(Error::NotErasable { entry: erasure.entry.clone(), kind: leaf.kind });
        }
        let mut original_author = who.clone();
        match log.body(*index, &leaf)? {
            Ok(body) => original_author = decode_body(&body)?.0,
            Err(by) => {
                for item in items_of(self.archive, &by)? {
                    if item.entry() == erasure.entry {
                        original_author = item.replacement.map_or(original_author, |put| put.author);
                    } else {
                        items.entry(item.entry()).or_insert(item);
                    }
                }
                let superseded = Item {
                    origin: by.origin.clone(),
                    index: by.index,
                    who: who.clone(),
                    why: "superseded by this erasure".to_owned(),
                    replacement: None,
                };
                items.insert(by, superseded);
            }
        }
        let replacement =
            erasure.replacement.clone().map(|data| ItemReplacement { author: original_author, data });
        let (origin, index, who, why) = (origin.clone(), *index, who.clone(), why.to_owned());
        items.insert(erasure.entry.clone(), Item { origin, index, who, why, replacement });
        Ok(())
    }

    fn redaction(&self, blob: &Destruction) -> Result<Redaction> {
        if let Some(new) = &blob.new
            && !self.incoming.staged.contains_key(new)
            && !self.archive.has_evidence(new)?
        {
            return Err(Error::NoEvidence { digest: *new, erased: false });
        }
        Ok(Redaction { old: blob.old, new: blob.new })
    }
}

/// What was put in place of an erased body. An error if the entry named does not say that it erased it.
pub(crate) fn replacement(
    archive: &Archive,
    by: &EntryRef,
    erased: &EntryRef,
) -> Result<Option<Replacement>> {
    let item = items_of(archive, by)?.into_iter().find(|item| item.entry() == *erased).ok_or_else(|| {
        let path = archive.disk.path(pack::pack_folder(&erased.origin));
        Error::damaged(
            &path,
            format!("the body of {erased} is gone, and {by} does not say that it was erased"),
        )
    })?;
    Ok(item.replacement.map(|put| Replacement { author: put.author, data: put.data }))
}

/// What an entry `body.erased` says; nothing of an entry of another kind or one that was erased itself.
fn items_of(archive: &Archive, by: &EntryRef) -> Result<Vec<Item>> {
    let log = archive.log(&by.origin)?;
    let leaf = log.leaf(by.index)?;
    if leaf.kind != kinds::BODY_ERASED {
        return Ok(Vec::new());
    }
    match log.body(by.index, &leaf)? {
        Ok(body) => Ok(parse::<Erased>(decode_body(&body)?.1)?.items),
        Err(_) => Ok(Vec::new()),
    }
}

/// The typed form of an own entry's data.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(data: Value) -> Result<T> {
    serde_json::from_value(data).map_err(|error| Error::NotCanonical {
        why: format!("an entry of the archive has other members: {error}"),
    })
}

fn value<T: Serialize>(body: &T) -> Result<Value> {
    serde_json::to_value(body).map_err(|error| Error::NotCanonical { why: error.to_string() })
}

/// Items in groups that each fit one entry.
fn parts(items: Vec<Item>) -> Result<Vec<Vec<Item>>> {
    let mut parts: Vec<Vec<Item>> = Vec::new();
    let mut room = 0;
    for item in items {
        let length = canonical(&json!(item))?.len() + 1;
        match parts.last_mut() {
            Some(part) if length <= room => part.push(item),
            _ => {
                parts.push(vec![item]);
                room = BODY_LIMIT;
            }
        }
        room = room.saturating_sub(length);
    }
    Ok(parts)
}

impl Archive {
    /// Destroys what the last batch (and the entries of other logs that it revealed) says is erased.
    pub(crate) fn finish_erasures(&mut self) -> Result<()> {
        let mut lines: BTreeMap<(OriginId, u64), BTreeMap<u64, EntryRef>> = BTreeMap::new();
        let mut blobs = BTreeSet::new();
        for (origin, range) in self.unsettled()? {
            for (by, data) in self.own_bodies(&origin, kinds::BODY_ERASED, range.clone())? {
                for item in parse::<Erased>(data)?.items {
                    // Another register may erase its own entries here, but not ours nor a third one's.
                    if origin == self.origin || origin == item.origin {
                        let pack = self.log(&item.origin)?.pack_of(item.index)?;
                        lines.entry((item.origin, pack)).or_default().insert(item.index, by.clone());
                    }
                }
            }
            for (_, data) in self.own_bodies(&origin, kinds::TEXT_REDACTED, range)? {
                blobs.extend(parse::<Redacted>(data)?.redactions.into_iter().map(|redaction| redaction.old));
            }
        }
        for ((origin, pack), erased) in lines {
            self.rewrite_pack(&origin, pack, &erased)?;
        }
        self.destroy_blobs(blobs)?;
        Ok(())
    }

    /// The entries whose erasures may not have been carried out: those of our last batch, and of other logs those that
    /// it revealed.
    pub(crate) fn unsettled(&self) -> Result<Vec<(OriginId, Range<u64>)>> {
        let log = self.own_log()?;
        let Some(last) = log.batches().pop() else { return Ok(Vec::new()) };
        let mut unsettled = vec![(self.origin.clone(), last.clone())];
        let before = self.seen_at(last.start)?;
        for (origin, size) in self.seen_at(last.end)? {
            let from = before.get(&origin).copied().unwrap_or(0);
            if from < size {
                unsettled.push((origin, from..size));
            }
        }
        Ok(unsettled)
    }

    fn rewrite_pack(
        &mut self,
        origin: &OriginId,
        first: u64,
        erased: &BTreeMap<u64, EntryRef>,
    ) -> Result<()> {
        let mut lines = self.log(origin)?.lines(first)?.to_vec();
        let mut changed = false;
        for (index, by) in erased {
            let Some(line) = lines.get_mut((index - first) as usize) else { continue };
            let superseded = match line {
                Line::Present { .. } => true,
                Line::Erased(earlier) => {
                    *earlier != *by && (earlier.origin != self.origin || by.index > earlier.index)
                }
            };
            if superseded {
                *line = Line::Erased(by.clone());
                changed = true;
            }
        }
        if changed {
            let stored = self.vault.seal(&pack::encode(&lines)?)?;
            self.disk.replace_and_scrub(pack_path(origin, first), &stored)?;
            self.log(origin)?.forget(first);
        }
        Ok(())
    }

    fn destroy_blobs(&self, blobs: BTreeSet<Digest>) -> Result<()> {
        let mut here = Vec::new();
        for digest in blobs {
            let name = self.vault.evidence_name(&digest);
            for path in [kept_path(&name), incoming_path(&name)] {
                if self.disk.exists(&path) {
                    here.push((digest, path));
                }
            }
        }
        if here.is_empty() {
            return Ok(());
        }
        let fates = self.blob_fates()?;
        for (digest, path) in here {
            if fates.get(&digest) == Some(&Fate::Gone) {
                self.disk.destroy(&path)?;
                self.disk.sync_folder(path.parent().unwrap_or(std::path::Path::new("")))?;
            }
        }
        Ok(())
    }

    /// What is to become of every blob that the logs speak of.
    pub(crate) fn blob_fates(&self) -> Result<BTreeMap<Digest, Fate>> {
        let own = self.blob_states(&self.origin, u64::MAX)?;
        let mut others: BTreeMap<Digest, Vec<bool>> = own.keys().map(|blob| (*blob, Vec::new())).collect();
        for (origin, size) in self.seen_at(u64::MAX)? {
            for (blob, kept) in self.blob_states(&origin, size)? {
                others.entry(blob).or_default().push(kept);
            }
        }
        Ok(others
            .into_iter()
            .map(|(blob, others)| (blob, Fate::of(own.get(&blob).copied(), &others)))
            .collect())
    }

    /// Every blob that a log's first `size` entries speak of: kept, or (false) redacted.
    pub(crate) fn blob_states(&self, origin: &OriginId, size: u64) -> Result<BTreeMap<Digest, bool>> {
        let mut states = BTreeMap::new();
        let log = self.log(origin)?;
        for leaf in log.leaves(0..size) {
            let (index, leaf) = leaf?;
            if ![kinds::EVIDENCE_KEPT, kinds::TEXT_REDACTED].contains(&leaf.kind.as_str()) {
                continue;
            }
            let Ok(body) = log.body(index, &leaf)? else { continue };
            let data = decode_body(&body)?.1;
            if leaf.kind == kinds::EVIDENCE_KEPT {
                states.extend(parse::<Kept>(data)?.digests.into_iter().map(|digest| (digest, true)));
            } else {
                states.extend(parse::<Redacted>(data)?.redactions.into_iter().map(|blob| (blob.old, false)));
            }
        }
        Ok(states)
    }

    /// Whether some log says that a blob was redacted.
    pub(crate) fn was_redacted(&self, digest: &Digest) -> Result<bool> {
        for origin in self.logs.keys() {
            if self.blob_states(origin, u64::MAX)?.get(digest) == Some(&false) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
