//! GeoNames: country dumps, alternate names, and tables of cities.

use sijil_model::codebook::PlacePrecision;

use super::Intake;
use super::delimited::{number, point, rows};
use super::found::{Found, Name, Rank, settlement};

/// Reads a dump: `geonameid name asciiname alternatenames lat lon class code country … admin1 admin2 … population`.
/// Populated places, administrative areas, camps, airfields and dams are taken; rivers and hills are not.
pub fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    for row in rows(bytes) {
        intake.next_row();
        match row {
            Ok(cells) if cells.len() >= 15 => match place(&cells) {
                Ok(Some(found)) => intake.take(found),
                Ok(None) => {}
                Err(cause) => intake.refuse(cause, &cells[0]),
            },
            Ok(cells) => intake.refuse("it has fewer than nineteen columns", cells.concat()),
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

fn place(cells: &[String]) -> Result<Option<Found>, &'static str> {
    let population = number(&cells[14])?.unwrap_or(0.0) as u32;
    let Some((kind, seat)) = kind(&cells[6], &cells[7], population) else { return Ok(None) };
    let country = cells[8].to_uppercase();
    let codes: Vec<&str> =
        cells[10..14].iter().map(String::as_str).take_while(|code| !code.is_empty()).collect();
    let area = |depth: usize| format!("gn:{country}.{}", codes[..depth].join("."));
    let own_depth = match kind {
        PlacePrecision::Country => 0,
        PlacePrecision::Governorate => 1,
        PlacePrecision::District => 2,
        PlacePrecision::Subdistrict => 3,
        _ => usize::MAX,
    };
    let mut ids = vec![format!("gn:{}", cells[0])];
    if own_depth == 0 {
        ids.push(format!("gn:{country}"));
    } else if own_depth <= codes.len() {
        ids.push(area(own_depth));
    }
    let depth = codes.len().min(own_depth.saturating_sub(1));
    let mut parents: Vec<String> = (1..=depth).rev().map(area).collect();
    if own_depth > 0 {
        parents.push(format!("gn:{country}"));
    }
    let mut names = vec![Name::new("", &cells[1]), Name::new("", &cells[2])];
    names.extend(cells[3].split(',').map(|name| Name::new("", name)));
    Ok(Some(Found {
        ids,
        names,
        kind: Some(kind),
        seat,
        country,
        point: point(&cells[4], &cells[5])?,
        population,
        parents,
        is_of_whole_country: true,
        ..Found::default()
    }))
}

/// What a feature class and code say, and the order of the area that it is the seat of.
fn kind(class: &str, code: &str, population: u32) -> Option<(PlacePrecision, u8)> {
    Some(match (class, code) {
        ("P", "PPLX") => (PlacePrecision::Neighbourhood, 0),
        ("P", code) => {
            let seat = seat(code);
            (settlement(population, seat), seat)
        }
        ("A", "ADM1") => (PlacePrecision::Governorate, 0),
        ("A", "ADM2") => (PlacePrecision::District, 0),
        ("A", "ADM3") => (PlacePrecision::Subdistrict, 0),
        ("A", "PCLI" | "PCL" | "PCLS" | "PCLIX" | "PCLD" | "PCLF") => (PlacePrecision::Country, 0),
        ("L", "CMPRF" | "CMP" | "MILB" | "OILF") | ("S", "CMPRF" | "CMP") => {
            (PlacePrecision::Neighbourhood, 0)
        }
        ("S", "AIRP" | "AIRB" | "AIRF" | "DAM" | "HSP" | "UNIV" | "CSTM" | "PSTB" | "PS") => {
            (PlacePrecision::Landmark, 0)
        }
        _ => return None,
    })
}

/// The order of the area that a populated place of this code is the seat of.
pub fn seat(code: &str) -> u8 {
    match code {
        "PPLC" | "PPLG" => 1,
        "PPLA" => 2,
        "PPLA2" => 3,
        "PPLA3" => 4,
        _ => 0,
    }
}

/// Reads alternate names: `id geonameid language name …`; they add to places of a dump.
pub fn read_names(bytes: &[u8], intake: &mut Intake<'_>) {
    for row in rows(bytes) {
        intake.next_row();
        match row {
            // Links, post codes, Wikidata ids and codes of airports stand in the same table.
            Ok(cells)
                if matches!(
                    cells.get(2).map_or("", String::as_str),
                    "link" | "post" | "wkdt" | "iata" | "icao" | "faac" | "unlc"
                ) => {}
            Ok(cells) if cells.len() >= 4 => intake.take(Found {
                ids: vec![format!("gn:{}", cells[1])],
                names: vec![Name::new(&cells[2], &cells[3])],
                rank: Rank::Supplement,
                ..Found::default()
            }),
            Ok(cells) => intake.refuse("it has fewer than four columns", cells.concat()),
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

/// Reads cities: `geonameid country locality lat lon population -1 names`, the names joined by `|`.
pub fn read_cities(bytes: &[u8], intake: &mut Intake<'_>) {
    for row in rows(bytes) {
        intake.next_row();
        match row.and_then(|cells| city(&cells)) {
            Ok(found) => intake.take(found),
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

fn city(cells: &[String]) -> Result<Found, &'static str> {
    let [id, country, _, lat, lon, population, _, names] = cells else {
        return Err("it has not eight columns");
    };
    let population = number(population)?.unwrap_or(0.0) as u32;
    Ok(Found {
        ids: vec![format!("gn:{id}")],
        names: names.split('|').map(|name| Name::new("", name)).collect(),
        kind: Some(settlement(population, 0)),
        country: country.clone(),
        point: point(lat, lon)?,
        population,
        parents: vec![format!("gn:{}", country.to_uppercase())],
        ..Found::default()
    })
}
