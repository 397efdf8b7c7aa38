//! Numbers of a month or a year that is told without a day: what many attacks came to, or one of which nobody knows the day.

use sijil_model::codebook::{CountUnit, PlacePrecision};

use super::{Scene, tells_a_day};
use crate::harm::{Hit, Who};
use crate::numbers;
use crate::sense::{MeansPart, Sense};
use crate::times::Time;
use crate::window::Window;
use crate::word_lists::Words;

/// From how many on the dead of a year are of many attacks.
const MANY_IN_A_YEAR: u64 = 100;
/// From how many on the dead of a governorate in a month are of many attacks, where no attack is told.
const MANY_IN_A_MONTH: u64 = 10;

/// The rule by which a number is the total of a month or a year: "in 2029 more than 1,200 civilians were killed", "in May 44 were killed
/// in 17 air strikes", "61 journalists were killed worldwide in 2030"; not "a market was bombed in May and 44 people were killed".
pub(super) fn rule(window: &Window<'_>, scene: &Scene, hit: &Hit) -> Option<&'static str> {
    let Who::Group(index) = hit.who else { return None };
    let number = window.groups[index].said.quantity.number()?;
    let any = |test: fn(&Time) -> bool| scene.times.iter().any(|time| test(&window.times[*time]));
    let (year, month) = (any(Time::is_calendar_year), any(Time::is_month));
    if !(year || month) || tells_a_day(window, scene) || is_of_one_attack(window, scene) {
        return None;
    }
    let at_large = counts_attacks(window, scene)
        || scene.run.clone().any(|at| is_at_large(window, at))
        || number >= MANY_IN_A_MONTH && is_in_a_governorate(window, scene);
    match (year && number >= MANY_IN_A_YEAR, at_large) {
        (true, _) => Some("total-of-a-year"),
        (false, true) => Some("total-of-a-month"),
        (false, false) => None,
    }
}

/// "a massacre", "an air strike", "the bombing": one attack.
fn is_of_one_attack(window: &Window<'_>, scene: &Scene) -> bool {
    let attack = |sense: &Sense| {
        matches!(sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling) | Sense::Massacre)
    };
    scene.run.clone().any(|at| {
        let article = matches!(window.tokens.word(at), "a" | "an" | "the" | "one");
        let named = article
            && (at + 1..at + 4)
                .any(|at| window.tags.is(at, attack) && !window.tokens.word(at).ends_with('s'));
        named || window.tags.is(at, |sense| matches!(sense, Sense::Massacre))
    })
}

/// "in 17 air strikes", «في ست هجمات».
fn counts_attacks(window: &Window<'_>, scene: &Scene) -> bool {
    scene.run.clone().any(|at| {
        numbers::amount(&window.tokens, &window.tags, at).is_some_and(|amount| {
            let several = amount.said.quantity.number().is_some_and(|n| n > 1);
            several
                && window.tags.any(amount.run.end..amount.run.end + 2, |sense| {
                    matches!(sense, Sense::Unit(Some(CountUnit::Raids | CountUnit::Incidents)))
                })
        })
    })
}

/// "worldwide", "across the country", "a total of".
fn is_at_large(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    window.tokens.is_on(Words::AllOver, at)
        || matches!(word(0), "worldwide" | "nationwide" | "globally")
        || (word(0), word(1), word(2)) == ("a", "total", "of")
}

fn is_in_a_governorate(window: &Window<'_>, scene: &Scene) -> bool {
    !scene.places.is_empty()
        && scene.places.iter().all(|place| window.places[*place].kind == PlacePrecision::Governorate)
}
