//! What stands between people and only says who one of them is: a clause, or what somebody does or is to another.

use super::joints::Joint;
use super::{Hit, Who, is_harm, number_of};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// ", who taught the second grade,": a clause about whoever stands before it, that tells of no harm; where it ends.
pub(super) fn relative_clause(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    if !window.tokens.is_mark(at, ',') || window.tokens.word(at + 1) != "who" {
        return None;
    }
    let close = (at + 2..end).find(|at| window.tokens.is_mark(*at, ','))?;
    (!(at + 2..close).any(|at| is_harm(window, at))).then_some(close + 1)
}

/// "and her interpreter, Daud Rahimzai": by what somebody is known who is named right after it.
pub(super) fn by_what_they_are(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    // "and the guard of the clinic, Karim Warraq"
    let listed = window.tokens.word(at) == "the"
        && at > 0
        && matches!(window.tokens.word(at - 1), "and" | "of")
        && window.tokens.is_mark(end - 1, ',');
    let own = matches!(window.tokens.word(at), "his" | "her" | "their");
    if !(own || listed) || window.name_at(end).is_none() {
        return None;
    }
    let last = end - usize::from(window.tokens.is_mark(end - 1, ','));
    let noun = |at: usize| {
        window.tokens.is_word(at)
            && !window.tokens.is_capital(at)
            && (window.tokens.word(at) == "of" || !window.tokens.is_on(Words::EndsAPhrase, at))
            && !is_harm(window, at)
    };
    ((at + 1..=at + LONGEST).contains(&(last - 1)) && (at + 1..last).all(noun)).then_some(end)
}

/// "their cousin Salma, a nurse", "her husband, a farmer, was killed", "Mira Warraq, his wife, wounded": whether a word only says who the
/// one right before is.
pub(super) fn is_told_again(window: &Window<'_>, index: usize, joint: Option<Joint>, before: &[Hit]) -> bool {
    let group = &window.groups[index];
    let kin = |hit: &Hit| {
        // "her colleague Salma, 41, a driver"
        let one = |group: usize| number_of(window.groups[group].said.quantity) == Some(1);
        matches!(hit.who, Who::Name(_))
            && hit.apposed.is_some_and(one)
            && window.tokens.is_mark(hit.run.end, ',')
            && crate::people::after_age(window, hit.run.end) + 1 >= group.run.start
    };
    let one = matches!(joint, Some(Joint::And | Joint::Beside)) && number_of(group.said.quantity) == Some(1);
    // "Her husband, a farmer, was killed"
    let by_kin = |hit: &Hit| {
        let commas = window.tokens.is_mark(hit.run.end, ',')
            && hit.run.end + 1 == group.run.start
            && window.tokens.is_mark(group.run.end, ',');
        let article = matches!(window.tokens.word(group.run.start), "a" | "an");
        // "my neighbour, a nurse, was killed"
        let known = !matches!(window.tokens.word(hit.run.start), "a" | "an" | "one")
            && matches!(window.tokens.word(group.run.end + 1), "was" | "has" | "died");
        let one = |group: &Group| group.kin.is_some() || known && number_of(group.said.quantity) == Some(1);
        commas && article && matches!(hit.who, Who::Group(index) if one(&window.groups[index]))
    };
    // «رجل الدين سليم الوراق، إمام مسجد، قُتل»
    let bare = window.tokens.is_arabic(group.run.start) && !group.and;
    let set_off = window.tokens.is_mark(group.run.end, ',')
        && (bare || matches!(window.tokens.word(group.run.start), "a" | "an"));
    let named = (group.role.is_some() || set_off) && before.last().is_some_and(kin);
    // "Mira Warraq, his wife, wounded", "Mira Warraq, his wife, was wounded"
    let name = |hit: &Hit| {
        let commas = window.tokens.is_mark(hit.run.end, ',')
            && hit.run.end + 1 == group.run.start
            && window.tokens.is_mark(group.run.end, ',');
        let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past));
        let ends =
            window.tags.is(group.run.end + 1, harmed) || window.tokens.word(group.run.end + 1) == "was";
        // "2. Mira Warraq, 50, his wife - killed"
        let age = crate::people::after_age(window, hit.run.end);
        let item = matches!(window.tokens.mark(group.run.end), Some('-' | ':' | '('))
            && age + usize::from(window.tokens.is_mark(age, ',')) == group.run.start;
        matches!(hit.who, Who::Name(_)) && (commas && ends || item)
    };
    if one && group.kin.is_some() && before.last().is_some_and(name) {
        return true;
    }
    one && group.kin.is_none() && (named || before.last().is_some_and(by_kin))
}
