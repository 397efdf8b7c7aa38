//! Gathers what a phrase may mean, with what speaks for each: places of its name, what it is said to lie in or near,
//! and the seat of its governorate.

use std::borrow::Cow;

use sijil_model::PlacePhrase;
use sijil_model::codebook::PlacePrecision;

use crate::company::{Company, WELL_KNOWN};
use crate::container::{Container, containers, is_area};
use crate::gazetteer::{At, Gazetteer};
use crate::hits::{Hit, SAME_SOUND};
use crate::keys::{folded, skeleton};
use crate::memory::{Confirmed, Memory, is_confirmed};
use crate::named::Named;
use crate::resolve::PlaceContext;
use crate::spellings::aligned;
use crate::weigh::{Feature, Features, log_km};
use crate::why::{self, Why};
use crate::words::{is_outlying, is_village_name};

/// Spellings this much alike are the same name, when it is asked whether an area and a settlement share it.
pub(crate) const SAME_NAME: f32 = 0.85;
/// An area of so many times a settlement's inhabitants is what its name means in the world.
const DWARFED: u32 = 12;
/// Most settlements that a container is offered as an answer for.
const MOST_AROUND: usize = 3;

/// Logarithm of a usual governorate's radius in kilometres, and of its seat's inhabitants: what differs from them tells.
const TYPICAL_SPREAD: f32 = 4.5;
const TYPICAL_SEAT: f32 = 5.5;

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
    pub country: Option<&'a str>,
    company: Company,
    memory: Option<&'a Memory>,
    /// Consonants of the phrase's longest name: a short name says little.
    consonants: usize,
    is_outlying: bool,
    is_village_name: bool,
}

impl<'a> Gathering<'a> {
    pub fn new(gazetteer: &'a Gazetteer, phrases: &'a [PlacePhrase], context: &PlaceContext<'a>) -> Self {
        let phrases = aligned(phrases);
        let containers = containers(gazetteer, &phrases, context.within, context.country);
        let company = Company::of(gazetteer, context);
        let consonants =
            phrases.iter().map(|phrase| skeleton(&folded(&phrase.name)).len()).max().unwrap_or(1);
        // Words that say what lies outside settlements: a farm, an oil field, a crossing.
        let is_outlying = phrases.iter().any(|phrase| is_outlying(&folded(&phrase.text)));
        let is_village_name = phrases.iter().any(|phrase| is_village_name(&folded(&phrase.name)));
        let country = context.country;
        let memory = context.memory;
        Self {
            gazetteer,
            phrases,
            containers,
            country,
            company,
            memory,
            consonants,
            is_outlying,
            is_village_name,
        }
    }

    /// What a reviewer confirmed, where a candidate is that.
    pub fn confirmed(&self, at: At) -> Option<&'a Confirmed> {
        let id = self.gazetteer.texts(at).id();
        self.memory.filter(|_| is_confirmed(id))?.confirmed(id)
    }

    /// The kind that a head word says, the finest of all spellings.
    pub fn kind(&self) -> PlacePrecision {
        self.phrases.iter().map(|phrase| phrase.kind).min().unwrap_or(PlacePrecision::NotPlaced)
    }

    pub fn is_part_of_settlement(&self) -> bool {
        self.kind() <= PlacePrecision::Neighbourhood
    }

    /// Settlements and finer places that may be meant, and areas that may be.
    pub fn candidates(&self) -> (Vec<Weighed>, Vec<Area>) {
        let named = self.named();
        let (areas, places): (Vec<Named>, Vec<Named>) =
            named.into_iter().partition(|one| self.is_area(one.hit.at));
        let settlement_has_name =
            places.iter().any(|one| one.hit.likeness >= SAME_NAME && self.is_known(one, &areas));
        let area_has_name = areas.iter().any(|one| one.hit.likeness >= SAME_NAME);
        let bearers = places.iter().filter(|one| one.hit.likeness >= SAME_NAME).count();
        let mut weighed: Vec<Weighed> = places.iter().map(|one| self.weigh(one, area_has_name)).collect();
        if bearers > 1 {
            weighed.iter_mut().for_each(|one| one.why.push(Why::Plainly(why::OTHERS_TOO)));
        }
        self.add_around(&mut weighed);
        self.add_parts(&mut weighed);
        self.add_seats(&mut weighed);
        mark_better_named(&mut weighed);
        let areas = areas.iter().filter(|one| self.is_in_pool(one, settlement_has_name));
        (weighed, areas.map(|one| self.weigh_area(one)).collect())
    }

    /// Without a country some hamlet of the world has the name of every province: a settlement counts beside areas of
    /// its name where it is well known, and not many times smaller than they.
    fn is_known(&self, named: &Named, areas: &[Named]) -> bool {
        let people = |one: &Named| self.gazetteer.record(one.hit.at).population;
        let same = areas.iter().filter(|area| area.hit.likeness >= SAME_NAME);
        let largest = same.map(people).max().unwrap_or(0);
        self.country.is_some()
            || (people(named) >= WELL_KNOWN && people(named).saturating_mul(DWARFED) >= largest)
    }

    /// Whether neither a country nor anything around the place is said.
    pub fn is_by_fame(&self) -> bool {
        self.country.is_none() && self.containers.is_empty()
    }

    pub fn is_area(&self, at: At) -> bool {
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
        let Named { hit, kind, ref by, least, is_further } = *named;
        let place_kind = self.gazetteer.kind(hit.at);
        let mut why = vec![how_alike(hit)];
        let mut features = self.place_features(hit.at);
        features.set(Feature::Named, 1.0);
        // Among namesakes only: of what merely lies around an unknown place the largest city would always win.
        let activity = self.memory.map_or(0, |memory| memory.activity(self.gazetteer.point(hit.at)));
        features.set(Feature::Activity, (activity as f32).ln_1p());
        features.set(Feature::SameSpelling, f32::from(u8::from(hit.likeness >= 1.0)));
        features.set(Feature::SameSound, f32::from(u8::from(hit.likeness >= SAME_SOUND)));
        features.set(Feature::Unlike, 1.0 - hit.likeness);
        features.set(Feature::FurtherName, f32::from(u8::from(is_further)));
        features.set(Feature::OtherConsonants, f32::from(u8::from(!hit.same_consonants)));
        features.set(Feature::Altered, f32::from(u8::from(hit.altered)));
        if self.phrases.len() > 1 {
            features.set(Feature::LeastAlike, 1.0 - least);
            let all = by.len() == self.phrases.len();
            features.set(if all { Feature::SpellingsAgree } else { Feature::SpellingsDiffer }, 1.0);
            if !all {
                why.push(Why::Plainly(why::ONE_SPELLING));
            }
        }
        features.set(Feature::Short, 1.0 / self.consonants.max(1) as f32);
        self.add_kind_features(&mut features, kind, place_kind, &mut why);
        self.add_containment(&mut features, hit.at, &mut why);
        if area_has_name && kind == PlacePrecision::NotPlaced {
            why.push(Why::Plainly(why::AN_AREA_TOO));
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
    pub fn place_features(&self, at: At) -> Features {
        let mut features = Features::default();
        let record = self.gazetteer.record(at);
        let inhabitants = (record.population as f32 + 1.0).log10();
        // Within a country a village is as likely as a city; in the world the name of a capital means the capital.
        let feature = if self.country.is_some() { Feature::Inhabitants } else { Feature::Renown };
        features.set(feature, inhabitants);
        features
            .set(Feature::Seat, if record.seat == 0 { 0.0 } else { (5.0 - f32::from(record.seat)) / 4.0 });
        if self.memory.is_some_and(|memory| !memory.is_empty()) {
            let is_confirmed = is_confirmed(self.gazetteer.texts(at).id());
            features.set(Feature::Confirmed, f32::from(u8::from(is_confirmed)));
        }
        let is_near = self.company.is_near(self.gazetteer.point(at));
        features.set(Feature::Company, f32::from(u8::from(is_near)));
        features.set(Feature::Compatriot, self.company.share_in(self.gazetteer.country(at)));
        features
    }

    pub fn add_containment(&self, features: &mut Features, at: At, why: &mut Vec<Why>) {
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
                if outside.from_area && container.is_of_report {
                    features.set(Feature::NotInReported, 1.0);
                }
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
                    (Feature::Near, PlacePrecision::NearPlace, why::THIS_IS_NEAR)
                } else if self.is_outlying {
                    (Feature::AroundOutlying, PlacePrecision::NearPlace, why::THIS_IS_NEAR)
                } else if self.is_part_of_settlement() {
                    (Feature::AroundPart, kind, why::THIS_IS_CITY)
                } else if self.kind() <= PlacePrecision::City {
                    (Feature::AroundSettlement, PlacePrecision::NearPlace, why::THIS_IS_NEAR)
                } else if self.is_village_name {
                    (Feature::AroundVillageName, PlacePrecision::NearPlace, why::THIS_IS_NEAR)
                } else {
                    (Feature::AroundUnsaid, kind, why::THIS_IS_AROUND)
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
                    _ if self.is_village_name => Feature::SeatForVillageName,
                    _ => Feature::SeatForUnsaid,
                };
                features.set(feature, 1.0);
                self.add_spread(&mut features, number);
                let why = vec![Why::StandsFor(why::THIS_IS_SEAT), Why::As { container: number }];
                let precision = self.gazetteer.kind(seat);
                weighed.push(Weighed { at: seat, role: Role::Seat, features, precision, why });
            }
        }
    }

    /// In a small governorate with a large seat what is not known is likelier a part of the seat.
    fn add_spread(&self, features: &mut Features, container: usize) {
        let options = self.containers.get(container).map_or(&[][..], |container| &container.options);
        let radius = options.first().map_or(0, |choice| self.gazetteer.texts(choice.at).radius_m());
        features.set(Feature::SeatSpread, log_km(radius as f32 / 1000.0) - TYPICAL_SPREAD);
        features.set(Feature::SeatInhabitants, features.get(Feature::Inhabitants) - TYPICAL_SEAT);
        features.set(Feature::Inhabitants, 0.0);
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
                    let why = vec![Why::StandsFor(why::THIS_IS_AREA), Why::As { container: number }];
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

fn how_alike(hit: Hit) -> Why {
    Why::Plainly(match hit {
        Hit { altered: true, .. } => why::SAME_BUT_A_WORD,
        Hit { likeness, .. } if likeness >= 1.0 => why::SAME_NAME,
        _ => why::SIMILAR_NAME,
    })
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
