//! Stage 3: names of people and organisations, in both scripts, before anybody asks what became of them.

use std::ops::Range;

use sijil_model::codebook::Sex;

use crate::sense::{Number, Sense, Title};
use crate::tokens::{Kind, Tokens};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

mod arabic;
mod latin;
mod organisations;

pub(crate) use organisations::{find as organisations, name as organisation_name};

/// A person's name as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Its tokens, titles not included.
    pub run: Range<usize>,
    /// Letters of Arabic prefix on its first token.
    pub prefix: u8,
    /// The surname that it shares with a later name of its list.
    pub shared: Option<Range<usize>>,
    /// A title before it.
    pub title: Option<Title>,
    /// Sex, where the given name says so.
    pub sex: Option<Sex>,
}

/// Finds all names of people in a window, once times, actors, organisations and places are known.
pub(crate) fn find(window: &mut Window<'_>) {
    let mut found = Vec::new();
    for at in 0..window.sentences.len() {
        let (run, shouted) = (window.sentences[at].run.clone(), window.sentences[at].capitals);
        let mut here = run.start;
        while here < run.end {
            let name = if window.tokens.is_arabic(here) {
                arabic::name(window, here, run.end)
            } else {
                latin::name(window, here, &run, shouted)
            };
            match name {
                Some(name) => {
                    here = nickname_end(window, name.run.end);
                    window.own(name.run.start..here, Owner::Person);
                    found.push(name);
                }
                None => here += 1,
            }
        }
    }
    let extra = coordinated(window, &found);
    found.extend(extra);
    let alone = arabic::alone(window, &found);
    found.extend(alone);
    found.sort_by_key(|name| name.run.start);
    share_surnames(window, &mut found);
    window.names = found;
}

/// Words that the window shows to be surnames, folded, so that no place is made of them.
pub(crate) fn surnames(window: &Window<'_>) -> std::collections::BTreeSet<String> {
    arabic::surnames(window)
}

/// The run of capitalised words that starts at a token and can be a name, particles and hyphens included.
pub(crate) fn capital_run(window: &Window<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut here = step(window, at, end)?;
    while let Some(next) = step(window, here, end) {
        if next - at > 24 {
            break;
        }
        here = next;
    }
    Some(at..here)
}

/// The end of one part of a name that starts at a token: a capital word, or a particle with its word.
fn step(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    let tokens = &window.tokens;
    if at >= end || !window.is_free(at) {
        return None;
    }
    if let Some(next) = particle(tokens, at)
        && next < end
        && window.is_free(next)
        && (is_name_word(window, next)
            || tokens.is_capital(next) && tokens.mark(next - 1) == Some('-')
            || particle(tokens, next).is_some())
    {
        return step(window, next, end).or(Some(next + 1));
    }
    if !is_name_word(window, at) {
        return None;
    }
    let mut here = at + 1;
    if tokens.is_mark(here, '.') && tokens.raw(at).chars().count() == 1 && tokens.is_capital(here + 1) {
        here += 1;
    }
    // "Al-Hafiz", "Abdul-Karim": a hyphen between capitals is inside the name.
    if tokens.is_mark(here, '-')
        && tokens.is_glued(here)
        && tokens.is_glued(here + 1)
        && is_name_word(window, here + 1)
    {
        here += 2;
    }
    Some(here.min(end))
}

/// Where the word of a particle stands: "al-Hafiz", "Abu Salim", "bin Omar".
pub(crate) fn particle(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let hyphen = tokens.is_mark(at + 1, '-') && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    match tokens.word(at) {
        "al" | "el" | "bin" | "ibn" | "bint" | "abu" | "umm" | "um" | "abd" | "abdul" | "abdel" | "abou"
        | "oum" => Some(if hyphen { at + 2 } else { at + 1 }),
        "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "ed" | "en" | "er" | "es" | "et" | "ez" | "ud"
        | "ul" | "adh"
            if hyphen =>
        {
            Some(at + 2)
        }
        _ => None,
    }
}

/// Whether a token can be a word of a name: a capital, and no word of the language.
pub(crate) fn is_name_word(window: &Window<'_>, at: usize) -> bool {
    let Some(token) = window.tokens.get(at) else { return false };
    // "RIP Salim Haddad"
    if token.capital && window.tokens.raw(at) == "RIP" {
        return false;
    }
    // "Fifteen NGO volunteers": a number begins no name.
    if token.kind != Kind::Latin || !token.capital || !window.is_free(at) || window.tags.number(at).is_some()
    {
        return false;
    }
    let given = window.tags.is(at, |sense| matches!(sense, Sense::Given(_)));
    let word = window.tags.is(at, |sense| {
        !matches!(
            sense,
            Sense::Given(_) | Sense::Construct | Sense::Head(..) | Sense::Org(_) | Sense::World(_)
        )
    }) || window
        .tags
        .at(at)
        .iter()
        .any(|tag| matches!(tag.sense, Sense::Head(..)) && window.tokens.word(at).len() > 4);
    given
        || !word && window.tokens.raw(at).chars().count() > 1
        || is_month_as_given_name(window, at)
        || is_faith_as_given_name(window, at)
        || initial(window, at)
        || inner_title(window, at)
}

/// "June Haddad": a month that no date is made of, right before another word of a name.
fn is_month_as_given_name(window: &Window<'_>, at: usize) -> bool {
    let month = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Month(_)));
    month(at) && window.tokens.is_word(at + 1) && !month(at + 1) && is_name_word(window, at + 1)
}

/// "Muslim Haddad was killed", "Christian Haddad, 33,": a word for people of a faith that opens a name, as what follows tells.
fn is_faith_as_given_name(window: &Window<'_>, at: usize) -> bool {
    const LONGEST: usize = 4;
    let faith = matches!(window.tokens.word(at), "muslim" | "christian");
    let described =
        at > 0 && window.tokens.is_word(at - 1) && !window.tokens.is_on(Words::EndsAPhrase, at - 1);
    let capital =
        |at: &usize| window.tokens.is_capital(*at) && window.is_free(*at) && window.tags.at(*at).is_empty();
    let end = at + 1 + (at + 1..at + LONGEST).take_while(capital).count();
    let aged = window.tokens.is_mark(end, ',') && window.tokens.is_number(end + 1);
    let told = matches!(window.tokens.word(end), "was" | "died") || aged;
    faith && !described && end > at + 1 && told
}

/// "Samar Sheikh Khalil", "Samar Omar Sheikh al-Khalil": a title between two parts of a name belongs to it.
fn inner_title(window: &Window<'_>, at: usize) -> bool {
    let is_one = |at: usize| matches!(window.tokens.word(at), "sheikh" | "haj" | "hajj" | "abu" | "umm");
    is_one(at)
        && at > 0
        && !is_one(at - 1)
        && window.tokens.is_capital(at - 1)
        && !window.tokens.is_mark(at - 1, '.')
        && is_name_word(window, at - 1)
        && window.tokens.is_capital(particle(&window.tokens, at + 1).unwrap_or(at + 1))
}

fn initial(window: &Window<'_>, at: usize) -> bool {
    window.tokens.raw(at).chars().count() == 1
        && at > 0
        && window.tokens.is_capital(at - 1)
        && !matches!(window.tokens.word(at), "a" | "i")
}

/// Where what stands in brackets or quotation marks right after a name ends, if it is another name of the same person:
/// "(Abu Salim)", “Umm Rami”, "(Al-Zahrani)"; else where it began.
pub(crate) fn nickname_end(window: &Window<'_>, at: usize) -> usize {
    if let Some(end) = arabic::kunya_in_brackets(window, at) {
        return end;
    }
    let opens = |at: usize| matches!(window.tokens.mark(at), Some('(' | '“' | '"' | '‘' | '['));
    let closes = |at: usize| matches!(window.tokens.mark(at), Some(')' | '”' | '"' | '’' | ']'));
    let comma = usize::from(window.tokens.is_mark(at, ','));
    if comma == 1 && window.tokens.word(at + 1) != "also" {
        return at;
    }
    let inside = at + comma + usize::from(comma == 0 && opens(at));
    let from = known_as(window, inside);
    let kunya = is_kunya(window, from + usize::from(opens(from)));
    if from == at || from == inside && !window.tokens.is_mark(at, '(') && !kunya {
        return at;
    }
    let mut here = from;
    while here < at + 9 && (opens(here) || is_name_part(window, here)) {
        here += 1;
    }
    if here > from && (comma == 1 || inside == at) {
        return here;
    }
    let named = here > from && closes(here);
    while named && closes(here) && here < at + 9 {
        here += 1;
    }
    if named { here } else { at }
}

/// Where "also known as", "also called", "aka" before another name ends.
fn known_as(window: &Window<'_>, at: usize) -> usize {
    let also = at + usize::from(window.tokens.word(at) == "also");
    match (window.tokens.word(also), window.tokens.word(also + 1)) {
        ("known" | "referred" | "reported", "as" | "to") => {
            also + 2 + usize::from(window.tokens.word(also + 2) == "as")
        }
        ("called" | "named", _) if also > at => also + 1,
        ("aka" | "alias", _) => also + 1,
        _ => at,
    }
}

fn is_kunya(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "abu" | "abou" | "abo" | "umm" | "um" | "oum" | "om")
}

fn is_name_part(window: &Window<'_>, at: usize) -> bool {
    is_kunya(window, at)
        || is_name_word(window, at)
        || particle(&window.tokens, at).is_some()
        || window.tokens.is_mark(at, '-') && window.tokens.is_glued(at)
}

/// What the first word of a name says: its sex, and whether it is a given name at all.
fn given(window: &Window<'_>, at: usize) -> (Option<Sex>, bool) {
    let sexes: Vec<Sex> = window
        .tags
        .at(at)
        .iter()
        .filter_map(|tag| if let Sense::Given(sex) = tag.sense { Some(*sex) } else { None })
        .collect();
    match sexes.as_slice() {
        [] => (None, false),
        [first, rest @ ..] if rest.iter().all(|sex| sex == first) => (Some(*first), true),
        _ => (None, true),
    }
}

/// The title that stands right before a token.
pub(crate) fn title_before(window: &Window<'_>, at: usize) -> Option<Title> {
    let before = (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .find(|at| window.tokens.mark(*at).is_none_or(|mark| mark != '.' && mark != '“' && mark != '"'))?;
    window
        .tags
        .find(before, |sense| {
            if let Sense::Title(title @ (Title::Neutral | Title::Victim)) = sense {
                Some(*title)
            } else {
                None
            }
        })
        .map(|(title, _)| title)
}

/// Single names that only their list vouches for: "Ibrahim, Karam and Mai Al-Hafiz".
fn coordinated(window: &mut Window<'_>, found: &[Name]) -> Vec<Name> {
    let mut extra: Vec<Name> = Vec::new();
    for name in found {
        // Backwards over "X, Y and" before the name.
        let mut start = name.run.start;
        while start >= 2
            && is_joint(window, start - 1)
            && is_name_word(window, start - 2)
            && !preceded(window, start - 2)
            && !latin::is_adverb(window, &(start - 2..start - 1))
        {
            start -= 2;
            window.own(start..start + 1, Owner::Person);
            extra.push(Name {
                run: start..start + 1,
                prefix: 0,
                shared: None,
                title: None,
                sex: given(window, start).0,
            });
        }
        extra.extend(announced(window, name));
    }
    extra
}

/// "their sons Salim, Juri and Adam": what kin announces goes on over single names.
fn announced(window: &mut Window<'_>, first: &Name) -> Vec<Name> {
    let plural = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.number == Number::Plural);
    let mut extra = Vec::new();
    let announced = first.run.start > 0
        && (window.tags.is(first.run.start - 1, plural)
            || window.tokens.is_mark(first.run.start - 1, ':')
                && first.run.start > 1
                && window.tags.is(first.run.start - 2, plural));
    let mut end = first.run.end;
    while announced && extra.len() < 20 {
        let mut next = end;
        while next < end + 2 && is_joint(window, next) {
            next += 1;
        }
        let single = is_name_word(window, next) && !window.tokens.is_mark(next + 1, '\'');
        if next == end || !single || step(window, next + 1, next + 2).is_some() {
            break;
        }
        window.own(next..next + 1, Owner::Person);
        let sex = given(window, next).0;
        extra.push(Name { run: next..next + 1, prefix: 0, shared: None, title: None, sex });
        end = next + 1;
    }
    extra
}

fn is_joint(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_mark(at, ',') || matches!(window.tokens.word(at), "and" | "&")
}

/// Whether the word before a capital makes it part of something longer.
fn preceded(window: &Window<'_>, at: usize) -> bool {
    at > 0
        && (matches!(window.tokens.word(at - 1), "in" | "at" | "near" | "of" | "from")
            || window.tokens.is_capital(at - 1) && !window.is_free(at - 1))
}

fn is_small_name(window: &Window<'_>, at: usize) -> bool {
    window.is_free(at)
        && !window.tokens.is_capital(at)
        && !window.tokens.is_arabic(at)
        && window.tokens.is_word(at)
        && window.tags.is(at, |sense| matches!(sense, Sense::Given(_)))
        && !window.tags.is(at, |sense| matches!(sense, Sense::Common))
}

/// In "A, B and C Surname" the surname of the last is that of all.
fn share_surnames(window: &Window<'_>, names: &mut [Name]) {
    for last in (1..names.len()).rev() {
        let Some(surname) = surname(window, &names[last].run) else { continue };
        if names[last].shared.is_some()
            || !(is_and(window, names[last].run.start.wrapping_sub(1))
                || begins_with_and(window, &names[last]))
        {
            continue;
        }
        let mut first = last;
        while first > 0
            && names[first - 1].shared.is_none()
            && is_single(window, &names[first - 1])
            && joined(window, &names[first - 1].run, &names[first])
        {
            first -= 1;
            names[first].shared = Some(surname.clone());
        }
    }
}

fn is_and(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "and" | "&" | "و")
}

fn is_single(window: &Window<'_>, name: &Name) -> bool {
    window.tokens.is_word(name.run.start) && name.run.len() == 1
}

fn begins_with_and(window: &Window<'_>, name: &Name) -> bool {
    name.prefix > 0 && window.tokens.word(name.run.start).starts_with('و')
}

fn joined(window: &Window<'_>, first: &Range<usize>, second: &Name) -> bool {
    let between = first.end..second.run.start;
    between.is_empty() && begins_with_and(window, second)
        || !between.is_empty() && between.len() <= 2 && between.into_iter().all(|at| is_joint(window, at))
}

/// Everything after the given name.
fn surname(window: &Window<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let start = run.start + 1;
    (start < run.end && !window.tokens.is_mark(start, '-')).then_some(start..run.end)
}

impl Name {
    /// The whole name in a normal form: first letters capital, the shared surname added.
    pub fn full(&self, tokens: &Tokens<'_>) -> String {
        let mut full = capitalised(&tokens.quoted_without(&self.run, usize::from(self.prefix)).quote);
        if let Some(shared) = &self.shared {
            full.push(' ');
            full.push_str(tokens.quote(shared));
        }
        full.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
