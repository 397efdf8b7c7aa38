//! Who is meant by a pronoun that a word of harm takes: "Soldiers stopped Pavel at a bridge. They shot him in the leg."
//!
//! Whoever was told of last and agrees in number and sex is meant; who has been told to be harmed already is not counted again. A
//! pronoun for nobody told of before is somebody, where nobody else is told to be harmed so: "“They killed him,” said his sister".

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::{Harm, Status};

use super::died_later::may_be;
use super::{Hit, Item, Who, items, number_of};
use crate::groups::Pronoun;
use crate::names::Name;
use crate::scenes::Scene;
use crate::sense::Sense;
use crate::window::Window;

/// The rule of somebody whom nothing but a pronoun counts.
const RULE: &str = "by-a-pronoun";

/// How many sentences before its own a pronoun may refer to.
const NEAR: usize = 2;

/// Puts whoever is meant in the place of every pronoun.
pub(crate) fn settle(window: &Window<'_>, scenes: &mut [Scene]) {
    count_the_teller_once(window, scenes);
    for at in 0..scenes.len() {
        while let Some((place, pronoun)) = first_pronoun(window, &scenes[at].hits) {
            let hit = scenes[at].hits.remove(place);
            let instead = instead(window, scenes, at, hit, pronoun);
            scenes[at].hits.splice(place..place, instead);
        }
    }
}

/// The hits in the place of one of a pronoun: of whoever is meant, of whom it is known by no more than its noun, or of nobody who
/// was not counted yet.
fn instead(window: &Window<'_>, scenes: &mut [Scene], at: usize, hit: Hit, pronoun: Pronoun) -> Vec<Hit> {
    // «قُتل خمسة ونُقلت جثثهم» tells of nobody new.
    let found = is_of_a_body(window, &hit);
    if found && has_dead(scenes, at) {
        return Vec::new();
    }
    let mut meant = meant(window, scenes, at, &hit, pronoun);
    if meant.is_empty() {
        meant = named_elsewhere(window, scenes, at, &hit, pronoun);
    }
    if meant.is_empty() {
        let somebody = pronoun != Pronoun::Several && !found && is_only_one(window, scenes, &hit);
        return if somebody { vec![Hit { rule: RULE, ..hit }] } else { Vec::new() };
    }
    if hit.harm == Harm::Killed {
        meant.iter().for_each(|item| die_of_their_wounds(scenes, &item.who));
        if is_another_dead(window, &scenes[..at]) {
            return Vec::new();
        }
    }
    let new = meant.into_iter().filter(|item| !is_known(scenes, &item.who));
    // "took out the driver and shot him": by the pronoun he is counted, by his noun he is known.
    let definite = |who: Who| matches!(who, Who::Group(index) if !window.groups[index].counts());
    new.map(|item| match definite(item.who) {
        true => Hit { rule: RULE, ..hit.clone() },
        false => Hit { who: item.who, run: item.run, ..hit.clone() },
    })
    .collect()
}

/// "Soldiers beat me and broke my wrist": who tells it is one.
fn count_the_teller_once(window: &Window<'_>, scenes: &mut [Scene]) {
    let mut told: Vec<Harm> = Vec::new();
    for scene in scenes {
        scene.hits.retain(|hit| {
            let speaks = matches!(hit.who, Who::Group(index) if window.groups[index].pronoun == Some(Pronoun::Speaker));
            let again = speaks && !window.tokens.is_arabic(hit.run.start) && told.contains(&hit.harm);
            if speaks {
                told.push(hit.harm);
            }
            !again
        });
    }
}

/// The first hit of a pronoun for somebody told of.
fn first_pronoun(window: &Window<'_>, hits: &[Hit]) -> Option<(usize, Pronoun)> {
    hits.iter().enumerate().filter(|(_, hit)| hit.rule != RULE).find_map(|(at, hit)| match hit.who {
        Who::Group(index) => {
            let pronoun = window.groups[index].pronoun.filter(|pronoun| *pronoun != Pronoun::Speaker)?;
            Some((at, pronoun))
        }
        Who::Name(_) => None,
    })
}

/// Makes those dead who are told to be injured, held or missing.
fn die_of_their_wounds(scenes: &mut [Scene], who: &Who) {
    let known = scenes.iter_mut().flat_map(|scene| &mut scene.hits).filter(|hit| hit.who == *who);
    known.for_each(|hit| hit.harm = Harm::Killed);
}

/// Whether one person has been told to be dead in the sentences before, whom a pronoun for one who died may mean.
fn is_another_dead(window: &Window<'_>, before: &[Scene]) -> bool {
    before.iter().flat_map(|scene| &scene.hits).any(|hit| hit.harm == Harm::Killed && is_one(window, hit.who))
}

fn is_one(window: &Window<'_>, who: Who) -> bool {
    match who {
        Who::Name(_) => true,
        Who::Group(index) => number_of(window.groups[index].said.quantity) == Some(1),
    }
}

fn is_known(scenes: &[Scene], who: &Who) -> bool {
    scenes.iter().flat_map(|scene| &scene.hits).any(|hit| hit.who == *who)
}

/// Whether nobody else is told to have been harmed as a pronoun without anybody before it says.
fn is_only_one(window: &Window<'_>, scenes: &[Scene], hit: &Hit) -> bool {
    !scenes
        .iter()
        .flat_map(|scene| &scene.hits)
        .any(|other| other.harm == hit.harm && is_one(window, other.who))
}

/// Whether a scene or the ones right before it tell of dead.
fn has_dead(scenes: &[Scene], at: usize) -> bool {
    let sentence = scenes[at].sentence;
    let mut near = scenes[..=at].iter().rev().take_while(|scene| scene.sentence + NEAR >= sentence);
    near.any(|scene| scene.hits.iter().any(|hit| hit.harm == Harm::Killed))
}

/// «جثته», «وجدوها ميتة»: whether a hit is of whose body was found.
fn is_of_a_body(window: &Window<'_>, hit: &Hit) -> bool {
    matches!(hit.who, Who::Group(index) if {
        let group = &window.groups[index];
        // «أنهت رصاصة حياته», «أدى إلى مقتله» tell of no body.
        let last = window.tokens.word(group.run.end - 1);
        let death = ["حيات", "مقتل", "استشهاد", "مصرع", "وفات"].iter().any(|noun| last.contains(noun));
        group.harm == Some(Harm::Killed) && group.pronoun.is_some() && !death
    })
}

/// The people whom a pronoun of a scene means: of its own sentence before it, else of the ones before.
fn meant(window: &Window<'_>, scenes: &[Scene], at: usize, hit: &Hit, kind: Pronoun) -> Vec<Item> {
    if !is_of_a_body(window, hit) {
        return nearest(window, scenes, at, &hit.run, kind, |_| true);
    }
    // «تسلم والده جثته»: whoever was told to be harmed, else whoever was told of by name.
    let own = |item: &Item| match item.who {
        Who::Name(_) => true,
        Who::Group(index) => kind == Pronoun::Several && window.groups[index].counts(),
    };
    let harmed = nearest(window, scenes, at, &hit.run, kind, |item| is_known(scenes, &item.who));
    if harmed.is_empty() { nearest(window, scenes, at, &hit.run, kind, own) } else { harmed }
}

/// Those of some people whom a pronoun of a scene may mean: of its own sentence before it, else of the ones before.
fn nearest(
    window: &Window<'_>,
    scenes: &[Scene],
    at: usize,
    pronoun: &Range<usize>,
    kind: Pronoun,
    of: impl Fn(&Item) -> bool,
) -> Vec<Item> {
    let sentence = scenes[at].sentence;
    let near = scenes[..=at].iter().rev().take_while(|scene| scene.sentence + NEAR >= sentence);
    for scene in near {
        let told = items(window, &scene.run).into_iter().filter(|item| item.run.end <= pronoun.start);
        let told: Vec<Item> = told.filter(|item| !is_pronoun(window, item) && of(item)).collect();
        let own = scene.run.contains(&pronoun.start);
        let found = agreeing(window, told, kind, own);
        if !found.is_empty() {
            return found.into_iter().map(|item| by_name(window, item)).collect();
        }
    }
    Vec::new()
}

/// The only one by name of whom a pronoun may be, where nobody of whom harm is told agrees: who tells of his own wound, "Huda Nasser
/// said … Her arm was amputated"; whose kin tell, "Relatives of Salim say he was tortured to death"; who is named after it, "He
/// was shot. His name was Salim".
fn named_elsewhere(window: &Window<'_>, scenes: &[Scene], at: usize, hit: &Hit, kind: Pronoun) -> Vec<Item> {
    let Pronoun::One(sex) = kind else { return Vec::new() };
    let sentence = scenes[at].sentence;
    let from = scenes[..=at].iter().rev().take_while(|scene| scene.sentence + NEAR >= sentence).last();
    let from = from.map_or(0, |scene| scene.run.start);
    let agrees = |name: &Name| name.sex.is_none_or(|own| own == sex);
    // Who speaks is alive.
    let says = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Says));
    let may_tell = |run: &Range<usize>| {
        hit.harm == Harm::Injured || !(says(run.end) || run.start > 0 && says(run.start - 1))
    };
    let first = window.names.partition_point(|name| name.run.start < from);
    let names = window.names.iter().enumerate().skip(first);
    let before = names.take_while(|(_, name)| name.run.end <= hit.run.start);
    let mut own = before.filter(|(_, name)| agrees(name) && may_tell(&name.run));
    let item = |at: usize, name: &Name| Item { who: Who::Name(at), run: name.run.clone() };
    match (own.next(), own.next()) {
        (Some((at, name)), None) => vec![item(at, name)],
        (None, _) => {
            let called = |name: &Name| {
                let word =
                    |back: usize| name.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
                matches!(word(1), "was" | "is") && word(2) == "name" && matches!(word(3), "his" | "her")
            };
            let mut named = window.names.iter().enumerate().filter(|(_, name)| called(name) && agrees(name));
            named.next().map(|(at, name)| vec![item(at, name)]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// "the car of Salim Warraq, an engineer, killing him": the name before the words for who its bearer is.
fn by_name(window: &Window<'_>, item: Item) -> Item {
    let comma = item.run.start.checked_sub(1).filter(|at| window.tokens.is_mark(*at, ','));
    let index = comma.and_then(|comma| window.names.iter().position(|name| name.run.end == comma));
    match index {
        Some(index) => Item { who: Who::Name(index), run: window.names[index].run.clone() },
        None => item,
    }
}

fn is_pronoun(window: &Window<'_>, item: &Item) -> bool {
    matches!(item.who, Who::Group(index) if window.groups[index].pronoun.is_some())
}

/// Those among people told of whom a pronoun may mean; `last` is whether the last of them is meant, and not the first.
fn agreeing(window: &Window<'_>, told: Vec<Item>, kind: Pronoun, last: bool) -> Vec<Item> {
    let harmless = |item: &Item| !matches!(item.who, Who::Group(index) if window.groups[index].status == Some(Status::Combatant));
    match kind {
        Pronoun::Speaker => Vec::new(),
        Pronoun::One(sex) => {
            let one: Vec<Item> = told
                .into_iter()
                .filter(|item| is_one(window, item.who) && may_be(window, item.who, sex))
                .collect();
            // "her father, Kemal Uzun": the name of whom the word before it is for.
            let named = |at: usize| {
                let next = one.get(at + 1).filter(|next| matches!(next.who, Who::Name(_)));
                next.is_some_and(|next| next.run.start <= one[at].run.end + 1)
            };
            let mut people = (0..one.len()).filter(|at| !named(*at)).map(|at| &one[at]);
            let civil: Vec<&Item> = people.clone().filter(|item| harmless(item)).collect();
            let chosen = match (civil.as_slice(), last) {
                ([], true) => people.next_back(),
                ([], false) => people.next(),
                (civil, true) => civil.last().copied(),
                (civil, false) => civil.first().copied(),
            };
            chosen.cloned().into_iter().collect()
        }
        Pronoun::Several => {
            let several = |item: &&Item| match item.who {
                Who::Group(index) => {
                    let quantity = window.groups[index].said.quantity;
                    quantity == Quantity::Plural
                        || quantity.number().is_some_and(|n| n > 1)
                        || quantity == Quantity::Dual
                }
                Who::Name(_) => false,
            };
            let group = told.iter().filter(several).rfind(|item| harmless(item)).cloned();
            let listed = |two: &[Item]| {
                let mut gap = two[0].run.end..two[1].run.start;
                gap.len() <= 2 && gap.any(|at| window.tokens.word(at) == "and")
            };
            let two = told.windows(2).rfind(|two| listed(two)).map(<[Item]>::to_vec);
            group.map(|group| vec![group]).or(two).unwrap_or_default()
        }
    }
}
