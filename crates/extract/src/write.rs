//! Stage 8: what was read becomes claims, with spans, basis and modality; and a derivation of each.

use sijil_model::claim::{Aggregate, SourceSaid, YearFromElsewhere};
use sijil_model::codebook::{AggregateKind, ModalityCode, PlaceRole};
use sijil_model::{ActorCode, Basis, Claim, ClaimId, Content, DocumentId, Quoted, TimeExpression};

use crate::aggregates::Total;
use crate::incidents::Incident;
use crate::scenes::Scene;
use crate::sites;
use crate::speech::{self, Source};
use crate::times::{Extent, Time};
use crate::window::Window;
use crate::{Step, places};

mod casualties;
mod context;
mod days;
mod growing;
mod kin;
mod persons;
mod placing;
mod settle;
mod shared;
mod told_days;
mod unnamed;

/// Writes the claims of one window, in order.
pub(crate) struct Writer<'w, 'a> {
    pub window: &'w Window<'a>,
    pub document: &'w DocumentId,
    pub scenes: &'w [Scene],
    /// The incidents of the window, the main one first.
    pub incidents: &'w [Incident],
    /// Which scenes incidents are made of.
    pub taken: std::collections::BTreeSet<usize>,
    pub claims: Vec<Claim>,
    pub steps: Vec<Step>,
    /// The sources of the document with their claims.
    pub sources: Vec<(Source, ClaimId)>,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// A writer for a window.
    pub fn new(window: &'w Window<'a>, document: &'w DocumentId, scenes: &'w [Scene]) -> Self {
        let mut writer = Writer {
            window,
            document,
            scenes,
            incidents: &[],
            taken: Default::default(),
            claims: Vec::new(),
            steps: Vec::new(),
            sources: Vec::new(),
        };
        writer.sources = writer.known_sources();
        writer
    }

    /// All claims: incidents first, then what is about many, then sources, quotes, positions and loose times.
    pub fn write(mut self, incidents: &'w [Incident]) -> (Vec<Claim>, Vec<Step>) {
        self.incidents = incidents;
        self.taken = incidents.iter().flat_map(|incident| incident.scenes.iter().copied()).collect();
        for incident in incidents {
            self.incident(incident);
        }
        let inside: Vec<usize> =
            incidents.iter().flat_map(|incident| incident.scenes.iter().copied()).collect();
        for at in 0..self.scenes.len() {
            self.aggregates(at, inside.contains(&at));
        }
        for (source, _) in self.sources.clone() {
            self.source(&source);
        }
        for at in 0..self.scenes.len() {
            self.speech(at);
        }
        self.posted();
        self.loose_times();
        self.distinct()
    }

    /// The same words read as the same thing twice are one claim.
    fn distinct(self) -> (Vec<Claim>, Vec<Step>) {
        let mut seen = std::collections::BTreeSet::new();
        let claims: Vec<Claim> =
            self.claims.into_iter().filter(|claim| seen.insert(claim.id.clone())).collect();
        (claims, self.steps)
    }

    /// Makes a claim and notes the rule.
    pub(super) fn claim(
        &mut self,
        spans: Vec<Quoted>,
        content: Content,
        about: Option<&ClaimId>,
        rule: &'static str,
    ) -> ClaimId {
        self.claim_with(spans, content, about, rule, Basis::Stated, ModalityCode::Asserted, None)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a claim has that many parts, and they are set in one place"
    )]
    pub(super) fn claim_with(
        &mut self,
        spans: Vec<Quoted>,
        content: Content,
        about: Option<&ClaimId>,
        rule: &'static str,
        basis: Basis,
        modality: ModalityCode,
        speaker: Option<ClaimId>,
    ) -> ClaimId {
        let claim = Claim {
            about: about.cloned(),
            basis,
            modality,
            speaker,
            ..Claim::new(self.document, spans, content)
        };
        let id = claim.id.clone();
        self.steps.push(Step {
            claim: Some(id.clone()),
            rule,
            said: claim.spans.first().map_or(String::new(), |said| said.quote.clone()),
        });
        self.claims.push(claim);
        id
    }

    /// How a scene says things: its modality and speaker.
    pub(super) fn manner(&self, scene: &Scene) -> (ModalityCode, Option<ClaimId>) {
        let speaker = scene.sources.first().and_then(|source| self.source_id(source));
        if scene.reported { (ModalityCode::Reported, speaker) } else { (ModalityCode::Asserted, None) }
    }

    fn source_id(&self, source: &Source) -> Option<ClaimId> {
        self.sources.iter().find(|(known, _)| speech::same(known, source)).map(|(_, id)| id.clone())
    }

    /// Every source of the document once, the fullest name first met kept.
    fn known_sources(&self) -> Vec<(Source, ClaimId)> {
        let mut known: Vec<(Source, ClaimId)> = Vec::new();
        for source in self.scenes.iter().flat_map(|scene| &scene.sources) {
            if known.len() > 500 || known.iter().any(|(other, _)| speech::same(other, source)) {
                continue;
            }
            let spans = vec![self.window.tokens.quoted(&source.run)];
            let id = sijil_model::claim::claim_id(self.document, &spans, &source_content(source));
            known.push((source.clone(), id));
        }
        known
    }

    fn source(&mut self, source: &Source) {
        let spans = vec![self.window.tokens.quoted(&source.run)];
        self.claim(spans, source_content(source), None, "source");
    }

    /// The claims of a scene about many incidents; harms of a scene outside incidents are among them.
    fn aggregates(&mut self, at: usize, inside: bool) {
        let scene = &self.scenes[at];
        let loose = if inside { &[][..] } else { scene.harms.as_slice() };
        for total in scene.totals.iter().chain(loose) {
            let content = Content::Aggregate(self.aggregate(scene, total));
            let spans = vec![self.window.tokens.quoted(&total.run)];
            let (modality, speaker) = self.manner(scene);
            self.claim_with(spans, content, None, total.rule, Basis::Stated, modality, speaker);
        }
    }

    fn aggregate(&self, scene: &Scene, total: &Total) -> Aggregate {
        let time = self.period(scene, total);
        let sides = (total.kind == AggregateKind::Comparison).then(|| self.sides(scene, total));
        let (actors, compared) = match sides {
            Some((subject, other)) => (subject.into_iter().collect(), other),
            None => (scene.attributed.iter().map(|one| one.code.clone()).collect(), None),
        };
        Aggregate {
            aggregate: total.kind,
            harm: total.harm,
            other_harm: total.other,
            class: total.class,
            status: total.status,
            unit: total.unit,
            count: total.count.clone(),
            of: total.of.clone(),
            means: sites::only_one(&scene.means),
            period: time.and_then(|time| time.expression.clone()),
            period_year: time.filter(|time| time.year.is_none()).and_then(|time| self.year_for(time)),
            places: self.places_of(scene, at_scene(self.scenes, scene)),
            actors,
            compared_with: compared,
        }
    }

    /// The time nearest to a total: a period before a moment.
    fn period(&self, scene: &Scene, total: &Total) -> Option<&'w Time> {
        let times =
            || scene.times.iter().map(|at| &self.window.times[*at]).filter(|time| time.expression.is_some());
        let distance = |time: &&Time| time.run.start.abs_diff(total.run.start);
        times()
            .filter(|time| time.extent == Extent::Period)
            .min_by_key(distance)
            .or_else(|| times().filter(|_| total.kind != AggregateKind::Harm).min_by_key(distance))
    }

    /// The sides of a comparison: the last party before "more", and another party, one after it if there is one.
    fn sides(&self, scene: &Scene, total: &Total) -> (Option<ActorCode>, Option<ActorCode>) {
        let actors = self.window.within(&self.window.actors, &scene.run, |actor| &actor.run);
        let subject = actors.iter().rev().find(|actor| actor.run.start < total.run.start).or(actors.first());
        let others =
            || actors.iter().filter(|actor| subject.is_none_or(|subject| subject.code != actor.code));
        let other = others().find(|actor| actor.run.start > total.run.start).or_else(|| others().next());
        (subject.map(|actor| actor.code.clone()), other.map(|actor| actor.code.clone()))
    }

    /// The places of a scene; where it says only "the city", the last place before it.
    fn places_of(&self, scene: &Scene, at: usize) -> Vec<sijil_model::PlacePhrase> {
        let own: Vec<_> = scene
            .places
            .iter()
            .filter(|place| {
                !self.window.places[**place].around
                    && self.window.places[**place].role != PlaceRole::SourceLocation
            })
            .map(|place| places::phrase(&self.window.places, *place, self.window.places[*place].role))
            .collect();
        if !own.is_empty() || !says_the_place(self.window, scene) {
            return own;
        }
        let before =
            self.scenes[..at].iter().rev().take(3).find_map(|scene| {
                scene.places.iter().rev().find(|place| !self.window.places[**place].around)
            });
        before
            .map(|place| places::phrase(&self.window.places, *place, PlaceRole::Primary))
            .into_iter()
            .collect()
    }

    /// The year that the text gives elsewhere to a time without one: that of the same day, or the only full date's.
    fn year_for(&self, time: &Time) -> Option<YearFromElsewhere> {
        let Some(TimeExpression::Calendar(said)) = &time.expression else { return None };
        let dated: Vec<(&Time, i16)> = self
            .window
            .times
            .iter()
            .filter_map(|other| match (&other.expression, other.year) {
                (Some(TimeExpression::Calendar(edtf)), Some(year))
                    if edtf.as_str().len() >= 10 && !edtf.as_str().starts_with("XXXX") =>
                {
                    Some((other, year))
                }
                _ => None,
            })
            .take(200)
            .collect();
        let start = said.as_str().split('/').next()?.strip_prefix("XXXX")?;
        let same_day = dated.iter().find(|(other, _)| matches!(&other.expression, Some(TimeExpression::Calendar(edtf)) if edtf.as_str().ends_with(start)));
        let only = dated.first().filter(|first| dated.iter().all(|other| other.1 == first.1));
        let (time, year) = same_day.or(only)?;
        Some(YearFromElsewhere {
            year: *year,
            said: self.window.tokens.quoted_without(&time.run, usize::from(time.prefix)),
        })
    }
}

fn at_scene(scenes: &[Scene], scene: &Scene) -> usize {
    scenes.partition_point(|other| other.run.start < scene.run.start)
}

fn says_the_place(window: &Window<'_>, scene: &Scene) -> bool {
    scene.run.clone().any(|at| {
        matches!(
            (window.tokens.word(at), window.tokens.word(at + 1)),
            ("the", "city" | "town" | "village" | "neighborhood" | "neighbourhood" | "camp" | "area")
        ) || matches!(
            window.tokens.word(at),
            "المدينه" | "البلده" | "القريه" | "الحي" | "المخيم" | "بالمدينه" | "بالبلده"
        )
    })
}

fn source_content(source: &Source) -> Content {
    Content::Source(SourceSaid {
        name: source.name.clone(),
        source: source.kind,
        organisation: source.organisation.clone(),
        identification: source.identification,
        release_level: source.release,
    })
}
