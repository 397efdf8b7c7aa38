//! Names of people in Arabic: a given name of the lexicon, a title or a kin word begins one; patronymics go on.

use sijil_model::codebook::Sex;

use super::Name;
use crate::sense::{Sense, Title};
use crate::window::Window;

/// The most words of one name.
const LONGEST: usize = 6;

/// The name that starts at an Arabic token, if there is one.
pub(super) fn name(window: &Window<'_>, at: usize, end: usize) -> Option<Name> {
    let (first, prefix, sex, vouched) = beginning(window, at, end)?;
    let mut here = first;
    let mut words = 1;
    let mut unknown = 0;
    while here < end && words < LONGEST {
        let Some((length, known)) = goes_on(window, here) else { break };
        if !known {
            unknown += 1;
            if unknown > 2 {
                break;
            }
        }
        here += length;
        words += 1;
    }
    let title = title(window, at);
    let enough = words >= 2 || title.is_some() || vouched || coordinated(window, at, here);
    enough.then_some(Name { run: at..here, prefix, shared: None, title, sex })
}

/// «سليم ونادر وهدى الوراق»: single given names that «و» joins vouch for each other.
fn coordinated(window: &Window<'_>, at: usize, end: usize) -> bool {
    let given = |token: usize, and: bool| {
        window.tags.at(token).iter().any(|tag| matches!(tag.sense, Sense::Given(_)) && tag.and == and)
    };
    given(end, true) || given(at, true) && at > 0 && window.owner(at - 1) == crate::window::Owner::Person
}

/// How a name begins: where its next word stands, the prefix, the sex, and whether a kin word or a list vouches for it.
fn beginning(window: &Window<'_>, at: usize, end: usize) -> Option<(usize, u8, Option<Sex>, bool)> {
    if !window.is_free(at) {
        return None;
    }
    let kin = at > 0 && window.tags.is(at - 1, |sense| matches!(sense, Sense::Kin(kin) if kin.possessed));
    if let Some((sex, tag)) =
        window.tags.find(at, |sense| if let Sense::Given(sex) = sense { Some(*sex) } else { None })
    {
        let single = window.tags.is(at, |sense| {
            !matches!(sense, Sense::Given(_) | Sense::Common | Sense::Title(_) | Sense::Family)
        });
        if tag.article || (single && !followed_by_name(window, at + usize::from(tag.length))) {
            return None;
        }
        return Some((at + usize::from(tag.length), tag.prefix, Some(sex), kin || listed(window, at)));
    }
    if matches!(window.tokens.word(at), "ابو" | "ام") && is_unknown(window, at + 1) {
        return Some((at + 2, 0, None, true));
    }
    if is_unknown(window, at) && aged_after(window, at, end) {
        return Some((at + 1, 0, None, true));
    }
    let named = matches!(title(window, at), Some(Title::Victim)) || quoted_after_title(window, at);
    (named && is_unknown(window, at) && followed_by_name(window, at + 1)).then_some((at + 1, 0, None, true))
}

/// «فلان الفلاني (45 عاما)»: unknown words up to an age in brackets are a name, the second with an article or known.
fn aged_after(window: &Window<'_>, at: usize, end: usize) -> bool {
    let mut here = at + 1;
    while here < end && here < at + 4 {
        let Some((length, known)) = goes_on(window, here) else { break };
        if !known && !window.tokens.word(here).starts_with("ال") {
            return false;
        }
        here += length;
    }
    here > at + 1 && window.tokens.is_mark(here, '(') && crate::people::age_after(window, here).is_some()
}

/// A name in a list is followed by an age in brackets or another name.
fn listed(window: &Window<'_>, at: usize) -> bool {
    crate::people::age_after(window, at + 1).is_some()
}

fn title(window: &Window<'_>, at: usize) -> Option<Title> {
    super::title_before(window, at)
}

fn quoted_after_title(window: &Window<'_>, at: usize) -> bool {
    at > 1 && matches!(window.tokens.mark(at - 1), Some('“' | '"')) && title(window, at).is_some()
}

fn followed_by_name(window: &Window<'_>, at: usize) -> bool {
    goes_on(window, at).is_some()
}

/// Whether a name goes on with the word at a token: how many tokens, and whether the lexicon knows it as a name.
fn goes_on(window: &Window<'_>, at: usize) -> Option<(usize, bool)> {
    if !window.is_free(at)
        || !window.tokens.is_arabic(at)
        || window.tokens.get(at).is_some_and(|token| token.lines > 0)
    {
        return None;
    }
    if let Some((_, tag)) = window.tags.find(at, |sense| matches!(sense, Sense::Given(_)).then_some(()))
        && tag.prefix == 0
    {
        return Some((usize::from(tag.length), true));
    }
    if matches!(window.tokens.word(at), "بن" | "ابن" | "ابو" | "ال" | "بنت" | "ابي")
        && window.tokens.is_arabic(at + 1)
    {
        return Some((2, true));
    }
    is_unknown(window, at).then_some((1, false))
}

/// A word that the lexicon does not know and that does not look like a verb.
fn is_unknown(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let letters = word.chars().count();
    let verbal =
        word.starts_with('ي') || word.starts_with('ت') || word.starts_with("سي") || word.starts_with("است");
    let prefixed = word.starts_with('و') && letters > 4
        || word.starts_with("بال")
        || word.starts_with("لل")
        || word.starts_with("وال");
    window.is_free(at)
        && window.tokens.is_arabic(at)
        && letters >= 3
        && !verbal
        && !prefixed
        && window.tags.at(at).iter().all(|tag| {
            tag.prefix > 0
                && !tag.and
                && !matches!(tag.sense, Sense::Head(..) | Sense::Says | Sense::Harm(..) | Sense::People(_))
        })
}
