//! Words of harm that tell of no harm here: denied, feared, of another cause, or of an event before the one that is told.

use std::ops::Range;

use sijil_model::codebook::{AttributionStatus, Harm};

use super::accidents::is_of_an_accident;
use super::intended::is_intended;
use super::{arabic_unsaid, is_harm};
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// Whether a word of harm that ends before `end` tells of no harm in the event of its sentence.
pub(super) fn is_untold(window: &Window<'_>, at: usize, end: usize, sentence: &Range<usize>) -> bool {
    is_negated(window, at, sentence.start)
        || dies_otherwise(window, end, sentence.end)
        || is_of_no_violence(window, &(at..end), sentence)
        || is_unproven(window, at, sentence)
        || is_taken_back(window, at, sentence)
        || is_feared(window, at, sentence)
        || is_intended(window, at, end, sentence)
        || is_another_event(window, at, sentence)
        || arabic_unsaid::is_untold(window, at, sentence)
}

/// «ماتت من القهر», "died of grief": of no violence.
pub(super) fn dies_otherwise(window: &Window<'_>, from: usize, end: usize) -> bool {
    const REACH: usize = 5;
    const ARABIC: usize = 8;
    let reach = if window.tokens.is_arabic(from) { ARABIC } else { REACH };
    (from..end.min(from + reach)).take_while(|at| window.tokens.is_word(*at)).any(|at| {
        let heart_attack = window.tokens.word(at) == "heart" && window.tokens.word(at + 1) == "attack";
        heart_attack || window.tokens.is_on(Words::NoViolence, at)
    })
}

/// Whether a disaster or an accident of the road is what harmed people: no violence.
pub(super) fn is_of_no_violence(window: &Window<'_>, said: &Range<usize>, sentence: &Range<usize>) -> bool {
    is_of_a_disaster(window, said, sentence)
        || is_of_an_accident(window, said, sentence)
        || dies_of_age(window, said, sentence)
}

/// "A former minister died on Monday at the age of 88": a death of which nothing violent is told.
fn dies_of_age(window: &Window<'_>, said: &Range<usize>, sentence: &Range<usize>) -> bool {
    let word = |at: usize| window.tokens.word(at);
    let at_the_age = |at: usize| word(at) == "at" && word(at + 1) == "the" && word(at + 2) == "age";
    matches!(word(said.start), "died" | "dies")
        && sentence.clone().any(at_the_age)
        && !tells_of_violence(window, sentence)
}

/// Whether a sentence tells of an attack, of somebody hurt or of somebody held, beside whom a death is hardly one of age.
pub(super) fn tells_of_violence(window: &Window<'_>, sentence: &Range<usize>) -> bool {
    window.tags.any(sentence.clone(), |sense| {
        matches!(
            sense,
            Sense::Strike
                | Sense::Means(..)
                | Sense::Targeting
                | Sense::Massacre
                | Sense::Harm(Harm::Injured | Harm::Detained, _)
        )
    })
}

/// "Cholera has killed 35 people", "were killed by floods", "a landslide buried a camp, killing 14"; but not "were killed in a strike on
/// a camp hit by floods": no attack stands between the two.
fn is_of_a_disaster(window: &Window<'_>, said: &Range<usize>, sentence: &Range<usize>) -> bool {
    const REACH: usize = 7;
    const OPENING: usize = 4;
    // "died in a house fire"
    let accident = |before: usize| {
        matches!(
            window.tokens.word(before),
            "a" | "house" | "hotel" | "factory" | "forest" | "kitchen" | "electrical" | "accidental"
        )
    };
    // «بانهيار منجم»
    let with_ba =
        |at: usize| window.tokens.word(at).strip_prefix('ب').is_some_and(|bare| Words::Disasters.has(bare));
    // «انهيار منجم»; a house may fall of a bomb.
    let caves_in = |at: usize| {
        matches!(window.tokens.word(at), "انهيار" | "بانهيار")
            && matches!(
                window.tokens.word(at + 1),
                "منجم" | "المنجم" | "ارضي" | "جليدي" | "ثلجي" | "ترابي" | "صخري"
            )
    };
    let disaster = |at: usize| {
        window.tokens.is_on(Words::Disasters, at)
            || with_ba(at)
            || caves_in(at)
            || is_forest_fire(window, at)
            || window.tokens.word(at) == "fire" && at > 0 && accident(at - 1)
    };
    // «بقوة 5,9 درجات»: a comma within a number ends nothing.
    let within = |at: usize| at > 0 && window.tokens.is_number(at - 1) && window.tokens.is_number(at + 1);
    let ends = |at: usize| matches!(window.tokens.mark(at), Some(',' | ';' | ':')) && !within(at);
    let attack = |run: Range<usize>| {
        run.clone().any(|at| window.tokens.is_on(Words::Event, at))
            || window.tags.any(run, |sense| {
                matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Targeting | Sense::Conflict)
            })
    };
    let mut before = (said.start.saturating_sub(REACH).max(sentence.start)..said.start).rev();
    let doer = before
        .find(|at| disaster(*at) || ends(*at) || is_harm(window, *at))
        .is_some_and(|at| disaster(at) && !attack(past_its_verb(window, at)..said.start));
    let by = |cause: usize| {
        let from = cause.saturating_sub(3).max(said.end);
        with_ba(cause)
            || caves_in(cause)
            || (from..cause).any(|at| {
                matches!(
                    window.tokens.word(at),
                    "by" | "in" | "from" | "of" | "في" | "جراء" | "بسبب" | "نتيجه" | "اثر" | "من"
                )
            })
    };
    let after = said.end..sentence.end.min(said.end + 2 * REACH);
    let cause = after.take_while(|at| !ends(*at)).find(|at| disaster(*at));
    // «في انهيار مبنى إثر غارة»
    let brought_about = |cause: usize| {
        let after = (cause + 1..sentence.end.min(cause + REACH)).take_while(|at| !ends(*at)).last();
        window.tokens.is_arabic(cause) && after.is_some_and(|last| attack(cause + 1..last + 1))
    };
    let caused = cause.is_some_and(|cause| by(cause) && !attack(said.end..cause) && !brought_about(cause));
    let first = sentence.clone().take(OPENING).any(disaster);
    doer || caused || first && !attack(sentence.clone())
}

/// "The earthquake that struck the town on Monday": where what a disaster did to a place is told.
fn past_its_verb(window: &Window<'_>, disaster: usize) -> usize {
    let that = disaster + 1 + usize::from(matches!(window.tokens.word(disaster + 1), "that" | "which"));
    if matches!(window.tokens.word(that), "struck" | "hit") { that + 1 } else { disaster }
}

/// «حرائق الغابات»: fires that no attack lit.
fn is_forest_fire(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "حرايق" | "بحرايق" | "الحرايق")
        && matches!(window.tokens.word(at + 1), "الغابات" | "غابات" | "الغابه")
}

/// Whether a word of negation stands shortly before: "no", "did not", لم, دون.
pub(crate) fn is_negated(window: &Window<'_>, at: usize, start: usize) -> bool {
    const ARABIC: usize = 6;
    let reach = if window.tokens.is_arabic(at) { ARABIC } else { 4 };
    if window.tokens.is_arabic(at) && is_without_effect(window, at, start) {
        return true;
    }
    // «لم يُصب سوى الحارس»: he was.
    if matches!(window.tokens.word(at + 1), "سوي" | "الا") {
        return false;
    }
    // «دون سقوط قتلى أو جرحى»: of both.
    let or =
        at > start + 1 && matches!(window.tokens.word(at - 1), "او" | "ولا") && window.tokens.is_arabic(at);
    if or && is_negated(window, at - 2, start) {
        return true;
    }
    let from = at.saturating_sub(reach).max(start);
    (from..at).any(|here| {
        // Farther off, another clause that «و» opens ends the reach too.
        let near =
            at - here <= 4 || !(here + 1..=at).any(|word| window.tags.at(word).iter().any(|tag| tag.and));
        // "not only" and «لا يزال» deny nothing, and a mark or "but" ends the reach.
        near && window.tags.at(here).iter().any(|tag| matches!(tag.sense, Sense::Negation) && tag.prefix <= 1)
            && !matches!(window.tokens.word(here + 1), "only" | "يزال" | "تزال" | "يزالون" | "يزالان")
            && !(here..at).any(|between| {
                matches!(window.tokens.mark(between), Some(',' | '.' | ':'))
                    || matches!(
                        window.tokens.word(between),
                        "but" | "yet" | "بل" | "لكن" | "ولكن" | "لكنها" | "لكنه" | "ولكنها" | "ولكنه"
                    )
            })
    })
}

/// "its radio repeats that “they killed a thousand children”, without any proof": the author takes it back.
fn is_unproven(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    (at..sentence.end).filter(|here| window.tokens.word(*here) == "without").any(|here| {
        let any = usize::from(matches!(window.tokens.word(here + 1), "any" | "offering" | "giving"));
        matches!(window.tokens.word(here + 1 + any), "proof" | "evidence")
    })
}

/// "rumours that five people had died were false", «خلافا لما قيل عن مقتل تسعة», "an exercise simulated an attack that killed
/// ten", "the seven reported killed are alive": what the same clause says not to be so.
///
/// The trap this avoids: "Contrary to what the army says, twelve were killed", "reports of a truce were false, and twelve were
/// killed", "twelve were killed and two are alive" tell of the dead.
pub(super) fn is_taken_back(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    let word = |at: usize| window.tokens.word(at);
    let bare = |at: usize| word(at).strip_prefix(['و', 'ف']).unwrap_or(word(at));
    let marked = |mut between: Range<usize>| between.any(|at| window.tokens.mark(at).is_some());
    let opens = |here: usize| matches!(bare(here), "contrary" | "خلافا") || Words::Plays.has(bare(here));
    let joined = |mut between: Range<usize>| {
        between.any(|at| {
            matches!(word(at), "and" | "but" | "while") || window.tags.at(at).iter().any(|tag| tag.and)
        })
    };
    let alive = |here: usize| {
        matches!(word(here), "are" | "is") && word(here + 1) == "alive"
            || word(here) == "علي" && word(here + 1) == "قيد" && word(here + 2) == "الحياه"
    };
    // "The film, in which 40 people die"
    let in_which = |here: usize| {
        let clause = here + 1 + usize::from(window.tokens.is_mark(here + 1, ','));
        word(clause) == "in" && word(clause + 1) == "which" && !marked(clause..at)
    };
    (sentence.start..at).any(|here| opens(here) && (!marked(here..at) || in_which(here)))
        || (at + 1..sentence.end).any(|here| alive(here) && !marked(at..here) && !joined(at + 1..here))
        || is_of_a_false_report(window, at, sentence)
}

/// Whether a harm is what a report tells that is called false after it, or, in Arabic, before it: «لا صحة للأنباء عن مقتل».
fn is_of_a_false_report(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 3;
    let hearsay = |at: usize| {
        let word = window.tokens.word(at);
        Words::Hearsay.has(word.strip_prefix(['و', 'ف']).unwrap_or(word))
    };
    let Some(told) = (sentence.start..at).rev().find(|here| hearsay(*here)) else { return false };
    let ends = |here: &usize| matches!(window.tokens.mark(*here), Some('.' | ';' | ':' | '“' | '"'));
    let end = (at..sentence.end).find(ends).unwrap_or(sentence.end);
    // What is called false further on may be another report.
    let end = (at + 1..end).find(|here| hearsay(*here)).unwrap_or(end);
    let before = told.saturating_sub(BEFORE).max(sentence.start)..told;
    // "Local media retracted a report that seven had been killed"
    let takes_back = |here: usize| {
        matches!(window.tokens.word(here), "retracted" | "withdrew" | "debunked" | "disproved" | "refuted")
    };
    before.clone().any(takes_back)
        || window.tokens.is_arabic(at) && before.into_iter().any(|here| is_called_false(window, here))
        || (at + 1..end).any(|here| is_called_false(window, here))
}

/// "were false", «كاذبة», «لا صحة للأنباء»: where a report is said to be none.
fn is_called_false(window: &Window<'_>, at: usize) -> bool {
    const COPULA: usize = 3;
    let word = |at: usize| window.tokens.word(at);
    if window.tokens.is_arabic(at) {
        let no_truth = matches!(word(at), "لا" | "غير" | "عاريه" | "عار")
            && matches!(word(at + 1), "صحه" | "صحيحه" | "صحيح" | "عن");
        // «أنباء عن مقتل القائد، والفصيل ينفي»
        let denies = |sense: &Sense| matches!(sense, Sense::Declare(AttributionStatus::Denied));
        let all = window.tokens.mark(at + 1).is_some()
            || at + 1 >= window.tokens.len()
            || matches!(word(at + 1), "ذلك" | "صحه" | "الخبر" | "الانباء" | "صحتها" | "الامر");
        let denied = all && window.tags.is(at, denies);
        return window.tokens.is_on(Words::Falsehood, at) || no_truth || denied;
    }
    let copula = |at: usize| matches!(word(at), "was" | "were" | "is" | "are" | "be" | "proved" | "as");
    window.tokens.is_on(Words::Falsehood, at) && (at.saturating_sub(COPULA)..at).any(copula)
}

/// «لم يسفر القصف على قرية النهر عن وقوع إصابات»: the attack, however long it is told, had no such effect.
fn is_without_effect(window: &Window<'_>, at: usize, start: usize) -> bool {
    const FARTHEST: usize = 14;
    (at.saturating_sub(FARTHEST).max(start)..at).any(|here| {
        window.tags.is(here, |sense| matches!(sense, Sense::Negation))
            && window.tokens.is_on(Words::HasEffect, here + 1)
            && !(here..at).any(|between| matches!(window.tokens.mark(between), Some(',' | '.' | ':' | ';')))
            && !(here + 2..at).any(|word| matches!(window.tokens.word(word), "بل" | "سوي" | "الا" | "فقط"))
    })
}

/// «بعد أسبوعين من مقتل ثلاثة جنود», «في ذكرى مقتل», "a day after raids on a school left 35 people dead", "who had died in an
/// earlier strike": a harm of another day than the one told of.
pub(crate) fn is_another_event(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    if is_of_an_earlier_event(window, at, sentence) {
        return true;
    }
    let start = sentence.start;
    if !window.tokens.is_arabic(at) {
        return is_days_after(window, at, start) || is_years_after(window, at, sentence);
    }
    let word =
        |back: usize| at.checked_sub(back).filter(|at| *at >= start).map_or("", |at| window.tokens.word(at));
    let days = |back: usize| {
        at.checked_sub(back).is_some_and(|at| window.tags.is(at, |sense| matches!(sense, Sense::UnitTime(_))))
    };
    if is_of_an_anniversary(window, at, sentence) {
        return true;
    }
    // «بعد عام على الغارة التي قتلت 31»
    let raid = |sense: &Sense| matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Massacre);
    let of_a_raid = matches!(word(1), "التي" | "الذي") && at > 2 && window.tags.is(at - 2, raid);
    // «بعد أسبوع من غارة مماثلة قتلت تسعة»
    let raided = |back: &usize| at.checked_sub(*back).is_some_and(|at| window.tags.is(at, raid));
    let off = if of_a_raid { 2 } else { (1..=2).find(raided).unwrap_or(0) };
    let later = matches!(word(1 + off), "من" | "علي")
        && days(2 + off)
        && (3 + off..=5 + off).any(|back| matches!(word(back), "بعد"));
    later || matches!(word(1), "ذكري" | "الذكري") || matches!(word(2), "الذكري" | "ذكري")
}

/// "had previously died", "had been killed months before", "was killed in an earlier strike", «استشهد في غارة سابقة».
fn is_of_an_earlier_event(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const BEFORE: usize = 4;
    const AFTER: usize = 8;
    const NEAR: usize = 60;
    let word = |at: usize| window.tokens.word(at);
    let attack = |at: usize| {
        let told = |sense: &Sense| matches!(sense, Sense::Strike | Sense::Means(..) | Sense::Massacre);
        window.tags.is(at, told) || window.tokens.is_on(Words::Event, at)
    };
    let after = (at + 1..sentence.end.min(at + AFTER)).take_while(|at| !ends_clause(window, *at));
    if window.tokens.is_arabic(at) {
        // «استشهد متأثرا بجراح أصيب بها في قصف سابق»: he died now.
        let of_wounds = |at: usize| word(at).starts_with("متاثر");
        let dies_now = after.clone().chain(at.saturating_sub(BEFORE)..at).any(of_wounds);
        return !dies_now
            && after.into_iter().any(|at| matches!(word(at), "سابق" | "سابقه") && attack(at - 1));
    }
    let unit = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::UnitTime(_)));
    let before = at.saturating_sub(BEFORE).max(sentence.start)..at;
    let had = before.clone().any(|at| word(at) == "had");
    let previously = |at: usize| word(at) == "previously";
    let earlier = |at: usize| {
        matches!(word(at), "earlier" | "previous" | "prior" | "separate" | "another") && attack(at + 1)
    };
    // "Three brothers were buried. They had been killed the day before": what is told, where no other harm is.
    let other = || {
        let near = at.saturating_sub(NEAR)..at.saturating_sub(1);
        near.chain(at + 2..sentence.end).any(|at| is_harm(window, at))
    };
    let long_before =
        |at: usize| matches!(word(at), "before" | "prior" | "earlier") && unit(at - 1) && other();
    // "at the funeral of a boy killed the day before"
    let funeral = |at: usize| matches!(word(at), "funeral" | "burial" | "memorial" | "funerals");
    let mourned = (at.saturating_sub(2 * BEFORE).max(sentence.start)..at)
        .rev()
        .take_while(|at| window.tokens.mark(*at).is_none())
        .find(|at| funeral(*at));
    if mourned.is_some_and(|funeral| word(funeral + 1) == "of" || word(funeral + 1) == "for") {
        return true;
    }
    // "was wounded twice in the 1990s"
    let decade = |at: usize| word(at).len() == 4 && word(at).ends_with('0') && word(at + 1) == "s";
    before.into_iter().any(previously)
        || after.clone().any(decade)
        || after.into_iter().any(|at| previously(at) && had || earlier(at) || had && long_before(at))
}

/// «في الذكرى الخامسة لمجزرة البلدة التي قُتل فيها 80», «البلدة التي شهدت عام 2016 مجزرة قُتل فيها 80»: the dead of years ago.
fn is_of_an_anniversary(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 10;
    let clause = |at: &usize| window.tokens.mark(*at).is_none();
    let before = || (at.saturating_sub(REACH).max(sentence.start)..at).rev().take_while(clause);
    let remembered =
        before().any(|at| matches!(window.tokens.word(at), "ذكري" | "الذكري" | "لذكري" | "بذكري"));
    let witnessed = before().any(|at| matches!(window.tokens.word(at), "شهدت" | "شهد" | "عرفت"));
    let year = || {
        before().any(|at| matches!(window.tokens.word(at), "عام" | "سنه") && window.tokens.is_number(at + 1))
    };
    let in_it = matches!(window.tokens.word(at + 1), "فيها" | "فيه");
    remembered || in_it && witnessed && year()
}

/// "Five years after a raid killed 80 people in the town, one person was killed there": what is told before the comma.
fn is_years_after(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const OPENING: usize = 5;
    let after = sentence.clone().take(OPENING).find(|at| {
        window.tokens.word(*at) == "after"
            && window.tags.is(at.saturating_sub(1), |sense| matches!(sense, Sense::UnitTime(_)))
    });
    let Some(after) = after.filter(|after| *after < at) else { return false };
    let comma = (after..sentence.end).find(|at| window.tokens.is_mark(*at, ','));
    comma.is_some_and(|comma| at < comma && (comma..sentence.end).any(|at| is_harm(window, at)))
}

/// "… were killed just a day after raids left 35 dead": what follows up to a mark, where a harm is told before.
fn is_days_after(window: &Window<'_>, at: usize, start: usize) -> bool {
    const REACH: usize = 24;
    let from = at.saturating_sub(REACH).max(start + 1);
    let after = (from..at).rev().take_while(|here| !ends_clause(window, *here)).find(|here| {
        window.tokens.word(*here) == "after"
            && window.tags.is(here - 1, |sense| matches!(sense, Sense::UnitTime(_)))
    });
    // "The strikes came two days after shelling killed seven"
    let comes = |here: usize| {
        matches!(
            window.tokens.word(here),
            "came" | "comes" | "come" | "coming" | "happened" | "occurred" | "follows" | "followed"
        )
    };
    after.is_some_and(|after| (start..after).any(|here| is_harm(window, here) || comes(here)))
}

fn ends_clause(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.mark(at), Some(',' | ';' | ':' | '.'))
}

/// "could kill", "would have killed", "denied that civilians were killed", «قد يؤدي إلى مقتل», «حذرت من وفاة أطفال»: nobody is
/// said to have been harmed; nor is anybody counted by what happens "every day", or by "an end to the killing".
pub(crate) fn is_feared(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 8;
    let from = at.saturating_sub(3).max(sentence.start);
    let comma = (from..at).rev().find(|here| window.tokens.is_mark(*here, ','));
    let from = comma.filter(|_| window.tokens.is_arabic(at)).unwrap_or(from);
    // «نفت الشرطة سقوط قتلى وأكدت إصابة ستة»: what is said next is not denied.
    let affirms = |at: usize| {
        let says = |tag: &crate::lexicon::Tag| tag.and && matches!(tag.sense, Sense::Says);
        window.tokens.is_arabic(at) && window.tags.at(at).iter().any(says)
    };
    // «حذر المركز في 21 حزيران 2031 من سقوط …»: a date is no words between.
    let told = (sentence.start..at).rev().filter(|here| window.owner(*here) != Owner::Time);
    let denied = told.take(REACH).last().unwrap_or(at);
    let denied = (denied..at).rev().find(|here| affirms(*here)).unwrap_or(denied)..at;
    let denies = |sense: &Sense| matches!(sense, Sense::Declare(AttributionStatus::Denied));
    // "on 4 May killed": a month fears nothing.
    let hypothetical = |here: usize| {
        window.owner(here) != Owner::Time
            && window.tags.is(here, |sense| matches!(sense, Sense::Hypothetical))
    };
    // "A shell nearly killed him": he lives.
    let almost = at > sentence.start && matches!(window.tokens.word(at - 1), "nearly" | "almost");
    almost
        || is_feared_or_remembered(window, at, sentence)
        || (from..at).any(hypothetical)
        || window.tags.any(denied.clone(), denies)
        || denied.into_iter().any(|here| foresees(window, here, at))
        || window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Verb)))
            && sentence.clone().any(|here| is_habit(window, here))
}

/// "Feared dead", "on the anniversary of the bombing that killed 33 people", "sentenced to life for the murder of a shopkeeper": in
/// English, up to a mark.
fn is_feared_or_remembered(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 14;
    if window.tokens.is_arabic(at) {
        return false;
    }
    let said = |at: usize| match window.tokens.word(at) {
        "anniversary" | "commemorated" | "commemorate" | "commemorating" => true,
        "sentenced" | "convicted" | "jailed" | "acquitted" | "guilty" => true,
        "feared" => matches!(window.tokens.word(at + 1), "that" | "killed" | "dead"),
        "fear" | "fears" | "fearing" | "worry" | "afraid" => window.tokens.word(at + 1) == "that",
        _ => false,
    };
    let before = (at.saturating_sub(REACH).max(sentence.start)..at).rev();
    before.take_while(|at| window.tokens.mark(*at).is_none()).any(said)
}

/// A word of warning, expectation or condition whose reach no mark ends before `at`.
fn foresees(window: &Window<'_>, here: usize, at: usize) -> bool {
    let next = window.tokens.word(here + 1);
    let word = window.tokens.word(here);
    let said = match word.strip_prefix('و').unwrap_or(word) {
        "قد" => next.starts_with('ي') || next.starts_with('ت'),
        "would" => next == "have",
        "threatened" | "threatens" | "threatening" | "vowed" | "vows" | "هدد" | "هددت" | "يهدد" | "تهدد"
        | "توعد" | "توعدت" => true,
        "whether" => true,
        "end" => next == "to" && here + 5 > at,
        // «غارة توقع خمسة قتلى»: without its vowels "inflicts" too, of whom it has right after it.
        "توقع" if window.group_at(here + 1).is_some_and(|group| group.harm.is_some() && group.counted) => {
            false
        }
        "لو" | "حذر" | "حذرت" | "يحذر" | "تحذر" | "محذرا" | "محذره" | "توقع" | "توقعت" | "يتوقع"
        | "مخاوف" | "خشيه" => true,
        _ => false,
    };
    said && !(here..at).any(|between| matches!(window.tokens.mark(between), Some('.' | ':' | '“')))
}

/// "every day", «كل موسم».
fn is_habit(window: &Window<'_>, at: usize) -> bool {
    let period = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::UnitTime(_)))
            || matches!(window.tokens.word(at), "season" | "day" | "موسم" | "يوم")
    };
    matches!(window.tokens.word(at), "every" | "each" | "كل") && period(at + 1)
}
