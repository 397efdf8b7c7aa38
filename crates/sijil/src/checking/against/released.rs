//! The figures of a release, and those of their rows, as answers to questions.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sijil_check::Documented;
use sijil_count::{By, Question, Tally};
use sijil_model::codebook::Coded;
use sijil_model::fold::fold;
use sijil_model::{ActorCode, Edtf, PlaceId};

use super::titled::{Titled, is_same};
use crate::failure::{Failure, file};

/// What a release answers.
pub struct Released {
    answers: Vec<(Question, Documented)>,
    /// Its places by their folded names; a name that several have is none's.
    pub places: OwnPlaces,
}

/// Places by folded name.
pub type OwnPlaces = BTreeMap<String, Option<PlaceId>>;

/// A row of `data/places.csv`.
#[derive(Deserialize)]
struct Place {
    place: PlaceId,
    name_en: String,
    name_ar: String,
}

/// A figure of `data/figures.json`, as far as it is needed here.
#[derive(Deserialize)]
struct Figure {
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    title_ar: String,
    question: Question,
    inside: Tally,
    possibly_inside: Tally,
    rows: Vec<Row>,
}

/// A row; its numbers are withheld where they are too small.
#[derive(Deserialize)]
struct Row {
    key: BTreeMap<By, Option<String>>,
    inside: Option<Tally>,
    possibly_inside: Option<Tally>,
}

impl Released {
    /// Reads the figures of a release.
    ///
    /// # Errors
    /// A table that is missing or is not what a release holds.
    pub fn read(folder: &Path) -> Result<(Self, Vec<(Titled, Documented)>), Failure> {
        let path = folder.join("data").join("figures.json");
        let text = std::fs::read_to_string(&path).map_err(|cause| file(&path, &cause))?;
        let figures: Vec<Figure> = serde_json::from_str(&text).map_err(|cause| {
            Failure::Refused(format!("{}: {cause}; run `sijil verify` on the release", path.display()))
        })?;
        let (mut answers, mut titled) = (Vec::new(), Vec::new());
        for figure in figures {
            answers.extend(figure.rows.iter().filter_map(|row| of_row(&figure.question, row)));
            let documented = Documented { inside: figure.inside, possibly: figure.possibly_inside };
            answers.push((figure.question.clone(), documented.clone()));
            let titles = [figure.title_en, figure.title_ar];
            titled.push((Titled { titles, question: figure.question }, documented));
        }
        Ok((Self { answers, places: places(folder)? }, titled))
    }

    /// The answer to the same question; its grades, rules and breakdown are the release's own.
    pub fn documented(&self, question: &Question) -> Option<Documented> {
        let same = |own: &Question| is_same(own, question) && own.places == question.places;
        self.answers.iter().find(|(own, _)| same(own)).map(|(_, documented)| documented.clone())
    }
}

/// The places of a release; none of one that was made before releases named them.
fn places(folder: &Path) -> Result<OwnPlaces, Failure> {
    let path = folder.join("data").join("places.csv");
    let mut places = OwnPlaces::new();
    let Ok(table) = std::fs::read_to_string(&path) else { return Ok(places) };
    for row in csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes()).into_deserialize() {
        let row: Place = row.map_err(|cause| {
            Failure::Refused(format!("{}: {cause}; run `sijil verify` on the release", path.display()))
        })?;
        for name in [fold(&row.name_en), fold(&row.name_ar)].into_iter().filter(|name| !name.is_empty()) {
            let known = places.entry(name).or_insert_with(|| Some(row.place.clone()));
            if known.as_ref() != Some(&row.place) {
                *known = None;
            }
        }
    }
    Ok(places)
}

/// The question of a row: its figure's, narrowed by the row's key; none where that cannot be asked, or is withheld.
fn of_row(of: &Question, row: &Row) -> Option<(Question, Documented)> {
    let mut question = of.clone();
    for (by, key) in &row.key {
        let key = key.as_deref()?;
        match by {
            By::Governorate | By::District => question.places = vec![PlaceId::new(key).ok()?],
            By::Month | By::Week => question.period = Some(Edtf::new(key).ok()?),
            By::Actor => question.actors = vec![ActorCode::new(key).ok()?],
            By::Class => question.class = Coded::from_code(key).ok()?,
            _ => return None,
        }
    }
    let documented = Documented { inside: row.inside.clone()?, possibly: row.possibly_inside.clone()? };
    Some((question, documented))
}
