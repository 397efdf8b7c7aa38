//! OCHA's administrative boundaries (COD-AB), bare lists of P-codes, and tables that say which P-code is which area
//! of another source.
//!
//! A row of COD-AB names an area at its deepest level and the areas around it; those are taken too, so that a table
//! of sub-districts alone still gives districts and governorates.

use sijil_model::codebook::PlacePrecision;

use super::Intake;
use super::delimited::{Header, point, rows};
use super::found::{Found, Name, Rank};
use super::geojson::{Feature, features};
use crate::shape::Shape;

/// Levels of a P-code; the fifth is a populated place.
const LEVELS: [PlacePrecision; 5] = [
    PlacePrecision::Country,
    PlacePrecision::Governorate,
    PlacePrecision::District,
    PlacePrecision::Subdistrict,
    PlacePrecision::Village,
];

/// Whether a text is a P-code: two letters and at least two digits.
pub fn is_pcode(text: &str) -> bool {
    text.len() >= 4
        && text.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && text.bytes().skip(2).all(|byte| byte.is_ascii_digit())
}

/// Whether columns are those of COD-AB.
pub fn is_boundaries(columns: &[String]) -> bool {
    let header = Header::new(columns);
    (0..5).any(|level| header.of(&code_columns(level)).is_some())
}

/// Whether columns tell which P-code is which place elsewhere.
pub fn is_crosswalk(columns: &[String]) -> bool {
    let header = Header::new(columns);
    header.of(&["wof_id", "gn_id", "geonameid"]).is_some() && pcode_column(columns).is_some()
}

fn pcode_column(columns: &[String]) -> Option<usize> {
    columns.iter().position(|column| column.to_lowercase().ends_with("pcode"))
}

// The names are those of COD-AB's editions, in small letters; a match must be static, so each level is written out.
fn code_columns(level: usize) -> [&'static str; 3] {
    [
        ["adm0_pcode", "admin0pcode", "adm0pcode"],
        ["adm1_pcode", "admin1pcode", "adm1pcode"],
        ["adm2_pcode", "admin2pcode", "adm2pcode"],
        ["adm3_pcode", "admin3pcode", "adm3pcode"],
        ["adm4_pcode", "admin4pcode", "adm4pcode"],
    ][level]
}

/// Columns of names at a level: `ADM2_EN`, `admin2Name_en`, `adm2_name`, with the language that they end in.
fn name_columns(columns: &[String], level: usize) -> Vec<(usize, String)> {
    let starts = [format!("adm{level}_"), format!("admin{level}name_"), format!("adm{level}_name_")];
    let mut found = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let column = column.trim().to_lowercase();
        let ending = starts.iter().filter_map(|start| column.strip_prefix(start.as_str())).next_back();
        match ending {
            Some("pcode" | "type" | "ref" | "src") => {}
            Some("name" | "name1" | "name2" | "alt1en" | "alt2en" | "ref_name") => {
                found.push((at, String::new()))
            }
            Some(language) if (2..=3).contains(&language.len()) => found.push((at, language.to_owned())),
            _ => {}
        }
    }
    found
}

/// Reads boundaries, as GeoJSON or as a table.
pub fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if !is_json {
        let mut rows = rows(bytes);
        let Some(Ok(columns)) = rows.next() else { return };
        for row in rows {
            intake.next_row();
            match row {
                Ok(cells) => take_row(&columns, &cells, Shape::default(), None, intake),
                Err(cause) => intake.refuse(cause, ""),
            }
        }
        return;
    }
    let Ok(features) = features(bytes) else {
        return intake.refuse("it is not GeoJSON as it should be; download it again", "");
    };
    for feature in features {
        intake.next_row();
        match feature {
            Ok(feature) => {
                let columns: Vec<String> = feature.properties.keys().cloned().collect();
                let cells: Vec<String> = columns.iter().map(|key| feature.text(key)).collect();
                take_row(&columns, &cells, feature.shape(), Feature::point(&feature), intake);
            }
            Err(_) => intake.refuse("it is not a feature of GeoJSON", ""),
        }
    }
}

fn take_row(
    columns: &[String],
    cells: &[String],
    shape: Shape,
    place: Option<(f64, f64)>,
    intake: &mut Intake<'_>,
) {
    let header = Header::new(columns);
    let codes: Vec<String> =
        (0..LEVELS.len()).map(|level| header.cell(cells, &code_columns(level)).to_owned()).collect();
    let Some(deepest) = codes.iter().rposition(|code| !code.is_empty()) else {
        return intake.refuse("it has no P-code", cells.concat());
    };
    let lat = header.cell(cells, &["lat", "latitude", "center_lat", "y", "point_y", "lat_dd"]);
    let lon =
        header.cell(cells, &["lon", "lng", "long", "longitude", "center_lon", "x", "point_x", "lon_dd"]);
    let said = match point(lat, lon) {
        Ok(said) => said.or(place),
        Err(cause) => return intake.refuse(cause, &codes[deepest]),
    };
    let mut shape = Some(shape);
    for level in (0..=deepest).rev().filter(|level| !codes[*level].is_empty()) {
        let names = name_columns(columns, level).into_iter().filter_map(|(at, tag)| {
            cells.get(at).filter(|text| !text.is_empty()).map(|text| Name::new(&tag, text))
        });
        let is_own = level == deepest;
        intake.take(Found {
            ids: vec![id(&codes[level])],
            names: names.collect(),
            kind: Some(LEVELS[level]),
            country: codes[level].chars().take(2).collect(),
            point: said.filter(|_| is_own),
            parents: codes[..level]
                .iter()
                .rev()
                .filter(|code| !code.is_empty())
                .map(|code| id(code))
                .collect(),
            pcode: codes[level].clone(),
            shape: if is_own { shape.take().unwrap_or_default() } else { Shape::default() },
            rank: Rank::Ocha,
            ..Found::default()
        });
    }
}

fn id(code: &str) -> String {
    format!("ocha:{code}")
}

/// Reads lines of `P-code|English|Arabic`; the level is told by the code's length.
pub fn read_codes(bytes: &[u8], intake: &mut Intake<'_>) {
    for row in rows(bytes) {
        intake.next_row();
        match row {
            Ok(cells) if cells.len() >= 2 && is_pcode(&cells[0]) => match level(&cells[0]) {
                Some(level) => intake.take(Found {
                    ids: vec![id(&cells[0])],
                    names: vec![
                        Name::new("en", &cells[1]),
                        Name::new("name_ar", cells.get(2).map_or("", String::as_str)),
                    ],
                    kind: Some(LEVELS[level]),
                    country: cells[0].chars().take(2).collect(),
                    parents: (1..level).rev().map(|up| id(&cells[0][..2 + 2 * up])).collect(),
                    pcode: cells[0].clone(),
                    rank: Rank::Ocha,
                    ..Found::default()
                }),
                None => intake.refuse("its P-code is not of two, four or six digits", &cells[0]),
            },
            Ok(cells) => intake.refuse("it does not begin with a P-code", cells.concat()),
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

/// The level of a code of two digits a level.
fn level(code: &str) -> Option<usize> {
    match code.len() {
        4 => Some(1),
        6 => Some(2),
        8 => Some(3),
        _ => None,
    }
}

/// Reads a table that joins P-codes to `wof_id` or GeoNames ids.
pub fn read_crosswalk(bytes: &[u8], intake: &mut Intake<'_>) {
    let mut rows = rows(bytes);
    let Some(Ok(columns)) = rows.next() else { return };
    let (header, Some(codes)) = (Header::new(&columns), pcode_column(&columns)) else { return };
    for row in rows {
        intake.next_row();
        match row {
            Ok(cells) => {
                let code = cells.get(codes).map_or("", String::as_str);
                let wof = header.cell(&cells, &["wof_id"]);
                let geonames = header.cell(&cells, &["gn_id", "geonameid"]);
                // A code without a counterpart is no fault of the row.
                for other in [format!("wof:{wof}"), format!("gn:{geonames}")] {
                    if !code.is_empty() && !other.ends_with(':') {
                        intake.take(Found {
                            ids: vec![id(code), other],
                            rank: Rank::Supplement,
                            ..Found::default()
                        });
                    }
                }
            }
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}
