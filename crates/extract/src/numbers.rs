//! Numbers in digits and in words: what a run of tokens comes to, without deciding what it counts.

use std::ops::Range;

use sijil_model::{Quantity, Said};

use crate::lexicon::Tags;
use crate::sense::{Hedge, Sense};
use crate::tokens::Tokens;
use crate::word_lists::Words;

pub(crate) mod arabic;
pub(crate) mod english;

/// A number and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub n: u64,
    pub length: usize,
}

/// A quantity as said, with its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    pub said: Said,
    pub run: Range<usize>,
}

/// The number that starts at a token, in digits or words of either language.
pub(crate) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    if tokens.is_number(at) {
        digits(tokens, at)
    } else if tokens.is_arabic(at) {
        arabic::number(tokens, at)
    } else {
        english::number(tokens, at)
    }
}

/// The value of a token of digits; `None` for decimals, times, versions and what letters are glued to.
pub(crate) fn plain_digits(tokens: &Tokens<'_>, at: usize) -> Option<u64> {
    if !tokens.is_number(at) || tokens.raw(at).contains('.') && !groups_thousands(tokens.raw(at)) {
        return None;
    }
    let word = tokens.word(at);
    if word.len() > 12 { None } else { word.parse().ok() }
}

fn groups_thousands(raw: &str) -> bool {
    raw.split('.').skip(1).all(|group| group.chars().count() == 3)
}

fn digits(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let n = plain_digits(tokens, at)?;
    let money =
        at > 0 && tokens.is_glued(at) && matches!(tokens.mark(at - 1), Some('$' | '€' | '£' | '@' | '_'));
    let part_of_more = at > 1
        && tokens.is_glued(at)
        && matches!(tokens.mark(at - 1), Some(':' | '/' | '.' | '_'))
        && tokens.is_number(at - 2)
        && tokens.is_glued(at - 1);
    let goes_on = tokens.is_glued(at + 1)
        && (tokens.is_word(at + 1)
            || (matches!(tokens.mark(at + 1), Some(':' | '/' | '%')) && tokens.is_glued(at + 2)
                || tokens.is_mark(at + 1, '%')));
    if money || part_of_more || goes_on {
        return None;
    }
    let (factor, more) = multiplier(tokens.word(at + 1));
    let n = n.checked_mul(factor)?;
    Some(Number { n, length: 1 + more })
}

fn multiplier(word: &str) -> (u64, usize) {
    match word {
        "thousand" | "الف" | "الاف" | "الفا" => (1_000, 1),
        "million" | "مليون" | "ملايين" => (1_000_000, 1),
        "hundred" => (100, 1),
        _ => (1, 0),
    }
}

/// The quantity that starts at a token: hedge, number or range or vague word.
///
/// "at least ten", "between two and three", "10-12", "dozens of", ما لا يقل عن عشرة, بضعة, عشرات.
pub(crate) fn amount(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> Option<Amount> {
    if !tags.opens_amount(at) {
        return None;
    }
    let hedge = tags.find(at, |sense| if let Sense::Hedge(hedge) = sense { Some(*hedge) } else { None });
    let mut here = at + hedge.map_or(0, |(_, tag)| usize::from(tag.length));
    // «نيف وعشرون»
    if tokens.word(here) == "نيف"
        && let Some(number) = tags.number(here + 1)
    {
        let run = at..here + 1 + number.length;
        let said = Said { quantity: Quantity::MoreThan { n: number.n }, text: tokens.quote(&run).to_owned() };
        return Some(Amount { said, run });
    }
    let between = between_word(tokens, here);
    here += usize::from(between);
    let (quantity, end) = match tags.number(here) {
        Some(first) if !between && is_and_some(tokens, here + first.length) => {
            (Quantity::MoreThan { n: first.n }, here + first.length + 1)
        }
        // "60+ injured"
        Some(first) if !between && hedge.is_none() && tokens.is_mark(here + first.length, '+') => {
            (Quantity::AtLeast { n: first.n }, here + first.length + 1)
        }
        Some(first) => {
            let first = said_again(tokens, here, first);
            ranged(tokens, tags, here, first, between, hedge.map(|(hedge, _)| hedge))?
        }
        None if between => return None,
        // «بضعة عشر»: thirteen to nineteen.
        None if matches!(tokens.word(here), "بضعه" | "بضع")
            && matches!(tokens.word(here + 1), "عشر" | "عشره") =>
        {
            (Quantity::Between { n: 13, to: 19 }, here + 2)
        }
        None => {
            let (vague, tag) =
                tags.find(here, |sense| if let Sense::Vague(form) = sense { Some(*form) } else { None })?;
            (vague, here + usize::from(tag.length))
        }
    };
    let run = at..end;
    Some(Amount { said: Said { quantity, text: tokens.quote(&run).to_owned() }, run })
}

/// «عشرون ونيف»: and some more.
fn is_and_some(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "ونيف" | "ونيفا")
}

/// "one (1) aid worker", «ثلاثة (3) مدنيين»: a number in words with its digits in brackets after it.
fn said_again(tokens: &Tokens<'_>, at: usize, number: Number) -> Number {
    let open = at + number.length;
    let again = !tokens.is_number(at)
        && tokens.is_mark(open, '(')
        && tokens.is_mark(open + 2, ')')
        && plain_digits(tokens, open + 1) == Some(number.n);
    Number { length: number.length + if again { 3 } else { 0 }, ..number }
}

/// Whether a token is a number, a hedge, a vague word or "between".
pub(crate) fn opens_amount(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> bool {
    tags.number(at).is_some()
        || between_word(tokens, at)
        || tokens.word(at) == "نيف"
        || tags.is(at, |sense| matches!(sense, Sense::Hedge(_) | Sense::Vague(_)))
}

fn between_word(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "between" | "بين")
}

fn ranged(
    tokens: &Tokens<'_>,
    tags: &Tags,
    at: usize,
    first: Number,
    between: bool,
    hedge: Option<Hedge>,
) -> Option<(Quantity, usize)> {
    let end = at + first.length;
    let join = tokens.word(end);
    let dash = tokens.is_mark(end, '-');
    let joined = dash
        || matches!(join, "to" | "or" | "او" | "الي")
        || between && (join == "and" || (tokens.is_arabic(end) && join.starts_with('و')));
    if joined {
        // «ارتفع العدد من 15 إلى 26»: it was the first, and is the second.
        let rise = join == "الي" && at > 0 && tokens.word(at - 1) == "من" && is_a_rise(tokens, at);
        let next =
            if tokens.is_arabic(end) && join.starts_with('و') && join.len() > 2 { end } else { end + 1 };
        if let Some(second) = tags.number(next)
            && second.n > first.n
            && !rise
        {
            return Some((Quantity::Between { n: first.n, to: second.n }, next + second.length));
        }
    }
    if between {
        return None;
    }
    Some((hedge.map_or(Quantity::Exact { n: first.n }, |hedge| hedge.of(first.n)), end))
}

/// Whether a verb of rising or falling stands before «من» and a number.
fn is_a_rise(tokens: &Tokens<'_>, number: usize) -> bool {
    const REACH: usize = 16;
    let verb = |at: usize| {
        tokens.is_on(Words::Rises, at)
            || matches!(
                tokens.word(at),
                "انخفض" | "انخفضت" | "تراجع" | "تراجعت" | "زاد" | "زادت" | "قفز" | "قفزت"
            )
    };
    (number.saturating_sub(REACH)..number)
        .rev()
        .take_while(|at| !matches!(tokens.mark(*at), Some('.' | ',' | ';')))
        .any(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Quantity> {
        let tokens = Tokens::of(text);
        amount(&tokens, &Tags::of(&tokens), 0).map(|amount| amount.said.quantity)
    }

    #[test]
    fn forms_of_quantity_in_both_languages() {
        use Quantity::*;
        for (text, expected) in [
            ("ten people", Exact { n: 10 }),
            ("1,250 people", Exact { n: 1250 }),
            ("at least 14 people", AtLeast { n: 14 }),
            ("no fewer than six", AtLeast { n: 6 }),
            ("up to ten", AtMost { n: 10 }),
            ("as many as 30", AtMost { n: 30 }),
            ("more than a hundred", MoreThan { n: 100 }),
            ("over 100 Syrian civilians", MoreThan { n: 100 }),
            ("fewer than 20", LessThan { n: 20 }),
            ("about 40", About { n: 40 }),
            ("nearly seventy", About { n: 70 }),
            ("between two and three", Between { n: 2, to: 3 }),
            ("between 8 and 10", Between { n: 8, to: 10 }),
            ("between two to three", Between { n: 2, to: 3 }),
            ("two (2) aid workers", Exact { n: 2 }),
            ("ثلاثة (3) مدنيين", Exact { n: 3 }),
            ("10-12 people", Between { n: 10, to: 12 }),
            ("8 – 10 people", Between { n: 8, to: 10 }),
            ("two or three", Between { n: 2, to: 3 }),
            ("several", Several),
            ("a number of", Several),
            ("many of", Many),
            ("a few", Few),
            ("dozens of", Dozens),
            ("hundreds of", Hundreds),
            ("ما لا يقل عن عشرة", AtLeast { n: 10 }),
            ("أكثر من 30 شخصاً", MoreThan { n: 30 }),
            ("نحو خمسين", About { n: 50 }),
            ("بين خمسة وسبعة", Between { n: 5, to: 7 }),
            ("بين 5 و 7", Between { n: 5, to: 7 }),
            ("عشرات القتلى", Tens),
            ("بضعة أشخاص", Few),
            ("عدد من", Several),
            ("مئات المنازل", Hundreds),
            ("٢٣ طفلا", Exact { n: 23 }),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in ["12:30", "3.5", "40%", "17th", "$50", "people", "between them"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
