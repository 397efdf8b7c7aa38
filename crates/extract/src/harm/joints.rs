//! What stands between people, and between people and a word of harm.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::Harm;

use super::arabic_joints::{is_card, is_only_present, runs_what, set_off, with_what};
use super::described::{by_what_they_are, relative_clause};
use super::intended::is_himself;
use super::speakers::is_sex_of_a_card;
use super::triggers::Trigger;
use super::{Item, is_harm, is_link};
use crate::groups::Group;
use crate::sense::{HarmForm, Link, Sense};
use crate::sentences::Sentence;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// How people stand to those before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// "and", a comma, a bullet.
    And,
    /// "including": parts of those before.
    Including,
    /// "were among": those before are parts of these.
    Among,
    /// "along with".
    AlongWith,
    /// Nothing but a comma, a colon or a bracket: perhaps the same people again.
    Beside,
}

/// The most tokens between two people of one chain.
const WIDEST: usize = 14;

/// How a gap joins those before it with those after it; `None` where it does not.
pub(crate) fn joint(window: &Window<'_>, gap: &Range<usize>, next: &Range<usize>) -> Option<Joint> {
    let told_of = |at: usize| is_among_them(window, at) || leaves_kin(window, at);
    // «قتلت زوجها وأصابتها في كتفها»: by a verb of its own.
    let own_verb = |group: &Group| group.pronoun.is_some() && group.harm.is_some();
    if window.group_at(next.start).is_some_and(own_verb)
        || is_only_present(window, next.start)
        || gap.len() > WIDEST
        // "Salim Warraq, whose wife was killed"
        || window.tokens.word(next.start) == "whose"
        || is_for_kin(window, next.start)
        || gap.clone().any(told_of)
    {
        return None;
    }
    let prefixed = window.group_at(next.start).is_some_and(|group| group.and)
        || window.name_at(next.start).is_some_and(|name| name.prefix > 0);
    if and_kin(window, gap) || and_his(window, gap, next) {
        return Some(Joint::And);
    }
    let mut joint = if prefixed { Some(Joint::And) } else { None };
    let mut at = including(window, gap).unwrap_or(gap.start);
    while at < gap.end {
        if matches!(window.tokens.word(at), "were" | "was") && window.tokens.word(at + 1) == "among" {
            return Some(Joint::Among);
        }
        if let Some((link, tag)) = window.tags.find(at, |sense| match sense {
            Sense::Link(link @ (Link::Including | Link::AlongWith)) => Some(*link),
            _ => None,
        }) {
            joint = Some(if link == Link::Including { Joint::Including } else { Joint::AlongWith });
            at += usize::from(tag.length);
            continue;
        }
        // "17 bodies, including those of six children"
        if window.tokens.word(at) == "those" && window.tokens.word(at + 1) == "of" {
            at += 2;
            continue;
        }
        // "was killed, as were A and B"
        if window.tokens.word(at) == "as" && matches!(window.tokens.word(at + 1), "was" | "were") {
            joint = Some(Joint::AlongWith);
            at += 2;
            continue;
        }
        let beside = || by_what_they_are(window, at, gap.end).or_else(|| filler(window, at, gap.end));
        if let Some(end) = of_a_party(window, at).or_else(beside) {
            at = end;
            continue;
        }
        if let Some(end) = set_off(window, at, gap).filter(|_| prefixed) {
            at = end;
            continue;
        }
        if at == gap.start && runs_what(window, at, next) {
            at += 2;
            continue;
        }
        if at == gap.start && is_of_what(window, at, next) {
            at += 1;
            continue;
        }
        // "Thandar Moe, who taught the second grade, and eleven of her pupils"
        if let Some(end) = relative_clause(window, at, gap.end) {
            at = end;
            continue;
        }
        match window.tokens.word(at) {
            "and" | "&" | "و" | "plus" | "or" => joint = joint.or(Some(Joint::And)),
            "with" => joint = joint.or(Some(Joint::AlongWith)),
            _ => match window.tokens.mark(at) {
                Some(',' | ';' | '•' | '/') => joint = joint.or(Some(Joint::And)),
                // «خمسة مهاجرين، هم أربعة رجال وامرأة»
                None if matches!(window.tokens.word(at), "هم" | "هن" | "هما" | "وهم" | "وهن") => {
                    joint = joint.or(Some(Joint::Beside))
                }
                Some(':' | '(' | '-' | ')' | '“' | '”' | '"' | '\'') => {
                    joint = joint.or(Some(Joint::Beside))
                }
                _ => return None,
            },
        }
        at += 1;
    }
    // A lone comma may set off an apposition; a list has an "and" somewhere, which its reader sees.
    joint.or(Some(Joint::Beside))
}

/// "X was among them; her grandson survived": among those whom an earlier sentence told of.
pub(crate) fn is_among_them(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "was" | "were")
        && matches!(window.tokens.word(at + 1), "among" | "amongst")
        && window.tokens.word(at + 2) == "them"
}

/// "He leaves his wife and two daughters", «تاركاً وراءه زوجته وطفلين»: kin who live.
pub(crate) fn leaves_kin(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 3;
    let kin = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Kin(_)))
            || window.group_at(at).is_some_and(|group| group.kin.is_some())
    };
    window.tokens.is_on(Words::LeavesBehind, at) && (at + 1..=at + NEAR).any(kin)
}

/// "eight people died in the strike on Monday, among them": where the word for parts stands, if only what, where and when
/// is said before it.
fn including(window: &Window<'_>, gap: &Range<usize>) -> Option<usize> {
    let at = gap.clone().find(|at| is_link(window, *at, Link::Including))?;
    let stops = |at: usize| {
        matches!(window.tokens.mark(at), Some('.' | ';' | ':'))
            || matches!(window.tokens.word(at), "and" | "while" | "but" | "when" | "who")
            || window.owner(at) == Owner::Person
            || window.tags.is(at, |sense| matches!(sense, Sense::Harm(..) | Sense::Says | Sense::People(_)))
    };
    (!(gap.start..at).any(stops)).then_some(at)
}

/// «سليم الوراق مدرس الرياضيات وابنه كريم», «سليم الوراق وهو مدرس بالإضافة إلى اثنين من أبنائه»: whatever says what the
/// first is, the second is his kin.
fn and_kin(window: &Window<'_>, gap: &Range<usize>) -> bool {
    const FARTHEST: usize = 10;
    let with_kin = window.tokens.is_arabic(gap.end)
        && window.group_at(gap.end).is_some_and(|group| group.kin.is_some())
        && gap.clone().any(|at| {
            let with =
                window.tags.find(at, |sense| matches!(sense, Sense::Link(Link::AlongWith)).then_some(()));
            with.is_some_and(|(_, tag)| at + usize::from(tag.length) == gap.end)
        });
    let stops = |at: usize| is_harm(window, at) || matches!(window.tokens.mark(at), Some('.' | ';' | ':'));
    let kin = gap.clone().rev().take(3).find(|at| {
        window.tags.at(*at).iter().any(|tag| {
            let and = tag.and || *at > gap.start && window.tokens.word(at - 1) == "و";
            and && matches!(tag.sense, Sense::Kin(kin) if kin.possessed)
        })
    });
    (with_kin || kin.is_some_and(|kin| kin > gap.start)) && gap.len() <= FARTHEST && !gap.clone().any(stops)
}

/// «العقيد سليم الوراق قائد اللواء وسبعة من جنوده»: whatever says what the first is, the others are with him.
fn and_his(window: &Window<'_>, gap: &Range<usize>, next: &Range<usize>) -> bool {
    const FARTHEST: usize = 8;
    let others = |group: &Group| group.and && group.other && group.counted;
    let stops = |at: usize| is_harm(window, at) || window.tokens.mark(at).is_some();
    window.tokens.is_arabic(gap.start)
        && gap.len() <= FARTHEST
        && window.group_at(next.start).is_some_and(others)
        && window.name_ending(gap.start).is_some()
        && !gap.clone().any(stops)
}

/// «مختار القرية الحاج سليم الوراق», «بائع الصحف سليم», «حارس المصرف وزبون»: what somebody has to do with, before a name or others.
fn is_of_what(window: &Window<'_>, at: usize, next: &Range<usize>) -> bool {
    // «ثلاثة من سكان البيت واثنين من جيرانه»
    let one = |group: &Group| {
        let single = group.said.quantity == Quantity::Singular || group.counted && !group.implied;
        single && !group.definite && group.kin.is_none()
    };
    let definite = window.tokens.word(at).starts_with("ال");
    // «مختار قرية وولديه»
    let kin = |group: &Group| group.and && group.kin.is_some();
    let with_kin = next.start == at + 1 && window.group_at(next.start).is_some_and(kin);
    let unknown = window.is_free(at)
        && (window.tags.at(at).is_empty()
            || with_kin && !is_harm(window, at) && window.tags.number(at).is_none());
    let others = || {
        next.start == at + 1
            && window.group_at(next.start).is_some_and(|group| group.and && (group.counted || !group.other))
    };
    window.tokens.is_arabic(at)
        && (definite && window.name_at(next.start).is_some() || (definite || unknown) && others())
        && window.group_ending(at).is_some_and(one)
}

/// «عنصران من الجيش ومدني», «طفلان من الحي ورجل», "two men of the army and a civilian": whose or where from they were.
fn of_a_party(window: &Window<'_>, at: usize) -> Option<usize> {
    let of = matches!(window.tokens.word(at), "من" | "of" | "from").then_some(at + 1)?;
    let of = of + usize::from(window.tokens.word(of) == "the");
    let party = window.owner(of) == Owner::Actor || window.tokens.is_on(Words::PartyHead, of);
    // In Arabic a «و» on the next word goes on with the people.
    let definite = window.tokens.word(of).starts_with("ال") && window.owner(of) == Owner::Nobody;
    let goes_on = definite && window.tokens.word(of + 1).starts_with('و') && !is_harm(window, of);
    // «من الجبهة الشمالية»
    let adjective = |at: &usize| window.tokens.word(*at).starts_with("ال") && window.is_free(*at);
    let whose = (of + 1..of + 3).take_while(adjective).count();
    (party || goes_on).then_some(of + 1 + if party { whose } else { 0 })
}

/// Words between people that say nothing of how they stand: ages, titles, kin words, places they come from.
fn filler(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    if let Some((_, run)) =
        crate::people::age_after(window, at).filter(|(_, run)| run.end <= end && run.end > at)
    {
        return Some(run.end);
    }
    if window.tokens.is_on(Words::Unborn, at) {
        return Some(window.group_at(at).map_or(at + 1, |group| group.run.end));
    }
    // "its director, Dr. Salim Warraq"
    if window.tokens.is_mark(at, '.') && at > 0 && window.tokens.is_on(Words::Abbreviation, at - 1) {
        return Some(at + 1);
    }
    // "A man in his sixties and a younger woman"
    let age = |word: &str| word.ends_with("ties") || word.ends_with("teens");
    if window.tokens.word(at) == "in" && matches!(window.tokens.word(at + 1), "his" | "her" | "their") {
        let middle = usize::from(matches!(window.tokens.word(at + 2), "early" | "mid" | "late"));
        if age(window.tokens.word(at + 2 + middle)) {
            return Some(at + 3 + middle);
        }
    }
    if is_sex_of_a_card(window, at) {
        return Some(at + 1);
    }
    // An asterisk after a name leads to a note.
    if window.tokens.is_mark(at, '*') {
        return Some(at + 1);
    }
    if window.tokens.is_mark(at, '(')
        && let Some(close) = (at + 1..end.min(at + 10)).find(|here| window.tokens.is_mark(*here, ')'))
    {
        return Some(close + 1);
    }
    if is_for_kin(window, at) {
        return None;
    }
    if let Some((_, tag)) = window.tags.find(at, |sense| {
        matches!(
            sense,
            Sense::Title(_)
                | Sense::Kin(_)
                | Sense::Role(_)
                | Sense::AgeYears
                | Sense::AgeMonths
                | Sense::Hedge(_)
        )
        .then_some(())
    }) {
        return Some(at + usize::from(tag.length));
    }
    let place = matches!(window.owner(at), Owner::Place | Owner::Actor | Owner::Person | Owner::Time);
    // «أصيب فلان برصاصة في الكتف وزميله بشظايا»
    let goes_on = window.tokens.word(end).starts_with('و');
    let injury =
        goes_on && window.tokens.word(at).strip_prefix('ب').is_some_and(|bare| Words::Injury.has(bare));
    let missile =
        injury || window.tokens.is_on(Words::AfterAName, at) && window.tokens.word(at).starts_with('ب');
    let wound = missile || window.tokens.is_arabic(at) && window.tokens.is_on(Words::BodyParts, at);
    let quiet = wound || window.tokens.is_on(Words::BetweenPeople, at);
    // A family's name: "four members of the Haddad family".
    let name = window.tokens.is_capital(at)
        && window.tags.any(at + 1..at + 5, |sense| matches!(sense, Sense::Family));
    (place || quiet || name || window.tokens.is_number(at)).then_some(at + 1)
}

/// «العزاء لنجليه كريم ونادر»: kin to whom something is given or said, and not done.
pub(crate) fn is_for_kin(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_arabic(at)
        && window.tags.at(at).iter().any(|tag| {
            let word = window.tokens.word(at);
            tag.prefix > 0
                && word.strip_prefix('و').unwrap_or(word).starts_with('ل')
                && matches!(tag.sense, Sense::Kin(kin) if kin.possessed)
        })
}

/// Whether people that start at `start` can be what the word of harm takes after it.
pub(crate) fn object(window: &Window<'_>, trigger: &Trigger, start: usize) -> bool {
    // "They killed everyone in the house, eleven people"
    let everyone = matches!(window.tokens.word(trigger.run.end), "everyone" | "everybody");
    if everyone && start <= trigger.run.end + WIDEST {
        return (trigger.run.end..start).all(|at| {
            !is_harm(window, at) && window.tokens.mark(at).is_none_or(|mark| matches!(mark, ',' | ':'))
        });
    }
    if trigger.arabic && is_only_present(window, start) {
        return false;
    }
    // "The bomber killed himself and three soldiers"
    let himself = is_himself(window, trigger.run.end) && window.tokens.word(trigger.run.end + 1) == "and";
    let gap = trigger.run.end + if himself { 2 } else { 0 }..start;
    let limit = match trigger.form {
        // "Among the dead was the owner of the café, Salim Warraq"
        HarmForm::Noun if trigger.part => 9,
        // "killed the group's second-in-command, Salim Warraq,"
        HarmForm::Past | HarmForm::Active
            if window.name_at(start).is_some() && window.tokens.is_mark(start - 1, ',') =>
        {
            10
        }
        HarmForm::Verb => 8,
        HarmForm::Masdar => 6,
        HarmForm::Lives => 3,
        _ => 5,
    };
    gap.len() <= limit
        && gap.into_iter().all(|at| {
            let inside_a_word =
                at > 0 && window.tokens.is_mark(at - 1, '-') && window.tokens.is_mark(at + 1, '-');
            let stop = is_harm(window, at)
                || matches!(window.tokens.mark(at), Some('.' | ';'))
                || (!trigger.arabic
                    && !inside_a_word
                    && matches!(
                        window.tokens.word(at),
                        "in" | "by"
                            | "when"
                            | "after"
                            | "that"
                            | "as"
                            | "and"
                            | "at"
                            | "on"
                            | "during"
                            | "while"
                            | "near"
                    ))
                // «قتلت الحرب أحلام الأهالي»
                || trigger.arabic && window.tokens.is_on(Words::NobodyToKill, at)
                || !trigger.arabic && is_nobody(window, at, start)
                || (trigger.arabic
                    && (is_cause(window, at) && !with_what(window, trigger, start)
                        || window
                            .tags
                            .at(at)
                            .iter()
                            .any(|tag| matches!(tag.sense, Sense::Negation) && tag.and)
                        || matches!(window.tokens.word(at), "ولم" | "ولا" | "دون" | "بدون" | "ودون")
                        || window.tags.at(at).iter().any(|tag| {
                            matches!(tag.sense, Sense::Says) && tag.length == 1 && tag.prefix == 0
                        })));
            !stop
        })
}

/// "killed the dog of a shepherd", but "killed police captain Salim Haddad": a noun that is nobody, or that titles the name after it.
fn is_nobody(window: &Window<'_>, at: usize, start: usize) -> bool {
    let titles = window.name_at(start).is_some() && !(at..start).any(|at| window.tokens.word(at) == "of");
    let nobody = window.tokens.is_on(Words::NobodyToKill, at) || window.tokens.is_on(Words::Animals, at);
    nobody && !titles
}

/// «برصاص», «بقصف», «على يد»: who or what did it follows, and nobody who suffered it.
fn is_cause(window: &Window<'_>, at: usize) -> bool {
    let by = window.tags.at(at).iter().any(|tag| {
        matches!(tag.sense, Sense::Means(..)) && tag.prefix > 0 && window.tokens.word(at).starts_with('ب')
    });
    by || matches!(window.tokens.word(at), "برصاص" | "بيد" | "جراء" | "نتيجه" | "بسبب" | "اثر")
        || window.tokens.word(at) == "يد" && at > 0 && window.tokens.word(at - 1) == "علي"
        || window.tokens.word(at) == "قبل" && at > 0 && window.tokens.word(at - 1) == "من"
}

/// Whether the gap from people to the word of harm after them is one of a subject and its verb.
pub(crate) fn subject(
    window: &Window<'_>,
    gap: Range<usize>,
    trigger: &Trigger,
    sentence: &Sentence,
) -> bool {
    // «بنتي هدى، عمرها 11 سنة، ماتت»
    let aged = crate::people::age_after(window, gap.start).filter(|(_, age)| age.end <= gap.end);
    let gap = aged.map_or(gap.clone(), |(_, age)| age.end..gap.end);
    // «أخي كريم خرج إلى السوق ومن يومها ما رجع»
    let limit = match (trigger.arabic, trigger.harm) {
        (true, Harm::Missing) => 10,
        (true, _) if is_card(window, sentence) => WIDEST,
        // «الشاب معاذ قنديل من أبناء مدينة دوما، استشهد»: whom the sentence opens with.
        (true, _)
            if opens_with_a_name(window, gap.start, sentence) && window.tokens.is_mark(gap.end - 1, ',') =>
        {
            10
        }
        // «الشاب الذي أوقفته الدورية في نهران أصيب»
        (true, _) if matches!(window.tokens.word(gap.start), "الذي" | "التي" | "اللذان" | "اللذين") => {
            14
        }
        (true, _) => 4,
        _ => 24,
    };
    if gap.len() > limit || gap.start < sentence.run.start {
        return false;
    }
    // "Villagers report one cow killed": said of the cow.
    if !trigger.arabic && !gap.is_empty() && window.tokens.is_on(Words::Animals, gap.end - 1) {
        return false;
    }
    // "Two of the wounded died"
    let word = |at: usize| window.tokens.word(at);
    let of_the = word(gap.start) == "of" && matches!(word(gap.start + 1), "the" | "those");
    let wounded = of_the && gap.len() > 2 && is_harm(window, gap.start + 2);
    let gap = gap.start + if wounded && !trigger.arabic { 3 } else { 0 }..gap.end;
    // "Salim Warraq: shot by a soldier; wounded in the thigh"
    let entry = window.tokens.is_mark(gap.start, ':')
        && window.name_ending(gap.start).is_some_and(|name| window.opens_sentence(name.run.start));
    let gap = gap.start + usize::from(entry)..gap.end;
    let card = is_card(window, sentence);
    let mut depth = 0;
    let abbreviates = |dot: usize| dot > 0 && window.tokens.is_on(Words::Abbreviation, dot - 1);
    gap.into_iter().all(|at| {
        match window.tokens.mark(at) {
            Some('.') if abbreviates(at) => {}
            Some('(') => depth += 1,
            Some(')') => depth -= 1,
            // «سليم وزوجته وحفيدتهما: ثلاثتهم ماتوا»
            Some(':') if sums_up_people(window, at + 1) => {}
            // "Salma Warraq, 47, accountant: killed in the strike on Nahran"
            Some(':') if !trigger.arabic && trigger.form == HarmForm::Past && at + 1 == trigger.run.start => {
            }
            // «سليم الوراق، خباز، 47 سنة، وابنه كريم: قُتلا في بيتهما»
            Some(':') if trigger.arabic && at + 1 == trigger.run.start && card => {}
            Some('.' | ';' | ':' | '?' | '!') => return false,
            _ => {}
        }
        let verb =
            |sense: &Sense| matches!(sense, Sense::Says | Sense::Cause | Sense::Survived | Sense::Mourns);
        // "her left arm"
        let no_verb = is_passive_report(window, at)
            || is_sex_of_a_card(window, at)
            || window.tokens.is_on(Words::Limbs, at + 1);
        let clause = matches!(
            window.tokens.word(at),
            "while" | "after" | "when" | "before" | "because" | "that" | "which" | "where" | "but"
        );
        depth > 0 || !(clause || is_harm(window, at) || window.tags.is(at, verb) && !no_verb)
    })
}

/// «ثلاثتهم», «كلاهما», «جميعهم»: those who were just listed.
fn sums_up_people(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "كلاهما"
            | "كلتاهما"
            | "ثلاثتهم"
            | "اربعتهم"
            | "خمستهم"
            | "ستتهم"
            | "جميعهم"
            | "كلهم"
            | "هولاء"
    )
}

fn opens_with_a_name(window: &Window<'_>, end: usize, sentence: &Sentence) -> bool {
    const TITLE: usize = 2;
    window.name_ending(end).is_some_and(|name| name.run.start <= sentence.run.start + TITLE)
}

/// "were reported to have been killed", "were reported dead": the report is no clause of its own.
pub(crate) fn is_passive_report(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at + 1), "to" | "dead" | "killed" | "missing" | "as" | "injured" | "wounded")
        || at > 0 && matches!(window.tokens.word(at - 1), "were" | "was" | "been")
}

/// Whether a group stands after "including" in its sentence.
pub(crate) fn after_including(window: &Window<'_>, item: &Item, sentence: &Sentence) -> bool {
    let from = item.run.start.saturating_sub(3).max(sentence.run.start);
    (from..item.run.start).any(|at| is_link(window, at, Link::Including))
}
