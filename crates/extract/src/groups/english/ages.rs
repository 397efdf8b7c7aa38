//! Numbers that are ages, and count nobody: "(34)", "a boy of nine", "two men, 34 and 47,".

use sijil_model::codebook::Class;

use crate::groups::Group;
use crate::numbers;
use crate::people;
use crate::sense::{Number, Sense};
use crate::window::{Owner, Window};

/// "(34)" and ", 34," after a name are ages.
pub(super) fn is_age(window: &Window<'_>, at: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    // "his grandson, 12, was killed"
    let one = |sense: &Sense| match sense {
        Sense::Kin(kin) => kin.number == Number::Singular,
        Sense::People(people) => people.number == Number::Singular,
        _ => false,
    };
    let named = before > 0
        && (window.owner(before - 1) == Owner::Person
            || window.tags.is(before - 1, one)
            || window.tokens.is_mark(before - 1, ')')
            // "her mother-in-law, 66,"
            || window.tokens.word(before - 1) == "law"
            || window.tokens.is_capital(before - 1));
    // "(8)", "(8, from Masra)", and no "(3 men, 2 children)"
    let alone =
        window.tokens.mark(end).is_some() || matches!(window.tokens.word(end), "year" | "years" | "months");
    let bracket = window.tokens.is_mark(before, '(') && window.tokens.is_number(at) && alone;
    let closed =
        matches!(window.tokens.mark(end), Some(',' | '.' | ';' | ':')) || window.tokens.word(end) == "and";
    // "the driver, who was 17, died"
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let who_was = matches!(word(1), "was" | "is") && matches!(word(2), "who" | "he" | "she") && closed;
    bracket
        || who_was && window.tokens.is_number(at)
        || named && window.tokens.is_mark(before, ',') && window.tokens.is_number(at) && closed
}

/// "a boy of nine", "a girl of about 12": his age.
pub(super) fn is_of_one(window: &Window<'_>, at: usize) -> bool {
    let Some(of) = at.checked_sub(1).filter(|of| *of > 0 && window.tokens.word(*of) == "of") else {
        return false;
    };
    window.tags.is(of - 1, |sense| matches!(sense, Sense::People(people) if people.number == Number::Singular && people.class != Class::Total))
}

/// "aged between 2 and 9", "aged from 2 to 9": both ends are ages.
pub(super) fn is_end_of_ages(window: &Window<'_>, at: usize) -> bool {
    const LONGEST: usize = 4;
    let between = |at: &usize| {
        window.tokens.is_number(*at)
            || window.tags.number(*at).is_some()
            || matches!(window.tokens.word(*at), "between" | "and" | "from" | "to")
    };
    let mut before = (at.saturating_sub(LONGEST + 1)..at).rev().skip_while(between);
    before.next().is_some_and(|at| matches!(window.tokens.word(at), "aged" | "ages" | "age"))
        && at > 0
        && between(&(at - 1))
}

/// "two men, 34 and 47, were injured": as many numbers as people, right after them.
pub(super) fn is_one_of_their_ages(window: &Window<'_>, at: usize, before: &[Group]) -> bool {
    const OLDEST: u64 = 110;
    /// So many people have their ages told in one list.
    const MOST: u64 = 8;
    const LONGEST: usize = 24;
    let of_several = |group: &&Group| group.said.quantity.number().is_some_and(|n| (2..=MOST).contains(&n));
    let Some(group) =
        before.last().filter(of_several).filter(|group| window.tokens.is_mark(group.run.end, ','))
    else {
        return false;
    };
    let age = |at: usize| numbers::plain_digits(&window.tokens, at).is_some_and(|age| age <= OLDEST);
    let goes_on =
        |at: &usize| age(*at) || window.tokens.is_mark(*at, ',') || window.tokens.word(*at) == "and";
    let list = group.run.end..group.run.end + LONGEST;
    let end = list.take_while(goes_on).last().map_or(at, |last| last + 1);
    let ages = (group.run.end..end).filter(|at| age(*at)).count() as u64;
    at < end && ages > 1 && group.said.quantity.number() == Some(ages)
}

/// "Three brothers, aged 9, 11 and 13": people whose ages are all told, and all are of children.
pub(in crate::groups) fn class_by_ages(window: &Window<'_>, group: &mut Group) {
    const ADULT: u16 = 18;
    let unsaid = group.class == Class::Total && group.counted && group.status.is_none();
    let Some((ages, _)) = people::ages_in_turn(window, group.run.end).filter(|_| unsaid) else { return };
    let all = group.said.quantity.number() == u64::try_from(ages.len()).ok();
    if all && ages.iter().all(|age| *age < ADULT) {
        group.class = Class::Children;
    }
}
