//! Casualty claims of an incident: each number as said, and the sum of its parts where no total is said.

use std::collections::BTreeSet;
use std::ops::Range;

use sijil_model::claim::{Casualty, Stands};
use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Basis, ClaimId, Content, Quantity, Quoted, Said};

use super::shared::{
    is_beside_a_name, is_beside_a_number, is_kin_of_others, is_with_kin, is_with_others, shared_chain,
};
use super::{Writer, settle};
use crate::groups::{Pronoun, is_for_each};
use crate::harm::{DID_NOT_SURVIVE, Hit, Who, number_of};
use crate::incidents::Incident;
use crate::scenes::Scene;
use crate::sense::Sense;

/// The rule by which those who are told to have died later are no more among the injured.
const WITHOUT_THE_DEAD: &str = "without-the-dead";
/// The rule by which those who are told to have survived are not among the dead.
const WITHOUT_THE_SURVIVORS: &str = "without-the-survivors";
/// The rule by which a number said of each of several is multiplied.
const FOR_EACH: &str = "for-each-of-several";

/// A number of people without those of them who died.
fn without(said: &Said, less: u64) -> Said {
    let quantity = match number_of(said.quantity) {
        Some(n) if less > 0 => Quantity::Exact { n: n.saturating_sub(less) },
        _ => said.quantity,
    };
    Said { quantity, text: said.text.clone() }
}

/// The parts that a total can be added up from.
#[derive(Default)]
pub(super) struct Parts {
    runs: Vec<Range<usize>>,
    pub number: u64,
    /// Some part has no plain number, so that the sum is only a floor.
    vague: bool,
    /// Everybody in it is a child or somebody's kin.
    described: bool,
    /// Everybody in it is a combatant.
    fighting: bool,
    people: usize,
}

impl Parts {
    /// Whether nothing in it is a number: one group of dozens, of many.
    pub(super) fn is_vague(&self) -> bool {
        self.vague && self.people == 0 && self.runs.len() == 1
    }
}

/// A casualty claim before it is written.
pub(super) struct Draft<'s> {
    pub scene: &'s Scene,
    pub hit: &'s Hit,
    pub casualty: Casualty,
    prefix: usize,
    /// Whether it is the number of all people, shared by no other in its chain.
    pub total: bool,
    /// Whether it is one of several such numbers of its chain.
    pub shared: bool,
}

impl Draft<'_> {
    pub fn number(&self) -> u64 {
        self.casualty.count.quantity.number().unwrap_or(0)
    }

    /// A toll that may rise is a lower end.
    fn rise(&mut self) {
        if let Some(n) = number_of(self.casualty.count.quantity) {
            self.casualty.count.quantity = Quantity::AtLeast { n };
        }
    }
}

/// What else a telling says beside the parts of a total.
#[derive(Debug, Clone, Copy)]
struct Around {
    /// That the toll may rise.
    may_rise: bool,
    /// Other numbers, which might be taken for the total.
    has_others: bool,
    /// Those numbers count combatants only.
    of_combatants: bool,
}

impl Writer<'_, '_> {
    /// Writes the casualty claims of an incident.
    pub(super) fn casualties(&mut self, incident: &Incident, about: &ClaimId) {
        let scenes = self.scenes;
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for scene in incident.scenes.iter().map(|at| &scenes[*at]) {
            drafts.extend(scene.hits.iter().filter_map(|hit| self.draft(scene, hit)));
        }
        // What a text takes back settles nothing of what it stands by.
        let (taken_back, mut drafts): (Vec<_>, Vec<_>) =
            drafts.into_iter().partition(|draft| draft.hit.stands == Stands::Superseded);
        self.settle(&mut drafts);
        settle::inherit(&mut drafts);
        settle::beside_combatants(&mut drafts);
        let may_rise = self.may_rise(incident);
        if may_rise {
            drafts.iter_mut().filter(|draft| draft.total).for_each(|draft| draft.rise());
        }
        let stated: Vec<Harm> = drafts
            .iter()
            .filter(|draft| draft.total && draft.casualty.stands == Stands::Alone)
            .map(|draft| draft.casualty.harm)
            .collect();
        let mut demoted: Vec<(Harm, usize)> = Vec::new();
        let combatants = |harm: Harm| {
            let mut totals =
                drafts.iter().filter(|draft| draft.total && draft.casualty.harm == harm).peekable();
            totals.peek().is_some() && totals.all(|draft| draft.casualty.status == Some(Status::Combatant))
        };
        let of_combatants = [Harm::Killed, Harm::Injured].map(|harm| combatants(harm).then_some(harm));
        let of_civilians = |harm: Harm| {
            let mut totals =
                drafts.iter().filter(|draft| draft.total && draft.casualty.harm == harm).peekable();
            totals.peek().is_some() && totals.all(|draft| draft.casualty.status == Some(Status::Civilian))
        };
        let beside_civilians = [Harm::Killed, Harm::Injured].into_iter().filter(|harm| of_civilians(*harm));
        let beside_civilians: Vec<Harm> = beside_civilians.collect();
        for draft in taken_back.into_iter().chain(drafts) {
            if draft.total && draft.hit.stands == Stands::Alone && draft.casualty.stands == Stands::PartOf {
                demoted.push((draft.casualty.harm, draft.hit.chain));
            }
            let spans = self.spans(draft.hit, draft.prefix);
            let (modality, speaker) = self.manner(draft.scene);
            let basis = if draft.hit.rule == DID_NOT_SURVIVE {
                Basis::inferred(WITHOUT_THE_SURVIVORS)
            } else if draft.hit.less > 0 {
                Basis::inferred(WITHOUT_THE_DEAD)
            } else if is_for_each(self.window, &draft.hit.run) {
                Basis::inferred(FOR_EACH)
            } else {
                Basis::Stated
            };
            self.claim_with(
                spans,
                Content::Casualty(draft.casualty),
                Some(about),
                draft.hit.rule,
                basis,
                modality,
                speaker,
            );
        }
        self.nobody(incident, about);
        for harm in beside_civilians {
            self.sum_of_combatants(incident, harm, about);
        }
        for harm in [Harm::Killed, Harm::Injured, Harm::Missing, Harm::Detained] {
            let of_combatants = stated.contains(&harm) && of_combatants.contains(&Some(harm));
            if !stated.contains(&harm) || of_combatants {
                // A number that the lead has settled to be no total is none by another name either.
                let settled: BTreeSet<usize> =
                    demoted.iter().filter(|(of, _)| *of == harm).map(|(_, chain)| *chain).collect();
                let has_others = !settled.is_empty() || of_combatants;
                let around = Around { may_rise, has_others, of_combatants };
                self.sum_of_parts(incident, harm, around, settled, about);
            }
        }
    }

    /// «مقتل ستة مقاتلين وثلاثة جنود، كما قُتل مدنيان»: the fighters of one breath, beside civilians who are told of apart.
    fn sum_of_combatants(&mut self, incident: &Incident, harm: Harm, about: &ClaimId) {
        let mut chains = BTreeSet::new();
        let scenes = self.scenes;
        let hits =
            incident.scenes.iter().flat_map(|at| scenes[*at].hits.iter().map(move |hit| (*at, hit.chain)));
        for (at, chain) in hits.filter(|hit| chains.insert(*hit)) {
            let parts = self.parts(&scenes[at], chain, harm, false);
            if !parts.fighting || parts.vague || parts.people > 0 || parts.runs.len() < 2 {
                continue;
            }
            let quantity = Quantity::Exact { n: parts.number };
            self.sum(&parts.runs, (harm, quantity), Some(Status::Combatant), "sum-of-parts", about);
        }
    }

    /// Writes what parts come to.
    fn sum(
        &mut self,
        runs: &[Range<usize>],
        (harm, quantity): (Harm, Quantity),
        status: Option<Status>,
        rule: &'static str,
        about: &ClaimId,
    ) {
        let spans: Vec<Quoted> = runs.iter().map(|run| self.window.tokens.quoted(run)).collect();
        let text = spans.iter().map(|said| said.quote.as_str()).collect::<Vec<_>>().join(" + ");
        let content = Content::Casualty(Casualty {
            harm,
            class: Class::Total,
            status,
            role: None,
            count: Said { quantity, text },
            stands: Stands::Alone,
        });
        let manner = sijil_model::codebook::ModalityCode::Asserted;
        self.claim_with(spans, content, Some(about), rule, Basis::inferred(rule), manner, None);
    }

    /// "Nobody was hurt", of an attack that is told to have harmed nobody: none of what the words deny, with these words.
    fn nobody(&mut self, incident: &Incident, about: &ClaimId) {
        let scenes = self.scenes;
        let told = || incident.scenes.iter().map(|at| &scenes[*at]);
        if told().any(|scene| !scene.hits.is_empty()) {
            return;
        }
        let mut denied = told().filter_map(|scene| Some((scene, scene.unharmed.as_ref()?)));
        let Some((scene, unharmed)) = denied.find(|(_, said)| !said.harms.is_empty()) else { return };
        let said = self.window.tokens.quoted(&unharmed.run);
        let (modality, speaker) = self.manner(scene);
        for harm in unharmed.harms.iter().copied() {
            let none = Casualty {
                harm,
                class: Class::Total,
                status: None,
                role: None,
                count: Said { quantity: Quantity::Exact { n: 0 }, text: said.quote.clone() },
                stands: Stands::Alone,
            };
            let content = Content::Casualty(none);
            self.claim_with(
                vec![said.clone()],
                content,
                Some(about),
                "nobody-was-hurt",
                Basis::Stated,
                modality,
                speaker.clone(),
            );
        }
    }

    /// Whether the telling of an incident, or what follows it before other people are told of, says that its toll may
    /// rise.
    fn may_rise(&self, incident: &Incident) -> bool {
        const FOLLOWING: usize = 2;
        incident.scenes.iter().any(|at| {
            let silent =
                self.scenes[at + 1..].iter().take(FOLLOWING).take_while(|scene| scene.hits.is_empty());
            std::iter::once(&self.scenes[*at])
                .chain(silent)
                .any(|scene| scene.run.clone().any(|at| self.says_that_it_may_rise(at)))
        })
    }

    /// Whether a token says that a toll may rise; not «وكان المكتب قد أعلن، في حصيلة أولية»: that one has risen.
    fn says_that_it_may_rise(&self, at: usize) -> bool {
        const REACH: usize = 10;
        let word = |at: usize| self.window.tokens.word(at);
        let was = |back: &usize| matches!(word(*back), "كان" | "كانت" | "وكان" | "وكانت");
        let before = (at.saturating_sub(REACH)..at).rev();
        let earlier = before
            .take_while(|back| self.window.tokens.mark(*back) != Some('.'))
            .find(was)
            .is_some_and(|was| (was + 1..at).any(|at| word(at) == "قد"));
        self.window.tags.is(at, |sense| matches!(sense, Sense::MayRise)) && !earlier
    }

    fn draft<'s>(&self, scene: &'s Scene, hit: &'s Hit) -> Option<Draft<'s>> {
        let Who::Group(index) = hit.who else { return None };
        let group = &self.window.groups[index];
        let kin_person = group.kin.is_some() && number_of(group.said.quantity) == Some(1);
        if kin_person || !group.counts() || self.is_spelt_out(scene, index) {
            return None;
        }
        // «سليم واثنين من أبنائه»: sons beside somebody else of their chain are no total.
        let sons = self.window.tokens.is_arabic(hit.run.start)
            && group.kin.is_some()
            && scene.hits.iter().any(|other| other.chain == hit.chain && other.run != hit.run);
        let with_kin = is_with_kin(self.window, scene, hit, group);
        let shared = sons
            || with_kin
            || is_with_others(self.window, scene, hit, group)
            || is_beside_a_name(self.window, scene, hit, index)
            || shared_chain(self.window, scene, hit)
            || self.is_beside_own_kin(hit)
            || is_kin_of_others(self.window, scene, hit, index);
        let stands = match hit.stands {
            Stands::Alone if shared => Stands::PartOf,
            Stands::Besides if !is_beside_a_number(self.window, scene, hit) => Stands::PartOf,
            stands => stands,
        };
        let like = hit.like.map_or(group, |other| &self.window.groups[other]);
        let casualty = Casualty {
            harm: hit.harm,
            class: like.class,
            // What one of them was says nothing of how many were civilians.
            status: like.status.filter(|_| !with_kin),
            role: like.role,
            count: without(&group.said, hit.less),
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

    /// "Brothers Samir and Ghassan Haddad": people without a number, all of whom are named at once.
    fn is_spelt_out(&self, scene: &Scene, index: usize) -> bool {
        let named = |hit: &&Hit| hit.apposed == Some(index) && matches!(hit.who, Who::Name(_));
        let group = &self.window.groups[index];
        if group.said.quantity != Quantity::Plural || self.window.name_at(group.run.end).is_none() {
            return false;
        }
        let names: Vec<&Hit> = scene.hits.iter().filter(named).collect();
        let [.., before, last] = names.as_slice() else { return false };
        (before.run.end..last.run.start).any(|at| self.window.tokens.word(at) == "and")
    }

    /// The words of the number first, then the word of harm.
    fn spans(&self, hit: &Hit, prefix: usize) -> Vec<Quoted> {
        let mut spans = vec![self.window.tokens.quoted_without(&hit.run, prefix)];
        spans.extend(hit.trigger.iter().map(|run| self.window.tokens.quoted(run)));
        spans
    }

    /// "3 named children + their mother = 4": a total from its parts, where no total of all people is said.
    /// A number of one class is a total only where other numbers might be taken for it.
    fn sum_of_parts(
        &mut self,
        incident: &Incident,
        harm: Harm,
        around: Around,
        settled: BTreeSet<usize>,
        about: &ClaimId,
    ) {
        let mut best = Parts::default();
        let mut chains = settled;
        for at in &incident.scenes {
            let standing = |hit: &&Hit| hit.harm == harm && hit.stands != Stands::Superseded;
            for hit in self.scenes[*at].hits.iter().filter(standing) {
                if chains.insert(hit.chain) {
                    let parts = self.parts(&self.scenes[*at], hit.chain, harm, around.of_combatants);
                    if parts.number > best.number {
                        best = parts;
                    }
                }
            }
        }
        if let Some(told) = self.people_of_a_witness(incident, harm)
            && told.number > best.number
        {
            best = told;
        }
        let only_a_class = best.runs.len() == 1 && best.people == 0 && !around.has_others;
        // "A woman was killed. Two fighters were killed too": the sum is of the civilians among them.
        let civilians = around.of_combatants && best.people == 0 && !best.vague;
        if best.number == 0 || only_a_class || around.of_combatants && !civilians {
            return;
        }
        let quantity = if best.vague || around.may_rise {
            Quantity::AtLeast { n: best.number }
        } else {
            Quantity::Exact { n: best.number }
        };
        let status = civilians.then_some(Status::Civilian);
        self.sum(&best.runs, (harm, quantity), status, "sum-of-parts", about);
        if best.fighting {
            self.sum(&best.runs, (harm, quantity), Some(Status::Combatant), "sum-of-parts", about);
        } else if best.described && !best.vague && !civilians {
            self.sum(&best.runs, (harm, quantity), Some(Status::Civilian), "civilian-by-description", about);
        }
    }

    /// The people whom a witness tells of one by one, over all of his sentences: each by his name, or by whose kin he is.
    fn people_of_a_witness(&self, incident: &Incident, harm: Harm) -> Option<Parts> {
        let scenes = incident.scenes.iter().map(|at| &self.scenes[*at]);
        let hits: Vec<&Hit> = scenes
            .flat_map(|scene| &scene.hits)
            .filter(|hit| hit.harm == harm && (hit.stands != Stands::PartOf || self.is_own_kin(hit)))
            .collect();
        let own = |hit: &&Hit| match hit.who {
            Who::Name(_) => hit.apposed.is_some(),
            Who::Group(_) => self.is_own_kin(hit),
        };
        if self.window.testimony.is_none() && !hits.iter().all(own) {
            return None;
        }
        let mut told = Parts { described: true, ..Parts::default() };
        let mut known = BTreeSet::new();
        for hit in &hits {
            let named = |group: usize| {
                hits.iter().any(|other| other.apposed == Some(group) && matches!(other.who, Who::Name(_)))
            };
            let people = match hit.who {
                Who::Name(_) => 1,
                Who::Group(index) => {
                    let group = &self.window.groups[index];
                    let known = group.kin.is_some() || group.pronoun == Some(Pronoun::Speaker);
                    let several = number_of(group.said.quantity).filter(|n| *n == 1 || self.is_own_kin(hit));
                    several.filter(|_| known && !named(index)).unwrap_or(0)
                }
            };
            if people > 0 && known.insert(self.window.tokens.folded(&hit.run, 0)) {
                told.described &= matches!(hit.who, Who::Group(index) if self.is_described(index))
                    || hit.apposed.is_some_and(|group| self.is_described(group));
                told.number += people;
                told.people += 1;
                told.runs.push(hit.run.clone());
            }
        }
        Some(told)
    }

    /// "my two uncles", or who tells it.
    fn is_own_kin(&self, hit: &Hit) -> bool {
        let Who::Group(index) = hit.who else { return false };
        let group = &self.window.groups[index];
        let mine = matches!(self.window.tokens.word(hit.run.start), "my" | "our");
        mine && group.kin.is_some() || group.pronoun == Some(Pronoun::Speaker)
    }

    /// "They killed my father. Then they killed my two uncles": kin told of beside other kin of who tells it.
    fn is_beside_own_kin(&self, hit: &Hit) -> bool {
        let other =
            |other: &&Hit| other.harm == hit.harm && other.chain != hit.chain && self.is_own_kin(other);
        self.is_own_kin(hit) && self.scenes.iter().flat_map(|scene| &scene.hits).any(|hit| other(&hit))
    }

    fn is_of_combatants(&self, hit: &Hit) -> bool {
        matches!(hit.who, Who::Group(index) if self.window.groups[index].status == Some(Status::Combatant))
    }

    /// The people of one chain that can be added: names, kin, numbers that are not names again nor parts; if asked, without
    /// combatants.
    pub(super) fn parts(&self, scene: &Scene, chain: usize, harm: Harm, civilians: bool) -> Parts {
        let mut parts = Parts { described: true, fighting: true, ..Parts::default() };
        let hits: Vec<&Hit> = scene
            .hits
            .iter()
            .filter(|hit| hit.chain == chain && hit.harm == harm && hit.stands != Stands::PartOf)
            .filter(|hit| !(civilians && self.is_of_combatants(hit)))
            .collect();
        for hit in &hits {
            match hit.who {
                Who::Name(_) => {
                    parts.number += 1;
                    parts.people += 1;
                    parts.fighting = false;
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
                    parts.fighting &= self.is_of_combatants(hit);
                    parts.people += usize::from(group.kin.is_some());
                    match number_of(group.said.quantity) {
                        Some(n) => parts.number += n.saturating_sub(hit.less),
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
