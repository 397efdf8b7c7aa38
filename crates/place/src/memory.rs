//! What reviewers confirmed before: a place string, within what, and the place it means.
//!
//! The same words in the same container are answered by what was confirmed. Other spellings of them, and the same words
//! elsewhere, find it too: [`Memory::over`] puts every confirmed string on top of a gazetteer as a place of its own,
//! which is weighed like any other.

use std::collections::BTreeMap;

use serde::Deserialize;
use sijil_model::codebook::{Coded, PlacePrecision};
use sijil_model::{PlaceId, PlacePhrase};

use crate::answer::Candidate;
use crate::container::is_area;
use crate::crosswalk::other_codes;
use crate::distance::metres;
use crate::gazetteer::Gazetteer;
use crate::keys::{Script, folded, script};
use crate::phrase::parse_place;
use crate::why;
use crate::words::is_outlying;
use crate::write::{Draft, write};
use crate::{PlaceError, RowError};

/// Score of a place that a reviewer confirmed for the same words.
const CONFIRMED: f64 = 0.99;

/// A confirmed place string, one row of `--memory`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Confirmed {
    /// The words, what they say of containers included.
    pub text: String,
    /// What the report puts them in; empty where nothing was said.
    #[serde(default)]
    pub within: String,
    /// The place, where it is one of a gazetteer.
    #[serde(default)]
    pub place_id: Option<PlaceId>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What says so: an entry of a register's log; empty where nothing does.
    #[serde(default)]
    pub by: String,
}

/// Confirmed place strings, by folded words and the innermost place that they lie in.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    rows: Vec<Confirmed>,
    /// Positions in the rows, with how many rows agree.
    by_words: BTreeMap<(String, String), (usize, usize)>,
    /// How often something was confirmed in a tenth of a degree.
    by_cell: BTreeMap<(i16, i16), u32>,
}

/// What the ids of confirmed places begin with in the file of [`Memory::over`].
const CONFIRMED_ID: &str = "confirmed:";
/// The same words confirmed this near to each other are one place.
const SAME_PLACE_M: f64 = 5_000.0;

impl Memory {
    /// Takes rows in the order in which they were confirmed. Of several places for the same words the one counts that
    /// was confirmed most often, the later of two: a slip of one reviewer does not move what others agree on.
    pub fn from_rows(rows: impl IntoIterator<Item = Confirmed>) -> Self {
        let rows: Vec<Confirmed> = rows.into_iter().collect();
        let mut said: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        let mut by_cell: BTreeMap<(i16, i16), u32> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let phrase = parse_place(&row.text);
            let around = phrase.within.first().unwrap_or(&row.within);
            said.entry((folded(&phrase.text), folded(around))).or_default().push(at);
            *by_cell.entry(cell((row.lat, row.lon))).or_default() += 1;
        }
        let by_words = said.into_iter().map(|(words, rows_of)| (words, agreed(&rows, &rows_of))).collect();
        Self { rows, by_words, by_cell }
    }

    /// How often something was confirmed about a point: within some fifteen kilometres.
    pub(crate) fn activity(&self, point: (f64, f64)) -> u32 {
        let (south, west) = cell(point);
        let around = (-1..=1).flat_map(|north| (-1..=1).map(move |east| (south + north, west + east)));
        around.filter_map(|cell| self.by_cell.get(&cell)).sum()
    }

    /// A gazetteer with every confirmed string on top as a place; `country` is that of strings whose point lies in no
    /// area that the gazetteer knows.
    pub fn over(&self, gazetteer: &Gazetteer, country: Option<&str>) -> Result<Gazetteer, PlaceError> {
        if self.rows.is_empty() {
            return Ok(gazetteer.clone());
        }
        let mut drafts: BTreeMap<(String, String), Vec<Draft>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let draft = draft(gazetteer, row, at, country);
            let alike =
                drafts.entry((folded(&parse_place(&row.text).name), draft.parent.clone())).or_default();
            // What was confirmed last stands for what was confirmed beside it before.
            alike.retain(|other| metres((other.lat, other.lon), (draft.lat, draft.lon)) > SAME_PLACE_M);
            alike.push(draft);
        }
        let drafts = drafts.into_values().flatten().collect();
        let bytes = write(drafts, "confirmed by reviewers", &[])
            .map_err(|cause| PlaceError::Unwritable { cause: cause.to_string() })?;
        Ok(Gazetteer::stack([gazetteer.clone(), Gazetteer::from_bytes(bytes)?]))
    }

    /// What was confirmed, where an id is one of [`Self::over`].
    pub(crate) fn confirmed(&self, id: &str) -> Option<&Confirmed> {
        self.rows.get(id.strip_prefix(CONFIRMED_ID)?.parse::<usize>().ok()?)
    }

    /// Reads the table `text,within,place_id,lat,lon`; rows that cannot be read are left out and reported.
    pub fn from_table(table: &str) -> Result<(Self, Vec<RowError>), PlaceError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().map_err(|cause| PlaceError::BadTable { cause: cause.to_string() })?;
        for column in ["text", "lat", "lon"] {
            if !headers.iter().any(|header| header == column) {
                return Err(PlaceError::MissingColumn { column, expected: "text,within,place_id,lat,lon" });
            }
        }
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for (at, row) in reader.deserialize::<Confirmed>().enumerate() {
            match row {
                Ok(row) => rows.push(row),
                Err(cause) => errors.push(RowError { row: at + 1, cause: cause.to_string() }),
            }
        }
        Ok((Self::from_rows(rows), errors))
    }

    /// Whether these words in the same container were confirmed.
    pub fn knows(&self, phrase: &PlacePhrase) -> bool {
        let mut asked = asked(std::slice::from_ref(phrase), &[]);
        asked.any(|(phrase, around)| self.by_words.contains_key(&(folded(&phrase.text), folded(around))))
    }

    /// How many strings are confirmed.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is confirmed yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The place confirmed for these words in the same container.
    pub(crate) fn recall(
        &self,
        gazetteer: &Gazetteer,
        phrases: &[PlacePhrase],
        within: &[&str],
    ) -> Option<Candidate> {
        let known = asked(phrases, within)
            .filter_map(|(phrase, around)| self.by_words.get(&(folded(&phrase.text), folded(around))));
        // Where the spellings of a place were confirmed apart, what more agree on; of equals the first that was asked.
        let (_, (at, _)) =
            known.enumerate().max_by_key(|(asked, (_, agree))| (*agree, std::cmp::Reverse(*asked)))?;
        Some(candidate(gazetteer, self.rows.get(*at)?, phrases, CONFIRMED))
    }
}

/// Each phrase with each place that it is asked for in: the innermost that it says itself, else those of its report.
fn asked<'a>(
    phrases: &'a [PlacePhrase],
    within: &'a [&str],
) -> impl Iterator<Item = (&'a PlacePhrase, &'a str)> {
    phrases.iter().flat_map(move |phrase| {
        let around: Vec<&str> = match (phrase.within.first(), within) {
            (Some(innermost), _) => vec![innermost],
            (None, []) => vec![""],
            (None, reported) => reported.to_vec(),
        };
        around.into_iter().map(move |around| (phrase, around))
    })
}

/// The tenth of a degree that a point lies in.
fn cell((lat, lon): (f64, f64)) -> (i16, i16) {
    ((lat * 10.0).floor() as i16, (lon * 10.0).floor() as i16)
}

/// Of rows for the same words the last one of those that most others lie beside, and how many do.
fn agreed(rows: &[Confirmed], of_words: &[usize]) -> (usize, usize) {
    // The same words are confirmed at the same few points, again and again: the last row of each, and how many there are.
    let mut points: BTreeMap<(u64, u64), (usize, usize)> = BTreeMap::new();
    for at in of_words {
        let point = points.entry((rows[*at].lat.to_bits(), rows[*at].lon.to_bits())).or_default();
        *point = (*at, point.1 + 1);
    }
    let point = |at: usize| (rows[at].lat, rows[at].lon);
    let beside = |at: usize| -> usize {
        let near = points.values().filter(|(other, _)| metres(point(at), point(*other)) <= SAME_PLACE_M);
        near.map(|(_, times)| times).sum()
    };
    let each = points.values().map(|(at, _)| (*at, beside(*at)));
    each.max_by_key(|(at, agree)| (*agree, *at)).unwrap_or_default()
}

/// Whether an id is one of [`Memory::over`].
pub(crate) fn is_confirmed(id: &str) -> bool {
    id.starts_with(CONFIRMED_ID)
}

/// A confirmed string as a place to be looked up: in the finest area that holds its point, else what it was put in.
fn draft(gazetteer: &Gazetteer, row: &Confirmed, at: usize, country: Option<&str>) -> Draft {
    let phrase = parse_place(&row.text);
    let known = row.place_id.as_ref().and_then(|id| gazetteer.place(id));
    let parent = gazetteer.areas_at(row.lat, row.lon).into_iter().next();
    let parent = parent.or_else(|| known.as_ref().and_then(|place| gazetteer.place(place.parent.as_ref()?)));
    let parent = parent.or_else(|| crate::container::area_named(gazetteer, &row.within, country));
    let code = parent.as_ref().and_then(|parent| parent.country.as_deref()).or(country).unwrap_or_default();
    let said = known.map_or(phrase.kind, |place| place.kind);
    let kind = if is_area(said) { PlacePrecision::NearPlace } else { said };
    // A street or a farm that is called after a town is not the town.
    let is_called_after = phrase.kind < PlacePrecision::Neighbourhood || is_outlying(&folded(&phrase.text));
    let name = if is_called_after { phrase.text.clone() } else { phrase.name };
    let is_arabic = script(&folded(&name)) == Script::Arabic;
    let (name_ar, name_en) = if is_arabic { (name, String::new()) } else { (String::new(), name) };
    Draft {
        id: format!("{CONFIRMED_ID}{at}"),
        parent: parent.as_ref().map(|parent| parent.id.to_string()).unwrap_or_default(),
        name_en,
        name_ar,
        alternates: vec![phrase.text],
        kind: PlacePrecision::ALL.iter().position(|other| *other == kind).map_or(u8::MAX, |at| at as u8),
        country: code.to_ascii_uppercase().as_bytes().try_into().unwrap_or_default(),
        lat: row.lat,
        lon: row.lon,
        ..Draft::default()
    }
}

/// What a reviewer confirmed, as an answer.
pub(crate) fn candidate(
    gazetteer: &Gazetteer,
    row: &Confirmed,
    phrases: &[PlacePhrase],
    score: f64,
) -> Candidate {
    let place = row.place_id.as_ref().and_then(|id| gazetteer.place(id));
    let governorate = place.as_ref().and_then(|place| place.governorate.clone());
    let said = phrases.iter().map(|phrase| phrase.kind).min().unwrap_or(PlacePrecision::NotPlaced);
    let kind = place.as_ref().map_or(said, |place| place.kind);
    let precision = if kind == PlacePrecision::NotPlaced { PlacePrecision::NearPlace } else { kind };
    Candidate {
        place_id: row.place_id.clone(),
        name: place.as_ref().and_then(|place| place.name_en.clone()).unwrap_or_else(|| row.text.clone()),
        name_en: place.as_ref().and_then(|place| place.name_en.clone()),
        name_ar: place.as_ref().and_then(|place| place.name_ar.clone()),
        lat: Some(row.lat),
        lon: Some(row.lon),
        kind,
        precision,
        codes: other_codes(precision),
        radius_m: crate::gazetteer::default_radius_m(precision),
        pcode: place.as_ref().and_then(|place| place.pcode.clone()),
        governorate_name: governorate
            .as_ref()
            .and_then(|id| gazetteer.place(id))
            .and_then(|place| place.name_en),
        governorate,
        country: place.and_then(|place| place.country),
        score,
        why: match row.by.as_str() {
            "" => why::CONFIRMED.with(&[]),
            by => why::CONFIRMED_BY.with(&[by.to_owned()]),
        },
    }
}
