//! Stage 6: who speaks: named and unnamed sources, quotes, and what parties say of themselves.

use std::ops::Range;

use sijil_model::codebook::{Identification, ReleaseLevel, SourceKind};
use sijil_model::fold::fold;

use crate::names::organisation_name;
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::times::Time;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

mod arabic;
mod positions;
mod subjects;
mod tellers;

pub(crate) use positions::positions;

/// Somebody whose words are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub run: Range<usize>,
    pub name: Option<String>,
    pub kind: SourceKind,
    pub organisation: Option<String>,
    pub identification: Identification,
    pub release: ReleaseLevel,
}

/// The sources of a sentence, in order.
pub(crate) fn sources(window: &Window<'_>, sentence: &Sentence) -> Vec<Source> {
    let run = &sentence.run;
    let mut found: Vec<Source> = Vec::new();
    let witness = window.testimony.as_ref().and_then(|testimony| testimony.source(window));
    if let Some(witness) = witness.filter(|witness| run.contains(&witness.run.start)) {
        return vec![witness];
    }
    let arabic =
        run.clone().find(|at| window.tokens.is_word(*at)).is_some_and(|at| window.tokens.is_arabic(at));
    let subjects = if arabic { Vec::new() } else { subjects::named(window, run) };
    for name in window.within(&window.names, run, |name| &name.run) {
        if speaks(window, &name.run) || subjects.contains(&name) {
            found.push(named(window, arabic::fullest(window, name), &name.run, run));
        }
    }
    found.extend(letterhead(window, sentence));
    if arabic && let Some(signed) = arabic::signed(window, sentence) {
        found.retain(|source| source.run != signed.run);
        found.push(signed);
    }
    for organisation in window.within(&window.organisations, run, |run| run) {
        let inside = found
            .iter()
            .any(|source| source.run.start <= organisation.start && organisation.end <= source.run.end);
        let tells = says_near(window, organisation)
            || role_near(window, organisation).is_some()
            || !window.tokens.is_arabic(organisation.start) && tellers::is_cited(window, organisation);
        if !inside && tells {
            let head = arabic::headed_by(window, organisation);
            found.push(head.unwrap_or_else(|| organised(window, organisation)));
        }
    }
    for actor in window.within(&window.actors, run, |actor| &actor.run) {
        if party_speaks(window, &actor.run) {
            found.push(party(window, &actor.run));
        }
    }
    if arabic {
        let more = arabic::speakers(window, run, &found);
        found.extend(more);
        found.extend(unnamed(window, run).filter(|_| found.is_empty()));
    } else {
        found.extend(tellers::tellers(window, run, &found));
        let unnamed = subjects::unnamed(window, run);
        let known: Vec<Range<usize>> = found.iter().map(|source| source.run.clone()).collect();
        let new = |source: &Source| !known.iter().any(|run| overlap(run, &source.run));
        found.extend(unnamed.into_iter().filter(new));
    }
    found.sort_by_key(|source| source.run.start);
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether a name is one of somebody who speaks or reports: not who made something else, nor who lost somebody.
fn speaks(window: &Window<'_>, run: &Range<usize>) -> bool {
    let made = is_maker(window, run.start) || crate::harm::made_it(window, run.start);
    crate::harm::is_speaker(window, run) && !made && !is_bereft(window, run.end)
}

/// "translated by Salim Haddad": but "a video posted by", "mourned by", and "By Salim Haddad" over an article.
fn is_maker(window: &Window<'_>, start: usize) -> bool {
    let Some(by) = start.checked_sub(1).filter(|at| window.tokens.word(*at) == "by") else { return false };
    let opens = window.tokens.get(by).is_some_and(|token| token.lines > 0) || by == 0;
    let tells = by > 0 && {
        let word = window.tokens.word(by - 1);
        let says = |sense: &Sense| matches!(sense, Sense::Says | Sense::Mourns);
        Words::MadePublic.has(word) || Words::Telling.has(word) || window.tags.is(by - 1, says)
    };
    !(opens || tells)
}

/// "Her mother, Salma, lost an eye", "Salim Haddad, 12, who lost his hand".
fn is_bereft(window: &Window<'_>, end: usize) -> bool {
    let next = (end..end + 5)
        .find(|at| window.tokens.is_word(*at) && window.tokens.word(*at) != "who")
        .map_or("", |at| window.tokens.word(at));
    matches!(next, "lost" | "received")
}

/// "Nahr Centre for Documentation" as the first line of a text, «نهران / جريدة النهر» as one of its first: who issued it.
fn letterhead(window: &Window<'_>, sentence: &Sentence) -> Option<Source> {
    const LONGEST: usize = 14;
    const HEAD: usize = 40;
    const PLACE: usize = 3;
    const OWN_LINE: usize = 6;
    let run = &sentence.run;
    let tells = |sense: &Sense| matches!(sense, Sense::Says | Sense::Harm(..) | Sense::Strike);
    let Some(organisation) = window.within(&window.organisations, run, |run| run).first() else {
        let heads = run.start == 0 && !sentence.ended && run.len() <= LONGEST;
        let silent = heads && !window.tags.any(run.clone(), tells) && window.tokens.is_arabic(run.start);
        return silent.then(|| arabic::issuing_body(window, run)).flatten();
    };
    let outside = run.clone().filter(|at| !organisation.contains(at));
    if run.start > HEAD
        || sentence.ended
        || run.len() > LONGEST
        || outside.clone().any(|at| window.tags.is(at, tells))
    {
        return None;
    }
    let first = run.clone().find(|at| window.tokens.is_word(*at))?;
    let opens_text = run.start == 0 && organisation.contains(&first);
    let placed = organisation.start.checked_sub(1).is_some_and(|at| {
        at > run.start && matches!(window.tokens.mark(at), Some('/' | '-')) && !window.tokens.is_glued(at)
    });
    let undated = outside.filter(|at| window.tokens.is_word(*at) && window.owner(*at) != Owner::Time).count();
    let is_dateline = (sentence.opens_line || run.start == 0) && placed && undated <= PLACE;
    // «شبكة أنباء وادي النهر»: all words of a first line that begins with a body are its name.
    let whole = first..run.end;
    let own_line =
        opens_text && whole.len() <= OWN_LINE && whole.clone().all(|at| window.tokens.is_arabic(at));
    let issuer = if own_line { &whole } else { organisation };
    (opens_text || is_dateline).then(|| organised(window, issuer))
}

fn named(window: &Window<'_>, name: String, run: &Range<usize>, sentence: &Range<usize>) -> Source {
    let near = run.start.saturating_sub(4).max(sentence.start)..(run.end + 10).min(sentence.end);
    let organisation = window.within(&window.organisations, &near, |run| run).first();
    // «خلال مؤتمر صحفي»
    let conference =
        |at: usize| at > 0 && matches!(window.tokens.word(at - 1), "موتمر" | "بيان" | "تصريح" | "لقاء");
    let role = near.clone().filter(|at| !conference(*at)).find_map(|at| {
        window
            .tags
            .find(at, |sense| if let Sense::Role(kind) = sense { Some(*kind) } else { None })
            .map(|(kind, tag)| (kind, at + usize::from(tag.length)))
    });
    let end =
        [run.end, organisation.map_or(0, |organisation| organisation.end), role.map_or(0, |(_, end)| end)]
            .into_iter()
            .max()
            .unwrap_or(run.end);
    let end = place_after(window, end, sentence.end);
    // «يقول شقيقه سليم الوراق»
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.possessed);
    let is_kin = run.start > 0 && window.tokens.is_arabic(run.start) && window.tags.is(run.start - 1, kin);
    let other = if is_kin { SourceKind::RelativeTestimony } else { SourceKind::Other };
    let kind = role.map_or(other, |(kind, _)| kind);
    Source {
        run: run.start..end,
        name: Some(name),
        kind,
        organisation: organisation.map(|run| organisation_name(window, run)),
        identification: Identification::Named,
        release: ReleaseLevel::NamedKeys,
    }
}

/// "reporter in Deir Ezzor": the place is among the words of the source.
fn place_after(window: &Window<'_>, end: usize, limit: usize) -> usize {
    if matches!(window.tokens.word(end), "in" | "at" | "في") && window.owner(end + 1) == Owner::Place {
        (end + 1..limit).find(|at| window.owner(*at) != Owner::Place).unwrap_or(limit)
    } else {
        end
    }
}

fn organised(window: &Window<'_>, run: &Range<usize>) -> Source {
    let role = role_near(window, run);
    let headed = |at: usize| {
        window
            .tags
            .find(at, |sense| if let Sense::Org(kind) = sense { Some(*kind) } else { None })
            .map(|(kind, _)| kind)
    };
    let before = run.start.checked_sub(1).and_then(headed);
    let statistic = window.tags.is(run.end, |sense| matches!(sense, Sense::Org(_)));
    let own = run
        .clone()
        .find_map(|at| {
            window.tags.find(at, |sense| if let Sense::Org(kind) = sense { Some(*kind) } else { None })
        })
        .map(|(kind, _)| kind);
    let (start, end) = role
        .map_or((run.start - usize::from(before.is_some()), run.end + usize::from(statistic)), |(at, _)| {
            (run.start.min(at), run.end.max(at + 1))
        });
    let kind = role.map(|(_, kind)| kind).or(own).or(before).unwrap_or(if statistic {
        SourceKind::NgoReport
    } else {
        SourceKind::Other
    });
    let person = role.is_some();
    // "the Tavrian Ministry of Defence": whose it is belongs to its name.
    let latin = !window.tokens.is_arabic(run.start);
    let whose = window.actors.iter().find(|actor| latin && actor.run.end == run.start);
    let whole = whose.map_or(run.start, |actor| actor.run.start)..run.end;
    Source {
        run: start.min(whole.start)..end,
        name: None,
        kind,
        organisation: Some(organisation_name(window, &whole)),
        identification: if person { Identification::UnnamedWithRole } else { Identification::Named },
        release: if person { ReleaseLevel::NamedKeys } else { ReleaseLevel::Public },
    }
}

fn role_near(window: &Window<'_>, run: &Range<usize>) -> Option<(usize, SourceKind)> {
    [run.end, run.start.wrapping_sub(1)].into_iter().find_map(|at| {
        window
            .tags
            .find(at, |sense| if let Sense::Role(kind) = sense { Some(*kind) } else { None })
            .map(|(kind, _)| (at, kind))
    })
}

fn says_near(window: &Window<'_>, run: &Range<usize>) -> bool {
    let arabic = window.tokens.is_arabic(run.start);
    let says = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Says)) || !arabic && tellers::tells(window, at)
    };
    (run.end..run.end + 4).any(says) || (1..=4).filter_map(|back| run.start.checked_sub(back)).any(says)
}

/// "the Northern Front said", "according to the Northern Front": a party that tells.
fn party_speaks(window: &Window<'_>, run: &Range<usize>) -> bool {
    let the = usize::from(run.start > 0 && window.tokens.word(run.start - 1) == "the");
    let according = run.start > 1 + the
        && window
            .tags
            .find(run.start - 2 - the, |sense| matches!(sense, Sense::Says).then_some(()))
            .is_some_and(|(_, tag)| tag.length == 2);
    let verb = (run.end..run.end + 6).find(|at| tellers::tells(window, *at));
    // "sources close to the Front said"
    let before = run.start.checked_sub(1 + the).map_or("", |at| window.tokens.word(at));
    let governed = matches!(before, "to" | "of" | "at" | "from" | "in" | "with" | "by" | "against" | "on");
    let subject = !governed
        && verb.is_some_and(|verb| tellers::before_adverbs(window, verb, run.start) == Some(run.end - 1));
    !window.tokens.is_arabic(run.start) && (according || subject)
}

fn party(window: &Window<'_>, run: &Range<usize>) -> Source {
    Source {
        run: run.clone(),
        name: None,
        kind: SourceKind::PartyStatement,
        organisation: Some(window.tokens.quote(run).to_owned()),
        identification: Identification::Named,
        release: ReleaseLevel::Public,
    }
}

/// قال شهود عيان: the first role beside a word of saying.
fn unnamed(window: &Window<'_>, run: &Range<usize>) -> Option<Source> {
    let says = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Says));
    let (at, kind, length) = run.clone().find_map(|at| {
        let (kind, tag) =
            window.tags.find(at, |sense| if let Sense::Role(kind) = sense { Some(*kind) } else { None })?;
        let end = at + usize::from(tag.length);
        let near =
            (end..(end + 4).min(run.end)).any(says) || (at.saturating_sub(3).max(run.start)..at).any(says);
        (near && window.is_free(at)).then_some((at, kind, usize::from(tag.length)))
    })?;
    let official = kind == SourceKind::OfficialStatement;
    Some(Source {
        run: at..at + length,
        name: None,
        kind,
        organisation: None,
        identification: Identification::UnnamedWithRole,
        release: if official { ReleaseLevel::Public } else { ReleaseLevel::NamedKeys },
    })
}

/// "a monitor said on Sunday", "said in a statement on Sunday": when it was said, not when it happened.
pub(crate) fn is_time_of_speech(window: &Window<'_>, time: &Time, sentence: &Range<usize>) -> bool {
    let from = time.run.start.saturating_sub(3).max(sentence.start);
    let says = |at: usize| {
        window
            .tags
            .at(at)
            .iter()
            .any(|tag| matches!(tag.sense, Sense::Says | Sense::Claim | Sense::Mourns) && tag.prefix == 0)
            || matches!(
                window.tokens.word(at),
                "statement" | "acknowledged" | "admitted" | "conceded" | "اقر" | "اقرت" | "اعترف" | "اعترفت"
            )
    };
    // «أعلن أمس مقتل ثلاثة، … بعد ظهر اليوم نفسه»: when it was said is when it happened.
    let same_day = |at: usize| window.tokens.word(at) == "اليوم" && is_itself(window.tokens.word(at + 1));
    if (time.run.end..sentence.end).any(same_day) {
        return false;
    }
    if is_of_a_report(window, time) {
        return true;
    }
    let close = (from..time.run.start).all(|at| !matches!(window.tokens.mark(at), Some(',')));
    close && (from..time.run.start).any(says)
}

/// "in our report of 4 November", «في خبرنا أمس»: when something was published.
fn is_of_a_report(window: &Window<'_>, time: &Time) -> bool {
    let word = |back: usize| time.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let preposition = matches!(word(1), "of" | "from" | "on" | "dated" | "في");
    window.tokens.is_on(Words::Published, time.run.start.saturating_sub(1 + usize::from(preposition)))
}

/// «اليوم نفسه», «اليوم ذاته».
pub(crate) fn is_itself(word: &str) -> bool {
    matches!(word, "نفسه" | "ذاته" | "عينه")
}

/// Whether two sources are surely one: the same whole name, or a name that is the last word of another.
pub(crate) fn same(one: &Source, other: &Source) -> bool {
    match (&one.name, &other.name) {
        (Some(a), Some(b)) => {
            let (a, b) = (fold(a), fold(b));
            a == b || a.ends_with(&format!(" {b}")) || b.ends_with(&format!(" {a}"))
        }
        (None, None) => match (&one.organisation, &other.organisation) {
            (Some(a), Some(b)) => {
                one.kind == other.kind && (a == b || is_short_for(a, b) || is_short_for(b, a))
            }
            _ => false,
        },
        _ => false,
    }
}

/// "the Group" for "the Nahr Group", «المرصد» for «مرصد النهر»: one word that begins or ends the whole name.
fn is_short_for(short: &str, whole: &str) -> bool {
    let (short, whole) = (fold(short), fold(whole));
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    let mut words = whole.split(' ');
    let (first, last) = (words.next(), words.next_back());
    !short.contains(' ')
        && last.is_some()
        && [first, last].iter().flatten().any(|word| bare(word) == bare(&short))
}

/// Words in quotation marks of at least four words, organisations not included.
pub(crate) fn quotes(window: &Window<'_>, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for at in run.clone() {
        match (window.tokens.mark(at), open) {
            (Some('“'), _) => open = Some(at),
            (Some('"'), None) => open = Some(at),
            (Some('”' | '"'), Some(start)) => {
                if at - start > 4 && window.owner(start) != Owner::Organisation {
                    found.push(start..at + 1);
                }
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open.filter(|start| run.end - start > 4) {
        found.push(start..run.end);
    }
    found
}
