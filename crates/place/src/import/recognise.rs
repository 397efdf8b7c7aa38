//! Tells what a file is by what is in it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::delimited::{delimiter, first_line};
use super::{ocha, own};

/// A kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A GeoNames dump: nineteen columns, no header.
    GeoNames,
    /// GeoNames alternate names.
    GeoNamesNames,
    /// GeoNames cities: id, country, `locality`, point, population, names.
    GeoNamesCities,
    /// A table of Who's On First places with a header that begins `wof_id`.
    WofTable,
    /// A record of Who's On First in GeoJSON.
    WofRecord,
    /// Areas of Who's On First with outlines in one GeoJSON collection.
    WofAreas,
    /// Administrative boundaries with `ADMn_PCODE`: GeoJSON or a table.
    Boundaries,
    /// Lines of `P-code|English|Arabic`.
    PCodes,
    /// A table that says which P-code is which `wof_id` or GeoNames id.
    Crosswalk,
    /// A table, or GeoJSON points, of one's own.
    Own,
}

impl Format {
    /// Its name in English.
    pub fn label(self) -> &'static str {
        match self {
            Self::GeoNames => "GeoNames dump",
            Self::GeoNamesNames => "GeoNames alternate names",
            Self::GeoNamesCities => "GeoNames cities",
            Self::WofTable => "table of Who's On First",
            Self::WofRecord => "Who's On First",
            Self::WofAreas => "areas of Who's On First",
            Self::Boundaries => "boundaries with P-codes",
            Self::PCodes => "list of P-codes",
            Self::Crosswalk => "P-codes of other ids",
            Self::Own => "table of places",
        }
    }

    /// Origin and licence, as the gazetteer file carries them.
    pub fn credit(self) -> Option<&'static str> {
        Some(match self {
            Self::GeoNames | Self::GeoNamesNames | Self::GeoNamesCities => {
                "GeoNames (CC BY 4.0, geonames.org)"
            }
            Self::WofTable | Self::WofRecord | Self::WofAreas => {
                "Who's On First (whosonfirst.org/docs/licenses; points and names mostly GeoNames, CC BY 4.0)"
            }
            Self::Boundaries | Self::PCodes => "OCHA COD-AB (CC BY-IGO)",
            Self::Own => "own places",
            Self::Crosswalk => return None,
        })
    }
}

/// What a file is; `None` where it holds no places.
pub fn recognise(bytes: &[u8]) -> Option<Format> {
    let start =
        bytes.iter().position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf))?;
    if bytes[start] == b'{' {
        return recognise_json(&bytes[start..]);
    }
    let line = first_line(bytes)?;
    let separator = delimiter(line);
    let cells: Vec<String> =
        line.split(char::from(separator)).map(|cell| cell.trim().trim_matches('"').to_owned()).collect();
    if separator == b'\t' {
        let is_number = |at: usize| cells.get(at).is_some_and(|cell| cell.parse::<f64>().is_ok());
        match cells.len() {
            19 if is_number(0) && is_number(4) && is_number(5) => return Some(Format::GeoNames),
            8 if is_number(0) && cells[2] == "locality" => return Some(Format::GeoNamesCities),
            4..=10 if is_number(0) && is_number(1) && !is_number(3) => return Some(Format::GeoNamesNames),
            _ if cells[0] == "wof_id" => return Some(Format::WofTable),
            _ => {}
        }
    }
    if separator == b'|' && ocha::is_pcode(&cells[0]) && cells.len() == 3 {
        return Some(Format::PCodes);
    }
    recognise_header(&cells)
}

fn recognise_header(cells: &[String]) -> Option<Format> {
    if ocha::is_crosswalk(cells) {
        Some(Format::Crosswalk)
    } else if ocha::is_boundaries(cells) {
        Some(Format::Boundaries)
    } else if own::is_table(cells) {
        Some(Format::Own)
    } else {
        None
    }
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(default)]
    features: First,
}

/// The properties of the first feature; the others are passed over.
#[derive(Default)]
struct First(Option<Map<String, Value>>);

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Features;
        #[derive(Deserialize)]
        struct Feature {
            #[serde(default)]
            properties: Map<String, Value>,
        }
        impl<'de> serde::de::Visitor<'de> for Features {
            type Value = First;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of features")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<First, A::Error> {
                let first = list.next_element::<Feature>()?;
                while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(First(first.map(|feature| feature.properties)))
            }
        }
        input.deserialize_seq(Features)
    }
}

/// Where JSON that has no end ends; `None` for all other files.
pub fn breaks_off(bytes: &[u8]) -> Option<String> {
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if json.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let error = serde_json::from_slice::<serde::de::IgnoredAny>(json).err()?;
    error.is_eof().then(|| error.to_string())
}

fn recognise_json(bytes: &[u8]) -> Option<Format> {
    // One value only: JSON lines of documents are no gazetteer.
    let head: Head = serde_json::from_slice(bytes).ok()?;
    match head.kind.as_deref()? {
        "Feature" if head.properties.contains_key("wof:placetype") => Some(Format::WofRecord),
        "FeatureCollection" => {
            let first = head.features.0?;
            if first.contains_key("wof_id") && first.contains_key("level") {
                return Some(Format::WofAreas);
            }
            if first.contains_key("wof:placetype") {
                return Some(Format::WofRecord);
            }
            let keys: Vec<String> = first.keys().cloned().collect();
            if ocha::is_boundaries(&keys) {
                Some(Format::Boundaries)
            } else {
                own::is_named(&keys).then_some(Format::Own)
            }
        }
        _ => None,
    }
}
