//! Names of people to whom nothing was done: who speaks, mourns or tells, and who only says whose kin or home is meant.

use std::ops::Range;

use sijil_model::codebook::{Harm, RelationKind};

use super::arabic_idioms::lives_with_a_wound;
use super::bystanders::is_owner_of_kin;
use super::is_harm;
use super::joints::is_passive_report;
use super::subjects::is_harmed_subject;
use crate::sense::{HarmForm, Link, Number, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// "more than 30 people, among them the journalist X and the doctor Y": one of those before, whatever they do for a living.
fn is_among(window: &Window<'_>, start: usize) -> bool {
    let describes = |at: &usize| {
        let says_who = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_));
        window.tags.is(*at, says_who) || matches!(window.tokens.word(*at), "the" | "a" | "and" | "و" | "")
    };
    const REACH: usize = 5;
    let before = (1..=REACH).filter_map(|back| start.checked_sub(back)).find(|at| !describes(at));
    before.is_some_and(|at| {
        let including = (at.saturating_sub(2)..=at).any(|from| {
            let link = |sense: &Sense| matches!(sense, Sense::Link(Link::Including)).then_some(());
            let ends = |length: u8| from + usize::from(length) == at + 1;
            window
                .tags
                .find(from, link)
                .is_some_and(|(_, tag)| ends(tag.length) && !is_of_sources(window, from))
        });
        let listed = window.names.partition_point(|name| name.run.end <= at);
        let name = window.names.get(listed).filter(|name| name.run.end == at + 1);
        // «من بين القتلى الطبيب سليم الوراق»
        let the_dead = window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))));
        let among = the_dead && at > 0 && matches!(window.tokens.word(at - 1), "بين" | "ضمن");
        including
            || among
            || name.is_some_and(|name| name.run.start < start && is_among(window, name.run.start))
    })
}

/// "Many local sources, including X and Y": those who tell, and none of the people told of.
fn is_of_sources(window: &Window<'_>, including: usize) -> bool {
    const REACH: usize = 7;
    // "posted by several relatives and friends, including X"
    let by =
        (1..=REACH).filter_map(|back| including.checked_sub(back)).find(|at| window.tokens.word(*at) == "by");
    let told = |sense: &Sense| matches!(sense, Sense::Says | Sense::Mourns);
    let told = by.and_then(|by| by.checked_sub(1)).is_some_and(|at| {
        window.tags.is(at, told) && !is_harm(window, at) || window.tokens.is_on(Words::Telling, at)
    });
    told || (1..=2).filter_map(|back| including.checked_sub(back)).any(|at| {
        matches!(
            window.tokens.word(at),
            "sources" | "outlets" | "media" | "accounts" | "pages" | "channels" | "agencies" | "users"
        )
    })
}

/// How far after a name what wounded him may stand.
const WOUND: usize = 3;

/// Whether a name only speaks: "X said", "according to X", "reporter X".
pub(crate) fn is_speaker(window: &Window<'_>, run: &Range<usize>) -> bool {
    if is_object(window, run.start) || is_harmed_subject(window, run.end) || is_among(window, run.start) {
        return false;
    }
    let says = |at: usize| {
        !is_sex_of_a_card(window, at)
            && !crate::people::is_naming(window, at)
            && window
                .tags
                .at(at)
                .iter()
                .any(|tag| matches!(tag.sense, Sense::Says | Sense::Survived) && tag.prefix <= 1)
    };
    let mut after = crate::names::nickname_end(window, run.end);
    if let Some((_, age)) = crate::people::age_after(window, after) {
        after = age.end;
    }
    while window.tokens.is_mark(after, ',')
        || window.tokens.is_mark(after, '(')
        || window.tokens.is_mark(after, ')')
    {
        after += 1;
    }
    // «- كريم الوراق» and a line below it «وقالت ممرضة»: another sentence.
    if window.tokens.get(after).is_some_and(|token| token.lines > u8::from(!window.tokens.is_arabic(after))) {
        after = window.tokens.len();
    }
    let resident = window.tokens.word(after) == "a" && is_resident_of(window, after + 1);
    let role_after = !resident
        && !is_entry(window, run.start)
        && (window.tags.is(after, |sense| matches!(sense, Sense::Role(_)))
            || window.owner(after) == Owner::Organisation
            || (window.tokens.word(after) == "a" || window.tokens.word(after) == "the")
                && window.tags.any(after + 1..after + 4, |sense| matches!(sense, Sense::Role(_))));
    let adverb = usize::from(
        window.tokens.word(after).ends_with("ly")
            || matches!(window.tokens.word(after), "also" | "who" | "later" | "then"),
    );
    let before = run.start.checked_sub(1);
    // "said X" tells who speaks; "mentioned X" does not.
    let inverts =
        |at: usize| !matches!(window.tokens.word(at), "mentioned" | "documented" | "recorded" | "counted");
    // «نجا سليم الوراق بجروح»
    let wounded = |at: usize| lives_with_a_wound(window, at, run.end + WOUND);
    let said_before = before
        .is_some_and(|at| says(at) && inverts(at) && !is_harm(window, at) && !wounded(at))
        || run.start > 1
            && window
                .tags
                .find(run.start - 2, |sense| matches!(sense, Sense::Says).then_some(()))
                .is_some_and(|(_, tag)| tag.length == 2);
    let said_before = said_before || according_to_the(window, run.start);
    let listed = before.is_some_and(|at| is_listed_with_others(window, at));
    let user = before.filter(|_| !listed).is_some_and(|at| {
        matches!(
            window.tokens.word(at),
            "user"
                | "users"
                | "account"
                | "relative"
                | "friend"
                | "colleague"
                | "minister"
                | "president"
                | "spokesman"
                | "spokesperson"
                | "journalist"
                | "reporter"
                | "correspondent"
        ) || window.tags.is(at, |sense| matches!(sense, Sense::Role(_))) && !is_mourned(window, at)
    });
    // "X wrote", "a tribute by X"; but "mourned X" is about X.
    let mourns = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Mourns));
    !listed && introduced(window, run.start)
        || is_said_by(window, run.start)
        || made_it(window, run.start)
        || is_teller(window, run)
        || is_close_to_the_dead(window, after)
        || mourns(after)
        || mourns(after + adverb) && adverb > 0
        || says(after) && !is_passive_report(window, after)
        || says(after + adverb) && adverb > 0 && !is_passive_report(window, after + adverb)
        || said_before
        || user
        || role_after
}

/// «سليم الوراق، ذكر، 34 سنة»: in a record, and no verb of telling.
pub(super) fn is_sex_of_a_card(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "ذكر" | "انثي")
        && at > 0
        && window.tokens.is_mark(at - 1, ',')
        && window.tokens.is_mark(at + 1, ',')
}

/// "Rami Shahoud and his colleague Wael Barakeh", "killed along with journalist Wael Barakeh": by what somebody is known who is listed
/// beside another.
fn is_listed_with_others(window: &Window<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let whose = matches!(word(1), "his" | "her" | "their" | "a" | "the");
    let beside = word(1 + usize::from(whose));
    matches!(beside, "with" | "alongside" | "besides" | "including") || whose && beside == "and"
}

/// "X, a cousin of the deceased": who is left.
fn is_close_to_the_dead(window: &Window<'_>, after: usize) -> bool {
    let word = |at: usize| window.tokens.word(at);
    let close = after + usize::from(matches!(word(after), "a" | "an" | "the"));
    let kin = window.tags.is(close, |sense| matches!(sense, Sense::Kin(_)));
    let dead = |word: &str| Words::TheDead.has(word) || matches!(word, "deceased" | "victim" | "martyr");
    (kin || matches!(word(close), "friend" | "colleague" | "neighbour" | "neighbor" | "relative"))
        && (word(close + 1), word(close + 2)) == ("of", "the")
        && dead(word(close + 3))
}

/// "Our dead: X, surgeon; Y, nurse": a name that a colon or a semicolon sets off in a list, whatever it does for a living.
fn is_entry(window: &Window<'_>, start: usize) -> bool {
    let title = |at: &usize| window.tags.is(*at, |sense| matches!(sense, Sense::Title(_)));
    let titles = (1..=2).filter_map(|back| start.checked_sub(back)).take_while(title).count();
    let before = start.checked_sub(1 + titles).and_then(|at| window.tokens.mark(at));
    !window.tokens.is_arabic(start) && matches!(before, Some(';'))
        || before == Some(':') && (start..start + 24).any(|at| window.tokens.is_mark(at, ';'))
}

/// "X, a resident of the camp": where somebody lived, and no word of telling.
fn is_resident_of(window: &Window<'_>, at: usize) -> bool {
    window.tokens.word(at) == "resident" && window.tokens.word(at + 1) == "of"
}

/// "…,” said a neighbour, X", "said her brother X", «قال شقيقه فلان»: who speaks is told before the name.
fn is_said_by(window: &Window<'_>, start: usize) -> bool {
    const WORDS: usize = 4;
    let tokens = &window.tokens;
    let says = |at: usize| {
        let said = |sense: &Sense| matches!(sense, Sense::Says);
        window.tags.at(at).iter().any(|tag| said(tag.sense) && tag.prefix <= 1) && !is_harm(window, at)
    };
    if tokens.is_arabic(start.saturating_sub(1)) {
        // «قالت والدة الطفل فلان»: of somebody else's kin the name may be the dead one's.
        let own_kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.possessed);
        // «قال والد القتيل، سليم الوراق، إن»
        let kin = |sense: &Sense| matches!(sense, Sense::Kin(kin) if !kin.possessed);
        let of_the_dead = start > 3
            && tokens.is_mark(start - 1, ',')
            && tokens.word(start - 2).starts_with("ال")
            && window.tags.is(start - 3, kin)
            && says(start - 4);
        if of_the_dead {
            return true;
        }
        return start > 1 && window.tags.is(start - 1, own_kin) && says(start - 2);
    }
    let end = start.saturating_sub(usize::from(start > 0 && tokens.is_mark(start - 1, ',')));
    let from = end.saturating_sub(WORDS + 1);
    let verb =
        (from..end).rev().take_while(|at| tokens.is_word(*at) && !is_harm(window, *at)).find(|at| says(*at));
    // "Doctors said a father, X, …": with a subject before it the verb tells what follows.
    let inverted = |at: usize| at == 0 || tokens.mark(at - 1).is_some();
    let whose = |at: usize| matches!(tokens.word(at), "a" | "an" | "the" | "his" | "her" | "their" | "one");
    verb.is_some_and(|at| inverted(at) && at + 2 < end + 1 && whose(at + 1))
}

/// «أعد النشرة الباحث فلان», «تصوير: فلان»: who made what is told, where the word opens a line or a sentence, or has a colon.
pub(crate) fn made_it(window: &Window<'_>, start: usize) -> bool {
    const REACH: usize = 4;
    let opens = |at: usize| {
        at == 0
            || matches!(window.tokens.mark(at - 1), Some('.' | '|'))
            || window.tokens.get(at).is_some_and(|token| token.lines > 0)
    };
    (1..=REACH)
        .filter_map(|back| start.checked_sub(back))
        .take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ',')) && !is_harm(window, *at))
        .any(|at| {
            let colon = (at..start).any(|at| window.tokens.is_mark(at, ':'));
            window.tokens.is_on(Words::MakesAText, at) && window.is_free(at) && (colon || opens(at))
        })
}

/// "according to the X".
fn according_to_the(window: &Window<'_>, start: usize) -> bool {
    start > 2
        && window.tokens.word(start - 1) == "the"
        && window
            .tags
            .find(start - 3, |sense| matches!(sense, Sense::Says).then_some(()))
            .is_some_and(|(_, tag)| tag.length == 2)
}

/// "mourned by X", "remembered by his cousin X", "posts from X", "spoke with his neighbour X", and who follows them in the same list.
fn is_teller(window: &Window<'_>, run: &Range<usize>) -> bool {
    const KIN: usize = 3;
    let from = (1..=KIN + 1).filter_map(|back| run.start.checked_sub(back)).find(|at| {
        let possessive =
            matches!(window.tokens.word(*at), "his" | "her" | "their" | "the" | "a" | "user" | "users");
        // "his cousin, X", "his cousins – X"
        let mark = matches!(window.tokens.mark(*at), Some(',' | '-' | ':'));
        let kin = |at: usize| {
            window.tags.is(at, |sense| matches!(sense, Sense::Kin(_)))
                || matches!(window.tokens.word(at), "widow" | "widower" | "fiancee" | "lawyer" | "employer")
        };
        let title = window.tags.is(*at, |sense| matches!(sense, Sense::Title(_)))
            || window.tokens.is_mark(*at, '.')
                && *at > 0
                && window.tokens.is_on(Words::Abbreviation, *at - 1);
        !(possessive || title || kin(*at) || mark && *at > 0 && kin(*at - 1))
    });
    let speaks = |at: usize| matches!(window.tokens.word(at), "spoke" | "speaking" | "spoken" | "interview");
    let told = from.is_some_and(|at| match window.tokens.word(at) {
        "by" => true,
        "from" => at > 0 && window.tokens.is_on(Words::Telling, at - 1),
        "with" => at > 0 && speaks(at - 1),
        // "condolences to his sister X": she lives.
        "to" => {
            at > 0 && (speaks(at - 1) || matches!(window.tokens.word(at - 1), "condolences" | "according"))
        }
        "interviewed" => true,
        "including" => is_of_sources(window, at),
        _ => false,
    });
    told || before_in_list(window, run).is_some_and(|before| is_teller(window, before))
}

/// The name that stands before another in a list, joined by "and" or, where no harm is told of afterwards, by a comma.
fn before_in_list<'w>(window: &'w Window<'_>, run: &Range<usize>) -> Option<&'w Range<usize>> {
    let at = window.names.partition_point(|name| name.run.start < run.start);
    let before = &window.names.get(at.checked_sub(1)?)?.run;
    let mut gap = before.end..run.start;
    let and = gap.clone().any(|at| window.tokens.word(at) == "and");
    let joined = !gap.is_empty()
        && gap.len() <= 2
        && gap.all(|at| window.tokens.is_mark(at, ',') || window.tokens.word(at) == "and");
    let rest = run.end..(run.end + 12).min(window.tokens.len());
    let harmed = rest
        .take_while(|at| window.tokens.mark(*at).is_none_or(|mark| mark != '.'))
        .any(|at| is_harm(window, at));
    (joined && (and || !harmed)).then_some(before)
}

/// «استشهد الإعلامي "فلان" مراسل الوكالة», "killed the journalist X, a reporter for …": a name right after a word of killing,
/// titles between, is of the dead.
fn is_object(window: &Window<'_>, start: usize) -> bool {
    let arabic = window.tokens.is_arabic(start);
    let between = |at: &usize| {
        let title = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_));
        window.tags.is(*at, title)
            || matches!(window.tokens.mark(*at), Some('“' | '"'))
            || !arabic && matches!(window.tokens.word(*at), "the" | "a" | "local")
    };
    let word = (1..=4).filter_map(|back| start.checked_sub(back)).find(|at| !between(at));
    word.is_some_and(|at| {
        let passive = at > 0 && matches!(window.tokens.word(at - 1), "was" | "were" | "been");
        window.tags.is(at, |sense| match sense {
            Sense::Harm(Harm::Killed, HarmForm::Masdar | HarmForm::Verb) => arabic,
            Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Active | HarmForm::Past) => {
                !arabic && !passive
            }
            _ => false,
        }) || !arabic && ends_lives(window, at)
    })
}

/// "claimed the life of", "the killing of": words of harm that end at a token.
fn ends_lives(window: &Window<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..=at).any(|from| {
        let lives = |sense: &Sense| {
            matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Lives | HarmForm::Noun)).then_some(())
        };
        window.tags.find(from, lives).is_some_and(|(_, tag)| from + usize::from(tag.length) == at + 1)
    })
}

/// «استشهاد الصحفي فلان», «تشييع الشهيد الإعلامي فلان»: a role of somebody killed.
fn is_mourned(window: &Window<'_>, role: usize) -> bool {
    const NEAR: usize = 3;
    const LIST: usize = 6;
    // «بين القتلى الستة المعلمة هدى الوراق», «شهداء اليوم: الطبيب سليم الوراق»
    let the_dead = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::People(Number::Plural))))
    };
    window.tokens.is_arabic(role)
        && ((role.saturating_sub(NEAR)..role)
            .any(|at| is_harm(window, at) || window.tokens.is_on(Words::TitleOfTheDead, at))
            || (role.saturating_sub(LIST)..role)
                .rev()
                .take_while(|at| window.tokens.mark(*at).is_none_or(|mark| mark == ':'))
                .any(the_dead))
}

/// «مراسل «صوت النهر» في ميناء الأمل فلان», «مدير المخيم فلان»: a role before the name, only an organisation, a place or
/// what it is a role in between.
fn introduced(window: &Window<'_>, start: usize) -> bool {
    let whose = |at: usize| {
        let word = window.tokens.word(at);
        let people = |sense: &Sense| {
            matches!(sense, Sense::Harm(..) | Sense::People(_) | Sense::Kin(_) | Sense::Title(_))
        };
        word.starts_with("ال") && !Words::TitleOfTheDead.has(word) && !window.tags.is(at, people)
    };
    // «عدسة مراسلنا: فلان»
    let colon = start.checked_sub(1).is_some_and(|at| window.tokens.is_mark(at, ':'));
    let start = start - usize::from(colon);
    (1..=10).filter_map(|back| start.checked_sub(back)).find_map(|at| {
        let between = matches!(window.owner(at), Owner::Place | Owner::Organisation)
            || matches!(window.tokens.word(at), "in" | "for" | "at" | "of" | "the" | "في" | "من" | "لدي")
            || whose(at);
        if window.tags.is(at, |sense| matches!(sense, Sense::Role(_))) {
            Some(!is_mourned(window, at))
        } else {
            (!between).then_some(false)
        }
    }) == Some(true)
}

/// Whether a name only says whose kin, home or family is meant: "wife of X", "X’s house", زوجة فلان.
pub(crate) fn is_reference(window: &Window<'_>, run: &Range<usize>) -> bool {
    let possessive = window.tokens.is_mark(run.end, '\'')
        && (window.tokens.word(run.end + 1) == "s" || !window.tokens.is_glued(run.end + 1));
    let of_kin = is_of_kin(window, run.start);
    // «عمي كريم»: whoever tells it says whose.
    let own_kin = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Kin(kin) if kin.of_speaker));
    let arabic_kin = run.start > 0
        && window.tokens.is_arabic(run.start)
        && !own_kin(run.start - 1)
        && window.tags.is(run.start - 1, |sense| match sense {
            Sense::Kin(kin) => !kin.possessed,
            Sense::Family | Sense::Site(_) => true,
            _ => false,
        })
        && !window.tags.at(run.start - 1).iter().any(|tag| tag.article);
    let family = is_of_families(window, run.end);
    // "the daughters of Lina and Omar"
    let with_another = !window.tokens.is_arabic(run.start)
        && run.start > 0
        && window.tokens.word(run.start - 1) == "and"
        && window.names.iter().rev().find(|name| name.run.end < run.start).is_some_and(|before| {
            before.run.end + 1 == run.start
                && before.run.start > 1
                && window.tokens.word(before.run.start - 1) == "of"
                && window.tags.is(
                    before.run.start - 2,
                    |sense| matches!(sense, Sense::Kin(kin) if kin.number == Number::Plural),
                )
        });
    // "wife of their surviving son X"
    let survives = (1..=3)
        .filter_map(|back| run.start.checked_sub(back))
        .any(|at| matches!(window.tokens.word(at), "surviving" | "survivor" | "survivors"));
    possessive
        || of_kin
        || arabic_kin
        || is_owner_of_kin(window, run.start)
        || family
        || is_parent_with(window, run)
        || is_perhaps(window, run.start)
        || with_another
        || survives
}

/// "the Haddad family", "the Haddad, Omari and Warraq families": where names before a word for families end.
fn is_of_families(window: &Window<'_>, end: usize) -> bool {
    const MOST: usize = 8;
    let family = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Family));
    let joins = |at: &usize| window.tokens.is_mark(*at, ',') || window.tokens.word(*at) == "and";
    let mut at = end;
    for _ in 0..MOST {
        let next = at + (at..at + 2).take_while(joins).count();
        match window.name_at(next).filter(|_| next > at) {
            Some(name) => at = name.run.end,
            None => break,
        }
    }
    family(end) || at > end && window.tokens.word(at) == "families"
}

/// "(possibly 36-year-old X)", "may be X": a name on another list that may be the same person's.
fn is_perhaps(window: &Window<'_>, start: usize) -> bool {
    const LONGEST: usize = 7;
    let age = |at: &usize| {
        window.tokens.is_number(*at)
            || window.tokens.is_mark(*at, '-')
            || matches!(window.tokens.word(*at), "a" | "the" | "year" | "old" | "month" | "aged")
    };
    let before = (1..=LONGEST).filter_map(|back| start.checked_sub(back)).find(|at| !age(at));
    before.filter(|at| *at > 0).is_some_and(|at| match window.tokens.word(at) {
        "possibly" | "perhaps" | "likely" => window.tokens.is_mark(at - 1, '('),
        "be" => matches!(window.tokens.word(at - 1), "may" | "might" | "could"),
        _ => false,
    })
}

/// "Lina and Omar’s daughter": a parent, told beside the other one; not "his son Karim and Omar’s daughter".
fn is_parent_with(window: &Window<'_>, run: &Range<usize>) -> bool {
    const REACH: usize = 6;
    let kin = |sense: &Sense| matches!(sense, Sense::Kin(_));
    let child = |sense: &Sense| matches!(sense, Sense::Kin(kin) if kin.relation == RelationKind::ChildOf);
    let introduced = (1..=2).filter_map(|back| run.start.checked_sub(back)).any(|at| window.tags.is(at, kin));
    let Some(other) = window.name_at(run.end + 1) else { return false };
    let owner = other.run.end;
    window.tokens.word(run.end) == "and"
        && !introduced
        && window.tokens.word(other.run.start) != window.tokens.word(run.start)
        && window.tokens.is_mark(owner, '\'')
        && window.tokens.word(owner + 1) == "s"
        && (owner + 2..owner + 2 + REACH)
            .find(|at| window.tags.is(*at, kin))
            .is_some_and(|at| window.tags.is(at, child))
}

/// "wife of Dr. X", "married to X", "the children of his late uncle X": whose kin somebody is, titles and kin between.
fn is_of_kin(window: &Window<'_>, start: usize) -> bool {
    const FARTHEST: usize = 5;
    let between = |at: &usize| {
        let says_who = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::Kin(_));
        window.tags.is(*at, says_who)
            || matches!(window.tokens.mark(*at), Some('.' | ','))
            || matches!(window.tokens.word(*at), "his" | "her" | "their" | "my" | "our" | "the" | "late")
    };
    let of = (1..=FARTHEST).filter_map(|back| start.checked_sub(back)).find(|at| !between(at));
    of.filter(|of| matches!(window.tokens.word(*of), "of" | "to"))
        .and_then(|of| of.checked_sub(1))
        .is_some_and(|kin| {
            window.tags.is(kin, |sense| matches!(sense, Sense::Kin(_) | Sense::Site(_) | Sense::Family))
                || matches!(window.tokens.word(kin), "married" | "widow" | "widower" | "fiancee" | "engaged")
        })
}
