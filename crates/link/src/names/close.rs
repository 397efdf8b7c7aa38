//! How close two folded words are: the same, a slip apart, or other words.

use super::{is_arabic, spelling_cost};

/// How close two words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// The same word, or a usual spelling of it in the other script.
    Same,
    /// A slip of the pen apart, or an unusual spelling.
    Near,
    /// Another word.
    Other,
}

/// Steps of [`spelling_cost`] up to which a word is a usual spelling of the other.
const USUAL_SPELLING: f32 = 0.5;
/// Steps up to which it is an unusual one.
const UNUSUAL_SPELLING: f32 = 1.35;
/// Letters of a word up to which one slip is the most.
const SHORT: usize = 6;

/// What of a folded word tells at a glance that another is not close to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// A bit for each letter that is in it, and for each sound of its skeleton.
    letters: u32,
    sounds: u32,
    /// How many letters it has; 255 are 255 or more.
    length: u8,
    arabic: bool,
}

/// Sounds that one of two close Latin words has and the other has not, at most: of 140,000 pairs of them in lists of a
/// million names 67 have more.
const UNLIKE_LATIN: u32 = 2;
/// The same of an Arabic and a Latin word: of 335,000 pairs 507 have more.
const UNLIKE_ACROSS: u32 = 3;

impl Shape {
    /// Of a word with its skeleton.
    pub fn of(word: &str, skeleton: &str) -> Shape {
        let bits = |word: &str| word.chars().fold(0, |bits, letter| bits | 1 << (letter as u32 % 32));
        let length = u8::try_from(word.chars().count()).unwrap_or(u8::MAX);
        Shape { letters: bits(word), sounds: bits(skeleton), length, arabic: is_arabic(word) }
    }

    /// A bit for each sound of the skeleton.
    pub fn sounds(self) -> u32 {
        self.sounds
    }

    /// Whether the word is in Arabic letters.
    pub fn is_arabic(self) -> bool {
        self.arabic
    }

    /// Whether the word can begin with another: it has all of the other's letters.
    pub fn has_letters_of(self, other: Shape) -> bool {
        other.letters & !self.letters == 0
    }

    /// Whether two words can be close; two Arabic words that cannot never are.
    pub fn may_be_close(self, other: Shape) -> bool {
        let unlike = (self.sounds ^ other.sounds).count_ones();
        match (self.arabic, other.arabic) {
            (false, false) => return unlike <= UNLIKE_LATIN,
            (true, true) => {}
            _ => return unlike <= UNLIKE_ACROSS,
        }
        // A slip puts one letter in another's place at most.
        let unlike = (self.letters ^ other.letters).count_ones() as usize;
        let longer = usize::from(self.length.abs_diff(other.length));
        let most = most_slips(self.length.min(other.length).into());
        (longer <= most && unlike <= 2 * most) || (longer == HEAD && unlike <= HEAD)
    }
}

/// Compares two folded words, in whatever scripts; two empty ones are not compared here.
pub fn closeness(a: &str, b: &str) -> Closeness {
    if a == b {
        return Closeness::Same;
    }
    match (is_arabic(a), is_arabic(b)) {
        (true, false) => across(a, b),
        (false, true) => across(b, a),
        (true, true) => within(a, b),
        (false, false) => within_latin(a, b),
    }
}

fn across(arabic: &str, latin: &str) -> Closeness {
    match spelling_cost(arabic, latin, UNUSUAL_SPELLING) {
        Some(cost) if cost <= USUAL_SPELLING => Closeness::Same,
        Some(_) if arabic.chars().count() >= 3 => Closeness::Near,
        _ => Closeness::Other,
    }
}

fn within(a: &str, b: &str) -> Closeness {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = most_slips(a.len().min(b.len()));
    if slips(&a, &b, most) <= most || without_head(&a, &b) { Closeness::Near } else { Closeness::Other }
}

/// Slips that two close words are apart at most, by the letters of the shorter.
fn most_slips(short: usize) -> usize {
    match short {
        0..=2 => 0,
        3..=SHORT => 1,
        _ => 2,
    }
}

/// Letters of «ابو», which one of two close words may have before the other.
const HEAD: usize = 3;

/// «عودة» and «ابو عودة».
fn without_head(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3
        && long.len() == short.len() + HEAD
        && long.ends_with(short)
        && matches!(long[..3], ['ا', 'ب', 'و'] | ['a', 'b', 'u'])
}

fn within_latin(a: &str, b: &str) -> Closeness {
    let (sound_a, sound_b) = (sounds(a), sounds(b));
    if sound_a == sound_b && !sound_a.is_empty() {
        return Closeness::Same;
    }
    let near = within(&sound_a, &sound_b);
    if near == Closeness::Other { within(a, b) } else { near }
}

/// A Latin word with one letter for each sound: Mohammed and Muhamad, Yousef and Yusuf.
fn sounds(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let letters = word.as_bytes();
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(b' ');
        let (letter, used) = match (letters[at], next) {
            (b'o', b'u' | b'o') => (b'u', 2),
            (b'e', b'e') => (b'i', 2),
            (b'c', b'h') => (b'$', 2),
            (b's', b'h') => (b'$', 2),
            (b'c', b'k') => (b'k', 2),
            (b'p', b'h') => (b'f', 2),
            (b'o', _) => (b'u', 1),
            (b'e' | b'y', _) => (b'i', 1),
            (b'q' | b'c', _) => (b'k', 1),
            (letter, _) => (letter, 1),
        };
        at += used;
        let last = out.as_bytes().last().copied();
        let silent = letter == b'h' && at == letters.len() && last.is_some_and(|last| b"aiu".contains(&last));
        if last != Some(letter) && !silent {
            out.push(char::from(letter));
        }
    }
    out
}

/// Slips between two words, neighbours in the wrong order being one; more than `most` is `most + 1`.
///
/// Optimal string alignment (Boytsov 2011, §2).
fn slips(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, other) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(letter != other)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|slips| *slips > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()].min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_names_are_other() {
        for (a, b, expected) in [
            ("محمد", "محمد", Closeness::Same),
            ("كريم", "كريمه", Closeness::Near),
            ("قصار", "قاصر", Closeness::Near),
            ("ابوعوده", "عوده", Closeness::Near),
            ("خالد", "سمير", Closeness::Other),
            ("محمد", "mohamed", Closeness::Same),
            ("mohammed", "muhamad", Closeness::Near),
            ("yousef", "yusef", Closeness::Same),
            ("khalid", "samir", Closeness::Other),
            ("علي", "علا", Closeness::Near),
        ] {
            assert_eq!(closeness(a, b), expected, "{a} {b}");
            assert_eq!(closeness(b, a), expected, "{b} {a}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_glance_passes_over_no_close_words(a in "(ابو)?[ابتكه]{1,9}", b in "(ابو)?[ابتكه]{1,9}", at in 0_usize..9) {
            let mut slip: Vec<char> = a.chars().collect();
            slip.insert(at.min(slip.len()), 'ي');
            let slip: String = slip.into_iter().collect();
            for other in [b, format!("ابو{a}"), slip] {
                let may_be = Shape::of(&a, "").may_be_close(Shape::of(&other, ""));
                proptest::prop_assert!(may_be || closeness(&a, &other) == Closeness::Other, "{a} {other}");
            }
        }
    }

    #[test]
    fn slips_are_those_of_the_definition() {
        let count =
            |a: &str, b: &str| slips(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 3);
        assert_eq!(count("abcd", "abdc"), 1);
        assert_eq!(count("abcd", "abc"), 1);
        assert_eq!(count("abcd", "xbcx"), 2);
        assert_eq!(count("abcd", ""), 4);
    }
}
