//! The gazetteer: places with names, areas around them, kind, point and population, looked up by spelling.
//!
//! A gazetteer is a stack of files in one format; what lies on top hides places of the same id below. Nothing is
//! loaded or unpacked, so opening one costs microseconds whatever its size.

mod coverage;
mod layer;
mod one_letter;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use sijil_model::PlaceId;
use sijil_model::codebook::{Coded, PlacePrecision};

pub use coverage::Coverage;
pub use layer::Bytes;
use layer::{Layer, Texts};

use crate::format::{DEGREE, Record};
use crate::import::Import;
use crate::keys::{country_skeleton, folded, skeleton};
use crate::remembered::Remembered;
use crate::shape::{Corner, UNITS, corner};
use crate::{PlaceError, RowError};

/// The gazetteer that is part of the program; empty where it was built without one.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built_in.gaz"));

/// How many areas may lie around a place; a longer chain is a loop.
const DEEPEST: usize = 12;

/// Places, looked up by name or id.
#[derive(Clone, Default)]
pub struct Gazetteer {
    /// The first hides the later ones.
    layers: Vec<Layer>,
    /// The areas that lie in another file than what they are around, once one was asked for.
    outer: Arc<OnceLock<BTreeMap<At, At>>>,
    /// What names were found to mean.
    pub(crate) remembered: Arc<Remembered>,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// Its id: `gn:172415`, `gn:SY.07`, `xm:port-amal`.
    pub id: PlaceId,
    /// English name.
    pub name_en: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// What it is, as the finest precision that its point has.
    pub kind: PlacePrecision,
    /// The area right around it.
    pub parent: Option<PlaceId>,
    /// The governorate (first-order area) around it; its own id if it is one.
    pub governorate: Option<PlaceId>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north, WGS 84; of an area a point in its middle.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
    /// Metres around the point within which the place lies.
    pub radius_m: u32,
    /// Inhabitants, where known.
    pub population: Option<u32>,
    /// P-code, where known.
    pub pcode: Option<String>,
}

/// Where a place of the stack stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    layer: u16,
    index: u32,
}

/// Where to look.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// Only in this country, ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Only in this area, whatever its level.
    pub area: Option<&'a PlaceId>,
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    pub fn built_in() -> Self {
        // A build that wrote something else would fail every test; an empty stack then still answers "not found".
        Self::of(Layer::open(Bytes::Static(BUILT_IN)).into_iter().collect())
    }

    /// Whether the program was built without places: run `scripts/fetch-places.sh` and build again.
    pub fn built_in_is_empty() -> bool {
        Self::built_in().is_empty()
    }

    /// How many bytes of the program the built-in gazetteer takes.
    pub fn built_in_size() -> usize {
        BUILT_IN.len()
    }

    /// Whether a file that starts so is a gazetteer file, and no source of one.
    pub fn is_file(start: &[u8]) -> bool {
        start.starts_with(crate::format::MAGIC)
    }

    /// Opens a gazetteer file where its bytes lie.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Result<Self, PlaceError> {
        Ok(Self::of(vec![Layer::open(bytes.into())?]))
    }

    /// Reads the whole of every file's look-up tables and compares their checksums: for files from elsewhere, once,
    /// before they are relied on. A damaged table can make a look-up fail hard.
    pub fn verify(&self) -> Result<(), PlaceError> {
        self.layers.iter().try_for_each(Layer::verify)
    }

    /// A gazetteer file, or one made on the spot out of a source that [`Import`] recognises, such as a table with the
    /// columns [`crate::import::COLUMNS`]; rows that cannot be read are left out and reported. `name` is what errors
    /// call it.
    pub fn from_source(name: &str, bytes: Vec<u8>) -> Result<(Self, Vec<RowError>), PlaceError> {
        if Self::is_file(&bytes) {
            return Ok((Self::from_bytes(bytes)?, Vec::new()));
        }
        let mut import = Import::default();
        import.add(name, &bytes)?;
        let imported = import.finish()?;
        if imported.files.iter().all(|file| file.format.is_none()) {
            return Err(PlaceError::NoSource { name: name.to_owned(), expected: crate::import::COLUMNS });
        }
        let refused = imported.notes.into_iter().filter(|note| note.refused);
        let errors = refused.map(|note| RowError { row: note.row, cause: note.cause }).collect();
        Ok((Self::from_bytes(imported.bytes)?, errors))
    }

    /// Puts gazetteers on top of each other; the last hides places of the same id in those before it.
    pub fn stack(gazetteers: impl IntoIterator<Item = Gazetteer>) -> Self {
        let mut layers = Vec::new();
        for gazetteer in gazetteers {
            layers.splice(0..0, gazetteer.layers);
        }
        Self::of(layers)
    }

    fn of(layers: Vec<Layer>) -> Self {
        Self { layers, outer: Arc::default(), remembered: Arc::default() }
    }

    /// How many places there are, hidden ones included.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.len() as usize).sum()
    }

    /// Whether there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Origin and licence of each file, the topmost first.
    pub fn sources(&self) -> Vec<&str> {
        self.layers.iter().map(Layer::source).filter(|source| !source.is_empty()).collect()
    }

    /// A place by its id.
    pub fn place(&self, id: &PlaceId) -> Option<Place> {
        self.at(id.as_str()).map(|at| self.read(at))
    }

    /// A place and the areas around it, from the inside out, up to its country.
    pub fn chain(&self, id: &PlaceId) -> Vec<Place> {
        self.at(id.as_str())
            .map_or_else(Vec::new, |at| self.around(at).into_iter().map(|at| self.read(at)).collect())
    }

    /// Places of this name in any spelling that folds to the same, or, where there is none, with the same
    /// consonant skeleton; the most populous first.
    pub fn find(&self, name: &str, scope: Scope<'_>) -> Vec<Place> {
        let name = folded(name);
        let wanted = |at: At| self.is_in_area(at, scope.area);
        let mut found = self.exact(&name, scope.country, wanted);
        if found.is_empty() {
            found = self.by_skeleton(&skeleton(&name), scope.country, wanted);
        }
        let mut places: Vec<Place> = found.into_iter().map(|at| self.read(at)).collect();
        places.sort_by(|a, b| b.population.cmp(&a.population).then_with(|| a.id.cmp(&b.id)));
        places
    }

    /// Whether a place has exactly this folded name (see [`sijil_model::fold::fold`]); for readers of running text.
    pub fn is_known_name(&self, folded: &str) -> bool {
        self.layers.iter().any(|layer| layer.has_name(folded))
    }

    /// As [`Self::is_known_name`], for places of one country: the world has towns called Of, Nice and Most.
    pub fn is_known_name_in(&self, folded: &str, country: &str) -> bool {
        !self.exact(folded, Some(country), |_| true).is_empty()
    }

    /// Whether a place's folded name starts so: whether reading on to the next word can still make a name.
    pub fn starts_known_name(&self, prefix: &str) -> bool {
        self.layers.iter().any(|layer| layer.has_prefix(prefix))
    }

    /// Places of this folded name that are wanted, in one country or in all, in stable order, hidden ones left out.
    pub(crate) fn exact(&self, folded: &str, country: Option<&str>, wanted: impl Fn(At) -> bool) -> Vec<At> {
        self.gather(country, |layer| layer.exact(folded), wanted)
    }

    /// As [`Self::exact`], of this skeleton.
    pub(crate) fn by_skeleton(
        &self,
        skeleton: &str,
        country: Option<&str>,
        wanted: impl Fn(At) -> bool,
    ) -> Vec<At> {
        if skeleton.is_empty() {
            return Vec::new();
        }
        let of_country = |layer: &Layer, country: &str| {
            let code = country.as_bytes().try_into().unwrap_or_default();
            layer.skeleton(&country_skeleton(code, skeleton))
        };
        let look = |layer: &Layer| match country {
            Some(country) => of_country(layer, country),
            None => layer.countries().iter().flat_map(|country| of_country(layer, country)).collect(),
        };
        self.gather(country, look, wanted)
    }

    /// Places that are wanted with a folded name one letter away, and that name.
    pub(crate) fn nearly(
        &self,
        folded: &str,
        country: Option<&str>,
        wanted: impl Fn(At) -> bool,
    ) -> Vec<(At, String)> {
        let mut found = Vec::new();
        for (number, layer) in self.layers_of(country) {
            for (name, places) in layer.nearly(folded) {
                let here = places.into_iter().map(|index| At { layer: number, index });
                let here = here.filter(|at| self.is_shown(*at, country) && wanted(*at));
                found.extend(here.map(|at| (at, name.clone())));
            }
        }
        found
    }

    /// Places whose folded name begins so, for typing: the most populous first, at most `most`.
    pub fn complete(&self, prefix: &str, scope: Scope<'_>, most: usize) -> Vec<Place> {
        let prefix = folded(prefix);
        // Enough names that the populous ones are among them, and few enough to answer between two keystrokes.
        const NAMES: usize = 2_000;
        if prefix.is_empty() {
            return Vec::new();
        }
        let look = |layer: &Layer| layer.completions(&prefix, NAMES);
        let mut found = self.gather(scope.country, look, |at| self.is_in_area(at, scope.area));
        found.sort_by_key(|at| (std::cmp::Reverse(self.record(*at).population), *at));
        found.dedup();
        found.truncate(most);
        found.into_iter().map(|at| self.read(at)).collect()
    }

    fn gather(
        &self,
        country: Option<&str>,
        look: impl Fn(&Layer) -> Vec<u32>,
        wanted: impl Fn(At) -> bool,
    ) -> Vec<At> {
        let mut found = Vec::new();
        for (number, layer) in self.layers_of(country) {
            let here = look(layer).into_iter().map(|index| At { layer: number, index });
            found.extend(here.filter(|at| self.is_shown(*at, country) && wanted(*at)));
        }
        found
    }

    /// Files that may have places of the country: none below one that claims to hold all of them.
    fn layers_of(&self, country: Option<&str>) -> impl Iterator<Item = (u16, &Layer)> {
        let code: [u8; 2] = country.and_then(|code| code.as_bytes().try_into().ok()).unwrap_or_default();
        let code = code.map(|letter| letter.to_ascii_uppercase());
        let whole = self.layers.iter().position(|layer| layer.covers(code));
        let layers = self.layers.iter().take(whole.map_or(usize::MAX, |at| at + 1));
        layers.enumerate().map(|(number, layer)| (number as u16, layer))
    }

    fn is_shown(&self, at: At, country: Option<&str>) -> bool {
        country.is_none_or(|country| self.is_in_country(at, country)) && !self.is_hidden(at)
    }

    /// Whether a file on top has this place again, or claims to hold all places of its country.
    fn is_hidden(&self, at: At) -> bool {
        let above = &self.layers[..usize::from(at.layer)];
        !above.is_empty() && (self.is_in_covered_country(above, at) || self.above(at).is_some())
    }

    fn is_in_covered_country(&self, above: &[Layer], at: At) -> bool {
        let country = self.record(at).country;
        country != [0, 0] && above.iter().any(|layer| layer.covers(country))
    }

    /// The place on top that has the same id.
    fn above(&self, at: At) -> Option<At> {
        let above = &self.layers[..usize::from(at.layer)];
        if above.is_empty() {
            return None;
        }
        let id = self.texts(at).id();
        above
            .iter()
            .enumerate()
            .find_map(|(number, layer)| layer.by_id(id).map(|index| At { layer: number as u16, index }))
    }

    pub(crate) fn at(&self, id: &str) -> Option<At> {
        self.layers
            .iter()
            .enumerate()
            .find_map(|(number, layer)| layer.by_id(id).map(|index| At { layer: number as u16, index }))
    }

    pub(crate) fn record(&self, at: At) -> Record {
        self.layers[usize::from(at.layer)].record(at.index)
    }

    pub(crate) fn texts(&self, at: At) -> Texts<'_> {
        self.layers[usize::from(at.layer)].texts(at.index)
    }

    pub(crate) fn kind(&self, at: At) -> PlacePrecision {
        kind_of(self.record(at))
    }

    /// Latitude and longitude in degrees.
    pub(crate) fn point(&self, at: At) -> (f64, f64) {
        let record = self.record(at);
        (f64::from(record.lat) / DEGREE, f64::from(record.lon) / DEGREE)
    }

    fn parent(&self, at: At) -> Option<At> {
        match self.layers[usize::from(at.layer)].parent(at.index) {
            Some(index) => {
                let below = At { layer: at.layer, index };
                Some(self.above(below).unwrap_or(below))
            }
            None => self.outer.get_or_init(|| self.find_outer()).get(&at).copied(),
        }
    }

    /// Every place whose parent is in another file, with that parent: few, and looked for by id once.
    fn find_outer(&self) -> BTreeMap<At, At> {
        let each = self.layers.iter().enumerate().flat_map(|(number, layer)| {
            layer.without_parent().map(move |index| At { layer: number as u16, index })
        });
        let outer = |at: At| Some(self.texts(at).parent_elsewhere()).filter(|id| !id.is_empty());
        each.filter_map(|at| Some((at, self.at(outer(at)?)?))).collect()
    }

    /// A place and the areas around it, from the inside out.
    pub(crate) fn around(&self, at: At) -> Vec<At> {
        let mut chain = vec![at];
        while let Some(parent) = chain.last().and_then(|last| self.parent(*last)) {
            if chain.len() == DEEPEST || chain.contains(&parent) {
                break;
            }
            chain.push(parent);
        }
        chain
    }

    /// ISO code of the country around a place; `None` where nothing tells.
    pub(crate) fn country(&self, at: At) -> Option<[u8; 2]> {
        let own = self.record(at).country;
        let mut around = std::iter::once(own).chain(
            std::iter::once_with(|| self.around(at).into_iter().skip(1).map(|at| self.record(at).country))
                .flatten(),
        );
        around.find(|code| *code != [0, 0])
    }

    pub(crate) fn is_in_country(&self, at: At, country: &str) -> bool {
        self.country(at).is_some_and(|code| code.eq_ignore_ascii_case(country.as_bytes()))
    }

    fn is_in_area(&self, at: At, area: Option<&PlaceId>) -> bool {
        area.is_none_or(|area| self.around(at).into_iter().any(|at| self.texts(at).id() == area.as_str()))
    }

    /// Of a place and the areas around it the governorate.
    pub(crate) fn governorate_of(&self, around: &[At]) -> Option<At> {
        around.iter().copied().find(|at| self.kind(*at) == PlacePrecision::Governorate)
    }

    /// The settlement that is an area's seat.
    pub(crate) fn seat(&self, at: At) -> Option<At> {
        Some(self.texts(at).seat_place()).filter(|id| !id.is_empty()).and_then(|id| self.at(id))
    }

    /// Areas whose outline holds a point in degrees, the finest first; of files on top of each other the topmost's.
    pub fn areas_at(&self, lat: f64, lon: f64) -> Vec<Place> {
        let point = corner(lat, lon);
        let mut found: Vec<At> = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let here = layer.areas_at(point).into_iter().map(|index| At { layer: number as u16, index });
            found.extend(here.filter(|at| !self.is_hidden(*at)));
        }
        found.sort_by_key(|at| (self.kind(*at), *at));
        found.into_iter().map(|at| self.read(at)).collect()
    }

    /// Some corners all along an area's outline, where its source has one.
    pub(crate) fn thinned_outline(&self, at: At) -> Option<&[Corner]> {
        self.layers[usize::from(at.layer)].thinned_outline(at.index)
    }

    /// The least and the greatest latitude and longitude of an area's outline.
    pub(crate) fn frame(&self, at: At) -> Option<((f64, f64), (f64, f64))> {
        let corners = self.thinned_outline(at)?;
        let range = |of: fn(&Corner) -> i32| {
            let values = corners.iter().map(of);
            Some((f64::from(values.clone().min()?) / UNITS, f64::from(values.max()?) / UNITS))
        };
        let ((west, east), (south, north)) = (range(|corner| corner.0)?, range(|corner| corner.1)?);
        Some(((south, west), (north, east)))
    }

    /// Countries that files of the stack claim to hold whole.
    pub fn covered(&self) -> BTreeSet<String> {
        self.layers.iter().flat_map(Layer::covered).collect()
    }

    pub(crate) fn id(&self, at: At) -> Option<PlaceId> {
        PlaceId::new(self.texts(at).id()).ok()
    }

    /// The whole place.
    pub(crate) fn read(&self, at: At) -> Place {
        self.read_in(at, &self.around(at))
    }

    /// The whole place, where what is around it is known.
    pub(crate) fn read_in(&self, at: At, around: &[At]) -> Place {
        let (record, texts, (lat, lon)) = (self.record(at), self.texts(at), self.point(at));
        let (kind, radius_m) = (kind_of(record), texts.radius_m());
        Place {
            // Ids are checked when a file is written; an odd one of a foreign file is shown as unknown.
            id: PlaceId::new(texts.id()).unwrap_or_else(|_| unknown_id()),
            name_en: text(texts.name_en()),
            name_ar: text(texts.name_ar()),
            kind,
            parent: around.get(1).and_then(|parent| self.id(*parent)),
            governorate: self.governorate_of(around).and_then(|area| self.id(area)),
            country: self.country(at).map(|code| String::from_utf8_lossy(&code).into_owned()),
            lat,
            lon,
            radius_m: if radius_m > 0 { radius_m } else { default_radius_m(kind).unwrap_or(0) },
            population: Some(record.population).filter(|population| *population > 0),
            pcode: text(texts.pcode()),
        }
    }

    /// Ids of all areas around a place, itself included.
    pub fn ids_around(&self, id: &PlaceId) -> BTreeSet<PlaceId> {
        self.chain(id).into_iter().map(|place| place.id).collect()
    }
}

/// The codebook's default radius of a precision, in metres (§6); areas have none, theirs is their own.
pub fn default_radius_m(precision: PlacePrecision) -> Option<u32> {
    Some(match precision {
        PlacePrecision::Exact => 10,
        PlacePrecision::ExactByOther => 30,
        PlacePrecision::Landmark => 150,
        PlacePrecision::Street => 300,
        PlacePrecision::Neighbourhood => 1_000,
        PlacePrecision::Village => 1_500,
        PlacePrecision::Town => 4_000,
        PlacePrecision::City => 10_000,
        PlacePrecision::NearPlace => 15_000,
        _ => return None,
    })
}

fn kind_of(record: Record) -> PlacePrecision {
    PlacePrecision::ALL.get(usize::from(record.kind)).copied().unwrap_or(PlacePrecision::NotPlaced)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

#[expect(clippy::expect_used, reason = "the literal is an id")]
fn unknown_id() -> PlaceId {
    PlaceId::new("unknown").expect("letters only")
}
