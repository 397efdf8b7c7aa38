//! Cardinal numbers in English words: "twenty-three", "a hundred and six", "two dozen".

use super::Number;
use crate::tokens::Tokens;

/// The number that starts at a token, if its words make one.
pub(crate) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    if let Some(special) = dozen(tokens, at) {
        return Some(special);
    }
    let (mut total, mut current, mut here, mut last) = (0u64, 0u64, at, Last::Nothing);
    loop {
        let step = joint(tokens, here, last);
        let word = tokens.word(here + step);
        let Some(value) = value(word, last) else { break };
        match value {
            Value::Article if last == Last::Nothing => {}
            Value::Unit(n) if last.takes_unit() => current += n,
            Value::Teen(n) if last.takes_tens() => current += n,
            Value::Tens(n) if last.takes_tens() => current += n,
            Value::Hundred if last.takes_hundred() => current = current.max(1).checked_mul(100)?,
            Value::Scale(scale) if last != Last::Nothing && last != Last::Scale => {
                total = total.checked_add(current.max(1).checked_mul(scale)?)?;
                current = 0;
            }
            _ => break,
        }
        last = value.kind();
        here += step + 1;
    }
    let said = last != Last::Nothing && last != Last::Article;
    (said && here > at).then_some(Number { n: total + current, length: here - at })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Article,
    Unit,
    Teen,
    Tens,
    Hundred,
    Scale,
}

impl Last {
    fn takes_unit(self) -> bool {
        matches!(self, Last::Nothing | Last::Tens | Last::Hundred | Last::Scale)
    }
    fn takes_tens(self) -> bool {
        matches!(self, Last::Nothing | Last::Hundred | Last::Scale)
    }
    fn takes_hundred(self) -> bool {
        matches!(self, Last::Article | Last::Unit | Last::Teen)
    }
}

enum Value {
    Article,
    Unit(u64),
    Teen(u64),
    Tens(u64),
    Hundred,
    Scale(u64),
}

impl Value {
    fn kind(&self) -> Last {
        match self {
            Value::Article => Last::Article,
            Value::Unit(_) => Last::Unit,
            Value::Teen(_) => Last::Teen,
            Value::Tens(_) => Last::Tens,
            Value::Hundred => Last::Hundred,
            Value::Scale(_) => Last::Scale,
        }
    }
}

/// How many tokens join the next number word: a hyphen after tens, "and" after a hundred or thousand.
fn joint(tokens: &Tokens<'_>, here: usize, last: Last) -> usize {
    match last {
        Last::Tens if tokens.is_mark(here, '-') && tokens.is_glued(here) => 1,
        Last::Hundred | Last::Scale if tokens.word(here) == "and" => 1,
        _ => 0,
    }
}

fn dozen(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let (n, length) = match (tokens.word(at), tokens.word(at + 1), tokens.word(at + 2)) {
        ("half", "a", "dozen") => (6, 3),
        ("a", "dozen", _) => (12, 2),
        ("dozen", _, _) => (12, 1),
        ("two", "dozen", _) => (24, 2),
        ("three", "dozen", _) => (36, 2),
        ("a", "couple", "of") => (2, 3),
        ("both", _, _) => (2, 1),
        _ => return None,
    };
    Some(Number { n, length })
}

fn value(word: &str, last: Last) -> Option<Value> {
    Some(match word {
        "zero" => Value::Unit(0),
        "one" => Value::Unit(1),
        "two" => Value::Unit(2),
        "three" => Value::Unit(3),
        "four" => Value::Unit(4),
        "five" => Value::Unit(5),
        "six" => Value::Unit(6),
        "seven" => Value::Unit(7),
        "eight" => Value::Unit(8),
        "nine" => Value::Unit(9),
        "ten" => Value::Teen(10),
        "eleven" => Value::Teen(11),
        "twelve" => Value::Teen(12),
        "thirteen" => Value::Teen(13),
        "fourteen" => Value::Teen(14),
        "fifteen" => Value::Teen(15),
        "sixteen" => Value::Teen(16),
        "seventeen" => Value::Teen(17),
        "eighteen" => Value::Teen(18),
        "nineteen" => Value::Teen(19),
        "twenty" => Value::Tens(20),
        "thirty" => Value::Tens(30),
        "forty" | "fourty" => Value::Tens(40),
        "fifty" => Value::Tens(50),
        "sixty" => Value::Tens(60),
        "seventy" => Value::Tens(70),
        "eighty" => Value::Tens(80),
        "ninety" => Value::Tens(90),
        "hundred" => Value::Hundred,
        "thousand" => Value::Scale(1_000),
        "million" => Value::Scale(1_000_000),
        "a" if last == Last::Nothing => Value::Article,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<u64> {
        let tokens = Tokens::of(text);
        number(&tokens, 0).filter(|number| number.length == tokens.len()).map(|number| number.n)
    }

    /// English words for a number, written without looking at the reader.
    fn words(n: u64) -> String {
        const SMALL: [&str; 20] = [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        const TENS: [&str; 10] =
            ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        match n {
            0..=19 => SMALL[n as usize].to_owned(),
            20..=99 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
            20..=99 => format!("{}-{}", TENS[n as usize / 10], SMALL[n as usize % 10]),
            100..=999 if n.is_multiple_of(100) => format!("{} hundred", words(n / 100)),
            100..=999 => format!("{} hundred and {}", words(n / 100), words(n % 100)),
            1_000..=999_999 if n.is_multiple_of(1_000) => format!("{} thousand", words(n / 1_000)),
            1_000..=999_999 if n % 1_000 < 100 => {
                format!("{} thousand and {}", words(n / 1_000), words(n % 1_000))
            }
            _ => format!("{} thousand {}", words(n / 1_000), words(n % 1_000)),
        }
    }

    #[test]
    fn every_number_up_to_two_thousand_comes_back() {
        for n in 1..=2_000 {
            assert_eq!(read(&words(n)), Some(n), "{}", words(n));
        }
    }

    #[test]
    fn special_words() {
        for (text, n) in [
            ("a hundred and six", 106),
            ("half a dozen", 6),
            ("a dozen", 12),
            ("two dozen", 24),
            ("a thousand", 1000),
        ] {
            assert_eq!(read(text), Some(n), "{text}");
        }
        for text in ["a", "hundred", "and", "people"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_come_back(n in 1u64..1_000_000) {
            prop_assert_eq!(read(&words(n)), Some(n));
        }
    }
}
