//! The claims around an incident: itself, its places, times, parties, means, sites and other harm; and loose speech.

use std::collections::BTreeSet;
use std::ops::Range;

use sijil_model::codebook::{CountUnit, Damage, ModalityCode, SiteAssertion};
use sijil_model::{Basis, ClaimId, Content, Quoted, TimeExpression};

use super::Writer;
use crate::incidents::Incident;
use crate::numbers;
use crate::posted::{self, Posted};
use crate::scenes::Scene;
use crate::sense::{MeansPart, Sense};
use crate::speech;
use crate::times::Extent;

/// The last scene of a report's head: title, lead and what follows it.
const LEAD: usize = 2;

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

    /// The times that tell an incident's day, in the order in which they are told.
    pub(super) fn times_of(&self, incident: &Incident) -> Vec<usize> {
        let scenes = incident.scenes.iter().map(|at| &self.scenes[*at]);
        let said = |at: &usize| self.window.times[*at].expression.is_some();
        // A bare year or month in a later sentence is that of something else.
        let coarse = |at: &usize| self.window.times[*at].is_coarse();
        let list: Vec<usize> = scenes
            .enumerate()
            .flat_map(|(number, scene)| {
                self.moments(scene).into_iter().filter(move |at| number == 0 || !coarse(at))
            })
            .take(200)
            .collect();
        // What a later paragraph dates is something else, where the text says which day is today.
        let told = incident.scenes.iter().position(|at| self.moments(&self.scenes[*at]).iter().any(said));
        let later = told.is_some_and(|scene| scene > LEAD) && self.todays_date().is_some();
        if later { Vec::new() } else { list }
    }

    /// The time that an incident's own words give for its day.
    pub(super) fn own_time(&self, incident: &Incident, list: &[usize]) -> Option<usize> {
        let said = |at: &usize| self.window.times[*at].expression.is_some();
        // What a report tells of today is its event, whatever a caption or the history before it says; but for yesterday's.
        let first = list.iter().find(|at| said(at)).copied().map(|at| self.as_date(at));
        let today = list.iter().map(|at| (*at, self.as_date(*at))).find(|(at, date)| at != date);
        let today = today.filter(|_| first.is_some_and(|first| !self.is_yesterday(first)));
        let dated = self.dated(incident).filter(|_| {
            let calendar =
                |at: usize| matches!(self.window.times[at].expression, Some(TimeExpression::Calendar(_)));
            !first.is_some_and(calendar)
        });
        dated.or(today.map(|(_, date)| date)).or(first).map(|at| self.told_in_full(at, incident))
    }

    /// «الحادثة وقعت فجر السبت»: the time of a sentence that says nothing but when or where.
    fn dated(&self, incident: &Incident) -> Option<usize> {
        let said = |at: &usize| self.window.times[*at].expression.is_some();
        let mut dating = incident.scenes.iter().map(|at| &self.scenes[*at]).filter(|scene| scene.locates);
        dating.find_map(|scene| self.moments(scene).into_iter().find(said))
    }

    /// The moments of a scene that are none of speech.
    fn moments(&self, scene: &Scene) -> Vec<usize> {
        let is_own = |at: &usize| {
            self.window.times[*at].extent == Extent::Moment
                && !speech::is_time_of_speech(self.window, &self.window.times[*at], &scene.run)
        };
        scene.times.iter().copied().filter(is_own).collect()
    }

    fn time_claims(&mut self, incident: &Incident, about: &ClaimId) {
        let calendar =
            |at: &usize| matches!(self.window.times[*at].expression, Some(TimeExpression::Calendar(_)));
        let list = self.times_of(incident);
        let chosen = self.own_time(incident, &list);
        // A full date later in the incident's own scenes is better than "Monday" in its first.
        let full = list.iter().find(|at| calendar(at)).copied().filter(|_| self.dated(incident).is_none());
        let part = list.iter().find_map(|at| self.window.times[*at].part);
        // "Two days earlier" counts from what was told before, where anything was.
        if chosen.is_none_or(|at| self.is_earlier(at)) && self.day_counted_from_told(incident, part, about) {
            return;
        }
        if chosen.is_none() {
            self.day_of_the_text(incident, part, about);
        }
        for at in [chosen, full.filter(|full| Some(*full) != chosen)].into_iter().flatten() {
            let time = &self.window.times[at];
            let Some(expression) = time.expression.clone() else { continue };
            let content = Content::Time { time: expression, time_of_day: time.part.or(part) };
            let spans = self.said_of(incident, &time.run, time.prefix);
            self.claim(spans, content, Some(about), "time");
            self.day_by_weekday(at, incident, about);
        }
    }

    /// Words that are told of an incident; those of a clause before, which are another's too, with its own words of harm,
    /// so that they are no claim of the other.
    fn said_of(&self, incident: &Incident, run: &Range<usize>, prefix: u8) -> Vec<Quoted> {
        let mut spans = vec![self.window.tokens.quoted_without(run, usize::from(prefix))];
        let own = || incident.scenes.iter().map(|at| &self.scenes[*at]);
        let inside = || own().chain(incident.answers.iter().map(|at| &self.scenes[*at]));
        let founding = own().next().filter(|_| !inside().any(|scene| scene.run.contains(&run.start)));
        let of_its_sentence =
            founding.filter(|scene| self.window.sentences[scene.sentence].run.contains(&run.start));
        let trigger = of_its_sentence.and_then(|scene| self.trigger(scene));
        spans.extend(trigger.map(|run| self.window.tokens.quoted(&run)));
        spans
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
                    let spans = self.said_of(incident, &one.run, one.prefix);
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
                        self.said_of(incident, run, 0),
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
