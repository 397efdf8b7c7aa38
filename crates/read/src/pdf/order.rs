//! Text from a page put into the order and the letters of writing.
//!
//! In a page's order an Arabic line may stand as the eye meets it from the left: the last letter first. Letter shapes
//! tell: in writing, the shape that begins a word comes before the one that ends it.

use unicode_normalization::UnicodeNormalization as _;

/// The text without direction controls, with letters for shapes, and lines of seen order turned; with the number
/// of lines turned.
pub(super) fn put_right(text: &str) -> (String, u64) {
    let mut out = String::with_capacity(text.len());
    let mut turned = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let line = without_controls(line);
        if is_seen_order(&line) {
            turned += 1;
            push_letters(&marks_on_letters(&turn(&line)), &mut out);
        } else {
            push_letters(&marks_on_letters(&line), &mut out);
        }
    }
    (out, turned)
}

/// A line without direction controls.
///
/// In a right-to-left line (U+202B) `pdftotext` writes a run of Latin letters or figures (U+202A … U+202C) as it is
/// seen from the left, so that the space or point after `12` stands before it. These go to the other end of the run.
fn without_controls(line: &str) -> String {
    let rtl = line.contains('\u{202B}');
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, run)) = rest.split_once('\u{202A}').filter(|_| rtl) {
        let (run, after) = run.split_once('\u{202C}').unwrap_or((run, ""));
        push_plain(before, &mut out);
        let inner = run.trim_matches(|letter| !runs_left(letter));
        // A run of nothing but points and spaces has no inner part, and is all edge.
        let (left, right) = run.split_once(inner).filter(|_| !inner.is_empty()).unwrap_or((run, ""));
        right.chars().rev().for_each(|letter| out.push(letter));
        push_plain(inner, &mut out);
        left.chars().rev().for_each(|letter| out.push(letter));
        rest = after;
    }
    push_plain(rest, &mut out);
    out
}

fn push_plain(line: &str, out: &mut String) {
    out.extend(line.chars().filter(|letter| !is_direction_control(*letter)));
}

/// A mark cannot begin a word: it belongs to the letter after it, or where there is none to the word before.
fn marks_on_letters(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = is_mark(letter) && (out.is_empty() || out.ends_with(char::is_whitespace));
        if begins {
            let next = letters.next_if(|next| is_rtl(*next) && next.is_alphabetic() && !is_mark(*next));
            if next.is_none() && out.trim_end().ends_with(is_rtl) {
                out.truncate(out.trim_end().len());
            }
            out.extend(next);
        }
        out.push(letter);
    }
    out
}

fn is_direction_control(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// A shape that Unicode keeps for old systems, U+FB50–FDFF and U+FE70–FEFC.
fn is_shape(letter: char) -> bool {
    matches!(letter, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Only shapes are normalised: NFKC would also change marks and figures that are as the author wrote them.
fn push_letters(line: &str, out: &mut String) {
    for letter in line.chars() {
        if is_shape(letter) { out.extend(std::iter::once(letter).nfkc()) } else { out.push(letter) }
    }
}

/// How a shape joins its neighbours in writing order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joins {
    /// Begins or continues a word: something must follow.
    On,
    /// Ends a joined run: something must come before.
    Back,
    Neither,
}

fn joins(letter: char) -> Joins {
    // Unicode's compatibility decompositions carry the form in their order within the blocks: isolated, final,
    // initial, medial for letters with four forms; isolated, final for those with two.
    match letter as u32 {
        code @ 0xFE80..=0xFEF4 => shape_of(code),
        code @ (0xFEF5..=0xFEFC) => {
            if code % 2 == 0 {
                Joins::Back
            } else {
                Joins::Neither
            }
        }
        _ => Joins::Neither,
    }
}

/// First code of each letter in U+FE80–FEF4 with the number of its forms.
const FORMS: [(u32, u32); 37] = [
    (0xFE80, 1),
    (0xFE81, 2),
    (0xFE83, 2),
    (0xFE85, 2),
    (0xFE87, 2),
    (0xFE89, 4),
    (0xFE8D, 2),
    (0xFE8F, 4),
    (0xFE93, 2),
    (0xFE95, 4),
    (0xFE99, 4),
    (0xFE9D, 4),
    (0xFEA1, 4),
    (0xFEA5, 4),
    (0xFEA9, 2),
    (0xFEAB, 2),
    (0xFEAD, 2),
    (0xFEAF, 2),
    (0xFEB1, 4),
    (0xFEB5, 4),
    (0xFEB9, 4),
    (0xFEBD, 4),
    (0xFEC1, 4),
    (0xFEC5, 4),
    (0xFEC9, 4),
    (0xFECD, 4),
    (0xFED1, 4),
    (0xFED5, 4),
    (0xFED9, 4),
    (0xFEDD, 4),
    (0xFEE1, 4),
    (0xFEE5, 4),
    (0xFEE9, 4),
    (0xFEED, 2),
    (0xFEEF, 2),
    (0xFEF1, 4),
    (0xFEF5, 2),
];

fn shape_of(code: u32) -> Joins {
    let letter = FORMS.partition_point(|(first, _)| *first <= code) - 1;
    match code - FORMS[letter].0 {
        1 => Joins::Back,
        2 | 3 => Joins::On,
        _ => Joins::Neither,
    }
}

/// Whether the shapes of a line stand last before first: more ends followed by beginnings than the other way.
fn is_seen_order(line: &str) -> bool {
    let letters: Vec<char> = line.chars().filter(|letter| !is_mark(*letter)).collect();
    let (mut written, mut seen) = (0, 0);
    for pair in letters.windows(2) {
        match (joins(pair[0]), joins(pair[1])) {
            (Joins::On, Joins::Back) => written += 1,
            (Joins::Back, Joins::On) => seen += 1,
            _ => {}
        }
    }
    seen > written
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{FE70}'..='\u{FE7F}')
}

fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{65F}' | '\u{66E}'..='\u{6EF}' | '\u{6FA}'..='\u{8FF}')
        || is_shape(letter)
}

/// Turns a line round, and within it turns back what runs left to right: Latin words and figures.
fn turn(line: &str) -> String {
    let letters: Vec<char> = line.chars().rev().map(mirrored).collect();
    let mut turned: Vec<char> = Vec::with_capacity(letters.len());
    let mut index = 0;
    while index < letters.len() {
        if !runs_left(letters[index]) {
            turned.push(letters[index]);
            index += 1;
            continue;
        }
        // A run goes on over spaces and points between two of its letters.
        let mut end = index + 1;
        let mut next = end;
        while next < letters.len() && !is_rtl(letters[next]) {
            next += 1;
            if runs_left(letters[next - 1]) {
                end = next;
            }
        }
        turned.extend(letters[index..end].iter().rev().map(|letter| mirrored(*letter)));
        index = end;
    }
    turned.into_iter().collect()
}

/// Letters and figures that are written from the left.
fn runs_left(letter: char) -> bool {
    letter.is_alphanumeric() && !is_rtl(letter)
}

fn mirrored(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        '<' => '>',
        '>' => '<',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_controls_of_pdftotext_are_taken_out() {
        assert_eq!(
            put_right("\u{202B}قتل أربعة\u{202C}\n\u{202A}in 2031\u{202C}"),
            ("قتل أربعة\nin 2031".to_owned(), 0)
        );
    }

    #[test]
    fn runs_that_pdftotext_turned_are_put_right() {
        let line = "\u{202B}\u{64F}قتل محمد (\u{202A} 12\u{202C}عامًا) في \u{202A} Port Amal\u{202C}يوم \u{202A} 2\u{202C}نيسان\u{202A} \u{60C}\u{202C}ثم \u{202A}.2031\u{202C}\u{202C}";
        assert_eq!(put_right(line).0, "قُتل محمد (12 عامًا) في Port Amal يوم 2 نيسان، ثم 2031.");
        assert_eq!(put_right("\u{202A} 12 killed.\u{202C}").0, " 12 killed.");
    }

    #[test]
    fn a_mark_that_lost_its_word_finds_it() {
        // «(12 عاماً)» in shapes, as the eye meets it, the mark apart.
        assert_eq!(put_right("( \u{64B} ﺎﻣﺎﻋ 12)").0, "(12 عاما\u{64B} )");
        assert_eq!(put_right("عاما \u{64B} في \u{64F}قتل").0, "عاما\u{64B} في قُتل");
    }

    #[test]
    fn shapes_become_letters_and_nothing_else_changes() {
        assert_eq!(put_right("ﻣﺤﻤﺪ ½ ﷺ").0, format!("محمد ½ {}", "ﷺ".nfkc().collect::<String>()));
    }

    #[test]
    fn a_line_in_seen_order_is_turned() {
        // «قُتل محمد أحمد (12 عاما) في Port Amal» as the eye meets it, in shapes.
        let seen = "Port Amal ﻲﻓ (ﺎﻣﺎﻋ 12) ﺪﻤﺣأ ﺪﻤﺤﻣ ﻞﺘﻗ";
        assert_eq!(put_right(seen), ("قتل محمد أحمد (12 عاما) في Port Amal".to_owned(), 1));
    }

    #[test]
    fn a_mark_before_its_letter_follows_it_after_turning() {
        assert_eq!(put_right("ﻞﺘُﻗ").0, "قُتل");
    }

    #[test]
    fn the_form_table_agrees_with_unicode() {
        for (index, (first, forms)) in FORMS.iter().enumerate() {
            let letter = |code: u32| char::from_u32(code).unwrap().nfkc().collect::<String>();
            for code in *first..first + forms {
                if code < 0xFEF5 {
                    assert_eq!(letter(code), letter(*first), "{code:x} is a form of {first:x}");
                }
            }
            if let Some((next, _)) = FORMS.get(index + 1) {
                assert_eq!(first + forms, *next);
            }
        }
    }
}
