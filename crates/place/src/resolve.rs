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
use crate::candidates::{Area, Gathering, Role, Weighed};
use crate::crosswalk::other_codes;
use crate::distance::metres;
use crate::gazetteer::{At, Gazetteer, default_radius_m};
use crate::memory::{self, Memory};
use crate::weigh::{Feature, probabilities};
use crate::why::{self, Why, in_words};
use crate::words::is_generic;

/// An area less likely than this is not used.
pub const THRESHOLD: f64 = 0.30;
/// A place is not used where it is less likely than this that what is meant lies within `FAR_M` of it.
pub const ENOUGH: f64 = 0.43;
/// The same where neither a country nor anything around the place is said: fame alone decides, and most often rightly.
const ENOUGH_BY_FAME: f64 = 0.15;
/// An answer further off than this is worse than none.
const FAR_M: f64 = 60_000.0;
/// How often a place that is no candidate lies within [`FAR_M`] of the best one all the same.
const UNKNOWN_BUT_NEAR: f64 = 0.2;
/// The same where the best one is the seat of a governorate of usual size; the larger that is, the less often.
const UNKNOWN_BUT_NEAR_SEAT: f64 = 0.4;
/// The same in a small governorate: what is not known may be wrong about that too.
const UNKNOWN_BUT_NEAR_AT_MOST: f64 = 0.35;
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
    let (scored, sureness) = scored(gazetteer, weighed);
    let enough = if gathering.is_by_fame() { ENOUGH_BY_FAME } else { ENOUGH };
    let remembered = context.memory.and_then(|memory| memory.recall(gazetteer, phrases, context.within));
    let mut areas: Vec<Candidate> = areas.iter().map(|area| area_candidate(&gathering, area)).collect();
    areas.sort_by(|a, b| b.score.total_cmp(&a.score));
    // An area that is sure is worth more than a point that is not.
    if sureness < enough && areas.is_empty() && remembered.is_none() {
        areas.extend(gathering.areas_around().iter().map(|area| area_candidate(&gathering, area)));
    }
    let is_sure = match remembered.as_ref().or(areas.first()) {
        Some(first) => first.score >= THRESHOLD,
        None => sureness >= enough,
    };
    let shown = scored.iter().filter(|(score, _)| *score >= LEAST_SHOWN);
    let others = shown.map(|(score, one)| candidate(&gathering, one, *score));
    finish(&gathering, remembered.into_iter().chain(areas).chain(others), is_sure)
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

/// Candidates with their probability, that of their near neighbours added, the likeliest first; and how likely what is
/// meant lies somewhere about the first.
fn scored(gazetteer: &Gazetteer, weighed: Vec<Weighed>) -> (Vec<(f64, Weighed)>, f64) {
    let strengths: Vec<f32> = weighed.iter().map(|one| one.features.strength()).collect();
    let (own, none) = probabilities(&strengths);
    let points: Vec<(f64, f64)> = weighed.iter().map(|one| gazetteer.point(one.at)).collect();
    let within = |at: usize, reach: f64| -> f64 {
        // Degrees of latitude tell most of them apart without a sine.
        let near = |other: &usize| {
            (points[at].0 - points[*other].0).abs() * METRES_A_DEGREE <= reach
                && metres(points[at], points[*other]) <= reach
        };
        (0..own.len()).filter(near).map(|other| own[other]).sum()
    };
    let mut scored: Vec<(f64, usize, Weighed)> =
        weighed.into_iter().enumerate().map(|(at, one)| (within(at, SAME_PLACE_M), at, one)).collect();
    // A place that stands twice in the gazetteer speaks for itself twice: its own probability counts as much.
    let rank = |one: &(f64, usize, Weighed)| one.0 + own[one.1];
    scored.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then_with(|| a.2.at.cmp(&b.2.at)));
    let sureness =
        scored.first().map_or(0.0, |(_, at, first)| within(*at, FAR_M) + none * unknown_but_near(first));
    (scored.into_iter().map(|(score, _, one)| (score, one)).collect(), sureness)
}

/// How often a place that is no candidate lies within [`FAR_M`] of this one, the best.
fn unknown_but_near(best: &Weighed) -> f64 {
    let spread = f64::from(best.features.get(Feature::SeatSpread));
    if best.role == Role::Seat {
        (UNKNOWN_BUT_NEAR_SEAT * (-spread).exp()).min(UNKNOWN_BUT_NEAR_AT_MOST)
    } else {
        UNKNOWN_BUT_NEAR
    }
}

fn finish(gathering: &Gathering<'_>, found: impl Iterator<Item = Candidate>, is_sure: bool) -> Answer {
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
    let answered = is_sure && !answers.is_empty();
    let reasons =
        if answered { Vec::new() } else { reasons(gathering.gazetteer, &gathering.phrases, &answers) };
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
    if let Some(row) = gathering.confirmed(at) {
        let found = memory::candidate(gazetteer, row, &gathering.phrases, (score * 1000.0).round() / 1000.0);
        return Candidate { why: in_words(why, gathering), ..found };
    }
    let around = gazetteer.around(at);
    let place = gazetteer.read_in(at, &around);
    let is_point = precision < PlacePrecision::Governorate;
    let radius_m = default_radius_m(precision).unwrap_or(0).max(place.radius_m);
    let governorate = gazetteer.governorate_of(&around).map(|at| gazetteer.texts(at).name_en().to_owned());
    Candidate {
        place_id: Some(place.id.clone()),
        name: place.name_en.clone().or_else(|| place.name_ar.clone()).unwrap_or_default(),
        name_en: place.name_en,
        name_ar: place.name_ar,
        lat: is_point.then(|| rounded(place.lat, radius_m)),
        lon: is_point.then(|| rounded(place.lon, radius_m)),
        kind: place.kind,
        precision,
        codes: other_codes(precision),
        radius_m: Some(radius_m).filter(|radius| *radius > 0),
        pcode: around
            .iter()
            .map(|at| gazetteer.texts(*at).pcode().to_owned())
            .find(|pcode| !pcode.is_empty()),
        governorate: place.governorate,
        governorate_name: governorate.filter(|name| !name.is_empty()),
        country: place.country,
        score: (score * 1000.0).round() / 1000.0,
        why: in_words(why, gathering),
    }
}

fn reasons(gazetteer: &Gazetteer, phrases: &[PlacePhrase], answers: &[Candidate]) -> Vec<String> {
    if let Some(best) = answers.first() {
        let point = |one: &Candidate| one.lat.zip(one.lon);
        let is_far = |other: &Candidate| {
            point(best).zip(point(other)).is_some_and(|(here, there)| metres(here, there) > FAR_M)
        };
        let cause = if answers.iter().any(is_far) { why::OTHERS_ARE_FAR } else { why::MAY_BE_ANOTHER };
        return vec![cause.with(&[format!("{:.2}", best.score)])];
    }
    let mut reasons = Vec::new();
    for phrase in phrases {
        let is_general = is_generic(&crate::keys::folded(&phrase.name));
        let cause = if is_general { why::TOO_GENERAL } else { why::UNLISTED };
        reasons.push(cause.with(&[format!("`{}`", phrase.name)]));
    }
    if gazetteer.is_empty() {
        reasons.push(why::EMPTY.with(&[]));
    }
    reasons
}
