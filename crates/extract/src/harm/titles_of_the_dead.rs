//! Titles that only the dead bear, before their names: «الشهيد الطفل سليم», "the martyr Salim Haddad".

use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// Whether a word between the title of the dead and the name says nothing else: «الشهيد بإذن الله تعالى», «الشهيد الصحفي الحر».
fn is_praise(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let adjective = (word.starts_with("ال") || word.starts_with("وال"))
        && !window.tags.is(at, |sense| matches!(sense, Sense::Site(_) | Sense::Head(..)));
    adjective || matches!(word, "باذن" | "الله" | "االله" | "تعالي" | "بطل" | "ابن" | "كل" | "من")
}

/// Whether a title before a name says that its bearer is dead: «الشهيد الطفل سليم».
pub(crate) fn is_martyr(window: &Window<'_>, start: usize) -> bool {
    const FARTHEST: usize = 6;
    if !window.tokens.is_arabic(start) {
        let word = |back: usize| start.checked_sub(back);
        let titled = word(1).is_some_and(|at| window.tokens.is_on(Words::TitleOfTheDead, at));
        // "the forces of the martyr Salim Haddad"
        let party = word(4).is_some_and(|at| window.tokens.is_on(Words::PartyHead, at));
        return titled && !party;
    }
    (1..=FARTHEST)
        .filter_map(|back| start.checked_sub(back))
        .take_while(|at| {
            let known = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::Harm(..));
            window.tags.is(*at, known)
                || is_praise(window, *at)
                || window.tokens.mark(*at).is_some_and(|mark| mark != '.')
        })
        .any(|at| window.tokens.is_on(Words::TitleOfTheDead, at) && !is_owner_of(window, at))
}

/// «والد القتيل، سليم الوراق»: the dead only say whose kin is named after the comma.
fn is_owner_of(window: &Window<'_>, title: usize) -> bool {
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if !kin.possessed);
    title > 0 && window.tokens.is_mark(title + 1, ',') && window.tags.is(title - 1, kin)
}
