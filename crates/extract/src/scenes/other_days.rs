//! Days of a sentence on which the harm was not done: somebody died of wounds then, or was buried.

use std::ops::Range;

use sijil_model::codebook::Harm;

use crate::sense::{HarmForm, Sense};
use crate::times::Time;
use crate::window::Window;

/// How far a verb of dying may stand before the wounds: "died early on Tuesday in a hospital in Idlib of his wounds".
const REACH: usize = 24;

/// How many words stand at most between a burial and its day: "a funeral was held in the town on Friday".
const OF_A_BURIAL: usize = 6;

/// Whether a time is of what came after the harm.
pub(super) fn is_of_the_aftermath(window: &Window<'_>, run: &Range<usize>, time: &Time) -> bool {
    is_day_of_death(window, run, time) || is_day_of_burial(window, run, time)
}

/// "A funeral was held on *5 June* for those killed", "they were buried on *Friday*", «شُيّع *اليوم* …».
fn is_day_of_burial(window: &Window<'_>, run: &Range<usize>, time: &Time) -> bool {
    let buries = |at: usize| {
        let word = window.tokens.word(at);
        matches!(
            word,
            "funeral"
                | "funerals"
                | "buried"
                | "burial"
                | "دفن"
                | "دفنت"
                | "دفنوا"
                | "شيع"
                | "شيعت"
                | "شيعوا"
                | "تشييع"
        ) || word.strip_prefix('و').is_some_and(|word| matches!(word, "دفن" | "دفنت" | "شيع" | "شيعت"))
    };
    let nearest = |mut words: Range<usize>, backwards: bool| {
        let ends = |at: &usize| buries(*at) || tells_of_harm(window, *at);
        if backwards { words.rev().find(ends) } else { words.find(ends) }.is_some_and(buries)
    };
    let from = time.run.start.saturating_sub(OF_A_BURIAL).max(run.start);
    // "On Friday they were buried"
    let opens = time.run.start <= run.start + 1;
    nearest(from..time.run.start, true)
        || opens && nearest(time.run.end..(time.run.end + OF_A_BURIAL).min(run.end), false)
}

fn tells_of_harm(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Harm(..) | Sense::Means(..)))
}

/// Whether a time is that of a death of wounds: "he died *on Tuesday* of wounds that he had sustained in the strike",
/// «توفي *اليوم* متأثراً بجراحه», "succumbed to her injuries *on 10 May*".
fn is_day_of_death(window: &Window<'_>, run: &Range<usize>, time: &Time) -> bool {
    let quiet = |mut between: Range<usize>| {
        between.all(|at| {
            window.tokens.is_mark(at, ',') || matches!(window.tokens.word(at), "on" | "early" | "late")
        })
    };
    let harmless = |mut between: Range<usize>| between.all(|at| !tells_of_harm(window, at));
    run.clone().filter_map(|at| dying(window, run, at)).any(|dying| {
        if time.run.start >= dying.end {
            return quiet(dying.end..time.run.start);
        }
        let opens = || harmless(run.start..time.run.start) && harmless(time.run.end..dying.start);
        time.run.start >= dying.start || opens()
    })
}

/// The words from a verb of dying to the wounds that begin at a token: "died … of his wounds", «توفيت … متأثرة بجراحها».
fn dying(window: &Window<'_>, run: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let end = wounds(window, run, at)?;
    let from = at.saturating_sub(REACH).max(run.start);
    let dies = |here: &usize| {
        window.tags.is(*here, |sense| match sense {
            Sense::Harm(Harm::Killed, HarmForm::Intransitive) => true,
            Sense::Harm(Harm::Killed, HarmForm::Verb | HarmForm::Masdar) => window.tokens.is_arabic(*here),
            _ => false,
        })
    };
    let dies = (from..at).rev().take_while(|here| window.tokens.word(*here) != "and").find(dies)?;
    Some(dies..end)
}

/// The end of the words for wounds of which somebody dies, that begin at a token.
fn wounds(window: &Window<'_>, run: &Range<usize>, at: usize) -> Option<usize> {
    let word = |at: usize| if at < run.end { window.tokens.word(at) } else { "" };
    if word(at).starts_with("متاثر") {
        return Some(if word(at + 1).starts_with('ب') { at + 2 } else { at + 1 });
    }
    if !matches!(word(at), "of" | "from" | "to") {
        return None;
    }
    let owned = matches!(word(at + 1), "his" | "her" | "their" | "the");
    let noun = at + 1 + usize::from(owned);
    matches!(word(noun), "wounds" | "injuries" | "wound" | "injury").then_some(noun + 1)
}
