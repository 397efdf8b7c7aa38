//! Numbers in digits and in words of either language: what a run of tokens comes to.

use crate::lexicon::{Lexicon, Role, Sense};
use crate::tokens::{Kind, Token};

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub value: f64,
    /// Digits after the point.
    pub decimals: u32,
    /// What one unit of the last digit is worth: 1000 in "3 thousand".
    pub scale: f64,
    /// Tokens that it takes.
    pub length: usize,
}

/// The number that starts at a token.
pub(crate) fn number(tokens: &[Token], at: usize) -> Option<Number> {
    let number = plain(tokens, at)?;
    Some(and_digits(tokens, at, number).unwrap_or(number))
}

/// «مليوناً و800 ألف», «3 آلاف و500»: a round number and digits below what its last word is worth.
fn and_digits(tokens: &[Token], at: usize, number: Number) -> Option<Number> {
    let end = at + number.length;
    let (role, _) = part(tokens, end - 1)?;
    let worth =
        [1_000_000_000.0, 1_000_000.0, 1000.0].into_iter().find(|worth| number.value % worth == 0.0)?;
    let and = tokens.get(end).is_some_and(|token| token.word == "و");
    let digits = matches!(tokens.get(end + 1)?.kind, Kind::Number { .. });
    let rest = plain(tokens, end + 1).filter(|_| and && digits)?;
    let scaled = matches!(role, Role::Scale | Role::Thousands);
    (scaled && rest.value < worth && rest.decimals == 0).then_some(Number {
        value: number.value + rest.value,
        decimals: 0,
        scale: rest.scale,
        length: number.length + 1 + rest.length,
    })
}

fn plain(tokens: &[Token], at: usize) -> Option<Number> {
    match tokens.get(at)?.kind {
        Kind::Number { value, decimals } => {
            let (factor, more) = scale(tokens, at + 1);
            Some(Number { value: value * factor, decimals, scale: factor, length: 1 + more })
        }
        Kind::Word => dozen(tokens, at).or_else(|| words(tokens, at)),
        Kind::Mark(_) => None,
    }
}

fn scale(tokens: &[Token], at: usize) -> (f64, usize) {
    match part(tokens, at) {
        Some((Role::Scale, value)) => (value, 1),
        _ => (1.0, 0),
    }
}

fn part(tokens: &[Token], at: usize) -> Option<(Role, f64)> {
    let pick = |sense| if let Sense::Number(role, value) = sense { Some((role, value)) } else { None };
    Lexicon::get().find(tokens, at, pick).map(|(found, _)| found)
}

fn dozen(tokens: &[Token], at: usize) -> Option<Number> {
    let word = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.word.as_str());
    let (value, length) = match (word(0), word(1), word(2)) {
        ("half", "a", "dozen") => (6.0, 3),
        ("a" | "one", "dozen", _) => (12.0, 2),
        ("two", "dozen", _) => (24.0, 2),
        ("three", "dozen", _) => (36.0, 2),
        // «الأحد» alone is a day.
        ("الاحد", "عشر", _) => (11.0, 2),
        _ => return None,
    };
    Some(Number { value, decimals: 0, scale: 1.0, length })
}

/// Number words, largest group first: "two thousand one hundred and six", ثلاثة آلاف ومئة وستة.
fn words(tokens: &[Token], at: usize) -> Option<Number> {
    let (mut total, mut here, mut limit) = (0.0, at, f64::INFINITY);
    while let Some((value, length)) = group(tokens, joined(tokens, here, at)) {
        if value >= limit {
            break;
        }
        let start = joined(tokens, here, at);
        // «بين الجرحى المئتين خمسون طفلاً»: without "and" they are two numbers.
        if here > at && start == here && !tokens[start].word.is_ascii() {
            break;
        }
        // «الثلاثة ألفاً وخمسمئة دينار»: after three to ten thousands stand in the plural.
        let next = tokens.get(start + length).map_or("", |token| token.word.as_str());
        let apart = (3.0..=10.0).contains(&value) && matches!(next, "الفا" | "مليونا");
        let (factor, more) = if apart { (1.0, 0) } else { scale(tokens, start + length) };
        if value * factor >= limit {
            break;
        }
        total += value * factor;
        here = start + length + more;
        limit = if factor > 1.0 { factor } else { lowest_free(value) };
        if limit <= 1.0 {
            break;
        }
    }
    let half = half_million(tokens, here).filter(|_| total >= 1_000_000.0);
    if half.is_some() {
        total += 500_000.0;
    }
    let length = here + half.unwrap_or(0) - at;
    (here > at).then_some(Number { value: total, decimals: 0, scale: 1.0, length })
}

/// «ونصف المليون» after millions, in tokens.
fn half_million(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    match (word(at), word(at + 1), word(at + 2), word(at + 3)) {
        ("و", "نصف", "هذه", "مليون") => Some(4),
        ("و", "نصف", "مليون" | "المليون", _) => Some(3),
        _ => None,
    }
}

/// What may still follow a group: units after tens, anything smaller after hundreds.
fn lowest_free(value: f64) -> f64 {
    if value >= 1_000_000.0 {
        1_000_000.0
    } else if value >= 1000.0 {
        1000.0
    } else if value % 100.0 == 0.0 && value >= 100.0 {
        100.0
    } else {
        1.0
    }
}

/// Past an "and" that joins two parts of one number; English says it only after hundreds and thousands.
fn joined(tokens: &[Token], here: usize, at: usize) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let joins = here > at && matches!(word(here), "و" | "and");
    // «المئة والعشرين»: both parts have the article.
    let article = joins && word(here + 1) == "هذه" && word(at).starts_with("ال");
    here + usize::from(joins) + usize::from(article)
}

/// A number below a thousand but for its hundreds in Arabic, or a whole hundred or thousand word.
fn group(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    if tokens.get(at)?.word == "a" && matches!(part(tokens, at + 1), Some((Role::Hundred | Role::Scale, _))) {
        return Some(after_unit(tokens, at, 1.0));
    }
    let (role, value) = part(tokens, at)?;
    match role {
        Role::Unit => Some(after_unit(tokens, at, value)),
        // «في الرابعة عشرة»: the fourteenth.
        Role::Ten if at > 0 && is_ordinal(&tokens[at - 1].word) => None,
        Role::Teen | Role::Ten => Some((value, 1)),
        Role::Tens => Some(after_tens(tokens, at, value)),
        Role::Hundreds | Role::Thousands => Some((value, 1)),
        Role::Scale if tokens[at].word.starts_with("الف") || tokens[at].word.starts_with("مليون") => {
            Some((value, 1))
        }
        // "Three per thousand".
        Role::Scale | Role::Hundred if at > 0 && matches!(tokens[at - 1].word.as_str(), "per" | "every") => {
            Some((value, 1))
        }
        Role::Scale | Role::Hundred => None,
    }
}

fn is_ordinal(word: &str) -> bool {
    Lexicon::get().is_ordinal(word.strip_prefix("ال").unwrap_or(word))
}

fn after_unit(tokens: &[Token], at: usize, value: f64) -> (f64, usize) {
    match part(tokens, at + 1) {
        Some((Role::Hundred, hundred)) => return (value * hundred, 2),
        Some((Role::Hundreds, 100.0)) if value > 2.0 => return (value * 100.0, 2),
        Some((Role::Ten, ten)) if !is_and(tokens, at + 1) => return (value + ten, 2),
        _ => {}
    }
    if is_and(tokens, at + 1)
        && let Some((Role::Tens, tens)) = part(tokens, at + 2)
        && tokens[at + 1].word == "و"
    {
        return (value + tens, 3);
    }
    // «الاثنتين والتسعين»: both parts have the article.
    let article = |at: usize| tokens.get(at).is_some_and(|token| token.word == "هذه");
    if is_and(tokens, at + 1)
        && at > 0
        && article(at - 1)
        && article(at + 2)
        && let Some((Role::Tens, tens)) = part(tokens, at + 3)
    {
        return (value + tens, 4);
    }
    (value, 1)
}

fn after_tens(tokens: &[Token], at: usize, value: f64) -> (f64, usize) {
    let hyphen = tokens.get(at + 1).is_some_and(|token| token.is_mark('-') && token.glued);
    let next = at + 1 + usize::from(hyphen);
    let latin = tokens[at].word.is_ascii();
    match part(tokens, next) {
        Some((Role::Unit, unit)) if latin && unit > 0.0 => (value + unit, next + 1 - at),
        _ => (value, 1),
    }
}

fn is_and(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| matches!(token.word.as_str(), "و" | "and"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prefixes::cut;

    fn read(text: &str) -> Option<(f64, bool)> {
        let tokens = cut(crate::tokens::tokens(text, 0));
        number(&tokens, 0).map(|number| (number.value, number.length == tokens.len()))
    }

    #[test]
    fn words_of_both_languages() {
        for (text, value) in [
            ("twenty-three", 23.0),
            ("a hundred and six", 106.0),
            ("two thousand one hundred and six", 2106.0),
            ("one hundred and twelve", 112.0),
            ("3 thousand", 3000.0),
            ("1.2 million", 1_200_000.0),
            ("two dozen", 24.0),
            ("ثلاثة", 3.0),
            ("خمسة عشر", 15.0),
            ("واحد وعشرون", 21.0),
            ("مئة وخمسة وعشرون", 125.0),
            ("ثلاثمئة واثنا عشر", 312.0),
            ("ثلاثة آلاف ومئتان", 3200.0),
            ("ألفان", 2000.0),
            ("خمس مئة", 500.0),
            ("12 ألف", 12000.0),
            ("مئة وخمسون", 150.0),
            ("مليون ومئتا ألف", 1_200_000.0),
            ("مليونان ونصف المليون", 2_500_000.0),
            ("مليونا و800 ألف", 1_800_000.0),
            ("3 آلاف و500", 3500.0),
        ] {
            assert_eq!(read(text), Some((value, true)), "{text}");
        }
        assert_eq!(read("three and four"), Some((3.0, false)));
        assert_eq!(read("خمسة وستة"), Some((5.0, false)));
    }
}
