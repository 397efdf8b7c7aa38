//! A table of one's own, or points in GeoJSON: whatever names places and says where they are.

use sijil_model::codebook::{Coded, PlacePrecision};

use super::Intake;
use super::delimited::{Header, number, point, rows};
use super::found::{Found, Name, Rank, settlement};
use super::geojson::features;
use crate::shape::Shape;

/// The columns of a table of places, in any order; a name and a point are enough. `alternates` are separated by `|`;
/// `kind` is a code of the codebook's place precision; `parent` is a `place_id` of the same table or of a gazetteer
/// below it; of a country `pcode` is its ISO 3166-1 alpha-2 code; `lat` and `lon` are degrees, empty for areas whose
/// places are in the table.
pub const COLUMNS: &str = "place_id,name_en,name_ar,alternates,kind,parent,lat,lon,population,pcode";

const ID: [&str; 2] = ["place_id", "id"];
const NAME: [&str; 4] = ["name", "place", "الاسم", "المكان"];
const NAME_EN: [&str; 3] = ["name_en", "place_en", "english"];
const NAME_AR: [&str; 3] = ["name_ar", "place_ar", "arabic"];
const LAT: [&str; 4] = ["lat", "latitude", "y", "خط العرض"];
const LON: [&str; 5] = ["lon", "lng", "long", "longitude", "خط الطول"];

/// Whether a header is that of such a table.
pub fn is_table(columns: &[String]) -> bool {
    let header = Header::new(columns);
    let has_points = header.of(&LAT).is_some() && header.of(&LON).is_some();
    (is_named(columns) && has_points) || (header.of(&ID).is_some() && header.of(&["kind"]).is_some())
}

/// Whether there is a column of names.
pub fn is_named(columns: &[String]) -> bool {
    let header = Header::new(columns);
    [&NAME[..], &NAME_EN, &NAME_AR].iter().any(|names| header.of(names).is_some())
}

/// Reads the table or the features.
pub fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if is_json {
        return read_features(bytes, intake);
    }
    let mut rows = rows(bytes);
    let Some(Ok(columns)) = rows.next() else { return };
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        intake.next_row();
        match row.and_then(|cells| place(&columns, &cells)) {
            Ok(found) if !seen.insert(found.ids.clone()) => {
                intake
                    .refuse("its place_id stands in an earlier row; give each place its own", found.about());
            }
            Ok(found) => intake.take(found),
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

fn read_features(bytes: &[u8], intake: &mut Intake<'_>) {
    let Ok(features) = features(bytes) else {
        return intake.refuse("it is not GeoJSON as it should be", "");
    };
    for feature in features {
        intake.next_row();
        let Ok(feature) = feature else {
            intake.refuse("it is not a feature of GeoJSON", "");
            continue;
        };
        let columns: Vec<String> = feature.properties.keys().cloned().collect();
        let cells: Vec<String> = columns.iter().map(|key| feature.text(key)).collect();
        match place(&columns, &cells) {
            Ok(found) => {
                let point = found.point.or_else(|| feature.point());
                intake.take(Found { point, shape: feature.shape(), ..found });
            }
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

fn place(columns: &[String], cells: &[String]) -> Result<Found, &'static str> {
    let header = Header::new(columns);
    let cell = |names: &[&str]| header.cell(cells, names);
    let population = number(cell(&["population", "pop"]))?.unwrap_or(0.0).max(0.0) as u32;
    let kind = match cell(&["kind"]) {
        "" => settlement(population, 0),
        code => PlacePrecision::from_code(code)
            .map_err(|_| "its kind is no code of the codebook's place precision: village, town, city, …")?,
    };
    let pcode = cell(&["pcode"]);
    if kind == PlacePrecision::Country && pcode.len() != 2 {
        return Err("a country needs its two-letter ISO code in pcode");
    }
    let country = if kind == PlacePrecision::Country { pcode } else { cell(&["country"]) };
    let mut names = vec![
        Name::new("name_en", cell(&NAME_EN)),
        Name::new("name_ar", cell(&NAME_AR)),
        Name::new("", cell(&NAME)),
    ];
    if names.iter().all(|name| name.text.is_empty()) {
        return Err("it has neither name_en nor name_ar; write one");
    }
    names.extend(cell(&["alternates"]).split('|').map(|name| Name::new("", name)));
    let (lat, lon) = (cell(&LAT), cell(&LON));
    let id = match cell(&ID) {
        "" => format!(
            "own:{:016x}",
            hash(&format!(
                "{}\0{lat}\0{lon}",
                names.iter().map(|name| name.text.as_str()).collect::<String>()
            ))
        ),
        id => id.to_owned(),
    };
    Ok(Found {
        ids: vec![id],
        names,
        kind: Some(kind),
        country: country.to_owned(),
        point: point(lat, lon)?,
        population,
        parents: vec![cell(&["parent"]).to_owned()],
        pcode: pcode.to_owned(),
        shape: Shape::default(),
        radius_m: number(cell(&["radius_m"]))?.unwrap_or(0.0).max(0.0) as u32,
        rank: Rank::Own,
        ..Found::default()
    })
}

/// FNV-1a: an id for a row without one that stays as long as its words do.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
