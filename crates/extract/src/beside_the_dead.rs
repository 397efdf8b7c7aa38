//! Stage 6b: names beside the dead: whom an account of deaths names with an age, as somebody's kin, or in one list with
//! people of a known fate, shares that fate.
//!
//! An inference, and marked so. Whoever speaks, mourns, survives or only says whose kin is meant is left out.

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use crate::harm::{
    Hit, Who, is_among_them, is_injured, is_named_again, is_reference, is_speaker, joint, leaves_kin,
};
use crate::people;
use crate::sense::{HarmForm, Number, Sense, Title};
use crate::sentences::Sentence;
use crate::window::Window;
use crate::word_lists::Words;

/// The rule of these hits.
pub(crate) const RULE: &str = "name-beside-the-dead";

/// Adds the names of a sentence that its words put beside the dead; `deaths_near` says whether deaths are told of here.
pub(crate) fn named(
    window: &Window<'_>,
    sentence: &Sentence,
    hits: &mut Vec<Hit>,
    deaths_near: bool,
    chains: &mut usize,
) {
    // A witness names those of his kin who live too.
    if !deaths_near || window.testimony.is_some() {
        return;
    }
    for list in lists(window, sentence) {
        let taken = |at: usize| hits.iter().any(|hit| hit.who == Who::Name(at));
        let known: Vec<bool> = list.iter().map(|at| taken(*at)).collect();
        let run = |at: usize| &window.names[at].run;
        let speaks = list.iter().any(|at| is_speaker(window, run(*at)));
        let head = list.first().is_some_and(|at| is_remembered(window, run(*at), sentence));
        if let Some(harm) = of_the_number_before(window, sentence, &list).filter(|_| !known.contains(&true)) {
            let of_them = |at: &usize| {
                let hit = Hit::alone(Who::Name(*at), run(*at), harm, RULE, *chains);
                Hit { stands: Stands::PartOf, ..hit }
            };
            hits.extend(list.iter().map(of_them));
            continue;
        }
        if speaks && !head && !known.contains(&true) {
            continue;
        }
        let told = |at: &usize| {
            let run = run(*at);
            has_age(window, run)
                || is_kin(window, run, sentence)
                || is_remembered(window, run, sentence)
                || is_one_of_the_children(window, run)
        };
        let long = list.len() >= LONG && deaths_in(window, sentence);
        let first = (0..list.len()).find(|at| known[*at] || long || told(&list[*at]));
        let of_several = list.iter().any(|at| opens_list_of_kin(window, run(*at)));
        for (place, at) in list.iter().enumerate().skip(first.unwrap_or(list.len())) {
            let run = run(*at);
            let remembered = is_remembered(window, run, sentence);
            let said_of = known[place] || is_speaker(window, run) && !remembered || is_reference(window, run);
            let vouched = has_age(window, run) || of_several || is_one_of_the_children(window, run);
            if said_of || is_given_name_alone(window, run) && !vouched {
                continue;
            }
            let Some(harm) = fate(window, sentence, run) else { continue };
            if harm == Harm::Killed && !remembered && lives_on(window, run, sentence) {
                continue;
            }
            let hit = Hit::alone(Who::Name(*at), run, harm, RULE, *chains);
            hits.push(Hit { stands: Stands::PartOf, ..hit });
        }
    }
    *chains += 1;
}

/// "Two journalists were killed. Salim Haddad, a photographer, and Rima Karam, a reporter, were in a car": as many names at the head of a
/// sentence as the one before has told of people; what became of them.
fn of_the_number_before(window: &Window<'_>, sentence: &Sentence, list: &[usize]) -> Option<Harm> {
    const HEAD: usize = 2;
    const VERB: usize = 8;
    let (first, last) = (list.first()?, list.last()?);
    let at = window.sentences.partition_point(|other| other.run.start < sentence.run.start);
    let before = &window.sentences.get(at.checked_sub(1)?)?.run;
    let groups = window.within(&window.groups, before, |group| &group.run);
    let n = u64::try_from(list.len()).ok().filter(|n| *n > 1)?;
    let whole = groups.first().filter(|group| group.counted && group.said.quantity.number() == Some(n))?;
    let harm = (whole.run.end..before.end).find_map(|at| {
        let said = window.tags.find(at, |sense| match sense {
            Sense::Harm(harm @ (Harm::Killed | Harm::Injured), HarmForm::Past | HarmForm::Intransitive) => {
                Some(*harm)
            }
            _ => None,
        });
        said.map(|(harm, _)| harm)
    })?;
    let end = window.names[*last].run.end;
    let were =
        (end..end + VERB).find(|at| matches!(window.tokens.word(*at), "were" | "had" | "worked" | "lived"));
    let heads = window.names[*first].run.start < sentence.run.start + HEAD;
    let latin = !window.tokens.is_arabic(sentence.run.start);
    let silent = were.is_some_and(|were| {
        !window.tags.any(end..were, |sense| matches!(sense, Sense::Says | Sense::Survived))
    });
    (latin && heads && silent).then_some(harm)
}

/// So many names in a row are a list of those of whom the sentence tells.
const LONG: usize = 3;

/// The names of a sentence, those in one list together, by position.
fn lists(window: &Window<'_>, sentence: &Sentence) -> Vec<Vec<usize>> {
    let first = window.names.partition_point(|name| name.run.start < sentence.run.start);
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for (at, name) in window.names.iter().enumerate().skip(first) {
        if name.run.start >= sentence.run.end {
            break;
        }
        if is_nickname(window, &name.run) || is_named_again(window, at) {
            continue;
        }
        let goes_on = lists.last().and_then(|list| list.last()).is_some_and(|before| {
            joint(window, &(window.names[*before].run.end..name.run.start), &name.run).is_some()
        });
        match lists.last_mut().filter(|_| goes_on) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists
}

/// «سليم الوراق (أبو كريم)»: another name of the person before it.
fn is_nickname(window: &Window<'_>, run: &Range<usize>) -> bool {
    let inside =
        run.start > 1 && window.tokens.is_mark(run.start - 1, '(') && window.tokens.is_mark(run.end, ')');
    inside
        && matches!(window.tokens.word(run.start), "ابو" | "ابي" | "ابا" | "ام" | "abu" | "um" | "umm")
        && window.names.iter().any(|name| name.run.end == run.start - 1)
}

/// "their children Lina, Omar and Tala": a kin word for several right before a name.
fn opens_list_of_kin(window: &Window<'_>, run: &Range<usize>) -> bool {
    let plural = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.number == Number::Plural);
    let colon = run.start > 0 && window.tokens.is_mark(run.start - 1, ':');
    run.start.checked_sub(1 + usize::from(colon)).is_some_and(|at| window.tags.is(at, plural))
}

/// "A mother and her four children were killed. The eldest, Amal, was 15": one of those told of.
fn is_one_of_the_children(window: &Window<'_>, run: &Range<usize>) -> bool {
    let word = |back: usize| run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let comma = run.start > 0 && window.tokens.is_mark(run.start - 1, ',');
    comma && matches!(word(2), "eldest" | "oldest" | "youngest") && word(3) == "the"
}

/// "Lina" alone in a Latin text is mostly somebody who was named in full before, or who mourns.
fn is_given_name_alone(window: &Window<'_>, run: &Range<usize>) -> bool {
    run.len() == 1 && !window.tokens.is_arabic(run.start)
}

/// Whether a sentence itself tells of people killed or injured.
fn deaths_in(window: &Window<'_>, sentence: &Sentence) -> bool {
    window.tags.any(sentence.run.clone(), |sense| {
        matches!(
            sense,
            Sense::Harm(Harm::Killed | Harm::Injured, _) | Sense::Title(Title::Names | Title::Victim)
        )
    })
}

/// Whether an age stands beside a name, also one that is only guessed: "(possibly 8-9)", "(age unknown)".
fn has_age(window: &Window<'_>, run: &Range<usize>) -> bool {
    let end = crate::names::nickname_end(window, run.end);
    let guessed = window.tokens.is_mark(end, '(')
        && (end + 1..end + 4).any(|at| {
            matches!(window.tokens.word(at), "aged" | "age" | "possibly" | "عمره" | "عمرها")
                || window.tokens.is_number(at) && window.tokens.word(at).len() < 3
        });
    guessed || people::age_after(window, end).is_some() || people::age_before(window, run.start).is_some()
}

/// "Hala Zein, 22, fled to the town", "Rana Khoury (17) was beaten", «تبحث هالة زين (44 عاما) عن ابنها»: who does something,
/// or has something else done, by a verb of their own is not one of the dead for standing near them. What tells of a life
/// or of its end, "taught at the school", "was buried on Monday", leaves that open.
fn lives_on(window: &Window<'_>, run: &Range<usize>, sentence: &Sentence) -> bool {
    if window.tokens.is_arabic(run.start) {
        return lives_on_in_arabic(window, run, sentence);
    }
    let word = |at: usize| window.tokens.word(at);
    let Some(verb) = own_verb(window, run, sentence) else { return false };
    match word(verb) {
        "was" | "were" => {
            let done = verb + 1 + usize::from(word(verb + 1).ends_with("ly"));
            let participle = word(done).ends_with("ed") || window.tokens.is_on(Words::StrongPast, done);
            participle && !window.tokens.is_on(Words::DoneToTheDead, done)
        }
        verb => !Words::OfALife.has(verb),
    }
}

/// The verb of which a name, with what stands in apposition to it, is the subject; none where no verb of the past follows.
fn own_verb(window: &Window<'_>, run: &Range<usize>, sentence: &Sentence) -> Option<usize> {
    /// Tokens of all that may stand in apposition.
    const APPOSED: usize = 12;
    let limit = sentence.run.end.min(run.end + APPOSED);
    let is_open = |at: usize| matches!(window.tokens.mark(at), Some(',' | '('));
    let mut at = run.end;
    while at < limit && is_open(at) {
        let close = if window.tokens.is_mark(at, '(') { ')' } else { ',' };
        // "Khaled Omar, 30, a paramedic, pulled out the bodies": each part up to its mark; the last may be the verb's.
        let end = (at + 1..limit).find(|here| window.tokens.is_mark(*here, close));
        match end {
            Some(end) if close == ',' && is_open(end) && end + 1 < limit => at = end,
            Some(end) => at = end + 1,
            // "Rana Khoury (17), was beaten"
            None => at += 1,
        }
        if close == ',' && !is_open(at) {
            break;
        }
        if close == ',' && window.tokens.is_mark(at, ',') && is_past(window, at + 1) {
            at += 1;
            break;
        }
    }
    at += usize::from(window.tokens.word(at) == "who");
    at += usize::from(
        window.tokens.word(at).ends_with("ly") || matches!(window.tokens.word(at), "then" | "also"),
    );
    is_past(window, at).then_some(at)
}

/// Whether a token is a verb of the past in English.
fn is_past(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    !window.tokens.is_capital(at)
        && (matches!(word, "was" | "were" | "had")
            || Words::StrongPast.has(word)
            || word.len() > 4 && word.ends_with("ed") && word != "aged")
}

/// «تعرضت فتاة اسمها رنا خوري», «وتبحث الأم هالة زين عن ابنها»: a verb shortly before the name whose subject it is.
fn lives_on_in_arabic(window: &Window<'_>, run: &Range<usize>, sentence: &Sentence) -> bool {
    const REACH: usize = 4;
    let verb = |at: &usize| {
        let word = window.tokens.word(*at);
        Words::LivesOn.has(word) || word.strip_prefix(['و', 'ف']).is_some_and(|word| Words::LivesOn.has(word))
    };
    let before = run.start.saturating_sub(REACH).max(sentence.run.start)..run.start;
    before.rev().take_while(|at| window.tokens.mark(*at).is_none()).any(|at| verb(&at))
}

/// "his wife X", "a son, X", "X (daughter)".
fn is_kin(window: &Window<'_>, run: &Range<usize>, sentence: &Sentence) -> bool {
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(_));
    let comma = run.start > 0 && window.tokens.is_mark(run.start - 1, ',');
    let before = run.start.checked_sub(1 + usize::from(comma)).filter(|at| *at >= sentence.run.start);
    before.is_some_and(|at| window.tags.is(at, kin) && !crate::harm::is_for_kin(window, at))
        || window.tokens.is_mark(run.end, '(') && window.tags.is(run.end + 1, kin)
}

/// "identified as the volunteer X", "mourned his colleague X", "a tribute to X", "among the victims were X": whom an account
/// of deaths names so is one of the dead.
fn is_remembered(window: &Window<'_>, run: &Range<usize>, sentence: &Sentence) -> bool {
    const REACH: usize = 8;
    const FARTHEST: usize = 20;
    let word = |at: usize| window.tokens.word(at);
    let article = run.start > 0 && matches!(word(run.start - 1), "a" | "an");
    if run.len() == 1 || article || window.tokens.is_arabic(run.start) {
        return false;
    }
    let from = run.start.saturating_sub(REACH).max(sentence.run.start);
    let Some(at) = (from..run.start).rev().find(|at| !describes(window, *at)) else { return false };
    let before =
        |words: &dyn Fn(usize) -> bool| (at.saturating_sub(FARTHEST).max(sentence.run.start)..at).any(words);
    let dead = |sense: &Sense| {
        matches!(sense, Sense::Harm(Harm::Killed | Harm::KilledOrInjured, HarmForm::People(_)))
    };
    match word(at) {
        "as" => before(&|at| matches!(word(at), "identified" | "recognized")),
        // "condolences to X" are offered to the living.
        "to" if at > 0 && word(at - 1) == "condolences" => false,
        "to" | "for" | "of" => at > 0 && window.tokens.is_on(Words::MemoryOf, at - 1),
        "were" | "was" | "include" | "included" => before(&|at| window.tags.is(at, dead)),
        verb => Words::NamesTheDead.has(verb),
    }
}

/// Whether a token only says who somebody is whose name follows: "his friend", "the 34-year-old paramedic".
fn describes(window: &Window<'_>, at: usize) -> bool {
    let known = |sense: &Sense| {
        matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::Kin(_) | Sense::People(_) | Sense::AgeYears)
    };
    window.tags.is(at, known)
        || window.tokens.is_number(at)
        || window.tokens.is_mark(at, '-')
        || window.tokens.is_on(Words::BeforeAName, at)
}

/// What the words around a name say became of whom they are about: the nearest word of harm in its clause, else in its
/// sentence, else death. `None` for who is said to have survived.
fn fate(window: &Window<'_>, sentence: &Sentence, run: &Range<usize>) -> Option<Harm> {
    let said: Vec<(usize, Option<Harm>)> = sentence
        .run
        .clone()
        .filter_map(|at| fate_said(window, sentence, at).map(|fate| (at, fate)))
        .collect();
    let clause = clause(window, sentence, run);
    if (run.end..clause.end).any(|at| is_among_them(window, at)) {
        return Some(Harm::Killed);
    }
    let nearest = |list: &mut dyn Iterator<Item = &(usize, Option<Harm>)>| {
        list.min_by_key(|(at, _)| at.abs_diff(run.start)).map(|(_, fate)| *fate)
    };
    nearest(&mut said.iter().filter(|(at, _)| clause.contains(at)))
        .or_else(|| nearest(&mut said.iter()))
        .unwrap_or(Some(Harm::Killed))
}

/// What a word says became of somebody: a harm, or, inside, none.
fn fate_said(window: &Window<'_>, sentence: &Sentence, at: usize) -> Option<Option<Harm>> {
    if is_injured(window, at) {
        return Some(Some(Harm::Injured));
    }
    let lives = window.tokens.is_on(Words::Custody, at) || leaves_kin(window, at);
    if lives || window.tags.is(at, |sense| matches!(sense, Sense::Survived)) {
        return Some(None);
    }
    let care = window.tokens.word(at) == "العنايه"
        && matches!(window.tokens.word(at + 1), "المشدده" | "المركزه" | "الفائقه");
    if care {
        return Some(Some(Harm::Injured));
    }
    let harm = window.tags.find(at, |sense| match sense {
        Sense::Harm(Harm::KilledOrInjured, _) | Sense::Harm(_, HarmForm::Lives) => None,
        Sense::Harm(harm, _) => Some(*harm),
        _ => None,
    });
    let (harm, _) = harm?;
    let untold = crate::harm::is_negated(window, at, sentence.run.start)
        || crate::harm::is_another_event(window, at, &sentence.run);
    Some((!untold).then_some(harm))
}

/// The part of a sentence around a name that no semicolon, "while" or "but" cuts off.
fn clause(window: &Window<'_>, sentence: &Sentence, run: &Range<usize>) -> Range<usize> {
    let cuts = |at: &usize| {
        window.tokens.is_mark(*at, ';')
            || matches!(
                window.tokens.word(*at),
                "while" | "whereas" | "but" | "however" | "فيما" | "بينما" | "لكن"
            )
    };
    let start = (sentence.run.start..run.start).rev().find(cuts).unwrap_or(sentence.run.start);
    let end = (run.end..sentence.run.end).find(cuts).unwrap_or(sentence.run.end);
    start..end
}
