//! Sums of money written with a sign, as the words that they stand for: "$2.4m" is 2.4 million dollars.
//!
//! Rules then read them as any other number that something is counted by; a currency is a kind of its own
//! (`data/nouns.csv`), so that no sum of money is added to people, nor one currency to another.

use crate::tokens::{Kind, Token};

/// The class of every currency.
pub(crate) const MONEY: &str = "money";

/// Writes the currency after its number, and abbreviated thousands, millions and milliards in full.
pub(crate) fn written_out(tokens: Vec<Token>) -> Vec<Token> {
    let mut list = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match sum(&tokens, at) {
            Some((words, length)) => {
                list.extend(words);
                at += length;
            }
            None => {
                list.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    list
}

/// The words of the sum that starts with its currency at a token, and how many tokens it takes.
fn sum(tokens: &[Token], at: usize) -> Option<(Vec<Token>, usize)> {
    let (currency, sign) = currency(tokens, at)?;
    let mut words = number(tokens, at + sign)?;
    words[0].points.start = tokens[at].points.start;
    words[0].glued = tokens[at].glued;
    let mut length = sign + words.len();
    // "$50–60 million".
    let dash = tokens.get(at + length).filter(|mark| mark.is_mark('-') && mark.glued);
    if let Some(dash) = dash {
        let again = usize::from(currency_sign(tokens, at + length + 1).is_some());
        if let Some(last) = number(tokens, at + length + 1 + again) {
            length += 1 + again + last.len();
            words.push(dash.clone());
            words.extend(last);
        }
    }
    let end = words.last()?.points.end;
    words.push(word(currency, end..end));
    Some((words, length))
}

/// The currency that a sign or an abbreviation at a token stands for, with its tokens.
fn currency(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    if let Some(currency) = currency_sign(tokens, at) {
        return Some((currency, 1));
    }
    match tokens[at].word.as_str() {
        "us" if currency_sign(tokens, at + 1) == Some("dollars") => Some(("dollars", 2)),
        "usd" => Some(("dollars", 1)),
        "eur" => Some(("euros", 1)),
        "gbp" => Some(("pounds", 1)),
        _ => None,
    }
}

fn currency_sign(tokens: &[Token], at: usize) -> Option<&'static str> {
    match tokens.get(at)?.kind {
        Kind::Mark('$') => Some("dollars"),
        Kind::Mark('€') => Some("euros"),
        Kind::Mark('£') => Some("pounds"),
        _ => None,
    }
}

/// A number in digits with the thousands or millions that are written onto it.
fn number(tokens: &[Token], at: usize) -> Option<Vec<Token>> {
    let digits = tokens.get(at).filter(|token| matches!(token.kind, Kind::Number { .. }))?;
    let after = tokens.get(at + 1).filter(|token| token.kind == Kind::Word);
    let scale = after.and_then(|after| {
        let full = match after.word.as_str() {
            "k" => "thousand",
            "m" | "mn" | "mln" => "million",
            "bn" => "billion",
            "thousand" | "million" | "billion" => after.word.as_str(),
            _ => return None,
        };
        Some(word(full, after.points.clone()))
    });
    Some(std::iter::once(digits.clone()).chain(scale).collect())
}

fn word(word: &str, points: std::ops::Range<u32>) -> Token {
    Token { kind: Kind::Word, word: word.to_owned(), points, glued: false, capital: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[test]
    fn currencies_stand_after_their_numbers() {
        for (text, expected) in [
            ("$120 each", "# dollars each"),
            ("US$2.4 million", "# million dollars"),
            ("€3.2m of", "# million euros of"),
            ("$50-60 million", "# - # million dollars"),
            ("USD 45k", "# thousand dollars"),
            ("us and them", "us and them"),
            ("$", "$"),
        ] {
            let words: Vec<String> = written_out(tokens(text, 0))
                .into_iter()
                .map(|token| match token.kind {
                    Kind::Number { .. } => "#".to_owned(),
                    Kind::Mark(mark) => mark.to_string(),
                    Kind::Word => token.word,
                })
                .collect();
            assert_eq!(words.join(" "), expected);
        }
    }

    #[test]
    fn a_sum_begins_at_its_sign() {
        let list = written_out(tokens("US$2.4m", 10));
        assert_eq!((list[0].points.clone(), list[1].points.clone()), (10..16, 16..17));
    }
}
