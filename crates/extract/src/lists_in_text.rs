//! Lists of names inside a text: after "The victims were named as:", أسماء الشهداء, each line names people of one fate.

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use crate::harm::{Hit, Who, is_speaker};
use crate::sense::{HarmForm, Sense, Title};
use crate::sentences::Sentence;
use crate::window::Window;

/// How far before a numbered list, in tokens, deaths are told of.
const REACH: usize = 400;
/// How many lines of a list are read without a new heading.
const LONGEST: usize = 400;

/// Adds the names of a line that goes on with a list, and notes whether this line opens one.
pub(crate) fn follow(
    window: &Window<'_>,
    sentence: &Sentence,
    hits: &mut Vec<Hit>,
    listing: &mut Option<(Harm, usize)>,
    chains: &mut usize,
) {
    let heading = heading(window, sentence);
    if let Some(harm) = heading {
        *listing = Some((harm, 0));
    }
    if listing.is_none() && heading.is_none() && begins_numbered_list(window, sentence) {
        *listing = Some((Harm::Killed, 0));
    }
    let Some((harm, lines)) = *listing else { return };
    let only_a_number = sentence.run.len() <= 2 && window.tokens.is_number(sentence.run.start);
    if only_a_number {
        return;
    }
    let names = window.names.partition_point(|name| name.run.start < sentence.run.start);
    let inside = || {
        window.names.iter().enumerate().skip(names).take_while(|(_, name)| name.run.start < sentence.run.end)
    };
    if heading.is_none() {
        let words = sentence.run.clone().filter(|at| window.tokens.is_word(*at)).count();
        let named: usize = inside().map(|(_, name)| name.run.len()).sum();
        let goes_on = named * 10 >= words * 4 && named > 0 && lines < LONGEST;
        *listing = goes_on.then_some((harm, lines + 1));
        if !goes_on {
            return;
        }
    }
    for (at, name) in inside() {
        let latin = !window.tokens.is_arabic(name.run.start);
        let tells = latin && (is_speaker(window, &name.run) || heading.is_some() && name.run.len() == 1);
        if tells || hits.iter().any(|hit| hit.who == Who::Name(at)) {
            continue;
        }
        if heading.is_some() && name.run.start < colon(window, sentence) {
            continue;
        }
        // «إصابة سبعة عرف منهم كريم ونادر»: who follows the wounded in their list is one of them.
        let before = hits
            .iter()
            .filter(|hit| matches!(hit.who, Who::Name(_)) && hit.run.end <= name.run.start)
            .max_by_key(|hit| hit.run.start);
        let harm = before.filter(|_| heading.is_some()).map_or(harm, |hit| hit.harm);
        hits.push(Hit {
            who: Who::Name(at),
            run: name.run.clone(),
            harm,
            stands: Stands::Alone,
            apposed: None,
            like: None,
            trigger: None,
            rule: "list-of-names",
            chain: *chains,
        });
    }
    *chains += 1;
}

/// "1. Salim Haddad, 61": the first line of a numbered list of names, in a text that tells of deaths.
fn begins_numbered_list(window: &Window<'_>, sentence: &Sentence) -> bool {
    let number = |start: usize, n: &str| {
        window.tokens.word(start) == n
            && matches!(window.tokens.mark(start + 1), Some('.' | ')' | '-' | '_' | '/'))
    };
    let named = |sentence: &Sentence| {
        (sentence.run.start..sentence.run.start + 5).any(|at| window.name_at(at).is_some())
    };
    let first = sentence.opens_line && number(sentence.run.start, "1") && named(sentence);
    let next = || {
        let from = window.sentences.partition_point(|other| other.run.start <= sentence.run.start);
        window.sentences[from..].iter().take(2).any(|other| number(other.run.start, "2") && named(other))
    };
    let dead = || {
        let from = sentence.run.start.saturating_sub(REACH);
        window.tags.any(from..sentence.run.start, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)))
    };
    first && next() && dead()
}

/// The harm of a list that a sentence opens: it ends in a colon, or its words announce names.
fn heading(window: &Window<'_>, sentence: &Sentence) -> Option<Harm> {
    let titles = sentence.run.clone().find_map(|at| {
        window.tags.find(at, |sense| match sense {
            Sense::Title(Title::Names) => Some(crate::harm::listed_harm(window, at, sentence.run.start)),
            Sense::Title(Title::NamesInjured) => Some(Harm::Injured),
            _ => None,
        })
    });
    let colon = sentence.run.clone().rev().take(4).any(|at| window.tokens.is_mark(at, ':'));
    let short =
        matches!(titles, Some((_, tag)) if tag.length == 1 && window.tokens.is_arabic(sentence.run.start));
    if let Some((harm, _)) = titles.filter(|_| !short || colon) {
        return Some(harm);
    }
    if names_the_detained(window, sentence) {
        return Some(Harm::Detained);
    }
    // «الشهداء», «#الشهداء» alone on a line.
    let hash = usize::from(window.tokens.is_mark(sentence.run.start, '#'));
    let alone = sentence.run.len() <= 2 + hash
        && window.tokens.is_arabic(sentence.run.start + hash)
        && window
            .tags
            .any(sentence.run.clone(), |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))));
    // «أدى لاستشهاد كل من», the names on the lines after it.
    let last = sentence.run.end.saturating_sub(2).max(sentence.run.start);
    let each = window.tokens.word(last) == "كل" && window.tokens.word(last + 1) == "من";
    let inside_line = crate::sentences::opens_list(&window.tokens, sentence.run.start);
    if !colon && !alone && !each && !inside_line && !takes_nobody(window, sentence) {
        return None;
    }
    // «ضحايا القصف:», "The victims of the air strike:" before names are the dead.
    let victims = |sense: &Sense| matches!(sense, Sense::Harm(Harm::KilledOrInjured, HarmForm::People(_)));
    let the = usize::from(window.tokens.word(sentence.run.start) == "the");
    if colon && window.tags.is(sentence.run.start + the, victims) {
        return Some(Harm::Killed);
    }
    sentence
        .run
        .clone()
        .find_map(|at| {
            window.tags.find(at, |sense| match sense {
                Sense::Harm(Harm::KilledOrInjured, _) => None,
                Sense::Harm(harm, _) => Some(*harm),
                _ => None,
            })
        })
        .map(|(harm, _)| harm)
}

/// «أسماء المعتقلين في المداهمة».
fn names_the_detained(window: &Window<'_>, sentence: &Sentence) -> bool {
    sentence.run.clone().any(|at| {
        matches!(window.tokens.word(at), "اسماء" | "واسماء")
            && matches!(window.tokens.word(at + 1), "المعتقلين" | "المختطفين" | "المحتجزين" | "الاسري")
    })
}

/// «انتقل إلى رحمة الله تعالى» at the end of a line: whom it takes stands on the lines after it.
fn takes_nobody(window: &Window<'_>, sentence: &Sentence) -> bool {
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Verb));
    window.tokens.is_arabic(sentence.run.start)
        && sentence.run.clone().any(|at| {
            window
                .tags
                .find(at, |sense| verb(sense).then_some(()))
                .is_some_and(|(_, tag)| at + usize::from(tag.length) == sentence.run.end && tag.length > 1)
        })
}

fn colon(window: &Window<'_>, sentence: &Sentence) -> usize {
    sentence
        .run
        .clone()
        .find(|at| {
            window.tokens.is_mark(*at, ':')
                || window
                    .tags
                    .is(*at, |sense| matches!(sense, Sense::Title(Title::Names | Title::NamesInjured)))
        })
        .unwrap_or(sentence.run.end)
}
