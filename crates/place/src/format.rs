//! The gazetteer file: where each part lies, and how a record is laid out.
//!
//! ```text
//! magic 8 bytes | record count u32 | 9 sections (offset u32, length u32) | sections
//! records   fixed size, sorted by id; the blob holds each record's texts in the same order
//! blob      per record, each text ended by a zero byte: id, parent id (only where the parent is in another file),
//!           English name, Arabic name, P-code, id of its seat, then all names folded that sound different
//! exact     fst: folded name -> entry      exact postings
//! skeleton  fst: country code, ':', consonant skeleton -> entry      skeleton postings
//! source    where the data come from, and their licence, as text
//! covered   two-letter codes of the countries of which the file claims to hold every place: in a stack of files it
//!           hides what those below it have there
//! shapes    count u32, then per outline: record index u32, offset u32, west, south, east, north i32; then outlines
//! ```
//! An fst value is `index * 2 + 1` for a name of one record, else `offset * 2` into the postings: a count and then
//! rising indices as differences, all in LEB128. Numbers are little-endian. Nothing is compressed, so that a file
//! is used where it lies.

/// First bytes of every gazetteer file; the digit is the version of the format.
pub const MAGIC: &[u8; 8] = b"SIJILGZ2";
/// Bytes of a record.
pub const RECORD: usize = 28;
/// Bytes before the first section.
pub const HEADER: usize = 8 + 4 + 9 * 8;
/// No parent in this file.
pub const NO_PARENT: u32 = u32::MAX;
/// Degrees are kept as integers of this fraction.
pub const DEGREE: f64 = 100_000.0;

/// The sections in the order of the header.
#[derive(Debug, Clone, Copy)]
pub enum Section {
    /// Fixed records.
    Records,
    /// Texts.
    Blob,
    /// Folded names.
    Exact,
    /// Records of folded names that several share.
    ExactPostings,
    /// Skeletons.
    Skeleton,
    /// Records of skeletons that several share.
    SkeletonPostings,
    /// Origin and licence.
    Source,
    /// Countries that are held whole.
    Covered,
    /// Outlines of areas.
    Shapes,
}

/// The numbers of one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// Degrees north times [`DEGREE`].
    pub lat: i32,
    /// Degrees east times [`DEGREE`].
    pub lon: i32,
    /// Inhabitants; 0 is not known.
    pub population: u32,
    /// Metres around the point within which the place lies; 0 where only its kind tells.
    pub radius_m: u32,
    /// Start of its texts in the blob.
    pub texts: u32,
    /// Index of the area around it, or [`NO_PARENT`].
    pub parent: u32,
    /// Position in the codebook's `place_precision`.
    pub kind: u8,
    /// ISO 3166-1 alpha-2; zeros where the chain of parents tells.
    pub country: [u8; 2],
    /// The order of the area that it is the seat of: 1 a country, 2 a governorate, 3 a district, 4 a sub-district; 0 none.
    pub seat: u8,
}

/// Bytes of an entry of the table of outlines.
pub const SHAPE_ENTRY: usize = 24;

impl Record {
    /// The record's bytes.
    pub fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        bytes[0..4].copy_from_slice(&self.lat.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.lon.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.population.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.radius_m.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.texts.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.parent.to_le_bytes());
        bytes[24] = self.kind;
        bytes[25..27].copy_from_slice(&self.country);
        bytes[27] = self.seat;
        bytes
    }

    /// The record that these bytes hold.
    pub fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let word = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        Self {
            lat: i32::from_le_bytes(word(0)),
            lon: i32::from_le_bytes(word(4)),
            population: u32::from_le_bytes(word(8)),
            radius_m: u32::from_le_bytes(word(12)),
            texts: u32::from_le_bytes(word(16)),
            parent: u32::from_le_bytes(word(20)),
            kind: bytes[24],
            country: [bytes[25], bytes[26]],
            seat: bytes[27],
        }
    }
}
