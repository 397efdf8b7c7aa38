//! Level 5, which never leaves its device: which sources of a register are of it, and what is said where that matters.

use std::collections::BTreeMap;
use std::path::Path;

use sijil_archive::{Archive, Passphrase};
use sijil_model::codebook::ReleaseLevel;
use sijil_register::{Event, View};

use crate::failure::Failure;
use crate::terminal::counted;

/// How many sources of a register are of level 5 now.
pub fn sources_of(view: &View) -> Result<usize, Failure> {
    Ok(view.sources()?.iter().filter(|source| stays(source.release_level)).count())
}

/// Refuses to receive a register of which a source is of level 5. Its log is signed whole, so nothing can be left out of it.
///
/// # Errors
/// The refusal; a folder that is no register, or that its passphrase does not open.
pub fn refuse_to_receive(folder: &Path, unlock: Option<&Passphrase>) -> Result<(), Failure> {
    let archive = Archive::open(folder, unlock).map_err(sijil_register::RegisterError::from)?;
    let mut levels = BTreeMap::new();
    for origin in archive.origins() {
        for entry in archive.entries(origin, 0..u64::MAX) {
            let entry = entry.map_err(sijil_register::RegisterError::from)?;
            if entry.kind != "source.described" {
                continue;
            }
            let Some((_, body)) = entry.content() else { continue };
            if let Some(Event::SourceDescribed(source)) = Event::from_entry(entry.index, &entry.kind, body)? {
                levels.insert(source.source, source.release_level);
            }
        }
    }
    match levels.into_values().filter(|level| stays(*level)).count() {
        0 => Ok(()),
        number => Err(Failure::Refused(format!(
            "{} holds {} of level 5, which never leaves its device, and nothing was received; keep such sources in a \
             register of their own, or give them another level there: sijil source ID --level 4",
            folder.display(),
            counted(number, "source")
        ))),
    }
}

fn stays(level: ReleaseLevel) -> bool {
    level == ReleaseLevel::NeverLeavesDevice
}
