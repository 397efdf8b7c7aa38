//! One gazetteer file, used where its bytes lie.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use fst::Map;

use super::one_letter::one_letter_away;
use crate::PlaceError;
use crate::format::{HEADER, LAST_MARK, MAGIC, Mark, NO_PARENT, RECORD, Record, SHAPE_ENTRY, Section};
use crate::keys::AFTER_COUNTRY;
use crate::shape::{Corner, Frame, Shape, read_number};

/// Bytes that are not copied: built into the program, read, or mapped into memory.
#[derive(Clone)]
pub enum Bytes {
    /// Part of the program.
    Static(&'static [u8]),
    /// Held together with others; a memory map fits in here.
    Shared(Arc<dyn AsRef<[u8]> + Send + Sync>),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(Arc::new(bytes))
    }
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => (**bytes).as_ref(),
        }
    }
}

/// A part of the bytes.
#[derive(Clone)]
struct Part {
    bytes: Bytes,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.bytes.all().get(self.start..self.end).unwrap_or_default()
    }
}

/// One gazetteer file.
#[derive(Clone)]
pub(crate) struct Layer {
    count: u32,
    records: Part,
    blob: Part,
    exact: Map<Part>,
    exact_postings: Part,
    skeleton: Map<Part>,
    skeleton_postings: Part,
    source: Part,
    covered: Part,
    shapes: Part,
    /// Thinned outlines by record, once they were asked for.
    outlines: Arc<OnceLock<BTreeMap<u32, Vec<Corner>>>>,
    /// The countries of its skeletons, once they were asked for.
    countries: Arc<OnceLock<Vec<String>>>,
}

impl Layer {
    /// Opens a file; nothing is read but its header.
    pub fn open(bytes: Bytes) -> Result<Self, PlaceError> {
        let bad = |cause: &str| PlaceError::BadGazetteer { cause: cause.to_owned() };
        let all = bytes.all();
        if all.len() < HEADER || !all.starts_with(MAGIC) {
            return Err(bad("it does not begin as one"));
        }
        let count = number(all, MAGIC.len());
        let part = |section: Section| {
            let at = MAGIC.len() + 4 + section as usize * 8;
            let start = number(all, at) as usize;
            let end = start.saturating_add(number(all, at + 4) as usize);
            if end > all.len() {
                return Err(bad("it is shorter than it says; it was cut off"));
            }
            Ok(Part { bytes: bytes.clone(), start, end })
        };
        let records = part(Section::Records)?;
        if records.end - records.start != count as usize * RECORD {
            return Err(bad("its number of records does not fit their length"));
        }
        let map = |section| Map::new(part(section)?).map_err(|cause| bad(&cause.to_string()));
        Ok(Self {
            count,
            records,
            blob: part(Section::Blob)?,
            exact: map(Section::Exact)?,
            exact_postings: part(Section::ExactPostings)?,
            skeleton: map(Section::Skeleton)?,
            skeleton_postings: part(Section::SkeletonPostings)?,
            source: part(Section::Source)?,
            covered: part(Section::Covered)?,
            shapes: part(Section::Shapes)?,
            outlines: Arc::default(),
            countries: Arc::default(),
        })
    }

    /// Compares the checksums of the look-up tables.
    pub fn verify(&self) -> Result<(), PlaceError> {
        let whole = |map: &Map<Part>| map.as_fst().verify();
        whole(&self.exact)
            .and_then(|()| whole(&self.skeleton))
            .map_err(|cause| PlaceError::BadGazetteer { cause: cause.to_string() })
    }

    /// How many places it holds.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Origin and licence of its data.
    pub fn source(&self) -> &str {
        std::str::from_utf8(self.source.as_ref()).unwrap_or_default()
    }

    /// Whether it claims to hold every place of this country.
    pub fn covers(&self, country: [u8; 2]) -> bool {
        self.covered.as_ref().chunks_exact(2).any(|code| code == country)
    }

    /// Countries that it claims to hold whole.
    pub fn covered(&self) -> impl Iterator<Item = String> {
        self.covered.as_ref().chunks_exact(2).map(|code| String::from_utf8_lossy(code).into_owned())
    }

    /// Areas whose outline holds a point.
    pub fn areas_at(&self, (x, y): Corner) -> Vec<u32> {
        let framed = self.frames().filter(|(_, _, [west, south, east, north])| {
            (*west..=*east).contains(&x) && (*south..=*north).contains(&y)
        });
        framed.filter(|(_, at, _)| self.shape_at(*at).contains((x, y))).map(|(index, ..)| index).collect()
    }

    /// Some corners all along the outline of an area, where there is one; unpacked once for all areas of the file.
    pub fn thinned_outline(&self, index: u32) -> Option<&[Corner]> {
        /// So many corners tell a distance to within some kilometres.
        const CORNERS: usize = 64;
        let thinned = self.outlines.get_or_init(|| {
            let thin = |at: usize| {
                let corners: Vec<Corner> = self.shape_at(at).rings.concat();
                let step = corners.len().div_ceil(CORNERS).max(1);
                corners.into_iter().step_by(step).collect()
            };
            self.frames().map(|(record, at, _)| (record, thin(at))).collect()
        });
        thinned.get(&index).map(Vec::as_slice)
    }

    /// Of each outline the record, where it lies in the section, and the frame around it.
    fn frames(&self) -> impl Iterator<Item = (u32, usize, Frame)> {
        let bytes = self.shapes.as_ref();
        let count = number(bytes, 0) as usize;
        let outlines = 4 + count.saturating_mul(SHAPE_ENTRY);
        let entries = bytes.get(4..outlines).unwrap_or_default().chunks_exact(SHAPE_ENTRY);
        entries.map(move |entry| {
            let frame = [8, 12, 16, 20].map(|at| number(entry, at).cast_signed());
            (number(entry, 0), outlines.saturating_add(number(entry, 4) as usize), frame)
        })
    }

    fn shape_at(&self, start: usize) -> Shape {
        Shape::read(self.shapes.as_ref().get(start..).unwrap_or_default())
    }

    /// A record by its index; beyond the end a record of nothing, which no key leads to in a sound file.
    pub fn record(&self, index: u32) -> Record {
        let start = index as usize * RECORD;
        let bytes = self.records.as_ref().get(start..start + RECORD).and_then(|bytes| bytes.try_into().ok());
        Record::from_bytes(bytes.unwrap_or(&[0; RECORD]))
    }

    /// The texts of a record, see [`Texts`].
    pub fn texts(&self, index: u32) -> Texts<'_> {
        let blob = self.blob.as_ref();
        let start = self.record(index).texts as usize;
        let end = if index + 1 < self.count { self.record(index + 1).texts as usize } else { blob.len() };
        Texts(blob.get(start..end).unwrap_or_default())
    }

    /// The index of the place with this id.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        // Files mostly name their places with a prefix of their own: those of others lie before or after all of them.
        if self.count == 0 || id < self.texts(0).id() || id > self.texts(self.count - 1).id() {
            return None;
        }
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.texts(middle).id().cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The index of the area around a place, where that is in the same file.
    pub fn parent(&self, index: u32) -> Option<u32> {
        // A file whose parents loop or run out of it is not followed there.
        Some(self.record(index).parent).filter(|parent| *parent != NO_PARENT && *parent < self.count)
    }

    /// Places whose parent is not in the file.
    pub fn without_parent(&self) -> impl Iterator<Item = u32> {
        (0..self.count).filter(|index| self.parent(*index).is_none())
    }

    /// Places of this folded name.
    pub fn exact(&self, folded: &str) -> Vec<u32> {
        self.exact.get(folded).map_or_else(Vec::new, |value| entries(value, self.exact_postings.as_ref()))
    }

    /// Whether any place has this folded name.
    pub fn has_name(&self, folded: &str) -> bool {
        self.exact.contains_key(folded)
    }

    /// Whether any place's folded name starts so.
    pub fn has_prefix(&self, prefix: &str) -> bool {
        use fst::{IntoStreamer, Streamer};
        let mut names = self.exact.range().ge(prefix).into_stream();
        names.next().is_some_and(|(name, _)| name.starts_with(prefix.as_bytes()))
    }

    /// Places whose key of country and skeleton is this, see [`crate::keys::country_skeleton`].
    pub fn skeleton(&self, key: &str) -> Vec<u32> {
        self.skeleton.get(key).map_or_else(Vec::new, |value| entries(value, self.skeleton_postings.as_ref()))
    }

    /// The countries of its skeletons, in order; empty where a file knows no country of some places. Looked for once.
    pub fn countries(&self) -> &[String] {
        self.countries.get_or_init(|| self.find_countries())
    }

    fn find_countries(&self) -> Vec<String> {
        use fst::{IntoStreamer, Streamer};
        let mut countries = Vec::new();
        let mut after = String::new();
        loop {
            let mut keys = self.skeleton.range().ge(&after).into_stream();
            let Some((key, _)) = keys.next() else { break };
            let key = String::from_utf8_lossy(key);
            let Some((country, _)) = key.split_once(AFTER_COUNTRY) else { break };
            countries.push(country.to_owned());
            // The next country's keys come after everything that begins with this one and its mark.
            after = format!("{country}{}", char::from(AFTER_COUNTRY as u8 + 1));
        }
        countries
    }

    /// Names at most one letter away from this folded one that begin with the same letter, with their places.
    pub fn nearly(&self, folded: &str) -> Vec<(String, Vec<u32>)> {
        // Every name of the world in its turn would take a hundred times as long as all else.
        let names = one_letter_away(self.exact.as_fst(), folded).into_iter();
        names.map(|(name, value)| (name, entries(value, self.exact_postings.as_ref()))).collect()
    }

    /// Names that begin so, with their places, in order of the alphabet; at most `most` names.
    pub fn completions(&self, prefix: &str, most: usize) -> Vec<u32> {
        use fst::{IntoStreamer, Streamer};
        let mut names = self.exact.range().ge(prefix).into_stream();
        let mut found = Vec::new();
        let mut seen = 0;
        while let Some((name, value)) = names.next() {
            if !name.starts_with(prefix.as_bytes()) || seen == most {
                break;
            }
            seen += 1;
            found.extend(entries(value, self.exact_postings.as_ref()));
        }
        found
    }
}

/// The texts of a record, each ended by a zero byte.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a>(&'a [u8]);

impl<'a> Texts<'a> {
    fn each(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.split(|byte| *byte == 0)
    }

    fn field(self, at: usize) -> &'a str {
        text(self.each().nth(at).unwrap_or_default())
    }

    /// A text that few records have; empty where this one does not.
    fn marked(self, mark: Mark) -> &'a str {
        let mut seldom = self.each().skip(3).take_while(|text| is_marked(text));
        seldom.find_map(|bytes| bytes.strip_prefix(&[mark as u8])).map_or("", text)
    }

    pub fn id(self) -> &'a str {
        self.field(0)
    }

    pub fn name_en(self) -> &'a str {
        self.field(1)
    }

    pub fn name_ar(self) -> &'a str {
        self.field(2)
    }

    /// Id of a parent that is in another file.
    pub fn parent_elsewhere(self) -> &'a str {
        self.marked(Mark::Parent)
    }

    pub fn pcode(self) -> &'a str {
        self.marked(Mark::PCode)
    }

    /// Id of the settlement that is an area's seat.
    pub fn seat_place(self) -> &'a str {
        self.marked(Mark::Seat)
    }

    /// Metres around the point within which the place lies; 0 where only its kind tells.
    pub fn radius_m(self) -> u32 {
        self.marked(Mark::Radius).parse().unwrap_or(0)
    }

    /// The essences of all names, see [`crate::keys::Essence`].
    pub fn essences(self) -> impl Iterator<Item = &'a str> {
        self.each().skip(3).filter(|text| !text.is_empty() && !is_marked(text)).map(text)
    }
}

/// A text of the file; what is damaged reads as nothing.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn is_marked(text: &[u8]) -> bool {
    text.first().is_some_and(|letter| char::from(*letter) <= LAST_MARK)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
    word.map_or(0, u32::from_le_bytes)
}

fn entries(value: u64, postings: &[u8]) -> Vec<u32> {
    if value % 2 == 1 {
        return vec![(value / 2) as u32];
    }
    let mut rest = postings.get((value / 2) as usize..).unwrap_or_default();
    let count = read_number(&mut rest);
    let mut last = 0_u32;
    // Each entry takes at least a byte, so a count beyond the file cannot allocate more than the file.
    (0..count.min(rest.len() as u64))
        .map(|_| {
            last = last.saturating_add(read_number(&mut rest) as u32);
            last
        })
        .collect()
}
