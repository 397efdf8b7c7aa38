//! Parts of those who were told of before, «ثلاثة منهم أطفال», «أحدهما طفل», «ثلاثة من القتلى التسعة», and what makes a noun none of
//! those counted.

use sijil_model::codebook::{Harm, Sex};
use sijil_model::{Quantity, Said};

use super::{after_hurting, after_killing, heads, noun};
use crate::groups::{Group, Heads, Pronoun, said};
use crate::lexicon::Tag;
use crate::numbers;
use crate::sense::{HarmForm, Kin, Number, Sense};
use crate::window::{Owner, Window};

/// «ثلاثة منهم أطفال», «اثنتان منهن من النساء», «خمسة منهم بحالة حرجة»: a part of those told of before.
pub(super) fn of_them(window: &Window<'_>, at: usize, them: usize, said: &Said, end: usize) -> Option<Group> {
    if them >= end || !matches!(window.tokens.word(them), "منهم" | "منهن" | "منهما") {
        return None;
    }
    let of = usize::from(window.tokens.word(them + 1) == "من");
    let noun = noun(window, them + 1 + of).filter(|tag| !tag.and && them + 1 + of < end);
    let (heads, last) = match noun {
        Some(tag) => heads(window, them + 1 + of, tag, end),
        None => (Heads::default(), them + 1),
    };
    Some(Group { counted: true, part: true, ..heads.group(at..last, said.clone()) })
}

/// «مات منهم اثنان», «توفي منهم ثلاثة أطفال»: a part of those told of before, right after a word of killing or hurting.
pub(super) fn some_of_them(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    if !matches!(window.tokens.word(at), "منهم" | "منهن" | "منهما")
        || !(after_killing(window, at) || after_hurting(window, at))
    {
        return None;
    }
    let amount =
        numbers::amount(&window.tokens, &window.tags, at + 1).filter(|amount| amount.run.end <= end)?;
    let noun = noun(window, amount.run.end).filter(|tag| !tag.and && amount.run.end < end);
    let (heads, last) = match noun {
        Some(tag) => heads(window, amount.run.end, tag, end),
        None => (Heads::default(), amount.run.end),
    };
    Some(Group { counted: true, part: true, ..heads.group(at..last, amount.said) })
}

/// «أحدهما طفل», «إحداهن حامل»: one of those told of before, by who it is; «توفي أحدهما»: by what became of one.
pub(super) fn one_of_them(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let one = matches!(window.tokens.word(at), "احدهم" | "احدهما" | "احداهن" | "احداهما" | "احداهم");
    if !one {
        return None;
    }
    let tag = noun(window, at + 1).filter(|tag| !tag.and && !tag.article && at + 1 < end);
    let (heads, last) = match tag {
        Some(tag) => heads(window, at + 1, tag, end),
        None if after_killing(window, at) || after_hurting(window, at) => {
            (Heads { number: Some(Number::Singular), ..Heads::default() }, at + 1)
        }
        None => return None,
    };
    let run = at..last;
    let one = heads.number == Some(Number::Singular);
    let said = said(window, Quantity::Singular, &run);
    one.then(|| Group { counted: true, part: true, ..heads.group(run, said) })
}

/// «أستاذهما», «سائقهم», «رفيقه»: one person by whose he is, right after a word of harm or joined to people before him.
pub(super) fn theirs(window: &Window<'_>, at: usize) -> Option<Tag> {
    let word = window.tokens.word(at);
    let and = word.starts_with('و');
    let bare = if and { &word['و'.len_utf8()..] } else { word };
    let stem = ["هما", "هم", "هن", "ها", "نا", "ه"].iter().find_map(|owner| bare.strip_suffix(owner))?;
    // «سائقته» is of «سائقة».
    let woman = stem.strip_suffix('ت').map(|stem| format!("{stem}ه"));
    let one = |sense: &&Sense| matches!(sense, Sense::People(people) if people.number == Number::Singular);
    let known = |word: &str| crate::lexicon::people(word).filter(one);
    // «راكبيها», «سائقاهما»: two.
    let two = || {
        let pair = |sense: &&Sense| matches!(sense, Sense::People(people) if people.number == Number::Dual);
        stem.strip_suffix(['ي', 'ا'])
            .and_then(|stem| crate::lexicon::people(&format!("{stem}ان")).filter(pair))
    };
    let sense = known(stem).or_else(|| woman.as_deref().and_then(known)).or_else(two)?;
    // «وأن راكبيها قتلا»
    let verb = matches!(window.tokens.word(at + 1), "قتلا" | "قتلوا" | "اصيبا" | "استشهدا" | "قضيا");
    let after = verb
        || if and {
            // «حارس مصرف وسائقه»
            let construct = at > 1 && is_construct(window, at - 2) && window.is_free(at - 1);
            at > 0 && (construct || noun(window, at - 1).is_some() || window.owner(at - 1) == Owner::Person)
        } else {
            // «اغتيل سليم الوراق مع حارسه»
            let with = at > 0 && matches!(window.tokens.word(at - 1), "مع" | "برفقه" | "رفقه");
            with || after_killing(window, at) || after_hurting(window, at)
        };
    (after && stem.chars().count() > 2 && window.is_free(at)).then_some(Tag {
        sense,
        length: 1,
        prefix: u8::from(and),
        article: false,
        and,
    })
}

/// «ثلاثة من سكانه», «اثنين من زملائها», «خمسة من معاونيه»: people by whose they are.
pub(super) fn of_theirs(window: &Window<'_>, at: usize) -> Option<Tag> {
    let word = window.tokens.word(at);
    let stem = ["هما", "هم", "هن", "ها", "نا", "ه"].iter().find_map(|owner| word.strip_suffix(owner))?;
    let sound = format!("{stem}ن");
    let broken = stem.strip_suffix('ي');
    let several = |sense: &&Sense| matches!(sense, Sense::People(people) if people.number == Number::Plural);
    let known = |word: &str| crate::lexicon::people(word).filter(several);
    let sense = known(stem).or_else(|| known(&sound)).or_else(|| broken.and_then(known))?;
    (window.is_free(at) && stem.chars().count() > 2).then_some(Tag {
        sense,
        length: 1,
        prefix: 0,
        article: false,
        and: false,
    })
}

/// «طبيب» in «طبيب الأطفال»: one person, without an article, by what he has to do with others.
pub(super) fn is_construct(window: &Window<'_>, at: usize) -> bool {
    window.tags.at(at).iter().any(|tag| {
        let one = matches!(tag.sense, Sense::People(people) if people.number == Number::Singular);
        one && !tag.article && tag.length == 1
    }) && !window.tokens.word(at).starts_with("ال")
        && !window.tokens.word(at).ends_with('ا')
}

/// «مقتله», «استشهادها»: whose death a noun with a pronoun at its end is.
pub(super) fn whose_death(window: &Window<'_>, at: usize) -> Option<Pronoun> {
    let word = window.tokens.word(at);
    let bare = word.strip_prefix(['و', 'ب', 'ل']).unwrap_or(word);
    match bare {
        "مقتله" | "استشهاده" | "مصرعه" | "وفاته" => Some(Pronoun::One(Sex::M)),
        "مقتلها" | "استشهادها" | "مصرعها" | "وفاتها" => Some(Pronoun::One(Sex::F)),
        _ => None,
    }
}

/// «القتيل الوحيد», «الجريحة الوحيدة»: the only one.
pub(super) fn is_the_only_one(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "الوحيد" | "الوحيده")
}

/// «قُتل الثلاثة الآخرون», «أُصيب الخمسة الباقون»: right after a word of harm, those of a number who are left.
pub(super) fn the_others(window: &Window<'_>, at: usize) -> Option<Group> {
    if let Some(group) = the_other(window, at) {
        return Some(group);
    }
    let number = numbers::arabic::definite(&window.tokens, at)?;
    let last = at + number.length;
    let left = matches!(
        window.tokens.word(last),
        "الاخرون" | "الاخرين" | "الباقون" | "الباقين" | "المتبقون" | "المتبقين"
    );
    let run = at..last + 1;
    let said = said(window, Quantity::Exact { n: number.n }, &run);
    (left && window.is_free(at) && (after_killing(window, at) || after_hurting(window, at)))
        .then(|| Group { counted: true, ..Heads::default().group(run, said) })
}

/// «قُتل أحدهما وأُصيب الآخر», «مات اثنان وجُرح الثالث»: the one who is left of those told of before, right after a word of harm or
/// the part of the body that was hurt.
fn the_other(window: &Window<'_>, at: usize) -> Option<Group> {
    let (quantity, number) = match window.tokens.word(at) {
        "الاخر" | "الاخري" | "الثاني" | "الثانيه" | "الثالث" | "الثالثه" | "الرابع" | "الرابعه" => {
            (Quantity::Singular, Number::Singular)
        }
        "الاخران" | "الاخرتان" | "الاخريان" => (Quantity::Dual, Number::Dual),
        _ => return None,
    };
    let beside =
        after_killing(window, at) || after_hurting(window, at) || crate::harm::maims_whom(window, at);
    let run = at..at + 1;
    let said = said(window, quantity, &run);
    (window.is_free(at) && beside).then(|| Group {
        counted: true,
        ..Heads { number: Some(number), ..Heads::default() }.group(run, said)
    })
}

/// «ثلاثة من القتلى التسعة»: of how many of the dead or wounded, at their noun, a part is told.
pub(super) fn of_how_many(window: &Window<'_>, at: usize) -> Option<numbers::Number> {
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::People(Number::Plural)));
    let part = at >= 2 && window.tokens.word(at - 1) == "من" && window.tags.number(at - 2).is_some();
    let all = numbers::arabic::definite(&window.tokens, at + 1).filter(|_| part)?;
    window.tags.at(at).iter().any(|tag| tag.article && harmed(tag.sense)).then_some(all)
}

/// «بين القتلى ثلاثة», «من الجرحى اثنان»: the number is of a part of them.
pub(super) fn is_among_others(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "بين" | "من" | "ضمن" | "وبين" | "ومن")
}

/// «وهي أم لطفلين», «أب لثلاثة أطفال»: whose parent somebody is, and nobody who was harmed.
pub(super) fn is_of_a_parent(window: &Window<'_>, at: usize) -> bool {
    let parent = |at: usize| {
        let word = window.tokens.word(at);
        matches!(
            word.strip_prefix('و').unwrap_or(word),
            "ام" | "اب" | "والد" | "والده" | "اما" | "ابا" | "والدا"
        )
    };
    let of = |at: usize| window.tokens.word(at).starts_with('ل') && !window.tokens.word(at).starts_with("لل");
    let before = |back: usize| at.checked_sub(back);
    of(at) && before(1).is_some_and(parent) || before(1).is_some_and(of) && before(2).is_some_and(parent)
}

/// «شابا», «طفلاً»: one person, as the object of a verb.
pub(super) fn is_accusative(window: &Window<'_>, at: usize) -> bool {
    let one = |sense: &Sense| matches!(sense, Sense::People(people) if people.number == Number::Singular);
    window.tags.is(at, one) && window.tokens.word(at).ends_with('ا')
}

/// «شقيقتان (12 و15 عاماً)», «تتراوح أعمارهم بين 9 و13 عاماً»: numbers that are ages.
pub(super) fn is_an_age(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 10;
    const NEAR: usize = 4;
    let unit = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::AgeYears | Sense::AgeMonths | Sense::UnitTime(_)))
    };
    let listed = |at: &usize| {
        window.tags.number(*at).is_some()
            || window.tokens.is_number(*at)
            || window.tokens.is_mark(*at, ',')
            || matches!(window.tokens.word(*at), "و" | "او" | "عمره" | "عمرها" | "العمر")
            || unit(*at)
    };
    let mut before = (at.saturating_sub(REACH)..at).rev().skip_while(listed);
    let opened = before.next().is_some_and(|open| window.tokens.is_mark(open, '('));
    let inside = || (at..at + REACH).take_while(listed);
    let closed = || window.tokens.is_mark(inside().last().map_or(at, |last| last + 1), ')');
    let ages = |at: usize| matches!(window.tokens.word(at), "اعمارهم" | "اعمارهن" | "اعمارهما" | "اعمار");
    opened && inside().any(unit) && closed() || (at.saturating_sub(NEAR)..at).any(ages)
}

/// «قُتلت زوجة سليم», «مقتل نجل النائب»: right after a word of harm, by whose kin they are, a name or a known one.
pub(super) fn of_somebody(window: &Window<'_>, at: usize) -> Option<(Kin, Tag)> {
    let harmed = |sense: &Sense| {
        matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Verb | HarmForm::Masdar))
    };
    if at == 0 || !window.tags.is(at - 1, harmed) || noun(window, at).is_some() {
        return None;
    }
    let bare = |sense: &Sense| match sense {
        Sense::Kin(kin) if !kin.possessed && kin.number == Number::Singular => Some(kin.clone()),
        _ => None,
    };
    let (kin, tag) =
        window.tags.find(at, bare).filter(|(_, tag)| tag.length == 1 && tag.prefix == 0 && !tag.article)?;
    let known = |sense: &Sense| matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_));
    let owner = at + 1;
    let whose = window.owner(owner) == Owner::Person
        || window.tokens.word(owner).starts_with("ال") && window.tags.is(owner, known);
    whose.then_some((kin, tag))
}

/// «قُتل ولد», «تلات ولاد», «ماتت بنيّة»: people by words that mean other things elsewhere, «بنية تحتية», «شب حريق», «مرة»: right
/// after a word of harm, a number, or another of them with «و» between.
pub(super) fn in_plain_words(window: &Window<'_>, at: usize) -> Option<Tag> {
    let word = window.tokens.word(at);
    let and = word.starts_with('و') && !matches!(word, "ولد" | "ولاد" | "وليد");
    // «(أم وأربعة أطفال)»
    let opened = at > 0
        && matches!(window.tokens.mark(at - 1), Some('(' | ':'))
        && window.tokens.word(at + 1).starts_with('و');
    // «قتلت قذيفة أما وأربعة من أطفالها»
    let kin = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Kin(kin) if kin.possessed));
    let joined = window.tokens.word(at + 1).starts_with('و');
    let of_hers = window.tags.number(at + 1).is_some_and(|number| {
        let of = at + 1 + number.length;
        window.tokens.word(of) == "من" && kin(of + 1)
    });
    let mother = window.tokens.raw(at).starts_with("أما") && joined && (of_hers || kin(at + 1));
    let known = match if and { &word['و'.len_utf8()..] } else { word } {
        "ولد" | "وليد" => "صبي",
        "شب" | "زلمه" | "راجل" | "زول" => "رجل",
        "بنت" | "بنيه" | "بنوته" => "فتاه",
        "حرمه" | "مره" => "امراه",
        // «أب وأم وأربعة أطفال»
        "ام" if and || opened => "امراه",
        "اما" if mother => "امراه",
        "نسوان" | "حريم" => "نساء",
        "ولاد" | "عيال" => "اطفال",
        "عيل" => "طفل",
        // «مقتل مدرّسة»: a school is not killed.
        "مدرسه" | "المدرسه" if after_killing(window, at) => "معلمه",
        // «قُتل قائد», «قُتل ثلاثة وأصيب رابع»
        "قايد" | "معتقل" | "ثالثا" | "رابعا" | "خامسا" | "ثالث" | "رابع" | "خامس" | "سادس" | "سابع"
        | "ثامن" | "تاسع" | "عاشر" | "ثالثه" | "رابعه" | "خامسه" => "شخص",
        // «استشهد فلسطينيان», «مقتل سوريين اثنين»: by their nation, which is an adjective elsewhere.
        "فلسطيني" | "سوري" | "لبناني" | "عراقي" | "يمني" | "سوداني" | "ليبي" | "صومالي" | "افغاني" => {
            "شخص"
        }
        "فلسطينيه" | "سوريه" | "لبنانيه" | "عراقيه" | "يمنيه" | "سودانيه" => {
            "امراه"
        }
        "فلسطينيان" | "سوريان" | "لبنانيان" | "عراقيان" | "يمنيان" | "سودانيان" | "ليبيان" => {
            "شخصان"
        }
        _ => return None,
    };
    // «وثالث في خاركيف»
    let further =
        and && matches!(known, "شخص") && matches!(window.tokens.word(at + 1), "في" | "قرب" | "داخل");
    let before = at.checked_sub(1)?;
    let harmed = |sense: &Sense| {
        matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Verb | HarmForm::Masdar))
    };
    let moved = matches!(window.tokens.word(before), "نقل" | "ونقل" | "نقلت" | "ونقلت" | "اسعف" | "واسعف");
    let taken = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Missing | Harm::Detained, HarmForm::Verb));
    let beside = further
        || opened && word == "ام"
        || mother
        || window.tags.is(before, harmed)
        || moved && known == "شخص"
        || window.tags.is(before, taken)
        || window.tags.number(before).is_some()
        // «وثالثا أصيب في عنقه»
        || and && word.ends_with('ا') && window.tags.is(at + 1, harmed)
        || and && (noun(window, before).is_some() || in_plain_words(window, before).is_some());
    let sense = crate::lexicon::people(known).filter(|_| beside && window.is_free(at))?;
    Some(Tag { sense, length: 1, prefix: u8::from(and), article: false, and })
}

/// «روضة», «ملجأ»: places that are for people.
pub(super) fn is_for_people(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "روضه" | "حضانه" | "ملجا" | "دار" | "نادي" | "قسم" | "جناح" | "سكن" | "حمام"
    )
}
