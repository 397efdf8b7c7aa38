//! Numbers of people in Arabic: «خمسة مدنيين», «ثلاثة من أبنائه», «خمس حالات وفاة», and, right after a word of harm, numbers
//! whose noun no lexicon knows: «قُتل خمسة دهّانين».

use std::ops::Range;

use sijil_model::codebook::Harm;
use sijil_model::{Quantity, Said};

use super::parts::{of_how_many, of_theirs, of_them};
use super::{
    between_dead_and_wounded, dead_or_wounded, heads, is_after_the_dead, is_other, noun, of_a_party,
    possessed,
};
use crate::aggregates::is_percentage;
use crate::groups::{Group, Heads, counts_things, kin_group, said};
use crate::numbers;
use crate::sense::{HarmForm, Number, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

pub(super) fn counted(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    if at > 0 && matches!(window.tokens.word(at - 1), "تتراوح" | "اعمارهم" | "عمره" | "عمرها" | "العمر")
    {
        return None;
    }
    // «مقتل (3) أشخاص».
    let bracket = usize::from(window.tokens.is_mark(at, '('));
    let amount = numbers::amount(&window.tokens, &window.tags, at + bracket)
        .filter(|amount| bracket == 0 || window.tokens.is_mark(amount.run.end, ')'))?;
    if amount.run.clone().any(|token| window.owner(token) != Owner::Nobody)
        || amount.run.end > end
        || is_percentage(window, &amount.run)
    {
        return None;
    }
    let (prefix, and) = conjunction(window, at);
    let amount_end = amount.run.end + bracket;
    let mut here = amount_end;
    let of = window.tokens.word(here) == "من";
    if of && let Some(group) = of_kin(window, at, here + 1, &amount.said, end) {
        return Some(Group { prefix, and, ..group });
    }
    if let Some(group) = of_them(window, at, amount_end, &amount.said, end) {
        return Some(Group { prefix, and, ..group });
    }
    // «سليم الوراق وثلاثة من مرافقيه»: besides him.
    let his =
        |word: &str| word.chars().count() > 4 && ["ه", "ها", "هم"].iter().any(|his| word.ends_with(his));
    let of_his = of && and && his(window.tokens.word(here + 1));
    let exact = matches!(amount.said.quantity, Quantity::Exact { .. });
    // «وأحد مرافقيه»
    let one =
        matches!(window.tokens.raw(amount_end - 1).trim_start_matches('و'), "أحد" | "إحدى" | "احد" | "احدى");
    // «إلى 8 والجرحى إلى 14»: a noun that «و» begins is not what the number counts.
    let people = |at: usize| {
        noun(window, at)
            .filter(|tag| !tag.and)
            .or_else(|| of_a_party(window, at).filter(|_| exact))
            .or_else(|| of_theirs(window, at).filter(|_| exact && (of || one)))
    };
    let part = of && of_how_many(window, here + 1).is_some();
    here += usize::from(of && !part && people(here + 1).is_some());
    if let Some(tag) = people(here).filter(|_| here < end) {
        let (heads, last) = heads(window, here, tag, end);
        let mut group = Group {
            prefix,
            and,
            counted: true,
            ..heads.group(at..last, after_hedge(window, amount.said, last))
        };
        group.other =
            is_other(window, here) || is_other(window, last) || of_his || one && and && group.harm.is_none();
        // «أحد قتلى الغارة»: one of others.
        let one_of = matches!(window.tokens.word(amount_end - 1), "احد" | "احدي");
        group.part = (one_of || is_and_one_of(window, at))
            && matches!(tag.sense, Sense::Harm(_, HarmForm::People(Number::Plural)));
        group.run.end += usize::from(is_other(window, last));
        let wounds = matches!(window.tokens.word(here), "اصابات" | "الاصابات");
        // «عشرات الإصابات بالاختناق», «3 إصابات خطيرة»
        let told = window.tokens.word(group.run.end);
        let by = told.starts_with("بال")
            || matches!(told, "اختناق" | "خطيره" | "متوسطه" | "طفيفه" | "حرجه" | "بليغه");
        if wounds && (by || is_after_the_dead(window, at)) {
            group.harm = Some(Harm::Injured);
        }
        return Some(dead_or_wounded(window, group, end));
    }
    // «5 شهداء و38 إصابة»: the wounded, counted by their wounds.
    if window.tokens.word(here) == "اصابه" && here < end {
        return Some(Group {
            prefix,
            and,
            counted: true,
            harm: Some(Harm::Injured),
            ..Heads::default().group(at..here + 1, amount.said)
        });
    }
    if let Some((harm, last)) = is_of_a_toll(window, at, here).filter(|(_, last)| *last <= end) {
        let heads = Heads { harm: Some(harm), ..Heads::default() };
        return Some(Group { prefix, and, counted: true, ..heads.group(at..last, amount.said) });
    }
    // «163 حالة اعتقال», «خمس حالات وفاة»: people counted by what befell each.
    if matches!(window.tokens.word(here), "حاله" | "حالات")
        && let Some(harm) = befell(window, here + 1).filter(|_| here + 1 < end)
    {
        return Some(Group {
            prefix,
            and,
            counted: true,
            harm: Some(harm),
            ..Heads::default().group(at..here + 2, amount.said)
        });
    }
    if between_dead_and_wounded(window, here).is_some() {
        return Some(Group {
            prefix,
            and,
            counted: true,
            harm: Some(Harm::KilledOrInjured),
            ..Heads::default().group(at..here, amount.said)
        });
    }
    if bracket > 0 || is_item_number(window, &amount.run) {
        return None;
    }
    let other = is_other(window, here);
    let besides = other || of_his;
    let harmed = exact.then(|| is_of_the_harmed(window, at, here)).flatten();
    let year = matches!(amount.said.quantity, Quantity::Exact { n } if (1900..2100).contains(&n));
    let stops = here >= end
        || window.tokens.mark(here).is_some_and(|mark| matches!(mark, ',' | '.' | '(' | ')'))
        || !window.tokens.is_arabic(here)
        || window.tags.is(here, |sense| matches!(sense, Sense::Link(_) | Sense::Break | Sense::Harm(..)))
        || window.tokens.word(here).starts_with('و')
        || window.tags.at(here).iter().any(|tag| tag.prefix > 0 && matches!(tag.sense, Sense::Means(..)))
        || matches!(
            window.tokens.word(here),
            "في" | "من" | "ممن" | "لم" | "قرب" | "داخل" | "برصاص" | "نتيجه"
        )
        || harmed.is_some();
    // «أسرة واحدة»: an adjective, and no number of people.
    let one =
        matches!(window.tokens.word(amount.run.end - 1), "واحد" | "واحدا" | "واحده") && amount.run.len() == 1;
    (!year && !one && !counts_things(window, here) && (stops || other)).then(|| Group {
        prefix,
        and,
        implied: true,
        other: besides,
        counted: true,
        ..Heads::default().group(at..here + usize::from(other || harmed == Some(Noun::Unknown)), amount.said)
    })
}

/// «ليرتفع إلى ثلاثة عدد قتلى الكمين»: what a toll told after its number counts, and where its words end.
fn is_of_a_toll(window: &Window<'_>, at: usize, next: usize) -> Option<(Harm, usize)> {
    const BEFORE: usize = 4;
    let reaches = at > 0
        && matches!(window.tokens.word(at - 1), "الي")
        && (at.saturating_sub(BEFORE)..at).any(|at| window.tokens.is_on(Words::Rises, at));
    let counts = |sense: &Sense| match sense {
        Sense::Harm(Harm::KilledOrInjured, HarmForm::People(Number::Plural)) => Some(Harm::Killed),
        Sense::Harm(harm, HarmForm::People(Number::Plural)) => Some(*harm),
        _ => None,
    };
    let toll = reaches && matches!(window.tokens.word(next), "عدد" | "حصيله");
    let (harm, tag) = window.tags.find(next + 1, counts).filter(|_| toll)?;
    Some((harm, next + 1 + usize::from(tag.length)))
}

/// «حالتا وفاة»: two people, by what befell each.
pub(super) fn two_cases(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let (prefix, and) = conjunction(window, at);
    let word = window.tokens.word(at);
    let two = matches!(word.strip_prefix('و').unwrap_or(word), "حالتا" | "حالتي" | "حالتان" | "حالتين");
    let harm = befell(window, at + 1).filter(|_| two && at + 2 <= end)?;
    let run = at..at + 2;
    let said = said(window, Quantity::Dual, &run);
    Some(Group { prefix, and, counted: true, harm: Some(harm), ..Heads::default().group(run, said) })
}

/// What follows a number right after a word of harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    /// A noun of people that no lexicon knows: «قُتل خمسة دهّانين».
    Unknown,
    /// None; where, when or how it happened: «جُرح سبعة حين سقطت القذيفة».
    LeftOut,
}

/// Whether a number right after a word of harm counts people, by what follows it; «قُتل ثلاثة كلاب» and «أصاب ثلاثة منازل» count
/// none.
fn is_of_the_harmed(window: &Window<'_>, at: usize, next: usize) -> Option<Noun> {
    let after = |harms: &[Harm]| {
        at > 0
            && window.tags.is(at - 1, |sense| {
                matches!(sense, Sense::Harm(harm, HarmForm::Verb | HarmForm::Masdar) if harms.contains(harm))
            })
    };
    // «رفات 12 صيادا»
    let bodies = at > 0 && crate::harm::is_body(window.tokens.word(at - 1));
    if !bodies && !after(&[Harm::Killed, Harm::Injured]) {
        return None;
    }
    let adverbial = |sense: &Sense| matches!(sense, Sense::Cause | Sense::Direction | Sense::Moment(_));
    if matches!(window.owner(next), Owner::Time | Owner::Place)
        || window.tokens.is_on(Words::BesideAHarm, next)
        || window.tokens.word(next).strip_prefix('ب').is_some_and(|bare| Words::Injury.has(bare))
        || window.tags.is(next, adverbial)
    {
        return Some(Noun::LeftOut);
    }
    let word = window.tokens.word(next);
    let several = ["ين", "ون", "يه"].iter().any(|ending| word.ends_with(ending));
    let singular = word.ends_with('ا') && word.chars().count() > 3;
    // «قُتل ثلاثة زوار»: a broken plural after a number of two to ten.
    let few = window.tags.number(at).is_some_and(|number| (3..=10).contains(&number.n));
    // «أُصيب 11 مصطافا», but «أصاب 11 خزانا».
    let passive = matches!(
        window.tokens.word(at - 1).trim_start_matches(['و', 'ف']),
        "اصيب" | "اصيبت" | "جرح" | "جرحت" | "اصابه" | "باصابه"
    );
    let many = window.tags.number(at).is_some_and(|number| number.n > 10);
    let unknown = window.is_free(next)
        && window.tags.at(next).iter().all(|tag| matches!(tag.sense, Sense::Ordinary))
        && !word.starts_with("ال")
        && !window.tokens.is_on(Words::NobodyToKill, next);
    let killed = bodies || after(&[Harm::Killed]);
    (unknown
        && (several || singular && (killed || passive && many) || killed && few && word.chars().count() > 2))
        .then_some(Noun::Unknown)
}

/// The harm of a noun of action, or of «إصابة» and «وفاة».
fn befell(window: &Window<'_>, at: usize) -> Option<Harm> {
    let noun = |sense: &Sense| match sense {
        Sense::Harm(harm, HarmForm::Masdar) => Some(*harm),
        _ => None,
    };
    window.tags.find(at, noun).filter(|(_, tag)| tag.prefix == 0 && tag.length == 1).map(|(harm, _)| harm)
}

/// «1- سليم», «2_ كريم», «/18/», «الحالة 112:», «رقم السجل 207 –»: the number of an item, or one in slashes, counts nobody.
fn is_item_number(window: &Window<'_>, run: &Range<usize>) -> bool {
    let labelled = run.start > 0
        && matches!(window.tokens.mark(run.end), Some(':' | '-' | '–' | '—'))
        && matches!(
            window.tokens.word(run.start - 1),
            "الحاله"
                | "حاله"
                | "رقم"
                | "الرقم"
                | "الملف"
                | "ملف"
                | "القضيه"
                | "البند"
                | "الحادثه"
                | "الحادث"
                | "السجل"
        );
    if labelled {
        return true;
    }
    let marked = matches!(window.tokens.mark(run.end), Some('-' | '_' | ')' | '/'))
        && window.tokens.is_glued(run.end)
        && !window.tokens.is_number(run.end + 1);
    let slashed = run.start > 0 && window.tokens.is_mark(run.start - 1, '/');
    window.tokens.is_number(run.start) && run.len() == 1 && (marked || slashed)
}

/// «اثنين من أبنائه», «ثلاثة من أفراد عائلته».
fn of_kin(window: &Window<'_>, at: usize, kin: usize, said: &Said, end: usize) -> Option<Group> {
    let (found, tag) = possessed(window, kin)?;
    let run = at..kin + usize::from(tag.length);
    (run.end <= end).then(|| Group { counted: true, ..kin_group(run, said.clone(), &found) })
}

/// «على الأقل» after the noun.
fn after_hedge(window: &Window<'_>, said: Said, at: usize) -> Said {
    let hedge =
        window.tags.find(at, |sense| if let Sense::Hedge(hedge) = sense { Some(*hedge) } else { None });
    match (hedge, said.quantity) {
        (Some((hedge, tag)), Quantity::Exact { n })
            if tag.length == 2 || window.tokens.word(at) == "تقريبا" =>
        {
            Said { quantity: hedge.of(n), ..said }
        }
        _ => said,
    }
}

/// Whether «و» or «ف» is the first letter of a number word.
fn conjunction(window: &Window<'_>, at: usize) -> (u8, bool) {
    let word = window.tokens.word(at);
    let known = matches!(word, "واحد" | "واحدا" | "واحده") && !is_and_one_of(window, at);
    let and = window.tokens.is_arabic(at) && word.starts_with('و') && !known;
    let glued = window.tokens.is_number(at)
        && window.tokens.is_glued(at)
        && window.tokens.word(at.wrapping_sub(1)) == "و";
    (u8::from(and), and || glued)
}

/// «وأحد الجرحى»; «واحد» is a number.
fn is_and_one_of(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.raw(at), "وأحد" | "وإحدى")
}
