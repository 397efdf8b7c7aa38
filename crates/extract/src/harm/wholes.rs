//! Parts told with their whole: "among the nine people killed were three children", "three of the nine killed were
//! children", «ثلاثة من القتلى التسعة أطفال».
//!
//! The trap this avoids: the part is taken for all who died, or the whole is lost as people who were told of before.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use super::some_of_the_wounded::is_of_the_wounded;
use super::{Hit, Item, Who};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// The rule of these hits.
const RULE: &str = "part-and-whole";

/// A whole that a sentence names beside a part of it.
struct Whole {
    group: usize,
    part: usize,
    /// The group whose class the part has: "three of the nine killed were children".
    class: Option<usize>,
    harm: Harm,
}

/// Puts wholes and their parts in the place of what else was read of them.
pub(super) fn settle(
    window: &Window<'_>,
    sentence: &Range<usize>,
    items: &[Item],
    hits: &mut Vec<Hit>,
    chains: &mut usize,
) {
    let groups: Vec<usize> = items
        .iter()
        .filter_map(|item| if let Who::Group(index) = item.who { Some(index) } else { None })
        .collect();
    let wholes: Vec<Whole> =
        groups.iter().filter_map(|group| whole(window, sentence, &groups, *group)).collect();
    for Whole { group, part, class, harm } in wholes {
        let replaced = |who: &Who| {
            [Some(group), Some(part), class].iter().flatten().any(|index| *who == Who::Group(*index))
        };
        hits.retain(|hit| !replaced(&hit.who));
        let alone =
            |index: usize| Hit::alone(Who::Group(index), &window.groups[index].run, harm, RULE, *chains);
        hits.push(alone(group));
        hits.push(Hit { stands: Stands::PartOf, like: class, ..alone(part) });
        *chains += 1;
    }
}

/// "Eleven men were killed, my cousin Rashid among them": who is named so is of those told of last.
pub(super) fn named_among_them(window: &Window<'_>, items: &[Item], hits: &mut Vec<Hit>) {
    let among_them = |item: &&Item| {
        let end = crate::people::after_age(window, item.run.end);
        matches!(item.who, Who::Name(_))
            && (window.tokens.word(end), window.tokens.word(end + 1)) == ("among", "them")
    };
    for item in items.iter().filter(among_them) {
        let several = |hit: &&Hit| hit.run.end <= item.run.start && matches!(hit.who, Who::Group(_));
        let whole = hits.iter().rfind(several).cloned();
        if let Some(whole) = whole.filter(|_| hits.iter().all(|hit| hit.who != item.who)) {
            let named = Hit { who: item.who, run: item.run.clone(), apposed: None, rule: RULE, ..whole };
            hits.push(Hit { stands: Stands::PartOf, like: None, less: 0, ..named });
        }
    }
}

/// "Three died of their wounds, bringing the toll to 12", «ليصبح عدد الشهداء 12»: those told of before a toll that grew to
/// hold them are of it.
pub(super) fn within_the_toll(window: &Window<'_>, hits: &mut [Hit]) {
    const REACH: usize = 8;
    let number = |hit: &Hit| match hit.who {
        Who::Group(index) => super::number_of(window.groups[index].said.quantity),
        Who::Name(_) => Some(1),
    };
    let tolls: Vec<(usize, Harm, u64)> = hits
        .iter()
        .filter(|hit| hit.stands == Stands::Alone && matches!(hit.who, Who::Group(_)))
        .filter_map(|hit| {
            let near = hit.run.start.saturating_sub(REACH)..hit.run.start;
            let grows = near.rev().find(|at| window.tokens.is_on(Words::Rises, *at))?;
            let told = window
                .tags
                .any(grows..hit.run.end, |sense| matches!(sense, Sense::Toll | Sense::TollInjured));
            Some((grows, hit.harm, number(hit)?)).filter(|_| told)
        })
        .collect();
    for (grows, harm, all) in tolls {
        let found = |hit: &Hit| is_found(window, hit.run.start) && number(hit).is_some_and(|n| n < all);
        let told_of = |hit: &Hit| hit.run.end <= grows || found(hit);
        let before = |hit: &Hit| told_of(hit) && hit.harm == harm && hit.stands == Stands::Alone;
        let told: u64 = hits.iter().filter(|hit| before(hit)).filter_map(number).sum();
        if told <= all {
            hits.iter_mut().filter(|hit| before(hit)).for_each(|hit| hit.stands = Stands::PartOf);
        }
    }
}

/// «بعد انتشال جثتين», «بعد وفاة اثنين», "after recovering two bodies": why a toll grew.
fn is_found(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 2;
    let after = |at: usize| at > 0 && matches!(window.tokens.word(at - 1), "بعد" | "اثر" | "عقب");
    (at.saturating_sub(NEAR)..at).any(|at| match window.tokens.word(at) {
        "انتشال" | "العثور" | "recovering" | "finding" => true,
        "وفاه" | "موت" | "استشهاد" | "ارتقاء" | "مفارقه" => after(at),
        _ => false,
    })
}

/// The whole that a group is, if it is one, with its part.
fn whole(window: &Window<'_>, sentence: &Range<usize>, groups: &[usize], index: usize) -> Option<Whole> {
    let group = &window.groups[index];
    let word = |at: usize| window.tokens.word(at);
    if window.tokens.is_arabic(group.run.start) {
        return arabic_whole(window, groups, index);
    }
    let before =
        group.run.start.checked_sub(1).filter(|at| *at >= sentence.start && word(*at + 1) == "the")?;
    let harm = group.harm.or_else(|| harm_of(window, group))?;
    if !group.counted {
        return None;
    }
    let others = || groups.iter().copied().filter(|other| *other != index);
    let told = copula(window, group.run.end, sentence.end);
    match word(before) {
        "among" | "amongst" => {
            let part = others()
                .find(|other| told.is_some_and(|told| window.groups[*other].run.start == told + 1))?;
            window.groups[part].counted.then_some(Whole { group: index, part, class: None, harm })
        }
        "of" => {
            let part = others().find(|other| window.groups[*other].run.end == before)?;
            let class =
                others().find(|other| told.is_some_and(|told| window.groups[*other].run.start == told + 1));
            class.is_some().then_some(Whole { group: index, part, class, harm })
        }
        _ => None,
    }
}

/// «ثلاثة من القتلى التسعة أطفال»: the nine, three of whom are children; «القتلى التسعة» alone are those told of before.
fn arabic_whole(window: &Window<'_>, groups: &[usize], index: usize) -> Option<Whole> {
    let group = &window.groups[index];
    let of = group.run.start.checked_sub(1).filter(|at| window.tokens.word(*at) == "من")?;
    let harm = group.harm.filter(|_| group.counted)?;
    let at = |test: &dyn Fn(&Range<usize>) -> bool| {
        groups.iter().copied().find(|other| test(&window.groups[*other].run))
    };
    let part = at(&|run| run.end == of)?;
    let they = usize::from(matches!(window.tokens.word(group.run.end), "هم" | "هن" | "كانوا" | "من"));
    let class = at(&|run| run.start == group.run.end + they);
    Some(Whole { group: index, part, class, harm })
}

/// What befell them, by the word after them: "the nine people killed", "the nine who died".
fn harm_of(window: &Window<'_>, group: &Group) -> Option<Harm> {
    const NEAR: usize = 3;
    let harm = |at: usize| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm @ (Harm::Killed | Harm::Injured), form) if !matches!(form, HarmForm::Lives) => {
                Some(*harm)
            }
            _ => None,
        })
    };
    (group.run.end..group.run.end + NEAR).find_map(harm).map(|(harm, _)| harm)
}

/// Where it is told who they were: "were", "are".
fn copula(window: &Window<'_>, from: usize, end: usize) -> Option<usize> {
    const REACH: usize = 14;
    (from..end.min(from + REACH)).take_while(|at| !matches!(window.tokens.mark(*at), Some(';' | ':'))).find(
        |at| {
            matches!(window.tokens.word(*at), "were" | "was" | "are" | "is")
                && window.group_at(at + 1).is_some()
        },
    )
}

/// «فتحوا النار على مزارعين، فقتلوا أحدهم», "Two of the wounded died": one of people of whom no others were harmed so is all of the harmed.
pub(super) fn one_alone(window: &Window<'_>, hits: &mut [Hit]) {
    let of_the_wounded = |hit: &Hit| match hit.who {
        Who::Group(index) => hit.harm == Harm::Killed && is_of_the_wounded(window, &window.groups[index]),
        Who::Name(_) => false,
    };
    let one_of_them = |hit: &Hit| {
        let of_them =
            of_the_wounded(hit) || matches!(window.tokens.word(hit.run.end - 1), "them" | "منهم" | "منهن");
        (of_them || hit.run.len() == 1 && window.tokens.is_arabic(hit.run.start))
            && hit.stands == Stands::PartOf
            && matches!(hit.who, Who::Group(index) if window.groups[index].part)
    };
    for at in 0..hits.len() {
        let alone = (0..hits.len()).all(|other| other == at || hits[other].harm != hits[at].harm);
        if alone && one_of_them(&hits[at]) {
            hits[at].stands = Stands::Alone;
        }
    }
}
