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
            for (rendering, price) in renderings(letter).iter().chain(last) {
                if latin[to..].starts_with(rendering.as_bytes()) {
                    let end = to + rendering.len();
                    next[end] = next[end].min(cost + price);
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

fn renderings(letter: char) -> &'static [(&'static str, f32)] {
    static TABLE: OnceLock<Vec<Vec<(&'static str, f32)>>> = OnceLock::new();
    let table = TABLE.get_or_init(table);
    usize::try_from(u32::from(letter).wrapping_sub(FIRST))
        .ok()
        .and_then(|at| table.get(at))
        .map_or(&[], Vec::as_slice)
}

const FIRST: u32 = 0x0620;

fn table() -> Vec<Vec<(&'static str, f32)>> {
    let mut table = vec![Vec::new(); 0x40];
    for line in include_str!("../../data/transliteration.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(letter), Some(latin), Some(price)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let at = letter.chars().next().map(|letter| u32::from(letter).wrapping_sub(FIRST) as usize);
        if let (Some(row), Ok(price)) = (at.and_then(|at| table.get_mut(at)), price.parse()) {
            row.push((latin, price));
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
        assert!(letters.chars().all(|letter| renderings(letter).iter().any(|(latin, _)| !latin.is_empty())));
    }
}
