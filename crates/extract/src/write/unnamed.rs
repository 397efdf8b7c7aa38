//! People without a name: "their mother", "a driver", "a boy of nine".

use std::ops::Range;

use sijil_model::claim::{Known, PersonSaid};
use sijil_model::codebook::{Class, Status};
use sijil_model::{Basis, ClaimId, Content, Quantity};

use super::Writer;
use super::persons::{Written, age_class, fate, sex_of_class};
use crate::groups::{Group, Pronoun};
use crate::harm::{Hit, Who, number_of};
use crate::incidents::Incident;
use crate::lists_in_text;
use crate::scenes::Scene;
use crate::sense::{Number, Sense};
use crate::word_lists::Words;

impl Writer<'_, '_> {
    /// "their mother", "a driver": one person without a name; a number of children or relatives stays a number.
    pub(super) fn unnamed(
        &mut self,
        scene: &Scene,
        hit: &Hit,
        index: usize,
        about: &ClaimId,
        written: &mut Vec<Written>,
    ) {
        let group = &self.window.groups[index];
        if group.pronoun == Some(Pronoun::Speaker) {
            self.speaker_hurt(hit, about);
            return;
        }
        let kin = group.kin.clone();
        let one = match &kin {
            Some(kin) => kin.number == Number::Singular,
            None => self.is_somebody(group),
        };
        if !one || number_of(group.said.quantity) != Some(1) || self.is_named(scene, index, &group.run) {
            return;
        }
        let age_class = age_class(None, Some(group.class), kin.as_ref());
        let described = kin.is_some() || group.class.is_children();
        let person = PersonSaid {
            name: None,
            name_as_printed: None,
            sex: kin.as_ref().map_or_else(|| sex_of_class(group.class), |kin| kin.sex.clone()),
            age: None,
            age_months: None,
            age_class,
            fate: Some(fate(hit.harm)),
            status: match group.status {
                Some(Status::Combatant) => group.status.map(Known::stated),
                _ => described.then(|| Known::inferred(Status::Civilian, "civilian-by-description")),
            },
            role: group.role,
            listed: None,
        };
        // Of "Salim’s brother" the brother is meant.
        let owner = usize::from(self.window.tokens.word(hit.run.start) == "s");
        let said = hit.run.start + owner..hit.run.end;
        let spans = vec![self.window.tokens.quoted_without(&said, usize::from(group.prefix))];
        let (modality, speaker) = self.manner(scene);
        let class = group.class;
        let rule = if kin.is_some() { "kin-without-a-name" } else { "person-without-a-name" };
        let content = Content::Person(person);
        let id = self.claim_with(spans.clone(), content, Some(about), rule, Basis::Stated, modality, speaker);
        if let Some(kin) = &kin {
            self.relate(&id, spans, (kin, hit.run.start), hit, scene, written);
        }
        written.push(Written {
            id,
            sentence: scene.sentence,
            position: hit.run.start,
            chain: hit.chain,
            class: Some(class),
        });
    }

    /// "I was wounded": whoever tells it, by the name that the head of a testimony gives; of the living, so that no name of
    /// theirs is public.
    fn speaker_hurt(&mut self, hit: &Hit, about: &ClaimId) {
        let testimony = self.window.testimony.as_ref();
        let witness = testimony.and_then(|testimony| testimony.source(self.window));
        let name = witness.as_ref().and_then(|witness| witness.name.clone());
        let person = PersonSaid {
            name_as_printed: name.clone(),
            name,
            sex: None,
            age: None,
            age_months: None,
            age_class: None,
            fate: Some(fate(hit.harm)),
            status: None,
            role: None,
            listed: None,
        };
        let mut spans = vec![self.window.tokens.quoted(&hit.run)];
        spans.extend(witness.map(|witness| self.window.tokens.quoted(&witness.run)));
        let rule = "the-speaker";
        self.claim(spans, Content::Person(person), Some(about), rule);
    }

    /// Whether a group's words tell one person from others: "a driver", "a boy", and not "a person", «مدني».
    fn is_somebody(&self, group: &Group) -> bool {
        let anybody = group.run.clone().any(|at| {
            let word = self.window.tokens.word(at);
            Words::Anybody.has(word) || word.strip_prefix("ال").is_some_and(|bare| Words::Anybody.has(bare))
        });
        // «صياد» is one by its form, and nobody counted.
        let counted = group.counted && group.said.quantity != Quantity::Singular;
        group.counts() && !(counted || group.part || group.other || anybody) && group.harm.is_none()
    }

    /// Whether somebody without a name may be one of whom the incident tells elsewhere, by name or without; or whose class the
    /// words count beside people who are named: "Salim Haddad and a man nobody knows" are more men than "a man".
    pub(super) fn is_told_elsewhere(&self, incident: &Incident, hit: &Hit) -> bool {
        let Who::Group(index) = hit.who else { return false };
        let group = &self.window.groups[index];
        let hits = incident.scenes.iter().flat_map(|at| &self.scenes[*at].hits);
        let mut others = hits.filter(|other| other.harm == hit.harm && other.run != hit.run);
        let same = |other: &Hit| match other.who {
            Who::Name(_) => other.chain != hit.chain || group.class != Class::Total,
            Who::Group(index) => {
                let other_group = &self.window.groups[index];
                let one = other_group.class == group.class || number_of(other_group.said.quantity) == Some(1);
                one && other.chain != hit.chain && other.run.start < group.run.start
            }
        };
        group.kin.is_none() && hit.rule != lists_in_text::RULE && others.any(same)
    }

    /// Whether a name stands beside the words for somebody.
    fn is_named(&self, scene: &Scene, index: usize, run: &Range<usize>) -> bool {
        let apposed = |other: &Hit| other.apposed == Some(index) && matches!(other.who, Who::Name(_));
        scene.hits.iter().any(apposed) || self.window.name_at(run.end).is_some() || self.is_named_beside(run)
    }

    /// "his brother, an eleven-year-old Karim", "the wife of Salim Haddad, Reem": who is meant is named after a comma;
    /// "Omar, the brother of Salim": before it.
    fn is_named_beside(&self, run: &Range<usize>) -> bool {
        const REACH: usize = 8;
        let window = self.window;
        let whose = (window.tokens.word(run.end) == "of").then(|| window.name_at(run.end + 1)).flatten();
        let end = whose.map_or(run.end, |name| name.run.end);
        let describes = |at: usize| {
            window.tags.number(at).is_some()
                || window.tokens.is_mark(at, '-')
                || matches!(window.tokens.word(at), "a" | "an" | "the" | "year" | "month" | "old")
                || window.tags.is(at, |sense| matches!(sense, Sense::People(_) | Sense::Title(_)))
        };
        let named = (end + 1..end + REACH)
            .find(|at| !describes(*at))
            .is_some_and(|at| window.tokens.is_mark(end, ',') && window.name_at(at).is_some());
        let before = run.start.checked_sub(1).filter(|at| window.tokens.is_mark(*at, ','));
        let apposed = before.is_some_and(|comma| {
            let names = window.names.partition_point(|name| name.run.start < comma);
            names > 0 && window.names[names - 1].run.end == comma
        });
        named || whose.is_some() && apposed
    }
}
