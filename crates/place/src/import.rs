//! Building a gazetteer file from downloaded sources: each is recognised by its content, places that several sources
//! tell of are merged, and whatever was left out or read otherwise than it stands is reported with its row.
//!
//! Sources are told apart by what is in them, never by their name: GeoNames dumps and alternate names, Who's On First
//! records and tables of them, OCHA's administrative boundaries (COD-AB), lists of P-codes, and a table of one's own.
//! This reads bytes that the caller loaded and gives bytes; folders and the disk are the program's.

mod delimited;
mod draw;
mod found;
mod geojson;
mod geonames;
mod merge;
mod ocha;
mod own;
mod recognise;
mod wof;

use serde::Serialize;

pub use own::COLUMNS;
pub use recognise::Format;

use crate::PlaceError;
use crate::write::write;
use found::Found;

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileRead {
    /// What the caller called it.
    pub name: String,
    /// What it was recognised as; `None` where it holds no places.
    pub format: Option<Format>,
    /// Rows, features or records in it.
    pub rows: usize,
    /// Places, or names and codes of places, taken from it.
    pub taken: usize,
}

/// Something to tell about a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// The file, as the caller called it.
    pub file: String,
    /// The row, counted from 1, a header not counted; of GeoJSON the feature.
    pub row: usize,
    /// Whether the row was left out; else it was taken, but not quite as it stands.
    pub refused: bool,
    /// What is wrong and what was done, without the row's own words, so that notes can be counted by it.
    pub cause: String,
    /// Which place: its id, or the words in question.
    pub about: String,
}

/// Two or more records that became one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The id that the place has in the file.
    pub id: String,
    /// All ids under which sources have it.
    pub from: Vec<String>,
    /// Why they are one: `same id`, `same P-code`, `same area by name`, `same name, 0.4 km apart`.
    pub why: String,
}

/// A finished gazetteer file with its report.
#[derive(Debug)]
pub struct Imported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Places in it.
    pub places: usize,
    /// Each file that was given.
    pub files: Vec<FileRead>,
    /// Rows that were left out or taken otherwise than they stand.
    pub notes: Vec<Note>,
    /// Places that more than one record told of.
    pub merged: Vec<Merged>,
}

/// An import on its way: files are added, then it is finished.
#[derive(Debug, Default)]
pub struct Import {
    found: Vec<Found>,
    files: Vec<FileRead>,
    notes: Vec<Note>,
    credits: Vec<String>,
}

/// Where a row of a file goes: found places and notes.
struct Intake<'a> {
    file: usize,
    name: &'a str,
    import: &'a mut Import,
    rows: usize,
    taken: usize,
}

impl Import {
    /// Adds a file; `name` is what notes call it. A file that is no gazetteer source is noted as such.
    ///
    /// # Errors
    /// A packed file that cannot be unpacked, and JSON that breaks off.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), PlaceError> {
        let unpacked = unpacked(name, bytes)?;
        let bytes = unpacked.as_deref().unwrap_or(bytes);
        let format = recognise::recognise(bytes);
        if format.is_none()
            && let Some(cause) = recognise::breaks_off(bytes)
        {
            return Err(PlaceError::BrokenOff { cause });
        }
        let mut intake = Intake { file: self.files.len(), name, import: self, rows: 0, taken: 0 };
        match format {
            Some(Format::GeoNames) => geonames::read(bytes, &mut intake),
            Some(Format::GeoNamesNames) => geonames::read_names(bytes, &mut intake),
            Some(Format::GeoNamesCities) => geonames::read_cities(bytes, &mut intake),
            Some(Format::WofTable) => wof::read_table(bytes, &mut intake),
            Some(Format::WofRecord | Format::WofAreas) => wof::read_features(bytes, &mut intake),
            Some(Format::Boundaries) => ocha::read(bytes, &mut intake),
            Some(Format::PCodes) => ocha::read_codes(bytes, &mut intake),
            Some(Format::Crosswalk) => ocha::read_crosswalk(bytes, &mut intake),
            Some(Format::Own) => own::read(bytes, &mut intake),
            None => {}
        }
        let (rows, taken) = (intake.rows, intake.taken);
        self.close(name, format, rows, taken);
        Ok(())
    }

    /// Adds a sheet of a workbook: its rows as text, the header first.
    pub fn add_rows(&mut self, name: &str, rows: &[Vec<String>]) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in rows {
            // Writing to memory does not fail; a row that did would be missed in the count of rows.
            let _ = writer.write_record(row);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        if self.add(name, &bytes).is_err() {
            self.close(name, None, rows.len(), 0);
        }
    }

    fn close(&mut self, name: &str, format: Option<Format>, rows: usize, taken: usize) {
        if let Some(credit) = format.and_then(Format::credit)
            && !self.credits.iter().any(|known| known == credit)
        {
            self.credits.push(credit.to_owned());
        }
        self.files.push(FileRead { name: name.to_owned(), format, rows, taken });
    }

    /// Merges what was found and writes the file.
    pub fn finish(mut self) -> Result<Imported, PlaceError> {
        let names: Vec<String> = self.files.iter().map(|file| file.name.clone()).collect();
        let (clusters, merged) = merge::clusters(std::mem::take(&mut self.found));
        let (drafts, covered) = draw::drafts(clusters, &names, &mut self.notes);
        self.notes.sort();
        let places = drafts.len();
        let bytes = write(drafts, &self.credits.join("; "), &covered)
            .map_err(|cause| PlaceError::Unwritable { cause: cause.to_string() })?;
        Ok(Imported { bytes, places, files: self.files, notes: self.notes, merged })
    }
}

impl Intake<'_> {
    /// Counts a row; its number.
    fn next_row(&mut self) -> usize {
        self.rows += 1;
        self.rows
    }

    fn take(&mut self, mut found: Found) {
        found.file = self.file;
        found.row = self.rows;
        if let Some(cause) = found.cleaned() {
            self.note(false, cause, found.about());
        }
        match found.refusal() {
            Some(cause) => self.note(true, cause, found.about()),
            None => {
                self.taken += 1;
                self.import.found.push(found);
            }
        }
    }

    fn note(&mut self, refused: bool, cause: &str, about: String) {
        let note =
            Note { file: self.name.to_owned(), row: self.rows, refused, cause: cause.to_owned(), about };
        self.import.notes.push(note);
    }

    fn refuse(&mut self, cause: &str, about: impl Into<String>) {
        self.note(true, cause, about.into());
    }
}

/// Bytes out of gzip, where they are in it.
fn unpacked(name: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>, PlaceError> {
    use std::io::Read;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(None);
    }
    let mut out = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out);
    read.map_err(|cause| PlaceError::BadTable { cause: format!("{name}: {cause}; download it again") })?;
    Ok(Some(out))
}
