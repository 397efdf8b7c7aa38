//! The places of an incident: those of its own sentences, the finest first, or those that the text names elsewhere.

use std::collections::BTreeSet;

use sijil_model::codebook::{ModalityCode, PlacePrecision, PlaceRole};
use sijil_model::date::Unit;
use sijil_model::fold::fold;
use sijil_model::{Basis, ClaimId, Content, TimeExpression};

use super::Writer;
use crate::incidents::{Incident, is_another};
use crate::places;
use crate::scenes::Scene;
use crate::sense::Sense;
use crate::times::{Extent, Time};

/// How many sentences after its first an incident's own place may be told.
const FARTHEST: usize = 6;
/// Most places of one incident.
const MOST_PLACES: usize = 12;

/// Whether a place is so wide that it says little of where an event was: a country, a region.
fn is_wide(kind: PlacePrecision) -> bool {
    matches!(kind, PlacePrecision::Country | PlacePrecision::Region)
}

/// "last year", "in 2013": a time so coarse that what it dates is the past.
fn tells_of_a_year(time: &Time) -> bool {
    time.is_calendar_year()
        || matches!(&time.expression, Some(TimeExpression::Relative(said)) if said.unit == Unit::Year)
}

impl Writer<'_, '_> {
    /// The incident's places: those of its first scene that has any are primary, and finer ones within them; others that
    /// its later scenes name are secondary. What is only around another of them is in that one's nest.
    pub(super) fn places_claims(&mut self, incident: &Incident, about: &ClaimId) {
        let of = |at: usize| self.scenes[at].places.iter().map(|place| &self.window.places[*place]);
        let fine =
            |place: &places::Place| place.role == PlaceRole::Primary && !is_wide(place.kind) && !place.around;
        let first = incident
            .scenes
            .iter()
            .position(|at| of(*at).any(fine))
            .or_else(|| incident.scenes.iter().position(|at| of(*at).next().is_some()))
            .unwrap_or(0);
        // What a headline names in short, the sentence after it tells in full.
        let told = first + usize::from(incident.scenes.get(first).is_some_and(|at| self.is_headline(*at)));
        // "NAHRAN, 5 June – A strike hit a school in Nahran": said to be where it happened, too.
        let fine_names = |at: &usize| {
            of(*at).filter(|place| fine(place)).map(|place| fold(&place.name)).collect::<Vec<_>>()
        };
        let happened: BTreeSet<String> = incident.scenes.iter().flat_map(fine_names).collect();
        let mut chosen: Vec<(usize, bool)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (position, at) in incident.scenes.iter().enumerate() {
            for place in &self.scenes[*at].places {
                let found = &self.window.places[*place];
                let late = !(first..=told).contains(&position) && !self.scenes[*at].locates;
                let dateline =
                    found.role == PlaceRole::SourceLocation && happened.contains(&fold(&found.name));
                let fits = !(found.around || late && found.role != PlaceRole::Primary || dateline);
                if fits && chosen.len() < MOST_PLACES && seen.insert(fold(&found.name)) {
                    chosen.push((*place, late));
                }
            }
        }
        self.finest_first(&mut chosen);
        let around: BTreeSet<String> = chosen
            .iter()
            .filter_map(|(place, _)| self.window.places[*place].inside)
            .map(|outer| fold(&self.window.places[outer].name))
            .collect();
        if let Some(place) = self.finer_elsewhere(incident, &chosen) {
            chosen.insert(0, (place, false));
        }
        let opening = incident.scenes.first().map_or(0, |at| self.scenes[*at].sentence);
        let is_near = |place: usize| self.sentence_of(place) <= opening + FARTHEST;
        let nowhere = !chosen.iter().any(|(place, _)| {
            let found = &self.window.places[*place];
            found.role == PlaceRole::Primary && !is_wide(found.kind) && is_near(*place)
        });
        let elsewhere = self.place_told_elsewhere(incident).filter(|_| nowhere);
        let elsewhere = elsewhere.filter(|place| {
            is_near(*place) || !chosen.iter().any(|(own, _)| fine(&self.window.places[*own]))
        });
        if let Some(place) = elsewhere {
            self.place_claim_elsewhere(incident, place, about);
            chosen.iter_mut().for_each(|(own, late)| *late |= self.sentence_of(*own) > opening + FARTHEST);
        }
        let told_elsewhere = elsewhere.is_some();
        let finest = told_elsewhere || chosen.iter().any(|(place, _)| fine(&self.window.places[*place]));
        for (place, late) in chosen {
            let found = &self.window.places[place];
            if around.contains(&fold(&found.name)) {
                continue;
            }
            let within =
                found.inside.is_some_and(|outer| seen.contains(&fold(&self.window.places[outer].name)));
            let wide = is_wide(found.kind) && finest;
            let demoted = (late && !within || wide) && found.role == PlaceRole::Primary;
            let role = if demoted { PlaceRole::Secondary } else { found.role };
            let phrase = places::phrase(&self.window.places, place, role);
            let spans = vec![self.window.tokens.quoted_without(&found.run, usize::from(found.prefix))];
            self.claim(spans, Content::Place(phrase), Some(about), "place");
        }
    }

    fn is_headline(&self, scene: usize) -> bool {
        let sentence = &self.window.sentences[self.scenes[scene].sentence];
        self.scenes[scene].sentence == 0 && !sentence.ended
    }

    /// Arabic reports often name a country or governorate first and the village later: where the first scene with places
    /// names none that is fine, those of the next are as primary; and the fine come before the coarse.
    fn finest_first(&self, chosen: &mut [(usize, bool)]) {
        let fine = |place: usize| self.is_fine(place);
        let arabic = |place: usize| self.window.tokens.is_arabic(self.window.places[place].run.start);
        if !chosen.iter().all(|(place, _)| arabic(*place)) {
            return;
        }
        if !chosen.iter().any(|(place, late)| !late && fine(*place))
            && let Some(at) = chosen.iter().position(|(place, _)| fine(*place))
        {
            let scene = self.sentence_of(chosen[at].0);
            chosen
                .iter_mut()
                .filter(|(place, _)| fine(*place) && self.sentence_of(*place) == scene)
                .for_each(|(_, late)| *late = false);
        }
        chosen.sort_by_key(|(place, late)| (*late, !fine(*place)));
    }

    /// Where an Arabic incident's own scenes name only a city or an area, the first village or neighbourhood that a scene of
    /// an attack names which is no other incident's; that scene is then this one's. What has a date of its own beside the
    /// incident's is another event.
    fn finer_elsewhere(&mut self, incident: &Incident, chosen: &[(usize, bool)]) -> Option<usize> {
        let place = |at: usize| &self.window.places[at];
        let first = chosen.first()?.0;
        let arabic = self.window.tokens.is_arabic(place(first).run.start);
        if !arabic || chosen.iter().any(|(at, _)| self.is_fine(*at)) {
            return None;
        }
        let is_dated = |at: usize| {
            self.scenes[at].times.iter().any(|time| self.window.times[*time].extent == Extent::Moment)
        };
        let has_date = incident.scenes.iter().any(|at| is_dated(*at));
        let is_free = |at: usize| !(self.taken.contains(&at) || has_date && is_dated(at));
        let (scene, found) = (0..self.scenes.len())
            .filter(|at| incident.scenes.contains(at) || is_free(*at))
            .filter(|at| self.scenes[*at].strike)
            .find_map(|at| {
                let fine = |place: &&usize| self.is_fine(**place) && !self.window.places[**place].around;
                Some((at, *self.scenes[at].places.iter().find(fine)?))
            })?;
        self.taken.insert(scene);
        Some(found)
    }

    /// Whether a place is finer than an area, and told as where something happened.
    fn is_fine(&self, place: usize) -> bool {
        let found = &self.window.places[place];
        let coarse = found.kind >= PlacePrecision::NearPlace || found.kind == PlacePrecision::NotPlaced;
        // «إدلب» without «مدينة» is a governorate as often as a city.
        let bare = self.window.tags.is(found.run.start, |sense| matches!(sense, Sense::World(_)));
        found.role == PlaceRole::Primary && !coarse && !bare
    }

    fn sentence_of(&self, place: usize) -> usize {
        let at = self.window.places[place].run.start;
        self.window.sentences.partition_point(|sentence| sentence.run.end <= at)
    }

    /// Where an incident's own sentences name no place of it, or only a country, the last one named before them, else the
    /// first after.
    fn place_told_elsewhere(&self, incident: &Incident) -> Option<usize> {
        let first = incident.scenes.first().copied()?;
        let usable = |place: &&usize| {
            let found = &self.window.places[**place];
            found.role == PlaceRole::Primary && !found.around && !is_wide(found.kind)
        };
        // "Nahran: on Monday a mine killed two": what opens a short report says where it happened. "NAHRAN Ten people" says
        // it where nothing else does.
        let window = self.window;
        let source = |place: &usize| window.places[*place].role == PlaceRole::SourceLocation;
        let run = |place: &usize| &window.places[*place].run;
        let opens = |place: &&usize| source(place) && window.tokens.is_mark(run(place).end, ':');
        let dateline = |place: &&usize| source(place) && places::is_shouted(window, run(place).start);
        // "… had used the same weapons in Nahran last year"
        let of_now = |scene: &&Scene| !scene.times.iter().any(|time| tells_of_a_year(&window.times[*time]));
        let before = self.scenes[..first].iter().rev().filter(of_now);
        // "In a separate incident on Wednesday": what follows is elsewhere.
        let of_none = |(at, scene): &(usize, &Scene)| {
            incident.scenes.contains(at) || !self.taken.contains(at) || !is_another(window, scene)
        };
        let later = self.scenes.iter().enumerate().skip(first).filter(of_none).map(|(_, scene)| scene);
        let after = later.filter(of_now);
        (self.scenes[first].places.iter().filter(opens))
            .chain(before.filter_map(|scene| scene.places.iter().rfind(usable)))
            .chain(after.filter_map(|scene| scene.places.iter().find(usable)))
            .chain(self.scenes[..=first].iter().filter_map(|scene| scene.places.iter().find(dateline)))
            .next()
            .copied()
    }

    fn place_claim_elsewhere(&mut self, incident: &Incident, place: usize, about: &ClaimId) {
        let found = &self.window.places[place];
        let content = Content::Place(places::phrase(&self.window.places, place, PlaceRole::Primary));
        let spans = self.for_another(incident, &found.run, found.prefix);
        let rule = "place-told-elsewhere";
        let (basis, manner) = (Basis::inferred(rule), ModalityCode::Asserted);
        self.claim_with(spans, content, Some(about), rule, basis, manner, None);
    }
}
