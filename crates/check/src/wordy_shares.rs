//! Shares in words: "a third", "eight in ten", «خمس القرى», «من كل خمسة أطفال طفلان».

use crate::amounts::{Amount, Read, What, hedged_share, is_symbol, read, time_at};
use crate::arithmetic::Bounds;
use crate::lexicon::{Form, Hedge, Lexicon, Sense, Side};
use crate::numbers::number;
use crate::tokens::{Kind, Token};

/// How many points a share in words ("a third") may be off.
const WORDY_SHARE: f64 = 2.5;

/// The share in words that starts at a token, its hedge read.
pub(crate) fn wordy_share(tokens: &[Token], at: usize, here: usize, hedge: Option<Hedge>) -> Option<Read> {
    // «أغلبية الثلثين»: one share.
    if matches!(tokens.get(here)?.word.as_str(), "اغلبيه" | "غالبيه")
        && let Some(share) = wordy_share(tokens, here + 1, here + 1, hedge)
    {
        let points = tokens[at].points.start..share.amount.points.end;
        let length = here + 1 - at + share.length;
        return Some(Read { amount: Amount { points, ..share.amount }, length, ..share });
    }
    let pick = |sense| if let Sense::Share(share, side) = sense { Some((share, side)) } else { None };
    let exactly = |(share, length): (f64, usize)| ((share, Side::At), length);
    let ((share, side), length) = Lexicon::get()
        .find(tokens, here, pick)
        .or_else(|| fraction(tokens, here).map(exactly))
        .or_else(|| out_of(tokens, here).map(exactly))
        .or_else(|| of_every(tokens, here).map(exactly))?;
    let next = tokens.get(here + length).map_or("", |token| token.word.as_str());
    // "A third man was hurt": one more of those who were counted.
    let one_more = |sense| matches!(sense, Sense::Noun(_, Form::Singular)).then_some(());
    // "Five men 200 dinars each and a sixth 500 dinars".
    let fined = number(tokens, here + length).is_some();
    let ordinal =
        tokens[here].word == "a" && (fined || Lexicon::get().find(tokens, here + length, one_more).is_some());
    // «مليونان ونصف المليون».
    let scale = [next, tokens.get(here + length + 1).map_or("", |token| token.word.as_str())]
        .iter()
        .any(|word| matches!(*word, "million" | "مليون" | "المليون"));
    if ordinal
        || scale
        || matches!(
            next,
            "dozen" | "hour" | "year" | "month" | "week" | "day" | "يوم" | "اسبوع" | "شهر" | "a"
        )
    {
        return None;
    }
    let bounds = match (side, hedge) {
        (Side::Above, _) => Bounds::new(share, 100.0),
        (Side::Below, _) => Bounds::new(0.0, share),
        (Side::At, None) => Bounds::around(share, WORDY_SHARE),
        (Side::At, Some(hedge)) => hedged_share(share, 0.0, hedge),
    };
    Some(read(tokens, at..here + length, rounded(share), bounds, What::Share))
}

/// «خمس القرى», «خمسها»: a number word before what it is a part of.
fn fraction(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let pick = |sense| if let Sense::Fraction(share) = sense { Some(share) } else { None };
    let (share, length) = Lexicon::get().find(tokens, at, pick)?;
    // «زيادة مقدارها الخُمس».
    let by =
        |at: usize| Lexicon::get().symbol(tokens, at).is_some_and(|(name, _)| matches!(name, "by" | "to"));
    let article = at > 1 && matches!(tokens[at - 1].word.as_str(), "هذه" | "ال");
    let ends = tokens.get(at + length).is_none_or(|next| matches!(next.kind, Kind::Mark(_)));
    if article && ends && by(at - 2) {
        return Some((share, length));
    }
    let whole = tokens.get(at + length)?;
    let after_article = matches!(whole.word.as_str(), "هذه" | "ال" | "هولاء") || whole.word.starts_with("ال");
    let of_them = whole.glued && whole.word == "منهم";
    // «خمس مخطوطاتها».
    let owned = ["ها", "هم", "هن", "هما", "نا"].iter().any(|ending| whole.word.ends_with(ending))
        && whole.word.chars().count() > 4;
    (after_article || of_them || owned).then_some((share, length))
}

/// "Three families out of every five", "eight in ten", «منزلاً واحداً من كل ثلاثة»: a share, with its tokens.
fn out_of(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    // The thing stands before "one" in Arabic, after the number in English.
    let before = usize::from(word(at + 1).starts_with("واحد") && !is_symbol(tokens, at));
    let (part, length) = match number(tokens, at + before) {
        Some(part) => (part.value, part.length),
        // «امرأتان من كل خمس».
        None if at > 0 => one_or_two(tokens, at)?,
        None => return None,
    };
    let mut here = at + before + length;
    let links = |at: usize| match (word(at), word(at + 1), word(at + 2)) {
        ("out", "of", "every") => Some((3, true)),
        ("in" | "of", "every", _) | ("من", "كل", _) => Some((2, true)),
        ("out", "of", _) => Some((2, false)),
        ("in", ..) => Some((1, false)),
        _ => None,
    };
    // "Three families out of every five".
    let thing = tokens.get(here).is_some_and(|token| token.kind == Kind::Word) && !is_symbol(tokens, here);
    let apart = links(here).is_none() && thing;
    here += usize::from(apart);
    let (length, every) = links(here)?;
    let whole = number(tokens, here + length)?;
    let end = here + length + whole.length;
    let of_hundred = every && whole.value == 100.0;
    let small = part < whole.value && (whole.value <= 10.0 || of_hundred);
    // "Two in five villages", "two in ten days" count; "one in three homes", "seven in ten children" do not.
    let spelled = !word(at).is_empty() && !word(here + length).is_empty();
    let noun = |sense| matches!(sense, Sense::Noun(..)).then_some(());
    let counts = Lexicon::get().find(tokens, end, noun).is_some();
    let share = !apart && (part == 1.0 || whole.value == 10.0);
    let plain = spelled && time_at(tokens, end).is_none() && (!counts || share);
    (small && (every || plain)).then_some((part / whole.value * 100.0, end - at))
}

/// "Of every ten shells three", «من كل خمسة أطفال طفلان»: the whole stands first.
fn of_every(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    if !matches!((word(at), word(at + 1)), ("of" | "in", "every") | ("من", "كل")) {
        return None;
    }
    let whole = number(tokens, at + 2).filter(|whole| whole.value <= 10.0)?;
    let end = at + 2 + whole.length;
    let word_at = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == Kind::Word);
    (end..end + 5).take_while(word_at).find_map(|here| {
        let (part, length) = match number(tokens, here) {
            Some(part) => (part.value, part.length),
            None => one_or_two(tokens, here).filter(|_| here > end)?,
        };
        (part < whole.value).then_some((part / whole.value * 100.0, here + length - at))
    })
}

/// A singular or dual without the article, and its length: «طفل», «طفلان».
fn one_or_two(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let pick = |sense| match sense {
        Sense::Noun(_, Form::Singular) => Some(1.0),
        Sense::Noun(_, Form::Dual) => Some(2.0),
        _ => None,
    };
    let definite = matches!(tokens[at - 1].word.as_str(), "هذه" | "ال");
    Lexicon::get().find(tokens, at, pick).filter(|_| !definite && !tokens[at].word.is_ascii())
}

fn rounded(share: f64) -> f64 {
    (share * 10.0).round() / 10.0
}
