//! Gathers what a phrase may mean, with what speaks for each: places of its name, what it is said to lie in or near,
//! and the seat of its governorate.

use std::borrow::Cow;

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::container::{Container, containers, is_area};
use crate::distance::metres;
use crate::gazetteer::{At, Gazetteer};
use crate::hits::{Hit, SAME_SOUND, hits, same_name};
use crate::keys::{folded, skeleton};
use crate::phrase::parse_place;
use crate::resolve::PlaceContext;
use crate::weigh::{Feature, Features, log_km};
use crate::why::Why;
use crate::words::is_outlying;

/// Spellings this much alike are the same name, when it is asked whether an area and a settlement share it.
const SAME_NAME: f32 = 0.85;
/// Co-mentioned places make a candidate within this distance likelier.
const COMPANY_M: f64 = 50_000.0;
/// Most co-mentioned places that are looked up.
const MOST_COMPANY: usize = 8;
/// Most settlements that a container is offered as an answer for.
const MOST_AROUND: usize = 3;

/// How a candidate came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It bears the phrase's own name.
    Named,
    /// The phrase puts its place in it or near it.
    Around,
    /// It is the seat of the governorate around the place.
    Seat,
}

/// A place that may be meant.
pub(crate) struct Weighed {
    pub at: At,
    pub role: Role,
    pub features: Features,
    pub precision: PlacePrecision,
    pub why: Vec<Why>,
}

/// An area that may be meant.
pub(crate) struct Area {
    pub at: At,
    /// 0 to 1, set by hand: reviewed incidents have no areas to fit it on.
    pub weight: f32,
    pub why: Vec<Why>,
}

/// Everything that is weighed for one phrase.
pub(crate) struct Gathering<'a> {
    pub gazetteer: &'a Gazetteer,
    pub phrases: Cow<'a, [PlacePhrase]>,
    pub containers: Vec<Container>,
    country: Option<&'a str>,
    company: Vec<(f64, f64)>,
    /// Consonants of the phrase's longest name: a short name says little.
    consonants: usize,
    is_outlying: bool,
}

/// A place of the phrase's name.
struct Named {
    hit: Hit,
    kind: PlacePrecision,
    times: usize,
}

impl<'a> Gathering<'a> {
    pub fn new(gazetteer: &'a Gazetteer, phrases: &'a [PlacePhrase], context: &PlaceContext<'a>) -> Self {
        let phrases = aligned(phrases);
        let containers = containers(gazetteer, &phrases, context.within, context.country);
        let company = company(gazetteer, context);
        let consonants =
            phrases.iter().map(|phrase| skeleton(&folded(&phrase.name)).len()).max().unwrap_or(1);
        // Words that say what lies outside settlements: a farm, an oil field, a crossing.
        let is_outlying = phrases.iter().any(|phrase| is_outlying(&folded(&phrase.text)));
        Self { gazetteer, phrases, containers, country: context.country, company, consonants, is_outlying }
    }

    /// The kind that a head word says, the finest of all spellings.
    pub fn kind(&self) -> PlacePrecision {
        self.phrases.iter().map(|phrase| phrase.kind).min().unwrap_or(PlacePrecision::NotPlaced)
    }

    fn is_part_of_settlement(&self) -> bool {
        self.kind() <= PlacePrecision::Neighbourhood
    }

    /// Settlements and finer places that may be meant, and areas that may be.
    pub fn candidates(&self) -> (Vec<Weighed>, Vec<Area>) {
        let named = self.named();
        let (areas, places): (Vec<Named>, Vec<Named>) =
            named.into_iter().partition(|one| self.is_area(one.hit.at));
        let settlement_has_name = places.iter().any(|one| one.hit.likeness >= SAME_NAME);
        let area_has_name = areas.iter().any(|one| one.hit.likeness >= SAME_NAME);
        let bearers = places.iter().filter(|one| one.hit.likeness >= SAME_NAME).count();
        let mut weighed: Vec<Weighed> = places.iter().map(|one| self.weigh(one, area_has_name)).collect();
        if bearers > 1 {
            weighed.iter_mut().for_each(|one| one.why.push(Why::Plainly("other places have the name")));
        }
        self.add_around(&mut weighed);
        self.add_seats(&mut weighed);
        mark_better_named(&mut weighed);
        let areas = areas.iter().filter(|one| self.is_in_pool(one, settlement_has_name));
        (weighed, areas.map(|one| self.weigh_area(one)).collect())
    }

    /// Places that bear the phrase's own name in any of its spellings.
    fn named(&self) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        for phrase in self.phrases.iter() {
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
        found
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
            let whole = same_name(self.gazetteer, &phrase.text, self.country);
            if !whole.is_empty() {
                return whole.into_iter().map(|hit| (hit, PlacePrecision::NotPlaced)).collect();
            }
        }
        hits(self.gazetteer, &phrase.name, self.country).into_iter().map(|hit| (hit, kind)).collect()
    }

    fn is_area(&self, at: At) -> bool {
        is_area(self.gazetteer.kind(at))
    }

    /// Settlements and areas are separate pools: a bare name that a settlement has means no area but a country.
    fn is_in_pool(&self, named: &Named, settlement_has_name: bool) -> bool {
        match named.kind {
            PlacePrecision::NotPlaced | PlacePrecision::NearPlace => {
                let is_country = self.gazetteer.kind(named.hit.at) == PlacePrecision::Country;
                let least = if is_country { 1.0 } else { SAME_NAME };
                named.hit.likeness >= least && (!settlement_has_name || is_country)
            }
            kind => is_area(kind),
        }
    }

    fn weigh(&self, named: &Named, area_has_name: bool) -> Weighed {
        let Named { hit, kind, times } = *named;
        let place_kind = self.gazetteer.kind(hit.at);
        let mut why = vec![how_alike(hit)];
        let mut features = self.place_features(hit.at);
        features.set(Feature::Named, 1.0);
        features.set(Feature::SameSpelling, f32::from(u8::from(hit.likeness >= 1.0)));
        features.set(Feature::SameSound, f32::from(u8::from(hit.likeness >= SAME_SOUND)));
        features.set(Feature::Unlike, 1.0 - hit.likeness);
        if self.phrases.len() > 1 {
            let all = times == self.phrases.len();
            features.set(if all { Feature::SpellingsAgree } else { Feature::SpellingsDiffer }, 1.0);
            if !all {
                why.push(Why::Plainly("only one of the spellings fits"));
            }
        }
        features.set(Feature::Short, 1.0 / self.consonants.max(1) as f32);
        self.add_kind_features(&mut features, kind, place_kind, &mut why);
        self.add_containment(&mut features, hit.at, &mut why);
        if area_has_name && kind == PlacePrecision::NotPlaced {
            why.push(Why::Plainly("an area has the same name, and no head word says which is meant"));
        }
        Weighed { at: hit.at, role: Role::Named, features, precision: precision_of(place_kind, kind), why }
    }

    fn add_kind_features(
        &self,
        features: &mut Features,
        said: PlacePrecision,
        found: PlacePrecision,
        why: &mut Vec<Why>,
    ) {
        use PlacePrecision::{City, Neighbourhood, Town, Village};
        let feature = match (said, found) {
            (said, found) if said <= Neighbourhood && found <= Neighbourhood => Feature::PartFound,
            (said, found) if said <= Neighbourhood && found <= City => {
                why.push(Why::OtherKind { found, said });
                if said == Neighbourhood { Feature::PartSaid } else { Feature::PointSaid }
            }
            (Village | Town | City, found) if found <= Neighbourhood => Feature::SettlementSaid,
            (Village | Town | City, found) if said == found => Feature::KindFits,
            _ => return,
        };
        features.set(feature, 1.0);
    }

    /// What speaks for a place whatever its name.
    fn place_features(&self, at: At) -> Features {
        let mut features = Features::default();
        let record = self.gazetteer.record(at);
        features.set(Feature::Inhabitants, (record.population as f32 + 1.0).log10());
        features
            .set(Feature::Seat, if record.seat == 0 { 0.0 } else { (5.0 - f32::from(record.seat)) / 4.0 });
        if !self.company.is_empty() {
            let point = self.gazetteer.point(at);
            let is_near = self.company.iter().any(|other| metres(point, *other) <= COMPANY_M);
            features.set(Feature::Company, f32::from(u8::from(is_near)));
        }
        features
    }

    fn add_containment(&self, features: &mut Features, at: At, why: &mut Vec<Why>) {
        if self.containers.is_empty() {
            return;
        }
        let around = self.gazetteer.around(at);
        for (number, container) in self.containers.iter().enumerate() {
            let Some(outside) = container.outside(self.gazetteer, at, &around) else { continue };
            why.push(Why::Lies { container: number, outside });
            if self.is_said_by_report(container) {
                continue;
            }
            let far = log_km(outside.kilometres);
            let (inside, beyond) = match (outside.from_area, container.is_of_report) {
                (false, false) => (None, Feature::FromTown),
                (true, false) => (Some(Feature::InsideStated), Feature::OutsideStated),
                (_, true) => (Some(Feature::InsideReported), Feature::OutsideReported),
            };
            if let Some(inside) = inside.filter(|_| outside.kilometres == 0.0) {
                features.set(inside, 1.0);
            } else {
                features.set(beyond, features.get(beyond).max(far));
            }
        }
    }

    /// Whether the phrase repeats the area that the report says: one statement counts once.
    fn is_said_by_report(&self, container: &Container) -> bool {
        let of_report = self.containers.iter().filter(|other| other.is_of_report);
        let mut areas = of_report.flat_map(|other| &other.options);
        !container.is_of_report
            && areas.any(|area| container.options.iter().any(|choice| choice.at == area.at))
    }

    /// What the phrase puts its place in or near: the answer, with a coarser precision, where its name is not known.
    fn add_around(&self, weighed: &mut Vec<Weighed>) {
        for container in self.containers.iter().filter(|container| !container.is_of_report) {
            let settlements = container.options.iter().filter(|choice| !self.is_area(choice.at));
            for choice in settlements.take(MOST_AROUND) {
                if weighed.iter().any(|other| other.at == choice.at) {
                    continue;
                }
                let kind = self.gazetteer.kind(choice.at);
                let mut features = self.place_features(choice.at);
                let is_near = container.kind == PlacePrecision::NearPlace;
                let (feature, precision, where_it_lies) = if is_near {
                    (Feature::Near, PlacePrecision::NearPlace, "the place near it")
                } else if self.is_outlying {
                    (Feature::AroundOutlying, PlacePrecision::NearPlace, "the place near it")
                } else if self.is_part_of_settlement() {
                    (Feature::AroundPart, kind, "its city")
                } else if self.kind() <= PlacePrecision::City {
                    (Feature::AroundSettlement, PlacePrecision::NearPlace, "the place near it")
                } else {
                    (Feature::AroundUnsaid, kind, "the place around it")
                };
                features.set(feature, 1.0);
                features.set(Feature::Unlike, 1.0 - choice.likeness);
                let mut why = vec![Why::StandsFor(where_it_lies)];
                self.add_containment(&mut features, choice.at, &mut why);
                weighed.push(Weighed { at: choice.at, role: Role::Around, features, precision, why });
            }
        }
    }

    /// The seat of the governorate: what has a name there that no gazetteer knows is most often a part of it.
    fn add_seats(&self, weighed: &mut Vec<Weighed>) {
        for (number, container) in self.containers.iter().enumerate() {
            let areas = container
                .options
                .iter()
                .filter(|choice| matches!(self.gazetteer.kind(choice.at), PlacePrecision::Governorate));
            for seat in areas.filter_map(|choice| self.gazetteer.seat(choice.at)) {
                if weighed.iter().any(|other| other.at == seat) {
                    continue;
                }
                let mut features = self.place_features(seat);
                let feature = match self.kind() {
                    _ if self.is_outlying => Feature::SeatForOutlying,
                    kind if kind <= PlacePrecision::Neighbourhood => Feature::SeatForPart,
                    kind if kind <= PlacePrecision::City => Feature::SeatForSettlement,
                    _ => Feature::SeatForUnsaid,
                };
                features.set(feature, 1.0);
                let why = vec![Why::StandsFor("the seat of its governorate"), Why::As { container: number }];
                let precision = self.gazetteer.kind(seat);
                weighed.push(Weighed { at: seat, role: Role::Seat, features, precision, why });
            }
        }
    }

    fn weigh_area(&self, named: &Named) -> Area {
        let at = named.hit.at;
        let kind = self.gazetteer.kind(at);
        let mut why = vec![how_alike(named.hit)];
        let mut weight = named.hit.likeness;
        if is_area(named.kind) && named.kind != PlacePrecision::NotPlaced && kind != named.kind {
            why.push(Why::OtherKind { found: kind, said: named.kind });
            weight *= 0.6;
        }
        let around = self.gazetteer.around(at);
        for (number, container) in self.containers.iter().enumerate() {
            let Some(outside) = container.outside(self.gazetteer, at, &around) else { continue };
            why.push(Why::Lies { container: number, outside });
            // A container further in than the area, such as its own seat, says little.
            weight *= if outside.kilometres < 30.0 { 1.0 } else { 0.4 };
        }
        Area { at, weight, why }
    }

    /// The areas around a place of which nothing else is known, the finest first.
    pub fn areas_around(&self) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for (number, container) in self.containers.iter().enumerate() {
            for choice in container.options.iter().filter(|choice| self.is_area(choice.at)) {
                if !areas.iter().any(|other| other.at == choice.at) {
                    let why = vec![Why::StandsFor("the area around it"), Why::As { container: number }];
                    areas.push(Area { at: choice.at, weight: 0.9 * choice.likeness, why });
                }
            }
        }
        areas.sort_by_key(|area| self.gazetteer.kind(area.at));
        areas
    }

    /// The phrase as said.
    pub fn said(&self) -> &str {
        self.phrases.first().map(|phrase| phrase.text.as_str()).unwrap_or_default()
    }
}

/// Seats and surroundings are for names that nothing bears: where something does, they count less.
fn mark_better_named(weighed: &mut [Weighed]) {
    let fit = |one: &Weighed| {
        let is_far =
            one.features.get(Feature::OutsideReported) > 3.0 || one.features.get(Feature::FromTown) > 4.0;
        if one.role != Role::Named || is_far { 0.0 } else { 1.0 - 2.0 * one.features.get(Feature::Unlike) }
    };
    let best = weighed.iter().map(fit).fold(0.0_f32, f32::max);
    for one in weighed.iter_mut().filter(|one| one.role != Role::Named) {
        one.features.set(Feature::BetterNamed, best);
    }
}

/// Spellings whose heads differ, where one puts the outer place first: "Port Amal, Mina" beside الميناء.
fn aligned(phrases: &[PlacePhrase]) -> Cow<'_, [PlacePhrase]> {
    let key = |text: &str| skeleton(&folded(text));
    let heads: Vec<String> = phrases.iter().map(|phrase| key(&phrase.name)).collect();
    let mut aligned = Cow::Borrowed(phrases);
    for (at, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| !phrase.within.is_empty()) {
        let is_other_head = |text: &&String| {
            let inner = key(&parse_place(text).name);
            !inner.is_empty()
                && inner != heads[at]
                && heads.iter().enumerate().any(|(other, head)| other != at && *head == inner)
        };
        if let Some(inner) = phrase.within.iter().find(is_other_head) {
            let nest = parse_place(inner);
            let outer = phrase.within.iter().filter(|text| *text != inner).cloned();
            let within = std::iter::once(phrase.text.clone()).chain(outer).collect();
            aligned.to_mut()[at] = PlacePhrase { within, role: phrase.role, ..nest };
        }
    }
    aligned
}

/// Points of co-mentioned settlements whose name is not shared within the country.
fn company(gazetteer: &Gazetteer, context: &PlaceContext<'_>) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for phrase in context.co_mentioned.iter().take(MOST_COMPANY) {
        let mut found = same_name(gazetteer, &phrase.name, context.country);
        found.retain(|hit| !is_area(gazetteer.kind(hit.at)));
        if let [only] = found.as_slice() {
            points.push(gazetteer.point(only.at));
        }
    }
    points
}

fn how_alike(hit: Hit) -> Why {
    Why::Plainly(if hit.likeness >= 1.0 { "same name" } else { "similar name" })
}

/// The precision of an answer: what the text says, no finer than what the place is.
fn precision_of(place_kind: PlacePrecision, said: PlacePrecision) -> PlacePrecision {
    match said {
        _ if is_area(place_kind) => place_kind,
        PlacePrecision::NearPlace | PlacePrecision::Village | PlacePrecision::Town | PlacePrecision::City => {
            said
        }
        _ => place_kind,
    }
}
