//! Words that announce whose names follow, and what became of them: «سمّى المجلس الضحايا: …», "Fatalities: 1 woman, 1 infant".

use std::ops::Range;

use sijil_model::claim::Stands;
use sijil_model::codebook::Harm;

use super::Hit;
use crate::groups::Group;
use crate::numbers;
use crate::sense::{HarmForm, Sense, Title};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// «هما مختار القرية الحاج سليم الوراق»: where titles and what they are titles of end.
pub(super) fn past_titles(window: &Window<'_>, from: usize) -> usize {
    const LONGEST: usize = 4;
    let titled = |sense: &Sense| matches!(sense, Sense::Title(Title::Neutral) | Sense::People(_));
    let title =
        |at: &usize| window.tags.is(*at, titled) || *at > from && window.tokens.word(*at).starts_with("ال");
    from + (from..from + LONGEST).take_while(title).take_while(|at| window.name_at(*at).is_none()).count()
}

/// «سمّى المجلس الضحايا الثلاثة: سليم الوراق»: the dead or the wounded, whose names follow a colon; what became of them,
/// and how many tokens the words have.
pub(crate) fn announced(window: &Window<'_>, at: usize) -> Option<(Harm, usize)> {
    const NAME: usize = 4;
    const OF_WHAT: usize = 8;
    if let Some(label) = label(window, at) {
        return Some(label);
    }
    if let Some(card) = card(window, at).or_else(|| mourned(window, at)) {
        return Some(card);
    }
    let word = window.tokens.word(at);
    let harm = match word.strip_prefix('و').unwrap_or(word) {
        // «الضحية: الطفل سليم الوراق»
        "الضحيه" | "القتيل" | "القتيله"
            if window.opens_sentence(at) && window.tokens.is_mark(at + 1, ':') =>
        {
            Harm::Killed
        }
        "الجريح" | "الجريحه" | "المصاب" | "المصابه"
            if window.opens_sentence(at) && window.tokens.is_mark(at + 1, ':') =>
        {
            Harm::Injured
        }
        "الضحايا" | "الشهداء" | "القتلي" | "الشهيدان" | "الشهيدين" | "القتيلان" | "القتيلين" => {
            Harm::Killed
        }
        "الجرحي" | "المصابون" | "المصابين" | "الجريحان" | "الجريحين" => {
            Harm::Injured
        }
        "المفقودون" | "المفقودين" | "المفقودان" => Harm::Missing,
        "المعتقلون" | "المعتقلين" | "المحتجزون" | "المحتجزين" => {
            Harm::Detained
        }
        // «ضحايا غارة قصر النهر: …»
        word if is_of_the_dead(word) && (opens_line(window, at) || window.opens_sentence(at)) => Harm::Killed,
        // «مفقود: سليم الوراق» at the beginning of a line.
        "مفقود" | "مفقودون" if opens_line(window, at) => Harm::Missing,
        "جريح" | "جرحي" | "مصابون" if opens_line(window, at) => Harm::Injured,
        "شهيد" if opens_line(window, at) => Harm::Killed,
        "معتقل" | "معتقلون" if opens_line(window, at) => Harm::Detained,
        _ => return None,
    };
    let number = numbers::arabic::definite(&window.tokens, at + 1);
    // «ضحايا غارة قصر النهر: سليم الوراق، …»
    let whose = is_of_the_dead(word);
    let of_what = (at + 1..at + OF_WHAT).take_while(|at| whose && window.tokens.is_word(*at)).count();
    // «القتلى المدنيون: 4»
    let status = usize::from(matches!(
        window.tokens.word(at + 1),
        "المدنيون" | "المدنيين" | "العسكريون" | "العسكريين"
    ));
    let colon = at + 1 + number.map_or(of_what.max(status), |number| number.length);
    let named = (colon + 1..colon + NAME).any(|at| window.name_at(at).is_some());
    // «بين القتلى الستة المعلمة هدى الوراق»
    let next = at + 1 + number.map_or(0, |number| number.length);
    let titled = |from: usize| window.name_at(past_titles(window, from)).is_some();
    if next > at + 1 && is_among_the_dead(window, at) && titled(next) {
        return Some((harm, next - at));
    }
    let people = window.group_at(at + 1).is_some() || titled(at + 1);
    if is_among_the_dead(window, at) && people {
        return Some((harm, 1));
    }
    if let Some(past) = past_where_and_when(window, at + 1 + number.map_or(0, |number| number.length))
        .filter(|_| is_among_the_dead(window, at))
    {
        return Some((harm, past - at));
    }
    if let Some(past) = told_who_they_were(window, at) {
        return Some((harm, past - at));
    }
    // «القتلى: 3 رجال»
    let counted = window.opens_sentence(at) && window.group_at(colon + 1).is_some_and(|group| group.counted);
    (window.tokens.is_mark(colon, ':') && (named || counted)).then_some((harm, colon - at))
}

/// «شهيد في نهران، وشهيدان في مرجان», «خمسة قتلى في حي النهر، وثلاثة في حي الورد»: the harm, and the chain, of those before whom a
/// number goes on with at another place.
pub(super) fn goes_on_elsewhere(window: &Window<'_>, group: &Group, before: &[Hit]) -> Option<(Harm, usize)> {
    const FARTHEST: usize = 12;
    let same = |hit: &&Hit| group.harm.is_none_or(|harm| harm == hit.harm);
    let last = before.iter().rfind(same).filter(|_| group.and && (group.implied || group.harm.is_some()))?;
    let mut gap = last.run.end..group.run.start;
    let apart = |at: usize| {
        let grammar = |sense: &Sense| {
            matches!(sense, Sense::Says | Sense::Cause | Sense::Link(_) | Sense::Toll | Sense::TollInjured)
        };
        super::is_harm(window, at)
            || window.tags.is(at, grammar)
            || matches!(window.tokens.mark(at), Some('.' | ';' | ':'))
    };
    // «جريح سوري وجريحان لبنانيان»
    let adjective = |at: usize| window.is_free(at) && window.tokens.is_arabic(at);
    let beside = group.harm == Some(last.harm) && gap.len() <= 2 && gap.clone().all(adjective);
    let placed = beside || matches!(window.tokens.word(last.run.end), "في" | "ب" | "قرب");
    let alone = matches!(last.stands, Stands::Alone | Stands::Besides);
    (placed && alone && gap.len() <= FARTHEST && window.tokens.is_arabic(last.run.end) && !gap.any(apart))
        .then_some((last.harm, last.chain))
}

/// «الاسم: هدى الوراق. العمر: 7 سنوات. سبب الوفاة: شظايا», "Name: Huda Warraq. Age: 7. Date of death: 3 May": a record of somebody who
/// died.
fn card(window: &Window<'_>, at: usize) -> Option<(Harm, usize)> {
    const CARD: usize = 40;
    let word = |at: usize| window.tokens.word(at);
    let named =
        || window.tokens.is_mark(at + 1, ':') && window.name_at(past_titles(window, at + 2)).is_some();
    let died = |at: usize| {
        matches!(word(at), "سبب" | "تاريخ" | "ظروف" | "مكان")
            && matches!(word(at + 1), "الوفاه" | "الاستشهاد" | "المقتل")
            || matches!((word(at), word(at + 1)), ("of" | "at", "death"))
            || word(at) == "status"
                && window.tags.is(at + 2, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)))
    };
    // «الأسماء: 1- سليم الوراق 2- هدى الوراق»
    let items =
        || window.tokens.is_mark(at + 1, ':') && window.name_at(past_titles(window, at + 4)).is_some();
    let one = matches!(word(at), "الاسم" | "name") && named();
    let several = word(at) == "الاسماء" && (named() || items());
    let opens = (one || several) && window.opens_sentence(at);
    (opens && (at..at + CARD).any(died)).then_some((Harm::Killed, 2))
}

/// "We mourn our colleagues: Salim Warraq; Huda Karam": those who are mourned in a list.
fn mourned(window: &Window<'_>, at: usize) -> Option<(Harm, usize)> {
    const LIST: usize = 8;
    if !matches!(window.tokens.word(at), "mourn" | "mourns" | "mourned" | "mourning") {
        return None;
    }
    let colon = (at + 1..at + LIST)
        .take_while(|at| window.tokens.mark(*at).is_none_or(|mark| mark == ':'))
        .find(|at| window.tokens.is_mark(*at, ':'))?;
    window.name_at(past_titles(window, colon + 1)).map(|_| (Harm::Killed, colon + 1 - at))
}

/// «القتلى في أعمال العنف في نهران هم ثلاثة تجار وحمال»: where the words before people who are counted end.
fn told_who_they_were(window: &Window<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 14;
    let goes_on = |at: &usize| window.tokens.is_word(*at) && !super::is_harm(window, *at);
    let they = (at + 1..at + REACH)
        .take_while(goes_on)
        .find(|at| matches!(window.tokens.word(*at), "هم" | "هما" | "هن"))?;
    let counted = |group: &Group| group.counted && group.harm.is_none() && !group.part;
    (they > at + 1 && window.group_at(they + 1).is_some_and(counted)).then_some(they + 1)
}

/// «وكان من بين القتلى الأربعة في غارة الخميس على البلدة المعلمة هدى الوراق»: where somebody begins after where and when.
fn past_where_and_when(window: &Window<'_>, from: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    let told = |at: &usize| {
        matches!(window.owner(*at), Owner::Place | Owner::Time)
            || matches!(window.tokens.word(*at), "في" | "علي" | "قرب" | "يوم" | "من")
            || window.tags.is(*at, |sense| matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Site(_)))
    };
    let past = from + (from..from + LONGEST).take_while(told).count();
    let somebody = window.group_at(past).is_some() || window.name_at(past_titles(window, past)).is_some();
    (past > from && somebody).then_some(past)
}

/// «ضحايا», «شهداء»: the dead, whose names may follow.
fn is_of_the_dead(word: &str) -> bool {
    matches!(word, "ضحايا" | "شهداء" | "قتلي")
}

/// "Fatalities: 1 woman, 1 infant.", "Killed on 30 April when a rocket hit their home: Salim Warraq, 50, …": what stands at the
/// head of a sentence of a list, and where its colon ends.
fn label(window: &Window<'_>, at: usize) -> Option<(Harm, usize)> {
    const FARTHEST: usize = 16;
    let word = window.tokens.word(at);
    let harm = match word {
        "killed" | "dead" | "fatalities" | "deaths" | "martyrs" | "fallen" => Harm::Killed,
        "injured" | "wounded" | "injuries" => Harm::Injured,
        "missing" => Harm::Missing,
        // "Victim: Salim Warraq, male, 22."
        "victim" if window.tokens.is_mark(at + 1, ':') => Harm::Killed,
        // "The victims of the strike on Nahran: Salim Warraq and his son"
        "victims" => Harm::Killed,
        // "Kidnapped on 12 April and strangled by his captors: Salim Warraq", "Shot dead in Nahran: two farmers"
        _ if !window.tokens.is_arabic(at) => {
            let past = |sense: &Sense| match sense {
                Sense::Harm(harm, HarmForm::Past) => Some(*harm),
                _ => None,
            };
            window.tags.find(at, past)?.0
        }
        _ => return None,
    };
    // "The dead:", "Yesterday's dead:"
    let owns = at > 2 && window.tokens.word(at - 1) == "s" && window.tokens.is_mark(at - 2, '\'');
    let before = match at.checked_sub(1).map(|at| window.tokens.word(at)) {
        Some("the") => 1,
        _ if owns && (at < 4 || window.opens_sentence(at - 3)) => 3,
        _ => 0,
    };
    if !window.opens_sentence(at - before) {
        return None;
    }
    let dies =
        |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Past)));
    let and_dies = |at: usize| window.tokens.word(at - 1) == "and" && dies(at);
    let goes_on = |at: &usize| {
        !matches!(window.tokens.mark(*at), Some('.' | ';')) && (!super::is_harm(window, *at) || and_dies(*at))
    };
    let colon = (at + 1..at + FARTHEST).take_while(goes_on).find(|at| window.tokens.is_mark(*at, ':'))?;
    let harm = if (at + 1..colon).any(and_dies) { Harm::Killed } else { harm };
    let next = past_titles(window, colon + 1);
    let named = window.name_at(next).is_some();
    let listed = named || window.group_at(colon + 1).is_some();
    (named || listed && word != "victims").then_some((harm, colon + 1 - at))
}

fn opens_line(window: &Window<'_>, at: usize) -> bool {
    at == 0 || window.tokens.get(at).is_some_and(|token| token.lines > 0)
}

/// «من بين الشهداء طفل», «أن بين القتلى بائع الصحف سليم الوراق»: who follows is one of them.
pub(super) fn is_among_the_dead(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "بين" | "ضمن")
}

/// What became of those whose names follow: «أسماء الشهداء» says it itself, «وهم» takes it from the last word of harm before,
/// «اعتقل أربعة شبان من أبناء المدينة، وهم»; none where nothing before says that anybody was harmed, or those were freed.
pub(crate) fn listed_harm(window: &Window<'_>, at: usize, start: usize) -> Option<Harm> {
    const BEFORE: usize = 40;
    let short = window.tokens.is_arabic(at) && window.tags.at(at).first().is_some_and(|tag| tag.length == 1);
    if !short {
        return Some(Harm::Killed);
    }
    let said = |at: usize| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm, _) => Some(Some(*harm)),
            Sense::Toll => Some(Some(Harm::Killed)),
            Sense::TollInjured => Some(Some(Harm::Injured)),
            _ if window.tokens.is_on(Words::Frees, at) => Some(None),
            _ => None,
        })
    };
    let last = |run: Range<usize>| run.rev().find_map(|at| said(at).map(|(harm, _)| (at, harm)));
    let (word, harm) = last(start..at).or_else(|| last(at.saturating_sub(BEFORE)..start))?;
    // «تاركاً وراءه طفلين هما ريم وعمر»
    if (word..at).any(|at| super::leaves_kin(window, at)) {
        return None;
    }
    // «استشهد ثلاثة وأصيب آخرون، وهم سليم …»: the list is of the dead.
    let vague = harm == Some(Harm::Injured)
        && window
            .groups
            .iter()
            .any(|group| (word..at).contains(&group.run.start) && group.said.quantity.number().is_none());
    let before = vague.then(|| last(start..word)).flatten().and_then(|(_, harm)| harm);
    match before.or(harm)? {
        Harm::KilledOrInjured => Some(Harm::Killed),
        harm => Some(harm),
    }
}
