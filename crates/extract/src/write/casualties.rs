//! Casualty claims of an incident: each number as said, and the sum of its parts where no total is said.

use std::collections::BTreeSet;
use std::ops::Range;

use sijil_model::claim::{Casualty, Stands};
use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Basis, ClaimId, Content, Quantity, Quoted, Said};

use super::Writer;
use crate::harm::{Hit, Who, number_of};
use crate::incidents::Incident;
use crate::scenes::Scene;
use crate::sense::{MeansPart, Sense};
use crate::window::Window;

/// The parts that a total can be added up from.
#[derive(Default)]
struct Parts {
    runs: Vec<Range<usize>>,
    number: u64,
    /// Some part has no plain number, so that the sum is only a floor.
    vague: bool,
    /// Everybody in it is a child or somebody's kin.
    described: bool,
    people: usize,
}

/// A casualty claim before it is written.
struct Draft<'s> {
    scene: &'s Scene,
    hit: &'s Hit,
    casualty: Casualty,
    prefix: usize,
    /// Whether it is the number of all people, shared by no other in its chain.
    total: bool,
    /// Whether it is one of several such numbers of its chain.
    shared: bool,
}

/// Whether two numbers can be of the same people: civilians are no combatants.
fn comparable(one: &Casualty, other: &Casualty) -> bool {
    one.status == other.status || one.status.is_none() || other.status.is_none()
}

impl Draft<'_> {
    fn number(&self) -> u64 {
        self.casualty.count.quantity.number().unwrap_or(0)
    }
}

impl Writer<'_, '_> {
    /// Writes the casualty claims of an incident.
    pub(super) fn casualties(&mut self, incident: &Incident, about: &ClaimId) {
        let scenes = self.scenes;
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for scene in incident.scenes.iter().map(|at| &scenes[*at]) {
            drafts.extend(scene.hits.iter().filter_map(|hit| self.draft(scene, hit)));
        }
        self.settle(&mut drafts);
        Self::inherit(&mut drafts);
        Self::beside_combatants(&mut drafts);
        let stated: Vec<Harm> = drafts
            .iter()
            .filter(|draft| draft.total && draft.casualty.stands == Stands::Alone)
            .map(|draft| draft.casualty.harm)
            .collect();
        for draft in drafts {
            let spans = self.spans(draft.hit, draft.prefix);
            let (modality, speaker) = self.manner(draft.scene);
            self.claim_with(
                spans,
                Content::Casualty(draft.casualty),
                Some(about),
                draft.hit.rule,
                Basis::Stated,
                modality,
                speaker,
            );
        }
        for harm in [Harm::Killed, Harm::Injured, Harm::Missing, Harm::Detained] {
            if !stated.contains(&harm) {
                self.sum_of_parts(incident, harm, about);
            }
        }
    }

    /// Parts of a number of civilians are civilians: a part of all people takes the status of the only whole there is.
    fn inherit(drafts: &mut [Draft<'_>]) {
        for at in 0..drafts.len() {
            let part = &drafts[at];
            if part.casualty.stands != Stands::PartOf
                || part.casualty.class != Class::Total
                || part.casualty.status.is_some()
            {
                continue;
            }
            let harm = part.casualty.harm;
            let wholes: Vec<Option<Status>> = drafts
                .iter()
                .filter(|other| {
                    other.total && other.casualty.harm == harm && other.casualty.stands == Stands::Alone
                })
                .map(|other| other.casualty.status)
                .collect();
            if let Some(status) =
                wholes.first().copied().flatten().filter(|_| wholes.iter().all(|other| *other == wholes[0]))
            {
                drafts[at].casualty.status = Some(status);
            }
        }
    }

    /// "A child was killed. Two fighters were killed too": children and women beside combatants are civilians, unless
    /// a number of all people is said, in which they may be.
    fn beside_combatants(drafts: &mut [Draft<'_>]) {
        for at in 0..drafts.len() {
            let one = &drafts[at].casualty;
            let described = one.class.is_children() || one.class == Class::Women;
            if !described || one.status.is_some() || one.stands != Stands::Alone {
                continue;
            }
            let mut totals =
                drafts.iter().filter(|other| other.total && other.casualty.harm == one.harm).peekable();
            if totals.peek().is_some() && totals.all(|other| other.casualty.status == Some(Status::Combatant))
            {
                drafts[at].casualty.status = Some(Status::Civilian);
            }
        }
    }

    /// Whether another sentence counts the same harm with a plain number above one.
    fn has_number(&self, drafts: &[Draft<'_>], at: usize) -> bool {
        let one = &drafts[at];
        drafts.iter().any(|other| {
            (other.total && other.casualty.stands == Stands::Alone || other.shared)
                && other.casualty.harm == one.casualty.harm
                && comparable(&other.casualty, &one.casualty)
                && other.scene.sentence != one.scene.sentence
                && other.number() > 1
        })
    }

    fn draft<'s>(&self, scene: &'s Scene, hit: &'s Hit) -> Option<Draft<'s>> {
        let Who::Group(index) = hit.who else { return None };
        let group = &self.window.groups[index];
        let kin_person = group.kin.is_some() && number_of(group.said.quantity) == Some(1);
        if kin_person || !group.counts() {
            return None;
        }
        let shared = shared_chain(self.window, scene, hit);
        let stands = if hit.stands == Stands::Alone && shared { Stands::PartOf } else { hit.stands };
        let like = hit.like.map_or(group, |other| &self.window.groups[other]);
        let casualty = Casualty {
            harm: hit.harm,
            class: like.class,
            status: like.status,
            role: like.role,
            count: group.said.clone(),
            stands,
        };
        Some(Draft {
            scene,
            hit,
            total: like.class == Class::Total && !shared,
            casualty,
            prefix: usize::from(group.prefix),
            shared,
        })
    }

    /// How totals of different sentences stand: a smaller one later is a part, unless it is told of the same attack by
    /// somebody else; one that "rises to" a number supersedes those before.
    fn settle(&self, drafts: &mut [Draft<'_>]) {
        for at in 0..drafts.len() {
            let (n, harm) = (drafts[at].number(), drafts[at].casualty.harm);
            if !drafts[at].total || drafts[at].casualty.stands != Stands::Alone {
                continue;
            }
            if n <= 1
                && drafts[at].casualty.count.quantity != (Quantity::Exact { n: 1 })
                && self.has_number(drafts, at)
            {
                // "civilians were killed", after or before a sentence that says how many.
                drafts[at].casualty.stands = Stands::PartOf;
                continue;
            }
            let rises = rises(self.window, drafts[at].scene, drafts[at].hit);
            let conflicts = n > 1 && drafts[at].scene.reported && refers_back(self.window, drafts[at].scene);
            for other in 0..at {
                let earlier = drafts[other].total
                    && drafts[other].casualty.harm == harm
                    && comparable(&drafts[other].casualty, &drafts[at].casualty)
                    && drafts[other].casualty.stands == Stands::Alone;
                if !earlier || drafts[other].scene.sentence == drafts[at].scene.sentence && !rises {
                    continue;
                }
                if rises && drafts[other].number() < n {
                    drafts[other].casualty.stands = Stands::PartOf;
                } else if drafts[other].number() > n && !(conflicts && n * 3 >= drafts[other].number()) {
                    drafts[at].casualty.stands = Stands::PartOf;
                }
            }
        }
    }

    /// The words of the number first, then the word of harm.
    fn spans(&self, hit: &Hit, prefix: usize) -> Vec<Quoted> {
        let mut spans = vec![self.window.tokens.quoted_without(&hit.run, prefix)];
        spans.extend(hit.trigger.iter().map(|run| self.window.tokens.quoted(run)));
        spans
    }

    /// "3 named children + their mother = 4": a total from its parts, where no total of all people is said.
    fn sum_of_parts(&mut self, incident: &Incident, harm: Harm, about: &ClaimId) {
        let mut best = Parts::default();
        let mut chains = BTreeSet::new();
        for at in &incident.scenes {
            for hit in self.scenes[*at].hits.iter().filter(|hit| hit.harm == harm) {
                if chains.insert(hit.chain) {
                    let parts = self.parts(&self.scenes[*at], hit.chain, harm);
                    if parts.number > best.number {
                        best = parts;
                    }
                }
            }
        }
        let only_a_class = best.runs.len() == 1 && best.people == 0;
        if best.number == 0 || only_a_class {
            return;
        }
        let spans: Vec<Quoted> = best.runs.iter().map(|run| self.window.tokens.quoted(run)).collect();
        let text = spans.iter().map(|said| said.quote.as_str()).collect::<Vec<_>>().join(" + ");
        let quantity = if best.vague {
            Quantity::AtLeast { n: best.number }
        } else {
            Quantity::Exact { n: best.number }
        };
        let total = Casualty {
            harm,
            class: Class::Total,
            status: None,
            role: None,
            count: Said { quantity, text },
            stands: Stands::Alone,
        };
        let manner = sijil_model::codebook::ModalityCode::Asserted;
        self.claim_with(
            spans.clone(),
            Content::Casualty(total.clone()),
            Some(about),
            "sum-of-parts",
            Basis::inferred("sum-of-parts"),
            manner,
            None,
        );
        if best.described && !best.vague {
            let civilian = Casualty { status: Some(Status::Civilian), ..total };
            self.claim_with(
                spans,
                Content::Casualty(civilian),
                Some(about),
                "civilian-by-description",
                Basis::inferred("civilian-by-description"),
                manner,
                None,
            );
        }
    }

    /// The people of one chain that can be added: names, kin, numbers that are not names again nor parts.
    fn parts(&self, scene: &Scene, chain: usize, harm: Harm) -> Parts {
        let mut parts = Parts { described: true, ..Parts::default() };
        let hits: Vec<&Hit> = scene
            .hits
            .iter()
            .filter(|hit| hit.chain == chain && hit.harm == harm && hit.stands != Stands::PartOf)
            .collect();
        for hit in &hits {
            match hit.who {
                Who::Name(_) => {
                    parts.number += 1;
                    parts.people += 1;
                    parts.described &= hit.apposed.is_some_and(|group| self.is_described(group));
                    parts.runs.push(hit.run.clone());
                }
                Who::Group(index) => {
                    let group = &self.window.groups[index];
                    let named = hits
                        .iter()
                        .any(|other| other.apposed == Some(index) && matches!(other.who, Who::Name(_)));
                    if named || !(group.counts() || group.kin.is_some()) {
                        continue;
                    }
                    parts.described &= self.is_described(index);
                    parts.people += usize::from(group.kin.is_some());
                    match number_of(group.said.quantity) {
                        Some(n) => parts.number += n,
                        None => {
                            parts.number += group.said.quantity.number().unwrap_or(2);
                            parts.vague = true;
                        }
                    }
                    parts.runs.push(hit.run.clone());
                }
            }
        }
        parts
    }

    /// Whether a group is of children, women or kin: people whom their description makes civilians.
    fn is_described(&self, group: usize) -> bool {
        let group = &self.window.groups[group];
        group.class.is_children() || group.kin.is_some() || group.status == Some(Status::Civilian)
    }
}

/// "bringing the number to 45", "the toll rose to 14", ارتفعت الحصيلة إلى.
fn rises(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    let from = hit.run.start.saturating_sub(12).max(scene.run.start);
    (from..hit.run.start).any(|at| {
        matches!(
            window.tokens.word(at),
            "bringing"
                | "brings"
                | "brought"
                | "rose"
                | "rises"
                | "risen"
                | "raising"
                | "climbed"
                | "updated"
                | "increased"
                | "rising"
                | "ارتفع"
                | "ارتفعت"
                | "وارتفع"
                | "وارتفعت"
                | "ليرتفع"
                | "لترتفع"
                | "ارتفاع"
        )
    })
}

/// "the strike killed three": told of the attack that was told before.
fn refers_back(window: &Window<'_>, scene: &Scene) -> bool {
    scene.run.clone().any(|at| {
        window
            .tags
            .find(at, |sense| matches!(sense, Sense::Means(_, MeansPart::Event) | Sense::Toll).then_some(()))
            .is_some_and(|(_, tag)| {
                tag.article || at > 0 && matches!(window.tokens.word(at - 1), "the" | "this" | "that")
            })
    })
}

/// Whether a number of all people shares its chain with another such number, so that each is a part:
/// "10 members of one family and nine of another".
fn shared_chain(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    let plain = |hit: &Hit| -> Option<Option<Status>> {
        let Who::Group(index) = hit.who else { return None };
        let group = &window.groups[index];
        let like = hit.like.map_or(group, |other| &window.groups[other]);
        let whole = like.class == Class::Total && number_of(group.said.quantity).is_some();
        (whole && (!group.other || hit.like.is_some()) && hit.stands == Stands::Alone).then_some(like.status)
    };
    let own = plain(hit);
    own.is_some()
        && scene.hits.iter().any(|other| {
            other.chain == hit.chain && other.run != hit.run && other.harm == hit.harm && plain(other) == own
        })
}
