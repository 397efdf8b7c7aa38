//! Numbers that a text takes back: "We said that 12 people were killed. The correct number is 11.", «عدد القتلى سبعة لا تسعة».

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use crate::groups::Group;
use crate::harm::{Hit, Who, is_corrected};
use crate::scenes::Scene;
use crate::window::Window;
use crate::word_lists::Words;

/// How many scenes before a correction the number stands that it takes back.
const NEAR: usize = 4;
/// The rule of a number that a text puts in the place of another.
const RULE: &str = "corrected-number";

/// Puts the corrected number in the place of the one that was said before it.
pub(crate) fn settle(window: &Window<'_>, scenes: &mut [Scene], chains: &mut usize) {
    for at in 0..scenes.len() {
        withdraw(window, scenes, at);
        if let Some((harm, number)) = own_correction(window, &scenes[at]) {
            take_back(window, &mut scenes[at.saturating_sub(NEAR)..=at], harm, number);
        }
        let run = scenes[at].run.clone();
        let Some(words) = run.clone().find(|at| corrects(window, *at)) else { continue };
        let first = at.saturating_sub(NEAR);
        // "The army says three. In fact, 11 were killed" are two tolls: only what a text says that it said is taken back.
        let own_word = |at: usize| window.tokens.is_on(Words::OwnWord, at);
        let firm = window.tokens.word(words) != "fact";
        if !firm && !(scenes[first].run.start..words).any(own_word) {
            continue;
        }
        let after = |group: &Group| words < group.run.start && group.run.start < run.end;
        let number = |group: &Group| group.said.quantity.number().filter(|_| after(group));
        let right = window.groups.iter().enumerate().find_map(|(index, group)| Some((index, number(group)?)));
        let Some((right, n)) = right else { continue };
        let wrong = |hit: &Hit| match hit.who {
            Who::Group(index) => {
                let group = &window.groups[index];
                let whole = hit.stands == Stands::Alone && group.run.start < words && group.counted;
                let other =
                    group.class == window.groups[right].class && group.said.quantity.number() != Some(n);
                (whole && other).then_some((hit.harm, index))
            }
            Who::Name(_) => None,
        };
        let mut before = scenes[first..=at].iter().rev().flat_map(|scene| scene.hits.iter().rev());
        let Some((harm, taken_back)) = before.find_map(wrong) else { continue };
        take_back(window, &mut scenes[first..=at], harm, taken_back);
        if !scenes[at].hits.iter().any(|hit| hit.who == Who::Group(right)) {
            let run = &window.groups[right].run;
            let hit = Hit::alone(Who::Group(right), run, harm, RULE, *chains);
            scenes[at].hits.push(Hit { like: Some(taken_back), ..hit });
            *chains += 1;
        }
    }
}

/// "CORRECTION: On Monday we said that twelve were killed. The directorate says that ten were", "An earlier version of this story said
/// twelve were killed": the numbers of what a text says that it told wrongly, where another follows.
fn withdraw(window: &Window<'_>, scenes: &mut [Scene], at: usize) {
    let word = |at: usize| window.tokens.word(at);
    let run = scenes[at].run.clone();
    let labelled = matches!(word(0), "correction" | "corrected" | "تصحيح" | "تصويب");
    let own = run.clone().find(|at| {
        let we_said = matches!(word(*at), "we" | "قلنا" | "ذكرنا")
            && (window.tokens.is_arabic(*at)
                || matches!(word(at + 1), "said" | "reported" | "wrote" | "stated"));
        let version = word(*at) == "version" && matches!(word(at.saturating_sub(1)), "earlier" | "previous");
        labelled && we_said || version
    });
    let Some(own) = own else { return };
    let ends = (own..run.end).find(|at| window.tokens.is_mark(*at, ';')).unwrap_or(run.end);
    let last = (at + NEAR).min(scenes.len() - 1);
    let counted = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted);
    let told: Vec<Harm> = scenes[at..=last]
        .iter()
        .flat_map(|scene| &scene.hits)
        .filter(|hit| hit.run.start > ends && counted(hit))
        .map(|hit| hit.harm)
        .collect();
    for hit in &mut scenes[at].hits {
        if (own..ends).contains(&hit.run.start) && told.contains(&hit.harm) {
            hit.stands = Stands::Superseded;
        }
    }
}

/// "Seven were killed, not nine": the number that a sentence itself takes back beside another.
fn own_correction(window: &Window<'_>, scene: &Scene) -> Option<(Harm, usize)> {
    let counts = |stands: Stands| {
        scene.hits.iter().filter(move |hit| hit.stands == stands && matches!(hit.who, Who::Group(_)))
    };
    // "up from ten" may be of what another incident counts too.
    let mut taken_back = counts(Stands::Superseded).filter(|hit| is_corrected(window, hit.run.start));
    taken_back.find_map(|wrong| match wrong.who {
        Who::Group(index) if counts(Stands::Alone).any(|right| right.harm == wrong.harm) => {
            Some((wrong.harm, index))
        }
        _ => None,
    })
}

/// Marks what says the number that is taken back.
fn take_back(window: &Window<'_>, scenes: &mut [Scene], harm: Harm, number: usize) {
    let wrong = window.groups[number].said.quantity.number();
    let same = |hit: &Hit| match hit.who {
        Who::Group(index) => {
            let group = &window.groups[index];
            hit.harm == harm
                && group.class == window.groups[number].class
                && group.said.quantity.number() == wrong
        }
        Who::Name(_) => false,
    };
    for hit in scenes.iter_mut().flat_map(|scene| &mut scene.hits).filter(|hit| same(hit)) {
        hit.stands = Stands::Superseded;
    }
}

/// "the correct number is", "in fact", «والصحيح أن», «العدد الصحيح».
fn corrects(window: &Window<'_>, at: usize) -> bool {
    const REVISED: usize = 6;
    let word = |at: usize| window.tokens.word(at);
    let number = |at: usize| matches!(word(at), "number" | "figure" | "toll" | "count" | "total");
    match word(at) {
        "correct" | "right" | "actual" | "accurate" => number(at + 1),
        // "revised the figure down to eight"
        "revised" | "corrected" | "lowered" => (at + 1..at + REVISED)
            .any(|at| word(at) == "to" && window.group_at(at + 1).is_some_and(|group| group.counted)),
        "fact" => at > 0 && word(at - 1) == "in" && window.tokens.is_mark(at + 1, ','),
        _ => window.tokens.is_on(Words::Corrects, at),
    }
}
