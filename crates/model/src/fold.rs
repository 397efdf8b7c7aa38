//! Folding: one spelling for look-up. The text itself is never changed, only what it is compared by.

/// Folds Arabic and Latin spellings together for search and comparison.
///
/// Presentation forms, tashkeel, tatweel, invisible marks and case go; أإآٱ become ا, ى becomes ي, ة becomes ه;
/// Arabic and Persian digits become 0-9; everything but letters and digits becomes one space.
/// «مُحَمَّـــد أحمد» and «محمد احمد» fold to the same.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        fold_letter(letter, &mut folded);
    }
    while folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The value of a digit: Western, Arabic-Indic or Persian.
pub fn digit(letter: char) -> Option<u32> {
    match letter {
        '٠'..='٩' => Some(letter as u32 - '٠' as u32),
        '۰'..='۹' => Some(letter as u32 - '۰' as u32),
        other => other.to_digit(10),
    }
}

/// A text with its digits as Western ones; everything else as it stands.
pub fn western_digits(text: &str) -> String {
    let western =
        |letter: char| digit(letter).and_then(|value| char::from_digit(value, 10)).unwrap_or(letter);
    text.chars().map(western).collect()
}

/// Appends one letter's folded form; a separator is appended as at most one space, none at the start.
pub fn fold_letter(letter: char, out: &mut String) {
    match letter {
        '\u{064b}'..='\u{065f}'
        | '\u{0670}'
        | '\u{0640}'
        | '\u{0610}'..='\u{061a}'
        | '\u{06d6}'..='\u{06ed}' => {}
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{00ad}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        'ة' => out.push('ه'),
        '٠'..='٩' => out.push(char::from(b'0' + (letter as u32 - '٠' as u32) as u8)),
        '۰'..='۹' => out.push(char::from(b'0' + (letter as u32 - '۰' as u32) as u8)),
        letter if letter.is_ascii() => {
            if letter.is_ascii_alphanumeric() {
                out.push(letter.to_ascii_lowercase());
            } else if letter != '\'' && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        // What is left of the Arabic alphabet stands for itself.
        'ء' | 'ا'..='غ' | 'ف'..='و' | 'ي' => out.push(letter),
        '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' => {}
        letter => fold_rare(letter, out),
    }
}

fn fold_rare(letter: char, out: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    for part in std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)) {
        if part != letter {
            fold_letter(part, out);
        } else if part.is_alphanumeric() {
            out.extend(part.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_of_every_keyboard() {
        assert_eq!(western_digits("٢٠٣١-۱۰, 7 é"), "2031-10, 7 é");
        assert_eq!(
            ("0٩۵".chars().map(digit).collect::<Vec<_>>(), digit('a')),
            (vec![Some(0), Some(9), Some(5)], None)
        );
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("مُحَمَّـــد", "محمد"),
            ("أحمد", "احمد"),
            ("مدرسة", "مدرسه"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("٢٣", "23"),
            ("Café", "cafe"),
            ("Qal’at al-Bahr", "qalat AL  BAHR"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_ne!(fold("على"), fold("علا"));
    }

    #[test]
    fn the_arabic_alphabet_folds_as_its_decomposition_says() {
        for letter in '\u{0620}'..='\u{064a}' {
            let (mut quick, mut slow) = (String::new(), String::new());
            fold_letter(letter, &mut quick);
            fold_rare(letter, &mut slow);
            let named = matches!(letter, 'أ' | 'إ' | 'آ' | 'ى' | 'ة' | '\u{0640}');
            assert!(named || quick == slow, "{letter}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
