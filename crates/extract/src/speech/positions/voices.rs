//! Who speaks of itself in a sentence: the parties that the text names, and in the place of a speaker also those that are
//! known by the head of their name alone, «القيادة العليا الدرافية», "the Valdren Republic's general staff", or by
//! their capital.
//!
//! The trap this avoids: a party that is only told of, struck or spoken to becomes a speaker.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use sijil_model::fold::fold;
use sijil_model::{ActorCode, Bounds};

use super::super::tellers;
use super::after_office;
use crate::actors::ActorMention;
use crate::sense::{MeansPart, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// A sentence with the parties that may speak in it, in order.
pub(super) struct Voices<'w, 'a> {
    window: &'w Window<'a>,
    run: Range<usize>,
    pub parties: Vec<ActorMention>,
}

impl<'w, 'a> Voices<'w, 'a> {
    /// Those of a sentence.
    pub fn of(window: &'w Window<'a>, run: &Range<usize>) -> Self {
        Self { window, run: run.clone(), parties: parties(window, run) }
    }

    /// The party that a verb at a place has for its subject or its agent: «نفت الجبهة», "the army denied", "dismissed by the
    /// army"; `end` is where the verb and what belongs to it end.
    pub fn subject(&self, at: usize, end: usize) -> Option<ActorMention> {
        let (window, run) = (self.window, &self.run);
        if window.tokens.is_arabic(at) {
            return self.right_after(at, end).or_else(|| self.before(at));
        }
        let passive =
            at > run.start && matches!(window.tokens.word(at - 1), "was" | "were" | "been" | "being");
        if window.tokens.word(end) == "by" {
            return self.parties.iter().find(|one| (end + 1..end + 4).contains(&one.run.start)).cloned();
        }
        if passive { None } else { self.before(at) }
    }

    /// The party that says what stands at a place: named before or after it beside a verb of telling, or before a colon.
    pub fn speaker(&self, at: usize, end: usize) -> Option<ActorMention> {
        let (window, run) = (self.window, &self.run);
        let tells = |at: usize| is_telling(window, at);
        let before = self.parties.iter().rev().filter(|one| one.run.end <= at).find(|one| {
            let from = after_office(window, one);
            let arabic = window.tokens.is_arabic(one.run.start);
            let colon = (from..at.min(from + 9)).any(|at| window.tokens.is_mark(at, ':'));
            let said = (from..at).any(tells)
                || arabic && (one.run.start.saturating_sub(9).max(run.start)..one.run.start).any(tells);
            (said || colon || is_according(window, one))
                && !self.is_governed(one)
                && !others_tell(window, one.run.end..at)
        });
        let after = || {
            let near = |one: &&ActorMention| {
                let from = after_office(window, one);
                let said = (one.run.start.saturating_sub(10).max(end)..one.run.start).any(tells)
                    || (from..(from + 4).min(run.end)).any(tells);
                let mark = (end..one.run.start).any(|at| {
                    matches!(window.tokens.mark(at), Some(',' | '“' | '”' | '"' | '«' | '»' | ':'))
                });
                (said && mark || is_according(window, one)) && !self.is_governed(one)
            };
            self.parties.iter().filter(|one| one.run.start >= end).find(near)
        };
        before.or_else(after).cloned()
    }

    /// The party right after a place: «لم يصدر أي تعليق من الجبهة», "no word from the army".
    pub fn next(&self, end: usize) -> Option<ActorMention> {
        const NEAR: usize = 4;
        self.parties.iter().find(|one| (end..end + NEAR).contains(&one.run.start)).cloned()
    }

    /// Whether a party is only what something else is done to or belongs to: "strikes on the Front", "fighters of the Front";
    /// but not "a spokesman for the Front".
    fn is_governed(&self, one: &ActorMention) -> bool {
        let (window, run) = (self.window, &self.run);
        const OFFICE: usize = 6;
        if is_according(window, one) {
            return false;
        }
        let start = one.run.start;
        let the = usize::from(start > run.start && window.tokens.word(start - 1) == "the");
        let word = (start - the)
            .checked_sub(1)
            .filter(|at| *at >= run.start)
            .map_or("", |at| window.tokens.word(at));
        let office = || {
            (start.saturating_sub(OFFICE).max(run.start)..start)
                .any(|at| window.tokens.is_on(Words::SpeaksFor, at))
        };
        if window.tokens.is_arabic(start) {
            let prefixed = one.prefix > 0
                && window.tokens.word(start).trim_start_matches(['و', 'ف']).starts_with(['ل', 'ب']);
            return (prefixed || Words::AimsAt.has(word)) && !office();
        }
        match word {
            "of" | "for" | "from" | "in" | "with" => !office(),
            _ => Words::AimsAt.has(word),
        }
    }

    /// The nearest party before a place that nothing governs, with nobody else's words between.
    fn before(&self, at: usize) -> Option<ActorMention> {
        let window = self.window;
        const REACH: usize = 24;
        let near = |one: &&ActorMention| one.run.end <= at && at - one.run.end <= REACH;
        let fits = |one: &&ActorMention| !self.is_governed(one) && !others_tell(window, one.run.end..at);
        self.parties.iter().rev().filter(near).find(fits).cloned()
    }

    /// «نفت الجبهة», «نفى متحدث باسم الجبهة»: the party after an Arabic verb, no clause between.
    fn right_after(&self, at: usize, end: usize) -> Option<ActorMention> {
        let (window, run) = (self.window, &self.run);
        const REACH: usize = 9;
        let opens =
            |at: &usize| window.tokens.mark(*at).is_some() || super::arabic::opens_a_clause(window, *at);
        let limit = (end..run.end.min(end + REACH)).find(opens).unwrap_or(run.end.min(end + REACH));
        self.parties
            .iter()
            .find(|one| one.run.start > at && one.run.start < limit && !self.is_governed(one))
            .cloned()
    }
}

/// The parties of a sentence that may speak, in order.
fn parties(window: &Window<'_>, run: &Range<usize>) -> Vec<ActorMention> {
    let mut found: Vec<ActorMention> = window.within(&window.actors, run, |actor| &actor.run).to_vec();
    let mut at = run.start;
    while at < run.end {
        let known = found.iter().find(|one| one.run.contains(&at)).map(|one| one.run.end);
        // «جيش العدو الأزرقي»: the name of a known party is not another's.
        let is_new =
            |one: &ActorMention| !found.iter().any(|known| super::super::overlap(&known.run, &one.run));
        let formed = if known.is_none() {
            by_head(window, at, run.end).or_else(|| capital(window, at)).filter(is_new)
        } else {
            None
        };
        at = known.or(formed.as_ref().map(|one| one.run.end)).unwrap_or(at + 1);
        found.extend(formed);
    }
    found.sort_by_key(|one| one.run.start);
    found
}

/// Whether a token is a verb of telling in either language.
fn is_telling(window: &Window<'_>, at: usize) -> bool {
    if window.tokens.is_arabic(at) {
        let says = |sense: &Sense| matches!(sense, Sense::Says | Sense::Claim | Sense::Declare(_));
        return window.tags.at(at).iter().any(|tag| says(tag.sense) && !tag.article);
    }
    tellers::tells(window, at) || window.tokens.is_on(Words::SpeaksOfItself, at)
}

/// "according to the army", «بحسب الجيش».
fn is_according(window: &Window<'_>, one: &ActorMention) -> bool {
    const NEAR: usize = 5;
    (one.run.start.saturating_sub(NEAR)..one.run.start)
        .any(|at| window.tokens.word(at) == "according" || window.tokens.is_on(Words::AccordingTo, at))
}

/// Whether somebody who is no party tells something there: residents, an organisation.
fn others_tell(window: &Window<'_>, run: Range<usize>) -> bool {
    use sijil_model::codebook::SourceKind::{OfficialStatement, PartyStatement};
    let other = |sense: &Sense| match sense {
        Sense::Role(kind) | Sense::Teller(kind) => !matches!(kind, OfficialStatement | PartyStatement),
        _ => false,
    };
    run.into_iter().any(|at| window.tags.is(at, other) && (at + 1..at + 4).any(|at| is_telling(window, at)))
}

/// A party by the head of its name, where no table knows it.
fn by_head(window: &Window<'_>, at: usize, limit: usize) -> Option<ActorMention> {
    let end = if window.tokens.is_arabic(at) {
        arabic_name(window, at, limit)?
    } else {
        english_name(window, at, limit)?
    };
    let prefix =
        u8::from(window.tokens.is_arabic(at) && bare(window.tokens.word(at)) != window.tokens.word(at));
    let name = window.tokens.folded(&(at..end), usize::from(prefix));
    let code = ActorCode::new(&crate::actors::latin_code(&name)).ok()?;
    Some(ActorMention { code, run: at..end, prefix, active: Bounds::default() })
}

/// A word without «و», «ف», «ل», «ب» before the head of a party's name.
fn bare(word: &str) -> &str {
    let head = |word: &&str| Words::PartyHead.has(word);
    let cut = ['و', 'ف', 'ل', 'ب'].iter().find_map(|letter| word.strip_prefix(*letter));
    if head(&word) { word } else { cut.filter(head).unwrap_or(word) }
}

/// «حكومة مرجان», «القيادة العليا الدرافية», «المجلس العسكري»: where a name ends that begins with the head of one.
fn arabic_name(window: &Window<'_>, at: usize, limit: usize) -> Option<usize> {
    const WORDS: usize = 4;
    let head = bare(window.tokens.word(at));
    if !Words::PartyHead.has(head) {
        return None;
    }
    // «الجبهة الشمالية»: a head with the article has adjectives after it, «تبنت الحركة الهجوم» names no party.
    let adjective = |at: usize| {
        let word = window.tokens.word(at);
        word.starts_with("ال")
            && (word.ends_with('ي') || word.ends_with("يه") || word == "العليا" || word == "السفلي")
    };
    if head.starts_with("ال") && !adjective(at + 1) {
        return None;
    }
    let goes_on = |at: &usize| {
        let says = |sense: &Sense| {
            matches!(
                sense,
                Sense::Says
                    | Sense::Claim
                    | Sense::Declare(_)
                    | Sense::Strike
                    | Sense::Targeting
                    | Sense::Negation
                    | Sense::Means(_, MeansPart::Event)
            )
        };
        window.tokens.is_arabic(*at)
            && !window.tokens.is_on(Words::Connects, *at)
            && !matches!(window.owner(*at), Owner::Time)
            && !window.tags.at(*at).iter().any(|tag| says(tag.sense) && !tag.article)
            && window.tokens.get(*at).is_some_and(|token| token.lines == 0)
    };
    let end = (at + 1..limit.min(at + 1 + WORDS)).take_while(goes_on).last().map_or(at + 1, |last| last + 1);
    (end > at + 1).then_some(end)
}

/// "the Valdren Republic's general staff", "Myanmar's military", "the government of Marjan".
fn english_name(window: &Window<'_>, at: usize, limit: usize) -> Option<usize> {
    const WORDS: usize = 4;
    let word = |at: usize| window.tokens.word(at);
    let name =
        |at: usize| window.tokens.is_capital(at) && window.tokens.is_word(at) && !is_determiner(word(at));
    let head = |at: usize| {
        let two = matches!(
            (word(at), word(at + 1)),
            ("general", "staff")
                | ("high", "command")
                | ("armed", "forces")
                | ("air", "force")
                | ("defence" | "defense" | "war", "ministry")
                | ("military", "command")
                | ("security", "forces")
        );
        let plain = window.tokens.is_on(Words::PartyHead, at)
            && (window.tokens.is_capital(at)
                || !matches!(word(at), "council" | "mission" | "union" | "federation" | "alliance"));
        if two { Some(at + 2) } else { plain.then_some(at + 1) }
    };
    // "government of Marjan", "Ministry of War in Castrel"
    let of = word(at + 1) == "of";
    let ministry = word(at) == "ministry" && of && matches!(word(at + 2), "defence" | "defense" | "war");
    if ministry {
        let placed = word(at + 3) == "in" && name(at + 4);
        return Some(if placed { at + 5 } else { at + 3 });
    }
    if of && matches!(word(at), "government" | "junta" | "army" | "military" | "regime" | "forces" | "union")
    {
        let first = at + 2 + usize::from(word(at + 2) == "the");
        let last = (first..limit.min(first + WORDS)).take_while(|at| name(*at)).last()?;
        return Some(last + 1);
    }
    if !name(at) || at > 0 && name(at - 1) {
        return None;
    }
    let names = (at..limit.min(at + WORDS)).take_while(|at| name(*at)).last()? + 1;
    // Of capitals the last may be the head: "Riverine Force".
    if names - at > 1 && window.tokens.is_on(Words::PartyHead, names - 1) {
        return Some(names);
    }
    let possessive = window.tokens.is_mark(names, '\'') && word(names + 1) == "s";
    head(names + 2 * usize::from(possessive))
}

/// Words that may begin a sentence in a capital and are part of no name.
fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "our"
            | "their"
            | "its"
            | "his"
            | "her"
            | "this"
            | "that"
            | "these"
            | "those"
            | "some"
            | "all"
            | "both"
            | "no"
            | "any"
            | "such"
            | "other"
            | "and"
            | "but"
            | "if"
            | "when"
    )
}

/// "Moscow", «أنقرة»: a state by its capital.
fn capital(window: &Window<'_>, at: usize) -> Option<ActorMention> {
    let word = window.tokens.word(at);
    let cut = word.strip_prefix(['و', 'ف', 'ل']).unwrap_or(word);
    let named = |first: &str| {
        CAPITALS.get(first)?.iter().find(|(_, rest)| window.tokens.after_words(at + 1, rest, &[]).is_some())
    };
    let (prefix, (code, rest)) = match named(word) {
        Some(capital) => (0, capital),
        None => (1, named(cut).filter(|_| cut != word)?),
    };
    let run = at..at + 1 + rest.len();
    Some(ActorMention { code: code.clone(), run, prefix, active: Bounds::default() })
}

/// A state and the words of its capital after the first.
type Capital = (ActorCode, Vec<String>);

/// The states that are meant by capitals, by a capital's first word.
static CAPITALS: LazyLock<FxHashMap<String, Vec<Capital>>> = LazyLock::new(|| {
    let file = include_str!("../../../data/capitals.csv");
    // The file is part of the program, and a test reads every row.
    let rows =
        csv::Reader::from_reader(file.as_bytes()).into_deserialize::<[String; 3]>().filter_map(Result::ok);
    let mut capitals = FxHashMap::<String, Vec<_>>::default();
    for [code, english, arabic] in rows {
        let Ok(code) = ActorCode::new(&code) else { continue };
        for name in english.split('|').chain(arabic.split('|')) {
            let folded = fold(name);
            let mut words = folded.split(' ').map(str::to_owned);
            let Some(first) = words.next() else { continue };
            capitals.entry(first).or_default().push((code.clone(), words.collect()));
        }
    }
    capitals
});
