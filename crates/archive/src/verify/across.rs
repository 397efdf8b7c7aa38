//! What logs say of each other: which they have seen, which bodies they erase, and what of that may still be under way.

use std::collections::BTreeMap;

use super::{ErasedItem, Verifier};
use crate::erase::Item;
use crate::ids::{EntryRef, OriginId};

/// What entries `body.erased` say, by the entry erased and the entry that says so.
type Items = BTreeMap<(EntryRef, EntryRef), Item>;

impl Verifier {
    /// Each `log.seen` of ours must be a beginning of the log as it lies here.
    pub(super) fn check_seen(&mut self) {
        let Some(own) = self.own.as_ref().and_then(|own| self.logs.get(own)) else { return };
        let mut found = Vec::new();
        for (index, seen) in &own.seen {
            let path = format!("log/{}/checkpoint", seen.origin);
            match self.logs.get(&seen.origin) {
                None => found.push((path, format!("our entry {index} saw this log, and it is not here"))),
                Some(log) if log.root_at(seen.size) != Some(seen.root) => {
                    found.push((
                        path,
                        format!("it does not contain the {} entries that our entry {index} saw", seen.size),
                    ));
                }
                Some(log) if log.chain.first().to_string() != seen.key => {
                    found.push((path, format!("its key is not the one that our entry {index} saw")));
                }
                Some(_) => {}
            }
        }
        found.into_iter().for_each(|(path, cause)| self.finding(&path, cause));
    }

    /// Every body that is gone must be named by an erasure, and every body that an erasure names must be gone.
    pub(super) fn check_erasures(&mut self) {
        let mut items = Items::new();
        for log in self.logs.values() {
            for (by, item) in &log.erased {
                items.insert((item.entry(), EntryRef::new(&log.origin, *by)), item.clone());
            }
        }
        self.check_gone(&items);
        self.check_destroyed(&items);
    }

    fn check_gone(&mut self, items: &Items) {
        let mut found = Vec::new();
        for log in self.logs.values() {
            for (index, by) in &log.gone {
                let key = (EntryRef::new(&log.origin, *index), by.clone());
                match items.get(&key) {
                    Some(item) => {
                        let ((entry, by), who, why) = (key, item.who.clone(), item.why.clone());
                        self.report.erased.push(ErasedItem::Body { entry, by, who, why });
                    }
                    None => found.push((
                        log.pack_name(*index),
                        format!(
                            "the body of entry {index} is gone, and {by} does not say that it was erased"
                        ),
                    )),
                }
            }
        }
        found.into_iter().for_each(|(path, cause)| self.finding(&path, cause));
    }

    fn check_destroyed(&mut self, items: &Items) {
        for (entry, by) in items.keys() {
            // Another register may erase its own entries here, as far as ours has seen it, but no one else's.
            let binding = self.own.as_ref() == Some(&by.origin)
                || (by.origin == entry.origin && by.index < self.stated_size(&by.origin));
            let Some(log) = self.logs.get(&entry.origin).filter(|_| binding) else { continue };
            if !log.is_present(entry.index) {
                continue;
            }
            let path = log.pack_name(entry.index);
            let told = format!("the body of entry {} was erased by {by}, and is still there", entry.index);
            if self.is_unsettled(by) {
                self.note(&path, told + "; the next writer destroys it");
            } else {
                self.finding(&path, told);
            }
        }
    }

    /// The size up to which our log has seen another one.
    pub(super) fn stated_size(&self, origin: &OriginId) -> u64 {
        let own = self.own.as_ref().and_then(|own| self.logs.get(own));
        let seen = own.into_iter().flat_map(|own| &own.seen).filter(|(_, seen)| seen.origin == *origin);
        seen.map(|(_, seen)| seen.size).max().unwrap_or(0)
    }

    /// Whether the destruction that an entry states may still be under way: it is in our last batch, or in what that
    /// batch revealed.
    pub(super) fn is_unsettled(&self, by: &EntryRef) -> bool {
        let Some(own) = self.own.as_ref().and_then(|own| self.logs.get(own)) else { return false };
        if by.origin == own.origin {
            return by.index >= own.last_batch;
        }
        let before =
            own.seen.iter().filter(|(index, seen)| *index < own.last_batch && seen.origin == by.origin);
        by.index >= before.map(|(_, seen)| seen.size).max().unwrap_or(0)
    }
}
