//! How the numbers of one incident that stand in different sentences stand to each other.
//!
//! The sentence that tells the event first, headline or lead, was written by somebody who knew the rest of the text: its
//! number is the floor. A smaller one told later is a part or an earlier count, a larger one another source's; a vague
//! word gives way to a number. Only where the lead says "up to" does a smaller number lower it.

use sijil_model::Quantity;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm, Status};

use super::Writer;
use super::casualties::Draft;
use super::growing::rises;
use crate::harm::{Hit, Who, number_of, vague_floor};
use crate::scenes::Scene;
use crate::sense::{MeansPart, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// How many times the lead's number another number of the same event may be.
pub(super) const FARTHEST: u64 = 4;

impl Writer<'_, '_> {
    /// Settles each harm apart.
    pub(super) fn settle(&self, drafts: &mut [Draft<'_>]) {
        for harm in [Harm::Killed, Harm::Injured, Harm::Missing, Harm::Detained, Harm::KilledOrInjured] {
            summed_up(self.window, drafts, harm);
            whole_after_all(drafts, harm);
            fewer_than_said(drafts, harm);
            self.settle_harm(drafts, harm);
        }
        settle_classes(drafts);
    }

    fn settle_harm(&self, drafts: &mut [Draft<'_>], harm: Harm) {
        let of = |draft: &Draft<'_>| {
            draft.casualty.harm == harm && draft.total && draft.casualty.stands == Stands::Alone
        };
        let Some(lead) = self.lead(drafts, harm) else { return };
        let said = drafts
            .iter()
            .any(|draft| draft.casualty.harm == harm && (draft.total || draft.shared) && is_number(draft));
        for at in 0..drafts.len() {
            let draft = &drafts[at];
            if !of(draft) {
                continue;
            }
            let alone = match &lead {
                _ if self.is_a_boast(draft)
                    && drafts.iter().any(|other| of(other) && !self.is_a_boast(other)) =>
                {
                    false
                }
                _ if self.is_of_others(drafts, at) || self.is_told_in_a_sum(drafts, at) => false,
                _ if is_only_one(drafts, at) => true,
                lead if !is_number(draft) => {
                    !said && !lead.is_number() || lead.number == 1 && tells_of_more(self.window, lead, draft)
                }
                _ if self.is_outgrown(drafts, at) => false,
                lead if draft.scene.sentence <= lead.sentence => true,
                Lead { number: 0, .. } => !self.is_risen_later(drafts, at),
                lead => self.stands_beside(lead, draft),
            };
            if !alone {
                drafts[at].casualty.stands = Stands::PartOf;
            }
        }
        all_civilians(drafts, harm);
        restated(drafts, harm);
    }

    /// What the first sentences that tell of a harm say: the headline, and the sentence after it.
    fn lead(&self, drafts: &[Draft<'_>], harm: Harm) -> Option<Lead> {
        let first = drafts.iter().find(|draft| draft.casualty.harm == harm)?.scene;
        let titled = !self.window.sentences[first.sentence].ended && first.sentence == 0;
        let opening = first.sentence + usize::from(titled);
        let first_count = || self.first_count(drafts, harm, opening).unwrap_or(opening);
        let sentence =
            if titled && is_told_again(drafts, harm, opening) { first.sentence } else { first_count() };
        let totals = || {
            drafts.iter().filter(move |draft| {
                draft.casualty.harm == harm
                    && draft.total
                    && draft.scene.sentence <= sentence
                    && is_number(draft)
            })
        };
        let number = totals().map(Draft::number).min();
        let statuses = totals().map(|draft| draft.casualty.status).collect();
        let at_most = totals().all(|draft| matches!(draft.casualty.count.quantity, Quantity::AtMost { .. }));
        // Names are in no draft.
        let named = first.hits.iter().filter(|hit| hit.harm == harm).map(|hit| (first, hit.chain));
        let told =
            drafts.iter().filter(|draft| draft.casualty.harm == harm && draft.scene.sentence <= sentence);
        let chains = named.chain(told.map(|draft| (draft.scene, draft.hit.chain)));
        // "Dozens of people were killed" is no number that others could be held against.
        let counted = chains
            .map(|(scene, chain)| self.parts(scene, chain, harm, false))
            .filter(|parts| !parts.is_vague());
        let parts = counted.map(|parts| parts.number).max();
        let one = parts == Some(1) && self.tells_of_one(first, harm);
        let statuses = if number.is_none() && one { self.statuses(first, harm) } else { statuses };
        Some(Lead {
            sentence,
            number: number.or(parts).unwrap_or(0),
            counted: number.is_some() || one,
            at_most,
            statuses,
        })
    }

    /// Where a text opens without a number, "Bombs kill civilians", the sentence in which its author first says one.
    fn first_count(&self, drafts: &[Draft<'_>], harm: Harm, opening: usize) -> Option<usize> {
        let mut of_harm = drafts.iter().filter(|draft| draft.casualty.harm == harm);
        let vague = of_harm
            .clone()
            .take_while(|draft| draft.scene.sentence <= opening)
            .all(|draft| draft.total && !is_number(draft));
        let counts = |draft: &&Draft<'_>| (draft.total || draft.shared) && is_number(draft);
        let first = of_harm.find(counts).filter(|_| vague)?;
        (!first.scene.reported).then_some(first.scene.sentence)
    }

    /// Whether a sentence counts a harm by one noun in the singular, «استشهد مدني», which Arabic says of exactly one.
    fn tells_of_one(&self, scene: &Scene, harm: Harm) -> bool {
        scene.hits.iter().filter(|hit| hit.harm == harm).all(|hit| match hit.who {
            Who::Group(index) => {
                self.window.groups[index].said.quantity == Quantity::Singular
                    && self.window.tokens.is_arabic(hit.run.start)
            }
            Who::Name(_) => hit.apposed.is_some(),
        })
    }

    /// The statuses of the people whom a sentence tells of.
    fn statuses(&self, scene: &Scene, harm: Harm) -> Vec<Option<Status>> {
        let hits = scene.hits.iter().filter(|hit| hit.harm == harm);
        hits.map(|hit| match hit.who {
            // "A woman was killed": no fighter, so that fighters told of later are others.
            Who::Group(index) if is_described(self.window.groups[index].class) => Some(Status::Civilian),
            Who::Group(index) => self.window.groups[index].status,
            Who::Name(_) => None,
        })
        .collect()
    }

    /// Whether a number after the lead is another count of the same people and no part of them.
    fn stands_beside(&self, lead: &Lead, draft: &Draft<'_>) -> bool {
        let n = draft.number();
        let comparable = |status: &Option<Status>| comparable(*status, draft.casualty.status);
        if lead.counted && !lead.statuses.iter().any(comparable) {
            return true;
        }
        let same = refers_back(self.window, draft.scene)
            || draft.scene.reported
            || rises(self.window, draft.scene, draft.hit);
        if n < lead.number {
            return lead.counted && lead.at_most && same && n * FARTHEST >= lead.number;
        }
        n == lead.number || same && (!lead.counted || n <= lead.number.saturating_mul(FARTHEST))
    }

    /// "Nine other civilians were killed", where another number of the event is greater: not all of them.
    fn is_of_others(&self, drafts: &[Draft<'_>], at: usize) -> bool {
        let one = &drafts[at];
        let harm = one.casualty.harm;
        let other = matches!(one.hit.who, Who::Group(index) if self.window.groups[index].other);
        let greater = |draft: &Draft<'_>| {
            draft.casualty.harm == harm
                && draft.hit.chain != one.hit.chain
                && self.parts(draft.scene, draft.hit.chain, harm, false).number > one.number()
        };
        // "three were killed and 15 others injured" is said of all the injured.
        harm == Harm::Killed && other && is_number(one) && drafts.iter().any(greater)
    }

    /// "Three medics and six children killed", then "… killed three medics": one of the numbers of the headline's sum.
    fn is_told_in_a_sum(&self, drafts: &[Draft<'_>], at: usize) -> bool {
        let one = &drafts[at];
        let harm = one.casualty.harm;
        let told = |draft: &Draft<'_>| {
            draft.shared
                && draft.casualty.harm == harm
                && draft.scene.sentence < one.scene.sentence
                && draft.number() == one.number()
                && comparable(draft.casualty.status, one.casualty.status)
                && self.parts(draft.scene, draft.hit.chain, harm, false).number > one.number()
        };
        is_number(one) && drafts.iter().any(told)
    }

    /// «زاعماً قتل 20 من المرتدين», "claimed to have killed 20": what a party says of its own attack is a position, and no
    /// evidence beside others' numbers.
    fn is_a_boast(&self, draft: &Draft<'_>) -> bool {
        const NEAR: usize = 5;
        let Some(trigger) = &draft.hit.trigger else { return false };
        let near = trigger.start.saturating_sub(NEAR).max(draft.scene.run.start)..trigger.start;
        let word = |at: usize| self.window.tokens.word(at);
        near.rev().take_while(|at| !matches!(self.window.tokens.mark(*at), Some(',' | '.' | ';'))).any(|at| {
            let own = self.window.tokens.is_arabic(at)
                || matches!((word(at + 1), word(at + 2)), ("to", "have") | ("it" | "they", "killed"))
                || word(at + 1) == "killing";
            self.window.tokens.is_on(Words::Boasts, at) && own
        })
    }
}

/// "Several civilians were killed", then "four people"; "eight civilians were killed", then another source's "14 people":
/// where nobody tells of combatants, numbers of the same event are of civilians as the first was.
fn all_civilians(drafts: &mut [Draft<'_>], harm: Harm) {
    let whole = |draft: &Draft<'_>| draft.total && draft.casualty.harm == harm;
    let first = drafts.iter().find(|draft| whole(draft)).filter(|first| {
        is_number(first) || first.casualty.stands == Stands::PartOf && first.hit.stands == Stands::Alone
    });
    let fighters =
        drafts.iter().any(|one| one.casualty.harm == harm && one.casualty.status == Some(Status::Combatant));
    if fighters || first.and_then(|first| first.casualty.status) != Some(Status::Civilian) {
        return;
    }
    let unsaid = |draft: &&mut Draft<'_>| whole(draft) && draft.casualty.status.is_none();
    drafts.iter_mut().filter(unsaid).for_each(|number| number.casualty.status = Some(Status::Civilian));
}

/// "Dozens were killed", then "three died on the way" and "at least 40 were killed": three are not those dozens.
fn fewer_than_said(drafts: &mut [Draft<'_>], harm: Harm) {
    let of_harm = |draft: &Draft<'_>| draft.casualty.harm == harm && draft.total;
    let Some(first) = drafts.iter().find(|draft| of_harm(draft)) else { return };
    let floor = vague_floor(first.casualty.count.quantity);
    for at in 0..drafts.len() {
        let status = drafts[at].casualty.status;
        let enough = |other: &Draft<'_>| {
            of_harm(other) && other.number() >= floor && comparable(other.casualty.status, status)
        };
        let few = is_number(&drafts[at]) && drafts[at].number() < floor;
        if few && of_harm(&drafts[at]) && drafts.iter().any(enough) {
            drafts[at].total = false;
            drafts[at].casualty.stands = Stands::PartOf;
        }
    }
}

/// Whether the number of a headline is told again after a smaller one in the sentence below it: "Raids kill 70", "… and killed
/// 34 …", "A total of 70 were killed".
fn is_told_again(drafts: &[Draft<'_>], harm: Harm, opening: usize) -> bool {
    let totals =
        || drafts.iter().filter(|draft| draft.total && draft.casualty.harm == harm && is_number(draft));
    let Some(head) = totals().find(|draft| draft.scene.sentence == 0) else { return false };
    let same = |draft: &Draft<'_>| draft.casualty.status == head.casualty.status;
    let smaller = |draft: &Draft<'_>| draft.scene.sentence == opening && draft.number() < head.number();
    let again = |draft: &Draft<'_>| draft.scene.sentence > opening && draft.number() == head.number();
    totals().any(|draft| same(draft) && smaller(draft)) && totals().any(|draft| same(draft) && again(draft))
}

/// «المجموع: 4 شهداء», "Total: 4 dead": the numbers of the lines before it are its parts.
fn summed_up(window: &Window<'_>, drafts: &mut [Draft<'_>], harm: Harm) {
    let whole = |draft: &Draft<'_>| {
        draft.total
            && draft.casualty.harm == harm
            && draft.casualty.stands == Stands::Alone
            && is_number(draft)
    };
    let sums = |draft: &&Draft<'_>| whole(draft) && window.tokens.is_on(Words::SumsUp, draft.scene.run.start);
    let Some((sentence, n)) = drafts.iter().rev().find(sums).map(|sum| (sum.scene.sentence, sum.number()))
    else {
        return;
    };
    let parts = drafts.iter_mut().filter(|draft| draft.scene.sentence < sentence);
    parts.filter(|draft| whole(draft) && draft.number() <= n).for_each(|draft| {
        (draft.total, draft.shared) = (false, true);
        draft.casualty.stands = Stands::PartOf;
    });
}

/// "16 civilians and three children were killed", then "16 civilians, including three children": the number of the others is
/// the number of all.
fn whole_after_all(drafts: &mut [Draft<'_>], harm: Harm) {
    for at in 0..drafts.len() {
        let one = &drafts[at];
        let (scene, chain, number) = (one.scene.sentence, one.hit.chain, one.number());
        let status = one.casualty.status;
        let is_told_whole = |other: &Draft<'_>| {
            let same = other.casualty.harm == harm && other.number() == number;
            same && other.total && is_number(other) && other.casualty.status == status
        };
        let candidate = one.shared && one.casualty.harm == harm && one.casualty.class == Class::Total;
        let told = |other: &Draft<'_>| {
            let parts =
                |part: &Draft<'_>| part.hit.chain == other.hit.chain && part.casualty.class != Class::Total;
            other.scene.sentence != scene && is_told_whole(other) && drafts.iter().any(parts)
        };
        if !(candidate && is_number(one) && drafts.iter().any(told)) {
            continue;
        }
        (drafts[at].total, drafts[at].shared) = (true, false);
        drafts[at].casualty.stands = Stands::Alone;
        let others = drafts
            .iter_mut()
            .filter(|other| other.hit.chain == chain && other.casualty.class != Class::Total);
        others.for_each(|part| part.casualty.stands = Stands::PartOf);
    }
}

/// "More than 80 civilians", "at least 80 civilians": the same number told twice, and the lower reading of it stands; "Strike
/// kills seven", "… killed at least seven people": the headline leaves out that it is the least.
fn restated(drafts: &mut [Draft<'_>], harm: Harm) {
    let whole = |draft: &Draft<'_>| {
        draft.total && draft.casualty.harm == harm && draft.casualty.stands == Stands::Alone
    };
    let is_more = |draft: &Draft<'_>| matches!(draft.casualty.count.quantity, Quantity::MoreThan { .. });
    for at in 0..drafts.len() {
        let one = &drafts[at];
        let again = |other: &Draft<'_>| {
            whole(other)
                && is_number(other)
                && !is_more(other)
                && other.number() == one.number()
                && other.casualty.status == one.casualty.status
        };
        let is_exact = matches!(one.casualty.count.quantity, Quantity::Exact { .. });
        let at_least = |other: &Draft<'_>| {
            again(other)
                && matches!(other.casualty.count.quantity, Quantity::AtLeast { .. })
                && other.scene.sentence == one.scene.sentence + 1
        };
        let headline = is_exact && one.scene.sentence == 0 && drafts.iter().any(at_least);
        if whole(one) && (is_more(one) && drafts.iter().any(again) || headline) {
            drafts[at].casualty.stands = Stands::PartOf;
        }
    }
}

/// "Dozens of children are dead", then "68 children": of one class a vague word gives way to a number too, and a number or
/// "a woman" to a number told before that is no smaller.
fn settle_classes(drafts: &mut [Draft<'_>]) {
    for at in 0..drafts.len() {
        let one = &drafts[at];
        let same = |other: &&Draft<'_>| {
            let two = &other.casualty;
            (two.harm, two.class) == (one.casualty.harm, one.casualty.class)
                && two.stands != Stands::Superseded
                && is_number(other)
        };
        let holds = |other: &Draft<'_>| match one.casualty.count.quantity.number() {
            Some(n) => other.scene.sentence < one.scene.sentence && other.number() >= n,
            None => number_of(other.casualty.count.quantity).is_none_or(|n| n > 1),
        };
        let of_class = one.casualty.class != Class::Total && one.casualty.stands == Stands::Alone;
        if of_class && drafts.iter().filter(same).any(holds) {
            drafts[at].casualty.stands = Stands::PartOf;
        }
    }
}

/// "A child was killed. Two fighters were killed too": children and women beside combatants are civilians, unless a
/// number of all people is said, in which they may be.
pub(super) fn beside_combatants(drafts: &mut [Draft<'_>]) {
    for at in 0..drafts.len() {
        let one = &drafts[at].casualty;
        if !is_described(one.class) || one.status.is_some() || one.stands != Stands::Alone {
            continue;
        }
        let mut totals =
            drafts.iter().filter(|other| other.total && other.casualty.harm == one.harm).peekable();
        if totals.peek().is_some() && totals.all(|other| other.casualty.status == Some(Status::Combatant)) {
            drafts[at].casualty.status = Some(Status::Civilian);
        }
    }
}

fn is_described(class: Class) -> bool {
    class.is_children() || class == Class::Women
}

/// Whether two numbers can be of the same people: civilians are no combatants.
fn comparable(one: Option<Status>, other: Option<Status>) -> bool {
    one == other || one.is_none() || other.is_none()
}

/// "A prisoner was killed", «قُتل راعٍ»: one person, and nobody else is told of.
fn is_only_one(drafts: &[Draft<'_>], at: usize) -> bool {
    let one = &drafts[at];
    let harm = one.casualty.harm;
    let Who::Group(index) = one.hit.who else { return false };
    let others = |hit: &&Hit| hit.harm == harm && hit.run != one.hit.run && hit.apposed != Some(index);
    one.casualty.count.quantity == Quantity::Singular
        && drafts.iter().filter(|draft| draft.casualty.harm == harm).count() == 1
        && !one.scene.hits.iter().any(|hit| others(&hit))
}

/// What the lead says of a harm.
struct Lead {
    /// The last sentence of it.
    sentence: usize,
    /// The number, or the sum of the people and parts it names; 0 where it says neither.
    number: u64,
    /// Whether it says a number of all people.
    counted: bool,
    /// Whether it says only an upper end.
    at_most: bool,
    /// Of whom it says numbers: civilians, combatants, or all.
    statuses: Vec<Option<Status>>,
}

impl Lead {
    fn is_number(&self) -> bool {
        self.number > 0
    }
}

/// "One person was killed", and another source tells of "martyrs": it counts more.
fn tells_of_more(window: &Window<'_>, lead: &Lead, draft: &Draft<'_>) -> bool {
    use Quantity::{Few, Many, Plural, Several};
    let several = matches!(draft.casualty.count.quantity, Plural | Few | Several | Many);
    let told =
        draft.scene.reported || draft.scene.run.clone().any(|at| window.tokens.is_on(Words::Tells, at));
    several && told && draft.scene.sentence > lead.sentence
}

/// Whether a number is said: "six", "at least one"; not "a child", "women", "dozens".
pub(super) fn is_number(draft: &Draft<'_>) -> bool {
    use Quantity::{About, AtLeast, AtMost, Between, Dual, Exact, LessThan, MoreThan};
    let said = matches!(
        draft.casualty.count.quantity,
        Exact { .. }
            | About { .. }
            | AtLeast { .. }
            | AtMost { .. }
            | MoreThan { .. }
            | LessThan { .. }
            | Between { .. }
            | Dual
    );
    said && draft.number() > 0
}

/// Parts of a number of civilians are civilians: a part of all people takes the status of the only whole there is.
pub(super) fn inherit(drafts: &mut [Draft<'_>]) {
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
