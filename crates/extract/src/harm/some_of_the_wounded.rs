//! Deaths of some of those just told of as injured: "ten were wounded; two of them died", «أصيب شابان، توفي أحدهما»; of the one
//! whom a noun repeats, «أصيب رجل وامرأة وتوفيت المرأة»; and of the wounded by that noun, «توفي جريحان».
//!
//! The trap this avoids: who died of wounds is a part of nobody, and is told among the wounded too.

use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm};

use super::{Hit, Who, number_of};
use crate::groups::Group;
use crate::window::Window;

/// Settles how the dead of a sentence stand to its wounded.
pub(super) fn settle(window: &Window<'_>, hits: &mut Vec<Hit>) {
    for at in 0..hits.len() {
        let dead = &hits[at];
        let Who::Group(index) = dead.who else { continue };
        let group = &window.groups[index];
        if dead.harm != Harm::Killed {
            continue;
        }
        if dead.stands == Stands::PartOf && is_of_them(window, group) {
            some_of_them(window, hits, at);
        } else if !window.tokens.is_arabic(group.run.start) {
            continue;
        } else if dead.stands == Stands::PartOf && group.harm == Some(Harm::Injured) {
            let killed = |hit: &Hit| hit.harm == Harm::Killed && hit.stands == Stands::Alone;
            if !hits.iter().any(killed) {
                hits[at].stands = Stands::Alone;
            }
        } else if dead.stands == Stands::Alone && is_known(window, group) {
            let wounded = hits[..at].iter().position(|hit| is_same_one(window, hit, group));
            if let Some(wounded) = wounded {
                hits[wounded].less = 1;
            }
        }
    }
    hits.retain(|hit| {
        hit.less == 0
            || matches!(hit.who, Who::Group(index) if number(&window.groups[index]) > Some(hit.less))
    });
}

/// «اثنان منهم», «أحدهما», "two of them", "two of whom".
pub(super) fn is_of_them(window: &Window<'_>, group: &Group) -> bool {
    const THEM: usize = 2;
    let them = |at: usize| matches!(window.tokens.word(at), "them" | "whom");
    let arabic = |at: usize| {
        let word = window.tokens.word(at);
        matches!(word, "منهم" | "منهما" | "منهن") || word.starts_with("احده") || word.starts_with("احداه")
    };
    let (start, end) = (group.run.start, group.run.end);
    group.part && ((start..end + THEM).any(them) || (start..end).any(arabic))
}

/// Takes the dead at a position from the injured told of last, beside whom they are dead, and not a part of the killed.
fn some_of_them(window: &Window<'_>, hits: &mut [Hit], at: usize) {
    let Who::Group(index) = hits[at].who else { return };
    let Some(died) = number(&window.groups[index]) else { return };
    let (start, chain) = (hits[at].run.start, hits[at].chain);
    let told = |hit: &Hit| hit.run.end <= start && hit.chain != chain && hit.stands == Stands::Alone;
    let before = (0..hits.len()).filter(|at| told(&hits[*at])).max_by_key(|at| hits[*at].run.start);
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
    let of_more = matches!(hits[last].who, Who::Group(index) if number(&window.groups[index]) >= Some(died));
    if of_more {
        hits[last].less += died;
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
    let dies = DIES.contains(&word) || word.strip_prefix(['و', 'ف']).is_some_and(|bare| DIES.contains(&bare));
    dies && run.end == hit.run.start || super::dies_in_words(window, run.start, hit.run.end + 4)
}
