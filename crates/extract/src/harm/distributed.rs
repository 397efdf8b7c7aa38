//! What became of each of a few people: "Police shot two students; one died and the other is in a coma", "Three farmers stepped on a
//! mine: two are dead and the third has lost a foot".
//!
//! The trap this avoids: each of them is counted beside the number that they are of, or only the first is counted.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use super::{Hit, Who, number_of};
use crate::groups::Group;
use crate::scenes::Scene;
use crate::window::Window;

/// Settles how those told of one by one stand to the number that they are of.
pub(crate) fn settle(window: &Window<'_>, scenes: &mut [Scene]) {
    for at in 0..scenes.len() {
        let Some(shares) = Shares::of(window, &scenes[at]) else { continue };
        let Some(whole) = whole(window, &scenes[..=at], &shares) else { continue };
        let own = |hit: &&mut Hit| hit.who == Who::Group(whole);
        let told = scenes[at.saturating_sub(1)..=at].iter_mut().flat_map(|scene| &mut scene.hits).find(own);
        let (harm, chain) = match told {
            Some(hit) => {
                if hit.harm == Harm::Injured {
                    hit.less += shares.of_harm(Harm::Killed);
                }
                (Some(hit.harm), hit.chain)
            }
            None => (None, shares.list[0].chain),
        };
        let mut seen: Vec<Harm> = Vec::new();
        for hit in scenes[at].hits.iter_mut().filter(|hit| shares.has(hit)) {
            (hit.like, hit.chain) = (Some(whole), chain);
            hit.stands = match harm {
                Some(harm) if harm == hit.harm => Stands::PartOf,
                Some(_) => Stands::Alone,
                None if seen.contains(&hit.harm) => Stands::Besides,
                None => Stands::Alone,
            };
            seen.push(hit.harm);
        }
        let all = window.groups[whole].said.quantity.number();
        scenes
            .iter_mut()
            .for_each(|scene| scene.hits.retain(|hit| hit.less == 0 || all.is_none_or(|all| all > hit.less)));
    }
}

/// One of a few people, or some of them.
struct Share {
    run: Range<usize>,
    harm: Harm,
    chain: usize,
    number: u64,
}

/// Those of a sentence who are told of by a number or a word for one more alone.
struct Shares {
    list: Vec<Share>,
    /// "the third": so many there must have been.
    least: u64,
}

impl Shares {
    /// The shares of a scene, where a word for one more tells that they are some.
    fn of(window: &Window<'_>, scene: &Scene) -> Option<Self> {
        if window.tokens.is_arabic(scene.run.start) {
            return None;
        }
        let rest = scene.run.clone().any(|at| is_the_other(window, at));
        let mut list: Vec<Share> = scene.hits.iter().filter_map(|hit| share(window, hit)).collect();
        // "Two shot at protest; one dead, the other stable": they come to the number told first.
        let after: u64 = list.iter().skip(1).map(|share| share.number).sum();
        if list.first().is_some_and(|first| first.number > 1 && first.number == after) {
            list.remove(0);
        }
        let least = scene.run.clone().map(|at| rank(window, at)).max().unwrap_or(0);
        (rest && !list.is_empty()).then_some(Shares { list, least })
    }

    fn has(&self, hit: &Hit) -> bool {
        self.list.iter().any(|share| share.run == hit.run)
    }

    fn of_harm(&self, harm: Harm) -> u64 {
        self.list.iter().filter(|share| share.harm == harm).map(|share| share.number).sum()
    }
}

/// Somebody by "one", "two", "the other", "the third".
fn share(window: &Window<'_>, hit: &Hit) -> Option<Share> {
    let Who::Group(index) = hit.who else { return None };
    let group = &window.groups[index];
    let number = number_of(group.said.quantity).filter(|_| group.implied && !group.part)?;
    Some(Share { run: hit.run.clone(), harm: hit.harm, chain: hit.chain, number })
}

/// "the other", "the third": a word for one of a few at a token.
pub(crate) fn is_the_other(window: &Window<'_>, at: usize) -> bool {
    window.tokens.word(at) == "the"
        && matches!(
            window.tokens.word(at + 1),
            "other" | "others" | "second" | "third" | "fourth" | "fifth" | "rest"
        )
}

/// "the third": the how many-th.
fn rank(window: &Window<'_>, at: usize) -> u64 {
    match window.tokens.word(at + 1) {
        _ if window.tokens.word(at) != "the" => 0,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        _ => 0,
    }
}

/// The number of people told before the first share who they all are of.
fn whole(window: &Window<'_>, scenes: &[Scene], shares: &Shares) -> Option<usize> {
    let first = shares.list.first()?.run.start;
    let all: u64 = shares.list.iter().map(|share| share.number).sum();
    let from = scenes.iter().rev().nth(1).or(scenes.last())?.run.start;
    let holds = |group: &&Group| {
        // "Two of his sons were wounded and the third was killed": one more than the two.
        let several = number_of(group.said.quantity).is_some_and(|n| n > 1 && n >= all && n >= shares.least);
        // "Two shot at protest; one dead, the other stable"
        let hit = scenes.iter().flat_map(|scene| &scene.hits).any(|hit| hit.run == group.run);
        several && (!group.implied || hit) && group.pronoun.is_none() && group.run.start >= from
    };
    let before = window.groups.partition_point(|group| group.run.start < first);
    (0..before)
        .rev()
        .take_while(|at| window.groups[*at].run.start >= from)
        .find(|at| holds(&&window.groups[*at]))
}
