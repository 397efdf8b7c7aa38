//! Who's On First: records in GeoJSON, tables of them, and collections of areas with outlines.

use serde_json::Value;
use sijil_model::codebook::PlacePrecision;

use super::Intake;
use super::delimited::{Header, number, point, rows};
use super::found::{Found, Name, Rank, settlement};
use super::geojson::{Feature, features, text_of};
use super::geonames::seat;

/// Reads a table whose header has `wof_id placetype name lat lon names`, names as `language:name|language:name`.
pub fn read_table(bytes: &[u8], intake: &mut Intake<'_>) {
    let mut rows = rows(bytes);
    let Some(Ok(header)) = rows.next() else { return };
    let header = Header::new(&header);
    let country = country_of_file(intake.name);
    for row in rows {
        intake.next_row();
        match row.and_then(|cells| place(&header, &cells, &country)) {
            Ok(Some(found)) => intake.take(found),
            Ok(None) => {}
            Err(cause) => intake.refuse(cause, ""),
        }
    }
}

/// `sy.tsv` is named for its country, which the rows do not tell; areas with outlines say it again where they are.
fn country_of_file(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let code: String = file.chars().take_while(char::is_ascii_alphabetic).collect();
    if code.len() == 2 { code.to_uppercase() } else { String::new() }
}

fn place(header: &Header, cells: &[String], country: &str) -> Result<Option<Found>, &'static str> {
    let cell = |name: &str| header.cell(cells, &[name]);
    let population = number(cell("population"))?.unwrap_or(0.0).max(0.0) as u32;
    let seat = seat(cell("gn_feature_code"));
    let Some(kind) = kind(cell("placetype"), population, seat) else { return Ok(None) };
    let mut names = vec![Name::new("", cell("name"))];
    names.extend(cell("names").split('|').map(|name| {
        let (tag, text) = name.split_once(':').unwrap_or(("", name));
        Name::new(tag, text)
    }));
    let parents = ["county_id", "parent_id", "region_id"].map(&cell);
    Ok(Some(Found {
        ids: ids(cell("gn_id"), cell("wof_id")),
        names,
        kind: Some(kind),
        seat,
        country: country.to_owned(),
        point: point(cell("lat"), cell("lon"))?,
        population,
        parents: parents.into_iter().filter_map(wof_id).collect(),
        rank: Rank::Wof,
        is_of_whole_country: true,
        ..Found::default()
    }))
}

/// GeoNames' id first where there is one: the same place is then the same in either source.
fn ids(geonames: &str, wof: &str) -> Vec<String> {
    let known = geonames.parse::<u64>().ok().filter(|id| *id > 0);
    known.map(|id| format!("gn:{id}")).into_iter().chain(wof_id(wof)).collect()
}

fn wof_id(id: &str) -> Option<String> {
    id.parse::<i64>().ok().filter(|id| *id > 0).map(|id| format!("wof:{id}"))
}

fn kind(placetype: &str, population: u32, seat: u8) -> Option<PlacePrecision> {
    Some(match placetype {
        "country" | "dependency" | "disputed" => PlacePrecision::Country,
        "region" | "macroregion" => PlacePrecision::Governorate,
        "county" | "macrocounty" => PlacePrecision::District,
        "localadmin" => PlacePrecision::Subdistrict,
        "locality" => settlement(population, seat),
        "borough" | "macrohood" | "neighbourhood" | "microhood" => PlacePrecision::Neighbourhood,
        "campus" | "venue" => PlacePrecision::Landmark,
        _ => return None,
    })
}

/// Reads records, or areas with `wof_id level name name_loc parent hasc`.
pub fn read_features(bytes: &[u8], intake: &mut Intake<'_>) {
    let Ok(features) = features(bytes) else {
        return intake.refuse("it is not GeoJSON as it should be; download it again", "");
    };
    for feature in features {
        intake.next_row();
        match feature {
            Ok(feature) if feature.properties.contains_key("wof_id") => intake.take(area(&feature)),
            Ok(feature) => match record(&feature) {
                Ok(Some(found)) => intake.take(found),
                Ok(None) => {}
                Err(cause) => intake.refuse(cause, feature.text("wof:id")),
            },
            Err(_) => intake.refuse("it is not a feature of GeoJSON", ""),
        }
    }
}

fn area(feature: &Feature) -> Found {
    let level = feature.number("level").unwrap_or(9.0) as u8;
    let kind = match level {
        0 => Some(PlacePrecision::Country),
        1 => Some(PlacePrecision::Governorate),
        2 => Some(PlacePrecision::District),
        3 => Some(PlacePrecision::Subdistrict),
        _ => None,
    };
    Found {
        ids: wof_id(&feature.text("wof_id")).into_iter().collect(),
        names: vec![Name::new("eng", &feature.text("name")), Name::new("loc", &feature.text("name_loc"))],
        kind,
        country: feature.text("hasc").chars().take(2).collect(),
        parents: wof_id(&feature.text("parent")).into_iter().collect(),
        shape: feature.shape(),
        rank: Rank::Wof,
        is_of_whole_country: true,
        ..Found::default()
    }
}

fn record(feature: &Feature) -> Result<Option<Found>, &'static str> {
    let gone = ["edtf:deprecated", "edtf:superseded", "edtf:cessation"];
    let is_gone = |key: &&str| !matches!(feature.text(key).as_str(), "" | "uuuu" | "u" | ".." | "open");
    if gone.iter().any(is_gone) || feature.text("mz:is_current") == "0" {
        return Ok(None);
    }
    let population = ["wof:population", "gn:population"].into_iter().find_map(|key| feature.number(key));
    let population = population.unwrap_or(0.0).max(0.0) as u32;
    let Some(kind) = kind(&feature.text("wof:placetype"), population, seat(&feature.text("gn:fcode"))) else {
        return Ok(None);
    };
    let mut names = vec![Name::new("", &feature.text("wof:name"))];
    for (key, value) in feature.properties.iter().filter(|(key, _)| key.starts_with("name:")) {
        let tag = key.trim_start_matches("name:").split('_').next().unwrap_or_default();
        let texts =
            value.as_array().map_or_else(|| vec![text_of(value)], |list| list.iter().map(text_of).collect());
        names.extend(texts.iter().map(|text| Name::new(tag, text)));
    }
    let geonames = feature.properties.get("wof:concordances").and_then(|known| known.get("gn:id"));
    let hierarchy =
        feature.properties.get("wof:hierarchy").and_then(Value::as_array).and_then(|all| all.first());
    let around = ["county_id", "region_id", "country_id"].into_iter().filter_map(|key| hierarchy?.get(key));
    let labelled = || Some((feature.number("lbl:latitude")?, feature.number("lbl:longitude")?));
    let central = || Some((feature.number("geom:latitude")?, feature.number("geom:longitude")?));
    Ok(Some(Found {
        ids: ids(&geonames.map(text_of).unwrap_or_default(), &feature.text("wof:id")),
        names,
        kind: Some(kind),
        seat: seat(&feature.text("gn:fcode")),
        country: feature.text("wof:country"),
        point: labelled().or_else(central).or_else(|| feature.point()),
        population,
        parents: std::iter::once(feature.text("wof:parent_id"))
            .chain(around.map(text_of))
            .filter_map(|id| wof_id(&id))
            .collect(),
        shape: feature.shape(),
        rank: Rank::Wof,
        is_of_whole_country: true,
        ..Found::default()
    }))
}
