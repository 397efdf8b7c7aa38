//! Words that list some of the dead or the wounded: "those killed include", "among the dead were", "the dead are".

use std::ops::Range;

use crate::groups::Group;
use crate::window::{Owner, Window};

/// "those killed in the two raids include 14 children", "among the dead were 22 children", "the
/// youngest of the dead is a girl": where the words before the list end.
pub(super) fn lists_of_the_dead(window: &Window<'_>, run: &Range<usize>, end: usize) -> Option<usize> {
    const REACH: usize = 12;
    let word = |back: usize| run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let of_all = matches!(word(1), "those" | "the");
    let among = of_all && matches!(word(2), "among" | "amongst");
    let one = of_all && word(2) == "of" && matches!(word(3), "youngest" | "oldest" | "eldest" | "first");
    // "Among the injured in Nahran on Monday were a cameraman and his assistant."
    let only_where_and_when = |at: usize| {
        matches!(window.owner(at), Owner::Place | Owner::Time)
            || matches!(window.tokens.word(at), "in" | "on" | "at" | "near" | "the")
    };
    // "Among those injured in Nahran: Salim Warraq (51), both arms; …"
    let colon = (run.end..end.min(run.end + REACH)).find(|at| window.tokens.is_mark(*at, ':'));
    if let Some(colon) = colon.filter(|colon| among && (run.end..*colon).all(only_where_and_when)) {
        return Some(colon + 1);
    }
    if let Some(end) = are_counted(window, run, end).filter(|_| of_all) {
        return Some(end);
    }
    let goes_on = |at: &usize| window.tokens.is_word(*at) || window.tokens.is_mark(*at, '\'');
    (run.end..end.min(run.end + REACH)).take_while(goes_on).find_map(|at| {
        let lists = match window.tokens.word(at) {
            "include" | "includes" | "included" => of_all,
            "were" | "was" | "are" => (among || one) && (run.end..at).all(only_where_and_when),
            "is" => one && at == run.end,
            _ => false,
        };
        lists.then_some(at + 1)
    })
}

/// "the dead in the strike on the bakery are three bakers and a customer": where the words before people who are counted end.
fn are_counted(window: &Window<'_>, run: &Range<usize>, end: usize) -> Option<usize> {
    const REACH: usize = 12;
    let dead = matches!(window.tokens.word(run.start), "dead" | "killed" | "injured" | "wounded");
    let words = |at: &usize| window.tokens.is_word(*at) && (*at == run.start || !super::is_harm(window, *at));
    let verb = (run.end..end.min(run.end + REACH))
        .take_while(words)
        .find(|at| matches!(window.tokens.word(*at), "are" | "were" | "is" | "was"))?;
    let several = |group: &Group| {
        let first = window.tokens.word(group.run.start);
        (group.counted || matches!(first, "a" | "an") && group.counts())
            && window.tokens.word(group.run.end) != "of"
    };
    (dead && verb >= run.end && window.group_at(verb + 1).is_some_and(several)).then_some(verb + 1)
}

/// "among those killed were three children".
pub(super) fn among(window: &Window<'_>, run: &Range<usize>, sentence: &Range<usize>) -> bool {
    (1..=3)
        .filter_map(|back| run.start.checked_sub(back))
        .take_while(|at| *at >= sentence.start)
        // "They were among eight people killed": the eight are all.
        .any(|at| matches!(window.tokens.word(at), "among" | "amongst") && !window.has_group(at..run.start))
}
