//! From a place phrase to a place: gathers candidates, weighs them against each other and against "none of these",
//! and abstains.
//!
//! Areas and settlements are separate pools: a governorate is meant where a head word says so or no settlement has
//! the name. What is not in the gazetteer is answered by what it is said to lie in, with the coarser precision; the
//! trap this avoids is a namesake village hundreds of kilometres off. A score is the probability that the place lies
//! within a few kilometres of the point, as fitted (see `weigh.rs`).

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::answer::{Answer, Candidate, rounded};
use crate::candidates::{Area, Gathering, Weighed};
use crate::distance::metres;
use crate::gazetteer::{At, Gazetteer, default_radius_m};
use crate::memory::Memory;
use crate::weigh::probabilities;
use crate::why::{Why, in_words};
use crate::words::is_generic;

/// A best candidate below this is not used.
pub const THRESHOLD: f64 = 0.30;
/// Most answers that are shown.
const MOST_ANSWERS: usize = 5;
/// A candidate less likely than this is not worth reading.
const LEAST_SHOWN: f64 = 0.005;
/// Candidates this near to each other speak for each other.
const SAME_PLACE_M: f64 = 5_000.0;
/// A little less than a degree of latitude has, so that nothing near is passed over.
const METRES_A_DEGREE: f64 = 110_000.0;

/// What is known of a phrase besides its words.
#[derive(Clone, Copy, Default)]
pub struct PlaceContext<'a> {
    /// The report's country, ISO 3166-1 alpha-2; places elsewhere are not considered.
    pub country: Option<&'a str>,
    /// Places that the report, not the phrase, puts it in: a governorate's name.
    pub within: &'a [&'a str],
    /// Other places of the same report.
    pub co_mentioned: &'a [PlacePhrase],
    /// What reviewers confirmed before.
    pub memory: Option<&'a Memory>,
}

/// The place that a phrase means.
pub fn resolve(gazetteer: &Gazetteer, phrase: &PlacePhrase, context: &PlaceContext<'_>) -> Answer {
    resolve_spellings(gazetteer, std::slice::from_ref(phrase), context)
}

/// The place that several phrases mean together: one place in Arabic and in English.
pub fn resolve_spellings(
    gazetteer: &Gazetteer,
    phrases: &[PlacePhrase],
    context: &PlaceContext<'_>,
) -> Answer {
    let gathering = Gathering::new(gazetteer, phrases, context);
    let (weighed, areas) = gathering.candidates();
    let scored = scored(gazetteer, weighed);
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    let remembered = context.memory.and_then(|memory| memory.recall(gazetteer, phrases, context.within));
    let mut areas: Vec<Candidate> = areas.iter().map(|area| area_candidate(&gathering, area)).collect();
    areas.sort_by(|a, b| b.score.total_cmp(&a.score));
    // An area that is sure is worth more than a point that is not.
    if best < THRESHOLD && areas.is_empty() && remembered.is_none() {
        areas.extend(gathering.areas_around().iter().map(|area| area_candidate(&gathering, area)));
    }
    let shown = scored.iter().filter(|(score, _)| *score >= LEAST_SHOWN);
    let others = shown.map(|(score, one)| candidate(&gathering, one, *score));
    finish(&gathering, remembered.into_iter().chain(areas).chain(others))
}

/// The features of every candidate of a case with its point, for fitting the weights.
pub fn explain_features(
    gazetteer: &Gazetteer,
    phrases: &[PlacePhrase],
    context: &PlaceContext<'_>,
) -> Vec<((f64, f64), Vec<f32>)> {
    let (weighed, _) = Gathering::new(gazetteer, phrases, context).candidates();
    weighed.iter().map(|one| (gazetteer.point(one.at), one.features.0.to_vec())).collect()
}

/// Candidates with their probability, that of their near neighbours added, the likeliest first.
fn scored(gazetteer: &Gazetteer, weighed: Vec<Weighed>) -> Vec<(f64, Weighed)> {
    let strengths: Vec<f32> = weighed.iter().map(|one| one.features.strength()).collect();
    let own = probabilities(&strengths);
    let points: Vec<(f64, f64)> = weighed.iter().map(|one| gazetteer.point(one.at)).collect();
    let with_neighbours = |at: usize| -> f64 {
        // Degrees of latitude tell most of them apart without a sine.
        let near = |other: &usize| {
            (points[at].0 - points[*other].0).abs() * METRES_A_DEGREE <= SAME_PLACE_M
                && metres(points[at], points[*other]) <= SAME_PLACE_M
        };
        (0..own.len()).filter(near).map(|other| own[other]).sum()
    };
    let mut scored: Vec<(f64, f64, Weighed)> =
        weighed.into_iter().enumerate().map(|(at, one)| (with_neighbours(at), own[at], one)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then_with(|| a.2.at.cmp(&b.2.at)));
    scored.into_iter().map(|(score, _, one)| (score, one)).collect()
}

fn finish(gathering: &Gathering<'_>, found: impl Iterator<Item = Candidate>) -> Answer {
    let mut answers: Vec<Candidate> = Vec::new();
    for candidate in found {
        let is_new =
            answers.iter().all(|other| other.place_id.is_none() || other.place_id != candidate.place_id);
        if is_new {
            answers.push(candidate);
        }
        if answers.len() == MOST_ANSWERS {
            break;
        }
    }
    let best = answers.first().map(|best| best.score);
    let answered = best.is_some_and(|score| score >= THRESHOLD);
    let reasons = if answered { Vec::new() } else { reasons(gathering.gazetteer, &gathering.phrases, best) };
    Answer { answers, answered, reasons }
}

fn candidate(gathering: &Gathering<'_>, one: &Weighed, score: f64) -> Candidate {
    described(gathering, one.at, one.precision, score, &one.why)
}

fn area_candidate(gathering: &Gathering<'_>, area: &Area) -> Candidate {
    let precision = gathering.gazetteer.kind(area.at);
    described(gathering, area.at, precision, f64::from(area.weight), &area.why)
}

/// A place of the gazetteer as an answer.
fn described(
    gathering: &Gathering<'_>,
    at: At,
    precision: PlacePrecision,
    score: f64,
    why: &[Why],
) -> Candidate {
    let gazetteer = gathering.gazetteer;
    let place = gazetteer.read(at);
    let is_point = precision < PlacePrecision::Governorate;
    let radius_m = default_radius_m(precision).unwrap_or(0).max(place.radius_m);
    let governorate = gazetteer.governorate(at).map(|at| gazetteer.read(at));
    let around = gazetteer.around(at);
    Candidate {
        place_id: Some(place.id.clone()),
        name: place.name_en.clone().or_else(|| place.name_ar.clone()).unwrap_or_default(),
        name_en: place.name_en,
        name_ar: place.name_ar,
        lat: is_point.then(|| rounded(place.lat, radius_m)),
        lon: is_point.then(|| rounded(place.lon, radius_m)),
        kind: place.kind,
        precision,
        radius_m: Some(radius_m).filter(|radius| *radius > 0),
        pcode: around
            .iter()
            .map(|at| gazetteer.texts(*at).pcode().to_owned())
            .find(|pcode| !pcode.is_empty()),
        governorate: place.governorate,
        governorate_name: governorate.and_then(|governorate| governorate.name_en),
        country: place.country,
        score: (score * 1000.0).round() / 1000.0,
        why: in_words(why, gathering),
    }
}

fn reasons(gazetteer: &Gazetteer, phrases: &[PlacePhrase], best: Option<f64>) -> Vec<String> {
    if let Some(best) = best {
        return vec![format!("the best candidate scores {best:.2}, less than {THRESHOLD}")];
    }
    let mut reasons = Vec::new();
    for phrase in phrases {
        let is_general = is_generic(&crate::keys::folded(&phrase.name));
        let cause =
            if is_general { "is too general to be looked up alone" } else { "is not in the gazetteer" };
        reasons.push(format!("`{}` {cause}", phrase.name));
    }
    if gazetteer.is_empty() {
        reasons.push("the gazetteer is empty: run scripts/fetch-places.sh and build again".to_owned());
    }
    reasons
}
