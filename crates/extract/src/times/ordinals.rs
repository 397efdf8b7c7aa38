//! Days of a month that are said by their number in words: "the tenth of June", العاشر من حزيران.

use crate::tokens::Tokens;

/// The folded words for the first to the nineteenth, without what follows the tens.
const ENGLISH: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const ARABIC: [&str; 10] =
    ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"];

/// The day that words name, and where they end; a month has to follow, else "second" is anything.
pub(super) fn day(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    if tokens.is_arabic(at) { arabic(tokens, at) } else { english(tokens, at) }
}

fn position(words: &[&str], word: &str) -> Option<u8> {
    words.iter().position(|other| *other == word).and_then(|at| u8::try_from(at + 1).ok())
}

fn english(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    // Every word of a text comes here: most are told by their ending.
    if !matches!(
        tokens.word(at).as_bytes(),
        [.., b't', b'h' | b'y'] | [.., b's', b't'] | [.., b'n' | b'r', b'd']
    ) {
        return None;
    }
    let tens = match tokens.word(at) {
        "twentieth" => return Some((20, at + 1)),
        "thirtieth" => return Some((30, at + 1)),
        "twenty" => 20,
        "thirty" => 30,
        word => return position(&ENGLISH, word).map(|day| (day, at + 1)),
    };
    let unit = at + 1 + usize::from(tokens.is_mark(at + 1, '-'));
    let day = position(&ENGLISH[..9], tokens.word(unit)).map(|unit| tens + unit)?;
    (day <= 31).then_some((day, unit + 1))
}

/// العاشر, الثاني عشر, الحادي والعشرين, العشرين.
fn arabic(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let word = tokens.word(at);
    let tens = |word: &str| match word {
        "العشرين" | "العشرون" => Some(20),
        "الثلاثين" | "الثلاثون" => Some(30),
        _ => None,
    };
    if let Some(day) = tens(word) {
        return Some((day, at + 1));
    }
    let unit = if word == "الحادي" { 1 } else { position(&ARABIC, word)? };
    let next = tokens.word(at + 1);
    if next == "عشر" {
        return (unit <= 9).then_some((unit + 10, at + 2));
    }
    match next.strip_prefix('و').and_then(tens) {
        Some(tens) if unit <= 9 && tens + unit <= 31 => Some((tens + unit, at + 2)),
        _ => (word != "الحادي").then_some((unit, at + 1)),
    }
}
