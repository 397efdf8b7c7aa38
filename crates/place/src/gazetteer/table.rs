//! A table of places in CSV as a gazetteer: what a user or the example brings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sijil_model::PlaceId;
use sijil_model::codebook::{Coded, PlacePrecision};

use crate::write::{Draft, write};
use crate::{PlaceError, RowError};

/// The columns of a table of places, in any order. `alternates` are separated by `|`; `kind` is a code of the
/// codebook's place precision; `parent` is a `place_id` of the same table or of a gazetteer below it; of a country
/// `pcode` is its ISO 3166-1 alpha-2 code; `lat` and `lon` are degrees, empty for areas whose places are in the table.
pub const COLUMNS: &str = "place_id,name_en,name_ar,alternates,kind,parent,lat,lon,population,pcode";

#[derive(Deserialize)]
struct Row {
    place_id: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    name_ar: String,
    #[serde(default)]
    alternates: String,
    kind: String,
    #[serde(default)]
    parent: String,
    lat: Option<f64>,
    lon: Option<f64>,
    population: Option<u32>,
    #[serde(default)]
    pcode: String,
}

/// A gazetteer file of the table's places, and the rows that were left out.
pub(super) fn file_from_table(table: &str) -> Result<(Vec<u8>, Vec<RowError>), PlaceError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|cause| PlaceError::BadTable { cause: cause.to_string() })?;
    for column in ["place_id", "kind"] {
        if !headers.iter().any(|header| header == column) {
            return Err(PlaceError::MissingColumn { column, expected: COLUMNS });
        }
    }
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    let mut ids = BTreeSet::new();
    for (at, row) in reader.deserialize::<Row>().enumerate() {
        match row.map_err(|cause| cause.to_string()).and_then(|row| check(row, &mut ids)) {
            Ok(row) => rows.push((at + 1, row)),
            Err(cause) => errors.push(RowError { row: at + 1, cause }),
        }
    }
    let drafts = drafts(rows, &mut errors);
    errors.sort_by_key(|error| error.row);
    let source = format!("a table of {} places", drafts.len());
    let file = write(drafts, &source).map_err(|cause| PlaceError::Unwritable { cause: cause.to_string() })?;
    Ok((file, errors))
}

fn check(row: Row, ids: &mut BTreeSet<String>) -> Result<(PlacePrecision, Row), String> {
    PlaceId::new(&row.place_id).map_err(|cause| cause.to_string())?;
    let kind = PlacePrecision::from_code(&row.kind).map_err(|cause| cause.to_string())?;
    if row.name_en.is_empty() && row.name_ar.is_empty() {
        return Err("it has neither name_en nor name_ar; write one".into());
    }
    if kind == PlacePrecision::Country && row.pcode.len() != 2 {
        return Err("a country needs its two-letter ISO code in pcode".into());
    }
    if row.lat.is_some_and(|lat| !(-90.0..=90.0).contains(&lat)) {
        return Err("lat is not between -90 and 90; are lat and lon swapped?".into());
    }
    if row.lon.is_some_and(|lon| !(-180.0..=180.0).contains(&lon)) {
        return Err("lon is not between -180 and 180".into());
    }
    if !ids.insert(row.place_id.clone()) {
        return Err(format!("place_id `{}` stands in an earlier row; give each place its own", row.place_id));
    }
    Ok((kind, row))
}

/// Drafts of the rows; areas without a point get the middle of what lies in them.
fn drafts(rows: Vec<(usize, (PlacePrecision, Row))>, errors: &mut Vec<RowError>) -> Vec<Draft> {
    let parents: BTreeMap<&str, &str> =
        rows.iter().map(|(_, (_, row))| (row.place_id.as_str(), row.parent.as_str())).collect();
    let mut points: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    let mut countries: BTreeMap<&str, [u8; 2]> = BTreeMap::new();
    for (_, (kind, row)) in &rows {
        if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
            for around in chain(&row.place_id, &parents) {
                points.entry(around).or_default().push((lat, lon));
            }
        }
        if *kind == PlacePrecision::Country {
            let code = row.pcode.to_ascii_uppercase();
            countries.insert(&row.place_id, code.as_bytes().try_into().unwrap_or_default());
        }
    }
    let mut drafts = Vec::with_capacity(rows.len());
    for (number, (kind, row)) in &rows {
        let Some(inside) = points.get(row.place_id.as_str()) else {
            errors.push(RowError {
                row: *number,
                cause: "it has no lat and lon, and no place in it has".into(),
            });
            continue;
        };
        let country = chain(&row.place_id, &parents).into_iter().find_map(|around| countries.get(around));
        drafts.push(draft(*kind, row, inside, country.copied().unwrap_or_default()));
    }
    drafts
}

/// A place's id and those around it in the table; a loop ends it.
fn chain<'a>(id: &'a str, parents: &BTreeMap<&'a str, &'a str>) -> Vec<&'a str> {
    let mut chain = vec![id];
    while let Some(parent) = chain.last().and_then(|last| parents.get(last)) {
        if parent.is_empty() || chain.contains(parent) {
            break;
        }
        chain.push(parent);
    }
    chain
}

fn draft(kind: PlacePrecision, row: &Row, inside: &[(f64, f64)], country: [u8; 2]) -> Draft {
    let count = inside.len() as f64;
    let middle =
        (inside.iter().map(|p| p.0).sum::<f64>() / count, inside.iter().map(|p| p.1).sum::<f64>() / count);
    let (lat, lon) = (row.lat.unwrap_or(middle.0), row.lon.unwrap_or(middle.1));
    let is_area = super::default_radius_m(kind).is_none();
    let radius = inside.iter().map(|point| crate::distance::metres((lat, lon), *point)).fold(0.0, f64::max);
    Draft {
        id: row.place_id.clone(),
        parent: row.parent.clone(),
        name_en: row.name_en.clone(),
        name_ar: row.name_ar.clone(),
        pcode: row.pcode.clone(),
        alternates: row
            .alternates
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        kind: PlacePrecision::ALL.iter().position(|other| *other == kind).unwrap_or(0) as u8,
        country,
        lat,
        lon,
        population: row.population.unwrap_or(0),
        radius_m: if is_area { (radius / 1000.0).ceil() as u32 * 1000 } else { 0 },
    }
}
