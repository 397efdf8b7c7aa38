//! What is said to have harmed nobody: "Nobody was hurt", «دون وقوع إصابات», «اقتصرت الأضرار على الماديات». Zero is said
//! here, which is another thing than silence; "no news of casualties" says nothing.

use std::ops::Range;

use sijil_model::codebook::Harm;

use super::is_negated;
use crate::sense::{HarmForm, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// What is said to have befallen nobody, and the words that say so.
pub(crate) struct Unharmed {
    pub run: Range<usize>,
    /// None where only the damage is said to be all.
    pub harms: &'static [Harm],
}

/// Who is hurt is killed or injured; who is said to be killed may have left others injured.
const HURT: &[Harm] = &[Harm::Killed, Harm::Injured];
const KILLED: &[Harm] = &[Harm::Killed];

/// What a sentence says to have befallen nobody.
pub(crate) fn unharmed(window: &Window<'_>, run: &Range<usize>) -> Option<Unharmed> {
    run.clone().find_map(|at| {
        nobody(window, at, run.end)
            .or_else(|| no_casualties(window, at, run))
            .map(|said| Unharmed { harms: harms(window, said.end - 1, run.end), run: said })
            .or_else(|| only_damage(window, at, run.end).map(|run| Unharmed { run, harms: &[] }))
    })
}

/// What a denied word is of: "killed" and «قتلى» of the dead alone, unless the wounded follow, "killed or injured".
fn harms(window: &Window<'_>, at: usize, end: usize) -> &'static [Harm] {
    const NEXT: usize = 3;
    let injured = |at: usize| {
        let word = window.tokens.word(at);
        Words::TheWounded.has(word.strip_prefix('و').unwrap_or(word))
    };
    let of_the_dead = matches!(window.tokens.word(at), "killed" | "قتلي");
    if of_the_dead && !(at + 1..end.min(at + 1 + NEXT)).any(injured) { KILLED } else { HURT }
}

/// "Nobody was hurt", "no one was killed or injured".
fn nobody(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let word = |at: usize| window.tokens.word(at);
    let verb = match (word(at), word(at + 1)) {
        ("nobody" | "none", _) => at + 1,
        ("no", "one") => at + 2,
        _ => return None,
    };
    let was = matches!(word(verb), "was" | "is" | "were");
    (was && window.tokens.is_on(Words::Harmed, verb + 1) && verb + 2 <= end).then_some(at..verb + 2)
}

/// "caused no casualties", «دون وقوع إصابات»: casualties that are denied, whoever they might have been.
fn no_casualties(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Range<usize>> {
    const REACH: usize = 3;
    let word = |at: usize| window.tokens.word(at);
    let arabic = window.tokens.is_arabic(at);
    let casualties =
        window.tokens.is_on(Words::Casualties, at) || word(at) == "خساير" && word(at + 1) == "بشريه";
    if !casualties {
        return None;
    }
    let from = at.saturating_sub(REACH).max(run.start);
    let without = |at: usize| matches!(word(at), "دون" | "بدون" | "without") || word(at) == "no" && !arabic;
    let not = (from..at).rev().find(|at| without(*at))?;
    if (not + 1..at).any(|at| window.tokens.is_on(Words::News, at)) {
        return None;
    }
    let counted = window.tags.any(not + 1..at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Verb)));
    (!counted && is_negated(window, at, run.start)).then_some(not..at + 1)
}

/// «اقتصرت الأضرار على الماديات», «والأضرار مادية فقط», "only material damage".
fn only_damage(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const REACH: usize = 5;
    let word = |at: usize| window.tokens.word(at);
    let limited = matches!(word(at).strip_prefix('و').unwrap_or(word(at)), "اقتصرت" | "اقتصر" | "واقتصرت")
        || word(at) == "only" && word(at + 1) == "material";
    let material = |at: &usize| window.tokens.is_on(Words::Material, *at);
    let last = limited.then(|| (at + 1..end.min(at + REACH)).find(material)).flatten()?;
    Some(at..last + 1)
}
