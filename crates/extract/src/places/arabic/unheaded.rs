//! Names of places that no head word and no list of names shows: by the preposition or the attack before them, and by the
//! side of a known place after or before them.

use std::ops::Range;

use sijil_model::codebook::PlacePrecision;

use super::{is_direction, is_first_of_a_name, is_other_word, name_run, opens_a_side};
use crate::places::{Found, Knows};
use crate::sense::{HarmForm, MeansPart, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// «على معرة الزيتون بريف قصر النهر», «في #زيتونة»: after a preposition or a word of attack, a word that the language does
/// not have, which a hash sign marks or whose side of a town or countryside follows.
pub(super) fn aimed_at(
    window: &Window<'_>,
    at: usize,
    sentence: &Range<usize>,
    knows: &Knows<'_>,
) -> Option<Found> {
    let hash = at > 0 && window.tokens.is_mark(at - 1, '#');
    let before = at.checked_sub(1 + usize::from(hash)).filter(|before| *before >= sentence.start)?;
    let aimed = matches!(window.tokens.word(before), "علي" | "في" | "وفي" | "الي" | "قرب" | "مجزره")
        || window.tags.at(before).iter().any(|tag| {
            matches!(tag.sense, Sense::Strike | Sense::Targeting) && !tag.article && tag.length == 1
        });
    let unknown = window
        .tags
        .at(at)
        .iter()
        .all(|tag| matches!(tag.sense, Sense::Construct) || tag.prefix > 0 && !tag.article);
    let vague =
        matches!(window.tokens.word(at), "اقصي" | "مختلف" | "كامل" | "محيط" | "هام" | "عاجل" | "صفوف")
            || window.tokens.word(at).starts_with("لي");
    let other = !unknown || is_other_word(window, at) || (knows.surname)(window.tokens.word(at));
    if !aimed || vague || other && !is_first_of_a_name(window, at) {
        return None;
    }
    let name = name_run(window, at, sentence, knows)?;
    let next = name.end + usize::from(window.tokens.is_mark(name.end, '#'));
    // «مجزرة في زيتونة»
    let hash =
        hash || window.tokens.word(before) == "في" && window.tokens.word(before.wrapping_sub(1)) == "مجزره";
    let sided = next < sentence.end && opens_a_side(window, next);
    let told = next < sentence.end && tells_what_happened(window, before, next)
        || is_struck(window, before, next, sentence)
        || is_of_the_attack(window, before, (at, next), knows);
    (hash || sided || told).then(|| Found {
        run: name.clone(),
        prefix: 0,
        name,
        kind: PlacePrecision::NotPlaced,
        sure: hash,
    })
}

/// «وفي زيتونة قُتل», «في زيتونة بغارة جوية»: after where comes what happened there, or by what.
fn tells_what_happened(window: &Window<'_>, before: usize, next: usize) -> bool {
    let inside = matches!(window.tokens.word(before), "في" | "وفي");
    let harmed = window.tags.is(next, |sense| matches!(sense, Sense::Harm(_, HarmForm::Verb)));
    let by = window.tags.at(next).iter().any(|tag| {
        let means = matches!(tag.sense, Sense::Means(..) | Sense::Strike) && tag.prefix > 0 && !tag.article;
        means && window.tokens.word(next).starts_with('ب') || matches!(tag.sense, Sense::Cause)
    });
    inside && (harmed || by)
}

/// «بقصف مدفعي على زيتونة.»: what an attack was on, where the clause ends with it.
fn is_struck(window: &Window<'_>, on: usize, next: usize, sentence: &Range<usize>) -> bool {
    const ADJECTIVES: usize = 3;
    let attack = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling)))
    };
    let ends = next >= sentence.end
        || window.tokens.mark(next).is_some()
        || window.tokens.word(next).starts_with('و')
        || window.owner(next) == Owner::Time;
    let struck = window.tokens.word(on + 1);
    // «على مناطقنا», «على الظالمين», «على حافلة»
    let other =
        struck.ends_with("نا") || struck.starts_with("ال") || window.tokens.is_on(Words::Struck, on + 1);
    window.tokens.word(on) == "علي"
        && !other
        && ends
        && (on.saturating_sub(ADJECTIVES).max(sentence.start)..on).any(attack)
}

/// «أسفر قصف زيتونة يوم الأحد عن …», «قتلى قصف زيتونة»: a known name right after an attack that it belongs to.
fn is_of_the_attack(
    window: &Window<'_>,
    attack: usize,
    (at, next): (usize, usize),
    knows: &Knows<'_>,
) -> bool {
    let event = window.tags.at(attack).iter().any(|tag| {
        !tag.article && matches!(tag.sense, Sense::Means(_, MeansPart::Event | MeansPart::Shelling))
    });
    event && knows.either(&window.tokens.folded(&(at..next), 0))
}

/// «قرية عين الصفراء غربي تل الزيتون»: a name after a direction that follows a place.
pub(super) fn beyond(
    window: &Window<'_>,
    at: usize,
    sentence: &Range<usize>,
    knows: &Knows<'_>,
) -> Option<Found> {
    let before = at.checked_sub(2).filter(|before| *before >= sentence.start)?;
    let directed = is_direction(window, at - 1) && !window.tokens.word(at - 1).starts_with("ال");
    if !directed || window.owner(before) != Owner::Place {
        return None;
    }
    // «القرية الواقعة شمالي المدينة أدى إلى»: a verb of the next clause.
    if matches!(window.tokens.word(at), "ادي" | "ادت" | "اسفر" | "اسفرت" | "حيث" | "تسبب")
    {
        return None;
    }
    let name = name_run(window, at, sentence, knows)?;
    Some(Found { run: name.clone(), prefix: 0, name, kind: PlacePrecision::NotPlaced, sure: false })
}
