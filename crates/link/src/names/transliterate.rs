//! How far a word in Latin letters is from being a spelling of a word in Arabic letters.
//!
//! A weighted edit distance whose free moves are the usual renderings (`data/transliteration.csv`): short vowels may
//! appear in Latin out of nothing, long ones may be written in many ways, a consonant that is missing costs a whole step.

use std::sync::OnceLock;

/// Cost of a short vowel that Arabic does not write.
const SHORT_VOWEL: f32 = 0.04;
/// Cost of a vowel after a vowel that Arabic does not write.
const LONG_VOWEL: f32 = 0.4;
/// Cost of a letter without a counterpart, or with a wrong one.
const STEP: f32 = 1.0;
/// Letters beyond which a word is not compared.
const LONGEST: usize = 24;

/// The steps between an Arabic and a Latin word, both folded, where they are `most` or fewer: about 0 for «كريم» and
/// “kareem”, over 1 for two names.
pub fn spelling_cost(arabic: &str, latin: &str, most: f32) -> Option<f32> {
    let latin = latin.as_bytes();
    let width = latin.len() + 1;
    if arabic.chars().count() > LONGEST || width > LONGEST + 1 {
        return None;
    }
    // The letters from each place on, four in a number.
    let mut ahead = [0; LONGEST + 1];
    for (to, ahead) in ahead.iter_mut().enumerate().take(latin.len()) {
        *ahead = packed(&latin[to..]);
    }
    // The cost of what stands before a letter of the one, by how many letters of the other it takes. Costs only grow, so
    // that what is over the most is over it to the end.
    let mut here = [f32::MAX; LONGEST + 1];
    here[0] = 0.0;
    let mut letters = arabic.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut next = [f32::MAX; LONGEST + 1];
        // A last ى is folded to ي and may be either.
        let last = if letter == 'ي' && letters.peek().is_none() { renderings('ى') } else { &[] };
        let mut any = false;
        for to in 0..width {
            let cost = here[to];
            if cost > most {
                continue;
            }
            any = true;
            next[to] = next[to].min(cost + STEP);
            if to < latin.len() {
                here[to + 1] = here[to + 1].min(cost + unwritten(latin, to));
                next[to + 1] = next[to + 1].min(cost + STEP);
            }
            for rendering in renderings(letter).iter().chain(last) {
                if ahead[to] & rendering.mask == rendering.letters {
                    let end = to + rendering.length;
                    next[end] = next[end].min(cost + rendering.price);
                }
            }
        }
        if !any {
            return None;
        }
        here = next;
    }
    for to in 0..latin.len() {
        here[to + 1] = here[to + 1].min(here[to] + unwritten(latin, to));
    }
    Some(here[latin.len()]).filter(|cost| *cost <= most)
}

/// The price of a Latin letter that nothing in Arabic stands for. Two vowels in a row are a long one, which Arabic writes.
fn unwritten(latin: &[u8], at: usize) -> f32 {
    let vowel = |at: usize| latin.get(at).is_some_and(|letter| b"aeiouy".contains(letter));
    match () {
        () if vowel(at) && at > 0 && vowel(at - 1) => LONG_VOWEL,
        () if vowel(at) || latin[at] == b'h' && at + 1 == latin.len() => SHORT_VOWEL,
        () => STEP,
    }
}

/// What an Arabic letter may be written as.
struct Rendering {
    /// Its letters in a number, and the bits of them.
    letters: u32,
    mask: u32,
    length: usize,
    price: f32,
}

/// The first letters, four at most, in one number.
fn packed(latin: &[u8]) -> u32 {
    latin.iter().take(4).rev().fold(0, |packed, letter| packed << 8 | u32::from(*letter))
}

fn renderings(letter: char) -> &'static [Rendering] {
    static TABLE: OnceLock<Vec<Vec<Rendering>>> = OnceLock::new();
    let table = TABLE.get_or_init(table);
    usize::try_from(u32::from(letter).wrapping_sub(FIRST))
        .ok()
        .and_then(|at| table.get(at))
        .map_or(&[], Vec::as_slice)
}

const FIRST: u32 = 0x0620;

fn table() -> Vec<Vec<Rendering>> {
    let mut table: Vec<Vec<Rendering>> = (0..0x40).map(|_| Vec::new()).collect();
    for line in include_str!("../../data/transliteration.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(letter), Some(latin), Some(price)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let at = letter.chars().next().map(|letter| u32::from(letter).wrapping_sub(FIRST) as usize);
        if let (Some(row), Ok(price)) = (at.and_then(|at| table.get_mut(at)), price.parse()) {
            let letters = latin.as_bytes();
            let mask = packed(&vec![0xff; letters.len()]);
            row.push(Rendering { letters: packed(letters), mask, length: letters.len(), price });
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::one_word;

    fn cost(arabic: &str, latin: &str) -> f32 {
        spelling_cost(&one_word(arabic), &one_word(latin), 20.0).unwrap()
    }

    #[test]
    fn renderings_cost_little_and_other_names_much() {
        for (arabic, latin) in [
            ("محمد", "Mohammed"),
            ("أحمد", "Ahmad"),
            ("خالد", "Khalid"),
            ("عائشة", "Aisha"),
            ("يوسف", "Youssef"),
            ("القاسم", "Kassem"),
            ("جمال", "Gamal"),
            ("عبد الرحمن", "Abdul Rahman"),
            ("سعيد", "Saeed"),
            ("شاهين", "Chahine"),
        ] {
            assert!(cost(arabic, latin) < 0.6, "{arabic} {latin}: {}", cost(arabic, latin));
        }
        for (arabic, latin) in [("محمد", "Mahmoud"), ("محمد", "Hamid"), ("كريم", "Karam"), ("سمير", "Samar")]
        {
            assert!(cost(arabic, latin) > 0.35, "{arabic} {latin}: {}", cost(arabic, latin));
        }
        assert!(cost("محمد", "Khalil") > 2.0);
    }

    #[test]
    fn what_is_over_the_most_is_none_and_the_rest_is_the_same() {
        for (arabic, latin) in
            [("محمد", "mohammed"), ("يوسف", "yousef"), ("كريم", "karam"), ("علي", "ali"), ("", "a")]
        {
            let cost = spelling_cost(arabic, latin, 20.0).unwrap();
            assert_eq!(spelling_cost(arabic, latin, cost), Some(cost), "{arabic} {latin}");
            assert_eq!(spelling_cost(arabic, latin, cost - 0.01), None, "{arabic} {latin}");
        }
        assert_eq!(spelling_cost("محمد", &"a".repeat(LONGEST + 1), 20.0), None);
    }

    #[test]
    fn the_table_is_whole() {
        let letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
        assert!(
            letters.chars().all(|letter| renderings(letter).iter().any(|rendering| rendering.length > 0))
        );
        let all = letters.chars().flat_map(renderings);
        assert!(all.into_iter().all(|rendering| rendering.length <= 4), "four letters are packed");
    }
}
