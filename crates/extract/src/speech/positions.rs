//! What parties say of themselves: their targets, why, what they deny or accept, and that they say nothing.

use std::ops::Range;

use sijil_model::codebook::PartyPosition;
use sijil_model::{ActorCode, Quoted};

use crate::actors::ActorMention;
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

mod arabic;
mod cues;
mod issuer;
mod voices;

use voices::Voices;

/// What a party says of its target or of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    pub holder: Holder,
    pub run: Range<usize>,
    pub position: PartyPosition,
}

/// Whose position it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub code: ActorCode,
    /// The words that name it, with the office that speaks for it: "Marjanian defence ministry".
    pub words: Option<Quoted>,
}

impl Holder {
    fn of(window: &Window<'_>, actor: &ActorMention) -> Self {
        let words = full_name(window, actor.run.start)..after_office(window, actor);
        let words = window.tokens.quoted_without(&words, usize::from(actor.prefix));
        Self { code: actor.code.clone(), words: Some(words) }
    }
}

/// Where the capitals before a party's name begin, which are a part of it as printed: "the Joint Air Command".
fn full_name(window: &Window<'_>, start: usize) -> usize {
    const LONGEST: usize = 2;
    let part = |at: &usize| {
        *at > 0
            && window.tokens.is_capital(*at)
            && window.tokens.is_word(*at - 1)
            && window.is_free(*at)
            && window.tokens.word(*at) != "the"
    };
    (start.saturating_sub(LONGEST)..start).rev().take_while(part).last().unwrap_or(start)
}

/// The positions of parties in a sentence; `actors` are those the sentence makes answerable.
pub(crate) fn positions(window: &Window<'_>, sentence: &Sentence, answerable: &[ActorCode]) -> Vec<Position> {
    let run = &sentence.run;
    let voices = Voices::of(window, run);
    let parties = &voices.parties;
    let mut found: Vec<Position> = Vec::new();
    let arabic_words = || run.clone().filter(|at| window.tokens.is_arabic(*at));
    found.extend(arabic_words().filter_map(|at| justified_in_arabic(window, at, run)));
    if let Some((holder, end)) = pronoun(window, run) {
        let claims = |sense: &Sense| matches!(sense, Sense::Claim | Sense::Declare(_));
        let said = window.tags.first(end..(end + 5).min(run.end), claims);
        found.extend(said.and_then(|said| stated(window, holder, said, run)));
    }
    for actor in parties {
        let after = after_apposition(window, after_office(window, actor), run.end);
        let after = after..(after + 5).min(run.end);
        found.extend(beside_its_name(window, actor, run));
        let before = actor.run.start.saturating_sub(3).max(run.start)..actor.run.start;
        let arabic = window.tokens.is_arabic(actor.run.start);
        let claims = |sense: &Sense| matches!(sense, Sense::Claim | Sense::Declare(_));
        let said = if arabic {
            window.tags.first(before, claims).or_else(|| window.tags.first(after.clone(), claims))
        } else {
            window.tags.first(after, claims)
        };
        // «الجيش المرجاني: قصفنا مواقع الجبهة»
        let headline = (window.tokens.is_mark(actor.run.end, ':') && arabic).then_some(actor.run.end);
        let Some(said) = said.or(headline) else { continue };
        let declares = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Declare(_)));
        let from = if declares(said) { said } else { said.max(actor.run.start) };
        let position = stated(window, Holder::of(window, actor), from, run);
        let denies = position.as_ref().is_some_and(|position| position.position == PartyPosition::Denied);
        found.extend(position);
        if let Some(says) = then_says(window, from + 1..run.end).filter(|_| denies) {
            found.extend(stated(window, Holder::of(window, actor), says, run));
        }
        let also = (from + 1..run.end).find(|at| declares(*at) && goes_on_to(window, *at));
        found.extend(also.and_then(|also| stated(window, Holder::of(window, actor), also, run)));
    }
    for at in run.clone() {
        if let Some((_, tag)) = window.tags.find(at, |sense| matches!(sense, Sense::Pretext).then_some(()))
            && let Some(holder) = last_before(window, at, run).or_else(|| answerable_party(answerable))
        {
            let reason = at + usize::from(tag.length);
            if is_to_a_question(window, reason) {
                continue;
            }
            let end = phrase_end(window, reason, run.end);
            found.push(Position { holder, run: at..end, position: PartyPosition::Justification });
        }
    }
    let more = arabic::positions(window, run, &found);
    found.extend(more);
    let more = cued(window, run, &voices, &found);
    found.extend(more);
    if let Some(issuer) = issuer::issuer(window) {
        let own = issuer::positions(window, run, &issuer);
        let new = |one: &Position| {
            !found.iter().any(|other| other.position == one.position && super::overlap(&other.run, &one.run))
        };
        let own: Vec<Position> = own.into_iter().filter(new).collect();
        found.extend(own);
    }
    found.retain(|position| {
        !is_of_another_matter(window, position, run) && !is_accusation(window, parties, position)
    });
    // Two names of a party in one sentence take one position.
    let mut kept: Vec<Position> = Vec::new();
    for position in found {
        let known = |other: &Position| other.holder.code == position.holder.code && other.run == position.run;
        if !kept.iter().any(known) {
            kept.push(position);
        }
    }
    kept
}

/// "denied that talks had failed": what is denied is no attack.
fn is_of_another_matter(window: &Window<'_>, position: &Position, sentence: &Range<usize>) -> bool {
    const REACH: usize = 14;
    let said = position.run.start..sentence.end.min(position.run.start + REACH);
    position.position == PartyPosition::Denied
        && said.into_iter().any(|at| window.tokens.is_on(Words::OtherMatters, at))
}

/// "According to the Front, the army bombed the bakery": another party is the doer.
fn is_accusation(window: &Window<'_>, parties: &[ActorMention], position: &Position) -> bool {
    const ADVERBS: usize = 2;
    let aim = position.run.start;
    let doer = parties.iter().rev().find(|one| one.run.end <= aim && aim - one.run.end <= ADVERBS);
    let other = |doer: &ActorMention| doer.code != position.holder.code && doer.prefix == 0;
    position.position == PartyPosition::StatedTarget
        && !window.tokens.is_arabic(aim)
        && doer.is_some_and(other)
}

/// «ردا على سؤال»: an answer, and no deed.
fn is_to_a_question(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "سوال" | "اسيله" | "استفسار" | "تصريحات")
}

/// Positions by the words that carry them, beside those found.
fn cued(
    window: &Window<'_>,
    run: &Range<usize>,
    voices: &Voices<'_, '_>,
    found: &[Position],
) -> Vec<Position> {
    /// How far what somebody denies goes on after the verb.
    const DENIED: usize = 14;
    let cues = cues::cues(window, run);
    let mut more: Vec<Position> = Vec::new();
    for cue in &cues {
        let (at, end) = (cue.run.start, cue.run.end);
        let under_denial = cues.iter().any(|other| {
            other.position == PartyPosition::Denied
                && other.run.start < at
                && at < other.run.start + DENIED
                && !(other.run.end..at)
                    .any(|at| matches!(window.tokens.word(at), "but" | "however" | "لكن" | "لكنه" | "لكنها"))
        });
        let affirms = matches!(
            cue.position,
            PartyPosition::Accepted | PartyPosition::StatedTarget | PartyPosition::Justification
        );
        if affirms && (under_denial || crate::harm::is_negated(window, at, run.start))
            || is_to_a_question(window, end)
        {
            continue;
        }
        let party = match cue.voice {
            cues::Voice::Subject => voices.subject(at, end),
            cues::Voice::By => voices.next(end),
            cues::Voice::Speech => voices.speaker(at, end),
        };
        let named = party.as_ref().map(|party| Holder::of(window, party));
        let again = || {
            told_of_again(window, run).filter(|_| voices.parties.is_empty() && cue.voice != cues::Voice::By)
        };
        let Some(holder) = named.or_else(again) else { continue };
        let position =
            Position { holder, run: at..phrase_end(window, end, run.end).max(end), position: cue.position };
        let known = |other: &Position| {
            other.position == position.position && other.holder.code == position.holder.code
        };
        if !found.iter().chain(&more).any(known) {
            more.push(position);
        }
    }
    more
}

/// "The group rejected it", "It said …": the last party named before, where a sentence begins with a word for one.
fn told_of_again(window: &Window<'_>, run: &Range<usize>) -> Option<Holder> {
    const FARTHEST: usize = 80;
    let first = run.clone().find(|at| window.tokens.is_word(*at))?;
    let word = window.tokens.word(first);
    let noun = if word == "the" {
        window.tokens.word(first + 1)
    } else {
        word.strip_prefix("وال").or_else(|| word.strip_prefix("ال")).unwrap_or(word)
    };
    let again = matches!(word, "it" | "they" | "its" | "their")
        || noun != word
            && (Words::PartyHead.has(noun)
                || matches!(noun, "group" | "ministry" | "movement" | "organisation" | "وزاره"));
    let before = window.actors.partition_point(|actor| actor.run.start < run.start);
    let near = |actor: &&ActorMention| run.start - actor.run.start <= FARTHEST;
    let party = window.actors[..before].iter().rev().take_while(near).next().filter(|_| again)?;
    Some(Holder::of(window, party))
}

/// The first party that a sentence makes answerable, which names it elsewhere.
fn answerable_party(answerable: &[ActorCode]) -> Option<Holder> {
    answerable.first().map(|code| Holder { code: code.clone(), words: None })
}

/// "said that … and denied", "…, but it rejected": a further verb of the same subject.
fn goes_on_to(window: &Window<'_>, verb: usize) -> bool {
    let word = |back: usize| verb.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let pronoun = usize::from(matches!(word(1), "it" | "they"));
    matches!(word(1 + pronoun), "and" | "but")
}

/// "It said …": the last party named before, not far away; rather one that spoke than one that was spoken of.
fn pronoun(window: &Window<'_>, run: &Range<usize>) -> Option<(Holder, usize)> {
    const FARTHEST: usize = 60;
    if !matches!(window.tokens.word(run.start), "it" | "they") {
        return None;
    }
    let before = window.actors.partition_point(|actor| actor.run.start < run.start);
    let near = |actor: &&ActorMention| run.start - actor.run.start <= FARTHEST;
    let mut parties = window.actors[..before].iter().rev().take_while(near);
    let spoke = parties.clone().find(|actor| super::party_speaks(window, &actor.run));
    let party = spoke.or_else(|| parties.next())?;
    Some((Holder::of(window, party), run.start + 1))
}

/// «بررت قوات الجبهة القصف بأنه رد على هجوم»: the reason of the party right after the verb, or right before it.
fn justified_in_arabic(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Position> {
    let word = window.tokens.word(verb);
    if !Words::Justifies.has(word.strip_prefix('و').unwrap_or(word)) {
        return None;
    }
    let beside = |from: usize| {
        let actors = window.within(&window.actors, &(from..from + 1), |actor| &actor.run);
        actors.first().filter(|actor| actor.prefix == 0)
    };
    let before = verb.checked_sub(1).filter(|at| *at >= run.start && window.owner(*at) == Owner::Actor);
    let before = before.and_then(|at| window.actors.iter().find(|actor| actor.run.contains(&at)));
    let holder = Holder::of(window, beside(verb + 1).or(before)?);
    let run = verb..phrase_end(window, verb + 1, run.end);
    Some(Position { holder, run, position: PartyPosition::Justification })
}

/// "…, saying its forces": where a party that denies goes on to say something of itself.
fn then_says(window: &Window<'_>, run: Range<usize>) -> Option<usize> {
    run.clone().find(|at| {
        let says = window.tags.is(*at, |sense| matches!(sense, Sense::Says | Sense::Claim));
        says && (at + 1..(at + 3).min(run.end))
            .any(|at| matches!(window.tokens.word(at), "it" | "its" | "they"))
    })
}

/// "The Marjanian defence ministry said": where a verb may follow a party's name and the office that speaks for it.
fn after_office(window: &Window<'_>, actor: &ActorMention) -> usize {
    const LONGEST: usize = 3;
    let office = |at: &usize| {
        let word = window.tokens.word(*at);
        Words::Offices.has(word) || Words::ArmsOfAState.has(word)
    };
    let end = actor.run.end;
    end + (end..end + LONGEST).take_while(office).count()
}

/// "The army, in a statement on Friday, said": where a verb may follow a name.
fn after_apposition(window: &Window<'_>, end: usize, limit: usize) -> usize {
    const LONGEST: usize = 10;
    let open = window.tokens.is_mark(end, ',') && !window.tokens.is_arabic(end.saturating_sub(1));
    let close = (end + 1..limit.min(end + LONGEST)).find(|at| window.tokens.is_mark(*at, ','));
    close.filter(|_| open).map_or(end, |close| close + 1)
}

/// The last party named before a token of the sentence that nothing is aimed at: not «مواقع الجبهة», «للجبهة».
fn last_before(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Holder> {
    let is_aim = |actor: &&ActorMention| {
        let start = actor.run.start;
        let before = start.checked_sub(1).map_or("", |before| window.tokens.word(before));
        let to = actor.prefix > 0 && window.tokens.word(start).trim_start_matches('و').starts_with('ل');
        to || matches!(before, "مواقع" | "مقرات" | "علي" | "ضد" | "محاربه" | "عناصر")
    };
    let actors = window.within(&window.actors, &(run.start..at), |actor| &actor.run);
    actors.iter().rev().find(|actor| !is_aim(actor)).map(|actor| Holder::of(window, actor))
}

fn stated(window: &Window<'_>, holder: Holder, said: usize, run: &Range<usize>) -> Option<Position> {
    use sijil_model::codebook::AttributionStatus;
    let declared =
        window.tags.find(said, |sense| if let Sense::Declare(status) = sense { Some(*status) } else { None });
    if let Some((status, _)) = declared {
        let position =
            if status == AttributionStatus::Denied { PartyPosition::Denied } else { PartyPosition::Accepted };
        let end = past_a_time(window, phrase_end(window, said + 1, run.end), run.end);
        return Some(Position { holder, run: said..end, position });
    }
    let own = |aim: usize| {
        (said..aim).any(|at| {
            matches!(
                window.tokens.word(at),
                "it" | "its" | "they" | "انها" | "انه" | "انهم" | "بانها" | "بانه" | "بانهم"
            )
        })
    };
    target(window, holder, said..(said + 14).min(run.end), own, run.end)
}

/// «نفت الوزارة، اليوم الثلاثاء، أن تكون طائراتها قد …»: where what is denied ends, if only when it was said stands between
/// commas before it.
fn past_a_time(window: &Window<'_>, end: usize, limit: usize) -> usize {
    const LONGEST: usize = 8;
    let time = |at: usize| {
        window.owner(at) == Owner::Time || matches!(window.tokens.word(at), "في" | "يوم" | "بيان")
    };
    let close = (end + 1..limit.min(end + LONGEST)).find(|at| !time(*at));
    let that = |at: usize| matches!(window.tokens.word(at), "ان" | "انها" | "انه" | "انهم");
    match close.filter(|close| window.tokens.is_mark(end, ',') && window.tokens.is_mark(*close, ',')) {
        Some(close) if that(close + 1) => phrase_end(window, close + 2, limit),
        _ => end,
    }
}

/// What a clause says was aimed at: by the party itself where it says so, else something that can be aimed at.
fn target(
    window: &Window<'_>,
    holder: Holder,
    clause: Range<usize>,
    own: impl Fn(usize) -> bool,
    end: usize,
) -> Option<Position> {
    let mine = |at: usize| {
        (at + 1..at + 4)
            .any(|at| matches!(window.tokens.word(at), "mine" | "landmine" | "ied" | "لغم" | "لغما"))
    };
    let aim = clause.clone().find(|at| {
        !mine(*at)
            && window.tags.is(*at, |sense| matches!(sense, Sense::Targeting | Sense::Strike))
            && !crate::harm::is_negated(window, *at, clause.start)
            && (own(*at)
                || window.tokens.word(*at).ends_with("نا")
                || window.tags.any(*at + 1..(*at + 7).min(end), |sense| {
                    matches!(sense, Sense::Unit(_) | Sense::Site(_) | Sense::People(_))
                }))
    })?;
    let run = aim..phrase_end(window, aim + 1, end);
    Some(Position { holder, run, position: PartyPosition::StatedTarget })
}

/// "The strike targeted a depot, the army said", "According to the army, it hit a depot": what a party says of its own
/// deed in a clause beside its name. Where another party is the doer, it is an accusation.
fn beside_its_name(window: &Window<'_>, actor: &ActorMention, run: &Range<usize>) -> Option<Position> {
    let word = |at: usize| window.tokens.word(at);
    let the = usize::from(actor.run.start > run.start && word(actor.run.start - 1) == "the");
    let before = (actor.run.start - the).checked_sub(1).filter(|at| *at >= run.start)?;
    let according = word(before) == "to" && before > run.start && word(before - 1) == "according";
    let closes = matches!(window.tokens.mark(before), Some(',' | '”' | '"'));
    let says = window.tags.is(after_office(window, actor), |sense| matches!(sense, Sense::Claim));
    let clause = match (according, closes && says) {
        (true, _) if before - 1 == run.start => actor.run.end..run.end,
        (true, _) => run.start..before - 1,
        (_, true) => run.start..before,
        _ => return None,
    };
    let own = clause.clone().any(|at| matches!(word(at), "we" | "our" | "its" | "it"));
    let position = target(window, Holder::of(window, actor), clause.clone(), |_| own, clause.end)?;
    let doers = window.within(&window.actors, &(clause.start..position.run.start), |actor| &actor.run);
    doers.iter().all(|doer| doer.code == actor.code).then_some(position)
}

/// Where a phrase ends: at a mark, a relative word, or after a few words.
fn phrase_end(window: &Window<'_>, from: usize, end: usize) -> usize {
    let quoted = matches!(window.tokens.mark(from), Some('“' | '"'));
    let mut at = from + usize::from(quoted);
    while at < end && at < from + 10 {
        let stop = match window.tokens.mark(at) {
            Some('”' | '"') => return at + 1,
            Some(',' | '.' | ';' | ':') => !quoted,
            _ => {
                !quoted
                    && matches!(
                        window.tokens.word(at),
                        "which" | "that" | "who" | "while" | "and" | "but" | "الذي" | "التي" | "compared"
                    )
            }
        };
        if stop {
            break;
        }
        at += 1;
    }
    at
}
