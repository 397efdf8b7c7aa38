//! A place as one row of one source tells it.

use sijil_model::PlaceId;
use sijil_model::codebook::PlacePrecision;

use crate::keys::{Script, folded, script, skeleton};
use crate::shape::Shape;

/// How much a source is believed about a place's point, kind and English name; the least is the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The user's own table.
    Own,
    /// OCHA's boundaries and P-codes.
    Ocha,
    /// Who's On First.
    Wof,
    /// GeoNames.
    #[default]
    GeoNames,
    /// Only names or ids of a place that another source tells of.
    Supplement,
}

/// A place as one row tells it.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Its id in this source, then ids that the source gives it elsewhere.
    pub ids: Vec<String>,
    /// All names with the source's language tags, which are only a hint.
    pub names: Vec<Name>,
    /// What it is; `None` in a row that only adds to other sources' place.
    pub kind: Option<PlacePrecision>,
    /// The order of the area that it is the seat of; 0 none.
    pub seat: u8,
    /// ISO 3166-1 alpha-2 in capitals; empty where the row does not tell.
    pub country: String,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    pub population: u32,
    /// Ids of areas around it, innermost first.
    pub parents: Vec<String>,
    pub pcode: String,
    pub shape: Shape,
    pub radius_m: u32,
    pub rank: Rank,
    /// Whether the source means to hold every place of the country.
    pub is_of_whole_country: bool,
    pub file: usize,
    pub row: usize,
}

/// A name with the language that the source says it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub tag: String,
    pub text: String,
}

impl Name {
    pub fn new(tag: &str, text: &str) -> Self {
        Self { tag: tag.to_owned(), text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

impl Found {
    /// What notes call it.
    pub fn about(&self) -> String {
        self.ids.first().or_else(|| self.names.first().map(|name| &name.text)).cloned().unwrap_or_default()
    }

    /// Drops what is empty or no name of a place; what the row's tags get wrong.
    pub fn cleaned(&mut self) -> Option<&'static str> {
        self.names
            .retain(|name| !folded(&name.text).is_empty() && !is_code(&name.text) && is_read(&name.text));
        self.ids.retain(|id| !id.is_empty());
        if self.rank != Rank::Own {
            // Who's On First says of an area that it is the county or region that it lies in.
            self.parents.retain(|id| !self.ids.contains(id));
        }
        self.parents.retain(|id| !id.is_empty());
        self.country.make_ascii_uppercase();
        let lies =
            |name: &Name| matches!(name.tag.as_str(), "ar" | "ara") && script(&name.text) == Script::Latin;
        let mut lied = false;
        for name in self.names.iter_mut().filter(|name| lies(name)) {
            name.tag = "und".to_owned();
            lied = true;
        }
        lied.then_some("a name tagged as Arabic is in Latin letters; it was taken as a romanisation")
    }

    /// Why the row cannot be taken.
    pub fn refusal(&self) -> Option<&'static str> {
        let Some(first) = self.ids.first() else { return Some("it has no id") };
        if self.ids.iter().any(|id| PlaceId::new(id).is_err()) {
            return Some("its id is not made of letters, digits and : . _ - alone");
        }
        self.kind?;
        if self.names.is_empty() {
            return Some("it has no name");
        }
        if self.country.len() != 2 && !self.country.is_empty() {
            return Some("its country is not a two-letter code of ISO 3166-1");
        }
        if self.parents.contains(first) {
            return Some("it is said to lie in itself");
        }
        match self.point {
            Some((lat, lon)) if !lat.is_finite() || !lon.is_finite() => {
                Some("its coordinates are not numbers")
            }
            Some((lat, lon)) if lat.abs() > 90.0 && lat.abs() <= 180.0 && lon.abs() <= 90.0 => {
                Some("its latitude is beyond 90 degrees: latitude and longitude seem to be swapped")
            }
            Some((lat, _)) if lat.abs() > 90.0 => Some("its latitude is not between -90 and 90"),
            Some((_, lon)) if lon.abs() > 180.0 => Some("its longitude is not between -180 and 180"),
            Some((0.0, 0.0)) => Some("its coordinates are 0, 0, which stands for none"),
            _ => None,
        }
    }

    /// The best name in English: tagged so, else any in Latin letters.
    pub fn name_en(&self) -> Option<&str> {
        let latin = || self.names.iter().filter(|name| script(&name.text) == Script::Latin);
        let tagged = |tags: &'static [&str]| latin().find(move |name| tags.contains(&name.tag.as_str()));
        let best =
            tagged(&["name_en"]).or_else(|| tagged(&["en", "eng"])).or_else(|| tagged(&["", "und", "loc"]));
        best.or_else(|| latin().next()).map(|name| name.text.as_str())
    }

    /// The best name in Arabic: in letters of Arabic proper, tagged so, else one that sounds like another name.
    pub fn name_ar(&self) -> Option<&str> {
        let arabic = || self.names.iter().filter(|name| is_arabic_proper(&name.text));
        let tagged = arabic().find(|name| matches!(name.tag.as_str(), "ar" | "ara" | "name_ar"));
        let sounds_alike = || {
            let main = skeleton(&folded(self.name_en().unwrap_or_default()));
            arabic().find(|name| skeleton(&folded(&name.text)) == main)
        };
        tagged.or_else(sounds_alike).or_else(|| arabic().next()).map(|name| name.text.as_str())
    }
}

/// Codes of airports and the like among names: "DAM", "OSDI".
fn is_code(name: &str) -> bool {
    (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a name is in a script that reports of the conflicts here are written in: Latin, Arabic, Cyrillic, Greek,
/// Armenian, Hebrew, Burmese. Names in others would cost half the file and are never asked for.
fn is_read(name: &str) -> bool {
    name.chars().filter(|letter| letter.is_alphabetic()).all(|letter| {
        matches!(letter,
            'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{05ff}' | '\u{0620}'..='\u{077f}' | '\u{1000}'..='\u{109f}'
            | '\u{1e00}'..='\u{1fff}' | '\u{fb50}'..='\u{fefc}')
    })
}

fn is_arabic_proper(name: &str) -> bool {
    script(name) == Script::Arabic
        && name.chars().all(|letter| {
            matches!(letter, '\u{0621}'..='\u{0652}' | ' ' | '-' | '(' | ')' | '0'..='9' | '/' | '\'' | '.')
        })
}

/// Settlements from this many inhabitants are cities.
pub const CITY: u32 = 50_000;
/// Settlements from this many inhabitants are towns.
pub const TOWN: u32 = 5_000;

/// The kind of a settlement, by its inhabitants and by what it is the seat of.
pub fn settlement(population: u32, seat: u8) -> PlacePrecision {
    match (population, seat) {
        (CITY.., _) | (_, 1 | 2) => PlacePrecision::City,
        (TOWN.., _) | (_, 3 | 4) => PlacePrecision::Town,
        _ => PlacePrecision::Village,
    }
}
