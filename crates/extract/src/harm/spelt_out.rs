//! A number, and then who they were: "five people were killed: three men and two women", "two children, a girl of 7 and a boy of 9,".
//!
//! The trap this avoids: the people are counted beside the number that is theirs.

use sijil_model::Quantity;
use sijil_model::claim::Stands;
use sijil_model::codebook::Class;

use super::{Hit, Item, Who, number_of};
use crate::groups::Group;
use crate::window::Window;

/// "Five people were killed: three men and two women", "killed 8 (3 children among them)": a number after a colon or in a bracket that
/// the number before it has room for.
pub(super) fn specifies(window: &Window<'_>, item: &Item, before: &[Hit]) -> bool {
    let mark = item.run.start.checked_sub(1).and_then(|at| window.tokens.mark(at));
    let several = |last: &&Hit| match last.who {
        Who::Group(index) => number_of(window.groups[index].said.quantity).is_none_or(|n| n > 1),
        Who::Name(_) => false,
    };
    let last = before.last().filter(several);
    let counted =
        last.is_some_and(|last| matches!(last.who, Who::Group(index) if window.groups[index].counted));
    matches!(mark, Some(':' | '('))
        && counted
        && matches!(item.who, Who::Group(_))
        && !exceeds_the_whole(window, item, before)
}

/// «ستة مدنيين، هم سليم الوراق وزوجته وثلاثة من جيرانهم», "six people: Salim, his wife and three neighbours": whoever is named
/// right after a number in such words is of it, and so is whoever follows.
pub(super) fn names_the_number(window: &Window<'_>, number: &Item, name: &Item) -> bool {
    let several = match number.who {
        Who::Group(index) => {
            let group = &window.groups[index];
            group.counted && group.said.quantity.number().is_some_and(|n| n > 1)
        }
        Who::Name(_) => false,
    };
    let mut gap = number.run.end..name.run.start;
    let spells_out = |at: usize| {
        window.tokens.is_mark(at, ':')
            || matches!(window.tokens.word(at), "هم" | "هما" | "هن" | "وهم" | "وهما" | "وهن")
    };
    several && matches!(name.who, Who::Name(_)) && gap.any(spells_out)
}

/// "21 members of the family, including 14 children, and up to 30 people": a number above its whole is no part of it.
pub(super) fn exceeds_the_whole(window: &Window<'_>, item: &Item, before: &[Hit]) -> bool {
    let number = |who: Who| match who {
        Who::Group(index) => window.groups[index].said.quantity.number(),
        Who::Name(_) => None,
    };
    let whole =
        before.iter().filter(|hit| hit.stands == Stands::Alone).filter_map(|hit| number(hit.who)).max();
    number(item.who).zip(whole).is_some_and(|(number, whole)| number > whole)
}

/// "Two children, a girl of 7 and a boy of 9, were killed": who is set off by commas and comes to the number before it is of it;
/// "two men, a woman and a child were killed" are four.
pub(super) fn spelt_out(window: &Window<'_>, hits: &mut [Hit]) {
    let group = |hit: &Hit| match hit.who {
        Who::Group(index) => Some(&window.groups[index]),
        Who::Name(_) => None,
    };
    let number = |hit: &Hit| group(hit).and_then(|group| number_of(group.said.quantity));
    let [whole, parts @ ..] = hits else { return };
    let (Some(all), Some(of)) = (number(whole), group(whole)) else { return };
    let holds = |part: &Group| {
        let children = of.class.is_children() && part.class.is_children();
        of.class == Class::Total || children || of.class == part.class
    };
    let closes = |end: usize| {
        let age = |at: &usize| {
            window.tags.number(*at).is_some() || matches!(window.tokens.word(*at), "of" | "aged")
        };
        let age = (end..end + 3).take_while(age).count();
        window.tokens.is_mark(end + age, ',')
            || window.tokens.is_mark(crate::people::after_age(window, end), ',')
    };
    let commas =
        window.tokens.is_mark(whole.run.end, ',') && parts.last().is_some_and(|last| closes(last.run.end));
    let held = parts.iter().all(|part| group(part).is_some_and(holds) && part.stands == Stands::Alone);
    let sum: Option<u64> = parts.iter().map(number).sum();
    // "a couple, their daughter and a neighbour" are four.
    let pair = of.said.quantity == Quantity::Dual;
    if all > 1 && !pair && commas && held && parts.len() > 1 && sum == Some(all) {
        parts.iter_mut().for_each(|part| part.stands = Stands::PartOf);
    }
}
