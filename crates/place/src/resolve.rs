//! From a place phrase to a place: gathers candidates, weighs spelling, containment and context, and abstains.
//!
//! The score of a candidate is its likeness in spelling, times how well it lies in every place that the phrase or
//! its report puts it in, times its share among namesakes elsewhere. Areas and settlements are separate pools:
//! a governorate is meant only where a head word says so or no settlement has the name. What lies within a city and
//! is not in the gazetteer is answered by the city, with the city's precision; the trap this avoids is a namesake
//! village hundreds of kilometres off. The weights are general and set by hand.

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::answer::{Answer, Candidate};
use crate::container::{Container, containers, is_area};
use crate::distance::metres;
use crate::gazetteer::{At, Gazetteer, default_radius_m};
use crate::hits::{Hit, hits};
use crate::memory::Memory;
use crate::words::is_generic;

/// A best candidate below this is not used.
pub const THRESHOLD: f64 = 0.35;
/// Spellings this much alike are the same name, when it is asked whether an area and a settlement share it.
const SAME_NAME: f32 = 0.85;
/// Most answers that are shown.
const MOST_ANSWERS: usize = 5;
/// Candidates this near to each other are no rivals.
const SAME_PLACE_M: f64 = 10_000.0;
/// Within this distance of its city, a settlement may be what is called a neighbourhood.
const CITY_EDGE_M: f64 = 15_000.0;
/// Co-mentioned places make a candidate within this distance likelier.
const COMPANY_M: f64 = 50_000.0;

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
    let containers = containers(gazetteer, phrases, context.within, context.country);
    let weighing = Weighing { gazetteer, phrases, context, company: company(gazetteer, context), containers };
    let remembered = context.memory.and_then(|memory| memory.recall(gazetteer, phrases, context.within));
    let mut weighed = weighing.named();
    weighed.extend(weighing.fallbacks());
    weighing.answer(remembered, weighed)
}

/// A place that bears the phrase's name.
struct Named {
    hit: Hit,
    /// What the phrase says it is.
    kind: PlacePrecision,
    /// How many of the spellings fit it.
    times: usize,
}

/// A candidate on its way.
struct Weighed {
    at: At,
    /// Before namesakes are considered.
    weight: f32,
    precision: PlacePrecision,
    why: Vec<String>,
}

struct Weighing<'a> {
    gazetteer: &'a Gazetteer,
    phrases: &'a [PlacePhrase],
    context: &'a PlaceContext<'a>,
    containers: Vec<Container>,
    company: Vec<(f64, f64)>,
}

/// Points of co-mentioned settlements whose name is not shared within the country.
fn company(gazetteer: &Gazetteer, context: &PlaceContext<'_>) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for phrase in context.co_mentioned.iter().take(8) {
        let mut found = hits(gazetteer, &phrase.name, context.country);
        found.retain(|hit| hit.likeness >= 1.0 && !is_area(gazetteer.kind(hit.at)));
        if let [only] = found.as_slice() {
            points.push(gazetteer.point(only.at));
        }
    }
    points
}

impl Weighing<'_> {
    /// The kind that a head word says, the finest of all spellings.
    fn kind(&self) -> PlacePrecision {
        self.phrases.iter().map(|phrase| phrase.kind).min().unwrap_or(PlacePrecision::NotPlaced)
    }

    /// Whether the phrase means something smaller than a settlement.
    fn is_part_of_settlement(&self) -> bool {
        self.kind() <= PlacePrecision::Neighbourhood
    }

    /// Candidates that bear the phrase's own name.
    fn named(&self) -> Vec<Weighed> {
        let mut found: Vec<Named> = Vec::new();
        for phrase in self.phrases {
            for (hit, kind) in self.hits_of(phrase) {
                match found.iter_mut().find(|other| other.hit.at == hit.at) {
                    Some(other) => {
                        if hit.likeness > other.hit.likeness {
                            (other.hit, other.kind) = (hit, kind);
                        }
                        other.times += 1;
                    }
                    None => found.push(Named { hit, kind, times: 1 }),
                }
            }
        }
        let same_name = |one: &&Named| one.hit.likeness >= SAME_NAME;
        let also_area = found.iter().filter(same_name).any(|one| self.is_area(one.hit.at));
        let also_settlement = found.iter().filter(same_name).any(|one| !self.is_area(one.hit.at));
        found.retain(|one| self.is_in_pool(one.hit.at, one.kind, also_settlement));
        found.iter().map(|one| self.weigh(one, also_area && also_settlement)).collect()
    }

    /// The kind that a phrase says; where it says none, the settlement or area that another spelling says.
    fn kind_of(&self, phrase: &PlacePhrase) -> PlacePrecision {
        let is_silent = phrase.kind == PlacePrecision::NotPlaced;
        if is_silent && !self.is_part_of_settlement() { self.kind() } else { phrase.kind }
    }

    /// Places of the phrase's name, with the kind that is asked of them. Where the whole words are a name, their
    /// head is part of it: جسر الشغور is a town and no bridge, ريف دمشق a governorate.
    fn hits_of(&self, phrase: &PlacePhrase) -> Vec<(Hit, PlacePrecision)> {
        let kind = self.kind_of(phrase);
        if phrase.text != phrase.name {
            let mut whole = hits(self.gazetteer, &phrase.text, self.context.country);
            whole.retain(|hit| hit.likeness >= 1.0);
            if !whole.is_empty() {
                return whole.into_iter().map(|hit| (hit, PlacePrecision::NotPlaced)).collect();
            }
        }
        hits(self.gazetteer, &phrase.name, self.context.country).into_iter().map(|hit| (hit, kind)).collect()
    }

    fn is_area(&self, at: At) -> bool {
        is_area(self.gazetteer.kind(at))
    }

    /// Settlements and areas are separate pools: a bare name that a settlement has means no area but a country.
    fn is_in_pool(&self, at: At, kind: PlacePrecision, settlement_has_name: bool) -> bool {
        let place_kind = self.gazetteer.kind(at);
        if !is_area(place_kind) {
            return true;
        }
        match kind {
            PlacePrecision::NotPlaced => !settlement_has_name || place_kind == PlacePrecision::Country,
            PlacePrecision::NearPlace => true,
            kind => is_area(kind),
        }
    }

    fn weigh(&self, named: &Named, shares_name_with_area: bool) -> Weighed {
        let Named { hit, kind, times } = *named;
        let place_kind = self.gazetteer.kind(hit.at);
        let mut why =
            vec![if hit.likeness >= 1.0 { "same name".to_owned() } else { "similar name".to_owned() }];
        let mut weight = hit.likeness;
        if self.phrases.len() > 1 && times < self.phrases.len() {
            weight *= 0.93;
            why.push("only one of the spellings fits".to_owned());
        }
        weight *= self.containment(hit.at, &mut why);
        weight *= self.kind_fit(hit.at, kind, &mut why);
        if !self.company.is_empty() && !self.is_area(hit.at) {
            let point = self.gazetteer.point(hit.at);
            if self.company.iter().any(|other| metres(point, *other) <= COMPANY_M) {
                why.push("near other places of the report".to_owned());
            } else {
                weight *= 0.93;
            }
        }
        if shares_name_with_area && !self.is_area(hit.at) && kind == PlacePrecision::NotPlaced {
            why.push("an area has the same name, and no head word says which is meant".to_owned());
        }
        Weighed { at: hit.at, weight, precision: precision_of(place_kind, kind), why }
    }

    /// The least fit of all containers that are known.
    fn containment(&self, at: At, why: &mut Vec<String>) -> f32 {
        let mut least = 1.0_f32;
        for container in &self.containers {
            if let Some(fit) = container.fit(self.gazetteer, at) {
                least = least.min(fit.share);
                why.push(fit.why);
            }
        }
        least
    }

    /// How well what the place is fits what the phrase says it is.
    fn kind_fit(&self, at: At, kind: PlacePrecision, why: &mut Vec<String>) -> f32 {
        let place_kind = self.gazetteer.kind(at);
        if kind <= PlacePrecision::Neighbourhood && place_kind > PlacePrecision::Neighbourhood {
            let point = self.gazetteer.point(at);
            let at_city = self
                .cities()
                .any(|city| city != at && metres(point, self.gazetteer.point(city)) <= CITY_EDGE_M);
            why.push(format!("a {}, where the text says {}", label(place_kind), label(kind)));
            return if at_city { 0.85 } else { 0.5 };
        }
        if is_area(kind) && kind != PlacePrecision::NotPlaced && place_kind != kind {
            why.push(format!("a {} of that name, where the text says {}", label(place_kind), label(kind)));
            return if is_area(place_kind) { 0.6 } else { 0.7 };
        }
        // A countryside is that of a town or a city sooner than that of a governorate.
        if kind == PlacePrecision::NearPlace && is_area(place_kind) { 0.9 } else { 1.0 }
    }

    /// Settlements that the containers may be.
    fn cities(&self) -> impl Iterator<Item = At> {
        let options = self.containers.iter().flat_map(|container| &container.options);
        options.map(|hit| hit.at).filter(|at| !self.is_area(*at))
    }

    /// Containers as answers, where the place itself may not be in the gazetteer.
    fn fallbacks(&self) -> Vec<Weighed> {
        let mut fallbacks: Vec<Weighed> = Vec::new();
        for container in &self.containers {
            for option in &container.options {
                let Some(weighed) = self.fallback(container, *option) else { continue };
                if !fallbacks.iter().any(|other| other.at == weighed.at) {
                    fallbacks.push(weighed);
                }
            }
        }
        fallbacks
    }

    fn fallback(&self, container: &Container, option: Hit) -> Option<Weighed> {
        let kind = self.gazetteer.kind(option.at);
        let name = self.phrases.first().map(|phrase| phrase.text.as_str()).unwrap_or_default();
        let container_may_be_area = container.options.iter().any(|hit| self.is_area(hit.at))
            && container.kind == PlacePrecision::NotPlaced;
        let (weight, precision, where_it_lies) = if is_area(kind) {
            (0.42, kind, "the area around it")
        } else if self.is_part_of_settlement() {
            (0.62, kind, "its city")
        } else if container.kind == PlacePrecision::NearPlace || !container_may_be_area {
            (0.5, PlacePrecision::NearPlace, "the place near it")
        } else {
            // "(Qasr Nahr)" may be the governorate, so that the city's surroundings would claim too much.
            return None;
        };
        let mut why = vec![format!("{name} is not in the gazetteer; this is {where_it_lies}")];
        let others = self.containers.iter().filter(|other| other.said != container.said);
        let fits = others.filter_map(|other| other.fit(self.gazetteer, option.at)).map(|fit| {
            // A container further out does not lie in this one, and need not.
            if is_area(kind) { fit.share.max(0.6) } else { fit.share }
        });
        let fit = fits.fold(1.0, f32::min);
        why.push(format!("as {}", container.said));
        Some(Weighed { at: option.at, weight: weight * option.likeness * fit, precision, why })
    }

    fn answer(&self, remembered: Option<Candidate>, mut weighed: Vec<Weighed>) -> Answer {
        let gazetteer = self.gazetteer;
        let strength = |one: &Weighed| {
            let population = gazetteer.record(one.at).population as f32;
            f64::from(one.weight) * (1.0 + 0.03 * f64::from((population + 1.0).log10()))
        };
        weighed.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then_with(|| a.at.cmp(&b.at)));
        let mut candidates: Vec<Candidate> = remembered.into_iter().collect();
        for one in &weighed {
            if candidates.len() == MOST_ANSWERS {
                break;
            }
            let id = gazetteer.id(one.at);
            if candidates.iter().all(|candidate| candidate.place_id != id) {
                candidates.push(self.candidate(one, share_among_namesakes(gazetteer, one, &weighed)));
            }
        }
        let best = candidates.first().map(|best| best.score);
        let answered = best.is_some_and(|score| score >= THRESHOLD);
        let reasons = if answered { Vec::new() } else { self.reasons(best) };
        if candidates.is_empty() {
            Answer::none(reasons)
        } else {
            Answer { answers: candidates, answered, reasons }
        }
    }

    fn candidate(&self, one: &Weighed, share: f64) -> Candidate {
        let place = self.gazetteer.read(one.at);
        let is_point = one.precision < PlacePrecision::Governorate;
        let radius_m = default_radius_m(one.precision).unwrap_or(0).max(place.radius_m);
        let governorate = self.gazetteer.governorate(one.at).map(|at| self.gazetteer.read(at));
        let mut why = one.why.clone();
        if share < 0.9 {
            why.push("other places have the name".to_owned());
        }
        Candidate {
            place_id: Some(place.id.clone()),
            name: place.name_en.clone().or_else(|| place.name_ar.clone()).unwrap_or_default(),
            name_en: place.name_en,
            name_ar: place.name_ar,
            lat: is_point.then(|| rounded(place.lat, radius_m)),
            lon: is_point.then(|| rounded(place.lon, radius_m)),
            kind: place.kind,
            precision: one.precision,
            radius_m: Some(radius_m).filter(|radius| *radius > 0),
            pcode: place.pcode,
            governorate: place.governorate,
            governorate_name: governorate.and_then(|governorate| governorate.name_en),
            country: place.country,
            score: (f64::from(one.weight) * (0.55 + 0.45 * share) * 1000.0).round() / 1000.0,
            why: why.join("; "),
        }
    }

    fn reasons(&self, best: Option<f64>) -> Vec<String> {
        if let Some(best) = best {
            return vec![format!("the best candidate scores {best:.2}, less than {THRESHOLD}")];
        }
        let mut reasons = Vec::new();
        for phrase in self.phrases {
            let is_general = is_generic(&crate::keys::folded(&phrase.name));
            let cause =
                if is_general { "is too general to be looked up alone" } else { "is not in the gazetteer" };
            reasons.push(format!("`{}` {cause}", phrase.name));
        }
        if self.gazetteer.is_empty() {
            reasons.push("the gazetteer is empty: run scripts/fetch-places.sh and build again".to_owned());
        }
        reasons
    }
}

/// The precision of an answer: what the text says, no finer than what the place is.
fn precision_of(place_kind: PlacePrecision, said: PlacePrecision) -> PlacePrecision {
    match said {
        _ if is_area(place_kind) => place_kind,
        PlacePrecision::NearPlace
        | PlacePrecision::Village
        | PlacePrecision::Town
        | PlacePrecision::City
        | PlacePrecision::Subdistrict
        | PlacePrecision::District
        | PlacePrecision::Governorate => said,
        _ => place_kind,
    }
}

/// The candidate's share of all that bear the name and lie elsewhere; the larger place is the likelier.
fn share_among_namesakes(gazetteer: &Gazetteer, one: &Weighed, all: &[Weighed]) -> f64 {
    let likelihood = |other: &Weighed| {
        let population = f64::from(gazetteer.record(other.at).population);
        f64::from(other.weight).powi(6) * (population + 1_000.0).sqrt()
    };
    let is_area = |weighed: &Weighed| is_area(gazetteer.kind(weighed.at));
    let elsewhere = |other: &&Weighed| {
        is_area(other) == is_area(one)
            && metres(gazetteer.point(one.at), gazetteer.point(other.at)) > SAME_PLACE_M
    };
    let rivals: f64 = all.iter().filter(elsewhere).map(likelihood).sum();
    let own = likelihood(one);
    if own + rivals > 0.0 { own / (own + rivals) } else { 1.0 }
}

/// Degrees with no more digits than the radius carries; three digits are a hundred metres.
fn rounded(degrees: f64, radius_m: u32) -> f64 {
    let scale = match radius_m {
        0..100 => 100_000.0,
        100..1_000 => 10_000.0,
        _ => 1_000.0,
    };
    (degrees * scale).round() / scale
}

fn label(kind: PlacePrecision) -> &'static str {
    use sijil_model::codebook::{Coded, Language, label};
    label(PlacePrecision::VOCABULARY, kind.code(), Language::En).unwrap_or(kind.code())
}
