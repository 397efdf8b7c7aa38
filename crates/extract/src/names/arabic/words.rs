//! Which Arabic words can stand in a name of a person, and which look like words of the language.

use sijil_model::codebook::{Class, Sex};

use crate::lexicon::Tag;
use crate::sense::{Number, Sense, Title};
use crate::window::{Owner, Window};
use crate::word_forms;
use crate::word_lists::Words;

/// A given name of the lexicon at a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    pub length: usize,
    pub prefix: u8,
    pub sex: Sex,
    /// Whether it is no other word of the lexicon.
    pub sure: bool,
}

/// How a name goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub length: usize,
    /// Whether the lexicon knows the word as one of names.
    pub known: bool,
}

/// The given name at a token, with at most a conjunction or preposition before it.
pub(super) fn given(window: &Window<'_>, at: usize) -> Option<Given> {
    if let Some(prefix) = servant(window, at) {
        return Some(Given { length: 2, prefix, sex: Sex::M, sure: true });
    }
    let (sex, tag) =
        window.tags.find(at, |sense| if let Sense::Given(sex) = sense { Some(*sex) } else { None })?;
    // «عن عمر 30 عاما»
    if at > 0 && window.tokens.word(at) == "عمر" && window.tokens.word(at - 1) == "عن" {
        return None;
    }
    // The letter of the future stands before verbs: «سامان كريم» is no «أمان» to come.
    let future = tag.prefix == 1 && window.tokens.word(at).starts_with('س');
    if future && !is_given(window, at + 1) {
        return None;
    }
    // «أسماء الشهداء» opens a list, and «أسماء» alone is a given name.
    let heading = window.tags.at(at).first().is_some_and(|longest| {
        longest.length > 1 && matches!(longest.sense, Sense::Title(Title::Names | Title::NamesInjured))
    });
    (!tag.article && !heading).then(|| Given {
        length: usize::from(tag.length),
        prefix: if future { 0 } else { tag.prefix },
        sex,
        sure: is_sure(window, at),
    })
}

/// «عبد القوي»: a servant of God by any of His names, and the letters before the word.
fn servant(window: &Window<'_>, at: usize) -> Option<u8> {
    let prefix = match window.tokens.word(at) {
        "عبد" => 0,
        "وعبد" | "لعبد" | "بعبد" => 1,
        _ => return None,
    };
    let next = window.tokens.word(at + 1);
    let same_line = window.tokens.get(at + 1).is_some_and(|token| token.lines == 0);
    (next.starts_with("ال") && next.chars().count() > 4 && window.is_free(at + 1) && same_line)
        .then_some(prefix)
}

/// Whether a given name at a token is no other word of the lexicon.
pub(super) fn is_sure(window: &Window<'_>, at: usize) -> bool {
    let longest = window.tags.at(at).first().map_or(1, |tag| tag.length);
    longest > 1
        || window.tags.at(at).iter().all(|tag| {
            matches!(tag.sense, Sense::Given(_) | Sense::Family | Sense::Construct)
                || tag.prefix > 0 && !tag.article
        })
}

/// Whether a token is a given name without a prefix.
pub(super) fn is_given(window: &Window<'_>, at: usize) -> bool {
    servant(window, at) == Some(0)
        || window.tags.at(at).iter().any(|tag| matches!(tag.sense, Sense::Given(_)) && tag.prefix == 0)
}

/// «بن», «أبو», «آل» with the word after it.
pub(super) fn is_particle(window: &Window<'_>, at: usize) -> bool {
    // «سليم ابن السنوات الست»
    if matches!(window.tokens.word(at + 1), "السنوات" | "الاعوام" | "العام" | "العامين" | "الاشهر")
    {
        return false;
    }
    let sheikh = matches!(window.tokens.word(at), "شيخ" | "حاج") && is_given(window, at + 1);
    let particle = matches!(
        window.tokens.word(at),
        "بن" | "ابن"
            | "ابو"
            | "ابي"
            | "ابا"
            | "بنت"
            | "ام"
            | "ال"
            | "ولد"
            | "دي"
            | "دو"
            | "دا"
            | "ديل"
            | "فان"
            | "فون"
    );
    (particle || sheikh) && window.tokens.is_arabic(at + 1) && window.is_free(at + 1)
}

/// Whether a name goes on with the word at a token, which would be its word number `words` counted from 0.
pub(super) fn continues(window: &Window<'_>, at: usize, words: usize) -> Option<Step> {
    if !window.is_free(at)
        || !window.tokens.is_arabic(at)
        || window.tokens.get(at).is_some_and(|token| token.lines > 0)
        // «فقد سليم الوراق ساقه», «قُتل سليم الوراق غرقا»
        || window.tokens.is_on(Words::Limbs, at)
        || window.tokens.is_on(Words::AfterAName, at)
    {
        return None;
    }
    if let Some((_, tag)) = window.tags.find(at, |sense| matches!(sense, Sense::Given(_)).then_some(()))
        && tag.prefix == 0
        && (is_sure(window, at) || words <= 2)
        && (is_ali(window, at) || !window.tags.is(at, |sense| matches!(sense, Sense::Says | Sense::Common)))
    {
        return Some(Step { length: usize::from(tag.length), known: true });
    }
    // «هاني بدوي الذي قُتل»: what is told of somebody follows his whole name.
    let told_of = matches!(window.tokens.word(at + 1), "الذي" | "التي");
    let ordinary = || window.tags.at(at).iter().all(|tag| matches!(tag.sense, Sense::Ordinary));
    if words == 1 && told_of && ordinary() && is_plain(window, at) && is_given(window, at - 1) {
        return Some(Step { length: 1, known: true });
    }
    // «نصر الله», «محمد الثاني», «وليد المعلم».
    let part = matches!(window.tokens.word(at), "الله" | "الدين" | "الرحمن" | "الاسلام")
        || words == 1 && (is_ordinal(window.tokens.word(at)) || is_title_as_surname(window, at));
    if part {
        return Some(Step { length: 1, known: true });
    }
    // «سالم بن راشد آل الكوثر»: a house is named by any word.
    let house = window.tokens.raw(at) == "آل" && window.tokens.is_arabic(at + 1) && window.is_free(at + 1);
    if house || is_particle(window, at) && (is_plain(window, at + 1) || is_given(window, at + 1)) {
        return Some(Step { length: 2, known: true });
    }
    let father =
        window.tags.is(at, |sense| matches!(sense, Sense::Cause)) && is_last_before_age(window, at + 1);
    if is_last_before_age(window, at) || father || words >= 2 && is_last_of_all(window, at) {
        return Some(Step { length: 1, known: true });
    }
    if words > 1 && is_trade_as_surname(window, at) {
        return Some(Step { length: 1, known: true });
    }
    if words > 1 && is_participle(window.tokens.word(at)) && !is_given(window, at) {
        return None;
    }
    // «محمد المصري» is a surname, «محمد سعيد المصري» may be; «الأزرقي» after two names is a nationality.
    // «راشد بن خليفة الحداد»: after a patronymic it is a surname.
    let after_father = (2..=3)
        .filter_map(|back| at.checked_sub(back))
        .any(|at| matches!(window.tokens.word(at), "بن" | "ابن" | "بنت" | "ولد"));
    let surname = (words == 1 || after_father) && is_surname(window, at);
    (surname || is_unknown(window, at)).then_some(Step { length: 1, known: surname })
}

/// «أحمد خلف (16 عاما)», «عبد الرزاق حمو العلي (41 عاما)»: what stands between a name and an age is the name's last word.
fn is_last_before_age(window: &Window<'_>, at: usize) -> bool {
    let of_names = |sense: &Sense| {
        matches!(
            sense,
            Sense::Ordinary | Sense::Given(_) | Sense::Construct | Sense::Cause | Sense::Direction
        )
    };
    let tags = window.tags.at(at);
    let whole = |tag: &Tag| of_names(tag.sense) && (tag.prefix == 0 || tag.article);
    // «العلي», «خلف» are words of names, whatever else they may be.
    let known = |tag: &Tag| matches!(tag.sense, Sense::Given(_) | Sense::Cause) && whole(tag);
    window.is_free(at)
        && window.tokens.is_arabic(at)
        && window.tokens.is_mark(at + 1, '(')
        && (crate::people::age_after(window, at + 1).is_some() || are_ages(window, at + 1))
        && !word_forms::looks_derived(window.tokens.word(at))
        && (tags.iter().any(known) || is_plain(window, at) && tags.iter().all(whole))
}

/// «أنس مروان الحلاق.»: after two given names a word with an article that a mark or the line ends, whatever it means.
fn is_last_of_all(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let of_names = |sense: &Sense| {
        matches!(
            sense,
            Sense::Ordinary | Sense::Given(_) | Sense::Construct | Sense::People(_) | Sense::Title(_)
        )
    };
    let ends = matches!(window.tokens.mark(at + 1), Some('.' | '('))
        || window.tokens.get(at + 1).is_none_or(|token| token.lines > 0);
    word.starts_with("ال")
        && word.chars().count() > 4
        && ends
        && is_given(window, at - 1)
        && is_given(window, at - 2)
        && !word_forms::looks_derived(word)
        && window.tags.at(at).iter().all(|tag| of_names(tag.sense))
}

/// «(12 و10 أعوام)»: the ages of two.
fn are_ages(window: &Window<'_>, open: usize) -> bool {
    const LONGEST: usize = 7;
    let close = (open + 1..open + LONGEST).find(|at| window.tokens.is_mark(*at, ')'));
    let unit = |close: usize| window.tags.is(close - 1, |sense| matches!(sense, Sense::AgeYears));
    window.tags.number(open + 1).is_some() && close.is_some_and(unit)
}

/// «ختام المحمود»: a word that is ordinary at most, before a surname.
pub(super) fn is_word_before_surname(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    is_plain(window, at)
        && !word.starts_with("ال")
        && !word.starts_with('و')
        && window.tags.at(at).iter().all(|tag| matches!(tag.sense, Sense::Ordinary) && tag.prefix == 0)
        && window.tokens.get(at + 1).is_some_and(|token| token.lines == 0)
        && is_surname(window, at + 1)
}

/// «علي» as it is written: the name, and not «على»; but «علي يد» is a slip for "by the hand of".
fn is_ali(window: &Window<'_>, at: usize) -> bool {
    window.tokens.raw(at) == "علي" && window.tokens.word(at + 1) != "يد"
}

fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "الاول"
            | "الثاني"
            | "الثالث"
            | "الرابع"
            | "الخامس"
            | "السادس"
            | "السابع"
            | "الثامن"
            | "التاسع"
            | "العاشر"
    )
}

/// «المحترف», «المنتقل»: what is told of somebody, by its form; «المحمد», «المغربي» are surnames.
fn is_participle(word: &str) -> bool {
    word.starts_with("الم") && word.chars().count() >= 6 && !word.ends_with('ي')
}

/// «المعلم», «الشيخ» after a given name, and no name after it.
fn is_title_as_surname(window: &Window<'_>, at: usize) -> bool {
    let title = window.tags.is(at, |sense| matches!(sense, Sense::Title(_)));
    title && window.tokens.word(at).starts_with("ال") && !is_given(window, at + 1)
}

/// «وداد خليل الحلاق في قصف»: a trade after a given name and a father's is a surname, unless it is told where it is followed: «سامر نبيل
/// المعلم في مدرسة نهران».
fn is_trade_as_surname(window: &Window<'_>, at: usize) -> bool {
    const WORKPLACE: usize = 3;
    let next = window.tokens.word(at + 1);
    let works = matches!(next, "في" | "لدي" | "ب" | "من" | "الذي" | "التي")
        && window
            .tags
            .any(at + 2..at + 2 + WORKPLACE, |sense| matches!(sense, Sense::Site(_) | Sense::Org(_)));
    let works = works
        || next.starts_with('ب')
            && window.tags.is(at + 1, |sense| matches!(sense, Sense::Site(_) | Sense::Org(_)));
    let trade = |sense: &Sense| {
        matches!(sense, Sense::People(people)
            if people.status.is_none() && people.class == Class::Total && people.number == Number::Singular)
    };
    window.tags.is(at, trade) && is_given(window, at - 1) && is_surname(window, at) && !works
}

/// «المصري», «الحكيم»: a word with an article that is ordinary at most, which is a surname after one given name; «الخلف», «العلي»: a
/// given name with an article, which no word of grammar takes.
fn is_surname(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let tags = window.tags.at(at);
    let given = tags.iter().any(|tag| tag.article && matches!(tag.sense, Sense::Given(_)));
    word.starts_with("ال")
        && word.chars().count() > 4
        && window.is_free(at)
        && !word_forms::looks_derived(word)
        && tags.iter().all(|tag| {
            // «نادر الحلاق»: a trade is a surname after a given name.
            let trade = matches!(tag.sense, Sense::People(people)
                if people.status.is_none() && people.class == Class::Total && people.number == Number::Singular);
            let grammar = given && tag.article && matches!(tag.sense, Sense::Cause | Sense::Common);
            trade
                || grammar
                || matches!(tag.sense, Sense::Ordinary | Sense::Given(_) | Sense::Construct | Sense::Direction)
        })
}

/// A free word that can stand after «أبو» or «بن»: no word of grammar.
pub(super) fn is_plain(window: &Window<'_>, at: usize) -> bool {
    window.is_free(at)
        && window.tokens.is_arabic(at)
        && window.tokens.word(at).chars().count() > 2
        && !window
            .tags
            .is(at, |sense| matches!(sense, Sense::Common | Sense::Says | Sense::Link(_) | Sense::Break))
}

/// A free word that the lexicon does not know and that does not look like a word of the language.
pub(super) fn is_unknown(window: &Window<'_>, at: usize) -> bool {
    window.is_free(at) && is_no_word(window, at)
}

/// A word, free or not, that the lexicon does not know and that does not look like a word of the language.
pub(super) fn is_no_word(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    window.tokens.is_arabic(at)
        && word.chars().count() >= 3
        && !word_forms::looks_derived(word)
        && window.tags.at(at).iter().all(|tag| {
            tag.prefix > 0
                && !tag.and
                && (!tag.article || matches!(tag.sense, Sense::Given(_) | Sense::Construct | Sense::Family))
                && !matches!(
                    tag.sense,
                    Sense::Head(..)
                        | Sense::Says
                        | Sense::Harm(..)
                        | Sense::People(_)
                        | Sense::Ordinary
                        | Sense::Title(_)
                        | Sense::Common
                        | Sense::World(_)
                        | Sense::Means(..)
                        | Sense::Site(_)
                        | Sense::Org(_)
                        | Sense::Role(_)
                        | Sense::Cause
                        | Sense::Strike
                        | Sense::Targeting
                        | Sense::Direction
                        | Sense::Unit(_)
                        | Sense::UnitTime(_)
                        | Sense::Survived
                        | Sense::Mourns
                )
        })
        && !word_forms::inflects(&window.tags, word)
        && !["ب", "ل", "ك", "ف"]
            .iter()
            .filter_map(|prefix| word.strip_prefix(prefix))
            .any(|rest| rest.chars().count() > 3 && word_forms::inflects(&window.tags, rest))
}

/// «ويانكو»: «و» and a foreign word.
pub(super) fn is_foreign_after_and(window: &Window<'_>, at: usize) -> bool {
    let Some(stem) = window.tokens.word(at).strip_prefix('و') else { return false };
    window.is_free(at)
        && window.tags.at(at).is_empty()
        && stem.chars().count() >= 4
        && stem.chars().any(|letter| matches!(letter, 'ا' | 'و' | 'ي'))
        && !stem.starts_with("ال")
        && !word_forms::looks_derived(stem)
        && !word_forms::inflects(&window.tags, stem)
}

/// «يزن وكنان وورد الوراق», «الشقيقان سليم وورد الوراق»: the last of several given names, a word of the language too, before the
/// surname of all.
pub(super) fn is_last_of_siblings(window: &Window<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let several = |at: usize| {
        matches!(window.tokens.word(at), "هم" | "هما" | "هن" | "وهم" | "وهما" | "وهن")
            || window
                .tags
                .is(at, |sense| matches!(sense, Sense::People(people) if people.number != Number::Singular))
    };
    let listed = given(window, before).is_some_and(|given| given.prefix > 0)
        || before.checked_sub(1).is_some_and(several);
    let Some(stem) = window.tokens.word(at).strip_prefix('و') else { return false };
    let ordinary = window.tags.at(at).iter().all(|tag| matches!(tag.sense, Sense::Ordinary));
    window.is_free(at)
        && ordinary
        && stem.chars().count() > 2
        && !stem.starts_with("ال")
        && given(window, before).is_some()
        && window.owner(before) == Owner::Person
        && listed
        && is_surname(window, at + 1)
        && window.tokens.get(at + 1).is_some_and(|token| token.lines == 0)
}

/// A word that no Arabic word looks like: long, without article, with letters of foreign names.
pub(super) fn is_foreign(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let long = word.chars().filter(|letter| matches!(letter, 'ا' | 'و' | 'ي')).count();
    !word.starts_with("ال") && word.chars().count() >= 3 && long >= 1 && is_no_word(window, at)
}

/// «الأم», «الابن البكر»: one of the family that is told of.
pub(super) fn is_one_of_a_family(window: &Window<'_>, at: usize) -> bool {
    let word = |at: usize| window.tokens.word(at).trim_start_matches('و');
    let kin = |word: &str| {
        matches!(
            word,
            "الام"
                | "الاب"
                | "الوالد"
                | "الوالده"
                | "الجد"
                | "الجده"
                | "الابن"
                | "الابنه"
                | "الزوج"
                | "الزوجه"
                | "الحفيد"
                | "الحفيده"
                | "الشقيق"
                | "الشقيقه"
        )
    };
    let which = matches!(
        word(at),
        "البكر" | "الاكبر" | "الاصغر" | "الكبري" | "الصغري" | "الاوسط" | "الوحيد" | "الوحيده"
    );
    kin(word(at)) || which && at > 0 && kin(word(at - 1))
}
