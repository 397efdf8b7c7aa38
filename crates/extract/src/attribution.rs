//! Stage 6: which parties a sentence makes answerable, and how sure it is of it.

use std::ops::Range;

use sijil_model::ActorCode;
use sijil_model::codebook::{AttributionStatus, Combination, Status};

use crate::actors::ActorMention;
use crate::sense::{HarmForm, MeansPart, Sense};
use crate::window::Window;
use crate::word_lists::Words;

mod harmed;

/// A party held to have done it, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attributed {
    pub code: ActorCode,
    pub run: Range<usize>,
    pub prefix: u8,
    pub status: AttributionStatus,
    pub combination: Combination,
}

/// The parties that a run of tokens makes answerable; `reported` where the words are somebody's and not the author's.
pub(crate) fn attributions(window: &Window<'_>, run: &Range<usize>, reported: bool) -> Vec<Attributed> {
    let actors = window.within(&window.actors, run, |actor| &actor.run);
    let mut found: Vec<Attributed> = Vec::new();
    for actor in actors {
        if !acts(window, actor, run) || harmed::is_harmed(window, actor, run) {
            continue;
        }
        let status = status(window, actor, run, reported);
        if !found.iter().any(|other| other.code == actor.code) {
            found.push(Attributed {
                code: actor.code.clone(),
                run: actor.run.clone(),
                prefix: actor.prefix,
                status,
                combination: Combination::Sole,
            });
        }
    }
    add_companions(window, actors, run, &mut found);
    combine(window, &mut found);
    found
}

/// "The Syrian regime and the Russian raids": a party joined to one that acts, acts too.
fn add_companions(
    window: &Window<'_>,
    actors: &[ActorMention],
    run: &Range<usize>,
    found: &mut Vec<Attributed>,
) {
    for pair in actors.windows(2) {
        let [first, second] = pair else { continue };
        let gap = first.run.end..second.run.start;
        let joined = gap.len() <= 3
            && gap.clone().any(|at| matches!(window.tokens.word(at), "and" | "or" | "و"))
            || gap.is_empty() && second.prefix > 0 && window.tokens.word(second.run.start).starts_with('و');
        let has = |code: &ActorCode, found: &[Attributed]| found.iter().position(|other| other.code == *code);
        if let (true, Some(at), None) = (
            joined && !harmed::is_harmed(window, first, run),
            has(&second.code, found),
            has(&first.code, found),
        ) {
            let like = Attributed {
                code: first.code.clone(),
                run: first.run.clone(),
                prefix: first.prefix,
                ..found[at].clone()
            };
            found.insert(at, like);
        }
        // «القوات الأزرقية والنظام المرجاني»: in Arabic whoever is joined to the subject acts too.
        let joins = gap.is_empty() && second.prefix > 0 && window.tokens.is_arabic(second.run.start);
        if let (true, Some(at), None) = (
            joined && joins && !harmed::is_harmed(window, second, run),
            has(&first.code, found),
            has(&second.code, found),
        ) {
            let like = Attributed {
                code: second.code.clone(),
                run: second.run.clone(),
                prefix: second.prefix,
                ..found[at].clone()
            };
            found.insert(at + 1, like);
        }
    }
}

fn combine(window: &Window<'_>, found: &mut [Attributed]) {
    if found.len() < 2 {
        return;
    }
    found.sort_by_key(|one| one.run.start);
    let or = (found[0].run.end..found[1].run.start).any(|at| matches!(window.tokens.word(at), "or" | "او"));
    let near = found[1].run.start - found[0].run.end <= 8;
    let combination = if or {
        Combination::Alternative
    } else if near {
        Combination::Joint
    } else {
        Combination::Unclear
    };
    found.iter_mut().for_each(|one| one.combination = combination);
}

/// Whether the words around a party make it the one that acts.
fn acts(window: &Window<'_>, actor: &ActorMention, sentence: &Range<usize>) -> bool {
    let (start, end) = (actor.run.start, actor.run.end);
    let means = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Means(..)));
    let deed = |at: usize| {
        window.tags.is(at, |sense| {
            matches!(sense, Sense::Strike | Sense::Commit | Sense::Cause | Sense::Massacre | Sense::Targeting)
                || matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Verb | HarmForm::Past))
        })
    };
    if window.tokens.is_arabic(start) {
        // «نفذ سلاح الجو في جيش الأعالي ضربة»
        let arm = matches!(window.tokens.word(start.wrapping_sub(1)), "في" | "لدي")
            && (start.saturating_sub(4)..start)
                .any(|at| matches!(window.tokens.word(at), "سلاح" | "الجو" | "مدفعيه"));
        let reach = if arm { 6 } else { 3 };
        let before = (start.saturating_sub(reach).max(sentence.start)..start)
            .any(|at| means(at) || deed(at) || window.tokens.is_on(Words::Enters, at));
        let after = (end..(end + 2).min(sentence.end)).any(means)
            || (end..(end + 8).min(sentence.end))
                .take_while(|at| window.tokens.mark(*at) != Some('.'))
                .any(deed);
        let by = matches!(window.tokens.word(start.wrapping_sub(1)), "قبل" | "يد");
        // «حمّل الأهالي الجبهة مسؤولية القصف»
        let held = (end..end + 2).any(|at| matches!(window.tokens.word(at), "مسووليه" | "المسووليه"))
            && (start.saturating_sub(4).max(sentence.start)..start)
                .any(|at| window.tokens.is_on(Words::HoldsAnswerable, at));
        return held || before || after || by || stands_behind(window, actor) || own_means(window, actor);
    }
    let before = start.checked_sub(1).filter(|at| *at >= sentence.start);
    let by =
        (1..=5).filter_map(|back| start.checked_sub(back)).take_while(|at| *at >= sentence.start).any(|at| {
            matches!(window.tokens.word(at), "by" | "from")
                && (at.saturating_sub(4).max(sentence.start)..at).any(|here| {
                    means(here)
                        || deed(here)
                        || window.tags.is(here, |sense| matches!(sense, Sense::Destroyed(_)))
                })
                && window.tokens.word(at - 1) != "led"
        });
    let adjective = (end..(end + 4).min(sentence.end)).take_while(|at| window.tokens.is_word(*at)).any(means);
    let subject = !is_nationality(window, end)
        && (end..(end + 9).min(sentence.end))
            .take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ';' | '“')))
            .take_while(|at| !tells_of_others(window, *at))
            .any(deed);
    let blamed = (start.saturating_sub(6).max(sentence.start)..start).any(|at| {
        matches!(
            window.tokens.word(at),
            "blamed"
                | "blame"
                | "blames"
                | "blaming"
                | "accused"
                | "accuse"
                | "accuses"
                | "accusing"
                | "attributed"
        )
    });
    let of = before.is_some_and(|at| window.tokens.word(at) == "of") && means(start.saturating_sub(2));
    adjective
        || by
        || subject
        || blamed
        || of
        || own_means(window, actor)
        || its_means(window, actor, sentence)
}

/// «رجّح مصدر وقوف «جبهة الأعالي» وراءه», «تقف الجبهة خلف الهجوم».
fn stands_behind(window: &Window<'_>, actor: &ActorMention) -> bool {
    let stands = |word: &str| matches!(word, "وقوف" | "بالوقوف" | "تقف" | "يقف" | "وقفت" | "وقف");
    let behind = |word: &str| matches!(word, "وراء" | "وراءه" | "وراءها" | "خلف" | "خلفه" | "خلفها");
    // A quotation mark may stand between.
    let near = |range: Range<usize>, test: &dyn Fn(&str) -> bool| {
        range.into_iter().any(|at| test(window.tokens.word(at)))
    };
    near(actor.run.start.saturating_sub(2)..actor.run.start, &stands)
        && near(actor.run.end..actor.run.end + 2, &behind)
}

/// "The movement's own record says that its rockets killed three": the arms of the party told of right before.
fn its_means(window: &Window<'_>, actor: &ActorMention, sentence: &Range<usize>) -> bool {
    const REACH: usize = 14;
    let end = sentence.end.min(actor.run.end + REACH);
    let arms = |sense: &Sense| matches!(sense, Sense::Means(_, MeansPart::Weapon | MeansPart::Carrier));
    let next = window.within(&window.actors, &(actor.run.end..end), |actor| &actor.run).first();
    (actor.run.end..next.map_or(end, |next| next.run.start))
        .any(|at| matches!(window.tokens.word(at), "its" | "their") && window.tags.any(at + 1..at + 3, arms))
}

/// "Two Azraki civilians": whose people were harmed is not who did it.
fn is_nationality(window: &Window<'_>, after: usize) -> bool {
    window.tags.is(after, |sense| match sense {
        Sense::People(people) => people.status != Some(Status::Combatant),
        Sense::Harm(_, HarmForm::People(_)) => true,
        _ => false,
    })
}

/// "The front said that three people were killed": what a party tells of others is not its own deed.
fn tells_of_others(window: &Window<'_>, at: usize) -> bool {
    let says = window.tags.find(at, |sense| matches!(sense, Sense::Says | Sense::Claim).then_some(()));
    let Some((_, tag)) = says else { return false };
    // "claimed responsibility for"
    if window.tags.is(at, |sense| matches!(sense, Sense::Declare(_))) {
        return false;
    }
    let after = at + usize::from(tag.length);
    let after = after + usize::from(window.tokens.word(after) == "that");
    !matches!(window.tokens.word(after), "it" | "its" | "they" | "their" | "he" | "to" | "the" | "")
}

/// The party's own words name arms: "Azraki warplanes", الطيران الأزرقي.
fn own_means(window: &Window<'_>, actor: &ActorMention) -> bool {
    actor.run.clone().any(|at| window.tags.is(at, |sense| matches!(sense, Sense::Means(..))))
}

fn status(
    window: &Window<'_>,
    actor: &ActorMention,
    sentence: &Range<usize>,
    reported: bool,
) -> AttributionStatus {
    // In Arabic the verb comes first: «تبنت الجبهة الشمالية».
    const BEFORE: usize = 2;
    let arabic = window.tokens.is_arabic(actor.run.start);
    let before = actor.run.start.saturating_sub(if arabic { BEFORE } else { 0 }).max(sentence.start);
    let declared = (before..actor.run.start)
        .chain(actor.run.end..(actor.run.end + 5).min(sentence.end))
        .find_map(|at| {
            window
                .tags
                .find(at, |sense| if let Sense::Declare(status) = sense { Some(*status) } else { None })
        })
        .map(|(status, _)| status);
    let near = actor.run.start.saturating_sub(6).max(sentence.start)..(actor.run.end + 3).min(sentence.end);
    let doubt = near.into_iter().find_map(|at| {
        window.tags.find(at, |sense| if let Sense::Doubt(status) = sense { Some(*status) } else { None })
    });
    match (declared, doubt) {
        (Some(status), _) => status,
        (None, Some((status, _))) => status,
        (None, None) if reported => AttributionStatus::Alleged,
        (None, None) => AttributionStatus::AssertedByAuthor,
    }
}
