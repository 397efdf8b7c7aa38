//! People by whose kin they are: «والدتهم», «أطفالها الثلاثة», «ابن عمي», «والدها المصاب».

use sijil_model::Quantity;
use sijil_model::codebook::{AgeClass, Harm, RelationKind};

use super::parts::of_somebody;
use crate::groups::{Group, kin_group, said};
use crate::lexicon::{Tag, bare_quantity};
use crate::numbers;
use crate::sense::{Kin, Number, Sense};
use crate::window::Window;

/// «والدتهم», «أطفالها الثلاثة», «ابن عمي», and the mother of «أم وأطفالها».
pub(super) fn kin(window: &Window<'_>, at: usize) -> Option<Group> {
    let of_kin = kin_of_kin(window, at);
    let words = if of_kin.is_some() { 2 } else { 1 };
    let (kin, tag) = of_kin
        .or_else(|| possessed(window, at))
        .or_else(|| whose_own_follow(window, at))
        .or_else(|| of_somebody(window, at))?;
    let mut run = at..at + words;
    let kin = if is_young(window, run.end) { Kin { age: Some(AgeClass::Child), ..kin } } else { kin };
    let wounded = is_told_wounded(window, run.end);
    let plural = kin.number == Number::Plural;
    let number = numbers::arabic::definite(&window.tokens, run.end).filter(|_| plural);
    run.end += number.map_or(0, |number| number.length) + usize::from(wounded);
    let quantity = number.map_or(bare_quantity(kin.number), |number| Quantity::Exact { n: number.n });
    Some(Group {
        prefix: tag.prefix,
        and: tag.and,
        definite: plural && number.is_none(),
        counted: number.is_some() || wounded,
        harm: wounded.then_some(Harm::Injured),
        ..kin_group(run.clone(), said(window, quantity, &run), &kin)
    })
}

/// «ابنته الرضيعة», «ابنتاه الصغيرتان»: children by an adjective; «ابني الصغير» may be grown.
fn is_young(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "الرضيع"
            | "الرضيعه"
            | "الصغيران"
            | "الصغيرين"
            | "الصغيرتان"
            | "الصغيرتين"
            | "الصغار"
            | "القاصر"
            | "القاصره"
    )
}

pub(super) fn possessed(window: &Window<'_>, at: usize) -> Option<(Kin, Tag)> {
    window.tags.find(at, |sense| match sense {
        Sense::Kin(kin) if kin.possessed => Some(kin.clone()),
        _ => None,
    })
}

/// «ابن عمه», «زوجة أخي», «بنت خالتي»: a relative of somebody by a word of kin for somebody else, who is not meant.
fn kin_of_kin(window: &Window<'_>, at: usize) -> Option<(Kin, Tag)> {
    let (kin, tag) = window.tags.find(at, |sense| match sense {
        Sense::Kin(kin) if !kin.possessed => Some(kin.clone()),
        _ => None,
    })?;
    let (_, whose) = possessed(window, at + 1).filter(|(_, whose)| whose.prefix == 0)?;
    let spouse = kin.relation == RelationKind::SpouseOf;
    let age = kin.age.filter(|_| spouse);
    (tag.length == 1 && !tag.article && whose.length == 1)
        .then_some((Kin { relation: RelationKind::RelativeOf, age, possessed: true, ..kin }, tag))
}

/// A word of kin without an owner, joined to somebody who is theirs: «أم وأطفالها», «جد وحفيده». Alone «أم» is "or".
fn whose_own_follow(window: &Window<'_>, at: usize) -> Option<(Kin, Tag)> {
    let (kin, tag) = window.tags.find(at, |sense| match sense {
        Sense::Kin(kin) if !kin.possessed && kin.number == Number::Singular => Some(kin.clone()),
        _ => None,
    })?;
    let (_, next) = possessed(window, at + usize::from(tag.length))?;
    next.and.then_some((kin, tag))
}

/// «والدها المصاب», «طفلتاه الجريحتان»: kin who were hurt, by an adjective.
fn is_told_wounded(window: &Window<'_>, at: usize) -> bool {
    const NEAR: usize = 6;
    // «لحقت بها شقيقتها الجريحة»: who followed the dead died.
    let followed = |at: usize| matches!(window.tokens.word(at), "لحق" | "لحقت" | "ولحقت" | "ولحق");
    !(at.saturating_sub(NEAR)..at).any(followed)
        && matches!(
            window.tokens.word(at),
            "المصاب"
                | "المصابه"
                | "المصابان"
                | "المصابين"
                | "المصابتان"
                | "المصابتين"
                | "الجريح"
                | "الجريحه"
                | "الجريحان"
                | "الجريحين"
                | "الجريحتان"
                | "الجريحتين"
        )
}
