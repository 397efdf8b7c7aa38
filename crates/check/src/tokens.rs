//! A text cut into words, numbers and marks, each with its place in code points and bytes.

use std::ops::Range;

use sijil_model::fold::{digit, fold};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Letters of any script.
    Word,
    /// Digits, with how many stand after the point.
    Number { value: f64, decimals: u32 },
    /// One sign, in its plain form: every dash is `-`, every comma `,`.
    Mark(char),
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub kind: Kind,
    /// Folded for look-up; empty for marks.
    pub word: String,
    /// Code points, half-open.
    pub points: Range<u32>,
    /// No space before it.
    pub glued: bool,
    /// It starts with a capital letter.
    pub capital: bool,
}

impl Token {
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// Cuts a text whose first letter is the code point `first` of the whole.
pub(crate) fn tokens(text: &str, first: u32) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let mut list = Vec::new();
    let (mut at, mut glued) = (0, false);
    while at < letters.len() {
        let letter = letters[at];
        if letter.is_whitespace() {
            (at, glued) = (at + 1, false);
            continue;
        }
        if is_invisible(letter) {
            at += 1;
            continue;
        }
        if let Some(end) =
            end_of_address(&letters, at).filter(|_| !glued || !letters[at - 1].is_alphanumeric())
        {
            let points = first + at as u32..first + end as u32;
            let word = "address".to_owned();
            list.push(Token { kind: Kind::Word, word, points, glued, capital: false });
            (at, glued) = (end, true);
            continue;
        }
        let end = end_of(&letters, at);
        let raw = &letters[at..end];
        let points = first + at as u32..first + end as u32;
        push(&mut list, raw, points, glued);
        (at, glued) = (end, true);
    }
    list
}

/// Where a web address that starts at a place ends; its digits count nothing.
fn end_of_address(letters: &[char], at: usize) -> Option<usize> {
    let starts = |with: &str| {
        with.chars()
            .enumerate()
            .all(|(ahead, letter)| letters.get(at + ahead).is_some_and(|other| *other == letter))
    };
    if !["http://", "https://", "www."].iter().any(|with| starts(with)) {
        return None;
    }
    let ends =
        |letter: &char| letter.is_whitespace() || matches!(letter, ')' | ']' | '>' | '<' | '"' | '»' | '|');
    Some(letters[at..].iter().position(ends).map_or(letters.len(), |length| at + length))
}

fn push(list: &mut Vec<Token>, raw: &[char], points: Range<u32>, glued: bool) {
    let letter = raw[0];
    let capital = letter.is_uppercase();
    if letter.is_numeric() {
        let kind = number(raw);
        list.push(Token { kind, word: String::new(), points, glued, capital });
    } else if letter.is_alphabetic() {
        let word = fold(&raw.iter().collect::<String>());
        list.push(Token { kind: Kind::Word, word, points, glued, capital });
    } else {
        list.push(Token { kind: Kind::Mark(plain(letter)), word: String::new(), points, glued, capital });
    }
}

fn end_of(letters: &[char], at: usize) -> usize {
    let first = letters[at];
    let mut end = at + 1;
    if first.is_numeric() {
        while end < letters.len() && (letters[end].is_numeric() || separates(letters, end)) {
            end += 1;
        }
    } else if first.is_alphabetic() {
        while end < letters.len() && continues_word(letters, end) {
            end += 1;
        }
    }
    end
}

fn continues_word(letters: &[char], at: usize) -> bool {
    let letter = letters[at];
    let apostrophe = matches!(letter, '\'' | '’' | 'ʼ')
        && letters.get(at + 1).is_some_and(|next| next.is_alphabetic() && !matches!(next, 's' | 'S'));
    letter.is_alphabetic() && !letter.is_numeric() || is_combining(letter) || apostrophe
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0640}' | '\u{0300}'..='\u{036f}')
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
}

/// A sign inside a number: three digits after a separator of thousands, one or more after a decimal point.
fn separates(letters: &[char], at: usize) -> bool {
    let digits = letters[at + 1..].iter().take_while(|letter| letter.is_numeric()).count();
    match letters[at] {
        ',' | '.' | '٫' => digits > 0,
        '٬' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' => digits == 3,
        '،' => digits == 3 && letters[at - 1].is_numeric() && !letters[at + 1].is_whitespace(),
        _ => false,
    }
}

/// The value of digits in any script; "1,250" is thousands, "4,2" and "4.25" are decimal.
fn number(raw: &[char]) -> Kind {
    let signs: Vec<usize> = (0..raw.len()).filter(|at| !raw[*at].is_numeric()).collect();
    let decimal = match signs.as_slice() {
        [] => None,
        [.., last] => {
            let after = raw.len() - last - 1;
            let grouped =
                after == 3 && !matches!(raw[*last], '٫') && !(signs.len() == 1 && raw[*last] == '.');
            (!grouped).then_some(*last)
        }
    };
    let mut digits = String::new();
    for (at, letter) in raw.iter().enumerate() {
        if Some(at) == decimal {
            digits.push('.');
        } else if let Some(digit) = digit(*letter).and_then(|value| char::from_digit(value, 10)) {
            digits.push(digit);
        }
    }
    let decimals = decimal.map_or(0, |at| (raw.len() - at - 1) as u32);
    digits.parse().map_or(Kind::Mark('#'), |value| Kind::Number { value, decimals })
}

fn plain(letter: char) -> char {
    match letter {
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '،' => ',',
        '؛' => ';',
        '؟' | '!' => '?',
        '٪' => '%',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_both_scripts() {
        for (text, expected, places) in [
            ("1,250", 1250.0, 0),
            ("4.2", 4.2, 1),
            ("٤٫٢", 4.2, 1),
            ("٤,٢", 4.2, 1),
            ("١٬٢٥٠", 1250.0, 0),
            ("١٢٥", 125.0, 0),
            ("1\u{a0}250", 1250.0, 0),
            ("41.67", 41.67, 2),
        ] {
            let list = tokens(text, 0);
            assert_eq!(list.len(), 1, "{text}");
            assert_eq!(list[0].kind, Kind::Number { value: expected, decimals: places }, "{text}");
        }
    }

    #[test]
    fn places_are_code_points() {
        let list = tokens("قُتل 12، و٣.", 100);
        let places: Vec<_> = list.iter().map(|token| token.points.clone()).collect();
        assert_eq!(places, [100..104, 105..107, 107..108, 109..110, 110..111, 111..112]);
    }
}
