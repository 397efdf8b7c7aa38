//! Numbers that are tolls: "the death toll rose to 14", ارتفعت حصيلة القتلى إلى 14; and those that they take back.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use super::{Hit, Who, is_harm};
use crate::groups::Group;
use crate::sense::{HarmForm, Sense};
use crate::sentences::Sentence;
use crate::window::Window;
use crate::word_lists::Words;

/// "bringing the day's total to four": a number that those told of before are part of.
pub(crate) fn is_grown_total(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 9;
    let near = at.saturating_sub(NEAR)..at;
    let total = |at: usize| matches!(window.tokens.word(at), "total" | "tally" | "count");
    let mut rises = near.clone().filter(|at| window.tokens.is_on(Words::Rises, *at));
    at > 0
        && window.tokens.word(at - 1) == "to"
        && rises.any(|rises| (rises + 1..at).any(total))
        && !near.into_iter().any(|at| matches!(window.tokens.mark(at), Some('.' | ';')))
}

/// Whether a number is a toll: "the death toll rose to 14", ارتفعت حصيلة القتلى إلى 14.
pub(crate) fn is_toll(window: &Window<'_>, sentence: &Sentence, run: &Range<usize>) -> bool {
    let from = run.start.saturating_sub(24).max(sentence.run.start);
    let mut before = (from..run.start).rev();
    let toll =
        before.find(|at| window.tags.is(*at, |sense| matches!(sense, Sense::Toll | Sense::TollInjured)));
    if !window.tokens.is_arabic(run.start) && is_grown_total(window, run.start) {
        return true;
    }
    let Some(toll) = toll else { return is_updated_toll(window, sentence, run) };
    !(toll + 1..run.start).any(|at| {
        matches!(window.tokens.mark(at), Some('.' | ';' | ','))
            || window.tags.is(at, |sense| matches!(sense, Sense::Says))
    })
}

/// "… an initial toll of 47. It was later updated to 82": the toll of the sentence before.
fn is_updated_toll(window: &Window<'_>, sentence: &Sentence, run: &Range<usize>) -> bool {
    const REACH: usize = 24;
    let start = sentence.run.start;
    let said = |at: usize| {
        window.tags.find(at, |sense| if let Sense::Harm(harm, _) = sense { Some(*harm) } else { None })
    };
    let last = || (start.saturating_sub(REACH)..run.start).rev().find_map(said).map(|(harm, _)| harm);
    if is_set_anew(window, run.start) && last() == Some(Harm::Killed) {
        return true;
    }
    let refers = matches!(window.tokens.word(start), "this" | "it" | "that" | "these");
    let near = run.start - start <= REACH / 2;
    let rises = |at: usize| window.tokens.is_on(Words::Rises, at);
    let toll = |sense: &Sense| matches!(sense, Sense::Toll);
    refers
        && near
        && (start..run.start).any(rises)
        && window.tags.any(start.saturating_sub(REACH)..start, toll)
}

/// Which harm the toll before a number counts: «عدد القتلى إلى 8 والجرحى إلى 14» goes on with another.
pub(crate) fn toll_harm(window: &Window<'_>, sentence: &Sentence, run: &Range<usize>) -> Harm {
    let counts = |at: usize| {
        let goes_on = |tag: &crate::lexicon::Tag| {
            tag.and && matches!(tag.sense, Sense::Harm(Harm::Injured, HarmForm::People(_)))
        };
        let toll = window.tags.find(at, |sense| match sense {
            Sense::Toll => Some(Harm::Killed),
            Sense::TollInjured => Some(Harm::Injured),
            _ => None,
        });
        let others = window.tags.at(at).iter().any(goes_on).then_some(Harm::Injured);
        toll.map(|(harm, _)| harm).or(others)
    };
    (sentence.run.start..run.start).rev().find_map(counts).unwrap_or(Harm::Killed)
}

/// "up from 10", "a previous toll of 112"; not "the toll from the raid rose to 115".
pub(crate) fn is_superseded(window: &Window<'_>, run: &Range<usize>) -> bool {
    (1..=5).filter_map(|back| run.start.checked_sub(back).map(|at| (back, window.tokens.word(at)))).any(
        |(back, word)| {
            matches!(word, "previous" | "earlier" | "سابقه" | "السابقه" | "initial")
                // "rose from 15 to 26" is read as the 26.
                || word == "from" && back == 1 && !run.clone().any(|at| window.tokens.word(at) == "to")
                // «بعد أن كان 19»
                || back == 1 && was_so(window, run.start)
                // «ارتفع العدد من خمسة إلى ثمانية»
                || back == 1
                    && word == "من"
                    && window.tokens.word(run.end) == "الي"
                    && window.tags.number(run.end + 1).is_some()
        },
    )
}

/// "seven were killed, not nine", «عدد القتلى سبعة لا تسعة»: the number that is taken back.
pub(crate) fn is_corrected(window: &Window<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    match word(1) {
        "not" => at > 1 && window.tokens.is_mark(at - 2, ','),
        "لا" | "وليس" | "وليسوا" => true,
        "ليس" | "ليسوا" => matches!(word(2), "و"),
        // «أربعة قتلى بدلا من خمسة»
        "من" => matches!(word(2), "بدلا" | "عوضا"),
        "بدل" | "عوض" => true,
        _ => false,
    }
}

/// «بعد أن كان», «بعدما كان», «بعد أن كانت 5 و11»: the words before a number, or before the one that «و» joins it to, that no longer
/// hold.
pub(super) fn was_so(window: &Window<'_>, number: usize) -> bool {
    const JOINED: usize = 3;
    let word = |at: usize, back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let was = |at: usize| {
        matches!(word(at, 1), "كان" | "كانت")
            && (word(at, 2) == "بعدما" || word(at, 2) == "ان" && word(at, 3) == "بعد")
    };
    let and = window.group_at(number).is_some_and(|group| group.and);
    was(number) || and && (1..=JOINED).filter_map(|back| number.checked_sub(back)).any(was)
}

/// "updating a previous toll of 112 dead": an earlier toll, whatever word of harm takes its number.
pub(super) fn is_earlier_toll(window: &Window<'_>, run: &Range<usize>) -> bool {
    let toll = |sense: &Sense| matches!(sense, Sense::Toll);
    window.tags.any(run.start.saturating_sub(3)..run.start, toll) && is_superseded(window, run)
        || is_announced_before(window, run.start)
        || is_of_first_reports(window, run.start)
}

/// "Initial reports spoke of ten dead", "early accounts put the dead at ten": what was told first.
fn is_of_first_reports(window: &Window<'_>, number: usize) -> bool {
    const REACH: usize = 9;
    let told = |at: usize| {
        matches!(window.tokens.word(at), "initial" | "early" | "earlier" | "preliminary" | "first")
            && matches!(
                window.tokens.word(at + 1),
                "reports"
                    | "report"
                    | "accounts"
                    | "estimates"
                    | "estimate"
                    | "figures"
                    | "counts"
                    | "said"
                    | "reported"
            )
    };
    let clause = |at: &usize| !matches!(window.tokens.mark(*at), Some('.' | ';'));
    (number.saturating_sub(REACH)..number).rev().take_while(clause).any(told)
        && is_greater_later(window, number)
}

/// "they cut the figure to 26", "later revised the number to 14": a number that takes another's place.
pub(crate) fn is_set_anew(window: &Window<'_>, number: usize) -> bool {
    const REACH: usize = 6;
    let word = |at: usize| window.tokens.word(at);
    let mut near = number.saturating_sub(REACH)..number;
    let sets =
        |at: usize| matches!(word(at), "cut" | "revised" | "lowered" | "reduced" | "raised" | "corrected");
    let figure = |at: usize| matches!(word(at), "figure" | "number" | "count" | "toll" | "tally");
    number > 0 && word(number - 1) == "to" && near.clone().any(sets) && near.any(figure)
}

/// Whether a greater number of the harmed is told after one.
fn is_greater_later(window: &Window<'_>, number: usize) -> bool {
    const REACH: usize = 80;
    const NEAR: usize = 3;
    let n = |group: &Group| group.said.quantity.number().filter(|_| group.counted);
    let Some(own) = window.group_at(number).and_then(n) else { return false };
    let after = window.groups.iter().filter(|group| (number + 1..number + REACH).contains(&group.run.start));
    let harmed = |group: &Group| {
        group.harm.is_some() || (group.run.end..group.run.end + NEAR).any(|at| is_harm(window, at))
    };
    let corrects = |group: &Group| is_set_anew(window, group.run.start);
    after.into_iter().any(|group| {
        n(group).is_some_and(|n| n > own) && harmed(group) || n(group).is_some() && corrects(group)
    })
}

/// "rose to 23, after police had announced 15 deaths", «إلى 23 قتيلا، بعد أن كانت الشرطة أعلنت مقتل 15»: what was told before a
/// toll rose.
pub(super) fn is_announced_before(window: &Window<'_>, number: usize) -> bool {
    const REACH: usize = 12;
    const RISE: usize = 30;
    let word = |at: usize| window.tokens.word(at);
    let from = number.saturating_sub(REACH);
    let goes_on = |at: &usize| !matches!(window.tokens.mark(*at), Some('.' | ',' | ';'));
    let earlier = |at: usize| {
        let was = |at: usize| matches!(word(at), "كان" | "كانت");
        // «، وكان قد أعلن سابقا مقتل 11»
        let before = || (at + 1..at + 6).any(|at| matches!(word(at), "سابقا" | "سابق" | "مسبقا"));
        word(at) == "بعدما" && was(at + 1)
            || matches!(word(at), "وكان" | "وكانت") && before()
            || word(at) == "بعد" && (word(at + 1) == "ان" && was(at + 2) || word(at + 2) == "سابق")
            || word(at) == "after" && (at + 1..at + 5).any(|at| word(at) == "had")
    };
    let Some(before) = (from..number).rev().take_while(goes_on).find(|at| earlier(*at)) else {
        return false;
    };
    let says = |sense: &Sense| matches!(sense, Sense::Says | Sense::Claim);
    let told = |at: usize| window.tags.is(at, says) || matches!(word(at), "اعلان" | "announced" | "put");
    let rises = |at: usize| {
        window.tokens.is_on(Words::Rises, at) || matches!(word(at), "انخفض" | "انخفضت" | "تراجع" | "تراجعت")
    };
    (before..number).any(told) && (before.saturating_sub(RISE)..before).any(rises)
}

/// "the toll includes 12 people killed in another raid".
pub(super) fn is_part_of_a_toll(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 4;
    let includes = at > 0 && matches!(window.tokens.word(at - 1), "includes" | "included" | "include");
    includes && window.tags.any(at.saturating_sub(NEAR)..at, |sense| matches!(sense, Sense::Toll))
}

/// «ارتفاع حصيلة ضحايا القصف إلى خمسة شهداء بعد وفاة اثنين متأثرين بجراحهما»: those by whom a toll rose are of it, and «ضحايا» right after the
/// word for it are nobody else.
pub(super) fn settle_the_risen(window: &Window<'_>, sentence: &Range<usize>, hits: &mut Vec<Hit>) {
    let counted = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted);
    let risen = |hit: &&Hit| {
        let reaches = hit.run.start.checked_sub(1).is_some_and(|at| window.tokens.word(at) == "الي");
        reaches
            && counted(hit)
            && (sentence.start..hit.run.start).any(|at| window.tokens.is_on(Words::Rises, at))
    };
    let Some((toll, harm)) = hits.iter().find(risen).map(|hit| (hit.run.clone(), hit.harm)) else { return };
    let names_the_toll = |hit: &Hit| {
        let at = hit.run.start;
        !counted(hit) && at > 0 && matches!(window.tokens.word(at - 1), "حصيله" | "عدد")
    };
    hits.retain(|hit| hit.run.start > toll.start || !names_the_toll(hit));
    for hit in hits.iter_mut().filter(|hit| hit.run.start > toll.end && hit.harm == harm) {
        let trigger = hit.trigger.as_ref().map_or(hit.run.start, |run| run.start);
        if trigger > toll.end && window.tokens.word(trigger - 1) == "بعد" {
            hit.stands = Stands::PartOf;
        }
    }
}
