//! Times that count from what was told before: "two days later", «وبعد أسبوع».

use sijil_model::date::{Amount, Unit};

use super::{arabic_amount, how_many, unit_at};
use crate::lexicon::Tags;
use crate::speech::is_itself;
use crate::tokens::Tokens;

/// How many days after what was told before, or before it, by the words from a token on, and where they end: as
/// [`days_later`], and "the same evening", "hours later", "two days earlier", «مساء اليوم نفسه», «قبل ذلك بيومين».
pub(crate) fn days_from_told(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(i32, usize)> {
    let later = || days_later(tokens, tags, at).map(|(days, end)| (i32::try_from(days).ok(), end));
    let (days, end) = same_day(tokens, tags, at)
        .map(|end| (Some(0), end))
        .or_else(|| {
            days_earlier(tokens, tags, at).map(|(days, end)| (i32::try_from(days).ok().map(|n| -n), end))
        })
        .or_else(later)?;
    Some((days?, end))
}

/// "the same evening", "hours later", «في اليوم نفسه», «بعد ساعات»: where the words end.
fn same_day(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<usize> {
    let word = |step: usize| tokens.word(at + step);
    let day = |word: &str| {
        matches!(
            word,
            "day" | "morning" | "afternoon" | "evening" | "night" | "اليوم" | "المساء" | "الليله" | "الصباح"
        )
    };
    let same = matches!(word(0), "same" | "نفس") && day(word(1)) || day(word(0)) && is_itself(word(1));
    if same {
        return Some(at + 2);
    }
    let after = matches!(word(0), "بعد" | "وبعد");
    let counted =
        how_many(tokens, tags, at + usize::from(after)).map_or(at + usize::from(after), |(_, end)| end);
    let hours = matches!(
        tokens.word(counted),
        "hours" | "hour" | "minutes" | "ساعات" | "ساعه" | "ساعتين" | "دقائق" | "دقايق"
    );
    let end = counted + 1;
    let bare = after && !matches!(tokens.word(end), "من" | "علي");
    (hours && (bare || tokens.word(end) == "later")).then_some(end + usize::from(!after))
}

/// "two days earlier", «قبل ذلك بيومين», «قبلها بثلاثة أيام».
fn days_earlier(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(u32, usize)> {
    let word = |step: usize| tokens.word(at + step);
    let days = |unit: Unit| match unit {
        Unit::Day => Some(1),
        Unit::Week => Some(7),
        _ => None,
    };
    let before = match (word(0).strip_prefix('و').unwrap_or(word(0)), word(1)) {
        ("قبل", "ذلك") => Some(at + 2),
        ("قبلها" | "قبله", _) => Some(at + 1),
        _ => None,
    };
    if let Some(said) = before {
        let bare = tokens.word(said).strip_prefix('ب')?;
        return match bare {
            "يوم" => Some((1, said + 1)),
            "يومين" => Some((2, said + 1)),
            "اسبوع" => Some((7, said + 1)),
            "اسبوعين" => Some((14, said + 1)),
            number => match (arabic_amount(number), unit_at(tags, said + 1)?) {
                (Amount::Exact { n }, (unit, length)) => Some((n * days(unit)?, said + 1 + length)),
                _ => None,
            },
        };
    }
    let (amount, counted) = how_many(tokens, tags, at)?;
    let (unit, length) = unit_at(tags, counted)?;
    let end = counted + length;
    let earlier = tokens.word(end) == "earlier" || tokens.word(end) == "before" && !tokens.is_word(end + 1);
    match amount {
        Amount::Exact { n } if earlier => Some((n * days(unit)?, end + 1)),
        _ => None,
    }
}

/// "two days later", "the next day", «بعد يومين», «وبعد أسبوع»: how many days after what was told before, by the words from a
/// token on, and where they end; none where they count no days.
pub(crate) fn days_later(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(u32, usize)> {
    let word = |step: usize| tokens.word(at + step);
    let next = matches!(word(0), "the") && matches!(word(1), "next" | "following") && word(2) == "day";
    let following =
        matches!(word(0), "في" | "وفي") && word(1) == "اليوم" && matches!(word(2), "التالي" | "الثاني");
    if next || following {
        return Some((1, at + 3));
    }
    let after = matches!(word(0), "بعد" | "وبعد");
    let (amount, counted) =
        how_many(tokens, tags, at + usize::from(after)).unwrap_or_else(|| (arabic_amount(word(1)), at + 1));
    let (unit, length) = unit_at(tags, counted)?;
    let end = counted + length;
    let later = matches!(tokens.word(end), "later" | "after" | "afterwards");
    let days = match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        _ => return None,
    };
    // «بعد يوم من القصف»: the day of something else.
    let of_another = after && matches!(tokens.word(end), "من" | "علي");
    match amount {
        Amount::Exact { n } if after && !of_another || later => Some((n * days, end + usize::from(later))),
        _ => None,
    }
}
