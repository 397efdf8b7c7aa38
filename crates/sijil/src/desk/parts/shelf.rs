//! The shelf: texts and lists that pages read a moment ago, so that turning a page does not read a list again.

use std::collections::BTreeMap;
use std::sync::Arc;

use sijil_page::view::TroubleKind;
use sijil_read::Tables;
use sijil_register::RegisterError;
use sijil_register::ask::ReadingRow;

use crate::desk::answer::{Refusal, Result};
use crate::desk::viewing::Viewing;

/// When the shelf holds more than this, it is emptied.
const ROOM: usize = 128 << 20;

/// What a reader made of a document.
pub enum Kept {
    /// Running text.
    Text(String),
    /// Rows and columns.
    Table(Tables),
}

/// Whether a document can be read here.
pub enum Words {
    /// It can.
    Kept(Arc<Kept>, ReadingRow),
    /// Its text was erased.
    Erased,
    /// No reader made words of it.
    None,
}

/// Texts and lists by the hash of what now stands for them.
#[derive(Default)]
pub struct Shelf {
    kept: BTreeMap<String, Arc<Kept>>,
    bytes: usize,
}

impl Shelf {
    fn put(&mut self, digest: String, bytes: usize, kept: Arc<Kept>) {
        if self.bytes + bytes > ROOM {
            self.kept.clear();
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.kept.insert(digest, kept);
    }
}

impl Viewing<'_> {
    /// What can be read of a document.
    pub fn words_of(&self, document: &str) -> Result<Words> {
        let Some(reading) = self.view().reading(document)? else { return Ok(Words::None) };
        let digest = match self.view().current_blob(&reading.text) {
            Ok(digest) => digest,
            Err(RegisterError::Refused(_)) => return Ok(Words::Erased),
            Err(error) => return Err(error.into()),
        };
        if let Some(kept) = self.shelf().borrow().kept.get(&digest) {
            return Ok(Words::Kept(Arc::clone(kept), reading));
        }
        let damaged = |cause: String| Refusal::new(TroubleKind::Register, document).with(cause);
        let text =
            String::from_utf8(self.register().blob(&digest)?).map_err(|cause| damaged(cause.to_string()))?;
        let bytes = text.len();
        let kept = Arc::new(match reading.form.as_str() {
            "table" => Kept::Table(Tables::from_text(&text).map_err(|cause| damaged(cause.to_string()))?),
            _ => Kept::Text(text),
        });
        self.shelf().borrow_mut().put(digest, bytes, Arc::clone(&kept));
        Ok(Words::Kept(kept, reading))
    }
}
