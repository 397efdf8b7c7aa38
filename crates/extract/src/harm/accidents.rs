//! Deaths and injuries of an accident: on the road, at work, by fire or gas, in the water; of no violence, where the sentence
//! tells of no weapon and no attack.

use std::ops::Range;

use sijil_model::codebook::Harm;

use crate::sense::Sense;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Whether an accident is what harmed people, by what the sentence tells beside a word of harm.
pub(super) fn is_of_an_accident(window: &Window<'_>, said: &Range<usize>, sentence: &Range<usize>) -> bool {
    let of_fire_or_gas = || sentence.clone().any(|at| is_of_fire_or_gas(window, at));
    let violent = |at: usize| is_violent(window, at);
    let burst = |at: usize| matches!(window.tokens.word(at), "explosion" | "explosions" | "blast" | "انفجار");
    let on_the_road =
        sentence.clone().any(|at| is_of_the_road(window, at, sentence.start) || caves_in(window, at));
    let armed =
        || sentence.clone().any(|at| violent(at) && !burst(at) && !is_ruled_out(window, at, sentence.start));
    on_the_road && !sentence.clone().any(violent)
        || (of_fire_or_gas() || sentence.clone().any(|at| is_called_an_accident(window, at))) && !armed()
        || drowns(window, said)
}

fn is_violent(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Targeting))
}

/// "a road accident", «حادث سير», "when an overloaded bus overturned", "a lorry ran over two girls".
fn is_of_the_road(window: &Window<'_>, at: usize, start: usize) -> bool {
    const CRASH: usize = 4;
    let next = window.tokens.word(at + 1);
    let accident = match window.tokens.word(at) {
        "حادث" | "بحادث" | "حوادث" | "الحادث" => {
            matches!(next, "سير" | "السير" | "مروري" | "المروري" | "مروريه" | "تصادم" | "المرور")
        }
        "road" | "traffic" | "car" | "vehicle" | "highway" | "bus" | "train" => {
            matches!(next, "accident" | "accidents" | "collision" | "crash")
        }
        _ => false,
    };
    let before = || at.saturating_sub(CRASH).max(start)..at;
    let vehicle = |at: usize| window.tokens.is_on(Words::Vehicle, at);
    // An army's jeep may mean it.
    let runs_over =
        matches!((window.tokens.word(at), next), ("ran" | "run" | "running", "over") | ("knocked", "down"))
            && !before().any(|at| window.owner(at) == Owner::Actor);
    // «غرق قارب مهاجرين», «انقلاب حافلة»
    let sinks = matches!(
        window.tokens.word(at),
        "غرق"
            | "غرقت"
            | "وغرق"
            | "انقلاب"
            | "انقلب"
            | "انقلبت"
            | "تصادم"
            | "اصطدام"
            | "اصطدمت"
            | "تدهور"
            | "جنوح"
    ) && vehicle(at + 1);
    accident || sinks || (window.tokens.is_on(Words::Crashes, at) || runs_over) && before().any(vehicle)
}

/// "when a shaft collapsed", "the roof of a quarry caved in"; a house may fall of a bomb.
fn caves_in(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 3;
    let collapses =
        matches!(window.tokens.word(at), "collapsed" | "collapses" | "collapse" | "collapsing" | "caved");
    let works = |at: usize| {
        matches!(
            window.tokens.word(at),
            "shaft"
                | "shafts"
                | "scaffold"
                | "scaffolding"
                | "quarry"
                | "pit"
                | "crane"
                | "grandstand"
                | "goldmine"
        ) || matches!(window.tokens.word(at), "gold" | "coal") && window.tokens.word(at + 1) == "mine"
    };
    collapses && (at.saturating_sub(NEAR)..at + NEAR).any(works)
}

/// "a short circuit", "a gas leak", "a gas cylinder exploded", "a falling tree", «تماس كهربائي», «تسرب للغاز», «أسطوانة غاز».
fn is_of_fire_or_gas(window: &Window<'_>, at: usize) -> bool {
    let next = window.tokens.word(at + 1);
    match window.tokens.word(at) {
        "short" => matches!(next, "circuit" | "circuits"),
        "electrical" => matches!(next, "fault" | "short" | "failure"),
        "gas" => matches!(
            next,
            "leak" | "cylinder" | "canister" | "stove" | "heater" | "explosion" | "blast" | "bottle"
        ),
        "carbon" => next == "monoxide",
        "falling" | "fallen" => matches!(next, "tree" | "branch" | "rock" | "rocks" | "boulder"),
        "boiler" | "fireworks" => true,
        "تماس" | "ماس" | "التماس" | "عطل" => matches!(next, "كهربايي" | "الكهربايي"),
        "تسرب" | "بتسرب" => matches!(next, "غاز" | "الغاز" | "للغاز"),
        "اسطوانه" | "قاروره" | "جره" | "انبوبه" => matches!(next, "غاز" | "الغاز"),
        _ => false,
    }
}

/// "police said it was an accident", "the death was not suspicious", "ruled out an attack".
fn is_called_an_accident(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    matches!((word(0), word(1), word(2)), ("was" | "were" | "as", "an", "accident"))
        || matches!((word(0), word(1)), ("not", "suspicious") | ("foul", "play"))
        || word(0) == "ruled" && word(1) == "out"
}

/// "ruled out an attack": what is ruled out tells of no violence.
fn is_ruled_out(window: &Window<'_>, at: usize, start: usize) -> bool {
    const NEAR: usize = 4;
    (at.saturating_sub(NEAR).max(start)..at)
        .any(|at| window.tokens.word(at) == "ruled" && window.tokens.word(at + 1) == "out")
}

/// "A man drowned in the canal": where nothing near tells of violence.
fn drowns(window: &Window<'_>, said: &Range<usize>) -> bool {
    const NEAR: usize = 60;
    const AFTER: usize = 30;
    let around = said.start.saturating_sub(NEAR)..(said.end + AFTER).min(window.tokens.len());
    let harmed =
        |sense: &Sense| matches!(sense, Sense::Harm(Harm::Injured | Harm::Detained, _) | Sense::Conflict);
    matches!(window.tokens.word(said.start), "drowned" | "drown" | "drowning")
        && !around.clone().any(|at| is_violent(window, at))
        && !window.tags.any(around, harmed)
}
