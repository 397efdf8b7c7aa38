//! Words for a stretch of time whose numbers are totals: "since the start of the war", "that winter", "in three weeks of fighting";
//! and the stretch that only says how an attack stands among others, "the deadliest this year".

use crate::window::Window;

/// «منذ بداية العام», «الحملة المستمرة منذ شهر», "since the start of the year": a period that runs to the day of writing.
pub(super) fn is_since_a_start(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    let arabic = matches!(word(0), "منذ" | "ومنذ") && matches!(word(1), "بدايه" | "مطلع" | "اول");
    let english = word(0) == "since" && word(1) == "the" && matches!(word(2), "beginning" | "start");
    let long = |word: &str| {
        matches!(
            word,
            "العام"
                | "عام"
                | "السنه"
                | "سنه"
                | "الشهر"
                | "شهر"
                | "الحرب"
                | "الثوره"
                | "العدوان"
                | "التصعيد"
                | "الحمله"
                | "year"
                | "month"
                | "war"
                | "offensive"
                | "campaign"
                | "siege"
                | "conflict"
                | "uprising"
                | "invasion"
                | "hostilities"
                | "fighting"
                | "escalation"
        )
    };
    let goes_on = matches!(word(0), "المستمر" | "المستمره" | "المتواصل" | "المتواصله" | "مستمره" | "متواصله")
        && word(1) == "منذ";
    arabic && long(word(2))
        || goes_on
        || english && (3..6).any(|step| long(word(step)))
        || word(0) == "since" && word(1) == "the" && long(word(2))
}

/// «في ذلك الشهر», "that winter": a stretch of time told before.
pub(super) fn is_that_stretch(window: &Window<'_>, at: usize) -> bool {
    let that = matches!(
        window.tokens.word(at),
        "ذلك" | "ذاك" | "تلك" | "هداك" | "بهداك" | "هديك" | "بهديك" | "that"
    );
    that && matches!(
        window.tokens.word(at + 1),
        "الشهر"
            | "الاسبوع"
            | "العام"
            | "السنه"
            | "الشتا"
            | "الصيف"
            | "الفتره"
            | "الحرب"
            | "week"
            | "month"
            | "year"
            | "winter"
            | "summer"
            | "period"
            | "war"
    )
}

/// "during the month", "for the same month": all of it is meant.
pub(super) fn is_all_of_a_stretch(window: &Window<'_>, at: usize) -> bool {
    let word = |step: usize| window.tokens.word(at + step);
    // «هذا الشهر», «الشهر الجاري»
    let now = matches!(word(1), "الشهر" | "الاسبوع" | "العام")
        && matches!(word(0), "هذا" | "خلال" | "منذ")
        && (word(0) == "هذا" || matches!(word(2), "الجاري" | "الحالي"));
    if now {
        return true;
    }
    let within = matches!(word(0), "during" | "throughout" | "over" | "in" | "within");
    let unit = |word: &str| matches!(word, "weeks" | "months" | "years" | "quarters");
    // "in three weeks of fighting", "over six months"
    let long = within
        && window
            .tags
            .number(at + 1)
            .is_some_and(|number| unit(word(1 + number.length)) && word(2 + number.length) != "time");
    // "in the first quarter of the year", "on average"
    let part = within
        && word(1) == "the"
        && matches!(word(2), "first" | "second" | "third" | "fourth" | "last" | "final")
        && matches!(word(3), "quarter" | "half");
    // "Ten days of shelling have killed 64 civilians"
    let of_fighting = window.tags.number(at).is_some_and(|number| {
        let unit = at + number.length;
        matches!(window.tokens.word(unit), "days" | "weeks" | "months")
            && window.tokens.word(unit + 1) == "of"
            && matches!(window.tokens.word(unit + 3), "have" | "has")
    });
    if of_fighting || long || part || word(0) == "on" && word(1) == "average" {
        return true;
    }
    let same = matches!(word(2), "same" | "whole" | "entire");
    matches!(word(0), "during" | "throughout" | "over" | "for" | "in")
        && word(1) == "the"
        && matches!(word(2 + usize::from(same)), "month" | "quarter" | "year")
        && (same || matches!(word(0), "during" | "throughout"))
}

/// "The attack, the deadliest in Nahran this year, left 32 dead": a period that says how the attack stands among others.
pub(super) fn is_superlative(window: &Window<'_>, time: usize) -> bool {
    const REACH: usize = 10;
    let mut before =
        (time.saturating_sub(REACH)..time).rev().take_while(|at| window.tokens.mark(*at).is_none());
    before.any(|at| matches!(window.tokens.word(at), "deadliest" | "worst" | "bloodiest" | "heaviest"))
}
