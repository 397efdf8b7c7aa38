//! Proofs: what anybody needs to see that an entry stands in the log.

use sijil_archive::leaf_hash;
use sijil_page::Download;
use sijil_page::view::{FileKind, FileLink, Proof};
use sijil_register::ask::{DocumentRow, EntryRow};

use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

impl Viewing<'_> {
    /// The proof that an entry stands in its log, as its last checkpoint states it.
    pub fn proof(&self, entry: &EntryRow) -> Result<Proof> {
        let archive = self.register().archive();
        let origin = entry.origin.parse()?;
        let proof = archive.proof(&origin, entry.number)?;
        Ok(Proof {
            entry: self.entry_link(entry.position),
            index: proof.index,
            origin: entry.origin.clone(),
            fingerprint: archive.fingerprint(&origin)?.to_string(),
            leaf_hash: leaf_hash(&archive.leaf(&origin, entry.number)?).to_string(),
            path: proof.path.iter().map(ToString::to_string).collect(),
            size: proof.checkpoint.size,
            root: proof.checkpoint.root.to_string(),
            checkpoint: Some(FileLink {
                name: "checkpoint".to_owned(),
                kind: FileKind::Made,
                href: format!("/checkpoint/{origin}"),
                bytes: Some(proof.checkpoint.text.len() as u64),
            }),
        })
    }

    /// A document's bytes and, where it has one, its text.
    pub fn downloads(&self, document: &DocumentRow) -> Result<Vec<FileLink>> {
        let link = |name: String, kind, what, bytes| FileLink {
            name,
            kind,
            href: self.links.download("document", &document.id, what),
            bytes,
        };
        let named = document.name.clone().unwrap_or_else(|| document.id.clone());
        let mut files = vec![link(named, FileKind::Bytes, Download::Bytes, Some(document.size))];
        if self.view().reading(&document.id)?.is_some() {
            files.push(link(format!("{}.txt", &document.id[..12]), FileKind::Made, Download::Text, None));
        }
        Ok(files)
    }
}
