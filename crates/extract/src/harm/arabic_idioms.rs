//! Harm that Arabic says in several words: «حصدت القذائف أرواح تسعة», «لفظ أنفاسه الأخيرة», «أرداهما قتيلين», «ثلاث نساء قتلهن
//! مسلحون», «سقط ثلاثة مدنيين قتلى», «خسر الجيش سبعة جنود».
//!
//! The trap this avoids: who lost somebody is taken for the missing, and who did it for the dead.

use std::ops::Range;

use sijil_model::codebook::{Harm, Status};

use super::idioms::parts_with_life;
use super::is_harm;
use super::triggers::{Direction, Trigger};
use super::unsaid::is_untold;
use crate::groups::Group;
use crate::lexicon::Tag;
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// The harm that begins at a token, where several words say it together.
pub(super) fn trigger(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Trigger> {
    if !window.tokens.is_arabic(at) {
        return None;
    }
    let end = sentence.end;
    let (run, harm, form, direction) = if takes_lives(window, at, sentence.start) {
        (at..at + 1, Harm::Killed, HarmForm::Masdar, Direction::Right)
    } else if breathes_last(window, at, end) {
        (at..at + 1, Harm::Killed, HarmForm::Verb, Direction::RightElseLeft)
    } else if let Some((run, back)) = fells(window, at, end) {
        let (form, direction) = if back {
            (HarmForm::Intransitive, Direction::Left)
        } else {
            (HarmForm::Active, Direction::Right)
        };
        (run, Harm::Killed, form, direction)
    } else if kills_those_before(window, at) {
        (at..at + 1, Harm::Killed, HarmForm::Intransitive, Direction::Left)
    } else if let Some(on) = finishes_off(window, at, end) {
        (at..on + 1, Harm::Killed, HarmForm::Active, Direction::Right)
    } else if let Some(harm) = they_fell(window, at) {
        (at..at + 2, harm, HarmForm::Intransitive, Direction::Left)
    } else if does_not_survive(window, at) {
        (at..at + 2, Harm::Killed, HarmForm::Verb, Direction::LeftElseRight)
    } else if maims(window, at) && (at + 2..at + 4).any(|at| is_somebody(window, at)) {
        (at..at + 2, Harm::Injured, HarmForm::Masdar, Direction::Right)
    } else if burns(window, at, end) {
        (at..at + 1, Harm::Killed, HarmForm::Verb, Direction::RightElseLeft)
    } else if is_taken_to_hospital(window, at, sentence)
        || is_treated(window, at, end)
        || lives_with_a_wound(window, at, end)
    {
        (at..at + 1, Harm::Injured, HarmForm::Verb, Direction::RightElseLeft)
    } else if let Some(harm) = falls(window, at, end) {
        (at..at + 1, harm, HarmForm::Verb, Direction::Right)
    } else {
        let lost = lost(window, at, end).filter(|lost| is_by_violence(window, lost, sentence))?;
        (at..lost.run.start, Harm::Killed, HarmForm::Active, Direction::Right)
    };
    let negated = is_untold(window, at, run.end, sentence);
    Some(Trigger { negated, part: false, both: false, arabic: true, run, harm, form, direction })
}

/// Whether a verb of losing or of taking away says that nobody is missing and nobody was led away: «فقدت العائلة ثلاثة من
/// أبنائها», «خطفت القذيفة أرواح خمسة».
pub(super) fn is_of_the_dead(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let lives = |at: usize| matches!(window.tokens.word(at), "ارواح" | "روح" | "حياه");
    let taken = is_on(window, Words::TakesLives, at) && clause(window, at + 1, end, REACH).any(lives);
    taken || lost(window, at, end).is_some()
}

/// The tokens of a clause from one on, up to a mark.
fn clause<'w>(
    window: &'w Window<'_>,
    from: usize,
    end: usize,
    reach: usize,
) -> impl Iterator<Item = usize> + 'w {
    (from..end.min(from + reach)).take_while(|at| window.tokens.mark(*at).is_none())
}

/// A word without the conjunction that may be its first letter.
pub(super) fn bare(word: &str) -> &str {
    word.strip_prefix(['و', 'ف']).unwrap_or(word)
}

/// «حصدت قذائف الهاون أرواح», «أزهق الصاروخ روح»: lives after a verb that takes them; «الحفاظ على أرواح المدنيين» takes none.
fn takes_lives(window: &Window<'_>, at: usize, start: usize) -> bool {
    const REACH: usize = 8;
    let verb = |at: usize| is_on(window, Words::TakesLives, at);
    matches!(window.tokens.word(at), "ارواح" | "بارواح" | "روح")
        && (at.saturating_sub(REACH).max(start)..at)
            .rev()
            .take_while(|at| window.tokens.mark(*at).is_none())
            .any(verb)
}

/// Whether a word is on a list, with or without a conjunction before it.
fn is_on(window: &Window<'_>, list: Words, at: usize) -> bool {
    window.tokens.is_on(list, at) || list.has(bare(window.tokens.word(at)))
}

/// Whether words that begin at a token say together that somebody died: «لفظ أنفاسه الأخيرة», «فارق … الحياة».
pub(crate) fn dies_in_words(window: &Window<'_>, at: usize, end: usize) -> bool {
    breathes_last(window, at, end) || parts_with_life(window, at, end)
}

/// «لفظ أنفاسه الأخيرة», «أسلم الروح»: the verb, and before or between its words whoever dies.
fn breathes_last(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let last = |at: usize| match window.tokens.word(at) {
        "الروح" | "روحه" | "روحها" => true,
        word => word.starts_with("انفاسه"),
    };
    let verb = matches!(
        bare(window.tokens.word(at)),
        "لفظ"
            | "لفظت"
            | "لفظا"
            | "لفظتا"
            | "لفظوا"
            | "يلفظ"
            | "تلفظ"
            | "اسلم"
            | "اسلمت"
            | "اسلما"
            | "اسلمتا"
            | "اسلموا"
    );
    verb && clause(window, at + 1, end, REACH).any(|at| last(at) || window.tokens.word(at) == "انفاسها")
}

/// «أجهز مسلحون على جريحين»: where the preposition stands.
fn finishes_off(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const REACH: usize = 5;
    let verb =
        matches!(bare(window.tokens.word(at)), "اجهز" | "اجهزت" | "اجهزوا" | "يجهز" | "يجهزون" | "تجهز");
    let on =
        clause(window, at + 1, end, REACH).find(|at| window.tokens.word(*at) == "علي").filter(|_| verb)?;
    is_somebody(window, on + 1).then_some(on)
}

/// «ثمانية جنود سقطوا قتلى», «شابان سقطا جريحين»: the verb follows those whom it tells of, and no number stands before the noun.
fn they_fell(window: &Window<'_>, at: usize) -> Option<Harm> {
    let verb =
        matches!(bare(window.tokens.word(at)), "سقطوا" | "سقطا" | "سقطتا" | "ارتقوا" | "ارتقيا" | "خروا");
    let noun = |sense: &Sense| match sense {
        Sense::Harm(harm @ (Harm::Killed | Harm::Injured), HarmForm::People(_)) => Some(*harm),
        _ => None,
    };
    let (harm, tag) = window.tags.find(at + 1, noun)?;
    (verb && tag.prefix == 0).then_some(harm)
}

/// «لم تنج صديقتها», «شقيقاه لم ينجوا»; «لم ينج أحد سواه» tells of others.
fn does_not_survive(window: &Window<'_>, at: usize) -> bool {
    let word = |at: usize| window.tokens.word(at);
    matches!(word(at), "لم" | "ولم" | "فلم")
        && matches!(word(at + 1), "ينج" | "ينجو" | "تنج" | "تنجو" | "ينجوا" | "ينجيا" | "تنجيا" | "ينجون")
        && !matches!(
            word(at + 2),
            "احد"
                | "منهم"
                | "منها"
                | "منه"
                | "من"
                | "سوي"
                | "سواه"
                | "سواها"
                | "الا"
                | "غير"
                | "غيره"
        )
}

/// «بُترت قدم الطفل», «تسببت القذيفة ببتر يد شاب», «كسروا ساق راع»: a verb, and the part of somebody's body right after it.
fn maims(window: &Window<'_>, at: usize) -> bool {
    let word = bare(window.tokens.word(at));
    let verb = matches!(
        word.strip_prefix(['ل', 'ب']).unwrap_or(word),
        "بتر" | "تر" | "ترت" | "بترت" | "كسر" | "كسرت" | "كسروا" | "تهشيم" | "تهشمت"
    );
    let part = matches!(
        window.tokens.word(at + 1),
        "يد" | "يدي"
            | "ساق"
            | "ساقي"
            | "قدم"
            | "قدمي"
            | "ذراع"
            | "ذراعي"
            | "كف"
            | "اصابع"
            | "اصبع"
            | "اضلاع"
            | "انف"
            | "جمجمه"
            | "اطراف"
    );
    verb && part
}

fn is_somebody(window: &Window<'_>, at: usize) -> bool {
    window.group_at(at).is_some() || window.name_at(at).is_some()
}

/// Whether whoever begins at a token is whose part of the body was hurt: «بُترت قدم الثالث».
pub(crate) fn maims_whom(window: &Window<'_>, at: usize) -> bool {
    at > 1 && maims(window, at - 2)
}

/// «احترق أربعة نازحين أحياء».
fn burns(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 6;
    matches!(bare(window.tokens.word(at)), "احترق" | "احترقت" | "احترقوا" | "احرق" | "احرقت")
        && clause(window, at + 1, end, REACH)
            .any(|at| matches!(window.tokens.word(at), "احياء" | "حيا" | "حيه" | "حيين"))
}

/// «عولج 17 شخصا من جروح طفيفة».
fn is_treated(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 7;
    let injury = |at: usize| {
        is_on(window, Words::Injury, at) || matches!(window.tokens.word(at), "اصابات" | "اصابه" | "شظايا")
    };
    matches!(bare(window.tokens.word(at)), "عولج" | "عولجت" | "عولجوا" | "يعالج" | "تعالج")
        && clause(window, at + 1, end, REACH).any(injury)
}

/// «قُتل اثنان ونُقل ثالث إلى المستشفى», «وإسعاف 12 آخرين إلى المشفى»: by a number alone after the dead.
fn is_taken_to_hospital(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const REACH: usize = 8;
    let verb = matches!(
        bare(window.tokens.word(at)),
        "نقل" | "نقلت" | "نقلوا" | "اسعف" | "اسعفت" | "اسعاف" | "ادخل"
    );
    let others = |group: &Group| {
        let ordinal = matches!(window.tokens.word(at + 1), "ثالث" | "رابع" | "خامس" | "ثالثه" | "رابعه");
        (group.other || group.implied || ordinal) && group.harm.is_none() && group.counts()
    };
    let hospital = |at: usize| {
        matches!(
            window.tokens.word(at),
            "المستشفي" | "المشفي" | "مستشفي" | "مشفي" | "العنايه" | "المستشفيات" | "للعلاج"
        )
    };
    let dead = |at: usize| is_harm(window, at);
    verb && window.group_at(at + 1).is_some_and(others)
        && clause(window, at + 2, sentence.end, REACH).any(hospital)
        && (sentence.start..at).any(dead)
}

/// «نجا بجروح طفيفة», «نجت بإصابة في الكتف», «خرج بحروق».
pub(super) fn lives_with_a_wound(window: &Window<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 5;
    let with = |at: usize| {
        matches!(
            window.tokens.word(at),
            "بجروح"
                | "بجرح"
                | "باصابه"
                | "باصابات"
                | "بكسور"
                | "بكسر"
                | "بحروق"
                | "برضوض"
                | "بشظايا"
                | "بخدوش"
        )
    };
    matches!(bare(window.tokens.word(at)), "نجا" | "نجت" | "نجوا" | "نجيا" | "خرج" | "خرجت" | "خرجوا")
        && clause(window, at + 1, end, REACH).any(with)
}

/// «فأرداها قتيلة», «أردت رصاصة قناص شابا»: the words, and whether those whom they befell stand before.
fn fells(window: &Window<'_>, at: usize, end: usize) -> Option<(Range<usize>, bool)> {
    const REACH: usize = 8;
    let dead = |at: &usize| {
        let harm = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::People(_)));
        window.tags.is(*at, harm) || window.tokens.word(*at).starts_with("صريع")
    };
    match bare(window.tokens.word(at)) {
        "ارداه" | "ارداها" | "ارداهما" | "ارداهم" | "ارداهن" | "اردته" | "اردتها" | "اردتهما" | "اردتهم"
        | "اردتهن" | "اردوه" | "اردوها" | "اردوهما" | "اردوهم" | "اردوهن" =>
        {
            let last = clause(window, at + 1, end, REACH).find(dead)?;
            let adverb = usize::from(last == at + 1);
            Some((at..at + 1 + adverb, true))
        }
        "اردي" | "اردت" | "يردي" | "تردي" => {
            let word = window.tokens.word(at + 1);
            let shot = ["رصاص", "شظي", "شظايا", "طلق"].iter().any(|shot| word.starts_with(shot));
            let weapon = window.tags.is(at + 1, |sense| matches!(sense, Sense::Means(..)));
            (shot || weapon || clause(window, at + 1, end, REACH).any(|at| dead(&at)))
                .then_some((at..at + 1, false))
        }
        // «صفّى المسلحون ميدانيا خمسة»
        "صفي" | "صفت" | "صفوا" => {
            let on_the_spot =
                clause(window, at + 1, end, REACH).any(|at| window.tokens.word(at) == "ميدانيا");
            on_the_spot.then_some((at..at + 1, false))
        }
        _ => None,
    }
}

/// «ثلاث نساء … قتلهن مسلحون», «طفلان قتلتهما قذيفة»: a verb whose object is a pronoun for those before it, and who or what did
/// it; «قتلهم الملل» befell nobody, and «قتله» alone is a noun too.
pub(crate) fn kills_those_before(window: &Window<'_>, at: usize) -> bool {
    let word = bare(window.tokens.word(at));
    let verb = ["هما", "هن", "هم", "ها", "ه"].iter().find_map(|owner| word.strip_suffix(owner));
    // «أطلقوا النار على جاريه فقتلوهما»: they did it.
    if matches!(verb, Some("قتلو" | "اغتالو" | "اعدمو" | "ذبحو" | "احرقو")) {
        return true;
    }
    let kills = matches!(verb, Some("قتل" | "قتلت" | "اغتال" | "اغتالت" | "اعدم" | "اعدمت" | "ذبح" | "ذبحت"));
    // «دهست عربة طفلا فقتلته»
    let so = window.tokens.word(at).starts_with('ف');
    kills && (so || is_doer(window, at + 1))
}

/// Who or what kills: fighters, a party, a weapon, an attack.
fn is_doer(window: &Window<'_>, at: usize) -> bool {
    let doer = |sense: &Sense| match sense {
        Sense::Means(..) | Sense::Strike => true,
        Sense::People(people) => people.status == Some(Status::Combatant),
        _ => false,
    };
    window.tags.is(at, doer)
        || window.owner(at) == Owner::Actor
        || window.tokens.is_on(Words::PartyHead, at)
        || matches!(window.tokens.word(at), "مجهول" | "مجهولون" | "قناص" | "قناصه")
}

/// «سقط ثلاثة من رجال الشرطة وثلاثة مدنيين قتلى»: what befell those who follow, by a noun after the last of them.
fn falls(window: &Window<'_>, at: usize, end: usize) -> Option<Harm> {
    const REACH: usize = 14;
    let verb = matches!(
        bare(window.tokens.word(at)),
        "سقط" | "سقطت" | "سقطوا" | "يسقط" | "ارتقي" | "ارتقت" | "ترجل" | "مضي" | "خر"
    );
    // «ترجل أبو سليم الوراق شهيدا»
    let named = super::lists::past_titles(window, at + 1);
    let first = match window.group_at(at + 1).filter(|group| verb && group.harm.is_none() && group.counts()) {
        Some(group) => group.run.end,
        None => window.name_at(named).filter(|_| verb)?.run.end,
    };
    let noun = |at: usize| {
        let harm = |sense: &Sense| match sense {
            Sense::Harm(harm @ (Harm::Killed | Harm::Injured), HarmForm::People(_)) => Some(*harm),
            _ => None,
        };
        window.tags.find(at, harm).filter(|(_, tag)| tag.prefix == 0).map(|(harm, _)| harm)
    };
    let (last, harm) = clause(window, first, end, REACH).find_map(|at| noun(at).map(|harm| (at, harm)))?;
    let counted = last > 0 && window.tags.number(last - 1).is_some();
    let both = window.tags.is(last + 1, |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))));
    let verbs = (at + 1..last).any(|at| is_harm(window, at));
    (!counted && !both && !verbs).then_some(harm)
}

/// «خسر الجيش سبعة جنود», «فقدت أم سليم ابنيها وزوجها»: those who are lost, after whoever lost them; «فقد ثلاثة جنود» are missing.
fn lost<'w>(window: &'w Window<'_>, at: usize, end: usize) -> Option<&'w Group> {
    const REACH: usize = 7;
    if !is_on(window, Words::Loses, at) {
        return None;
    }
    // «إنها فقدت ثلاثة من أولادها»
    let own = |group: &&Group| group.kin.is_some() && group.counted;
    if let Some(found) = window.group_at(at + 1).filter(own) {
        return Some(found);
    }
    let others = |group: &&Group| {
        group.pronoun.is_none() && group.counted && group.prefix == 0 || group.kin.is_some() && !group.and
    };
    let found = clause(window, at + 2, end, REACH).find_map(|at| window.group_at(at).filter(others))?;
    let subject = at + 1..found.run.start;
    let own = |tag: &Tag| matches!(tag.sense, Sense::Kin(kin) if kin.possessed);
    let opens = window.name_at(subject.start).is_some_and(|name| name.run.end == subject.end)
        || window.owner(subject.start) == Owner::Actor
        || window.tokens.word(subject.start).starts_with("ال")
        || window.tags.is(subject.start, |sense| matches!(sense, Sense::Family | Sense::Kin(_)))
        || window.tokens.is_on(Words::ForceFirst, subject.start);
    let grammar = |at: usize| {
        let word = window.tokens.word(at);
        matches!(word, "علي" | "من" | "بعد" | "الي" | "عن") || word.starts_with('ب') && window.is_free(at)
    };
    let another =
        |at: usize| grammar(at) || window.tags.at(at).iter().any(own) || window.tags.number(at).is_some();
    (opens && !subject.skip(1).any(another)).then_some(found)
}

/// Whether those whom somebody lost were killed: fighters, or by the violence of the sentence; not «خسر الجيش ثلاثة جنود أسرهم
/// المتمردون», «فقدت ابنها بعد مرض».
fn is_by_violence(window: &Window<'_>, lost: &Group, sentence: &Range<usize>) -> bool {
    const NEAR: usize = 6;
    let told = |sense: &Sense| {
        matches!(sense, Sense::Means(..) | Sense::Strike | Sense::Targeting | Sense::Massacre)
    };
    let away = |at: usize| is_on(window, Words::GoesAway, at);
    let after = lost.run.end..sentence.end.min(lost.run.end + NEAR);
    let violent = lost.status == Some(Status::Combatant)
        || window.tags.any(sentence.clone(), told)
        || sentence.clone().any(|at| is_on(window, Words::Event, at));
    violent && !after.into_iter().any(away)
}
