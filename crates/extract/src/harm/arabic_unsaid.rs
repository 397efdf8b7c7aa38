//! Words of harm in Arabic that tell of no harm in the event of their sentence: what is only asked, «هل قُتل خمسة؟», what nearly
//! happened, «كاد القصف أن يقتلهم», what a court or the police tell of who did it, «متهم بقتل ستة», a death of age or illness,
//! «توفي عن 83 عاما», and what a writer cites, «استشهد بقول الشاعر».

use std::ops::Range;

use super::arabic_idioms::bare;
use super::unsaid::tells_of_violence;
use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// Whether a word of harm tells of none.
pub(super) fn is_untold(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    window.tokens.is_arabic(at)
        && (is_asked(window, at, sentence)
            || almost_happened(window, at, sentence)
            || is_of_a_trial(window, at, sentence)
            || dies_of_age(window, at, sentence)
            || is_cited(window, at, sentence.end)
            || is_habitual(window, at, sentence.end)
            || is_foiled(window, at, sentence)
            || is_a_title(window, at, sentence))
}

/// The words before one, the nearest first, up to a mark.
fn before<'w>(
    window: &'w Window<'_>,
    at: usize,
    sentence: &Range<usize>,
    reach: usize,
) -> impl Iterator<Item = usize> + 'w {
    (at.saturating_sub(reach).max(sentence.start)..at)
        .rev()
        .take_while(|at| window.tokens.mark(*at).is_none())
}

/// «هل قُتل خمسة أشخاص؟», «كم شهيدا يجب أن يسقط؟».
fn is_asked(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 10;
    let asks = |at: usize| matches!(window.tokens.word(at), "هل" | "وهل" | "فهل" | "كم" | "وكم" | "لماذا");
    let question = |at: usize| {
        let ends = |at: &usize| matches!(window.tokens.mark(*at), Some('?' | '.' | '!'));
        (at..sentence.end).find(ends).is_some_and(|end| window.tokens.is_mark(end, '?'))
    };
    question(at) && before(window, at, sentence, REACH).any(asks)
}

/// «كادت القذيفة أن تقتل أطفالي», «أوشك السقف أن يقتلهم».
fn almost_happened(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 8;
    let nearly = |at: usize| {
        let word = window.tokens.word(at);
        matches!(bare(word), "كاد" | "كادت" | "كادوا" | "يكاد" | "تكاد" | "اوشك" | "اوشكت")
    };
    before(window, at, sentence, REACH).any(nearly)
}

/// «متهم بقتل ستة», «بتهمة قتل جارته», «حُكم عليه بالسجن لقتله شرطيا»: an arrest or a trial is told of.
fn is_of_a_trial(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 10;
    const NEAR: usize = 3;
    let word = |at: usize| window.tokens.word(at);
    let accused = |at: usize| {
        matches!(
            word(at),
            "متهم"
                | "متهما"
                | "متهمين"
                | "متهمه"
                | "المتهم"
                | "المتهمين"
                | "المتهمه"
                | "المدان"
                | "المدانين"
                | "مدانين"
                | "ادين"
                | "ادانه"
                | "بتهمه"
                | "تهمه"
                | "بتهم"
                | "يشتبه"
                | "المشتبه"
                | "مشتبه"
                | "المتورط"
                | "المتورطين"
                | "متورط"
                | "متورطين"
                | "بالتورط"
                | "التورط"
        )
    };
    let sentenced = |at: usize| {
        matches!(
            word(at),
            "حكم" | "حكما" | "قضت" | "حكمت" | "بالسجن" | "بسجن" | "السجن" | "المحكمه" | "محكمه"
        )
    };
    // «اتهم الأهالي الجيش بقتل خمسة» tells of the dead.
    before(window, at, sentence, NEAR).any(accused)
        || word(at).starts_with('ل') && before(window, at, sentence, REACH).any(sentenced)
}

/// «توفي الشاعر سليم الوراق عن 83 عاما», «عن عمر ناهز التسعين»: a death of which nothing violent is told.
fn dies_of_age(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 14;
    let word = window.tokens.word(at);
    let dies = matches!(bare(word), "توفي" | "توفيت" | "وفاه" | "رحيل" | "رحل" | "رحلت" | "مات" | "ماتت");
    let of_age = |at: usize| {
        window.tokens.word(at) == "عن"
            && (window.tokens.word(at + 1) == "عمر"
                || window.tags.number(at + 1).is_some_and(|number| {
                    number.n > 45
                        && window.tags.is(at + 1 + number.length, |sense| matches!(sense, Sense::AgeYears))
                }))
    };
    let wounded = |at: usize| {
        matches!(window.tokens.word(at), "متاثرا" | "متاثره" | "بجراحه" | "بجراحها" | "تعذيب" | "التعذيب")
    };
    dies && (at..sentence.end.min(at + REACH)).any(of_age)
        && !tells_of_violence(window, sentence)
        && !sentence.clone().any(|at| wounded(at) || window.tokens.is_on(Words::Custody, at))
}

/// «مئات القتلى شهريا»: what happens again and again.
fn is_habitual(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 5;
    let habit = |at: usize| matches!(window.tokens.word(at), "شهريا" | "سنويا" | "يوميا" | "اسبوعيا");
    (at + 1..end.min(at + REACH)).take_while(|at| window.tokens.mark(*at).is_none()).any(habit)
}

/// «أحبطت القوات محاولة لقتل المصلين», «مستعدون للتضحية بألف شهيد»: what did not come about.
fn is_foiled(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 10;
    let foiled = |at: usize| {
        let word = window.tokens.word(at);
        matches!(
            bare(word),
            "احبط"
                | "احبطت"
                | "احباط"
                | "افشل"
                | "افشلت"
                | "افشال"
                | "مستعد"
                | "مستعده"
                | "مستعدون"
                | "مستعدين"
        )
    };
    before(window, at, sentence, REACH).any(foiled)
}

/// «فيلم «مقتل ثلاثة شعراء»», «رواية \"موت في المدينة\"»: a work by its title, in quotation marks.
fn is_a_title(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const LONGEST: usize = 5;
    let open = (at.saturating_sub(LONGEST).max(sentence.start + 1)..=at)
        .rev()
        .find(|at| matches!(window.tokens.mark(*at), Some('“' | '"')));
    let work = |at: usize| {
        matches!(
            window.tokens.word(at),
            "فيلم"
                | "الفيلم"
                | "روايه"
                | "الروايه"
                | "كتاب"
                | "الكتاب"
                | "مسرحيه"
                | "المسرحيه"
                | "قصيده"
                | "ديوان"
                | "مسلسل"
                | "اغنيه"
                | "لوحه"
                | "كتابه"
                | "روايته"
                | "بفيلم"
                | "وثائقي"
                | "الوثائقي"
        )
    };
    let before = |open: usize| (open.saturating_sub(2).max(sentence.start)..open).any(work);
    open.is_some_and(before)
}

/// «استشهد الكاتب بقول الشاعر», «استشهدت بآية»: he cites it.
fn is_cited(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 4;
    let word = window.tokens.word(at);
    let cites = matches!(bare(word), "استشهد" | "استشهدت" | "يستشهد" | "تستشهد" | "استشهدوا");
    let what = |at: usize| {
        matches!(
            window.tokens.word(at),
            "بقول"
                | "بقوله"
                | "بقولها"
                | "بقولهم"
                | "بايه"
                | "بايات"
                | "بحديث"
                | "بكلام"
                | "بمثال"
                | "ببيت"
                | "بابيات"
                | "بدراسه"
                | "بتقرير"
                | "بتصريح"
                | "بتصريحات"
                | "بمقوله"
                | "بقصيده"
                | "بنص"
                | "بكتاب"
                | "بخطاب"
                | "بروايه"
                | "بحكمه"
                | "بعباره"
                | "بقصه"
                | "بارقام"
                | "باحصاءات"
                | "بما"
        )
    };
    cites && (at + 1..end.min(at + 1 + REACH)).any(what)
}
