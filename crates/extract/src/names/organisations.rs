//! Organisations: quoted names beside a role, names with a head such as "Observatory", handles.

use std::ops::Range;

use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_forms;

/// The longest name of an organisation, in tokens.
const LONGEST: usize = 9;

/// Finds organisations and takes their tokens.
pub(crate) fn find(window: &mut Window<'_>) {
    let mut found = Vec::new();
    for at in 0..window.sentences.len() {
        let sentence = window.sentences[at].run.clone();
        let mut here = sentence.start;
        while here < sentence.end {
            let run = quoted(window, here, sentence.end)
                .or_else(|| headed(window, here, sentence.end))
                .or_else(|| agency(window, sentence.start, here))
                .or_else(|| handle(window, here));
            match run {
                Some(run) => {
                    here = run.end;
                    window.own(run.clone(), Owner::Organisation);
                    found.push(run);
                }
                None => here += 1,
            }
        }
    }
    window.organisations = found;
}

/// "NAHRAN, 12 November 2031 (Nahran Herald) –": capitals in the bracket of a dateline are a newspaper or an agency.
fn agency(window: &Window<'_>, start: usize, at: usize) -> Option<Range<usize>> {
    const OPENING: usize = 10;
    const LONGEST: usize = 4;
    let before = start..at.checked_sub(1)?;
    let opens = window.tokens.is_mark(before.end, '(') && before.len() <= OPENING && !before.is_empty();
    let heads = |at: usize| {
        window.owner(at) == Owner::Time || window.tokens.is_capital(at) || window.tokens.mark(at) == Some(',')
    };
    if !opens || !before.into_iter().all(heads) {
        return None;
    }
    let name =
        |at: &usize| window.tokens.is_capital(*at) || matches!(window.tokens.word(*at), "of" | "the" | "and");
    let end = (at..at + LONGEST).take_while(name).last()? + 1;
    let dash = window.tokens.is_mark(end, ')') && matches!(window.tokens.mark(end + 1), Some('-' | ':'));
    dash.then_some(at..end)
}

/// “Sound and Picture” reporter, مراسل «صوت النهر»: a short quoted name beside a role, a head or a word of saying.
fn quoted(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if !matches!(window.tokens.mark(at), Some('“' | '"')) {
        return None;
    }
    let close = (at + 2..end.min(at + LONGEST))
        .find(|here| matches!(window.tokens.mark(*here), Some('”' | '"' | '“')))?;
    let capital = window.tokens.is_capital(at + 1)
        || window.tokens.is_arabic(at + 1)
        || window.tokens.is_mark(at + 1, '#');
    if !capital {
        return None;
    }
    let arabic = window.tokens.is_arabic(at + 1);
    let role = |token: usize| {
        window.tags.is(token, |sense| match sense {
            Sense::Org(_) => true,
            Sense::Role(_) => !(arabic && has_article(window, token)),
            _ => false,
        })
    };
    let before = at > 0 && (role(at - 1) || at > 1 && role(at - 2));
    let after = if arabic { is_organisation_word(window, close + 1) } else { role(close + 1) };
    (before || after).then_some(at..close + 1)
}

/// «الصحفي "فلان"»: a role with an article is of somebody by name; «مراسل "صوت النهر"» is one of what follows.
fn has_article(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word.strip_prefix('و').unwrap_or(word).starts_with("ال")
}

fn is_organisation_word(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Org(_)))
}

/// "Nahr Observatory for Human Rights", "Port Amal News Agency", المرصد الساحلي.
fn headed(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if window.tokens.is_arabic(at) {
        return arabic(window, at, end);
    }
    if is_verb_of_harm(window, at) {
        return None;
    }
    let grammar =
        matches!(window.tokens.word(at), "the" | "and" | "but" | "a" | "an" | "no" | "in" | "on" | "at");
    // "Three Olive Volunteers were killed": a number counts the people of an organisation.
    let number = window.tags.number(at).is_some();
    if !window.tokens.is_capital(at) || !window.is_free(at) || grammar || number {
        return None;
    }
    let mut here = at;
    let mut head = false;
    while here < end && here - at < LONGEST {
        let joint = matches!(window.tokens.word(here), "for" | "of" | "and" | "the") && here > at;
        if is_verb_of_harm(window, here) {
            break;
        }
        if window.tokens.is_capital(here) && window.tokens.is_word(here) {
            head |= window.tags.is(here, |sense| matches!(sense, Sense::Org(_)));
        } else {
            let hyphen = window.tokens.is_mark(here, '-') && window.tokens.is_glued(here);
            if !(hyphen || joint && next_is_capital(window, here)) {
                break;
            }
        }
        here += 1;
    }
    let capitals = (at..here).filter(|token| window.tokens.is_capital(*token)).count();
    // "PRESS RELEASE": a kind of text.
    let text = matches!(window.tokens.word(here - 1), "release" | "conference" | "briefing");
    (head && capitals >= 2 && !text).then_some(at..here)
}

/// "Raids Destroy Command Center Kill 70": the verb of a headline.
fn is_verb_of_harm(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Verb)))
}

/// «المرصد النهري», «شبكة مرجان للتوثيق», «وزارة الصحة»: a head and the words that go on with it.
fn arabic(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let (_, tag) = window
        .tags
        .find(at, |sense| matches!(sense, Sense::Org(_)).then_some(()))
        .filter(|_| window.is_free(at))?;
    let mut here = at + usize::from(tag.length);
    let goes_on = |here: usize| {
        let word = window.tokens.word(here);
        window.tokens.is_arabic(here)
            && window.is_free(here)
            && (word.starts_with("ال")
                || word.starts_with("لل")
                || window.tags.at(here).is_empty() && word.chars().count() > 3)
            && !window.tags.is(here, |sense| matches!(sense, Sense::Says | Sense::Common | Sense::Past))
    };
    // «المرصد النهري لتوثيق الضحايا»
    let purpose = |here: usize| {
        window.tokens.word(here).strip_prefix('ل').is_some_and(word_forms::looks_derived)
            && window.tokens.word(here + 1).starts_with("ال")
            && window.is_free(here)
            && here + 1 < end
    };
    while here < end && here - at < 4 {
        here += match (goes_on(here), purpose(here)) {
            (true, _) => 1,
            (false, true) => 2,
            (false, false) => break,
        };
    }
    (here - at >= 2).then_some(at..here)
}

fn next_is_capital(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_capital(at + 1)
        || (window.tokens.word(at + 1) == "the" && window.tokens.is_capital(at + 2))
}

/// "@portamalnews": an account, in Latin letters: Arabic glued to it is the post.
fn handle(window: &Window<'_>, at: usize) -> Option<Range<usize>> {
    (window.tokens.is_mark(at, '@') && window.tokens.is_glued(at + 1) && window.tokens.is_word(at + 1)).then(
        || {
            let mut end = at + 2;
            while window.tokens.is_glued(end)
                && (window.tokens.is_word(end) && !window.tokens.is_arabic(end)
                    || window.tokens.is_number(end)
                    || window.tokens.is_mark(end, '_'))
            {
                end += 1;
            }
            at..end
        },
    )
}

/// An organisation's name without quotation marks, and without a preposition before it: «لوكالة النهر», «إحصائية للمرصد».
pub(crate) fn name(window: &Window<'_>, run: &Range<usize>) -> String {
    let figures = matches!(window.tokens.word(run.start), "احصاييه" | "احصاءات" | "احصاييات");
    let whose = run.start + usize::from(figures && window.tokens.word(run.start + 1).starts_with('ل'));
    let printed = window.tokens.quote(&(whose..run.end));
    let name = printed.trim_matches(|letter: char| matches!(letter, '“' | '”' | '"' | '«' | '»')).trim();
    let headed = |sense: &Sense| matches!(sense, Sense::Org(_) | Sense::Institution(_));
    let to = window.tokens.word(whose).starts_with('ل')
        && window.tags.at(whose).iter().any(|tag| tag.prefix > 0 && headed(tag.sense));
    match (to, name.strip_prefix("لل"), name.strip_prefix('ل')) {
        (true, Some(rest), _) => format!("ال{rest}"),
        (true, None, Some(rest)) => rest.to_owned(),
        _ => name.to_owned(),
    }
}
