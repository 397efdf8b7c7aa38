//! Times that count from what was told before: "two days later", «وبعد أسبوع».

use sijil_model::date::{Amount, Unit};

use super::{arabic_amount, how_many, unit_at};
use crate::lexicon::Tags;
use crate::tokens::Tokens;

/// "two days later", "the next day", «بعد يومين», «وبعد أسبوع»: how many days after what was told before, by the words from a
/// token on, and where they end; none where they count no days.
pub(crate) fn days_later(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<(u32, usize)> {
    let word = |step: usize| tokens.word(at + step);
    let next = matches!(word(0), "the") && matches!(word(1), "next" | "following") && word(2) == "day";
    let following = matches!(word(0), "في") && word(1) == "اليوم" && matches!(word(2), "التالي" | "الثاني");
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
