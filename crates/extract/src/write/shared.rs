//! Numbers that share their chain with other people, so that none of them is the number of all: "Salim Haddad and his two
//! sons", "a couple and their baby", "22 children and six teachers".

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Status};

use crate::groups::Group;
use crate::harm::{Hit, Who, number_of};
use crate::scenes::Scene;
use crate::sense::{Link, Number};
use crate::window::Window;

/// «معلم واثنان من أبنائه»: one person beside a number of kin is no number of all.
pub(super) fn is_with_kin(window: &Window<'_>, scene: &Scene, hit: &Hit, group: &Group) -> bool {
    // «معلم واثنان من أبنائه», «مزارع وزوجته»
    let kin = |other: &Hit| match other.who {
        Who::Group(index) => {
            let kin = &window.groups[index];
            let one = other.apposed.is_none() && number_of(kin.said.quantity).is_some();
            // «الطبيب سليم الوراق وطفلاه»: a dual counts as a number does.
            let counted = kin.counted || kin.said.quantity == Quantity::Dual && other.run.start > hit.run.end;
            kin.kin.is_some() && (counted || one && is_added(window, scene, &hit.run, &other.run))
        }
        Who::Name(_) => false,
    };
    // "A couple and their baby": three.
    let couple = group.said.quantity == Quantity::Dual && group.class == Class::Total;
    // «شخصان هما سليم وابنه»: he is one of the two.
    let of_them = |other: &Hit| {
        let kin = matches!(other.who, Who::Group(index) if window.groups[index].kin.is_some());
        kin && other.stands == Stands::Alone
    };
    let one = number_of(group.said.quantity) == Some(1);
    // "Three brothers were killed together with their grandmother": four.
    let with_one = |other: &Hit| {
        let kin = matches!(other.who, Who::Group(index) if is_one_of_kin(&window.groups[index]));
        let gap = hit.run.end..other.run.start;
        let with = |at: usize| crate::harm::is_link(window, at, Link::AlongWith);
        kin && group.class == Class::Total
            && gap.clone().any(with)
            && !scene.hits.iter().any(|hit| gap.contains(&hit.run.start))
    };
    // "her mother and two sisters", "a headmaster and his wife"
    let beside_one = |other: &Hit| {
        let kin = matches!(other.who, Who::Group(index) if is_one_of_kin(&window.groups[index]));
        // «ثلاث شقيقات وأخوهن»
        let arabic = window.tokens.is_arabic(other.run.start) && group.counted;
        let told = other.run.end < hit.run.start || one || arabic;
        kin && told && group.class == Class::Total && is_added(window, scene, &other.run, &hit.run)
    };
    // «سليم الوراق واثنان من أولاده وشخص رابع»
    let after_kin =
        |other: &Hit| one && group.and && kin(other) && is_added(window, scene, &other.run, &hit.run);
    if group.kin.is_none() && beside(scene, hit).any(|other| beside_one(other) || after_kin(other)) {
        return true;
    }
    group.kin.is_none()
        && beside(scene, hit)
            .filter(|other| other.run.start > hit.run.start)
            .any(|other| one && kin(other) || couple && of_them(other) || with_one(other))
}

fn is_one_of_kin(group: &Group) -> bool {
    group.kin.as_ref().is_some_and(|kin| kin.number == Number::Singular)
}

/// "A commander and five of his men": one person beside others is no number of all.
pub(super) fn is_with_others(window: &Window<'_>, scene: &Scene, hit: &Hit, group: &Group) -> bool {
    // "A teacher was killed, and two women were killed in the next town"
    let others = |other: &Hit| matches!(other.who, Who::Group(index) if window.groups[index].other || other.stands == Stands::Besides);
    number_of(group.said.quantity) == Some(1)
        && beside(scene, hit).any(|other| other.run.start > hit.run.start && others(other))
}

/// "Salim Haddad and three patients": whoever is named first is besides them.
pub(super) fn is_beside_a_name(window: &Window<'_>, scene: &Scene, hit: &Hit, index: usize) -> bool {
    let group = &window.groups[index];
    let named = |other: &Hit| {
        matches!(other.who, Who::Name(_))
            && other.stands == Stands::Alone
            && other.apposed != Some(index)
            // "Nahran Daily At least 45 civilians" is a page's head.
            && (other.run.end < hit.run.start || group.and)
            && is_added(window, scene, &other.run, &hit.run)
    };
    group.counted && group.class == Class::Total && beside(scene, hit).any(named)
}

/// "Ten people and two others": a number of people stands beside the others; "Salim Haddad and two others" are parts.
pub(super) fn is_beside_a_number(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    beside(scene, hit).any(|other| match other.who {
        Who::Group(index) => {
            let group = &window.groups[index];
            let several = number_of(group.said.quantity) != Some(1);
            let whole = group.class == Class::Total && group.kin.is_none();
            other.stands == Stands::Alone && whole && several && !shared_chain(window, scene, other)
        }
        Who::Name(_) => false,
    })
}

/// The other people of a chain who suffered the same.
fn beside<'s>(scene: &'s Scene, hit: &'s Hit) -> impl Iterator<Item = &'s Hit> {
    let same = |other: &&Hit| other.chain == hit.chain && other.harm == hit.harm && other.run != hit.run;
    scene.hits.iter().filter(same)
}

/// "Salim Haddad and his two sons": a number of somebody's kin beside others is no number of all.
pub(super) fn is_kin_of_others(window: &Window<'_>, scene: &Scene, hit: &Hit, index: usize) -> bool {
    window.groups[index].kin.is_some()
        && hit.apposed.is_none()
        && beside(scene, hit).any(|other| other.stands == Stands::Alone && other.apposed != Some(index))
}

/// Whether a number of all people shares its chain with another number, so that each is a part: "10 members of one family
/// and nine of another", "some 120 soldiers and 60 mercenaries", "22 children and six teachers".
pub(super) fn shared_chain(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    let counted = |hit: &Hit| -> Option<(Class, Option<Status>)> {
        let Who::Group(index) = hit.who else { return None };
        let group = &window.groups[index];
        let like = hit.like.map_or(group, |other| &window.groups[other]);
        let at_most = matches!(group.said.quantity, Quantity::AtMost { .. });
        let counted = group.said.quantity.number().is_some() && !at_most && group.kin.is_none();
        let own = !group.other || hit.like.is_some();
        (counted && own && hit.stands == Stands::Alone).then_some((like.class, like.status))
    };
    let Some((Class::Total, own)) = counted(hit) else { return false };
    beside(scene, hit).any(|other| {
        counted(other).is_some_and(|(class, status)| {
            class == Class::Total && status == own || is_added(window, scene, &hit.run, &other.run)
        })
    })
}

/// Whether "and" or the like joins two groups that stand beside each other: a number after a comma may say who those before
/// were.
fn is_added(window: &Window<'_>, scene: &Scene, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let mut gap = first.end..second.start;
    let and = window.group_at(second.start).is_some_and(|group| group.and);
    let joins =
        |at: usize| window.tokens.word(at) == "and" || crate::harm::is_link(window, at, Link::AlongWith);
    // "a teacher, two pupils and a cleaner": no number that those after the comma could be parts of.
    let number =
        |run: &Range<usize>| window.group_at(run.start).and_then(|group| number_of(group.said.quantity));
    let fewer = number(first).zip(number(second)).is_some_and(|(first, second)| first < second || first == 1);
    let listed = fewer
        && gap.len() == 1
        && window.tokens.is_mark(gap.start, ',')
        && matches!(window.tokens.word(second.end), "and" | "or");
    // "22 children 6 teachers killed": a headline without its comma.
    let run_on = gap.is_empty() && !window.tokens.is_arabic(second.start);
    !scene.hits.iter().any(|hit| gap.contains(&hit.run.start)) && (and || run_on || listed || gap.any(joins))
}
