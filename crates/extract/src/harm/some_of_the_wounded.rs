//! Deaths of some of those just told of as injured: "ten were wounded; two of them died", «أصيب شابان، توفي أحدهما»; of the one
//! whom a noun repeats, «أصيب رجل وامرأة وتوفيت المرأة»; and of the wounded by that noun, «توفي جريحان».
//!
//! The trap this avoids: who died of wounds is a part of nobody, and is told among the wounded too.

use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm};

use super::triggers::Trigger;
use super::{Hit, Who, number_of};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;

/// The rule of these hits.
const RULE: &str = "some-of-the-wounded";

/// Settles how the dead of a sentence stand to its wounded.
pub(super) fn settle(window: &Window<'_>, hits: &mut Vec<Hit>) {
    for at in 0..hits.len() {
        let dead = &hits[at];
        let Who::Group(index) = dead.who else { continue };
        let group = &window.groups[index];
        if dead.harm != Harm::Killed {
            continue;
        }
        let of_them = dead.stands == Stands::PartOf && is_of_them(window, group);
        if of_them || group.implied && follows_of_the_wounded(window, &hits[..at]) {
            some_of_them(window, hits, at);
        } else if !window.tokens.is_arabic(group.run.start) {
            continue;
        } else if dead.stands == Stands::PartOf && group.harm == Some(Harm::Injured) {
            let killed = |hit: &Hit| hit.harm == Harm::Killed && hit.stands == Stands::Alone;
            if !hits.iter().any(killed) {
                hits[at].stands = Stands::Alone;
                leaves_the_wounded(window, hits, at);
            }
        } else if dead.stands == Stands::Alone && is_known(window, group) {
            let wounded = hits[..at].iter().position(|hit| is_same_one(window, hit, group));
            if let Some(wounded) = wounded {
                hits[wounded].less = 1;
            }
        }
    }
    without_the_dead(window, hits);
}

/// «حُوّل 8 جرحى إلى المشفى، وتوفيت جريحة»: she was one of them.
fn leaves_the_wounded(window: &Window<'_>, hits: &mut [Hit], at: usize) {
    let (start, died) = (hits[at].run.start, of(window, &hits[at]));
    let told =
        |hit: &&mut Hit| hit.harm == Harm::Injured && hit.stands == Stands::Alone && hit.run.end <= start;
    if let (Some(wounded), Some(died)) = (hits.iter_mut().filter(told).last(), died) {
        leave(window, wounded, died);
    }
}

/// "Three of the 14 people wounded in the bombing died in hospital": the three are dead, and eleven wounded.
pub(super) fn of_them_who_died(window: &Window<'_>, triggers: &[Trigger], hits: &mut Vec<Hit>) {
    let dies = |from: usize| {
        let death = triggers.iter().find(|trigger| trigger.run.start > from)?;
        let clause = from..death.run.start;
        let own = !window.has_group(clause.clone()) && !clause.into_iter().any(|at| ends_subject(window, at));
        let died = death.harm == Harm::Killed && !death.negated && death.form != HarmForm::Active;
        (own && died).then(|| death.run.clone())
    };
    for at in 0..hits.len() {
        let part = &hits[at];
        let Who::Group(index) = part.who else { continue };
        if part.harm != Harm::Injured || !window.groups[index].part {
            continue;
        }
        let Some(wounded) = part.trigger.as_ref().map(|run| run.end).filter(|end| *end > part.run.end) else {
            continue;
        };
        let Some(death) = dies(wounded) else { continue };
        let died = of(window, part).unwrap_or(0);
        let inside = window.groups[index].run.end..wounded;
        hits.iter_mut()
            .filter(|hit| inside.contains(&hit.run.start))
            .for_each(|whole| leave(window, whole, died));
        let part = &mut hits[at];
        (part.harm, part.stands, part.rule, part.trigger) = (Harm::Killed, Stands::Alone, RULE, Some(death));
    }
    without_the_dead(window, hits);
}

/// Marks and words between a verb and one that has another subject.
fn ends_subject(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.mark(at), Some('.' | ';' | ':'))
        || matches!(window.tokens.word(at), "and" | "when" | "while" | "after" | "but")
}

/// "Ten were wounded. Two of them died": of the wounded of the sentence before, the dead are that many and no part of others.
pub(crate) fn died_of_them(window: &Window<'_>, before: &mut Vec<Hit>, hits: &mut [Hit]) {
    let Some(dead) = hits.first_mut().filter(|hit| hit.harm == Harm::Killed) else { return };
    let Who::Group(index) = dead.who else { return };
    let wounded = before.last_mut().filter(|hit| hit.harm == Harm::Injured && hit.stands == Stands::Alone);
    let (Some(wounded), true) = (wounded, is_of_them(window, &window.groups[index])) else { return };
    if dead.stands == Stands::PartOf || is_of_the_wounded(window, &window.groups[index]) {
        (dead.stands, dead.rule) = (Stands::Alone, RULE);
        leave(window, wounded, of(window, dead).unwrap_or(0));
        without_the_dead(window, before);
    }
}

/// "Of the 12 wounded, four have since died": whether the wounded told of last are those "of" whom the next are.
fn follows_of_the_wounded(window: &Window<'_>, before: &[Hit]) -> bool {
    let last = before.last().filter(|hit| hit.harm == Harm::Injured && hit.run.start > 0);
    last.is_some_and(|hit| {
        window.tokens.word(hit.run.start - 1) == "of" && window.opens_sentence(hit.run.start - 1)
    })
}

/// «اثنان منهم», «أحدهما», "two of them", "two of whom".
fn is_of_them(window: &Window<'_>, group: &Group) -> bool {
    const THEM: usize = 2;
    let them = |at: usize| matches!(window.tokens.word(at), "them" | "whom");
    let arabic = |at: usize| {
        let word = window.tokens.word(at);
        matches!(word, "منهم" | "منهما" | "منهن") || word.starts_with("احده") || word.starts_with("احداه")
    };
    let (start, end) = (group.run.start, group.run.end);
    let told = (start..end + THEM).any(them) || (start..end).any(arabic);
    group.part && (told || is_of_the_wounded(window, group))
}

/// "two of the wounded".
pub(super) fn is_of_the_wounded(window: &Window<'_>, group: &Group) -> bool {
    let wounded = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Injured, _));
    let of = (group.run.start..=group.run.end).find(|at| window.tokens.word(*at) == "of");
    of.is_some_and(|of| window.tokens.word(of + 1) == "the" && window.tags.is(of + 2, wounded))
}

/// Takes the dead at a position from the injured told of last, beside whom they are dead, and not a part of the killed.
fn some_of_them(window: &Window<'_>, hits: &mut [Hit], at: usize) {
    let Who::Group(index) = hits[at].who else { return };
    let Some(died) = number(&window.groups[index]) else { return };
    let (start, chain) = (hits[at].run.start, hits[at].chain);
    let told = |hit: &Hit| hit.run.end <= start && hit.chain != chain && hit.stands == Stands::Alone;
    let named = is_of_the_wounded(window, &window.groups[index]);
    let before = (0..hits.len())
        .filter(|at| told(&hits[*at]) && (!named || hits[*at].harm == Harm::Injured))
        .max_by_key(|at| hits[*at].run.start);
    // "abducted 30 villagers; the bodies of 12 of them have been found"
    if before.is_some_and(|last| matches!(hits[last].harm, Harm::Detained | Harm::Missing)) {
        hits[at].stands = Stands::Alone;
        return;
    }
    let Some(last) = before.filter(|last| hits[*last].harm == Harm::Injured) else { return };
    let killed = |hit: &Hit| told(hit) && hit.harm == Harm::Killed && matches!(hit.who, Who::Group(_));
    match hits.iter().find(|hit| killed(hit)).map(|hit| hit.chain) {
        Some(killed) => (hits[at].stands, hits[at].chain) = (Stands::Besides, killed),
        None => hits[at].stands = Stands::Alone,
    }
    // «أصيب تسعة جنود، توفي اثنان منهم»: soldiers too.
    if let Who::Group(wounded) = hits[last].who
        && window.groups[index].class == Class::Total
        && window.groups[wounded].class == Class::Total
    {
        hits[at].like = Some(hits[last].like.unwrap_or(wounded));
    }
    leave(window, &mut hits[last], died);
}

/// Takes some who died from the number of the wounded, where it has room for them.
fn leave(window: &Window<'_>, wounded: &mut Hit, died: u64) {
    if of(window, wounded) >= Some(wounded.less + died) {
        wounded.less += died;
    }
}

/// Leaves out the wounded all of whom died.
fn without_the_dead(window: &Window<'_>, hits: &mut Vec<Hit>) {
    hits.retain(|hit| hit.less == 0 || of(window, hit) > Some(hit.less));
}

/// The number of a group.
fn of(window: &Window<'_>, hit: &Hit) -> Option<u64> {
    match hit.who {
        Who::Group(index) => number(&window.groups[index]),
        Who::Name(_) => None,
    }
}

fn number(group: &Group) -> Option<u64> {
    number_of(group.said.quantity)
}

/// «المرأة»: one who was told of before.
fn is_known(window: &Window<'_>, group: &Group) -> bool {
    number(group) == Some(1) && group.kin.is_none() && window.tokens.word(group.run.start).starts_with("ال")
}

/// Whether an injured one before is who a noun with the article repeats.
fn is_same_one(window: &Window<'_>, hit: &Hit, known: &Group) -> bool {
    let Who::Group(index) = hit.who else { return false };
    let group = &window.groups[index];
    let told = |group: &Group| window.tokens.word(group.run.end - 1).trim_start_matches("ال").to_owned();
    hit.harm == Harm::Injured
        && hit.stands == Stands::Alone
        && number(group) == Some(1)
        && group.class == known.class
        && (group.class != Class::Total || told(group).ends_with(&told(known)))
}

/// Whether those whom the words call wounded stand right at a verb of dying.
pub(super) fn dies_of_wounds(window: &Window<'_>, hit: &Hit) -> bool {
    const DIES: [&str; 15] = [
        "وفاه",
        "موت",
        "استشهاد",
        "توفي",
        "توفيت",
        "توفيا",
        "توفوا",
        "مات",
        "ماتت",
        "ماتوا",
        "استشهد",
        "استشهدت",
        "استشهدوا",
        "قضي",
        "قضت",
    ];
    let Some(run) = hit.trigger.as_ref().filter(|run| window.tokens.is_arabic(run.start)) else {
        return false;
    };
    let word = window.tokens.word(run.start);
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let dies = [word, bare, bare.strip_prefix('ب').unwrap_or(bare)].iter().any(|word| DIES.contains(word));
    let finished = window.tokens.word(run.end - 1) == "علي";
    (dies || finished) && run.end == hit.run.start || super::dies_in_words(window, run.start, hit.run.end + 4)
}
