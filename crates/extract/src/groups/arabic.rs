//! Groups of people in Arabic: number and noun, dual, singular, plural; «قتلى وجرحى».

use sijil_model::Quantity;
use sijil_model::codebook::{Harm, Status};

use super::{Group, Heads, counts_things, said};
use crate::lexicon::{Tag, bare_quantity};
use crate::numbers;
use crate::sense::{HarmForm, Link, Number, Sense};
use crate::window::{Owner, Window};

mod counted;
mod kin;
mod parts;

use counted::{counted, two_cases};
use kin::{kin, possessed};
use parts::{
    in_plain_words, is_accusative, is_among_others, is_an_age, is_construct, is_for_people, is_of_a_parent,
    is_the_only_one, of_how_many, one_of_them, some_of_them, the_others, theirs, whose_death,
};

/// The group that starts at a token.
pub(super) fn group(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    if !window.is_free(at) || is_of_a_parent(window, at) || is_an_age(window, at) {
        return None;
    }
    kin(window, at)
        .or_else(|| whole_family(window, at, end))
        .or_else(|| counted(window, at, end))
        .or_else(|| two_cases(window, at, end))
        .or_else(|| some_of_them(window, at, end))
        .or_else(|| one_of_them(window, at, end))
        .or_else(|| the_others(window, at))
        .or_else(|| bare(window, at, end))
}

/// «عائلة كاملة», «أسرة الحداد بأكملها»: people whose number is not said.
fn whole_family(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    /// The family's name stands between.
    const REACH: usize = 4;
    let tag = window.tags.at(at).iter().find(|tag| matches!(tag.sense, Sense::Family) && !tag.article)?;
    let singular = window.tokens.word(at).ends_with('ه');
    let whole =
        |at: &usize| matches!(window.tokens.word(*at), "كامله" | "باكملها" | "بكاملها" | "باسرها" | "كلها");
    let last = (at + 1..end.min(at + REACH)).find(whole).filter(|_| singular)?;
    // «عائلة كاملة (أب وأم وثلاثة أطفال)», «عائلة كاملة من خمسة أفراد»: who they are follows.
    let told = matches!(window.tokens.mark(last + 1), Some('(' | ':' | '-'))
        || matches!(window.tokens.word(last + 1), "من" | "مولفه" | "مكونه" | "وهم");
    // «عائلة بأكملها، أب وأم وأربعة أطفال»
    let listed = window.tokens.is_mark(last + 1, ',')
        && matches!(window.tokens.word(last + 2), "اب" | "ام" | "الاب" | "الام" | "رجل" | "زوجان");
    let run = at..last + 1;
    if told || listed {
        return None;
    }
    Some(Group {
        prefix: tag.prefix,
        and: tag.and,
        ..Heads::default().group(run.clone(), said(window, Quantity::Family, &run))
    })
}

/// A noun of people at a token.
fn noun(window: &Window<'_>, at: usize) -> Option<Tag> {
    // «آب» is a month, «أب» a father.
    if window.owner(at) != Owner::Nobody
        || window.tokens.raw(at).contains('آ') && window.tokens.word(at) == "اب"
    {
        return None;
    }
    window
        .tags
        .at(at)
        .iter()
        .find(|tag| matches!(tag.sense, Sense::People(_) | Sense::Harm(_, HarmForm::People(_))))
        .copied()
        .or_else(|| in_plain_words(window, at))
        .or_else(|| theirs(window, at))
}

/// «اثنين من مقاتليها», «ثلاثة من عناصره»: fighters by whose they are.
fn of_a_party(window: &Window<'_>, at: usize) -> Option<Tag> {
    let word = window.tokens.word(at);
    let stem = ["هما", "هم", "ها", "نا", "ه"].iter().find_map(|owner| word.strip_suffix(owner))?;
    let whole = format!("{stem}ن");
    let people = [stem, whole.as_str()].into_iter().find_map(crate::lexicon::people)?;
    let fighters = matches!(people, Sense::People(people) if people.status == Some(Status::Combatant));
    (fighters && window.is_free(at)).then_some(Tag {
        sense: people,
        length: 1,
        prefix: 0,
        article: false,
        and: false,
    })
}

fn is_other(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Link(Link::Other)))
}

/// The nouns from a token on: «مدنيين», «قتلى من المدنيين», «قتيلا مدنيا».
fn heads(window: &Window<'_>, at: usize, first: Tag, end: usize) -> (Heads, usize) {
    let mut heads = Heads::default();
    heads.add(first.sense);
    let number = heads.number;
    let mut here = at + usize::from(first.length);
    for _ in 0..2 {
        if between_dead_and_wounded(window, here).is_some() {
            break;
        }
        let of = usize::from(matches!(window.tokens.word(here), "من" | "بين"));
        // «قتل جنود شابا»: whom they killed.
        if number == Some(Number::Plural) && of == 0 && is_accusative(window, here) {
            break;
        }
        // «قتلها مسلحون»: who did it.
        if of == 0 && crate::harm::kills_those_before(window, here - 1) {
            break;
        }
        let next = noun(window, here + of)
            .filter(|tag| here + of < end && !tag.and && (tag.article == first.article || of == 1));
        if of == 0 && next.is_some_and(|next| is_of_others(window, here, first.sense, next.sense)) {
            break;
        }
        match next {
            // «جثة شاب مصابة بطلقات»: the body is.
            Some(tag)
                if is_wounded(tag.sense) && at > 0 && crate::harm::is_body(window.tokens.word(at - 1)) =>
            {
                break;
            }
            // «14 جريحا من ضحايا القصف»: what befell them is said.
            Some(tag) if of == 1 && heads.harm.is_some() && is_casualty(tag.sense) => break,
            Some(tag) => {
                heads.add(tag.sense);
                here += of + usize::from(tag.length);
            }
            None => break,
        }
    }
    heads.number = number;
    // Adjectives follow: «ثلاثة أطفال مرجانيين».
    for _ in 0..2 {
        here += usize::from(here < end && is_adjective(window, here));
    }
    if heads.harm.is_some() && heads.status.is_none() && is_in_the_ranks(window, here) {
        heads.status = Some(Status::Combatant);
    }
    (heads, here)
}

/// «قتل مسلحون رجلين», «خطف جنود معلمين»: those whom they harmed, and not what they are.
fn is_of_others(window: &Window<'_>, at: usize, first: &Sense, next: &Sense) -> bool {
    let (Sense::People(first), Sense::People(next)) = (first, next) else { return false };
    let fights = |status: Option<Status>| status == Some(Status::Combatant);
    let says_how_old = matches!(window.tokens.word(at), "شبان" | "شباب" | "اطفال" | "قاصرين" | "مدنيه");
    let harmed = fights(first.status) && !fights(next.status) && !says_how_old;
    first.number == Number::Plural && (next.number == Number::Dual || harmed)
}

fn is_casualty(sense: &Sense) -> bool {
    matches!(sense, Sense::Harm(Harm::KilledOrInjured, _))
}

fn is_wounded(sense: &Sense) -> bool {
    matches!(sense, Sense::Harm(Harm::Injured, _))
}

/// «قتلى وجرحى في صفوف القوات», «قتلى في صفوف الجيش الأزرقي»: of those who fight.
fn is_in_the_ranks(window: &Window<'_>, at: usize) -> bool {
    const REACH: usize = 5;
    let ranks = (at..at + REACH).find(|at| matches!(window.tokens.word(*at), "صفوف" | "بصفوف"));
    ranks.is_some_and(|ranks| {
        let whose = ranks + 1;
        let between = (at..ranks).all(|at| {
            window.tokens.word(at) == "في"
                || window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))))
        });
        between
            && (window.owner(whose) == Owner::Actor
                || matches!(
                    window.tokens.word(whose),
                    "القوات" | "قواته" | "قواتها" | "المسلحين" | "المهاجمين"
                ))
    })
}

/// A word that the lexicon does not know and that ends as adjectives of people do.
fn is_adjective(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let ending = ["ين", "ون", "يه", "يا", "ات"].iter().any(|ending| word.ends_with(ending));
    ending
        && word.chars().count() > 4
        && window.is_free(at)
        && window.tokens.is_arabic(at)
        && window.tags.at(at).is_empty()
        && !word.starts_with("ال")
}

/// «عشرات القتلى والجرحى»: one number for both.
fn dead_or_wounded(window: &Window<'_>, mut group: Group, end: usize) -> Group {
    // «37 مدنيا بين قتيل وجريح».
    if group.harm.is_none()
        && let Some(last) = between_dead_and_wounded(window, group.run.end).filter(|last| *last <= end)
    {
        group.harm = Some(Harm::KilledOrInjured);
        group.run.end = last;
        return group;
    }
    if group.harm == Some(Harm::Killed)
        && let Some(tag) = noun(window, group.run.end).filter(|tag| tag.and && group.run.end < end)
        && matches!(tag.sense, Sense::Harm(Harm::Injured, _))
        && group.counted
        // «عدد من القتلى والجرحى»: some of either, and no number of both.
        && group.said.quantity != Quantity::Several
        && (tag.article
            || window.tags.number(group.run.start).is_none_or(|number| number.n > 10)
                && (window.tokens.word(group.run.end).ends_with('ا')
                    || matches!(tag.sense, Sense::Harm(_, HarmForm::People(Number::Singular)))))
    {
        group.harm = Some(Harm::KilledOrInjured);
        group.run.end += usize::from(tag.length);
    }
    group
}

/// Whether the dead are counted right before.
fn is_after_the_dead(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 6;
    (at.saturating_sub(NEAR)..at).any(|here| {
        window.tags.is(here, |sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::People(_))))
            || window.tokens.word(here) == "وفاه"
    })
}

/// «بين قتيل وجريح»: where the words end.
fn between_dead_and_wounded(window: &Window<'_>, at: usize) -> Option<usize> {
    let noun_at = |at: usize, harm: Harm| {
        window.tags.is(at, |sense| matches!(sense, Sense::Harm(found, HarmForm::People(_)) if *found == harm))
    };
    let start = (at..at + 3).find(|here| window.tokens.word(*here) == "بين").map(|here| here + 1)?;
    let next = start + 1 + usize::from(window.tokens.word(start + 1) == "و");
    let both = noun_at(start, Harm::Killed) && noun_at(next, Harm::Injured)
        || noun_at(start, Harm::Injured) && noun_at(next, Harm::Killed);
    both.then_some(next + 1)
}

/// Whether the word before is one of killing or dying.
fn after_killing(window: &Window<'_>, at: usize) -> bool {
    const LAST: usize = 8;
    let kills = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Masdar | HarmForm::Verb));
    at > 0 && (window.tags.is(at - 1, kills) || crate::harm::dies_in_words(window, at - 1, at + LAST))
}

/// Whether the word before is one of being hurt: «إصابة السائق», «جُرح الحارس».
fn after_hurting(window: &Window<'_>, at: usize) -> bool {
    let hurts =
        |sense: &Sense| matches!(sense, Sense::Harm(Harm::Injured, HarmForm::Masdar | HarmForm::Verb));
    at > 0 && window.tags.is(at - 1, hurts)
}

/// «الشاب الذي أوقفته الدورية أصيب برصاصتين»: whether what a clause with «الذي» tells of ends in a verb of harm.
fn is_harmed_further_on(window: &Window<'_>, at: usize, end: usize) -> bool {
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Verb));
    let clause = after_who(window, at, end);
    clause.is_some_and(|verb| window.tags.is(verb, harm) && noun(window, verb + 1).is_none())
}

/// Where the first verb of harm after a clause with «الذي» stands.
fn after_who(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    let who = matches!(window.tokens.word(at), "الذي" | "التي" | "اللذان" | "اللذين" | "اللتان");
    let last = (at + 2).max(at)..end.min(at + LONGEST);
    let goes_on = |at: &usize| window.tokens.is_word(*at);
    let harm = |at: &usize| window.tags.is(*at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Verb)));
    last.take_while(goes_on).find(harm).filter(|_| who)
}

/// Whether a verb of dying follows.
fn before_dying(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Verb)))
}

/// «أطفال من أهالي المدينة»: where people are from, and no other people.
fn is_origin(window: &Window<'_>, at: usize) -> bool {
    at > 0
        && window.tokens.word(at - 1) == "من"
        && matches!(window.tokens.word(at), "اهالي" | "ابناء" | "سكان" | "الاهالي" | "نازحي")
}

fn bare(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    // «أودت بأرواح سبعة»: whose lives they are is told next.
    if matches!(window.tokens.word(at), "ارواح" | "بارواح") {
        return None;
    }
    // «على مدنية دارة الورد»: a slip for «مدينة».
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    if window.tokens.word(at) == "مدنيه" && matches!(before, "علي" | "في" | "قرب") {
        return None;
    }
    // «جثة شاب مصابة بطلقات»: the body is.
    let of_a_body = (at.saturating_sub(3)..at).any(|at| crate::harm::is_body(window.tokens.word(at)));
    if of_a_body && matches!(window.tokens.word(at), "مصابه" | "مصابا" | "مصاب") {
        return None;
    }
    // «سيارة مدنية», «منشأة مدنية»: a thing, and nobody.
    let thing = |sense: &Sense| matches!(sense, Sense::Unit(_) | Sense::Site(_) | Sense::Means(..));
    let adjective = matches!(window.tokens.word(at), "مدنيه" | "مدني" | "مدنيا");
    if adjective && at > 0 && window.tags.is(at - 1, thing) {
        return None;
    }
    let tag = noun(window, at).filter(|_| !is_origin(window, at))?;
    // «وهو الابن الوحيد لوالديه»: who somebody is.
    let predicate = window.tokens.word(at).starts_with("ال") && matches!(tag.sense, Sense::People(_));
    if predicate && matches!(before, "وهو" | "وهي" | "هو" | "هي") {
        return None;
    }
    // «طبيب الأطفال سليم الوراق»: what somebody is.
    let construct = window.tokens.word(at).starts_with("ال") && at > 0 && is_construct(window, at - 1);
    if construct && matches!(tag.sense, Sense::People(people) if people.number == Number::Plural) {
        return None;
    }
    // «روضة أطفال», «مدرسة بنات»: whom a place is for.
    let site = |sense: &Sense| matches!(sense, Sense::Site(_) | Sense::Head(..));
    let several = matches!(tag.sense, Sense::People(people) if people.number == Number::Plural);
    if several && tag.prefix == 0 && at > 0 && (window.tags.is(at - 1, site) || is_for_people(window, at - 1))
    {
        return None;
    }
    // «جثتي سيدة وطفلها»: whose bodies they are is told next, one by one.
    if crate::harm::is_body(window.tokens.word(at)) && noun(window, at + 1).is_some() && at + 1 < end {
        return None;
    }
    if let Some(all) = of_how_many(window, at) {
        let mut heads = Heads::default();
        heads.add(tag.sense);
        let run = at..at + 1 + all.length;
        let said = said(window, Quantity::Exact { n: all.n }, &run);
        return Some(Group { counted: true, ..heads.group(run, said) });
    }
    let (heads, mut last) = heads(window, at, tag, end);
    let number = heads.number.unwrap_or(Number::Plural);
    let mut quantity = bare_quantity(number);
    let mut counted = number != Number::Plural;
    let mut how_many = false;
    // «مدنيين اثنين», «طفل واحد», «أطفال ثلاثة».
    if let Some(after) = window.tags.number(last).filter(|found| {
        last + found.length <= end
            && window.is_free(last)
            && !counts_things(window, last + found.length)
            && noun(window, last + found.length).is_none_or(|next| next.and && found.n == 2)
    }) {
        let joined = window.tokens.is_arabic(last)
            && window.tokens.word(last).starts_with('و')
            && !window.tokens.word(last).starts_with("واح");
        if !joined && (after.n <= 2 || number == Number::Plural) {
            quantity = if after.n == 2 { Quantity::Dual } else { Quantity::Exact { n: after.n } };
            last += after.length;
            counted = true;
            // «والجرحى أربعة»: the number is told of them; «القتلى الأربعة» are known.
            how_many = heads.harm.is_some() && !is_among_others(window, at);
        }
    }
    // «قُتل الأطفال الثلاثة», «القتلى الأربعة عشر», «ضحايا الهجوم الأحد عشر»: known people, and how many they are.
    let all = all_of_them(window, at, last, end).filter(|_| number == Number::Plural);
    if let Some((n, past)) = all {
        quantity = Quantity::Exact { n };
        last = past;
        counted = true;
    } else if let Some(n) =
        how_many_they_are(window, last, end).filter(|_| number == Number::Plural && !counted)
    {
        quantity = Quantity::Exact { n };
        counted = true;
        how_many = true;
    }
    let other =
        is_other(window, last) || window.tags.is(at, |sense| matches!(sense, Sense::Link(Link::Other)));
    let run = at..last;
    // «مقتل السيدة», «استشهاد الطفلين», «إن الشاب فارق الحياة»: one or two, also where they are known.
    let told = after_killing(window, at)
        || after_hurting(window, at)
        || before_dying(window, last)
        || is_harmed_further_on(window, last, end)
        // «لم يُصب سوى الحارس»
        || matches!(before, "سوي" | "الا");
    let only = number == Number::Singular && is_the_only_one(window, last);
    let definite = tag.article && !how_many && !only && (number == Number::Plural || !told);
    let group = Group {
        prefix: tag.prefix,
        and: tag.and,
        definite,
        other,
        pronoun: whose_death(window, at),
        counted: counted && (!definite || all.is_some()),
        ..heads.group(run.clone(), said(window, quantity, &run))
    };
    Some(group)
}

/// «جثث قتلى الهجوم على البلدة، وعددهم 36»: how many they are, told a little further on.
fn how_many_they_are(window: &Window<'_>, from: usize, end: usize) -> Option<u64> {
    const REACH: usize = 10;
    let told = |at: &usize| {
        matches!(window.tokens.word(*at), "وعددهم" | "وعددها" | "وعددهن" | "عددهم" | "عددها" | "وعدتهم")
    };
    let number = (from..end.min(from + REACH)).find(told)? + 1;
    let number = number + usize::from(window.tokens.is_mark(number, ':'));
    let found = window.tags.number(number)?;
    (!counts_things(window, number + found.length)).then_some(found.n)
}

/// The number with the article that says how many known people are, and where it ends: right after their noun, or after one
/// word more that says whose they are: «ضحايا الهجوم الأحد عشر».
fn all_of_them(window: &Window<'_>, at: usize, last: usize, end: usize) -> Option<(u64, usize)> {
    let is_known = window.tags.at(at).iter().any(|tag| tag.article);
    // «أفراد أسرته الخمسة»
    let own = matches!(
        window.tokens.word(last),
        "اسرته"
            | "اسرتها"
            | "اسرتهم"
            | "عايلته"
            | "عايلتها"
            | "عايلتهم"
            | "عيلته"
            | "عيلتها"
    );
    let of =
        usize::from(!is_known && (own || window.tokens.word(last).starts_with("ال") && window.is_free(last)));
    if !is_known && of == 0 {
        return None;
    }
    // «الأحد» alone is a day.
    let free = |number: &numbers::Number| number.length > 1 || window.is_free(last + of);
    let number = numbers::arabic::definite(&window.tokens, last + of).filter(free)?;
    let past = last + of + number.length;
    (past <= end && !counts_things(window, past)).then_some((number.n, past))
}
