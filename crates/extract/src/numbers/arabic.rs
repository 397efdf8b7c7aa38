//! Cardinal numbers in Arabic words: ثلاثة عشر, مئة وخمسة وعشرون, ثلاثة آلاف ومئتان.
//!
//! Words are folded before they come here (ة is ه, أ is ا). Parts join by «و», but for teens (خمسة عشر), hundreds
//! written apart (خمس مئة) and thousands (ستة آلاف).

use super::Number;
use crate::tokens::Tokens;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Unit(u64),
    Ten,
    Tens(u64),
    Hundreds(u64),
    Hundred,
    Thousands(u64),
    Thousand,
    Million,
}

/// The number that starts at a token, if its words make one.
pub(crate) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let (first, _) = read(tokens.word(at), true)?;
    let mut sum = Sum::default();
    if !sum.take(first, false) {
        return None;
    }
    let mut end = at + 1;
    while tokens.is_arabic(end) || tokens.is_number(end) {
        // «مئة و 25» is not written so; a loose «و» before a number word is.
        let loose = usize::from(tokens.word(end) == "و");
        let Some((value, joined)) = read(tokens.word(end + loose), false) else { break };
        if !sum.take(value, joined || loose == 1) {
            break;
        }
        end += loose + 1;
    }
    // «الأول» and lone scales are no counts; «مئة» and «ألف» are.
    Some(Number { n: sum.value()?, length: end - at })
}

/// What the words have come to so far.
#[derive(Default)]
struct Sum {
    millions: u64,
    thousands: u64,
    below: u64,
    last: Option<Value>,
}

impl Sum {
    /// Takes the next word, or says that it is not part of this number.
    fn take(&mut self, value: Value, joined: bool) -> bool {
        use Value::*;
        let fits = match (self.last, value) {
            (None, _) => true,
            (Some(Unit(_)), Ten | Hundred | Thousand | Million) => !joined,
            (Some(Unit(_)), Tens(_)) => joined,
            (Some(Ten), Thousand | Million) => !joined,
            (Some(Tens(_)), Thousand | Million) => !joined,
            (Some(Hundreds(_) | Hundred), Unit(_) | Tens(_) | Ten) => joined,
            (Some(Hundreds(_) | Hundred), Thousand | Million) => !joined,
            (Some(Thousands(_) | Thousand | Million), Unit(_) | Tens(_) | Ten | Hundreds(_) | Hundred) => {
                joined
            }
            (Some(Million), Thousands(_) | Thousand) => joined,
            _ => false,
        };
        if fits {
            self.add(value);
            self.last = Some(value);
        }
        fits
    }

    fn add(&mut self, value: Value) {
        let after_unit = matches!(self.last, Some(Value::Unit(_)));
        match value {
            Value::Unit(n) | Value::Tens(n) | Value::Hundreds(n) => self.below += n,
            Value::Ten => self.below += 10,
            Value::Hundred if after_unit => {
                // «ثلاث مئة»: the unit counts hundreds.
                let unit = self.below % 10;
                self.below += unit * 100 - unit;
            }
            Value::Hundred => self.below += 100,
            Value::Thousands(n) => self.thousands += n,
            Value::Thousand => self.thousands += std::mem::take(&mut self.below).max(1),
            Value::Million => self.millions += std::mem::take(&mut self.below).max(1),
        }
    }

    fn value(&self) -> Option<u64> {
        let total = self.millions * 1_000_000 + self.thousands * 1_000 + self.below;
        (total > 0).then_some(total)
    }
}

/// One number word; `true` beside it where «و» is its prefix. The first word may carry other prefixes too.
fn read(word: &str, first: bool) -> Option<(Value, bool)> {
    if let Some(value) = value(word) {
        // «وأحد» folds to «واحد»: inside a number it is «و» and «أحد».
        return Some((value, !first && word == "واحد"));
    }
    let stripped = word.strip_prefix('و').or_else(|| word.strip_prefix('ف'));
    if let Some(value) = stripped.and_then(value) {
        return Some((value, true));
    }
    if first {
        let bare = stripped.unwrap_or(word);
        let bare = bare.strip_prefix('ب').or_else(|| bare.strip_prefix('ل')).unwrap_or(bare);
        return value(bare).map(|value| (value, false));
    }
    None
}

/// A number with the article, as it follows what it counts: «أطفالها الثلاثة», «القتلى الأربعة عشر», «الجرحى الثلاثين»,
/// «الشهداء الـ12».
pub(crate) fn definite(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    use Value::{Hundred, Hundreds, Ten, Tens, Unit};
    if tokens.word(at) == "ال" {
        let n = tokens.word(at + 1).parse().ok().filter(|_| tokens.is_number(at + 1))?;
        return Some(Number { n, length: 2 });
    }
    let with_article = |at: usize| tokens.word(at).strip_prefix("ال").and_then(value);
    let teen = value(tokens.word(at + 1)) == Some(Ten);
    let tens = tokens.word(at + 1).strip_prefix("وال").and_then(value);
    match (with_article(at)?, tens) {
        (Unit(n), _) if teen => Some(Number { n: n + 10, length: 2 }),
        (Unit(n), Some(Tens(tens))) => Some(Number { n: n + tens, length: 2 }),
        // «الاثنين» is a Monday, «الأحد» a Sunday.
        (Unit(n), _) if n > 2 => Some(Number { n, length: 1 }),
        (Ten, _) => Some(Number { n: 10, length: 1 }),
        (Hundred, _) => Some(Number { n: 100, length: 1 }),
        (Tens(n) | Hundreds(n), _) => Some(Number { n, length: 1 }),
        _ => None,
    }
}

fn value(word: &str) -> Option<Value> {
    use Value::*;
    Some(match word {
        "واحد" | "واحدا" | "واحده" | "احدي" | "حدي" | "احد" => Unit(1),
        "اثنان" | "اثنين" | "اتنين" | "اثنتان" | "اثنتين" | "اثنا" | "اثني" | "اثنتا" | "اثنتي" => {
            Unit(2)
        }
        "ثلاثه" | "ثلاث" | "تلاته" | "تلات" => Unit(3),
        "اربعه" | "اربع" => Unit(4),
        "خمسه" | "خمس" => Unit(5),
        "سته" | "ست" => Unit(6),
        "سبعه" | "سبع" => Unit(7),
        "ثمانيه" | "ثماني" | "ثمان" | "تمانيه" | "تمان" => Unit(8),
        "تسعه" | "تسع" => Unit(9),
        "عشره" | "عشر" => Ten,
        "عشرون" | "عشرين" => Tens(20),
        "ثلاثون" | "ثلاثين" => Tens(30),
        "اربعون" | "اربعين" => Tens(40),
        "خمسون" | "خمسين" => Tens(50),
        "ستون" | "ستين" => Tens(60),
        "سبعون" | "سبعين" => Tens(70),
        "ثمانون" | "ثمانين" => Tens(80),
        "تسعون" | "تسعين" => Tens(90),
        "مءه" | "ميه" | "مايه" | "ماءه" | "مايا" => Hundred,
        "مءتان" | "ميتان" | "ميتين" | "مايتان" | "مايتين" | "ميتي" | "مايتي" => {
            Hundreds(200)
        }
        "ثلاثميه" | "ثلاثمايه" => Hundreds(300),
        "اربعميه" | "اربعمايه" => Hundreds(400),
        "خمسميه" | "خمسمايه" => Hundreds(500),
        "ستميه" | "ستمايه" => Hundreds(600),
        "سبعميه" | "سبعمايه" => Hundreds(700),
        "ثمانميه" | "ثمانمايه" | "ثمانيميه" => Hundreds(800),
        "تسعميه" | "تسعمايه" => Hundreds(900),
        "الف" | "الاف" | "الفا" => Thousand,
        "الفان" | "الفين" | "الفي" => Thousands(2),
        "مليون" | "ملايين" | "مليونا" => Million,
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

    /// Arabic words for a number, written without looking at the reader.
    fn words(n: u64) -> String {
        const UNITS: [&str; 11] =
            ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
        const TENS: [&str; 10] =
            ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];
        const HUNDREDS: [&str; 10] =
            ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"];
        match n {
            0..=10 => UNITS[n as usize].to_owned(),
            11 => "أحد عشر".into(),
            12 => "اثنا عشر".into(),
            13..=19 => format!("{} عشر", UNITS[n as usize - 10]),
            20..=99 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
            20..=99 => format!("{} و{}", UNITS[n as usize % 10], TENS[n as usize / 10]),
            100..=999 if n.is_multiple_of(100) => HUNDREDS[n as usize / 100].to_owned(),
            100..=999 => format!("{} و{}", HUNDREDS[n as usize / 100], words(n % 100)),
            _ => {
                let thousands = match n / 1_000 {
                    1 => "ألف".to_owned(),
                    2 => "ألفان".to_owned(),
                    k @ 3..=10 => format!("{} آلاف", words(k)),
                    k => format!("{} ألف", words(k)),
                };
                if n.is_multiple_of(1_000) {
                    thousands
                } else {
                    format!("{thousands} و{}", words(n % 1_000))
                }
            }
        }
    }

    #[test]
    fn every_number_up_to_two_thousand_comes_back() {
        for n in 1..=2_000 {
            assert_eq!(read(&words(n)), Some(n), "{}", words(n));
        }
    }

    #[test]
    fn spellings_and_prefixes() {
        for (text, n) in [
            ("ثلاث عشرة", 13),
            ("اثنتي عشرة", 12),
            ("مائة وخمسة وعشرين", 125),
            ("مائتين", 200),
            ("ثلاث مئة", 300),
            ("خمس وثلاثين", 35),
            ("بثلاثة", 3),
            ("وخمسة", 5),
            ("أربعة آلاف", 4_000),
            ("إحدى عشرة", 11),
        ] {
            assert_eq!(read(text), Some(n), "{text}");
        }
        for text in ["طفل", "و", "الأول"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_come_back(n in 1u64..100_000) {
            prop_assert_eq!(read(&words(n)), Some(n));
        }
    }
}
