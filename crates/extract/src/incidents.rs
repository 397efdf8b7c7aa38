//! Stage 7: scenes into incidents: what is told of one event goes together, what is of many stays out.
//!
//! Scenes join the incident whose place they share, or the last one where they name no place; another place begins
//! another incident. The trap this avoids: a cumulative number beside a new place never becomes an incident.

use std::collections::BTreeSet;

use sijil_model::TimeExpression;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm, PlacePrecision, PlaceRole, SiteKind};
use sijil_model::fold::fold;

use crate::harm::{Who, number_of, vague_floor};
use crate::places::Place;
use crate::scenes::Scene;
use crate::sense::Sense;
use crate::window::Window;

mod apart;

pub(crate) use apart::is_another;

/// Scenes that tell of one event, by position; the first founded it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Incident {
    pub scenes: Vec<usize>,
    /// Scenes after them that tell nothing but whose attack it was: "Residents blamed the Northern Front".
    pub answers: Vec<usize>,
    places: BTreeSet<String>,
    around: BTreeSet<String>,
    moments: Vec<TimeExpression>,
    numbers: Vec<(Harm, u64)>,
    /// Whether a place of it is narrower than a country.
    placed: bool,
    /// Whether it says how many people were harmed, and not only how many children.
    counted: bool,
    /// The fewest who were killed by its words without a number, "dozens"; 0 where it has none.
    floor: u64,
    /// The last sentence that told of it.
    told_until: usize,
}

/// How far back, in scenes, an attack without casualties waits for those who were hurt in it.
const WAITS: usize = 3;
/// The same where a witness tells, who comes to the dead by and by.
const WAITS_OF_A_WITNESS: usize = 6;
/// How many incidents back a scene may belong to.
const REMEMBERED: usize = 8;

/// The incidents of a window's scenes, the main one first.
pub(crate) fn incidents(window: &Window<'_>, scenes: &[Scene]) -> Vec<Incident> {
    let mut list: Vec<Incident> = Vec::new();
    let mut current: Option<usize> = None;
    let mut pending: Option<usize> = None;
    // The incident that a heading of day and place opened.
    let mut entry: Option<usize> = None;
    for (at, scene) in scenes.iter().enumerate() {
        if scene.example {
            list.push(Incident::new(window, scene, at));
            continue;
        }
        if window.sentences[scene.sentence].opens_paragraph {
            entry = None;
        }
        if scene.heading {
            list.push(Incident::new(window, scene, at));
            entry = Some(list.len() - 1);
            (current, pending) = (entry, None);
            continue;
        }
        if let Some(now) = current.filter(|_| scene.locates) {
            list[now].add(window, scene, at);
            continue;
        }
        if let Some(now) = entry.filter(|now| !scene.hits.is_empty() || list[*now].takes(window, scene)) {
            if !scene.hits.is_empty() || scene.strike || apart::tells_an_attack(window, scene) {
                list[now].add(window, scene, at);
            }
            continue;
        }
        if scene.hits.is_empty() {
            if let Some(struck) = spared(scenes, at, pending)
                && current
                    .is_some_and(|now| list[now].relation(window, &scenes[struck]) == Relation::Different)
            {
                list.push(Incident::new(window, &scenes[struck], struck));
                if let Some(last) = list.last_mut().filter(|_| struck != at) {
                    last.add(window, scene, at);
                }
                pending = None;
            } else if scene.strike
                && current.is_some_and(|now| list[now].relation(window, scene) == Relation::Same)
            {
                current.into_iter().for_each(|now| list[now].add(window, scene, at));
            } else if scene.strike || apart::is_days_later(window, scene) {
                pending = Some(at);
            } else if let Some(now) = current.filter(|now| list[*now].is_answered_by(window, scene)) {
                list[now].answers.push(at);
            }
            continue;
        }
        let titled = current.filter(|now| list[*now].is_headline(window, scenes));
        let waits = if window.testimony.is_some() { WAITS_OF_A_WITNESS } else { WAITS };
        let waiting = pending.take().filter(|waiting| at - waiting <= waits);
        let chosen =
            titled.or_else(|| choose(window, &list, current, scene, waiting.map(|waiting| &scenes[waiting])));
        let now = chosen.unwrap_or_else(|| {
            list.push(Incident::default());
            list.len() - 1
        });
        let takes = |waiting: &usize| {
            let before = &scenes[*waiting];
            list[now].takes(window, before) && !apart::begins_anew(window, before, scene)
        };
        if let Some(waiting) = waiting.filter(takes) {
            list[now].add(window, &scenes[waiting], waiting);
        }
        list[now].add(window, scene, at);
        current = Some(now);
    }
    list.retain(|incident| {
        let told = |at: &usize| {
            let scene = &scenes[*at];
            scene.example || !scene.hits.is_empty() || scene.unharmed.is_some()
        };
        incident.scenes.iter().any(told)
    });
    // A report of an attack at a place that says nothing of people is one incident, its casualties unknown.
    if list.is_empty()
        && let Some(first) = scenes.iter().position(|scene| scene.strike)
    {
        let mut incident = Incident::new(window, &scenes[first], first);
        for (at, scene) in scenes.iter().enumerate().skip(first + 1) {
            let again = scene.strike && incident.relation(window, scene) == Relation::Same;
            // "A helicopter hit a farm. Nobody was hurt."
            if again || spared(scenes, at, Some(first)) == Some(first) {
                incident.add(window, scene, at);
            }
        }
        list.push(incident);
    }
    // Incidents in which people were killed come first, then those in which people were hurt, in the text's order.
    list.sort_by_key(|incident| {
        let harms = || incident.scenes.iter().flat_map(|scene| &scenes[*scene].hits).map(|hit| hit.harm);
        (!harms().any(|harm| harm == Harm::Killed), harms().next().is_none())
    });
    list
}

/// The attack that a scene says harmed nobody: its own, or that of the sentence before.
fn spared(scenes: &[Scene], at: usize, pending: Option<usize>) -> Option<usize> {
    let scene = &scenes[at];
    scene.unharmed.as_ref()?;
    if scene.strike { Some(at) } else { pending.filter(|before| before + 1 == at) }
}

/// How the places of a scene stand to those of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    Unknown,
    Different,
}

/// The incident that a scene belongs to; none where it begins one.
fn choose(
    window: &Window<'_>,
    list: &[Incident],
    current: Option<usize>,
    scene: &Scene,
    waiting: Option<&Scene>,
) -> Option<usize> {
    let current = current?;
    let relation = list[current].relation(window, scene);
    let later = waiting.is_some_and(|waiting| apart::is_days_later(window, waiting));
    if later || apart::is_days_later(window, scene) {
        return None;
    }
    let another = apart::is_another(window, scene) || scene.by_another_weapon;
    if another && relation != Relation::Same {
        return None;
    }
    // What a text opens with is told again with its number.
    let counted = list.len() == 1 && list[current].is_counted_by(window, scene);
    if let Some(waiting) = waiting.filter(|_| !only_parts(scene) && !counted)
        && scene_places(window, scene).0.is_empty()
        && !list[current].shares_number(window, scene)
        && list[current].relation(window, waiting) == Relation::Different
    {
        return None;
    }
    let recent = (0..list.len()).rev().take(REMEMBERED);
    let same = std::iter::once(current).chain(recent).find(|at| {
        list[*at].relation(window, scene) == Relation::Same && !list[*at].is_of_other_time(window, scene)
    });
    if same.is_some() {
        return same;
    }
    if relation == Relation::Different && list[current].is_of_other_time(window, scene) {
        return None;
    }
    let told_before = list[current].shares_number(window, scene)
        || apart::refers_back(window, scene)
        || only_people(window, scene) && !apart::only_detained(scene)
        || only_parts(scene);
    let attack = apart::tells_an_attack(window, scene);
    let begins = match relation {
        Relation::Different => attack || apart::tells_of_new_people(window, scene),
        Relation::Same | Relation::Unknown => {
            let own = attack || apart::opens_with_a_day(window, scene) || apart::only_detained(scene);
            own && list[current].is_of_other_time(window, scene)
        }
    };
    if begins && !told_before && !(counted && list[current].has_no_number()) { None } else { Some(current) }
}

impl Incident {
    fn new(window: &Window<'_>, scene: &Scene, at: usize) -> Self {
        let mut incident = Incident::default();
        incident.add(window, scene, at);
        incident
    }

    fn add(&mut self, window: &Window<'_>, scene: &Scene, at: usize) {
        let (places, around) = scene_places(window, scene);
        self.places.extend(places);
        self.around.extend(around);
        self.moments.extend(apart::moments(window, scene));
        self.numbers.extend(numbers(window, scene));
        self.placed |= scene.places.iter().any(|at| window.places[*at].kind != PlacePrecision::Country);
        self.floor = self.floor.max(floor(window, scene));
        self.counted |= counts_all(window, scene, self.floor);
        self.told_until = scene.sentence;
        self.scenes.push(at);
    }

    /// Whether all of it is the text's first line, and that line is a headline: what follows tells of the same.
    fn is_headline(&self, window: &Window<'_>, scenes: &[Scene]) -> bool {
        let [only] = self.scenes.as_slice() else { return false };
        let sentence = &window.sentences[scenes[*only].sentence];
        let next = window.sentences.get(scenes[*only].sentence + 1);
        sentence.run.start == 0 && !sentence.ended && next.is_some_and(|next| next.opens_line)
    }

    /// Whether a scene right after it says how many, where it was told without: "Bombs kill dozens in the province".
    fn is_counted_by(&self, window: &Window<'_>, scene: &Scene) -> bool {
        const NEAR: usize = 2;
        !self.counted && counts_all(window, scene, self.floor) && scene.sentence <= self.told_until + NEAR
    }

    /// Whether no number of it is one of all the dead: none at all, or after "dozens" only such as are fewer.
    fn has_no_number(&self) -> bool {
        let is_less = |(harm, n): &(Harm, u64)| self.floor > 0 && (*harm != Harm::Killed || *n < self.floor);
        self.numbers.iter().all(is_less)
    }

    /// Whether a scene soon after it tells of no other event, and of a party that is held to have done it.
    fn is_answered_by(&self, window: &Window<'_>, scene: &Scene) -> bool {
        const NEAR: usize = 6;
        scene.holds_answerable(window)
            && scene.sentence <= self.told_until + NEAR
            && self.relation(window, scene) != Relation::Different
            && !self.is_of_other_time(window, scene)
    }

    fn takes(&self, window: &Window<'_>, scene: &Scene) -> bool {
        self.scenes.is_empty() || !self.placed || self.relation(window, scene) != Relation::Different
    }

    fn relation(&self, window: &Window<'_>, scene: &Scene) -> Relation {
        let (places, around) = scene_places(window, scene);
        if places.is_empty() || self.places.is_empty() {
            return Relation::Unknown;
        }
        let shared = places.iter().any(|place| self.places.contains(place) || self.around.contains(place))
            || around.iter().any(|place| self.places.contains(place));
        if shared { Relation::Same } else { Relation::Different }
    }

    /// Whether a scene tells of another day.
    fn is_of_other_time(&self, window: &Window<'_>, scene: &Scene) -> bool {
        apart::other_time(&self.moments, &apart::moments(window, scene))
    }

    fn shares_number(&self, window: &Window<'_>, scene: &Scene) -> bool {
        numbers(window, scene).iter().any(|number| number.1 > 2 && self.numbers.contains(number))
    }
}

/// The folded names of a scene's own places, and of those around them; origins and sources' places are neither.
fn scene_places(window: &Window<'_>, scene: &Scene) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut own = BTreeSet::new();
    let mut around = BTreeSet::new();
    for place in scene.places.iter().map(|at| &window.places[*at]) {
        if place.role != PlaceRole::Primary || receives_the_hurt(window, place) {
            continue;
        }
        let name = skeleton(&fold(&place.name));
        if place.around {
            around.insert(name)
        } else {
            own.insert(name)
        };
    }
    (own, around)
}

/// Whether a place is a hospital that nothing is said to have hit: people were brought there.
fn receives_the_hurt(window: &Window<'_>, place: &Place) -> bool {
    let hospital = |sense: &Sense| matches!(sense, Sense::Site(SiteKind::Hospital | SiteKind::Clinic));
    let hit = |sense: &Sense| {
        matches!(sense, Sense::Strike | Sense::Targeting | Sense::Means(..) | Sense::Destroyed(_))
    };
    let before = |reach: usize| place.run.start.saturating_sub(reach)..place.run.start;
    // "died on the way to the hospital in Nahran"
    let brought = before(8).any(|at| {
        matches!(
            window.tokens.word(at),
            "way" | "taken" | "rushed" | "brought" | "transferred" | "died" | "نقل" | "نقلت"
        )
    });
    let near = if brought { 2 } else { 0 };
    let inside = place.run.start.saturating_sub(near)..place.run.end + 1;
    window.tags.any(inside, hospital) && !window.tags.any(before(6), hit)
}

/// A name without what spellings differ in: vowels, doubled letters, articles. "Deir az-Zour" and "Deir Ezzor" meet.
pub(crate) fn skeleton(folded: &str) -> String {
    let mut bones = String::new();
    for word in folded
        .split(' ')
        .filter(|word| !matches!(*word, "al" | "el" | "az" | "ez" | "ad" | "as" | "ash" | "ar" | "an" | "at"))
    {
        for letter in word.strip_prefix("ال").unwrap_or(word).chars() {
            if !(matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || bones.ends_with(letter)) {
                bones.push(letter);
            }
        }
    }
    if bones.chars().count() < 2 { folded.to_owned() } else { bones }
}

/// Whether a scene says how many people were harmed, by a number that words without one, "dozens", leave room for.
fn counts_all(window: &Window<'_>, scene: &Scene, floor: u64) -> bool {
    scene.hits.iter().any(|hit| match hit.who {
        Who::Group(index) => {
            let group = &window.groups[index];
            let fits = |n: u64| floor == 0 || hit.harm == Harm::Killed && n >= floor;
            group.class == Class::Total && group.said.quantity.number().is_some_and(fits)
        }
        Who::Name(_) => false,
    })
}

/// The fewest whom a scene tells of as killed by words without a number.
fn floor(window: &Window<'_>, scene: &Scene) -> u64 {
    let killed = scene.hits.iter().filter(|hit| hit.harm == Harm::Killed);
    let floors = killed.filter_map(|hit| match hit.who {
        Who::Group(index) => Some(vague_floor(window.groups[index].said.quantity)),
        Who::Name(_) => None,
    });
    floors.max().unwrap_or(0)
}

fn numbers(window: &Window<'_>, scene: &Scene) -> Vec<(Harm, u64)> {
    scene
        .hits
        .iter()
        .filter_map(|hit| match hit.who {
            Who::Group(index) => window.groups[index]
                .said
                .quantity
                .number()
                .or_else(|| number_of(window.groups[index].said.quantity))
                .map(|n| (hit.harm, n)),
            Who::Name(_) => None,
        })
        .collect()
}

/// "Among the dead were five children": parts of a number that was told before.
fn only_parts(scene: &Scene) -> bool {
    scene.hits.iter().all(|hit| hit.stands == Stands::PartOf)
}

/// A scene that only names people goes with what was told before.
fn only_people(_window: &Window<'_>, scene: &Scene) -> bool {
    scene.hits.iter().all(|hit| matches!(hit.who, Who::Name(_)))
}
