//! Injuries that follow from a beating, of whoever was beaten: «اعتدى مستوطنون بالضرب على مسن، ما تسبب بكسور في يده».

use std::ops::Range;

use sijil_model::codebook::{Harm, Status};

use super::{Hit, Item, Who};
use crate::window::Window;
use crate::word_lists::Words;

/// The rule of these hits.
const RULE: &str = "beaten";

/// Gives the injuries of a sentence that tells of no other harm to whom it tells of last before them.
pub(super) fn settle(
    window: &Window<'_>,
    sentence: &Range<usize>,
    items: &[Item],
    hits: &mut Vec<Hit>,
    chains: &mut usize,
) {
    let Some(injury) = hits.is_empty().then(|| injury(window, sentence)).flatten() else { return };
    let fights = |item: &Item| matches!(item.who, Who::Group(index) if window.groups[index].status == Some(Status::Combatant));
    let last = items.iter().rev().find(|item| item.run.end <= injury && !fights(item));
    if let Some(item) = last {
        let hit = Hit::alone(item.who, &item.run, Harm::Injured, RULE, *chains);
        hits.push(Hit { trigger: Some(injury..injury + 1), ..hit });
        *chains += 1;
    }
}

/// Where an injury is told after a beating.
fn injury(window: &Window<'_>, sentence: &Range<usize>) -> Option<usize> {
    let is_on = |list: Words, at: usize| {
        let word = window.tokens.word(at);
        list.has(word) || list.has(word.strip_prefix(['ب', 'و', 'ف']).unwrap_or(word))
    };
    let beaten = sentence.clone().find(|at| window.tokens.is_arabic(*at) && is_on(Words::Beats, *at))?;
    (beaten + 1..sentence.end).find(|at| is_on(Words::Injury, *at))
}
