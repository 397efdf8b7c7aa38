//! The claims around an incident: itself, its places, times, parties, means, sites and other harm; and loose speech.

use std::collections::BTreeSet;
use std::ops::Range;

use sijil_model::codebook::{CountUnit, Damage, ModalityCode, PlacePrecision, PlaceRole, SiteAssertion};
use sijil_model::fold::fold;
use sijil_model::{Basis, ClaimId, Content, Quoted, TimeExpression};

use super::Writer;
use crate::incidents::Incident;
use crate::numbers;
use crate::places;
use crate::posted::{self, Posted};
use crate::scenes::Scene;
use crate::sense::{MeansPart, Sense};
use crate::speech;
use crate::times::Extent;

/// The last scene of a report's head: title, lead and what follows it.
const LEAD: usize = 2;
/// Most places of one incident.
const MOST_PLACES: usize = 12;

/// Whether a place is so wide that it says little of where an event was: a country, a region.
fn is_wide(kind: PlacePrecision) -> bool {
    matches!(kind, PlacePrecision::Country | PlacePrecision::Region)
}

impl Writer<'_, '_> {
    /// Writes an incident with everything about it.
    pub(super) fn incident(&mut self, incident: &Incident) {
        let Some(first) = incident.scenes.first().map(|at| &self.scenes[*at]) else { return };
        let founding = incident
            .scenes
            .iter()
            .map(|at| &self.scenes[*at])
            .find(|scene| !scene.hits.is_empty())
            .unwrap_or(first);
        let mut spans: Vec<Quoted> =
            self.trigger(founding).map(|run| self.window.tokens.quoted(&run)).into_iter().collect();
        spans.push(self.window.tokens.quoted(&self.phrase(founding)));
        let rule = if founding.example { "event-as-an-example" } else { "event" };
        let strikes = self.strikes(founding);
        let about = self.claim(spans, Content::Incident { strikes }, None, rule);
        self.places_claims(incident, &about);
        self.time_claims(incident, &about);
        self.party_claims(incident, &about);
        self.casualties(incident, &about);
        self.persons(incident, &about);
        self.harm_claims(incident, &about);
    }

    pub(super) fn trigger(&self, scene: &Scene) -> Option<Range<usize>> {
        scene
            .hits
            .iter()
            .find_map(|hit| hit.trigger.clone())
            .or_else(|| scene.hits.first().map(|hit| hit.run.clone()))
    }

    /// The words of the event: from its means or party to its last place or time nearby.
    fn phrase(&self, scene: &Scene) -> Range<usize> {
        let window = self.window;
        let means = scene.run.clone().find(|at| {
            window.tags.is(*at, |sense| {
                matches!(
                    sense,
                    Sense::Means(_, MeansPart::Event | MeansPart::Shelling | MeansPart::Carrier)
                        | Sense::Massacre
                )
            })
        });
        let party = scene.attributed.first().map(|one| one.run.start);
        let places = scene.places.iter().map(|at| &window.places[*at].run);
        let times = scene.times.iter().map(|at| &window.times[*at].run);
        let ends: Vec<&Range<usize>> = places.chain(times).collect();
        let start = [means, party].into_iter().flatten().min().or_else(|| ends.first().map(|run| run.start));
        let Some(start) = start else { return self.trigger(scene).unwrap_or(scene.run.clone()) };
        let end = ends
            .iter()
            .map(|run| run.end)
            .filter(|end| *end > start)
            .max()
            .unwrap_or(means.unwrap_or(start) + 1);
        start..end.max(start + 1).min(scene.run.end)
    }

    /// "several strikes", "three air raids".
    fn strikes(&self, scene: &Scene) -> Option<sijil_model::Said> {
        scene.run.clone().find_map(|at| {
            let amount = numbers::amount(&self.window.tokens, &self.window.tags, at)?;
            let next = (amount.run.end..amount.run.end + 2).any(|here| {
                self.window.tags.is(here, |sense| matches!(sense, Sense::Unit(Some(CountUnit::Raids))))
            });
            next.then_some(amount.said)
        })
    }

    /// The incident's places: those of its first scene that has any are primary, and finer ones within them; others that
    /// its later scenes name are secondary. What is only around another of them is in that one's nest.
    fn places_claims(&mut self, incident: &Incident, about: &ClaimId) {
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
        let happened: BTreeSet<String> = incident
            .scenes
            .iter()
            .flat_map(|at| of(*at).filter(|place| fine(place)).map(|place| fold(&place.name)))
            .collect();
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
        let nowhere = !chosen.iter().any(|(place, _)| {
            let found = &self.window.places[*place];
            found.role == PlaceRole::Primary && !is_wide(found.kind)
        });
        let told_elsewhere = nowhere && self.place_told_elsewhere(incident, about);
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
    /// first after; whether there is one.
    fn place_told_elsewhere(&mut self, incident: &Incident, about: &ClaimId) -> bool {
        let Some(first) = incident.scenes.first().copied() else { return false };
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
        let before = self.scenes[..first].iter().rev();
        let found = (self.scenes[first].places.iter().filter(opens))
            .chain(before.filter_map(|scene| scene.places.iter().rfind(usable)))
            .chain(self.scenes[first..].iter().filter_map(|scene| scene.places.iter().find(usable)))
            .chain(self.scenes[..=first].iter().filter_map(|scene| scene.places.iter().find(dateline)))
            .next();
        let Some(place) = found.copied() else { return false };
        let found = &window.places[place];
        let content = Content::Place(places::phrase(&window.places, place, PlaceRole::Primary));
        let spans = self.for_another(incident, &found.run, found.prefix);
        let rule = "place-told-elsewhere";
        let (basis, manner) = (Basis::inferred(rule), ModalityCode::Asserted);
        self.claim_with(spans, content, Some(about), rule, basis, manner, None);
        true
    }

    fn time_claims(&mut self, incident: &Incident, about: &ClaimId) {
        let moments = |scene: &Scene| -> Vec<usize> {
            scene
                .times
                .iter()
                .copied()
                .filter(|at| {
                    self.window.times[*at].extent == Extent::Moment
                        && !speech::is_time_of_speech(self.window, &self.window.times[*at], &scene.run)
                })
                .collect()
        };
        let scenes = incident.scenes.iter().map(|at| &self.scenes[*at]);
        let calendar =
            |at: &usize| matches!(self.window.times[*at].expression, Some(TimeExpression::Calendar(_)));
        let said = |at: &usize| self.window.times[*at].expression.is_some();
        // A bare year or month in a later sentence is that of something else.
        let coarse = |at: &usize| self.window.times[*at].is_coarse();
        let list: Vec<usize> = scenes
            .enumerate()
            .flat_map(|(number, scene)| {
                moments(scene).into_iter().filter(move |at| number == 0 || !coarse(at))
            })
            .take(200)
            .collect();
        // What a later paragraph dates is something else, where the text says which day is today.
        let told = incident.scenes.iter().position(|at| moments(&self.scenes[*at]).iter().any(said));
        let later = told.is_some_and(|scene| scene > LEAD) && self.todays_date().is_some();
        let list = if later { Vec::new() } else { list };
        // What a report tells of today is its event, whatever a caption or the history before it says; but for yesterday's.
        let first = list.iter().find(|at| said(at)).copied().map(|at| self.as_date(at));
        let today = list.iter().map(|at| (*at, self.as_date(*at))).find(|(at, date)| at != date);
        let today = today.filter(|_| first.is_some_and(|first| !self.is_yesterday(first)));
        let chosen = today.map(|(_, date)| date).or(first).map(|at| self.told_in_full(at, incident));
        // A full date later in the incident's own scenes is better than "Monday" in its first.
        let full = list.iter().find(|at| calendar(at)).copied();
        let part = list.iter().find_map(|at| self.window.times[*at].part);
        if chosen.is_none() {
            self.day_of_the_text(incident, part, about);
        }
        for at in [chosen, full.filter(|full| Some(*full) != chosen)].into_iter().flatten() {
            let time = &self.window.times[at];
            let Some(expression) = time.expression.clone() else { continue };
            let content = Content::Time { time: expression, time_of_day: time.part.or(part) };
            let spans = vec![self.window.tokens.quoted_without(&time.run, usize::from(time.prefix))];
            self.claim(spans, content, Some(about), "time");
            self.day_by_weekday(at, incident, about);
        }
    }

    fn party_claims(&mut self, incident: &Incident, about: &ClaimId) {
        let mut seen = BTreeSet::new();
        let telling = incident.scenes.iter().chain(&incident.answers).copied();
        for at in telling.collect::<Vec<_>>() {
            let scene = &self.scenes[at];
            let (modality, speaker) = self.manner(scene);
            for one in &scene.attributed {
                if seen.insert(one.code.clone()) {
                    let content = Content::Attribution {
                        actor: one.code.clone(),
                        status: one.status,
                        combination: one.combination,
                    };
                    let spans = vec![self.window.tokens.quoted_without(&one.run, usize::from(one.prefix))];
                    self.claim_with(
                        spans,
                        content,
                        Some(about),
                        "attribution",
                        Basis::Stated,
                        modality,
                        speaker.clone(),
                    );
                }
            }
        }
        let mut codes = BTreeSet::new();
        for at in incident.scenes.clone() {
            for (code, run) in &self.scenes[at].means {
                if codes.insert(*code) {
                    self.claim(
                        vec![self.window.tokens.quoted(run)],
                        Content::Means { means: *code },
                        Some(about),
                        "means",
                    );
                }
            }
        }
    }

    fn harm_claims(&mut self, incident: &Incident, about: &ClaimId) {
        let mut kinds = BTreeSet::new();
        for at in incident.scenes.clone() {
            for site in &self.scenes[at].sites {
                if !kinds.insert(site.kind) {
                    continue;
                }
                let spans = vec![self.window.tokens.quoted(&site.run)];
                let content = Content::Site {
                    site: site.kind,
                    affiliation: None,
                    assertion: site.assertion,
                    damage: site.damage,
                    count: site.count.clone(),
                };
                self.claim(spans, content, Some(about), "site");
                if let Some(family) = &site.family {
                    let name = self.family_name(family);
                    if let Some((name, run)) = name {
                        self.claim(
                            vec![self.window.tokens.quoted(&run)],
                            Content::KinGroup { name },
                            Some(about),
                            "family",
                        );
                    }
                }
            }
            for total in &self.scenes[at].harms {
                let Some(harm) = total.other else { continue };
                let content = Content::OtherHarm { harm, unit: total.unit, count: total.count.clone() };
                self.claim(vec![self.window.tokens.quoted(&total.run)], content, Some(about), total.rule);
            }
        }
    }

    fn family_name(&self, run: &Range<usize>) -> Option<(String, Range<usize>)> {
        let word = run.clone().find(|at| self.window.tags.is(*at, |sense| matches!(sense, Sense::Family)))?;
        let name = if word > run.start { run.start..word } else { word + 1..run.end };
        (!name.is_empty()).then(|| (self.window.tokens.quote(&name).to_owned(), run.clone()))
    }

    /// Quotes, positions and bare sites of a scene.
    pub(super) fn speech(&mut self, at: usize) {
        let scene = &self.scenes[at];
        let sentence = &self.window.sentences[scene.sentence];
        let codes: Vec<_> = scene.attributed.iter().map(|one| one.code.clone()).collect();
        for position in speech::positions(self.window, sentence, &codes) {
            let content = Content::Position { holder: position.holder.code, position: position.position };
            // What is said first, then whose it is.
            let mut spans = vec![self.window.tokens.quoted(&position.run)];
            spans.extend(position.holder.words);
            self.claim_with(
                spans,
                content,
                None,
                "position",
                Basis::Stated,
                ModalityCode::ClaimedByAccused,
                None,
            );
        }
        let (_, speaker) = self.manner(scene);
        for quote in speech::quotes(self.window, &scene.run) {
            let spans = vec![self.window.tokens.quoted(&quote)];
            self.claim_with(
                spans,
                Content::Quote,
                None,
                "quote",
                Basis::Stated,
                ModalityCode::Quoted,
                speaker.clone(),
            );
        }
        // What is said of a site in an incident's own words is written with the incident.
        if self.taken.contains(&at) {
            return;
        }
        for site in scene.sites.iter().filter(|site| site.assertion == SiteAssertion::FreeOfMilitaryObjective)
        {
            let spans = vec![self.window.tokens.quoted(&site.run)];
            let content = Content::Site {
                site: site.kind,
                affiliation: None,
                assertion: site.assertion,
                damage: Damage::Unknown,
                count: site.count.clone(),
            };
            let (modality, speaker) = self.manner(scene);
            self.claim_with(
                spans,
                content,
                None,
                "free-of-military-objective",
                Basis::Stated,
                modality,
                speaker,
            );
        }
    }

    /// When the page says that it was published, and the year in which a text says that it was written: what its other times
    /// may count from, and no event's own.
    pub(super) fn posted(&mut self) {
        // The day of an interview is no event's, however short the testimony is.
        let testimony = self.window.testimony.is_some();
        let page = posted::find(&self.window.tokens, &self.window.tags, &self.window.sentences);
        let page = page.or_else(|| self.dateline()).filter(|_| !testimony);
        for posted in page.into_iter().chain(posted::this_year(&self.window.tokens)) {
            let said = self.window.tokens.quoted_without(&posted.run, posted.prefix);
            let content = Content::Time { time: TimeExpression::Calendar(posted.day), time_of_day: None };
            let basis = Basis::inferred(posted.rule);
            self.claim_with(vec![said], content, None, posted.rule, basis, ModalityCode::Background, None);
        }
    }

    fn dateline(&self) -> Option<Posted> {
        let time = self.window.times.iter().find(|time| time.extent == Extent::OfWriting)?;
        let Some(TimeExpression::Calendar(day)) = time.expression.clone() else { return None };
        Some(Posted { run: time.run.clone(), prefix: usize::from(time.prefix), day, rule: posted::DATELINE })
    }

    /// Times that are about no incident: they date the document and give years to others.
    pub(super) fn loose_times(&mut self) {
        let used: BTreeSet<[u32; 2]> = self
            .claims
            .iter()
            .filter(|claim| matches!(claim.content, Content::Time { .. }))
            .flat_map(|claim| claim.spans.iter().map(|said| said.span.pair()))
            .collect();
        for time in &self.window.times {
            let Some(expression @ TimeExpression::Calendar(_)) = time.expression.clone() else { continue };
            let said = self.window.tokens.quoted_without(&time.run, usize::from(time.prefix));
            if used.contains(&said.span.pair()) {
                continue;
            }
            let content = Content::Time { time: expression, time_of_day: time.part };
            self.claim_with(
                vec![said],
                content,
                None,
                "background-time",
                Basis::Stated,
                ModalityCode::Background,
                None,
            );
        }
    }
}
