//! Stage 7: scenes into incidents: what is told of one event goes together, what is of many stays out.
//!
//! Scenes join the incident whose place they share, or the last one where they name no place; another place begins
//! another incident. The trap this avoids: a cumulative number beside a new place never becomes an incident.

use std::collections::BTreeSet;

use sijil_model::TimeExpression;
use sijil_model::codebook::{Harm, PlaceRole};
use sijil_model::fold::fold;

use crate::harm::{Who, number_of};
use crate::scenes::Scene;
use crate::sense::Sense;
use crate::times::Extent;
use crate::window::Window;

/// Scenes that tell of one event, by position; the first founded it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Incident {
    pub scenes: Vec<usize>,
    places: BTreeSet<String>,
    around: BTreeSet<String>,
    day: Option<String>,
    numbers: Vec<(Harm, u64)>,
}

/// How far back, in scenes, an attack without casualties waits for those who were hurt in it.
const WAITS: usize = 3;
/// How many incidents back a scene may belong to.
const REMEMBERED: usize = 8;

/// The incidents of a window's scenes, the main one first.
pub(crate) fn incidents(window: &Window<'_>, scenes: &[Scene]) -> Vec<Incident> {
    let mut list: Vec<Incident> = Vec::new();
    let mut current: Option<usize> = None;
    let mut pending: Option<usize> = None;
    for (at, scene) in scenes.iter().enumerate() {
        if scene.example {
            list.push(Incident::new(window, scene, at));
            continue;
        }
        if scene.hits.is_empty() {
            if scene.strike && current.is_some_and(|now| list[now].relation(window, scene) == Relation::Same)
            {
                current.into_iter().for_each(|now| list[now].add(window, scene, at));
            } else if scene.strike {
                pending = Some(at);
            }
            continue;
        }
        let titled = current.filter(|now| list[*now].is_headline(window, scenes));
        let waiting = pending.take().filter(|waiting| at - waiting <= WAITS);
        let chosen =
            titled.or_else(|| choose(window, &list, current, scene, waiting.map(|waiting| &scenes[waiting])));
        let now = chosen.unwrap_or_else(|| {
            list.push(Incident::default());
            list.len() - 1
        });
        if let Some(waiting) = waiting.filter(|waiting| list[now].takes(window, &scenes[*waiting])) {
            list[now].add(window, &scenes[waiting], waiting);
        }
        list[now].add(window, scene, at);
        current = Some(now);
    }
    // A report of an attack at a place that says nothing of people is one incident, its casualties unknown.
    if list.is_empty()
        && let Some(first) = scenes.iter().position(|scene| scene.strike)
    {
        let mut incident = Incident::new(window, &scenes[first], first);
        for (at, scene) in scenes.iter().enumerate().skip(first + 1).filter(|(_, scene)| scene.strike) {
            if incident.relation(window, scene) == Relation::Same {
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
    if is_another(window, scene) && list[current].relation(window, scene) != Relation::Same {
        return None;
    }
    if let Some(waiting) = waiting
        && scene_places(window, scene).0.is_empty()
        && list[current].relation(window, waiting) == Relation::Different
    {
        return None;
    }
    let recent = (0..list.len()).rev().take(REMEMBERED);
    let same = std::iter::once(current).chain(recent).find(|at| {
        list[*at].relation(window, scene) == Relation::Same
            && list[*at].same_day(window, scene)
            && !(list[*at].day.is_none() && is_dated(window, scene) && list[*at].is_outgrown(window, scene))
    });
    if same.is_some() {
        return same;
    }
    match list[current].relation(window, scene) {
        Relation::Unknown if list[current].is_outgrown(window, scene) => None,
        Relation::Unknown if list[current].same_day(window, scene) => Some(current),
        Relation::Unknown => None,
        _ if list[current].shares_number(window, scene)
            || refers_back(window, scene)
            || only_people(window, scene) =>
        {
            Some(current)
        }
        _ => None,
    }
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
        self.day = self.day.take().or_else(|| day(window, scene));
        self.numbers.extend(numbers(window, scene));
        self.scenes.push(at);
    }

    /// Whether all of it is the text's first line, and that line is a headline: what follows tells of the same.
    fn is_headline(&self, window: &Window<'_>, scenes: &[Scene]) -> bool {
        let [only] = self.scenes.as_slice() else { return false };
        let sentence = &window.sentences[scenes[*only].sentence];
        let next = window.sentences.get(scenes[*only].sentence + 1);
        sentence.run.start == 0 && !sentence.ended && next.is_some_and(|next| next.opens_line)
    }

    fn takes(&self, window: &Window<'_>, scene: &Scene) -> bool {
        self.scenes.is_empty() || self.relation(window, scene) != Relation::Different
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

    /// Whether a scene's own full date is not another day.
    fn same_day(&self, window: &Window<'_>, scene: &Scene) -> bool {
        match (&self.day, day(window, scene)) {
            (Some(a), Some(b)) => *a == b || a.contains('X') || b.contains('X'),
            _ => true,
        }
    }

    /// Whether an Arabic scene without a place counts more killed than all before it, and neither updates a toll nor
    /// speaks of "the" attack: it tells of another event, or of several. English reports say who of the same event
    /// counted more.
    fn is_outgrown(&self, window: &Window<'_>, scene: &Scene) -> bool {
        let most = |numbers: &[(Harm, u64)]| {
            numbers.iter().filter(|(harm, _)| *harm == Harm::Killed).map(|(_, n)| *n).max().unwrap_or(0)
        };
        let (before, now) = (most(&self.numbers), most(&numbers(window, scene)));
        let updates = window.tags.any(scene.run.clone(), |sense| matches!(sense, Sense::Toll));
        window.tokens.is_arabic(scene.run.start)
            && !self.places.is_empty()
            && before > 0
            && now > before
            && !updates
            && !refers_back(window, scene)
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
        if place.role != PlaceRole::Primary {
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

/// The calendar day of a scene, where it tells one.
fn day(window: &Window<'_>, scene: &Scene) -> Option<String> {
    scene.times.iter().map(|at| &window.times[*at]).find_map(|time| match &time.expression {
        Some(TimeExpression::Calendar(edtf))
            if time.extent == Extent::Moment && edtf.as_str().len() == 10 =>
        {
            Some(edtf.as_str().to_owned())
        }
        _ => None,
    })
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

/// Whether a scene names a day of the calendar, with or without its year.
fn is_dated(window: &Window<'_>, scene: &Scene) -> bool {
    day(window, scene).is_some()
}

/// "in another attack", «في هجوم آخر».
fn is_another(window: &Window<'_>, scene: &Scene) -> bool {
    let from = scene.run.start;
    (from..(from + 8).min(scene.run.end)).any(|at| {
        matches!(
            window.tokens.word(at),
            "another" | "separately" | "elsewhere" | "separate" | "منفصل" | "منفصله" | "سياق"
        ) && !window.tags.is(at + 1, |sense| matches!(sense, Sense::People(_)))
            || window.tags.is(at, |sense| matches!(sense, Sense::Elsewhere))
            || matches!(window.tokens.word(at), "اخر" | "اخري")
                && at > 0
                && window.tags.is(at - 1, |sense| matches!(sense, Sense::Means(..)))
    })
}

/// "the attack", "the strike": the event that was told before.
fn refers_back(window: &Window<'_>, scene: &Scene) -> bool {
    scene.run.clone().any(|at| {
        window
            .tags
            .find(at, |sense| matches!(sense, Sense::Means(_, crate::sense::MeansPart::Event)).then_some(()))
            .is_some_and(|(_, tag)| {
                tag.article || at > 0 && matches!(window.tokens.word(at - 1), "the" | "this")
            })
    })
}

/// A scene that only names people goes with what was told before.
fn only_people(_window: &Window<'_>, scene: &Scene) -> bool {
    scene.hits.iter().all(|hit| matches!(hit.who, Who::Name(_)))
}
